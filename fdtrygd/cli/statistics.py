"""`fdtrygd statistics`: a period's tables made, attacked, approved, published."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich import box
from rich.table import Column, Table

from fdtrygd import befolkning
from fdtrygd.cli.given import warn
from fdtrygd.db import installation, locks
from fdtrygd.db.database import Connection
from fdtrygd.leaving import stoppable
from fdtrygd.screen import counted, out, say, thousands

if TYPE_CHECKING:
    from fdtrygd.statistikk import Control, Version

app = typer.Typer(no_args_is_help=True, help="Official statistics: tables protected by rounding, version by version.")


def each_of(given: list[str]) -> list[str]:
    """Periods, also several in one word: that is how make hands them on."""
    return [period for each in given for period in each.split()]


Periods = Annotated[
    list[str],
    typer.Argument(metavar="PERIOD…", help="2003M04: a month; 2003: a year's averages.", callback=each_of),
]

Months = Annotated[
    list[str],
    typer.Argument(metavar="PERIOD…", help="2003M04: a month; averages are of months.", callback=each_of),
]
#: The control that says nothing where nobody has attacked the version.
AUDIT = "avslort"
MONTHS = 12


@app.command()
def make(
    periods: Periods,
    why: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Why there is a correction; its page shows it.")
    ] = None,
) -> None:
    """Make the next version of each period: a draft, which takes the place of one that is not published."""
    from fdtrygd import statistikk  # numpy takes longer to import than most commands take

    for period in periods:
        statistikk.refuse_no_period(period)
    broken = False
    for period in periods:
        with installation.open_current() as connection, locks.alone(connection):
            made = statistikk.make(connection, period, why)
            for each in made:
                base = (
                    f" from {counted(each.base, 'base cell')}, {thousands(each.small)} of them with 1 or 2 persons"
                    if each.base
                    else ""
                )
                say(f"{each.version.named} is a draft: {counted(each.cells, 'cell')}{base}.")
                if each.audit_lost:
                    warn(f"{period}: what the audit of the version before found is gone with it.")
                show_controls(each.version, each.controls)
                broken = broken or any(control.is_error for control in each.controls)
            show_remarks(connection, [each.version for each in made])
    if broken:
        say("     What breaks a promise is not approved.")
        raise typer.Exit(1)


def show_controls(version: "Version", controls: "list[Control]", *, decided: bool = False) -> None:
    """What does not hold, and how many do. One that nobody has asked yet, the audit, does neither.

    Whoever has decided about a version without an audit is told so.
    """
    for control in controls:
        if control.count:
            say(f"{'FAIL' if control.is_error else 'warn'} {control.name}: does not hold: {control.promise}")
            for sentence in control.details:
                say(f"     {sentence}")
    unaudited = "M" in version.period and not version.audited
    if unaudited and decided:
        warn(f"{version.period}: no audit was run; fdtrygd statistics audit {version.period} attacks it.")
    hold = sum(not control.count and (version.audited or control.name != AUDIT) for control in controls)
    say(f"ok   {hold} controls hold{'; no audit was run' if unaudited else ''}")


def show_remarks(connection: Connection, versions: "list[Version]") -> None:
    """What whoever decides about these versions should know besides."""
    months = sorted({date(int(each.period[:4]), int(each.period[5:]), 1) for each in versions if "M" in each.period})
    for sentence in befolkning.warnings(connection, months):
        warn(sentence)
    for each in versions:
        if "M" not in each.period and each.months < MONTHS:
            warn(
                f"{each.period}: {counted(each.months, 'month')} of {MONTHS} {'is' if each.months == 1 else 'are'} "
                "published, so every average is .. and no figure. What comes in their place will be a correction."
            )


@app.command()
def audit(periods: Months) -> None:
    """Attack the last version of each month, as whoever wants to know how many the few are."""
    from fdtrygd import statistikk

    table = Table(
        "period", "package", *(Column(words, justify="right") for words in ("version", "small", "worked out", "known")),
        box=box.SIMPLE_HEAD,
    )  # fmt: skip
    disclosed = 0
    with installation.open_current() as connection:
        statistikk.refuse_none(connection, periods)
        try:
            for period in periods:
                for version, verdict in statistikk.audit(connection, period):
                    disclosed += verdict.disclosed + verdict.known_small
                    table.add_row(
                        period, version.package, str(version.number),
                        *(thousands(count) for count in (verdict.small, verdict.disclosed, verdict.known_small)),
                    )  # fmt: skip
        finally:  # what was found before one that cannot be attacked
            if table.rows:
                out.print(table)
    say("small: figures of 1 or 2 persons; worked out: exactly; known: to be 1 or 2, and no more.")
    if disclosed:
        warn(f"{counted(disclosed, 'figure')} can be worked out, or known to be small.")


@app.command()
def approve(periods: Periods) -> None:
    """Approve the draft of each period, all or none. Another login publishes it."""
    from fdtrygd import statistikk

    with installation.open_current() as connection:
        approved = statistikk.approve(connection, periods)
        for each in approved:
            say(f"{each.version.named} is approved.")
            show_controls(each.version, each.controls, decided=True)
        show_remarks(connection, [each.version for each in approved])


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
        for each in done.versions:
            say(f"{each.version.named} is published.")
            show_controls(each.version, each.controls, decided=True)
        for version in done.before:
            say(f"{version.named} was published before.")
        show_remarks(connection, [each.version for each in done.versions])
        for version, months in statistikk.stale(connection):
            warn(statistikk.outdated(version, months))
    for file in done.changed:
        warn(f"{file} was published with other bytes: this program writes it otherwise.")
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
