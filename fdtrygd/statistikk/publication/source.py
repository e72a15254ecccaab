"""What there is to publish: versions, with their tables, classes, notes and figures, as the database keeps them.

What the catalogue says today is not read: a version has what it said when it was published. A figure is in whole units:
what is not (a mean) is rounded here, once, half away from zero (spec.md 10).
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any

from fdtrygd.db.database import Connection
from fdtrygd.errors import UserError

#: The code of a total.
TOTAL = "T"

VERSIONS = """
SELECT v.versjon, v.pakke, v.periode, v.nummer, v.grunn, v.syntetisk, v.alene, v.eksakt,
    to_char(v.publisert AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), v.publisert AT TIME ZONE 'Europe/Oslo',
    v.mal::text,
    (
        SELECT f.versjon FROM statistikk.versjon AS f
        WHERE f.pakke = v.pakke AND f.periode = v.periode AND f.nummer < v.nummer AND f.publisert IS NOT NULL
        ORDER BY f.nummer DESC LIMIT 1
    ),
    v.katalog ->> 'tittel', v.katalog ->> 'dag', v.katalog
FROM statistikk.versjon AS v
WHERE v.versjon = ANY(%s)
"""
CELLS = "SELECT c.tabell, c.koder, c.verdi, c.symbol FROM statistikk.celle AS c WHERE c.versjon = %s"

#: A figure, or the symbol in its place.
Shown = int | str


@dataclass(frozen=True)
class Version:
    """A published version of a period."""

    number: int
    package: str
    #: 2003M04, or 2003
    period: str
    #: 1, and so on with each correction
    edition: int
    why: str
    synthetic: bool
    #: why one person both approved and published it, where one did
    alone: str | None
    #: why it was published though others publish the same exactly, where they do
    exact: str | None
    #: in UTC, as files have it; and as clocks in Norway showed it
    published: str
    published_here: datetime
    #: how its base is told apart
    grid: str
    #: the version that it corrects
    corrects: int | None
    package_title: str
    #: the day whose classes it has, as YYYY-MM-DD
    day: str

    @property
    def counted_on(self) -> str | None:
        """The day whose persons a month's figures are, as YYYY-MM-DD; a year's are of no day."""
        return self.day if "M" in self.period else None

    @property
    def place(self) -> str:
        """The folder of its files, within that of everything."""
        return f"data/{self.package}/{self.period}-{self.edition}"

    @property
    def moment(self) -> tuple[str, str, int]:
        """By it versions stand in the order in which they were published."""
        return self.published, self.period, self.edition


@dataclass(frozen=True)
class Category:
    """A class of a dimension, or its total."""

    code: str
    text: str
    order: int
    #: the days on which it is in use, as YYYY-MM-DD
    since: str = ""
    until: str = "9999-12-31"

    def is_also(self, other: "Category", day: str) -> bool:
        """Whether the class that another version had on that day is this one, whatever it was called there."""
        return self.code == other.code and (self.text == other.text or self.since <= day <= self.until)


@dataclass(frozen=True)
class Dimension:
    """What a table is told apart by."""

    #: its grouping
    name: str
    #: what that groups: region, kjonn, …
    attribute: str
    text: str
    #: what the total is called
    total: str | None
    #: the total, and the classes in use on the version's day, in their order
    categories: tuple[Category, ...]


@dataclass(frozen=True)
class Note:
    name: str
    order: int
    text: str


@dataclass(frozen=True)
class Table:
    """A table, as a version has it."""

    name: str
    order: int
    #: beholdning, aarsgjennomsnitt
    measure: str
    title: str
    unit: str
    external: str | None
    contact: str
    dimensions: tuple[Dimension, ...]
    notes: tuple[Note, ...]

    @property
    def groupings(self) -> list[str]:
        return [each.name for each in self.dimensions]


@dataclass(frozen=True)
class Sheet:
    """A table of a version: its cells in the order of its categories, the last dimension running fastest."""

    version: Version
    table: Table
    cells: tuple[Shown, ...]
    #: cells that were published with something else -> that
    before: dict[int, Shown]

    @property
    def categories(self) -> tuple[tuple[Category, ...], ...]:
        return tuple(each.categories for each in self.table.dimensions)

    def rows(self) -> Iterator[tuple[int, tuple[Category, ...], Shown]]:
        """Each cell with its place and categories."""
        for place, (of, cell) in enumerate(zip(itertools.product(*self.categories), self.cells, strict=True)):
            yield place, of, cell

    @cached_property
    def by_codes(self) -> dict[tuple[str | None, ...], int]:
        """Where the cell of these codes stands."""
        return {tuple(each.code for each in of): place for place, of, _ in self.rows()}


def read(connection: Connection, numbers: Sequence[int]) -> list[Sheet]:
    """The tables of these versions, in their order, by period; UserError where one cannot be published."""
    rows = connection.execute(VERSIONS, [list(numbers)]).fetchall()
    if missing := set(numbers) - {number for number, *_ in rows}:
        raise UserError(f"There is no version {', '.join(map(str, sorted(missing)))} of any statistics.")
    sheets: list[Sheet] = []
    for *row, catalogue in rows:
        if catalogue is None:
            raise UserError(f"Version {row[0]} ({row[2]}) is not published: nothing is written of it.")
        sheets += of_version(connection, Version(*row), tables(catalogue))
    # Tables stand as the version that was published last has them
    last = {each.table.name: each.table.order for each in sorted(sheets, key=lambda sheet: sheet.version.moment)}
    return sorted(
        sheets,
        key=lambda each: (last[each.table.name], each.table.name, each.version.period, each.version.edition),
    )


def tables(catalogue: dict[str, Any]) -> list[Table]:
    """The tables that a version was published with (statistikk.katalog)."""
    classes = {
        name: tuple(
            Category(
                each["kode"], each["tekst"], each["rekkefolge"],
                each["gyldig_fra"] or Category.since, each["gyldig_til"] or Category.until,
            )
            for each in grouping["klasser"]
        )
        for name, grouping in catalogue["grupperinger"].items()
    }  # fmt: skip

    def dimension(grouping: str, text: str, total: str | None) -> Dimension:
        first = (Category(TOTAL, total, -1),) if total else ()
        attribute = catalogue["grupperinger"][grouping]["kjennemerke"]
        return Dimension(grouping, attribute, text, total, first + classes[grouping])

    return [
        Table(
            each["tabell"], each["rekkefolge"], each["maal"], each["tittel"], each["enhet"], each["ekstern_id"],
            each["kontakt"],
            tuple(dimension(of["gruppering"], of["tekst"], of["i_alt"]) for of in each["dimensjoner"]),
            tuple(Note(note["note"], note["rekkefolge"], note["tekst"]) for note in each["noter"]),
        )
        for each in catalogue["tabeller"]
    ]  # fmt: skip


def of_version(connection: Connection, version: Version, tables: list[Table]) -> Iterator[Sheet]:
    """Its tables; UserError where its cells are not theirs."""
    cells = figures(connection, version.number)
    earlier = figures(connection, version.corrects) if version.corrects else {}
    for name in sorted(cells.keys() - {table.name for table in tables}):
        raise damaged(version, name, "the version had no such table")
    for table in tables:
        mine, theirs = cells.get(table.name, {}), earlier.get(table.name, {})
        wanted = [
            tuple(each.code for each in of) for of in itertools.product(*(each.categories for each in table.dimensions))
        ]
        if wrong := mine.keys() ^ set(wanted):
            raise damaged(version, table.name, f"{len(wrong)} of its cells are missing, or have other codes")
        before = {
            place: theirs[codes]
            for place, codes in enumerate(wanted)
            # A figure that comes where there was none corrects nothing
            if isinstance(theirs.get(codes), int) and theirs[codes] != mine[codes]
        }
        yield Sheet(version, table, tuple(mine[codes] for codes in wanted), before)


def damaged(version: Version, table: str, what: str) -> UserError:
    return UserError(
        f"Version {version.number} ({version.period}), table {table}, is not as it was published: {what}. Somebody has "
        "changed it in the database: take it from a backup."
    )


def figures(connection: Connection, version: int) -> dict[str, dict[tuple[str, ...], Shown]]:
    """Each table's cells by their codes."""
    found: dict[str, dict[tuple[str, ...], Shown]] = {}
    for table, codes, value, symbol in connection.execute(CELLS, [version]):
        found.setdefault(table, {})[tuple(codes)] = symbol or whole(value)
    return found


def whole(value: Decimal) -> int:
    """Half away from zero: 2.5 is 3, and -2.5 is -3."""
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))
