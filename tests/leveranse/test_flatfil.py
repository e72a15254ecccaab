"""The flat file of a year's miniregister (spec.md 9, the flat file): what it says, what it refuses, none of it or the
whole. It is read here by a reader of the tests' own, which goes by the description alone.
"""

import hashlib
import importlib
import itertools
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import psycopg
import pytest
from fdtrygd import lasting, leveranse, synthetic
from fdtrygd.db import database
from fdtrygd.errors import UserError
from fdtrygd.files import find_month_files
from psycopg import errors as pg
from pytest_postgresql.executors import NoopExecutor

from commands import start, typed
from conftest import Register, Silent, address, eventually, own_database
from ended import locked, until
from loaded import Files, load
from users import CALLABLE, READABLE, Connection, denied, names

#: The package offers the function of that name
module = importlib.import_module("fdtrygd.leveranse.flatfile")
#: The fields of the source's 2.3, with the miniregister's columns.
FIELDS = [
    ("fnr", 11, "Tekst", "fnr"),
    ("hoved", 1, "Tekst", "hoved"),
    ("arbstat", 2, "Tekst", "hovedarbstat"),
    ("tiltaka", 10, "Tekst", "tiltak"),
    ("stonad", 2, "Tekst", "ytelse"),
    ("dagdato", 8, "Dato1", "dagdato"),
    ("fdagdato", 8, "Dato1", "fdagdato"),
    ("mnd", 2, "Heltall", "extract(month FROM mnddato)::integer"),
    ("mrk_sys", 1, "Tekst", "mrk_sys"),
    ("mrk_fnr", 1, "Tekst", "mrk_fnr"),
    ("mrk_dl", 3, "Tekst", "mrk_dl::text"),
    ("ant_d_as_n", 5, "Heltall", "ant_d_as_n"),
    ("henddato", 8, "Dato1", "henddato"),
    ("as_f", 3, "Tekst", "as_f"),
    ("as_gr", 2, "Tekst", "as_gr"),
]
MINIREGISTER = ", ".join(f"{column} AS {name}" for name, _, _, column in FIELDS)
NAMESPACES = {
    "M": "http://www.ssb.no/ns/meta",
    "C": "http://www.ssb.no/ns/meta/common",
    "K": "http://www.ssb.no/ns/meta/codelist",
}
VALUES: dict[str, Callable[[str], Any]] = {
    "Tekst": str,
    "Heltall": int,
    "Dato1": lambda text: date(int(text[:4]), int(text[4:6]), int(text[6:])),
}
YEARS = range(2001, 2006)


def described(folder: Path, year: int) -> ElementTree.Element:
    return ElementTree.fromstring((folder / f"g{year}.xml").read_bytes())


def text(element: ElementTree.Element, path: str) -> str:
    found = element.findtext(path, namespaces=NAMESPACES)
    assert found, path
    return found


def fields(folder: Path, year: int) -> list[tuple[str, int, int, str]]:
    """Name, first character, length, type of each field, as the description has them."""
    return [
        (
            text(each, "M:Title"),
            int(text(each, "M:Properties/M:StartPosition")),
            int(text(each, "M:Properties/M:Length")),
            text(each, "M:Properties/M:Datatype"),
        )
        for each in described(folder, year).findall("M:ContextVariable", NAMESPACES)
    ]


def codes(folder: Path, year: int) -> dict[str, dict[str, str]]:
    """Title of a code list -> code -> text."""
    found: dict[str, dict[str, str]] = {}
    for each in described(folder, year).findall("M:ContextVariable/K:Codelist", NAMESPACES):
        title = text(each, "K:CodelistMeta/K:Title")
        assert title not in found
        pairs = [(text(c, "K:CodeValue"), text(c, "K:CodeText")) for c in each.findall("K:Codes/K:Code", NAMESPACES)]
        found[title] = dict(pairs)
        assert len(found[title]) == len(pairs) > 0
        assert text(each, "K:CodelistMeta/K:Description")
    return found


def lines(folder: Path, year: int) -> list[str]:
    whole = (folder / f"g{year}.dat").read_bytes().decode("iso-8859-1")
    assert whole.endswith("\n") or not whole
    return whole.split("\n")[:-1]


