"""On an extraction date F_ARBSOK is held against the miniregister: each difference has the rule that makes it, and no
other difference is excused (spec.md 3 and 4; docs/cross-section.md). The registers that hypothesis makes, with every
status code, are held against this in test_oracle.py, which loads them anyway."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

import psycopg
import pytest
from fdtrygd import settings
from fdtrygd.db import objects

from both_sides import BACKDATED, SEWN, WAITING, compared, rows, unexplained
from conftest import Register
from documents import FENCE
from historier import KALENDER, PERSON, YRKESHEMMET, last, reg, uendret
from strategies import lag_fnr

Connection = psycopg.Connection[Any]
DOCUMENT = settings.ROOT / "docs" / "cross-section.md"


# -------------------------------------------------------------------------------------------- each rule by hand


def differences(register: Register, fnr: str = PERSON) -> list[tuple[str, ...]]:
    """(date, what F_ARBSOK says, explanation, status, dagdato of the registration that explains) for the person."""
    table = compared(register.connection)
    assert unexplained(table) == []
    found = rows(
        register.connection,
        "SELECT a.* FROM trygdfob.maanedsfil AS m CROSS JOIN LATERAL arbsok_lasting.avvik_ved_uttrekk(m.dagdato) AS a"
        " WHERE a.fnr = %s ORDER BY a.dagdato",
        fnr,
    )
    assert {row["slag"] for row in found} <= {"bare_i_forlop"}
    return [
        (
            str(row["dagdato"]),
            f"{row['hoved']} {row['hovedarbstat']}{row['tiltak']}{row['ytelse']}",
            row["forklaring"],
            row["status"] or "",
            str(row["forklart_av"]),
        )
        for row in found
    ]


def sewn(code: str) -> list[dict[str, Any]]:
    """In group 5 in September, back in November (61 days) with what the code says."""
    henddato = {"0": "2001-09-10", "1": "2001-11-10", "9": None, "3": "2001-10-31"}[code[2]]
    changed = ({"hoved": "1"} if code[3] == "1" else {}) | ({"ytelse": "ID"} if code[4] == "1" else {})
    return [reg("2001-09", YRKESHEMMET, hend="2001-09-10"), reg("2001-11", YRKESHEMMET, hend=henddato, **changed)]


def test_a_gap_that_is_sewn(register: Register) -> None:
    """Whatever the registration after the gap says, a rejected one too: F_ARBSOK has the person as he was before it."""
    codes = [code for code in register.statuskoder() if code.startswith("Y")]
    assert len(codes) == 16
    persons = {code: lag_fnr(10 + i, 4, 60, 300) for i, code in enumerate(codes)}
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-11", YRKESHEMMET, hend="2001-11-10"),
        andre={fnr: sewn(code) for code, fnr in persons.items()},
    )
    for code, fnr in persons.items():
        assert ("2001-10-31", "5 YHKFAT", SEWN, f"{code[:5]}I", "2001-11-30") in differences(register, fnr), code
    # In group 5 after the gap alone: in it he stands where he stood
    assert differences(register)[0] == ("2001-10-31", "1 HLIPDP", SEWN, "YK111I", "2001-11-30")


def test_two_dates_in_one_gap_and_a_gap_over_the_year_end(register: Register) -> None:
    """31 August to 30 November is 91 days. What next year's load sews waits for it."""
    history = [
        reg("2001-08", YRKESHEMMET, hend="2001-08-10"),
        reg("2001-11", YRKESHEMMET, hend="2001-08-10"),
        reg("2002-01", YRKESHEMMET, hend="2001-08-10"),
    ]
    in_the_gap = [(day, "5 YHKFAT", SEWN, "YK000M", "2001-11-30") for day in ("2001-09-30", "2001-10-31")]
    last(register, history, til=2001)
    assert differences(register) == [*in_the_gap, ("2001-12-31", "5 YHKFAT", WAITING, "", "2001-11-30")]
    last(register, history, fra=2002, til=2002)
    assert differences(register)[:3] == [*in_the_gap, ("2001-12-31", "5 YHKFAT", SEWN, "YK000I", "2002-01-31")]


