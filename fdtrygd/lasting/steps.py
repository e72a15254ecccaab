"""The steps and counts of a year's load, which the database has as rows (tables steg and tellepost)."""

from collections.abc import Mapping
from dataclasses import dataclass

from fdtrygd.db.database import Connection
from fdtrygd.kontroll import CHECKING

MONTHS = range(1, 13)
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
    #: the numbers of the months, parts, ranges or tables that it is run for; None for a step of the year
    numbers: range | None

    @property
    def times(self) -> int:
        """How often it runs in a year."""
        return 1 if self.numbers is None else len(self.numbers)


def all_steps(connection: Connection) -> list[Step]:
    """The steps of a year's load, in running order."""
    rows = connection.execute(
        "SELECT navn, fase, lower(numre), upper(numre) FROM arbsok_lasting.steg ORDER BY rekkefolge"
    ).fetchall()
    return [Step(name, phase, None if first is None else range(first, end)) for name, phase, first, end in rows]


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
