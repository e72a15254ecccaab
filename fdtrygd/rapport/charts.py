"""The report's pictures: matplotlib's SVG, drawn twice, for a wide page and for a phone.

Each picture is a set of small panels that are read one by one, so that nothing depends on colours. Text stays text
(svg.fonttype none). Ids are made from the content and no date is written, so that the same data give the same bytes.
"""

import io
import math
import re
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import LogNorm
from matplotlib.figure import Figure
from matplotlib.path import Path
from matplotlib.ticker import FuncFormatter, MaxNLocator

from fdtrygd.norsk import SPACE
from fdtrygd.rapport.tables import Table
from fdtrygd.rapport.text import change, in_words, number, short_month

#: Widths in CSS pixels at which the text has the size that FONT says; on paper the wide one is shrunk by a quarter.
WIDE, NARROW = 880, 358
FONT = 12
STYLE: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "fdtrygd",
    "font.size": FONT,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": "#767676",
    "axes.titlelocation": "left",
    "axes.titlesize": FONT,
    "axes.titleweight": "bold",
    "axes.axisbelow": True,
    "xtick.color": "#444444",
    "ytick.color": "#444444",
    "xtick.labelsize": FONT - 1,
    "ytick.labelsize": FONT - 1,
    "axes.unicode_minus": True,
    # A code may be $$, or $x$: text is never a formula
    "text.parse_math": False,
}
#: Okabe and Ito's blue and vermilion, which differ in grey too (the second is always dashed as well), and greys.
FIRST, SECOND, BACKGROUND, BAND, UNSETTLED, BREAK = (
    "#0072b2", "#d55e00", "#9a9a9a", "#fdf1cf", "#e2e2e2", "#555555",
)  # fmt: skip
#: A change from one month to the next is a jump if it is at least so many times the series' usual change, so large a
#: share, and so many persons.
JUMP_TIMES, JUMP_SHARE, JUMP_COUNT = 4, 0.08, 20
#: So many main groups at most get a panel of their own, the biggest. NAV has had up to 15.
PANELS = 16
#: So many months at most are named one by one below a picture.
FEW = 6


@dataclass(frozen=True)
class Chart:
    """A picture in two widths with its text alternative."""

    name: str
    title: str
    text: str
    wide: str
    narrow: str


@dataclass(frozen=True)
class Picture:
    """A chart with what stands below it, and its numbers."""

    chart: Chart
    caption: str
    numbers: list[Table]


@dataclass
class Series:
    """A line: months and counts, or lengths and shares."""

    values: Sequence[float]
    dashed: bool = False


@dataclass
class Panel:
    """One of the small pictures."""

    title: str
    series: list[Series] = field(default_factory=list)


