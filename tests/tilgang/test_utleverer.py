"""Who makes deliveries: what an order of a project may have he gets by functions, and sees nothing else."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from fdtrygd import cli
from fdtrygd.db import objects
from fdtrygd.leveranse import catalogue
from typer.testing import CliRunner

from conftest import qualified
from delivering import begin, find, one_state, order, project, put_in, query, rows, table, written
from logins import address_as, log_in, login
from users import (
    CALLABLE,
    READABLE,
    REGISTER,
    SECRET,
    SEQUENCES,
    TRAPS,
    WRITABLE,
    Connection,
    denied,
    everything,
    leaked,
    names,
)

DAY = "2001-12-31"  # the last one that 2001 and 2002 release
#: What he reads: the catalogue, the projects, the log, and whether the database is of the program's version
READS = {
    "avslag", "bestilling", "bestilt_tabell", "bestilt_variabel", "form", "formvariabel", "kode", "koderad",
    "microdata", "populasjonsvilkar", "prosjekt", "prosjektstatus", "utlevering", "utlevert_fil", "utlevert_tabell",
    "variabel",
    "alembic_version", "objektversjon",
}  # fmt: skip
#: What he calls: these run with the owner's rights
CALLS = {
    "begynn_sammenligning", "begynn_tabell", "begynn_utlevering", "beskrivelse_av_utlevering", "finn_personer",
    "avbryt_utlevering", "fullfor_utlevering", "gjenta_utlevering", "kjoringer_siden", "rader", "sammenlign_tabell",
    # These three ask for fdtrygd_fnr too (tests/leveranse/test_microdata.py)
    "begynn_microdata", "beskriv_microdata", "microdata_rader",
}  # fmt: skip
#: Functions that views call
HELPERS = {"norsk_dag", "som_dag"}
#: With the owner's rights for others: the owner's own, and the loader's (the flat file)
OTHERS = {"bytt_nokkel", "lukk_prosjekt", "opprett_prosjekt", "slett_prosjekt"}
LOADERS = {"avbryt_utlevering", "begynn_flatfil", "forbered_flatfil", "fullfor_utlevering"}


@pytest.fixture
def user(as_role: Callable[[str], Connection]) -> Connection:
    return as_role("utlevering")


@pytest.fixture
def everything_allowed(owner: Connection) -> str:
    return project(owner)


def his(user: Connection, query: str) -> set[str]:
    """The names that a query about his rights gives; he does not read the view of the schemas."""
    ours = ", ".join(f"'{schema}'::regnamespace" for schema in objects.schemas())
    return names(user, query.replace("(SELECT skjema FROM trygdfob.skjema)", f"({ours})"))


def refused(connection: Connection, statement: str, *parameters: Any) -> str:
    """What the database itself refuses it for."""
    with pytest.raises(psycopg.Error) as error:
        connection.execute(statement, parameters)
    assert error.value.sqlstate == "FD007"
    return error.value.diag.message_primary or ""


def of_everything(name: str, **changes: Any) -> dict[str, Any]:
    forms = ("hendelser", "tilfelle", "gruppetilfelle", "periode", "manedspanel")
    return order(name, til=DAY, tabell=[*map(table, forms), table("tverrsnitt", dager=[DAY])], **changes)


def test_he_reads_and_calls_what_is_listed(user: Connection) -> None:
    assert his(user, READABLE) == READS
    assert his(user, CALLABLE) == CALLS | HELPERS
    assert his(user, WRITABLE) == set()
    assert his(user, SEQUENCES) == set()


def test_all_that_is_not_listed_is_refused(owner: Connection, user: Connection) -> None:
    every = names(owner, READABLE)
    assert {"f_arbsok", "person", "forlop_2001_01", "prosjektnokkel", "person_i_liste", "liste_inn", SECRET} <= every
    for name in sorted(every - READS):
        denied(user, f"SELECT FROM {qualified(name)} LIMIT 0")
    for name in sorted(READS):
        user.execute(f"SELECT * FROM {qualified(name)} LIMIT 1")


@pytest.mark.parametrize(
    "attempt",
    [
        "SELECT leveranse.opprett_prosjekt('{}')",
        "SELECT leveranse.lukk_prosjekt('a')",
        "SELECT leveranse.slett_prosjekt('a')",
        "SELECT leveranse.bytt_nokkel('a')",
        "SELECT leveranse_nokkel.ny_nokkel()",
        "SELECT leveranse_nokkel.lpnr('a', 'b')",
        "SELECT leveranse_nokkel.ta_inn_liste('a', 'b', 1)",
        "SELECT * FROM leveranse.frigitt_hendelser('2001-05-01', '2001-12-31')",
        "SELECT * FROM leveranse.frigitt_tverrsnitt('{2001-12-31}')",
        "SELECT * FROM leveranse.populasjonens_personer('{}', '2001-12-31')",
        "SELECT leveranse.sporring_for_tabell('a', 'b', 1, 'c')",
        "SELECT leveranse.begynn_flatfil(2001, 'a', '{}')",
        "INSERT INTO leveranse.utlevering (slag, prosjekt, bestilling, versjon, til, versjoner)"
        " VALUES ('leveranse', 'a', 'b', 1, '2001-12-31', '{}')",
        "UPDATE leveranse.utlevering SET tilstand = 'begynt'",
        "DELETE FROM leveranse.avslag",
        "UPDATE leveranse.prosjekt SET gyldig_til = '2999-01-01'",
        "INSERT INTO leveranse_nokkel.liste_inn (linje) VALUES ('15837010133')",
        "COPY leveranse_nokkel.liste_inn (linje) FROM STDIN",
        "COPY trygdfob.person TO STDOUT",
        "DO 'BEGIN LOCK TABLE trygdfob.forlopsdel IN ACCESS SHARE MODE; END'",
        "SELECT stavalues1 FROM pg_statistic",
        "CREATE TABLE leveranse.ny (en integer)",
        "CREATE OR REPLACE FUNCTION leveranse.norsk_dag(timestamptz) RETURNS date LANGUAGE sql RETURN now()::date",
        "ALTER FUNCTION leveranse.rader(integer, text, integer) RESET search_path",
        "GRANT SELECT ON trygdfob.person TO PUBLIC",
        "SET ROLE fdtrygd_dba",
        "SET ROLE fdtrygd_fnr",
        "SET SESSION AUTHORIZATION fdtrygd_dba",
        *(f"TABLE {qualified(table)}" for table in REGISTER),
    ],
)
def test_he_is_refused(user: Connection, attempt: str) -> None:
    denied(user, attempt)


def test_he_delivers_and_no_fnr_is_in_it(
    owner: Connection, user: Connection, everything_allowed: str, fnr: set[str]
) -> None:
    """Nor in what he reads beside it, nor the analysts' number, nor what lies in his session."""
    numbers = names(owner, "SELECT lopenr::text FROM trygdfob.person")
    number = begin(user, of_everything(everything_allowed))
    with one_state(user):
        find(user, number)
        got = rows(user, number)
        for temporary in ("leveranse_person", "leveranse_kandidat"):
            with user.transaction(force_rollback=True):
                denied(user, f"SELECT FROM pg_temp.{temporary}")
    assert all(len(table) > 50 for table in got.values())
    text = repr(got)
    assert leaked(text, fnr) == set()
    assert not any(lopenr in text for lopenr in numbers)
    for name in sorted(his(user, READABLE)):
        assert leaked(everything(user, f"SELECT t::text FROM {qualified(name)} AS t"), fnr) == set(), name
    assert leaked(everything(user, "SELECT pg_stats::text FROM pg_stats"), fnr) == set()


