"""The years in order, the steps in order, one transaction a year, the run log.

The original's main program was asok_start_ny_aargang.sql (the source's chapter 5.9.3).
"""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol

import psycopg
from psycopg import sql

from fdtrygd import input as month_files
from fdtrygd import objects
from fdtrygd.database import LOCK, Connection, wait_for_lock
from fdtrygd.errors import UserError
from fdtrygd.input import Copied, MonthFile

#: The steps of a year, in order: function of the schema, what it does. Each takes the year and returns a count.
STEPS = {
    "lagsasf": "year file",
    "kontroller_felt": "checking fields",
    "dagdato_ret": "extraction dates",
    "sjekkfnr_dub": "identity, duplicates",
    "lag_miniregister": "miniregister",
    "last_l_arbsok": "L_ARBSOK",
    "asok_oppdater": "comparing registrations",
    "asok_bestem_status": "status",
    "asok_record": "records",
    "asok_insert_vrak": "VRAK_ARBSOK",
    "oppdater_h_arbsok": "H_ARBSOK",
    "asok_avslutt": "13-week closing",
    "asok_insert_forlop": "F_ARBSOK",
}
READING = "reading files"

#: Settings of a load's transaction. The server notices within a second that the client has been killed.
SESSION = {
    "work_mem": "256MB",
    "maintenance_work_mem": "256MB",
    "jit": "off",
    "client_connection_check_interval": "1s",
    "client_min_messages": "warning",
}
#: The server's log must not quote records; where the role may say so, it says so.
DISCREET = {"log_error_verbosity": "terse", "log_min_error_statement": "panic"}


class Progress(Protocol):
    """What is told how far a year has come."""

    def phase(self, year: int, what: str) -> None:
        """The year has come to the phase `what`."""

    def read(self, count: int) -> None:
        """`count` more bytes of the year's files have been read."""


@dataclass
class YearReport:
    """What loading a year gave: counts by name and seconds by phase, as they stand in kjorelogg."""

    year: int
    counts: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    #: what is suspicious without being wrong, a sentence each
    warnings: list[str] = field(default_factory=list)
    #: variable -> codes that no code list has, with the number of records
    unknown_codes: dict[str, list[tuple[str, int]]] = field(default_factory=dict)


@contextmanager
def alone(connection: Connection) -> Iterator[None]:
    """Holds the lock of loads, unloads and upgrades; UserError when another holds it for long."""
    wait_for_lock(lambda: bool(scalar(connection, "SELECT pg_try_advisory_lock(%s)", LOCK)))
    try:
        yield
    finally:
        if not connection.closed:
            connection.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """A transaction set up for a load; the database's own refusals (SQLSTATE FD…) become UserError."""
    try:
        with connection.transaction():
            for name, value in SESSION.items():
                connection.execute("SELECT set_config(%s, %s, true)", [name, value])
            for name, value in DISCREET.items():
                connection.execute(
                    "SELECT set_config(%s, %s, true) WHERE has_parameter_privilege(%s, 'SET')",
                    [name, value, name],
                )
            yield
    except psycopg.Error as error:
        raise explained(error) from None


def explained(error: psycopg.Error) -> Exception:
    """The error as the user should see it: never with the records that the server quotes."""
    if (error.sqlstate or "").startswith("FD"):
        return UserError(f"{error.diag.message_primary} {error.diag.message_hint or ''}".strip())
    if isinstance(error, psycopg.errors.InsufficientPrivilege):
        return error
    if isinstance(error, psycopg.OperationalError):
        return UserError(
            "The connection to the database was lost, or it has no room or memory left "
            f"({error.sqlstate or 'no answer'}). Nothing was changed; see to the server and run the command again."
        )
    return RuntimeError(f"The database refused ({error.sqlstate}): {error.diag.message_primary}")


def loaded_years(connection: Connection) -> list[int]:
    """The years in the database, in order."""
    rows = connection.execute("SELECT aargang FROM trygdfob.lastet_aargang ORDER BY aargang").fetchall()
    return [year for (year,) in rows]


def years_to_load(connection: Connection, until: int, available: list[int]) -> list[int]:
    """The years up to and including `until` that are not yet loaded, in chronological order (SPEC.md 5.7, T9)."""
    loaded = loaded_years(connection)
    if loaded:
        if until < loaded[0]:
            raise UserError(
                f"{until} cannot be loaded: the series in this database begins with {loaded[0]}, and years load in "
                "chronological order. Unload the years first, the last one first, or use another database."
            )
        return list(range(loaded[-1] + 1, until + 1))
    start: int = scalar(connection, "SELECT extract(year FROM serie_start)::integer FROM trygdfob.innstilling")
    first = min([year for year in available if year <= start], default=start)
    if until < first:
        raise UserError(f"There are no month files for {until}; the first ones are for {available[0]}.")
    return list(range(first, until + 1))