def jumps(values: Sequence[float]) -> list[int]:
    """The places at which a series changes by far more than it usually does from one month to the next."""
    steps = [abs(b - a) for a, b in pairwise(values)]
    usual = sorted(steps)[len(steps) // 2] if steps else 0
    return [
        place
        for place, step in enumerate(steps, 1)
        if step >= JUMP_COUNT
        and step >= JUMP_TIMES * usual
        and step >= JUMP_SHARE * max(values[place - 1], values[place])
    ]


def position(day: date) -> float:
    """The day's place on an axis of years."""
    return day.year + (day.month - 1) / 12 + (day.day - 1) / 365


def svg(figure: Figure, name: str, title: str, text: str) -> str:
    """The figure as an <svg> element for a page of HTML, with a name, a description and ids of its own."""
    stream = io.StringIO()
    figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    drawn = stream.getvalue()
    drawn = drawn[drawn.index("<svg") :]
    drawn = re.sub(r"<metadata>.*?</metadata>|<style[^>]*>.*?</style>|<!--.*?-->", "", drawn, flags=re.DOTALL)
    drawn = re.sub(r'(\bid="|url\(#|href="#)', rf"\g<1>{name}-", drawn)
    drawn = re.sub(r"font: ([^;\"]*?)px [^;\"]*", r"font-size: \1px", drawn)
    size = re.search(r'viewBox="[^"]*"', drawn)
    begin = (
        f'<svg role="img" aria-labelledby="{name}-title {name}-desc" {size.group() if size else ""} '
        'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
        f'<title id="{name}-title">{escaped(title)}</title><desc id="{name}-desc">{escaped(text)}</desc>'
    )
    return begin + re.sub(r"\n\s*", "\n", drawn[drawn.index(">") + 1 :])


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def chart(name: str, title: str, text: str, draw: Callable[[bool], Figure]) -> Chart:
    """What `draw` draws, in both widths."""
    with mpl.rc_context(STYLE):
        wide, narrow = (svg(draw(wide), f"{name}-{'w' if wide else 'n'}", title, text) for wide in (True, False))
    return Chart(name, title, text, wide, narrow)


def grid(panels: int, wide: bool, height: int, left: int = 58, across: int = 3) -> tuple[Figure, list[Axes]]:
    """A figure with so many panels, each of them `height` pixels high."""
    columns = min(across, panels) if wide else 1
    rows = math.ceil(panels / columns)
    width = WIDE if wide else NARROW
    top, bottom = 26, 30
    total = rows * (height + top + bottom)
    figure = Figure(figsize=(width / 72, total / 72))
    cell = width / columns
    axes = []
    for place in range(panels):
        row, column = divmod(place, columns)
        low = total - (row + 1) * (height + top + bottom) + bottom
        axes.append(
            figure.add_axes(((column * cell + left) / width, low / total, (cell - left - 12) / width, height / total))
        )
    return figure, axes


def letter(place: int) -> str:
    """What a break is called in the pictures: A, B and so on."""
    return chr(ord("A") + place)


def at_break(month: date, breaks: Sequence[date]) -> str:
    """The letter of a break in this month or in the one before, which explains a jump or the way back; else empty."""
    before = date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)
    return next((letter(place) for place, day in enumerate(breaks) if day.replace(day=1) in (month, before)), "")


def months_axis(axes: Axes, months: Sequence[date], year: int, breaks: Sequence[date], wide: bool) -> None:
    """Writes the years below the panel, or the months of a short series; shades the report's year; dots the breaks."""
    first, last = months[0].year, months[-1].year
    begin, end = position(months[0]), position(months[-1]) + 1 / 12
    step = math.ceil((last - first + 1) / (5 if wide else 8))
    axes.set_xticks([float(each) for each in range(first, last + 2) if begin <= each <= end])
    axes.set_xticklabels([])
    shown = [each for each in range(first, last + 1) if (each - year) % step == 0]
    middles = [(max(each, begin) + min(each + 1, end)) / 2 for each in shown]
    names = [str(each) for each in shown]
    if len(months) <= FEW:
        middles = [position(month) + 1 / 24 for month in months]
        names = [
            name.replace(" ", "\n") if month in (months[0], date(month.year, 1, 1)) else name.partition(" ")[0]
            for month, name in zip(months, map(short_month, months), strict=True)
        ]
    axes.set_xticks(middles, names, minor=True)
    axes.tick_params(axis="x", which="minor", length=0)
    axes.axvspan(year, year + 1, color=BAND, zorder=0, linewidth=0)
    axes.set_xlim(begin, end)
    for place, day in enumerate(breaks):
        if months[0] < day <= months[-1]:
            axes.axvline(position(day), color=BREAK, linestyle=":", linewidth=1.2, zorder=1)
            axes.annotate(
                letter(place), (position(day), 1), (3, 1), xycoords=("data", "axes fraction"),
                textcoords="offset points", ha="left", va="top", fontsize=FONT - 2, color=BREAK,
            )  # fmt: skip


def counts_axis(axes: Axes, highest: float) -> None:
    """An axis of counts from zero up, a few of which are written."""
    axes.set_ylim(0, max(highest, 1) * 1.18)
    axes.yaxis.set_major_locator(MaxNLocator(3, integer=True))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number(round(value)) if value else "0"))
    axes.grid(axis="y", color="#e4e4e4", linewidth=0.8)


