"""What a DBA does (docs/dba.md): watch a load and stop it, upgrade beside others' queries, back up and restore, remove.

One small loaded database for the module; what changes it works on a clone.
"""

import re
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
import pytest
from fdtrygd import kontroll, lasting, screen, settings
from fdtrygd.cli import status
from fdtrygd.db import database, installation, objects, server
from fdtrygd.db.locks import alone
from fdtrygd.errors import UserError
from psycopg.conninfo import make_conninfo
from rich.console import Console

from commands import here, run
from conftest import address, eventually, offending
from contents import content, dump, fingerprint, left_in_work_tables, rows, spelled_alike
from documents import DBA, section
from loaded import RUNNING, SOON, Files, Held, load, made, name_of, waits_for

Connection = psycopg.Connection[Any]

# ------------------------------------------------------------------------------------------------- what runs now

#: What each kind of work waits for at last, where a test holds it: a table that it writes
HOLDS = {
    "load": ("lastet_aargang", lambda connection, files: load(connection, 2003, files)),
    "unload": ("lastet_aargang", lambda connection, files: lasting.unload_year(connection, 2002)),
    "check": ("kontrollkjoring", lambda connection, files: list(kontroll.check_years(connection, [2002], 1))),
}


@pytest.mark.parametrize("action", HOLDS)
def test_other_sessions_see_what_runs(clone: Connection, files: Files, action: str) -> None:
    """From another session, before anything is committed: who, what, since when, and for whom it waits."""
    table, work = HOLDS[action]
    with Held(address(clone), table, lambda connection: work(connection, files)) as held:
        (session,) = held.running(held.waiting)
        took = database.scalar(held.watch, "SELECT clock_timestamp() - %s", session.pop("siden"))
        assert -1 <= took.total_seconds() < SOON  # the time is in whole seconds
        phase = {"load": lasting.PLACING, "unload": "ta_tilbake_aargang", "check": kontroll.CHECKING}[action]
        assert session == {
            "pid": held.worker.info.backend_pid,
            "bruker": held.worker.info.user,
            "handling": action,
            "aargang": 2003 if action == "load" else 2002,
            "fase": "fest_aargang" if action == "load" else phase,
            "nummer": None,
            "kopierte_rader": None,
            "kopierte_bytes": None,
            "venter_paa": f"relation {table} RowExclusiveLock",
            "blokkert_av": [held.lock.info.backend_pid],
        }
        held.release()
        assert held.error is None
        assert held.watch.execute(RUNNING).fetchall() == []
        assert held.worker.info.parameter_status("application_name") == database.NAME


def test_each_connection_of_a_load_is_seen_and_the_load_can_be_cancelled(clone: Connection, files: Files) -> None:
    """The month's file that a connection reads; pg_cancel_backend on it ends the load, of which nothing is left."""
    before = fingerprint(clone)
    with Held(address(clone), "raa_05", lambda connection: load(connection, 2003, files, jobs=2)) as held:
        main, crew = held.running(lambda found: held.waiting(found) and len(found) == 2)
        assert (main["pid"], main["fase"], main["nummer"]) == (held.worker.info.backend_pid, lasting.READING, None)
        assert (crew["fase"], crew["nummer"], crew["aargang"]) == (lasting.READING, 5, 2003)
        assert crew["venter_paa"] == "relation raa_05 AccessExclusiveLock"
        assert crew["blokkert_av"] == [held.lock.info.backend_pid]

        console = Console(highlight=False, width=200)
        with pytest.MonkeyPatch.context() as patch, console.capture() as said:
            patch.setattr(screen, "out", console)
            status.show(held.watch, verbose=False)
        assert re.search(rf"Running: load of 2003, reading files 5, since [\d:]+ \(process {crew['pid']}, ", said.get())

        assert database.scalar(held.watch, "SELECT pg_cancel_backend(%s)", crew["pid"])
        held.running(lambda found: crew["pid"] not in [session["pid"] for session in found])
        held.release()  # the load empties its work tables, for which it waits
        assert isinstance(held.error, UserError)
        assert "Somebody cancelled it on the server" in str(held.error)
        assert "Nothing is left of the year 2003" in str(held.error)
        assert held.watch.execute(RUNNING).fetchall() == []
    assert fingerprint(clone) == before
    assert left_in_work_tables(clone) == {}


