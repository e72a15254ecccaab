"""A database that a loader has loaded, and its users: each is a member of one of the product's roles."""

import contextlib
import re
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from fdtrygd import lasting
from fdtrygd.db import objects
from psycopg import errors
from pytest_postgresql.executors import NoopExecutor

from conftest import Silent, own_database
from loaded import Files
from logins import log_in

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


@pytest.fixture(scope="session")
def owner(logins: dict[str, str], postgresql_noproc: NoopExecutor, files: Files) -> Iterator[Connection]:
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


@pytest.fixture(scope="session")
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


def everything(connection: Connection, query: str) -> str:
    """The query's whole result as text."""
    return "\n".join(" ".join(map(str, row)) for row in connection.execute(query).fetchall())


#: What functions with the owner's rights could take for their own, were it found first. Each says so when the owner
#: calls it.
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
