"""What the recipient reads beside the data: lesmeg.html, the list of variables, the code lists.

In none of them stands anything that a clock, a user or a later load decides: the same delivery has the same files.
"""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from fdtrygd.leveranse import codes, comparison, pages, snippets, words
from fdtrygd.leveranse.catalogue import Code, Description, Table, Variable
from fdtrygd.leveranse.stream import Read

LESMEG = "lesmeg.html"
VARIABELLISTE = "variabelliste.csv"
UNKNOWN = "Ukjent kode"
#: What a day that was ordered as a number says of itself.
NUMBERS = {"tall": "Som helt tall, ÅÅÅÅMMDD.", "maaned": "Som helt tall, ÅÅÅÅMM."}
#: What a file is, by the end of its name, in the order in which a table's files are shown.
KINDS = {
    "csv": "CSV: UTF-8, komma, en linje med navn først",
    "parquet": "Parquet",
    "dta": "Stata (14 og senere)",
    "sav": "SPSS",
    "sas": "SAS-program som leser CSV-filen",
    "R": "R-program som leser CSV-filen",
}


def write(
    to: Path,
    description: Description,
    reads: list[Read],
    counts: dict[str, Any],
    unknown: Mapping[str, Mapping[str, Mapping[str, int]]],
    compared: comparison.Compared | None = None,
) -> None:
    """Writes lesmeg.html, variabelliste.csv and a kodeliste_….csv for each code list into the folder."""
    table(to / VARIABELLISTE, *variables(description))
    strange = unknown_by_list(description, unknown)
    for name, known in description.code_lists.items():
        table(to / list_file(name), *code_list(known, strange.get(name, ())))
    files = sorted(path.name for path in to.iterdir() if path.is_file())
    (to / LESMEG).write_text(page(description, reads, counts, unknown, files, compared), encoding="utf-8")


def table(path: Path, head: list[str], rows: Iterable[Iterable[object]]) -> None:
    """A CSV file: UTF-8, comma, line feeds, a header."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)


def list_file(name: str) -> str:
    """The file of a code list."""
    return f"kodeliste_{name}.csv"


def variables(description: Description) -> tuple[list[str], list[list[object]]]:
    """The list of variables: all tables, in the order of their columns."""
    head = ["tabell", "plass", "navn", "ledetekst", "betydning", "type", "bredde", "kodeliste", "nokkel"]
    return head, [
        [
            table.name,
            place,
            each.name,
            each.label,
            meaning(each, description),
            snippets.type_in_files(each, description),
            each.width,
            each.code_list,
            int(in_key(each)),
        ]
        for table in description.tables
        for place, each in enumerate(table.variables, 1)
    ]


def meaning(variable: Variable, description: Description) -> str:
    """What a variable means; of days that were ordered as numbers also how they are written."""
    written = NUMBERS.get(description.days_as, "") if variable.type == "dato" else ""
    return f"{variable.text} {written}".rstrip()


def in_key(variable: Variable) -> bool:
    """Whether a row is known by it: by the person, and what its form names."""
    return variable.key or variable.name == "lpnr"


def unknown_by_list(
    description: Description, unknown: Mapping[str, Mapping[str, Mapping[str, int]]]
) -> dict[str, list[tuple[str, str]]]:
    """Code list -> the codes of the delivery that it does not have, each with what it stands together with.

    How often they occur nobody is told.
    """
    found: dict[str, set[tuple[str, str]]] = {}
    for table in description.tables:
        for column, named in unknown.get(table.name, {}).items():
            variable = description.variables[table.name, column]
            pairs = codes.in_pairs(variable, table)
            found.setdefault(variable.code_list or "", set()).update(
                ((beside, code) if pairs else ("", name)) for name in named for beside, _, code in [name.partition(" ")]
            )
    return {name: sorted(strange) for name, strange in found.items()}


def code_list(known: tuple[Code, ...], strange: Iterable[tuple[str, str]]) -> tuple[list[str], list[list[object]]]:
    """A code list with its validity, and the unknown codes behind it; codes of tiltak in pairs with hovedarbstat."""
    pairs = any(each.together_with is not None for each in known)
    head = [*([codes.BESIDE] if pairs else []), "kode", "tekst", "gyldig_fra", "gyldig_til"]
    rows: list[list[object]] = [
        [*([each.together_with] if pairs else []), each.code, each.text, each.valid_from, each.valid_to]
        for each in known
    ]
    rows += [[*([beside] if pairs else []), code, UNKNOWN, None, None] for beside, code in strange]
    return head, rows


def page(
    description: Description,
    reads: list[Read],
    counts: Mapping[str, Any],
    unknown: Mapping[str, Iterable[str]],
    files: list[str],
    compared: comparison.Compared | None,
) -> str:
    """lesmeg.html."""
    names = {variable.name for each in description.tables for variable in each.variables}
    return pages.render(
        "lesmeg.html.j2",
        d=description,
        reads=reads,
        counts=counts,
        strange=sorted({column for columns in unknown.values() for column in columns}),
        compared=compared,
        changes=comparison.KINDS,
        words=words,
        names=names,
        forms={each.form for each in description.tables},
        ends=role(description, "slutt"),
        knows=role(description, "vet_slutten"),
        lists=lists(description),
        files_of=lambda each: [
            (f"{each.name}.{suffix}", kind) for suffix, kind in KINDS.items() if f"{each.name}.{suffix}" in files
        ],
        types={"tekst": "tekst", "dato": "dato", "heltall": "helt tall", "logisk": "ja/nei (true, false)"},
        type_in_files=lambda each: snippets.type_in_files(each, description),
        meaning=lambda each: meaning(each, description),
        list_file=list_file,
        snippets=snippets.all_of(description, files),
        numbered=sorted(
            {each.name for table in numbered(description, files) for each in table.variables if each.as_number}
        ),
    )


def numbered(description: Description, files: list[str]) -> list[Table]:
    """The tables with a format that labels numbers."""
    return [each for each in description.tables if {f"{each.name}.dta", f"{each.name}.sav"} & {*files}]


def role(description: Description, of: str) -> list[str]:
    """The variables that are an end, or know it, in the order in which they first come."""
    return list(dict.fromkeys(each.name for table in description.tables for each in table.variables if each.role == of))


def lists(description: Description) -> list[tuple[str, list[str]]]:
    """Each code list with the variables that have it."""
    return [
        (
            name,
            list(
                dict.fromkeys(
                    each.name for table in description.tables for each in table.variables if each.code_list == name
                )
            ),
        )
        for name in sorted(description.code_lists)
    ]
