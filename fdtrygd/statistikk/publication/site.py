"""The site: a page for each table and one that lists them; each needs nothing but itself, and no network.

What a page shows at first is in its HTML. The script (page.js) shows other regions and periods from the figures that
the page carries, and draws the picture.
"""

import importlib.util
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from fdtrygd.errors import UserError
from fdtrygd.statistikk.publication import words
from fdtrygd.statistikk.publication.source import TOTAL, Category, Dimension, Sheet, Shown, Table, Version

#: What a cell shows whose class was not in use in the period.
NOT_THEN = "."
#: The note of a version whose base is told apart otherwise than that of the period before (statistikk.bruddnote).
BREAK = "brudd"
#: So many periods at most are named one by one.
FEW = 12
#: So many figures that were corrected are listed for a version; the files have all of them.
LISTED = 200


def require() -> None:
    """UserError where what makes pages is not installed."""
    if not importlib.util.find_spec("jinja2"):
        raise UserError(
            "The pages need jinja2, which is not installed: `make statistics-publish …` installs it, or pip install "
            "'fdtrygd[statistikk]'."
        )


def pages(sheets: Sequence[Sheet]) -> Iterator[tuple[str, bytes]]:
    """The pages by their names."""
    shown = [Page(list(some)) for _, some in itertools.groupby(sheets, lambda sheet: sheet.table.name)]
    yield "index.html", render("index.html.j2", pages=shown, **common(shown))
    for page in shown:
        yield page.name, render("table.html.j2", page=page, **common([page]))


def common(shown: list["Page"]) -> dict[str, Any]:
    """What every page has, of the tables that it is about."""
    versions = list(dict.fromkeys(sheet.version for page in shown for sheet in page.sheets))
    versions.sort(key=lambda version: version.moment, reverse=True)
    cells = [cell for page in shown for some in page.cells.values() for cell, _ in some]
    before = [cell for page in shown for sheet in page.sheets for cell in sheet.before.values()]
    used = {"0", *({"r"} if before else ()), *(cell for cell in cells + before if isinstance(cell, str))}
    return {
        "words": words,
        "listed": LISTED,
        "versions": versions,
        "packages": list({each.package: each.package_title for each in reversed(versions)}.values()),
        "published": published(versions),
        "symbols": {
            symbol: meaning
            for symbol, meaning in (
                {symbol: text for symbol, (_, text) in words.SYMBOLS.items()} | words.OTHERS
            ).items()
            if symbol in used
        },
    }


def published(versions: Sequence[Version]) -> list[tuple[Version, str]]:
    """What was published at once for one reason: one of these versions, and of which periods they are."""
    found = []
    for _, some in itertools.groupby(
        versions,
        lambda each: (
            each.published, each.package, each.why, each.alone, each.exact, each.corrects is None,
        ),
    ):  # fmt: skip
        together = list(some)
        periods = [
            words.published_period(each.period) + (f" (versjon {each.edition})" if each.edition > 1 else "")
            for each in reversed(together)
        ]
        found.append((together[0], named(periods)))
    return found


def named(periods: list[str]) -> str:
    """Those periods, in words."""
    return ", ".join(periods) if len(periods) <= FEW else f"{len(periods)} perioder, {periods[0]} – {periods[-1]}"


def months(period: str) -> int:
    """How many months there are up to 2003M04."""
    year, _, month = period.partition("M")
    return int(year) * 12 + int(month)


