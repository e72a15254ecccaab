"""The schema: alembic's tables and, after them, the objects of sql/objects; online, as a script, again, and broken."""

import contextlib
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from fdtrygd import cli, lasting, settings, synthetic
from fdtrygd import files as month_files
from fdtrygd.db import database, installation, locks, objects, server
from fdtrygd.errors import UserError
from psycopg.conninfo import make_conninfo
from pytest_postgresql.executors import NoopExecutor
from typer.testing import CliRunner

from commands import alembic, here, run
from conftest import Silent, address, instead_of_waiting, offending, own_database, qualified
from contents import content, dump, spelled_alike
from loaded import Files, made, name_of
from older import back_to_0017

Connection = psycopg.Connection[Any]
NEWEST = installation.newest_revision()
NEXT = f"{int(NEWEST) + 1:04}"
REVISION = f'''"""A table more, for these tests.

Revision ID: {NEXT}
Revises: {NEWEST}
"""

from alembic import op

revision = "{NEXT}"
down_revision = "{NEWEST}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE TABLE trygdfob.nyhet (tekst text)")
'''


def schemas(connection: Connection) -> int:
    """1 where the schema is there, else 0."""
    connection.rollback()
    return int(database.scalar(connection, "SELECT count(*) FROM pg_namespace WHERE nspname = 'trygdfob'"))


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with a revision more than this one; `installation.upgrade` and `alembic` in it use it."""
    shutil.copytree(settings.ROOT / "migrations", tmp_path / "migrations")
    shutil.copytree(settings.ROOT / "sql", tmp_path / "sql")
    shutil.copy(settings.ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "migrations" / "versions" / f"{NEXT}_nyhet.py").write_text(REVISION)
    monkeypatch.setattr(settings, "ROOT", tmp_path)
    return tmp_path


def tables(connection: Connection) -> tuple[str | None, str | None]:
    """The revision that the database says it has, and the new table's name where it is there."""
    connection.rollback()
    found = connection.execute(
        "SELECT (SELECT version_num FROM trygdfob.alembic_version), to_regclass('trygdfob.nyhet')::text"
    ).fetchone()
    connection.rollback()
    assert found
    return found


# ----------------------------------------------------------------------------------- one schema, however made


def test_script_makes_the_same(postgresql: Connection, empty: Connection) -> None:
    """`alembic upgrade head --sql`, which needs no database, gives psql what the upgrade does itself."""
    script = alembic("upgrade", "head", "--sql", to=None).stdout
    psql = str(server.binary("psql"))
    run(psql, "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", address(empty), to=None, input=script)
    assert dump(empty) == dump(postgresql)
    assert content(empty, without=("lagt_inn", "nokkel")) == content(postgresql, without=("lagt_inn", "nokkel"))
    assert installation.version(empty) == (installation.newest_revision(), objects.digest())
    # One transaction from first to last: a script that fails leaves nothing
    statements = [line for line in script.splitlines() if line in ("BEGIN;", "COMMIT;")]
    assert statements == ["BEGIN;", "COMMIT;"]


def test_command_line_makes_the_same(postgresql: Connection, empty: Connection) -> None:
    alembic("upgrade", "head", to=address(empty))
    assert dump(empty) == dump(postgresql)
    assert content(empty, without=("lagt_inn", "nokkel")) == content(postgresql, without=("lagt_inn", "nokkel"))


def test_upgrade_again_changes_nothing(postgresql: Connection) -> None:
    schema, rows = dump(postgresql), content(postgresql)
    installation.upgrade(address(postgresql))
    assert dump(postgresql) == schema
    assert content(postgresql) == rows


# ---------------------------------------------------------------------------------------- what users have added


