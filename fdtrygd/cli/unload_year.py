"""`fdtrygd unload-year`: the last year taken back."""

from fdtrygd import lasting
from fdtrygd.cli.given import Year
from fdtrygd.db import installation, locks
from fdtrygd.errors import UserError
from fdtrygd.screen import counted, say


def unload_year(year: Year) -> None:
    """Take the last loaded year back: the register is as before it was loaded. Drafts of its statistics go too."""
    with installation.open_current(upgrades=True) as connection:
        asked = lasting.loaded_years(connection)
        with locks.alone(connection):
            if lasting.loaded_years(connection) != asked:
                raise UserError(
                    f"Years were loaded or taken back while this waited, and {year} may not be the one that you meant. "
                    "Nothing was changed; make status says what is loaded."
                )
            told: list[str] = []
            connection.add_notice_handler(lambda notice: told.append(notice.message_primary or ""))
            count = lasting.unload_year(connection, year)
    say(f"{year} is unloaded: {counted(count, 'record')} taken out of F_ARBSOK, the register as before {year}.")
    for sentence in told:
        say(sentence)