def read(folder: Path, year: int) -> list[dict[str, Any]]:
    """The records, by the places that the description gives them."""
    layout = fields(folder, year)
    records = []
    for line in lines(folder, year):
        record = {}
        for name, first, length, kind in layout:
            written = line[first - 1 : first - 1 + length].strip(" ")
            record[name] = VALUES[kind](written) if written else None
        records.append(record)
    return records


def miniregister(connection: Connection, year: int) -> list[dict[str, Any]]:
    with connection.cursor(row_factory=psycopg.rows.dict_row) as cursor:
        return cursor.execute(
            f"SELECT {MINIREGISTER} FROM trygdfob.miniregister WHERE aargang = %s"
            ' ORDER BY trygdfob.miniregister.fnr COLLATE "C", mnddato',
            [year],
        ).fetchall()


def log(connection: Connection, number: int | None = None) -> dict[str, Any]:
    """The log's row of a flat file, or its last one."""
    with connection.cursor(row_factory=psycopg.rows.dict_row) as cursor:
        row = cursor.execute(
            "SELECT * FROM leveranse.utlevering WHERE slag = 'flatfil' AND utlevering = coalesce(%s, utlevering)"
            " ORDER BY utlevering DESC LIMIT 1",
            [number],
        ).fetchone()
    return row or {}


def nothing_left(folder: Path) -> bool:
    return not any(folder.parent.iterdir())


