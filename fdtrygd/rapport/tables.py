"""The report's tables: what stands in them, before it is HTML."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from fdtrygd.rapport import text

#: How something stands: as it should, to be looked at, or wrong. The page's styles know these words.
OK, LOOK, WRONG = "ok", "se", "feil"
#: A sign for each of them, so that it can be told without its colour.
SIGNS = {OK: "✓", LOOK: "!", WRONG: "✗"}
#: So many years stand side by side in a table. More go into a second one below it, as in the source ("forts.").
ABREAST = 8


@dataclass(frozen=True)
class Cell:
    """What stands in a table's cell: text, or a number (`kind` num); `mark` makes it stand out."""

    text: str
    kind: str = ""
    mark: str = ""


def num(value: text.Number | None, decimals: int = 0, mark: str = "") -> Cell:
    return Cell(text.number(value, decimals), "num", mark)


def cell(value: object) -> Cell:
    """A cell of a plain value: numbers are written as numbers, everything else as text."""
    if isinstance(value, Cell):
        return value
    if value is None or isinstance(value, int | Decimal):
        return Cell(text.plain(value), "num")
    return Cell(str(value))


@dataclass
class Table:
    """A table. The first cell of a row names the row. A row that has no other cell is a heading for those below it."""

    ident: str
    caption: str
    head: Sequence[str]
    rows: list[list[Cell]]
    foot: list[list[Cell]] = field(default_factory=list)
    notes: Sequence[str] = ()
    #: a line of headings above `head`: each text, and over how many columns it stands
    groups: Sequence[tuple[str, int]] = ()
    #: the columns of the report's year
    highlight: frozenset[int] = frozenset()

    def kind(self, column: int) -> str:
        """The kind of a column's cells, so that its heading stands over them."""
        return next((row[column].kind for row in self.rows + self.foot if column < len(row) and row[column].kind), "")


def table(
    ident: str,
    caption: str,
    head: Sequence[str],
    rows: Iterable[Sequence[object]],
    foot: Iterable[Sequence[object]] = (),
    **more: object,
) -> Table:
    """A table of plain values."""
    return Table(
        ident,
        caption,
        head,
        [[cell(value) for value in row] for row in rows],
        [[cell(value) for value in row] for row in foot],
        **more,  # type: ignore[arg-type]
    )


def blocks(years: Sequence[int], size: int = ABREAST) -> Iterator[tuple[str, Sequence[int]]]:
    """The years in blocks that fit beside each other, with what follows the table's name."""
    for first in range(0, len(years), size):
        yield " (forts.)" if first else "", years[first : first + size]


def by_year(
    ident: str,
    caption: str,
    years: Sequence[int],
    year: int,
    lines: Sequence[tuple[str, dict[int, Cell | int | None]]],
    *,
    total: str = "",
    first: str = "",
    notes: Sequence[str] = (),
) -> list[Table]:
    """Tables with a column for each year; with `total` a line of sums by that name."""
    tables = []
    for place, (continued, some) in enumerate(blocks(years)):
        rows: list[list[object]] = [[label, *(values.get(each, 0) for each in some)] for label, values in lines]
        foot: list[list[object]] = []
        if total:
            foot = [[total, *(sum(v for _, line in lines if isinstance(v := line.get(y), int)) for y in some)]]
        head = [first, *(str(each) for each in some)]
        highlight = frozenset(column for column, each in enumerate(some, 1) if each == year)
        tables.append(
            table(
                ident + (f"-{place}" if place else ""),
                caption + continued,
                head,
                rows,
                foot,
                notes=notes,
                highlight=highlight,
            )
        )
    return tables
