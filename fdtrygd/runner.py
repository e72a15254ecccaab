"""The years in order, the steps in order, one transaction a year, the run log.

The original's main program was asok_start_ny_aargang.sql (the source's chapter 5.9.3).
"""

import json
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Protocol

import psycopg
from psycopg import sql

from fdtrygd import database, objects
from fdtrygd import input as month_files
from fdtrygd.crew import Alone, Crew, Workers
from fdtrygd.database import CREW_LOCK, LOCK, Connection, wait_for_lock
from fdtrygd.errors import Change, UserError, end, sentences
from fdtrygd.input import BadFile, Copied, MonthFile
from fdtrygd.settings import product_version

MONTHS = range(1, 13)
#: The parts of fnr_del.
PARTS = range(8)
#: What users see of it: the phases of a year, in order.
READING, MINIREGISTER, COMPARING, SPELLS, PLACING, CHECKING = PHASES = (
    "reading files",
    "miniregister",
    "comparing months",
    "spells",
    "putting in place",
    "controls",
)
#: Those that take file by file: what check-files can say of them.
BY_FILE = (READING, MINIREGISTER)
#: Warnings of a kind that are said in full.
MOST_SENTENCES = 3
#: Files that a sentence names.
MOST_NAMES = 6


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


@dataclass(frozen=True)
class Step:
    """A step of a year's load (table steg): a function of the schema that returns a count."""

    name: str
    phase: str
    #: what one run is about: aar, maaned or del
    scope: str
    #: whether it runs beside other months or parts
    side_by_side: bool

    @property
    def times(self) -> int:
        """How often it runs in a year."""
        return {"aar": 1, "maaned": len(MONTHS), "del": len(PARTS)}[self.scope]


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


@dataclass
class YearReport:
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
    controls: list["Control"] = field(default_factory=list)

    def all_seconds(self) -> str:
        """Seconds by phase and by step, as JSON."""
        return json.dumps({**self.seconds, "steps": self.step_seconds})


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


@contextmanager
def alone(connection: Connection) -> Iterator[None]:
    """Holds the lock of loads, unloads and upgrades; UserError when another holds it for long."""
    wait_for_lock(lambda: bool(scalar(connection, "SELECT pg_try_advisory_lock(%s)", LOCK)))
    try:
        yield
    finally:
        with suppress(psycopg.Error):  # lost, and the lock with it
            if not connection.closed:
                connection.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def prepare(connection: Connection, connections: int) -> None:
    """Sets a connection up for a load of which it is one of so many: the planner's ways, memory, a discreet log."""
    connection.execute("SELECT trygdfob.forbered_sesjon(%s)", [connections])


def loaded_years(connection: Connection) -> list[int]:
    """The years in the database, in order."""
    rows = connection.execute("SELECT aargang FROM trygdfob.lastet_aargang ORDER BY aargang").fetchall()
    return [year for (year,) in rows]


def years_to_load(connection: Connection, until: int, available: list[int]) -> list[int]:
    """The years up to and including `until` that are not yet loaded, in chronological order (spec.md 5.7, T9)."""
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
        first_ones = f"; the first ones are for {available[0]}" if available else ""
        raise UserError(f"There are no month files for {until}{first_ones}.")
    return list(range(first, until + 1))


def is_synthetic(connection: Connection) -> bool:
    """Whether the loaded years are synthetic; false where none is loaded."""
    return bool(scalar(connection, "SELECT bool_and(syntetisk) FROM trygdfob.lastet_aargang"))


def refuse_mixture(connection: Connection, synthetic: bool) -> None:
    """UserError where synthetic files would be loaded on top of others, or others on top of synthetic ones."""
    if scalar(connection, "SELECT count(*) FROM trygdfob.lastet_aargang WHERE syntetisk <> %s", synthetic):
        held, given = ("real", "synthetic") if synthetic else ("synthetic", "real")
        marked = "" if synthetic else " Synthetic files have SYNTHETIC.json in their folder: copy it with them."
        raise UserError(
            f"The database holds years of {held} data, and these files are {given}: the two are never mixed.{marked} "
            "Name the right files (make: DATA=DIR, fdtrygd: --data DIR), take every loaded year back first "
            "(make unload-year), or name another database in FDTRYGD_DATABASE_URL."
        )