def test_a_table_of_his_own_is_not_taken(user: Connection, everything_allowed: str) -> None:
    """In the place of the persons that the owner finds: neither before he does nor after."""
    number = begin(user, order(everything_allowed, til=DAY))
    forged = "(utlevering integer, lopenr varchar, lpnr text, fnr varchar, i_registeret integer)"
    for made in (
        f"CREATE TEMP TABLE leveranse_person {forged}",
        "CREATE TEMP VIEW leveranse_person AS SELECT 1 AS utlevering, ''::varchar AS lopenr, ''::text AS lpnr",
        "CREATE TEMP TABLE leveranse_kandidat (lopenr varchar, fnr varchar)",
    ):
        with one_state(user, undone=True):
            user.execute(made)
            with user.transaction(force_rollback=True):
                assert "a table of its own" in refused(user, "SELECT leveranse.finn_personer(%s)", number)
            if "kandidat" not in made:
                assert "are not found yet" in refused(
                    user, f"SELECT * FROM leveranse.rader({number}, 'perioder') AS t (a text)"
                )
    with one_state(user, undone=True):
        find(user, number)
        for attempt in (
            f"INSERT INTO pg_temp.leveranse_person VALUES ({number}, 'a', 'p', NULL, 1)",
            "UPDATE pg_temp.leveranse_person SET lopenr = ''", "DELETE FROM pg_temp.leveranse_person",
            "TRUNCATE pg_temp.leveranse_person", "DROP TABLE pg_temp.leveranse_person",
            "ALTER TABLE pg_temp.leveranse_person RENAME TO annen",
            "ALTER TABLE pg_temp.leveranse_person OWNER TO CURRENT_USER",
            "CREATE TRIGGER t BEFORE INSERT ON pg_temp.leveranse_person"
            " EXECUTE FUNCTION suppress_redundant_updates_trigger()",
        ):  # fmt: skip
            with user.transaction(force_rollback=True):
                denied(user, attempt)


