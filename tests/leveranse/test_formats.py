"""Each format, read by programs that others have written: what was written is what they read (spec.md 9, formats)."""

import csv
import hashlib
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import duckdb
import hypothesis.strategies as st
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat
import pytest
from fdtrygd.errors import UserError
from fdtrygd.leveranse import formats, stream
from fdtrygd.leveranse.catalogue import Days, Table, Variable
from fdtrygd.leveranse.formats import readstat
from fdtrygd.leveranse.formats.parquet import ROW_GROUP
from fdtrygd.leveranse.stream import Read
from hypothesis import HealthCheck, given, settings

import made_delivery as made

Rows = list[dict[str, Any]]

#: Rows with all that may stand in a column: Norwegian letters, quotes, commas, unknown codes, ends that are not known
ROWS: Rows = [
    {"lpnr": "p0", "hoved": "1", "ytelse": "SØ", "hovedarbstat": "HL", "tiltak": "IP", "regdato": date(2001, 5, 1),
     "regtom": None, "dager": None, "slutt_observert": False},
    {"lpnr": "p1", "hoved": "10", "ytelse": 'Å"', "hovedarbstat": ",;", "tiltak": "ÆØÅ,\"''",
     "regdato": date(2004, 2, 29), "regtom": None, "dager": 2**31 - 28, "slutt_observert": True},
    {"lpnr": "p2", "hoved": "99", "ytelse": None, "hovedarbstat": None, "tiltak": None, "regdato": None, "regtom": None,
     "dager": 0, "slutt_observert": None},
    {"lpnr": "p3", "hoved": None, "ytelse": "NA", "hovedarbstat": " x", "tiltak": "0012", "regdato": date(1899, 12, 31),
     "regtom": None, "dager": -5, "slutt_observert": None},
]  # fmt: skip


def written(folder: Path, read: Read, **differing: Any) -> Path:
    """The folder, with the table in its formats."""
    formats.write([read], made.described(read.table, **differing), folder)
    return folder


def plain(rows: Iterable[Mapping[str, Any]], table: Table) -> Rows:
    """The rows as Python has them, whatever stands for a missing value or a whole number where they come from."""

    def value(variable: Variable, of: Any) -> Any:
        if of is None or of is pd.NaT or of is pd.NA or (isinstance(of, float) and of != of):
            return None
        if isinstance(of, datetime):  # also pandas' Timestamp
            return of.date()
        if isinstance(of, (bool, str, date)):
            return of
        assert int(of) == of
        return int(of)

    return [{each.name: value(each, row[each.name]) for each in table.variables} for row in rows]


# Readers: the file's rows by a program's own types, and never by ours

DUCKDB = {"tekst": "VARCHAR", "dato": "DATE", "heltall": "INTEGER", "logisk": "BOOLEAN"}
POLARS = {"tekst": pl.String, "dato": pl.Date, "heltall": pl.Int32, "logisk": pl.Boolean}


def of_duckdb(query: str) -> Rows:
    relation = duckdb.sql(query)
    return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]


def csv_by_duckdb(path: Path, table: Table, days: type) -> Rows:
    types = {each.name: DUCKDB[kind(each, days)] for each in table.variables}
    return of_duckdb(f"FROM read_csv('{path}', header = true, columns = {types})")


def csv_by_polars(path: Path, table: Table, days: type) -> Rows:
    types = {each.name: POLARS[kind(each, days)] for each in table.variables}
    return pl.read_csv(path, schema=types).to_dicts()


def csv_by_pandas(path: Path, table: Table, days: type) -> Rows:
    types = {each.name: {"tekst": "str", "heltall": "Int64", "logisk": "boolean"}[kind(each, days)]
             for each in table.variables if kind(each, days) != "dato"}  # fmt: skip
    dates = [each.name for each in table.variables if kind(each, days) == "dato"]
    frame = pd.read_csv(path, dtype=types, keep_default_na=False, na_values=[""], encoding="utf-8")
    for name in dates:
        frame[name] = [None if pd.isna(day) else date.fromisoformat(day) for day in frame[name]]
    return frame.to_dict("records")


def kind(variable: Variable, days: type) -> str:
    return "heltall" if variable.type == "dato" and days is int else variable.type


def parquet_by_duckdb(path: Path, table: Table, days: type) -> Rows:
    return of_duckdb(f"FROM '{path}'")


def parquet_by_polars(path: Path, table: Table, days: type) -> Rows:
    return pl.read_parquet(path).to_dicts()


def parquet_by_pandas(path: Path, table: Table, days: type) -> Rows:
    return pd.read_parquet(path).to_dict("records")


