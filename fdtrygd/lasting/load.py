"""A year into the database: the steps in order, one transaction, the run log.

The original's main program was asok_start_ny_aargang.sql (the source's chapter 5.9.3).
"""

import json
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby
from typing import Protocol

import psycopg
from psycopg import sql

from fdtrygd import files as month_files
from fdtrygd import kontroll
from fdtrygd.db import database
from fdtrygd.db.database import Connection, prepare, scalar
from fdtrygd.db.locks import CREW_LOCK, alone, wait_for_dead_crew
from fdtrygd.errors import Change, UserError, end, sentences
from fdtrygd.files import BadFile, Copied, MonthFile
from fdtrygd.kontroll import CHECKING, Control
from fdtrygd.lasting.crew import Alone, Crew, Workers
from fdtrygd.lasting.steps import (
    COMPARING,
    MINIREGISTER,
    MONTHS,
    PLACING,
    READING,
    SPELLS,
    WRITING,
    all_steps,
)
from fdtrygd.lasting.years import incomplete, refuse, unreadable
from fdtrygd.settings import product_version

#: Copies a month's file: connection, month, table, columns that may be absent.
Reader = Callable[[Connection, int, str, frozenset[str]], Copied]
#: What the database calls a file's fault: its fields (kontroller_felt), its extraction date (kontroller_dagdato).
FAULTS = ("FD002", "FD003")


class Progress(Protocol):
    """What is told how far a year has come."""

    def phase(self, year: int, what: str) -> None:
        """The year has come to the phase `what`."""

    def step(self, name: str) -> None:
        """A step of the phase is done: of the year, or of one of its months or parts."""

    def read(self, count: int) -> None:
        """`count` more bytes of the year's files have been read."""


@dataclass
class YearResult:
    """What loading a year gave: counts by name and seconds by phase and by step, as they stand in kjorelogg."""

    year: int
    counts: dict[str, int] = field(default_factory=dict)
    #: seconds by phase; they add up to the year's time
    seconds: dict[str, float] = field(default_factory=dict)
    #: seconds by step, added up over connections that worked side by side
    step_seconds: dict[str, float] = field(default_factory=dict)
    #: what is suspicious without being wrong, a sentence each
    warnings: list[str] = field(default_factory=list)
    #: variable -> codes that no code list has, with the number of records
    unknown_codes: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    #: the controls of the year, in the order of the catalogue
    controls: list[Control] = field(default_factory=list)

    def all_seconds(self) -> str:
        """Seconds by phase and by step, as JSON."""
        return json.dumps({**self.seconds, "steps": self.step_seconds})


def reader(files: dict[int, MonthFile], progress: Progress) -> Reader:
    """What copies a month of these files."""

    def copy(worker: Connection, month: int, table: str, optional: frozenset[str]) -> Copied:
        return month_files.copy_month(worker, files[month], table, optional=optional, progress=progress.read)

    return copy


def load_year(
    connection: Connection,
    year: int,
    files: dict[int, MonthFile],
    *,
    synthetic: bool,
    progress: Progress,
    jobs: int = 1,
    accept: dict[str, str] | None = None,
) -> YearResult:
    """Loads one year from its month files, whole or not at all; the caller holds the lock (`alone`).

    With `jobs` above 1, as many further connections do the work side by side, and `connection` puts it in place.
    `accept` names controls whose findings do not refuse the year, each with the reason that the run log keeps.
    """
    refuse(incomplete([year], {year: files}) + unreadable(files))

    def another() -> Connection:
        worker = database.another(connection)
        prepare(worker, jobs + 1)
        # Scratch need not wait for the disk: the commit that puts the year in place flushes all WAL before it.
        worker.execute("SET synchronous_commit = off")
        worker.execute("SELECT pg_advisory_lock_shared(%s)", [CREW_LOCK])
        return worker

    change = Change(f"{year} is loaded", f"Nothing is left of the year {year}.")
    copy = reader(files, progress)
    try:
        with database.announced(connection):
            prepare(connection, jobs if jobs == 1 else jobs + 1)
            wait_for_dead_crew(connection)
            connection.execute("SELECT arbsok_lasting.rydd_forlopsdeler()")
            if jobs == 1:
                with change.transaction(connection):
                    return Load(connection, Alone(connection), year, synthetic, progress, accept, change).run(copy)
            with Crew(another, jobs) as crew:
                return Load(connection, crew, year, synthetic, progress, accept, change).run(copy)
    except BaseException as error:
        with suppress(psycopg.Error, UserError):  # where even this fails, the next load does it
            if connection.info.transaction_status == psycopg.pq.TransactionStatus.ACTIVE:
                # Ctrl-C in the midst of a statement that could not be cancelled at once: the connection is lost
                fresh = database.another(connection)
                connection.close()
                with fresh, alone(fresh):
                    fresh.execute("SELECT arbsok_lasting.rydd_arbeidstabeller()")
            else:
                connection.execute("SELECT arbsok_lasting.rydd_arbeidstabeller()")
        end(error, change.known)


