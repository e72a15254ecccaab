"""What analysts may read: what is listed and nothing else, no fødselsnummer in it, and no order that tells of one."""

import re
from collections.abc import Callable
from itertools import pairwise

import pytest
from fdtrygd import lasting
from fdtrygd.db import locks, objects

from conftest import Silent, qualified
from loaded import Files
from logins import calls
from users import (
    CALLABLE,
    HELPERS,
    READABLE,
    SEQUENCES,
    WITHOUT_PERSONS,
    WRITABLE,
    Connection,
    defined,
    denied,
    everything,
    leaked,
    names,
)


def test_analyst_reads_what_is_listed_and_nothing_else(analyst: Connection) -> None:
    """A new object is nobody's until fdtrygd_analytiker.sql grants it; one of arbsok/analyse is to be granted."""
    assert len(defined("VIEW")) >= 4
    assert names(analyst, READABLE) == defined("VIEW") | WITHOUT_PERSONS
    assert names(analyst, CALLABLE) == defined("FUNCTION") | HELPERS
    assert names(analyst, WRITABLE) == set()
    assert names(analyst, SEQUENCES) == set()


def test_the_analysts_schema_shows_what_they_may_read(owner: Connection, analyst: Connection) -> None:
    """`\\d` and `\\df` with search_path = arbsok list nothing that is refused."""
    there = (
        "SELECT relname::text FROM pg_class WHERE relnamespace = 'arbsok'::regnamespace AND relkind IN ('r', 'v', 'm')"
    )
    functions = "SELECT proname::text FROM pg_proc WHERE pronamespace = 'arbsok'::regnamespace"
    assert {"tilfelle", "periode", "dekning"} < names(owner, there) <= names(analyst, READABLE)
    assert {"tverrsnitt", "varighet"} < names(owner, functions) <= names(analyst, CALLABLE)


def test_all_that_is_not_listed_is_refused(owner: Connection, as_role: Callable[[str], Connection]) -> None:
    """The privileges that the catalogue shows are those that count: every relation, partitions too."""
    every = names(owner, READABLE)
    assert {"miniregister_2001", "miniregister_2001_05", "h_arbsok_2002", "arbsok_forlop_funn"} <= every
    for role, more in (("analytiker", set[str]()), ("fnr", {"f_arbsok", "person", "vrak_arbsok"})):
        user = as_role(role)
        readable = defined("VIEW") | WITHOUT_PERSONS | more
        for name in sorted(every - readable):
            denied(user, f"SELECT FROM {qualified(name)} LIMIT 0")
        for name in sorted(readable):
            user.execute(f"SELECT * FROM {qualified(name)} LIMIT 1")


def test_fnr_role_sees_fnr_and_not_the_miniregister(as_role: Callable[[str], Connection]) -> None:
    user = as_role("fnr")
    found = user.execute(
        "SELECT p.fnr, f.fnr, t.lopenr FROM arbsok.tilfelle AS t JOIN trygdfob.person AS p USING (lopenr)"
        " JOIN trygdfob.f_arbsok AS f ON f.fnr = p.fnr AND f.regdato = t.tilgdato AND f.kode <> '0'"
    ).fetchall()
    assert len(found) > 50
    assert all(re.fullmatch("[0-9]{11}", fnr) and fnr == same for fnr, same, _ in found)
    lists = {"liste_inn"}  # a list of persons for an order: it goes in, and nothing comes out
    assert names(user, READABLE) == defined("VIEW") | WITHOUT_PERSONS | {"f_arbsok", "person", "vrak_arbsok"} | lists
    denied(user, "SELECT FROM leveranse_nokkel.liste_inn")
    assert names(user, CALLABLE) == defined("FUNCTION") | HELPERS | {"hovedlopenr"}
    assert names(user, WRITABLE) == lists
    assert names(user, SEQUENCES) == set()


def test_leaks_would_be_seen(owner: Connection, fnr: set[str]) -> None:
    assert leaked(everything(owner, "TABLE trygdfob.vrak_arbsok"), fnr)