@pytest.fixture(scope="module")
def sample(postgresql_noproc: NoopExecutor, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """The sample that `make load-year YEAR=2005` loads, all five years of it."""
    path = tmp_path_factory.mktemp("flat") / "files"
    synthetic.make(path)
    with own_database(postgresql_noproc, "flatfil") as connection:
        to = address(connection)
        connection.close()
        with database.connect(to) as connection:
            for year, files in sorted(find_month_files(path).items()):
                lasting.load_year(connection, year, files, synthetic=True, progress=Silent())
            yield connection


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """The folder to make, in a folder where nothing else is."""
    (tmp_path / "made").mkdir()
    return tmp_path / "made" / "g"


# What it says


@pytest.mark.parametrize("year", YEARS)
def test_it_is_the_miniregister(sample: Connection, out: Path, year: int) -> None:
    """Every record of the year, in the order of persons and months, with the fields of the source's 2.3."""
    done = leveranse.flatfile(sample, year, "arkiv", out)
    first = 1
    for found, (name, width, kind, _) in zip(fields(out, year), FIELDS, strict=True):
        assert found == (name, first, width, kind)
        first += width
    assert {len(line) for line in lines(out, year)} == {67}
    expected = miniregister(sample, year)
    assert len(expected) == done.rows > 29_000
    assert read(out, year) == expected


def test_months_before_the_series_are_in_it(sample: Connection, out: Path) -> None:
    leveranse.flatfile(sample, 2001, "arkiv", out)
    assert {record["mnd"] for record in read(out, 2001)} == set(range(1, 13))


def test_text_stands_left_numbers_right_and_what_is_missing_is_blank(sample: Connection, out: Path) -> None:
    leveranse.flatfile(sample, 2001, "arkiv", out)
    written = lines(out, 2001)
    by_field = {
        name: {line[first - 1 : first - 1 + length] for line in written} for name, first, length, _ in fields(out, 2001)
    }
    assert by_field["mrk_dl"] == {"   ", "32 "}
    assert by_field["mnd"] == {f"{month:2}" for month in range(1, 13)}
    assert "IP        " in by_field["tiltaka"]
    assert {" " * 5, "    0"} < by_field["ant_d_as_n"]
    assert " " * 8 in by_field["fdagdato"]


def test_only_its_owner_can_read_it(sample: Connection, out: Path) -> None:
    leveranse.flatfile(sample, 2003, "arkiv", out)
    assert {path.name: path.stat().st_mode & 0o777 for path in (out, *out.iterdir())} == {
        "g": 0o700,
        "g2003.dat": 0o600,
        "g2003.xml": 0o600,
    }


def test_the_same_again_is_the_same_bytes(sample: Connection, out: Path) -> None:
    """Whatever the session is set to."""
    first = leveranse.flatfile(sample, 2002, "arkiv", out)
    sample.execute("SET datestyle = 'German, DMY'; SET timezone = 'Pacific/Apia'")
    again = leveranse.flatfile(sample, 2002, "kontroll", out.with_name("again"))
    sample.execute("SET datestyle = 'ISO, YMD'; SET timezone = 'UTC'")
    assert again.files == first.files
    assert [path.read_bytes() for path in sorted(out.iterdir())] == [
        path.read_bytes() for path in sorted(out.with_name("again").iterdir())
    ]


def test_the_description_is_what_ssbs_reader_needs(sample: Connection, out: Path) -> None:
    """ASCII, whatever encoding its user has; a division; each field's identification, under which its list stands."""
    leveranse.flatfile(sample, 2004, "arkiv", out)
    whole = (out / "g2004.xml").read_bytes()
    assert whole.isascii()
    root = described(out, 2004)
    assert text(root, "M:ContactInformation/C:Division")
    variables = root.findall("M:ContextVariable", NAMESPACES)
    assert [each.get("id") for each in variables] == [f"g2004.{name}" for name, *_ in FIELDS]
    assert {each.get("datasetId") for each in variables} == {"g2004"}
    assert [text(each, "M:Description") for each in variables if text(each, "M:Title") in ("fnr", "stonad")] == [
        "Fødselsnummer",
        "Stønadstype",
    ]


def test_code_lists_are_those_of_the_year(sample: Connection, out: Path) -> None:
    """Each under its field's name; a code of tiltak that means several things says all of them."""
    leveranse.flatfile(sample, 2004, "arkiv", out)
    found = codes(out, 2004)
    assert found.keys() == {"hoved", "arbstat", "tiltaka", "stonad", "mrk_sys", "mrk_fnr", "as_f", "as_gr"}
    assert found["hoved"]["1"] == "Helt ledige"
    assert "15" not in found["hoved"]
    assert found["stonad"].keys() >= {"DP", "ID"}
    assert found["tiltaka"]["AMBF1"] == "AMB, avklarings- og attføringstiltak"
    assert found["tiltaka"]["ETAB"] == "FS: Andre / YH: Lønnstilskudd"


def test_a_code_without_a_text_is_no_code_of_the_description(clone: Connection, out: Path) -> None:
    """The reader drops it, or the list, without a word; and a text is one line that XML can hold."""
    clone.execute(
        "UPDATE trygdfob.ytelse SET tekst = ' ';"
        "INSERT INTO trygdfob.ytelse (kode, tekst) VALUES ('T1', ''), ('T2', '  '), ('', 'Uten kode'),"
        " ('T4', E'To\\nlinjer\\x01 <&> æ')"
    )
    leveranse.flatfile(clone, 2001, "arkiv", out)
    assert codes(out, 2001)["stonad"] == {"T4": "To linjer  <&> æ"}
    clone.execute("UPDATE trygdfob.ytelse SET tekst = ''")
    leveranse.flatfile(clone, 2001, "arkiv", out.with_name("again"))
    assert "stonad" not in codes(out.with_name("again"), 2001)


# The log


def test_the_log_says_who_why_and_what(sample: Connection, out: Path) -> None:
    done = leveranse.flatfile(sample, 2005, "  arkivet i Kongsvinger ", out)
    row = log(sample, done.number)
    assert (row["tilstand"], row["aargang"], row["begrunnelse"]) == ("ferdig", 2005, "arkivet i Kongsvinger")
    assert row["tall"] == {"rader": done.rows}
    assert row["kjoring"] == database.scalar(sample, "SELECT max(kjoring) FROM trygdfob.kjorelogg")
    assert row["versjoner"].keys() == {"fdtrygd", "objekter"}
    logged = sample.execute(
        "SELECT fil, bytes, sha256 FROM leveranse.utlevert_fil WHERE utlevering = %s ORDER BY fil", [done.number]
    ).fetchall()
    assert logged == [(file.name, file.size, file.sha256) for file in done.files]
    for path in out.iterdir():
        assert (path.name, path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest()) in logged


@pytest.mark.parametrize("why", ["", " \t", "om 158370 10133", "15837010133", "for 158370-10133, etter ønske"])
def test_it_must_be_said_why_and_of_nobody(sample: Connection, out: Path, why: str) -> None:
    before = log(sample)
    with pytest.raises(UserError, match=r"why is empty|may be a person's"):
        leveranse.flatfile(sample, 2005, why, out)
    assert log(sample) == before
    assert nothing_left(out)


@pytest.mark.parametrize("why", ["sak 2026/12345", "for 15837 personer og 10133 andre"])
def test_a_reason_may_have_numbers(sample: Connection, out: Path, why: str) -> None:
    leveranse.flatfile(sample, 2005, why, out)
    assert log(sample)["begrunnelse"] == why


# What it refuses


def test_a_year_that_is_not_loaded(sample: Connection, out: Path) -> None:
    before = log(sample)
    with pytest.raises(UserError, match=r"^2006 is not loaded\."):
        leveranse.flatfile(sample, 2006, "arkiv", out)
    assert log(sample) == before
    assert nothing_left(out)


def test_a_folder_that_is_there(sample: Connection, out: Path) -> None:
    before = log(sample)
    out.mkdir()
    with pytest.raises(UserError, match="there already"):
        leveranse.flatfile(sample, 2005, "arkiv", out)
    assert log(sample) == before
    assert not any(out.iterdir())


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("DELETE FROM trygdfob.miniregister WHERE fnr = (SELECT max(fnr) FROM trygdfob.miniregister)", "logged"),
        ("UPDATE trygdfob.kjorelogg SET antall = antall || '{\"nokkel_miniregister\": 1}'", "its load has logged 1"),
        ("DELETE FROM trygdfob.kjorelogg WHERE aargang = 2002", "its load has logged none"),
    ],
)  # fmt: skip
def test_other_records_than_were_loaded(clone: Connection, out: Path, change: str, found: str) -> None:
    clone.execute(change)
    with pytest.raises(UserError, match=found):
        leveranse.flatfile(clone, 2002, "arkiv", out)
    assert nothing_left(out)


