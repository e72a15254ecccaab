"""The program's session is its own: what a server, a database, a role, the environment or a URI sets does not change
what a command does or says.

Every command of the program runs in each of these tests: one that is new has to be put into `COMMANDS`.
"""

import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest
import typer
from fdtrygd import cli, lasting, settings, synthetic
from fdtrygd import files as month_files
from fdtrygd.db import database, objects
from fdtrygd.rapport import charts
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from pytest_postgresql.executors import NoopExecutor
from typer.testing import CliRunner

from conftest import Silent, address, own_database, qualified
from contents import CLOCK, fingerprint
from logins import PREFIX, calls, login
from population import made_up

Connection = psycopg.Connection[Any]
FDTRYGD = Path(sys.executable).with_name("fdtrygd")

#: Every command, in an order in which they can follow each other; {…} is filled in by `Clone`.
COMMANDS = {
    "check-files": ["check-files", "2002", "--data", "{files}"],
    "load-year": ["load-year", "2002", "--data", "{files}", "--jobs", "2"],
    "status": ["status", "--verbose"],
    "check": ["check", "--jobs", "2"],
    "report": ["report", "2002", "--out", "{report}"],
    "forklar": ["forklar", "{fnr}"],
    "register load": ["register", "load", "{population}"],
    "statistics make": ["statistics", "make", "2001M12"],
    "statistics audit": ["statistics", "audit", "2001M12"],
    "statistics approve": ["statistics", "approve", "2001M12"],
    "statistics publish": ["statistics", "publish", "2001M12", "--out", "{site}", "--alone", "--why", "prøve"],
    "statistics official": [
        "statistics",
        "official",
        "{site}/data/arbeidssokere/2001M12-1/ikke_bosatte.csv",
        "--source",
        "SSB",
    ],
    "project create": ["project", "create", "{project}"],
    "deliver": ["deliver", "{order}", "--out", "{delivery}"],
    "redeliver": ["redeliver", "1", "--out", "{repeat}"],
    "compare-deliveries": ["compare-deliveries", "{delivery}", "{repeat}", "--out", "{compared}"],
    "flatfile": ["flatfile", "2001", "--out", "{flat}", "--why", "prøve"],
    "microdata": ["microdata", "--to", "2001-12-31", "--out", "{microdata}", "--why", "prøve"],
    "project list": ["project", "list"],
    "project close": ["project", "close", "alle"],
    "project destroy": ["project", "destroy", "alle"],
    "official import": ["official", "import", "{figures}"],
    "db upgrade": ["db", "upgrade"],
    "db psql": ["db", "psql", "-X", "-At", "-c", "select count(*) from tilfelle"],
    "db backup": ["db", "backup", "{backup}"],
    "unload-year": ["unload-year", "2002"],
    "db restore": ["db", "restore", "{backup}"],
}
#: These have nothing to do with a database.
WITHOUT_DATABASE = {"synthetic", "synthetic-register", "db stop", "db url"}
#: What is an administrator's, and what is of whoever makes statistics or deliveries; all else is the loader's.
OF_DBA = {"db upgrade", "db backup", "db restore", "project create", "project close", "project destroy"}
OF_STATISTICS = {name for name in COMMANDS if name.startswith("statistics")}
OF_DELIVERIES = {"deliver", "redeliver", "compare-deliveries", "microdata", "project list"}
#: What deliveries, registers and statistics write, which has times and a key that is drawn
DELIVERIES = (
    "avslag", "avsloringskontroll", "bestilling", "folkeregisterversjon", "kjennemerkesett", "person_i_liste",
    "prosjekt", "prosjektnokkel", "publisert_fil", "utlevering", "utlevert_fil", "utlevert_tabell", "versjon",
)  # fmt: skip
PROJECT = """
prosjekt = "alle"
tittel = "Prøve"
vedtak = "ingen"
gyldig_til = 2999-12-31
slettes_etter = 2999-12-31
former = ["periode"]
variabler = "alle"
"""
ORDER = """
prosjekt = "alle"
bestilling = "alt"
til = 2001-12-31
populasjon = { alle = true }
tabell = [{ navn = "perioder", form = "periode", formater = ["csv", "parquet", "dta", "sav"] }]
"""

