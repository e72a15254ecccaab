"""Datasets for microdata.no: rows by fødselsnummer, with metadata, validated and packed by microdata-tools.

Here a fødselsnummer leaves the register as it is: microdata.no makes the pseudonym. So the folder is the user's alone
from its first moment, and nothing that microdata-tools says is shown or handed on, since it quotes the numbers: it is
told by kind and count. No error is raised while one of theirs is handled: a traceback would show that one, too.
"""

import json
import logging
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from psycopg import sql

from fdtrygd.db.database import Connection, announce, announced, scalar
from fdtrygd.errors import UserError
from fdtrygd.leveranse import folder
from fdtrygd.leveranse.deliver import finish, in_the_log, refusals, snapshot, versions
from fdtrygd.screen import counted

WRITERS = ("microdata-tools", "pyarrow")
#: What microdata-tools finds, by how it begins, in words that quote nothing. Of one kind it names at most 50.
KINDS = (
    ("Invalid value in #2", "row without a value"),
    ("Error for identifier", "row with a code that is in no list"),
    ("Invalid identifier in #1", "row without a person"),
    ("Invalid #3", "row without a start, or that stops before it starts"),
    ("Invalid overlapping", "person whose rows overlap"),
    ("Could not read data in", "column without a date"),
    ("In CSV column", "field that is no date"),
    ("CSV parse error", "line that has not five fields"),
    ("Integer value", "date that it cannot have"),
)
OTHER = "other fault, perhaps of the metadata"


@dataclass(frozen=True)
class Dataset:
    """A dataset, as the database describes it (leveranse.beskriv_microdata)."""

    name: str
    rows: int
    #: rows without a stop
    open: int
    described: dict[str, Any]

    @property
    def unknown(self) -> dict[str, int]:
        """Codes that no list has, or not on that day -> rows with the code."""
        return dict(self.described["ukjente"])


@dataclass(frozen=True)
class Datasets:
    """Datasets that are done."""

    number: int
    persons: int
    datasets: list[Dataset]
    #: encrypted; else the CSV files are plain text
    packed: bool
    files: list[folder.File]


def make_datasets(
    connection: Connection,
    last: date,
    to: Path,
    why: str,
    key: Path | None = None,
    progress: Callable[[str], None] = lambda doing: None,
) -> Datasets:
    """Makes the datasets of the register as it is released on the day `last`, in the new folder `to`.

    Each is validated by microdata-tools and, where `key` is the folder with microdata.no's public key, packed for it.
    UserError where the register cannot be released on that day, or microdata.no would not take a dataset.
    """
    folder.refuse(to)
    folder.clear(to)  # it holds fødselsnummer: before anything that may end this run
    require()
    if key:
        refuse_key(key, to)
    with refusals():
        number = scalar(
            connection, "SELECT leveranse.begynn_microdata(%s, %s, %s)", last, why, json.dumps(versions(WRITERS))
        )
    with in_the_log(connection, number), folder.made(to) as unfinished:
        with refusals(), announced(connection), snapshot(connection):
            announce(connection, "delivery: microdata.no")
            described = scalar(connection, "SELECT leveranse.beskriv_microdata(%s)", number)
            datasets = [Dataset(each["datasett"], each["rader"], each["apne"], each) for each in described["datasett"]]
            for dataset in datasets:
                announce(connection, f"delivery: {dataset.name}")
                progress(f"{dataset.name}: reading {counted(dataset.rows, 'row')}")
                write(connection, number, dataset, unfinished / dataset.name)
        sums = {each.name: folder.sha256(unfinished / each.name / f"{each.name}.csv") for each in datasets}
        for dataset in datasets:
            progress(f"{dataset.name}: microdata-tools validates it")
            with scratch(unfinished) as work:
                validate(dataset, unfinished, work)
                if key:
                    pack(dataset, unfinished, work, key)
        files = folder.files(unfinished)
    persons = described["personer"]
    counts = {
        "apne": {each.name: each.open for each in datasets},
        "dager": {each.name: each.described["dager"] for each in datasets},
        "ukjente_koder": {each.name: each.unknown for each in datasets},
    }
    tables = [{"tabell": e.name, "rader": e.rows, "personer": persons, "radsum": sums[e.name]} for e in datasets]
    finish(connection, number, to, persons, counts, tables, files)
    return Datasets(number, persons, datasets, key is not None, files)


def require() -> None:
    """UserError where microdata-tools is not installed."""
    try:
        import microdata_tools  # noqa: F401
    except ModuleNotFoundError:
        raise UserError(
            "Datasets for microdata.no need microdata-tools, which is not installed: make microdata installs it, or "
            "pip install 'fdtrygd[microdata]'. Nothing is delivered."
        ) from None


def refuse_key(key: Path, to: Path) -> None:
    """UserError where the folder has no public key of microdata.no, or they could not pack what is made in `to`."""
    from microdata_tools import PublicKey

    path = key / PublicKey.FILENAME
    try:
        PublicKey.load_from_file(path)
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}. Nothing is delivered.") from None
    except Exception:  # cryptography has many
        raise UserError(
            f"{path} is no public key as microdata-tools has them since 2.2. Ask microdata.no for a new one; "
            "nothing is delivered."
        ) from None
    if ".csv" in str(to):  # they write NAME.sha256 where the path of NAME.csv has .csv, wherever in it that is
        raise UserError(f"{to} has .csv in its name, where microdata-tools cannot pack: name another folder.")