def before_the_start(connection: Connection, years: list[int]) -> str:
    """That years end before the series starts, so that nothing of them reaches F_ARBSOK; nothing where none does."""
    start: date = scalar(connection, "SELECT serie_start FROM trygdfob.innstilling")
    early = [year for year in years if year < start.year]
    if not early:
        return ""
    one = len(early) == 1
    return (
        f"{' to '.join(map(str, sorted({early[0], early[-1]})))} {'is' if one else 'are'} before the series' start "
        f"({start}): the miniregister and its controls have {'it' if one else 'them'}, F_ARBSOK gets no record. For a "
        "series that begins earlier, set serie_start in trygdfob.innstilling while no year is loaded."
    )


def incomplete(years: list[int], files: dict[int, dict[int, MonthFile]]) -> list[str]:
    """What can be said of the years' files by their names, a sentence each."""
    faults = []
    for year in years:
        missing = [f"arbsok_{year}{month:02}" for month in MONTHS if month not in files.get(year, {})]
        if 0 < len(missing) < len(MONTHS):
            faults.append(
                f"{year} is not complete: {', '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing. "
                "A year is loaded whole; add what is missing and run the command again."
            )
    if none := [year for year in years if not files.get(year)]:
        faults.append(
            f"There are no month files for {', '.join(map(str, none))} (arbsok_{none[0]}01 to arbsok_{none[0]}12"
            f"{' and so on' if len(none) > 1 else ''}; the sample has 2001 to 2005). Years load in chronological "
            "order: add them, or ask for an earlier year."
        )
    return faults


def unreadable(files: dict[int, MonthFile]) -> list[str]:
    """What stands in a year's files' places and is no file, a sentence each, before any is read."""
    return [fault for file in files.values() if (fault := month_files.fault(file))]


def refuse(faults: list[str], more: str = "") -> None:
    """UserError where something is wrong with the files: all of it, a line each, and where `more` is said."""
    if len(faults) == 1:
        raise UserError(f"{faults[0]} {more}".rstrip())
    if faults:
        first = f"{len(faults)} things are wrong with the files; nothing of them is loaded."
        raise UserError("\n  ".join([f"{first} {more}".rstrip(), *faults]))


def reader(files: dict[int, MonthFile], progress: Progress) -> Reader:
    """What copies a month of these files."""

    def read(worker: Connection, month: int, table: str, optional: frozenset[str]) -> Copied:
        return month_files.copy_month(worker, files[month], table, optional=optional, progress=progress.read)

    return read


def wait_for_dead_crew(connection: Connection) -> None:
    """The connections of a load that was killed a moment ago end by themselves, but not at once."""
    wait_for_lock(lambda: bool(scalar(connection, "SELECT pg_try_advisory_lock(%s)", CREW_LOCK)))
    connection.execute("SELECT pg_advisory_unlock(%s)", [CREW_LOCK])


