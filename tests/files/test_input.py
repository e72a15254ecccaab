"""fdtrygd/files: month files to the server. All fødselsnummer are made up (80 added to the month)."""

import codecs
import hashlib
import os
import re
import resource
import socket
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat
import pytest
from fdtrygd import settings
from fdtrygd.errors import UserError
from fdtrygd.files import COLUMNS, BadFile, Copied, MonthFile, copy_month, digest, find_month_files, modified
from fdtrygd.files import arrow as arrow_files
from fdtrygd.files import csv as csv_files
from fdtrygd.files.file import BLOCK

SAS = settings.ROOT / "tests" / "data" / "arbsok_200406.sas7bdat"
TABLE = "fdtrygd_test_input.raa_06"
HEADER = ",".join(COLUMNS)
ALL = f"SELECT {HEADER}, linje FROM {TABLE} ORDER BY linje"
ROW = "01860012345,HLUTANBB,40630,00012,1,101,06"
OTHER = "02860012346,DSUTANDP,40630,00400,2,,06"
VALUES = tuple(ROW.split(","))
OTHER_VALUES = tuple(OTHER.split(","))


@pytest.fixture(scope="session")
def raw_connection(test_server: str) -> Iterator[psycopg.Connection[Any]]:
    """A connection to a server that has an empty raw table."""
    with psycopg.connect(test_server) as connection:
        columns = ", ".join(f"{name} text" for name in COLUMNS)
        connection.execute("DROP SCHEMA IF EXISTS fdtrygd_test_input CASCADE")
        connection.execute("CREATE SCHEMA fdtrygd_test_input")
        connection.execute(f"CREATE TABLE {TABLE} (linje bigint GENERATED ALWAYS AS IDENTITY, {columns})")
        # As in the schema: a column that is not in the file is empty text, like an empty field
        connection.execute(f"ALTER TABLE {TABLE} ALTER as_gr SET DEFAULT '', ALTER as_f SET DEFAULT ''")
        connection.commit()
        yield connection
        connection.rollback()
        connection.execute("DROP SCHEMA fdtrygd_test_input CASCADE")


@pytest.fixture(autouse=True)
def _rollback(raw_connection: psycopg.Connection[Any]) -> Iterator[None]:
    yield
    raw_connection.rollback()


def month_file(path: Path, content: bytes | str) -> MonthFile:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return MonthFile(path, 2004, 6)


class Loader:
    """Writes a file, copies it, and shows what is in the table, or the sentence that refuses it."""

    def __init__(self, connection: psycopg.Connection[Any], directory: Path) -> None:
        self.connection = connection
        self.directory = directory

    def file(self, content: bytes | str | pa.Table, ending: str = "csv") -> MonthFile:
        path = self.directory / f"arbsok_200406.{ending}"
        if isinstance(content, pa.Table):
            pq.write_table(content, path.with_suffix(".parquet"))
            return MonthFile(path.with_suffix(".parquet"), 2004, 6)
        return month_file(path, content)

    def rows(self, file: MonthFile | bytes | str | pa.Table, **options: Any) -> list[tuple[Any, ...]]:
        file = file if isinstance(file, MonthFile) else self.file(file)
        told: list[int] = []
        copied = copy_month(self.connection, file, TABLE, progress=told.append, **options)
        content = file.path.read_bytes()
        written = modified(file.path.stat())
        assert copied == Copied(file, len(content), hashlib.sha256(content).hexdigest(), copied.records, written)
        assert sum(told) == len(content)
        assert min(told) >= 0
        found = self.connection.execute(ALL).fetchall()[-copied.records :]
        numbers = [row[-1] for row in found]
        assert numbers == list(range(numbers[0], numbers[0] + copied.records))
        return [row[:-1] for row in found]

    def refusal(self, file: MonthFile | bytes | str | pa.Table, table: str = TABLE, **options: Any) -> str:
        file = file if isinstance(file, MonthFile) else self.file(file)
        with pytest.raises(UserError) as caught:
            copy_month(self.connection, file, table, **options)
        self.connection.rollback()
        assert self.connection.execute(ALL).fetchall() == []
        message = str(caught.value)
        assert message.startswith(file.name)
        assert not re.search(r"[0-9]{11}", message)
        assert "HLUTAN" not in message
        assert caught.value.__cause__ is None
        assert caught.value.__suppress_context__ or caught.value.__context__ is None
        return message


