"""Datasets for microdata.no: their rows, what is refused, and that no fødselsnummer is said by anybody.

microdata-tools validates and packs here as it does for a user; what its validation does not see is held beside.
"""

import json
import logging
import os
import re
import stat
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import microdata_tools
import psycopg
import pytest
from fdtrygd import errors, lasting, leveranse
from fdtrygd.db import database
from fdtrygd.errors import UserError
from fdtrygd.leveranse import folder, microdata
from hypothesis import assume, given
from psycopg.rows import dict_row

from commands import typed
from conftest import Register, address
from delivering import one_state
from historier import FYLL, PERSON, last, reg
from loaded import Files, load
from logins import address_as, log_in, login
from strategies import PERSONS, few_registers, registers

Connection = psycopg.Connection[Any]

#: Dataset -> the variable whose values it has
DATASETS = {
    "ARBSOEK2001FDT_HOVED": "hoved",
    "ARBSOEK2001FDT_HOVEDARBSTAT": "hovedarbstat",
    "ARBSOEK2001FDT_TILTAK": "tiltak",
    "ARBSOEK2001FDT_YTELSE": "ytelse",
}
HOVED, HOVEDARBSTAT, TILTAK, YTELSE = DATASETS
K = date(2004, 12, 31)
DAY = timedelta(days=1)
FNR = re.compile(r"(?<!\d)\d{11}(?!\d)")
Row = tuple[str, str, date, date | None]


# The rows, counted another way


def expected(records: list[dict[str, Any]], variable: str, last_day: date) -> list[Row]:
    """A dataset record by record: a value holds from the record that brings it to one that brings another or ends it.

    No date is read but that of the records themselves.
    """
    rows: list[Row] = []
    fnr = value = start = None
    known = [record for record in records if record["regdato"] <= last_day]
    for record in sorted(known, key=lambda r: (r["fnr"], r["regdato"], r["kode"] == "0")):
        new = record[variable] or "UOPPGITT"
        if record["fnr"] != fnr:
            if start:
                rows.append((fnr, value, start, None))
            fnr, start = record["fnr"], None
        if record["kode"] == "0":
            rows.append((fnr, value, start, record["regdato"]))
            start = None
        elif start is None:
            value, start = new, record["regdato"]
        elif new != value:
            rows.append((fnr, value, start, record["regdato"] - DAY))
            value, start = new, record["regdato"]
    if start:
        rows.append((fnr, value, start, None))
    return rows


def records(connection: Connection) -> list[dict[str, Any]]:
    """F_ARBSOK as it is, whatever day it is released on."""
    with connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute("SELECT * FROM trygdfob.f_arbsok").fetchall()


def days(rows: list[Row], last_day: date) -> int:
    return sum(((stop or last_day) - start).days + 1 for _, _, start, stop in rows)


def read(path: Path) -> list[Row]:
    """The rows of a dataset's file."""
    rows = []
    for line in path.read_text("utf-8").splitlines():
        fnr, value, start, stop, nothing = line.split(";")
        assert nothing == ""
        rows.append((fnr, value, date.fromisoformat(start), date.fromisoformat(stop) if stop else None))
    return rows


# The sample


@pytest.fixture(scope="module")
def sample(sample_address: str) -> Iterator[Connection]:
    """The sample with 2005 loaded; its log is emptied again."""
    with database.connect(sample_address) as connection:
        yield connection
        forget(connection)


def forget(connection: Connection) -> None:
    """Nothing has been delivered from the database."""
    for table in ("utlevert_fil", "utlevert_tabell", "utlevering"):
        connection.execute(f"DELETE FROM leveranse.{table}")


