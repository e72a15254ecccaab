"""What a load and the command make of what the controls find (spec.md 5)."""

import re
from typing import Any

import pytest
import typer
from fdtrygd import kontroll, lasting
from fdtrygd.cli.check import check as check_command
from fdtrygd.cli.load_year import load_year
from fdtrygd.db import database
from fdtrygd.errors import UserError

from conftest import Silent, address
from contents import fingerprint
from damages import Connection, of_view
from loaded import Files

WRONG = """
CREATE OR REPLACE FUNCTION arbsok_lasting.lag_tomdato(neste_avgang date, avsluttet date) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN coalesce(neste_avgang + 1, avsluttet);
"""


@pytest.fixture
def wrong(sound: Connection) -> Connection:
    """2003 is to be loaded by a program that writes a wrong tomdato."""
    sound.execute("SELECT arbsok_lasting.ta_tilbake_aargang(2003)")
    sound.execute(WRONG)
    return sound


def load(connection: Connection, files: Files, year: int = 2003, **options: Any) -> lasting.YearResult:
    return lasting.load_year(connection, year, files[year], synthetic=True, progress=Silent(), **options)


REFUSED = "SELECT kontroll, noekkel, detalj FROM kontroll.avvist_funn WHERE aargang = 2003 ORDER BY 1, 2"


def test_an_error_refuses_the_year(wrong: Connection, files: Files) -> None:
    """It leaves nothing but what was found: which records, of which control; until the year is loaded."""
    before = fingerprint(wrong, but=("avvist_funn",))
    with pytest.raises(UserError) as refusal:
        load(wrong, files)
    assert fingerprint(wrong, but=("avvist_funn",)) == before
    sentence = str(refusal.value)
    count = re.search(
        r"2003 is refused.*: the controls find ([1-9]\d*) against tomdato \(tomdato is the avgdato", sentence
    )
    assert count
    assert "against" not in sentence.replace("against tomdato", "")
    assert re.search(r"\d{11}", sentence) is None

    (query,) = re.findall(r"select \* from .*?;", sentence)
    assert wrong.execute(query).rowcount == int(count[1])
    kept = wrong.execute(REFUSED).fetchall()
    result = load(wrong, files, accept={"tomdato": "known"})
    found = (
        "SELECT kontroll, noekkel, detalj FROM kontroll.kontrollfunn"
        " WHERE kjoring = %s AND kontroll = 'tomdato' ORDER BY 2"
    )
    assert wrong.execute(found, [result.controls[0].run]).fetchall() == kept
    assert wrong.execute(REFUSED).fetchall() == []


def test_an_accepted_error_is_kept_with_its_reason(wrong: Connection, files: Files) -> None:
    """Only what it finds is said to be accepted; and it is the control by name, not the year, that is."""
    with pytest.raises(UserError, match="against tomdato"):
        load(wrong, files, accept={"regtom": "not this one"})
    result = load(wrong, files, accept={"tomdato": "known, mended next year", "regtom": "in case"})
    count = {each.control: each.count for each in result.controls}
    assert count["tomdato"] > 0
    said = wrong.execute(
        "SELECT godtatt, kontroller FROM trygdfob.kjorelogg WHERE aargang = 2003 ORDER BY kjoring DESC LIMIT 1"
    ).fetchone()
    assert said == ({"tomdato": "known, mended next year"}, count)
    kept = wrong.execute(
        "SELECT r.kontroll, r.antall, r.godtatt FROM kontroll.kontrollresultat AS r"
        " JOIN kontroll.kontrollkjoring AS k USING (kjoring)"
        " WHERE k.aargang = 2003 AND k.anledning = 'load' AND r.godtatt IS NOT NULL"
    ).fetchall()
    assert kept == [("tomdato", count["tomdato"], "known, mended next year")]
    assert [f"tomdato: {count['tomdato']}" in warning for warning in result.warnings].count(True) == 1


def test_what_was_accepted_stays_so_until_more_is_found(wrong: Connection, files: Files) -> None:
    load(wrong, files, accept={"tomdato": "known"})

    def checked() -> kontroll.Control:
        (found,) = (each for each in kontroll.check(wrong, 2003, "check") if each.control == "tomdato")
        return found

    assert (checked().accepted, checked().refuses) == ("known", False)
    wrong.execute(
        "UPDATE trygdfob.forlopsdel SET tomdato = tomdato - 1 WHERE (lopenr, tilgdato, lasting) = ("
        " SELECT lopenr, tilgdato, lasting FROM trygdfob.forlopsdel AS f WHERE lasting = 200301 AND aargang = 2003"
        " AND NOT EXISTS (SELECT FROM kontroll.kontrollfunn AS k JOIN trygdfob.person AS p ON p.lopenr = f.lopenr"
        " WHERE k.noekkel LIKE p.fnr || '%') LIMIT 1)"
    )
    assert (checked().accepted, checked().refuses) == (None, True)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"accept": ["tomdato"]}, "--accept and --why go together"),
        ({"accept": ["tomdato"], "why": "  "}, "--accept and --why go together"),
        ({"why": "because"}, "--accept and --why go together"),
        ({"accept": ["tomdatoo"], "why": "because"}, "--accept tomdatoo: there is no such control"),
        ({"accept": ["tomdato", "ny_kode"], "why": "because"}, "--accept ny_kode: .* only warns"),
    ],
)
def test_what_cannot_be_accepted(
    postgresql: Connection, monkeypatch: pytest.MonkeyPatch, options: dict[str, Any], sentence: str
) -> None:
    monkeypatch.setenv("FDTRYGD_DATABASE_URL", address(postgresql))
    with pytest.raises(UserError, match=sentence):
        load_year(2001, **options)
    assert lasting.loaded_years(postgresql) == []


