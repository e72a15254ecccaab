"""The commands: arguments in, sentences out. Errors go to stderr, with exit status 1 for what the user can mend."""

import os
import shlex
import shutil
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
import typer.core
from rich import box
from rich.table import Column, Table

from fdtrygd import database, errors, forklar, runner, settings
from fdtrygd import input as month_files
from fdtrygd import status as status_report
from fdtrygd.errors import UserError
from fdtrygd.leaving import stoppable
from fdtrygd.progress import Bars, expected
from fdtrygd.rapport import official
from fdtrygd.screen import counted, err, one_line, out, say, thousands


class Commands(typer.core.TyperGroup):
    """Hands what ends a command early over to the door (errors.py); typer has words of its own for some of it."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except (KeyboardInterrupt, OSError, EOFError) as error:
            raise errors.Ended from error


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
db = typer.Typer(help="The database itself.", no_args_is_help=True)
app.add_typer(db, name="db")
app.add_typer(official.app, name="official")


def show_version(asked: bool) -> None:
    if asked:
        say(settings.product_version())
        raise typer.Exit


@app.callback()
def fdtrygd(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=show_version, help="Which version this is.")
    ] = False,
) -> None:
    """FD-Trygd ARBSOK: from month files to spell records."""


Year = Annotated[int, typer.Argument(metavar="YEAR", min=1992, max=2099)]
#: Years side by side in the closing table.
ABREAST = 5
#: Unknown codes named after a load, the most frequent ones of each variable.
NAMED = 8


@app.command("load-year")
def load_year(
    year: Year,
    data: Annotated[
        Path | None, typer.Option(metavar="DIR", help="The month files arbsok_YYYYMM.csv/.parquet/.sas7bdat.")
    ] = None,
    jobs: Annotated[
        int, typer.Option(min=1, max=64, help="Connections that work side by side; as many as there are cores.")
    ] = os.cpu_count() or 1,
    accept: Annotated[
        list[str] | None, typer.Option(metavar="CONTROL", help="Load in spite of this control's findings; give --why.")
    ] = None,
    why: Annotated[str | None, typer.Option(metavar="TEXT", help="The reason, kept in the run log.")] = None,
) -> None:
    """Load every year up to and including YEAR that is not yet loaded. Without --data: the synthetic sample."""
    if bool(accept) != bool(why and why.strip()):
        raise UserError("--accept and --why go together: name the control, and say why its findings are accepted.")
    accepted = {control: str(why) for control in accept or []}
    with database.open_current(upgrades=True, installs=True) as connection, stoppable():
        runner.refuse_unknown_controls(connection, accepted)
        loaded = runner.loaded_years(connection)
        if year in loaded:
            changed = changed_files(connection, beside(connection, data), keep=True)
            if words := runner.way_back(changed, loaded):
                raise UserError(f"{year} is already loaded, and nothing was changed. {words}")
            say(f"{year} is already loaded; nothing to do.")
            return
        directory = data or sample()
        is_synthetic = (directory / settings.MARKER).exists()
        files, faults = month_files.look(directory)
        reports: list[runner.YearReport] = []
        posts = runner.all_posts(connection)
        bars = Bars()
        try:
            with runner.alone(connection), bars.bars:
                runner.refuse_mixture(connection, is_synthetic)
                years = runner.years_to_load(connection, year, list(files))
                faults += runner.incomplete(years, files)
                for each in years:
                    faults += runner.unreadable(files.get(each, {}))
                runner.refuse(faults, f"{all_of_it(year, data)} says all that is wrong with the files.")
                changed = changed_files(connection, files, keep=True)
                loaded = runner.loaded_years(connection)
                if words := runner.way_back(changed, loaded):
                    if runner.another_register(changed, loaded):
                        raise UserError(f"{years[0]} is not loaded. {words}" if years else words)
                    err.print(f"Warning: {words} Going on with what is loaded.", soft_wrap=True)
                if words := runner.before_the_start(connection, years):
                    err.print(f"Warning: {words}", soft_wrap=True)
                bars.expect(expected(connection, {each: size(files[each]) for each in years}))
                for each in years:
                    reports.append(
                        runner.load_year(
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
            show_reports(posts, reports)
        if not reports:
            say(f"{year} was loaded meanwhile by somebody else; nothing to do.")


def all_of_it(year: int, data: Path | None) -> str:
    """The command that reads every file, also where a load stops before it reads any."""
    return f"make check-files YEAR={year}{f' DATA={shlex.quote(one_line(data.resolve()))}' if data else ''}"


def beside(connection: database.Connection, data: Path | None) -> dict[int, dict[int, month_files.MonthFile]]:
    """The month files to hold against what is loaded where there is nothing to load: no sample is made for that."""
    if data is None:
        if not (settings.SAMPLE / settings.MARKER).exists() or not runner.is_synthetic(connection):
            return {}
        data = settings.SAMPLE
    return month_files.look(data)[0]


def changed_files(
    connection: database.Connection, found: dict[int, dict[int, month_files.MonthFile]], *, keep: bool
) -> list[month_files.MonthFile]:
    """The files of loaded years that are not what was loaded; those that cannot be compared are warned of."""
    changed, unread = runner.changed_files(connection, found, keep=keep)
    for sentence in unread:
        err.print(f"Warning: {sentence}", soft_wrap=True)
    return changed


@app.command("check-files")
def check_files(
    year: Year,
    data: Annotated[
        Path | None, typer.Option(metavar="DIR", help="The month files arbsok_YYYYMM.csv/.parquet/.sas7bdat.")
    ] = None,
) -> None:
    """What load-year would say of the files of the years that it would load; nothing is changed.

    But for what compares persons, months or years (rejected registrations, new codes …): that takes a load.
    """
    with database.open_current() as connection, stoppable(), runner.alone(connection):
        directory = data or sample()
        is_synthetic = (directory / settings.MARKER).exists()
        files, faults = month_files.look(directory)
        loaded = runner.loaded_years(connection)
        changed = changed_files(connection, files, keep=False)
        words = runner.way_back(changed, loaded)
        if words and year not in loaded and runner.another_register(changed, loaded):
            faults.append(words)
        elif words:
            err.print(f"Warning: {words}", soft_wrap=True)
        if year in loaded:
            say(f"{year} is loaded: load-year would read none of these files.")
            if words:
                raise typer.Exit(1)
            return
        years: list[int] = []
        try:
            years = runner.years_to_load(connection, year, list(files))
            runner.refuse_mixture(connection, is_synthetic)
        except UserError as error:
            faults.append(str(error))
        if words := runner.before_the_start(connection, years):
            err.print(f"Warning: {words}", soft_wrap=True)
        faults += runner.incomplete(years, files)
        bars = Bars()
        if years:
            sizes = {each: size(files.get(each, {})) for each in years}
            bars.expect(expected(connection, sizes, runner.BY_FILE))
        with bars.bars:
            found, reports = runner.check_files(connection, years, files, synthetic=is_synthetic, progress=bars)
        bars.end()
        for report in reports:
            say(f"{report.year}: {counted(report.counts.get('lagsasf', 0), 'record')} read")
            show_remarks(report)
        runner.refuse(faults + found)
    say(f"Nothing in these files refuses {' to '.join(map(str, sorted({years[0], years[-1]})))}.")
    say(
        "What compares persons, months or years is said by the load alone: rejected registrations, other persons than "
        "the month before, persons away for one month, another status for most of them, a main group that is gone, "
        "codes that no year before has."
    )


def size(files: dict[int, month_files.MonthFile]) -> int:
    """The bytes of a year's files, of those that are files."""
    return sum(file.path.stat().st_size for file in files.values() if not month_files.fault(file))