def test_only_what_he_has_begun(owner: Connection, user: Connection, everything_allowed: str) -> None:
    """Neither another's, nor one that is done, nor none; whatever he asks of it."""
    theirs = begin(owner, order(everything_allowed, til=DAY))
    mine = begin(user, order(everything_allowed, til=DAY))
    user.execute("SELECT leveranse.fullfor_utlevering(%s, 0, '{}', '[]', '[]')", [mine])
    for number in (theirs, mine, 2**31 - 1):
        for call in (
            f"SELECT leveranse.finn_personer({number})",
            f"SELECT * FROM leveranse.rader({number}, 'perioder') AS t (lpnr text)",
            f"SELECT leveranse.beskrivelse_av_utlevering({number})",
            f"SELECT leveranse.fullfor_utlevering({number}, 0, '{{}}', '[]', '[]')",
        ):
            with one_state(user, undone=True):
                assert refused(user, call).startswith(f"Delivery {number} is none that")


def test_the_persons_of_one_delivery_and_the_rows_of_another(owner: Connection, user: Connection) -> None:
    """Two projects, each allowed little: he does not get the variables of the one for the persons of the other."""
    wide = project(owner, variabler=["regdato"])
    narrow = project(owner, variabler="alle", populasjon={"tverrsnitt": {"dager": ["2001-05-01"]}}, persons=None)
    everybody = begin(user, order(wide, til=DAY, tabell=[table("periode", variabler=["regdato"])]))
    few = begin(user, order(narrow, til=DAY))
    with one_state(user, undone=True):
        find(user, everybody)
        with user.transaction(force_rollback=True):
            assert "are another delivery's" in refused(
                user, f"SELECT * FROM leveranse.rader({few}, 'perioder') AS t (a text)"
            )
        find(user, few)
        with user.transaction(force_rollback=True):
            assert "are another delivery's" in refused(
                user, f"SELECT * FROM leveranse.rader({everybody}, 'periode') AS t (a text)"
            )
        assert rows(user, few)["perioder"]


def test_rows_come_in_the_transaction_that_found_the_persons(user: Connection, everything_allowed: str) -> None:
    number = begin(user, order(everything_allowed, til=DAY))
    read = f"SELECT * FROM leveranse.rader({number}, 'perioder') AS t (a text)"
    assert refused(user, "SELECT leveranse.finn_personer(%s)", number) == "A delivery reads one state of the register."
    with user.transaction(force_rollback=True):
        assert "one state" in refused(user, "SELECT leveranse.finn_personer(%s)", number)
    with one_state(user):
        find(user, number)
    assert "are not found yet" in refused(user, read)
    with one_state(user, undone=True):
        find(user, number)
        assert "has no table er-ikke" in refused(
            user, f"SELECT * FROM leveranse.rader({number}, 'er-ikke') AS t (a text)"
        )


