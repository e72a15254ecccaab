"""The year against the year before."""

from fdtrygd.rapport import text
from fdtrygd.rapport.source import Row, Source
from fdtrygd.rapport.tables import LOOK, Cell, Table, table


def standing_out(data: Source) -> list[Row]:
    """What changed so much that somebody should look at it, and no known break explains."""
    return [row for row in data["aarsendring"] if row["skiller_seg_ut"] and row["kjent_brudd"] is None]


def known(data: Source) -> int:
    """How much stands out because of a known break."""
    return sum(row["kjent_brudd"] is not None for row in data["aarsendring"])


def because(data: Source, row: Row) -> str:
    """The known break that explains the row."""
    if row["kjent_brudd"] is None:
        return ""
    named = "serien er ung, fra" if row["kjent_brudd"] == data.start else "kjent brudd"
    return f"{named} {text.day(row['kjent_brudd'])}"


def against_year_before(data: Source) -> Table | None:
    """All that is compared, theme by theme; none of the first year."""
    rows: list[list[object]] = []
    theme = ""
    look, some_known = standing_out(data), known(data)
    for row in data["aarsendring"]:
        if row["tema"] != theme:
            theme = row["tema"]
            rows.append([theme])
        moved = text.IMPOSSIBLE if row["forrige"] == 0 else text.change(row["endring_prosent"])
        rows.append(
            [
                text.sentence(row["post"]), row["forrige"], row["denne"],
                Cell(f"! {moved}", "num", LOOK) if row in look else Cell(moved, "num"),
                *([because(data, row)] if some_known else []),
            ]
        )  # fmt: skip
    if not rows:
        return None
    return table(
        "endringer-tabell", f"Årgang {data.year} mot {data.year - 1}",
        ["", str(data.year - 1), str(data.year), "Endring", *(["Kjent grunn"] if some_known else [])], rows,
        notes=["! skiller seg ut; setningene står øverst på siden."] if look else [],
    )  # fmt: skip