@pytest.fixture(scope="module")
def made(sample: Connection, tmp_path_factory: pytest.TempPathFactory) -> tuple[leveranse.Datasets, Path]:
    to = tmp_path_factory.mktemp("microdata") / "ut"
    return leveranse.make_datasets(sample, K, to, "prøve"), to


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a key that the tool has made."""
    path = tmp_path_factory.mktemp("keys")
    private = microdata_tools.PrivateKey.generate()
    private.write_to_file(path)
    private.public_key().write_to_file(path)
    return path


def test_the_datasets_of_the_sample(made: tuple[leveranse.Datasets, Path]) -> None:
    """Rows, rows without a stop, days: counted when the rules were written."""
    done, to = made
    assert [(each.name, each.rows, each.open) for each in done.datasets] == [
        (HOVED, 21_730, 3_008), (HOVEDARBSTAT, 21_858, 3_008), (TILTAK, 24_001, 3_008), (YTELSE, 23_931, 3_008),
    ]  # fmt: skip
    for each in done.datasets:
        rows = read(to / each.name / f"{each.name}.csv")
        assert len(rows) == each.rows
        assert sum(stop is None for *_, stop in rows) == each.open
        assert days(rows, K) == each.described["dager"] == 3_800_450
    assert {each.name: len(each.unknown) for each in done.datasets} == {
        HOVED: 0, HOVEDARBSTAT: 1, TILTAK: 35, YTELSE: 1,
    }  # fmt: skip


@pytest.mark.parametrize("name", DATASETS)
def test_equals_the_records_one_by_one(sample: Connection, made: tuple[leveranse.Datasets, Path], name: str) -> None:
    """In this order, too: by fødselsnummer and day."""
    rows = read(made[1] / name / f"{name}.csv")
    assert rows == expected(records(sample), DATASETS[name], K)
    assert rows == sorted(rows, key=lambda row: (row[0], row[2]))


def test_the_files(made: tuple[leveranse.Datasets, Path]) -> None:
    """The user's alone; nothing else is left, but for what was asked for."""
    _, to = made
    assert {str(path.relative_to(to)) for path in to.rglob("*")} == {
        *DATASETS, *(f"{name}/{name}.{ending}" for name in DATASETS for ending in ("csv", "json")),
    }  # fmt: skip
    assert not folder.unfinished(to).exists()
    for path in (to, *to.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)


def test_the_metadata(made: tuple[leveranse.Datasets, Path]) -> None:
    _, to = made
    described = json.loads((to / TILTAK / f"{TILTAK}.json").read_text("utf-8"))
    measure = described["measureVariables"][0]
    assert described["temporalityType"] == "EVENT"
    assert described["sensitivityLevel"] == "PERSON_SPECIAL"
    assert described["identifierVariables"] == [{"unitType": "PERSON"}]
    assert described["dataRevision"]["description"][0]["value"] == (
        "Fra og med 2001-05-01 til og med 2004-12-31. Syntetiske data: ingen av personene finnes."
    )
    assert measure["valueDomain"]["sentinelAndMissingValues"] == [
        {"code": "UOPPGITT", "categoryTitle": [{"languageCode": "no", "value": "Uoppgitt"}]}
    ]
    codes = {each["code"]: each for each in measure["valueDomain"]["codeList"]}
    assert len(codes) == len(measure["valueDomain"]["codeList"]) == 47 + 35
    # A code that means two things has both
    assert codes["ETAB"]["categoryTitle"][0]["value"] == "FS: Andre / YH: Lønnstilskudd"
    assert codes["QQ"] == {
        "code": "QQ", "categoryTitle": [{"languageCode": "no", "value": "Ukjent kode"}], "validFrom": "2001-05-01",
    }  # fmt: skip


def test_the_log(sample: Connection, made: tuple[leveranse.Datasets, Path]) -> None:
    done, to = made
    assert sample.execute(
        "SELECT slag, tilstand, til, begrunnelse, personer, bruker = session_user, prosjekt,"
        " versjoner ? 'microdata-tools'"
        " FROM leveranse.utlevering WHERE utlevering = %s",
        [done.number],
    ).fetchone() == ("microdata", "ferdig", K, "prøve", done.persons, True, None, True)
    tables = sample.execute(
        "SELECT tabell, rader, radsum FROM leveranse.utlevert_tabell WHERE utlevering = %s", [done.number]
    ).fetchall()
    assert sorted(tables) == sorted(
        (each.name, each.rows, folder.sha256(to / each.name / f"{each.name}.csv")) for each in done.datasets
    )
    files = sample.execute(
        "SELECT fil, bytes, sha256 FROM leveranse.utlevert_fil WHERE utlevering = %s", [done.number]
    ).fetchall()
    assert sorted(files) == sorted((f.name, f.size, f.sha256) for f in folder.files(to))
    assert len(files) == 8
    log = sample.execute("SELECT to_jsonb(u)::text FROM leveranse.utlevering AS u").fetchall()
    assert not FNR.search(str(log))


