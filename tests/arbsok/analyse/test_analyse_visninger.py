"""The views that analysts read: spells, stretches, F_ARBSOK with numbers for dates, and where each series holds.

What they must show is derived here from the event records alone, one by one, person by person.
"""

import hashlib
import re
from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import psycopg
import pytest
from fdtrygd import lasting, synthetic
from fdtrygd.db import database, objects
from fdtrygd.files import find_month_files
from hypothesis import HealthCheck, given, settings
from psycopg.types.range import Range
from pytest_postgresql.executors import NoopExecutor

from conftest import Register, Silent, own_database, qualified
from historier import FYLL, PERSON, last, uendret
from strategies import registers

Row = dict[str, Any]
DAY = timedelta(days=1)
PRAKSIS = {"hoved": "3", "arb": "FS", "tiltak": "PRAKSORD", "ytelse": "AT"}
ATTFORING = {"hoved": "5", "arb": "YH", "tiltak": "PRAKSORD", "ytelse": "AT"}
#: What names a row of each view.
KEYS = {
    "tilfelle": ("lopenr", "tilgdato"),
    "gruppetilfelle": ("lopenr", "asoktilg"),
    "periode": ("lopenr", "regdato"),
}
DATES = (
    "regdato", "tilgdato", "avgdato", "asoktilg", "asokavg", "hovedarbdato", "tiltakdato", "ytelsedato", "dagdato",
    "fdagdato", "henddato", "asoktom", "tomdato", "regtom",
)  # fmt: skip


def day(text: str) -> date:
    return date.fromisoformat(text)


def days(first: date, last_day: date | None) -> Range[date]:
    """A daterange as PostgreSQL has it: up to the day after the last one."""
    return Range(first, last_day + DAY if last_day else None, "[)")


def view(register: Register, name: str) -> list[Row]:
    order = ", ".join(KEYS.get(name, ("lopenr", "regdato", "kode = '0'")))
    return register.rows(f"SELECT * FROM {qualified(name)} ORDER BY {order}")


def lopenr(register: Register, fnr: str) -> str:
    """The person's number by its definition: the first 16 digits of SHA-256 of key and fnr."""
    [key] = register.rows("SELECT nokkel FROM trygdfob.lopenummer_nokkel")
    return hashlib.sha256((key["nokkel"] + fnr).encode()).hexdigest()[:16]


# ------------------------------------------------------------------------------- the views, record by record


def started(record: Row) -> str:
    """How the main spell that the record opens began."""
    return {"1": "tilgang", "3": "venstresensur_kjent", "9": "venstresensur_ukjent"}[record["kode"]]


