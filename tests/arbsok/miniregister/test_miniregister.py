"""Month file -> miniregister: each row of spec.md 2's table at the database.

The persons are made up: 80 is added to the month of the fødselsnummer, or they are born in 2036 to 2039.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import psycopg
import pytest

from conftest import Register
from strategies import FILLERS, lag_fnr, wrong_check_digit

Connection = psycopg.Connection[Any]
Record = dict[str, str | None]
DAY = timedelta(days=1)


def person(number: int) -> str:
    """A person of these tests."""
    return lag_fnr(1 + number % 28, 1 + number // 28, 55, 300)


def day_of(year: int, month: int) -> date:
    """The extraction date of a month where a test does not say another: its last day."""
    return date(year + month // 12, month % 12 + 1, 1) - DAY


def record(number: int, **other: str | None) -> Record:
    """A record of a person, with what a test gives it; `dagdato` is the month's where it is not given."""
    return {"fnr": person(number), "as_stat": "HLIPDP", "ant_d_as": "10", "as_gr": "1", "as_f": "2", **other}


def load(register: Register, year: int, months: dict[int, Iterable[Record]]) -> list[dict[str, Any]]:
    """Load a year of which some months have these records; the miniregister without the person who fills it."""
    files = {}
    for month in range(1, 13):
        filler = [] if month in months else [record(0, fnr=FILLERS[0])]
        files[month] = [
            {"dagdato": f"{day_of(year, month):%y%m%d}", "mnd": f"{month:02}"} | each
            for each in (*filler, *months.get(month, ()))
        ]
    register.load_year(year, files)
    return [row for row in register.miniregister() if row["fnr"] != FILLERS[0] and row["aargang"] == year]


def found(rows: list[dict[str, Any]], *columns: str) -> list[Any]:
    """Some columns of the rows, by person and month."""
    rows = sorted(rows, key=lambda row: (FNR.get(row["fnr"], -1), row["mnddato"]))
    return [row[columns[0]] if len(columns) == 1 else tuple(row[column] for column in columns) for row in rows]


FNR = {person(number): number for number in range(100)}


def aside(register: Register) -> list[tuple[Any, ...]]:
    """What is set aside: reason, month, fnr as it was delivered."""
    rows = register.rows("SELECT * FROM trygdfob.lagt_til_side ORDER BY mnddato, linje")
    return [(row["grunn"], row["mnddato"].month, row["fnr"]) for row in rows]


# ------------------------------------------------------------------------------------------- year file, dagdato


def test_year_file(register: Register) -> None:
    """`lagsasf`: aargang is the year, mnddato the first day of the month that the file represents."""
    rows = load(register, 2001, {month: [record(1)] for month in range(1, 13)})
    assert found(rows, "aargang", "mnddato") == [(2001, date(2001, month, 1)) for month in range(1, 13)]


DATES: dict[str | None, tuple[str | None, str | None]] = {
    # as delivered: date of the calendar, repaired date
    "010531": ("2001-05-31", "2001-05-31"),
    "10531": ("2001-05-31", "2001-05-31"),
    "0010531": ("2001-05-31", "2001-05-31"),
    "10531.0": ("2001-05-31", "2001-05-31"),
    "010531.": ("2001-05-31", "2001-05-31"),
    "10531,0": ("2001-05-31", "2001-05-31"),
    "010531,": ("2001-05-31", "2001-05-31"),
    "531": ("2000-05-31", "2000-05-31"),
    "000229": ("2000-02-29", "2000-02-29"),
    "690101": ("2069-01-01", "2069-01-01"),
    "691231": ("2069-12-31", "2069-12-31"),
    "700101": ("1970-01-01", "1970-01-01"),
    "991231": ("1999-12-31", "1999-12-31"),
    "010931": (None, "2001-09-30"),
    "010230": (None, "2001-02-28"),
    "010229": (None, "2001-02-28"),
    "040230": (None, "2004-02-29"),
    "010199": (None, "2001-01-31"),
    "011301": (None, None),
    "010001": (None, None),
    "010100": (None, None),
    "20010531": (None, None),
    "010531.5": (None, None),
    "010531,5": (None, None),
    "010531.,0": (None, None),
    "-10531": (None, None),
    "1053 1": (None, None),
    "31.05.01": (None, None),
    "0": (None, None),
    "": (None, None),
    None: (None, None),
}


