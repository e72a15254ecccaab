"""How long spells last: of those that ended, and of all by survival curves."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from fdtrygd.rapport import charts, text
from fdtrygd.rapport.charts import PANELS, Panel, Picture, Series
from fdtrygd.rapport.source import Row, Source
from fdtrygd.rapport.tables import Cell, Table, num, table

#: How far the survival curves go, and in which steps, in days.
REACH, STEP = 1099, 7


def of_year(data: Source) -> list[Row]:
    """The year's rows: the main spell first, then the main groups."""
    rows = data.of_year("varighet_kontroll")
    return sorted(rows, key=lambda row: (row["hoved"] is not None, len(row["hoved"] or ""), row["hoved"] or ""))


def of_year_before(data: Source) -> dict[str | None, Row]:
    """The rows of the year before, by main group."""
    return {row["hoved"]: row for row in data["varighet_kontroll"] if row["aargang"] == data.year - 1}


def ended(data: Source) -> Table:
    """How long the spells were that the year's load ended."""
    head = ["Hovedgruppe", "Antall", "1. kvartil", "Median", "3. kvartil", f"Median {data.year - 1}",
            "Venstresensurerte", "Løper ved årets utgang"]  # fmt: skip
    before = of_year_before(data)
    rows = [
        [
            data.group(row["hoved"]), num(row["antall"]), num(row["kvartil_1"]), num(row["median"]),
            num(row["kvartil_3"]),
            num(before[row["hoved"]]["median"]) if row["hoved"] in before else Cell(text.IMPOSSIBLE, "num"),
            num(row["venstresensurerte"]), num(row["lopende"]),
        ]
        for row in of_year(data)
    ]  # fmt: skip
    return table(
        "varighet-tabell", f"Varighet i dager av tilfeller som lastingen av {data.year} avsluttet", head, rows,
        notes=["Antall og kvartiler: avsluttede tilfeller med kjent begynnelse. Venstresensurerte: avsluttet, "
               "men begynnelsen er ukjent."],
    )  # fmt: skip


def quartiles(data: Source) -> Picture | None:
    """The same as a picture, with the year before."""
    before = of_year_before(data)

    def three(row: Row | None) -> list[float] | None:
        known = row is not None and row["median"] is not None
        return [float(row[name]) for name in ("kvartil_1", "median", "kvartil_3")] if row and known else None

    rows = [(data.group(row["hoved"]), three(row), three(before.get(row["hoved"]))) for row in of_year(data)]
    rows = [row for row in rows if row[1] or row[2]][: PANELS + 1]
    if not rows:
        return None
    words = "; ".join(
        f"{label}: median {text.count(this[1], 'dag', 'dager')}, "
        f"kvartiler {text.number(this[0])} og {text.number(this[2])}"
        + (f", året før median {text.number(old[1])}" if old else "")
        for label, this, old in rows
        if this
    )
    return Picture(
        charts.chart("kvartiler", f"Varighet av avsluttede tilfeller, {data.year}", words,
                     charts.quartile_rows(rows)),
        "Strek fra 1. til 3. kvartil, ring ved medianen, som tallet er. "
        + (f"Øverst, blå: {data.year}; under, grå: {data.year - 1}. " if before else "")
        + "Dager. Tallene står i tabellen under.",
        [],
    )  # fmt: skip


def survival(data: Source) -> Picture | None:
    """How many are left after how long: all spells, and each of the biggest main groups."""
    curves: defaultdict[str | None, list[Row]] = defaultdict(list)
    for row in data["overlevelse"]:
        curves[row["hoved"]].append(row)
    if not curves:
        return None
    sizes = {hoved: max(row["i_risiko"] for row in rows) for hoved, rows in curves.items()}
    kept = sorted((h for h in curves if h is not None), key=lambda h: (-sizes[h], h))[:PANELS]
    order = [*([None] if None in curves else []), *sorted(kept, key=lambda h: (len(h), h))]
    weekly = {hoved: at_lengths(curves[hoved], range(0, REACH + 1, STEP)) for hoved in order}
    reach = min(REACH, max((len(values) - 1) * STEP for values in weekly.values()) or STEP)
    panels = [
        Panel(
            data.group(hoved),
            [*([Series(weekly[None], dashed=True)] if hoved and None in weekly else []), Series(weekly[hoved])],
        )
        for hoved in order
    ]
    lengths = (30, 91, 182, 365, 730, 1096)
    shares = {hoved: {days: share_at(curves[hoved], days) for days in lengths} for hoved in order}
    words = "; ".join(
        f"{data.group(hoved)}: "
        + text.listed(
            f"{percent(share)} etter {days} dager" for days in (91, 365) if (share := shares[hoved][days]) is not None
        )
        for hoved in order
        if shares[hoved][91] is not None
    )
    numbers = table(
        "overlevelse-tabell", "Andel som fortsatt er i tilstanden, prosent",
        ["Hovedgruppe", *(f"{days} dager" for days in lengths)],
        [
            [data.group(hoved), *(
                Cell(text.MISSING if (share := shares[hoved][days]) is None else text.number(100 * share, 1), "num")
                for days in lengths
            )]
            for hoved in order
        ],
    )  # fmt: skip
    return Picture(
        charts.chart("overlevelse", f"Overlevelseskurver til og med årgang {data.year}", words,
                     charts.survival_panels(panels, reach, STEP)),
        "Andel som fortsatt er i tilstanden etter så lang tid (Kaplan–Meier, tilfeller med kjent begynnelse; de "
        f"som løper ved utgangen av {data.year}, er sensurert). Grå stiplet: hele tilfellet, til sammenligning.",
        [numbers],
    )  # fmt: skip


def share_at(curve: Sequence[Row], days: int) -> Any:
    """The share that is left after so many days; None past the last length at which a spell ended."""
    if days > curve[-1]["dager"] and curve[-1]["andel"] > 0:
        return None
    return next((row["andel"] for row in reversed(curve) if row["dager"] <= days), 1)


def at_lengths(curve: Sequence[Row], lengths: Sequence[int]) -> list[float]:
    """The curve's shares at these lengths, as far as it goes."""
    values, place, share = [], 0, 1.0
    for days in lengths:
        while place < len(curve) and curve[place]["dager"] <= days:
            share = float(curve[place]["andel"])
            place += 1
        values.append(share)
        if place == len(curve):
            break
    return values


def percent(share: Any) -> str:
    return f"{text.in_words(100 * share, 1)} prosent"