def walk(register: Register) -> dict[str, list[Row]]:
    """The three views' rows, from the event records taken one by one; the end dates that loads fill in are not read."""
    final_to = day(f"{max(lasting.loaded_years(register.connection))}-01-01") - DAY
    result: dict[str, list[Row]] = {name: [] for name in KEYS}
    running: dict[str, Row] = {}

    def begin(name: str, record: Row, how: str, **more: Any) -> None:
        assert name not in running
        running[name] = {
            "lopenr": lopenr(register, record["fnr"]), "tilgdato": record["tilgdato"], "begynte": how,
            "status_inn": record["status"], "endelig_til": final_to, "mrk_fnr": record["mrk_fnr"], **more,
        }  # fmt: skip

    def end(name: str, how: str, day: date | None, by: Row | None) -> None:
        row = running.pop(name)
        first = row[KEYS[name][1]]
        row |= {
            "sluttet": how,
            "status_ut": by["status"] if by else None,
            "gjelder": days(first, day),
            "dager": (day - first).days + 1 if day else None,
            "slutt_observert": day is not None,
            {"tilfelle": "tomdato", "gruppetilfelle": "asoktom", "periode": "regtom"}[name]: day,
        }
        if name == "tilfelle":
            row["hoved_ut"] = by["hoved"] if by else None
        result[name].append(row)

    def still_running() -> None:
        for name in list(running):
            end(name, "loper", None, None)

    fnr = None
    for record in register.f_arbsok():
        if record["fnr"] != fnr:
            still_running()
            fnr = record["fnr"]
        kode, asoktilg = record["kode"], record["asoktilg"]
        values = {name: record[name] for name in ("hoved", "hovedarbstat", "tiltak", "ytelse")}
        if kode == "2":
            end("periode", "endring", record["regdato"] - DAY, record)
            begin("periode", record, "endring", asoktilg=asoktilg, regdato=record["regdato"], **values)
        elif kode == "0":
            closed = "avsluttet_13_uker" if record["status"][1] == "X" else "avgang"
            how = closed if record["avgdato"] else "gruppeovergang"
            for name in ("periode", "gruppetilfelle", "tilfelle")[: 3 if record["avgdato"] else 2]:
                end(name, how, record["regdato"], record)
        else:
            how = "gruppeovergang" if "tilfelle" in running else started(record)
            if "tilfelle" not in running:
                begin("tilfelle", record, how, hoved_inn=record["hoved"])
            if how == "gruppeovergang":
                result["gruppetilfelle"][-1]["hoved_neste"] = record["hoved"]
            begin("gruppetilfelle", record, how, asoktilg=asoktilg, hoved=record["hoved"], hoved_neste=None)
            begin("periode", record, how, asoktilg=asoktilg, regdato=record["regdato"], **values)
    still_running()
    return {
        name: sorted(rows, key=lambda row: tuple(row[column] for column in KEYS[name])) for name, rows in result.items()
    }


# ----------------------------------------------------------------------------------------- what always holds


def rows_are_what_the_events_say(register: Register) -> None:
    """Every column of the three views, from the event records one by one."""
    for name, expected in walk(register).items():
        assert view(register, name) == expected, name


def each_spell_is_counted_once(register: Register) -> None:
    """As many main spells, group spells and stretches as F_ARBSOK has records that open one."""
    events = register.f_arbsok()
    opening = [r for r in events if r["kode"] in "139"]
    assert len(view(register, "tilfelle")) == sum(r["asoktilg"] == r["tilgdato"] for r in opening)
    assert len(view(register, "gruppetilfelle")) == len(opening)
    assert len(view(register, "periode")) == len(opening) + sum(r["kode"] == "2" for r in events)
    for name, columns in KEYS.items():
        assert max(Counter(tuple(row[c] for c in columns) for row in view(register, name)).values()) == 1


def tiles(parts: list[Row], first: str, last_day: str, whole: tuple[date, date | None]) -> bool:
    """The parts begin and end with the whole, and each begins on the day after the one before."""
    return (parts[0][first], parts[-1][last_day]) == whole and all(
        before[last_day] is not None and after[first] == before[last_day] + DAY for before, after in pairwise(parts)
    )


def parts_tile_the_whole(register: Register) -> None:
    """Stretches tile their group spell, group spells their main spell, without gap or overlap."""
    groups: dict[Any, list[Row]] = {}
    stretches: dict[Any, list[Row]] = {}
    for row in view(register, "gruppetilfelle"):
        groups.setdefault((row["lopenr"], row["tilgdato"]), []).append(row)
    for row in view(register, "periode"):
        stretches.setdefault((row["lopenr"], row["asoktilg"]), []).append(row)
    spells = view(register, "tilfelle")
    assert len(groups) == len(spells)
    for spell in spells:
        of_spell = groups[spell["lopenr"], spell["tilgdato"]]
        assert tiles(of_spell, "asoktilg", "asoktom", (spell["tilgdato"], spell["tomdato"]))
        for group in of_spell:
            of_group = stretches.pop((group["lopenr"], group["asoktilg"]))
            assert tiles(of_group, "regdato", "regtom", (group["asoktilg"], group["asoktom"]))
            assert {row["hoved"] for row in of_group} == {group["hoved"]}
    assert stretches == {}


