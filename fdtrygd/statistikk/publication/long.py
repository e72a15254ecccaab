"""CSV: UTF-8, comma, a header, line feeds; a line for each cell, with its codes, their texts and the version."""

import csv
import io

from fdtrygd.statistikk.publication.source import Sheet


def content(sheet: Sheet) -> bytes:
    """The file: a figure in `verdi`, or what stands in its place in `symbol`; `rettet` is r where it is corrected."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    names = [name for each in sheet.table.dimensions for name in (each.name, f"{each.name}_tekst")]
    writer.writerow([*names, "periode", "dag", "verdi", "symbol", "rettet", "versjon", "publisert", "syntetisk"])
    version = sheet.version
    for place, categories, cell in sheet.rows():
        figure, symbol = ("", cell) if isinstance(cell, str) else (cell, "")
        writer.writerow(
            [
                *(word for each in categories for word in (each.code, each.text)),
                version.period,
                version.counted_on or "",
                figure,
                symbol,
                "r" if place in sheet.before else "",
                version.edition,
                version.published,
                int(version.synthetic),
            ]
        )
    return text.getvalue().encode()
