"""A database with published versions that are made up, and the folder of what is published of them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from fdtrygd.db import database
from fdtrygd.statistikk import publication
from pytest_postgresql.executors import NoopExecutor

import published
from conftest import address, own_database

Connection = psycopg.Connection[Any]


@pytest.fixture(scope="session")
def published_db(postgresql_noproc: NoopExecutor) -> Iterator[Connection]:
    """A database that all tests share: one that changes it rolls back."""
    with own_database(postgresql_noproc, "publisert") as connection:
        to = address(connection)
        connection.close()
        with database.connect(to) as found:
            yield found


@pytest.fixture(scope="session")
def versions(published_db: Connection) -> dict[str, int]:
    """Its versions by period; -2 is behind that of the correction."""
    return published.fill(published_db)


@pytest.fixture(scope="session")
def site(
    published_db: Connection, versions: dict[str, int], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, list[publication.File]]:
    """The folder with everything, and what was said to be in it."""
    folder = tmp_path_factory.mktemp("publisert")
    return folder, publication.write(published_db, list(versions.values()), folder)