def refuse_mixture(connection: Connection, synthetic: bool) -> None:
    """UserError where synthetic files would be loaded on top of others, or others on top of synthetic ones."""
    if scalar(connection, "SELECT count(*) FROM trygdfob.lastet_aargang WHERE syntetisk <> %s", synthetic):
        held, given = ("real", "synthetic") if synthetic else ("synthetic", "real")
        raise UserError(
            f"The database holds years of {held} data, and these files are {given}: the two are never mixed. "
            "Name the right files (make: DATA=DIR, fdtrygd: --data DIR), take every loaded year back first "
            "(make unload-year), or name another database in FDTRYGD_DATABASE_URL."
        )


def refuse_incomplete(year: int, files: dict[int, MonthFile]) -> None:
    """UserError, naming the missing files, unless there is one for each month of the year."""
    if not files:
        raise UserError(
            f"There are no month files for {year} (arbsok_{year}01 to arbsok_{year}12; the sample has 2001 to 2005). "
            "Years load in chronological order: add them, or ask for an earlier year."
        )
    missing = [f"arbsok_{year}{month:02}" for month in range(1, 13) if month not in files]
    if missing:
        raise UserError(
            f"{year} is not complete: {', '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing. "
            "A year is loaded whole; add what is missing and run the command again."
        )


def load_year(
    connection: Connection, year: int, files: dict[int, MonthFile], *, synthetic: bool, progress: Progress
) -> YearReport:
    """Loads one year from its month files, whole or not at all; the caller holds the lock (`alone`)."""
    refuse_incomplete(year, files)

    def read(month: int, table: str, optional: frozenset[str]) -> Copied:
        return month_files.copy_month(connection, files[month], table, optional=optional, progress=progress.read)

    with transaction(connection):
        return build_year(connection, year, read, synthetic=synthetic, progress=progress)


def build_year(
    connection: Connection,
    year: int,
    read: Callable[[int, str, frozenset[str]], Copied],
    *,
    synthetic: bool,
    progress: Progress,
) -> YearReport:
    """The year's steps inside the caller's transaction; `read` copies a month into the table that it is given."""
    report = YearReport(year)
    started = clock = time.time()

    def lap(phase: str) -> None:
        nonlocal clock
        now = time.time()
        report.seconds[phase] = round(now - clock, 3)
        clock = now

    progress.phase(year, READING)
    connection.execute("SELECT trygdfob.kontroller_rekkefolge(%s)", [year])
    sets_test_numbers = synthetic and not scalar(connection, "SELECT testnumre FROM trygdfob.innstilling")
    if sets_test_numbers:
        connection.execute("UPDATE trygdfob.innstilling SET testnumre = true")
    read_months(connection, year, read)
    lap(READING)
    run_steps(connection, year, report, progress, lap)
    connection.execute(
        "INSERT INTO trygdfob.lastet_aargang (aargang, syntetisk, satte_testnumre) VALUES (%s, %s, %s)",
        [year, synthetic, sets_test_numbers],
    )
    for variable, code, count in connection.execute(
        "SELECT variabel, verdi, antall FROM trygdfob.ukjente_koder WHERE aargang = %s ORDER BY 1, 2", [year]
    ):
        report.unknown_codes.setdefault(variable, []).append((code, count))
    report.warnings = files_of_nobody(connection, year)
    write_log(connection, "load", report, started)
    return report


def files_of_nobody(connection: Connection, year: int) -> list[str]:
    """A sentence for each of the year's files in which more than one record in a hundred identifies nobody (T1)."""
    rows = connection.execute(
        "SELECT m.fil, count(*), m.antall"
        " FROM trygdfob.lagt_til_side AS b JOIN trygdfob.maanedsfil AS m USING (mnddato)"
        " WHERE b.aargang = %s AND b.grunn = 'ugyldig_fnr' GROUP BY m.mnddato HAVING count(*) * 100 > m.antall"
        " ORDER BY m.mnddato",
        [year],
    )
    return [
        f"{name}: {count} of {records} records have no fnr of 11 digits and were set aside. Were leading zeros lost? "
        f"Then take the year back (make unload-year YEAR={year}) and load a file that has them."
        for name, count, records in rows
    ]


