"""Everything is per person, as docs/scale.md says: held over the catalogue and over every statement of a load.

A key that is no person's, or a statement that joins two persons' records, would tie together the parts of a load that
several connections work on now, and that could lie on several machines. A person is known by fnr, or by lopenr: table
person has one of each for the other, and the control lopenr_er_personens holds F_ARBSOK to it.
"""

from typing import Any

import psycopg
import pytest

from conftest import Register
from statements import KNOWN_BY, OBJECT_FILES, SCHEMAS, Reader, object_name, queries

Connection = psycopg.Connection[Any]

#: Tables of persons' records whose key is not a person's, and why.
OTHER_KEYS = {
    "lagt_til_side": "a record that is set aside has its place in a file; its fnr may be nobody's (T1)",
}
#: Files that look at more than one person, and why.
OTHERS = {
    "person": "whether anybody has a number yet decides whether all get one",
    "finn_motsigelser": "numbers that lead to one another in a population register",
    "ta_inn_register": "a person's numbers, which may differ in sex or date of birth",
    "kjennemerker": "of a person's numbers on one extraction one counts",
}

# Keys

KEYS = """
    SELECT c.relname::text, i.indexrelid::regclass::text,
        array(SELECT k.attname::text FROM pg_attribute AS k
              WHERE k.attrelid = c.oid AND k.attnum = ANY ((i.indkey::smallint[])[0:i.indnkeyatts - 1]))
    FROM pg_class AS c
    LEFT JOIN pg_index AS i ON i.indrelid = c.oid AND i.indisunique
    WHERE c.relnamespace = ANY (%s::regnamespace[]) AND c.relkind = 'r' AND c.relpersistence = 'p'
        AND EXISTS (SELECT FROM pg_attribute AS a WHERE a.attrelid = c.oid AND a.attname = ANY (%s))
"""


def keys_of_nobody(connection: Connection) -> list[tuple[str, str | None]]:
    """(table, key) of the tables that last and know persons, where the key does not; (table, None) without a key."""
    rows = connection.execute(KEYS, [SCHEMAS, list(KNOWN_BY)]).fetchall()
    return sorted(
        (table, key) for table, key, columns in rows if not {*KNOWN_BY} & {*columns} and table not in OTHER_KEYS
    )


def test_every_key_is_a_persons(register: Register) -> None:
    record = {"fnr": "15837010133", "as_stat": "HLIPID", "ant_d_as": "10", "mnd": "1"}
    register.load_year(2001, {month: [{**record, "dagdato": f"01{month:02}28"}] for month in range(1, 13)})
    tables = {table for table, *_ in register.connection.execute(KEYS, [SCHEMAS, list(KNOWN_BY)])}
    assert tables >= {
        "person", "forlop_2001_01", "lopende_2001_01", "vrak_arbsok", "h_arbsok_2001", "miniregister_2001_12",
        "sysselsetting", *OTHER_KEYS,
    }  # fmt: skip
    assert keys_of_nobody(register.connection) == []


def test_another_key_would_be_seen(postgresql: Connection) -> None:
    postgresql.execute("CREATE UNIQUE INDEX planted ON trygdfob.vrak_arbsok (dagdato, status) INCLUDE (fnr)")
    postgresql.execute("CREATE UNIQUE INDEX another ON trygdfob.person (aargang) INCLUDE (fnr, lopenr)")
    for column in KNOWN_BY:
        postgresql.execute(f"CREATE TABLE trygdfob.keyless_{column} ({column} text, tilgdato date)")
    assert keys_of_nobody(postgresql) == [
        ("keyless_fnr", None),
        ("keyless_lopenr", None),
        ("person", "trygdfob.another"),
        ("vrak_arbsok", "trygdfob.planted"),
    ]


# Statements


