"""Two delivered folders compared: counts for programs and for reading, the rows as files."""

from pathlib import Path

from fdtrygd.db.database import Connection
from fdtrygd.leveranse import comparison, folder
from fdtrygd.leveranse.deliver import refusals

PAGE = "sammenligning.html"
STYLE = """\
body { margin: 0 auto; padding: 0 1rem 3rem; max-width: 58rem; color: #1d1d1f; font: 1rem/1.5 system-ui, sans-serif; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { padding: .4rem .75rem .4rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid #e4e4e4; }
.num { text-align: right; white-space: nowrap; }
.rull { overflow-x: auto; }"""


def compare_deliveries(connection: Connection, a: Path, b: Path, to: Path) -> comparison.Compared:
    """Compares two folders of deliveries of one order, whichever is the older, into the new folder `to`."""
    folder.refuse(to)
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
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("fdtrygd.leveranse", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("sammenligning.html.j2").render(
        c=compared,
        kinds=comparison.KINDS,
        always=("ny", "fikk_slutt", "uendret", "endret", "borte"),
        number=lambda value: f"{value:,}".replace(",", "\N{NO-BREAK SPACE}"),
        style=STYLE,
    )