def test_names_in_front_of_the_products_change_nothing(
    owner: Connection, user: Connection, logins: dict[str, str], everything_allowed: str
) -> None:
    """Operators, functions, types and tables of his own come first: the same rows, and none is called."""
    content = of_everything(
        everything_allowed, populasjon={"kriterium": {"nivaa": "periode", "hoved": ["1"]}, "utvalg": 0.5}
    )
    number = begin(user, content)
    with one_state(user):
        find(user, number)
        before = rows(user, number)
    raw = user.execute("SELECT leveranse.beskrivelse_av_utlevering(%s)", [number]).fetchone()
    assert raw is not None
    described = catalogue.describe(raw[0]).tables
    owner.execute(f"CREATE SCHEMA egen; GRANT ALL ON SCHEMA egen TO {logins['utlevering']}")
    try:
        user.execute(TRAPS)
        for name in ("prosjekt", "utlevering", "person", "formvariabel", "pg_class", "lastet_aargang", "andres_liste"):
            user.execute(f"CREATE TEMP TABLE {name} (oid oid, utlevering integer, prosjekt varchar)")
        user.execute(f"SET search_path = pg_temp, egen, {', '.join(objects.schemas())}, pg_catalog")
        with one_state(user, undone=True):
            assert find(user, number)["personer"] > 10
            for each in described:
                # In its own words the session writes what it means
                cast = query(each, number).replace(" text", " pg_catalog.text").replace(" date", " pg_catalog.date")
                assert user.execute(cast.encode()).fetchall() == before[each.name]
    finally:
        user.close()
        owner.execute("DROP SCHEMA egen CASCADE")


def test_a_list_takes_both_roles(
    owner: Connection, admin: Connection, logins: dict[str, str], everything_allowed: str, fnr: set[str], tmp_path: Path
) -> None:
    """Who delivers, and who knows fødselsnummer; neither alone. What goes in does not come out."""
    persons = sorted(person for person in fnr if person)[:30]
    content = order(everything_allowed, bestilling="liste", til=DAY, populasjon={"liste": {"fil": "a.txt"}})
    both = login(admin, "liste")
    admin.execute(f"GRANT fdtrygd_utlevering, fdtrygd_fnr TO {both}")
    with log_in(both, owner) as user:
        number = begin(user, content, persons)
        denied(user, "SELECT linje FROM leveranse_nokkel.liste_inn")
        denied(user, "INSERT INTO leveranse_nokkel.liste_inn (linje, transaksjon) VALUES ('1', '1')")
        denied(user, "TABLE leveranse_nokkel.person_i_liste")
        with one_state(user):
            assert find(user, number)["personer"] == 30
    with log_in(logins["fnr"], owner) as knows:
        with knows.transaction(force_rollback=True):
            put_in(knows, persons)
        denied(knows, f"SELECT leveranse.begynn_utlevering('{json.dumps(content)}', '{{}}')")


def test_what_holds_fnr_takes_both_roles(
    owner: Connection, admin: Connection, user: Connection, everything_allowed: str
) -> None:
    """The datasets for microdata.no: he alone begins none, and reads none once he no longer has the other role."""
    begins = f"SELECT leveranse.begynn_microdata('{DAY}', 'en grunn', '{{}}')"
    assert "only a member of both" in refused(user, begins)
    both = login(admin, "fnr_en_stund")
    admin.execute(f"GRANT fdtrygd_utlevering, fdtrygd_fnr TO {both}")
    with log_in(both, owner) as knows:
        (number,) = knows.execute(begins).fetchone() or (0,)
        with one_state(knows):
            (dataset,) = knows.execute("SELECT datasett FROM leveranse.microdata LIMIT 1").fetchone() or ("",)
            reads = f"SELECT * FROM leveranse.microdata_rader({number}, '{dataset}')"
            assert knows.execute(reads).fetchall()
        admin.execute(f"REVOKE fdtrygd_fnr FROM {both}")
        with one_state(knows, undone=True):
            assert "only a member of both" in refused(knows, reads)
    delivery = begin(user, order(everything_allowed, til=DAY))
    with one_state(user, undone=True):
        assert "only a member of both" in refused(user, f"SELECT leveranse.beskriv_microdata({delivery})")


# The commands