def test_a_gap_that_is_not_sewn_leaves_no_difference(register: Register) -> None:
    """Another group, or more than 91 days: the spell is split, and the person away on both sides."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        uendret("2001-11", "2001-12", hend="2001-11-10"),
        andre={
            lag_fnr(11, 4, 60, 300): [
                reg("2001-06", YRKESHEMMET, hend="2001-06-10"),
                *uendret("2001-10", "2001-12", YRKESHEMMET, hend="2001-06-10"),
            ]
        },
    )
    assert differences(register) == []
    assert {row["slag"] for row in compared(register.connection)} == {"like"}


@pytest.mark.parametrize(
    ("first", "henddato", "code", "days"),
    [
        ("2001-06", "2001-04-01", "FK060", ["2001-05-31"]),
        ("2001-07", "2001-05-01", "FK060", ["2001-05-31", "2001-06-30"]),
        ("2001-07", "2001-05-31", "FK050", ["2001-05-31", "2001-06-30"]),
        ("2001-07", "2001-06-01", "FK050", ["2001-06-30"]),
        ("2001-07", "2001-07-01", "FK040", []),
        ("2001-08", "2001-04-01", "FI080", []),
    ],
)
def test_an_entry_that_is_dated_back(register: Register, first: str, henddato: str, code: str, days: list[str]) -> None:
    """Group 5, first seen in the series' second or third month, there since before an earlier extraction."""
    last(register, uendret(first, "2001-12", YRKESHEMMET, hend=henddato))
    assert register.f_arbsok(PERSON)[0]["status"] == code
    assert differences(register) == [(day, "5 YHKFAT", BACKDATED, code, KALENDER[first]) for day in days]


def test_not_seen_since_before_the_year_end(register: Register) -> None:
    """Last seen in October, 61 days before the year's last extraction: the spell runs until the next year's load."""
    history = [reg("2001-10", ytelse="ID", hend="2001-10-10")]
    last(register, history, til=2001)
    assert differences(register) == [
        (day, "1 HLIPID", WAITING, "", "2001-10-31") for day in ("2001-11-30", "2001-12-31")
    ]
    last(register, history, fra=2002, til=2002)
    assert differences(register) == []
    assert [f["status"] for f in register.f_arbsok(PERSON)] == ["FK070", "FX070"]


def test_closed_at_the_year_end(register: Register) -> None:
    """Last seen 92 days before the year's last extraction: closed on the last day seen, and no difference."""
    last(register, reg("2001-09", hend="2001-09-10"))
    assert differences(register) == []


def test_what_is_rejected_or_dated_in_the_month_changes_no_cross_section(register: Register) -> None:
    """UI300, UI100, UK900 and changes of every dating: the values on the extraction date are the registration's."""
    last(
        register,
        uendret("2001-07", "2001-08", hend="2001-07-10"),
        reg("2001-09", hend="2001-08-01"),  # UI300
        reg("2001-10", hend="2001-10-01"),  # UI100
        reg("2001-11", hend=None),  # UK900
        reg("2001-12", ytelse="ID", hend="2001-01-01"),  # UI301
        reg("2002-01", ytelse="SD", hoved="2", hend="2001-01-01"),  # UI011
        uendret("2002-02", "2002-12", ytelse="AT", hoved="2", hend="2002-02-20"),  # UK101
    )
    assert [v["status"] for v in register.vrak_arbsok(PERSON)] == ["UI300", "UI100"]
    assert {f["status"] for f in register.f_arbsok(PERSON)} == {"FK070", "UK900", "UI301", "UI011", "UK101"}
    assert differences(register) == []


