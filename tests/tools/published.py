"""Published versions without a register: a base drawn by chance, and the cells of every table of the catalogue from it.

Beside `tests/statistikk` the readers of `make interop` use it (tests/interop).
"""

import itertools
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import psycopg

Connection = psycopg.Connection[Any]

#: In 2002 Våle and Ramnes became Re, which took over Våle's code.
REGIONS = """
DELETE FROM befolkning.fylke; DELETE FROM befolkning.kommune;
INSERT INTO befolkning.fylke (fylke, gyldig_fra, gyldig_til, tekst) VALUES
    ('02', '1994-01-01', '2019-12-31', 'Akershus'), ('03', '1994-01-01', NULL, 'Oslo'),
    ('07', '1994-01-01', '2019-12-31', 'Vestfold');
INSERT INTO befolkning.kommune (kommune, gyldig_fra, gyldig_til, tekst, fylke) VALUES
    ('0219', '1994-01-01', '2019-12-31', 'Bærum', '02'), ('0220', '1994-01-01', '2019-12-31', 'Asker', '02'),
    ('0301', '1994-01-01', NULL, 'Oslo', '03'), ('0716', '1994-01-01', '2001-12-31', 'Våle', '07'),
    ('0716', '2002-01-01', '2019-12-31', 'Re', '07'), ('0718', '1994-01-01', '2001-12-31', 'Ramnes', '07')
"""
#: The classes of a grouping on a day
CLASSES = """
SELECT k.kode, k.kjennemerke, k.fra, k.til, k.verdier, k.i_alt, k.symbol FROM statistikk.kategori AS k
WHERE k.gruppering = %(grouping)s
    AND coalesce(k.gyldig_fra, '-infinity') <= %(day)s AND coalesce(k.gyldig_til, 'infinity') >= %(day)s
"""
TABLES = """
SELECT t.tabell, t.maal, t.lag, t.bosatt, t.gyldig_fra, array_agg(d.gruppering::text ORDER BY d.plass),
    array_agg(d.i_alt IS NOT NULL ORDER BY d.plass)
FROM statistikk.tabell AS t JOIN statistikk.dimensjon AS d ON d.tabell = coalesce(t.snitt_av, t.tabell)
GROUP BY t.tabell
"""
#: Main groups of the parts of the population
PARTS = {"helt_ledige": {"1"}, "andre": {"2", "3", "4", "5", "9"}}
WHEN = datetime.fromisoformat("2026-11-30T08:00:00+01:00")

Cells = dict[tuple[str, ...], Decimal | str]


class Base(NamedTuple):
    """A base cell: what its persons have in common."""

    hoved: str
    kommune: str
    kjonn: str
    alder: int
    uker: int
    bosatt: bool


class Class(NamedTuple):
    code: str
    attribute: str
    first: int | None
    last: int | None
    values: list[str] | None
    in_total: bool
    symbol: str | None

    def holds(self, base: Base, grouping: str) -> bool:
        """Whether the base cell's persons belong to it."""
        if self.values is None:
            value = base.alder if self.attribute == "alder" else base.uker
            first, last = self.first or 0, self.last if self.last is not None else 10_000
            return first <= value <= last
        region = base.kommune if grouping == "kommune" else "99" if base.kommune == "9999" else base.kommune[:2]
        text = {"hoved": base.hoved, "kjonn": base.kjonn, "bosatt": str(base.bosatt).lower(), "region": region}
        return text[self.attribute] in self.values


def base(period: str, seed: int = 1) -> Counter[Base]:
    """Protected counts of a month: none is 1 or 2."""
    drawn = random.Random(f"{period} {seed}")
    regions = ["0219", "0220", "0301", "0716", "9999"] + (["0718"] if period < "2002" else [])
    counts: Counter[Base] = Counter()
    for group, region, sex in itertools.product("123459", regions, "129"):
        for age, weeks in itertools.product((0, 25, 30, 40, 50, 60, -1), (0, 5, 14, 27, 40, 53, -1)):
            count = drawn.randrange(40) - 20 if group == "1" else drawn.randrange(12) - 9
            if sex != "9" and count > 2:
                counts[Base(group, region, sex, age, weeks, region != "9999")] = count
    return counts


def classes(connection: Connection, grouping: str, day: date) -> list[Class]:
    return [Class(*row) for row in connection.execute(CLASSES, {"grouping": grouping, "day": day})]


def cells(connection: Connection, counts: Counter[Base], day: date) -> Iterator[tuple[str, Cells]]:
    """The cells of each table of months whose series has begun, counted one by one."""
    for name, measure, parts, resident, begun, groupings, totals in connection.execute(TABLES).fetchall():
        if measure != "beholdning" or begun > day:
            continue
        groups = set().union(*(PARTS[part] for part in parts))
        some = {
            key: count
            for key, count in counts.items()
            if key.hoved in groups and (resident is None or key.bosatt == resident)
        }
        known = [classes(connection, grouping, day) for grouping in groupings]
        found: Cells = {}
        for of in itertools.product(
            *([*listed, *([None] if total else [])] for listed, total in zip(known, totals, strict=True))
        ):
            codes = tuple(each.code if each else "T" for each in of)
            symbols = [each.symbol for each in of if each and each.symbol]
            found[codes] = symbols[0] if symbols else Decimal(0)
        for key, count in some.items():
            mine = [
                [each.code for each in listed if each.holds(key, grouping)]
                + ["T" for each in listed if total and each.in_total and each.holds(key, grouping)]
                for grouping, listed, total in zip(groupings, known, totals, strict=True)
            ]
            for codes in itertools.product(*mine):
                if isinstance(value := found[codes], Decimal):
                    found[codes] = value + count
        yield name, found