def test_the_first_versions_run_log(clone: Connection, out: Path) -> None:
    """It had another name for the count."""
    clone.execute(
        "UPDATE trygdfob.kjorelogg SET antall = antall - 'nokkel_miniregister'"
        " || jsonb_build_object('lag_miniregister', antall -> 'nokkel_miniregister')"
    )
    leveranse.flatfile(clone, 2001, "arkiv", out)
    assert len(read(out, 2001)) == len(miniregister(clone, 2001))


# Widths and characters: both sides of each bound


@pytest.fixture(scope="module")
def groups(postgresql_noproc: NoopExecutor) -> Iterator[Connection]:
    """2008 and 2009, of ten persons: NAV's groups are 1 to 5 in 2008, and 1 to 15 in 2009."""
    with own_database(postgresql_noproc, "flatfilgrupper") as connection:
        database.prepare(connection, 1)
        register = Register(connection)
        register.set(serie_start=date(2008, 1, 1))
        for year, as_gr in ((2008, ("1", "2", "3", "4", "5")), (2009, ("1", "3", "6", "10", "15"))):
            register.load_year(year, {month: registered(year, month, as_gr) for month in lasting.MONTHS})
        connection.commit()
        connection.autocommit = True
        yield connection


def registered(year: int, month: int, as_gr: tuple[str, ...]) -> list[dict[str, str | None]]:
    """A record for each group."""
    numbers = ("15837010133", "01926510130", "15830410116", "01825510128", "21907010173")
    return [
        {"fnr": fnr, "as_stat": "FSVIKARBLEDSA", "dagdato": f"{year % 100:02}{month:02}20", "ant_d_as": "10",
         "as_gr": group, "mnd": str(month)}
        for fnr, group in zip(numbers, as_gr, strict=True)
    ]  # fmt: skip


#: The records of a year's May
MAY = "trygdfob.miniregister WHERE mnddato = make_date(%s, 5, 1)"