@pytest.fixture
def reader(postgresql: Connection) -> Reader:
    relations = postgresql.execute(
        "SELECT table_name::text FROM information_schema.columns WHERE table_schema = ANY (%s)"
        " AND column_name = ANY (%s)",
        [SCHEMAS, list(KNOWN_BY)],
    ).fetchall()
    functions = postgresql.execute(
        "SELECT proname::text FROM pg_proc WHERE pronamespace = ANY (%s::regnamespace[])"
        " AND proretset AND (proargnames && %s OR prorettype IN (SELECT c.reltype FROM pg_class AS c"
        " JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attname = ANY (%s)))",
        [SCHEMAS, list(KNOWN_BY), list(KNOWN_BY)],
    ).fetchall()
    # slettet: the temporary copy of F_ARBSOK that ta_tilbake_aargang makes; the others are a delivery's (finn_personer)
    # and those of a population register that is being loaded (begynn_register, finn_motsigelser)
    temporary = {
        "slettet", "leveranse_kandidat", "leveranse_person", "register_person", "register_bosted", "register_status",
        "register_identitet", "register_motsagt", "register_funnet", "register_vei",
    }  # fmt: skip
    return Reader({name for (name,) in relations} | temporary, {name for (name,) in functions})


def test_no_statement_joins_persons(reader: Reader) -> None:
    links = {}
    for file in OBJECT_FILES:
        before = reader.links
        for statement in queries(file.read_text("utf-8")):
            reader.read(statement)
        if object_name(file) in OTHERS:
            reader.joined.clear()
        assert reader.joined == [], file.name
        links[object_name(file)] = reader.links - before
    # It has seen what there is to see; fnr leads to lopenr, and that to the earlier records
    for name in (
        "aarsfil", "sjekkfnr_dub", "asok_oppdater", "forrige_registrering", "asok_kod_kjennemerker", "asok_record",
        "oppdater_h_arbsok", "finn_tidligere_tilfelle", "asok_insert_forlop",
        "periode_med_slutt", "finn_personer",
    ):  # fmt: skip
        assert links[name] > 0, name


@pytest.mark.parametrize(
    "query",
    [
        "SELECT FROM trygdfob.f_arbsok AS f JOIN trygdfob.h_arbsok AS h ON h.hoved = f.hoved",
        "SELECT FROM trygdfob.f_arbsok AS f JOIN trygdfob.h_arbsok AS h ON h.fnr > f.fnr",
        "SELECT FROM trygdfob.f_arbsok AS f JOIN trygdfob.h_arbsok AS h ON h.fnr = f.fnr OR h.hoved = f.hoved",
        "SELECT FROM trygdfob.f_arbsok AS f, trygdfob.h_arbsok AS h WHERE h.fnr = h.fnr",
        "SELECT FROM trygdfob.f_arbsok AS f JOIN trygdfob.h_arbsok AS h ON h.fnr = f.fnr"
        " CROSS JOIN trygdfob.vrak_arbsok AS v",
        "SELECT FROM trygdfob.f_arbsok AS f CROSS JOIN arbsok_lasting.forrige_registrering(2001, 1) AS r",
        "SELECT FROM trygdfob.f_arbsok AS f WHERE EXISTS (SELECT FROM trygdfob.h_arbsok AS h WHERE h.hoved = f.hoved)",
        "SELECT FROM trygdfob.f_arbsok AS f WHERE f.hoved IN (SELECT h.hoved FROM trygdfob.h_arbsok AS h)",
        "SELECT FROM trygdfob.f_arbsok AS f, trygdfob.h_arbsok AS g WHERE NOT EXISTS ("
        "SELECT FROM trygdfob.vrak_arbsok AS h WHERE h.fnr = f.fnr AND h.fnr = g.fnr)",
        "SELECT f.regdato - (SELECT max(a.regdato) FROM trygdfob.f_arbsok AS a) FROM trygdfob.f_arbsok AS f",
        "SELECT FROM trygdfob.f_arbsok AS f CROSS JOIN (SELECT max(regdato) FROM trygdfob.f_arbsok) AS m",
        "WITH m AS (SELECT hoved FROM trygdfob.h_arbsok) SELECT FROM trygdfob.f_arbsok AS f JOIN m USING (hoved)",
        "SELECT FROM trygdfob.f_arbsok AS f, LATERAL (SELECT hoved FROM trygdfob.h_arbsok LIMIT 1) AS h",
        "SELECT fnr, lag(regdato) OVER (ORDER BY regdato) FROM trygdfob.f_arbsok",
        "UPDATE trygdfob.f_arbsok AS f SET tomdato = NULL FROM trygdfob.h_arbsok AS h WHERE h.tilgdato = f.tilgdato",
        "DELETE FROM trygdfob.f_arbsok AS f USING trygdfob.h_arbsok AS h WHERE h.tilgdato = f.tilgdato",
        "INSERT INTO trygdfob.vrak_arbsok SELECT f.* FROM trygdfob.f_arbsok AS f, trygdfob.h_arbsok AS h",
        "SELECT FROM trygdfob.f_arbsok AS f, trygdfob.h_arbsok AS h"
        " WHERE h.fnr = CASE WHEN f.kode = '1' THEN f.fnr ELSE h.fnr END",
        "SELECT FROM arbsok_lasting.forlop_fra(2003) AS f JOIN trygdfob.h_arbsok AS h ON h.hoved = f.hoved",
        "SELECT FROM trygdfob.f_arbsok AS f JOIN trygdfob.person AS p ON p.lopenr > f.lopenr",
        "SELECT FROM trygdfob.f_arbsok AS f JOIN trygdfob.person AS p ON p.lopenr = f.fnr",
        "SELECT FROM trygdfob.f_arbsok AS f JOIN trygdfob.person AS p ON p.lopenr = f.lopenr"
        " JOIN trygdfob.h_arbsok AS h ON h.fnr = p.lopenr",
        "SELECT FROM trygdfob.f_arbsok AS f WHERE f.fnr IN (SELECT p.lopenr FROM trygdfob.person AS p)",
        "SELECT FROM arbsok.periode AS f JOIN arbsok.tilfelle AS t ON t.tilgdato = f.tilgdato",
        "SELECT lopenr, lag(regdato) OVER (ORDER BY regdato) FROM arbsok.periode",
    ],
)
def test_a_join_of_persons_would_be_seen(reader: Reader, query: str) -> None:
    """As a view or an SQL function says it, as PL/pgSQL does, and as PL/pgSQL puts it together."""
    body = "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $body$ BEGIN {} END $body$"
    sources = [
        query,
        f"CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $body$ {query} $body$",
        body.format(f"{query};"),
        body.format(f"EXECUTE format($sql$ {query.replace('trygdfob.h_arbsok', '%s')} $sql$, 'trygdfob.h_arbsok');"),
    ]
    for source in sources:
        reader.joined.clear()
        for statement in queries(source):
            reader.read(statement)
        assert reader.joined, source


