"""What a format cannot hold is refused before anything is written, all of it at once; up to the limit it is whole."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pyreadstat
import pytest
from fdtrygd.errors import UserError
from fdtrygd.leveranse import formats
from fdtrygd.leveranse.catalogue import Code, Table, Variable
from fdtrygd.leveranse.formats.limits import LIMITS, beyond
from fdtrygd.leveranse.measured import Measured
from fdtrygd.leveranse.stream import Read
from psycopg.rows import dict_row

import made_delivery as made

Rows = list[dict[str, Any]]
ONE: Rows = [{"lpnr": "p0", "hoved": "1", "ytelse": "DP", "dager": 1}]


def coded(variable: Variable, code: str, text: str) -> Variable:
    return replace(variable, codes=(Code(code, text),))


def labelled(text: str) -> tuple[Table, Rows]:
    return made.table(made.LPNR, replace(made.YTELSE, label=text)), ONE


def titled(text: str) -> tuple[Table, Rows]:
    return made.table(made.LPNR, title=text), ONE


def named(name: str) -> tuple[Table, Rows]:
    return made.table(made.LPNR, replace(made.DAGER, name=name)), [{"lpnr": "p0", name: 1}]


def number_text(text: str) -> tuple[Table, Rows]:
    return made.table(made.LPNR, coded(made.HOVED, "1", text)), ONE


def text_text(text: str) -> tuple[Table, Rows]:
    return made.table(made.LPNR, coded(made.YTELSE, "DP", text)), ONE


def value(text: str) -> tuple[Table, Rows]:
    return made.table(made.LPNR, made.YTELSE), [*ONE, {"lpnr": "p1", "ytelse": text}]


def whole(number: int) -> tuple[Table, Rows]:
    return made.table(made.LPNR, made.DAGER), [*ONE, {"lpnr": "p1", "dager": number}]


def code(text: str) -> tuple[Table, Rows]:
    return made.table(made.LPNR, made.HOVED), [*ONE, {"lpnr": "p1", "hoved": text}]


#: Format, what is made of which value, the last one that fits, the first that does not, and what is said of it
CASES: list[tuple[str, Callable[[Any], tuple[Table, Rows]], Any, Any, str]] = [
    ("dta", labelled, 80 * "Å", 81 * "a", "the label of ytelse has 81 characters; Stata takes 80"),
    ("sav", labelled, 128 * "Å", 128 * "Å" + "a", "the label of ytelse has 257 bytes; SPSS takes 256"),
    ("dta", titled, 80 * "Å", 81 * "a", "the table's title has 81 characters; Stata takes 80"),
    ("sav", titled, 32 * "Å", 32 * "Å" + "a", "the table's title has 65 bytes; SPSS takes 64"),
    ("dta", named, 32 * "a", 33 * "a", f"the name {33 * 'a'} has 33 characters; Stata takes 32"),
    ("sav", named, 64 * "a", 65 * "a", f"the name {65 * 'a'} has 65 bytes; SPSS takes 64"),
    *[("dta", named, word + "a", word, f"{word} can be no variable's name in Stata")
      for word in ("_all", "_b", "_coef", "_cons", "_n", "_pi", "_pred", "_rc", "_skip", "byte", "double", "float",
                   "if", "in", "int", "long", "using", "with")],
    ("dta", named, "streng", "str17", "str17 can be no variable's name in Stata"),
    ("dta", named, "st8_x", "str8_x", "str8_x can be no variable's name in Stata"),
    ("dta", named, "aar_1", "1_aar", "1_aar can be no variable's name in Stata"),
    ("dta", named, "a_b", "a b", "a b can be no variable's name in Stata"),
    *[("sav", named, word + "a", word, f"{word} can be no variable's name in SPSS")
      for word in ("all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with", "BY")],
    ("sav", named, "aar_1", "1_aar", "1_aar can be no variable's name in SPSS"),
    ("dta", number_text, 16_000 * "Å", 16_000 * "Å" + "a",
     "the text of code 1 of hoved has 32 001 bytes; Stata takes 32 000"),
    ("sav", number_text, 60 * "Å", 60 * "Å" + "a", "the text of code 1 of hoved has 121 bytes; SPSS takes 120"),
    ("sav", text_text, 60 * "Å", 60 * "Å" + "a", "the text of code DP of ytelse has 121 bytes; SPSS takes 120"),
    ("dta", value, 1022 * "Å" + "a", 1023 * "Å", "the longest value of ytelse has 2 046 bytes; Stata takes 2 045"),
    ("sav", value, 16_383 * "Å" + "a", 16_384 * "Å",
     "the longest value of ytelse has 32 768 bytes; SPSS takes 32 767"),
    ("dta", whole, 2_147_483_620, 2_147_483_621,
     "dager has whole numbers from 1 to 2 147 483 621; Stata takes -2 147 483 647 to 2 147 483 620"),
    ("dta", whole, -2_147_483_647, -2_147_483_648,
     "dager has whole numbers from -2 147 483 648 to 1; Stata takes -2 147 483 647 to 2 147 483 620"),
    ("dta", code, "100", "101", "hoved has codes from 1 to 101; Stata takes -127 to 100 in a column of codes; "
     'koder = "tekst" on the table delivers all codes as text'),
    ("dta", code, "-127", "-128", "hoved has codes from -128 to 1; Stata takes -127 to 100 in a column of codes; "
     'koder = "tekst" on the table delivers all codes as text'),
    ("sav", code, "2147483647", "2147483648", "hoved has codes from 1 to 2 147 483 648; SPSS takes -2 147 483 648 to "
     '2 147 483 647 in a column of codes; koder = "tekst" on the table delivers all codes as text'),
    *[(of, code, number, text, f"hoved has codes that are no whole numbers: {text}; "
       'koder = "tekst" on the table delivers all codes as text')
      for of in ("dta", "sav")
      for number, text in [("5", "05"), ("0", "-0"), ("-1", "+1"), ("1", "A1"), ("1", "1 "), ("1", "1.0"), ("1", "١")]],
]  # fmt: skip


@pytest.mark.parametrize(("of", "make", "fits", "breaks", "said"), CASES, ids=range(len(CASES)))
def test_both_sides_of_each_limit(
    of: str, make: Callable[[Any], tuple[Table, Rows]], fits: Any, breaks: Any, said: str, tmp_path: Path
) -> None:
    table, rows = make(fits)
    read = made.read(tmp_path, replace(table, formats=(of,)), rows)
    formats.write([read], made.described(table), tmp_path)
    path = tmp_path / f"perioder.{of}"
    frame, meta = {"dta": pyreadstat.read_dta, "sav": pyreadstat.read_sav}[of](path)
    # Whole, as a reader has it
    name = table.variables[-1].name
    assert list(frame.columns) == [each.name for each in table.variables]
    assert list(frame[name]) == [int(row[name]) if meta.readstat_variable_types[name] != "string" else row[name]
                                 for row in rows]  # fmt: skip
    assert meta.column_names_to_labels == {each.name: each.label for each in table.variables}
    assert meta.file_label == table.title
    texts = {text for each in meta.variable_value_labels.values() for text in each.values()}
    assert texts == ({each.text for each in table.variables[-1].codes} if name == "hoved" or of == "sav" else set())
    path.unlink()

    table, rows = make(breaks)
    read = made.read(tmp_path, replace(table, formats=(of,)), rows)
    with pytest.raises(UserError) as refused:
        formats.write([read], made.described(table), tmp_path)
    assert str(refused.value) == f"perioder.{of}: {said}.\nNothing is delivered."
    assert not path.exists()


def test_csv_and_parquet_take_all_of_it(tmp_path: Path) -> None:
    for _, make, _, breaks, _ in CASES:
        table, rows = make(breaks)
        if table.variables[-1].name != "hoved" or len(rows[-1]["hoved"]) < 5:
            read = made.read(tmp_path, replace(table, formats=("csv", "parquet")), rows)
            formats.write([read], made.described(table), tmp_path)


def test_everything_is_said_at_once_and_nothing_is_written(tmp_path: Path) -> None:
    """Of every table, variable and format; before a file of any format is there."""
    first = made.table(replace(made.LPNR, label=90 * "a"), made.HOVED, coded(made.YTELSE, "DP", 121 * "a"))
    second = made.table(made.LPNR, made.DAGER, made.YTELSE, name="tilfeller", title=70 * "a", formats=("csv", "dta"))
    rows: Rows = [{"lpnr": "p", "hoved": f"0{n}", "dager": 2**31 - 1, "ytelse": 3000 * "a"} for n in range(12)]
    folder = tmp_path / "leveranse"
    folder.mkdir()
    reads = [made.read(tmp_path, table, rows) for table in (first, second)]
    with pytest.raises(UserError) as refused:
        formats.write(reads, made.described(first, second), folder)
    many = ", ".join(f"0{n}" for n in (0, 1, 10, 11, 2, 3, 4, 5, 6, 7))
    assert str(refused.value).splitlines() == [
        "perioder.dta: the label of lpnr has 90 characters; Stata takes 80.",
        f"perioder.dta: hoved has codes that are no whole numbers: {many} and 2 more; "
        'koder = "tekst" on the table delivers all codes as text.',
        "perioder.dta: the longest value of ytelse has 3 000 bytes; Stata takes 2 045.",
        f"perioder.sav: hoved has codes that are no whole numbers: {many} and 2 more; "
        'koder = "tekst" on the table delivers all codes as text.',
        "perioder.sav: the text of code DP of ytelse has 121 bytes; SPSS takes 120.",
        "tilfeller.dta: dager has whole numbers from 2 147 483 647 to 2 147 483 647; "
        "Stata takes -2 147 483 647 to 2 147 483 620.",
        "tilfeller.dta: the longest value of ytelse has 3 000 bytes; Stata takes 2 045.",
        "Nothing is delivered.",
    ]  # fmt: skip
    assert list(folder.iterdir()) == []


def test_a_listed_code_that_no_number_can_be_has_no_label(tmp_path: Path) -> None:
    """Nor can a row of the file have it; kodeliste_hoved.csv lists it all the same."""
    hoved = replace(made.HOVED, codes=(Code("1", "Helt ledige"), Code("A1", "Ukjent"), Code("101", "Annet")))
    read = made.read(tmp_path, made.table(made.LPNR, hoved, formats=("dta", "sav")), ONE)
    formats.write([read], made.described(read.table), tmp_path)
    assert pyreadstat.read_dta(tmp_path / "perioder.dta")[1].variable_value_labels == {"hoved": {1: "Helt ledige"}}
    assert pyreadstat.read_sav(tmp_path / "perioder.sav")[1].variable_value_labels == {
        "hoved": {1: "Helt ledige", 101: "Annet"}
    }


def test_what_is_measured(tmp_path: Path) -> None:
    """Over all batches, whichever has the longest, the least and the most."""
    rows: Rows = [
        {"lpnr": "p0", "hoved": "-3", "ytelse": "Å", "dager": None},
        {"lpnr": "p1", "hoved": "05", "ytelse": "ÅÅÅ", "dager": 70},
        {"lpnr": "p2", "hoved": "12", "ytelse": None, "dager": -2},
        {"lpnr": "p3", "hoved": None, "ytelse": "DP", "dager": 9},
    ]
    table = made.table(made.LPNR, made.HOVED, made.YTELSE, made.DAGER)
    for batch in (1, 2, 4):
        measured = made.read(tmp_path, table, rows, batch).measured
        assert measured == {
            "lpnr": Measured(made.LPNR, longest=2),
            "hoved": Measured(made.HOVED, longest=2, least=-3, most=12, odd=frozenset(["05"])),
            "ytelse": Measured(made.YTELSE, longest=6),
            "dager": Measured(made.DAGER, least=-2, most=70),
        }
        assert {name: measured[name].width for name in ("lpnr", "hoved", "ytelse")} == {
            "lpnr": 17,
            "hoved": 2,
            "ytelse": 6,
        }


def test_the_catalogue_fits_every_format(shared: psycopg.Connection[Any], tmp_path: Path) -> None:
    """Each form with all its variables: no title, name, label or code's text of the product's own is too long."""
    with shared.cursor(row_factory=dict_row) as cursor:
        lists: dict[str, list[Code]] = {}
        for row in cursor.execute("SELECT kodeliste, kode, tekst, sammen_med FROM leveranse.kode"):
            lists.setdefault(row["kodeliste"], []).append(Code(row["kode"], row["tekst"], row["sammen_med"]))
        forms: dict[tuple[str, str], list[Variable]] = {}
        for row in cursor.execute(
            "SELECT o.form, o.tittel, v.*, coalesce(f.ledetekst, v.ledetekst) AS ledetekst FROM leveranse.form AS o"
            " JOIN leveranse.formvariabel AS f ON f.form = o.form"
            " JOIN leveranse.variabel AS v ON v.variabel = f.variabel"
        ):
            variable = Variable(
                row["variabel"], row["type"], row["bredde"], row["ledetekst"], row["tekst"], row["kodeliste"],
                tuple(lists.get(row["kodeliste"], ())), row["som_heltall"], False, None,
            )  # fmt: skip
            forms.setdefault((row["form"], row["tittel"]), []).append(variable)
    shared.rollback()
    assert len(forms) == 6
    for (form, title), variables in forms.items():
        table = made.table(*variables, name=form, title=title)
        read: Read = made.read(tmp_path, table, [])
        for limits in LIMITS.values():
            assert list(beyond(limits, read)) == []
        formats.write([read], made.described(table), tmp_path)