def read_months(connection: Connection, year: int, read: Callable[[int, str, frozenset[str]], Copied]) -> None:
    """COPY of the twelve months, one after the other, and their rows in maanedsfil."""
    connection.execute("TRUNCATE trygdfob.raa")
    from_october_2002 = scalar(connection, "SELECT trygdfob.as_gr_fra()")
    for month in range(1, 13):
        before = (year, month) < (from_october_2002.year, from_october_2002.month)
        connection.execute("SELECT setval('trygdfob.raa_linje', 1, false)")
        copied = read(month, f"trygdfob.raa_{month:02}", frozenset({"as_gr", "as_f"} if before else ()))
        connection.execute(
            "INSERT INTO trygdfob.maanedsfil (mnddato, aargang, maaned, fil, bytes, sha256, antall)"
            " VALUES (make_date(%(year)s, %(month)s, 1), %(year)s, %(month)s, %(file)s, %(size)s, %(sha256)s, %(n)s)",
            {
                "year": year,
                "month": month,
                "file": copied.file.name,
                "size": copied.size,
                "sha256": copied.sha256,
                "n": copied.records,
            },
        )


def run_steps(
    connection: Connection,
    year: int,
    report: YearReport,
    progress: Progress,
    lap: Callable[[str], None],
    first: str = "lagsasf",
) -> None:
    """The steps from `first` to F_ARBSOK; their counts go into the report.

    A miniregister that comes from elsewhere begins with `last_l_arbsok`.
    """
    names = list(STEPS)
    for step in names[names.index(first) :]:
        what = STEPS[step]
        progress.phase(year, what)
        report.counts[step] = scalar(connection, sql.SQL("SELECT trygdfob.{}(%s)").format(sql.Identifier(step)), year)
        lap(what)
    report.counts |= dict(connection.execute("SELECT post, antall FROM trygdfob.aarets_tall").fetchall())
    connection.execute("SELECT trygdfob.rydd_arbeidstabeller(%s)", [year])
    lap("statistics")


def unload_year(connection: Connection, year: int) -> int:
    """Takes back the last loaded year; returns the number of F_ARBSOK records taken out. The caller holds the lock."""
    started = time.time()
    with transaction(connection):
        count: int = scalar(connection, "SELECT trygdfob.ta_tilbake_aargang(%s)", year)
        report = YearReport(year, {"f_arbsok": count}, {"unloading": round(time.time() - started, 3)})
        write_log(connection, "unload", report, started)
    return count


def write_log(connection: Connection, action: str, report: YearReport, started: float) -> None:
    """The run's row in kjorelogg."""
    connection.execute(
        """
        INSERT INTO trygdfob.kjorelogg (handling, aargang, startet, ferdig, produktversjon, objektversjon,
            innstillinger, filer, antall, sekunder)
        SELECT %(action)s, %(year)s, to_timestamp(%(started)s), clock_timestamp(), %(product)s, %(objects)s,
            (SELECT to_jsonb(i) - 'en_rad' FROM trygdfob.innstilling AS i),
            (SELECT coalesce(jsonb_agg(to_jsonb(m) ORDER BY m.mnddato), '[]') FROM trygdfob.maanedsfil AS m
             WHERE m.aargang = %(year)s),
            %(counts)s, %(seconds)s
        """,
        {
            "action": action,
            "year": report.year,
            "started": started,
            "product": version("fdtrygd"),
            "objects": objects.digest(),
            "counts": json.dumps(report.counts),
            "seconds": json.dumps(report.seconds),
        },
    )


def differing_files(connection: Connection, year: int, directory: Path) -> list[str]:
    """Which of the year's files in the directory are not, byte for byte, the ones that were loaded."""
    known = connection.execute(
        "SELECT maaned, sha256 FROM trygdfob.maanedsfil WHERE aargang = %s ORDER BY maaned", [year]
    ).fetchall()
    given = month_files.find_month_files(directory).get(year, {})
    return [
        given[month].name for month, sha256 in known if month in given and month_files.digest(given[month])[1] != sha256
    ]


def check(connection: Connection) -> list[tuple[str, str, int]]:
    """Each consistency control with what it promises and the number of offending records (SPEC.md 5)."""
    controls = connection.execute("SELECT kontroll, lover FROM trygdfob.kontroll ORDER BY kontroll").fetchall()
    return [
        (
            name,
            promise,
            scalar(
                connection,
                sql.SQL("SELECT count(*) FROM trygdfob.{}").format(sql.Identifier(f"kontroll_{name}")),
            ),
        )
        for name, promise in controls
    ]


def scalar(connection: Connection, query: str | sql.Composed, *parameters: Any) -> Any:
    """The first column of the query's first row."""
    row = connection.execute(query, parameters or None).fetchone()
    return row[0] if row else None
