"""`fdtrygd check`: the controls of loaded years."""

from typing import Annotated

import typer

from fdtrygd import kontroll, lasting
from fdtrygd.cli.given import CORES, Jobs
from fdtrygd.db import installation, locks
from fdtrygd.errors import UserError
from fdtrygd.lasting.progress import Bars, expected
from fdtrygd.screen import say, thousands


def check(
    year: Annotated[int | None, typer.Argument(metavar="[YEAR]", min=1992, max=2099, show_default="every year")] = None,
    jobs: Jobs = CORES,
    verbose: Annotated[bool, typer.Option("--verbose", help="The controls that hold too, a line each.")] = False,
) -> None:
    """The controls of a loaded year, or of all: which do not hold, and how many records offend. Findings are kept."""
    with installation.open_current() as connection, locks.alone(connection):
        loaded = lasting.loaded_years(connection)
        if not loaded:
            say("No year is loaded: there is nothing to check.")
            return
        if year and year not in loaded:
            raise UserError(f"{year} is not loaded. Loaded: {', '.join(map(str, loaded))}.")
        broken = False
        summary: list[str] = []
        years, bars = [year] if year else loaded, Bars()
        bars.expect(expected(connection, lasting.sizes(connection, years), [kontroll.CHECKING]))
        for each, controls in bars.during(kontroll.check_years(connection, years, jobs, bars.phase)):
            say(f"{each}")
            errors = [control.control for control in controls if control.is_error]
            warnings = [control.control for control in controls if control.count and not control.is_error]
            broken = broken or any(control.refuses for control in controls)
            found = [
                f"{kind}: {', '.join(names)}" for kind, names in (("errors", errors), ("warnings", warnings)) if names
            ]
            summary.append(f"{each}: {'; '.join(found) or 'all hold'}{kontroll.resolved(connection, each)}")
            for control in controls:
                if not control.count:
                    if verbose:
                        say(f"ok   {control.control}: {control.promise}")
                    continue
                say(f"{'FAIL' if control.refuses else 'warn'} {control.control}: does not hold: {control.promise}")
                if control.is_error and control.accepted:
                    say(f"     accepted when {each} was loaded: {control.accepted}")
                for sentence in kontroll.in_words(connection, control):
                    say(f"     {sentence}")
                say(f"     {thousands(control.count)} found: {control.query}")
            if not verbose:
                say(f"ok   {sum(not control.count for control in controls)} controls hold")
        say("In short")
        for line in summary:
            say(f"     {line}")
        if not verbose:
            say("     Which controls hold, and what each promises: make check VERBOSE=1, fdtrygd check --verbose.")
    if broken:
        say("     Why a record is as it is: fdtrygd forklar.")
        raise typer.Exit(1)