def test_nothing_that_analysts_read_holds_a_fnr(analyst: Connection, fnr: set[str]) -> None:
    """Every row of every view and table, and what the functions give."""
    columns = "SELECT attname::text FROM pg_attribute WHERE attrelid = '{}'::regclass AND attnum > 0"
    read = 0
    for name in sorted(names(analyst, READABLE)):
        assert "fnr" not in names(analyst, columns.format(qualified(name)))
        text = everything(analyst, f"SELECT t::text FROM {qualified(name)} AS t")
        assert leaked(text, fnr) == set(), name
        read += len(text)
    assert read > 100_000
    for call in calls(analyst):
        assert leaked(everything(analyst, call), fnr) == set(), call
    statistics = "SELECT pg_stats::text FROM pg_stats WHERE schemaname IN ('trygdfob', 'arbsok')"
    assert leaked(everything(analyst, statistics), fnr) == set()


def test_rows_lie_in_the_order_of_the_numbers(owner: Connection) -> None:
    """Range by range."""
    persons, in_order = owner.execute(
        "SELECT count(*), count(*) FILTER (WHERE r.lopenr > r.forrige)"
        " FROM (SELECT lopenr, lag(lopenr) OVER (ORDER BY ctid) AS forrige FROM trygdfob.lopende_2002_01)"
        " AS r WHERE r.lopenr <> r.forrige"
    ).fetchone() or (0, 0)
    assert persons > 80
    assert in_order > 0.8 * persons  # in any other order some half


#: What has a row for each person or more
OF_PERSONS = (
    "periode", "periode WHERE regdato = '2001-05-01'", "periode WHERE regdato > '2001-06-30' AND hoved = '5'",
    "gruppetilfelle", "gruppetilfelle WHERE asoktilg > '2001-05-01' AND status_ut IS NOT NULL",
    "tilfelle", "tilfelle WHERE tilgdato = '2001-05-01'", "tilfelle JOIN arbsok.periode USING (lopenr)",
    "f_arbsok_tall", "f_arbsok_tall WHERE kode = '0'", "f_arbsok_mnd WHERE aargang = 2001",
    "tverrsnitt('2002-06-30')", "manedspanel('2001-07-01', '2002-06-30')", "varighet()", "varighet('periode')",
    "manedstilstand('2001-07-01', '2002-06-30')",
)  # fmt: skip
#: Ways of running a query that an analyst may forbid the planner
FORBIDDEN = (
    (),
    ("seqscan",),
    ("seqscan", "bitmapscan"),
    ("hashjoin",),
    ("hashjoin", "nestloop"),
    ("hashjoin", "mergejoin"),
    ("seqscan", "bitmapscan", "hashjoin", "nestloop"),
    ("seqscan", "bitmapscan", "hashjoin", "mergejoin"),
    ("seqscan", "bitmapscan", "sort", "hashagg"),
)


def ascents(connection: Connection, query: str, rank: dict[str, int]) -> float:
    """How often the query's next person comes after the one before in the given order: 0 to 1, by chance one half."""
    order = [rank[person] for person in dict.fromkeys(row[0] for row in connection.execute(query))]
    assert len(order) >= 30
    return sum(after > before for before, after in pairwise(order)) / (len(order) - 1)


def test_nothing_that_analysts_read_knows_the_order_of_fnr(owner: Connection) -> None:
    """Their views do without fnr, and of the indexes that the planner may use for them none has it in order."""
    of_fnr = (
        "a.attname = 'fnr'"
        " AND (a.attrelid::regclass::text ~ '(gjeldende_forlop|f_arbsok|forlopsdel)$' OR a.attrelid IN ("
        "SELECT inhrelid FROM pg_inherits WHERE inhparent = 'trygdfob.forlopsdel'::regclass))"
    )
    assert (
        names(
            owner,
            "SELECT m.amname::text FROM pg_attribute AS a"
            " JOIN pg_index AS i ON i.indrelid = a.attrelid AND a.attnum = ANY (i.indkey)"
            f" JOIN pg_class AS c ON c.oid = i.indexrelid JOIN pg_am AS m ON m.oid = c.relam WHERE {of_fnr}",
        )
        == set()
    )
    with owner.transaction(force_rollback=True):
        owner.execute("CREATE VIEW public.viser_fnr AS SELECT fnr FROM trygdfob.f_arbsok")
        on_fnr = names(
            owner,
            "SELECT r.ev_class::regclass::text FROM pg_rewrite AS r JOIN pg_depend AS d ON d.objid = r.oid"
            f" JOIN pg_attribute AS a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid WHERE {of_fnr}"
            " OR a.attrelid = 'trygdfob.person'::regclass",
        )
    assert any(name.endswith("viser_fnr") for name in on_fnr)
    assert on_fnr & {f"{qualified(name)}" for name in defined("VIEW") | WITHOUT_PERSONS} == set()