@pytest.mark.parametrize(
    "query",
    [
        "SELECT FROM trygdfob.f_arbsok AS f JOIN trygdfob.h_arbsok AS h ON h.fnr = f.fnr AND h.hoved <> f.hoved",
        "SELECT FROM trygdfob.f_arbsok AS f, (SELECT * FROM trygdfob.h_arbsok) AS h WHERE f.fnr = h.fnr",
        "SELECT FROM trygdfob.f_arbsok AS f WHERE NOT EXISTS (SELECT FROM trygdfob.h_arbsok AS h WHERE h.fnr = f.fnr)",
        "SELECT FROM trygdfob.f_arbsok AS f WHERE f.fnr IN (SELECT h.fnr FROM trygdfob.h_arbsok AS h)",
        "SELECT FROM trygdfob.f_arbsok AS f, trygdfob.h_arbsok AS h"
        " WHERE h.fnr = CASE WHEN f.kode = '1' THEN f.fnr END",
        "SELECT FROM trygdfob.f_arbsok AS f, trygdfob.innstilling AS i, trygdfob.statuskode AS s",
        "SELECT fnr, lag(regdato) OVER w FROM trygdfob.f_arbsok WINDOW w AS (PARTITION BY fnr ORDER BY regdato)",
        "SELECT FROM trygdfob.h_arbsok AS h JOIN trygdfob.person AS p ON p.fnr = h.fnr"
        " JOIN trygdfob.f_arbsok AS f ON f.lopenr = p.lopenr",
        "SELECT FROM trygdfob.f_arbsok AS f WHERE f.lopenr IN (SELECT p.lopenr FROM trygdfob.person AS p)",
        "SELECT lopenr, lag(regdato) OVER (PARTITION BY lopenr ORDER BY regdato) FROM arbsok.periode",
    ],
)
def test_what_joins_a_person_to_himself_may_stay(reader: Reader, query: str) -> None:
    for statement in queries(query):
        reader.read(statement)
    assert reader.joined == []