def dta_by_pyreadstat(path: Path, table: Table, days: type) -> Rows:
    return pyreadstat.read_dta(path)[0].to_dict("records")


def dta_by_pandas(path: Path, table: Table, days: type) -> Rows:
    return pd.read_stata(path, convert_categoricals=False).to_dict("records")


def sav_by_pyreadstat(path: Path, table: Table, days: type) -> Rows:
    return pyreadstat.read_sav(path)[0].to_dict("records")


Reader = Callable[[Path, Table, type], Rows]
READERS: list[Reader] = [
    csv_by_duckdb, csv_by_polars, csv_by_pandas, parquet_by_duckdb, parquet_by_polars, parquet_by_pandas,
    dta_by_pyreadstat, dta_by_pandas, sav_by_pyreadstat,
]  # fmt: skip


def expected(rows: Rows, table: Table, of: str, days_as: Days) -> Rows:
    """What a reader of the format sees: in Stata and SPSS codes are numbers, yes is 1, and a missing text is blank."""

    def value(variable: Variable, was: Any) -> Any:
        if isinstance(was, date) and days_as != "dato":
            return int(f"{was:%Y%m%d}" if days_as == "tall" else f"{was:%Y%m}")
        if of in ("csv", "parquet"):
            return was
        if variable.as_number:
            return None if was is None else int(was)
        if variable.type == "logisk":
            return None if was is None else int(was)
        return "" if variable.type == "tekst" and was is None else was

    return [{each.name: value(each, row.get(each.name)) for each in table.variables} for row in rows]


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
@pytest.mark.parametrize("days_as", ["dato", "tall", "maaned"])
@pytest.mark.parametrize("rows", [ROWS, ROWS[:1], []], ids=["rows", "one row", "no row"])
def test_what_was_written_is_read(rows: Rows, days_as: Days, reader: Reader, tmp_path: Path) -> None:
    of = reader.__name__.split("_")[0]
    table = made.table(formats=(of,))
    folder = written(tmp_path, made.read(tmp_path, table, rows), days_as=days_as)
    found = plain(reader(folder / f"perioder.{of}", table, date if days_as == "dato" else int), table)
    assert found == expected(rows, table, of, days_as)
    assert [list(row) for row in found] == [[each.name for each in table.variables]] * len(rows)


def test_types_are_the_catalogues(tmp_path: Path) -> None:
    """Whatever is in them: a column of days without a day is one of days, a code that looks like a number is text."""
    folder = written(tmp_path, made.read(tmp_path, made.table(), [{"lpnr": "p0", "tiltak": "12"}]))
    parquet = pq.read_schema(folder / "perioder.parquet")
    assert [str(field.type) for field in parquet] == [
        "string", "string", "string", "string", "string", "date32[day]", "date32[day]", "int32", "bool",
    ]  # fmt: skip
    of_days = pl.read_parquet(folder / "perioder.parquet").schema
    assert (of_days["regtom"], of_days["tiltak"]) == (pl.Date, pl.String)
    _, dta = pyreadstat.read_dta(folder / "perioder.dta")
    assert dta.readstat_variable_types == {
        "lpnr": "string", "hoved": "int8", "ytelse": "string", "hovedarbstat": "string", "tiltak": "string",
        "regdato": "int32", "regtom": "int32", "dager": "int32", "slutt_observert": "int8",
    }  # fmt: skip
    assert {dta.original_variable_types[name] for name in ("regdato", "regtom")} == {"%td"}
    _, sav = pyreadstat.read_sav(folder / "perioder.sav")
    assert sav.original_variable_types == {
        "lpnr": "A17", "hoved": "F2.0", "ytelse": "A3", "hovedarbstat": "A2", "tiltak": "A10",
        "regdato": "DATE11", "regtom": "DATE11", "dager": "F8.0", "slutt_observert": "F8.0",
    }  # fmt: skip
    scales = {name for name, measure in sav.variable_measure.items() if measure == "scale"}
    assert scales == {"regdato", "regtom", "dager"}
    assert set(sav.variable_measure.values()) == {"scale", "nominal"}