def a_running_spell_has_no_end(register: Register) -> None:
    """Neither a day nor a length, and it says so."""
    for name, end in (("tilfelle", "tomdato"), ("gruppetilfelle", "asoktom"), ("periode", "regtom")):
        for row in view(register, name):
            open_ended = (None, None, None, None, False)
            found = (row[end], row["dager"], row["gjelder"].upper, row["status_ut"], row["slutt_observert"])
            assert (found == open_ended) == (row["sluttet"] == "loper") == (None in found), name


def numbers_are_the_dates_of_f_arbsok(register: Register) -> None:
    """Record by record, all 26 columns, with lopenr in the first one."""
    events = sorted(
        (
            {"lopenr": lopenr(register, r["fnr"]), **{k: v for k, v in r.items() if k != "fnr"}}
            for r in register.f_arbsok()
        ),
        key=lambda r: (r["lopenr"], r["regdato"], r["kode"] == "0"),
    )
    as_day = [{k: v and int(f"{v:%Y%m%d}") if k in DATES else v for k, v in r.items()} for r in events]
    as_month = [
        {f"{k}_mnd" if k in DATES else k: v and int(f"{v:%Y%m}") if k in DATES else v for k, v in r.items()}
        for r in events
    ]
    shown = view(register, "f_arbsok_tall")
    assert shown == as_day
    assert [list(row) for row in shown[:1]] == [list(row) for row in as_day[:1]]  # the order of columns

    def key(row: Row) -> tuple[str, ...]:
        return tuple(map(str, row.values()))

    months = register.rows("SELECT * FROM arbsok.f_arbsok_mnd")
    assert sorted(months, key=key) == sorted(as_month, key=key)
    assert [list(row) for row in months[:1]] == [list(row) for row in as_month[:1]]


PROMISES: list[Callable[[Register], None]] = [
    rows_are_what_the_events_say,
    each_spell_is_counted_once,
    parts_tile_the_whole,
    a_running_spell_has_no_end,
    numbers_are_the_dates_of_f_arbsok,
]


# ------------------------------------------------------------------------------------ the example of chapter 3.3


@pytest.fixture(scope="module")
def example(postgresql_noproc: NoopExecutor) -> Iterator[Register]:
    """The person of chapter 3.3, and one in group 7 from long before the pilot's start on, who is still there."""
    with own_database(postgresql_noproc, "analyse_eksempel") as connection:
        database.prepare(connection, 1)
        register = Register(connection)
        register.set(serie_start=date(2003, 1, 1))
        last(
            register,
            uendret("2003-06", "2003-09", PRAKSIS, hend="2003-06-23"),
            uendret("2003-10", "2004-01", PRAKSIS, ytelse="ID", hend="2003-10-26"),
            uendret("2004-02", "2005-04", ATTFORING, hend="2004-02-06"),
            fra=2003,
        )
        connection.commit()
        yield register
        connection.rollback()


def of_person(register: Register, name: str, fnr: str = PERSON) -> list[Row]:
    """The person's rows; what all have is checked here and taken off."""
    rows = [row for row in view(register, name) if row["lopenr"] == lopenr(register, fnr)]
    for row in rows:
        assert row.pop("lopenr")
        assert row.pop("endelig_til") == date(2004, 12, 31)  # 2005 is the last year loaded
        assert row.pop("mrk_fnr") == "0"
    return rows


def test_the_example_is_one_main_spell(example: Register) -> None:
    assert of_person(example, "tilfelle") == [
        {
            "tilgdato": day("2003-06-23"), "tomdato": day("2005-04-25"),
            "gjelder": Range(day("2003-06-23"), day("2005-04-26"), "[)"), "dager": 673,
            "hoved_inn": "3", "hoved_ut": "5", "begynte": "tilgang", "sluttet": "avsluttet_13_uker",
            "status_inn": "FK070", "status_ut": "UX111", "slutt_observert": True,
        },
    ]  # fmt: skip


