"""`fdtrygd statistics`: a period's tables made, attacked, approved, published."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.table import Column, Table

from fdtrygd import befolkning
from fdtrygd.cli.given import warn
from fdtrygd.db import installation, locks
from fdtrygd.errors import UserError
from fdtrygd.leaving import stoppable
from fdtrygd.screen import counted, out, say, thousands

app = typer.Typer(no_args_is_help=True, help="Official statistics: tables protected by rounding, version by version.")

Periods = Annotated[
    list[str],
    typer.Argument(
        metavar="PERIOD…",
        help="2003M04: a month; 2003: a year's averages.",
        callback=lambda given: [period for each in given for period in each.split()],
    ),
]


@app.command()
def make(
    periods: Periods,
    why: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Why there is a correction; its page shows it.")
    ] = None,
) -> None:
    """Make the next version of each period: a draft, which takes the place of one that is not published."""
    from fdtrygd import statistikk  # numpy takes longer to import than most commands take

    broken = False
    for period in periods:
        with installation.open_current() as connection, locks.alone(connection):
            made = statistikk.make(connection, period, why)
            if "M" in period:
                month = date(int(period[:4]), int(period[5:]), 1)
                for sentence in befolkning.warnings(connection, [month]):
                    warn(sentence)
        for each in made:
            named = f"{each.version.package} {period}, version {each.version.number}"
            base = (
                f" from {counted(each.base, 'base cell')}, {thousands(each.small)} of them with 1 or 2 persons"
                if each.base
                else ""
            )
            say(f"{named} is a draft: {counted(each.cells, 'cell')}{base}.")
            for control in each.controls:
                if control.count:
                    broken = broken or control.is_error
                    say(f"{'FAIL' if control.is_error else 'warn'} {control.name}: does not hold: {control.promise}")
                    for sentence in control.details:
                        say(f"     {sentence}")
            say(f"ok   {sum(not control.count for control in each.controls)} controls hold")
    if broken:
        say("     What breaks a promise is not approved.")
        raise typer.Exit(1)


@app.command()
def audit(periods: Periods) -> None:
    """Attack the last version of each month, as whoever wants to know how many the few are."""
    from fdtrygd import statistikk

    table = Table(
        "period", "package", *(Column(words, justify="right") for words in ("version", "small", "worked out", "known")),
        box=box.SIMPLE_HEAD,
    )  # fmt: skip
    disclosed = 0
    with installation.open_current() as connection:
        for period in periods:
            if "M" not in period:
                raise UserError(f"{period}: averages are of months; audit those.")
            for version, verdict in statistikk.audit(connection, period):
                disclosed += verdict.disclosed + verdict.known_small
                table.add_row(
                    period, version.package, str(version.number),
                    *(thousands(count) for count in (verdict.small, verdict.disclosed, verdict.known_small)),
                )  # fmt: skip
    out.print(table)
    say("small: figures of 1 or 2 persons; worked out: exactly; known: to be 1 or 2, and no more.")
    if disclosed:
        warn(f"{counted(disclosed, 'figure')} can be worked out, or known to be small.")


@app.command()
def approve(periods: Periods) -> None:
    """Approve the draft of each period. Another login publishes it."""
    from fdtrygd import statistikk

    for period in periods:
        with installation.open_current() as connection:
            for version in statistikk.approve(connection, period):
                say(f"{version.package} {period}, version {version.number}, is approved.")


@app.command()
def publish(
    periods: Periods,
    to: Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder to make; it must not be there.")],
    alone: Annotated[bool, typer.Option("--alone", help="Where you have approved it yourself: say --why.")] = False,
    why: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Why one person did both, or why what others publish exactly.")
    ] = None,
) -> None:
    """Publish the approved version of each period, and write all that is published, as files and pages."""
    from fdtrygd import statistikk

    with installation.open_current() as connection:
        done = statistikk.publish(connection, periods, to, alone=alone, why=why)
    for version in done.versions:
        say(f"{version.package} {version.period}, version {version.number}, is published.")
    for number, file in done.changed:
        warn(f"{file} of version {number} was published with other bytes: this program writes it otherwise.")
    say(f"All that is published is in {to}: {thousands(done.files)} files. Begin with {to / 'index.html'}.")


@app.command()
def official(
    file: Annotated[
        Path, typer.Argument(metavar="TABLE.csv", help="Named after its table, in the form that publish writes.")
    ],
    source: Annotated[str, typer.Option(metavar="TEXT", help="Whose figures they are, and where.")],
) -> None:
    """Take in what others have published of a table, for the controls and the audit: all of it or nothing."""
    from fdtrygd import statistikk

    with installation.open_current() as connection, stoppable():
        done = statistikk.take_in(connection, file, source)
    before = f", in the place of {thousands(done.replaced)}" if done.replaced else ""
    say(f"{file.name}: {counted(done.cells, 'cell')} of {counted(done.periods, 'period')} taken in{before}.")
