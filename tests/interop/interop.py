"""Other people's programs read what leaves the register: `make interop`.

A small register is loaded and delivered in every form and format; each reader, in an environment of its own, says in
plain text what it read, and that is held against the rows of the database, cell by cell. The last lines say for each
reader that it was checked, or why not. Exit status 1 where one reads anything else, and where less than NEEDED could be
had: the others are large, or want a program that is not everybody's.

The environments lie in the user's cache, so that they are made once. Not a part of `make test`.
"""

import csv
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from fdtrygd import lasting, leveranse, synthetic
from fdtrygd.db import database, installation, server
from fdtrygd.files import find_month_files
from fdtrygd.leveranse import stream
from fdtrygd.statistikk import publication

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "tools"))

import published  # noqa: E402

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "fdtrygd" / "interop"
#: Seconds that an environment, and a reader, may take
INSTALLING, READING = 420, 180
#: Those that everybody can have: less than these is no check
NEEDED = {"pyreadstat", "duckdb", "pandas", "microdata-tools", "pyjstat"}
#: Environment -> what is installed in it
ENVIRONMENTS = {
    "readers": ("pyreadstat>=1.3.6,<2", "duckdb>=1.4,<3", "polars>=1.35,<3", "pandas>=3,<4", "pyarrow>=18"),
    "microdata": ("microdata-tools>=2.2,<3",),
    "datadok": ("ssb-fagfunksjoner==1.2.1",),
    "jsonstat": ("jsonstat-validator==0.4.6", "pyjstat==2.4.0"),
    "statbank": ("dapla-statbank-client==1.4.1",),
}
#: Rows of the miniregister, as Datadok's names have them
MINIREGISTER = (
    "SELECT fnr, hoved, hovedarbstat AS arbstat, tiltak AS tiltaka, ytelse AS stonad, dagdato, fdagdato,"
    " extract(month FROM mnddato)::integer AS mnd, mrk_sys, mrk_fnr, mrk_dl, ant_d_as_n, henddato, as_f, as_gr"
    ' FROM trygdfob.miniregister WHERE aargang = {} ORDER BY fnr COLLATE "C", mnddato'
)
FORMATS = ("csv", "parquet", "dta", "sav")
LAST, YEAR = date(2003, 12, 31), 2003


class NotCheckedError(Exception):
    """A reader that could not be had, and why."""


class DiffersError(Exception):
    """What a reader read is not what was delivered."""


@dataclass(frozen=True)
class Made:
    """What there is to read, and what it must be."""

    #: with leveranse, flatfil, microdata, statistikk and sannhet, a folder each, where they could be made
    folder: Path
    tables: list[str]
    #: what could not be made, with the reason
    missing: dict[str, str]
    #: tables of official statistics, each with its period and version
    published: list[str] = field(default_factory=list)

    def rows(self, table: str) -> list[list[str]]:
        return plain_rows(self.folder / "sannhet" / f"{table}.csv")


def plain_rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as text:
        return list(csv.reader(text))


def plain(value: Any) -> str:
    """A value as every reader says it: nothing for what is missing, 1 and 0 for yes and no, days as YYYY-MM-DD."""
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, bool) else str(value)


def write_plain(path: Path, head: list[str], rows: Any) -> None:
    with path.open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(head)
        writer.writerows([plain(value) for value in row] for row in rows)


# ---------------------------------------------------------------------------------------------------------------------
# What is read


@contextmanager
def register(folder: Path) -> Iterator[database.Connection]:
    """A server of its own with four small years."""
    synthetic.make(folder / "filer", last=(2004, 12), persons=400)
    files = find_month_files(folder / "filer")
    url = server.start(folder / "data", fsync=False)
    os.environ["FDTRYGD_DATABASE_URL"] = url
    try:
        installation.upgrade(url)
        with database.connect(url) as connection:
            for year in sorted(files):
                lasting.load_year(connection, year, files[year], synthetic=True, progress=Silent())
            yield connection
    finally:
        server.stop(folder / "data")


class Silent:
    """Progress that nobody watches."""

    def phase(self, year: int, what: str) -> None: ...

    def step(self, name: str) -> None: ...

    def read(self, count: int) -> None: ...