def enter(
    connection: Connection,
    period: str,
    tables: Iterator[tuple[str, Cells]] | list[tuple[str, Cells]],
    *,
    day: date | None,
    edition: int = 1,
    published: datetime | None = WHEN,
    synthetic: bool = True,
    alone: str | None = None,
    exact: str | None = None,
    why: str = "Første publisering",
    months: Sequence[int] = (),
) -> int:
    """A version with these cells, of a year with these months'; its number."""
    tables = list(tables)  # reads the catalogue by the same connection
    row = connection.execute(
        "INSERT INTO statistikk.versjon (pakke, periode, nummer, grunn, mnddato, dagdato, syntetisk, produktversjon,"
        " objektversjon, kodelister, mal, alene, eksakt)"
        " VALUES ('arbeidssokere', %s, %s, %s, %s, %s, %s, '1', '1', '{}', %s, %s, %s) RETURNING versjon",
        [period, edition, why, day.replace(day=1) if day else None, day, synthetic, "{}", alone, exact],
    ).fetchone()
    assert row
    with connection.cursor().copy("COPY statistikk.celle (versjon, tabell, koder, verdi, symbol) FROM STDIN") as copy:
        for name, found in tables:
            for codes, value in found.items():
                figure, symbol = (None, value) if isinstance(value, str) else (value, None)
                copy.write_row([row[0], name, list(codes), figure, symbol])
    connection.execute(
        "INSERT INTO statistikk.snitt_av_versjon (versjon, maaned) SELECT %s, m FROM unnest(%s::integer[]) AS m",
        [row[0], list(months)],
    )
    connection.execute(
        "UPDATE statistikk.versjon SET tilstand = %s, godkjent = %s, godkjent_av = 'a', publisert = %s,"
        " publisert_av = 'b', katalog = CASE WHEN %s THEN statistikk.katalog(versjon) END WHERE versjon = %s",
        ["publisert" if published else "godkjent", WHEN, published, bool(published), row[0]],
    )
    return int(row[0])


def month(connection: Connection, period: str, seed: int = 1, **more: Any) -> int:
    """A month's version, from a base drawn for it."""
    day = date(int(period[:4]), int(period[5:]), 28)
    return enter(connection, period, cells(connection, base(period, seed), day), day=day, **more)


def means(connection: Connection, year: str, versions: list[int], divisor: int = 12, **more: Any) -> int:
    """A year's version: the mean of these, and .. where one of them has a symbol or not the cell."""
    tables = []
    for name, of in connection.execute(
        "SELECT t.tabell, t.snitt_av FROM statistikk.tabell AS t WHERE t.maal = 'aarsgjennomsnitt'"
    ).fetchall():
        months = [read(connection, version, of) for version in versions]
        found: Cells = {}
        for codes in months[-1]:
            values = [of_month.get(codes, "..") for of_month in months]
            symbol = any(isinstance(value, str) for value in values)
            found[codes] = ".." if symbol else sum(values) / Decimal(divisor)  # type: ignore[arg-type]
        if found:
            tables.append((name, found))
    return enter(connection, year, tables, day=None, months=versions, **more)


def read(connection: Connection, version: int, table: str) -> Cells:
    """A table's cells as they stand in the database."""
    rows = connection.execute(
        "SELECT koder, verdi, symbol FROM statistikk.celle WHERE versjon = %s AND tabell = %s", [version, table]
    )
    return {tuple(codes): symbol or value for codes, value, symbol in rows}


def tables_of(connection: Connection, version: int) -> list[str]:
    rows = connection.execute(
        "SELECT DISTINCT tabell FROM statistikk.celle WHERE versjon = %s ORDER BY tabell", [version]
    )
    return [name for (name,) in rows]


def groupings(connection: Connection, table: str) -> list[str]:
    """Its dimensions, in their order."""
    rows = connection.execute(
        "SELECT d.gruppering FROM statistikk.tabell AS t JOIN statistikk.dimensjon AS d"
        " ON d.tabell = coalesce(t.snitt_av, t.tabell) WHERE t.tabell = %s ORDER BY d.plass",
        [table],
    )
    return [name for (name,) in rows]


def fill(connection: Connection) -> dict[str, int]:
    """Fourteen months, two years and a correction; versions by period, the corrected one with -2 behind it."""
    with connection.transaction():
        connection.execute(REGIONS)
        periods = ["2001M12", *(f"2002M{number:02}" for number in range(1, 13)), "2003M02"]
        made = {
            period: month(connection, period, published=WHEN + timedelta(milliseconds=number))
            for number, period in enumerate(periods)
        }
        made["2002"] = means(connection, "2002", [made[period] for period in periods[1:13]])
        made["2003"] = means(connection, "2003", [made["2003M02"]], divisor=1)
        made["2002M06-2"] = month(
            connection,
            "2002M06",
            seed=2,
            edition=2,
            why="Etterregistrerte bosteder",
            published=WHEN.replace(day=1, month=12),
            alone="Prøve uten kollega",
            exact="Navs tall er andre",
        )
    return made


def shown(value: Decimal | str) -> int | str:
    """A cell as it is published: half away from zero."""
    return value if isinstance(value, str) else int(value + Decimal("0.5"))


def folder_of(period: str, edition: int = 1) -> Path:
    """Where a version's files lie."""
    return Path("data") / "arbeidssokere" / f"{period}-{edition}"