def test_users_rows_survive(postgresql: Connection) -> None:
    """Rows that users add to the rules stay; the product's own come back as they are meant to be (spec.md 2, T8)."""
    own = {
        "hoved_koding": "SELECT to_jsonb(t) FROM trygdfob.hoved_koding AS t WHERE gyldig_fra > '1992-01-01' ORDER BY 1",
        "ytelse": "SELECT to_jsonb(t) FROM trygdfob.ytelse AS t WHERE kode = 'QQ'",
        "arbeidssokerstatus": "SELECT to_jsonb(t) FROM trygdfob.arbeidssokerstatus AS t WHERE tiltak = 'NY'",
        "innstilling": "SELECT to_jsonb(t) FROM trygdfob.innstilling AS t",
    }
    products = content(postgresql)["statuskode"]
    postgresql.execute(
        "INSERT INTO trygdfob.hoved_koding (hovedarbstat, tiltak, gyldig_fra, gyldig_til, hoved) VALUES"
        " ('FS', 'PO', '2001-01-01', '2002-09-30', '3'), ('FS', 'PO', '2001-07-01', 'infinity', '4'),"
        " ('HL', '*', '2001-07-01', 'infinity', '2')"
    )
    postgresql.execute("INSERT INTO trygdfob.ytelse (kode, tekst) VALUES ('QQ', 'Ny ytelse')")
    postgresql.execute("INSERT INTO trygdfob.arbeidssokerstatus VALUES ('1', '1', 'HL', 'NY', 'Helt ledige', 'Nytt')")
    postgresql.execute("UPDATE trygdfob.innstilling SET serie_start = '2003-01-01', avslutning_dager = 182")
    postgresql.execute("UPDATE trygdfob.statuskode SET konsistens = 'vraket' WHERE status = 'FK020'")
    postgresql.commit()
    before = {name: postgresql.execute(query).fetchall() for name, query in own.items()}
    assert [len(rows) for rows in before.values()] == [3, 1, 1, 1]
    postgresql.rollback()
    installation.upgrade(address(postgresql))
    assert {name: postgresql.execute(query).fetchall() for name, query in own.items()} == before
    assert content(postgresql)["statuskode"] == products


def test_tables_in_other_schemas_are_left_alone(empty: Connection) -> None:
    empty.execute("CREATE TABLE public.alembic_version (version_num varchar(32) PRIMARY KEY)")
    empty.execute("INSERT INTO public.alembic_version VALUES ('another product')")
    empty.commit()
    installation.upgrade(address(empty))
    assert empty.execute("SELECT * FROM public.alembic_version").fetchall() == [("another product",)]
    assert installation.version(empty) == (installation.newest_revision(), objects.digest())


def test_functions_of_before_0009_make_way(empty: Connection) -> None:
    """Beside the new ones they would make every call ambiguous. Somebody's own view of one is not dropped with it: the
    upgrade is refused, the view named, and all is as it was (docs/dba.md, Upgrading)."""
    here(settings.ROOT, "upgrade", "0008", to=address(empty))
    empty.execute(
        "CREATE FUNCTION trygdfob.manedspanel(p_fra date, p_til date) RETURNS TABLE (lopenr varchar, tilstander jsonb)"
        " LANGUAGE sql AS $$ SELECT NULL::varchar, NULL::jsonb $$;"
        " CREATE FUNCTION trygdfob.meld_brudd(date, date, text) RETURNS boolean LANGUAGE sql AS $$ SELECT true $$;"
        " CREATE SCHEMA egen;"
        " CREATE VIEW egen.panel AS SELECT lopenr FROM trygdfob.manedspanel(date '2002-01-01', date '2002-12-31')"
    )
    empty.commit()
    schema = dump(empty)
    with pytest.raises(UserError, match=r"view egen\.panel depends on function trygdfob\.manedspanel"):
        installation.upgrade(address(empty))
    assert dump(empty) == schema
    empty.execute("DROP VIEW egen.panel")
    empty.commit()
    installation.upgrade(address(empty))
    functions = empty.execute(
        "SELECT p.oid::regprocedure::text FROM pg_proc AS p"
        " WHERE p.pronamespace IN (SELECT skjema FROM trygdfob.skjema) AND p.proname IN ('manedspanel', 'meld_brudd')"
    )
    assert functions.fetchall() == [("arbsok.manedspanel(timestamp without time zone,timestamp without time zone)",)]