def test_another_date_than_an_extractions_has_no_rows(register: Register) -> None:
    """Nor has one from before the series' start."""
    last(register, reg("2001-10", hend="2001-10-10"), til=2001)
    for day in ("2001-11-29", "2001-04-30", "2030-01-01"):
        assert register.rows("SELECT * FROM arbsok_lasting.uttrekk_sammenlignet(%s)", day) == []


def test_nothing_is_compiled(shared: Connection) -> None:
    """On a server that can, a date of the sample took 20 seconds and not a tenth of one."""
    shared.rollback()
    (settings,) = shared.execute(
        "SELECT proconfig FROM pg_proc WHERE oid = 'arbsok_lasting.uttrekk_sammenlignet'::regproc"
    ).fetchone() or (None,)
    assert "jit=off" in (settings or [])
    shared.rollback()


# ------------------------------------------------------------------------------------------------------ the sample


@pytest.fixture
def sample(sample_address: str) -> Iterator[Connection]:
    """What a test writes is rolled back."""
    with psycopg.connect(sample_address) as connection:
        connection.execute("SET search_path = " + ", ".join(objects.schemas()))
        yield connection
        connection.rollback()


def test_nothing_in_the_sample_is_unexplained(sample: Connection) -> None:
    """On 56 extraction dates, and every explanation is seen."""
    table = compared(sample)
    assert unexplained(table) == []
    assert len({row["dagdato"] for row in table}) == 56
    assert {(row["slag"], row["forklaring"]) for row in table} == {
        ("like", None), ("bare_i_forlop", SEWN), ("bare_i_forlop", BACKDATED), ("bare_i_forlop", WAITING),
    }  # fmt: skip


def answers(text: str) -> list[tuple[str, list[list[str]]]]:
    """The queries of a document, each with the answer that stands below it, as psql prints it."""
    fences = list(FENCE.finditer(text))
    return [
        (query[3], [[cell.strip() for cell in line.split("|")] for line in answer[3].splitlines() if "|" in line])
        for query, answer in pairwise(fences)
        if query[2] == "sql" and answer[2] == "text"
    ]


def test_the_document_shows_what_the_sample_gives(sample: Connection) -> None:
    shown = answers(DOCUMENT.read_text("utf-8"))
    assert len(shown) == 3
    for query, table in shown:
        cursor = sample.execute(query.encode())
        given_now = [[str("" if value is None else value) for value in row] for row in cursor]
        assert table == [[column.name for column in cursor.description or ()], *given_now], query


# ------------------------------------------------------------------------------------------- what must be seen

