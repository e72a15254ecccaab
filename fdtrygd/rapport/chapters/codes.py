"""Codes of the month files that are new, or in no code list."""

from fdtrygd.rapport import text
from fdtrygd.rapport.chapters.changes import because
from fdtrygd.rapport.source import Row, Source
from fdtrygd.rapport.tables import LOOK, Cell, Table, num, table

#: So many codes of a column are listed at most: a column that went wrong may have as many codes as records.
CODES = 60


def strange(data: Source) -> list[Row]:
    """Codes to look at: in no list, not seen before (or in the first year), and explained by no known break.

    The control ny_kode warns of the same ones.
    """
    return [
        row for row in data["kodebruk"]
        if not row["i_kodeliste"] and row["kjent_brudd"] is None and (row["ny"] or row["antall_aaret_foer"] is None)
    ]  # fmt: skip


def familiar(data: Source) -> str:
    """How many codes need no look."""
    return text.count(len(data["kodebruk"]) - len(strange(data)), "kode", "koder")


def codes(data: Source, to_look_at: bool) -> Table | None:
    """The codes to look at, or the others: those that a list or a known break explains, or that were seen before."""
    looked_at = strange(data)
    rows = [row for row in data["kodebruk"] if (row in looked_at) == to_look_at]
    if not rows:
        return None
    mark = LOOK if to_look_at else ""
    shown: list[list[object]] = []
    for variable in sorted({row["variabel"] for row in rows}):
        of = [row for row in rows if row["variabel"] == variable]
        shown += [
            [
                f"{variable} {text.code(row['verdi'])}",
                num(row["antall"]),
                num(row["antall_aaret_foer"] or 0),
                text.month(row["foerste_maaned"]),
                Cell("ny" if row["ny"] else "", "", mark),
                Cell("" if row["i_kodeliste"] else "ikke i kodelisten", "", mark),
                because(data, row),
            ]
            for row in of[:CODES]
        ]
        if len(of) > CODES:
            rest = sum(row["antall"] for row in of[CODES:])
            more = text.count(len(of) - CODES, "kode", "koder")
            shown.append([f"{variable}: {more} til", num(rest), "", "", "", "", ""])
    return table(
        "koder-tabell" if to_look_at else "koder-kjente",
        f"Nye og ukjente koder i {data.year}"
        + ("" if to_look_at else ", ved kjente brudd, i kodelisten eller sett før"),
        ["Variabel og kode", "Records", f"Records {data.year - 1}", "Første måned", "Ny", "Kodeliste", "Kjent grunn"],
        shown,
    )  # fmt: skip
