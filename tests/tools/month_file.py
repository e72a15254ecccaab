"""A month file, copied to a server and looked at there. All fødselsnummer are made up (80 added to the month)."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from fdtrygd import settings
from fdtrygd.errors import UserError
from fdtrygd.files import COLUMNS, Copied, MonthFile, copy_month, modified

SAS = settings.ROOT / "tests" / "data" / "arbsok_200406.sas7bdat"
TABLE = "fdtrygd_test_input.raa_06"
HEADER = ",".join(COLUMNS)
ALL = f"SELECT {HEADER}, linje FROM {TABLE} ORDER BY linje"
ROW = "01860012345,HLUTANBB,40630,00012,1,101,06"
OTHER = "02860012346,DSUTANDP,40630,00400,2,,06"
VALUES = tuple(ROW.split(","))
OTHER_VALUES = tuple(OTHER.split(","))


@pytest.fixture(scope="session")
def raw_connection(test_server: str) -> Iterator[psycopg.Connection[Any]]:
    """A connection to a server that has an empty raw table."""
    with psycopg.connect(test_server) as connection:
        columns = ", ".join(f"{name} text" for name in COLUMNS)
        connection.execute("DROP SCHEMA IF EXISTS fdtrygd_test_input CASCADE")
        connection.execute("CREATE SCHEMA fdtrygd_test_input")
        connection.execute(f"CREATE TABLE {TABLE} (linje bigint GENERATED ALWAYS AS IDENTITY, {columns})")
        # As in the schema: a column that is not in the file is empty text, like an empty field
        connection.execute(f"ALTER TABLE {TABLE} ALTER as_gr SET DEFAULT '', ALTER as_f SET DEFAULT ''")
        connection.commit()
        yield connection
        connection.rollback()
        connection.execute("DROP SCHEMA fdtrygd_test_input CASCADE")


def month_file(path: Path, content: bytes | str) -> MonthFile:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return MonthFile(path, 2004, 6)


class Loader:
    """Writes a file, copies it, and shows what is in the table, or the sentence that refuses it."""

    def __init__(self, connection: psycopg.Connection[Any], directory: Path) -> None:
        self.connection = connection
        self.directory = directory

    def file(self, content: bytes | str | pa.Table, ending: str = "csv") -> MonthFile:
        path = self.directory / f"arbsok_200406.{ending}"
        if isinstance(content, pa.Table):
            pq.write_table(content, path.with_suffix(".parquet"))
            return MonthFile(path.with_suffix(".parquet"), 2004, 6)
        return month_file(path, content)

    def rows(self, file: MonthFile | bytes | str | pa.Table, **options: Any) -> list[tuple[Any, ...]]:
        file = file if isinstance(file, MonthFile) else self.file(file)
        told: list[int] = []
        copied = copy_month(self.connection, file, TABLE, progress=told.append, **options)
        content = file.path.read_bytes()
        written = modified(file.path.stat())
        assert copied == Copied(file, len(content), hashlib.sha256(content).hexdigest(), copied.records, written)
        assert sum(told) == len(content)
        assert min(told) >= 0
        found = self.connection.execute(ALL).fetchall()[-copied.records :]
        numbers = [row[-1] for row in found]
        assert numbers == list(range(numbers[0], numbers[0] + copied.records))
        return [row[:-1] for row in found]

    def refusal(self, file: MonthFile | bytes | str | pa.Table, table: str = TABLE, **options: Any) -> str:
        file = file if isinstance(file, MonthFile) else self.file(file)
        with pytest.raises(UserError) as caught:
            copy_month(self.connection, file, table, **options)
        self.connection.rollback()
        assert self.connection.execute(ALL).fetchall() == []
        message = str(caught.value)
        assert message.startswith(file.name)
        assert not re.search(r"[0-9]{11}", message)
        assert "HLUTAN" not in message
        assert caught.value.__cause__ is None
        assert caught.value.__suppress_context__ or caught.value.__context__ is None
        return message


@pytest.fixture
def load(raw_connection: psycopg.Connection[Any], tmp_path: Path) -> Iterator[Loader]:
    yield Loader(raw_connection, tmp_path)
    raw_connection.rollback()