def test_the_example_is_two_group_spells(example: Register) -> None:
    assert of_person(example, "gruppetilfelle") == [
        {
            "tilgdato": day("2003-06-23"), "asoktilg": day("2003-06-23"), "asoktom": day("2004-02-05"),
            "gjelder": Range(day("2003-06-23"), day("2004-02-06"), "[)"), "dager": 228,
            "hoved": "3", "hoved_neste": "5", "begynte": "tilgang", "sluttet": "gruppeovergang",
            "status_inn": "FK070", "status_ut": "UK111", "slutt_observert": True,
        },
        {
            "tilgdato": day("2003-06-23"), "asoktilg": day("2004-02-06"), "asoktom": day("2005-04-25"),
            "gjelder": Range(day("2004-02-06"), day("2005-04-26"), "[)"), "dager": 445,
            "hoved": "5", "hoved_neste": None, "begynte": "gruppeovergang", "sluttet": "avsluttet_13_uker",
            "status_inn": "UK111", "status_ut": "UX111", "slutt_observert": True,
        },
    ]  # fmt: skip


def test_the_example_is_three_stretches(example: Register) -> None:
    """AT until it ends, ID until the group changes, AT to the end: not one ytelse for the whole group spell."""
    assert of_person(example, "periode") == [
        {
            "tilgdato": day("2003-06-23"), "asoktilg": day("2003-06-23"),
            "regdato": day("2003-06-23"), "regtom": day("2003-10-25"),
            "gjelder": Range(day("2003-06-23"), day("2003-10-26"), "[)"), "dager": 125,
            "hoved": "3", "hovedarbstat": "FS", "tiltak": "PRAKSORD", "ytelse": "AT",
            "begynte": "tilgang", "sluttet": "endring",
            "status_inn": "FK070", "status_ut": "UK101", "slutt_observert": True,
        },
        {
            "tilgdato": day("2003-06-23"), "asoktilg": day("2003-06-23"),
            "regdato": day("2003-10-26"), "regtom": day("2004-02-05"),
            "gjelder": Range(day("2003-10-26"), day("2004-02-06"), "[)"), "dager": 103,
            "hoved": "3", "hovedarbstat": "FS", "tiltak": "PRAKSORD", "ytelse": "ID",
            "begynte": "endring", "sluttet": "gruppeovergang",
            "status_inn": "UK101", "status_ut": "UK111", "slutt_observert": True,
        },
        {
            "tilgdato": day("2003-06-23"), "asoktilg": day("2004-02-06"),
            "regdato": day("2004-02-06"), "regtom": day("2005-04-25"),
            "gjelder": Range(day("2004-02-06"), day("2005-04-26"), "[)"), "dager": 445,
            "hoved": "5", "hovedarbstat": "YH", "tiltak": "PRAKSORD", "ytelse": "AT",
            "begynte": "gruppeovergang", "sluttet": "avsluttet_13_uker",
            "status_inn": "UK111", "status_ut": "UX111", "slutt_observert": True,
        },
    ]  # fmt: skip


def test_who_was_there_at_the_start_and_still_is(example: Register) -> None:
    assert of_person(example, "tilfelle", FYLL) == [
        {
            "tilgdato": day("2003-01-01"), "tomdato": None,
            "gjelder": Range(day("2003-01-01"), None, "[)"), "dager": None,
            "hoved_inn": "7", "hoved_ut": None, "begynte": "venstresensur_kjent", "sluttet": "loper",
            "status_inn": "FK030", "status_ut": None, "slutt_observert": False,
        },
    ]  # fmt: skip