class Load:
    """A year on its way into the database.

    What the crew does is scratch: unlogged work tables, and tables of the year that are no part of the register yet.
    The next load throws away what a killed one has left. One transaction, on `connection`, puts the year in place.
    """

    def __init__(
        self,
        connection: Connection,
        crew: Workers,
        year: int,
        synthetic: bool,
        progress: Progress,
        accept: dict[str, str] | None = None,
        change: Change | None = None,
    ) -> None:
        self.connection = connection
        self.crew = crew
        self.year = year
        self.synthetic = synthetic
        self.progress = progress
        self.accept = accept or {}
        self.change = change or Change(f"{year} is loaded")
        self.result = YearResult(year)
        self.plan = all_steps(connection)
        self.started = datetime.now(UTC)
        self.adding = threading.Lock()
        #: What is wrong with the files, a sentence each
        self.faults: list[str] = []

    def run(self, copy: Reader) -> YearResult:
        """All of it; `copy` copies a month into the table that it is given."""
        self.read_year(copy)
        for phase in (MINIREGISTER, COMPARING, SPELLS, WRITING):
            self.build(phase)
        self.put_in_place()
        return self.result

    def read_year(self, copy: Reader) -> None:
        """The month files to the server, and each month's extraction date; UserError with all that is wrong."""
        with self.phase(READING):
            self.connection.execute("SELECT arbsok_lasting.kontroller_rekkefolge(%s)", [self.year])
            self.read_files(copy, MONTHS)
        refuse(sorted(self.faults))

    def read_files(self, copy: Reader, months: Iterable[int]) -> None:
        """These months' files; what is wrong with them is noted."""
        self.connection.execute("SELECT arbsok_lasting.rydd_arbeidstabeller()")
        from_october_2002 = scalar(self.connection, "SELECT arbsok_lasting.as_gr_fra()")

        def file(worker: Connection, month: int) -> None:
            table = f"arbsok_lasting.raa_{month:02}"
            early = (self.year, month) < (from_october_2002.year, from_october_2002.month)
            with self.noting(), worker.transaction():
                self.announce(worker, f"{READING} {month}")
                worker.execute("SELECT arbsok_lasting.tom_raa(%s)", [month])
                self.enter(worker, month, copy(worker, month, table, frozenset({"as_gr", "as_f"} if early else ())))
                self.steps(worker, READING, month)

        self.crew.each(months, file)
        for step in self.plan:
            if step.phase == READING and step.numbers is None:
                with self.noting(), self.connection.transaction():
                    self.step(self.connection, step.name)

    def look(self, copy: Reader, months: Iterable[int]) -> None:
        """A load as far as it goes file by file, in a transaction that is rolled back: for check-files."""
        with self.phase(READING):
            self.read_files(copy, months)
        with self.phase(MINIREGISTER):
            dated = self.connection.execute("SELECT maaned FROM arbsok_lasting.aarets_fil WHERE dagdato IS NOT NULL")
            for (month,) in dated.fetchall():
                self.steps(self.connection, MINIREGISTER, month)
            self.tell_unknown_codes()
            # Without vei_tilbake: nothing is loaded yet that would have to be taken back
            rows = self.connection.execute(
                "SELECT format('%%s: %%s', k.kontroll, format(k.setning, VARIADIC f.verdier))"
                " FROM kontroll.arbsok_fil_mistenkelig(%s) AS f JOIN kontroll.kontroll AS k USING (kontroll)"
                " ORDER BY k.rekkefolge, f.mnddato",
                [self.year],
            )
            self.result.warnings = [sentence for (sentence,) in rows]
            self.connection.execute("SELECT arbsok_lasting.fest_filer(%s)", [self.year])

    def tell_unknown_codes(self) -> None:
        """Puts the codes that no code list has into the result."""
        for variable, code, count in self.connection.execute("SELECT * FROM arbsok_lasting.aarets_ukjente_koder"):
            self.result.unknown_codes.setdefault(variable, []).append((code, int(count)))

    @contextmanager
    def noting(self) -> Iterator[None]:
        """Goes on where a file is at fault, so that everything that is wrong with a year's files is said at once."""
        try:
            yield
        except BadFile as error:
            said = [str(error)]
        except psycopg.Error as error:
            if error.sqlstate not in FAULTS:
                raise
            said = (error.diag.message_primary or "").splitlines()
            said[-1] += f" {error.diag.message_hint}"
        else:
            return
        with self.adding:
            self.faults += said

    def build(self, phase: str) -> None:
        """What the crew makes of the year in a phase: months, parts or tables, side by side.

        Steps of one scope that follow each other are done one after the other for each month or part; what a step of
        another scope begins with, all of them must have done.
        """
        with self.phase(phase):
            for numbers, steps in groupby((s for s in self.plan if s.phase == phase), key=lambda step: step.numbers):
                names = [step.name for step in steps]
                if numbers is None:
                    with self.connection.transaction():
                        for name in names:
                            self.step(self.connection, name)
                    continue

                def piece(worker: Connection, number: int, names: list[str] = names) -> None:
                    for name in names:
                        self.step(worker, name, number)

                self.crew.each(numbers, piece)

    def put_in_place(self) -> None:
        """Everything into the tables that last, the controls of what is there then, and the run log: whole or not."""
        with self.change.transaction(self.connection):
            with self.phase(PLACING):
                self.steps(self.connection, PLACING)
                counts = self.connection.execute("SELECT post, antall FROM arbsok_lasting.aarets_tall").fetchall()
                self.result.counts |= {name: int(count) for name, count in counts}
                self.tell_unknown_codes()
            # The log comes first, for the controls hold it against the tables; what they took and found is added
            run = write_log(self.connection, "load", self.result, self.started)
            with self.phase(CHECKING):
                self.steps(self.connection, CHECKING)
                self.check()
            self.connection.execute(
                "SELECT arbsok_lasting.fullfor_kjorelogg(%s, %s, %s, %s)",
                [run, self.result.controls[0].run, self.result.all_seconds(), json.dumps(self.result.warnings)],
            )
            self.connection.execute("SELECT arbsok_lasting.rydd_arbeidstabeller()")

    def check(self) -> None:
        """The controls (spec.md 5 and 6); UserError where they find an error that is not accepted."""
        self.announce(self.connection, CHECKING)
        self.result.controls = kontroll.check(self.connection, self.year, "load", self.crew.jobs, self.accept)
        if errors := [each for each in self.result.controls if each.refuses]:
            kontroll.keep_refused(self.connection, self.year, errors)
            found = "; ".join(f"{each.count} against {each.control} ({each.promise.rstrip('.')})" for each in errors)
            raise UserError(
                f"{self.year} is refused, and nothing of it is kept: the controls find {found}. It is the rules or the "
                f"program that are wrong, not the files. The records: {kontroll.REFUSED.format(self.year)} To load the "
                f"year all the same: .venv/bin/fdtrygd load-year {self.year} --accept CONTROL --why TEXT, --accept "
                "once for each control."
            )
        self.connection.execute("DELETE FROM kontroll.avvist_funn WHERE aargang = %s", [self.year])
        self.result.warnings += kontroll.acceptances(self.result.controls)
        self.result.warnings += kontroll.suspicions(self.connection, self.result.controls)

    def steps(self, connection: Connection, phase: str, number: int | None = None) -> None:
        """Runs the phase's steps of the year, one after the other; with a number, those of that month."""
        for step in self.plan:
            if step.phase == phase and (step.numbers is None) == (number is None):
                self.step(connection, step.name, number)

    def step(self, connection: Connection, name: str, number: int | None = None) -> None:
        """Runs a step, of the month or part `number` or of the year; its count and time are added to the result."""
        given = [self.year] if number is None else [self.year, number]
        # In one statement: a small year has some hundred and fifty of them, and each would go to the server twice
        call = sql.SQL("SELECT arbsok_lasting.{}({}) FROM {}").format(
            sql.Identifier(name), sql.SQL(", ").join(sql.Placeholder() * len(given)), sql.SQL(database.ANNOUNCED)
        )
        what = self.doing(" ".join(map(str, [name, *given[1:]])))
        began = time.monotonic()
        count = scalar(connection, call, *given, database.announcement(what))
        took = time.monotonic() - began
        with self.adding:
            self.result.counts[name] = self.result.counts.get(name, 0) + count
            self.result.step_seconds[name] = round(self.result.step_seconds.get(name, 0) + took, 3)
        self.progress.step(name)

    @contextmanager
    def phase(self, what: str) -> Iterator[None]:
        """A phase, for whoever watches and for the run log."""
        self.progress.phase(self.year, what)
        self.announce(self.connection, what)
        began = time.monotonic()
        yield
        self.result.seconds[what] = round(time.monotonic() - began, 3)

    def announce(self, connection: Connection, what: str) -> None:
        """What a connection of the load does from now on, for other sessions."""
        database.announce(connection, self.doing(what))

    def doing(self, what: str) -> str:
        """What a connection that does this says that it does."""
        return f"load {self.year}: {what}"

    def enter(self, worker: Connection, month: int, copied: Copied) -> None:
        """The month's file."""
        worker.execute(
            "SELECT arbsok_lasting.registrer_fil(%s, %s, %s, %s, %s, %s, %s, %s)",
            [
                self.year,
                month,
                copied.file.name,
                copied.size,
                copied.sha256,
                copied.modified,
                copied.records,
                self.synthetic,
            ],
        )