def test_labels_and_code_lists(tmp_path: Path) -> None:
    folder = written(tmp_path, made.read(tmp_path, made.table(), ROWS))
    labels = {each.name: each.label for each in made.ALL}
    numbers = {"hoved": {1: "Helt ledige", 10: "Nedsatt arbeidsevne"}, "slutt_observert": {0: "nei", 1: "ja"}}
    # Of what tiltak means nothing can be said without hovedarbstat beside it
    texts = {
        "ytelse": {"DP": "Dagpenger", "SØ": "Søkt dagpenger"},
        "hovedarbstat": {"HL": "Helt ledig", "FS": "På tiltak"},
    }
    for meta, lists in (
        (pyreadstat.read_dta(folder / "perioder.dta")[1], numbers),  # Stata labels numbers alone
        (pyreadstat.read_sav(folder / "perioder.sav")[1], numbers | texts),
    ):
        assert meta.column_names_to_labels == labels
        assert meta.variable_value_labels == lists
        assert meta.file_label == "Perioder: én rad for hver tid"
    parquet = pq.read_schema(folder / "perioder.parquet")
    assert {field.name: field.metadata[b"label"].decode() for field in parquet} == labels
    head = duckdb.sql(f"SELECT value FROM parquet_kv_metadata('{folder}/perioder.parquet') WHERE key = 'fdtrygd'")
    ((content,),) = head.fetchall()
    assert '"utlevering": 7, "dato": "2026-03-01", "prosjekt": "prøve"' in content.decode()


def test_csv_letter_by_letter(tmp_path: Path) -> None:
    """UTF-8, comma, a header, ISO dates, line feeds; texts have quotes, and what is missing is nothing."""
    folder = written(tmp_path, made.read(tmp_path, made.table(formats=("csv",)), ROWS))
    assert (folder / "perioder.csv").read_bytes().decode() == (
        "lpnr,hoved,ytelse,hovedarbstat,tiltak,regdato,regtom,dager,slutt_observert\n"
        '"p0","1","SØ","HL","IP",2001-05-01,,,false\n'
        '"p1","10","Å""",",;","ÆØÅ,""\'\'",2004-02-29,,2147483620,true\n'
        '"p2","99",,,,,,0,\n'
        '"p3",,"NA"," x","0012",1899-12-31,,-5,\n'
    )


class Copying:
    """What reads from the server, where COPY gives this text."""

    def __init__(self, text: bytes) -> None:
        self.text = text

    def cursor(self) -> "Copying":
        return self

    def copy(self, query: object) -> "Copying":
        return self

    def __enter__(self) -> "Copying":
        return self

    def __exit__(self, *_: object) -> None: ...

    def __iter__(self) -> Iterator[bytes]:
        return iter([self.text])


@pytest.mark.parametrize(
    ("first", "second"), [(made.TILTAK, made.DAGER), (made.DAGER, made.TILTAK)], ids=["mid", "end"]
)
def test_an_empty_text_is_missing_like_none(tmp_path: Path, first: Variable, second: Variable) -> None:
    """COPY tells them apart, and no format does: where there is one, the CSV file is written anew."""
    table = made.table(made.LPNR, first, second)
    rows = [(b"", b"1"), (b'""', b"2"), (b'"NULL"', b"")]
    text = [b"p%d,%s,%s\n" % (at, *(row if second == made.DAGER else row[::-1])) for at, row in enumerate(rows)]
    copied: Any = Copying(b"".join(text))
    read = stream.read(copied, 7, table, tmp_path / "perioder.arrow", csv=tmp_path / "perioder.csv")
    assert read.digest == hashlib.sha256(copied.text).hexdigest()
    folder = written(tmp_path, read)
    lines = (folder / "perioder.csv").read_text(encoding="utf-8").splitlines()
    if second == made.DAGER:
        assert lines == ["lpnr,tiltak,dager", '"p0",,1', '"p1",,2', '"p2","NULL",']
    else:
        assert lines == ["lpnr,dager,tiltak", '"p0",1,', '"p1",2,', '"p2",,"NULL"']
    assert pl.read_parquet(folder / "perioder.parquet")["tiltak"].to_list() == [None, None, "NULL"]


@pytest.mark.parametrize(
    ("of", "labels"), [("dta", {}), ("sav", {"hoved": {"1": "Helt ledige", "10": "Nedsatt arbeidsevne"}})]
)
def test_codes_that_are_ordered_as_text(of: str, labels: dict[str, Any], tmp_path: Path) -> None:
    """`koder = "tekst"`: the database then says of no variable that it is a number."""
    table = made.table(made.LPNR, replace(made.HOVED, as_number=False), formats=(of,))
    rows: Rows = [{"lpnr": "p0", "hoved": "05"}, {"lpnr": "p1", "hoved": "5"}, {"lpnr": "p2", "hoved": "A1"}]
    folder = written(tmp_path, made.read(tmp_path, table, rows))
    frame, meta = {"dta": pyreadstat.read_dta, "sav": pyreadstat.read_sav}[of](folder / f"perioder.{of}")
    assert list(frame["hoved"]) == ["05", "5", "A1"]
    assert meta.variable_value_labels == labels