@pytest.fixture
def change(groups: Connection) -> Iterator[Callable[..., None]]:
    """Changes records of a year's May, one for each value; afterwards they are as they were."""
    undo: list[tuple[int, list[Any]]] = []
    columns = [column.name for column in groups.execute("SELECT * FROM trygdfob.miniregister").description or ()]

    def change(year: int, column: str, *values: Any) -> None:
        people = groups.execute(f"SELECT fnr FROM {MAY} ORDER BY fnr", [year]).fetchall()
        for value, (person,) in zip(values, people, strict=False):
            row = groups.execute(f"SELECT * FROM {MAY} AND fnr = %s", [year, person]).fetchone()
            undo.append((year, list(row or ())))
            groups.execute(
                f"UPDATE trygdfob.miniregister SET {column} = %s WHERE mnddato = make_date(%s, 5, 1) AND fnr = %s",
                [value, year, person],
            )

    yield change
    for year, row in reversed(undo):  # the first state of a record comes last
        groups.execute(f"DELETE FROM {MAY} AND fnr = %s", [year, row[0]])
        places = ", ".join(["%s"] * len(row))
        groups.execute(f"INSERT INTO trygdfob.miniregister ({', '.join(columns)}) VALUES ({places})", row)


def test_from_2009_on_hoved_is_two_wide(groups: Connection, out: Path) -> None:
    leveranse.flatfile(groups, 2008, "arkiv", out)
    assert {len(line) for line in lines(out, 2008)} == {67}
    assert read(out, 2008) == miniregister(groups, 2008)
    wide = out.with_name("wide")
    leveranse.flatfile(groups, 2009, "arkiv", wide)
    assert {len(line) for line in lines(wide, 2009)} == {68}
    assert fields(wide, 2009)[:3] == [("fnr", 1, 11, "Tekst"), ("hoved", 12, 2, "Tekst"), ("arbstat", 14, 2, "Tekst")]
    assert read(wide, 2009) == miniregister(groups, 2009)
    assert {record["hoved"] for record in read(wide, 2009)} == {"1", "3", "6", "10", "15"}
    assert "15" in codes(wide, 2009)["hoved"]
    assert "15" not in codes(out, 2008)["hoved"]


#: (year, column of the miniregister, the widest values that fit, values that do not, what is said of them)
BOUNDS = [
    (2008, "hoved", ["9"], ["10", "15"], "hoved does not fit its width of 1 in 2 records"),
    (2009, "hoved", ["15"], [], ""),
    (2008, "hovedarbstat", ["ÆØ"], [], ""),
    (2008, "tiltak", ["ABCDEFGHIJ", "ÆØÅæøåÿ¡¿·"], [], ""),
    (2008, "ytelse", ["ÅÅ"], [], ""),
    (2008, "as_f", ["ÿÿÿ"], [], ""),
    (2008, "as_gr", ["-1"], [], ""),
    (2008, "mrk_dl", [999, -99, 0], [1000, -100], "mrk_dl does not fit its width of 3 in 2 records"),
    (2008, "ant_d_as_n", [99_999, -9_999, 0], [100_000, -10_000],
     "ant_d_as_n does not fit its width of 5 in 2 records"),
    (2008, "henddato", [date(9999, 12, 31), date(1000, 1, 1)], ["10000-01-01", "0999-12-31", "infinity"],
     "henddato does not fit its width of 8 in 3 records"),
]  # fmt: skip


@pytest.mark.parametrize(("year", "column", "fit", "wide", "said"), BOUNDS, ids=lambda value: str(value)[:12])
def test_a_value_that_fits_is_written_and_no_other(
    groups: Connection,
    out: Path,
    change: Callable[..., None],
    year: int,
    column: str,
    fit: list[Any],
    wide: list[Any],
    said: str,
) -> None:
    change(year, column, *fit)
    leveranse.flatfile(groups, year, "arkiv", out)
    assert read(out, year) == miniregister(groups, year)
    if wide:
        change(year, column, *wide)
        refused = out.parent.with_name("refused")
        refused.mkdir()
        with pytest.raises(UserError) as caught:
            leveranse.flatfile(groups, year, "arkiv", refused / "g")
        assert str(caught.value) == (
            f"The miniregister of {year} does not fit the flat file: {said}. Nothing is written: no value is cut."
        )
        assert nothing_left(refused / "g")