def test_dates(postgresql: Connection) -> None:
    """`datoret1/2`: YYMMDD as text or number, 19YY from 70 on; a day past its month's end is the last one."""
    read = {
        text: postgresql.execute("SELECT dato::text, reparert::text FROM arbsok_lasting.datoret(%s)", [text]).fetchone()
        for text in DATES
    }
    assert read == DATES


def dagdato(register: Register, month: int, *delivered: str | None) -> tuple[Any, list[bool]]:
    """The right extraction date of a month of 2001 whose records have these, and whose are marked as corrected."""
    rows = load(register, 2001, {month: [record(i, dagdato=text) for i, text in enumerate(delivered)]})
    (right,) = {row["dagdato"] for row in rows}
    assert set(found(rows, "mrk_dl")) <= {None, 32}
    return right.isoformat(), [mark == 32 for mark in found(rows, "mrk_dl")]


@pytest.mark.parametrize(
    ("delivered", "right"),
    [
        (["010531", "010531", "010530"], ("2001-05-31", [0, 0, 1])),  # the most frequent
        (["010530", "010530", "010531"], ("2001-05-30", [0, 0, 1])),
        (["010530", "010531", "010531", "010530"], ("2001-05-31", [1, 0, 0, 1])),  # a tie: the latest
        (["010531", "10531", " 010531 ", "10531.0", "010530", "010530"], ("2001-05-31", [0, 0, 0, 0, 1, 1])),
        (["010531", None, "", "  ", "0", "011331", "abc"], ("2001-05-31", [0, 1, 1, 1, 1, 1, 1])),
        (["010531", None, None, None], ("2001-05-31", [0, 1, 1, 1])),  # what is no date does not vote
    ],
)
def test_dagdato(register: Register, delivered: list[str | None], right: tuple[str, list[int]]) -> None:
    assert dagdato(register, 5, *delivered) == right


@pytest.mark.parametrize(
    ("delivered", "right"),
    [
        (["010929", "010931", "010931", "010931"], ("2001-09-29", [0, 1, 1, 1])),  # only the calendar's vote
        (["010931", "010931", "010935", None], ("2001-09-30", [1, 1, 1, 1])),  # none has one: repaired ones do
        (["010931", "010930", None], ("2001-09-30", [1, 0, 1])),
    ],
)
def test_dagdato_past_the_end_of_the_month(
    register: Register, delivered: list[str | None], right: tuple[str, list[int]]
) -> None:
    assert dagdato(register, 9, *delivered) == right


# --------------------------------------------------------------------------------------------------- fnr control

VALID = lag_fnr(15, 3, 39, 900, add=0)  # who would be born in 2039
NUMBERS = {
    # number: mark when strict, mark where test persons' numbers are accepted
    VALID: ("0", "0"),
    lag_fnr(1, 1, 39, 900, add=0): ("0", "0"),
    lag_fnr(31, 12, 38, 900, add=0): ("0", "0"),
    lag_fnr(15, 3, 39, 900, d_number=True, add=0): ("1", "1"),
    lag_fnr(1, 1, 39, 900, d_number=True, add=0): ("1", "1"),
    lag_fnr(31, 12, 39, 900, d_number=True, add=0): ("1", "1"),
    lag_fnr(0, 3, 39, 900, d_number=True, add=0): ("2", "2"),
    wrong_check_digit(VALID): ("2", "2"),
    VALID[:9] + str((int(VALID[9]) + 1) % 10) + VALID[10]: ("2", "2"),
    VALID[1] + VALID[0] + VALID[2:]: ("2", "2"),
    lag_fnr(29, 2, 36, 900, add=0): ("0", "0"),  # divisible by four
    lag_fnr(29, 2, 37, 900, add=0): ("2", "2"),
    lag_fnr(29, 2, 38, 900, add=0): ("2", "2"),
    lag_fnr(29, 2, 0, 200, add=0): ("0", "0"),  # 00 is: the two digits decide, 1900 or 2000
    lag_fnr(29, 2, 36, 900, d_number=True, add=0): ("1", "1"),
    lag_fnr(29, 2, 37, 900, d_number=True, add=0): ("2", "2"),
    lag_fnr(30, 2, 36, 900, add=0): ("2", "2"),
    lag_fnr(30, 4, 39, 900, add=0): ("0", "0"),
    **{lag_fnr(31, month, 39, 900, add=0): ("2", "2") for month in (2, 4, 6, 9, 11)},
    **{lag_fnr(31, month, 39, 900, add=0): ("0", "0") for month in (1, 3, 5, 7, 8, 10, 12)},
    lag_fnr(0, 3, 39, 900, add=0): ("2", "2"),
    lag_fnr(32, 3, 39, 900, add=0): ("2", "2"),
    lag_fnr(40, 3, 39, 900, add=0): ("2", "2"),
    lag_fnr(32, 3, 39, 900, d_number=True, add=0): ("2", "2"),
    lag_fnr(41, 3, 39, 900, d_number=True, add=0): ("2", "2"),
    lag_fnr(15, 0, 39, 900, add=0): ("2", "2"),
    lag_fnr(15, 13, 39, 900, add=0): ("2", "2"),
    "00000000000": ("2", "2"),
    lag_fnr(15, 3, 70, 200): ("2", "0"),  # 80 added to the month
    lag_fnr(15, 3, 70, 200, add=40): ("2", "0"),
    lag_fnr(15, 3, 70, 200, d_number=True): ("2", "1"),
    lag_fnr(15, 3, 70, 200, d_number=True, add=40): ("2", "1"),
    **{lag_fnr(15, month, 70, 200, add=add): ("2", "0") for month in (1, 12) for add in (40, 80)},
    lag_fnr(15, 13, 70, 200, add=40): ("2", "2"),
    lag_fnr(29, 2, 72, 200): ("2", "0"),
    lag_fnr(29, 2, 71, 200): ("2", "2"),
    lag_fnr(31, 4, 70, 200): ("2", "2"),
    lag_fnr(15, 13, 70, 200): ("2", "2"),
    lag_fnr(15, 0, 70, 200): ("2", "2"),
    lag_fnr(15, 0, 70, 200, add=40): ("2", "2"),
    lag_fnr(15, 3, 70, 200, add=20): ("2", "2"),
    lag_fnr(15, 3, 70, 200, add=60): ("2", "2"),
    wrong_check_digit(lag_fnr(15, 3, 70, 200)): ("2", "2"),
}


