"""Logins of the tests' own, each a member of one of the product's roles, and what each may call."""

import contextlib
import getpass
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from pytest_postgresql.executors import NoopExecutor

from conftest import address, qualified

Connection = psycopg.Connection[Any]

ROLES = ("dba", "laster", "analytiker", "fnr", "utlevering", "statistiker")
#: The tests' logins begin so: several runs may share a server.
PREFIX = f"prove_{os.getpid()}_"
PASSWORD = "prove"
#: What the functions of arbsok/analyse are called with, by the type of the argument; two dates are a span.
SPAN = ["2001-07-31", "2002-06-30"]
BY_TYPE = {"date": SPAN, "timestamp without time zone": SPAN, "text": ["dag"], "text[]": ["{dag}"]}
#: … and by the parameter, where any word of the type will not do.
BY_NAME = {"p_funksjon": ["varighet"]}


@pytest.fixture(scope="session")
def admin(test_server: str, postgresql_noproc: NoopExecutor) -> Iterator[Connection]:
    """The administrator, in the server's own database; logins of the tests go when he does."""
    with psycopg.connect(test_server, autocommit=True) as connection:
        if not os.environ.get("FDTRYGD_TEST_URL"):
            # The embedded server asks the kernel who is calling: let this process be the tests' logins too
            (ident,) = connection.execute("SHOW ident_file").fetchone() or ("",)
            with Path(ident).open("a", encoding="utf-8") as file:
                file.write(f'owner "{getpass.getuser()}" "/^{PREFIX}"\n')
            connection.execute("SELECT pg_reload_conf()")
        yield connection
        for (name,) in connection.execute("SELECT rolname FROM pg_roles WHERE starts_with(rolname, %s)", [PREFIX]):
            connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(name)))


def login(admin: Connection, name: str, attributes: str = "") -> str:
    """A login of that name; its own."""
    admin.execute(f"CREATE ROLE {PREFIX}{name} LOGIN {attributes} PASSWORD '{PASSWORD}'")
    return f"{PREFIX}{name}"


@pytest.fixture(scope="session")
def logins(admin: Connection) -> dict[str, str]:
    """Of each role of the product a member."""
    names = {role: login(admin, role) for role in ROLES}
    for role, name in names.items():
        admin.execute(f"GRANT fdtrygd_{role} TO {name}")
    return names


def address_as(user: str, connection: Connection) -> str:
    """The address of the connection's database for another user."""
    parts = conninfo_to_dict(address(connection)) | {"user": user, "password": PASSWORD}
    return make_conninfo(**{key: value for key, value in parts.items() if value})


def log_in(user: str, connection: Connection) -> Connection:
    """That user, in the connection's database. A server that was just told of him may need a moment."""
    for _ in range(50):
        with contextlib.suppress(psycopg.OperationalError):
            return psycopg.connect(address_as(user, connection), autocommit=True)
        time.sleep(0.1)
    return psycopg.connect(address_as(user, connection), autocommit=True)


def calls(connection: Connection) -> list[str]:
    """Queries that call every function the user may call."""
    functions = connection.execute(
        "SELECT p.proname, p.pronargs - p.pronargdefaults, p.proargnames,"
        " array(SELECT format_type(t, NULL) FROM unnest(p.proargtypes) AS t)"
        " FROM pg_proc AS p"
        " WHERE p.pronamespace IN (SELECT skjema FROM trygdfob.skjema) AND has_function_privilege(p.oid, 'EXECUTE')"
    )
    queries = []
    for name, needed, parameters, types in functions:
        given: list[str] = []
        for parameter, kind in list(zip(parameters, types, strict=False))[:needed]:
            values = BY_NAME.get(parameter) or BY_TYPE.get(kind, ["1"])
            given.append(f"'{values[min(sum(f'::{kind}' in each for each in given), len(values) - 1)]}'::{kind}")
        queries.append(f"SELECT t FROM {qualified(name)}({', '.join(given)}) AS t")
    return queries
