"""The schema and its files: every object has its file and every file its object, all of it commented and closed."""

import ast as python
import itertools
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import psycopg
import pytest
from fdtrygd import kontroll, lasting, settings
from fdtrygd.db import objects
from pglast import ast, enums
from pglast.parser import ParseError, parse_plpgsql_json

from conftest import OF_THE_SAMPLE, OPPONENTS, SERVERS, SLOW, Register
from statements import COMMENTS, FILES, GRANTS, OBJECT_FILES, SCHEMAS, made, object_name, statements

Connection = psycopg.Connection[Any]

VERSIONS = settings.ROOT / "migrations" / "versions"

every_file = pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(objects.DIRECTORY)))
every_object_file = pytest.mark.parametrize("file", OBJECT_FILES, ids=lambda file: file.name)


def last_name(parts: Any) -> str:
    """The name at the end of a qualified one."""
    return str(parts[-1].sval)


# The files


@every_file
def test_file_is_valid_sql(file: Path) -> None:
    parsed = statements(file)
    bodies = json.loads(parse_plpgsql_json(file.read_text(encoding="utf-8")))
    assert len(bodies) == sum(isinstance(s, ast.CreateFunctionStmt | ast.DoStmt) for s in parsed)


def test_grammar_finds_errors_in_bodies() -> None:
    body = "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN {} END $$;"
    parse_plpgsql_json(body.format("UPDATE t SET a = 1;"))
    for broken in ("UPDATE t SETT a = 1;", "IF true BEGIN;", "x := (1;"):
        with pytest.raises(ParseError):
            parse_plpgsql_json(body.format(broken))


@every_file
def test_file_begins_with_what_it_is(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith(f"-- {object_name(file)}: ")
    assert [line for line in lines if line != line.rstrip() or "\t" in line] == []


# The rooms

every_room = pytest.mark.parametrize("room", objects.rooms(), ids=lambda room: room.name)
#: The room of each object and each table of rules.
HOME = {file.stem: room for room in objects.rooms() if room.schemas for file in room.files()}
#: A name with its schema.
QUALIFIED = re.compile(rf"\b(?:{'|'.join(objects.schemas())})\.(\w+)")


def uncommented(file: Path) -> str:
    """The file without what is for readers alone."""
    text = re.sub(r"--.*", "", file.read_text(encoding="utf-8"))
    return re.sub(r"^COMMENT ON .*?;$", "", text, flags=re.MULTILINE | re.DOTALL)


def test_every_folder_is_a_room() -> None:
    folders = {file.parent for file in objects.DIRECTORY.rglob("*.sql")}
    assert folders == {objects.DIRECTORY / room.name for room in objects.rooms()}


@every_room
def test_a_room_lists_its_files(room: objects.Room) -> None:
    """Each once, with a clause that says what it is."""
    folder = objects.DIRECTORY / room.name
    assert sorted(room.files()) == sorted(folder.glob("*.sql"))
    lines = (folder / "ROOM").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if len(line.split()) < 2 or len(line) > 120] == []


@every_room
def test_a_room_uses_what_it_may(room: objects.Room) -> None:
    """What sql/ROOMS says, which stands above it there; and it uses all of that."""
    names = [each.name for each in objects.rooms()]
    assert [name for name in room.uses if names.index(name) >= names.index(room.name)] == []
    used = {HOME[name].name for file in room.files() for name in QUALIFIED.findall(uncommented(file)) if name in HOME}
    assert used - {room.name} == set(room.uses)


@every_room
def test_a_rooms_objects_stand_in_its_schemas(room: objects.Room) -> None:
    parsed = [statement for file in room.files() for statement in statements(file)]
    found = {schema for schema, _ in filter(None, map(made, parsed))}
    filled = {str(statement.relation.schemaname) for statement in parsed if isinstance(statement, ast.InsertStmt)}
    assert found | filled == set(room.schemas)


def test_the_database_knows_the_schemas_of_the_rooms(postgresql: Connection) -> None:
    """View skjema, by which owners and comments are put in place, and sql/ROOMS name the same."""
    there = postgresql.execute("SELECT skjema::text FROM trygdfob.skjema").fetchall()
    assert sorted(there) == sorted((name,) for name in objects.schemas())


def test_file_names_are_unique() -> None:
    assert [name for name, count in Counter(map(object_name, FILES)).items() if count > 1] == []


