"""What a DBA has beside the register (docs/dba.md): one row to watch, publications, bounds of settings."""

import os
from pathlib import Path
from typing import Any

import psycopg
import pytest
from fdtrygd import kontroll, lasting, settings
from fdtrygd.db import database, installation, server
from fdtrygd.errors import UserError
from psycopg.rows import dict_row

from commands import here
from conftest import Silent, address, eventually, qualified
from contents import CLOCK, LOG, fingerprint
from documents import section
from loaded import Files, Held, load, made, name_of

Connection = psycopg.Connection[Any]


# ---------------------------------------------------------------------------------------------------- driftstatus


def drift(connection: Connection) -> dict[str, Any]:
    """The row: exactly one."""
    with connection.cursor(row_factory=dict_row) as cursor:
        (row,) = cursor.execute("SELECT * FROM trygdfob.driftstatus").fetchall()
    return row


def test_nothing_is_loaded(postgresql: Connection) -> None:
    row = drift(postgresql)
    assert (row["revisjon"], row["objekter"]) == installation.version(postgresql)
    assert (row["siste_aargang"], row["antall_aarganger"], row["siste_handling"]) == (None, 0, None)
    assert (row["feil"], row["godtatte_feil"], row["advarsler"]) == (0, 0, 0)
    assert (row["kladd_etter_avbrudd"], row["pagaar"], row["kun_lesing"]) == (False, None, False)


def test_a_list_of_persons_is_no_scratch(postgresql: Connection) -> None:
    """It leaves pages in a table that is not logged, as a killed load does."""
    with postgresql.cursor().copy("COPY leveranse_nokkel.liste_inn (linje) FROM STDIN") as copy:
        copy.write(b"15837010133\n")
    postgresql.execute("DELETE FROM leveranse_nokkel.liste_inn")
    assert database.scalar(postgresql, "SELECT pg_relation_size('leveranse_nokkel.liste_inn') > 0")
    assert not drift(postgresql)["kladd_etter_avbrudd"]


def test_what_was_done_last(clone: Connection, files: Files) -> None:
    row = drift(clone)
    assert (row["siste_aargang"], row["antall_aarganger"]) == (2002, 2)
    assert (row["siste_handling"], row["siste_handling_aargang"]) == ("load", 2002)
    assert (row["siste_kontroll_aargang"], row["feil"]) == (2002, 0)
    warnings = (
        "SELECT count(*) FROM kontroll.kontrollstatus WHERE antall > 0 AND alvor = 'advarsel'"
        " AND aargang IN (SELECT aargang FROM trygdfob.lastet_aargang)"
    )
    assert row["advarsler"] == database.scalar(clone, warnings) > 0
    assert row["siste_handling_ferdig"] == database.scalar(clone, "SELECT max(ferdig) FROM trygdfob.kjorelogg")
    sizes = "SELECT pg_total_relation_size('trygdfob.f_arbsok') < pg_database_size(current_database())"
    assert database.scalar(clone, sizes)
    assert 0 < row["f_arbsok_bytes"] < row["database_bytes"]

    clone.execute("DELETE FROM trygdfob.f_arbsok WHERE kode = '1' AND aargang = 2002")
    list(kontroll.check_years(clone, [2002], 1))
    found = drift(clone)["feil"]
    assert found > 0
    clone.execute("UPDATE kontroll.kontrollresultat SET godtatt = 'known' WHERE alvor = 'feil' AND antall > 0")
    assert (drift(clone)["feil"], drift(clone)["godtatte_feil"]) == (0, found)

    clone.execute(
        "INSERT INTO kontroll.kontrollkjoring (anledning, aargang, produktversjon, objektversjon)"
        " VALUES ('check', 2001, '', '')"  # as a check that was killed has it
    )
    row = drift(clone)
    assert (row["siste_kontroll_aargang"], row["siste_kontroll_ferdig"]) == (2001, None)
    assert row["godtatte_feil"] == found

    lasting.unload_year(clone, 2002)
    row = drift(clone)
    assert (row["siste_aargang"], row["siste_handling"], row["siste_handling_aargang"]) == (2001, "unload", 2002)
    assert row["godtatte_feil"] == 0  # of the years that are loaded


def test_another_databases_locks_are_its_own(clone: Connection, original: str) -> None:
    """A copy of the database on the same server has the same numbers for its tables."""
    before = drift(clone)
    with made(original, f"{clone.info.dbname}_2", name_of(original)) as other, other.transaction():
        other.execute("LOCK TABLE arbsok_lasting.raa_01, trygdfob.f_arbsok IN ACCESS EXCLUSIVE MODE")
        row = drift(clone)
    for column in ("kladd_bytes", "f_arbsok_bytes"):
        assert row[column] == before[column] > 0, column


