"""Versions of a period's statistics: which there are, what the controls find, and what the database refuses."""

import re
from contextlib import AbstractContextManager
from dataclasses import dataclass

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
    refuse_no_period(period)
    rows = connection.execute(
        "SELECT DISTINCT ON (pakke) versjon, pakke, periode, nummer, tilstand FROM statistikk.versjon"
        " WHERE periode = %s ORDER BY pakke, nummer DESC",
        [period],
    ).fetchall()
    if not rows:
        raise UserError(f"There is no version of {period}: fdtrygd statistics make {period} makes one.")
    return [Version(*row) for row in rows]


def controls(connection: Connection, version: int) -> list[Control]:
    """Runs the controls of a version; one that is not published keeps their counts."""
    rows = connection.execute("SELECT * FROM statistikk.kontroller_versjon(%s)", [version]).fetchall()
    return [Control(name, severity, promise, count, details or []) for name, severity, promise, count, details in rows]


def refusals() -> AbstractContextManager[None]:
    """What the database refuses is a sentence for the user."""
    return errors.refusals(*REFUSED)


def approve(connection: Connection, period: str) -> list[Version]:
    """Approves the drafts of a period; UserError where a control finds an error in one."""
    found = latest(connection, period)
    with refusals(), connection.transaction():
        for each in found:
            connection.execute("SELECT statistikk.godkjenn_versjon(%s)", [each.id])
    return found