# ---------------------------------------------------------------------------------------------- the command line


def test_the_command_check(
    postgresql: Connection, files: Files, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit status 1 where something is wrong, 0 where something is only suspicious. What holds is a number, or a
    line for each promise."""
    monkeypatch.setenv("FDTRYGD_DATABASE_URL", address(postgresql))
    check_command(None, jobs=1)
    assert "No year is loaded" in capsys.readouterr().out
    with database.connect(address(postgresql)) as connection:
        connection.execute("TRUNCATE trygdfob.arbeidssokerstatus")  # all codes of hovedarbstat and as_gr are unknown
        load(connection, files, 2001)
        check_command(None, jobs=2)
        short = capsys.readouterr().out.splitlines()
        check_command(None, jobs=2, verbose=True)
        year, *lines = capsys.readouterr().out.splitlines()
        assert year == "2001"
        held = [line for line in lines if line.startswith("ok   ")]
        place = short.index("In short")
        assert short[:place] == [year, *(line for line in lines[: lines.index("In short")] if line not in held),
            f"ok   {len(held)} controls hold"]  # fmt: skip
        assert short[place:-1] == lines[lines.index("In short") :]
        assert short[-1].endswith("make check VERBOSE=1, fdtrygd check --verbose.")
        promises = [line for line in lines[: lines.index("In short")] if not line.startswith(" ")]
        assert len(promises) == database.scalar(connection, "SELECT count(*) FROM kontroll.kontroll")
        assert {line[:5] for line in promises} == {"ok   ", "warn "}
        where = [line for line in lines if line.startswith("     ") and " found: " in line]
        assert lines[-1] == "     2001: warnings: " + ", ".join(
            line.split()[1].rstrip(":") for line in lines if line.startswith("warn ")
        )
        assert len(where) == sum(line.startswith("warn ") for line in lines)
        said = [line.strip() for line in lines if " is in no code list and in no year before; " in line]
        assert len(said) == kontroll.MOST_SENTENCES
        assert any(line.endswith(of_view("arbsok_mistenkelig_funn", "ny_kode", 2001)) for line in where)

        connection.execute("UPDATE trygdfob.f_arbsok SET tomdato = regdato WHERE kode <> '0'")
        with pytest.raises(typer.Exit) as end:
            check_command(2001, jobs=1)
        assert end.value.exit_code == 1
        out = capsys.readouterr().out
        assert "FAIL tomdato: does not hold: tomdato is the avgdato" in out
        assert "     2001: errors: tomdato" in out
        assert re.search(r"\d{11}", out) is None
        with pytest.raises(UserError, match=r"2002 is not loaded\. Loaded: 2001\."):
            check_command(2002, jobs=1)


def test_warnings_refuse_nothing_and_are_kept(sound: Connection, files: Files) -> None:
    """In the result and in the run log: of many of a kind the first ones, and where the others are."""
    sound.execute("SELECT arbsok_lasting.ta_tilbake_aargang(2003)")
    sound.execute("TRUNCATE trygdfob.arbeidssokerstatus")
    result = load(sound, files)
    of_codes = [warning for warning in result.warnings if warning.startswith("ny_kode: ")]
    count = {each.control: each.count for each in result.controls}["ny_kode"]
    assert count > kontroll.MOST_SENTENCES == len(of_codes) - 1
    assert re.fullmatch(
        r"ny_kode: \w+ \w+ is in no code list and in no year before; in \d+ of the registrations, .*", of_codes[0]
    )
    query = of_view("arbsok_mistenkelig_funn", "ny_kode", 2003)
    assert of_codes[-1] == f"ny_kode: {count - kontroll.MOST_SENTENCES} more; {query}"
    assert len(sound.execute(query).fetchall()) == count
    log = database.scalar(sound, "SELECT advarsler FROM trygdfob.kjorelogg ORDER BY kjoring DESC LIMIT 1")
    assert log == result.warnings
