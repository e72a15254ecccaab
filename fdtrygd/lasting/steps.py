"""The steps and counts of a year's load, which the database has as rows (tables steg and tellepost)."""

from collections.abc import Mapping
from dataclasses import dataclass

from fdtrygd.db.database import Connection
from fdtrygd.kontroll import CHECKING

MONTHS = range(1, 13)
#: The parts of fnr_del.
PARTS = range(8)
#: The ranges of person numbers of asok_insert_forlop.
RANGES = range(4)
#: What nokkel_aarets_tabeller has keys and indexes for.
TABLES = range(5)
#: What the steps of a year are about, by omfang; a step of the year has no number.
SCOPES = {"aar": range(1), "maaned": MONTHS, "del": PARTS, "rekke": RANGES, "tabell": TABLES}
#: What users see of it: the phases of a year, in order.
PHASES = (
    READING := "reading files",
    MINIREGISTER := "miniregister",
    COMPARING := "comparing months",
    SPELLS := "spells",
    WRITING := "writing",
    PLACING := "putting in place",
    CHECKING,
)
#: Those that take file by file: what check-files can say of them.
BY_FILE = (READING, MINIREGISTER)


@dataclass(frozen=True)
class Step:
    """A step of a year's load (table steg): a function of the schema that returns a count."""

    name: str
    phase: str
    #: what one run is about (`SCOPES`)
    scope: str
    #: whether it runs beside other months or parts
    side_by_side: bool

    @property
    def times(self) -> int:
        """How often it runs in a year."""
        return len(SCOPES[self.scope])


def all_steps(connection: Connection) -> list[Step]:
    """The steps of a year's load, in running order."""
    rows = connection.execute(
        "SELECT navn, fase, omfang, side_om_side FROM arbsok_lasting.steg ORDER BY rekkefolge"
    ).fetchall()
    return [Step(*row) for row in rows]


@dataclass(frozen=True)
class Post:
    """A count of a load that people read (table tellepost)."""

    name: str
    title: str
    #: whether it is a part of the one above
    indented: bool
    #: how many records of F_ARBSOK each one gives; None where that is not the point
    records: int | None

    @property
    def label(self) -> str:
        """What the records are called that it stands for: a group transition gives two."""
        return f"{self.title}{', exit and entry' * (self.records == 2)}"

    def count(self, counts: Mapping[str, int]) -> int:
        """So many records."""
        return counts[self.name] * (self.records or 1)


def all_posts(connection: Connection) -> list[Post]:
    """The counts of a load that people read, in order."""
    rows = connection.execute(
        "SELECT navn, tittel, innrykk, recorder FROM arbsok_lasting.tellepost ORDER BY rekkefolge"
    ).fetchall()
    return [Post(*row) for row in rows]
