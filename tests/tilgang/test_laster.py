"""Who loads: what he may write, and that his commands run the owner's code alone, with the owner's rights."""

from pathlib import Path

import psycopg
import pytest
from fdtrygd import cli, kontroll, lasting
from fdtrygd.db import objects
from typer.testing import CliRunner

from conftest import Silent, offending, qualified
from contents import fingerprint
from loaded import Files
from logins import address_as
from statements import SCHEMA_OF
from users import CALLABLE, READABLE, REGISTER, SECRET, TRAPS, WRITABLE, Connection, denied, names

#: What whoever loads calls to write a year's miniregister as a flat file, and to load a population register
CALLS = {
    "avbryt_utlevering", "begynn_flatfil", "forbered_flatfil", "fullfor_utlevering",
    "begynn_register", "ta_inn_register",
}  # fmt: skip
#: What he reads of a population register: no person
READS = {"folkeregisterversjon", "fylke", "koderetting", "kommune", "kommune_endring"}
OF_OTHERS = (
    "SELECT {1}name::text FROM {0} WHERE {1}namespace IN ('leveranse'::regnamespace, 'leveranse_nokkel'::regnamespace,"
    " 'befolkning'::regnamespace, 'statistikk'::regnamespace)"
)


def test_loader_reads_everything_but_the_key(owner: Connection, loader: Connection) -> None:
    """Also the partitions that a load has just made; but of deliveries the flat file alone, and of the population
    register and statistics no person and no count."""
    tables = names(owner, OF_OTHERS.format("pg_class", "rel")) & names(owner, READABLE)
    assert names(owner, READABLE) - names(loader, READABLE) == {SECRET} | (tables - READS)
    assert names(owner, CALLABLE) - names(loader, CALLABLE) == names(owner, OF_OTHERS.format("pg_proc", "pro")) - CALLS


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
    ("avvist_funn", "INSERT", None),
    ("avvist_funn", "DELETE", None),
    ("innstilling", "UPDATE", None),
    ("terskel", "UPDATE", "egen_minst egen_prosent"),
    *(
        (table, privilege, None)
        for table in (
            "hoved_koding", "arbeidssokerstatus", "ytelse", "sysselsetting", "offisiell_statistikk", "koderetting",
        )
        for privilege in ("INSERT", "UPDATE", "DELETE")
    ),
}  # fmt: skip


def test_loader_writes_what_is_listed_and_nothing_else(owner: Connection, loader: Connection) -> None:
    """Column by column: in the run log above all, where he may neither say who it was nor change what is counted."""
    assert set(owner.execute(WRITES).fetchall()) == LOADERS
    assert names(loader, WRITABLE) == {table for table, _, _ in LOADERS}


@pytest.mark.parametrize(
    "step",
    [
        "lag_aarets_tabeller(2002)",
        "asok_insert_forlop(2002, 0)",
        "fest_person(2002)",
        "asok_insert_vrak(2002)",
    ],
)
def test_no_step_writes_into_a_loaded_year(loader: Connection, step: str) -> None:
    with pytest.raises(psycopg.Error, match="2002 is already loaded"):
        loader.execute(f"SELECT {qualified(step)}")


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
    files: Files,
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
        *(f"TRUNCATE {qualified(table)}" for table in ("forlopsdel", "raa_01", "ytelse")),
        "UPDATE trygdfob.statuskode SET tekst = ''",
        "UPDATE trygdfob.kjorelogg SET bruker = 'en annen'",
        "INSERT INTO kontroll.kontrollkjoring (anledning, aargang, bruker, produktversjon, objektversjon)"
        " VALUES ('check', 2001, 'en annen', '', '')",
        f"TABLE trygdfob.{SECRET}",
        "CREATE TABLE trygdfob.ny (en integer)",
        "CREATE FUNCTION trygdfob.ny() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "CREATE OR REPLACE FUNCTION trygdfob.blanke() RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN ' '",
        "ALTER FUNCTION arbsok_lasting.tom_raa(integer) RESET search_path",
        "ALTER TABLE trygdfob.forlopsdel DISABLE TRIGGER ALL",
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


TABLES = ("pg_class", "pg_namespace", "innstilling", "lastet_aargang", "f_arbsok", "aarets_fil", "raa_01")


def test_the_owners_rights_run_the_owners_code_alone(
    loader: Connection, own_schema: str, files: Files, owner: Connection
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
#: What the program calls in a load, an unload and a control: these run with the owner's rights, of deliveries what
#: test_utleverer.py has, of the population register its load and what kjennemerker are made by, and nothing else does.
STEPS = {
    "tom_raa", "registrer_fil", "merk_avvikende_fil", "skriv_kjorelogg", "fullfor_kjorelogg",
    "fest_filer", "gjenskap_lopende", "lag_forlopstabell", "rydd_forlopsdeler", "kontroller_rekkefolge",
    "rydd_arbeidstabeller",
    "arbsok_forlopskontroll", "arbsok_personkontroll", "arbsok_aargangskontroll", "asok_konsistenskontroll",
    "kontroller_aargang",
    "ta_tilbake_aargang",
    "begynn_register", "ta_inn_register", "lag_kjennemerker", "slett_kjennemerker", "hovedlopenr",
}  # fmt: skip


def test_functions_with_the_owners_rights_are_the_loads_steps(owner: Connection) -> None:
    """pg_temp stands last in their search path: where it is not named, it is searched first."""
    others = ("leveranse", "leveranse_nokkel", "statistikk")  # test_statistiker.py has those of statistics
    functions = [each for each in owner.execute(PATHS) if SCHEMA_OF[each[0]] not in others]
    steps = {step.name for step in lasting.all_steps(owner)}
    assert {name for name, with_owners_rights, _, _ in functions if with_owners_rights} == STEPS | steps
    for name, with_owners_rights, procedural, path in functions:
        if with_owners_rights or procedural or path:
            assert path == "search_path=pg_catalog, pg_temp", name