PROJECT = """
prosjekt = "lesere"
tittel = "Andres programmer"
vedtak = "Ingen: dataene er laget"
gyldig_til = 2996-12-31
slettes_etter = 2997-12-31
former = ["hendelser", "tilfelle", "gruppetilfelle", "periode", "manedspanel", "tverrsnitt"]
variabler = "alle"
[populasjon]
alle = true
"""


def make(folder: Path) -> Made:
    """Everything that the program delivers, from one register, and its rows straight from the database."""
    missing: dict[str, str] = {}
    (folder / "sannhet").mkdir()
    with register(folder) as connection:
        (folder / "prosjekt.toml").write_text(PROJECT)
        leveranse.create_project(connection, folder / "prosjekt.toml")
        forms = dict(
            connection.execute(
                "SELECT f.form, array_agg(f.variabel::text ORDER BY f.plass) FROM leveranse.formvariabel AS f"
                " JOIN leveranse.variabel AS v USING (variabel)"
                " WHERE NOT v.bare_navngitt GROUP BY f.form ORDER BY f.form"
            ).fetchall()
        )
        order = f'prosjekt = "lesere"\nbestilling = "alt"\ntil = {LAST}\n[populasjon]\nalle = true\n'
        for form, variables in forms.items():
            order += table(form, form, variables)
        # Nothing of what they know of the end: the types of empty columns come from the catalogue
        order += table("lopende", "tilfelle", forms["tilfelle"]) + 'rader = { sluttet = ["loper"] }\nkoder = "tekst"\n'
        (folder / "bestilling.toml").write_text(order)
        done = leveranse.deliver(connection, folder / "bestilling.toml", folder / "leveranse")
        truth(connection, done, folder / "sannhet")
        for name, command in COMMANDS.items():
            if why := ran([*command, "--out", str(folder / name)]):
                missing[name] = why
        with connection.cursor() as cursor:
            cursor.execute(MINIREGISTER.format(YEAR))
            head = [column.name for column in cursor.description or ()]
            write_plain(folder / "sannhet" / "miniregister.csv", head, cursor)
        published_tables = publish(connection, folder)
    return Made(folder, [each.name for each in done.description.tables], missing, published_tables)


def publish(connection: database.Connection, folder: Path) -> list[str]:
    """The files of some published versions, from cells that are made up, and these cells; the tables' names there."""
    versions = published.fill(connection)
    publication.write(connection, list(versions.values()), folder / "statistikk")
    names = []
    for period, number in versions.items():
        place = period if "-" in period else f"{period}-1"
        for name in published.tables_of(connection, number):
            head = [*published.groupings(connection, name), "verdi"]
            cells = published.read(connection, number, name)
            rows = [[*codes, str(published.shown(value))] for codes, value in cells.items()]
            write_plain(folder / "sannhet" / f"{place}-{name}.csv", head, sorted(rows))
            names.append(f"{place}-{name}")
    return names


def table(name: str, form: str, variables: list[str]) -> str:
    """A table of an order, in every format."""
    text = f'[[tabell]]\nnavn = "{name}"\nform = "{form}"\nvariabler = {json.dumps(variables)}\n'
    days = "dager = [2002-06-30, 2003-12-31]\n" if form == "tverrsnitt" else ""
    return f"{text}formater = {json.dumps(FORMATS)}\n{days}"


#: Folder -> the command that makes it
COMMANDS = {
    "flatfil": ["flatfile", str(YEAR), "--why", "interop"],
    "microdata": ["microdata", "--to", LAST.isoformat(), "--why", "interop"],
}


def ran(command: list[str]) -> str | None:
    """Why a command of the program did not do what it is for; None where it did."""
    program = Path(sys.executable).with_name("fdtrygd")
    done = subprocess.run([sys.executable, program, *command], stdin=subprocess.DEVNULL, capture_output=True, text=True)
    return None if done.returncode == 0 else f"fdtrygd {command[0]}: {last_line(done.stderr)}"


