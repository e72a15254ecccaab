"""The programs beside a CSV file: the SAS program is held to the catalogue, since nobody here can run it."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from fdtrygd.leveranse import formats
from fdtrygd.leveranse.catalogue import Code, Days, Table
from fdtrygd.leveranse.formats import programs

import made_delivery as made


def written(folder: Path, table: Table, days_as: Days = "dato") -> dict[str, str]:
    """The programs of the table, by suffix."""
    table = replace(table, formats=("csv",))
    formats.write([made.read(folder, table, [])], made.described(table, days_as=days_as), folder)
    return {suffix: (folder / f"{table.name}.{suffix}").read_text(encoding="utf-8") for suffix in ("R", "sas")}


def statement(sas: str, word: str) -> dict[str, str]:
    """What the DATA step's statement says of each variable."""
    body = re.search(rf"^  {word}\n(.*?)^  ;$", sas, re.DOTALL | re.MULTILINE)
    assert body
    return dict(re.findall(r"^    (\w+)(?: =)? ?(.*)$", body[1], re.MULTILINE))


@pytest.mark.parametrize(
    ("days_as", "day", "shown"), [("dato", "yymmdd10.", True), ("tall", "32.", False), ("maaned", "32.", False)]
)
def test_sas_has_the_catalogues_names_types_and_widths(days_as: Days, day: str, shown: bool, tmp_path: Path) -> None:
    sas = written(tmp_path, made.table(), days_as)["sas"]
    assert "er ikke prøvd i SAS" in sas
    assert "infile \"&mappe./perioder.csv\" dsd dlm=',' firstobs=2 truncover termstr=lf" in sas
    names = [each.name for each in made.ALL]
    assert list(statement(sas, "input")) == names
    assert statement(sas, "length") == {
        "lpnr": "$17", "hoved": "$2", "ytelse": "$3", "hovedarbstat": "$2", "tiltak": "$10", "regdato": "8",
        "regtom": "8", "dager": "8", "slutt_observert": "8",
    }  # fmt: skip
    assert list(statement(sas, "length")) == names  # decides the order of the columns
    assert statement(sas, "informat") == {
        "lpnr": "$17.", "hoved": "$2.", "ytelse": "$3.", "hovedarbstat": "$2.", "tiltak": "$10.", "regdato": day,
        "regtom": day, "dager": "32.", "slutt_observert": "janei.",
    }  # fmt: skip
    days = {"regdato": day, "regtom": day} if shown else {}
    assert statement(sas, "format") == days | {
        "hoved": "$hoved.", "ytelse": "$ytelse.", "hovedarbstat": "$hovedarbstat.", "slutt_observert": "janei.",
    }  # fmt: skip
    assert statement(sas, "label") == {each.name: f"'{each.label}'" for each in made.ALL}
    assert re.findall(r"^  (?:in)?value (\S+)", sas, re.MULTILINE) == [
        "$hoved", "$ytelse", "$hovedarbstat", "janei", "janei",
    ]  # fmt: skip
    assert "  value $ytelse\n    'DP' = 'Dagpenger'\n    'SØ' = 'Søkt dagpenger'\n  ;\n" in sas


def test_sas_names(tmp_path: Path) -> None:
    """A data set's name has no hyphen, a format's does not end in a digit."""
    ytelse = replace(made.YTELSE, code_list="ytelse_2")
    sas = written(tmp_path, made.table(made.LPNR, ytelse, name="mine-perioder"))["sas"]
    assert "\ndata mine_perioder;\n" in sas
    assert '"&mappe./mine-perioder.csv"' in sas
    assert "  value $ytelse_2_\n" in sas
    assert statement(sas, "format") == {"ytelse": "$ytelse_2_."}


def test_a_table_without_lists_and_days(tmp_path: Path) -> None:
    texts = written(tmp_path, made.table(made.LPNR, made.DAGER))
    assert "  format\n" not in texts["sas"]
    assert "value" not in texts["sas"]
    assert statement(texts["sas"], "input") == {"lpnr": "", "dager": ""}
    assert 'lpnr = "character",\n    dager = "integer"\n  )' in texts["R"]


