"""JSON-stat 2.0, as Statbank gives it: a dataset with the figures' own dimension (ContentsCode) and time (Tid) last.

What stands in a figure's place is in `status`, and the figure null; `r` there is a figure that was corrected.
"""

import json

from fdtrygd.statistikk.publication import words
from fdtrygd.statistikk.publication.source import Sheet


def content(sheet: Sheet) -> bytes:
    """The file."""
    table, version = sheet.table, sheet.version
    dimensions = {
        each.name: {
            "label": each.text,
            "category": {
                "index": [category.code for category in categories],
                "label": {category.code: category.text for category in categories},
            },
        }
        for each, categories in zip(table.dimensions, sheet.categories, strict=True)
    }
    dimensions["ContentsCode"] = {
        "label": "Statistikkvariabel",
        "category": {
            "index": [table.measure],
            "label": {table.measure: table.unit},
            "unit": {table.measure: {"base": table.unit.lower(), "decimals": 0}},
        },
    }
    dimensions["Tid"] = {
        "label": "Tid",
        "category": {"index": [version.period], "label": {version.period: words.period(version.period)}},
    }
    regions = [each.name for each in table.dimensions if each.attribute == "region"]
    status = {str(place): "r" for place in sheet.before}
    status |= {str(place): cell for place, cell in enumerate(sheet.cells) if isinstance(cell, str)}
    used = sorted(set(status.values()))
    dataset = {
        "version": "2.0",
        "class": "dataset",
        "label": table.title,
        "source": table.contact,
        "updated": version.published,
        "note": [
            *([words.SYNTHETIC] if version.synthetic else []),
            f"{words.counted_on(table.unit, version)}.",
            *(each.text for each in table.notes),
        ],
        "role": {"time": ["Tid"], "metric": ["ContentsCode"]} | ({"geo": regions} if regions else {}),
        "id": list(dimensions),
        "size": [len(each) for each in sheet.categories] + [1, 1],
        "dimension": dimensions,
        "value": [None if isinstance(cell, str) else cell for cell in sheet.cells],
        "extension": {
            "tabell": table.name,
            "pakke": version.package,
            "periode": version.period,
            "dag": version.counted_on,
            "versjon": version.edition,
            "grunn": version.why,
            "syntetisk": version.synthetic,
            "standardtegn": {each: meaning(each) for each in used},
        },
    }
    if status:
        dataset["status"] = dict(sorted(status.items(), key=lambda item: int(item[0])))
    return (json.dumps(dataset, ensure_ascii=False) + "\n").encode()


def meaning(symbol: str) -> str:
    """What a symbol says."""
    return words.SYMBOLS[symbol][1] if symbol in words.SYMBOLS else words.OTHERS[symbol]
