"""Two delivered folders compared: counts for programs and for reading, the rows as files."""

from pathlib import Path

from fdtrygd.db.database import Connection
from fdtrygd.leveranse import comparison, folder, formats, pages, words
from fdtrygd.leveranse.deliver import refusals

PAGE = "sammenligning.html"


def compare_deliveries(connection: Connection, a: Path, b: Path, to: Path) -> comparison.Compared:
    """Compares two folders of deliveries of one order, whichever is the older, into the new folder `to`."""
    folder.refuse(to)
    formats.require(())
    older, newer = sorted(
        (comparison.of_folder(connection, path) for path in (a, b)),
        key=lambda side: (side.last, side.version, side.number),
    )
    with folder.made(to) as unfinished, refusals():
        compared = comparison.compare(connection, older, newer, unfinished, "mappe")
        comparison.write(compared, unfinished)
        (unfinished / PAGE).write_text(page(compared), encoding="utf-8")
    return compared


def page(compared: comparison.Compared) -> str:
    """The comparison for reading, in Norwegian."""
    return pages.render("sammenligning.html.j2", c=compared, kinds=comparison.KINDS, words=words)