def test_mrk_fnr(postgresql: Connection) -> None:
    """`sjekkfnr_dub`: valid, D-number, neither; strict, and with test persons' numbers."""
    marks = postgresql.execute(
        "SELECT fnr, trygdfob.mrk_fnr(fnr::bigint, s.sifre, s.godkjent, s.datoer),"
        " trygdfob.mrk_fnr(fnr::bigint, l.sifre, l.godkjent, l.datoer)"
        " FROM unnest(%s::text[]) AS fnr"
        " JOIN trygdfob.fnr_kontroll AS s ON NOT s.testnumre JOIN trygdfob.fnr_kontroll AS l ON l.testnumre",
        [list(NUMBERS)],
    ).fetchall()
    assert {fnr: (strict, lenient) for fnr, strict, lenient in marks} == NUMBERS


@pytest.mark.parametrize("testnumre", [False, True])
def test_mrk_fnr_in_the_miniregister(register: Register, testnumre: bool) -> None:
    """The database's setting decides."""
    register.set(testnumre=testnumre)
    rows = load(register, 2001, {5: [record(0, fnr=fnr) for fnr in NUMBERS]})
    assert {row["fnr"]: row["mrk_fnr"] for row in rows} == {fnr: marks[testnumre] for fnr, marks in NUMBERS.items()}


def test_fnr_that_identifies_nobody(register: Register) -> None:
    """T1: not 11 digits: set aside with the reason, as it was delivered; blanks around eleven do not count.

    An empty field is missing.
    """
    nobody = [None, "", "   ", "0", person(1)[:10], person(2) + "0", f"{person(3)[:6]} {person(3)[6:]}"]
    nobody += [person(4)[:6] + "XXXXX", "ABCDEFGHIJK", person(5)[:10] + "٣", f"+{person(6)[1:]}"]
    somebody = [f" {person(7)}", f"{person(8)}\t", f"\u00a0{person(9)} ", person(10)]
    rows = load(register, 2001, {5: [record(0, fnr=fnr) for fnr in (*nobody, *somebody)]})
    assert found(rows, "fnr") == [person(number) for number in (7, 8, 9, 10)]
    assert aside(register) == [("ugyldig_fnr", 5, fnr or None) for fnr in nobody]


def test_records_of_nobody_vote(register: Register) -> None:
    """Every record of the file votes for its extraction date."""
    records = [record(1, dagdato="010530"), *(record(2, fnr="1", dagdato="010531") for _ in range(2))]
    rows = load(register, 2001, {5: records})
    assert found(rows, "dagdato", "mrk_dl") == [(date(2001, 5, 31), 32)]


