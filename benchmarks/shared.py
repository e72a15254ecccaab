"""What several sections need, measured once, when the first of them asks for it."""

import queue
import time
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path

from cluster import Cluster, Connection, Run, Series, median_of, one

FIRST, LATER = 2001, 2003
#: The last of the years that analysts ask about.
ASKED = 2005
#: Bytes that a COPY of the floor hands to libpq at a time.
BLOCK = 1 << 18


class Bench:
    """What is measured, and by what; `measured` has what the table of targets shows."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self.measured: dict[str, float] = {}
        self.copied = 0  # records that the floor copied last

    @cached_property
    def register(self) -> Series:
        """The register of full size."""
        return Series(
            self.cluster, "full", self.cluster.files(*self.cluster.sizes.full, first=FIRST, last=ASKED), FIRST
        )

    @cached_property
    def floor(self) -> float:
        """Seconds of the floor: COPY of the later year's files into one unlogged table, one connection."""
        return median_of(lambda: self.copy_files(1), "floor")

    @cached_property
    def first(self) -> list[Run]:
        """The first year, as many connections as the product takes of itself."""
        return self.register.load_three(FIRST)

    @cached_property
    def later(self) -> list[Run]:
        """The later year, likewise; the median first."""
        return self.register.load_three(LATER)

    def copy_files(self, connections: int) -> float:
        """Seconds to COPY the later year's files, header line and all, into a new table; so many connections."""
        files: queue.SimpleQueue[Path] = queue.SimpleQueue()
        for month in range(1, 13):
            files.put(self.register.folder / f"arbsok_{LATER}{month:02}.csv")
        name = "bench_floor"
        self.cluster.clone("template1", name)
        with self.cluster.connect(name) as connection:
            connection.execute(
                'CREATE UNLOGGED TABLE raw (fnr text COLLATE "C", as_stat text, dagdato text, ant_d_as text,'
                " as_gr text, as_f text, mnd text)"
            )
        opened = [self.cluster.connect(name) for _ in range(connections)]
        with ThreadPoolExecutor(connections) as threads:
            began = time.perf_counter()
            for _ in threads.map(copy_in, opened, [files] * connections):
                pass
            seconds = time.perf_counter() - began
        for each in opened:
            each.close()
        with self.cluster.connect(name) as connection:
            (self.copied,) = one(connection, "SELECT count(*) FROM raw")
        self.cluster.drop(name)
        return seconds

    def client(self, *mb: float) -> None:
        """The largest memory of a client so far."""
        self.measured["client"] = max(self.measured.get("client", 0.0), *mb)


def copy_in(connection: Connection, files: "queue.SimpleQueue[Path]") -> None:
    """Copies files into the floor's table until there are none left."""
    while True:
        try:
            path = files.get_nowait()
        except queue.Empty:
            return
        with (
            path.open("rb", buffering=0) as file,
            connection.cursor() as cursor,
            cursor.copy("COPY raw FROM STDIN (FORMAT csv, HEADER true)") as copy,
        ):
            while block := file.read(BLOCK):
                copy.write(block)
