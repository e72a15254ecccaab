"""The screen before the controls of records and of H_ARBSOK: whoever has a finding is suspected (spec.md 5)."""

from collections.abc import Iterator
from itertools import product

import pytest

from damages import DATES, VALUES, YEARS, Connection

#: A value that is the row's own already changes nothing
ANY_DATE = ("{0} + 1", "{0} - 1", "regdato", "tilgdato", "dagdato", "tomdato", "NULL")
STATUSES = ("'UK111'", "'OK100'", "'UX101'", "'NK070'", "'ZZ999'")
ANY_YEAR = tuple(map(str, YEARS))
#: Table: column: other values for it. GONE is the row as a whole
GONE = "(the row)"
OTHER_VALUES: dict[str, dict[str, tuple[str, ...]]] = {
    "forlopsdel": {
        GONE: ("gone",),
        **dict.fromkeys(
            ("regdato", "tilgdato", "asoktilg", "asokavg", "avgdato", *DATES, "dagdato", "fdagdato", "henddato",
             "tomdato", "asoktom", "regtom"),
            ANY_DATE,
        ),
        "kode": ("'0'", "'1'", "'2'", "'3'", "'9'"),
        **dict.fromkeys(VALUES, ("'ZZ'", "NULL")),
        "hoved": ("'8'",),
        "status": STATUSES,
        "aargang": ANY_YEAR,
        "lopenr": ("'nobody ' || d.nr", "(SELECT max(lopenr) FROM trygdfob.person)"),
    },
    "h_arbsok": {
        GONE: ("gone",),
        **dict.fromkeys(
            ("tilgdato", "asoktilg", "avgdato", *DATES, "dagdato", "fdagdato", "henddato"),
            ("{0} + 1", "{0} - 1", "{0} + 9999", "tilgdato", "dagdato", "DATE '2002-11-29'", "NULL"),
        ),
        **dict.fromkeys(VALUES, ("'ZZ'", "NULL")),
        "hoved": ("'8'",),
        "status": STATUSES,
    },
    "person": {GONE: ("gone",), "lopenr": ("'nob ' || right(f.fnr, 11)",)},
}  # fmt: skip
#: Which of a person's rows get the value, in an order drawn by lot: one, two, which might hide each other, or all
#: but one
WHICH = ("[1,1]", "[1,2]", "[2,)")


@pytest.fixture(scope="module")
def again(correct: Connection) -> Iterator[Connection]:
    """Everybody once more for each value of a column, and for each choice of rows; and nothing forbids any value.

    So one question tells of all damages of a column.
    """
    correct.rollback()
    most = max(len(values) for columns in OTHER_VALUES.values() for values in columns.values()) * len(WHICH)
    correct.execute(
        "CREATE TEMP TABLE kopi AS SELECT p.fnr AS av, nr,"
        " lpad((nr * 1000 + dense_rank() OVER (ORDER BY p.fnr))::text, 11, '0') AS fnr"
        " FROM trygdfob.person AS p CROSS JOIN generate_series(1, %s) AS nr WHERE md5(p.fnr) < '6'",  # three in eight
        [most],
    )
    for table, columns in OTHER_VALUES.items():
        forbidden = correct.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('c', 'p')",
            [f"trygdfob.{table}"],
        ).fetchall()
        for (constraint,) in forbidden:
            correct.execute(f"ALTER TABLE trygdfob.{table} DROP CONSTRAINT {constraint}")
        for column in columns:
            if column != GONE:
                correct.execute(f"ALTER TABLE trygdfob.{table} ALTER {column} DROP NOT NULL")
    for table in ("miniregister", *OTHER_VALUES):
        rows = "arbsok_lasting.gjeldende_forlop" if table == "forlopsdel" else f"trygdfob.{table}"
        correct.execute(
            f"INSERT INTO trygdfob.{table} SELECT n.* FROM {rows} AS t JOIN kopi AS k ON k.av = t.fnr"
            " CROSS JOIN LATERAL jsonb_populate_record(t, jsonb_build_object('fnr', k.fnr, 'lopenr', k.fnr)) AS n"
        )
    correct.execute(
        "CREATE INDEX ON trygdfob.forlopsdel (lopenr, regdato, kode)"
    )  # the key, for more than one of a kind
    correct.execute("SAVEPOINT again")
    yield correct
    correct.rollback()