def sample() -> Path:
    """The default sample's directory; made on first use."""
    if not (settings.SAMPLE / settings.MARKER).exists():
        err.print(f"No --data given: making the synthetic sample in {settings.SAMPLE}", soft_wrap=True)
        shutil.rmtree(settings.SAMPLE, ignore_errors=True)  # what an interrupted run left
        from fdtrygd import synthetic  # numpy takes longer to import than most commands take

        synthetic.make(settings.SAMPLE)
    return settings.SAMPLE


def show_reports(posts: list[runner.Post], reports: list[runner.YearReport]) -> None:
    """What the years gave, side by side, and the codes that no code list has."""
    for first in range(0, len(reports), ABREAST):
        years = reports[first : first + ABREAST]
        table = Table(Column("loaded", no_wrap=True), box=box.SIMPLE_HEAD)
        for report in years:
            table.add_column(str(report.year), justify="right", no_wrap=True)
        for post in posts:
            label = f"{'  ' * post.indented}{post.label}"
            table.add_row(label, *(thousands(post.count(report.counts)) for report in years))
        table.add_section()
        table.add_row("seconds", *(f"{sum(report.seconds.values()):.1f}" for report in years))
        for phase in years[0].seconds:
            table.add_row(f"  {phase}", *(f"{report.seconds[phase]:.1f}" for report in years))
        out.print(table)
    for report in reports:
        show_remarks(report)
    if any(report.unknown_codes for report in reports):
        say("Such codes are kept as they are; see select * from arbsok.ukjente_koder.")
    if any(report.counts[reason] for report in reports for reason in ("tall_i_as_stat", "ugyldig_fnr", "dublett")):
        say("What was set aside, and why: select * from trygdfob.lagt_til_side.")


