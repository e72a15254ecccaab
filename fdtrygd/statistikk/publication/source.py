"""What there is to publish: versions, with their tables, classes, notes and figures, as the database has them.

A figure is in whole units: what is not (a mean) is rounded here, once, half away from zero (spec.md 10).
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from fdtrygd.db.database import Connection
from fdtrygd.errors import UserError

#: The code of a total.
TOTAL = "T"

VERSIONS = """
SELECT v.versjon, v.pakke, p.tittel, v.periode, v.nummer, v.grunn, v.syntetisk, v.alene, v.eksakt,
    to_char(v.publisert AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), v.publisert AT TIME ZONE 'Europe/Oslo',
    coalesce(v.dagdato, make_date(left(v.periode, 4)::integer, 12, 31)), v.mal::text,
    (
        SELECT f.versjon FROM statistikk.versjon AS f
        WHERE f.pakke = v.pakke AND f.periode = v.periode AND f.nummer < v.nummer AND f.publisert IS NOT NULL
        ORDER BY f.nummer DESC LIMIT 1
    )
FROM statistikk.versjon AS v
JOIN statistikk.pakke AS p ON p.pakke = v.pakke
WHERE v.versjon = ANY(%s)
ORDER BY v.pakke, v.periode, v.nummer
"""
#: An average has the dimensions of the table that it is of.
TABLES = """
SELECT t.tabell, t.pakke, t.maal, t.snitt_av, t.tittel, t.enhet, t.ekstern_id, t.kontakt,
    array_agg(ARRAY[d.gruppering, g.kjennemerke, d.tekst, d.i_alt] ORDER BY d.plass)
FROM statistikk.tabell AS t
JOIN statistikk.dimensjon AS d ON d.tabell = coalesce(t.snitt_av, t.tabell)
JOIN statistikk.gruppering AS g ON g.gruppering = d.gruppering
GROUP BY t.tabell
ORDER BY t.rekkefolge
"""
NOTES = "SELECT n.tabell, n.fra_periode, n.til_periode, n.tekst FROM statistikk.note AS n ORDER BY n.rekkefolge"
CATEGORIES = """
SELECT k.kode, k.tekst, k.rekkefolge FROM statistikk.kategori AS k
WHERE k.gruppering = %(grouping)s
    AND coalesce(k.gyldig_fra, '-infinity') <= %(day)s AND coalesce(k.gyldig_til, 'infinity') >= %(day)s
