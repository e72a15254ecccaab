"""The floor, and the least that writing the result costs."""

import time
from collections.abc import Callable
from functools import partial
from typing import LiteralString

from fdtrygd.db import database
from psycopg import sql

from cluster import Connection, median_of
from page import Lines, table
from shared import LATER, Bench


def floor(bench: Bench) -> Lines:
    """1: the floor, and the least that writing the result costs."""
    floor = bench.floor
    two = median_of(lambda: bench.copy_files(2), "floor, two connections")
    _ = bench.first, bench.later  # what they leave holds the year
    if bench.copied != bench.later[0].records:
        raise SystemExit(f"The floor copied {bench.copied} records, the product read {bench.later[0].records}.")
    parts = bound(bench)
    rows = [("COPY of the month files, one connection: the floor", 1.0, floor)]
    rows.append(("the same, two connections", two / floor, two))
    rows += [(what, seconds / floor, seconds) for what, seconds in parts.items()]
    total = sum(parts.values())
    rows.append(("these three together", total / floor, total))
    return [
        f'The floor is COPY of the twelve month files of {LATER} (7 text columns, `fnr` with `COLLATE "C"`), as'
        " they are, into one unlogged table without index. Below it, writing the finished rows and keys, nothing"
        " else: INSERT … SELECT of rows that the product has made, on one connection. No load can cost less than"
        " that and the floor together, but for what several connections do at the same time.",
        "",
        *table(("what", "ratio", "seconds"), *rows),
    ]


def bound(bench: Bench) -> dict[str, float]:
    """Seconds to write a year's finished rows and keys, by table."""
    with bench.cluster.connect(bench.register.holding(LATER)) as connection:
        database.prepare(connection, 1)
        connection.execute("CREATE SCHEMA bench")
        parts = {
            f"twelve months of the miniregister of {LATER}, logged, with primary keys": write_miniregister,
            f"what {LATER} writes into F_ARBSOK, logged, with checks, key and index": write_f_arbsok,
            f"H_ARBSOK of {LATER}, logged, with primary key": write_h_arbsok,
        }
        try:
            return {
                what: median_of(partial(timed, connection, write), f"writing {what}") for what, write in parts.items()
            }
        finally:
            connection.execute("SET client_min_messages = warning")
            connection.execute("DROP SCHEMA bench CASCADE")


def timed(connection: Connection, write: Callable[[Connection], None]) -> float:
    """Seconds of a transaction that writes into schema bench, which is emptied afterwards."""
    connection.execute("CHECKPOINT")
    began = time.perf_counter()
    with connection.transaction():
        write(connection)
    seconds = time.perf_counter() - began
    for (name,) in connection.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'bench'::regnamespace AND relkind = 'r'"
    ).fetchall():
        connection.execute(sql.SQL("DROP TABLE bench.{}").format(sql.Identifier(name)))
    return seconds


def write_copy(connection: Connection, table: str, key: LiteralString) -> None:
    """A logged copy of a table of the product, with its key."""
    to, of = sql.Identifier("bench", table), sql.Identifier("trygdfob", table)
    connection.execute(sql.SQL("CREATE TABLE {} (LIKE {} INCLUDING COMMENTS)").format(to, of))
    connection.execute(sql.SQL("INSERT INTO {} SELECT * FROM {}").format(to, of))
    connection.execute(sql.SQL("ALTER TABLE {} ADD PRIMARY KEY ({})").format(to, sql.SQL(key)))


def write_miniregister(connection: Connection) -> None:
    """The twelve months of the miniregister."""
    for month in range(1, 13):
        write_copy(connection, f"miniregister_{LATER}_{month:02}", "fnr, mnddato, aargang")


def write_f_arbsok(connection: Connection) -> None:
    """All records of the spells that the year met, or that ran when it began, in the key's order."""
    connection.execute(
        "CREATE TABLE bench.f_arbsok (LIKE trygdfob.forlopsdel INCLUDING COMMENTS INCLUDING CONSTRAINTS)"
    )
    connection.execute("ALTER TABLE bench.f_arbsok DROP COLUMN lasting")
    connection.execute("INSERT INTO bench.f_arbsok SELECT * FROM arbsok_lasting.forlop_fra(%s)", [LATER])
    connection.execute("ALTER TABLE bench.f_arbsok ADD PRIMARY KEY (lopenr, regdato, kode)")
    connection.execute("CREATE INDEX ON bench.f_arbsok (regtom, regdato)")


def write_h_arbsok(connection: Connection) -> None:
    """The year's H_ARBSOK."""
    write_copy(connection, f"h_arbsok_{LATER}", "fnr, aargang")
