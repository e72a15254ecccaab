"""What is in a database: to be compared with what was in it before, or with another."""

import re
from typing import Any

import psycopg
from fdtrygd.db import database, server

from commands import run
from conftest import address, qualified

Connection = psycopg.Connection[Any]

#: Columns that say when a row was written, and by which of a year's loads
CLOCK = ("lastet", "lagt_inn", "lasting")
#: The history of loads and controls, that no load or unload takes back
LOG = ("kjorelogg", "kontrollkjoring", "kontrollresultat", "kontrollfunn")


def fingerprint(
    connection: Connection, *, without: tuple[str, ...] = (), but: tuple[str, ...] = ()
) -> dict[str, tuple[int, str]]:
    """Every table of the schema by name: number of rows and their checksum, `without` some columns, `but` some tables.

    Partitions and materialized views are tables of their own here; but F_ARBSOK is what its view shows, since a year
    that is taken back leaves its partitions to be dropped by the next load.
    """
    tables = connection.execute(
        "SELECT c.relname, array_agg(quote_ident(a.attname) ORDER BY a.attname)"
        " FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
        " WHERE c.relnamespace IN (SELECT skjema FROM trygdfob.skjema)"
        r" AND (c.relkind IN ('r', 'm') AND c.relname !~ '^(forlop|lopende)_\d{4}_\d\d$|^forlopsdel_ingen$'"
        " OR c.relname = 'f_arbsok')"
        " AND c.relname <> ALL (%s) AND a.attname <> ALL (%s) GROUP BY c.relname ORDER BY c.relname",
        [list(but), list(without)],
    )
    # As text: to_jsonb would take four times as long
    row = 'ROW({})::text COLLATE "C"'
    one = "SELECT '{0}', count(*), md5(string_agg({2}, chr(10) ORDER BY {2})), '{3}' FROM {1}"
    found = connection.execute(
        " UNION ALL ".join(
            one.format(table, qualified(table), row.format(", ".join(columns)), " ".join(columns))
            for table, columns in tables
        )
    )
    return {name: (count, f"{checksum} {columns}") for name, count, checksum, columns in found}


def rows(connection: Connection) -> dict[str, tuple[int, str]]:
    """The fingerprint of what a load makes: not when, not from which bytes, not in which line."""
    return fingerprint(connection, without=(*CLOCK, "fil", "bytes", "sha256", "endringstid", "linje"), but=LOG)


#: What a load works in: empty before it and after it
WORK = r"raa_.*|aarets_.*|kodekombinasjon|dagantall|registreringspar_.|hendelse_.|tidligere_tilfelle_."


def durable(connection: Connection) -> dict[str, tuple[int, str]]:
    """The tables that a load has to leave alone when it is killed: not its work tables, nor those of its year."""
    with connection.transaction():
        # In one snapshot: the sessions of a dying load may still make a table between the two queries
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        scratch = connection.execute(
            "SELECT relname FROM pg_class WHERE relnamespace IN (SELECT skjema FROM trygdfob.skjema) AND (relname ~ %s"
            " OR oid IN (SELECT tabell FROM arbsok_lasting.kladd_av_aargang))",
            [f"^({WORK})$"],
        ).fetchall()
        return fingerprint(connection, but=tuple(name for (name,) in scratch))


def left_in_work_tables(connection: Connection) -> dict[str, int]:
    """The work tables that hold rows, and tables of a year that are no part of the register."""
    scratch = connection.execute(
        "SELECT relname, relnamespace::regnamespace::text, k.tabell IS NOT NULL FROM pg_class"
        " LEFT JOIN arbsok_lasting.kladd_av_aargang AS k ON tabell = oid"
        " WHERE relnamespace IN (SELECT skjema FROM trygdfob.skjema)"
        " AND relkind = 'r' AND (relname ~ %s OR k.tabell IS NOT NULL)",
        [f"^({WORK})$"],
    ).fetchall()
    counts = {name: database.scalar(connection, f"SELECT count(*) FROM {schema}.{name}") for name, schema, _ in scratch}
    return {name: counts[name] for name, _, of_year in scratch if of_year or counts[name]}


def dump(connection: Connection) -> str:
    """The whole database's schema as pg_dump writes it, without the token that it draws."""
    connection.rollback()
    text: str = run(str(server.binary("pg_dump")), "-s", address(connection), to=None).stdout
    return re.sub(r"(?m)^\\(un)?restrict .*$", "", text)


def spelled_alike(schema: str) -> str:
    """A schema's dump without what PostgreSQL itself spells otherwise once it has read its own dump: casts of a list
    (of which every element has its own then), labels of columns without a name, names of NOT NULL constraints, brackets
    around conditions that AND joins in the body of a function."""

    def each(found: re.Match[str]) -> str:
        return f"ARRAY[{', '.join(f'({element})::text' for element in found[1].split(', '))}]"

    schema = re.sub(r" CONSTRAINT \w+ NOT NULL", " NOT NULL", schema)
    labels = "text|varchar|bool|int[248]|numeric|date|timestamptz?|_text|jsonb"
    schema = re.sub(rf'(::[\w ]+?) AS "?({labels})"?(?!\w)', r"\1", schema)
    schema = re.sub(r"\(ARRAY\[([^]]*)\]\)::text\[\]", each, schema)
    return schema.replace("(", "").replace(")", "")


def content(connection: Connection, **options: Any) -> dict[str, tuple[int, str]]:
    """Every row of every table."""
    connection.rollback()
    try:
        return fingerprint(connection, **options)
    finally:
        connection.rollback()


def no_lock_is_held(connection: Connection) -> bool:
    """Whether all that loads held is given back; closed, a session keeps its locks until the server notices."""
    return bool(
        database.scalar(
            connection,
            "SELECT count(*) = 0 FROM pg_locks AS l JOIN pg_database AS d ON d.oid = l.database"
            " WHERE d.datname = current_database() AND l.locktype = 'advisory'",
        )
    )