ORDER BY k.rekkefolge, k.kode
"""
CELLS = "SELECT c.koder, c.verdi, c.symbol FROM statistikk.celle AS c WHERE c.versjon = %s AND c.tabell = %s"

#: A figure, or the symbol in its place.
Shown = int | str


@dataclass(frozen=True)
class Version:
    """A published version of a period."""

    number: int
    package: str
    package_title: str
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
    #: the day whose classes it has
    day: date
    #: how its base is told apart
    grid: str
    #: the version that it corrects
    corrects: int | None

    @property
    def place(self) -> str:
        """The folder of its files, within that of everything."""
        return f"data/{self.package}/{self.period}-{self.edition}"


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


@dataclass(frozen=True)
class Note:
    text: str
    table: str | None
    first: str | None
    last: str | None

    def holds(self, period: str) -> bool:
        """Whether it is about some of the period."""
        first, last = months(period)
        return (not self.first or months(self.first)[0] <= last) and (not self.last or months(self.last)[1] >= first)


@dataclass(frozen=True)
class Table:
    """A table of the catalogue."""

    name: str
    package: str
    #: beholdning, aarsgjennomsnitt
    measure: str
    title: str
    unit: str
    external: str | None
    contact: str
    dimensions: tuple[Dimension, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class Category:
    """A class of a dimension, or its total."""

    code: str
    text: str
    order: int


@dataclass(frozen=True)
class Sheet:
    """A table of a version: its cells in the order of its categories, the last dimension running fastest."""

    version: Version
    table: Table
    categories: tuple[tuple[Category, ...], ...]
    #: each dimension's total and classes on the version's day, of which it has these categories
    listed: tuple[tuple[Category, ...], ...]
    cells: tuple[Shown, ...]
    #: cells that were published with something else -> that
    before: dict[int, Shown]

    def rows(self) -> Iterator[tuple[int, tuple[Category, ...], Shown]]:
        """Each cell with its place and categories."""
        for place, (of, cell) in enumerate(zip(itertools.product(*self.categories), self.cells, strict=True)):
            yield place, of, cell

    @cached_property
    def by_codes(self) -> dict[tuple[tuple[str, str], ...], int]:
        """Where the cell stands of these codes with their texts."""
        return {tuple((each.code, each.text) for each in of): place for place, of, _ in self.rows()}

    @property
    def notes(self) -> list[str]:
        return [note.text for note in self.table.notes if note.holds(self.version.period)]


def months(period: str) -> tuple[str, str]:
    """The first and the last month of a period."""
    return (period, period) if "M" in period else (f"{period}M01", f"{period}M12")


def read(connection: Connection, numbers: Sequence[int]) -> list[Sheet]:
    """The tables of these versions, by table of the catalogue and period; UserError where one cannot be published."""
    versions = [Version(*row) for row in connection.execute(VERSIONS, [list(numbers)])]
    if missing := set(numbers) - {each.number for each in versions}:
        raise UserError(f"There is no version {', '.join(map(str, sorted(missing)))} of any statistics.")
    for each in versions:
        if not each.published:
            raise UserError(f"Version {each.number} ({each.period}) is not published: nothing is written of it.")
    tables = catalogue(connection)
    sheets = []
    for version in versions:
        found = connection.execute(
            "SELECT DISTINCT c.tabell FROM statistikk.celle AS c WHERE c.versjon = %s", [version.number]
        )
        names = {name for (name,) in found}
        if unknown := names - tables.keys():
            raise UserError(
                f"Version {version.number} ({version.period}) has the table {', '.join(sorted(unknown))}, which is no "
                "longer in statistikk.tabell: what it is called is not known. Put its row in again."
            )
        sheets += [sheet(connection, version, table) for name, table in tables.items() if name in names]
    place = {name: number for number, name in enumerate(tables)}
    return sorted(sheets, key=lambda each: (place[each.table.name], each.version.period, each.version.edition))


def catalogue(connection: Connection) -> dict[str, Table]:
    """The tables by name, in their order."""
    notes = [Note(text, table, first, last) for table, first, last, text in connection.execute(NOTES)]
    return {
        name: Table(
            name,
            package,
            measure,
            title,
            unit,
            external,
            contact,
            tuple(Dimension(*each) for each in dimensions),
            tuple(note for note in notes if note.table in (None, name, of)),
        )
        for name, package, measure, of, title, unit, external, contact, dimensions in connection.execute(TABLES)
    }


def in_use(connection: Connection, version: Version, dimension: Dimension) -> list[Category]:
    """The total, and the classes that the version's day has, in their order."""
    rows = connection.execute(CATEGORIES, {"grouping": dimension.name, "day": version.day})
    total = [Category(TOTAL, dimension.total, -1)] if dimension.total else []
    return total + [Category(*row) for row in rows]


def sheet(connection: Connection, version: Version, table: Table) -> Sheet:
    """The table in that version; UserError where its cells are not all those of its categories."""
    cells = figures(connection, version.number, table.name)
    used = [set(codes) for codes in zip(*cells, strict=True)]
    listed = tuple(tuple(in_use(connection, version, dimension)) for dimension in table.dimensions)
    categories = tuple(
        tuple(each for each in some if each.code in codes) for some, codes in zip(listed, used, strict=True)
    )
    wanted = list(itertools.product(*([each.code for each in some] for some in categories)))
    if wanted_not := cells.keys() ^ set(wanted):
        raise UserError(
            f"Version {version.number} ({version.period}), table {table.name}: {len(wanted_not)} of its cells are "
            f"missing, or of codes that were not in use on {version.day}. Make the version anew."
        )
    earlier = figures(connection, version.corrects, table.name) if version.corrects else {}
    before = {
        place: earlier[codes]
        for place, codes in enumerate(wanted)
        if codes in earlier and earlier[codes] != cells[codes]
    }
    return Sheet(version, table, categories, listed, tuple(cells[codes] for codes in wanted), before)


def figures(connection: Connection, version: int, table: str) -> dict[tuple[str, ...], Shown]:
    """A table's cells by their codes."""
    rows = connection.execute(CELLS, [version, table])
    return {tuple(codes): symbol or whole(value) for codes, value, symbol in rows}


def whole(value: Decimal) -> int:
    """Half away from zero: 2.5 is 3, and -2.5 is -3."""
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))