def test_views_of_the_controls_of_before_0013_make_way(empty: Connection) -> None:
    """Somebody's own view of one stops the upgrade; the catalogue's rows then say which view has taken its place."""
    here(settings.ROOT, "upgrade", "0012", to=address(empty))
    empty.execute(
        "CREATE VIEW kontroll.kontroll_tomdato AS SELECT 2001 AS kontrollert_aargang;"
        " CREATE VIEW kontroll.kontroll_regtom AS SELECT 2001 AS kontrollert_aargang;"
        " INSERT INTO kontroll.kontroll (kontroll, rekkefolge, alvor, tittel, lover, kilde)"
        " VALUES ('tomdato', 1, 'feil', '', '', '');"
        " CREATE SCHEMA egen; CREATE VIEW egen.funn AS SELECT FROM kontroll.kontroll_tomdato"
    )
    empty.commit()
    schema = dump(empty)
    with pytest.raises(UserError, match=r"view egen\.funn depends on view kontroll\.kontroll_tomdato"):
        installation.upgrade(address(empty))
    assert dump(empty) == schema
    empty.execute("DROP VIEW egen.funn")
    empty.commit()
    installation.upgrade(address(empty))
    views = empty.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'kontroll'::regnamespace AND relkind = 'v'"
    )
    assert not [name for (name,) in views if name.startswith("kontroll_")]
    catalogue = "SELECT visning FROM kontroll.kontroll WHERE kontroll = 'tomdato'"
    assert database.scalar(empty, catalogue) == "arbsok_forlop_funn"


def test_the_passes_of_before_0017_get_their_theme(empty: Connection) -> None:
    """ARBSOK's functions and its view in kontroll say arbsok_; somebody's own view of one goes on."""
    here(settings.ROOT, "upgrade", "0015", to=address(empty))
    empty.execute(
        "CREATE FUNCTION kontroll.registrering_opptelt(p_aargang integer)"
        " RETURNS SETOF arbsok_lasting.registrering_tall LANGUAGE sql STABLE"
        " BEGIN ATOMIC SELECT * FROM arbsok_lasting.registrering_tall; END;"
        " CREATE VIEW kontroll.filmaal AS SELECT aargang, mnddato, fil, ''::text AS kontroll, antall, antall AS av,"
        " 0 AS dager FROM trygdfob.maanedsfil;"
        " CREATE SCHEMA egen; CREATE VIEW egen.maal AS SELECT f.fil FROM kontroll.filmaal AS f"
        " UNION SELECT r.status FROM kontroll.registrering_opptelt(2001) AS r"
    )
    empty.commit()
    installation.upgrade(address(empty))
    assert empty.execute("SELECT * FROM egen.maal").fetchall() == []
    old = empty.execute(
        "SELECT proname FROM pg_proc WHERE pronamespace = 'kontroll'::regnamespace AND proname !~ '^(arbsok|asok)_'"
        " UNION ALL SELECT relname FROM pg_class WHERE relnamespace = 'kontroll'::regnamespace AND relname = 'filmaal'"
    )
    assert old.fetchall() == [("kontroller_aargang",), ("sporring",)]


def test_materialized_views_of_before_0010_make_way(postgresql: Connection, empty: Connection) -> None:
    """Until then they had the query themselves; what is only filled anew would go on with the old one."""
    definition = (
        "SELECT relname, pg_get_viewdef(oid) FROM pg_class WHERE relname = ANY (%s) AND relkind = 'm' ORDER BY 1"
    )
    views = ["fnr_kontroll", "statusvalg"]
    here(settings.ROOT, "upgrade", "0009", to=address(empty))
    with database.connect(address(empty)) as before:
        for view in views:
            before.execute(f"CREATE MATERIALIZED VIEW trygdfob.{view} AS SELECT 'gammel'::text AS status")
    installation.upgrade(address(empty))
    assert empty.execute(definition, [views]).fetchall() == postgresql.execute(definition, [views]).fetchall()


