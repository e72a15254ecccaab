"""Versions of a period's statistics: which there are, what the controls find, and what the database refuses."""

import re
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from fdtrygd import errors
from fdtrygd.db.database import Connection
from fdtrygd.errors import UserError

PERIOD = re.compile(r"[0-9]{4}(M(0[1-9]|1[0-2]))?")
#: The database's words for what a version is refused for: its own, and the population register's.
REFUSED = ("FD008", "FD009")


@dataclass(frozen=True)
class Control:
    """A promise about a version, and what was found against it."""

    name: str
    severity: str
    promise: str
    count: int
    #: the first findings, in sentences
    details: list[str]

    @property
    def is_error(self) -> bool:
        return self.severity == "feil" and self.count > 0


@dataclass(frozen=True)
class Version:
    """A version of a package's period."""

    id: int
    package: str
    period: str
    number: int
    state: str
    #: whether an attack on it was run
    audited: bool = False
    #: of how many published months an average is the mean
    months: int = 0

    @property
    def is_published(self) -> bool:
        return self.state == "publisert"

    @property
    def named(self) -> str:
        """In a sentence, which goes on behind it."""
        return f"{self.package} {self.period}, version {self.number},"


@dataclass(frozen=True)
class Checked:
    """A version that went a step further, and what its controls found: warnings."""

    version: Version
    controls: list[Control]


def refuse_no_period(period: str) -> None:
    """UserError for what names no period."""
    if not PERIOD.fullmatch(period):
        raise UserError(f"{period} is no period: 2003M04 is a month, 2003 the averages of a year.")


def packages(connection: Connection, period: str) -> list[str]:
    """The packages that have tables of such periods."""
    measure = "beholdning" if "M" in period else "aarsgjennomsnitt"
    rows = connection.execute("SELECT DISTINCT pakke FROM statistikk.tabell WHERE maal = %s ORDER BY 1", [measure])
    return [package for (package,) in rows]


def latest(connection: Connection, period: str) -> list[Version]:
    """The last version of the period of each package; UserError where none was made."""
    found = made(connection, period)
    if not found:
        raise UserError(f"There is no version of {period}: fdtrygd statistics make {period} makes one.")
    return found


def made(connection: Connection, period: str) -> list[Version]:
    """The last version of the period of each package that has one."""
    refuse_no_period(period)
    rows = connection.execute(
        "SELECT DISTINCT ON (v.pakke) v.versjon, v.pakke, v.periode, v.nummer, v.tilstand,"
        " EXISTS (SELECT FROM statistikk.avsloringskontroll AS a WHERE a.versjon = v.versjon),"
        " (SELECT count(*) FROM statistikk.snitt_av_versjon AS s WHERE s.versjon = v.versjon)"
        " FROM statistikk.versjon AS v WHERE v.periode = %s ORDER BY v.pakke, v.nummer DESC",
        [period],
    ).fetchall()
    return [Version(*row) for row in rows]


def controls(connection: Connection, version: int) -> list[Control]:
    """Runs the controls of a version; one that is not published keeps their counts."""
    return found(connection, "SELECT * FROM statistikk.kontroller_versjon(%s)", [version])


def found(connection: Connection, statement: str, parameters: list[Any]) -> list[Control]:
    """What a statement that runs the controls of a version says of them."""
    rows = connection.execute(statement, parameters).fetchall()
    return [Control(name, severity, promise, count, details or []) for name, severity, promise, count, details in rows]


def stale(connection: Connection) -> list[tuple[Version, list[str]]]:
    """The years whose last averages are of other versions than those that are published last, with these months."""
    rows = connection.execute(
        "SELECT v.versjon, v.pakke, v.periode, v.nummer, v.tilstand, array_agg(n.periode ORDER BY n.periode)"
        " FROM statistikk.versjon AS v CROSS JOIN LATERAL statistikk.nyere_maaneder(v.versjon) AS n"
        " WHERE NOT EXISTS (SELECT FROM statistikk.versjon AS e"
        "     WHERE e.pakke = v.pakke AND e.periode = v.periode AND e.nummer > v.nummer)"
        " GROUP BY v.versjon ORDER BY v.periode, v.pakke"
    ).fetchall()
    return [(Version(*row), months) for *row, months in rows]


def outdated(version: Version, months: list[str]) -> str:
    """That an average is of other months than those that are published, in a sentence."""
    return (
        f"The averages of {version.named} are not of what is published now of {', '.join(months)}: "
        f"fdtrygd statistics make {version.period} makes them again."
    )


def refusals() -> AbstractContextManager[None]:
    """What the database refuses is a sentence for the user."""
    return errors.refusals(*REFUSED)


def approve(connection: Connection, periods: list[str]) -> list[Checked]:
    """Approves the drafts of the periods; UserError where a control finds an error in one: then none is approved."""
    drafts = [version for period in periods for version in latest(connection, period)]
    with refusals(), connection.transaction():
        return [
            Checked(each, found(connection, "SELECT * FROM statistikk.godkjenn_versjon(%s)", [each.id]))
            for each in drafts
        ]
