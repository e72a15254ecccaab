"""The roles: who is a member of one of them, logged in as himself, may do what it is for, and nothing else.

Each login is a role of its own, made for these tests, that is a member of one role of the product.
"""

import contextlib
import re
import threading
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import psycopg
import pytest
from fdtrygd import cli, kontroll, lasting, synthetic
from fdtrygd import files as month_files
from fdtrygd.db import database, installation, locks, objects
from fdtrygd.errors import UserError
from psycopg import errors
from pytest_postgresql.executors import NoopExecutor
from typer.testing import CliRunner

from commands import here
from conftest import Silent, address, eventually, offending, own_database, qualified
from contents import dump, fingerprint
from logins import PREFIX, ROLES, address_as, calls, log_in, login

Connection = psycopg.Connection[Any]

ANALYSE = sorted((objects.DIRECTORY / "arbsok/analyse").glob("*.sql"))
#: Beside arbsok/analyse: what analysts read, and none of it has a person in it.
WITHOUT_PERSONS = {
    "aarsendring", "asok_kontroll", "asok_status", "beholdning_maaned", "hendelser_konsistens", "hovedgruppe",
    "kodebruk", "miniregister_kontroll", "oppsplittinger_sammensyinger", "overlevelse", "regnskap",
    "regnskap_aargang", "sammensyinger_13_uker", "strom_maaned", "tilganger_avganger", "varighet_kontroll",
    "alembic_version", "arbeidssokerstatus", "dekning_regel", "handling", "hoved_koding", "kontroll", "objektversjon",
    "offisiell_statistikk", "skjema", "statuskode", "ukjente_koder", "ytelse",
}  # fmt: skip
#: Functions that views call.
HELPERS = {"norsk_tall", "uten_ukebokstav"}
#: What only the loader reads, and what the register is: nobody else's, or not to be written by hand.
SECRET = "lopenummer_nokkel"
REGISTER = ("f_arbsok", "h_arbsok", "vrak_arbsok", "miniregister", "person", "lagt_til_side", "maanedsfil")


def defined(kind: str) -> set[str]:
    """The views, or functions, that the files of arbsok/analyse make."""
    text = "".join(file.read_text(encoding="utf-8") for file in ANALYSE)
    return set(re.findall(rf"^CREATE OR REPLACE {kind} arbsok\.([a-z0-9_]+)", text, re.MULTILINE))


def role_file(text: str, prefix: str) -> str:
    """A file of tilgang for roles of another name."""
    return re.sub(r"fdtrygd_(?=dba|laster|analytiker|fnr)", prefix, text)


ROLES_FILE = (objects.DIRECTORY / "tilgang" / "roller.sql").read_text(encoding="utf-8")


# ----------------------------------------------------------------------------------------------------------- logins


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Any]:
    path = tmp_path_factory.mktemp("roller") / "files"
    synthetic.make(path, last=(2003, 12), persons=80)
    return month_files.find_month_files(path)


@pytest.fixture(scope="module")
def owner(logins: dict[str, str], postgresql_noproc: NoopExecutor, files: dict[int, Any]) -> Iterator[Connection]:
    """A superuser in a database where the loader has loaded two years: one alone, one with a crew."""
    with own_database(postgresql_noproc, "roller") as connection:
        connection.autocommit = True
        with log_in(logins["laster"], connection) as loader:
            for year, jobs in ((2001, 1), (2002, 2)):
                result = lasting.load_year(loader, year, files[year], synthetic=True, progress=Silent(), jobs=jobs)
                assert result.counts["asok_insert_forlop"] > 50
        yield connection


@pytest.fixture
def as_role(owner: Connection, logins: dict[str, str]) -> Iterator[Callable[[str], Connection]]:
    """Logs in to that database as a member of a role."""
    with contextlib.ExitStack() as stack:
        yield lambda role: stack.enter_context(log_in(logins[role], owner))


@pytest.fixture
def loader(as_role: Callable[[str], Connection]) -> Connection:
    return as_role("laster")


@pytest.fixture
def analyst(as_role: Callable[[str], Connection]) -> Connection:
    return as_role("analytiker")


@pytest.fixture
def own_schema(owner: Connection, logins: dict[str, str]) -> Iterator[str]:
    """A schema in which the loader and the analyst may do as they like."""
    owner.execute(f"CREATE SCHEMA egen; GRANT ALL ON SCHEMA egen TO {logins['laster']}, {logins['analytiker']}")
    yield "egen"
    owner.execute("DROP SCHEMA egen CASCADE")


def denied(connection: Connection, statement: str) -> None:
    """The statement is refused for want of a right, not for another reason."""
    with pytest.raises(errors.InsufficientPrivilege):
        connection.execute(statement)


# -------------------------------------------------------------------------------------------------- what may be read

