"""The controls of a loaded year (spec.md 5 and 6): run them, and say in words what they find."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from fdtrygd.db import database, objects
from fdtrygd.db.database import Connection, prepare, scalar
from fdtrygd.errors import UserError, sentences
from fdtrygd.screen import counted
from fdtrygd.settings import product_version

#: What a load and the run log call their phase.
CHECKING = "controls"
#: Warnings of a kind that are said in full.
MOST_SENTENCES = 3
#: The query that lists what has refused a year, to be pasted into psql.
REFUSED = "select * from kontroll.avvist_funn where aargang = {};"


@dataclass(frozen=True)
class Control:
    """A row of the check catalogue (table kontroll), and what one run found."""

    run: int
    control: str
    severity: str
    promise: str
    #: what lists its findings in psql
    query: str
    count: int
    #: why findings were accepted; None where they were not
    accepted: str | None

    @property
    def is_error(self) -> bool:
        return self.severity == "feil" and self.count > 0

    @property
    def refuses(self) -> bool:
        """Whether it is an error that nobody has accepted."""
        return self.is_error and not self.accepted


def check(
    connection: Connection, year: int, occasion: str, jobs: int = 1, accept: dict[str, str] | None = None
) -> list[Control]:
    """Runs the controls of a loaded year, and keeps their findings and results (spec.md 5 and 6).

    In a load (`occasion` "load") everything happens in its transaction, and the registrations are counted as well. With
    `jobs` above 1 as many processes of the server work side by side.
    """
    run = scalar(
        connection,
        "INSERT INTO kontroll.kontrollkjoring (anledning, aargang, produktversjon, objektversjon)"
        " VALUES (%s, %s, %s, %s) RETURNING kjoring",
        occasion,
        year,
        product_version(),
        objects.digest(),
    )
    connection.execute("SELECT kontroll.kontroller_aargang(%s, %s)", [run, jobs])
    for name, why in (accept or {}).items():
        connection.execute(
            "UPDATE kontroll.kontrollresultat SET godtatt = %s WHERE kjoring = %s AND kontroll = %s AND antall > 0",
            [why, run, name],
        )
    rows = connection.execute(
        "SELECT r.kjoring, k.kontroll, k.alvor, k.lover, kontroll.sporring(k.visning, k.kontroll, %s), r.antall,"
        " r.godtatt"
        " FROM kontroll.kontrollresultat AS r JOIN kontroll.kontroll AS k USING (kontroll)"
        " WHERE r.kjoring = %s ORDER BY k.rekkefolge",
        [year, run],
    )
    return [Control(*row) for row in rows]


def keep_refused(connection: Connection, year: int, refusing: list[Control]) -> None:
    """Keeps what has refused a year (avvist_funn), in a transaction of its own, before the year's is rolled back.

    From connection to connection, and never as objects: a damaged register gives as many findings as records.
    """
    with database.another(connection) as beside, beside.transaction():
        beside.execute("DELETE FROM kontroll.avvist_funn WHERE aargang = %s", [year])
        with (
            connection.cursor().copy(
                "COPY (SELECT %s::integer, now(), f.kontroll, f.noekkel, f.detalj FROM kontroll.kontrollfunn AS f"
                " WHERE f.kjoring = %s AND f.kontroll = ANY (%s)) TO STDOUT",
                [year, refusing[0].run, [each.control for each in refusing]],
            ) as found,
            beside.cursor().copy(
                "COPY kontroll.avvist_funn (aargang, avvist, kontroll, noekkel, detalj) FROM STDIN"
            ) as kept,
        ):
            for block in found:
                kept.write(block)


def check_years(
    connection: Connection, years: Iterable[int], jobs: int, tell: Callable[[int, str], None] | None = None
) -> Iterator[tuple[int, list[Control]]]:
    """The controls of loaded years, one after the other; the caller holds the lock. `tell` hears of each year."""
    with database.announced(connection), sentences():
        prepare(connection, jobs)
        for year in years:
            database.announce(connection, f"check {year}: {CHECKING}")
            if tell:
                tell(year, CHECKING)
            yield year, check(connection, year, "check", jobs)


def resolved(connection: Connection, year: int) -> str:
    """How many findings of the year's run of the controls before are gone, in words; nothing where none is."""
    count = scalar(
        connection, "SELECT coalesce(sum(loeste), 0)::bigint FROM kontroll.kontrollstatus WHERE aargang = %s", year
    )
    return f"; {count} resolved since the run before" if count else ""


def refuse_unknown_controls(connection: Connection, names: Iterable[str]) -> None:
    """UserError for a control that the catalogue does not have, or whose findings refuse nothing."""
    known = dict(connection.execute("SELECT kontroll, alvor FROM kontroll.kontroll ORDER BY rekkefolge").fetchall())
    for name in names:
        if known.get(name) != "feil":
            raise UserError(
                f"--accept {name}: there is no such control, or it only warns. Those that can refuse a year: "
                + ", ".join(control for control, severity in known.items() if severity == "feil")
            )


def acceptances(controls: list[Control]) -> list[str]:
    """A sentence for each control whose errors were accepted."""
    return [
        f"{each.control}: {counted(each.count, 'error')} accepted ({each.accepted}); {each.query}"
        for each in controls
        if each.is_error and each.accepted
    ]


def suspicions(connection: Connection, controls: list[Control]) -> list[str]:
    """A sentence for each finding that makes a year suspicious; of many of a kind the first ones."""
    said: list[str] = []
    for each in controls:
        if each.severity == "advarsel":
            said += [f"{each.control}: {sentence}" for sentence in in_words(connection, each)]
            if each.count > MOST_SENTENCES:
                said.append(f"{each.control}: {each.count - MOST_SENTENCES} more; {each.query}")
    return said


def in_words(connection: Connection, control: Control) -> list[str]:
    """The control's first findings as sentences, in the order of months; none where the catalogue has no sentence."""
    rows = connection.execute(
        "SELECT f.detalj FROM kontroll.kontrollfunn AS f JOIN kontroll.kontroll AS k USING (kontroll)"
        " WHERE f.kjoring = %s AND f.kontroll = %s AND k.setning IS NOT NULL ORDER BY f.noekkel LIMIT %s",
        [control.run, control.control, MOST_SENTENCES],
    )
    return [sentence for (sentence,) in rows]