def test_what_a_theme_has_in_the_schema_of_the_controls_says_so() -> None:
    """What uses a theme's schemas there is called after the theme, or as its source calls it."""
    theirs = {
        file.stem
        for file in (objects.DIRECTORY / "kontroll").glob("*.sql")
        if re.search(r"\barbsok(_lasting)?\.", uncommented(file))
    }
    assert theirs
    assert [name for name in sorted(theirs) if not name.startswith(("arbsok_", "asok_"))] == []


@every_object_file
def test_file_creates_the_object_it_is_named_after(file: Path) -> None:
    """Exactly that one, or it fills the table of that name."""
    parsed = statements(file)
    name = object_name(file)
    created = [name for _, name in filter(None, map(made, parsed))]
    filled = {str(statement.relation.relname) for statement in parsed if isinstance(statement, ast.InsertStmt)}
    assert (created, filled) in (([name], set()), ([], {name}))


@every_object_file
def test_file_holds_nothing_but_its_object(file: Path) -> None:
    """What comes with the object: its comment, its indexes, the trigger that calls it."""
    name = object_name(file)
    for statement in statements(file):
        match statement:
            case ast.CreateFunctionStmt() | ast.ViewStmt() | ast.CreateTableAsStmt() | ast.InsertStmt():
                pass
            case ast.ConstraintsSetStmt(deferred=False):  # what the rows' changes are to be checked against
                pass
            case ast.CommentStmt(objtype=enums.ObjectType.OBJECT_FUNCTION):
                assert last_name(statement.object.objname) == name
            case ast.CommentStmt(objtype=enums.ObjectType.OBJECT_COLUMN):
                assert str(statement.object[-2].sval) == name
            case ast.CommentStmt():
                assert last_name(statement.object) == name
            case ast.IndexStmt() | ast.RefreshMatViewStmt():
                assert str(statement.relation.relname) == name
            case ast.CreateTrigStmt():
                assert last_name(statement.funcname) == name
            case ast.DoStmt() if name == "statusvalg":  # refuses rules that cannot be
                pass
            case _:
                pytest.fail(f"{type(statement).__name__} has no place in {file.name}")


@every_file
def test_file_can_be_applied_again(file: Path) -> None:
    """CREATE OR REPLACE; a materialized view, on which functions that are parsed once hang, stays and is refilled."""
    for statement in statements(file):
        match statement:
            case ast.CreateFunctionStmt() | ast.ViewStmt() | ast.CreateTrigStmt():
                assert statement.replace
            case ast.CreateTableAsStmt() | ast.IndexStmt():
                assert statement.if_not_exists
            case ast.RefreshMatViewStmt():
                assert not statement.skipData
            case ast.InsertStmt():
                assert statement.onConflictClause
            case ast.CommentStmt() | ast.DoStmt() | ast.GrantStmt() | ast.AlterDefaultPrivilegesStmt():
                pass
            case ast.ConstraintsSetStmt(deferred=False):
                pass
            case _:
                pytest.fail(f"Can {type(statement).__name__} be run again?")


@pytest.mark.parametrize(
    ("folder", "kinds"),
    [
        (COMMENTS, (ast.CommentStmt, ast.DoStmt)),
        (GRANTS, (ast.GrantStmt, ast.AlterDefaultPrivilegesStmt, ast.DoStmt)),
    ],
)
def test_comments_and_grants_keep_to_themselves(folder: str, kinds: tuple[type, ...]) -> None:
    files = [file for file in FILES if file.parent.name == folder]
    assert files
    assert [s for file in files for s in statements(file) if not isinstance(s, kinds)] == []


def test_migrations_leave_the_objects_alone() -> None:
    """A migration never reads sql/objects: what it did yesterday must not depend on today's objects."""
    versions = sorted(VERSIONS.glob("*.py"))
    assert versions
    assert [file.name for file in versions if re.search(r"sql/objects|\bobjects\b", code(file))] == []