def test_the_example_as_delivered(example: Register) -> None:
    """The fourteen columns of chapter 3.3's five records, written there as numbers."""
    columns = (
        "kode", "hoved", "regdato", "tilgdato", "avgdato", "asoktilg", "asokavg",
        "hovedarbstat", "hovedarbdato", "tiltak", "tiltakdato", "ytelse", "ytelsedato",
    )  # fmt: skip
    expected = """
        1 3 20030623 20030623 .        20030623 .        FS 20030623 PRAKSORD 20030623 AT 20030623
        2 3 20031026 20030623 .        20030623 .        FS 20030623 PRAKSORD 20030623 ID 20031026
        0 3 20040205 20030623 .        20030623 20040205 FS 20030623 PRAKSORD 20030623 ID 20031026
        1 5 20040206 20030623 .        20040206 .        YH 20040206 PRAKSORD 20040206 AT 20040206
        0 5 20050425 20030623 20050425 20040206 20050425 YH 20040206 PRAKSORD 20040206 AT 20040206
    """
    number = lopenr(example, PERSON)
    rows = [row for row in view(example, "f_arbsok_tall") if row["lopenr"] == number]
    shown = [["." if row[column] is None else str(row[column]) for column in columns] for row in rows]
    assert shown == [line.split() for line in expected.strip().splitlines()]
    assert {next(iter(row)) for row in rows} == {"lopenr"}


# ------------------------------------------------------------------------------------------ over whole registers


@pytest.fixture(scope="module")
def sample(postgresql_noproc: NoopExecutor, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """Two years of the synthetic sample."""
    folder: Path = tmp_path_factory.mktemp("utvalg")
    synthetic.make(folder, persons=150, seed=5)
    files = find_month_files(folder)
    with own_database(postgresql_noproc, "analyse_utvalg") as connection:
        connection.autocommit = True
        for year in (2001, 2002):
            lasting.load_year(connection, year, files[year], synthetic=True, progress=Silent())
        yield Register(connection)


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.__name__)
def test_in_the_sample(sample: Register, promise: Callable[[Register], None]) -> None:
    promise(sample)


@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(generated=registers())
def test_in_every_register(shared: psycopg.Connection[Any], generated: Any) -> None:
    choices, years = generated
    register = Register(shared)
    shared.rollback()
    register.set(serie_start=choices.serie_start, testnumre=choices.testnumre)
    for aargang in sorted(years):
        register.load_year(aargang, years[aargang])
    try:
        for promise in PROMISES:
            promise(register)
    finally:
        shared.rollback()


def test_every_beginning_and_every_end_is_there(sample: Register) -> None:
    """The sample has all that the comments of begynte and sluttet name, and nothing else occurs."""
    beginnings = {"tilgang", "venstresensur_kjent", "venstresensur_ukjent"}
    ends = {"avgang", "avsluttet_13_uker", "loper"}
    group, change = {"gruppeovergang"}, {"endring"}
    for name, more in (("tilfelle", set()), ("gruppetilfelle", group), ("periode", group | change)):
        rows = view(sample, name)
        assert {row["begynte"] for row in rows} == beginnings | more
        assert {row["sluttet"] for row in rows} == ends | more
        for column, values in (("begynte", beginnings | more), ("sluttet", ends | more)):
            comment = sample.rows(
                "SELECT col_description(attrelid, attnum) AS tekst FROM pg_attribute"
                " WHERE attrelid = %s::regclass AND attname = %s",
                f"{qualified(name)}", column,
            )[0]["tekst"]  # fmt: skip
            assert [value for value in values if value not in comment] == []
            assert [value for value in (group | change) - more if value in comment] == []


# ----------------------------------------------------------------------------------------------- the person number

ANALYST = """
    SELECT c.relname AS navn FROM pg_class AS c
    WHERE c.relnamespace IN (SELECT skjema FROM trygdfob.skjema) AND c.relname IN (SELECT navn FROM arbsok.dekning)
"""
#: The views of the analyst's layer, by their files.
FILES = {file.stem.partition("_")[2] for file in objects.files() if file.parent.name == "arbsok/analyse"}


def test_no_fnr_in_what_analysts_read(sample: Register) -> None:
    columns = sample.rows(
        "SELECT c.relname, a.attname FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid"
        f" WHERE c.relname IN ({ANALYST}) AND a.attnum > 0"
    )
    assert {"tilfelle", "periode", "f_arbsok_tall"} <= {column["relname"] for column in columns}
    assert [column for column in columns if "fnr" in column["attname"] and column["attname"] != "mrk_fnr"] == []
    persons = [row["fnr"] for row in sample.rows("SELECT fnr FROM trygdfob.person")]
    shown = {str(value) for name in KEYS for row in view(sample, name) for value in row.values()}
    assert shown.isdisjoint(persons)