def test_packed_and_unpacked_they_are_the_same_bytes(
    sample: Connection, made: tuple[leveranse.Datasets, Path], keys: Path, tmp_path: Path
) -> None:
    """A second time, with a key: the same CSV and JSON come out of the .tar, and nothing plain lies beside it."""
    _, first = made
    to = tmp_path / "pakket"
    done = leveranse.make_datasets(sample, K, to, "prøve", keys)
    assert done.packed
    assert sorted(path.name for path in to.rglob("*")) == [f"{name}.tar" for name in DATASETS]
    persons = {row[0].encode() for row in read(first / HOVED / f"{HOVED}.csv")}
    for name in DATASETS:
        tar = to / f"{name}.tar"
        assert stat.S_IMODE(tar.stat().st_mode) == 0o600
        assert persons.isdisjoint(re.findall(rb"(?<!\d)\d{11}(?!\d)", tar.read_bytes()))
        microdata_tools.unpackage_dataset(tar, keys, tmp_path / "ut")
        for ending in ("csv", "json"):
            file = f"{name}/{name}.{ending}"
            assert (tmp_path / "ut" / file).read_bytes() == (first / file).read_bytes()
    # The log has the rows' checksums, by which the two can be compared though the second has no CSV
    assert sample.execute(
        "SELECT count(DISTINCT radsum) FROM leveranse.utlevert_tabell AS t JOIN leveranse.utlevering AS u"
        " USING (utlevering) WHERE u.til = %s AND u.tilstand = 'ferdig'",
        [K],
    ).fetchone() == (4,)


# The rules, on both sides


@pytest.fixture
def register(shared: Connection) -> Iterator[Register]:
    """An empty register in a transaction that a delivery can read; it is rolled back."""
    shared.rollback()
    with psycopg.connect(address(shared)) as connection:
        database.prepare(connection, 1)
        connection.commit()
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        yield Register(connection)
        connection.rollback()


class Made:
    """The datasets of a register, straight from the database's functions."""

    def __init__(self, register: Register, last_day: str) -> None:
        connection = register.connection
        number = database.scalar(connection, "SELECT leveranse.begynn_microdata(%s, 'prøve', '{}')", last_day)
        self.described = {
            each["datasett"]: each
            for each in database.scalar(connection, "SELECT leveranse.beskriv_microdata(%s)", number)["datasett"]
        }
        self.all = {
            name: connection.execute("SELECT * FROM leveranse.microdata_rader(%s, %s)", [number, name]).fetchall()
            for name in DATASETS
        }

    def rows(self, name: str, fnr: str = PERSON) -> list[tuple[str, str, str | None]]:
        """A person's rows: value, start, stop."""
        return [(value, str(start), stop and str(stop)) for who, value, start, stop in self.all[name] if who == fnr]

    def codes(self, name: str, code: str) -> list[tuple[str, str, str | None]]:
        """The entries of a code: text, first and last day."""
        return [
            (each["tekst"], each["gyldig_fra"], each["gyldig_til"])
            for each in self.described[name]["koder"]
            if each["kode"] == code
        ]


def test_a_value_lasts_until_the_day_before_the_next(register: Register) -> None:
    """Days are inclusive. A change of one variable is a row of that dataset alone; another group begins one in each."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-10", ytelse="ID", hend="2001-10-15"),
        reg("2001-11", hoved="2", arb="DS", ytelse="ID", hend="2001-11-05"),
        til=2003,
    )
    made = Made(register, "2002-12-31")
    assert made.rows(HOVED) == [("1", "2001-09-10", "2001-11-04"), ("2", "2001-11-05", "2001-11-30")]
    assert made.rows(HOVEDARBSTAT) == [("HL", "2001-09-10", "2001-11-04"), ("DS", "2001-11-05", "2001-11-30")]
    assert made.rows(TILTAK) == [("IP", "2001-09-10", "2001-11-04"), ("IP", "2001-11-05", "2001-11-30")]
    assert made.rows(YTELSE) == [
        ("DP", "2001-09-10", "2001-10-14"), ("ID", "2001-10-15", "2001-11-04"), ("ID", "2001-11-05", "2001-11-30"),
    ]  # fmt: skip


def month_by_month(first: str, until: str, **fields: Any) -> list[dict[str, Any]]:
    """Registered in each month, from the first one's henddato on."""
    year, month = int(first[:4]), int(first[5:7])
    found = []
    while f"{year}-{month:02}" <= until:
        found.append(reg(f"{year}-{month:02}", hend=first, **fields))
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return found


#: Somebody else, who left: without any end there is no dataset
ENDED = {PERSONS[0]: month_by_month("2001-05-01", "2001-08")}


@pytest.mark.parametrize(
    ("last_seen", "stop"), [("2001-11", "2001-11-30"), ("2001-12", "2001-12-31"), ("2002-01", None)]
)
def test_an_end_after_the_last_day_is_open(register: Register, last_seen: str, stop: str | None) -> None:
    """On the day itself it stands. Who runs is open to the end, in each dataset."""
    last(register, month_by_month("2001-09-10", last_seen), til=2002, andre=ENDED)
    made = Made(register, "2001-12-31")
    for name in DATASETS:
        assert [row[1:] for row in made.rows(name)] == [("2001-09-10", stop)]
        assert [row[2] for row in made.rows(name, FYLL)] == [None]