def show_remarks(report: runner.YearReport) -> None:
    """What is suspicious in a year, and the codes that no code list has."""
    for warning in report.warnings:
        err.print(f"Warning: {warning}", soft_wrap=True)
    for variable, codes in report.unknown_codes.items():
        codes.sort(key=lambda code: -code[1])
        listed = ", ".join(f"{code} ({count})" for code, count in codes[:NAMED])
        if len(codes) > NAMED:
            listed += f" and {len(codes) - NAMED} more"
        out.print(f"{report.year}, {variable} in no code list (records): {listed}")


@app.command("unload-year")
def unload_year(year: Year) -> None:
    """Take the last loaded year back: every table is as before it was loaded."""
    with database.open_current(upgrades=True) as connection:
        asked = runner.loaded_years(connection)
        with runner.alone(connection):
            if runner.loaded_years(connection) != asked:
                raise UserError(
                    f"Years were loaded or taken back while this waited, and {year} may not be the one that you meant. "
                    "Nothing was changed; make status says what is loaded."
                )
            count = runner.unload_year(connection, year)
    say(f"{year} is unloaded: {counted(count, 'record')} taken out of F_ARBSOK, all else as before {year}.")


@app.command()
def status(
    verbose: Annotated[
        bool, typer.Option("--verbose", help="The run log too: files, counts, times, controls of every run.")
    ] = False,
) -> None:
    """What is loaded and what runs now, where the series starts, which version the schema has."""
    with database.open_current() as connection:
        status_report.show(connection, verbose=verbose)


@app.command()
def check(
    year: Annotated[int | None, typer.Argument(metavar="[YEAR]", min=1992, max=2099, show_default="every year")] = None,
    jobs: Annotated[
        int, typer.Option(min=1, max=64, help="Connections that work side by side; as many as there are cores.")
    ] = os.cpu_count() or 1,
    verbose: Annotated[bool, typer.Option("--verbose", help="The controls that hold too, a line each.")] = False,
) -> None:
    """The controls of a loaded year, or of all: which do not hold, and how many records offend. Findings are kept."""
    with database.open_current() as connection, runner.alone(connection):
        loaded = runner.loaded_years(connection)
        if not loaded:
            say("No year is loaded: there is nothing to check.")
            return
        if year and year not in loaded:
            raise UserError(f"{year} is not loaded. Loaded: {', '.join(map(str, loaded))}.")
        broken = False
        summary: list[str] = []
        years, bars = [year] if year else loaded, Bars()
        bars.expect(expected(connection, runner.sizes(connection, years), [runner.CHECKING]))
        for each, controls in bars.during(runner.check_years(connection, years, jobs, bars)):
            say(f"{each}")
            errors = [control.control for control in controls if control.is_error]
            warnings = [control.control for control in controls if control.count and not control.is_error]
            broken = broken or bool(errors)
            found = [
                f"{kind}: {', '.join(names)}" for kind, names in (("errors", errors), ("warnings", warnings)) if names
            ]
            summary.append(f"{each}: {'; '.join(found) or 'all hold'}{runner.resolved(connection, each)}")
            for control in controls:
                if not control.count:
                    if verbose:
                        say(f"ok   {control.control}: {control.promise}")
                    continue
                say(f"{'FAIL' if control.is_error else 'warn'} {control.control}: does not hold: {control.promise}")
                for sentence in runner.in_words(connection, control):
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


@app.command()
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
    with database.open_current() as connection:
        size = rapport.write(connection, year, path)
    say(f"The report of {year}: {path} ({thousands(round(size / 1000))} kB). Open it in a browser.")


app.command(context_settings=forklar.ARGUMENTS)(forklar.forklar)