@pytest.mark.parametrize(
    "as_stat", [f"HL{person(1)}DP"[:14], person(1), "123456", " 123456 ", "HLIP123456", "1234567", f"HL{person(1)}DPX"]
)
def test_digits_in_as_stat(register: Register, as_stat: str) -> None:
    """T13: set aside as if the file had not had it: no vote for dagdato, no duplicate, no field that is too long."""
    bad = [record(1, as_stat=as_stat, dagdato="010530", ant_d_as="0", as_f="9999") for _ in range(3)]
    rows = load(register, 2001, {5: [*bad, record(1), record(2, as_stat="HL12345DP")]})
    assert found(rows, "fnr", "dagdato", "tiltak", "ant_d_as_n", "mrk_dl") == [
        (person(1), date(2001, 5, 31), "IP", 10, None),
        (person(2), date(2001, 5, 31), "12345", 10, None),
    ]
    kept = register.rows("SELECT * FROM trygdfob.lagt_til_side ORDER BY linje")
    assert [(row["linje"], row["grunn"], row["as_stat"]) for row in kept] == [
        (line, "tall_i_as_stat", as_stat) for line in (1, 2, 3)
    ]


def test_digits_in_as_stat_before_the_fnr(register: Register) -> None:
    """A record that identifies nobody and has digits in as_stat is set aside once; the ledger has each reason."""
    load(register, 2001, {5: [record(0, fnr="1", as_stat=person(1)), record(0, fnr="2"), record(1), record(1)]})
    assert aside(register) == [("tall_i_as_stat", 5, "1"), ("ugyldig_fnr", 5, "2"), ("dublett", 5, person(1))]
    (ledger,) = register.rows("SELECT * FROM arbsok.regnskap WHERE mnddato = '2001-05-01'")
    assert [ledger[name] for name in ("lest", "tall_i_as_stat", "ugyldig_fnr", "dublett", "differanse")] == [
        4,
        1,
        1,
        1,
        0,
    ]
    (year,) = register.rows("SELECT * FROM arbsok.regnskap_aargang")
    assert [year[name] for name in ("tall_i_as_stat", "ugyldig_fnr", "dublett", "differanse")] == [1, 1, 1, 0]
    (table,) = register.rows("SELECT * FROM arbsok.miniregister_kontroll")
    assert (table["dubletter_fjernet"], table["slettet"]) == (1, 2)
    assert table["grunnlagsfil"] == table["miniregister"] + 3
    (run,) = register.rows("SELECT antall FROM trygdfob.kjorelogg")
    assert [run["antall"][name] for name in ("tall_i_as_stat", "ugyldig_fnr", "dublett")] == [1, 1, 1]


# ---------------------------------------------------------------------------------------------------- duplicates

OTHER_DAY = "011230"  # not the month's dagdato
DUPLICATES: dict[str, tuple[Record, Record, str]] = {
    # what decides: the record that is kept, the one that is not though all that comes later speaks for it, where
    "identical": ({}, {}, "fnr"),
    "smallest ant_d_as_n": (
        {"ant_d_as": "9", "as_stat": "ANXXAA", "dagdato": OTHER_DAY, "as_gr": "1", "as_f": "1"},
        {"ant_d_as": "10", "as_stat": "YHKFID", "as_gr": "5", "as_f": "50"},
        "ant_d_as_n",
    ),
    "as numbers, not as text": ({"ant_d_as": "0009.00"}, {"ant_d_as": "10"}, "ant_d_as_n"),
    "zero days": ({"ant_d_as": "0"}, {"ant_d_as": "1"}, "ant_d_as_n"),
    "missing ant_d_as_n goes last": (
        {"ant_d_as": "99999", "as_stat": None},
        {"ant_d_as": "-1", "as_stat": "YHKFID"},
        "ant_d_as_n",
    ),
    "largest as_stat": (
        {"as_stat": "YHKFID", "dagdato": OTHER_DAY, "as_gr": None, "as_f": None},
        {"as_stat": "HLIPDP", "as_gr": "9", "as_f": "99"},
        "hovedarbstat",
    ),
    "as_stat by code point": ({"as_stat": "HLaaDP"}, {"as_stat": "HLZZDP"}, "tiltak"),
    "as_stat by code point, beyond ASCII": ({"as_stat": "HLÅÅDP"}, {"as_stat": "HLzzDP"}, "tiltak"),
    "longer as_stat": ({"as_stat": "HLIPDPAA"}, {"as_stat": "HLIPDP"}, "tiltak"),
    "missing as_stat is smallest": ({"as_stat": "AN"}, {"as_stat": None}, "hovedarbstat"),
    "uncorrected dagdato": (
        {"as_gr": None, "as_f": None},
        {"dagdato": OTHER_DAY, "as_gr": "9", "as_f": "99"},
        "mrk_dl",
    ),
    "uncorrected dagdato, blank": ({"as_gr": "1"}, {"dagdato": None, "as_gr": "9"}, "mrk_dl"),
    "largest as_gr": ({"as_gr": "5", "as_f": None}, {"as_gr": "15", "as_f": "99"}, "as_gr"),
    "missing as_gr is smallest": ({"as_gr": "-1", "as_f": None}, {"as_gr": " ", "as_f": "99"}, "as_gr"),
    "largest as_f": ({"as_f": "5"}, {"as_f": "10"}, "as_f"),
    "missing as_f is smallest": ({"as_f": "1"}, {"as_f": None}, "as_f"),
}