def truth(connection: database.Connection, done: leveranse.Delivered, to: Path) -> None:
    """The delivery's rows as the database has them, by way of a repeat that is never done."""
    number = database.scalar(connection, "SELECT leveranse.gjenta_utlevering(%s, '{}')", done.number)
    with connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        connection.execute("SELECT leveranse.finn_personer(%s)", [number])
        for table in done.description.tables:
            columns = ", ".join(f"{each.name} {stream.POSTGRES[each.type]}" for each in table.variables)
            rows = connection.execute(
                f"SELECT * FROM leveranse.rader({number}, '{table.name}') AS t ({columns})"  # type: ignore[arg-type]
            )
            write_plain(to / f"{table.name}.csv", [each.name for each in table.variables], rows)
    described = {
        table.name: [{"name": each.name, "type": each.type, "label": each.label} for each in table.variables]
        for table in done.description.tables
    }
    (to / "beskrivelse.json").write_text(json.dumps(described, ensure_ascii=False), encoding="utf-8")


# ---------------------------------------------------------------------------------------------------------------------
# The readers


def environment(name: str) -> Path:
    """The Python of an environment, which is made where it is not there yet."""
    wanted = json.dumps([sys.version_info[:2], ENVIRONMENTS[name]])
    folder = CACHE / f"{name}-{hashlib.sha256(wanted.encode()).hexdigest()[:12]}"
    python = folder / "bin" / "python"
    if not (folder / ".ready").exists():
        print(f"Installing {', '.join(ENVIRONMENTS[name])} into {folder} ...", file=sys.stderr)
        shutil.rmtree(folder, ignore_errors=True)
        folder.parent.mkdir(parents=True, exist_ok=True)
        run([sys.executable, "-m", "venv", folder], INSTALLING)
        pip = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", *ENVIRONMENTS[name]]
        run(pip, INSTALLING)
        (folder / ".ready").touch()
    return python


def run(command: list[Any], seconds: float) -> str:
    """A program's output; NotCheckedError with its last line where it fails or takes too long."""
    try:
        done = subprocess.run(
            [str(word) for word in command],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=seconds,
            env={key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "PYTHONHOME")},
        )
    except FileNotFoundError:
        raise NotCheckedError(f"{command[0]} is not there") from None
    except subprocess.TimeoutExpired:
        raise NotCheckedError(f"{Path(str(command[0])).name} took longer than {seconds:.0f} seconds") from None
    if done.returncode != 0:
        raise NotCheckedError(f"{Path(str(command[0])).name}: {last_line(done.stderr or done.stdout)}")
    return done.stdout


def last_line(text: str) -> str:
    """The last line that says something, without a box around it."""
    said = [line.strip("│ ") for line in text.splitlines() if any(map(str.isalnum, line))]
    return said[-1] if said else "failed"


def read_by(command: list[Any]) -> str:
    """What a reader prints in the end; one that fails has not read what was delivered."""
    try:
        return last_line(run(command, READING))
    except NotCheckedError as error:
        raise DiffersError(str(error)) from None


def same(made: Made, read: Path, formats: tuple[str, ...]) -> str:
    """Holds what a reader wrote, a file for each table and format, against the database's rows."""
    values = 0
    for table in made.tables:
        expected = made.rows(table)
        for format_ in formats:
            path = read / f"{table}.{format_}.csv"
            if not path.exists():
                raise DiffersError(f"{table}.{format_} was not read")
            found = plain_rows(path)
            differing = sum(a != b for one, other in zip(expected, found, strict=False) for a, b in pairs(one, other))
            if len(found) != len(expected) or differing or len(expected) < 2:
                raise DiffersError(
                    f"{table}.{format_}: {len(found)} lines for {len(expected)}, {differing} values differ"
                )
            values += sum(map(len, expected[1:]))
    counted = f"{values:,}".replace(",", " ")
    return f"{len(made.tables)} tables as {', '.join(formats)}: {counted} values, none differs"


def pairs(one: list[str], other: list[str]) -> Iterator[tuple[str | None, str | None]]:
    longest = max(len(one), len(other))
    yield from zip(
        one + [None] * (longest - len(one)),
        other + [None] * (longest - len(other)),
        strict=True,  # type: ignore[list-item]
    )


def in_python(name: str, formats: tuple[str, ...]) -> Callable[[Made], str]:
    """A reader of the environment `readers`, whose program is read_<name>.py."""

    def check(made: Made) -> str:
        python = environment("readers")
        read = made.folder / f"lest-{name}"
        read.mkdir()
        version = read_by([python, HERE / f"read_{name}.py", made.folder, read])
        return f"{version}: {same(made, read, formats)}"

    return check