def test_his_commands(
    owner: Connection,
    logins: dict[str, str],
    everything_allowed: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Orders, repeats, the list of projects; what is not his is refused in a sentence."""
    monkeypatch.setenv("FDTRYGD_DATABASE_URL", address_as(logins["utlevering"], owner))
    earlier = written(
        tmp_path, order(everything_allowed, bestilling="mine", til="2001-10-31", tabell=[table("periode")]), "foer.toml"
    )
    later = written(
        tmp_path,
        order(everything_allowed, bestilling="mine", versjon=2, til=DAY, tabell=[table("periode")]),
        "etter.toml",
    )
    (tmp_path / "liste.txt").write_text("15837010133\n")
    listed = written(
        tmp_path,
        order(everything_allowed, bestilling="l", til=DAY, populasjon={"liste": {"fil": "liste.txt"}}),
        "l.toml",
    )

    def done(*command: object) -> Any:
        return CliRunner().invoke(cli.app, list(map(str, command)))

    assert done("deliver", earlier, "--out", tmp_path / "ut").exit_code == 0
    number = owner.execute("SELECT max(utlevering) FROM leveranse.utlevering").fetchone()
    assert number is not None
    assert done("redeliver", number[0], "--out", tmp_path / "igjen").exit_code == 0
    assert done("deliver", later, "--out", tmp_path / "senere").exit_code == 0  # it is compared with the first one
    compared = owner.execute(
        "SELECT tall -> 'sammenligning' ->> 'eldre' FROM leveranse.utlevering ORDER BY utlevering DESC LIMIT 1"
    ).fetchone()
    assert compared == (str(number[0]),)
    shown = done("project", "list")
    assert shown.exit_code == 0
    assert everything_allowed in shown.output
    for command in (
        ("deliver", listed, "--out", tmp_path / "liste"),
        ("project", "create", written(tmp_path, {"prosjekt": "a"}, "p.toml")),
        ("project", "close", everything_allowed),
        ("project", "destroy", everything_allowed),
        ("status",),
        ("unload-year", 2002),
    ):
        refused_command = done(*command)
        assert refused_command.exit_code != 0, command
        assert isinstance(refused_command.exception, Exception)
    assert not (tmp_path / "liste").exists()


# Who has what


def test_old_roles_have_nothing_of_deliveries(owner: Connection) -> None:
    """But for a list's way in, and the log's row for a flat file; keys are nobody's but the owner's."""
    of_deliveries = ["leveranse", "leveranse_nokkel"]
    found = owner.execute(
        "SELECT a.grantee::regrole::text, n.nspname || '.' || x.navn, a.privilege_type FROM ("
        "  SELECT oid AS skjema, '' AS navn, nspacl AS acl FROM pg_namespace"
        "  UNION ALL SELECT relnamespace, relname, relacl FROM pg_class"
        "  UNION ALL SELECT c.relnamespace, c.relname || '.' || t.attname, t.attacl FROM pg_attribute AS t"
        "   JOIN pg_class AS c ON c.oid = t.attrelid"
        "  UNION ALL SELECT pronamespace, proname, proacl FROM pg_proc"
        ") AS x JOIN pg_namespace AS n ON n.oid = x.skjema CROSS JOIN aclexplode(x.acl) AS a"
        " WHERE n.nspname = ANY (%s) AND a.grantee <> ALL ('{fdtrygd_dba,fdtrygd_utlevering}'::regrole[])",
        [of_deliveries],
    ).fetchall()
    assert set(found) == {
        ("fdtrygd_fnr", "leveranse_nokkel.", "USAGE"),
        ("fdtrygd_fnr", "leveranse_nokkel.liste_inn.linje", "INSERT"),
        ("fdtrygd_laster", "leveranse.", "USAGE"),
        *(("fdtrygd_laster", f"leveranse.{name}", "EXECUTE") for name in LOADERS),
    }
    for role in ("laster", "analytiker", "fnr", "utlevering"):
        for name in ("prosjektnokkel", "person_i_liste"):
            assert owner.execute(
                "SELECT has_any_column_privilege(%s, %s, 'SELECT, INSERT, UPDATE, REFERENCES')",
                [f"fdtrygd_{role}", f"leveranse_nokkel.{name}"],
            ).fetchone() == (False,)


def test_functions_with_the_owners_rights_know_their_names(owner: Connection) -> None:
    """Those listed here and no others; parsed once, or with a search path in which pg_temp stands last."""
    functions = owner.execute(
        "SELECT p.proname::text, p.prosecdef, p.prosqlbody IS NOT NULL,"
        " array(SELECT c FROM unnest(p.proconfig) AS c WHERE c LIKE 'search_path=%')"
        " FROM pg_proc AS p WHERE p.pronamespace IN ('leveranse'::regnamespace, 'leveranse_nokkel'::regnamespace)"
    ).fetchall()
    assert {name for name, with_owners_rights, *_ in functions if with_owners_rights} == CALLS | OTHERS | LOADERS
    for name, _, parsed, path in functions:
        assert path == ([] if parsed else ["search_path=pg_catalog, pg_temp"]), name