READABLE = """
    SELECT c.relname::text FROM pg_class AS c
    WHERE c.relnamespace IN (SELECT skjema FROM trygdfob.skjema) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
        AND has_any_column_privilege(c.oid, 'SELECT, INSERT, UPDATE, REFERENCES')
"""
WRITABLE = """
    SELECT c.relname::text FROM pg_class AS c
    WHERE c.relnamespace IN (SELECT skjema FROM trygdfob.skjema) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
        AND (has_any_column_privilege(c.oid, 'INSERT, UPDATE, REFERENCES')
            OR has_table_privilege(c.oid, 'DELETE, TRUNCATE, TRIGGER'))
"""
SEQUENCES = """
    SELECT c.relname::text FROM pg_class AS c
    WHERE c.relnamespace IN (SELECT skjema FROM trygdfob.skjema)
        AND CASE WHEN c.relkind = 'S' THEN has_sequence_privilege(c.oid, 'USAGE, SELECT, UPDATE') END
"""
CALLABLE = """
    SELECT p.proname::text FROM pg_proc AS p
    WHERE p.pronamespace IN (SELECT skjema FROM trygdfob.skjema) AND has_function_privilege(p.oid, 'EXECUTE')
"""


def names(connection: Connection, query: str) -> set[str]:
    return {name for (name,) in connection.execute(query)}


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


def test_loader_reads_everything_but_the_key(owner: Connection, loader: Connection) -> None:
    """Also the partitions that a load has just made."""
    assert names(owner, READABLE) - names(loader, READABLE) == {SECRET}
    assert names(owner, CALLABLE) == names(loader, CALLABLE)


WRITES = """
    SELECT p.relname, p.privilege, p.columns
    FROM (
        SELECT c.relname::text, a.privilege_type AS privilege, NULL AS columns
        FROM pg_class AS c CROSS JOIN aclexplode(c.relacl) AS a
        WHERE c.relnamespace IN (SELECT skjema FROM trygdfob.skjema)
            AND c.relkind <> 'S' AND a.grantee = 'fdtrygd_laster'::regrole
        UNION ALL
        SELECT c.relname::text, a.privilege_type, string_agg(t.attname, ' ' ORDER BY t.attname)
        FROM pg_class AS c JOIN pg_attribute AS t ON t.attrelid = c.oid CROSS JOIN aclexplode(t.attacl) AS a
        WHERE c.relnamespace IN (SELECT skjema FROM trygdfob.skjema) AND a.grantee = 'fdtrygd_laster'::regrole
        GROUP BY 1, 2
    ) AS p
    WHERE p.privilege <> 'SELECT'
"""
#: (table, privilege, columns: None is all of them)
LOADERS = {
    *((f"raa_{month:02}", "INSERT", None) for month in range(1, 13)),
    ("kontrollkjoring", "INSERT", "aargang anledning objektversjon produktversjon"),
    ("kontrollresultat", "UPDATE", "godtatt"),
    ("innstilling", "UPDATE", None),
    ("terskel", "UPDATE", "egen_minst egen_prosent"),
    *(
        (table, privilege, None)
        for table in ("hoved_koding", "arbeidssokerstatus", "ytelse", "sysselsetting", "offisiell_statistikk")
        for privilege in ("INSERT", "UPDATE", "DELETE")
    ),
}  # fmt: skip


def test_loader_writes_what_is_listed_and_nothing_else(owner: Connection, loader: Connection) -> None:
    """Column by column: in the run log above all, where he may neither say who it was nor change what is counted."""
    assert set(owner.execute(WRITES).fetchall()) == LOADERS
    assert names(loader, WRITABLE) == {table for table, _, _ in LOADERS}


def test_fnr_role_sees_fnr_and_not_the_miniregister(as_role: Callable[[str], Connection]) -> None:
    user = as_role("fnr")
    found = user.execute(
        "SELECT p.fnr, f.fnr, t.lopenr FROM arbsok.tilfelle AS t JOIN trygdfob.person AS p USING (lopenr)"
        " JOIN trygdfob.f_arbsok AS f ON f.fnr = p.fnr AND f.regdato = t.tilgdato AND f.kode <> '0'"
    ).fetchall()
    assert len(found) > 50
    assert all(re.fullmatch("[0-9]{11}", fnr) and fnr == same for fnr, same, _ in found)
    assert names(user, READABLE) == defined("VIEW") | WITHOUT_PERSONS | {"f_arbsok", "person", "vrak_arbsok"}
    assert names(user, CALLABLE) == defined("FUNCTION") | HELPERS
    assert names(user, WRITABLE) == set()
    assert names(user, SEQUENCES) == set()


# ----------------------------------------------------------------------------------------------------- no fnr leaks