@pytest.fixture
def rank(owner: Connection) -> dict[str, int]:
    """lopenr -> the person's place in the order of fnr."""
    persons = owner.execute("SELECT lopenr FROM trygdfob.person ORDER BY fnr").fetchall()
    return {number: place for place, (number,) in enumerate(persons)}


def test_rows_never_come_in_the_order_of_fnr(owner: Connection, analyst: Connection, rank: dict[str, int]) -> None:
    """It begins with the date of birth. Nor do they where an analyst steers the planner."""
    assert ascents(owner, "SELECT lopenr FROM trygdfob.person ORDER BY fnr", rank) == 1
    for ways in FORBIDDEN:
        with analyst.transaction():
            for way in ways:
                analyst.execute(f"SET LOCAL enable_{way} = off")
            for relation in OF_PERSONS:
                share = ascents(analyst, f"SELECT lopenr, * FROM {qualified(relation)}", rank)
                assert 0.2 < share < 0.8, (relation, ways)


def test_nor_after_a_year_was_taken_back(
    analyst: Connection, loader: Connection, files: Files, rank: dict[str, int]
) -> None:
    """The records of the spells that run again are written anew, here in the order in which they are looked for."""
    loader.execute("SET enable_hashjoin = off; SET enable_mergejoin = off")
    with locks.alone(loader):
        lasting.unload_year(loader, 2002)
    try:
        for relation in ("periode WHERE regtom IS NULL", "tilfelle WHERE tomdato IS NULL", "f_arbsok_tall"):
            assert 0.2 < ascents(analyst, f"SELECT lopenr FROM {qualified(relation)}", rank) < 0.8, relation
    finally:
        lasting.load_year(loader, 2002, files[2002], synthetic=True, progress=Silent())


def test_functions_in_conditions_see_no_fnr(analyst: Connection, own_schema: str, fnr: set[str]) -> None:
    """A cheap function of the analyst's own is called first, on rows that the view may leave out."""
    analyst.execute(
        f"CREATE FUNCTION {own_schema}.sladre(anyelement) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS"
        " $$ BEGIN RAISE NOTICE '%', $1; RETURN true; END $$"
    )
    told: list[str] = []
    analyst.add_notice_handler(lambda notice: told.append(notice.message_primary or ""))
    for name in sorted(names(analyst, READABLE)):
        analyst.execute(f"SELECT count(*) FROM {qualified(name)} AS t WHERE {own_schema}.sladre(t::text)")
    for column in ("lopenr", "tilgdato", "hoved", "status_inn"):
        analyst.execute(f"SELECT count(*) FROM arbsok.periode AS t WHERE {own_schema}.sladre(t.{column})")
    assert len(told) > 500
    assert leaked("\n".join(told), fnr) == set()


def test_names_in_front_of_the_products_change_nothing(analyst: Connection, own_schema: str) -> None:
    """Temporary tables and an own schema's functions and operators, first in the search path: a view knows its own."""
    queries = [
        "SELECT t::text FROM arbsok.tilfelle AS t ORDER BY 1",
        "SELECT t::text FROM arbsok.periode AS t ORDER BY 1",
    ]
    before = [everything(analyst, query) for query in queries]
    for table in ("innstilling", "f_arbsok", "person", "lastet_aargang", "maanedsfil"):
        analyst.execute(f"CREATE TEMP TABLE {table} (fnr text, lopenr text, hemmelig text)")
    analyst.execute(
        f"CREATE FUNCTION {own_schema}.substr(text, integer, integer) RETURNS text LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE 'called'; END $$;"
        f"CREATE FUNCTION {own_schema}.lik(varchar, varchar) RETURNS boolean LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE 'called'; END $$;"
        f"CREATE OPERATOR {own_schema}.= (FUNCTION = {own_schema}.lik, LEFTARG = varchar, RIGHTARG = varchar);"
        f"SET search_path = pg_temp, {own_schema}, {', '.join(objects.schemas())}, pg_catalog"
    )
    assert [everything(analyst, query) for query in queries] == before