@pytest.mark.parametrize(("days_as", "day"), [("dato", "Date"), ("tall", "integer"), ("maaned", "integer")])
def test_r_has_the_catalogues_names_and_types(days_as: Days, day: str, tmp_path: Path) -> None:
    """It is run by `make interop`."""
    r = written(tmp_path, made.table(), days_as)["R"]
    body = re.search(r"typer <- c\(\n(.*?)\n  \)\n", r, re.DOTALL)
    assert body
    assert re.findall(r'^    (\w+) = "(\w+)"', body[1], re.MULTILINE) == [
        ("lpnr", "character"), ("hoved", "character"), ("ytelse", "character"), ("hovedarbstat", "character"),
        ("tiltak", "character"), ("regdato", day), ("regtom", day), ("dager", "integer"),
        ("slutt_observert", "logical"),
    ]  # fmt: skip
    assert 'read.csv("perioder.csv", colClasses = typer, na.strings = "", encoding = "UTF-8")' in r
    assert '  ytelse <- kodeliste(\n    "DP", "Dagpenger",\n    "S\\u00d8", "S\\u00f8kt dagpenger"\n  )\n' in r
    assert r.isascii()
    assert "library(" not in r
    assert "require(" not in r


@pytest.mark.parametrize(
    ("name", "object_name"), [("perioder", "perioder"), ("a-b", "a_b"), ("if", "if_"), ("in", "in_")]
)
def test_r_names(name: str, object_name: str, tmp_path: Path) -> None:
    r = written(tmp_path, made.table(made.LPNR, name=name))["R"]
    assert f"\n{object_name} <- local({{\n" in r
    assert f'read.csv("{name}.csv"' in r


#: A text, and what stands for it in R and in SAS
TEXTS = [
    ("Søkt", '"S\\u00f8kt"', "'Søkt'"),
    ("\U0001f4c5 €", '"\\U0001f4c5 \\u20ac"', "'\U0001f4c5 €'"),
    ('sagt "nei"', r'"sagt \"nei\""', "'sagt \"nei\"'"),
    ("NAV's", '"NAV\'s"', "'NAV''s'"),
    ("50 % & mer, %let &x", '"50 % & mer, %let &x"', "'50 % & mer, %let &x'"),
    (r"a\nb\\", r'"a\\nb\\\\"', r"'a\nb\\'"),
    ("to\r\nlinjer\x00\u2028og\ttab", '"to linjer og tab"', "'to linjer og tab'"),
    ("to  blanke", '"to  blanke"', "'to  blanke'"),
    ("*/ ; run; /*", '"*/ ; run; /*"', "'*/ ; run; /*'"),
]


@pytest.mark.parametrize(("text", "in_r", "in_sas"), TEXTS)
def test_texts_are_written_as_each_language_reads_them(text: str, in_r: str, in_sas: str, tmp_path: Path) -> None:
    assert (programs.r_text(text), programs.sas_text(text)) == (in_r, in_sas)
    ytelse = replace(made.YTELSE, label=text, codes=(Code(text, text),))
    texts = written(tmp_path, made.table(made.LPNR, ytelse, title=text))
    assert f'attr(data$ytelse, "label") <- {in_r}\n' in texts["R"]
    assert f"    {in_r}, {in_r}\n" in texts["R"]
    assert f'attr(data, "label") <- {in_r}\n' in texts["R"]
    assert f"    ytelse = {in_sas}\n" in texts["sas"]
    assert f"    {in_sas} = {in_sas}\n" in texts["sas"]
    # In SAS the title is a comment, on one line, and cannot end it
    first, second = texts["sas"].splitlines()[:2]
    assert first.startswith("/* ")
    assert first.index("*/") == len(first) - 2
    assert second.startswith("/* Leser perioder.csv")
