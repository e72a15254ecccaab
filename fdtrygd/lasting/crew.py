"""Connections that work side by side on one load.

Several connections cannot share a transaction. What they do is therefore scratch that the next load throws away, and
one transaction, on the load's own connection, puts the result in place.
"""

import queue
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from types import TracebackType
from typing import Protocol, Self, TypeVar

import psycopg

from fdtrygd.db.database import Connection

Item = TypeVar("Item")


class Workers(Protocol):
    """Who does the pieces of a load."""

    #: How many pieces are worked on side by side
    jobs: int

    def each(self, items: Iterable[Item], work: Callable[[Connection, Item], object]) -> None:
        """Does `work` for every item."""


class Alone:
    """The load's own connection does everything, in its transaction."""

    jobs = 1

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def each(self, items: Iterable[Item], work: Callable[[Connection, Item], object]) -> None:
        for item in items:
            work(self.connection, item)


class Crew:
    """`jobs` connections of their own, each on one piece at a time.

    Whatever ends the load early – an error in a piece, Ctrl-C – cancels the other pieces' statements.
    """

    def __init__(self, open_connection: Callable[[], Connection], jobs: int) -> None:
        self.open_connection = open_connection
        self.jobs = jobs

    def __enter__(self) -> Self:
        self.connections: list[Connection] = []
        self.idle: queue.SimpleQueue[Connection] = queue.SimpleQueue()
        self.given_up = threading.Event()
        self.threads = ThreadPoolExecutor(self.jobs, thread_name_prefix="load")
        try:
            for _ in range(self.jobs):
                self.connections.append(self.open_connection())
                self.idle.put(self.connections[-1])
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.give_up()
        self.threads.shutdown(cancel_futures=True)
        for connection in self.connections:
            connection.close()

    def give_up(self) -> None:
        """Cancels whatever still runs."""
        self.given_up.set()
        for connection in self.connections:
            with suppress(psycopg.Error):
                connection.cancel_safe(timeout=5)

    def each(self, items: Iterable[Item], work: Callable[[Connection, Item], object]) -> None:
        def piece(item: Item) -> None:
            connection = self.idle.get()
            try:
                if not self.given_up.is_set():
                    work(connection, item)
            finally:
                self.idle.put(connection)

        pieces = [self.threads.submit(piece, item) for item in items]
        try:
            for done in as_completed(pieces):
                done.result()
        except BaseException:
            self.give_up()
            raise
