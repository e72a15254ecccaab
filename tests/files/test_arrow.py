"""Month files as Parquet and as SAS data sets."""

import re
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat
import pytest
from fdtrygd.files import COLUMNS
from fdtrygd.files import arrow as arrow_files

from month_file import HEADER, OTHER_VALUES, ROW, SAS, VALUES, Loader


def arrow(**columns: pa.Array) -> pa.Table:
    """Two records; a column given here takes the place of the text."""
    text = {name: pa.array(pair) for name, *pair in zip(COLUMNS, VALUES, OTHER_VALUES, strict=True)}
    return pa.table({**text, **columns})


def text_of(kind: pa.DataType) -> Callable[[], pa.Table]:
    return lambda: pa.table({name: column.cast(kind) for name, column in zip(COLUMNS, arrow(), strict=True)})


@pytest.mark.parametrize(
    "table",
    [
        arrow,
        lambda: arrow().rename_columns([f" {name.upper()}" for name in COLUMNS]),
        lambda: arrow(annet=pa.array([[1], [2]])).select(["annet", *reversed(COLUMNS)]),
        text_of(pa.large_string()),
        text_of(pa.string_view()),
        text_of(pa.dictionary(pa.int32(), pa.string())),
        lambda: arrow(dagdato=pa.array([40630, 40630])),
        lambda: arrow(dagdato=pa.array([40630, 40630], pa.int32()).dictionary_encode()),
        lambda: arrow(dagdato=pa.array([40630.0, 40630.0])),
        lambda: arrow(dagdato=pa.array([Decimal(40630)] * 2, pa.decimal128(12, 4))),
    ],
    ids=[
        "plain",
        "names",
        "extra",
        "large",
        "view",
        "dictionary",
        "int",
        "int-dictionary",
        "float",
        "decimal",
    ],
)
def test_parquet(load: Loader, table: Callable[[], pa.Table]) -> None:
    assert load.rows(table()) == [VALUES, OTHER_VALUES]


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (pa.array([12.5, float("nan")]), ("12.5", "")),
        (pa.array([-1.0, 1e300], pa.float64()), ("-1", "1e+300")),
        (pa.array([12, 2.5], pa.float32()), ("12", "2.5")),
        (pa.array([Decimal("12.50"), None]), ("12.50", "")),
        (pa.array([2**63, None], pa.uint64()), ("9223372036854775808", "")),
        (pa.nulls(2), ("", "")),
        (pa.array(["", r"\."]), ("", r"\.")),
        (pa.array(['a"b', "a,\r\nb"]), ('a"b', "a,\r\nb")),
    ],
)
def test_parquet_values(load: Loader, column: pa.Array, expected: tuple[str | None, ...]) -> None:
    assert tuple(row[3] for row in load.rows(arrow(ant_d_as=column))) == expected


def test_parquet_in_many_batches(load: Loader) -> None:
    count = 3 * arrow_files.PARQUET_BATCH + 1
    numbers = pa.array(range(count)).cast(pa.string())
    table = pa.table(dict.fromkeys(COLUMNS, pa.nulls(count)) | {"fnr": numbers})
    assert [row[0] for row in load.rows(table)] == [str(number) for number in range(count)]


#: The records of a Parquet file as they are read for COPY; then, whether pandas is in memory
READING = """
import sys
from pathlib import Path
from fdtrygd.files import COLUMNS, MonthFile, arrow
file = MonthFile(Path(sys.argv[1]), 2001, 1)
_, columns, batches = arrow._open_parquet(file, COLUMNS, frozenset())
for batch in batches:
    texts = [arrow._text(file, name, batch.column(name), 0) for name in columns]
print(len(texts), "pandas" in sys.modules)
"""


def test_parquet_is_read_without_pandas(tmp_path: Path) -> None:
    """pyarrow imports it by itself where it is given a Python value: 50 MB of the program's memory."""
    pq.write_table(arrow(dagdato=pa.array([40630, 40630])), tmp_path / "arbsok_200101.parquet")
    reading = [sys.executable, "-c", READING, tmp_path / "arbsok_200101.parquet"]
    done = subprocess.run(reading, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(len(COLUMNS)), "False"]


def test_parquet_optional_columns(load: Loader) -> None:
    table = arrow().drop_columns(["as_gr", "as_f"])
    assert load.rows(table, optional=frozenset({"as_gr", "as_f"}))[0] == (*VALUES[:4], "", "", "06")
    load.connection.rollback()
    assert "lacks the columns as_gr, as_f." in load.refusal(table)


def test_parquet_column_twice(load: Loader) -> None:
    assert "has the column mnd more than once" in load.refusal(arrow(MND=pa.array(["06", "06"])))


def test_parquet_without_records(load: Loader) -> None:
    assert "no records" in load.refusal(arrow().slice(0, 0))


@pytest.mark.parametrize(
    "column",
    [pa.array([1860012345, None]), pa.array([1860012345.0, None]), pa.array([Decimal(1860012345), None])],
)
def test_fnr_as_a_number(load: Loader, column: pa.Array) -> None:
    assert "fnr is a number" in load.refusal(arrow(fnr=column))
    assert "fnr is a number" in load.refusal(arrow(fnr=column.dictionary_encode()))


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        (pa.array([12_000, None], pa.date32()), "date32[day]"),
        (pa.array([12_000, None], pa.timestamp("us")), "timestamp[us]"),
        (pa.array([True, None]), "bool"),
        (pa.array([b"40630", None]), "binary"),
        (pa.array([[40630], None]), "list<"),
        (pa.array([{"a": 40630}, None]), "struct<"),
    ],
)
def test_types_that_are_no_text(load: Loader, column: pa.Array, kind: str) -> None:
    assert f"the column dagdato is of type {kind}" in load.refusal(arrow(dagdato=column))


