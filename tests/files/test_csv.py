"""Month files as CSV: which are fine, and the sentence that refuses the others."""

import codecs
import resource
import tracemalloc

import pytest
from fdtrygd.files import COLUMNS, copy_month
from fdtrygd.files import csv as csv_files
from fdtrygd.files.file import BLOCK

from month_file import (
    HEADER,
    OTHER,
    OTHER_VALUES,
    ROW,
    TABLE,
    VALUES,
    Loader,
)


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
    assert "lacks the columns as_gr, as_f." in load.refusal(content)


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


@pytest.mark.parametrize("content", [HEADER, f"{HEADER}\n", f"{HEADER}\r\n\r\n\r\n"])
def test_header_only(load: Loader, content: str) -> None:
    assert "no records" in load.refusal(content)


@pytest.mark.parametrize("content", [f"{ROW}\n{ROW}\n", "\n\n", f"{HEADER}\n{ROW}\n".replace(",", "\t")])
def test_no_header(load: Loader, content: str) -> None:
    assert f"lacks the columns {', '.join(COLUMNS)}. The first line must name" in load.refusal(content)


def test_missing_columns(load: Loader) -> None:
    assert "lacks the columns as_stat, mnd." in load.refusal("fnr,dagdato,ant_d_as,as_gr,as_f\n1,2,3,4,5\n")


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
