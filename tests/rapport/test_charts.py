"""The report's pictures: what is marked in them, their axes, and where words stand."""

import itertools
from datetime import date

import matplotlib as mpl
import pytest
from fdtrygd.rapport import charts
from fdtrygd.rapport.chapters.months import every_month
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.path import Path as MplPath


def test_jumps() -> None:
    """A break is found; everyday changes and those of small groups are not."""
    assert charts.jumps([1000, 1010, 990, 1005, 700, 705, 695]) == [4]
    assert charts.jumps([1000, 1100, 990, 1105, 1000]) == []
    assert charts.jumps([3, 1, 6, 0, 5]) == []


@pytest.mark.parametrize(
    ("before", "jump", "less"),
    [([100] * 3, 120, 119), ([100, 110, 100, 110, 100], 140, 139), ([1000] * 3, 920, 921)],
)
def test_what_is_a_jump(before: list[int], jump: int, less: int) -> None:
    """It takes 20 persons, four times the usual change, and 8 per cent."""
    assert charts.jumps([*before, *[jump] * 3]) == [len(before)]
    assert charts.jumps([*before, *[less] * 3]) == []


def test_rings() -> None:
    """A jump gets one where both months are whole, but not in the month of a known break or the one after it."""
    months = every_month([date(2002, 6, 1), date(2003, 6, 1)])

    def ringed(at: int, breaks: list[date]) -> bool:
        panel = charts.Panel("I alt", [charts.Series([100] * at + [200] * (len(months) - at))])
        (axes,) = charts.months_panels([panel], months, 2002, range(3, 10), breaks, mark=True)(True).axes
        return any(line.get_marker() == "o" for line in axes.lines)

    assert [at for at in range(1, len(months)) if ringed(at, [])] == [4, 5, 6, 7, 8, 9]
    at_new_year = [date(2002, 12, 1)]
    assert [at for at in range(4, 10) if not ringed(at, at_new_year)] == [6, 7]
    assert [charts.at_break(month, at_new_year) for month in months[5:9]] == ["", "A", "A", ""]


def test_the_axis_of_months_is_the_months() -> None:
    """A year's name stands below the months that the series has of it; up to six months have names of their own."""
    months = every_month([date(2001, 10, 1), date(2001, 12, 1)])
    panel = charts.Panel("I alt", [charts.Series([1, 2, 3])])
    (axes,) = charts.months_panels([panel], months, 2001, range(3), [], mark=True)(True).axes
    begin, end = axes.get_xlim()
    assert (begin, end) == pytest.approx((2001.75, 2002))
    assert all(begin <= place <= end for place in axes.get_xticks(minor=True))
    assert [label.get_text() for label in axes.get_xticklabels(minor=True)] == ["okt.\n2001", "nov.", "des."]
    months = every_month([date(2001, 10, 1), date(2002, 4, 1)])
    for few, labels in ((6, ["okt.\n2001", "nov.", "des.", "jan.\n2002", "feb.", "mars"]), (7, ["2001", "2002"])):
        panel = charts.Panel("I alt", [charts.Series(range(few))])
        (axes,) = charts.months_panels([panel], months[:few], 2001, range(few), [], mark=True)(True).axes
        assert [label.get_text() for label in axes.get_xticklabels(minor=True)] == labels


@pytest.mark.parametrize("wide", [True, False])
def test_labels_lie_on_nothing(wide: bool) -> None:
    """Numbers at rings lie on no line and no words, wherever the jump is; titles and bars' numbers do not meet."""
    months = every_month([date(2001, 1, 1), date(2005, 12, 1)])
    wave = [1000 + 30 * (place % 3) for place in range(60)]
    panels = [
        charts.Panel(
            f"{at} Ordinære tiltaksdeltakere", [charts.Series([*wave[:at], *(step + each for each in wave[at:])])]
        )
        for at in (1, 2, 20, 30, 45, 57, 58)
        for step in (-700, -300, 400, 2000)
    ]
    panels.append(
        charts.Panel("Spiss", [charts.Series([*wave[:30], 5000, *wave[31:]]), charts.Series(wave, dashed=True)])
    )
    drawn = charts.months_panels(panels, months, 2002, range(60), [date(2001, 11, 1), date(2002, 10, 1)], mark=True)
    years = range(1998, 2006)
    bars = charts.bar_panels([charts.Panel("Feilaktig datering", [charts.Series([97.73] * 8)])] * 4, years, 2002, 2)
    labelled = 0
    with mpl.rc_context(charts.STYLE):
        for figure in (drawn(wide), bars(wide)):
            renderer = FigureCanvasAgg(figure).get_renderer()
            boxes = [
                words.get_window_extent(renderer)
                for axes in figure.axes for words in (*axes.texts, axes.title, axes._left_title) if words.get_text()
            ]  # fmt: skip
            assert [(a, b) for a, b in itertools.combinations(boxes, 2) if a.overlaps(b)] == []
            for axes in figure.axes:
                lines = [
                    line.get_transform().transform(line.get_xydata())
                    for line in axes.lines
                    if len(line.get_xydata()) > 1
                ]
                for label in axes.texts:
                    if "%" in label.get_text():
                        labelled += 1
                        box = label.get_window_extent(renderer)
                        assert not any(MplPath(line).intersects_bbox(box, filled=False) for line in lines)
    assert labelled > len(panels) / 2


def test_a_text_is_never_a_formula() -> None:
    """A code may be $$ or $x$, which matplotlib would take for mathematics, or for a mistake in it."""
    for label in ("$$", "$x$", "$\\foo", "100 %", "<b>&amp;"):
        panel = charts.Panel(label, [charts.Series([1, 2])])
        months = [date(2001, month, 1) for month in (1, 2)]
        drawn = charts.chart("x", label, label, charts.months_panels([panel], months, 2001, range(2), [], mark=True))
        assert f">{charts.escaped(label)}</text>" in drawn.wide
        charts.chart("x", label, label, charts.quartile_rows([(label, (1, 2, 3), None)]))
        charts.chart("x", label, label, charts.matrix([(label, label)] * 2, [(label, label)] * 2, [[1, 2], [3, 4]]))