# One record of somebody registered on the day, who stays for long on both sides of it
STEADY = """
    SELECT f.fnr, f.regdato, f.kode FROM trygdfob.f_arbsok AS f
    WHERE f.kode <> '0' AND f.regdato < DATE '2003-03-31' - 100 AND f.regtom > DATE '2003-03-31' + 100
    ORDER BY f.fnr LIMIT 1
"""
# One whose last spell ended a little before the day, and who did not come back
GONE = """
    SELECT f.fnr, f.regdato, f.kode FROM trygdfob.f_arbsok AS f
    WHERE f.kode <> '0' AND f.tomdato BETWEEN DATE '2003-03-31' - 40 AND DATE '2003-03-31' - 1 AND f.regtom = f.tomdato
        AND NOT EXISTS (SELECT FROM trygdfob.f_arbsok AS s WHERE s.fnr = f.fnr AND s.regdato > f.tomdato)
    ORDER BY f.fnr LIMIT 1
"""
# One who came a little after the day, for the first time
COMING = """
    SELECT f.fnr, f.regdato, f.kode FROM trygdfob.f_arbsok AS f
    WHERE f.kode = '1' AND f.status = 'FK070' AND f.hoved = '5'
        AND f.regdato BETWEEN DATE '2003-03-31' + 1 AND DATE '2003-03-31' + 40
    ORDER BY f.fnr LIMIT 1
"""
TAMPERED = [
    (STEADY, "UPDATE {} SET regtom = '2003-03-30' WHERE {}", "bare_i_miniregister"),
    (STEADY, "DELETE FROM {} WHERE {}", "bare_i_miniregister"),
    (STEADY, "UPDATE {} SET ytelse = 'XX' WHERE {}", "andre_verdier"),
    (STEADY, "UPDATE {} SET tiltak = NULL WHERE {}", "andre_verdier"),
    (STEADY, "UPDATE {} SET hoved = '15' WHERE {}", "andre_verdier"),
    (GONE, "UPDATE {} SET regtom = '2003-03-31' WHERE {}", "bare_i_forlop"),
    (GONE, "UPDATE {} SET regtom = NULL, asoktom = NULL, tomdato = NULL WHERE {}", "bare_i_forlop"),
    (
        COMING,
        "UPDATE {} SET regdato = '2003-03-31', asoktilg = '2003-03-31', tilgdato = '2003-03-31' WHERE {}",
        "bare_i_forlop",
    ),
    (
        STEADY,  # twice there
        "INSERT INTO trygdfob.forlopsdel SELECT (jsonb_populate_record(f, jsonb_build_object('regdato', f.regdato + 1,"
        " 'asoktilg', f.regdato + 1))).* FROM arbsok_lasting.gjeldende_forlop AS f WHERE {1}",
        "bare_i_forlop",
    ),
    (
        GONE,  # a spell that nobody registered
        "INSERT INTO trygdfob.forlopsdel"
        " SELECT (jsonb_populate_record(f, jsonb_build_object('regdato', DATE '2003-03-30',"
        " 'asoktilg', DATE '2003-03-30', 'tilgdato', DATE '2003-03-30', 'regtom', DATE '2003-04-02'))).*"
        " FROM arbsok_lasting.gjeldende_forlop AS f WHERE {1}",
        "bare_i_forlop",
    ),
]


@pytest.mark.parametrize(("whose", "tamper", "slag"), TAMPERED)
def test_what_is_tampered_with_is_unexplained(sample: Connection, whose: str, tamper: str, slag: str) -> None:
    (record,) = rows(sample, whose)
    table, key = "trygdfob.f_arbsok", "fnr = %(fnr)s AND regdato = %(regdato)s AND kode = %(kode)s"
    found = "SELECT fnr, slag, forklaring FROM arbsok_lasting.avvik_ved_uttrekk('2003-03-31') WHERE fnr = %s"
    assert rows(sample, found, record["fnr"]) == []
    assert sample.execute(tamper.format(table, key).encode(), record).rowcount == 1
    assert rows(sample, found, record["fnr"]) == [{"fnr": record["fnr"], "slag": slag, "forklaring": None}]


@pytest.mark.parametrize("forklaring", [SEWN, BACKDATED, WAITING])
@pytest.mark.parametrize("tamper", ["ytelse = 'XX'", "tiltak = 'QQQQ'", "hovedarbstat = NULL", "hoved = '15'"])
def test_no_rule_explains_another_value(sample: Connection, forklaring: str, tamper: str) -> None:
    """Who is rightly there all the same must be there as what the registration said."""
    explained = a_difference(sample, forklaring)
    sample.execute(f"UPDATE trygdfob.f_arbsok SET {tamper} WHERE {THE_RECORD}".encode(), explained)
    assert explanation(sample, explained) == [None]


@pytest.mark.parametrize(
    ("forklaring", "tamper"),
    [
        (SEWN, "regdato = %(dagdato)s, asoktilg = %(dagdato)s, kode = '1'"),  # began in the gap
        (BACKDATED, "regdato = regdato - 1, asoktilg = asoktilg - 1, tilgdato = tilgdato - 1"),
        (WAITING, "regdato = %(dagdato)s, asoktilg = %(dagdato)s, kode = '1'"),
        (WAITING, "regdato = %(dagdato)s, kode = '2'"),
        (WAITING, "regtom = %(dagdato)s"),
        (WAITING, "tilgdato = tilgdato - 1"),
    ],
)
def test_no_rule_explains_another_date(sample: Connection, forklaring: str, tamper: str) -> None:
    explained = a_difference(sample, forklaring)
    sample.execute(f"UPDATE trygdfob.f_arbsok SET {tamper} WHERE {THE_RECORD}".encode(), explained)
    assert explanation(sample, explained) == [None]


