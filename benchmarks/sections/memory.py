"""Memory, and bytes on disk."""

from typing import LiteralString

from psycopg import sql

from cluster import Connection, linked, one, say
from page import Lines, table
from shared import FIRST, LATER, Bench


def memory(bench: Bench) -> Lines:
    """6: memory and bytes."""
    runs = bench.later
    parquet = linked(bench.cluster.files(*bench.cluster.sizes.full, "--parquet", first=FIRST, last=LATER), LATER)
    say("the later year from Parquet")
    from_parquet = bench.register.load(LATER, folder=parquet)
    bench.client(*(each.client for each in runs), from_parquet.client)
    size = sum((bench.register.folder / f"arbsok_{LATER}{month:02}.csv").stat().st_size for month in range(1, 13))
    rows: list[tuple[str, object]] = [
        ("client's largest resident memory, CSV", f"{max(each.client for each in runs):.0f}"),
        ("client's largest resident memory, Parquet (one load)", f"{from_parquet.client:.0f}"),
        ("the month files", f"{size / 1e6:.0f}"),
    ]
    with bench.cluster.connect(bench.register.holding(LATER)) as connection:
        (buffers,) = one(connection, "SHOW shared_buffers")
        for name in ("miniregister", "f_arbsok", "h_arbsok"):
            total, count = disk(connection, name)
            rows.append((f"{name} on disk with indexes, per million records", f"{total / 1e6 / count * 1e6:.0f}"))
    return [
        f"The load of {LATER}, as many connections as the product takes of itself, MB. Shared buffers: {buffers}."
        " Files from Parquet take pyarrow into the client. How the client's memory goes with the number of persons"
        " is in section 5.",
        "",
        *table(("what", "MB"), *rows),
    ]


#: Of a table, its partitions, or the tables that a view reads, by way of other views too: those that hold rows
HOLDING: LiteralString = """
    WITH RECURSIVE source AS (
        SELECT %s::regclass::oid AS oid
        UNION
        SELECT d.refobjid
        FROM source AS s
        JOIN pg_rewrite AS r ON r.ev_class = s.oid
        JOIN pg_depend AS d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
        WHERE d.refclassid = 'pg_class'::regclass
    )
    SELECT sum(pg_total_relation_size(c.oid))
    FROM pg_class AS c
    WHERE c.relkind = 'r' AND (
        c.oid IN (SELECT oid FROM source)
        OR c.oid IN (SELECT t.relid FROM source AS s CROSS JOIN LATERAL pg_partition_tree(s.oid) AS t)
    )
"""


def disk(connection: Connection, name: str) -> tuple[int, int]:
    """Bytes on disk of a table, with its partitions and indexes, and the number of its records."""
    (total,) = one(connection, HOLDING, f"trygdfob.{name}")
    (count,) = connection.execute(
        sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier("trygdfob", name))
    ).fetchone() or (0,)
    return int(total), count