def test_a_terminated_load_leaves_nothing_that_lasts(clone: Connection, files: Files) -> None:
    with Held(address(clone), "lastet_aargang", lambda connection: load(connection, 2003, files)) as held:
        (session,) = held.running(held.waiting)
        assert database.scalar(held.watch, "SELECT pg_terminate_backend(%s)", session["pid"])
        held.release()
        assert isinstance(held.error, UserError)
        held.running(lambda found: not found)
    assert lasting.loaded_years(clone) == [2001, 2002]
    load(clone, 2003, files)
    assert offending(clone) == {}


def test_bytes_read_are_seen(clone: Connection) -> None:
    """COPY tells how far it has come, beside what the session says of itself."""
    with database.connect(address(clone)) as reader, reader.transaction(force_rollback=True):
        database.announce(reader, "load 2003: reading files 5")
        with reader.cursor().copy(
            "COPY arbsok_lasting.raa_05 (fnr, as_stat, dagdato, ant_d_as, mnd) FROM STDIN"
        ) as copy:
            deadline = time.monotonic() + SOON
            found = None
            while not found and time.monotonic() < deadline:
                copy.write("x\t\t\t\t\n" * 50_000)
                found = clone.execute(
                    "SELECT fase, nummer FROM trygdfob.pagaende_arbeid WHERE kopierte_bytes > 100000"
                    " AND kopierte_rader BETWEEN 10000 AND kopierte_bytes"
                ).fetchone()
            assert found == (lasting.READING, 5)


def test_names_fit(original: str) -> None:
    """63 characters hold the longest step with its month and the time."""
    with database.connect(original) as connection:
        steps = [*(step.name for step in lasting.all_steps(connection)), *lasting.PHASES]
        for step in steps:
            database.announce(connection, f"load 2003: {step} 12")
            assert database.scalar(connection, "SELECT fase FROM trygdfob.pagaende_arbeid") == step


def test_a_load_of_another_database_is_not_shown(original: str) -> None:
    with database.connect(make_conninfo(original, dbname="postgres")) as other, database.connect(original) as watch:
        database.announce(other, "load 2003: spells")
        assert watch.execute(RUNNING).fetchall() == []


@pytest.mark.parametrize("name", ["load 2003: x 24:00:60", "load 2003: x 99999999999 13:00:00", "load: 13:00:00:"])
def test_what_others_call_their_sessions_breaks_nothing(original: str, name: str) -> None:
    """Anybody may take the name of a load, and write no time in it, or no number."""
    with database.connect(original) as stranger, database.connect(original) as watch:
        stranger.execute("SELECT set_config('application_name', %s, false)", [f"{database.NAME} {name}"])
        watch.execute(RUNNING)


# ------------------------------------------------------------------------------------------------------ upgrades

#: Locks on the schema's relations, kept in a table when all of an upgrade but its last statement has been done
LOCKS = """
CREATE TABLE public.laaser AS
SELECT c.relname::text, c.relkind::text, l.mode
FROM pg_locks AS l JOIN pg_class AS c ON c.oid = l.relation
WHERE l.pid = pg_backend_pid() AND c.relnamespace IN (SELECT skjema FROM trygdfob.skjema);
"""


def locks(
    connection: Connection, monkeypatch: pytest.MonkeyPatch, before: str | None = None
) -> set[tuple[str, str, str]]:
    """The locks that an upgrade holds when it commits, or comes to a folder of objects: they are kept until the end."""
    statements = objects.statements()
    folders = [file.parent.name for file in objects.files()]
    statements.insert(folders.index(before) if before else len(statements), LOCKS)
    monkeypatch.setattr(objects, "statements", lambda: statements)
    installation.upgrade(address(connection))
    return set(connection.execute("SELECT * FROM public.laaser").fetchall())


