"""Rows of rules that leave or enter their file in an upgrade, and those of older revisions."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from fdtrygd import kontroll, lasting, settings
from fdtrygd.db import database, installation, objects, server
from fdtrygd.errors import UserError

from commands import here, run
from conftest import address, qualified
from contents import fingerprint
from rule_files import FILES, RULES, Connection, content, count, load_two_years, orders, text, without


@pytest.fixture
def edit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Writes a rules file anew, in a copy of sql/objects that the program takes for its own."""
    folder = tmp_path / "objects"
    shutil.copytree(objects.DIRECTORY, folder)
    places = {table: folder / file.relative_to(objects.DIRECTORY) for table, file in FILES.items()}
    monkeypatch.setattr(objects, "DIRECTORY", folder)
    monkeypatch.setattr(objects, "digest", objects.digest.__wrapped__)

    def write(table: str, sql: str) -> None:
        places[table].write_text(sql, encoding="utf-8")

    return write


Edit = Callable[[str, str], None]


@pytest.fixture
def years(postgresql: Connection) -> Connection:
    """A database of the test's own with the two years."""
    load_two_years(postgresql)
    return postgresql


def gone(connection: Connection) -> dict[str, int]:
    """How many of the rows to be taken out each table still has."""
    found = {table: count(connection, table, rules.key) for table, rules in RULES.items()}
    connection.rollback()
    return found


def test_an_upgrade_refuses_with_a_sentence(years: Connection, edit: Edit) -> None:
    """And changes nothing, of what else is new either."""
    before = fingerprint(years)
    years.rollback()
    edit("kontroll", without(text("kontroll"), RULES["kontroll"].row))
    edit("ytelse", without(text("ytelse"), RULES["ytelse"].row))
    with pytest.raises(UserError) as caught:
        installation.upgrade(address(years))
    assert str(caught.value) == (
        "Rows of ytelse that loaded years use cannot leave: SA (2001, 2002). Registrations have it, also from before "
        "the series' start (see miniregister_tall). Leave them in (put them back into their "
        "file, sql/objects/arbsok/regler), or unload these years first, the last one first:"
        " make unload-year YEAR=2002. "
        "Nothing was changed."
    )
    assert fingerprint(years) == before


def by_program(connection: Connection) -> None:
    installation.upgrade(address(connection))


def by_script(connection: Connection) -> None:
    """Made without the database, whatever is in it."""
    script = here(settings.ROOT, "upgrade", f"{installation.newest_revision()}:head", "--sql")
    psql = str(server.binary("psql"))
    done = run(psql, "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", address(connection), to=None, input=script, check=False)
    if done.returncode:
        raise UserError(done.stderr)


Upgrade = Callable[[Connection], None]
both_ways = pytest.mark.parametrize("upgrade", [by_program, by_script])


@both_ways
def test_rows_leave_in_an_upgrade_and_come_back(postgresql: Connection, edit: Edit, upgrade: Upgrade) -> None:
    before = fingerprint(postgresql, without=("lagt_inn", "digest"))
    postgresql.rollback()
    # Status codes have the handling (test_what_a_handling_does_must_be_there), variables the form, and statistics are
    # told apart by groupings, in parts of a package
    stays = {"handling": 1, "form": 1, "gruppering": 1, "pakke": 1, "pakke_lag": 1}
    for table in RULES.keys() - stays:
        edit(table, without(text(table), RULES[table].row))
    for _ in range(2):  # the second has nothing to take out
        upgrade(postgresql)
        assert gone(postgresql) == dict.fromkeys(RULES, 0) | stays
    for table in RULES:
        edit(table, text(table))
    upgrade(postgresql)
    assert fingerprint(postgresql, without=("lagt_inn", "digest")) == before


@both_ways
def test_an_upgrade_with_years_refuses_or_takes_out(years: Connection, edit: Edit, upgrade: Upgrade) -> None:
    edit("hoved_koding", without(text("hoved_koding"), RULES["hoved_koding"].row))
    with pytest.raises(UserError, match=r"cannot leave: FS VIKARBLED 1992-01-01 \(2001, 2002\)"):
        upgrade(years)
    assert set(gone(years).values()) == {1}
    for year in (2002, 2001):
        lasting.unload_year(years, year)
    years.commit()
    upgrade(years)
    assert gone(years)["hoved_koding"] == 0