def load_year(
    connection: Connection,
    year: int,
    files: dict[int, MonthFile],
    *,
    synthetic: bool,
    progress: Progress,
    jobs: int = 1,
    accept: dict[str, str] | None = None,
) -> YearReport:
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
    read = reader(files, progress)
    try:
        with database.announced(connection):
            prepare(connection, jobs if jobs == 1 else jobs + 1)
            wait_for_dead_crew(connection)
            if jobs == 1:
                with change.transaction(connection):
                    return Load(connection, Alone(connection), year, synthetic, progress, accept, change).run(read)
            with Crew(another, jobs) as crew:
                return Load(connection, crew, year, synthetic, progress, accept, change).run(read)
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

    What the crew does is scratch: unlogged work tables, and months of the miniregister that are no part of it yet. The
    next load throws away what a killed one has left. One transaction, on `connection`, puts the year in place.
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
        self.report = YearReport(year)
        self.plan = all_steps(connection)
        self.started = datetime.now(UTC)
        self.adding = threading.Lock()
        #: What is wrong with the files, a sentence each
        self.faults: list[str] = []

    def run(self, read: Reader) -> YearReport:
        """All of it; `read` copies a month into the table that it is given."""
        self.read(read)
        self.make_miniregister()
        self.compare()
        self.put_in_place()
        return self.report

    def read(self, read: Reader) -> None:
        """The month files to the server, and each month's extraction date; UserError with all that is wrong."""
        with self.phase(READING):
            self.connection.execute("SELECT arbsok_lasting.kontroller_rekkefolge(%s)", [self.year])
            self.read_files(read, MONTHS)
        refuse(sorted(self.faults))

    def read_files(self, read: Reader, months: Iterable[int]) -> None:
        """These months' files; what is wrong with them is noted."""
        self.connection.execute("SELECT arbsok_lasting.rydd_arbeidstabeller()")
        from_october_2002 = scalar(self.connection, "SELECT arbsok_lasting.as_gr_fra()")

        def file(worker: Connection, month: int) -> None:
            table = f"arbsok_lasting.raa_{month:02}"
            early = (self.year, month) < (from_october_2002.year, from_october_2002.month)
            with self.noting(), worker.transaction():
                self.announce(worker, f"{READING} {month}")
                worker.execute("SELECT arbsok_lasting.tom_raa(%s)", [month])
                self.enter(worker, month, read(worker, month, table, frozenset({"as_gr", "as_f"} if early else ())))
                self.steps(worker, READING, month)

        self.all(months, file)
        for step in self.of(READING):
            with self.noting(), self.connection.transaction():
                self.step(self.connection, step.name)

    def look(self, read: Reader, months: Iterable[int]) -> None:
        """A load as far as it goes file by file, in a transaction that is rolled back: for check-files."""
        with self.phase(READING):
            self.read_files(read, months)
        with self.phase(MINIREGISTER):
            dated = self.connection.execute("SELECT maaned FROM arbsok_lasting.aarets_fil WHERE dagdato IS NOT NULL")
            for (month,) in dated.fetchall():
                self.steps(self.connection, MINIREGISTER, month)
            self.tell_unknown_codes()
            # Without vei_tilbake: nothing is loaded yet that would have to be taken back
            rows = self.connection.execute(
                "SELECT format('%%s: %%s', k.kontroll, format(k.setning, VARIADIC f.verdier))"
                " FROM kontroll.fil_mistenkelig(%s) AS f JOIN kontroll.kontroll AS k USING (kontroll)"
                " ORDER BY k.rekkefolge, f.mnddato",
                [self.year],
            )
            self.report.warnings = [sentence for (sentence,) in rows]
            self.connection.execute("SELECT arbsok_lasting.fest_filer(%s)", [self.year])

    def tell_unknown_codes(self) -> None:
        """The codes of the year's files that no code list has, for the report."""
        for variable, code, count in self.connection.execute("SELECT * FROM arbsok_lasting.aarets_ukjente_koder"):
            self.report.unknown_codes.setdefault(variable, []).append((code, int(count)))

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

    def make_miniregister(self) -> None:
        """The miniregister, a table for each month (spec.md 2)."""
        with self.phase(MINIREGISTER):
            self.all(MONTHS, lambda worker, month: self.steps(worker, MINIREGISTER, month))

    def compare(self) -> None:
        """Each month against the month before (spec.md 3)."""
        with self.phase(COMPARING):
            self.all(MONTHS, lambda worker, month: self.steps(worker, COMPARING, month))

    def put_in_place(self) -> None:
        """The spells, part by part of the persons (spec.md 3 and 4), and everything into the tables that last."""
        with self.change.transaction(self.connection):
            with self.phase(SPELLS):
                for part in self.crew.each(PARTS, lambda worker, part: self.steps(worker, SPELLS, part)):
                    self.steps(self.connection, SPELLS, part, in_turn=True)
            with self.phase(PLACING):
                self.steps(self.connection, PLACING)
                counts = self.connection.execute("SELECT post, antall FROM arbsok_lasting.aarets_tall").fetchall()
                self.report.counts |= {name: int(count) for name, count in counts}
                self.tell_unknown_codes()
            # The log comes first, for the controls hold it against the tables; what they took and found is added
            run = write_log(self.connection, "load", self.report, self.started)
            with self.phase(CHECKING):
                self.steps(self.connection, CHECKING)
                self.check()
            self.connection.execute(
                "SELECT arbsok_lasting.fullfor_kjorelogg(%s, %s, %s, %s)",
                [run, self.report.controls[0].run, self.report.all_seconds(), json.dumps(self.report.warnings)],
            )
            self.connection.execute("SELECT arbsok_lasting.rydd_arbeidstabeller()")

    def check(self) -> None:
        """The controls (spec.md 5 and 6); UserError where they find an error that is not accepted."""
        self.announce(self.connection, CHECKING)
        self.report.controls = check(self.connection, self.year, "load", self.crew.jobs, self.accept)
        if errors := [each for each in self.report.controls if each.is_error and not each.accepted]:
            raise UserError(
                f"{self.year} is refused, and nothing of it is kept: the controls find "
                + "; ".join(f"{each.count} against {each.control} ({each.promise.rstrip('.')})" for each in errors)
                + ". It is the rules or the program that are wrong, not the files. To see the records, load the year "
                f"all the same (fdtrygd load-year {self.year} --accept CONTROL --why TEXT, --accept once for each "
                f"control), look at them with fdtrygd check {self.year}, and take it back with unload-year."
            )
        self.report.warnings += suspicions(self.connection, self.report.controls)

    def all(self, items: Iterable[int], work: Callable[[Connection, int], None]) -> None:
        """Has `work` done for every item."""
        for _ in self.crew.each(items, work):
            pass

    def of(self, phase: str, number: int | None = None, *, in_turn: bool = False) -> list[Step]:
        """The phase's steps of the year; of a month or part, those that run beside others, or `in_turn`."""
        of_year = number is None
        return [
            step
            for step in self.plan
            if step.phase == phase and (step.scope == "aar") == of_year and step.side_by_side != (of_year or in_turn)
        ]

    def steps(self, connection: Connection, phase: str, number: int | None = None, *, in_turn: bool = False) -> None:
        """Runs those steps, one after the other."""
        for step in self.of(phase, number, in_turn=in_turn):
            self.step(connection, step.name, number)

    def step(self, connection: Connection, name: str, number: int | None = None) -> None:
        """Runs a step, of the month or part `number` or of the year; its count and time are added to the report."""
        given = [self.year] if number is None else [self.year, number]
        self.announce(connection, " ".join(map(str, [name, *given[1:]])))
        call = sql.SQL("SELECT arbsok_lasting.{}({})").format(
            sql.Identifier(name), sql.SQL(", ").join(sql.Placeholder() * len(given))
        )
        began = time.monotonic()
        count = scalar(connection, call, *given)
        took = time.monotonic() - began
        with self.adding:
            self.report.counts[name] = self.report.counts.get(name, 0) + count
            self.report.step_seconds[name] = round(self.report.step_seconds.get(name, 0) + took, 3)
        self.progress.step(name)

    @contextmanager
    def phase(self, what: str) -> Iterator[None]:
        """A phase, for whoever watches and for the run log."""
        self.progress.phase(self.year, what)
        self.announce(self.connection, what)
        began = time.monotonic()
        yield
        self.report.seconds[what] = round(time.monotonic() - began, 3)

    def announce(self, connection: Connection, what: str) -> None:
        """What a connection of the load does from now on, for other sessions."""
        database.announce(connection, f"load {self.year}: {what}")

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
    with database.announced(connection), Change(f"{year} is unloaded").transaction(connection):
        prepare(connection, 1)
        database.announce(connection, f"unload {year}: ta_tilbake_aargang")
        count: int = scalar(connection, "SELECT arbsok_lasting.ta_tilbake_aargang(%s)", year)
        took = (datetime.now(UTC) - started).total_seconds()
        write_log(connection, "unload", YearReport(year, {"f_arbsok": count}, {"unloading": round(took, 3)}), started)
    return count


