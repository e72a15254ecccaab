"""Month by month: how many are registered, and how many come, go and change main group."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from fdtrygd.rapport import charts, text
from fdtrygd.rapport.charts import PANELS, Panel, Picture, Series
from fdtrygd.rapport.source import Row, Source
from fdtrygd.rapport.tables import Cell, Table, num, table

#: In the series' first months, spells that may have begun before it do not count as entries. To the last months of the
#: last loaded year the next year may add exits: 13 weeks back, and all months that these touch.
YOUNG, UNSETTLED = 3, 4
#: What the known breaks (dekning_regel) are, in a few words.
BREAKS = {
    date(2001, 11, 1): "13-ukersregelen for yrkeshemmede",
    date(2002, 10, 1): "nye statuskoder og hovedgrupper",
    date(2009, 1, 1): "hovedgrupper til og med 15",
}
KINDS = ("Tilganger (utenfra)", "Avganger (ut av registeret)", "Gruppeoverganger")

#: Lines of a picture: each with its name and a count for every month.
Lines = Sequence[tuple[str, Sequence[int]]]


def breaks(data: Source) -> list[date]:
    """The known breaks that a picture may show: of every table, and of the main groups."""
    return sorted(
        {
            row["brudd"]
            for row in data["dekning_regel"]
            if row["brudd"] > data.start and (row["slag"] == "tabell" or row["variabel"] == "hoved")
        }
    )


def biggest(rows: Sequence[Row], *columns: str) -> list[str]:
    """The main groups that these columns name, in order; only the biggest if there are many."""
    sizes: defaultdict[str, int] = defaultdict(int)
    for row in rows:
        for column in columns:
            if row[column] is not None:
                sizes[row[column]] += row["antall"]
    kept = sorted(sizes, key=lambda hoved: (-sizes[hoved], hoved))[:PANELS]
    return sorted(kept, key=lambda hoved: (len(hoved), hoved))


def every_month(months: Sequence[date]) -> list[date]:
    """All months from the first to the last."""
    if not months:
        return []
    first, last = min(months), max(months)
    return [
        date(place // 12, place % 12 + 1, 1)
        for place in range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    ]


def monthly(ident: str, caption: str, months: Sequence[date], lines: Lines, settled: range) -> Table:
    """A row for each month, the newest first."""
    return table(
        ident, caption, ["Måned", *(label for label, _ in lines)],
        [[text.short_month(month) + ("" if place in settled else ", ikke hel"),
          *(num(values[place]) for _, values in lines)]
         for place, month in reversed(list(enumerate(months)))],
    )  # fmt: skip


def extremes(data: Source, lines: Lines, months: Sequence[date], settled: range) -> str:
    """The lines in words: the lowest and highest month of each, and its largest change."""
    known = breaks(data)
    return "; ".join(f"{label}: {charts.extremes(values, months, settled, known)}" for label, values in lines)


def settled_months(data: Source, months: Sequence[date]) -> range:
    """The places of the months whose flows are whole: not the series' first, nor those that the next year adds to."""
    end = max(len(months) - UNSETTLED, 0)
    begin = data.start.year * 12 + data.start.month + YOUNG
    young = sum(month.year * 12 + month.month < begin for month in months)
    return range(min(young, end), end)


def reading(data: Source) -> str:
    """How the monthly pictures are read."""
    months = [row["mnddato"] for row in data["beholdning_maaned"]]
    known = [
        f"{charts.letter(place)} {text.day(day)} ({BREAKS.get(day, 'se dekning_regel')})"
        for place, day in enumerate(breaks(data))
        if min(months) < day <= max(months)
    ]
    return (
        f"Bildene per måned: hver rute har egen skala fra null. Gult felt: {data.year}. "
        + (f"Prikket loddrett strek: kjente brudd, {text.listed(known)}. " if known else "")
        + "Ring: et sprang fra måneden før som er langt større enn det vanlige, og ikke ved et kjent brudd; det "
        "største har tall der det er plass."
    )


def whole_months(data: Source) -> str:
    """What the grey fields mean, and which months the words and the tables go by."""
    return (
        "Etter måneden hendelsene er datert i. Grått felt, og «ikke hel» i tabellene: seriens første tre måneder, "
        "der de som kan ha vært registrert fra før, ikke er tilganger (venstresensurerte), og de siste fire, som "
        f"årgang {data.years[-1] + 1} kan føye avganger til. Høyest og lavest i ord gjelder de hele månedene."
    )


def stock(data: Source) -> Picture:
    """How many are registered, in all and in each main group."""
    rows = data["beholdning_maaned"]
    months = sorted({row["mnddato"] for row in rows})
    found = {(row["mnddato"], row["hoved"]): int(row["antall"]) for row in rows}
    total: defaultdict[date, int] = defaultdict(int)
    for row in rows:
        total[row["mnddato"]] += int(row["antall"])
    lines = [("I alt", [total[month] for month in months])] + [
        (data.group(hoved), [found.get((month, hoved), 0) for month in months]) for hoved in biggest(rows, "hoved")
    ]
    settled = range(len(months))
    return Picture(
        charts.chart(
            "beholdning", "Beholdning per måned og hovedgruppe", extremes(data, lines, months, settled),
            charts.months_panels([Panel(label, [Series(values)]) for label, values in lines], months, data.year,
                                 settled, breaks(data), mark=True),
        ),
        "Antall i miniregisteret på uttrekksdatoen.",
        [monthly("beholdning-tabell", "Beholdning per måned", months, lines, settled)],
    )  # fmt: skip