def unload_year(connection: Connection, year: int) -> int:
    """Takes back the last loaded year; returns the number of F_ARBSOK records taken out. The caller holds the lock."""
    started = datetime.now(UTC)
    change = Change(f"{year} is unloaded")
    with database.announced(connection), change.said():
        prepare(connection, 1)
        connection.execute("SELECT arbsok_lasting.rydd_forlopsdeler()")
        with change.transaction(connection):
            database.announce(connection, f"unload {year}: ta_tilbake_aargang")
            count: int = scalar(connection, "SELECT arbsok_lasting.ta_tilbake_aargang(%s)", year)
            took = (datetime.now(UTC) - started).total_seconds()
            result = YearResult(year, {"f_arbsok": count}, {"unloading": round(took, 3)})
            write_log(connection, "unload", result, started)
    return count


def write_log(connection: Connection, action: str, result: YearResult, started: datetime) -> int:
    """The run's row in kjorelogg; returns its number."""
    counts, seconds = json.dumps(result.counts), result.all_seconds()
    run: int = scalar(
        connection,
        "SELECT trygdfob.skriv_kjorelogg(%s, %s, %s, %s, %s, %s)",
        *(action, result.year, started, product_version(), counts, seconds),
    )
    return run


def check_files(
    connection: Connection,
    years: list[int],
    files: dict[int, dict[int, MonthFile]],
    *,
    synthetic: bool,
    progress: Progress,
) -> tuple[list[str], list[YearResult]]:
    """Everything that a load would say of the files of these years before it compares persons; nothing is changed.

    The load's own steps, in one transaction that is rolled back. What is wrong with the files, a sentence each, and
    the years' counts, warnings and unknown codes as far as they can be told. The caller holds the lock.
    """
    faults: list[str] = []
    results = []
    with database.announced(connection), sentences():
        wait_for_dead_crew(connection)
        try:
            with connection.transaction(force_rollback=True):
                prepare(connection, 1)
                for year in years:
                    load = Load(connection, Alone(connection), year, synthetic, progress)
                    load.look(reader(files.get(year, {}), progress), files.get(year, {}))
                    faults += sorted(load.faults)
                    results.append(load.result)
        finally:
            with suppress(psycopg.Error):  # where even this fails, the next load does it
                connection.execute("SELECT arbsok_lasting.rydd_arbeidstabeller()")
    return faults, results