#: As the commands and the report write it
MOMENT = r"\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?|\d\d\.\d\d\.\d{4} kl\. \d\d\.\d\d\.\d\d"
#: Seconds, and how large a backup is
VARYING = r"\b\d+\.\d\b|\b\d+ kB"
#: How far a command has come, which depends on how fast it went
PROGRESS = r" – \d+ %, [^\n]* left(; longer than reckoned)?"
LOG = ("kjorelogg", "kontrollkjoring", "kontrollresultat", "kontrollfunn")


def commands(group: Any, *before: str) -> set[str]:
    """Every command that the program has, with the groups in front of its name."""
    return {
        name
        for key, command in group.commands.items()
        for name in (commands(command, *before, key) if hasattr(command, "commands") else {" ".join([*before, key])})
    }


def test_every_command_is_tried() -> None:
    assert commands(typer.main.get_command(cli.app)) == COMMANDS.keys() | WITHOUT_DATABASE


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("session") / "files"
    synthetic.make(path, last=(2002, 12), persons=60)
    return path


@pytest.fixture(scope="module")
def original(
    admin: Connection,
    logins: dict[str, str],
    postgresql_noproc: NoopExecutor,
    files: Path,
) -> Iterator[str]:
    """A database with 2001 of a small register; each test gets a copy. Its name."""
    with own_database(postgresql_noproc, "session") as connection:
        connection.autocommit = True
        year = month_files.find_month_files(files)[2001]
        lasting.load_year(connection, 2001, year, synthetic=True, progress=Silent())
        admin.execute(f"GRANT fdtrygd_laster TO {logins['dba']}")
        admin.execute(f"GRANT fdtrygd_utlevering, fdtrygd_fnr TO {login(admin, 'session')}")
        name = str(connection.info.dbname)
        connection.close()
        yield name


@pytest.fixture(scope="module", autouse=True)
def drawn_once() -> Iterator[None]:
    """A chart is drawn where what is to be drawn is new: it is half of all that is done here."""
    chart, drawn = charts.chart, {}

    def drawn_before(*words: Any) -> charts.Chart:
        *said, draw = words
        what = repr((said, draw.__qualname__, [cell.cell_contents for cell in draw.__closure__]))
        drawn[what] = drawn.get(what) or chart(*words)
        return drawn[what]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(charts, "chart", drawn_before)
        yield


