"""Loads, unloads and upgrades: never two of them at a time."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import psycopg

from fdtrygd.db.database import Connection, scalar
from fdtrygd.errors import UserError

#: The advisory lock that a load, an unload and an upgrade hold: they never run at the same time.
LOCK = 0x41524253  # 'ARBS'
#: The advisory lock that a load's further connections share.
CREW_LOCK = LOCK + 1
#: Seconds to wait for that lock: the load of a client that was killed a moment ago ends by itself.
PATIENCE = 10


def wait_for_lock(taken: Callable[[], bool]) -> None:
    """Returns when `taken` (one try at `LOCK`) has succeeded; UserError when it has not for `PATIENCE` seconds."""
    deadline = time.monotonic() + PATIENCE
    while not taken():
        if time.monotonic() > deadline:
            raise UserError(
                "Another load, unload or upgrade is running on this database. Wait until it has ended and try again."
            )
        time.sleep(0.25)


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


def wait_for_dead_crew(connection: Connection) -> None:
    """The connections of a load that was killed a moment ago end by themselves, but not at once."""
    wait_for_lock(lambda: bool(scalar(connection, "SELECT pg_try_advisory_lock(%s)", CREW_LOCK)))
    connection.execute("SELECT pg_advisory_unlock(%s)", [CREW_LOCK])
