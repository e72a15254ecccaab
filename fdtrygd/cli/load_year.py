"""`fdtrygd load-year`: every year up to one, from its month files."""

import shlex
from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.table import Column, Table

from fdtrygd import files as month_files
from fdtrygd import kontroll, lasting, settings
from fdtrygd.cli.given import CORES, Data, Jobs, Year, changed_files, sample, show_remarks, size, warn
from fdtrygd.db import database, installation, locks
from fdtrygd.errors import UserError
from fdtrygd.lasting.progress import Bars, expected
from fdtrygd.leaving import stoppable
from fdtrygd.screen import one_line, out, say, thousands

#: Years side by side in the closing table.
ABREAST = 5


def load_year(
    year: Year,
    data: Data = None,
    jobs: Jobs = CORES,
    accept: Annotated[
        list[str] | None, typer.Option(metavar="CONTROL", help="Load in spite of this control's findings; give --why.")
    ] = None,
    why: Annotated[str | None, typer.Option(metavar="TEXT", help="The reason, kept in the run log.")] = None,
) -> None:
    """Load every year up to and including YEAR that is not yet loaded. Without --data: the synthetic sample."""
    if bool(accept) != bool(why and why.strip()):
        raise UserError("--accept and --why go together: name the control, and say why its findings are accepted.")
    accepted = {control: str(why) for control in accept or []}
    with installation.open_current(upgrades=True, installs=True) as connection, stoppable():
        kontroll.refuse_unknown_controls(connection, accepted)
        loaded = lasting.loaded_years(connection)
        if year in loaded:
            changed = changed_files(connection, beside(connection, data), keep=True)
            if words := lasting.way_back(changed, loaded):
                raise UserError(f"{year} is already loaded, and nothing was changed. {words}")
            say(f"{year} is already loaded; nothing to do.")
            return
        directory = data or sample()
        is_synthetic = (directory / settings.MARKER).exists()
        files, faults = month_files.look(directory)
        results: list[lasting.YearResult] = []
        posts = lasting.all_posts(connection)
        bars = Bars()
        try:
            with locks.alone(connection), bars.bars:
                lasting.refuse_mixture(connection, is_synthetic)
                years = lasting.years_to_load(connection, year, list(files))
                faults += lasting.incomplete(years, files)
                for each in years:
                    faults += lasting.unreadable(files.get(each, {}))
                lasting.refuse(faults, f"{all_of_it(year, data)} says all that is wrong with the files.")
                changed = changed_files(connection, files, keep=True)
                loaded = lasting.loaded_years(connection)
                if words := lasting.way_back(changed, loaded):
                    if lasting.another_register(changed, loaded):
                        raise UserError(f"{years[0]} is not loaded. {words}" if years else words)
                    warn(f"{words} Going on with what is loaded.")
                if words := lasting.before_the_start(connection, years):
                    warn(words)
                bars.expect(expected(connection, {each: size(files[each]) for each in years}))
                for each in years:
                    results.append(
                        lasting.load_year(
                            connection,
                            each,
                            files[each],
                            synthetic=is_synthetic,
                            progress=bars,
                            jobs=jobs,
                            accept=accepted,
                        )
                    )
                bars.end()
        finally:  # years before one that was refused are loaded, and are shown
            show_results(posts, results)
        if not results:
            say(f"{year} was loaded meanwhile by somebody else; nothing to do.")


def all_of_it(year: int, data: Path | None) -> str:
    """The command that reads every file, also where a load stops before it reads any."""
    return f"make check-files YEAR={year}{f' DATA={shlex.quote(one_line(data.resolve()))}' if data else ''}"


def beside(connection: database.Connection, data: Path | None) -> dict[int, dict[int, month_files.MonthFile]]:
    """The month files to hold against what is loaded where there is nothing to load: no sample is made for that."""
    if data is None:
        if not (settings.SAMPLE / settings.MARKER).exists() or not lasting.is_synthetic(connection):
            return {}
        data = settings.SAMPLE
    return month_files.look(data)[0]


def show_results(posts: list[lasting.Post], results: list[lasting.YearResult]) -> None:
    """What the years gave, side by side, and the codes that no code list has."""
    for first in range(0, len(results), ABREAST):
        years = results[first : first + ABREAST]
        table = Table(Column("loaded", no_wrap=True), box=box.SIMPLE_HEAD)
        for result in years:
            table.add_column(str(result.year), justify="right", no_wrap=True)
        for post in posts:
            label = f"{'  ' * post.indented}{post.label}"
            table.add_row(label, *(thousands(post.count(result.counts)) for result in years))
        table.add_section()
        table.add_row("seconds", *(f"{sum(result.seconds.values()):.1f}" for result in years))
        for phase in years[0].seconds:
            table.add_row(f"  {phase}", *(f"{result.seconds[phase]:.1f}" for result in years))
        out.print(table)
    for result in results:
        show_remarks(result)
    if any(result.unknown_codes for result in results):
        say("Such codes are kept as they are; see select * from arbsok.ukjente_koder.")
    if any(result.counts[reason] for result in results for reason in ("tall_i_as_stat", "ugyldig_fnr", "dublett")):
        say("What was set aside, and why: select * from trygdfob.lagt_til_side.")
