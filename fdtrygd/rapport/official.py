"""NAV's published yearly averages per main group, from a user's CSV file into table offisiell_statistikk.

They are what the control against official statistics compares with (the source's 4.2, whose own figures end in 2005).
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from fdtrygd import files as month_files
from fdtrygd.db import installation, locks
from fdtrygd.db.database import Connection
from fdtrygd.errors import Change, UserError
from fdtrygd.leaving import stoppable
from fdtrygd.screen import counted, say

app = typer.Typer(help="NAV's published figures, to compare with.", no_args_is_help=True)

COLUMNS = ("aargang", "hoved", "offisiell", "filene")
#: The years that the command load-year takes.
YEARS = range(1992, 2100)
#: The source's chapter 4: two dots where NAV publishes nothing, a minus sign for none.
NOT_PUBLISHED = ("", "..")
NONE = "-"
#: Digits, or groups of three with blanks between (also those that spreadsheets and web pages use), and decimals.
NUMBER = re.compile("([0-9]+|[0-9]{1,3}(?:[ \u00a0\u2009\u202f][0-9]{3})+)(?:[.,]([0-9]+))?")
#: No group has a hundred million persons: more digits are a slip of the keyboard.
DIGITS = 8


@dataclass(frozen=True)
class Average:
    """A line of the file. None is a figure that is not published, or not given."""

    year: int
    group: str
    published: Decimal | None
    in_files: Decimal | None


@dataclass(frozen=True)
class Imported:
    """How many of the rows are new in the table, how many replace others, and how many were there already."""

    new: int
    replaced: int
    unchanged: int


@app.command("import")
def import_file(file: Annotated[Path, typer.Argument(metavar="FILE.csv")]) -> None:
    """Take in yearly averages per main group: columns aargang, hoved, offisiell, and filene if you have it."""
    with stoppable():
        averages = read(file)
    with installation.open_current() as connection, locks.alone(connection):
        done = write(connection, averages, file.name)
    say(f"{file.name}: {counted(done.new, 'row')} new, {done.replaced} replaced, {done.unchanged} unchanged.")


def read(path: Path) -> list[Average]:
    """The file's averages; UserError, naming the line, where something in it cannot be right."""
    averages = []
    lines: dict[tuple[int, str], int] = {}
    for line, fields in month_files.read_small(path, COLUMNS, frozenset({"filene"})):
        where = f"{path.name}, line {line}"
        average = Average(
            year(fields["aargang"], where),
            group(fields["hoved"], where),
            number(fields["offisiell"], f"{where}: offisiell"),
            number(fields.get("filene", ""), f"{where}: filene"),
        )
        key = average.year, average.group
        if first := lines.get(key):
            raise UserError(f"{where}: {key[0]}, main group {key[1]} stands in line {first} already. Keep one of them.")
        lines[key] = line
        averages.append(average)
    if not averages:
        raise UserError(f"{path.name} has column names but no rows. Give a file with the averages.")
    return averages


def year(text: str, where: str) -> int:
    if not re.fullmatch("[0-9]{4}", text) or int(text) not in YEARS:
        raise UserError(f"{where}: aargang is no year from {YEARS[0]} to {YEARS[-1]}. Write it with four digits.")
    return int(text)


def group(text: str, where: str) -> str:
    if not 1 <= len(text) <= 2:
        raise UserError(f"{where}: hoved is not one or two characters. Write the main group's code, such as 1 or 10.")
    return text


def number(text: str, what: str) -> Decimal | None:
    """A published figure. A refusal does not quote the text, since the file may be the wrong one."""
    if text in NOT_PUBLISHED:
        return None
    if text == NONE:
        return Decimal(0)
    if text[0] in "-\u2212" and NUMBER.fullmatch(text[1:].strip()):
        raise UserError(f"{what} is negative. An average of persons is 0 or more: mend it.")
    if (found := NUMBER.fullmatch(text)) is None:
        raise UserError(
            f"{what} is not a number. Write 62648, 62 648 or 62648,5; .. or nothing where NAV publishes none, "
            "- where there were no persons."
        )
    whole, decimals = re.sub("[^0-9]", "", found[1]), found[2] or ""
    if decimals and len(decimals) == 3 and found[1] == whole and len(whole) <= 3 and int(whole):
        raise UserError(
            f"{what} may be thousands or a number with three decimals. Write thousands as 62648 or 62 648, and "
            "decimals with one, two or more than three digits."
        )
    if len(whole) > DIGITS:
        raise UserError(f"{what} has more than {DIGITS} digits. Is it the right column?")
    return Decimal(f"{whole}.{decimals}")


def write(connection: Connection, averages: list[Average], source: str) -> Imported:
    """Writes the averages into the table, all or none; they replace rows of the same year and group."""
    with Change("the figures are taken in").transaction(connection):
        row = connection.execute(
            """
            WITH gitt AS (
                SELECT g.aargang, g.hoved, g.offisiell, g.filene, %(source)s AS kilde
                FROM unnest(%(years)s::integer[], %(groups)s::text[], %(published)s::numeric[], %(in_files)s::numeric[])
                    AS g (aargang, hoved, offisiell, filene)
            ),

            skrevet AS (
                INSERT INTO trygdfob.offisiell_statistikk AS o (aargang, hoved, offisiell, filene, kilde)
                SELECT g.aargang, g.hoved, g.offisiell, g.filene, g.kilde FROM gitt AS g
                ON CONFLICT (aargang, hoved) DO UPDATE SET
                    offisiell = excluded.offisiell,
                    filene = excluded.filene,
                    kilde = excluded.kilde
                WHERE (o.offisiell, o.filene, o.kilde)
                    IS DISTINCT FROM (excluded.offisiell, excluded.filene, excluded.kilde)
                RETURNING o.aargang, o.hoved
            )

            -- The table is seen here as it was before the insert
            SELECT count(*) FILTER (WHERE o.aargang IS NULL),
                count(*) FILTER (WHERE o.aargang IS NOT NULL AND s.aargang IS NOT NULL),
                count(*) FILTER (WHERE s.aargang IS NULL)
            FROM gitt AS g
            LEFT JOIN trygdfob.offisiell_statistikk AS o USING (aargang, hoved)
            LEFT JOIN skrevet AS s USING (aargang, hoved)
            """,
            {
                "source": source,
                "years": [average.year for average in averages],
                "groups": [average.group for average in averages],
                "published": [average.published for average in averages],
                "in_files": [average.in_files for average in averages],
            },
        ).fetchone()
    assert row
    return Imported(*row)