def write(connection: Connection, number: int, dataset: Dataset, to: Path) -> None:
    """The dataset's folder: its rows, straight from the server, and its metadata."""
    to.mkdir(mode=0o700)
    query = sql.SQL(
        "COPY (SELECT r.unit_id, r.value, r.start, r.stop, NULL FROM leveranse.microdata_rader({}, {}) AS r)"
        " TO STDOUT (FORMAT csv, DELIMITER ';')"
    ).format(sql.Literal(number), sql.Literal(dataset.name))
    rows = 0
    with (
        (to / f"{dataset.name}.csv").open("wb") as file,
        connection.cursor() as cursor,
        cursor.copy(query) as copied,
    ):
        for row in copied:
            file.write(row)
            rows += 1
    if rows != dataset.rows:
        raise RuntimeError(f"{dataset.name}: {rows} rows, and {dataset.rows} were counted")
    text = json.dumps(metadata(dataset.described), ensure_ascii=False, indent=2) + "\n"
    (to / f"{dataset.name}.json").write_text(text, encoding="utf-8")


def metadata(described: dict[str, Any]) -> dict[str, Any]:
    """A dataset's metadata, as microdata.no has it."""
    return {
        "temporalityType": "EVENT",
        "sensitivityLevel": described["sensitivitet"],
        "populationDescription": norwegian(described["populasjon"]),
        "spatialCoverageDescription": norwegian("Norge"),
        "subjectFields": [norwegian(each) for each in described["emner"]],
        "dataRevision": {"description": norwegian(described["utgave"])},
        "identifierVariables": [{"unitType": "PERSON"}],
        "measureVariables": [
            {
                "name": norwegian(described["navn"]),
                "description": norwegian(described["tekst"]),
                "dataType": "STRING",
                "valueDomain": {
                    "codeList": [
                        {
                            "code": each["kode"],
                            "categoryTitle": norwegian(each["tekst"]),
                            "validFrom": each["gyldig_fra"],
                            **({"validUntil": each["gyldig_til"]} if each["gyldig_til"] else {}),
                        }
                        for each in described["koder"]
                    ],
                    "sentinelAndMissingValues": [
                        {"code": described["uoppgitt"], "categoryTitle": norwegian(described["uoppgitt_tekst"])}
                    ],
                },
            }
        ],
    }


def norwegian(text: str) -> list[dict[str, str]]:
    """A text as microdata.no has it: by language."""
    return [{"languageCode": "no", "value": text}]


@contextmanager
def scratch(unfinished: Path) -> Iterator[Path]:
    """A folder for what microdata-tools makes of the rows, with the numbers in them; it is removed."""
    work = unfinished / "arbeid"
    work.mkdir(mode=0o700)
    yield work
    shutil.rmtree(work)


def validate(dataset: Dataset, unfinished: Path, work: Path) -> None:
    """UserError where microdata-tools refuses the dataset."""
    import microdata_tools

    def found() -> Counter[str]:
        # Its own removal of temporary files fails where it has not come as far as making them
        said = microdata_tools.validate_dataset(
            dataset.name, working_directory=str(work), input_directory=str(unfinished), keep_temporary_files=True
        )
        return Counter(next((kind for begin, kind in KINDS if text.startswith(begin)), OTHER) for text in said)

    if kinds := quietly(dataset, work, found):
        raise UserError(
            f"{dataset.name}: microdata-tools does not take it. It names "
            f"{', '.join(f'{count} × {kind}' for kind, count in kinds.items())} (50 at most); what it says of them "
            "quotes fødselsnummer and is not shown. Nothing is delivered."
        )


def pack(dataset: Dataset, unfinished: Path, work: Path, key: Path) -> None:
    """The dataset becomes NAME.tar, in which its rows are encrypted; they are nowhere else any more."""
    import microdata_tools

    packed = work / "pakket"
    quietly(dataset, work, lambda: microdata_tools.package_dataset(key, unfinished / dataset.name, packed))
    (packed / f"{dataset.name}.tar").rename(unfinished / f"{dataset.name}.tar")
    shutil.rmtree(unfinished / dataset.name)


def quietly(dataset: Dataset, work: Path, do: Callable[[], Any]) -> Any:
    """What microdata-tools gives; where it ends early, an error without its words."""
    kind, number, given = "", None, None
    with silenced(work):
        try:
            given = do()
        except Exception as error:
            kind, number = type(error).__name__, getattr(error, "errno", None)
    if number:
        raise OSError(number, os.strerror(number))
    if kind:
        raise UserError(
            f"{dataset.name}: microdata-tools ended early ({kind}); what it says may quote a fødselsnummer and is not "
            "shown. Is there room on the disk? Nothing is delivered."
        )
    return given


@contextmanager
def silenced(work: Path) -> Iterator[None]:
    """Nothing is logged – their logger is the root's – and SQLite's temporary files lie in `work`, not in /var/tmp."""
    root = logging.getLogger()
    handlers, disabled, place = root.handlers[:], root.manager.disable, os.environ.get("SQLITE_TMPDIR")
    root.handlers[:] = [logging.NullHandler()]  # where there is none, a message makes one that stays
    logging.disable(logging.CRITICAL)
    os.environ["SQLITE_TMPDIR"] = str(work)
    try:
        yield
    finally:
        root.handlers[:] = handlers
        logging.disable(disabled)
        if place is None:
            del os.environ["SQLITE_TMPDIR"]
        else:
            os.environ["SQLITE_TMPDIR"] = place