@pytest.mark.parametrize("first", [True, False])
def test_duplicates(register: Register, first: bool) -> None:
    """T2: which of two records is kept, in whatever order the file has them; the other is set aside."""
    records: list[Record] = []
    for number, (kept, other, _) in enumerate(DUPLICATES.values()):
        pair = [record(number, **kept), record(number, **other)]
        records += pair if first else pair[::-1]
    rows = load(register, 2001, {12: [*records, *(record(50 + i) for i in range(len(records)))]})
    kept_alone = [record(number, **kept) for number, (kept, _, _) in enumerate(DUPLICATES.values())]
    alone = load(register, 2002, {1: kept_alone})
    for number, (name, (kept, _, column)) in enumerate(DUPLICATES.items()):
        (row,) = [row for row in rows if row["fnr"] == person(number)]
        (as_alone,) = [row for row in alone if row["fnr"] == person(number)]
        if column != "mrk_dl":
            assert row[column] == as_alone[column], name
        assert row["mrk_dl"] == (32 if kept.get("dagdato") else None), name
    assert sorted(aside(register)) == sorted(("dublett", 12, person(number)) for number in range(len(DUPLICATES)))


def test_duplicates_are_of_one_month(register: Register) -> None:
    """The key is fnr and (right) dagdato: many copies leave one record, and another month has its own."""
    rows = load(register, 2001, {5: [record(1)] * 4, 6: [record(1), record(2), record(2, ant_d_as="3")]})
    assert found(rows, "fnr", "mnddato", "ant_d_as_n") == [
        (person(1), date(2001, 5, 1), 10),
        (person(1), date(2001, 6, 1), 10),
        (person(2), date(2001, 6, 1), 3),
    ]
    assert aside(register) == [("dublett", 5, person(1))] * 3 + [("dublett", 6, person(2))]


def test_what_is_set_aside_is_as_delivered(register: Register) -> None:
    raw: Record = {"fnr": " 12 ", "as_stat": "\tHL", "ant_d_as": "", "as_gr": " 1", "as_f": None, "dagdato": " 10531"}
    load(register, 2001, {5: [raw, record(1)]})
    (row,) = register.rows("SELECT * FROM trygdfob.lagt_til_side")
    where = {"aargang": 2001, "mnddato": date(2001, 5, 1), "linje": 1, "grunn": "ugyldig_fnr"}
    assert row == where | raw | {"mnd": "05", "ant_d_as": None}


# ------------------------------------------------------------------------------- ant_d_as, henddato, fdagdato

NUMBERS_OF_DAYS: dict[str | None, int | None] = {
    "10": 10,
    "10.00": 10,
    "10.": 10,
    "10,00": 10,
    "10,": 10,
    "0,0": 0,
    " 12": 12,
    "12 ": 12,
    "\u00a012": 12,
    "00012": 12,
    "007.000": 7,
    "000000000012": 12,
    "0": 0,
    "00000": 0,
    "0.0": 0,
    "99999": 99999,
    "099999.0": 99999,
    "-1": None,
    "+5": None,
    "1e2": None,
    "10.5": None,
    "10.01": None,
    "10,5": None,
    "10,01": None,
    "1,000,0": None,
    "10.,0": None,
    ",0": None,
    "1 0": None,
    ".": None,
    ".0": None,
    "x": None,
    "٣": None,
    "": None,
    "  ": None,
    None: None,
}