def statistics(environment_name: str, format_: str) -> Callable[[Made], str]:
    """A reader of official statistics, whose program is read_<environment>.py; the order of cells is each format's."""

    def check(made: Made) -> str:
        python = environment(environment_name)
        read = made.folder / f"lest-{environment_name}"
        read.mkdir()
        version = read_by([python, HERE / f"read_{environment_name}.py", made.folder, read])
        for name in made.published:
            path = read / f"{name}.{format_}.csv"
            if path.exists():
                head, *rows = plain_rows(path)
                write_plain(path, head, sorted(rows))
        return f"{version}: {same(replace(made, tables=made.published), read, (format_,))}"

    return check


def haven(made: Made) -> str:
    """R: CSV by the delivered program, .dta and .sav by haven."""
    if not shutil.which("Rscript"):
        raise NotCheckedError("Rscript is not there")
    has_haven = "haven" in run(["Rscript", "-e", "if (requireNamespace('haven', quietly = TRUE)) cat('haven')"], 60)
    if not has_haven and os.environ.get("CI") and os.geteuid() == 0:  # never on a developer's own machine
        run(["apt-get", "update", "-q"], INSTALLING)
        run(["apt-get", "install", "-q", "-y", "--no-install-recommends", "r-cran-haven"], INSTALLING)
        has_haven = True
    read = made.folder / "lest-R"
    read.mkdir()
    version = read_by(["Rscript", HERE / "read_haven.R", made.folder, read, str(has_haven).upper()])
    said = f"{version}: {same(made, read, ('csv', 'dta', 'sav') if has_haven else ('csv',))}"
    return (
        said if has_haven else f"{said}; .dta and .sav are not checked: haven (Debian: r-cran-haven) is not installed"
    )


def microdata(made: Made) -> str:
    if "microdata" in made.missing:
        raise NotCheckedError(made.missing["microdata"])
    python = environment("microdata")
    return read_by([python, HERE / "read_microdata.py", made.folder / "microdata"])


def datadok(made: Made) -> str:
    if "flatfil" in made.missing:
        raise NotCheckedError(made.missing["flatfil"])
    python = environment("datadok")
    read = made.folder / "miniregister.csv"
    version = read_by([python, HERE / "read_datadok.py", made.folder / "flatfil" / f"g{YEAR}", read])
    expected, found = plain_rows(made.folder / "sannhet" / "miniregister.csv"), plain_rows(read)
    if expected != found:
        differing = sum(one != other for one, other in zip(expected, found, strict=False))
        raise DiffersError(f"{len(found)} lines for {len(expected)}, {differing} differ")
    return f"{version}: the miniregister of {YEAR}, {len(found) - 1} rows of {len(found[0])} columns, none differs"


READERS: dict[str, Callable[[Made], str]] = {
    "pyreadstat": in_python("pyreadstat", ("dta", "sav")),
    "duckdb": in_python("duckdb", ("csv", "parquet")),
    "pandas": in_python("pandas", ("csv", "parquet", "dta")),
    "polars": in_python("polars", ("csv", "parquet")),
    "R": haven,
    "microdata-tools": microdata,
    "ssb-fagfunksjoner": datadok,
    "pyjstat": statistics("jsonstat", "json"),
    "dapla-statbank-client": statistics("statbank", "dat"),
}


def main() -> int:
    began = time.monotonic()
    said: dict[str, str] = {}
    checked, failed = set(), set()
    with tempfile.TemporaryDirectory(prefix="fdtrygd-interop-") as temporary:
        made = make(Path(temporary))
        for name, check in READERS.items():
            try:
                said[name] = f"checked. {check(made)}"
                checked.add(name)
            except NotCheckedError as error:
                said[name] = f"not checked: {error}"
            except DiffersError as error:
                said[name] = f"FAILED: {error}"
                failed.add(name)
            print(f"{name}: {said[name]}", flush=True)
    if missing := NEEDED - checked - failed:
        print(f"That is too little: {', '.join(sorted(missing))} must be had.")
    print(
        f"{len(checked)} readers agree, {len(failed)} do not, {len(READERS) - len(checked) - len(failed)} not checked"
    )
    print(f"{time.monotonic() - began:.0f} seconds", file=sys.stderr)
    return bool(failed or missing)


if __name__ == "__main__":
    sys.exit(main())