def flows(data: Source) -> Picture | None:
    """How many come, go, and change main group."""
    rows = data["strom_maaned"]
    months = every_month([row["maaned"] for row in rows])
    if not months:
        return None
    sums: defaultdict[tuple[str, date], int] = defaultdict(int)
    into, out, between = KINDS
    for row in rows:
        kind = into if row["fra_hoved"] is None else out if row["til_hoved"] is None else between
        sums[kind, row["maaned"]] += int(row["antall"])
    lines = [(kind, [sums[kind, month] for month in months]) for kind in KINDS]
    settled = settled_months(data, months)
    return Picture(
        charts.chart(
            "strom", "Tilganger, avganger og gruppeoverganger per måned", extremes(data, lines, months, settled),
            charts.months_panels([Panel(label, [Series(values)]) for label, values in lines], months, data.year,
                                 settled, breaks(data), mark=True),
        ),
        "På tilfellenivå, og mellom hovedgruppene.",
        [monthly("strom-tabell", "Strømmer per måned", months, lines, settled)],
    )  # fmt: skip


def group_flows(data: Source) -> Picture | None:
    """How many come into each main group, and how many leave it."""
    rows = data["strom_maaned"]
    months = every_month([row["maaned"] for row in rows])
    if not months:
        return None
    into: defaultdict[tuple[str | None, date], int] = defaultdict(int)
    out: defaultdict[tuple[str | None, date], int] = defaultdict(int)
    for row in rows:
        into[row["til_hoved"], row["maaned"]] += int(row["antall"])
        out[row["fra_hoved"], row["maaned"]] += int(row["antall"])
    panels, lines = [], []
    settled = settled_months(data, months)
    for hoved in biggest(rows, "fra_hoved", "til_hoved"):
        name = data.group(hoved)
        ins, outs = [into[hoved, month] for month in months], [out[hoved, month] for month in months]
        panels.append(Panel(name, [Series(ins), Series(outs, dashed=True)]))
        lines += [(f"{name}, inn", ins), (f"{name}, ut", outs)]
    return Picture(
        charts.chart("gruppestrom", "Inn i og ut av hver hovedgruppe per måned",
                     extremes(data, lines, months, settled),
                     charts.months_panels(panels, months, data.year, settled, breaks(data), mark=False)),
        "Hel blå strek: inn i gruppen, utenfra og fra andre grupper. Stiplet oransje: ut av den.",
        [monthly("gruppestrom-tabell", "Inn og ut per måned", months, lines, settled)],
    )  # fmt: skip


def flow_matrix(data: Source) -> Picture | None:
    """From where to where in the year: the main groups, and outside."""
    rows = [row for row in data["strom_maaned"] if row["maaned"].year == data.year]
    groups = biggest(rows, "fra_hoved", "til_hoved")
    if not groups:
        return None
    sums: defaultdict[tuple[str | None, str | None], int] = defaultdict(int)
    for row in rows:
        sums[row["fra_hoved"], row["til_hoved"]] += int(row["antall"])
    keys: list[str | None] = [None, *groups]
    fra = [("Utenfra", "Inn"), *((data.group(hoved), text.code(hoved)) for hoved in groups)]
    til = [("Ut av registeret", "Ut"), *((data.group(hoved), text.code(hoved)) for hoved in groups)]
    values = [[sums[a, b] for b in keys] for a in keys]
    ranked = sorted(
        ((values[y][x], y, x) for y in range(len(keys)) for x in range(len(keys)) if values[y][x]), reverse=True
    )
    words = "De største strømmene: " + "; ".join(
        f"{'fra ' + fra[y][0] if y else 'utenfra'} {'til ' + til[x][0] if x else 'ut av registeret'} "
        f"{text.number(size)}"
        for size, y, x in ranked[:6]
    )
    self_to_self = Cell("", "num")
    numbers = table(
        "matrise-tabell", f"Strømmer fra (rad) til (kolonne), {data.year}", ["Fra", *(label for label, _ in til)],
        [
            [fra[y][0], *(self_to_self if y == x else num(values[y][x]) for x in range(len(keys)))]
            for y in range(len(keys))
        ],
    )  # fmt: skip
    names = "; ".join(data.group(hoved) for hoved in groups)
    return Picture(
        charts.chart("matrise", f"Strømmer mellom hovedgrupper, {data.year}", words, charts.matrix(fra, til, values)),
        f"Fra (rad) til (kolonne), datert i {data.year}; jo mørkere, jo flere. {names}.",
        [numbers],
    )