def test_one_number_for_a_person_and_one_person_for_a_number(sample: Register) -> None:
    persons = {row["fnr"] for row in sample.f_arbsok()}
    numbers = {row["fnr"]: row["lopenr"] for row in sample.rows("SELECT fnr, lopenr FROM trygdfob.person")}
    assert numbers == {fnr: lopenr(sample, fnr) for fnr in persons}
    assert len(set(numbers.values())) == len(persons)
    for name in KEYS:
        assert {row["lopenr"] for row in view(sample, name)} == set(numbers.values())


def test_the_number_stays_and_another_key_gives_another(register: Register) -> None:
    """Unload and load again: the same rows. With another key nobody has the number from before."""
    record = {"fnr": PERSON, "as_stat": "HLIPDP", "ant_d_as": "10", "mnd": "1"}
    months: dict[int, list[dict[str, str | None]]] = {
        month: [{**record, "dagdato": f"{2001:04}"[2:] + f"{month:02}{monthrange(2001, month)[1]}"}]
        for month in range(1, 13)
    }

    def numbers() -> list[str]:
        return [row["lopenr"] for row in view(register, "tilfelle")]

    register.load_year(2001, months)
    [before] = set(numbers())
    lasting.unload_year(register.connection, 2001)
    assert numbers() == []
    register.load_year(2001, months)
    assert set(numbers()) == {before}
    lasting.unload_year(register.connection, 2001)
    register.connection.execute("UPDATE trygdfob.lopenummer_nokkel SET nokkel = 'another one'")
    register.load_year(2001, months)
    assert set(numbers()) == {lopenr(register, PERSON)} != {before}


# ------------------------------------------------------------------------------------------------- what it costs


def plan(register: Register, query: str) -> str:
    return "\n".join(row["QUERY PLAN"] for row in register.rows(f"EXPLAIN (COSTS OFF) {query}"))


@pytest.mark.parametrize("name", KEYS)
def test_what_is_not_asked_for_is_not_joined(sample: Register, name: str) -> None:
    first = KEYS[name][1]
    if sample.connection.info.server_version < 160000:
        return  # PostgreSQL 15 keeps them: it asks no key of a partitioned table whether one record at most matches
    for query in (
        f"SELECT count(*) FROM {qualified(name)}",
        f"SELECT {first}, dager, begynte, gjelder, slutt_observert FROM {qualified(name)} WHERE {first} < '2002-01-01'",
    ):
        assert "Join" not in plan(sample, query)
        assert "Nested Loop" not in plan(sample, query)
    assert plan(sample, f"SELECT lopenr, status_ut FROM {qualified(name)}").count("on forlop_2001_01") == 2


@pytest.mark.parametrize("name", [*KEYS, "f_arbsok_tall", "f_arbsok_mnd"])
def test_a_person_is_found_by_the_key(sample: Register, name: str) -> None:
    """The condition goes through the view to the key. So small a sample the planner would rather read whole."""
    [somebody] = sample.rows("SELECT lopenr FROM trygdfob.person ORDER BY lopenr LIMIT 1")
    with sample.connection.transaction(force_rollback=True):
        for way in ("seqscan", "hashjoin", "mergejoin", "bitmapscan"):
            sample.connection.execute(f"SET LOCAL enable_{way} = off")
        shown = plan(sample, f"SELECT * FROM {qualified(name)} WHERE lopenr = '{somebody['lopenr']}'")
    # The record, what ended it, and the group that followed
    assert len(re.findall(r"using forlop_2001_01_pkey on .*\n +Index Cond: \(+lopenr\)::text = ", shown)) == {
        "gruppetilfelle": 3,
        "periode": 2,
        "tilfelle": 2,
    }.get(name, 1)


# -------------------------------------------------------------------------------------------------------- dekning