#: Modes in which a lock leaves readers and writers alone
GENTLE = {"AccessShareLock", "RowShareLock", "RowExclusiveLock", "ShareUpdateExclusiveLock"}


def test_an_upgrade_of_objects_closes_no_table(clone: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    """Views and the two materialized views of the rules are replaced; who reads a table, or writes to the register, is
    left alone."""
    held = locks(clone, monkeypatch)
    guarded = {  # by triggers, made anew
        "innstilling", "statuskode", "arbeidssokerstatus", "ytelse", "hoved_koding", "kjennemerkesett", "versjon",
        "grunnlag", "celle", "versjonsregnskap", "snitt_av_versjon", "publisert_fil", "maanedsfil",
    }  # fmt: skip
    assert {name for name, kind, mode in held if mode not in GENTLE and kind in "rp"} == guarded
    assert {name for name, kind, mode in held if mode == "AccessExclusiveLock" and kind in "rp"} == set()
    assert ("vrak_arbsok", "r", "ShareUpdateExclusiveLock") in held  # COMMENT: the test sees locks on tables
    assert ("statusvalg", "m", "AccessExclusiveLock") in held


def test_an_upgrade_from_0003_closes_f_arbsok_and_the_others_at_the_end_alone(
    empty: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F_ARBSOK gets its person numbers; handing the tables over to fdtrygd_dba, once, is the last that it does."""
    here(settings.ROOT, "upgrade", "0003", to=address(empty))
    empty.execute("CREATE TABLE public.gamle AS SELECT oid FROM pg_class WHERE relnamespace = 'trygdfob'::regnamespace")
    empty.commit()
    held = locks(empty, monkeypatch, before="tilgang")
    old = {
        name
        for (name,) in empty.execute(
            "SELECT c.relname FROM pg_class AS c JOIN public.gamle USING (oid) WHERE c.relkind IN ('r', 'p')"
        )
    }
    large = {"f_arbsok_tabell", "miniregister", "h_arbsok", "vrak_arbsok"}  # the first is what F_ARBSOK was until then
    assert large - old == {"f_arbsok_tabell"}
    assert {name for name, _, mode in held if mode not in GENTLE and name in large} == {"f_arbsok_tabell"}


@pytest.mark.parametrize("how", ["online", "script"])
def test_an_upgrade_gives_way_to_a_long_query(clone: Connection, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    """Soon, since everybody who asks for the view waits behind it; it says for whom it waited, not what he asked."""
    to = address(clone)
    monkeypatch.setattr(installation, "LOCK_TIMEOUT", "700ms")
    clone.execute("UPDATE trygdfob.objektversjon SET digest = 'older'")
    before, schema = content(clone), dump(clone)
    with psycopg.connect(to, application_name="R") as analyst:
        analyst.execute("SELECT count(*) FROM arbsok.periode WHERE hoved = '15855555555'")
        pid = analyst.info.backend_pid
        if how == "online":
            with Held(to, "kontrollresultat", lambda connection: installation.upgrade(to)) as held:
                session = held.running(lambda found: waits_for(analyst, found))[0]
                assert (session["handling"], session["fase"]) == ("upgrade", "objects")
                assert re.fullmatch(
                    "relation (gjeldende_forlop|endelighet|periode) AccessExclusiveLock", session["venter_paa"]
                )
                assert session["blokkert_av"] == [pid]
                held.thread.join()
            assert isinstance(held.error, UserError)
            assert f"waited 700ms for process {pid} of user {analyst.info.user} (R)" in str(held.error)
            assert "Nothing was changed" in str(held.error)
            assert "15855555555" not in str(held.error)
        else:
            script = here(settings.ROOT, "upgrade", f"{installation.newest_revision()}:head", "--sql")
            psql = str(server.binary("psql"))
            said = run(psql, "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", to, to=None, input=script, check=False)
            assert said.returncode == 3
            assert "lock timeout" in said.stderr
        assert content(clone) == before
        assert dump(clone) == schema
        analyst.rollback()
        installation.upgrade(to)
    assert installation.version(clone) == (installation.newest_revision(), objects.digest())


@pytest.mark.parametrize("behind", ["arbsok.periode", "trygdfob.f_arbsok", "trygdfob.skjema"])
def test_an_upgrade_locks_no_reader_out_of_what_he_still_needs(clone: Connection, behind: str) -> None:
    """He has one view open and asks for another, which is replaced long before that one: neither waits for ever."""
    clone.execute("UPDATE trygdfob.objektversjon SET digest = 'older'")
    to = address(clone)
    with psycopg.connect(to) as analyst, ThreadPoolExecutor(1) as beside:
        analyst.execute("SELECT FROM trygdfob.pagaende_arbeid LIMIT 0")
        upgrade = beside.submit(installation.upgrade, to)
        waiting = "SELECT pid FROM pg_locks WHERE NOT granted AND relation = 'trygdfob.pagaende_arbeid'::regclass"
        eventually(lambda: bool(clone.execute(waiting).fetchall()))
        analyst.execute(f"SELECT FROM {behind} LIMIT 0")
        analyst.rollback()
        upgrade.result()
    assert installation.version(clone) == (installation.newest_revision(), objects.digest())


def test_a_script_does_not_run_beside_a_load(clone: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installation, "LOCK_TIMEOUT", "300ms")
    script = here(settings.ROOT, "upgrade", "head", "--sql")
    with alone(clone):
        said = run(
            str(server.binary("psql")), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", address(clone),
            to=None, input=script, check=False,
        )  # fmt: skip
    assert said.returncode == 3
    assert "lock timeout" in said.stderr


# -------------------------------------------------------------------------------------------- backup and restore


def program(name: str, connection: Connection) -> str:
    """One of PostgreSQL's programs, of the server's version: a newer one writes settings that an older server lacks."""
    major = str(connection.info.server_version // 10000)
    places = [server.binary(name), Path(f"/usr/lib/postgresql/{major}/bin/{name}"), Path(shutil.which(name) or "none")]
    for place in places:
        if place.exists() and re.search(rf" {major}(\.|\b)", run(str(place), "--version", to=None).stdout):
            return str(place)
    pytest.skip(f"The server is PostgreSQL {major}, and there is no {name} of that version here.")


#: pg_dump's options, and what restores what it wrote: program and options, to be followed by the database and the file
FORMATS = {
    "custom": (["-Fc"], "pg_restore", ["--exit-on-error", "-d"]),
    "plain": (["-Fp"], "psql", ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-d"]),
    "directory, two processes": (["-Fd", "-j", "2"], "pg_restore", ["--exit-on-error", "-j", "2", "-d"]),
}


@pytest.mark.parametrize("kind", FORMATS)
def test_a_restored_database_is_the_same(original: str, tmp_path: Path, kind: str, files: Files) -> None:
    """Schema, comments, grants, sequences; every row of every table, the key of the person numbers among them."""
    write, restore, options = FORMATS[kind]
    file = str(tmp_path / "backup")
    with made(original, f"{name_of(original)}_restored", "template0") as restored:
        to = address(restored)
        run(program("pg_dump", restored), *write, "-f", file, original, to=None)
        run(program(restore, restored), *options, to, *(["-f", file] if restore == "psql" else [file]), to=None)
        with psycopg.connect(original) as source:
            assert content(source) == content(restored)
            assert spelled_alike(dump(source)) == spelled_alike(dump(restored))
            sequences = (
                "SELECT sequencename, last_value FROM pg_sequences"
                " WHERE schemaname::regnamespace IN (SELECT skjema FROM trygdfob.skjema) ORDER BY 1"
            )
            numbers = source.execute(sequences).fetchall()
            assert restored.execute(sequences).fetchall() == numbers
            assert max(last for _, last in numbers if last) > 3
        filled = content(restored)
        assert min(filled[view][0] for view in ("statusvalg", "fnr_kontroll")) > 0
        assert left_in_work_tables(restored) == {}
        if kind == "custom":
            goes_on_as_the_original(original, restored, files)


def goes_on_as_the_original(original: str, restored: Connection, files: Files) -> None:
    """The controls hold, the next year gives the same rows and person numbers, and it can be taken back."""
    before = rows(restored)
    assert installation.version(restored) == (installation.newest_revision(), objects.digest())
    assert offending(restored) == {}
    load(restored, 2003, files)
    with made(original, f"{name_of(original)}_next", name_of(original)) as beside:
        load(beside, 2003, files)
        assert rows(restored) == rows(beside)
    assert database.scalar(restored, "SELECT count(*) FROM trygdfob.person WHERE aargang = 2003") > 0
    assert offending(restored) == {}
    lasting.unload_year(restored, 2003)
    assert rows(restored) == before


# ------------------------------------------------------------------------------------------------------- removal


def left(connection: Connection) -> list[Any]:
    """What the database has in schemas of its own, and has of the product elsewhere: settings, the roles' rights."""
    return connection.execute(
        "SELECT 'schema', nspname FROM pg_namespace WHERE nspname = 'trygdfob'"
        " UNION ALL SELECT 'default privileges', defaclrole::regrole::text FROM pg_default_acl"
        " UNION ALL SELECT 'setting', unnest(setconfig) FROM pg_db_role_setting"
        " WHERE setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())"
        " UNION ALL SELECT 'right', r.rolname FROM pg_shdepend AS s JOIN pg_roles AS r ON r.oid = s.refobjid"
        " JOIN pg_database AS d ON d.datname = current_database() AND d.oid IN (s.dbid, s.objid)"
        " WHERE s.refclassid = 'pg_authid'::regclass AND r.rolname LIKE 'fdtrygd\\_%'"
        " UNION ALL SELECT 'object', c.relname FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace"
        " WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' ORDER BY 1, 2"
    ).fetchall()


#: What others build on the schema, in every way that PostgreSQL knows of, and what of that stays
BUILT = """
CREATE SCHEMA bruk;
CREATE TABLE bruk.egen AS SELECT fnr FROM trygdfob.f_arbsok LIMIT 5;
CREATE VIEW bruk.paa_egen AS SELECT * FROM bruk.egen;
CREATE VIEW bruk.tilganger AS SELECT count(*) AS n FROM arbsok.tilfelle;
CREATE VIEW bruk.over AS SELECT n + 1 AS m FROM bruk.tilganger;
CREATE MATERIALIZED VIEW bruk.dager AS SELECT * FROM arbsok.tverrsnitt('2002-01-31') LIMIT 1;
CREATE TABLE bruk.flere (
    id integer PRIMARY KEY,
    aargang integer REFERENCES trygdfob.lastet_aargang,
    fnr text DEFAULT trygdfob.fnr_del('15855555555'),
    del integer GENERATED ALWAYS AS (trygdfob.fnr_del(fnr)) STORED,
    rad trygdfob.f_arbsok,
    rader trygdfob.f_arbsok[],
    CONSTRAINT delt CHECK (trygdfob.fnr_del(fnr) < 8)
);
CREATE VIEW bruk.deler AS SELECT del FROM bruk.flere;
CREATE VIEW bruk.id AS SELECT id FROM bruk.flere;
CREATE INDEX etter_del ON bruk.egen (trygdfob.fnr_del(fnr));
ALTER TABLE bruk.egen ENABLE ROW LEVEL SECURITY;
CREATE POLICY en_del ON bruk.egen USING (trygdfob.fnr_del(fnr) = 1);
CREATE TRIGGER vakt BEFORE INSERT ON bruk.egen FOR EACH ROW EXECUTE FUNCTION arbsok_lasting.rad_fra_fil();
CREATE DOMAIN bruk.domene AS trygdfob.f_arbsok;
CREATE FUNCTION bruk.tar(trygdfob.f_arbsok) RETURNS text LANGUAGE plpgsql AS 'BEGIN RETURN 1; END';
CREATE FUNCTION bruk.gir() RETURNS SETOF arbsok.tilfelle LANGUAGE plpgsql AS 'BEGIN END';
CREATE FUNCTION bruk.parset() RETURNS bigint BEGIN ATOMIC SELECT count(*) FROM arbsok.tilfelle; END;
CREATE FUNCTION bruk.tekst() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM arbsok.tilfelle';
CREATE FUNCTION bruk.noe() RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE PUBLICATION arbsok FOR TABLE trygdfob.vrak_arbsok, bruk.egen;
"""
#: Every object of others that stands for itself: parts of one (row types, a view's rule) go with it
OTHERS = """
CREATE TEMPORARY TABLE andres AS
SELECT DISTINCT d.classid, d.objid, d.objsubid, i.type, i.identity
FROM (SELECT classid, objid, objsubid FROM pg_depend UNION SELECT refclassid, refobjid, refobjsubid FROM pg_depend) AS d
CROSS JOIN LATERAL pg_identify_object(d.classid, d.objid, d.objsubid) AS i
WHERE d.classid <> 0 AND i.identity ~ '(\\mbruk\\.| in publication )' AND NOT EXISTS (
    SELECT FROM pg_depend AS w
    WHERE (w.classid, w.objid, w.objsubid) = (d.classid, d.objid, d.objsubid) AND w.deptype = 'i'
)
"""
GONE = """
SELECT type, identity FROM andres
WHERE (pg_identify_object(classid, objid, objsubid)).identity IS DISTINCT FROM identity
    AND (objsubid = 0 OR (pg_identify_object(classid, objid, 0)).identity IS NOT NULL)  -- a column of what stays
"""


def test_the_page_names_every_schema(original: str) -> None:
    """All that an upgrade has made, where the page says what there is, and where it removes it."""
    with psycopg.connect(original) as connection:
        made = {
            name
            for (name,) in connection.execute(
                "SELECT nspname FROM pg_namespace"
                " WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'public')"
            ).fetchall()
        }
    beginning, _, _ = DBA.read_text("utf-8").partition("\n## ")
    assert set(re.findall(r"`(\w+)` \(", beginning)) == made
    (removed,) = re.findall(r"DROP SCHEMA (.*) CASCADE", "".join(section("Removing it")))
    assert set(removed.split(", ")) == made


def test_removing_leaves_nothing_and_takes_nothing_else(clone: Connection) -> None:
    """What docs/dba.md says, statement by statement: first what goes along with the schema, then all of it."""
    first, broken, *rest = section("Removing it")
    if not database.scalar(clone, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"):
        pytest.skip("The role may not set what the server logs.")
    name = clone.info.dbname
    clone.execute(BUILT)
    for statements in section("What the server's log may hold"):
        clone.execute(statements.replace("DATABASE fdtrygd", f"DATABASE {name}"))
    assert {("setting", "log_statement=none"), ("right", "fdtrygd_dba"), ("right", "fdtrygd_analytiker")} < {
        *left(clone)
    }
    said = set(clone.execute(first).fetchall())
    assert clone.execute(broken).fetchall() == [("bruk.tekst()",)]
    clone.execute(OTHERS)
    for statement in "".join(rest).split(";"):
        if statement.strip() and "DROP ROLE" not in statement:  # the roles are the server's: other databases use them
            clone.execute(statement.replace("DATABASE fdtrygd", f"DATABASE {name}"))
    assert said == set(clone.execute(GONE).fetchall())
    clone.execute("DROP TABLE andres")
    assert ("table column", "bruk.flere.del") in said
    assert ("function", "bruk.tar(trygdfob.f_arbsok)") in said
    assert left(clone) == [("object", each) for each in ("egen", "flere", "flere_pkey", "id", "paa_egen")]
    assert database.scalar(clone, "SELECT count(*) FROM bruk.egen") == 5