def write_log(connection: Connection, action: str, report: YearReport, started: datetime) -> int:
    """The run's row in kjorelogg; returns its number."""
    counts, seconds = json.dumps(report.counts), report.all_seconds()
    run: int = scalar(
        connection,
        "SELECT trygdfob.skriv_kjorelogg(%s, %s, %s, %s, %s, %s)",
        *(action, report.year, started, product_version(), counts, seconds),
    )
    return run


def changed_files(
    connection: Connection, found: dict[int, dict[int, MonthFile]], *, keep: bool
) -> tuple[list[MonthFile], list[str]]:
    """The files of loaded years that are no longer, byte for byte, what was loaded (spec.md 6).

    A file of the same size, written at the same time, is the same; the bytes of others are read. With `keep` the
    database remembers what was seen, for the control fil_endret. Beside them, a sentence for each that cannot be read.
    """
    changed = []
    unread = []
    rows = connection.execute(
        "SELECT mnddato, bytes, sha256, endringstid FROM trygdfob.maanedsfil ORDER BY mnddato"
    ).fetchall()
    for first_day, size, sha256, modified in rows:
        file = found.get(first_day.year, {}).get(first_day.month)
        if file is None:
            continue
        try:
            status = month_files.regular(file)
            untouched = (status.st_size, month_files.modified(status)) == (size, modified)
            seen = (size, sha256) if untouched else month_files.digest(file)
        except BadFile as error:
            unread.append(f"Could not be compared with what was loaded: {error}")
            continue
        if seen[1] != sha256:
            changed.append(file)
        if keep:
            connection.execute(
                "SELECT arbsok_lasting.merk_avvikende_fil(%s, %s, %s, %s)", [first_day, file.name, *seen]
            )
    return changed, unread


