"""The first lines of a recipient's program in R, Python, Stata and SAS: they run as they stand, in the folder.

Types come from variabelliste.csv, from the program beside a CSV file or from the file itself, so that nothing guesses
them: a code 05 stays text, and a column that happens to be empty keeps its type.
"""

from collections.abc import Collection
from dataclasses import dataclass

from fdtrygd.leveranse.catalogue import Description, Table, Type, Variable

PYTHON_LISTE = """\
import pandas as pd

liste = pd.read_csv("variabelliste.csv", dtype=str, keep_default_na=False)
typer = {"tekst": "string", "dato": "string", "heltall": "Int64", "logisk": "boolean"}


def les(tabell):
    v = liste[liste.tabell == tabell]
    return pd.read_csv(
        f"{tabell}.csv",
        dtype=dict(zip(v.navn, v.type.map(typer))),
        parse_dates=list(v.navn[v.type == "dato"]),
        keep_default_na=False,
        na_values=[""],
    )"""


@dataclass(frozen=True)
class Snippet:
    """How to begin in a language."""

    language: str
    code: str
    #: a sentence beside it
    note: str = ""


def type_in_files(variable: Variable, description: Description) -> Type:
    """The variable's type as files have it: days can be ordered as numbers."""
    return "heltall" if variable.type == "dato" and description.days_as != "dato" else variable.type


def name(table: Table) -> str:
    """The table's name as a name in a program."""
    return table.name.replace("-", "_")


def all_of(description: Description, files: Collection[str]) -> list[Snippet]:
    """R, Python, Stata, SAS: each for the tables whose `files` it can read."""
    found = [
        r(description, files),
        python(description, files),
        stata(description, files),
        sas(description, files),
    ]
    return [each for each in found if each.code]


def has(table: Table, suffix: str, files: Collection[str]) -> bool:
    """Whether the table has a file of the format."""
    return f"{table.name}.{suffix}" in files


def r(description: Description, files: Collection[str]) -> Snippet:
    """By the program beside a CSV file; else from .dta or .sav, or Parquet."""
    lines = []
    for table in description.tables:
        if has(table, "R", files):
            lines.append(f'source("{table.name}.R")')
        elif has(table, "dta", files):
            lines.append(f'{name(table)} <- haven::read_dta("{table.name}.dta")')
        elif has(table, "sav", files):
            lines.append(f'{name(table)} <- haven::read_sav("{table.name}.sav")')
        elif has(table, "parquet", files):
            lines.append(f'{name(table)} <- arrow::read_parquet("{table.name}.parquet")')
    factors = any(has(table, "R", files) for table in description.tables)
    return Snippet(
        "R",
        "\n".join(lines),
        "Med faktorer <- TRUE først blir kodene faktorer, med kodelistens tekst." if factors else "",
    )


def python(description: Description, files: Collection[str]) -> Snippet:
    """From Parquet, CSV, or .dta and .sav."""
    lines, heads = [], []
    for table in description.tables:
        if has(table, "parquet", files):
            lines.append(f'{name(table)} = pd.read_parquet("{table.name}.parquet", dtype_backend="pyarrow")')
            if days := [each.name for each in table.variables if each.type == "dato" and description.days_as == "dato"]:
                # A day of Arrow's compares with none that people write
                lines.append(f'{name(table)} = {name(table)}.astype(dict.fromkeys({days}, "datetime64[s]"))')
            heads.append("import pandas as pd\n")
        elif has(table, "csv", files):
            lines.append(f'{name(table)} = les("{table.name}")')
            heads.append(PYTHON_LISTE + "\n\n")
        elif has(table, "dta", files):
            lines.append(f'{name(table)} = pd.read_stata("{table.name}.dta", convert_categoricals=False)')
            heads.append("import pandas as pd\n")
        elif has(table, "sav", files):
            lines.append(f'{name(table)} = pd.read_spss("{table.name}.sav", convert_categoricals=False)')
            heads.append("import pandas as pd\n")
    head = max(heads, key=len, default="")  # the longer one has the shorter
    return Snippet("Python", "\n".join([head, *lines]) if lines else "")


def stata(description: Description, files: Collection[str]) -> Snippet:
    """From .dta, or from CSV as text, whose days and numbers are then made from it."""
    blocks = []
    for table in description.tables:
        if has(table, "dta", files):
            blocks.append(f'use "{table.name}.dta", clear')
        elif has(table, "csv", files):
            of = {
                kind: " ".join(v.name for v in table.variables if type_in_files(v, description) == kind)
                for kind in ("dato", "heltall", "logisk")
            }
            options = 'clear varnames(1) case(preserve) encoding("UTF-8") stringcols(_all)'
            lines = [f'import delimited "{table.name}.csv", {options}']
            if of["dato"]:
                lines += [
                    f"foreach v of varlist {of['dato']} {{",
                    "    rename `v' tekst",
                    '    generate long `v\' = daily(tekst, "YMD")',
                    "    format %td `v'",
                    "    drop tekst",
                    "}",
                ]
            if of["heltall"]:
                lines.append(f"destring {of['heltall']}, replace")
            blocks.append("\n".join(lines))
    return Snippet(
        "Stata", "\n\n".join(blocks), "Ett datasett er åpent om gangen: kjør linjene for en tabell av gangen."
    )


def sas(description: Description, files: Collection[str]) -> Snippet:
    """By the program beside a CSV file."""
    lines = [
        f'%include "{table.name}.sas" / encoding="utf-8";' for table in description.tables if has(table, "sas", files)
    ]
    return Snippet(
        "SAS", "\n".join(lines), "Sett mappe i hvert program til leveransens mappe der SAS kjører et annet sted."
    )