def test_dekning_is_about_all_that_analysts_read(sample: Register) -> None:
    """Every view of the layer, every column of it, each with exactly one row for its whole validity."""
    rows = view_of_dekning(sample)
    relations = {row["navn"] for row in sample.rows(ANALYST)}
    assert {row["navn"] for row in rows} == relations
    views = {row["relname"] for row in sample.rows("SELECT relname FROM pg_class WHERE relkind = 'v'")} & FILES
    assert views <= relations
    columns = sample.rows(
        "SELECT DISTINCT d.navn, a.attname::text AS variabel FROM arbsok.dekning AS d"
        " JOIN pg_attribute AS a ON a.attrelid = ('arbsok.' || d.navn)::regclass AND a.attnum > 0"
        " WHERE d.slag = 'tabell'"
    )
    assert len(columns) > 90
    whole = Counter((row["navn"], row["variabel"]) for row in rows if row["brudd"] is None)
    assert whole == Counter([(c["navn"], c["variabel"]) for c in columns] + [(name, None) for name in relations])
    assert [(row["navn"], row["variabel"]) for row in rows if not row["merknad"]] == []


def view_of_dekning(register: Register) -> list[Row]:
    return register.rows("SELECT * FROM arbsok.dekning")


def test_a_new_variable_without_a_row_is_seen(example: Register) -> None:
    """The list of variables is the catalog's: one that nobody has described stands there with nothing said."""
    definition = example.rows("SELECT pg_get_viewdef('arbsok.f_arbsok_mnd'::regclass) AS sql")[0]["sql"]
    with example.connection.transaction(force_rollback=True):
        example.connection.execute(
            "CREATE OR REPLACE VIEW arbsok.f_arbsok_mnd AS " + definition.replace("aargang\n", "aargang, 1 AS nytt\n")
        )
        undescribed = [row for row in view_of_dekning(example) if not row["merknad"]]
        assert [(row["slag"], row["navn"], row["variabel"]) for row in undescribed] == [
            ("variabel", "f_arbsok_mnd", "nytt")
        ]


def test_the_rules_are_put_back(example: Register) -> None:
    """As the file has them: what is gone from it goes from the table, what was changed is as before."""
    [file] = [file for file in objects.files() if file.stem.endswith("dekning_regel")]
    query = "SELECT * FROM arbsok.dekning_regel ORDER BY slag, navn, variabel, brudd"
    before = example.rows(query)
    with example.connection.transaction(force_rollback=True):
        example.connection.execute("UPDATE arbsok.dekning_regel SET merknad = 'x' WHERE brudd IS NOT NULL")
        example.connection.execute("INSERT INTO arbsok.dekning_regel (slag, navn, merknad) VALUES ('tabell', 'x', 'x')")
        example.connection.execute(file.read_text(encoding="utf-8"))
        assert example.rows(query) == before


def test_every_rule_is_shown(sample: Register) -> None:
    """A row about a variable or table that nobody has would never be seen."""
    rules = sample.rows("SELECT merknad FROM arbsok.dekning_regel WHERE brudd IS NULL OR brudd < '2003-01-01'")
    assert {row["merknad"] for row in view_of_dekning(sample)} == {rule["merknad"] for rule in rules}


def test_where_the_series_break(sample: Register) -> None:
    broken: dict[str, set[str]] = {}
    for row in view_of_dekning(sample):
        if row["brudd"] and row["navn"] == "periode":
            broken.setdefault(str(row["brudd"]), set()).add(row["variabel"] or "periode")
    assert broken == {
        "2001-05-01": {"periode", "hoved"},
        "2001-11-01": {"periode", "begynte", "sluttet"},
        "2002-10-01": {"periode", "hoved", "tiltak", "asoktilg"},
    }


def validity(register: Register, navn: str, variabel: str | None = None) -> tuple[str, str, str]:
    [row] = [r for r in view_of_dekning(register) if (r["navn"], r["variabel"], r["brudd"]) == (navn, variabel, None)]
    return tuple(str(row[column] or "") for column in ("gyldig_fra", "gyldig_til", "endelig_til"))  # type: ignore[return-value]