def test_ant_d_as_and_henddato(register: Register) -> None:
    """Digits with at most a point or a comma and zeros behind; henddato is dagdato less so many days, or missing."""
    rows = load(register, 2001, {5: [record(i, ant_d_as=text) for i, text in enumerate(NUMBERS_OF_DAYS)]})
    assert dict(zip(NUMBERS_OF_DAYS, found(rows, "ant_d_as_n"), strict=True)) == NUMBERS_OF_DAYS
    for row in rows:
        n = row["ant_d_as_n"]
        assert row["henddato"] == (None if n is None else date(2001, 5, 31) - n * DAY)


def test_henddato_counts_from_the_right_dagdato(register: Register) -> None:
    rows = load(register, 2001, {5: [record(1), record(2, ant_d_as="3"), record(3, ant_d_as="3", dagdato="010515")]})
    assert found(rows, "henddato", "mrk_dl") == [
        (date(2001, 5, 21), None),
        (date(2001, 5, 28), None),
        (date(2001, 5, 28), 32),
    ]


def test_fdagdato(register: Register) -> None:
    """The month before's right dagdato, also over the turn of the year; missing in the very first month."""
    late = [record(1, dagdato="011228"), record(2, dagdato="011228"), record(3)]
    rows = load(register, 2001, {1: [record(1)], 2: [record(1)], 5: [record(1)], 12: late})
    by_month = {row["mnddato"].month: row["fdagdato"] for row in rows}
    assert by_month == {1: None, 2: date(2001, 1, 31), 5: date(2001, 4, 30), 12: date(2001, 11, 30)}
    rows = load(register, 2002, {1: [record(1), record(4)], 2: [record(1)]})
    assert found(rows, "mnddato", "fdagdato") == [
        (date(2002, 1, 1), date(2001, 12, 28)),
        (date(2002, 2, 1), date(2002, 1, 31)),
        (date(2002, 1, 1), date(2001, 12, 28)),
    ]


# ------------------------------------------------------------------------------------------------ status code

CODES: dict[str | None, tuple[str | None, str | None, str | None]] = {
    # as_stat: hovedarbstat, tiltak, ytelse
    None: (None, None, None),
    "": (None, None, None),
    "  ": (None, None, None),
    "H": ("H", None, None),
    "HL": ("HL", None, None),
    "HLX": ("HL", None, None),
    "HLID": ("HL", None, "ID"),
    "HLXID": ("HL", "X", "ID"),
    "HLIPID": ("HL", "IP", "ID"),
    "FSPRAKSORDAT": ("FS", "PRAKSORD", "AT"),
    "YHPRAKSKJERMAT": ("YH", "PRAKSKJERM", "AT"),
    "HL  ID": ("HL", None, "ID"),
    "HL X ID": ("HL", "X", "ID"),
    " HLIPID ": ("HL", "IP", "ID"),
    "HL\u00a0\u00a0ID": ("HL", None, "ID"),
    "HLIPD ": ("HL", "I", "PD"),
    "YHINST_SAT": ("YH", "INST_S", "AT"),
    "HLBÆÅID": ("HL", "BÆÅ", "ID"),
    "----": ("--", None, "--"),
}


def test_status_code(register: Register) -> None:
    """First two characters, last two, and what stands between; blank and too short are missing."""
    rows = load(register, 2001, {5: [record(i, as_stat=text) for i, text in enumerate(CODES)]})
    assert dict(zip(CODES, found(rows, "hovedarbstat", "tiltak", "ytelse"), strict=True)) == CODES


def test_text_fields_are_trimmed(register: Register) -> None:
    register.set(serie_start=date(2002, 1, 1))
    rows = load(register, 2002, {11: [record(1, as_gr=" 5", as_f="50\t"), record(2, as_gr="\n", as_f=" ")]})
    assert found(rows, "as_gr", "as_f", "hoved") == [("5", "50", "5"), (None, None, "7")]


# ----------------------------------------------------------------------------------------------------- hoved

BEFORE_OCTOBER_2002 = {
    "HLIPDP": "1",
    "HLXXDP": "1",
    "HL": "1",
    "DSPEDP": "2",
    "YHKFAT": "5",
    "YHXXAT": "5",
    "ANANID": "7",
    "FSAMOID": "3",
    "FSPRAKSORDID": "3",
    "FSLONNTILSID": "3",
    "FSVIKARBLEDID": "3",
    "FSITID": "4",  # under 4 and under 7 in the list: 3 is looked for first, then 4
    "FSSKID": "4",
    "FSETABID": "4",
    "FSJOBBSKAPID": "4",
    "FSVIID": "7",  # only under 7
    "FSAMID": "7",  # T8: what it was called before October 2002 is not in the source
    "FSID": "7",
    "FS": "7",
    "XXIPDP": "7",
    "--": "7",
    None: "7",
}
FROM_OCTOBER_2002 = {"1": "1", "5": "5", "7": "7", " 3 ": "3", "-1": "9", None: "7", " ": "7", "15": "15", "9": "9"}


