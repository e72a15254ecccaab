"""`fdtrygd check-files`: what load-year would say of the files."""

import typer

from fdtrygd import files as month_files
from fdtrygd import lasting, settings
from fdtrygd.cli.given import Data, Year, changed_files, sample, show_remarks, size, warn
from fdtrygd.db import installation, locks
from fdtrygd.errors import UserError
from fdtrygd.lasting.progress import Bars, expected
from fdtrygd.leaving import stoppable
from fdtrygd.screen import counted, say


def check_files(
    year: Year,
    data: Data = None,
) -> None:
    """What load-year would say of the files of the years that it would load; nothing is changed.

    But for what compares persons, months or years (rejected registrations, new codes …): that takes a load.
    """
    with installation.open_current() as connection, stoppable(), locks.alone(connection):
        directory = data or sample()
        is_synthetic = (directory / settings.MARKER).exists()
        files, faults = month_files.look(directory)
        loaded = lasting.loaded_years(connection)
        changed = changed_files(connection, files, keep=False)
        words = lasting.way_back(changed, loaded)
        if words and year not in loaded and lasting.another_register(changed, loaded):
            faults.append(words)
        elif words:
            warn(words)
        if year in loaded:
            say(f"{year} is loaded: load-year would read none of these files.")
            if words:
                raise typer.Exit(1)
            return
        years: list[int] = []
        try:
            years = lasting.years_to_load(connection, year, list(files))
            lasting.refuse_mixture(connection, is_synthetic)
        except UserError as error:
            faults.append(str(error))
        if words := lasting.before_the_start(connection, years):
            warn(words)
        faults += lasting.incomplete(years, files)
        bars = Bars()
        if years:
            sizes = {each: size(files.get(each, {})) for each in years}
            bars.expect(expected(connection, sizes, lasting.BY_FILE))
        with bars.bars:
            found, results = lasting.check_files(connection, years, files, synthetic=is_synthetic, progress=bars)
        bars.end()
        for result in results:
            say(f"{result.year}: {counted(result.counts.get('lagsasf', 0), 'record')} read")
            show_remarks(result)
        lasting.refuse(faults + found)
    say(f"Nothing in these files refuses {' to '.join(map(str, sorted({years[0], years[-1]})))}.")
    say(
        "What compares persons, months or years is said by the load alone: rejected registrations, other persons than "
        "the month before, persons away for one month, another status for most of them, a main group that is gone, "
        "codes that no year before has."
    )