class Clone:
    """A copy of that database, and the program on it."""

    def __init__(self, admin: Connection, name: str, users: dict[str, str], files: Path, path: Path) -> None:
        self.address = make_conninfo(address(admin), dbname=name)
        self.users = users | {"deliveries": f"{PREFIX}session"}
        self.name, self.files, self.path = name, files, path

    def __enter__(self) -> "Clone":
        self.administrator = database.connect(self.address)
        (self.fnr,) = self.administrator.execute(
            "SELECT min(fnr) FROM trygdfob.f_arbsok WHERE kode = '2' AND aargang = 2001"
        ).fetchone() or ("",)
        return self

    def __exit__(self, *error: object) -> None:
        self.administrator.close()

    def as_user(self, role: str) -> str:
        """The URI for the member of a role."""
        parts = conninfo_to_dict(self.address) | {"user": self.users[role], "password": "prove"}
        parts = {key: str(value) for key, value in parts.items() if value}
        return "postgresql:///?" + "&".join(f"{key}={value.replace('/', '%2F')}" for key, value in parts.items())

    def run(self, name: str) -> str:
        """What a command says; it has to succeed."""
        figures = self.path / "nav.csv"
        figures.write_text("aargang,hoved,offisiell,filene\n2001,1,100,\n2001,2,..,7\n")
        report = self.path / "rapport.html"
        backup = self.path / "backup"
        fill = {"files": self.files, "report": report, "fnr": self.fnr, "figures": figures, "backup": backup}
        for toml, content in (("project", PROJECT), ("order", ORDER)):
            fill[toml] = self.path / f"{toml}.toml"
            fill[toml].write_text(content, encoding="utf-8")
        if name == "register load":
            fill["population"] = made_up([f"01810{number:06}" for number in range(20)]).write(self.path / "population")
        folders = ("delivery", "repeat", "compared", "flat", "microdata", "site")
        fill |= {folder: self.path / folder for folder in folders}
        command = [part.format(**fill) for part in COMMANDS[name]]
        users = {"dba": OF_DBA, "deliveries": OF_DELIVERIES, "statistiker": OF_STATISTICS}
        to = self.as_user(next((user for user, his in users.items() if name in his), "laster"))
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("FDTRYGD_DATABASE_URL", to)
            if name == "db psql":  # it becomes psql, the user's own session: he gets there what he asks for
                patch.delenv("PGOPTIONS", raising=False)
                done = subprocess.run([FDTRYGD, *command], check=False, capture_output=True, text=True)
                said, status = done.stdout + done.stderr, done.returncode
            else:
                result = CliRunner().invoke(cli.app, command, catch_exceptions=False)
                said, status = result.output, result.exit_code
        assert status == 0, (name, said)
        return report.read_text(encoding="utf-8") if name == "report" else said

    def register(self) -> str:
        """What the register is, without the history of what was done to it."""
        return str(sorted(fingerprint(self.administrator, without=CLOCK, but=LOG + DELIVERIES).items()))

    def round(self) -> dict[str, str]:
        """What every command says, without the times that things took and happened; and what the register is then."""
        said = {}
        for name in COMMANDS:
            if name == "unload-year":
                said["register"] = self.register()
            if name == "db restore":  # into a database without the schema
                said["register before 2002"] = self.register()
                self.administrator.execute(f"DROP SCHEMA {', '.join(objects.schemas())} CASCADE")
            text, _, _ = self.run(name).partition('<section id="kjorelogg"')
            text = re.sub(MOMENT, "(a moment)", text.replace(str(self.path), "(folder)"))
            text = re.sub(PROGRESS, "", text)
            said[name] = text if name == "report" else re.sub(VARYING, "(a figure)", text)
        assert self.register() == said["register"]
        return said


@pytest.fixture(scope="module")
def clone(
    admin: Connection,
    logins: dict[str, str],
    original: str,
    files: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[[], Clone]]:
    """Makes copies."""
    made: list[str] = []

    def make(of: str = original) -> Clone:
        made.append(f"{original}_{len(made)}")
        admin.execute(f"CREATE DATABASE {made[-1]} TEMPLATE {of}")
        admin.execute(f"GRANT CREATE ON DATABASE {made[-1]} TO fdtrygd_dba")
        return Clone(admin, made[-1], logins, files, tmp_path_factory.mktemp("rapport"))

    yield make
    for name in made:
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def usual(clone: Callable[[], Clone]) -> dict[str, str]:
    """What the commands say where nobody has set anything."""
    with clone() as copy:
        return copy.round()


# ------------------------------------------------------------------------------------------------------------ settings

#: Protection that somebody has put up, and what is a transaction's own: these are left alone.
LEFT = {"default_transaction_read_only", "transaction_read_only", "transaction_isolation", "transaction_deferrable"}
#: What has neither two values nor a list of them. The servers know no zone farther east.
ODD = {
    "client_encoding": "LATIN1",
    "datestyle": "German",
    "timezone": "Pacific/Kiritimati",
    "search_path": '"$user", public, pg_catalog',
    "client_min_messages": "error",
    "extra_float_digits": "-15",
    "plpgsql.extra_errors": "all",
    "plpgsql.extra_warnings": "all",
    # Not less: on a busy machine a session may wait for so long before its first statement
    "idle_session_timeout": "5000",
    "idle_in_transaction_session_timeout": "5000",
    "from_collapse_limit": "1",
    "join_collapse_limit": "1",
    "temp_buffers": "100",
    "work_mem": "64",
    "cursor_tuple_fraction": "1",
}