def test_another_query_reaches_a_materialized_view(postgresql: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    """It stays, with all that hangs on it, and has the rows of the view whose file has changed."""
    changed = [re.sub(r"\(0, ARRAY\[3, 7, 6, 1\]", "(0, ARRAY[3, 7, 5, 1]", text) for text in objects.statements()]
    assert changed != objects.statements()
    before = content(postgresql)["fnr_kontroll"]
    monkeypatch.setattr(objects, "statements", lambda: changed)
    installation.upgrade(address(postgresql))
    assert content(postgresql)["fnr_kontroll"] != before


# ------------------------------------------------------------------------------------------- whole or not at all


@pytest.mark.parametrize("broken", ["SELECT 1 / 0", "CREATE FUNCTION trygdfob.halv( RETURNS"])
def test_broken_object_on_an_empty_database(empty: Connection, monkeypatch: pytest.MonkeyPatch, broken: str) -> None:
    """A broken object takes the tables with it."""
    good = objects.statements()
    monkeypatch.setattr(objects, "statements", lambda: [*good[:-1], broken, good[-1]])
    with pytest.raises(Exception, match=r"SQLSTATE 22012|syntax error"):
        installation.upgrade(address(empty))
    assert schemas(empty) == 0


def test_broken_object_file(postgresql: Connection, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new table, new objects and a broken one after them: all is as before; mended, all is there."""
    folder = checkout / "sql" / "objects"
    monkeypatch.setattr(objects, "DIRECTORY", folder)
    monkeypatch.setattr(objects, "digest", lambda: "0123456789abcdef")
    for room, name in (("arbsok/regler", "ny"), ("arbsok/miniregister", "broken")):
        with (folder / room / "ROOM").open("a") as listed:
            listed.write(f"{name}  new\n")
    (folder / "arbsok/regler" / "ny.sql").write_text("CREATE OR REPLACE VIEW trygdfob.ny AS SELECT 1 AS en;\n")
    broken = folder / "arbsok/miniregister" / "broken.sql"
    broken.write_text("CREATE OR REPLACE VIEW trygdfob.broken AS\nSELECT * FROM trygdfob.no_such_table;\n")
    schema, rows = dump(postgresql), content(postgresql)
    place = r"sql/objects/arbsok/miniregister/broken.sql, line 2: .*no_such_table.*Nothing was changed\."
    with pytest.raises(UserError, match=place):
        installation.upgrade(address(postgresql))
    assert dump(postgresql) == schema
    assert content(postgresql) == rows
    broken.write_text("CREATE OR REPLACE VIEW trygdfob.broken AS\nSELECT 1 AS en;\n")
    installation.upgrade(address(postgresql))
    assert tables(postgresql) == (NEXT, "trygdfob.nyhet")
    assert postgresql.execute("SELECT en FROM trygdfob.ny").fetchall() == [(1,)]
    assert installation.version(postgresql) == (NEXT, "0123456789abcdef")


def test_a_broken_revision_is_named(postgresql: Connection, checkout: Path) -> None:
    """Its file and the line in it that the server refused; the records that it moves are not."""
    schema = dump(postgresql)
    revision = checkout / "migrations" / "versions" / f"{NEXT}_nyhet.py"
    statement = "SELECT '15855555555'::date"
    revision.write_text(REVISION.replace("CREATE TABLE trygdfob.nyhet (tekst text)", statement))
    line = revision.read_text().split(statement)[0].count("\n") + 1
    with pytest.raises(UserError, match=rf"^migrations/versions/{NEXT}_nyhet.py, line {line}: ") as refused:
        installation.upgrade(address(postgresql))
    assert "15855555555" not in str(refused.value)
    assert dump(postgresql) == schema


def test_a_script_names_each_file(checkout: Path) -> None:
    """Above the file's text, so that the line that psql names can be found."""
    script = here(checkout, "upgrade", "head", "--sql")
    for file in objects.files():
        assert f"-- sql/objects/{file.relative_to(objects.DIRECTORY)}\n{file.read_text('utf-8')}" in script


def test_script_with_a_broken_object(empty: Connection, checkout: Path) -> None:
    """psql that goes on after errors commits nothing either: the script is one transaction."""
    script = here(checkout, "upgrade", "head", "--sql")
    script = script.replace("COMMIT;", "SELECT 1 / 0;\n\nCOMMIT;")
    psql = str(server.binary("psql"))
    run(psql, "-X", "-q", "-d", address(empty), to=None, input=script, check=False)
    assert schemas(empty) == 0


# ----------------------------------------------------------------------------------------- other alembic commands


def test_current_leaves_the_objects_alone(postgresql: Connection) -> None:
    postgresql.execute("DROP VIEW arbsok.ukjente_koder")
    postgresql.commit()
    schema, rows = dump(postgresql), content(postgresql)
    assert alembic("current", to=address(postgresql)).stdout.split() == [installation.newest_revision(), "(head)"]
    assert dump(postgresql) == schema
    assert content(postgresql) == rows
    here(settings.ROOT, "upgrade", "head", to=address(postgresql))
    assert database.scalar(postgresql, "SELECT to_regclass('arbsok.ukjente_koder') IS NOT NULL")


@pytest.mark.parametrize(
    ("command", "instead"),
    [("downgrade -1", "make restore FILE=…"), (f"downgrade {NEWEST}:base --sql", "make restore"),
     ("stamp 0003", "make upgrade"), ("stamp 0003 --sql", "make upgrade")],
)  # fmt: skip
def test_what_is_not_offered(
    postgresql: Connection, capfd: pytest.CaptureFixture[str], command: str, instead: str
) -> None:
    """There is no way back but the backup, and no version that the tables have not."""
    schema, rows = dump(postgresql), content(postgresql)
    with pytest.raises(SystemExit, match="1"):
        here(settings.ROOT, *command.split(), to=address(postgresql))
    said = capfd.readouterr().err
    assert said.startswith(f"fdtrygd: alembic {command.split()[0]} is not offered")
    assert instead in said
    assert dump(postgresql) == schema
    assert content(postgresql) == rows


def test_a_partial_upgrade_leaves_the_objects_alone(empty: Connection, checkout: Path) -> None:
    """The objects belong to the newest tables only."""
    to = address(empty)
    here(checkout, "upgrade", NEWEST, to=to)
    assert tables(empty) == (NEWEST, None)
    made = "SELECT count(*) FROM pg_proc WHERE pronamespace = 'trygdfob'::regnamespace"
    assert database.scalar(empty, made) == 0
    assert installation.version(empty) is None  # so that it is upgraded first
    empty.rollback()  # handing a table over waits for its readers
    here(checkout, "upgrade", "head", to=to)
    assert tables(empty) == (NEXT, "trygdfob.nyhet")
    assert database.scalar(empty, made) > 0


def test_a_partial_upgrade_past_a_move_of_data_is_refused(
    empty: Connection, checkout: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """0016 counts with functions that belong to the newest tables, and no later upgrade would pass it again."""
    here(checkout, "upgrade", "0015", to=address(empty))
    for arguments in (["0016"], ["0015:0016", "--sql"]):
        with pytest.raises(SystemExit, match="1"):
            here(checkout, "upgrade", *arguments, to=address(empty))
        assert "Upgrade to head: make upgrade." in capfd.readouterr().err
        assert tables(empty) == ("0015", None)


def test_partial_script_leaves_the_objects_alone(checkout: Path) -> None:
    """The same for scripts."""
    partial = here(checkout, "upgrade", NEWEST, "--sql")
    assert "CREATE TABLE trygdfob.f_arbsok" in partial
    assert "CREATE OR REPLACE FUNCTION" not in partial
    whole = here(checkout, "upgrade", f"{NEWEST}:head", "--sql")
    assert "CREATE TABLE trygdfob.nyhet" in whole
    assert "CREATE OR REPLACE FUNCTION" in whole
    assert "CREATE TABLE trygdfob.f_arbsok" not in whole


# --------------------------------------------------------------------------------------- years loaded before 0002


#: Whole rows but for the time of loading; h_arbsok is a partition for each year, whatever it was before
SUMS = ("miniregister_tall", "registrering_tall", "forlop_tall", "varighet_tall")
REGISTER = ("f_arbsok", "person", "h_arbsok", "vrak_arbsok", "miniregister", "lagt_til_side", "maanedsfil", *SUMS)


def register(connection: Connection) -> dict[str, list[Any]]:
    """The rows of the register's tables, partitions taken together; not what earlier versions did not ask the files."""
    return {
        table: connection.execute(
            "SELECT r::text FROM (SELECT to_jsonb(t) - 'lastet' - 'lagt_inn' - 'lopenr' - 'endringstid' AS r"
            f" FROM {qualified(table)} AS t) AS q"
            ' ORDER BY r::text COLLATE "C"'
        ).fetchall()
        for table in REGISTER
    }


def copy(source: Connection, target: Connection, table: str, query: str) -> None:
    """Rows from one database into another's table, in the columns that it has there."""
    columns = ", ".join(
        name
        for (name,) in target.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
            [f"trygdfob.{table}"],
        )
    )
    with (
        source.cursor().copy(f"COPY (SELECT {columns} FROM ({query}) AS q) TO STDOUT") as rows,
        target.cursor().copy(f"COPY trygdfob.{table} ({columns}) FROM STDIN") as into,
    ):
        for block in rows:
            into.write(block)


#: Names that the run log of 0001 had for two of today's counts
LOGGED_BY_0001 = (
    "antall - '{nokkel_miniregister,fra_start}'::text[] || jsonb_build_object("
    "'lag_miniregister', antall -> 'nokkel_miniregister', 'last_l_arbsok', antall -> 'fra_start')"
)


@contextlib.contextmanager
def as_script(connection: Connection, revision: str) -> Iterator[Connection]:
    """The database once more, upgraded from the revision by the script of `alembic upgrade --sql` in psql."""
    name = f"{connection.info.dbname}_script"
    to = make_conninfo(address(connection), dbname=name)
    connection.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    try:
        copied = run(str(server.binary("pg_dump")), address(connection), to=None).stdout
        script = here(settings.ROOT, "upgrade", f"{revision}:head", "--sql")
        for text in (re.sub("(?m)^SET transaction_timeout.*$", "", copied), script):
            run(str(server.binary("psql")), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", to, to=None, input=text)
        with database.connect(to) as made:
            yield made
    finally:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Month files of three years."""
    folder = tmp_path_factory.mktemp("small") / "files"
    synthetic.make(folder, last=(2003, 12), persons=150)
    return month_files.find_month_files(folder)


@pytest.fixture(scope="module")
def loaded_today(postgresql_noproc: NoopExecutor, small: Files) -> Iterator[tuple[str, list[dict[str, list[Any]]]]]:
    """The address of a database with two of them, and what is in its tables when the third one is loaded, then as each
    year is taken back."""
    with own_database(postgresql_noproc, "today") as connection:
        to = address(connection)
        connection.close()  # a template must have no sessions
        with database.connect(to) as connection:
            for year in (2001, 2002):
                lasting.load_year(connection, year, small[year], synthetic=True, progress=Silent())
        with made(to, f"{name_of(to)}_later", name_of(to)) as connection:
            lasting.load_year(connection, 2003, small[2003], synthetic=True, progress=Silent(), jobs=2)
            later = [register(connection)]
            for year in (2003, 2002, 2001):
                lasting.unload_year(connection, year)
                later.append(register(connection))
        yield to, later


@pytest.mark.parametrize("revision", ["0001", "0002", "0003"])
def test_years_loaded_before_go_on_as_if_loaded_after(
    loaded_today: tuple[str, list[dict[str, list[Any]]]], empty: Connection, small: Files, revision: str
) -> None:
    """H_ARBSOK, until 0002 a row for each person, becomes the partitions that loading the years today makes, and the
    sums that 0003 brings are filled; so every control holds, the next year gives the same, and every year can be taken
    back."""
    to, (with_2003, *without) = loaded_today
    with database.connect(to) as today, database.connect(address(empty)) as upgraded:
        here(settings.ROOT, "upgrade", revision, to=address(empty))
        upgraded.execute("UPDATE trygdfob.innstilling SET testnumre = true")
        for table in ("lastet_aargang", "maanedsfil", "lagt_til_side", "f_arbsok", "vrak_arbsok", "kjorelogg"):
            copy(today, upgraded, table, f"SELECT * FROM trygdfob.{table}")
        upgraded.execute("SELECT setval(pg_get_serial_sequence('trygdfob.kjorelogg', 'kjoring'), 100)")
        for year in (2001, 2002):
            for table in ("miniregister", "h_arbsok") if revision > "0001" else ("miniregister",):
                upgraded.execute(
                    f"CREATE TABLE trygdfob.{table}_{year} PARTITION OF trygdfob.{table} FOR VALUES IN ({year})"
                )
        copy(today, upgraded, "miniregister", "SELECT * FROM trygdfob.miniregister")
        if revision == "0001":
            upgraded.execute(f"UPDATE trygdfob.kjorelogg SET antall = {LOGGED_BY_0001}")
            last = "SELECT DISTINCT ON (fnr) * FROM trygdfob.h_arbsok ORDER BY fnr, aargang DESC"
            copy(today, upgraded, "h_arbsok", last)
        else:
            copy(today, upgraded, "h_arbsok", "SELECT * FROM trygdfob.h_arbsok")

        if revision == "0003":  # its catalogue had the same controls in another order
            catalogue = today.execute(
                "SELECT kontroll, sum(1) OVER () + 1 - rekkefolge, alvor, tittel, lover, kilde FROM kontroll.kontroll"
            )
            upgraded.cursor().executemany(
                "INSERT INTO trygdfob.kontroll (kontroll, rekkefolge, alvor, tittel, lover, kilde)"
                " VALUES (%s, %s, %s, %s, %s, %s)",
                catalogue.fetchall(),
            )

        with as_script(upgraded, revision) as scripted:
            installation.upgrade(address(empty))
            assert register(scripted) == register(upgraded)
            assert spelled_alike(dump(scripted)) == spelled_alike(dump(upgraded))
        assert register(upgraded) == register(today)
        assert {len(rows) > 0 for rows in register(today).values()} == {True}
        assert offending(upgraded) == {}
        lasting.load_year(upgraded, 2003, small[2003], synthetic=True, progress=Silent(), jobs=2)
        assert register(upgraded) == with_2003
        assert offending(upgraded) == {}
        for year, expected in zip((2003, 2002, 2001), without, strict=True):
            lasting.unload_year(upgraded, year)
            assert register(upgraded) == expected


OWN = """
    CREATE SCHEMA egen;
    CREATE ROLE {0};
    CREATE VIEW egen.aapne WITH (security_barrier) AS
        SELECT f.fnr AS nummer, f.regdato FROM trygdfob.f_arbsok AS f WHERE f.tomdato IS NULL;
    CREATE VIEW egen.av_den AS SELECT count(*) AS antall FROM egen.aapne;
    COMMENT ON VIEW egen.aapne IS 'mine';
    GRANT SELECT ON trygdfob.f_arbsok TO {0};
    GRANT UPDATE (hoved) ON trygdfob.f_arbsok TO {0};
    GRANT SELECT ON egen.aapne TO {0};
"""


def test_years_of_0017_go_on_as_if_loaded_after(
    loaded_today: tuple[str, list[dict[str, list[Any]]]], small: Files
) -> None:
    """F_ARBSOK, until 0017 a table, is moved into the partitions that loading the years today makes. What others have
    on it goes on: their views, and what was granted."""
    to, (with_2003, *without) = loaded_today
    with made(to, f"{name_of(to)}_0017", name_of(to)) as upgraded:
        before = register(upgraded)
        text = "SELECT string_agg(f::text, chr(10) ORDER BY lopenr, regdato, kode) FROM trygdfob.{} AS f"
        of_2002 = ("forlop_2001_01", "forlop_2002_01", "lopende_2002_01")
        parts = {part: database.scalar(upgraded, text.format(part)) for part in of_2002}
        back_to_0017(upgraded)
        running = database.scalar(upgraded, "SELECT count(*) FROM trygdfob.f_arbsok WHERE tomdato IS NULL")
        role = f"andre_{upgraded.info.backend_pid}"
        try:
            upgraded.execute(OWN.format(role))
            installation.upgrade(address(upgraded))
            assert register(upgraded) == before
            assert {part: database.scalar(upgraded, text.format(part)) for part in parts} == parts
            assert upgraded.execute("TABLE egen.av_den").fetchone() == (running,) != (0,)
            of_view = upgraded.execute(
                "SELECT reloptions, obj_description(oid), has_table_privilege(%(role)s, oid, 'SELECT'),"
                " has_table_privilege(%(role)s, 'trygdfob.f_arbsok', 'SELECT'),"
                " has_column_privilege(%(role)s, 'trygdfob.f_arbsok', 'hoved', 'UPDATE'),"
                " has_column_privilege(%(role)s, 'trygdfob.f_arbsok', 'fnr', 'UPDATE')"
                " FROM pg_class WHERE oid = 'egen.aapne'::regclass",
                {"role": role},
            ).fetchone()
            assert of_view == (["security_barrier=true"], "mine", True, True, True, False)
            assert offending(upgraded) == {}
            lasting.load_year(upgraded, 2003, small[2003], synthetic=True, progress=Silent(), jobs=2)
            assert register(upgraded) == with_2003
            for year, expected in zip((2003, 2002, 2001), without, strict=True):
                lasting.unload_year(upgraded, year)
                assert register(upgraded) == expected
        finally:
            upgraded.execute(f"DROP OWNED BY {role}; DROP ROLE {role}")


def test_what_stands_on_the_table_otherwise_stops_the_upgrade(
    loaded_today: tuple[str, list[dict[str, list[Any]]]],
) -> None:
    """A materialized view of somebody's own cannot be put on another relation: it is named, and nothing is changed."""
    to, _ = loaded_today
    with made(to, f"{name_of(to)}_egen", name_of(to)) as upgraded:
        back_to_0017(upgraded)
        upgraded.execute("CREATE SCHEMA egen; CREATE MATERIALIZED VIEW egen.kopi AS SELECT * FROM trygdfob.f_arbsok")
        with pytest.raises(UserError, match=r"egen\.kopi"):
            installation.upgrade(address(upgraded))
        upgraded.execute("DROP MATERIALIZED VIEW egen.kopi")
        installation.upgrade(address(upgraded))
        assert offending(upgraded) == {}


# ------------------------------------------------------------------------------------------------ not during a load


def test_upgrade_waits_for_a_load(postgresql: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    """A while; a load that goes on is named, and nothing is upgraded."""
    to = address(postgresql)
    with database.connect(to) as load:
        load.execute("SELECT pg_advisory_lock(%s)", [locks.LOCK])
        with monkeypatch.context() as patches:
            waits = instead_of_waiting(patches, lambda: load.execute("SELECT pg_advisory_unlock_all()"))
            installation.upgrade(to)
        assert len(waits) == 1

        load.execute("SELECT pg_advisory_lock(%s)", [locks.LOCK])
        monkeypatch.setattr(locks, "PATIENCE", 0.3)
        with pytest.raises(UserError, match="Another load"):
            installation.upgrade(to)


def test_load_is_refused_during_an_upgrade(postgresql: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "PATIENCE", 0.3)
    with database.connect(address(postgresql)) as load, database.connect(address(postgresql)) as upgrade:
        with upgrade.transaction():
            upgrade.execute("SELECT pg_advisory_xact_lock(%s)", [locks.LOCK])  # as migrations/env.py does
            with pytest.raises(UserError, match="upgrade is running"), locks.alone(load):
                pass
        with locks.alone(load):
            pass


@pytest.mark.parametrize(
    "command", ["status", "check", "check-files 2001", "report 2001", "forklar", "official import {}"]
)
def test_a_command_that_reads_changes_no_schema(
    postgresql: Connection, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: str
) -> None:
    """What another version has installed stays, and the sentence says what to do."""
    said, tried = of_another_version(postgresql, monkeypatch, tmp_path, command)
    assert re.search(r"another version \(\d{4}, older\) than this program .* make upgrade brings", said)
    assert tried == []


def test_a_command_that_changes_years_upgrades_first(
    postgresql: Connection, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    said, tried = of_another_version(postgresql, monkeypatch, tmp_path, "unload-year 2001")
    assert "no year is loaded" in said
    assert tried == [address(postgresql)]


def of_another_version(
    connection: Connection, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: str
) -> tuple[str, list[str]]:
    """What a command says in a database of another version, and the databases that it has upgraded."""
    monkeypatch.setenv("FDTRYGD_DATABASE_URL", address(connection))
    connection.execute("UPDATE trygdfob.objektversjon SET digest = 'older'")
    connection.commit()
    tried: list[str] = []
    monkeypatch.setattr(installation, "upgrade", tried.append)
    averages = tmp_path / "averages.csv"
    averages.write_text("aargang;hoved;offisiell\n2003;5;1\n")
    result = CliRunner().invoke(cli.app, command.format(averages).split(), input="01010112345\n")
    return str(result.exception), tried


def test_commands_upgrade_what_is_not_current(empty: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first command on an empty database makes the schema; a later one leaves a current schema alone."""
    monkeypatch.setenv("FDTRYGD_DATABASE_URL", address(empty))
    installation.open_current(upgrades=True, installs=True).close()
    assert installation.version(empty) == (installation.newest_revision(), objects.digest())
    empty.rollback()
    monkeypatch.setattr(installation, "upgrade", lambda to: pytest.fail("upgraded again"))
    installation.open_current().close()