def test_from_when_to_when(sample: Register) -> None:
    """From the start to the last extraction; the last loaded year is not final. Code lists have their own validity."""
    last_day = str(sample.rows("SELECT max(dagdato) AS dag FROM trygdfob.maanedsfil")[0]["dag"])
    assert validity(sample, "periode") == ("2001-05-01", last_day, "2001-12-31")
    assert validity(sample, "tilfelle", "hoved_inn") == ("2001-05-01", last_day, "2001-12-31")
    assert validity(sample, "f_arbsok_tall", "as_gr") == ("2002-10-01", last_day, "")
    assert validity(sample, "arbeidssokerstatus") == ("2002-10-01", "", "")
    assert validity(sample, "hoved_koding") == ("2001-05-01", "2002-09-30", "")
    with sample.connection.transaction(force_rollback=True):  # nothing is known of it where only earlier months are
        sample.connection.execute("DELETE FROM trygdfob.maanedsfil WHERE mnddato >= '2002-10-01'")
        assert validity(sample, "f_arbsok_tall", "as_gr") == ("2002-10-01", "", "")


@pytest.mark.parametrize(("column", "bound"), [(1, "siste_dagdato"), (2, "endelig_til")])
def test_what_begins_on_the_last_day(sample: Register, column: int, bound: str) -> None:
    """On the last day that is known, or final, there is one day of it; of what begins after it there is none."""
    for later, shown in ((0, True), (1, False)):
        with sample.connection.transaction(force_rollback=True):
            [row] = sample.rows(f"SELECT {bound} AS dag FROM arbsok.endelighet")
            sample.connection.execute(
                "UPDATE arbsok.dekning_regel SET gyldig_fra = %s WHERE variabel = 'as_gr' AND brudd IS NULL",
                [row["dag"] + later * DAY],
            )
            assert validity(sample, "f_arbsok_tall", "as_gr")[column] == (str(row["dag"]) if shown else "")


def test_a_break_on_the_first_or_the_last_day(sample: Register) -> None:
    """Is one of the days that are loaded; the day before the series and the day after the last are not."""
    [row] = sample.rows("SELECT serie_start, siste_dagdato FROM arbsok.endelighet")
    for brudd, shown in (
        (row["serie_start"] - DAY, False),
        (row["serie_start"], True),
        (row["siste_dagdato"], True),
        (row["siste_dagdato"] + DAY, False),
    ):
        with sample.connection.transaction(force_rollback=True):
            sample.connection.execute(
                "INSERT INTO arbsok.dekning_regel (slag, navn, variabel, brudd, merknad, merknad_norsk)"
                " VALUES ('variabel', 'periode', 'dager', %s, 'x', 'x')",
                [brudd],
            )
            assert (brudd in {r["brudd"] for r in view_of_dekning(sample) if r["variabel"] == "dager"}) == shown


def test_with_another_start(example: Register) -> None:
    """The pilot's: the series begins then, and what broke earlier is no break in it."""
    assert validity(example, "periode", "tiltak") == ("2003-01-01", "2005-12-31", "2004-12-31")
    assert {row["brudd"] for row in view_of_dekning(example)} == {None}


def test_before_a_load_nothing_is_covered(register: Register) -> None:
    assert validity(register, "periode") == ("2001-05-01", "", "")
    assert {row["brudd"] for row in view_of_dekning(register)} == {None}


def test_who_may_read_dekning_alone(example: Register) -> None:
    """The catalog is everybody's, the rest is read with the owner's rights."""
    with example.connection.transaction(force_rollback=True):
        example.connection.execute(
            "CREATE ROLE fdtrygd_test_dekning; GRANT USAGE ON SCHEMA arbsok TO fdtrygd_test_dekning"
        )
        example.connection.execute("GRANT SELECT ON arbsok.dekning TO fdtrygd_test_dekning")
        everything = view_of_dekning(example)
        example.connection.execute("SET LOCAL ROLE fdtrygd_test_dekning")
        assert view_of_dekning(example) == everything
