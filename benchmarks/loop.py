"""The original's architecture as an opponent: loop.sql's record-by-record loop, run and measured.

    begin(connection)                   schema bench_loop, empty
    copy_state(connection, 2004)        the state before 2004, from the product's tables
    load_year(connection, 2004)         the year, in seconds by phase
    measure(connection, 2004, TENTH)    all three for a tenth of the persons, scaled to all of them

It reads the product's miniregister, F_ARBSOK and VRAK_ARBSOK and changes nothing outside bench_loop. To measure what a
database holds: `FDTRYGD_DATABASE_URL=… python benchmarks/loop.py YEAR [whole]`.
"""

import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, LiteralString

import psycopg

Connection = psycopg.Connection[Any]

SQL = Path(__file__).with_name("loop.sql")
#: A tenth of the persons: those whose tenth digit, the first check digit, is this one. It depends on all digits before
#: it, so neither age nor sex nor date of birth weighs, and the tenth is spread over the whole of fnr's range.
TENTH = "7"
#: As in the product's own load (forbered_sesjon)
SESSION = {"work_mem": "256MB", "maintenance_work_mem": "256MB", "jit": "off"}


@dataclass(frozen=True)
class Measured:
    """A year taken by the loop, for all persons or a tenth; what `begin` and `copy_state` took is not in it."""

    #: records of L_ARBSOK that the loop took, and those of the whole year
    records: int
    year_records: int
    #: seconds by phase, as they were
    seconds: dict[str, float]

    @property
    def year_seconds(self) -> float:
        """Seconds from the miniregister to finished records, scaled to all of the year's records.

        Picking a tenth out of the miniregister reads all of it, so that phase counts once; the rest grows with the
        records (measured: the same CPU time per record for 50 000 and 500 000).
        """
        picking = self.seconds["last_l_arbsok"]
        return picking + (sum(self.seconds.values()) - picking) * self.year_records / self.records

    @property
    def records_per_second(self) -> float:
        """Records of L_ARBSOK per second of the whole year's work."""
        return self.year_records / self.year_seconds


def begin(connection: Connection) -> None:
    """Installs schema bench_loop, empty; what was in it is gone."""
    with connection.transaction():
        connection.execute("SET LOCAL client_min_messages = warning")
        connection.execute(SQL.read_bytes())


def end(connection: Connection) -> None:
    """Removes schema bench_loop."""
    with connection.transaction():
        connection.execute("SET LOCAL client_min_messages = warning")
        connection.execute("DROP SCHEMA IF EXISTS bench_loop CASCADE")


def copy_state(connection: Connection, before_year: int, digit: str | None = None) -> None:
    """Takes over F_ARBSOK, VRAK_ARBSOK and H_ARBSOK as they were before `before_year`; `digit` as in `load_year`."""
    with connection.transaction():
        use_session(connection)
        connection.execute("SELECT bench_loop.overta_tilstand(%s, %s)", [before_year, digit])


def load_year(
    connection: Connection, year: int, digit: str | None = None, *, per_person: bool = False
) -> dict[str, float]:
    """Runs a year that is in the miniregister on bench_loop's own state; returns seconds by phase.

    With `digit` only the persons with that tenth digit. `per_person` looks H_ARBSOK up once a person instead of once a
    record: faster, but no longer the original.
    """
    phases: dict[str, tuple[LiteralString, list[Any]]] = {
        "last_l_arbsok": ("SELECT bench_loop.last_l_arbsok(%s, %s)", [year, digit]),
        "asok_oppdater": ("SELECT bench_loop.asok_oppdater(%s, p_per_person => %s)", [year, per_person]),
        "asok_avslutt": ("SELECT bench_loop.asok_avslutt(%s)", [year]),
        "lag_tomdato": ("SELECT bench_loop.lag_tomdato()", []),
        "lag_asoktom": ("SELECT bench_loop.lag_asoktom()", []),
        "lag_regtom": ("SELECT bench_loop.lag_regtom()", []),
    }
    seconds = {}
    clock = time.perf_counter()
    try:
        with connection.transaction():
            use_session(connection)
            for phase, (query, parameters) in phases.items():
                connection.execute(query, parameters)
                seconds[phase] = time.perf_counter() - clock
                clock = time.perf_counter()
                if phase == "asok_avslutt":  # the year's records are there: plans must know, the original's did
                    connection.execute("ANALYZE bench_loop.f_arbsok")
    except psycopg.Error as error:  # its detail quotes the record
        raise RuntimeError(f"The loop failed ({error.sqlstate}): {error.diag.message_primary}") from None
    seconds["commit"] = time.perf_counter() - clock
    return seconds


def measure(connection: Connection, year: int, digit: str | None = TENTH, *, per_person: bool = False) -> Measured:
    """Runs `year` alone, for a tenth of the persons or (`digit` None) all, on the product's state before it.

    Schema bench_loop is made anew and left as the year leaves it.
    """
    begin(connection)
    copy_state(connection, year, digit)
    seconds = load_year(connection, year, digit, per_person=per_person)
    row = connection.execute(
        "SELECT (SELECT count(*) FROM bench_loop.l_arbsok), count(*) FROM trygdfob.miniregister WHERE aargang = %s"
        " AND mnddato >= (SELECT date_trunc('month', serie_start) FROM trygdfob.innstilling)",
        [year],
    ).fetchone()
    assert row is not None
    return Measured(row[0], row[1], seconds)


def use_session(connection: Connection) -> None:
    """The settings of a load, until the transaction's end."""
    for name, value in SESSION.items():
        connection.execute("SELECT set_config(%s, %s, true)", [name, value])


def main(year: int, digit: str | None) -> None:
    """Prints what the loop does with a year, both ways of looking H_ARBSOK up."""
    with psycopg.connect(os.environ["FDTRYGD_DATABASE_URL"], autocommit=True) as connection:
        for per_person in (False, True):
            measured = measure(connection, year, digit, per_person=per_person)
            print(
                f"{year}, H_ARBSOK once a {'person' if per_person else 'record'}: {measured.records} of"
                f" {measured.year_records} records; all of them take {measured.year_seconds:.1f} s,"
                f" {measured.records_per_second:.0f} records/s"
            )
            for phase, seconds in measured.seconds.items():
                print(f"  {phase:14} {seconds:8.2f} s")
        end(connection)


if __name__ == "__main__":
    main(int(sys.argv[1]), None if "whole" in sys.argv[2:] else TENTH)
