"""The report's page: what the chapters make of the rows that were read, as one file of HTML."""

from datetime import datetime

from jinja2 import Environment, PackageLoader, StrictUndefined

from fdtrygd.db.database import Connection
from fdtrygd.rapport import source, text
from fdtrygd.rapport.chapters import (
    changes,
    chapter4,
    codes,
    controls,
    durations,
    ledger,
    months,
    runlog,
    statuses,
    summary,
)  # fmt: skip
from fdtrygd.rapport.source import Source
from fdtrygd.rapport.tables import SIGNS, cell
from fdtrygd.settings import product_version

CHAPTERS = (summary, controls, changes, months, durations, chapter4, statuses, codes, ledger, runlog)


def html(connection: Connection, year: int, made: datetime) -> str:
    """The report of the year, as of now; `made` is the time that it says it was made."""
    return render(source.read(connection, year), made)


def render(data: Source, made: datetime) -> str:
    """The page from what was read. The template knows each chapter by its module's name."""
    environment = Environment(
        loader=PackageLoader("fdtrygd.rapport", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    state, sentence = summary.verdict(data)
    return environment.get_template("page.html.j2").render(
        {chapter.__name__.rpartition(".")[2]: chapter for chapter in CHAPTERS},
        data=data,
        year=data.year,
        newest=data.years[-1],
        loaded=text.moment(data.load["ferdig"]),
        made=text.moment(made),
        version=product_version(),
        rules=data.load["objektversjon"],
        state=state,
        wrong=summary.wrong_years(data),
        listed=text.listed,
        sentence=sentence,
        signs=SIGNS,
        cell=cell,
        typed=text.typed,
        written=text.sentence,
        code=text.code,
        style=environment.loader.get_source(environment, "page.css")[0] if environment.loader else "",
    )