@pytest.mark.parametrize(
    "attempt",
    [
        "SELECT p FROM trygdfob.person AS p",
        "SELECT count(*) FROM trygdfob.f_arbsok",
        "SELECT aargang FROM trygdfob.person",
        "SELECT 1 FROM arbsok.tilfelle AS t JOIN trygdfob.person AS p USING (lopenr)",
        "SELECT * FROM arbsok_lasting.forklar('15837010133')",
        "SELECT * FROM arbsok_lasting.registrering(2001, '', ':')",
        "SELECT trygdfob.lopenr('a', 'b')",
        "SELECT arbsok_lasting.ta_tilbake_aargang(2002)",
        "SELECT arbsok_lasting.rydd_arbeidstabeller()",
        "SELECT kontroll.arbsok_personkontroll(2001, 0)",
        "EXPLAIN SELECT * FROM trygdfob.person",
        "COPY trygdfob.person TO STDOUT",
        "COPY (SELECT * FROM trygdfob.miniregister) TO STDOUT",
        "COPY arbsok.tilfelle FROM PROGRAM 'true'",
        "DO 'BEGIN PERFORM fnr FROM trygdfob.f_arbsok; END'",
        "SELECT stavalues1 FROM pg_statistic",
        "SELECT * FROM pg_stats_ext_exprs, trygdfob.h_arbsok",
        "SELECT last_value FROM arbsok_lasting.raa_linje_01",
        "SELECT lo_import('/etc/passwd')",
        "SELECT pg_read_file('PG_VERSION')",
        "TABLE trygdfob.miniregister_2001_05",
        "CREATE TEMP TABLE kopi (LIKE trygdfob.person)",
        "CREATE TEMP TABLE arv () INHERITS (trygdfob.person)",
        "CREATE VIEW trygdfob.ny AS SELECT 1 AS en",
        "CREATE FUNCTION trygdfob.ny() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "CREATE OR REPLACE VIEW arbsok.endelighet AS SELECT 1 AS en",
        "ALTER VIEW arbsok.tilfelle SET (security_invoker = true)",
        "GRANT SELECT ON trygdfob.person TO PUBLIC",
        "DO 'BEGIN LOCK TABLE arbsok.tilfelle IN ACCESS EXCLUSIVE MODE; END'",
        "DELETE FROM trygdfob.statuskode",
        "UPDATE trygdfob.statuskode SET tekst = ''",
        "UPDATE trygdfob.objektversjon SET digest = ''",
        "SET ROLE fdtrygd_dba",
        "SET ROLE fdtrygd_laster",
        "SET ROLE fdtrygd_fnr",
        "SET SESSION AUTHORIZATION fdtrygd_dba",
        "GRANT fdtrygd_fnr TO CURRENT_USER",
        "SET session_replication_role = replica",
    ],
)
def test_analyst_is_refused(analyst: Connection, attempt: str) -> None:
    denied(analyst, attempt)


def test_views_of_ones_own_give_no_more(analyst: Connection, own_schema: str) -> None:
    """Whoever makes a view or a function reads with his own rights in it."""
    analyst.execute(
        f"CREATE VIEW {own_schema}.alle AS SELECT * FROM trygdfob.person;"
        f"CREATE FUNCTION {own_schema}.alle() RETURNS bigint LANGUAGE sql SECURITY DEFINER"
        " BEGIN ATOMIC SELECT count(*) FROM trygdfob.f_arbsok; END"
    )
    denied(analyst, f"TABLE {own_schema}.alle")
    denied(analyst, f"SELECT {own_schema}.alle()")


def test_plans_show_no_values(analyst: Connection, fnr: set[str]) -> None:
    plan = everything(analyst, "EXPLAIN (ANALYZE, VERBOSE) SELECT * FROM arbsok.periode WHERE lopenr > '8'")
    assert "forlop_2001_01" in plan
    assert leaked(plan, fnr) == set()