@pytest.fixture(scope="module")
def fnr(owner: Connection) -> set[str]:
    """Every fødselsnummer in the database."""
    found = names(
        owner, "SELECT fnr::text FROM trygdfob.miniregister UNION SELECT btrim(fnr) FROM trygdfob.lagt_til_side"
    )
    assert len(found) > 100
    return found


def leaked(text: str, fnr: set[str]) -> set[str]:
    """The fødselsnummer in the text."""
    return {text[at : at + 11] for at in range(len(text) - 10)} & fnr if text else set()


def test_leaks_would_be_seen(owner: Connection, fnr: set[str]) -> None:
    assert leaked(everything(owner, "TABLE trygdfob.vrak_arbsok"), fnr)


def everything(connection: Connection, query: str) -> str:
    """The query's whole result as text."""
    return "\n".join(" ".join(map(str, row)) for row in connection.execute(query).fetchall())


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


@pytest.mark.parametrize(
    "step",
    [
        "gi_lopenummer(2002, 0)",
        "oppdater_tidligere_tilfelle(2002)",
        "asok_insert_vrak(2002, 0)",
        "asok_insert_forlop(2002)",
    ],
)
def test_no_step_writes_into_a_loaded_year(loader: Connection, step: str) -> None:
    with pytest.raises(psycopg.Error, match="2002 is already loaded"):
        loader.execute(f"SELECT {qualified(step)}")