def test_a_text_longer_than_the_catalogue_says_is_whole(tmp_path: Path) -> None:
    """A letter of two bytes, an unknown code that is longer: the column gets the room that it needs."""
    table = made.table(made.LPNR, made.YTELSE, formats=("dta", "sav"))
    rows: Rows = [{"lpnr": "p0", "ytelse": "ØÅ"}, {"lpnr": "p1", "ytelse": "ÆØÅÆØÅÆØÅ"}]
    folder = written(tmp_path, made.read(tmp_path, table, rows))
    for frame, _ in (pyreadstat.read_dta(folder / "perioder.dta"), pyreadstat.read_sav(folder / "perioder.sav")):
        assert list(frame["ytelse"]) == ["ØÅ", "ÆØÅÆØÅÆØÅ"]


#: What a register's text may have: PostgreSQL's has no NUL, and no half of a character
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(st.none(), TEXTS), max_size=8))
def test_any_text(tmp_path: Path, texts: list[str | None]) -> None:
    """SPSS fills texts with blanks: those at the end of one cannot be told from them."""
    table = made.table(made.LPNR, made.TILTAK)
    rows: Rows = [{"lpnr": f"p{n}", "tiltak": text or None} for n, text in enumerate(texts)]
    folder = written(tmp_path, made.read(tmp_path, table, rows))
    with (folder / "perioder.csv").open(encoding="utf-8", newline="") as file:
        assert [row["tiltak"] for row in csv.DictReader(file, strict=True)] == [text or "" for text in texts]
    assert pl.read_parquet(folder / "perioder.parquet")["tiltak"].to_list() == [text or None for text in texts]
    if texts:
        dta, sav = pyreadstat.read_dta(folder / "perioder.dta")[0], pyreadstat.read_sav(folder / "perioder.sav")[0]
        assert list(dta["tiltak"]) == [text or "" for text in texts]
        assert list(sav["tiltak"]) == [(text or "").rstrip(" ") for text in texts]


# The same bytes


def checksums(folder: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
        if path.suffix != ".arrow"
    }


def many(folder: Path, rows: int, batch: int) -> Read:
    """So many rows, in batches of so many."""
    table = made.table()
    numbers = pa.array(range(rows))
    whole = pa.table(
        {
            each.name: {
                "tekst": pa.array([str(n % 97) for n in range(rows)]),
                "dato": numbers.cast(pa.int32()).cast(pa.date32()),
                "heltall": numbers.cast(pa.int32()),
                "logisk": pa.array([n % 3 == 0 for n in range(rows)]),
            }[each.type]
            for each in table.variables
        }
    )
    return made.kept(folder / f"{batch}.arrow", table, whole, batch)


def test_the_same_bytes_whatever_the_batches(tmp_path: Path) -> None:
    sums = []
    for batch in (1000, 777, 3000, 7):
        (folder := tmp_path / str(batch)).mkdir()
        sums.append(checksums(written(folder, many(tmp_path, 3000, batch))))
    assert sums[0].keys() == {f"perioder.{each}" for each in ("csv", "R", "sas", "parquet", "dta", "sav")}
    assert sums == sums[:1] * 4


def test_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    """Another hash of texts, another clock's zone, another language."""
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    written(here, made.read(here, made.table(), ROWS))
    program = (
        "import sys, pathlib; sys.path[:0] = ['tests/tools', 'tests/leveranse']; import made_delivery as made\n"
        "from test_formats import ROWS, written; folder = pathlib.Path(sys.argv[1])\n"
        "written(folder, made.read(folder, made.table(), ROWS))"
    )
    environment = {"PATH": "/usr/bin", "PYTHONHASHSEED": "1", "TZ": "Pacific/Auckland", "LC_ALL": "C"}
    subprocess.run([sys.executable, "-c", program, there], check=True, env=environment, cwd=Path(__file__).parents[2])
    assert checksums(here) == checksums(there)