@pytest.fixture
def load(raw_connection: psycopg.Connection[Any], tmp_path: Path) -> Loader:
    return Loader(raw_connection, tmp_path)


# The directory


def test_month_files_are_found_by_year_and_month(tmp_path: Path) -> None:
    names = (
        "arbsok_200406.csv",
        "ARBSOK_200405.Parquet",
        "arbsok_200312.SAS7BDAT",
        "notes.txt",
        "arbsok_2004.csv",
    )
    for name in names:
        month_file(tmp_path / name, "")
    found = find_month_files(tmp_path)
    assert [(year, list(months)) for year, months in found.items()] == [(2003, [12]), (2004, [5, 6])]
    assert found[2004][5] == MonthFile(tmp_path / "ARBSOK_200405.Parquet", 2004, 5)
    assert found[2003][12].name == "arbsok_200312.SAS7BDAT"


@pytest.mark.parametrize("name", ["arbsok_200406.xlsx", "arbsok_200406", "arbsok_200406.csv.gz"])
def test_unknown_ending(tmp_path: Path, name: str) -> None:
    month_file(tmp_path / name, "")
    with pytest.raises(UserError, match=rf"^{name}: a month file ends in \.csv, \.parquet, \.sas7bdat"):
        find_month_files(tmp_path)


@pytest.mark.parametrize("month", ["00", "13", "99"])
def test_no_such_month(tmp_path: Path, month: str) -> None:
    month_file(tmp_path / f"arbsok_2004{month}.csv", "")
    with pytest.raises(UserError, match=f"arbsok_2004{month}.csv: there is no month {month}"):
        find_month_files(tmp_path)


def test_two_files_for_a_month(tmp_path: Path) -> None:
    month_file(tmp_path / "arbsok_200406.csv", "")
    month_file(tmp_path / "arbsok_200406.parquet", "")
    with pytest.raises(UserError, match=r"arbsok_200406\.csv and arbsok_200406\.parquet"):
        find_month_files(tmp_path)


def test_no_directory(tmp_path: Path) -> None:
    month_file(tmp_path / "file", "")
    for directory, problem in (("none", "no directory"), ("file", "is a file"), ("", "no month files")):
        with pytest.raises(UserError, match=problem):
            find_month_files(tmp_path / directory)


def test_digest(tmp_path: Path) -> None:
    file = month_file(tmp_path / "arbsok_200406.csv", b"abc" * 1_000_000)
    assert digest(file) == (3_000_000, hashlib.sha256(b"abc" * 1_000_000).hexdigest())


# CSV that is fine