def code(file: Path) -> str:
    """The module without its docstring and comments."""
    text = re.sub(r'\A""".*?"""', "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.sub(r"#.*", "", text)


# The program


PROGRAM = settings.ROOT / "fdtrygd"


def packages() -> dict[str, set[str]]:
    """The packages of the program, in the order of fdtrygd/ROOMS, each with those that it uses."""
    lines = (PROGRAM / "ROOMS").read_text(encoding="utf-8").splitlines()
    columns = [re.split(r"  +", line) for line in lines if not line.startswith("#")]
    return {name: set() if uses == "-" else set(uses.split(",")) for name, _, uses in columns}


def imported(file: Path) -> set[str]:
    """The packages of the program that a file imports, at its beginning or where it needs them."""
    found = set()
    for node in python.walk(python.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, python.ImportFrom) and node.module == "fdtrygd":
            found |= {name.name for name in node.names}
        elif isinstance(node, python.ImportFrom) and (node.module or "").startswith("fdtrygd."):
            found.add(str(node.module).split(".")[1])
    return found & packages().keys()


def test_every_package_is_a_room() -> None:
    assert {file.parent.name for file in PROGRAM.glob("*/__init__.py")} == packages().keys()


@pytest.mark.parametrize("package", packages())
def test_a_package_uses_what_it_may(package: str) -> None:
    """All that fdtrygd/ROOMS says and nothing else; each package uses only those above it."""
    above = itertools.takewhile(lambda name: name != package, packages())
    used = set().union(*(imported(file) for file in (PROGRAM / package).rglob("*.py"))) - {package}
    assert used == packages()[package]
    assert used <= set(above)


@pytest.mark.parametrize("module", ["errors", "leaving", "screen", "settings"])
def test_a_module_beside_the_packages_needs_none_to_begin(module: str) -> None:
    """Ctrl-C is a sentence from the start: what the door imports is quickly there."""
    code = python.parse((PROGRAM / f"{module}.py").read_text(encoding="utf-8"))
    at_once = [node for node in code.body if isinstance(node, python.ImportFrom)]
    assert [node.module for node in at_once if (node.module or "").split(".")[-1] in packages()] == []


#: What is neither a room of sql/ROOMS nor a package, and has tests.
OTHER_FOLDERS = {"benchmarks", "interop", "tools"}


def test_tests_stand_in_the_room_of_what_they_test() -> None:
    """Those of the whole house in `tests` itself; no two files of the same name, since SLOW and SERVERS know names."""
    tests = settings.ROOT / "tests"
    files = [file.relative_to(tests) for file in tests.rglob("test_*.py")]
    assert [name for name, count in Counter(file.name for file in files).items() if count > 1] == []
    rooms = {room.name for room in objects.rooms()}
    assert {str(file.parent) for file in files} - rooms - packages().keys() - OTHER_FOLDERS == {"."}
    assert [
        str(file) for file in files if re.search(r"^from test_", (tests / file).read_text("utf-8"), re.MULTILINE)
    ] == []


def test_the_lists_of_tests_name_tests() -> None:
    """What is fast, and what runs on every server (tests/conftest.py)."""
    for entry in sorted(SLOW | SERVERS | OPPONENTS | OF_THE_SAMPLE):
        file, _, name = entry.partition("::")
        (found,) = (settings.ROOT / "tests").rglob(file)
        assert found.is_dir() or f"def {name}" in found.read_text(encoding="utf-8"), entry


# The schema


def names(connection: Connection, query: str) -> list[str]:
    """The first column of a query over the schema, which is its one parameter."""
    return [str(row[0]) for row in connection.execute(query, [SCHEMAS])]


def test_every_object_has_its_file(postgresql: Connection) -> None:
    in_files = Counter(name for file in OBJECT_FILES for _, name in filter(None, map(made, statements(file))))
    in_schema = Counter(
        names(postgresql, "SELECT proname FROM pg_proc WHERE pronamespace = ANY (%s::regnamespace[])")
        + names(
            postgresql,
            "SELECT relname FROM pg_class WHERE relnamespace = ANY (%s::regnamespace[]) AND relkind IN ('v', 'm')",
        )
    )
    assert in_files == in_schema
    assert set(in_schema.values()) == {1}


#: Functions whose body is a text, parsed at each call under the search path that there is; in SQL none may be one.
BY_THE_CALLERS_PATH = """
    SELECT p.oid::regprocedure FROM pg_proc AS p JOIN pg_language AS l ON l.oid = p.prolang
    WHERE p.pronamespace = ANY (%s::regnamespace[]) AND p.prosqlbody IS NULL
        AND (l.lanname = 'sql' OR 'search_path=pg_catalog, pg_temp' <> ALL (coalesce(p.proconfig, '{""}')))
"""


def test_no_function_is_parsed_by_its_callers_search_path(postgresql: Connection) -> None:
    """Else an operator that somebody has put in front of PostgreSQL's would run with the caller's rights."""
    assert names(postgresql, BY_THE_CALLERS_PATH) == []
    postgresql.execute(
        "CREATE FUNCTION trygdfob.tekst() RETURNS integer LANGUAGE sql AS 'SELECT 1';"
        "CREATE FUNCTION trygdfob.egen() RETURNS integer LANGUAGE sql AS 'SELECT 1'"
        " SET search_path = pg_catalog, pg_temp;"
        "CREATE FUNCTION trygdfob.steg() RETURNS integer LANGUAGE plpgsql AS 'BEGIN RETURN 1; END';"
        "CREATE FUNCTION trygdfob.en_gang() RETURNS integer LANGUAGE sql RETURN 1"
    )
    assert sorted(names(postgresql, BY_THE_CALLERS_PATH)) == [
        f"trygdfob.{name}()" for name in ("egen", "steg", "tekst")
    ]


def test_filled_tables_exist(postgresql: Connection) -> None:
    filled = {str(s.relation.relname) for f in OBJECT_FILES for s in statements(f) if isinstance(s, ast.InsertStmt)}
    tables = names(
        postgresql, "SELECT relname FROM pg_class WHERE relnamespace = ANY (%s::regnamespace[]) AND relkind = 'r'"
    )
    assert filled <= set(tables)


STEPS = """
    SELECT s.navn, s.numre IS NOT NULL, format_type(p.prorettype, NULL), oidvectortypes(p.proargtypes)
    FROM arbsok_lasting.steg AS s
    LEFT JOIN pg_proc AS p ON p.proname = s.navn AND p.pronamespace = 'arbsok_lasting'::regnamespace
"""


def test_every_step_is_a_function_of_its_scope(postgresql: Connection) -> None:
    """Of the year, or of the year and a month, part or table; it returns a count, and asks for nothing else."""
    found = postgresql.execute(STEPS).fetchall()
    assert [step for step in found if step[2:] != ("bigint", "integer, integer" if step[1] else "integer")] == []
    posts = dict(postgresql.execute("SELECT navn, kilde FROM arbsok_lasting.tellepost").fetchall())
    assert {name for name, source in posts.items() if source == "steg"} <= {step[0] for step in found}
    # The controls are no step: what counts and controls a year is put together as it runs (asok_konsistenskontroll)
    phases = {phase for (phase,) in postgresql.execute("SELECT fase FROM arbsok_lasting.steg")}
    assert phases == set(lasting.PHASES) - {kontroll.CHECKING}


UNCOMMENTED = {
    "schema": "SELECT nspname FROM pg_namespace"
    " WHERE oid = ANY (%s::regnamespace[]) AND coalesce(obj_description(oid, 'pg_namespace'), '') = ''",
    "relation": "SELECT relname FROM pg_class WHERE relnamespace = ANY (%s::regnamespace[])"
    " AND relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND coalesce(obj_description(oid, 'pg_class'), '') = ''",
    "column": "SELECT c.relname || '.' || a.attname FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid"
    " WHERE c.relnamespace = ANY (%s::regnamespace[]) AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND a.attnum > 0"
    " AND NOT a.attisdropped AND coalesce(col_description(c.oid, a.attnum), '') = '' ORDER BY 1",
    "function": "SELECT oid::regprocedure FROM pg_proc"
    " WHERE pronamespace = ANY (%s::regnamespace[]) AND coalesce(obj_description(oid, 'pg_proc'), '') = ''",
    "type": "SELECT typname FROM pg_type WHERE typnamespace = ANY (%s::regnamespace[]) AND typrelid = 0 AND typelem = 0"
    " AND coalesce(obj_description(oid, 'pg_type'), '') = ''",
}


@pytest.mark.parametrize("kind", UNCOMMENTED)
def test_everything_is_commented(postgresql: Connection, kind: str) -> None:
    assert names(postgresql, UNCOMMENTED[kind]) == []


def dictionary() -> tuple[list[str], list[tuple[str, str]], list[tuple[str, str]]]:
    """The entries of kolonner.sql: column names, (relation, column) where the name means something else, and (relation,
    relation) where the first goes by the other's entries."""
    text = (objects.DIRECTORY / COMMENTS / "kolonner.sql").read_text(encoding="utf-8")
    common, _, rest = text.partition(" egne (")
    own, _, like = rest.partition(" lik (")
    name = r"'([a-z0-9_]+)'"
    return (
        re.findall(rf"^ +\({name},(?! {name},)", common, re.MULTILINE),
        re.findall(rf"^ +\({name}, {name},", own, re.MULTILINE),
        re.findall(rf"^ +\({name}, {name}\)", like, re.MULTILINE),
    )


def test_dictionary_of_columns_is_about_columns_that_exist(postgresql: Connection) -> None:
    common, own, like = dictionary()
    columns = {
        tuple(row)
        for row in postgresql.execute(
            "SELECT c.relname::text, a.attname::text"
            " FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0"
            " WHERE c.relnamespace = ANY (%s::regnamespace[]) AND c.relkind IN ('r', 'p', 'v', 'm')",
            [SCHEMAS],
        ).fetchall()
    }
    assert len(common) > 100
    assert [name for name, *_ in common if name not in {column for _, column in columns}] == []
    assert [pair for pair in own if pair not in columns] == []
    assert like
    assert {relation for pair in like for relation in pair} <= {relation for relation, _ in columns}
    assert [entry for entry, count in Counter([n for n, *_ in common] + own).items() if count > 1] == []


def test_no_file_comments_a_column_that_the_dictionary_has() -> None:
    """The dictionary has the last word: nobody would ever read the file's."""
    common, own, _ = dictionary()
    commented = [
        (str(statement.object[-2].sval), str(statement.object[-1].sval))
        for file in OBJECT_FILES
        for statement in statements(file)
        if isinstance(statement, ast.CommentStmt) and statement.objtype == enums.ObjectType.OBJECT_COLUMN
    ]
    assert commented
    assert [pair for pair in commented if pair in own or pair[1] in {name for name, *_ in common}] == []


UNLIKE_THE_WHOLE = """
    SELECT c.relname || '.' || a.attname
    FROM pg_class AS c
    JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0
    JOIN pg_attribute AS hel ON hel.attrelid = pg_partition_root(c.oid) AND hel.attname = a.attname
    WHERE c.relnamespace = ANY (%s::regnamespace[]) AND c.relkind IN ('r', 'p')
        AND col_description(c.oid, a.attnum) IS DISTINCT FROM col_description(hel.attrelid, hel.attnum)
"""


def test_tables_of_a_loaded_year_are_commented(register: Register) -> None:
    """A year's partitions, and the months in them, have their comments from the load, without an upgrade."""
    record = {"fnr": "15837010133", "as_stat": "HLIPID", "ant_d_as": "10", "mnd": "1"}
    register.load_year(2001, {month: [{**record, "dagdato": f"01{month:02}28"}] for month in range(1, 13)})
    tables = names(register.connection, "SELECT relname FROM pg_class WHERE relnamespace = ANY (%s::regnamespace[])")
    assert {"miniregister_2001", "miniregister_2001_12", "h_arbsok_2001"} <= set(tables)
    assert names(register.connection, UNCOMMENTED["relation"]) == []
    assert names(register.connection, UNCOMMENTED["column"]) == []
    assert names(register.connection, UNLIKE_THE_WHOLE) == []


#: Who has something, beside the owner.
PRIVILEGES = {
    "schema": "SELECT a.grantee::regrole::text FROM pg_namespace AS n,"
    " aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) AS a"
    " WHERE n.oid = ANY (%s::regnamespace[]) AND a.grantee <> n.nspowner",
    "relation": "SELECT a.grantee::regrole::text FROM pg_class AS c,"
    " aclexplode(coalesce(c.relacl, acldefault(CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::\"char\", c.relowner)))"
    " AS a WHERE c.relnamespace = ANY (%s::regnamespace[]) AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')"
    " AND a.grantee <> c.relowner",
    "column": "SELECT a.grantee::regrole::text FROM pg_class AS c"
    " JOIN pg_attribute AS t ON t.attrelid = c.oid, aclexplode(t.attacl) AS a"
    " WHERE c.relnamespace = ANY (%s::regnamespace[]) AND a.grantee <> c.relowner",
    "function": "SELECT a.grantee::regrole::text FROM pg_proc AS p,"
    " aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) AS a"
    " WHERE p.pronamespace = ANY (%s::regnamespace[]) AND a.grantee <> p.proowner",
    "default": "SELECT a.grantee::regrole::text FROM pg_default_acl AS d, aclexplode(d.defaclacl) AS a"
    " WHERE d.defaclnamespace = ANY (%s::regnamespace[]) AND a.grantee <> d.defaclrole",
}
OWNER = "fdtrygd_dba"
ROLES = {
    "fdtrygd_laster", "fdtrygd_analytiker", "fdtrygd_fnr", "fdtrygd_utlevering", "fdtrygd_statistiker", "pg_monitor",
}  # fmt: skip
OWNERS = """
    SELECT nspowner::regrole::text FROM pg_namespace WHERE oid = ANY (%(schemas)s::regnamespace[])
    UNION SELECT relowner::regrole::text FROM pg_class WHERE relnamespace = ANY (%(schemas)s::regnamespace[])
    UNION SELECT proowner::regrole::text FROM pg_proc WHERE pronamespace = ANY (%(schemas)s::regnamespace[])
    UNION SELECT typowner::regrole::text FROM pg_type WHERE typnamespace = ANY (%(schemas)s::regnamespace[])
"""


@pytest.mark.parametrize("kind", PRIVILEGES)
def test_nobody_but_the_owner_and_the_roles_has_privileges(postgresql: Connection, kind: str) -> None:
    """What each of the roles has is the business of tests/tilgang."""
    assert set(names(postgresql, PRIVILEGES[kind])) <= ROLES


def test_everything_belongs_to_the_owner(postgresql: Connection) -> None:
    assert postgresql.execute(OWNERS, {"schemas": SCHEMAS}).fetchall() == [(OWNER,)]


def test_privileges_of_public_would_be_seen(postgresql: Connection) -> None:
    """The queries above find what they look for."""
    postgresql.execute(
        "GRANT USAGE ON SCHEMA trygdfob TO PUBLIC; GRANT SELECT ON trygdfob.f_arbsok TO PUBLIC;"
        " GRANT SELECT (fnr) ON trygdfob.h_arbsok TO PUBLIC; GRANT EXECUTE ON FUNCTION trygdfob.blanke() TO PUBLIC;"
        " ALTER DEFAULT PRIVILEGES IN SCHEMA trygdfob GRANT SELECT ON TABLES TO PUBLIC"
    )
    assert {kind: names(postgresql, query).count("-") for kind, query in PRIVILEGES.items()} == dict.fromkeys(
        PRIVILEGES, 1
    )


def test_every_combination_of_facts_has_one_status(postgresql: Connection) -> None:
    boolean = (False, True)
    expected = [
        *itertools.product(("ny", "avsluttet"), range(4), boolean, boolean, boolean, ("-",), (False,), (0,)),
        *itertools.product(
            ("uten_opphold", "uten_opphold_13_uker", "med_opphold"),
            (0,),
            (False,),
            (False,),
            (False,),
            (
                "uendret",
                "uoppgitt_eller_etter_dagdato",
                "ikke_etter_fdagdato",
                "endret",
                "endret_dagen_etter_fdagdato",
            ),
            boolean,
            range(8),
        ),
    ]
    rows = postgresql.execute(
        "SELECT individ, seriemaaned, hoved_5, etter_start, etter_fdagdato, henddato_klasse, hoved_endret, arbstat_sum"
        " FROM arbsok_lasting.statusvalg"
    ).fetchall()
    assert len(expected) == 2 * 4 * 2 * 2 * 2 + 3 * 5 * 2 * 8
    assert Counter(rows) == Counter(expected)


def test_every_status_can_be_given(postgresql: Connection) -> None:
    unused = postgresql.execute(
        "SELECT status FROM trygdfob.statuskode EXCEPT SELECT status FROM arbsok_lasting.statusvalg"
    )
    assert unused.fetchall() == []


#: A step takes the year, whether it needs it or not; and an assignment may cast (a month number out of a text).
HARMLESS = ('unused parameter "p_aargang"', "target type is different type than source type")


def test_plpgsql_check_finds_nothing(postgresql: Connection) -> None:
    """plpgsql_check knows the tables: a misspelt column, a wrong type, a variable that nobody reads."""
    if not postgresql.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'plpgsql_check'").fetchone():
        pytest.skip("the server does not have the extension plpgsql_check (Debian: postgresql-15-plpgsql-check)")
    postgresql.execute("CREATE EXTENSION plpgsql_check")
    functions = """
        SELECT f.oid, coalesce(t.tgrelid, 0), t.tgoldtable
        FROM pg_proc AS f JOIN pg_language AS l ON l.oid = f.prolang LEFT JOIN pg_trigger AS t ON t.tgfoid = f.oid
        WHERE f.pronamespace = ANY (%s::regnamespace[]) AND l.lanname = 'plpgsql'
    """
    found = [
        finding
        for function in postgresql.execute(functions, [SCHEMAS]).fetchall()
        for finding in postgresql.execute(
            "SELECT functionid::text, lineno, level, message, detail, query"
            " FROM plpgsql_check_function_tb(%s, %s, oldtable => %s)",
            function,
        )
        if finding[3] not in HARMLESS
    ]
    assert found == []