@pytest.mark.parametrize(("change", "values"), [("2001-12-31", ["IP", "VV"]), ("2002-01-01", ["IP"])])
def test_a_change_after_the_last_day_is_not_there(register: Register, change: str, values: list[str]) -> None:
    """Of one on the day after nothing is known: the value before it runs."""
    last(
        register,
        month_by_month("2001-09-10", "2001-11"),
        reg("2001-12", tiltak=values[-1], hend=change if len(values) > 1 else "2001-09-10"),
        reg("2002-01", tiltak="VV", hend=change),
        til=2002,
        andre=ENDED,
    )
    made = Made(register, "2001-12-31")
    assert made.described[TILTAK]["apne"] == 2  # with the one who is always registered
    rows = made.rows(TILTAK)
    assert [value for value, _, _ in rows] == values
    assert [stop for _, _, stop in rows] == [*["2001-12-30"] * (len(values) - 1), None]


def test_what_is_missing_has_a_code(register: Register) -> None:
    """No row is left out for it; and then the value comes, and goes again."""
    last(
        register,
        reg("2001-09", ytelse=None, hend="2001-09-10"),
        reg("2001-10", hend="2001-10-15"),
        reg("2001-11", ytelse=None, hend="2001-11-05"),
        til=2003,
    )
    made = Made(register, "2002-12-31")
    assert made.rows(YTELSE) == [
        ("UOPPGITT", "2001-09-10", "2001-10-14"),
        ("DP", "2001-10-15", "2001-11-04"),
        ("UOPPGITT", "2001-11-05", "2001-11-30"),
    ]
    assert made.described[YTELSE]["ukjente"] == {}


def test_what_stands_for_missing_is_no_code(register: Register) -> None:
    last(register, reg("2001-09", tiltak="UOPPGITT", hend="2001-09-10"), til=2003)
    with refused(f"{TILTAK}: UOPPGITT, which stands for a missing value, is a code in the register."):
        Made(register, "2002-12-31")


@pytest.mark.parametrize(("code", "unknown"), [("DP", False), ("ZZ", True)])
def test_a_code_that_no_list_has_is_listed_as_unknown(register: Register, code: str, unknown: bool) -> None:
    last(register, reg("2001-09", ytelse=code, hend="2001-09-10"), til=2003)
    made = Made(register, "2002-12-31")
    ((text, first, until),) = made.codes(YTELSE, code)
    assert (text == "Ukjent kode") is unknown
    assert (first, until) == ("2001-05-01", None)
    assert made.described[YTELSE]["ukjente"] == ({code: 1} if unknown else {})


@pytest.mark.parametrize("text", ["", " \t", "Dagpenger\nog mer"])
def test_a_code_without_a_text_is_unknown(register: Register, text: str) -> None:
    """microdata.no takes no empty text; what users have written in several lines is one."""
    last(register, reg("2001-09", hend="2001-09-10"), til=2003)
    register.connection.execute("UPDATE trygdfob.ytelse SET tekst = %s WHERE kode = 'DP'", [text])
    made = Made(register, "2002-12-31")
    ((title, _, _),) = made.codes(YTELSE, "DP")
    assert title == (text.replace("\n", " ") if text.strip() else "Ukjent kode")
    assert made.described[YTELSE]["ukjente"] == ({} if text.strip() else {"DP": 1})


@pytest.mark.parametrize(
    ("valid", "before", "after"),
    [
        (("2001-09-10", "2001-11-30"), None, None),
        (("2001-09-11", "2001-11-30"), ("2001-05-01", "2001-09-10"), None),
        (("2001-09-10", "2001-11-29"), None, ("2001-11-30", None)),
        ((None, None), None, None),
    ],
)
def test_a_code_is_unknown_on_days_on_which_its_list_does_not_have_it(
    register: Register, valid: tuple[str | None, str | None], before: Any, after: Any
) -> None:
    """microdata.no does not look at the day: the row's first and last one are held against the list here."""
    last(register, month_by_month("2001-09-10", "2001-11", hoved="6"), til=2003)
    register.connection.execute(
        "UPDATE leveranse.koderad SET gyldig_fra = %s, gyldig_til = %s WHERE kodeliste = 'hoved' AND kode = '6'", valid
    )
    made = Made(register, "2002-12-31")
    assert made.rows(HOVED) == [("6", "2001-09-10", "2001-11-30")]
    known = ("Andre registrert i Arena", valid[0] or "2001-05-01", valid[1])
    around = [("Ukjent kode", *period) for period in (before, after) if period]
    assert sorted(made.codes(HOVED, "6"), key=lambda e: e[1]) == sorted([known, *around], key=lambda e: e[1])
    assert made.described[HOVED]["ukjente"] == ({"6": 1} if around else {})