def beside(axes: Axes, words: str, place: tuple[float, float], lines: Sequence[tuple[Sequence[float], ...]]) -> None:
    """Writes the words near the place, where they lie on no line, on no other words and within the panel.

    If there is no such room they are left out: the ring is still there, and the picture's words say the same.
    """
    renderer = FigureCanvasAgg(axes.get_figure()).get_renderer()  # type: ignore[arg-type, no-untyped-call]
    paths = [Path(axes.transData.transform(list(zip(*line, strict=True)))) for line in lines]
    taken = [each.get_window_extent(renderer) for each in axes.texts]
    label = axes.annotate(words, place, (0, 0), textcoords="offset points", va="center", fontsize=FONT - 1)
    for up in (0, 10, -10, 18, -18, 28, -28, 40, -40, 55, -55, 70, -70):
        for right in (9, -9):
            label.set_horizontalalignment("left" if right > 0 else "right")
            label.xyann = (right, up)
            box = label.get_window_extent(renderer).padded(3)
            inside = axes.bbox.x0 <= box.x0 and box.x1 <= axes.bbox.x1 + 12 and axes.bbox.y0 <= box.y0
            if (
                inside
                and box.y1 <= axes.bbox.y1
                and not any(path.intersects_bbox(box, filled=False) for path in paths)
                and not any(box.overlaps(other) for other in taken)
            ):
                return
    label.remove()


def months_panels(
    panels: Sequence[Panel],
    months: Sequence[date],
    year: int,
    settled: range,
    breaks: Sequence[date],
    *,
    mark: bool,
) -> Callable[[bool], Figure]:
    """Counts by month in each panel. With `mark` jumps at no known break get a ring; what is not settled is grey."""
    places = [position(day) + 1 / 24 for day in months]

    def draw(wide: bool) -> Figure:
        figure, all_axes = grid(len(panels), wide, 120)
        for axes, panel in zip(all_axes, panels, strict=True):
            axes.set_title(panel.title, pad=8)
            counts_axis(axes, max((max(series.values) for series in panel.series), default=0))
            months_axis(axes, months, year, breaks, wide)
            ends = [position(day) for day in months] + [position(months[-1]) + 1 / 12]
            for first, last in ((0, settled.start), (settled.stop, len(months))):
                if first < last:
                    axes.axvspan(ends[first], ends[last], color=UNSETTLED, zorder=0.5, linewidth=0)
            for series in panel.series:
                axes.plot(
                    places, series.values, color=SECOND if series.dashed else FIRST,
                    linestyle=(0, (3, 1.5)) if series.dashed else "-", linewidth=1.6,
                )  # fmt: skip
            for series in panel.series if mark else ():
                found = [
                    at
                    for at in jumps(series.values)
                    if at - 1 in settled and at in settled and not at_break(months[at], breaks)
                ]
                for at in found:
                    axes.plot(
                        places[at], series.values[at], marker="o", markersize=7, fillstyle="none", color=SECOND,
                        linewidth=0,
                    )  # fmt: skip
                if found:  # only the largest jump of a panel gets its number
                    at = max(found, key=lambda at: abs(series.values[at] - series.values[at - 1]))
                    before, after = series.values[at - 1], series.values[at]
                    words = change((after - before) / before * 100) if before else f"fra{SPACE}0"
                    lines: list[tuple[Sequence[float], ...]] = [(places, each.values) for each in panel.series]
                    known = (position(day) for day in breaks if months[0] < day <= months[-1])
                    lines += [((at_day, at_day), axes.get_ylim()) for at_day in known]
                    beside(axes, f"{words} i {short_month(months[at])}", (places[at], after), lines)
        return figure

    return draw