def month(text: str) -> tuple[int, int]:
    try:
        year, number = map(int, text.split("-"))
    except ValueError:
        raise typer.BadParameter("a month is written YYYY-MM") from None
    if not 1 <= number <= 12:
        raise typer.BadParameter("a month is written YYYY-MM")
    return year, number


@app.command("synthetic")
def make_synthetic(
    directory: Annotated[Path, typer.Argument(metavar="DIR")],
    first: Annotated[str, typer.Option("--from", metavar="YYYY-MM")] = "2001-01",
    last: Annotated[str, typer.Option("--to", metavar="YYYY-MM")] = "2005-12",
    persons: Annotated[
        int | None, typer.Option(min=1, help="Persons registered in a month, about.", show_default="3000")
    ] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same files.")] = 1,
    full: Annotated[bool, typer.Option("--full", help="As many records as the real register, and its shares.")] = False,
    parquet: Annotated[bool, typer.Option("--parquet", help="Parquet instead of CSV.")] = False,
) -> None:
    """Make synthetic month files; their fødselsnummer (80 added to the month) can hit no real person."""
    from fdtrygd import synthetic  # as above

    if full and persons is not None:
        raise UserError("--full has the register's own size (docs/full-volume.md): leave out --persons, or --full.")
    try:
        records = synthetic.make(
            directory,
            first=month(first),
            last=month(last),
            persons=3000 if persons is None else persons,
            seed=seed,
            full=full,
            parquet=parquet,
        )
    except OSError as error:
        raise UserError(f"{directory} cannot be written: {error.strerror}. Name another folder.") from None
    say(f"{counted(records, 'synthetic record')} in {directory}")
    say(next_step(directory, month(first), month(last)))


def next_step(directory: Path, first: tuple[int, int], last: tuple[int, int]) -> str:
    """What to do with the files of these months: a year is loaded whole."""
    years = range(first[0] + (first[1] > 1), last[0] + (last[1] == 12))
    if not years:
        return "No year is complete: a load takes whole years, --from YYYY-01 --to YYYY-12."
    span = f"{years[0]} to {years[-1]}" if len(years) > 1 else f"{years[0]}"
    data = shlex.quote(str(directory.resolve()))
    return f"To load {span}, into a database of its own: make load-year YEAR={years[-1]} DATA={data}"


@db.command()
def upgrade() -> None:
    """Bring the schema up to date: tables, then every function, view, rule and grant again."""
    address = database.url()
    database.upgrade(address)
    with database.connect(address) as connection:
        revision, digest = database.version(connection) or ("", "")
    say(f"The schema is at {revision}, objects {digest}.")


@db.command()
def backup(file: Annotated[Path, typer.Argument(metavar="FILE")]) -> None:
    """Write schema trygdfob to a file, whole or not at all. It holds every fødselsnummer: mode 0600."""
    from fdtrygd import backup as backups

    size = backups.backup(database.url(), file)
    say(f"The backup is {file} ({thousands(round(size / 1000))} kB). make restore FILE=… takes it in again.")


@db.command()
def restore(file: Annotated[Path, typer.Argument(metavar="FILE")]) -> None:
    """Take a backup in, into a database without schema trygdfob."""
    from fdtrygd import backup as backups

    backups.restore(database.url(), file)
    say(f"{file} is restored. make status says what is loaded.")


@db.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def psql(context: typer.Context) -> None:
    """psql on the database; further arguments go to it."""
    from fdtrygd import server

    program = str(server.binary("psql"))
    # Not public: an operator that somebody has made there would be called where it fits better than PostgreSQL's own.
    # What the user says himself comes after, and wins: it is his session.
    os.environ["PGOPTIONS"] = (
        f"-c search_path=arbsok,trygdfob,arbsok_lasting,kontroll {os.environ.get('PGOPTIONS', '')}".rstrip()
    )
    sys.stdout.flush()
    os.execv(program, [program, database.url(), *context.args])


@db.command("url")
def address() -> None:
    """The database's address, for programs of your own; starts the embedded server if need be."""
    say(database.without_password(database.url()))


@db.command()
def stop() -> None:
    """Stop the embedded server."""
    from fdtrygd import server

    named = settings.database_url()
    if named and not server.is_named(named):
        say("FDTRYGD_DATABASE_URL names a server of its own; nothing to stop.")
    else:
        say("The embedded server is stopped." if server.stop() else "The embedded server was not running.")


def main() -> None:
    """The program, for who has it imported already; `fdtrygd/__main__.py` has the door before the imports."""
    sys.exit(errors.door(app))