@pytest.mark.parametrize("ended", [False, True])
def test_a_dataset_without_any_end_is_refused(register: Register, ended: bool) -> None:
    """One end is enough."""
    last(register, month_by_month("2001-05-01", "2001-10" if ended else "2002-12"), til=2002)
    if ended:
        assert [row[2] for row in Made(register, "2001-12-31").rows(HOVED)] == ["2001-10-31"]
    else:
        with refused(*(f"{name}: no row of it has an end by 2001-12-31" for name in DATASETS)):
            Made(register, "2001-12-31")


@pytest.mark.parametrize(
    ("day", "why", "sentence"),
    [
        ("2002-12-31", "  ", "--why is empty"),
        ("2002-12-31", "for 158370 10133", "may be a person's"),
        ("2001-04-30", "prøve", "before 2001-05-01, where the series starts"),
        ("2003-01-01", "prøve", "2003-01-01 is not final: it is so when 2004 is loaded"),
        ("2059-09-18", "prøve", "2059-09-18 is not final"),
        ("2059-09-19", "prøve", "after 2059-09-18, the last day that microdata.no can have"),
    ],
)
def test_not_begun(register: Register, day: str, why: str, sentence: str) -> None:
    last(register, reg("2001-09", hend="2001-09-10"), til=2003)
    with refused(sentence), register.connection.transaction():
        register.connection.execute("SELECT leveranse.begynn_microdata(%s, %s, '{}')", [day, why])
    assert database.scalar(register.connection, "SELECT count(*) FROM leveranse.utlevering") == 0


@few_registers(10)
@given(generated=registers())
def test_in_every_register(shared: Connection, generated: Any) -> None:
    choices, years = generated
    assume(len(years) > 1)
    shared.rollback()
    with psycopg.connect(address(shared)) as connection:
        database.prepare(connection, 1)
        connection.commit()
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        register = Register(connection)
        connection.execute(
            "UPDATE trygdfob.innstilling SET serie_start = %s, sammensying_dager = %s, avslutning_dager = %s,"
            " testnumre = %s",
            [choices.serie_start, choices.sammensying_dager, choices.avslutning_dager, choices.testnumre],
        )
        for aargang in sorted(years):
            register.load_year(aargang, years[aargang])
        last_day = date(max(years) - 1, 12, 31)
        assume(database.scalar(connection, "SELECT leveranse.hvorfor_ikke_frigitt(%s)", last_day) is None)
        there = {name: expected(records(connection), variable, last_day) for name, variable in DATASETS.items()}
        if all(any(stop for *_, stop in rows) for rows in there.values()):
            made = Made(register, str(last_day))
            assert made.all == there
            assert {days(rows, last_day) for rows in made.all.values()} == {made.described[HOVED]["dager"]}
            assert {name: (len(rows), sum(stop is None for *_, stop in rows)) for name, rows in there.items()} == {
                name: (each["rader"], each["apne"]) for name, each in made.described.items()
            }
        else:
            with refused("no row of it has an end by"):
                Made(register, str(last_day))
        connection.rollback()


class refused:
    """FD007, with these words, each."""

    def __init__(self, *words: str) -> None:
        self.words = words

    def __enter__(self) -> None: ...

    def __exit__(self, kind: Any, error: Any, trace: Any) -> bool:
        assert isinstance(error, psycopg.Error), error
        assert error.sqlstate == "FD007", error
        assert [word for word in self.words if word not in (error.diag.message_primary or "")] == [], error
        return True


# What microdata-tools says


def line(text: str) -> Callable[[Path], None]:
    """The dataset's file with one line more."""

    def change(to: Path) -> None:
        with (to / f"{to.name}.csv").open("a", encoding="utf-8") as file:
            file.write(text)

    return change


def without_population(to: Path) -> None:
    path = to / f"{to.name}.json"
    content = json.loads(path.read_text("utf-8"))
    del content["populationDescription"]
    path.write_text(json.dumps(content), "utf-8")


