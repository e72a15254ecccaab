"""What Statbank takes: a deltabell (.dat) without a header, and beside it a description of its columns as an example.

Only Statbank gives the description of a real table. The one here has its form, and the catalogue's codes: it shows
that the file has the form, and is not Statbank's.
"""

import csv
import io
import json

from fdtrygd.statistikk.publication import words
from fdtrygd.statistikk.publication.source import TOTAL, Category, Sheet

#: The formats of time, in Statbank's words.
MONTH, YEAR = "enhet = måned, format = ååååMmm", "enhet = år, format = åååå"


def content(sheet: Sheet) -> bytes:
    """The deltabell: codes, time, the figure, and the code of what stands in its place."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows(line(sheet, categories, cell) for _, categories, cell in sheet.rows())
    return text.getvalue().encode()


def line(sheet: Sheet, categories: tuple[Category, ...], cell: int | str) -> list[str]:
    """A line of it: nil is a figure there."""
    codes = [each.code for each in categories] + [sheet.version.period]
    if isinstance(cell, str) and cell in words.SYMBOLS:
        return [*codes, "", words.SYMBOLS[cell][0]]
    return [*codes, "0" if cell == "-" else str(cell), ""]


def description(sheet: Sheet) -> bytes:
    """An example of the description, with the codes that the version has."""
    table, version = sheet.table, sheet.version
    file = f"{table.name}.dat"
    variables = [
        {
            "kolonnenummer": str(number),
            "Klassifikasjonsvariabel": each.name,
            "Variabeltext": each.text,
            "Kodeliste_id": each.name,
            "Kodeliste_text": each.text,
        }
        for number, each in enumerate(table.dimensions, 1)
    ]
    time, figure, symbol = (str(len(variables) + place) for place in (1, 2, 3))
    variables.append(
        {
            "kolonnenummer": time,
            "Klassifikasjonsvariabel": "Tid",
            "Variabeltext": "tid",
            "Kodeliste_id": "-",
            "Kodeliste_text": f"Tidsperioden for tabelldataene, {MONTH if 'M' in version.period else YEAR}",
        }
    )
    lists = [
        {"kodeliste": each.name}
        | ({"SumIALtTotalKode": TOTAL} if each.total else {})
        | {"koder": [{"kode": category.code, "text": category.text} for category in categories]}
        for each, categories in zip(table.dimensions, sheet.categories, strict=True)
    ]
    described = {
        "Uttaksbeskrivelse_lagd": f"{version.published_here:%d.%m.%Y klokka %H:%M}",
        "base": "EKSEMPEL, ikke fra Statbanken",
        "TabellId": table.external or "00000",
        "Huvudtabell": table.name,
        "DeltabellTitler": [{"Filnavn": file, "Filtext": table.title}],
        "deltabller": [
            {
                "deltabell": file,
                "variabler": variables,
                "statistikkvariabler": [
                    {
                        "kolonnenummer": figure,
                        "Text": table.unit,
                        "Enhet": table.unit.lower(),
                        "Antall_lagrede_desimaler": "0",
                        "Antall_viste_desimaler": "0",
                    }
                ],
                "null_prikk_missing": [
                    {
                        "kolonnenummer": symbol,
                        "gjelder_for_text": table.unit,
                        "gjelder_for__kolonner_nummer": figure,
                    }
                ],
                "eksempel_linje": ";".join(next(line(sheet, of, cell) for _, of, cell in sheet.rows())),
            }
        ],
        "null_prikk_missing_kodeliste": [
            {"Kode": code, "Vises_som": symbol, "Beskrivelse": meaning}
            for symbol, (code, meaning) in words.SYMBOLS.items()
        ],
        "kodelister": lists,
    }
    return (json.dumps(described, ensure_ascii=False, indent=1) + "\n").encode()