def odd(connection: Connection, which: int) -> dict[str, str]:
    """Every setting that a user may have on or off, or that has a list of values, as it is not shipped; and `ODD`."""
    rows = connection.execute(
        "SELECT name, boot_val, CASE vartype WHEN 'bool' THEN '{on,off}'::text[] ELSE enumvals END FROM pg_settings"
        " WHERE context = 'user' AND vartype IN ('bool', 'enum') AND name <> ALL (%s)",
        [list(LEFT)],
    )
    others = {name: [value for value in values if value != shipped] for name, shipped, values in rows}
    found = {name: values[which] for name, values in others.items() if values}
    assert found["default_transaction_isolation"] != "read committed"
    assert found["standard_conforming_strings"] == found["enable_hashjoin"] == "off"
    assert len(found) > 50
    return found | ODD


def options(settings: dict[str, str]) -> str:
    """As libpq's `options` and PGOPTIONS take them."""
    return " ".join(
        f"-c {name}={value}".replace(" ", "\\ ").replace("-c\\ ", "-c ") for name, value in settings.items()
    )


@contextmanager
def as_set(copy: Clone, admin: Connection, where: str, settings: dict[str, str]) -> Iterator[None]:
    """These settings for everybody in the database, for the three logins, or in the environment."""
    if where == "environment":
        with pytest.MonkeyPatch.context() as patch:
            named = {"client_encoding": "PGCLIENTENCODING", "datestyle": "PGDATESTYLE", "timezone": "PGTZ"}
            for name, variable in named.items():
                if name in settings:
                    patch.setenv(variable, settings[name])
            patch.setenv("PGOPTIONS", options({key: v for key, v in settings.items() if key not in named}))
            yield
        return
    logins = [f"ROLE {copy.users[role]}" for role in ("laster", "dba", "deliveries", "statistiker")]
    whose = [f"DATABASE {copy.name}"] if where == "database" else logins
    try:
        for each in whose:
            for name, value in settings.items():
                said = sql.SQL(value if name == "search_path" else "{}").format(sql.Literal(value))
                admin.execute(sql.SQL("ALTER {} SET {} = {}").format(sql.SQL(each), sql.SQL(name), said))
        yield
    finally:
        for each in whose:
            admin.execute(sql.SQL("ALTER {} RESET ALL").format(sql.SQL(each)))


@pytest.mark.parametrize(
    "settings",
    [
        {"datestyle": "German"},
        {"datestyle": "SQL, DMY"},
        {"client_encoding": "LATIN1"},
        {"default_transaction_isolation": "repeatable read"},
        {"default_transaction_isolation": "serializable"},
        {"enable_partition_pruning": "off"},
        {"array_nulls": "off"},
    ],
    ids=lambda settings: " ".join(settings.values()),
)
def test_nor_does_one_that_stopped_it_once(
    admin: Connection,
    clone: Callable[[], Clone],
    settings: dict[str, str],
) -> None:
    """Alone, so that none of them hides another one; the report is left out, since drawing it takes a second."""
    with clone() as copy, as_set(copy, admin, "database", settings):
        for name in ("load-year", "status", "official import", "unload-year"):
            copy.run(name)


def test_the_uris_options_are_kept_and_ours_win(clone: Callable[[], Clone]) -> None:
    """What protects the server stays; a load's further sessions have the same."""
    ours = {"search_path": "pg_catalog, pg_temp", "DateStyle": "ISO, YMD", "client_encoding": "UTF8", "TimeZone": "UTC"}
    ours |= {"idle_session_timeout": "0", "idle_in_transaction_session_timeout": "0"}
    theirs = {"statement_timeout": "70s", "lock_timeout": "80s", "default_transaction_read_only": "on"}
    said = {"search_path": "public", "datestyle": "German", "timezone": "Asia/Tokyo", **theirs}
    said |= {"idle_session_timeout": "60s", "idle_in_transaction_session_timeout": "60s"}
    with clone() as copy:
        to = make_conninfo(copy.address, options=options(said), client_encoding="LATIN1")
        with database.connect(to) as first, database.another(first) as second:
            for connection in (first, second):
                found = {name: database.scalar(connection, f"SHOW {name}") for name in ours | theirs}
                assert found == ours | theirs