WRONG = "15837010133"
FAULTS = {
    "a date": (line(f"{WRONG};1;2001-13-01;;\n"), "1 × field that is no date"),
    "a field": (line(f"{WRONG};1;2001-12-01;\n"), "1 × line that has not five fields"),
    "an overlap": (
        line(f"{WRONG};1;2001-06-01;2001-06-30;\n{WRONG};1;2001-06-30;;\n"), "1 × person whose rows overlap",
    ),
    "a row that stops first": (line(f"{WRONG};1;2001-06-02;2001-06-01;\n"), "1 × row without a start"),
    "a code": (line(f"{WRONG};{WRONG};2001-06-02;;\n"), "1 × row with a code that is in no list"),
    "no value": (line(f"{WRONG};;2001-06-02;;\n"), "1 × row without a value"),
    "no person": (line(";1;2001-06-02;;\n"), "1 × row without a person"),
    "a far day": (line(f"{WRONG};1;2059-09-19;;\n"), "1 × date that it cannot have"),
    "the metadata": (without_population, "1 × other fault"),
}  # fmt: skip


def chain(error: BaseException | None) -> Iterator[str]:
    """All that a traceback of the error could ever say."""
    while error:
        yield repr(error)
        yield from getattr(error, "__notes__", [])
        error = error.__cause__ or error.__context__


@pytest.fixture
def tampered(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Path], None]], None]:
    """Changes the first dataset before it is validated."""

    def with_change(change: Callable[[Path], None]) -> None:
        written = microdata.write

        def write(connection: Connection, number: int, dataset: microdata.Dataset, to: Path) -> None:
            written(connection, number, dataset, to)
            if to.name == HOVED:
                change(to)

        monkeypatch.setattr(microdata, "write", write)

    return with_change