def survival_panels(panels: Sequence[Panel], limit: int, step: int) -> Callable[[bool], Figure]:
    """Shares by length in days. A series that is there to compare with is dashed and grey."""
    places = list(range(0, limit + 1, step))
    ticks = [days for days in ((0, 365, 730, 1096) if limit >= 365 else (0, 30, 91, 182)) if days <= limit]

    def draw(wide: bool) -> Figure:
        figure, all_axes = grid(len(panels), wide, 120)
        for axes, panel in zip(all_axes, panels, strict=True):
            axes.set_title(panel.title, pad=8)
            axes.set_xlim(0, limit)
            axes.set_ylim(0, 1.03)
            axes.set_yticks([0, 0.5, 1], [f"0{SPACE}%", f"50{SPACE}%", f"100{SPACE}%"])
            in_years = [f"{round(days / 365)}{SPACE}år" if days >= 365 else f"{days}{SPACE}dager" for days in ticks]
            axes.set_xticks(ticks, ["0", *in_years[1:]])
            axes.grid(color="#e4e4e4", linewidth=0.8)
            for series in panel.series:
                axes.plot(
                    places[: len(series.values)], series.values, drawstyle="steps-post",
                    color=BACKGROUND if series.dashed else FIRST,
                    linestyle=(0, (3, 1.5)) if series.dashed else "-", linewidth=1.8,
                )  # fmt: skip
        return figure

    return draw


def bar_panels(panels: Sequence[Panel], years: Sequence[int], year: int, decimals: int) -> Callable[[bool], Figure]:
    """A bar for each year with its number on top; that of the report's year is dark."""

    def draw(wide: bool) -> Figure:
        figure, all_axes = grid(len(panels), wide, 110, left=14, across=4)
        step = math.ceil(len(years) / (6 if wide else 10))  # as many labels as have room beside each other
        for axes, panel in zip(all_axes, panels, strict=True):
            values = panel.series[0].values
            axes.set_title(panel.title, pad=8)
            bars = axes.bar(
                range(len(years)), values, width=0.72, color=[FIRST if each == year else "#b9c6cf" for each in years]
            )
            for bar, value, each in zip(bars, values, years, strict=True):
                if (each - year) % step == 0:
                    axes.annotate(
                        number(value, decimals if value < 10 else 1),
                        (bar.get_x() + bar.get_width() / 2, bar.get_height()), (0, 2),
                        textcoords="offset points", ha="center", va="bottom", fontsize=FONT - 1,
                        fontweight="bold" if each == year else "normal",
                    )  # fmt: skip
            axes.set_ylim(0, max(*values, 0.01) * 1.2)
            axes.set_yticks([])
            axes.spines["left"].set_visible(False)
            shown = [place for place, each in enumerate(years) if (each - year) % step == 0]
            axes.set_xticks(shown, [str(years[place]) for place in shown])
        return figure

    return draw


def quartile_rows(
    rows: Sequence[tuple[str, Sequence[float] | None, Sequence[float] | None]],
) -> Callable[[bool], Figure]:
    """A row for each label: from the first to the third quartile with the median, this year above the year before."""

    def draw(wide: bool) -> Figure:
        width, row_height, top, bottom = (WIDE, 44, 8, 42) if wide else (NARROW, 62, 8, 42)
        total = top + bottom + row_height * len(rows)
        left = 200 if wide else 12
        figure = Figure(figsize=(width / 72, total / 72))
        axes = figure.add_axes(
            (left / width, bottom / total, (width - left - 60) / width, row_height * len(rows) / total)
        )
        axes.set_ylim(len(rows), 0)
        highest = max((max(each) for _, *both in rows for each in both if each), default=1)
        axes.set_xlim(0, highest * 1.08)
        for place, (label, this, before) in enumerate(rows):
            middle = place + (0.5 if wide else 0.62)
            if wide:
                axes.annotate(
                    label, (0, middle), (-8, 0), xycoords=("axes fraction", "data"), textcoords="offset points",
                    ha="right", va="center",
                )  # fmt: skip
            else:
                axes.annotate(label, (0, place + 0.24), va="center", xycoords=("axes fraction", "data"))
            for quartiles, at, colour, size in (
                (this, middle - 0.1, FIRST, 5.0), (before, middle + 0.17, BACKGROUND, 2.5)
            ):  # fmt: skip
                if quartiles:
                    axes.plot([quartiles[0], quartiles[2]], [at, at], color=colour, linewidth=size)
                    axes.plot(
                        quartiles[1], at, marker="o", color=colour, markersize=size + 5,
                        markerfacecolor="white", markeredgewidth=1.8,
                    )  # fmt: skip
                    if quartiles is this:
                        axes.annotate(
                            number(quartiles[1]), (quartiles[2], at), (8, 0), textcoords="offset points", va="center",
                            fontweight="bold",
                        )  # fmt: skip
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        axes.xaxis.set_major_locator(MaxNLocator(8 if wide else 4, integer=True))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(round(value)) if value else "0"))
        axes.grid(axis="x", color="#e4e4e4", linewidth=0.8)
        axes.set_xlabel("dager")
        return figure

    return draw


