"""Upgrades, which are the owner's: who may, what they leave alone, and grants that somebody has made by hand."""

import re
from pathlib import Path

import psycopg
import pytest
from fdtrygd.db import database, installation, objects
from fdtrygd.errors import UserError

from commands import here
from conftest import address, qualified
from contents import dump, fingerprint
from logins import address_as, log_in, login
from older import back_to_0017
from users import Connection, everything


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
    """The sums of years that were loaded before there were sums, too; and F_ARBSOK becomes what it is today."""
    # Not deliveries, which 0017 does not have and other tests here have made, nor a key that is drawn
    deliveries = (
        "avrundingsnokkel",
        "avslag", "bestilling", "liste_inn", "person_i_liste", "prosjekt", "prosjektnokkel", "utlevering",
        "utlevert_fil", "utlevert_tabell",
    )  # fmt: skip
    before = fingerprint(owner, without=("lagt_inn",), but=deliveries), dump(owner)
    for table in ("miniregister_tall", "registrering_tall", "forlop_tall", "varighet_tall", "maanedsfil_tall"):
        owner.execute(f"DELETE FROM {qualified(table)}")
    back_to_0017(owner)
    owner.execute("UPDATE trygdfob.alembic_version SET version_num = '0015'")
    owner.execute(f"GRANT CREATE ON DATABASE {owner.info.dbname} TO fdtrygd_dba")
    installation.upgrade(address_as(logins["dba"], owner))
    owner.execute("SELECT arbsok_lasting.gjenskap_lopende(2002)")  # as unloading 2002 would begin
    assert (fingerprint(owner, without=("lagt_inn",), but=deliveries), dump(owner)) == before


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