def test_hoved_before_october_2002(register: Register) -> None:
    """`grkode`: by as_stat alone, also where as_gr is filled."""
    register.set(serie_start=date(2002, 1, 1))
    records = [record(i, as_stat=code, as_gr=["9", "-1", None][i % 3]) for i, code in enumerate(BEFORE_OCTOBER_2002)]
    rows = load(register, 2002, {1: records, 9: records})
    expected = [hoved for hoved in BEFORE_OCTOBER_2002.values() for _ in (1, 9)]
    assert found(rows, "hoved") == expected


def test_hoved_from_october_2002(register: Register) -> None:
    """as_gr; blank is 7, -1 is 9; from 2009 the groups go to 15."""
    register.set(serie_start=date(2002, 1, 1))
    records = [record(i, as_stat=["HLIPDP", "YHKFAT"][i % 2], as_gr=gr) for i, gr in enumerate(FROM_OCTOBER_2002)]
    rows = load(register, 2002, {10: records, 12: records})
    assert found(rows, "hoved") == [hoved for hoved in FROM_OCTOBER_2002.values() for _ in (10, 12)]


def test_hoved_koding_of_the_user(register: Register) -> None:
    """T8: the user's rows; where several cover a month, the newest gyldig_fra decides."""
    register.connection.execute(
        "INSERT INTO trygdfob.hoved_koding (hovedarbstat, tiltak, gyldig_fra, gyldig_til, hoved) VALUES"
        " ('FS', 'AM', '2001-01-01', 'infinity', '3'),"
        " ('FS', 'AM', '2001-04-01', '2001-08-31', '4'),"  # a part of that
        " ('FS', 'AM', '2001-06-01', '2001-06-30', '7'),"  # and of that
        " ('HL', '*', '2001-10-01', '2001-11-30', '2'),"  # the product's own row runs on before and after
        " ('HL', 'PE', '2001-02-01', 'infinity', '3'),"  # one activity of it
        " ('FS', 'IT', '2001-01-01', 'infinity', '7'),"  # over the product's own
        " ('XX', '*', '2001-11-02', '2001-12-01', '15')"  # the month's first day decides: not in November
    )
    people = {1: "FSAMID", 2: "HLIPID", 3: "HLPEID", 4: "FSITID", 5: "XXAAID", 6: "FSAMOID"}
    every_month = {month: [record(i, as_stat=code) for i, code in people.items()] for month in range(1, 13)}
    rows = load(register, 2001, every_month)
    months = {i: [row["hoved"] for row in rows if row["fnr"] == person(i)] for i in people}
    assert months == {
        1: ["3"] * 3 + ["4"] * 2 + ["7"] + ["4"] * 2 + ["3"] * 4,
        2: ["1"] * 9 + ["2"] * 2 + ["1"],
        3: ["1"] + ["3"] * 11,
        4: ["7"] * 12,
        5: ["7"] * 11 + ["15"],
        6: ["3"] * 12,
    }


def test_hoved_koding_does_not_reach_october_2002(register: Register) -> None:
    register.set(serie_start=date(2002, 1, 1))
    register.connection.execute("UPDATE trygdfob.hoved_koding SET hoved = '2' WHERE hovedarbstat = 'HL'")
    rows = load(register, 2002, {9: [record(1)], 10: [record(1)]})
    assert found(rows, "hoved") == ["2", "1"]


# -------------------------------------------------------------------------------------------- mrk_sys, new codes


def test_mrk_sys(register: Register) -> None:
    """Missing where no employment register is loaded; else 1 employed on dagdato, 0 not."""
    assert set(found(load(register, 2001, {5: [record(1), record(2)]}), "mrk_sys")) == {None}
    register.connection.execute(
        "INSERT INTO trygdfob.sysselsetting (fnr, fradato, tildato) VALUES"
        " (%(a)s, '2000-01-01', '2002-05-30'), (%(a)s, '2002-06-01', 'infinity'),"
        " (%(b)s, '2002-05-31', '2002-05-31'), (%(c)s, '2002-01-01', '2002-04-30'),"
        " (%(c)s, '2002-06-01', '2002-06-29'), (%(d)s, '1990-01-01', NULL), (%(e)s, '2002-06-01', NULL)",
        {"a": person(1), "b": person(2), "c": person(3), "d": FILLERS[0], "e": person(5)},
    )
    people = [record(1), record(2), record(3), record(4), record(5)]
    rows = load(register, 2002, dict.fromkeys((4, 5, 6, 7), people))
    marks = [found([row for row in rows if row["fnr"] == person(i)], "mrk_sys") for i in (1, 2, 3, 4, 5)]
    assert marks == [list(months) for months in ("1011", "0100", "1000", "0000", "0011")]