def test_triggers_fire(clone: Callable[[], Clone]) -> None:
    """Also where a superuser has turned them off for his sessions: one of them guards the settings."""
    with clone() as copy:
        to = make_conninfo(copy.address, options="-c session_replication_role=replica")
        with database.connect(to) as connection, pytest.raises(psycopg.Error, match="a year is loaded"):
            connection.execute("UPDATE trygdfob.innstilling SET serie_start = '2002-01-01'")


def test_moments_are_those_of_the_clock_on_the_wall(
    clone: Callable[[], Clone], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the command runs, not where the server stands."""
    with clone() as copy:
        (loaded,) = copy.administrator.execute("SELECT lastet FROM trygdfob.lastet_aargang").fetchone() or (None,)
        assert isinstance(loaded, datetime)
        for zone in ("Asia/Tokyo", "America/Lima"):
            monkeypatch.setenv("TZ", zone)
            time.tzset()
            assert f"{loaded.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}" in copy.run("status")
            monkeypatch.undo()
            time.tzset()


# ------------------------------------------------------------------------------------------------------------- objects

#: Who may create something in `public` puts this there: whatever of it is called says so, and the sequence remembers it
#: where the error is swallowed. Operators and functions as PostgreSQL has them, and for varchar, which fits better than
#: text; aggregates; relations and types by name. (A cast belongs to the owner of a type: nobody can put one in front.)
TRAPS = """
CREATE SCHEMA utloser;
CREATE SEQUENCE utloser.fanget;
CREATE FUNCTION utloser.fang(hva text) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
    AS $$ BEGIN PERFORM nextval('utloser.fanget'); RAISE 'caught by %', hva; END $$;
GRANT USAGE ON SCHEMA utloser, public TO PUBLIC;

CREATE PROCEDURE utloser.legg(setning text, VARIADIC navn text[]) LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    EXECUTE format(setning, VARIADIC navn || format('BEGIN PERFORM utloser.fang(%L); RETURN NULL; END', navn[1]));
EXCEPTION WHEN OTHERS THEN NULL; -- there is none like it: PL/pgSQL takes no "any" and no internal
END $$;

DO $do$
DECLARE
    r record;
    etter text := 'LANGUAGE plpgsql AS %';
    felle text;
BEGIN
    FOR r IN
        SELECT o.oprname AS navn, replace(o.oprleft::regtype::text, a.fra, a.til) AS venstre,
            replace(o.oprright::regtype::text, b.fra, b.til) AS hoyre, o.oprresult::regtype::text AS svar,
            row_number() OVER () AS nr
        FROM pg_operator AS o
        CROSS JOIN (VALUES ('', ''), ('text', 'varchar')) AS a (fra, til)
        CROSS JOIN (VALUES ('', ''), ('text', 'varchar')) AS b (fra, til)
        WHERE o.oprleft <> 0 AND (a.fra = '' OR o.oprleft = 'text'::regtype)
            AND (b.fra = '' OR o.oprright = 'text'::regtype)
    LOOP
        CALL utloser.legg('CREATE FUNCTION public.op' || r.nr || '(%2$s, %3$s) RETURNS %4$s ' || etter || '5$L;'
            'CREATE OPERATOR public.%1$s (FUNCTION = public.op' || r.nr || ', LEFTARG = %2$s, RIGHTARG = %3$s)',
            r.navn, r.venstre, r.hoyre, r.svar);
    END LOOP;
    FOR r IN
        SELECT DISTINCT p.prokind AS slag, p.proname AS navn, p.pronargs AS antall,
            CASE WHEN v.v THEN regexp_replace(g.arg, '\\mtext\\M', 'varchar', 'g') ELSE g.arg END AS arg,
            CASE WHEN p.proretset THEN 'SETOF ' ELSE '' END || p.prorettype::regtype AS svar
        FROM pg_proc AS p
        CROSS JOIN LATERAL (SELECT pg_get_function_identity_arguments(p.oid) AS arg) AS g
        CROSS JOIN (VALUES (false), (true)) AS v (v)
        WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.prokind IN ('f', 'a') AND p.proname = ANY (%(names)s)
    LOOP
        felle := CASE r.slag WHEN 'f' THEN r.navn ELSE 'agg_' || r.navn END;
        CALL utloser.legg('CREATE FUNCTION public.%2$I('
            || CASE r.slag WHEN 'a' THEN concat_ws(', ', r.svar, nullif(r.arg, '')) ELSE r.arg END
            || ') RETURNS %3$s ' || etter || '4$L', r.navn, felle, r.svar);
        IF r.slag = 'a' THEN
            CALL utloser.legg('CREATE AGGREGATE public.%1$I(' || coalesce(nullif(r.arg, ''), '*')
                || ') (SFUNC = public.%2$I, STYPE = %3$s)', r.navn, felle, r.svar);
        END IF;
    END LOOP;
    FOR r IN
        SELECT DISTINCT c.relname AS navn FROM pg_class AS c
        WHERE (c.relnamespace IN (SELECT skjema FROM trygdfob.skjema) OR c.relnamespace = 'pg_catalog'::regnamespace)
            AND c.relkind IN ('r', 'v', 'm')
    LOOP
        CALL utloser.legg('CREATE VIEW public.%1$I AS SELECT utloser.fang(%1$L) AS fanget', r.navn);
    END LOOP;
    FOR r IN
        SELECT t.typname AS navn FROM pg_type AS t
        WHERE t.typnamespace = 'pg_catalog'::regnamespace AND t.typtype = 'b' AND t.typelem = 0
    LOOP
        CALL utloser.legg('CREATE DOMAIN public.%1$I AS pg_catalog.%1$I CHECK (utloser.fang(%1$L))', r.navn);
    END LOOP;
END $do$;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO PUBLIC;
"""
#: What must be caught by somebody who has it in front, or the test below says nothing
CAUGHT = (
    "SELECT '1'::varchar = '1'::varchar", "SELECT pg_catalog.now() < pg_catalog.now()", "SELECT 1 + 1",
    "SELECT length('a')", "SELECT left('a'::varchar, 1)", "SELECT count(*) FROM pg_catalog.pg_class",
    "SELECT max('a'::varchar)", "SELECT DATE '2001-01-01' - DATE '2001-01-01'", "SELECT 'a'::text",
    "TABLE tilfelle", "TABLE pg_class", "SELECT ARRAY[1] || ARRAY[2]", "SELECT to_char(1, '0')", "SELECT sum(1)",
    "SELECT ARRAY[1] @> ARRAY[2]", "SELECT '[1,2]'::int4range @> 1", "SELECT clock_timestamp()", "SELECT 'a' ~ 'b'",
)  # fmt: skip


def names_in_use() -> list[str]:
    """Every name that is called like a function somewhere in the product."""
    sources = [*settings.ROOT.glob("sql/**/*.sql"), *settings.ROOT.glob("fdtrygd/**/*.py")]
    text = " ".join(file.read_text(encoding="utf-8") for file in sources)
    return sorted(set(re.findall(r"\b([a-z_][a-z0-9_]*)\(", text)))


@pytest.fixture(scope="module")
def hostile(clone: Callable[..., Clone]) -> str:
    """A copy in which an analyst has put all of that into schema public; its name."""
    with clone() as copy:
        analyst = copy.users["analytiker"]
        copy.administrator.execute(
            f"GRANT CREATE ON DATABASE {copy.name} TO {analyst}; GRANT CREATE ON SCHEMA public TO {analyst};"
            f"SET ROLE {analyst}"
        )
        copy.administrator.execute(TRAPS.replace("%(names)s", f"'{{{','.join(names_in_use())}}}'"))
    return copy.name


def caught(copy: Clone) -> bool:
    """Whether anything of it was ever called."""
    return bool(database.scalar(copy.administrator, "SELECT is_called FROM utloser.fanget"))


def test_traps_catch(clone: Callable[..., Clone], hostile: str) -> None:
    with clone(hostile) as copy:
        assert not caught(copy)
        for query in CAUGHT:
            with (
                psycopg.connect(copy.as_user("laster"), options="-c search_path=public,pg_catalog") as connection,
                pytest.raises(psycopg.Error, match="caught by"),
            ):
                connection.execute(query)
        assert caught(copy)


@pytest.mark.parametrize(("places", "which"), [(["database", "role"], 0), (["environment"], -1)])
def test_nothing_that_others_set_or_make_changes_a_command(
    admin: Connection, clone: Callable[..., Clone], hostile: str, usual: dict[str, str], places: list[str], which: int
) -> None:
    """All settings at once, each in one of the places; and `public`, first in the search path, holds something in front
    of whatever is called.
    """
    settings = list(odd(admin, which).items())
    with clone(hostile) as copy, ExitStack() as stack:
        for number, place in enumerate(places):
            stack.enter_context(as_set(copy, admin, place, dict(settings[number :: len(places)])))
        assert copy.round() == usual
        assert not caught(copy)


def test_nor_in_the_users_own_schema(
    admin: Connection, clone: Callable[..., Clone], hostile: str, usual: dict[str, str]
) -> None:
    """Where somebody else may create; and with the path that every server has from the start."""
    with clone(hostile) as copy:
        copy.administrator.execute(f"ALTER SCHEMA public RENAME TO {copy.users['laster']}")
        with as_set(copy, admin, "role", {"search_path": '"$user", pg_catalog'}):
            assert copy.round() == usual
        for name in ("check", "unload-year", "load-year"):
            copy.run(name)
        assert not caught(copy)


#: What a DROP … CASCADE would take along
HOW_MANY = """
    SELECT (SELECT count(*) FROM pg_class WHERE relnamespace IN (SELECT skjema FROM trygdfob.skjema)),
        (SELECT count(*) FROM pg_proc WHERE pronamespace IN (SELECT skjema FROM trygdfob.skjema)),
        (SELECT count(*) FROM pg_constraint WHERE connamespace IN (SELECT skjema FROM trygdfob.skjema)),
        (SELECT count(*) FROM pg_attrdef AS d JOIN pg_class AS c ON c.oid = d.adrelid
            WHERE c.relnamespace IN (SELECT skjema FROM trygdfob.skjema))
"""


def test_nor_while_the_schema_is_installed(admin: Connection, clone: Callable[..., Clone], hostile: str) -> None:
    """Nothing of it gets into a view, a default or a function that others call later."""
    with clone(hostile) as copy, as_set(copy, admin, "database", {"search_path": "public, pg_catalog"}):
        copy.administrator.execute(f"DROP SCHEMA {', '.join(objects.schemas())} CASCADE")
        for name in ("db upgrade", "load-year", "check", "forklar"):
            copy.run(name)
        assert not caught(copy)
        before = copy.administrator.execute(HOW_MANY).fetchone()
        copy.administrator.execute("DROP SCHEMA public, utloser CASCADE")
        assert copy.administrator.execute(HOW_MANY).fetchone() == before


@pytest.mark.parametrize("role", ["analytiker", "fnr"])
def test_nothing_in_front_is_called_in_what_analysts_read(clone: Callable[..., Clone], hostile: str, role: str) -> None:
    """Every view and function: with the other analyst's things first in their search path it gives the same rows."""
    readable = "SELECT relname::text FROM pg_class WHERE relnamespace IN (SELECT skjema FROM trygdfob.skjema)" + (
        " AND relkind IN ('r', 'v') AND has_table_privilege(%s, oid, 'SELECT') ORDER BY 1"
    )
    with clone(hostile) as copy:
        relations = [name for (name,) in copy.administrator.execute(readable, [copy.users[role]])]
        with psycopg.connect(copy.as_user(role), autocommit=True) as connection:
            connection.execute("SET search_path = pg_catalog")
            # The caller's own words are his business: here the types are PostgreSQL's
            called = [re.sub(r"::(date|text)\b", r"::pg_catalog.\1", call) for call in calls(connection)]
            queries = [f"SELECT t FROM {qualified(name)} AS t" for name in relations] + called
            assert len(relations) > 25
            assert len(called) > 10
            before = [sorted(map(str, connection.execute(query).fetchall())) for query in queries]
            connection.execute("SET search_path = public, arbsok, trygdfob, pg_catalog")
            for query, rows in zip(queries, before, strict=True):
                assert sorted(map(str, connection.execute(query).fetchall())) == rows, query
        assert not caught(copy)