@both_ways
def test_renumbered_tables_can_be_handed_over(postgresql: Connection, edit: Edit, upgrade: Upgrade) -> None:
    """In the upgrade's one transaction: a table with checks to come cannot get another owner (tilgang)."""
    given = orders(text("statuskode"))
    for table in ("statuskode", "kontroll"):
        postgresql.execute(f"ALTER TABLE {qualified(table)} OWNER TO CURRENT_USER")
        postgresql.execute(f"UPDATE {qualified(table)} SET rekkefolge = 100001 - rekkefolge")
    # Filled with the rights of whose it is
    postgresql.execute("ALTER MATERIALIZED VIEW arbsok_lasting.statusvalg OWNER TO CURRENT_USER")
    postgresql.execute("ALTER VIEW arbsok_lasting.statusvalg_utledet OWNER TO CURRENT_USER")
    postgresql.commit()
    edit("statuskode", without(text("statuskode"), RULES["statuskode"].row))
    upgrade(postgresql)
    found = dict(postgresql.execute("SELECT status, rekkefolge FROM trygdfob.statuskode").fetchall())
    assert found == {status: order for status, order in given.items() if status != "UI100"}


def test_a_control_that_is_taken_out_says_nothing_more(years: Connection, edit: Edit) -> None:
    """Neither `check` nor kontrollstatus, which report shows; what it once found can be read for ever."""
    name = "borte_og_tilbake"
    kept = "SELECT count(*) FROM kontroll.kontrollresultat WHERE kontroll = %s"
    shown = "SELECT array_agg(DISTINCT kontroll) FROM kontroll.kontrollstatus"
    assert database.scalar(years, kept, name) == 2
    assert name in database.scalar(years, shown)
    years.rollback()
    edit("kontroll", without(text("kontroll"), RULES["kontroll"].row))
    installation.upgrade(address(years))
    assert name not in database.scalar(years, shown)
    controls = {each.control for each in kontroll.check(years, 2001, "check")}
    assert controls == {key for key in orders(text("kontroll")) if key != name}
    assert name not in database.scalar(years, shown)
    assert database.scalar(years, kept, name) == 2


#: What users had put in and changed there
OLD_ROWS = """
INSERT INTO trygdfob.arbeidssokerstatus VALUES ('3', '32', 'FS', 'ÅÅ', 'Ordinære tiltaksdeltakere', 'Mitt');
INSERT INTO trygdfob.ytelse VALUES ('ÅÅ', 'Mitt');
INSERT INTO trygdfob.hoved_koding VALUES ('FS', 'ÅÅ', '2001-01-01', '2002-09-30', '3');
UPDATE trygdfob.hoved_koding SET hoved = '3' WHERE tiltak = 'SK';
INSERT INTO trygdfob.offisiell_statistikk (aargang, hoved, offisiell) VALUES (2006, '1', 62000);
"""


@pytest.mark.parametrize("revision", ["0001", "0003", "0004", "0007"])
def test_rows_of_older_revisions_are_the_files_or_the_users(
    postgresql: Connection, empty: Connection, edit: Edit, revision: str
) -> None:
    """Those that the released files had leave with the file, from every revision; all others are the users'."""
    before = {table: content(postgresql, table) for table in RULES}
    here(settings.ROOT, "upgrade", revision, to=address(empty))
    for table in ("statuskode", "arbeidssokerstatus", "ytelse", "offisiell_statistikk", "hoved_koding"):
        columns = ", ".join(
            name
            for (name,) in empty.execute(
                "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0", [f"{qualified(table)}"]
            )
        )
        query = f"SELECT {columns} FROM {qualified(table)}"
        with (
            postgresql.cursor().copy(f"COPY ({query}) TO STDOUT") as rows,
            empty.cursor().copy(f"COPY {qualified(table)} ({columns}) FROM STDIN") as into,
        ):
            for block in rows:
                into.write(block)
    empty.execute(OLD_ROWS)
    empty.commit()
    old = ("arbeidssokerstatus", "ytelse", "offisiell_statistikk", "hoved_koding")
    for table in old:
        edit(table, without(text(table), RULES[table].row))
    edit("hoved_koding", without(without(text("hoved_koding"), RULES["hoved_koding"].row), "('FS', 'SK', "))
    installation.upgrade(address(empty))
    for table in old:
        assert count(empty, table, RULES[table].key) == 0
        assert count(empty, table, RULES[table].own_key or "") == 1
    assert count(empty, "hoved_koding", "tiltak = 'SK' AND hoved = '3' AND NOT fra_fil") == 1
    assert count(empty, "offisiell_statistikk", "aargang = 2006 AND kilde = 'satt inn for hånd'") == 1
    for table in ("arbeidssokerstatus", "ytelse"):
        assert count(empty, table, "NOT fra_fil") == 1
        assert count(empty, table, "fra_fil") == len(before[table]) - 1
    assert count(empty, "hoved_koding", "fra_fil") == len(before["hoved_koding"]) - 2