def test_no_other_column_can_be_too_wide(groups: Connection) -> None:
    """What BOUNDS has no wide value for."""
    types = dict(
        groups.execute(
            "SELECT attname::text, atttypmod - 4 FROM pg_attribute WHERE attrelid = 'trygdfob.miniregister'::regclass"
            " AND atttypid = 'varchar'::regtype"
        ).fetchall()
    )
    found = {column: types[column] for _, _, kind, column in FIELDS if kind == "Tekst" and column in types}
    assert {column for (_, width, _, column) in FIELDS if found.get(column, 0) > width} == {"hoved"}
    assert len(found) == 9


@pytest.mark.parametrize("character", [" ", "~", "\u00a0", "å", "ÿ", '"', ",", "\\", "'", "%"])
def test_a_character_that_is_written(
    groups: Connection, out: Path, change: Callable[..., None], character: str
) -> None:
    """As it is: nothing is quoted, doubled or taken for a command."""
    change(2009, "tiltak", f"A{character}B", f"A{character}{character}N")
    leveranse.flatfile(groups, 2009, "arkiv", out)
    assert {len(line) for line in lines(out, 2009)} == {68}
    assert read(out, 2009) == miniregister(groups, 2009)


CONTROL = "a control character"
NOT_LATIN_1 = "a character that Latin-1 has not"


@pytest.mark.parametrize(
    ("character", "said"),
    [
        *((character, CONTROL) for character in "\x01\x02\t\n\r\x1f\x7f\x80\x85\x9f"),
        *((character, NOT_LATIN_1) for character in "\u0100€č\u2028\ufeff😀"),
    ],
)  # fmt: skip
def test_a_character_that_is_refused(
    groups: Connection, out: Path, change: Callable[..., None], character: str, said: str
) -> None:
    change(2009, "tiltak", f"A{character}", character, "fine")
    change(2009, "as_f", character)
    with pytest.raises(UserError) as caught:
        leveranse.flatfile(groups, 2009, "arkiv", out)
    assert str(caught.value).startswith(
        "The miniregister of 2009 does not fit the flat file: "
        f"tiltaka has {said} in 2 records; as_f has {said} in 1 record."
    )
    assert nothing_left(out)
    assert log(groups)["tilstand"] == "avbrutt"


def test_all_that_is_wrong_is_said_at_once(groups: Connection, out: Path, change: Callable[..., None]) -> None:
    change(2008, "hoved", "10")
    change(2008, "tiltak", "€\n")
    change(2008, "ant_d_as_n", 100_000)
    with pytest.raises(UserError) as caught:
        leveranse.flatfile(groups, 2008, "arkiv", out)
    assert (
        "hoved does not fit its width of 1 in 1 record; tiltaka has a character that Latin-1 has not in 1 record; "
        "tiltaka has a control character in 1 record; ant_d_as_n does not fit its width of 5 in 1 record."
    ) in str(caught.value)
    assert not any(fnr in str(caught.value) for (fnr,) in groups.execute("SELECT fnr FROM trygdfob.person"))


# Beside others, and ended


def in_a_thread(work: Callable[[], object]) -> tuple[threading.Thread, list[object]]:
    """The work under way, and what came of it."""
    results: list[object] = []

    def run() -> None:
        try:
            results.append(work())
        except BaseException as error:
            results.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    return thread, results


def test_unloading_waits_for_it(clone: Connection, out: Path) -> None:
    """The year's partition would be dropped from under its snapshot."""
    expected = miniregister(clone, 2002)
    to = address(clone)
    with database.connect(to) as writer, database.connect(to) as unloader:
        with locked(to, "flatfilfelt"):
            writing, written = in_a_thread(lambda: leveranse.flatfile(writer, 2002, "arkiv", out))
            until(clone, "pid = %s AND wait_event_type = 'Lock'", writer.info.backend_pid)
            unloading, unloaded = in_a_thread(lambda: lasting.unload_year(unloader, 2002))
            eventually(
                lambda: database.scalar(
                    clone, "SELECT %s = ANY (pg_blocking_pids(%s))", writer.info.backend_pid, unloader.info.backend_pid
                )
            )
        writing.join()
        unloading.join()
    assert isinstance(written[0], leveranse.FlatFile), written
    assert not isinstance(unloaded[0], BaseException)
    assert lasting.loaded_years(clone) == [2001]
    assert read(out, 2002) == expected