def test_rows_lie_in_the_order_of_the_numbers(owner: Connection) -> None:
    """Those of the last loaded year, which nobody has moved since; where pages had room left a row may lie apart."""
    persons, in_order = owner.execute(
        "SELECT count(*), count(*) FILTER (WHERE r.lopenr > r.forrige)"
        " FROM (SELECT lopenr, lag(lopenr) OVER (ORDER BY ctid) AS forrige FROM trygdfob.f_arbsok WHERE aargang = 2002)"
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
    of_fnr = "a.attrelid = 'trygdfob.f_arbsok'::regclass AND a.attname = 'fnr'"
    assert names(
        owner,
        "SELECT m.amname::text FROM pg_attribute AS a"
        " JOIN pg_index AS i ON i.indrelid = a.attrelid AND a.attnum = ANY (i.indkey)"
        f" JOIN pg_class AS c ON c.oid = i.indexrelid JOIN pg_am AS m ON m.oid = c.relam WHERE {of_fnr}",
    ) == {"hash"}
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
    analyst: Connection, loader: Connection, files: dict[int, Any], rank: dict[str, int]
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
    assert "f_arbsok" in plan
    assert leaked(plan, fnr) == set()


# ------------------------------------------------------------------------------------------------------- the loader


def test_loaders_years_are_whole(owner: Connection, logins: dict[str, str]) -> None:
    """As a superuser's; what a load makes is the owner's, and the run log knows who it was."""
    assert offending(owner) == {}
    assert names(owner, "SELECT DISTINCT bruker FROM trygdfob.kjorelogg") == {logins["laster"]}
    ours = "relnamespace IN (SELECT skjema FROM trygdfob.skjema)"
    assert names(owner, f"SELECT DISTINCT relowner::regrole::text FROM pg_class WHERE {ours}") == {"fdtrygd_dba"}


def test_loaders_commands(
    owner: Connection,
    logins: dict[str, str],
    tmp_path: Path,
    files: dict[int, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Every command that works on the register; and after unload-year it is as before the year was loaded."""
    monkeypatch.setenv("FDTRYGD_DATABASE_URL", address_as(logins["laster"], owner))
    but = ("kjorelogg", "kontrollkjoring", "kontrollresultat", "kontrollfunn")
    before = fingerprint(owner, but=but)
    (somebody,) = owner.execute("SELECT fnr FROM trygdfob.f_arbsok LIMIT 1").fetchone() or ("",)
    figures = tmp_path / "nav.csv"
    figures.write_text("aargang,hoved,offisiell\n2001,1,100\n")
    folder = next(iter(files[2003].values())).path.parent
    for command in (
        ["load-year", "2003", "--data", str(folder), "--jobs", "2"],
        ["status", "--verbose"],
        ["check", "--jobs", "2"],
        ["report", "2003", "--out", str(tmp_path / "rapport.html")],
        ["forklar", str(somebody)],
        ["unload-year", "2003"],
    ):
        done = CliRunner().invoke(cli.app, command, catch_exceptions=False)
        assert done.exit_code == 0, (command, done.output)
    assert fingerprint(owner, but=but) == before
    assert CliRunner().invoke(cli.app, ["official", "import", str(figures)], catch_exceptions=False).exit_code == 0


def test_loader_maintains_what_users_complete(loader: Connection) -> None:
    with loader.transaction(force_rollback=True):
        loader.execute(
            "INSERT INTO trygdfob.ytelse (kode, tekst) VALUES ('QQ', 'Ny ytelse');"
            " UPDATE trygdfob.ytelse SET tekst = 'Nyere' WHERE kode = 'QQ';"
            " DELETE FROM trygdfob.ytelse WHERE kode = 'QQ';"
            " INSERT INTO trygdfob.arbeidssokerstatus VALUES ('1', '1', 'HL', 'NY', 'Helt ledige', 'Nytt');"
            " INSERT INTO trygdfob.hoved_koding (hovedarbstat, tiltak, hoved) VALUES ('FS', 'PO', '3');"
            " INSERT INTO trygdfob.sysselsetting (fnr, fradato) VALUES ('15837010133', '2001-01-01');"
            " UPDATE trygdfob.innstilling SET avslutning_dager = 182"
        )


@pytest.mark.parametrize(
    "attempt",
    [
        *(f"INSERT INTO {qualified(table)} SELECT * FROM {qualified(table)}" for table in REGISTER),
        *(f"UPDATE {qualified(table)} SET aargang = 2000" for table in REGISTER),
        *(f"DELETE FROM {qualified(table)}" for table in (*REGISTER, "kjorelogg", "kontrollfunn", "statuskode")),
        *(f"TRUNCATE {qualified(table)}" for table in ("f_arbsok", "raa_01", "ytelse")),
        "UPDATE trygdfob.statuskode SET tekst = ''",
        "UPDATE trygdfob.kjorelogg SET bruker = 'en annen'",
        "INSERT INTO kontroll.kontrollkjoring (anledning, aargang, bruker, produktversjon, objektversjon)"
        " VALUES ('check', 2001, 'en annen', '', '')",
        f"TABLE trygdfob.{SECRET}",
        "CREATE TABLE trygdfob.ny (en integer)",
        "CREATE FUNCTION trygdfob.ny() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "CREATE OR REPLACE FUNCTION trygdfob.blanke() RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN ' '",
        "ALTER FUNCTION arbsok_lasting.tom_raa(integer) RESET search_path",
        "ALTER TABLE trygdfob.f_arbsok DISABLE TRIGGER ALL",
        "ALTER TABLE trygdfob.innstilling DISABLE TRIGGER innstilling_vern",
        "CREATE TRIGGER min BEFORE INSERT ON arbsok_lasting.raa_01"
        " FOR EACH ROW EXECUTE FUNCTION trygdfob.innstilling_vern()",
        "CREATE RULE min AS ON INSERT TO arbsok_lasting.aarets_fil DO ALSO SELECT 1",
        "DROP TABLE trygdfob.miniregister_2001_05",
        "ALTER SCHEMA trygdfob RENAME TO mitt",
        f"GRANT SELECT ON trygdfob.{SECRET} TO PUBLIC",
        "SET ROLE fdtrygd_dba",
        "SET session_replication_role = replica",
    ],
)
def test_loader_is_refused(loader: Connection, attempt: str) -> None:
    denied(loader, attempt)


def test_settings_keep_their_guard(loader: Connection) -> None:
    with pytest.raises(psycopg.Error, match="a year is loaded"):
        loader.execute("UPDATE trygdfob.innstilling SET serie_start = '2002-01-01'")


#: What the load's functions could take for their own, were it found first. Each says so when the owner calls it.
TRAPS = """
CREATE FUNCTION egen.fanget() RETURNS boolean LANGUAGE plpgsql AS
    $$ BEGIN IF current_user = 'fdtrygd_dba' THEN RAISE 'the owner was caught'; END IF; RETURN true; END $$;
CREATE FUNCTION egen.utloser() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM egen.fanget(); RETURN new; END $$;
CREATE FUNCTION egen.lik(varchar, varchar) RETURNS boolean LANGUAGE plpgsql AS
    $$ BEGIN PERFORM egen.fanget(); RETURN $1::bytea = $2::bytea; END $$;
CREATE OPERATOR egen.= (FUNCTION = egen.lik, LEFTARG = varchar, RIGHTARG = varchar);
CREATE FUNCTION egen.format(text, integer) RETURNS text LANGUAGE plpgsql AS
    $$ BEGIN PERFORM egen.fanget(); RETURN pg_catalog.format($1, $2); END $$;
CREATE FUNCTION egen.make_date(integer, integer, integer) RETURNS pg_catalog.date LANGUAGE plpgsql AS
    $$ BEGIN PERFORM egen.fanget(); RETURN pg_catalog.make_date($1, $2, $3); END $$;
CREATE DOMAIN pg_temp.text AS pg_catalog.text CHECK (egen.fanget());
CREATE DOMAIN pg_temp.date AS pg_catalog.date CHECK (egen.fanget());
CREATE DOMAIN pg_temp.jsonb AS pg_catalog.jsonb CHECK (egen.fanget());
CREATE DOMAIN pg_temp.record AS pg_catalog.text CHECK (egen.fanget());
CREATE DOMAIN pg_temp.regclass AS pg_catalog.regclass CHECK (egen.fanget());
CREATE DOMAIN pg_temp.regnamespace AS pg_catalog.regnamespace CHECK (egen.fanget());
"""
TABLES = ("pg_class", "pg_namespace", "innstilling", "lastet_aargang", "f_arbsok", "aarets_fil", "raa_01")


def test_the_owners_rights_run_the_owners_code_alone(
    loader: Connection, own_schema: str, files: dict[int, Any], owner: Connection
) -> None:
    """A loader who puts names of his own in front of the load's: it gives what it always gives, and calls none."""
    but = ("kjorelogg", "kontrollkjoring", "kontrollresultat", "kontrollfunn", "offisiell_statistikk")
    before = fingerprint(owner, but=but)
    assert own_schema == "egen"
    loader.execute(TRAPS)
    for table in TABLES:
        loader.execute(
            f"CREATE TEMP TABLE {table} (oid oid DEFAULT egen.fanget()::integer::oid, relname name, aargang integer);"
            f"INSERT INTO pg_temp.{table} (oid, aargang) VALUES (1, 1999);"
            f"CREATE TRIGGER t BEFORE INSERT OR UPDATE OR DELETE ON pg_temp.{table}"
            " FOR EACH ROW EXECUTE FUNCTION egen.utloser()"
        )
    loader.execute(f"SET search_path = pg_temp, egen, {', '.join(objects.schemas())}, pg_catalog")
    result = lasting.load_year(loader, 2003, files[2003], synthetic=True, progress=Silent())
    assert result.counts["asok_insert_forlop"] > 50
    assert offending(owner) == {}
    for _, controls in kontroll.check_years(loader, [2003], 1):
        assert not any(each.is_error for each in controls)

    # The one table that a step makes in the caller's own schema: where he has it already, nothing is done
    loader.execute("CREATE TEMP TABLE slettet (LIKE trygdfob.f_arbsok)")
    denied(loader, "SELECT arbsok_lasting.ta_tilbake_aargang(2003)")
    loader.execute("DROP TABLE pg_temp.slettet")
    lasting.unload_year(loader, 2003)
    assert fingerprint(owner, but=but) == before


def test_traps_catch_the_owner(loader: Connection, owner: Connection, own_schema: str) -> None:
    """Where the search path does not name pg_temp, that comes first: so the test before can fail."""
    loader.execute(TRAPS)
    with loader.transaction(force_rollback=True):
        owner.execute(
            f"CREATE FUNCTION {own_schema}.prove() RETURNS date LANGUAGE plpgsql SECURITY DEFINER"
            " SET search_path = pg_catalog AS $$ DECLARE d date := '2001-01-01'; BEGIN RETURN d; END $$;"
            f" ALTER FUNCTION {own_schema}.prove() OWNER TO fdtrygd_dba"
        )
        with pytest.raises(psycopg.Error, match="the owner was caught"):
            loader.execute(f"SELECT {own_schema}.prove()")


PATHS = """
    SELECT p.proname::text, p.prosecdef, l.lanname = 'plpgsql', s.setting
    FROM pg_proc AS p JOIN pg_language AS l ON l.oid = p.prolang
    LEFT JOIN LATERAL (
        SELECT c AS setting FROM unnest(p.proconfig) AS c WHERE c LIKE 'search_path=%'
    ) AS s ON true
    WHERE p.pronamespace IN (SELECT skjema FROM trygdfob.skjema)
"""
#: What the program calls in a load, an unload and a control: these run with the owner's rights, and nothing else does.
STEPS = {
    "tom_raa", "registrer_fil", "merk_avvikende_fil", "skriv_kjorelogg", "fullfor_kjorelogg",
    "fest_filer", "oppdater_statistikk", "kontroller_rekkefolge", "rydd_arbeidstabeller",
    "arbsok_personkontroll", "asok_konsistenskontroll", "kontroller_aargang", "ta_tilbake_aargang",
}  # fmt: skip


def test_functions_with_the_owners_rights_are_the_loads_steps(owner: Connection) -> None:
    """pg_temp stands last in their search path: where it is not named, it is searched first."""
    functions = owner.execute(PATHS).fetchall()
    steps = {step.name for step in lasting.all_steps(owner)}
    assert {name for name, with_owners_rights, _, _ in functions if with_owners_rights} == STEPS | steps
    for name, with_owners_rights, procedural, path in functions:
        if with_owners_rights or procedural or path:
            assert path == "search_path=pg_catalog, pg_temp", name


# ---------------------------------------------------------------------------------------------------- upgrades


def test_program_of_another_version_asks_for_the_dba(
    owner: Connection, logins: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Loaders and analysts cannot upgrade; with a current schema nothing has to be done."""
    monkeypatch.setattr(installation, "upgrade", lambda to: pytest.fail("tried to upgrade"))
    for role in ("laster", "analytiker", "fnr"):
        monkeypatch.setenv("FDTRYGD_DATABASE_URL", address_as(logins[role], owner))
        installation.open_current().close()
        with monkeypatch.context() as other:
            other.setattr(objects, "digest", lambda: "0123456789abcdef")
            with pytest.raises(UserError, match=r"another version.*fdtrygd_dba.*alembic upgrade head"):
                installation.open_current(upgrades=True, installs=True)


def test_dba_installs_and_upgrades(
    postgresql: Connection, empty: Connection, admin: Connection, logins: dict[str, str]
) -> None:
    """With CREATE in the database, and owning nothing else: the same schema as a superuser makes, time and again."""
    admin.execute(f"GRANT CREATE ON DATABASE {empty.info.dbname} TO fdtrygd_dba")
    for _ in range(2):
        installation.upgrade(address_as(logins["dba"], empty))
        assert dump(empty) == dump(postgresql)
    with log_in(logins["dba"], empty) as dba, dba.transaction(force_rollback=True):
        dba.execute("CREATE TABLE trygdfob.ny (en integer); DROP FUNCTION arbsok_lasting.forklar(text, date)")
    admin.execute(f"REVOKE CREATE ON DATABASE {empty.info.dbname} FROM fdtrygd_dba")


def test_dba_upgrades_loaded_years(owner: Connection, logins: dict[str, str]) -> None:
    """The sums of years that were loaded before there were sums, too."""
    before = fingerprint(owner), dump(owner)
    for table in ("miniregister_tall", "registrering_tall", "forlop_tall", "varighet_tall", "maanedsfil_tall"):
        owner.execute(f"DELETE FROM {qualified(table)}")
    owner.execute("UPDATE trygdfob.alembic_version SET version_num = '0015'")
    owner.execute(f"GRANT CREATE ON DATABASE {owner.info.dbname} TO fdtrygd_dba")
    installation.upgrade(address_as(logins["dba"], owner))
    assert (fingerprint(owner), dump(owner)) == before


def test_dba_takes_rows_of_rules_out(owner: Connection, logins: dict[str, str]) -> None:
    """With the triggers that guard them, which he makes anew: refused where years use the row, else it is gone."""
    rule = (objects.DIRECTORY / "arbsok/regler" / "ytelse.sql").read_text(encoding="utf-8")
    guard = (objects.DIRECTORY / "arbsok/regler" / "regel_vern.sql").read_text(encoding="utf-8")
    with log_in(logins["dba"], owner) as dba, dba.transaction(force_rollback=True):
        dba.execute(guard)
        dba.execute("DELETE FROM arbsok_lasting.miniregister_tall WHERE ytelse = 'VS'")
        dba.execute(rule.replace("    ('VS', 'Ventestønad'),\n", ""))
        assert database.scalar(dba, "SELECT count(*) FROM trygdfob.ytelse WHERE kode = 'VS'") == 0
        with pytest.raises(psycopg.Error, match="ID \\(2001, 2002\\)"), dba.transaction():
            dba.execute(rule.replace("    ('ID', 'Ikke dagpenger'),\n", ""))


@pytest.mark.parametrize("revision", ["0001", "0003"])
def test_database_from_before_the_roles_is_handed_over(
    postgresql: Connection, empty: Connection, admin: Connection, revision: str
) -> None:
    """Its owner, who may not make roles, is told what an administrator has to do; after that he upgrades as before."""
    old = login(admin, f"eier_{revision}")
    admin.execute(f"ALTER DATABASE {empty.info.dbname} OWNER TO {old}")
    to = address_as(old, empty)
    log_in(old, empty).close()
    try:
        here(Path(), "upgrade", revision, to=to)
        with log_in(old, empty) as connection:
            connection.execute(
                "CREATE TABLE trygdfob.miniregister_2001 PARTITION OF trygdfob.miniregister FOR VALUES IN (2001);"
                " CREATE SEQUENCE trygdfob.egen; CREATE TYPE trygdfob.art AS ENUM ('a');"
                " CREATE DOMAIN trygdfob.d AS text;"
                " CREATE FUNCTION trygdfob.egen(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1'"
            )
        with pytest.raises(UserError, match=f"GRANT fdtrygd_dba TO {old}") as refused:
            installation.upgrade(to)
        assert "CREATE ROLE" not in str(refused.value)  # they are there
        empty.rollback()
        assert database.scalar(empty, "SELECT version_num FROM trygdfob.alembic_version") == revision
        empty.rollback()
        admin.execute(f"GRANT fdtrygd_dba TO {old}")
        for _ in range(2):
            installation.upgrade(to)
        assert everything(empty, OWNERS) == "fdtrygd_dba"
        with log_in(old, empty) as connection:
            connection.execute(
                "DROP TABLE trygdfob.miniregister_2001; DROP SEQUENCE trygdfob.egen; DROP TYPE trygdfob.art;"
                " DROP DOMAIN trygdfob.d; DROP FUNCTION trygdfob.egen(integer)"
            )
        assert dump(empty) == dump(postgresql)
    finally:
        empty.rollback()
        admin.execute(f"ALTER DATABASE {empty.info.dbname} OWNER TO CURRENT_USER")
        with psycopg.connect(address(empty), autocommit=True) as connection:
            connection.execute(f"DROP OWNED BY {old}; DROP SCHEMA IF EXISTS {', '.join(objects.schemas())} CASCADE")


OWNERS = """
    SELECT nspowner::regrole FROM pg_namespace WHERE oid IN (SELECT skjema FROM trygdfob.skjema)
    UNION SELECT relowner::regrole FROM pg_class WHERE relnamespace IN (SELECT skjema FROM trygdfob.skjema)
    UNION SELECT proowner::regrole FROM pg_proc WHERE pronamespace IN (SELECT skjema FROM trygdfob.skjema)
    UNION SELECT typowner::regrole FROM pg_type WHERE typnamespace IN (SELECT skjema FROM trygdfob.skjema)
"""


def test_grants_by_hand(postgresql: Connection, admin: Connection) -> None:
    """To PUBLIC and to the roles they last until the next upgrade, also what was passed on; to others they stay."""
    other = login(admin, "annen")
    before = dump(postgresql)
    stays = f"GRANT SELECT ON trygdfob.f_arbsok TO {other}; GRANT USAGE ON SCHEMA trygdfob TO {other}"
    with psycopg.connect(address(postgresql), autocommit=True) as connection:
        connection.execute(stays)
        with_other = sorted(dump(postgresql).splitlines())  # whose grant stands first says nothing
        assert with_other != sorted(before.splitlines())
        connection.execute(
            "GRANT SELECT ON trygdfob.f_arbsok TO fdtrygd_analytiker WITH GRANT OPTION;"
            " SET ROLE fdtrygd_analytiker; GRANT SELECT ON trygdfob.f_arbsok TO fdtrygd_laster; RESET ROLE;"
            " GRANT SELECT (fnr) ON trygdfob.h_arbsok TO PUBLIC;"
            " GRANT UPDATE (fnr) ON trygdfob.f_arbsok TO fdtrygd_laster;"
            " GRANT CREATE ON SCHEMA trygdfob TO fdtrygd_laster; GRANT USAGE ON SCHEMA trygdfob TO PUBLIC;"
            " GRANT EXECUTE ON FUNCTION arbsok_lasting.forklar TO PUBLIC;"
            " GRANT USAGE ON ALL SEQUENCES IN SCHEMA trygdfob TO fdtrygd_fnr;"
            " ALTER DEFAULT PRIVILEGES FOR ROLE fdtrygd_dba IN SCHEMA trygdfob"
            " GRANT ALL ON TABLES TO fdtrygd_analytiker;"
            " REVOKE SELECT ON arbsok.tilfelle FROM fdtrygd_analytiker"
        )
        installation.upgrade(address(postgresql))
        assert sorted(dump(postgresql).splitlines()) == with_other
        connection.execute(f"DROP OWNED BY {other}")
    assert dump(postgresql) == before


def test_a_schema_more_needs_a_row_of_skjema_and_no_grant(
    postgresql: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its comment is the row's, the owner is the product's, PUBLIC has nothing, and the loader reads what is in it."""
    postgresql.execute(
        "CREATE SCHEMA femte; GRANT ALL ON SCHEMA femte TO PUBLIC; CREATE TABLE femte.tabell (tall integer);"
        " GRANT ALL ON femte.tabell TO PUBLIC"
    )
    postgresql.commit()
    row = "('femte', 'A fifth one.'),\n    ('kontroll',"
    texts = [re.sub(r"\('kontroll',(?=\n +'FD-Trygd)", row, text) for text in objects.statements()]
    assert texts != objects.statements()
    monkeypatch.setattr(objects, "statements", lambda: texts)
    installation.upgrade(address(postgresql))
    grants = postgresql.execute(
        "SELECT c.relowner::regrole::text, a.grantee::regrole::text, a.privilege_type"
        " FROM pg_class AS c, aclexplode(c.relacl) AS a"
        " WHERE c.oid = 'femte.tabell'::regclass AND a.grantee <> c.relowner"
        " UNION ALL SELECT n.nspowner::regrole::text, a.grantee::regrole::text, a.privilege_type"
        " FROM pg_namespace AS n, aclexplode(n.nspacl) AS a WHERE n.nspname = 'femte' AND a.grantee <> n.nspowner"
    )
    assert set(grants) == {("fdtrygd_dba", "fdtrygd_laster", "SELECT"), ("fdtrygd_dba", "fdtrygd_laster", "USAGE")}
    said = postgresql.execute("SELECT obj_description('femte'::regnamespace, 'pg_namespace')").fetchone()
    assert said == ("A fifth one.",)


# ---------------------------------------------------------------------------------------------- making the roles


def test_who_may_make_roles_makes_them(admin: Connection, empty: Connection) -> None:
    """And becomes a member of the owner's role, from PostgreSQL 16 on too; a second time nothing is done."""
    maker = login(admin, "lager", "CREATEROLE")
    admin.execute(f"ALTER DATABASE {empty.info.dbname} OWNER TO {maker}")
    script = role_file(ROLES_FILE, f"{PREFIX}ny_")
    with log_in(maker, empty) as connection, connection.transaction(force_rollback=True):
        connection.execute(script)
        connection.execute(script)
        connection.execute(
            f"CREATE SCHEMA mitt; ALTER SCHEMA mitt OWNER TO {PREFIX}ny_dba; CREATE TABLE mitt.t (en integer);"
            f" ALTER TABLE mitt.t OWNER TO {PREFIX}ny_dba; ALTER TABLE mitt.t ADD ny integer"
        )
        assert connection.execute(
            "SELECT count(*) FILTER (WHERE NOT rolcanlogin AND shobj_description(oid, 'pg_authid') <> '')"
            " FROM pg_roles WHERE starts_with(rolname, %s)",
            [f"{PREFIX}ny_"],
        ).fetchone() == (4,)
    admin.execute(f"ALTER DATABASE {empty.info.dbname} OWNER TO CURRENT_USER")


def test_who_may_not_is_told_what_an_administrator_runs(admin: Connection, empty: Connection) -> None:
    """Statement by statement; run by him, they let the owner upgrade."""
    plain = login(admin, "bare")
    admin.execute(f"ALTER DATABASE {empty.info.dbname} OWNER TO {plain}")
    script = role_file(ROLES_FILE, f"{PREFIX}ny_")
    with log_in(plain, empty) as connection:
        with pytest.raises(psycopg.Error, match="administrator") as refused:
            connection.execute(script)
        assert refused.value.sqlstate == "FD005"
        statements = re.findall(r"^    (.*);$", str(refused.value), re.MULTILINE)
        assert [statement.split(" WITH ")[0].replace(PREFIX, "") for statement in statements] == [
            *(f"CREATE ROLE ny_{role} NOLOGIN" for role in ROLES),
            "GRANT ny_analytiker TO ny_fnr",
            "GRANT ny_dba TO bare",
            f"GRANT CREATE ON DATABASE {empty.info.dbname} TO ny_dba",
            f"GRANT TEMPORARY ON DATABASE {empty.info.dbname} TO ny_dba",
        ]
        with psycopg.connect(address(empty), autocommit=True) as administrator:
            for statement in statements:
                administrator.execute(statement.encode())
        connection.execute(script)
    with psycopg.connect(address(empty), autocommit=True) as administrator:
        administrator.execute(f"DROP OWNED BY {PREFIX}ny_dba")
        for role in ROLES:
            administrator.execute(f"DROP ROLE {PREFIX}ny_{role}")
    admin.execute(f"ALTER DATABASE {empty.info.dbname} OWNER TO CURRENT_USER")


def test_two_databases_are_upgraded_at_the_same_moment(empty: Connection, admin: Connection) -> None:
    """They share the roles: the second waits for what the first has made, and goes on."""
    script = role_file(ROLES_FILE, f"{PREFIX}samtidig_")
    with psycopg.connect(address(empty)) as first, psycopg.connect(address(empty), autocommit=True) as second:
        first.execute(script)
        waits = threading.Thread(target=second.execute, args=[script])
        waits.start()
        blocked = "SELECT cardinality(pg_blocking_pids(%s)) > 0"
        eventually(lambda: bool(database.scalar(admin, blocked, second.info.backend_pid)))
        first.commit()
        waits.join(120)
        assert not waits.is_alive()
        assert second.execute(
            "SELECT count(*) FROM pg_roles WHERE starts_with(rolname, %s)", [f"{PREFIX}samtidig_"]
        ).fetchone() == (4,)
        second.execute(f"DROP OWNED BY {PREFIX}samtidig_dba")