def test_what_runs_and_what_a_killed_load_leaves(clone: Connection, files: Files) -> None:
    empty = drift(clone)["kladd_bytes"]
    to = address(clone)
    with Held(to, "lastet_aargang", lambda connection: load(connection, 2003, files, jobs=2)) as held:
        held.running(held.waiting)
        row = drift(clone)
        assert row["pagaar"] == "load 2003"
        assert row["pagaar_venter_paa"] == str(held.lock.info.backend_pid)
        assert row["blokkerte"] >= 1
        assert row["eldste_transaksjon"] <= row["pagaar_siden"] or row["eldste_transaksjon"] is not None
        assert row["kladd_bytes"] > empty
        assert not row["kladd_etter_avbrudd"]
        held.watch.execute("SELECT pg_terminate_backend(%s)", [held.worker.info.backend_pid])
        held.release()
        held.running(lambda found: not found)
    # Those beside the killed session are named no more, but hold their lock until the server has ended them
    eventually(lambda: drift(clone)["kladd_etter_avbrudd"])
    assert drift(clone)["pagaar"] is None
    load(clone, 2003, files)
    row = drift(clone)
    assert not row["kladd_etter_avbrudd"]
    assert row["kladd_bytes"] == empty


def test_check_files_leaves_no_scratch(clone: Connection, files: Files) -> None:
    """What its steps wrote, and its transaction took back, took room in the work tables."""
    empty = drift(clone)["kladd_bytes"]
    lasting.check_files(clone, [2003], files, synthetic=True, progress=Silent())
    row = drift(clone)
    assert row["kladd_bytes"] == empty
    assert not row["kladd_etter_avbrudd"]


def test_a_month_that_a_killed_load_left(clone: Connection) -> None:
    clone.execute("CREATE TABLE trygdfob.miniregister_2003_01 (LIKE trygdfob.miniregister)")
    assert drift(clone)["kladd_etter_avbrudd"]


