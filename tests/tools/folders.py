"""Folders of month files: good ones, and what can be wrong with them; and a database with 2001 in it."""

import csv
import tempfile
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest
from fdtrygd import files as month_files
from fdtrygd import lasting, settings
from fdtrygd.db import database
from pytest_postgresql import factories

from conftest import RAW, Silent, address, install
from strategies import FILLERS, PERSONS

Connection = psycopg.Connection[Any]

Record = dict[str, str | None]


def last_day(year: int, month: int) -> date:
    """The extraction date of a month of these tests."""
    return date(year, month, monthrange(year, month)[1])


def month_records(year: int, month: int) -> list[Record]:
    """A month of six persons: unchanged, entering, changing, moving to another group, away for a while; and faults."""
    day = last_day(year, month)

    def record(fnr: str, status: str, since: date, group: str) -> Record:
        return {
            "fnr": fnr,
            "as_stat": status,
            "dagdato": f"{day:%y%m%d}",
            "ant_d_as": str((day - since).days),
            "as_gr": group,
            "as_f": group,
            "mnd": f"{month:02}",
        }

    number = year * 12 + month - 2001 * 12
    records = [record(fnr, "HLIPDP", date(2000, 1, 1), "1") for fnr in FILLERS]
    records.append(record(PERSONS[0], "HLIPDP" if number % 7 else "HLIPID", date(2001, 2, 10), "1"))
    records.append(record(PERSONS[1], "HLIPDP" if number < 9 else "YHKFAT", date(2001, 9 if number > 8 else 3, 5), "1"))
    records[-1]["as_gr"] = "1" if number < 9 else "5"
    if number % 5:
        records.append(record(PERSONS[2], "YHKFAT", date(2001, 1, 20), "5"))
    if month > 3:
        records.append(record(PERSONS[3], "DSIPID", date(year, 4, 2), "2"))
    if month == 2:
        records.append({**records[0], "fnr": "123"})
        records.append({**records[1], "ant_d_as": "99999"})
    return records


class Folder:
    """A directory of month files, from good records or from what a test puts in their place."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(exist_ok=True)

    def file(self, year: int, month: int, ending: str = "csv") -> Path:
        return self.path / f"arbsok_{year}{month:02}.{ending}"

    def write(
        self,
        year: int,
        month: int,
        records: list[Record] | None = None,
        *,
        columns: tuple[str, ...] = RAW,
        header: Callable[[str], str] = str,
        delimiter: str = ",",
        encoding: str = "utf-8",
    ) -> None:
        """A month as CSV; without `records` the good ones."""
        with self.file(year, month).open("w", encoding=encoding, newline="") as stream:
            writer = csv.writer(stream, delimiter=delimiter, lineterminator="\n")
            writer.writerow([header(column) for column in columns])
            for record in month_records(year, month) if records is None else records:
                writer.writerow([record.get(column, "another") for column in columns])

    def year(self, year: int, change: Callable[[int, list[Record]], None] | None = None, **form: Any) -> None:
        """A whole year; `change` is given each month's good records to change them."""
        for month in range(1, 13):
            records = month_records(year, month)
            if change:
                change(month, records)
            self.write(year, month, records, **form)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """An empty directory for month files."""
    return Folder(tmp_path / "month files")


def load_2001(**connection: Any) -> None:
    """The schema, and 2001 loaded from good files."""
    install(**connection)
    with tempfile.TemporaryDirectory() as directory:
        Folder(Path(directory)).year(2001)
        parameters = {name: value for name, value in connection.items() if value}
        with database.connect(psycopg.conninfo.make_conninfo(**parameters)) as to:
            files = month_files.find_month_files(Path(directory))[2001]
            lasting.load_year(to, 2001, files, synthetic=False, progress=Silent())


loaded_noproc = factories.postgresql_noproc(dbname="fdtrygd_2001", load=[load_2001])
loaded = factories.postgresql("loaded_noproc")


@pytest.fixture
def db(loaded: Connection, monkeypatch: pytest.MonkeyPatch) -> Iterator[Connection]:
    """A database with 2001 in it, which the commands are pointed to."""
    monkeypatch.setenv("FDTRYGD_DATABASE_URL", address(loaded))
    with database.connect(address(loaded)) as connection:
        yield connection


@pytest.fixture
def bare(postgresql: Connection, monkeypatch: pytest.MonkeyPatch) -> Iterator[Connection]:
    """A database without a year, which the commands are pointed to."""
    monkeypatch.setenv("FDTRYGD_DATABASE_URL", address(postgresql))
    with database.connect(address(postgresql)) as connection:
        yield connection


def field(month: int, **values: str | None) -> Callable[[Folder], None]:
    """The month's second record with other values."""

    def change(folder: Folder) -> None:
        records = month_records(2002, month)
        records[1] |= values
        folder.write(2002, month, records)

    return change


def days(values: dict[int, date | str | None]) -> Callable[[Folder], None]:
    """Months with another extraction date on every record."""

    def change(folder: Folder) -> None:
        for month, day in values.items():
            text = f"{day:%y%m%d}" if isinstance(day, date) else day
            folder.write(2002, month, [{**record, "dagdato": text} for record in month_records(2002, month)])

    return change


def content(month: int, what: bytes | Callable[[bytes], bytes], ending: str = "csv") -> Callable[[Folder], None]:
    """A month's file with other bytes."""

    def change(folder: Folder) -> None:
        old = folder.file(2002, month).read_bytes()
        folder.file(2002, month).unlink()
        folder.file(2002, month, ending).write_bytes(what if isinstance(what, bytes) else what(old))

    return change


def nobody(folder: Folder) -> None:
    """A month in which no fnr has 11 digits."""
    folder.write(2002, 6, [{**record, "fnr": str(record["fnr"])[1:]} for record in month_records(2002, 6)])


JUNE = "arbsok_200206.csv"


def read_raw(directory: Path, year: int) -> dict[int, list[dict[str, str | None]]]:
    """A year's CSV files as the reference takes them."""
    months = {}
    for month in range(1, 13):
        with (directory / f"arbsok_{year}{month:02}.csv").open(encoding="latin-1", newline="") as stream:
            months[month] = [{**dict.fromkeys(RAW), **row} for row in csv.DictReader(stream)]
    return months


SAS = settings.ROOT / "tests" / "data" / "arbsok_200406.sas7bdat"
