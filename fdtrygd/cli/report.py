"""`fdtrygd report`: a year as one page of HTML."""

from pathlib import Path
from typing import Annotated

import typer

from fdtrygd.cli.given import Year
from fdtrygd.db import installation
from fdtrygd.screen import say, thousands


def report(
    year: Year,
    file: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE.html", help="Where to.", show_default="arbsok_YEAR.html, in this folder"),
    ] = None,
) -> None:
    """The report of a loaded year, as one HTML file: controls, ledger, chapter 4's tables, charts, run log."""
    from fdtrygd import rapport

    path = file or Path(f"arbsok_{year}.html")
    with installation.open_current() as connection:
        size = rapport.write(connection, year, path)
    say(f"The report of {year}: {path} ({thousands(round(size / 1000))} kB). Open it in a browser.")
