"""Projects: who may get what, by which decision, until when; and what each has got, from the log."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from psycopg.rows import class_row

from fdtrygd.db.database import Connection, may_read, scalar
from fdtrygd.errors import UserError
from fdtrygd.leveranse import order, persons
from fdtrygd.leveranse.deliver import refusals
from fdtrygd.screen import thousands

STATES = {"apen": "open", "lukket": "closed", "slettet": "destroyed"}
#: Of a delivery; begun is under way, or was killed.
LOGGED = {"begynt": "begun", "ferdig": "done", "avbrutt": "ended early"}
#: What leaves the register without a project.
ALONE = {"flatfil": "flat file", "microdata": "microdata.no"}


@dataclass(frozen=True)
class Project:
    """A project (view prosjektstatus)."""

    name: str
    title: str
    #: in Norwegian, as the table has it
    raw_state: str
    valid_to: date
    destroyed_after: date
    to_be_destroyed: bool

    @property
    def state(self) -> str:
        """open, closed or destroyed."""
        return STATES[self.raw_state]

    @property
    def overdue(self) -> str:
        """What to do about a project that is to be destroyed."""
        return (
            f"Project {self.name} was to be destroyed after {self.destroyed_after}: fdtrygd project destroy {self.name}"
        )


@dataclass(frozen=True)
class Logged:
    """What has left the register, as the log has it."""

    number: int
    #: none of a flat file, and of what went to microdata.no
    project: str | None
    kind: str
    #: with its version; without a project why it was made
    what: str
    #: the last day; of a flat file the year
    to: str
    raw_state: str
    begun: datetime
    user: str
    repeats: int | None
    persons: int | None

    @property
    def state(self) -> str:
        """begun, done or ended early."""
        return LOGGED[self.raw_state]

    @property
    def named(self) -> str:
        """Whose it is, or what it is without a project, and which one; of a repeat also what it repeats."""
        again = f", {self.repeats} again" if self.repeats else ""
        return f"{self.project or ALONE[self.kind]}: {self.what}{again}"


def create_project(connection: Connection, path: Path) -> tuple[str, dict[str, Any] | None]:
    """Makes the project that the file describes; its name, and the counts of its list of persons if it has one."""
    content = order.read(path)
    listed = order.list_file(content, path)
    faults = [
        f"{path}: {key}: {fault}."
        for key, fault in connection.execute(
            "SELECT f.nokkel, f.feil FROM leveranse.prosjektfeil(%s) AS f", [json.dumps(content)]
        )
    ]
    if listed and (unreadable := persons.fault(listed)):
        faults.append(f"{path}: {unreadable}.")
    if faults:
        raise UserError("\n".join([*dict.fromkeys(faults), "Nothing was changed."]))
    with refusals(), connection.transaction():
        if listed:
            persons.copy(connection, listed)
        counts = scalar(connection, "SELECT leveranse.opprett_prosjekt(%s)", json.dumps(content))
    return content["prosjekt"], counts


def projects(connection: Connection) -> list[Project]:
    """The projects, by name."""
    with connection.cursor(row_factory=class_row(Project)) as cursor:
        return cursor.execute(
            "SELECT prosjekt AS name, tittel AS title, tilstand AS raw_state, gyldig_til AS valid_to,"
            " slettes_etter AS destroyed_after, skal_slettes AS to_be_destroyed"
            " FROM leveranse.prosjektstatus ORDER BY prosjekt"
        ).fetchall()


def deliveries(connection: Connection) -> list[Logged]:
    """What has left the register, in order: deliveries and their repeats, flat files, what went to microdata.no."""
    with connection.cursor(row_factory=class_row(Logged)) as cursor:
        return cursor.execute(
            "SELECT utlevering AS number, prosjekt AS project, slag AS kind,"
            " coalesce(bestilling || ' ' || versjon, begrunnelse) AS what, coalesce(til::text, aargang::text) AS to,"
            ' tilstand AS raw_state, begynt AS begun, bruker AS "user", gjentar AS repeats, personer AS persons'
            " FROM leveranse.utlevering ORDER BY utlevering"
        ).fetchall()


def to_be_done(connection: Connection) -> list[str]:
    """What whoever may read the log of deliveries should see to: keys that must go, and what stands as begun."""
    if not may_read(connection, "leveranse", "utlevering"):
        return []
    overdue = [project.overdue for project in projects(connection) if project.to_be_destroyed]
    begun = connection.execute(
        "SELECT u.utlevering, u.begynt, u.bruker FROM leveranse.utlevering AS u WHERE u.tilstand = 'begynt'"
        " ORDER BY u.utlevering"
    ).fetchall()
    if not begun:
        return overdue
    number, since, user = begun[-1]
    return [
        *overdue,
        f"Of the deliveries {thousands(len(begun))} are begun and not done; the last one is number {number}, by {user} "
        f"since {since:%Y-%m-%d %H:%M}. It is being made, or was killed.",
    ]


def close_project(connection: Connection, name: str) -> None:
    """Closes the project; UserError where there is none, or it is closed."""
    with refusals():
        connection.execute("SELECT leveranse.lukk_prosjekt(%s)", [name])


def destroy_project(connection: Connection, name: str) -> None:
    """Destroys the project's key and lists, so that no page of the database's files holds them any more."""
    with refusals():
        connection.execute("SELECT leveranse.slett_prosjekt(%s)", [name])
