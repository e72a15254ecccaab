"""`fdtrygd flatfile`: a year's miniregister as a file of fixed width, with its Datadok description."""

from typing import Annotated

import typer

from fdtrygd import leveranse
from fdtrygd.cli.deliver import Out, progress
from fdtrygd.cli.given import Year, warn
from fdtrygd.db import installation
from fdtrygd.screen import counted, say


def flatfile(
    year: Year,
    to: Out,
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="Why it is made, for the log.")],
) -> None:
    """Write a loaded year's miniregister as gYYYY.dat, fixed width, with its description gYYYY.xml. It holds fnr."""
    with installation.open_current() as connection, progress(f"looking through the miniregister of {year}") as told:
        done = leveranse.flatfile(connection, year, why, to, told)
    say(f"The flat file of {year} is in {to}: {counted(done.rows, 'record')}, number {done.number} in the log.")
    warn("it holds fødselsnummer, as plain text; only you can read it.")