def test_a_registration_that_is_gone_waits_for_nothing(sample: Connection) -> None:
    """Seen on the last extraction, as H_ARBSOK knows, and not in the miniregister."""
    last_day = "SELECT siste_dagdato FROM arbsok.endelighet"
    (gone,) = rows(
        sample,
        f"DELETE FROM trygdfob.miniregister AS m WHERE m.dagdato = ({last_day})"
        f" AND m.fnr = (SELECT min(r.fnr) FROM trygdfob.miniregister AS r WHERE r.dagdato = ({last_day}))"
        " RETURNING m.fnr, m.dagdato",
    )
    assert explanation(sample, gone) == [None]


@pytest.mark.parametrize("forklaring", [SEWN, BACKDATED, WAITING])
def test_no_rule_explains_a_second_record(sample: Connection, forklaring: str) -> None:
    """Not even one that says the same."""
    explained = a_difference(sample, forklaring)
    sample.execute(
        "INSERT INTO trygdfob.forlopsdel SELECT (jsonb_populate_record(f,"
        " jsonb_build_object('kode', CASE f.kode WHEN '2' THEN '1' ELSE '2' END))).*"
        f" FROM arbsok_lasting.gjeldende_forlop AS f WHERE {THE_RECORD}".encode(),
        explained,
    )
    assert set(explanation(sample, explained)) == {forklaring, None}


def test_a_spell_that_the_last_year_closed_waits_for_nothing(sample: Connection) -> None:
    """H_ARBSOK has its end: where F_ARBSOK has not, no rule explains that."""
    closed = (
        "UPDATE trygdfob.f_arbsok AS f SET regtom = NULL, asoktom = NULL, tomdato = NULL FROM trygdfob.h_arbsok AS h"
        " WHERE h.aargang = 2005 AND h.avgdato = h.dagdato AND h.fnr = f.fnr AND f.kode <> '0' AND f.regtom = h.avgdato"
        " RETURNING f.fnr"
    )
    persons = {row["fnr"] for row in rows(sample, closed)}
    assert len(persons) > 10
    found = rows(
        sample,
        "SELECT a.fnr, a.forklaring FROM arbsok.endelighet AS e"
        " CROSS JOIN LATERAL arbsok_lasting.avvik_ved_uttrekk(e.siste_dagdato) AS a",
    )
    assert {(row["fnr"], row["forklaring"]) for row in found if row["fnr"] in persons} == {(p, None) for p in persons}


THE_RECORD = "fnr = %(fnr)s AND kode <> '0' AND %(dagdato)s::date BETWEEN regdato AND coalesce(regtom, 'infinity')"


def a_difference(sample: Connection, forklaring: str) -> dict[str, Any]:
    """A person on a date that the rule explains."""
    month = {SEWN: date(2003, 3, 1), BACKDATED: date(2001, 5, 1), WAITING: date(2005, 12, 1)}[forklaring]
    found = rows(
        sample,
        "SELECT a.fnr, a.dagdato FROM trygdfob.maanedsfil AS m"
        " CROSS JOIN LATERAL arbsok_lasting.avvik_ved_uttrekk(m.dagdato) AS a"
        " WHERE m.mnddato = %s AND a.forklaring = %s ORDER BY a.fnr LIMIT 1",
        month,
        forklaring,
    )
    return found[0]


def explanation(sample: Connection, difference: dict[str, Any]) -> list[str | None]:
    found = rows(
        sample,
        "SELECT forklaring FROM arbsok_lasting.avvik_ved_uttrekk(%s) WHERE fnr = %s",
        difference["dagdato"],
        difference["fnr"],
    )
    return [row["forklaring"] for row in found]