def test_a_month_has_an_employment_register_where_somebody_is_employed_on_its_dagdato(register: Register) -> None:
    register.connection.execute(
        "INSERT INTO trygdfob.sysselsetting (fnr, fradato, tildato) VALUES"
        " (%(a)s, '2001-03-31', '2001-03-31'), (%(a)s, '2001-06-01', '2001-07-30'),"
        " (%(a)s, '2001-09-01', '2001-09-29')",
        {"a": person(9)},
    )
    rows = load(register, 2001, {month: [record(1)] for month in range(2, 10)})
    assert found(rows, "mrk_sys") == [None, "0", None, None, "0", None, None, None]


def test_an_employment_without_an_end_covers_what_comes_after(register: Register) -> None:
    """An explicit NULL as tildato says that it runs on, also for whether a month has a register at all."""
    register.connection.execute(
        "INSERT INTO trygdfob.sysselsetting (fnr, fradato, tildato) VALUES (%s, '2001-06-15', NULL)", [person(9)]
    )
    rows = load(register, 2001, {month: [record(1)] for month in (5, 6, 12)})
    assert found(rows, "mrk_sys") == [None, "0", "0"]


def test_new_codes_are_kept_and_seen(register: Register) -> None:
    """A code that no list has is kept as it is, and reported."""
    register.set(serie_start=date(2002, 1, 1))
    records = [
        record(1, as_stat="XXNYKODEZZ", as_gr="15"),
        record(2, as_stat="HLNYKODEZZ", as_gr="15"),
        record(3, as_stat="HLIPDP", as_gr="1"),
        record(4, as_stat=None, as_gr=None),
    ]
    rows = load(register, 2002, {11: records, 12: records[1:]})
    assert found([row for row in rows if row["mnddato"].month == 11], "hovedarbstat", "tiltak", "ytelse", "hoved") == [
        ("XX", "NYKODE", "ZZ", "15"),
        ("HL", "NYKODE", "ZZ", "15"),
        ("HL", "IP", "DP", "1"),
        (None, None, None, "7"),
    ]
    november = date(2002, 11, 1)
    seen = register.rows("SELECT * FROM arbsok.ukjente_koder ORDER BY variabel")
    assert [tuple(row.values()) for row in seen] == [
        (2002, "as_gr", "15", 3, november),
        (2002, "hovedarbstat", "XX", 1, november),
        (2002, "tiltak", "NYKODE", 3, november),
        (2002, "ytelse", "ZZ", 3, november),
    ]


def test_months_before_the_start(register: Register) -> None:
    """They are in the miniregister, and never reach L_ARBSOK."""
    rows = load(register, 2001, {month: [record(1)] for month in range(1, 13)})
    assert len(rows) == 12
    reached = register.rows("SELECT mnddato FROM trygdfob.l_arbsok WHERE fnr = %s ORDER BY 1", person(1))
    assert [row["mnddato"].month for row in reached] == list(range(5, 13))


def test_hoved_koding_is_that_of_the_code_list(register: Register) -> None:
    """T8: FS by arbeidssokerstatus: an activity found under 3 is 3, else under 4 is 4; no other activity is there."""
    listed = (
        "SELECT tiltak, min(as_gr) AS hoved FROM trygdfob.arbeidssokerstatus"
        " WHERE hovedarbstat = 'FS' AND as_gr IN ('3', '4') GROUP BY tiltak ORDER BY tiltak"
    )
    shipped = "SELECT tiltak, hoved FROM trygdfob.hoved_koding WHERE hovedarbstat = 'FS' ORDER BY tiltak"
    assert register.rows(shipped) == register.rows(listed)
    others = register.rows("SELECT hovedarbstat, tiltak, hoved FROM trygdfob.hoved_koding WHERE hovedarbstat <> 'FS'")
    assert {(r["hovedarbstat"], r["tiltak"], r["hoved"]) for r in others} == {
        ("HL", "*", "1"), ("DS", "*", "2"), ("YH", "*", "5"), ("AN", "*", "7"),
    }  # fmt: skip
