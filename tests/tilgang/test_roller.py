"""Making the roles: by whoever may, or by an administrator, who is told what to run."""

import re
import threading

import psycopg
import pytest
from fdtrygd.db import database, objects

from conftest import address, eventually
from logins import PREFIX, ROLES, log_in, login
from users import Connection


def role_file(text: str, prefix: str) -> str:
    """A file of tilgang for roles of another name."""
    return re.sub(r"fdtrygd_(?=dba|laster|analytiker|fnr|utlevering|statistiker)", prefix, text)


ROLES_FILE = (objects.DIRECTORY / "tilgang" / "roller.sql").read_text(encoding="utf-8")


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
        ).fetchone() == (len(ROLES),)
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
        ).fetchone() == (len(ROLES),)
        second.execute(f"DROP OWNED BY {PREFIX}samtidig_dba")