def render(template: str, **values: Any) -> bytes:
    """The page of that template; what it names and is not given is an error."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("fdtrygd.statistikk.publication", ".")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"numbered": lambda words: list(enumerate(words)), "periode": words.period}
    style, script = (loader.get_source(environment, name)[0] for name in ("page.css", "page.js"))
    return environment.get_template(template).render(values, style=style, script=script).encode()


@dataclass(frozen=True)
class Line:
    """A row of a table on a page: what it is about, and its cells."""

    title: str
    cells: list[tuple[Shown, bool]]
    total: bool = False


class Page:
    """A table's page: of each period the last version, and what the others were.

    Versions may call the table, its classes and its notes by other words: the page has those of the version that was
    published last. Periods whose last version tells the table apart by something else are in the files alone.
    """

    def __init__(self, sheets: list[Sheet]) -> None:
        #: every version of the table, the last periods first
        self.sheets = sheets[::-1]
        heading = max(sheets, key=lambda sheet: sheet.version.moment)
        self.table: Table = heading.table
        self.package_title = heading.version.package_title
        #: by period, in their order
        last = {sheet.version.period: sheet for sheet in sheets}
        self.last = {period: sheet for period, sheet in last.items() if sheet.table.groupings == self.table.groupings}
        self.apart = [words.period(period) for period in last if period not in self.last]
        self.name = f"{self.table.name}.html"
        #: where the table's dimensions stand: rows of the table by region, columns, and what is chosen
        places = range(len(self.table.dimensions))
        regions = [place for place in places if self.dimension(place).attribute == "region"]
        self.rows: int | None = regions[0] if regions else None
        others = [place for place in places if place != self.rows]
        self.columns: int | None = others[-1] if others else None
        self.chosen = [place for place in others if place != self.columns]

    def called(self, place: int, category: Category) -> str:
        """What a class is called on the page: a region with its number, since two may have one name."""
        numbered = place == self.rows and category.code != TOTAL
        return f"{category.code} {category.text}" if numbered else category.text

    def dimension(self, place: int) -> Dimension:
        return self.table.dimensions[place]

    @property
    def newest(self) -> Sheet:
        return list(self.last.values())[-1]

    @property
    def by_publishing(self) -> list[Sheet]:
        """The last version of each period that is shown, those that were published last first."""
        return sorted(self.last.values(), key=lambda sheet: sheet.version.moment, reverse=True)

    @cached_property
    def known(self) -> list[list[tuple[Category, set[str]]]]:
        """Of each dimension all that some period has, with these periods.

        A code that has come to mean something else stands twice; a class that is only called otherwise, once.
        """
        found = []
        for place in range(len(self.table.dimensions)):
            by_code: dict[str, list[tuple[Category, set[str]]]] = {}
            for sheet in self.by_publishing:
                day, period = sheet.version.day, sheet.version.period
                for each in sheet.categories[place]:
                    some = by_code.setdefault(each.code, [])
                    periods = next((having for known, having in some if known.is_also(each, day)), None)
                    if periods is None:
                        periods = set()
                        some.append((each, periods))
                    periods.add(period)
            known = [each for some in by_code.values() for each in some]
            found.append(sorted(known, key=lambda one: (one[0].code != TOTAL, one[0].order, one[0].code, one[0].since)))
        return found

    @cached_property
    def categories(self) -> list[list[Category]]:
        return [
            [replace(each, text=self.called(place, each)) for each, _ in some] for place, some in enumerate(self.known)
        ]

    @cached_property
    def cells(self) -> dict[str, list[tuple[Shown, bool]]]:
        """By period the cells of all those categories, each with whether it was corrected."""
        found = {}
        for period, sheet in self.last.items():
            codes = [[each.code if period in periods else None for each, periods in some] for some in self.known]
            found[period] = [
                (NOT_THEN, False) if place is None else (sheet.cells[place], place in sheet.before)
                for place in map(sheet.by_codes.get, itertools.product(*codes))
            ]
        return found

    @cached_property
    def figures(self) -> dict[str, Any]:
        """What the script reads."""
        return {
            "tittel": self.table.title,
            "enhet": self.table.unit,
            "rader": self.rows,
            "kolonner": self.columns,
            "valg": self.chosen,
            "vist": self.opens,
            "dimensjoner": [
                {
                    "tekst": dimension.text,
                    "klasser": [{"kode": each.code, "tekst": each.text} for each in categories],
                }
                for dimension, categories in zip(self.table.dimensions, self.categories, strict=True)
            ],
            "perioder": [
                {
                    "kode": each,
                    "tekst": words.period(each),
                    "kort": words.short_period(each),
                    "naar": words.when(sheet.version),
                }
                for each, sheet in self.last.items()
            ],
            "tall": [[cell for cell, _ in some] for some in self.cells.values()],
            "rettet": [[place for place, (_, mark) in enumerate(some) if mark] for some in self.cells.values()],
        }

    def head(self) -> list[str]:
        """What stands over the figures."""
        if self.columns is None:
            return [self.table.unit]
        return [each.text for each in self.categories[self.columns]]

    @cached_property
    def opens(self) -> Sequence[int]:
        """The class of each dimension that is shown at first: in the last period the first one that has a figure."""
        offered = [range(len(some)) if place in self.chosen else (0,) for place, some in enumerate(self.categories)]
        every = list(itertools.product(*offered))
        period = self.newest.version.period
        with_figure = (at for at in every if any(not isinstance(cell, str) for cell, _ in self.across(period, at)))
        return next(with_figure, every[0])

    def across(self, period: str, at: Sequence[int]) -> list[tuple[Shown, bool]]:
        """The cells of those classes in a period, one for each class of the columns."""
        length = len(self.categories[self.columns]) if self.columns is not None else 1
        cells = []
        for column in range(length):
            place = 0
            for number, categories in enumerate(self.categories):
                place = place * len(categories) + (column if number == self.columns else at[number])
            cells.append(self.cells[period][place])
        return cells

    def line(self, title: str, period: str, row: int, total: bool = False) -> Line:
        """The figures of a region in a period, and of what is shown at first of all else."""
        at = [row if number == self.rows else place for number, place in enumerate(self.opens)]
        return Line(title, self.across(period, at), total)

    def over_time(self) -> list[Line]:
        """Of the first region, the last period first."""
        return [self.line(words.when(sheet.version), period, 0) for period, sheet in reversed(self.last.items())]

    def by_region(self) -> list[Line]:
        """Of the last period."""
        if self.rows is None:
            return []
        period = self.newest.version.period
        return [
            self.line(each.text, period, row, each.code == TOTAL) for row, each in enumerate(self.categories[self.rows])
        ]

    def selection(self, *places: int | None) -> str:
        """What of those dimensions is shown at first."""
        shown = [self.categories[place][self.opens[place]].text for place in places if place is not None]
        return ", ".join(shown) or self.table.title

    @property
    def periods(self) -> str:
        """januar 2003 – desember 2003; 2 av 12 måneder, januar 2003 – desember 2003, where the others are not there"""
        first, last = next(iter(self.last)), self.newest.version.period
        if first == last:
            return words.period(first)
        span, count = f"{words.period(first)} – {words.period(last)}", len(self.last)
        between = months(last) - months(first) + 1 if "M" in first else int(last) - int(first) + 1
        there = "" if between == count else f"{count} av {between} {'måneder' if 'M' in first else 'år'}, "
        return there + span

    @property
    def notes(self) -> list[str]:
        """Those of any period that is shown, what is not shown, and where the base has begun anew."""
        own = {note.name: note for sheet in reversed(self.by_publishing) for note in sheet.table.notes}
        own.pop(BREAK, None)  # the page says it of the versions that it shows
        apart = [words.APART.format(named(self.apart))] if self.apart else []
        breaks = [
            words.period(sheet.version.period)
            for before, sheet in itertools.pairwise(self.last.values())
            if before.version.grid != sheet.version.grid
        ]
        said = [words.BREAK.format(words.listed(breaks))] if breaks else []
        return [note.text for note in sorted(own.values(), key=lambda note: note.order)] + apart + said

    def replaced(self, sheet: Sheet) -> int | None:
        """The number of the version of its period that is shown instead of it."""
        last = max(each.version.edition for each in self.sheets if each.version.period == sheet.version.period)
        return last if last != sheet.version.edition else None

    @property
    def corrections(self) -> list[Sheet]:
        """Versions that corrected another one, the last periods first."""
        return [sheet for sheet in self.sheets if sheet.version.corrects]

    def corrected(self, sheet: Sheet) -> list[tuple[str, Shown, Shown]]:
        """What a version corrected: the cell, what it was, what it is."""
        return [
            (", ".join(itertools.starmap(self.called, enumerate(of))), sheet.before[place], cell)
            for place, of, cell in sheet.rows()
            if place in sheet.before
        ]
