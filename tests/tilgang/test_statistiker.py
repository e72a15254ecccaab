"""Who makes statistics: he sees counts before they are protected, and no person; and it takes two to publish."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest
from fdtrygd import cli, statistikk
from fdtrygd.db import locks, objects
from fdtrygd.statistikk.publication import statbank
from typer.testing import CliRunner

from conftest import qualified
from counting import Connection, make, stored_base
from logins import address_as, log_in, login
from users import CALLABLE, READABLE, REGISTER, SEQUENCES, TRAPS, WRITABLE, denied, leaked, names

#: The catalogue, the regions, the versions and their cells, and whether the database is of the program's version
READS = {
    "avsloringskontroll", "celle", "dimensjon", "folkeregisterversjon", "fylke", "grunnlag", "gruppering", "kategori",
    "klasse", "kommune", "kommune_endring", "note", "offisiell_celle", "pakke", "pakke_base", "pakke_lag",
    "publisert_fil", "registerfunn", "rettelse", "snitt_av_versjon", "statistikkontroll", "tabell", "versjon",
    "versjonsregnskap",
    "alembic_version", "objektversjon",
}  # fmt: skip
#: What he calls: these run with the owner's rights
CALLS = {
    "begynn_offisielle", "begynn_versjon", "beskytt", "celler_til_avrunding", "forklar_tall", "godkjenn_versjon",
    "kontroller_versjon", "publiser_versjon", "skriv_avsloringskontroll", "skriv_publiserte_filer", "ta_inn_offisielle",
    "tallets_personer", "uten_tall",
}  # fmt: skip
#: These read what he may read
HELPERS = {"grunnlagskolonne", "i_bruk", "klassejoin", "nyere_maaneder", "plassert", "regionniva"}
#: With the owner's rights, but called by these or by triggers
OTHERS = {"slett_utkast", "statistikkontrollert"}


@pytest.fixture
def as_statistician(counting_apart: Connection, logins: dict[str, str]) -> Iterator[Callable[[str], Connection]]:
    """Logs in to a database with kjennemerke as a member of a role."""
    with ExitStack() as stack:
        yield lambda role: stack.enter_context(log_in(logins[role], counting_apart))


@pytest.fixture
def user(as_statistician: Callable[[str], Connection]) -> Connection:
    return as_statistician("statistiker")


def his(user: Connection, query: str) -> set[str]:
    """The names that a query about his rights gives; he does not read the view of the schemas."""
    ours = ", ".join(f"'{schema}'::regnamespace" for schema in objects.schemas())
    return names(user, query.replace("(SELECT skjema FROM trygdfob.skjema)", f"({ours})"))


def test_he_reads_and_calls_what_is_listed(counting_apart: Connection, user: Connection) -> None:
    assert his(user, READABLE) == READS
    assert his(user, CALLABLE) == CALLS | HELPERS
    assert his(user, WRITABLE) == set()
    assert his(user, SEQUENCES) == set()
    every = names(counting_apart, READABLE)
    assert {"kjennemerke", "kjennemerke_1", "folkeregisterperson", "avrundingsnokkel", *REGISTER} <= every
    for name in sorted(every - READS):
        denied(user, f"SELECT FROM {qualified(name)} LIMIT 0")


@pytest.mark.parametrize("role", ["laster", "analytiker", "fnr", "utlevering"])
def test_nobody_else_has_anything_of_statistics(counting_apart: Connection, role: str) -> None:
    """Neither counts by sex, age or region, nor what is published: that is in files."""
    for kind in ("tables", "routines"):
        catalogue, name = {"tables": ("pg_class", "rel"), "routines": ("pg_proc", "pro")}[kind]
        privilege = "has_table_privilege" if kind == "tables" else "has_function_privilege"
        right = "SELECT" if kind == "tables" else "EXECUTE"
        rows = counting_apart.execute(
            f"SELECT {name}name FROM {catalogue} AS c WHERE {name}namespace = 'statistikk'::regnamespace"
            f" AND {privilege}(%s, c.oid, %s)" + (" AND relkind IN ('r', 'p', 'v')" if kind == "tables" else ""),
            [f"fdtrygd_{role}", right],
        )
        assert rows.fetchall() == []


@pytest.mark.parametrize(
    "attempt",
    [
        "SELECT * FROM statistikk.maanedens_personer('2003-04-01', '2003-04-30', 1, NULL)",
        "SELECT * FROM statistikk.personenes_celler('{}', '2003-04-01', '2003-04-30', 1)",
        "SELECT * FROM statistikk.fra_personene(1)",
        "SELECT * FROM statistikk.statistikkontrollert(1)",
        "SELECT statistikk.lag_celler(1)",
        "SELECT statistikk.stoy('a', 'b')",
        "SELECT befolkning.lag_kjennemerker('2003-04-01')",
        "INSERT INTO statistikk.celle VALUES (1, 'a', '{1}', 1, NULL)",
        "UPDATE statistikk.versjon SET tilstand = 'publisert'",
        "UPDATE statistikk.pakke SET minste_rettelse = 1",
        "DELETE FROM statistikk.versjon",
        "COPY befolkning.kjennemerke TO STDOUT",
        "SET ROLE fdtrygd_dba",
        "CREATE TABLE statistikk.ny (en integer)",
        "ALTER TABLE statistikk.celle DISABLE TRIGGER ALL",
        *(f"TABLE {qualified(table)}" for table in REGISTER),
    ],
)
def test_he_is_refused(user: Connection, attempt: str) -> None:
    denied(user, attempt)


def test_what_he_sees_has_no_person_in_it(counting_apart: Connection, user: Connection) -> None:
    make(user, "2003M04")
    fnr = names(counting_apart, "SELECT DISTINCT fnr::text FROM trygdfob.miniregister")
    key = names(counting_apart, "SELECT nokkel FROM statistikk.avrundingsnokkel")
    for name in sorted(READS):
        text = "\n".join(row for (row,) in user.execute(f"SELECT t::text FROM {qualified(name)} AS t").fetchall())
        assert leaked(text, fnr) == set(), name
        assert not any(secret in text for secret in key), name
    cells = user.execute("SELECT t::text FROM statistikk.celler_til_avrunding(1) AS t").fetchall()
    assert cells
    assert leaked(repr(cells), fnr) == set()


def test_persons_are_for_those_who_may_see_numbers_too(
    counting_apart: Connection, admin: Connection, user: Connection
) -> None:
    """What counts is the login, whatever role it has taken on."""
    make(user, "2003M04")
    ask = "SELECT fnr FROM statistikk.tallets_personer('ledige_kommune_kjonn', '2003M04', '{T,T}')"
    with pytest.raises(psycopg.Error, match="members of both fdtrygd_statistiker and fdtrygd_fnr"):
        user.execute(ask)
    both = login(admin, "statistiker_fnr")
    admin.execute(f"GRANT fdtrygd_statistiker, fdtrygd_fnr TO {both}")
    with log_in(both, counting_apart) as other:
        assert len(other.execute(ask).fetchall()) > 20
    denied(user, "SELECT FROM trygdfob.person")


def test_it_takes_two_to_publish(
    counting_apart: Connection,
    logins: dict[str, str],
    admin: Connection,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """Or one, who says why; and what is published is written again, byte for byte, whatever the catalogue says."""
    second = login(admin, "statistiker_to")
    admin.execute(f"GRANT fdtrygd_statistiker TO {second}")

    def run(user: str, *arguments: str, status: int = 0) -> str:
        monkeypatch.setenv("FDTRYGD_DATABASE_URL", address_as(user, counting_apart))
        done = CliRunner().invoke(cli.app, [*(["statistics"] if arguments[0] != "status" else []), *arguments])
        shown = done.output if done.exit_code == 0 else f"{done.output}{done.exception}{done.exception.__cause__}"
        assert done.exit_code == status, shown
        return " ".join(shown.split())

    first = logins["statistiker"]
    assert "version 1, is a draft" in run(first, "make", "2003M04 2003M05")
    assert "is not approved" in run(second, "publish", "2003M04", "--out", str(tmp_path / "a"), status=1)
    run(first, "approve", "2003M04", "2003M05")
    assert "Statistics, arbeidssokere, approved: 2003M04 to 2003M05" in run(first, "status")
    assert "Statistics" not in run(logins["laster"], "status")
    assert "does not publish it too" in run(first, "publish", "2003M04", "--out", str(tmp_path / "a"), status=1)
    assert not (tmp_path / "a").exists()
    run(second, "publish", "2003M04", "--out", str(tmp_path / "a"))
    run(first, "publish", "2003M05", "--out", str(tmp_path / "b"), "--alone", "--why", "bare én på jobb")
    rows = counting_apart.execute(
        "SELECT periode, godkjent_av, publisert_av, alene FROM statistikk.versjon ORDER BY periode"
    ).fetchall()
    assert rows == [("2003M04", first, second, None), ("2003M05", first, first, "bare én på jobb")]
    counting_apart.execute(
        "UPDATE statistikk.tabell SET tittel = 'En annen'; UPDATE statistikk.klasse SET tekst = 'En annen';"
        "UPDATE statistikk.note SET tekst = 'En annen'; DELETE FROM befolkning.kommune"
    )
    assert "other bytes" not in run(second, "publish", "2003M04", "2003M05", "--out", str(tmp_path / "c"))
    files = {path.relative_to(tmp_path / "b"): path for path in (tmp_path / "b").rglob("*") if path.is_file()}
    again = {path.relative_to(tmp_path / "c"): path for path in (tmp_path / "c").rglob("*") if path.is_file()}
    assert files.keys() == again.keys()
    assert [name for name, path in files.items() if path.read_bytes() != again[name].read_bytes()] == []
    with monkeypatch.context() as patch:
        patch.setattr(statbank, "MONTH", "måned")
        said = run(second, "publish", "2003M04", "--out", str(tmp_path / "d"))
    assert "Warning: data/arbeidssokere/2003M04-1/ikke_bosatte.eksempel-uttrekksbeskrivelse.json was published" in said
    assert said.count("was published with other bytes: this program writes it otherwise") == 2 * 6
    published = tmp_path / "b" / "data" / "arbeidssokere" / "2003M05-1" / "ikke_bosatte.csv"
    said = run(first, "official", str(published), "--source", "SSB")
    assert said == "ikke_bosatte.csv: 8 cells of 1 period taken in."
    said = run(second, "official", str(published), "--source", "SSB")
    assert said.endswith("taken in, in the place of 8.")
    logged = counting_apart.execute("SELECT count(*), count(DISTINCT versjon) FROM statistikk.publisert_fil").fetchone()
    assert logged
    assert logged[0] > 10
    assert logged[1] == 2
    assert any(b"bare \xc3\xa9n p\xc3\xa5 jobb" in path.read_bytes() for path in files.values())


def test_a_publication_that_ends_early_publishes_nothing(
    counting_apart: Connection, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from fdtrygd.statistikk import publication

    make(counting_apart, "2003M04")
    statistikk.approve(counting_apart, ["2003M04"])

    def stop(*given: object) -> object:
        (given[2] / "halvt").write_text("halvt")  # type: ignore[operator]
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(publication, "write", stop)
        with pytest.raises(KeyboardInterrupt):
            statistikk.publish(counting_apart, ["2003M04"], tmp_path / "ut", alone=True, why="prøve")
    assert list(tmp_path.iterdir()) == []
    assert counting_apart.execute("SELECT tilstand FROM statistikk.versjon").fetchall() == [("godkjent",)]
    statistikk.publish(counting_apart, ["2003M04"], tmp_path / "ut", alone=True, why="prøve")
    assert (tmp_path / "ut" / "index.html").exists()
    # A web server's login may read what is published
    for path in (tmp_path / "ut", *(tmp_path / "ut").rglob("*")):
        assert path.stat().st_mode & 0o777 == (0o755 if path.is_dir() else 0o644)


def test_the_owners_rights_run_the_owners_code_alone(
    counting_apart: Connection, user: Connection, logins: dict[str, str]
) -> None:
    """He puts names of his own in front: the version is the same, and none of them is called."""
    expected = stored_base(counting_apart, make(counting_apart, "2003M04").version.id)
    counting_apart.execute(f"CREATE SCHEMA egen; GRANT ALL ON SCHEMA egen TO {logins['statistiker']}")
    user.execute(TRAPS)
    for table in ("versjon", "grunnlag", "celle", "kjennemerke", "personer_med_vekt"):
        user.execute(
            f"CREATE TEMP TABLE {table} (versjon integer DEFAULT egen.fanget()::integer, antall integer);"
            f"INSERT INTO pg_temp.{table} (versjon) VALUES (1);"
            f"CREATE TRIGGER t BEFORE INSERT OR UPDATE OR DELETE ON pg_temp.{table}"
            " FOR EACH ROW EXECUTE FUNCTION egen.utloser()"
        )
    user.execute("DROP TABLE pg_temp.personer_med_vekt")
    user.execute(f"SET search_path = pg_temp, egen, {', '.join(objects.schemas())}, pg_catalog")
    with locks.alone(user):
        (done,) = statistikk.make(user, "2003M04")
    assert stored_base(counting_apart, done.version.id) == expected


def test_functions_with_the_owners_rights_know_their_names(counting_apart: Connection) -> None:
    """Those listed here and no others; parsed once, or with a search path in which pg_temp stands last."""
    functions = counting_apart.execute(
        "SELECT p.proname::text, p.prosecdef, p.prosqlbody IS NOT NULL,"
        " array(SELECT c FROM unnest(p.proconfig) AS c WHERE c LIKE 'search_path=%')"
        " FROM pg_proc AS p WHERE p.pronamespace = 'statistikk'::regnamespace"
    ).fetchall()
    assert {name for name, with_owners_rights, *_ in functions if with_owners_rights} == CALLS | OTHERS
    for name, _, parsed, path in functions:
        assert path == ([] if parsed else ["search_path=pg_catalog, pg_temp"]), name