def test_parquet_nul(load: Loader) -> None:
    message = load.refusal(arrow(as_stat=pa.array(["HLUTANBB", "HLU\0TANBB"])))
    assert ", record 2: a NUL byte in as_stat" in message


def test_parquet_very_long_field(load: Loader) -> None:
    message = load.refusal(arrow(as_stat=pa.array(["HLUTANBB", "9" * 5_000_000])))
    assert ", record 2: as_stat is too long" in message


def test_parquet_text_that_is_not_utf8(load: Loader) -> None:
    assert "is damaged" in load.refusal(arrow(as_stat=pa.array([b"HL\xff", b"HL"]).view(pa.string())))


@pytest.mark.parametrize("share", [0.01, 0.5, 0.99])
def test_parquet_cut_short(load: Loader, share: float) -> None:
    whole = load.file(arrow()).path.read_bytes()
    assert "is damaged, cut short or not a Parquet file" in load.refusal(
        load.file(whole[: int(len(whole) * share)], "parquet")
    )


def test_parquet_damaged_inside(load: Loader) -> None:
    """The footer is whole, so that the damage shows only when COPY is under way."""
    whole = load.file(arrow()).path.read_bytes()
    assert "is damaged" in load.refusal(load.file(whole[:4] + b"\xff" * 60 + whole[64:], "parquet"))


def test_parquet_is_something_else(load: Loader) -> None:
    assert "not a Parquet file" in load.refusal(load.file(f"{HEADER}\n{ROW}\n", "parquet"))


def test_sas(load: Loader) -> None:
    rows = load.rows(load.file(SAS.read_bytes(), "sas7bdat"))
    assert len(rows) == 20
    assert rows[0] == ("22867605359", "HLUTANBB", "", "00361", "1", "", "06")
    assert rows[1] == ("16895949101", "HLUTANDP", "40630", "00073", "1", "101", "06")
    assert [row[4] for row in rows[:7]] == ["1", "1", "2", "2", "5", "3", ""]
    assert all(re.fullmatch(r"[0-9]{2}[89][0-9]{8}", row[0]) for row in rows)  # synthetic


def test_sas_in_many_batches(load: Loader, monkeypatch: pytest.MonkeyPatch) -> None:
    file = load.file(SAS.read_bytes(), "SAS7BDAT")
    whole = load.rows(file)
    load.connection.rollback()
    monkeypatch.setattr(arrow_files, "SAS_BATCH", 7)
    assert load.rows(file) == whole


@pytest.mark.parametrize("size", [1, 1000, 4096, 8192, 12_288, 16_383])
def test_sas_cut_short(load: Loader, size: int) -> None:
    content = SAS.read_bytes()
    assert len(content) > size
    assert "is damaged, cut short or not a SAS file" in load.refusal(load.file(content[:size], "sas7bdat"))


def in_encoding(number: int, text: bytes = b"HLUTANBB") -> bytes:
    """The SAS file as if it were in the encoding of that number in SAS's list, with other bytes for a status code."""
    content = SAS.read_bytes()
    assert content[70] == 20  # UTF-8
    return content[:70] + bytes([number]) + content[71:].replace(b"HLUTANBB", text)


def test_sas_in_another_encoding(load: Loader) -> None:
    """A sound file is not called damaged."""
    for latin1 in (29, 62):
        assert load.rows(load.file(in_encoding(latin1, b"HL\xc6TANBB"), "sas7bdat"))[0][1] == "HLÆTANBB"
        load.connection.rollback()
    message = load.refusal(load.file(in_encoding(55), "sas7bdat"))
    assert message.startswith(
        "arbsok_200406.sas7bdat is in an encoding that cannot be read here. Write the data set in UTF-8"
    )
    message = load.refusal(load.file(in_encoding(20, b"HL\xc6TANBB"), "sas7bdat"))
    assert message.startswith("arbsok_200406.sas7bdat: its text is not in the encoding that the file names. Write the")


def test_sas_is_something_else(load: Loader) -> None:
    assert "not a SAS file" in load.refusal(load.file(f"{HEADER}\n{ROW}\n", "sas7bdat"))


def change_sas(monkeypatch: pytest.MonkeyPatch, change: Callable[[Any, Any], None]) -> None:
    """What pyreadstat says about a file, altered: public tools write no such files."""
    read = pyreadstat.read_sas7bdat

    def altered(*arguments: Any, **options: Any) -> tuple[Any, Any]:
        data, metadata = read(*arguments, **options)
        change(data, metadata)
        return data, metadata

    monkeypatch.setattr(pyreadstat, "read_sas7bdat", altered)


def test_sas_with_fewer_records_than_it_says(load: Loader, monkeypatch: pytest.MonkeyPatch) -> None:
    change_sas(monkeypatch, lambda data, metadata: setattr(metadata, "number_rows", 21))
    message = load.refusal(load.file(SAS.read_bytes(), "sas7bdat"))
    assert "says it has 21 records and has 20" in message


def test_sas_without_records(load: Loader, monkeypatch: pytest.MonkeyPatch) -> None:
    change_sas(monkeypatch, lambda data, metadata: setattr(metadata, "number_rows", 0))
    assert "no records" in load.refusal(load.file(SAS.read_bytes(), "sas7bdat"))


def test_sas_fnr_as_a_number(load: Loader, monkeypatch: pytest.MonkeyPatch) -> None:
    change_sas(monkeypatch, lambda data, metadata: data.update(fnr=[1860012345.0] * 20))
    assert "fnr is a number (double)" in load.refusal(load.file(SAS.read_bytes(), "sas7bdat"))