@pytest.mark.parametrize("fault", FAULTS)
def test_what_it_finds_is_told_without_a_number(
    sample: Connection,
    tampered: Callable[[Callable[[Path], None]], None],
    fault: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Not on the screen, not in the error, not in what a traceback of it would show; and no file is left."""
    change, words = FAULTS[fault]
    tampered(change)
    seen: list[BaseException] = []

    def run() -> None:
        try:
            leveranse.make_datasets(sample, K, tmp_path / "ut", "prøve")
        except UserError as error:
            seen.append(error)
            raise

    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv(errors.TRACEBACK, "1")
    assert errors.door(run) == errors.REFUSED
    said = "".join(capfd.readouterr())
    assert f"{HOVED}: microdata-tools does not take it. It names {words}" in said
    assert not FNR.search(said + "".join(chain(seen[0])))
    assert [record for record in caplog.records if record.name == "root"] == []
    assert list(tmp_path.iterdir()) == []
    assert sample.execute("SELECT tilstand FROM leveranse.utlevering ORDER BY utlevering DESC LIMIT 1").fetchone() == (
        "avbrutt",
    )


@pytest.mark.parametrize("error", [RuntimeError, ValueError, OSError])
def test_an_error_of_its_own_is_told_without_its_words(
    sample: Connection, error: type[Exception], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong(*_: Any, **__: Any) -> None:
        logging.getLogger().error(WRONG)
        raise error(WRONG)

    monkeypatch.setattr(microdata_tools, "validate_dataset", wrong)
    with pytest.raises(UserError, match=rf"ended early \({error.__name__}\)") as caught:
        leveranse.make_datasets(sample, K, tmp_path / "ut", "prøve")
    assert WRONG not in "".join(chain(caught.value))
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_said(sample: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError(28, WRONG)

    monkeypatch.setattr(microdata_tools, "validate_dataset", full)
    with pytest.raises(UserError, match="No space left on device") as caught:
        leveranse.make_datasets(sample, K, tmp_path / "ut", "prøve")
    assert WRONG not in "".join(chain(caught.value))


def test_it_works_in_the_unfinished_folder_and_in_silence(
    sample: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its files, which hold the numbers, lie nowhere else; afterwards the root's logger is what it was."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    root, handler = logging.getLogger(), logging.NullHandler()
    monkeypatch.setattr(root, "handlers", [handler])
    monkeypatch.delenv("SQLITE_TMPDIR", raising=False)
    validate, seen = microdata_tools.validate_dataset, []

    def watched(name: str, working_directory: str, **options: Any) -> Any:
        work = Path(working_directory)
        assert work.parent == folder.unfinished(tmp_path / "ut")
        assert os.environ["SQLITE_TMPDIR"] == working_directory
        assert handler not in root.handlers
        assert not root.isEnabledFor(logging.CRITICAL)
        found = validate(name, working_directory=working_directory, **options)
        for path in (work.parent, *work.parent.rglob("*")):
            assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)
        seen.append({path.name for path in work.iterdir()})
        return found

    monkeypatch.setattr(microdata_tools, "validate_dataset", watched)
    before = os.umask(0o022)
    try:
        leveranse.make_datasets(sample, K, tmp_path / "ut", "prøve")
        assert os.umask(0o022) == 0o022
    finally:
        os.umask(before)
    assert seen == [{f"{name}{ending}" for ending in (".parquet", ".sqlite3.db", ".json")} for name in DATASETS]
    assert list(Path.cwd().iterdir()) == []
    assert root.handlers == [handler]
    assert root.isEnabledFor(logging.CRITICAL)
    assert "SQLITE_TMPDIR" not in os.environ


# What is refused before anything is made


def nothing(path: Path) -> None: ...


def rubbish(path: Path) -> None:
    (path / microdata_tools.PublicKey.FILENAME).write_text(
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n", "ascii"
    )


@pytest.mark.parametrize(("put", "words"), [(nothing, "cannot be read"), (rubbish, "is no public key")])
def test_a_key_that_is_none(sample: Connection, put: Callable[[Path], None], words: str, tmp_path: Path) -> None:
    (tmp_path / "key").mkdir()
    put(tmp_path / "key")
    before = database.scalar(sample, "SELECT count(*) FROM leveranse.utlevering")
    with pytest.raises(UserError, match=words):
        leveranse.make_datasets(sample, K, tmp_path / "ut", "prøve", tmp_path / "key")
    assert database.scalar(sample, "SELECT count(*) FROM leveranse.utlevering") == before


def test_a_folder_in_which_it_cannot_pack(sample: Connection, keys: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"has \.csv in its name"):
        leveranse.make_datasets(sample, K, tmp_path / "en.csv-mappe", "prøve", keys)


def test_what_a_killed_run_left_goes_first(sample: Connection, tmp_path: Path) -> None:
    """Even where the next run to the same place is refused."""
    left = folder.unfinished(tmp_path / "ut")
    (left / HOVED).mkdir(parents=True)
    (left / HOVED / f"{HOVED}.csv").write_text(f"{WRONG};1;2001-06-02;;\n")
    with pytest.raises(UserError, match="cannot be read"):
        leveranse.make_datasets(sample, K, tmp_path / "ut", "prøve", tmp_path)
    assert list(tmp_path.iterdir()) == []


# Beside loads, and ended


def test_partitions_that_went_before_it_read(apart: Connection, files: Files) -> None:
    """Its state has a year that was taken back, and whose partitions the next load has dropped: it says so."""
    number = database.scalar(apart, "SELECT leveranse.begynn_microdata('2002-12-31', 'prøve', '{}')")
    with database.connect(address(apart)) as other:
        with one_state(apart, undone=True):
            apart.execute("SELECT count(*) FROM trygdfob.lastet_aargang")  # from here on it sees 2003
            lasting.unload_year(other, 2003)
            load(other, 2003, files)
            with refused("in the moment in which the delivery began"):
                apart.execute("SELECT leveranse.beskriv_microdata(%s)", [number])
        with one_state(apart):
            found = database.scalar(apart, "SELECT leveranse.beskriv_microdata(%s)", number)
            assert all(each["rader"] for each in found["datasett"])


def test_a_year_that_goes_while_it_reads(apart: Connection, tmp_path: Path) -> None:
    """All four datasets are of the state in which it began."""
    last_day = date(2002, 12, 31)
    there = {name: expected(records(apart), variable, last_day) for name, variable in DATASETS.items()}
    did: list[str] = []

    def meanwhile(doing: str) -> None:
        if TILTAK in doing and not did:
            did.append(doing)
            with database.connect(address(apart)) as other:
                lasting.unload_year(other, 2003)

    leveranse.make_datasets(apart, last_day, tmp_path / "ut", "prøve", progress=meanwhile)
    assert did == [f"{TILTAK}: reading {len(there[TILTAK])} rows"]
    assert {name: read(tmp_path / "ut" / name / f"{name}.csv") for name in DATASETS} == there


def test_a_log_that_cannot_be_told(apart: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The session ends while microdata-tools is at work: the files are in place, and it says what the log has."""
    listed = folder.files

    def ends(path: Path) -> list[folder.File]:
        with database.connect(address(apart)) as other:
            other.execute("SELECT pg_terminate_backend(%s)", [apart.info.backend_pid])
        return listed(path)

    monkeypatch.setattr(folder, "files", ends)
    with pytest.raises(UserError, match=r"All files are in .*, but the log still has delivery \d+ as begun"):
        leveranse.make_datasets(apart, date(2002, 12, 31), tmp_path / "ut", "prøve")
    assert sorted(path.name for path in (tmp_path / "ut").iterdir()) == [*DATASETS]


# Who may


@pytest.fixture(scope="module")
def both(owner: Connection, admin: Connection) -> Iterator[str]:
    """A login that is a member of fdtrygd_utlevering and fdtrygd_fnr; the log is emptied again."""
    name = login(admin, "begge")
    admin.execute(f"GRANT fdtrygd_utlevering, fdtrygd_fnr TO {name}")
    yield name
    forget(owner)


LAST = date(2001, 12, 31)
CALLS = {
    "begynn_microdata": ("SELECT leveranse.begynn_microdata(%s, 'prøve', '{}')", [LAST]),
    "beskriv_microdata": ("SELECT leveranse.beskriv_microdata(%s)", [1]),
    "microdata_rader": ("SELECT * FROM leveranse.microdata_rader(%s, 'ARBSOEK2001FDT_HOVED')", [1]),
}


@pytest.mark.parametrize("call", CALLS)
def test_who_is_in_one_of_the_two_roles_may_not(
    owner: Connection, as_role: Callable[[str], Connection], call: str
) -> None:
    """The functions are fdtrygd_utlevering's; and they refuse who may not see fødselsnummer."""
    for role in ("analytiker", "fnr", "laster"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            as_role(role).execute(*CALLS[call])
    connection = as_role("utlevering")
    user = connection.info.user
    with owner.transaction(force_rollback=False):
        number = database.scalar(
            owner,
            "INSERT INTO leveranse.utlevering (slag, til, begrunnelse, versjoner, bruker)"
            " VALUES ('microdata', %s, 'prøve', '{}', %s) RETURNING utlevering",
            LAST,
            user,
        )
    query, arguments = CALLS[call]
    connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
    with refused("only a member of both fdtrygd_utlevering and fdtrygd_fnr makes it"):
        connection.execute(query, [number] if arguments == [1] else arguments)
    owner.execute("DELETE FROM leveranse.utlevering WHERE utlevering = %s", [number])


def test_who_is_in_both_makes_them(owner: Connection, both: str, tmp_path: Path) -> None:
    with database.connect(address_as(both, owner)) as connection:
        done = leveranse.make_datasets(connection, LAST, tmp_path / "ut", "prøve")
        assert read(tmp_path / "ut" / YTELSE / f"{YTELSE}.csv") == expected(records(owner), "ytelse", LAST)
        assert owner.execute(
            "SELECT bruker FROM leveranse.utlevering WHERE utlevering = %s", [done.number]
        ).fetchone() == (both,)
        # What is done is read no more
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        with refused(f"Delivery {done.number} is none that {both} has begun."):
            connection.execute("SELECT * FROM leveranse.microdata_rader(%s, %s)", [done.number, HOVED])


def test_rows_are_the_callers_own_and_of_one_state(owner: Connection, both: str) -> None:
    with log_in(both, owner) as connection:
        number = database.scalar(connection, "SELECT leveranse.begynn_microdata(%s, 'prøve', '{}')", LAST)
        with refused("A delivery reads one state of the register."):
            connection.execute("SELECT leveranse.beskriv_microdata(%s)", [number])
        owner.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        with refused(f"Delivery {number} is none that"):
            owner.execute("SELECT leveranse.beskriv_microdata(%s)", [number])
        owner.execute("ROLLBACK")
        for query in (
            "SELECT * FROM leveranse.microdata_hendelser('2001-12-31')",
            "SELECT * FROM leveranse.kode_en_gang",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(query)


# The command


def test_the_command(owner: Connection, both: str, tmp_path: Path) -> None:
    to = address_as(both, owner)
    done = typed("microdata", "--to", LAST, "--out", tmp_path / "ut", "--why", "prøve", to=to)
    assert done.returncode == 0, done.stderr
    assert all(name in done.stdout for name in DATASETS)
    assert "plain text with the fødselsnummer" in done.stdout
    for arguments, words in (
        (["--to", "2001-12", "--why", "prøve"], "names no day"),
        (["--to", "2002-12-31", "--why", "prøve"], "2002-12-31 is not final"),
        (["--to", str(LAST), "--why", ""], "--why is empty"),
    ):
        again = typed("microdata", "--out", tmp_path / "to", *arguments, to=to)
        assert again.returncode == errors.REFUSED
        assert words in again.stderr
    assert typed("microdata", "--to", LAST, "--out", tmp_path / "ut", "--why", "prøve", to=to).returncode == 1
    assert [path.name for path in tmp_path.iterdir()] == ["ut"]
