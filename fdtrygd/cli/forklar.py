"""`fdtrygd forklar`: why each of a person's records exists, in words, for somebody who may see them.

Only a terminal shows the fødselsnummer: what goes to a file or a pipe says "the person" in its place, and no error has
it. The server gets it as a bound parameter.
"""

import getpass
import re
import sys
import textwrap
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Annotated, Any

import typer
from psycopg.rows import dict_row

from fdtrygd.db import installation
from fdtrygd.errors import UserError, sentences
from fdtrygd.screen import say

WIDTH, MARGIN = 80, 15
#: The status of nine registrations in ten, which say that nothing has changed: shown in a line. The function says more.
UNCHANGED = "UK000"
#: Arguments that typer would refuse, and quote, come to `forklar` instead: one may be a fødselsnummer.
ARGUMENTS = {"allow_extra_args": True, "ignore_unknown_options": True}
#: The dates of a record, in the order of F_ARBSOK.
DATES = (
    "regdato", "tilgdato", "avgdato", "asoktilg", "asokavg", "hovedarbdato", "tiltakdato", "ytelsedato",
    "tomdato", "asoktom", "regtom",
)  # fmt: skip
Row = dict[str, Any]


def forklar(
    context: typer.Context,
    fnr: Annotated[
        str,
        typer.Argument(metavar="FNR", help="11 digits; - or nothing: asked for, and not shown.", show_default=False),
    ] = "-",
    on: Annotated[
        str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="Only the records that hold on this day.")
    ] = None,
) -> None:
    """Why each of a person's records exists: what was compared, which rule fired, where each date comes from."""
    if context.args:
        raise UserError("Write: fdtrygd forklar FNR [--date YYYY-MM-DD], or leave FNR out: then it is asked for.")
    person, day = number(fnr), on_day(on)
    with installation.open_current() as connection, sentences():
        cursor = connection.cursor(row_factory=dict_row)
        query = "SELECT * FROM arbsok_lasting.forklar(%s, %s)"
        rows = cursor.execute(query, [person, day]).fetchall()
        known = rows or (day and cursor.execute(query, [person, None]).fetchone())
    if not known:
        raise UserError("No registration of this person is loaded.")
    text = "\n".join(explanation(rows, day))
    # Where columns were shifted, other fields of the file may hold the number too
    say(f"Fødselsnummer {person}\n\n{text}" if sys.stdout.isatty() else text.replace(person, "the person"))


def number(given: str) -> str:
    """The number that was given; for - it is asked for at a terminal, without echo, or read from standard input."""
    if given == "-":
        given = getpass.getpass("Fødselsnummer (not shown): ") if sys.stdin.isatty() else sys.stdin.readline()
    if not re.fullmatch("[0-9]{11}", given.strip()):
        raise UserError("A fødselsnummer has 11 digits and nothing else; what was given is something else.")
    return given.strip()


def on_day(given: str | None) -> date | None:
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        raise UserError("--date takes a day, written YYYY-MM-DD.") from None


def explanation(rows: list[Row], day: date | None) -> Iterator[str]:
    """The lines: a step for each registration, closing and record set aside, with the records that it gives."""
    if not rows:
        yield f"No record of this person holds on {day}. Without --date, all registrations are shown."
    for _, of_step in groupby(rows, key=lambda row: (row["hva"], row["dagdato"], row["virkning"])):
        records = list(of_step)
        yield from step(records[0])
        for record in records:
            if record["kode"]:
                yield from of_record(record)
            if record["avvik"]:
                yield from line("BUT", record["avvik"])
        yield ""


def step(row: Row) -> Iterator[str]:
    """What was compared, and what the rules make of it."""
    heads = {
        "registrering": f"{row['dagdato']}  registration",
        "avslutning": f"{row['aargang']}, the year's end",
        "lagt_til_side": f"{row['dagdato']}  set aside",
        "ukjent_record": f"{row['aargang']}, unexplained",
    }
    yield "  ".join(filter(None, [heads[row["hva"]], row["status"], row["handling"]]))
    if row["status"] == UNCHANGED:
        yield from line("gives", f"No record: nothing is new ({row['verdier']}, henddato {row['henddato']}).")
        return
    if row["verdier"]:
        yield from line("it says", f"{row['verdier']}, henddato {row['henddato'] or 'missing'}")
    if row["sist_verdier"]:
        yield from line(
            "before it", f"{row['sist_verdier']}, henddato {row['sist_henddato'] or 'missing'} ({row['sist_dagdato']})"
        )
    if row["individ"]:
        yield from line("presence", f"{row['individ']}. {row['individ_hvorfor']}")
        yield from line("henddato", f"{row['henddato_klasse']}. {row['henddato_hvorfor']}")
    if row["endret"]:
        yield from line("changed", row["endret"])
    if row["status"]:
        yield from line("status", f"{row['statuskode']}: {row['status_tekst']}")
    yield from line("gives", row["virkning"])


def of_record(row: Row) -> Iterator[str]:
    """A record of F_ARBSOK, and where each of its dates comes from."""
    yield from line(
        f"kode {row['kode']}", ". ".join(filter(None, [row["record_verdier"], row["record_verdier_hvorfor"]]))
    )
    for name in DATES:
        if row[f"{name}_hvorfor"]:
            yield from line(f"  {name}", "  ".join(filter(None, [str(row[name] or ""), row[f"{name}_hvorfor"]])))


def line(label: str, text: str) -> list[str]:
    """A label in the margin and a text beside it, broken at the terminal's width."""
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=f"  {label}".ljust(MARGIN + 2),
        subsequent_indent=" " * (MARGIN + 2),
        break_on_hyphens=False,
    )