@pytest.mark.parametrize(
    "content",
    [
        f"{HEADER}\n{ROW}\n{OTHER}\n",
        f"{HEADER}\n{ROW}\n{OTHER}",
        f"{HEADER}\n{ROW}\n{OTHER}\n\n\n",
        f"{HEADER}\n{ROW}\n{OTHER}\n" + "\n" * 3 * BLOCK,
        f"{HEADER}\r\n{ROW}\r\n{OTHER}\r\n\r\n",
        f"{HEADER}\n{ROW}\r\n{OTHER}\r\n",
        f"{HEADER}\n{ROW}\n{OTHER}\n".replace(",", ";"),
        codecs.BOM_UTF8 + f"{HEADER}\n{ROW}\n{OTHER}\n".encode(),
        f"""'fnr' , " AS_STAT ", "dagdato",Ant_D_As,as_gr\t,as_f,mnd\n{ROW}\n{OTHER}\n""",
        f'{HEADER}\n"{ROW}"\n{OTHER}\n'.replace(f'"{ROW}"', ",".join(f'"{value}"' for value in VALUES)),
    ],
    ids=[
        "lf",
        "no-last-lf",
        "blank-lines",
        "many-blank-lines",
        "crlf",
        "lf-crlf",
        "semicolon",
        "bom",
        "header",
        "quoted",
    ],
)
def test_csv(load: Loader, content: bytes | str) -> None:
    assert load.rows(content) == [VALUES, OTHER_VALUES]


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_encodings(load: Loader, encoding: str) -> None:
    """Latin-1 is not valid UTF-8; the letter stands in the second block, where the first was plain ASCII."""
    many = f"{ROW}\n" * (2 * BLOCK // len(ROW))
    rows = load.rows(f"{HEADER}\n{many}{ROW}\n".replace(f"101,06\n{ROW}\n", "1ø1,06\n").encode(encoding))
    assert rows[-1] == (*VALUES[:5], "1ø1", "06")


def test_columns_in_any_order(load: Loader) -> None:
    lines = (",".join(reversed(line.split(","))) for line in (HEADER, ROW, OTHER))
    assert load.rows("\n".join(lines)) == [VALUES, OTHER_VALUES]


def test_extra_columns_are_ignored_and_the_order_kept(load: Loader) -> None:
    lines = (f"{number:011},{'x' * (number * 7919 % 900)},40630,12,,,06,{number}" for number in range(20_000))
    header = HEADER.replace("mnd", "mnd,kommune nr") + "\n"
    rows = load.rows(header + "\n".join(lines) + "\n\n")
    assert [row[0] for row in rows] == [f"{number:011}" for number in range(20_000)]
    assert {row[2:] for row in rows} == {("40630", "12", "", "", "06")}
    assert load.rows(header + ROW + ",1\n")[-1] == VALUES  # a second file in the same transaction


def test_extra_columns_with_latin1_and_crlf(load: Loader) -> None:
    content = f'år; "kommune; by";{HEADER.replace(",", ";")};\r\n1;"Ås;by";{ROW.replace(",", ";")};\r\n'
    assert load.rows(content.encode("latin-1")) == [VALUES]


def test_optional_columns(load: Loader) -> None:
    content = f"{HEADER}\n{ROW}\n".replace(",as_gr,as_f", "").replace(",1,101", "")
    assert load.rows(content, optional=frozenset({"as_gr", "as_f"})) == [(*VALUES[:4], "", "", "06")]
    load.connection.rollback()
    assert "lacks the column as_gr, as_f." in load.refusal(content)


def test_memory_does_not_grow_with_the_file(load: Loader) -> None:
    count = 60_000_000 // len(ROW)
    file = load.file(f"{HEADER}\n{ROW}\n")
    with file.path.open("ab") as stream:
        for _ in range(60):
            stream.write(f"{ROW}\n".encode() * (count // 60))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    tracemalloc.start()
    try:
        copied = copy_month(load.connection, file, TABLE)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert copied.size > 60_000_000
    assert copied.records == count // 60 * 60 + 1
    assert peak < 8_000_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 16_000  # KiB


# CSV that is not


@pytest.mark.parametrize("ending", ["csv", "parquet", "sas7bdat"])
def test_empty_file(load: Loader, ending: str) -> None:
    assert "is empty (0 bytes)" in load.refusal(load.file(b"", ending))


@pytest.mark.parametrize("content", [HEADER, f"{HEADER}\n", f"{HEADER}\r\n\r\n\r\n"])
def test_header_only(load: Loader, content: str) -> None:
    assert "no records" in load.refusal(content)


@pytest.mark.parametrize("content", [f"{ROW}\n{ROW}\n", "\n\n", f"{HEADER}\n{ROW}\n".replace(",", "\t")])
def test_no_header(load: Loader, content: str) -> None:
    assert f"lacks the column {', '.join(COLUMNS)}. The first line must name" in load.refusal(content)


def test_missing_columns(load: Loader) -> None:
    assert "lacks the column as_stat, mnd." in load.refusal("fnr,dagdato,ant_d_as,as_gr,as_f\n1,2,3,4,5\n")


def test_column_twice(load: Loader) -> None:
    assert "has the column fnr more than once" in load.refusal(f"FNR,{HEADER}\n1,{ROW}\n")


@pytest.mark.parametrize("bad", ["01860012345,HLUTANBB", f"{ROW},8", "", f"{ROW}\r"])
def test_wrong_number_of_fields(load: Loader, bad: str) -> None:
    message = load.refusal(f"{HEADER}\n{ROW}\n{ROW}\n{bad}\n{ROW}\n")
    assert ", line 4: not the 7 fields" in message


@pytest.mark.parametrize("many", [0, 40_000])
def test_cut_off(load: Loader, many: int) -> None:
    """The last line is short and has no end; with its end it is a line like others."""
    whole = f"{HEADER}\n{ROW}\n" + f"{OTHER}\n" * many
    line = many + 3
    message = load.refusal(f"{whole}{ROW[:20]}")
    assert message == f"arbsok_200406.csv: the file ends in the middle of line {line}: it is cut off. Fetch it again."
    assert f", line {line}: not the 7 fields" in load.refusal(f"{whole}{ROW[:20]}\n")
    assert f", line {line}: not the 7 fields" in load.refusal(f"{whole}{ROW},8")


def test_decimal_comma_without_quotation_marks(load: Loader) -> None:
    comma = ROW.replace(",00012,", ",12,00,")
    hint = "If its numbers have a decimal comma, separate the fields by semicolons"
    message = load.refusal(f"{HEADER}\n{comma}\n{comma}\n")
    assert ", line 2: not the 7 fields" in message
    assert hint in message
    assert hint not in load.refusal(f"{HEADER}\n{ROW},8,9\n")
    assert hint not in load.refusal(f"{HEADER}\n{comma}\n".replace(",", ";"))
    quoted = ROW.replace(",00012,", ',"12,00",')
    assert load.rows(f"{HEADER}\n{quoted}\n")[0][3] == "12,00"


@pytest.mark.parametrize("many", [1, 40_000])
@pytest.mark.parametrize("form", ["{0}\n{1}{0}\n{1}", "{0}\n{1}\ufeff{0}\n{1}", "\ufeff{0},more\r\n{1}{0},more\r\n{1}"])
def test_names_again(load: Loader, many: int, form: str) -> None:
    """Two files put together."""
    message = load.refusal(form.format(HEADER, f"{ROW}\n" * many))
    assert f", line {many + 2} repeats the names of the columns: the file is put together from several" in message


def test_wrong_number_of_fields_beside_extra_columns(load: Loader) -> None:
    message = load.refusal(f"{HEADER},more\n{ROW},1\n{ROW}\n{ROW},1\n")
    assert ", line 3: not the 8 fields" in message


def test_wrong_number_of_fields_before_an_open_quote(load: Loader) -> None:
    assert ", line 3: not the 7 fields" in load.refusal(f'{HEADER}\n{ROW}\n1,2\n{ROW}\n"{ROW}\n')


@pytest.mark.parametrize("many", [1, 40_000])
def test_open_quote(load: Loader, many: int) -> None:
    before, after = f'"{ROW[:11]}"{ROW[11:]}\n' * many, f"{ROW}\n" * many
    message = load.refusal(f'{HEADER}\n{before}01860012345,"HLUTANBB,,,,,\n{after}')
    assert f", line {many + 2}: a quotation mark is not closed" in message


def test_line_break_in_a_field(load: Loader) -> None:
    message = load.refusal(f'{HEADER}\n{ROW}\n01860012345,"HL\nUTANBB",40630,12,1,101,06\n{ROW}\n')
    assert ", line 3: a quotation mark is not closed" in message


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_end_of_data_mark(load: Loader, end: str) -> None:
    r"""PostgreSQL before 18 takes a line `\.` for the end and drops what follows without a word."""
    assert r", line 3: nothing but the end-of-data mark '\.'" in load.refusal(
        end.join((HEADER, ROW, r"\.", ROW, ROW, ""))
    )
    assert ", line 3: nothing but" in load.refusal(end.join((HEADER, ROW, r"\.")))


def test_end_of_data_mark_in_a_field_is_text(load: Loader) -> None:
    row = ROW.replace("101", r"\.")
    assert load.rows(f"{HEADER}\n{row}\n{ROW}\n")[0] == (*VALUES[:5], r"\.", "06")


def test_records_that_the_server_drops_are_missed(load: Loader, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same file, had the first pass not seen the mark: the numbers of lines and records differ."""
    monkeypatch.setattr(csv_files, "_FORBIDDEN", ())
    old = load.connection.info.server_version < 180_000
    message = load.refusal(f"{HEADER}\n{ROW}\n\\.\n{ROW}\n{ROW}\n")
    assert ("found 1 record in 4 lines" if old else "line 3: not the 7 fields") in message


@pytest.mark.parametrize("many", [1, 40_000])
def test_nul(load: Loader, many: int) -> None:
    row = ROW.replace("HL", "H\0")
    message = load.refusal(f"{HEADER}\n" + f"{ROW}\n" * many + f"{row}\n{ROW}\n")
    assert f", line {many + 2}: a NUL byte" in message


def test_carriage_return(load: Loader) -> None:
    assert ", line 1: a carriage return" in load.refusal(f"{HEADER}\r{ROW}\r")
    assert ", line 3: a carriage return" in load.refusal(f"{HEADER}\n{ROW}\n{ROW}\r{ROW}\n")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-16-be-bom"])
def test_wide_text(load: Loader, encoding: str) -> None:
    text = f"{HEADER}\n{ROW}\n"
    wide = codecs.BOM_UTF16_BE + text.encode("utf-16-be") if "bom" in encoding else text.encode(encoding)
    assert "UTF-16 or UTF-32" in load.refusal(wide)


def test_neither_utf8_nor_latin1(load: Loader) -> None:
    later = f"{ROW}\n" * (2 * BLOCK // len(ROW)) + f"{ROW}ø\n{ROW}€\n"
    message = load.refusal(f"{HEADER}\n{ROW}\n{ROW}ø\n{ROW}€\n{later}".encode("cp1252"))
    assert "neither UTF-8 (see line 3) nor Latin-1 (see line 4)" in message
    message = load.refusal(codecs.BOM_UTF8 + f"{HEADER}\n{ROW}ø\n".encode("latin-1"))
    assert "neither UTF-8 (see line 2) nor Latin-1 (see line 1)" in message


def test_very_long_field(load: Loader) -> None:
    message = load.refusal(f"{HEADER}\n{ROW}\n{ROW}{'9' * 5_000_000}\n{ROW}\n")
    assert ", line 3 is longer than a record can be" in message
    assert "line 1 is longer" in load.refusal(f"{HEADER}{'9' * 5_000_000}")


@pytest.mark.parametrize("ending", ["csv", "parquet", "sas7bdat"])
def test_what_is_no_file(load: Loader, ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Refused without being opened: a pipe, and many a device, would never answer."""
    path = load.directory / f"arbsok_200407.{ending}"

    def a_socket() -> None:
        with socket.socket(socket.AF_UNIX) as server:
            monkeypatch.chdir(load.directory)  # the path of a socket is short
            server.bind(path.name)

    kinds: dict[str, Callable[[], object]] = {
        "is a directory": path.mkdir,
        "is a pipe": lambda: os.mkfifo(path),
        "is a socket": a_socket,
        "is a device": lambda: path.symlink_to("/dev/zero"),
        "is a link to a file that is not there": lambda: path.symlink_to("nowhere"),
        "is a link that leads back to itself": lambda: path.symlink_to(path),
    }
    for said, make in kinds.items():
        make()
        file = MonthFile(path, 2004, 7)
        assert said in load.refusal(file)
        with pytest.raises(BadFile, match=said):
            digest(file)
        path.rename(load.directory / said)


def test_a_link_to_a_file_is_a_file(load: Loader) -> None:
    file = load.file(f"{HEADER}\n{ROW}\n")
    path = load.directory / "arbsok_200407.csv"
    path.symlink_to(file.path)
    assert load.rows(MonthFile(path, 2004, 7)) == [VALUES]


@pytest.mark.parametrize("ending", ["csv", "parquet", "sas7bdat"])
@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PermissionError(13, "Permission denied"), "permission"),
        (OSError(5, "Input/output error"), "Input/output"),
    ],
)
def test_unreadable(load: Loader, monkeypatch: pytest.MonkeyPatch, ending: str, error: OSError, said: str) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise error

    file = load.file(f"{HEADER}\n{ROW}\n", ending)
    monkeypatch.setattr(Path, "open", fail)
    message = load.refusal(file)
    assert "cannot be read" in message
    assert said in message


def test_file_is_gone(load: Loader) -> None:
    assert "No such file" in load.refusal(MonthFile(load.directory / "arbsok_200401.csv", 2004, 1))


def test_file_changes_meanwhile(load: Loader) -> None:
    file = load.file(f"{HEADER}\n{ROW}\n")

    def grow(_: int) -> None:
        with file.path.open("a") as stream:
            stream.write(f"{ROW}\n")

    assert "changed while it was read" in load.refusal(file, progress=grow)


def test_what_the_server_refuses(load: Loader) -> None:
    """The server quotes the record in CONTEXT and DETAIL; nothing of that is passed on."""
    load.connection.execute(
        f"CREATE TABLE fdtrygd_test_input.strict (LIKE {TABLE} INCLUDING IDENTITY, CHECK (mnd = '05'))"
    )
    load.connection.execute(f"CREATE TABLE fdtrygd_test_input.number (LIKE {TABLE} INCLUDING IDENTITY)")
    load.connection.execute("ALTER TABLE fdtrygd_test_input.number ALTER as_stat TYPE int USING NULL")
    load.connection.commit()
    for table, said in (
        ("strict", "line 2: the server broke off: CheckViolation."),
        ("number", "line 2: the server does not accept the text (InvalidTextRepresentation)"),
        ("none", 'the server broke off: relation "fdtrygd_test_input.none" does not exist'),
    ):
        assert said in load.refusal(f"{HEADER}\n{ROW}\n", f"fdtrygd_test_input.{table}")


# Parquet


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


def test_parquet_optional_columns(load: Loader) -> None:
    table = arrow().drop_columns(["as_gr", "as_f"])
    assert load.rows(table, optional=frozenset({"as_gr", "as_f"}))[0] == (*VALUES[:4], "", "", "06")
    load.connection.rollback()
    assert "lacks the column as_gr, as_f." in load.refusal(table)


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


# SAS


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


# Without the optional packages


@pytest.mark.parametrize(
    ("ending", "package", "extra"),
    [("parquet", "pyarrow", "parquet"), ("sas7bdat", "pyarrow", "sas"), ("sas7bdat", "pyreadstat", "sas")],
)
def test_package_is_not_installed(
    load: Loader, monkeypatch: pytest.MonkeyPatch, ending: str, package: str, extra: str
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    message = load.refusal(load.file(b"x", ending))
    assert f"pip install 'fdtrygd[{extra}]'" in message