def matrix(
    rows: Sequence[tuple[str, str]], columns: Sequence[tuple[str, str]], values: Sequence[Sequence[int]]
) -> Callable[[bool], Figure]:
    """Counts from (rows) and to (columns), the darker the more. Labels are long in the wide picture, else short."""
    highest = max((max(row) for row in values), default=0)
    colours = mpl.colormaps["Blues"]
    norm = LogNorm(1, max(highest, 10) * 1.5)

    def draw(wide: bool) -> Figure:
        width, cell, left, top = (WIDE, 40, 190, 64) if wide else (NARROW, 34, 34, 40)
        total = top + cell * len(rows) + 6
        figure = Figure(figsize=(width / 72, total / 72))
        axes = figure.add_axes((left / width, 6 / total, (width - left - 4) / width, cell * len(rows) / total))
        axes.set_xlim(0, len(columns))
        axes.set_ylim(len(rows), 0)
        axes.pcolormesh(
            [[max(value, 0.1) for value in row] for row in values],
            cmap=colours, norm=norm, edgecolors="white", linewidth=1.5,
        )  # fmt: skip
        for y, row in enumerate(values):
            for x, value in enumerate(row):
                if y == x:
                    continue  # nobody moves from a group to the same group
                dark = value > 0 and norm(value) > 0.55
                axes.annotate(
                    number(value), (x + 0.5, y + 0.5), ha="center", va="center",
                    fontsize=FONT if wide else (FONT - 2 if highest < 10_000 else FONT - 4),
                    color="white" if dark else "black",
                )  # fmt: skip
        axes.spines[:].set_visible(False)
        axes.tick_params(length=0, top=True, labeltop=True, bottom=False, labelbottom=False)
        names = [textwrap.fill(label, 12, break_long_words=False) if wide else short for label, short in columns]
        axes.set_xticks([place + 0.5 for place in range(len(columns))], names, fontsize=FONT - 2 if wide else FONT - 1)
        axes.set_yticks([place + 0.5 for place in range(len(rows))], [row[0 if wide else 1] for row in rows])
        axes.xaxis.set_label_position("top")
        return figure

    return draw


def extremes(values: Sequence[float], months: Sequence[date], settled: range, breaks: Sequence[date]) -> str:
    """A series in words, over its settled months: its lowest, its highest, and its largest change between two."""
    if not settled:
        return "ingen måned er hel ennå"
    low, high = min(settled, key=lambda at: values[at]), max(settled, key=lambda at: values[at])
    words = (
        f"lavest {in_words(values[low])} i {short_month(months[low])}, "
        f"høyest {in_words(values[high])} i {short_month(months[high])}"
    )
    place = max(settled[1:], key=lambda at: abs(values[at] - values[at - 1]), default=0)
    before, after = values[place - 1], values[place]
    if not place or before == after:
        return words
    share = f" ({change((after - before) / before * 100)})" if before else ""
    known = f", kjent brudd {name}" if (name := at_break(months[place], breaks)) else ""
    return (
        f"{words}; største sprang fra {in_words(before)} til {in_words(after)}{share} i "
        f"{short_month(months[place])}{known}"
    )