def test_loading_does_not_wait_for_it(clone: Connection, out: Path, files: Files) -> None:
    """Nor it for the load: the next year is put in place beside it."""
    expected = miniregister(clone, 2002)
    to = address(clone)
    with database.connect(to) as writer, database.connect(to) as loading:
        with locked(to, "flatfilfelt"):
            writing, written = in_a_thread(lambda: leveranse.flatfile(writer, 2002, "arkiv", out))
            until(clone, "pid = %s AND wait_event_type = 'Lock'", writer.info.backend_pid)
            load(loading, 2003, files)
            assert lasting.loaded_years(clone) == [2001, 2002, 2003]
            assert writing.is_alive()
        writing.join()
    assert isinstance(written[0], leveranse.FlatFile), written
    assert read(out, 2002) == expected


def test_a_year_that_is_unloaded_before_it_can_be_read(clone: Connection, out: Path) -> None:
    """It waits for the unloading, and then the year is not there."""
    to = address(clone)
    with database.connect(to) as writer, database.connect(to) as unloader:
        with unloader.transaction():
            unloader.execute("SELECT arbsok_lasting.ta_tilbake_aargang(2002)")
            writing, written = in_a_thread(lambda: leveranse.flatfile(writer, 2002, "arkiv", out))
            until(clone, "pid = %s AND wait_event_type = 'Lock'", writer.info.backend_pid)
        writing.join()
    assert isinstance(written[0], UserError)
    assert str(written[0]).startswith("2002 is not loaded.")
    assert nothing_left(out)


def test_killed_before_its_files_are_in_place(clone: Connection, out: Path) -> None:
    """Nothing but the hidden folder; the next one removes it."""
    to = address(clone)
    with locked(to, "flatfilfelt"):
        process = start("flatfile", 2002, "--out", out, "--why", "arkiv", to=to, environment={})
        pid = until(clone, "wait_event_type = 'Lock'")
        process.kill()
        process.communicate()
        clone.execute("SELECT pg_terminate_backend(%s, 60000)", [pid])
    assert not out.exists()
    assert [path.name for path in out.parent.iterdir()] == [".g.begynt"]
    assert log(clone)["tilstand"] == "begynt"
    done = typed("flatfile", 2002, "--out", out, "--why", "arkiv", to=to)
    assert done.returncode == 0, done.stderr
    assert [path.name for path in out.parent.iterdir()] == ["g"]
    assert read(out, 2002) == miniregister(clone, 2002)
    assert log(clone)["tilstand"] == "ferdig"


def test_killed_before_the_log_says_so(clone: Connection, out: Path) -> None:
    """The whole file is there, and the log's row stands as begun."""
    to = address(clone)
    with locked(to, "utlevert_fil"):
        process = start("flatfile", 2002, "--out", out, "--why", "arkiv", to=to, environment={})
        pid = until(clone, "wait_event_type = 'Lock'")
        process.kill()
        process.communicate()
        clone.execute("SELECT pg_terminate_backend(%s, 60000)", [pid])
    assert read(out, 2002) == miniregister(clone, 2002)
    assert log(clone)["tilstand"] == "begynt"