def test_who_may_read_it(clone: Connection) -> None:
    """PostgreSQL's role for monitoring reads the row, and nothing else; an analyst does not."""
    role = f"vakt_{os.getpid()}"
    clone.execute(f"CREATE ROLE {role} IN ROLE pg_monitor")
    try:
        clone.execute(f"SET ROLE {role}")
        assert drift(clone)["siste_aargang"] == 2002
        for table in ("f_arbsok", "kjorelogg", "pagaende_arbeid", "lastet_aargang"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                clone.execute(f"SELECT FROM {qualified(table)}")
        clone.execute("SET ROLE fdtrygd_laster")
        drift(clone)
        clone.execute("SET ROLE fdtrygd_analytiker")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            drift(clone)
    finally:
        clone.execute("RESET ROLE")
        clone.execute(f"DROP ROLE {role}")


# --------------------------------------------------------------------------------------------------- publications

#: Tables of which a publication could not take rows out
WITHOUT_IDENTITY = """
    SELECT c.relname FROM pg_class AS c
    WHERE c.relnamespace IN (SELECT skjema FROM trygdfob.skjema) AND c.relkind = 'r' AND c.relpersistence = 'p'
        AND (c.relreplident = 'n' OR c.relreplident = 'd'
            AND NOT EXISTS (SELECT FROM pg_index AS i WHERE i.indrelid = c.oid AND i.indisprimary))
"""


def test_every_lasting_table_can_be_published(clone: Connection) -> None:
    assert clone.execute(WITHOUT_IDENTITY).fetchall() == []


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_publication_of_all_tables_stands_in_no_load_s_way(clone: Connection, files: Files, jobs: int) -> None:
    clone.execute("CREATE PUBLICATION alt FOR ALL TABLES")
    before = fingerprint(clone, without=CLOCK, but=LOG)
    load(clone, 2003, files, jobs=jobs)
    assert clone.execute(WITHOUT_IDENTITY).fetchall() == []
    list(kontroll.check_years(clone, [2003], 1))
    lasting.unload_year(clone, 2003)
    assert fingerprint(clone, without=CLOCK, but=LOG) == before


ANALYSTS_CALLS = (
    "tverrsnitt('2002-06-30')", "beholdning('2002-01-01', '2002-06-30')", "strom('2002-01-01', '2002-12-31')",
    "manedspanel('2002-01-01', '2002-03-31')", "varighet('tilfelle', '2002-01-01', '2002-12-31')",
    "forbehold('strom', '2002-01-01', '2002-12-31')",
)  # fmt: skip
READ_BY_ANALYSTS = """
    SELECT relname::text FROM pg_class WHERE relnamespace IN (SELECT skjema FROM trygdfob.skjema) AND relkind = 'v'
        AND has_table_privilege('fdtrygd_analytiker', oid, 'SELECT')
"""


def test_what_a_subscriber_gets(own_server: Path, files: Files) -> None:
    """The publication of docs/dba.md, with years loaded and taken back: analysts read the same sums at both ends."""
    with psycopg.connect(server.start(own_server, fsync=False), autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET wal_level = logical")
        connection.execute("ALTER SYSTEM SET max_wal_senders = 10")
    server.stop(own_server)
    to = server.start(own_server, fsync=False)
    installation.upgrade(to)
    with database.connect(to) as publisher, made(to, "abonnent", "template0") as subscriber:
        installation.upgrade(address(subscriber))
        load(publisher, 2001, files)
        publisher.execute(section("Publishing and replicas")[0])
        # In the same server a subscription that makes its own slot would wait for itself
        publisher.execute("SELECT pg_create_logical_replication_slot('arbsok', 'pgoutput')")
        subscriber.execute(
            f"CREATE SUBSCRIPTION arbsok CONNECTION '{to}' PUBLICATION arbsok WITH (create_slot = false)"
        )
        tables = "SELECT tablename FROM pg_publication_tables WHERE pubname = 'arbsok'"
        published = [name for (name,) in publisher.execute(tables)]

        def rows(connection: Connection, of: str) -> list[str]:
            return sorted(row for (row,) in connection.execute(f"SELECT r::text FROM {qualified(of)} AS r"))

        def arrives() -> None:
            eventually(lambda: all(rows(publisher, table) == rows(subscriber, table) for table in published))

        try:
            arrives()
            for year in (2002, 2003):
                load(publisher, year, files, jobs=2)
            arrives()
            lasting.unload_year(publisher, 2003)
            arrives()
            for connection in (subscriber, publisher):  # other objects, and the rows of the rules once more
                connection.execute("UPDATE trygdfob.objektversjon SET digest = 'older'")
                installation.upgrade(address(connection))
            load(publisher, 2003, files)
            arrives()
            views = [name for (name,) in publisher.execute(READ_BY_ANALYSTS)]
            assert len(views) > 20
            # Of F_ARBSOK it has nothing: a load fills tables of its own for that
            different = {each for each in (*views, *ANALYSTS_CALLS) if rows(publisher, each) != rows(subscriber, each)}
            assert different == {
                *("periode", "tilfelle", "gruppetilfelle", "f_arbsok_tall", "f_arbsok_mnd"),
                *ANALYSTS_CALLS[:5],
            }
            assert all(rows(subscriber, each) == [] for each in different if "strom" not in each)
            assert rows(subscriber, "regnskap")
            failed = "SELECT sum(apply_error_count + sync_error_count) FROM pg_stat_subscription_stats"
            assert database.scalar(subscriber, failed) == 0
        finally:
            subscriber.execute("DROP SUBSCRIPTION arbsok")


# --------------------------------------------------------------------------------------------- bounds of settings

BEYOND = {
    "serie_start": ["'1991-12-31'", "'2100-01-01'", "'infinity'"],
    "avslutning_dager": ["90", "36526", "2147483647"],
    "arbeidsminne_mb": ["15", "2097152", "2147483647"],
}
WITHIN = {
    "serie_start": ["'1992-01-01'", "'2099-12-31'"],
    "avslutning_dager": ["91", "36525"],
    "arbeidsminne_mb": ["16", "2097151"],
}


@pytest.mark.parametrize("name", BEYOND)
def test_a_setting_beyond_its_bounds(postgresql: Connection, name: str) -> None:
    for value in BEYOND[name]:
        with pytest.raises(psycopg.errors.CheckViolation, match=f"innstilling_{name}"), postgresql.transaction():
            postgresql.execute(f"UPDATE trygdfob.innstilling SET {name} = {value}")
    for value in WITHIN[name]:
        postgresql.execute(f"UPDATE trygdfob.innstilling SET {name} = {value}")
        for jobs in (1, 64):  # what a load and the controls make of it
            database.prepare(postgresql, jobs)
    postgresql.rollback()


@pytest.mark.parametrize("name", BEYOND)
def test_an_upgrade_says_which_setting_is_beyond(empty: Connection, name: str) -> None:
    here(settings.ROOT, "upgrade", "0006", to=address(empty))
    empty.rollback()
    value = "'infinity'" if name == "serie_start" else "2147483647"
    empty.execute(f"UPDATE trygdfob.innstilling SET {name} = {value}")
    empty.commit()
    with pytest.raises(UserError, match=rf"The setting {name} .* It must be between .*UPDATE .* SET {name}"):
        installation.upgrade(address(empty))
    empty.execute(f"UPDATE trygdfob.innstilling SET {name} = DEFAULT")
    empty.commit()
    installation.upgrade(address(empty))