def test_the_header_has_the_deliverys_date(tmp_path: Path) -> None:
    """In place of the time of writing: but for those 17 characters, the file is the same for every date."""
    read = made.read(tmp_path, made.table(formats=("dta", "sav")), ROWS)
    files: dict[str, set[bytes]] = {"dta": set(), "sav": set()}
    for dated, dta, sav in (
        (date(2026, 3, 1), b"01 Mar 2026 00:00", b"01 Mar 2600:00:00"),
        (date(2031, 12, 24), b"24 Dec 2031 00:00", b"24 Dec 3100:00:00"),
    ):
        folder = written(tmp_path, read, dated=dated)
        of_stata, of_spss = (folder / "perioder.dta").read_bytes(), (folder / "perioder.sav").read_bytes()
        assert b"<timestamp>\x11" + dta + b"</timestamp>" in of_stata
        assert of_spss[92 : 92 + 17] == sav
        made_at = datetime(dated.year, dated.month, dated.day)
        assert pyreadstat.read_dta(folder / "perioder.dta")[1].creation_time == made_at
        assert pyreadstat.read_sav(folder / "perioder.sav")[1].creation_time == made_at
        files["dta"].add(of_stata.replace(dta, b"", 1))
        files["sav"].add(of_spss.replace(sav, b"", 1))
    assert {name: len(contents) for name, contents in files.items()} == {"dta": 1, "sav": 1}


def test_a_library_that_writes_the_time_elsewhere_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readstat, "HEADER", 50)
    with pytest.raises(RuntimeError, match=r"writes the time elsewhere in a \.dta"):
        written(tmp_path, made.read(tmp_path, made.table(formats=("dta",)), ROWS))


# Row groups


@pytest.mark.parametrize(
    ("rows", "groups"),
    [
        (0, []),
        (1, [1]),
        (ROW_GROUP - 1, [ROW_GROUP - 1]),
        (ROW_GROUP, [ROW_GROUP]),
        (ROW_GROUP + 1, [ROW_GROUP, 1]),
        (2 * ROW_GROUP, [ROW_GROUP, ROW_GROUP]),
    ],
)
@pytest.mark.parametrize("batch", [50_000, ROW_GROUP, 3 * ROW_GROUP])
def test_row_groups(rows: int, groups: list[int], batch: int, tmp_path: Path) -> None:
    table = made.table(made.DAGER, formats=("parquet",))
    whole = pa.table({"dager": pa.array(range(rows), pa.int32())})
    folder = written(tmp_path, made.kept(tmp_path / "perioder.arrow", table, whole, batch))
    found = pq.ParquetFile(folder / "perioder.parquet").metadata
    assert [found.row_group(n).num_rows for n in range(found.num_row_groups)] == groups
    assert pl.read_parquet(folder / "perioder.parquet")["dager"].to_list() == list(range(rows))


# What must be installed


@pytest.mark.parametrize(
    ("missing", "ordered", "said"),
    [
        (["readstat_arrow"], ["sav"], "needs readstat-arrow, which"),
        (["readstat_arrow"], ["csv", "parquet"], None),
        (["pyarrow", "readstat_arrow", "jinja2"], ["csv", "dta"], "needs jinja2 and pyarrow and readstat-arrow, which"),
        (["jinja2"], ["no such format"], "needs jinja2, which"),
    ],
)
def test_what_is_not_installed_is_said_at_once(
    missing: list[str], ordered: list[str], said: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in missing:
        monkeypatch.setitem(sys.modules, name, None)
    if said is None:
        formats.require(ordered)
    else:
        with pytest.raises(UserError, match=said):
            formats.require(ordered)


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ({"tabell": [{"formater": ["csv", "dta"]}, {"formater": ["csv"]}]}, {"csv", "dta"}),
        ({"tabell": {"formater": ["csv"]}}, set()),  # what is wrong in an order the database says
        ({"tabell": ["x", {"formater": "csv"}, {"formater": 5}, {"formater": [1, None]}, {}]}, set()),
        ({}, set()),
    ],
)
def test_formats_that_an_order_names(content: dict[str, Any], named: set[str]) -> None:
    assert formats.ordered(content) == named


def test_a_repeat_that_cannot_be_written_is_not_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its formats stand in the database, which is asked in the transaction that begins it: that is taken back."""
    module = import_module("fdtrygd.leveranse.deliver")  # the package has the function of that name
    answers = iter([8, {"tabell": [{"formater": ["dta"]}]}])
    monkeypatch.setattr(module, "scalar", lambda *_: next(answers))
    monkeypatch.setitem(sys.modules, "readstat_arrow", None)
    taken_back = []

    class Connecting:
        @contextmanager
        def transaction(self) -> Iterator[None]:
            try:
                yield
            except UserError as error:
                taken_back.append(error)
                raise

    connection: Any = Connecting()
    with pytest.raises(UserError, match="needs readstat-arrow") as refused:
        module.redeliver(connection, 7, tmp_path / "igjen")
    assert taken_back == [refused.value]
