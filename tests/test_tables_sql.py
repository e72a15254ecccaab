"""sql/tables.sql: today's tables, as the migrations leave them, to be read.

To write it anew after a migration: FDTRYGD_WRITE_DOCS=1 python -m pytest tests/test_tables_sql.py.
"""

import os
import textwrap
from typing import Any

import psycopg
from fdtrygd import settings
from fdtrygd.db import objects

#: Types as we write them
SHORT = {"character varying": "varchar", "timestamp with time zone": "timestamptz"}
FILE = settings.ROOT / "sql" / "tables.sql"
HEAD = """\
-- Today's tables, schema by schema: what the migrations in ../migrations/versions add up to. To be read, and never
-- applied; tests/test_tables_sql.py writes it and holds it. What a column means: objects/kommentarer/kolonner.sql.
"""
#: A table: where it stands, its comment, its definition, what else hangs on it, its partitions
TABLES = """
    SELECT t.skjema, format('%s.%s', t.skjema, t.navn), obj_description(t.oid, 'pg_class'),
        format(E'CREATE %sTABLE %s.%s (\n    %s\n)%s;',
            CASE t.relpersistence WHEN 'u' THEN 'UNLOGGED ' END, t.skjema, t.navn,
            array_to_string(kolonner.linjer || skranker.linjer, E',\n    '),
            concat(
                ' PARTITION BY ' || pg_get_partkeydef(t.oid), ' WITH (' || array_to_string(t.reloptions, ', ') || ')'
            )),
        resten.linjer, deler.navn
    FROM (
        SELECT c.oid, c.relnamespace::regnamespace::text AS skjema, c.relname AS navn, c.relpersistence,
            c.reloptions, c.relreplident
        FROM pg_class AS c
        WHERE c.relnamespace = ANY (string_to_array('SCHEMAS', ' ')::regnamespace[])
            AND c.relkind IN ('r', 'p') AND NOT c.relispartition
    ) AS t
    CROSS JOIN LATERAL (
        SELECT array_agg(concat_ws(' ', a.attname, format_type(a.atttypid, a.atttypmod),
            (SELECT 'COLLATE ' || quote_ident(s.collname) FROM pg_collation AS s
             WHERE s.oid = a.attcollation AND s.collname <> 'default'),
            CASE WHEN a.attidentity <> '' THEN 'GENERATED ALWAYS AS IDENTITY' END,
            CASE a.attgenerated WHEN '' THEN 'DEFAULT ' || u.uttrykk
                ELSE format('GENERATED ALWAYS AS (%s) STORED', u.uttrykk) END,
            CASE WHEN a.attnotnull THEN 'NOT NULL' END) ORDER BY a.attnum) AS linjer
        FROM pg_attribute AS a
        LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        CROSS JOIN LATERAL (SELECT pg_get_expr(d.adbin, d.adrelid, true) AS uttrykk) AS u
        WHERE a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
    ) AS kolonner
    CROSS JOIN LATERAL (
        SELECT array_agg(format('CONSTRAINT %s %s', k.conname, pg_get_constraintdef(k.oid, true))
            ORDER BY k.contype <> 'p', k.contype <> 'u', k.contype <> 'f', k.conname) AS linjer
        FROM pg_constraint AS k
        WHERE k.conrelid = t.oid AND k.contype IN ('p', 'u', 'f', 'c')
    ) AS skranker
    CROSS JOIN LATERAL (
        SELECT array_agg(r.linje || ';' ORDER BY r.slag, r.linje) AS linjer
        FROM (
            SELECT 1 AS slag, replace(pg_get_indexdef(i.indexrelid, 0, true), ' ON ONLY ', ' ON ') AS linje
            FROM pg_index AS i
            WHERE i.indrelid = t.oid AND NOT EXISTS (SELECT FROM pg_constraint AS k WHERE k.conindid = i.indexrelid)
            UNION ALL
            SELECT 2, pg_get_statisticsobjdef(s.oid) FROM pg_statistic_ext AS s WHERE s.stxrelid = t.oid
            UNION ALL
            SELECT 3, format('ALTER TABLE %s.%s REPLICA IDENTITY FULL', t.skjema, t.navn) WHERE t.relreplident = 'f'
            UNION ALL
            SELECT 4, pg_get_triggerdef(g.oid, true) FROM pg_trigger AS g WHERE g.tgrelid = t.oid AND NOT g.tgisinternal
        ) AS r
    ) AS resten
    CROSS JOIN LATERAL (
        SELECT array_agg(p.relid::regclass::text ORDER BY p.relid::regclass::text) AS navn
        FROM pg_partition_tree(t.oid) AS p
        WHERE p.isleaf AND p.relid <> t.oid
    ) AS deler
    ORDER BY array_position(string_to_array('SCHEMAS', ' '), t.skjema), t.navn
"""


def described(connection: psycopg.Connection[Any]) -> str:
    """The file's text for the database's tables."""
    blocks = [HEAD]
    query = TABLES.replace("SCHEMAS", " ".join(objects.schemas()))
    for _, name, comment, definition, further, parts in connection.execute(query):
        text = f"{name}: {comment}" + (f" Partitions: {parts[0]} to {parts[-1]}." if parts else "")
        lines = textwrap.wrap(text, 120, initial_indent="-- ", subsequent_indent="-- ", break_on_hyphens=False)
        for long, short in SHORT.items():
            definition = definition.replace(long, short)
        blocks.append("\n".join([*lines, definition, *(further or [])]) + "\n")
    return "\n".join(blocks)


def test_the_file_shows_the_tables(postgresql: psycopg.Connection[Any]) -> None:
    now = described(postgresql)
    if os.environ.get("FDTRYGD_WRITE_DOCS"):
        FILE.write_text(now, "utf-8")
    assert FILE.read_text("utf-8").splitlines() == now.splitlines()