def way_back(changed: list[MonthFile], loaded: list[int]) -> str:
    """Which files are no longer what was loaded, and which years stand between them and a load; nothing for none."""
    if not changed:
        return ""
    years = [year for year in reversed(loaded) if year >= changed[0].year]
    order, command = ", then ".join(map(str, years)), f"make unload-year YEAR={years[0]}"
    if len(years) > 1:
        command += " and so on"
    if another_register(changed, loaded):
        return (
            f"{len(changed)} of the {len(MONTHS) * len(loaded)} files of the loaded years are not what was loaded: "
            "this is probably another register, and its years must not be put on top of these. Load it into a database "
            f"of its own (FDTRYGD_DATABASE_URL), or first take back {order} ({command}). If it is the same one, only "
            "written anew, go on from a folder without the files of the loaded years."
        )
    names = [file.name for file in changed[:MOST_NAMES]]
    if more := len(changed) - len(names):
        names.append(f"{more} more")
    one = len(changed) == 1
    return (
        f"{', '.join(names)}: {'this file is' if one else 'these files are'} not what was loaded. To load "
        f"{'it' if one else 'them'}, first take back {order} ({command}), then load again."
    )


def another_register(changed: list[MonthFile], loaded: list[int]) -> bool:
    """Whether so many files are not what was loaded that they are hardly corrections: over half of the years' files."""
    return 2 * len(changed) > len(MONTHS) * len(loaded)


def check_files(
    connection: Connection,
    years: list[int],
    files: dict[int, dict[int, MonthFile]],
    *,
    synthetic: bool,
    progress: Progress,
) -> tuple[list[str], list[YearReport]]:
    """Everything that a load would say of the files of these years before it compares persons; nothing is changed.

    The load's own steps, in one transaction that is rolled back. What is wrong with the files, a sentence each, and
    the years' counts, warnings and unknown codes as far as they can be told. The caller holds the lock.
    """
    faults: list[str] = []
    reports = []
    with database.announced(connection), sentences():
        wait_for_dead_crew(connection)
        try:
            with connection.transaction(force_rollback=True):
                prepare(connection, 1)
                for year in years:
                    load = Load(connection, Alone(connection), year, synthetic, progress)
                    load.look(reader(files.get(year, {}), progress), files.get(year, {}))
                    faults += sorted(load.faults)
                    reports.append(load.report)
        finally:
            with suppress(psycopg.Error):  # where even this fails, the next load does it
                connection.execute("SELECT arbsok_lasting.rydd_arbeidstabeller()")
    return faults, reports


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


def check_years(
    connection: Connection, years: Iterable[int], jobs: int, progress: Progress | None = None
) -> Iterator[tuple[int, list[Control]]]:
    """The controls of loaded years, one after the other; the caller holds the lock."""
    with database.announced(connection), sentences():
        prepare(connection, jobs)
        for year in years:
            database.announce(connection, f"check {year}: {CHECKING}")
            if progress:
                progress.phase(year, CHECKING)
            yield year, check(connection, year, "check", jobs)


def sizes(connection: Connection, years: list[int]) -> dict[int, int]:
    """The bytes of loaded years' files."""
    rows = connection.execute(
        "SELECT aargang, sum(bytes)::bigint FROM trygdfob.maanedsfil WHERE aargang = ANY(%s) GROUP BY aargang"
        " ORDER BY aargang",
        [years],
    )
    return dict(rows.fetchall())


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


def scalar(connection: Connection, query: str | sql.Composed, *parameters: Any, **named: Any) -> Any:
    """The first column of the query's first row; parameters by place, or by name."""
    row = connection.execute(query, parameters or named or None).fetchone()
    return row[0] if row else None