def test_stopped_in_the_middle_of_its_lines(clone: Connection, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a full disk."""

    def some(lines: Iterator[Any]) -> Iterator[bytes]:
        for _ in range(3):
            yield b"".join(itertools.islice(lines, 10))
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "stream", SimpleNamespace(blocks=some))
    with pytest.raises(UserError, match="No space left"):
        leveranse.flatfile(clone, 2002, "arkiv", out)
    assert nothing_left(out)


# Who may


@pytest.fixture
def unlogged(owner: Connection) -> Iterator[None]:
    """The log of the database that tests of roles share is left empty."""
    yield
    owner.execute("DELETE FROM leveranse.utlevert_fil; DELETE FROM leveranse.utlevering")


@pytest.mark.usefixtures("unlogged")
def test_whoever_loads_makes_it_and_sees_nothing_else_of_deliveries(
    owner: Connection, loader: Connection, logins: dict[str, str], out: Path
) -> None:
    done = leveranse.flatfile(loader, 2002, "arkiv", out)
    assert read(out, 2002) == miniregister(owner, 2002)
    assert log(owner, done.number)["bruker"] == logins["laster"]
    theirs = names(owner, "SELECT proname::text FROM pg_proc WHERE pronamespace::regnamespace::text LIKE 'leveranse%'")
    assert names(loader, CALLABLE) & theirs == {
        "avbryt_utlevering", "begynn_flatfil", "forbered_flatfil", "fullfor_utlevering"
    }  # fmt: skip
    tables = names(owner, "SELECT relname::text FROM pg_class WHERE relnamespace::regnamespace::text LIKE 'leveranse%'")
    assert names(loader, READABLE) & tables == set()


@pytest.mark.parametrize("role", ["analytiker", "fnr", "utlevering"])
def test_nobody_else(as_role: Callable[[str], Connection], role: str) -> None:
    denied(as_role(role), "SELECT leveranse.begynn_flatfil(2002, 'arkiv', '{}')")
    denied(as_role(role), "SELECT leveranse.forbered_flatfil(1)")


@pytest.mark.usefixtures("unlogged")
def test_one_alone_goes_on_with_what_he_has_begun(
    owner: Connection, loader: Connection, logins: dict[str, str]
) -> None:
    """And what is no flat file is not begun here."""
    begun = database.scalar(owner, "SELECT leveranse.begynn_flatfil(2002, 'arkiv', '{}')")
    with pytest.raises(psycopg.Error, match=f"is none that {logins['laster']} has begun") as caught:
        loader.execute("SELECT leveranse.forbered_flatfil(%s)", [begun])
    assert caught.value.sqlstate == "FD007"
    with pytest.raises(psycopg.Error, match="has begun"):
        loader.execute("SELECT leveranse.fullfor_utlevering(%s, NULL, '{}', '[]', '[]')", [begun])
    denied(loader, "SELECT leveranse.flatfilfeil(2002)")


@pytest.mark.usefixtures("unlogged")
def test_it_reads_one_state(loader: Connection) -> None:
    """Without it a year that is loaded or taken back meanwhile would be half there."""
    begun = database.scalar(loader, "SELECT leveranse.begynn_flatfil(2002, 'arkiv', '{}')")
    with pytest.raises(psycopg.Error, match="one state"):
        loader.execute("SELECT leveranse.forbered_flatfil(%s)", [begun])


def test_the_lock_needs_no_more_than_reading(loader: Connection) -> None:
    """On every server version; the stronger ones are not the loader's."""
    with loader.transaction():
        loader.execute("LOCK TABLE trygdfob.miniregister IN ACCESS SHARE MODE")
    with pytest.raises(pg.InsufficientPrivilege), loader.transaction():
        loader.execute("LOCK TABLE trygdfob.miniregister IN SHARE MODE")


def test_the_command_says_what_it_made(clone: Connection, out: Path) -> None:
    to = address(clone)
    done = typed("flatfile", 2001, "--out", out, "--why", "arkiv", to=to)
    count = len(miniregister(clone, 2001))
    assert done.returncode == 0, done.stderr
    assert f"{count:,} records".replace(",", " ") in done.stdout
    assert "fødselsnummer" in done.stderr
    refused = typed("flatfile", 2004, "--out", out.with_name("h"), "--why", "arkiv", to=to)
    assert refused.returncode == 1
    assert refused.stderr.startswith("fdtrygd: 2004 is not loaded.")
    assert not out.with_name("h").exists()


def test_progress_is_told_of_every_line(clone: Connection, out: Path) -> None:
    told: list[tuple[str, int]] = []
    done = leveranse.flatfile(clone, 2001, "arkiv", out, lambda file, lines: told.append((file, lines)))
    assert {file for file, _ in told} == {"g2001.dat"}
    assert sum(count for _, count in told) == done.rows