@pytest.mark.parametrize(
    ("table", "column"), [(table, column) for table, columns in OTHER_VALUES.items() for column in columns]
)
def test_whoever_has_a_finding_is_suspected(again: Connection, table: str, column: str) -> None:
    """The load asks for less whether anything is wrong, and only then what."""
    again.execute("ROLLBACK TO again")
    damages = [(nr, value, which) for nr, (value, which) in enumerate(product(OTHER_VALUES[table][column], WHICH), 1)]
    again.execute(
        "CREATE TEMP TABLE skade AS SELECT * FROM unnest(%s::integer[], %s::text[], %s::int4range[])"
        " AS d (nr, verdi, hvilke)",
        [list(each) for each in zip(*damages, strict=True)],
    )
    victims = (
        "(SELECT a.tableoid AS del, a.ctid AS rad, s.nr, s.hvilke,"
        " row_number() OVER (PARTITION BY a.fnr ORDER BY md5(concat(k.av, a::text, s.verdi))) AS n"
        f" FROM trygdfob.{table} AS a JOIN kopi AS k USING (fnr) JOIN skade AS s USING (nr)) AS d"
    )
    here = "d.del = f.tableoid AND d.rad = f.ctid AND d.n::integer <@ d.hvilke"
    if column == GONE:
        again.execute(f"DELETE FROM trygdfob.{table} AS f USING {victims} WHERE {here}")
    else:
        values = " ".join(f"WHEN {nr} THEN {value.format(f'f.{column}')}" for nr, value, _ in damages)
        again.execute(f"UPDATE trygdfob.{table} AS f SET {column} = CASE d.nr {values} END FROM {victims} WHERE {here}")
    who = [fnr for (fnr,) in again.execute("SELECT k.fnr FROM kopi AS k JOIN skade AS s USING (nr)")]
    found = 0
    for year in YEARS[1:]:  # one with a year after it, and the last one
        wrong, suspected = (
            set(
                again.execute(
                    f"SELECT DISTINCT s.verdi, s.hvilke::text, k.av, k.fnr FROM ({query}) AS v"
                    " JOIN kopi AS k USING (fnr) JOIN skade AS s USING (nr)",
                    {"year": year, "who": who, "end": "zz" if column == "lopenr" else max(who) + "z"},
                )
            )
            for query in (
                "SELECT fnr FROM kontroll.arbsok_forlop_kontrollert(%(year)s, %(who)s)"
                " UNION ALL SELECT fnr FROM kontroll.arbsok_h_arbsok_kontrollert(%(year)s, %(who)s)"
                " UNION ALL SELECT fnr FROM kontroll.arbsok_lopenr_kontrollert(%(year)s)",
                "SELECT fnr FROM kontroll.arbsok_forlop_silt(%(year)s, '', %(end)s)"
                " UNION ALL SELECT fnr FROM kontroll.arbsok_h_arbsok_silt(%(year)s)",
            )
        )
        # Who was not registered on the day that H_ARBSOK says, the screen of the registrations sees: some of them
        others = sorted(fnr for *_, fnr in wrong - suspected)[::10]
        noticed = again.execute(
            "SELECT p.fnr FROM unnest(%s::text[]) AS p (fnr) WHERE EXISTS (SELECT FROM"
            " kontroll.arbsok_registrering_silt(%s, p.fnr, p.fnr || '/') AS s WHERE s.mistenkte > 0) ORDER BY p.fnr",
            [others, year],
        )
        assert others == ([fnr for (fnr,) in noticed] if (table, column) == ("h_arbsok", "dagdato") else []), year
        found += len(wrong)
    assert found > 25
