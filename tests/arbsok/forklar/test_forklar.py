"""`forklar`: why each of a person's records exists; in words, complete, and never with the fødselsnummer in a file."""

import io
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import psycopg
import pytest
from fdtrygd import cli
from fdtrygd.db import database
from hypothesis import given
from pytest_postgresql.executors import NoopExecutor

from conftest import Register, address, own_database, qualified
from historier import FYLL, PERSON, YRKESHEMMET, last, reg, uendret
from strategies import PERSONS, few_registers, registers

Row = dict[str, Any]
PRAKSIS = {"hoved": "3", "arb": "FS", "tiltak": "PRAKSORD", "ytelse": "AT"}
ATTFORING = {"hoved": "5", "arb": "YH", "tiltak": "PRAKSORD", "ytelse": "AT"}
#: Whose numbers are valid, as the histories' are
SYDD, DELT, TILBAKE, VRAKET, UKJENT = (PERSONS[n] for n in (0, 1, 4, 6, 8))
DATES = (
    "regdato", "tilgdato", "avgdato", "asoktilg", "asokavg", "hovedarbdato", "tiltakdato", "ytelsedato",
    "tomdato", "asoktom", "regtom",
)  # fmt: skip


@pytest.fixture(scope="module")
def loaded(postgresql_noproc: NoopExecutor) -> Iterator[psycopg.Connection[Any]]:
    """A database with the example of chapter 3.3 and a person for each presence and handling."""
    with own_database(postgresql_noproc, "forklar") as connection:
        database.prepare(connection, 1)
        connection.execute("UPDATE trygdfob.innstilling SET avslutning_dager = 100")
        last(
            Register(connection),
            uendret("2003-06", "2003-09", PRAKSIS, hend="2003-06-23"),
            uendret("2003-10", "2004-01", PRAKSIS, ytelse="ID", hend="2003-10-26"),
            uendret("2004-02", "2005-04", ATTFORING, hend="2004-02-06"),
            andre={
                # 31 August to 30 November: 91 days
                SYDD: [
                    reg("2001-08", YRKESHEMMET, hend="2001-08-20"),
                    reg("2001-11", YRKESHEMMET, ytelse="ID", hend="2001-11-10"),
                    *uendret("2001-12", "2005-12", YRKESHEMMET, ytelse="ID", hend="2001-11-10"),
                ],
                DELT: [reg("2001-10", hend="2001-10-05"), *uendret("2001-12", "2005-12", hend="2001-12-11")],
                TILBAKE: [reg("2001-06", hend=None), *uendret("2004-12", "2005-12", hend="2004-11-02")],
                VRAKET: [reg("2001-06", hend="2001-06-10"), *uendret("2001-07", "2005-12", hend="2001-06-01")],
            },
        )
        connection.execute("UPDATE trygdfob.innstilling SET avslutning_dager = 200")  # holds for years loaded later
        connection.commit()
        yield connection


def explained(connection: psycopg.Connection[Any], fnr: str, day: str | None = None) -> list[Row]:
    return Register(connection).rows("SELECT * FROM arbsok_lasting.forklar(%s, %s)", fnr, day)


def of_record(rows: list[Row], regdato: str, kode: str) -> Row:
    [row] = [row for row in rows if (str(row["regdato"]), row["kode"]) == (regdato, kode)]
    return row


def content(rows: list[Row]) -> list[tuple[Any, ...]]:
    """The rows in an order of their own."""
    return sorted(tuple(row.values()) for row in rows)


# What the statuses mean


def test_every_status_has_a_text(postgresql: psycopg.Connection[Any]) -> None:
    """Its own, and one that says the same as the row."""
    rows = Register(postgresql).rows("SELECT * FROM trygdfob.statuskode")
    assert len({row["tekst"] for row in rows} - {None}) == len(rows)
    outcome = {
        "venstresensur": "Venstresensurert tilgang, kode", "tilgang": "Vanlig tilgang, kode 1", "ingen": "Ingen record",
        "endring": "Endringsrecord", "gruppeovergang": "Gruppeovergang", "avgang_tilgang": "Avgang + tilgang",
        "vrak": "Vrakes",
    }  # fmt: skip
    for row in rows:
        facts, _, rest = row["tekst"].partition(". ")
        assert rest.startswith(outcome[row["handling"]]), row["status"]
        if row["hoved_endret"] is not None:
            changed = ("hoved", "arbstat")
            said = re.findall("(?:hoved|arbstat|hoved og arbstat) (?:endret|uendret)", facts)
            words = {name: item.split()[-1] for item in said for name in changed if name in item}
            assert words == {
                "hoved": "endret" if row["hoved_endret"] else "uendret",
                "arbstat": "endret" if row["arbstat_endret"] else "uendret",
            }, row["status"]
        for bit, name in ((1, "ytelse"), (2, "tiltak"), (4, "hovedarbstat")):
            assert (name in facts) == bool((row["arbstat_sum"] or 0) & bit), row["status"]


# The steps


def test_the_example_of_chapter_3_3(loaded: psycopg.Connection[Any]) -> None:
    """Five records, each with its registration and the one before; the months between confirm."""
    rows = explained(loaded, PERSON)
    assert [row["nr"] for row in rows] == list(range(1, len(rows) + 1))
    given = [(str(r["dagdato"] or ""), r["status"], r["kode"], str(r["regdato"])) for r in rows if r["kode"]]
    assert given == [
        ("2003-06-30", "FK070", "1", "2003-06-23"),
        ("2003-10-31", "UK101", "2", "2003-10-26"),
        ("2004-02-29", "UK111", "0", "2004-02-05"),
        ("2004-02-29", "UK111", "1", "2004-02-06"),
        ("", "UX111", "0", "2005-04-25"),
    ]
    assert Counter(r["status"] for r in rows if not r["kode"]) == {"UK000": 3 + 3 + 14}
    change = of_record(rows, "2003-10-26", "2")
    assert (change["sist_dagdato"], change["sist_verdier"]) == (date(2003, 9, 30), "hoved 3, FS PRAKSORD AT")
    assert (change["verdier"], change["endret"]) == ("hoved 3, FS PRAKSORD ID", "ytelse AT -> ID")
    assert (change["individ"], change["henddato_klasse"], change["handling"]) == ("uten_opphold", "endret", "endring")
    assert change["status_tekst"] == ("Uten opphold: henddato endret, hoved uendret, arbstat endret. Endringsrecord.")
    assert {name: (str(change[name] or ""), change[f"{name}_hvorfor"]) for name in DATES} == {
        "regdato": ("2003-10-26", "henddato: tilgang_dato of UK101."),
        "tilgdato": ("2003-06-23", "Carried from the record that opened the main spell, FK070 of 2003-06-23."),
        "avgdato": ("", "Empty: the record is no exit."),
        "asoktilg": ("2003-06-23", "Carried from the record that opened the group spell, FK070 of 2003-06-23."),
        "asokavg": ("", "Empty: the record is no exit."),
        "hovedarbdato": ("2003-06-23", "Unchanged; carried from FK070 of 2003-06-23."),
        "tiltakdato": ("2003-06-23", "Unchanged; carried from FK070 of 2003-06-23."),
        "ytelsedato": ("2003-10-26", "regdato: ytelse changed."),
        "tomdato": ("2005-04-25", "avgdato of the exit that closes the main spell, UX111 of 2005-04-25."),
        "asoktom": ("2004-02-05", "asokavg of the exit that closes the group spell, UK111 of 2004-02-05."),
        "regtom": ("2004-02-05", "asoktom: the values held until the exit, UK111 of 2004-02-05."),
    }
    assert (
        of_record(rows, "2003-06-23", "1")["regtom_hvorfor"] == "The day before the next change, UK101 of 2003-10-26."
    )
    leaving, entering = of_record(rows, "2004-02-05", "0"), of_record(rows, "2004-02-06", "1")
    assert leaving["record_verdier"] == "hoved 3, FS PRAKSORD ID"
    assert "the last registration, of 2004-01-31" in leaving["record_verdier_hvorfor"]
    assert leaving["ytelsedato_hvorfor"] == "Carried from the spell that is closed: UK101 of 2003-10-26."
    assert leaving["avgdato_hvorfor"] == "Empty: the main spell goes on in another main group."
    assert entering["record_verdier"] == "hoved 5, YH PRAKSORD AT"
    assert entering["tiltakdato_hvorfor"] == "regdato: an entry dates all three anew, also what did not change."


def test_the_closing_at_a_years_end(loaded: psycopg.Connection[Any]) -> None:
    """By the limit that the year was loaded with: since then it was raised."""
    closing = explained(loaded, PERSON)[-1]
    assert (closing["hva"], closing["aargang"], closing["status"]) == ("avslutning", 2005, "UX111")
    assert (
        "2005-04-25, is 250 days before the last extraction of 2005, 2005-12-31: more than 100" in closing["virkning"]
    )
    assert closing["status_tekst"].startswith("Avsluttet av avslutningsprosedyren: statuskoden til siste record, UK111")
    # Closed by the load of 2001, since 183 days are more than 100, though not more than 200
    again = explained(loaded, TILBAKE)
    assert [(r["hva"], r["status"], str(r["regdato"])) for r in again if r["kode"] == "0"] == [
        ("avslutning", "FX070", "2001-06-30")
    ]
    assert of_record(again, "2004-12-01", "1")["individ_hvorfor"] == (
        "The last spell was closed on 2001-06-30, at a year's end."
    )


def test_every_presence_and_every_handling(loaded: psycopg.Connection[Any]) -> None:
    rows = [row for fnr in (PERSON, SYDD, DELT, TILBAKE, VRAKET, FYLL) for row in explained(loaded, fnr)]
    for column in ("individ", "handling"):
        known = {r[column] for r in Register(loaded).rows(f"SELECT DISTINCT {column} FROM trygdfob.statuskode")}
        assert {row[column] for row in rows} - {None, "avslutning"} == known
    assert [row for row in rows if row["avvik"]] == []
    for row in rows:
        for name in DATES:
            assert bool(row[f"{name}_hvorfor"]) == bool(row["kode"])
        assert bool(row["individ_hvorfor"]) == (row["hva"] == "registrering")
        assert row["virkning"]


def test_thirteen_weeks(loaded: psycopg.Connection[Any]) -> None:
    sewn = of_record(explained(loaded, SYDD), "2001-11-10", "2")
    assert (sewn["status"], sewn["statuskode"], sewn["individ"]) == ("YK101M", "YK101a", "uten_opphold_13_uker")
    assert "91 days, not more than 91" in sewn["individ_hvorfor"]
    assert sewn["individ_hvorfor"].endswith("hoved is 5 in both.")
    assert sewn["status_tekst"].endswith("Siste bokstav, M: påbegynte uker mellom de to registreringene, 13.")
    split = of_record(explained(loaded, DELT), "2001-12-11", "1")
    assert (split["status"], split["individ"]) == ("OK100", "med_opphold")
    assert "61 days, not more than 91" in split["individ_hvorfor"]
    assert split["individ_hvorfor"].endswith("hoved is 5 in neither.")


def test_no_henddato(loaded: psycopg.Connection[Any]) -> None:
    entry = of_record(explained(loaded, TILBAKE), "2001-06-30", "1")
    assert entry["regdato_hvorfor"] == "dagdato, since henddato is missing (T5): tilgang_dato of FK070."
    assert entry["henddato_hvorfor"] == (
        "henddato is missing; dagdato, 2001-06-30, counts (T5): after fdagdato, 2001-05-31."
    )


def test_rejected(loaded: psycopg.Connection[Any]) -> None:
    [rejected] = [row for row in explained(loaded, VRAKET) if row["handling"] == "vrak"]
    assert (str(rejected["dagdato"]), rejected["status"], rejected["kode"]) == ("2001-07-31", "UI300", None)
    assert "VRAK_ARBSOK" in rejected["virkning"]
    assert rejected["henddato_hvorfor"].startswith("henddato, 2001-06-01, is more than a day from the last")


def test_before_the_start_and_set_aside(register: Register) -> None:
    """Registrations that reach no record, and records that reach no registration, from files as they are delivered."""
    record = {"fnr": VRAKET, "as_stat": "HLIPID", "ant_d_as": "10", "mnd": "1"}
    months = {month: [{**record, "dagdato": f"01{month:02}28"}] for month in range(1, 13)}
    months[7].append({**months[7][0], "fnr": f" {VRAKET} ", "ant_d_as": "12"})
    register.load_year(2001, months)
    rows = explained(register.connection, VRAKET)
    before = [row for row in rows if row["hva"] == "registrering" and row["dagdato"] < date(2001, 5, 1)]
    assert len(before) == 4
    assert {row["virkning"] for row in before} == {
        "No record: the month is before that of the start of the series, 2001-05-01."
    }
    assert {(row["status"], row["individ"], row["sist_dagdato"], row["kode"]) for row in before} == {(None,) * 4}
    assert rows[4]["individ"] == "ny"  # in May, whoever was there in April
    [aside] = [row for row in rows if row["hva"] == "lagt_til_side"]
    assert rows[rows.index(aside) - 1]["dagdato"] == aside["dagdato"] == date(2001, 7, 28)
    assert "ant_d_as 12" in aside["virkning"]
    assert "dublett: another record of the person in the month was kept (T2)." in aside["virkning"]
    assert not any(VRAKET in str(value) for row in rows for value in row.values())


@pytest.mark.parametrize(
    ("day", "records"),
    [
        ("2003-06-22", []),
        ("2003-06-23", [("2003-06-23", "1")]),
        ("2003-10-25", [("2003-06-23", "1")]),
        ("2003-10-26", [("2003-10-26", "2")]),
        ("2004-02-05", [("2004-02-05", "0"), ("2003-10-26", "2")]),
        ("2005-04-25", [("2004-02-06", "1"), ("2005-04-25", "0")]),
        ("2005-04-26", []),
    ],
)
def test_a_day(loaded: psycopg.Connection[Any], day: str, records: list[tuple[str, str]]) -> None:
    """The records that hold on it, an exit on its own day too, each as without a day."""
    rows = explained(loaded, PERSON, day)
    assert sorted((str(row["regdato"]), row["kode"]) for row in rows) == sorted(records)
    whole = [{**row, "nr": 0} for row in explained(loaded, PERSON)]
    assert [row for row in rows if {**row, "nr": 0} not in whole] == []


def test_a_record_that_the_rules_do_not_give(loaded: psycopg.Connection[Any]) -> None:
    """The explanation is worked out anew: what F_ARBSOK or VRAK_ARBSOK has besides is said."""
    with loaded.transaction(force_rollback=True):
        for statement in (
            "UPDATE trygdfob.f_arbsok SET regtom = NULL WHERE fnr = %s AND kode = '2'",
            "DELETE FROM trygdfob.f_arbsok WHERE fnr = %s AND kode = '0' AND avgdato IS NULL",
            "UPDATE trygdfob.f_arbsok SET regdato = '2005-04-26', avgdato = '2005-04-26', asokavg = '2005-04-26'"
            " WHERE fnr = %s AND avgdato IS NOT NULL",
        ):
            loaded.execute(statement, [PERSON])
        loaded.execute("DELETE FROM trygdfob.vrak_arbsok WHERE fnr = %s", [VRAKET])
        rows = explained(loaded, PERSON)
        assert [row["avvik"] for row in rows if row["avvik"]] == [
            "F_ARBSOK has regtom (none).",
            "F_ARBSOK does not have this record.",
            "F_ARBSOK does not have this record.",
        ]
        assert (rows[-1]["hva"], str(rows[-1]["regdato"])) == ("ukjent_record", "2005-04-26")
        assert [r["avvik"] for r in explained(loaded, VRAKET) if r["avvik"]] == ["VRAK_ARBSOK does not have it."]


@few_registers(3)
@given(generated=registers())
def test_every_record_is_explained_once(shared: psycopg.Connection[Any], generated: Any) -> None:
    """Over registers as the oracle has them: the dates explained are those of F_ARBSOK, and nothing is left out."""
    choices, years = generated
    register = Register(shared)
    shared.rollback()
    shared.execute(
        "UPDATE trygdfob.innstilling SET serie_start = %s, sammensying_dager = %s, avslutning_dager = %s",
        [choices.serie_start, choices.sammensying_dager, choices.avslutning_dager],
    )
    for aargang in sorted(years):
        register.load_year(aargang, years[aargang])
    shared.execute(
        "CREATE TEMP TABLE forklart ON COMMIT DROP AS SELECT p.fnr, e.*"
        " FROM (SELECT DISTINCT fnr FROM trygdfob.miniregister) AS p"
        " CROSS JOIN LATERAL arbsok_lasting.forklar(p.fnr) AS e"
    )
    columns = ", ".join(("fnr", "kode", "status", *DATES))
    inside = register.rows(f"SELECT {columns} FROM trygdfob.f_arbsok ORDER BY fnr, regdato, kode")
    assert inside
    assert (
        register.rows(f'SELECT {columns} FROM forklart WHERE kode IS NOT NULL ORDER BY fnr COLLATE "C", regdato, kode')
        == inside
    )
    assert register.rows("SELECT avvik FROM forklart WHERE avvik IS NOT NULL OR hva = 'ukjent_record'") == []
    for table, steps in {
        "miniregister": "SELECT DISTINCT fnr, dagdato FROM forklart WHERE hva = 'registrering'",
        "vrak_arbsok": "SELECT fnr, dagdato FROM forklart WHERE handling = 'vrak'",
    }.items():
        assert content(register.rows(steps)) == content(register.rows(f"SELECT fnr, dagdato FROM {qualified(table)}"))
    # Whoever has no registration at all is nobody to be explained
    aside = (
        "SELECT count(*) FROM trygdfob.lagt_til_side AS s WHERE s.grunn <> 'ugyldig_fnr'"
        " AND btrim(s.fnr, trygdfob.blanke()) IN (SELECT m.fnr FROM trygdfob.miniregister AS m)"
    )
    assert database.scalar(shared, "SELECT count(*) FROM forklart WHERE hva = 'lagt_til_side'") == database.scalar(
        shared, aside
    )
    shared.rollback()


# Who may see it, and where the number goes


def test_needs_the_right_to_read(loaded: psycopg.Connection[Any]) -> None:
    """A function opens no table: who may run it and not read gets nothing, and the error does not hold the number."""
    with loaded.transaction(force_rollback=True):
        loaded.execute("CREATE ROLE forklar_uten_lesetilgang")
        loaded.execute(
            "GRANT USAGE ON SCHEMA trygdfob TO forklar_uten_lesetilgang;"
            " GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA trygdfob TO forklar_uten_lesetilgang;"
            " SET LOCAL ROLE forklar_uten_lesetilgang"
        )
        with pytest.raises(psycopg.errors.InsufficientPrivilege) as refused:
            explained(loaded, PERSON)
        assert PERSON not in str(refused.value)


Said = tuple[int, str, str]


@pytest.fixture
def forklar(
    loaded: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Said]:
    """`fdtrygd forklar ARGUMENTS`, in this process: exit status, stdout, stderr."""
    monkeypatch.setenv("FDTRYGD_DATABASE_URL", address(loaded))

    def run(*arguments: str, typed: str = "", at_keyboard: bool = False, terminal: bool = False) -> Said:
        monkeypatch.setattr(sys, "argv", ["fdtrygd", "forklar", *arguments])
        stdin = io.StringIO(typed)
        monkeypatch.setattr(stdin, "isatty", lambda: at_keyboard)
        monkeypatch.setattr(sys, "stdin", stdin)
        monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal)
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return run


def test_at_a_terminal(forklar: Callable[..., Said]) -> None:
    status, out, err = forklar(PERSON, terminal=True)
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == f"Fødselsnummer {PERSON}"
    assert max(map(len, lines)) <= 80
    steps = [line for line in lines[1:] if line and not line.startswith(" ")]
    assert steps[0] == "2003-06-30  registration  FK070  tilgang"
    assert steps[-1] == "2005, the year's end  UX111  avslutning"
    assert len(steps) == 1 + 3 + 1 + 3 + 1 + 14 + 1
    assert "  changed        ytelse AT -> ID" in lines
    assert "    ytelsedato   2003-10-26  regdato: ytelse changed." in lines
    assert "    tilgdato     2003-06-23  Carried from the record that opened the main spell," in lines


def test_elsewhere_without_the_number(forklar: Callable[..., Said]) -> None:
    """In a file, a pipe or a log; and where it was typed, or piped in, it comes to no other end."""
    _, at_terminal, _ = forklar(PERSON, terminal=True)
    for arguments, typed in ((PERSON,), ""), (("-",), f"{PERSON}\n"), ((), f"{PERSON}\n"):
        status, out, err = forklar(*arguments, typed=typed)
        assert (status, err) == (0, "")
        assert PERSON not in out
        assert out == at_terminal.partition("\n\n")[2]


def test_asked_for_without_echo(forklar: Callable[..., Said], monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr("getpass.getpass", lambda prompt: asked.append(prompt) or PERSON)
    status, out, _ = forklar(at_keyboard=True)
    assert (status, len(asked)) == (0, 1)
    assert "registration  FK070  tilgang" in out


def test_a_day_at_the_command(forklar: Callable[..., Said]) -> None:
    status, out, _ = forklar(PERSON, "--date", "2003-11-01")
    assert status == 0
    assert [line for line in out.splitlines() if line and not line.startswith(" ")] == [
        "2003-10-31  registration  UK101  endring"
    ]
    assert forklar(PERSON, "--date", "1999-01-01") == (
        0, "No record of this person holds on 1999-01-01. Without --date, all registrations are shown.\n", "",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((UKJENT,), "No registration of this person is loaded."),
        ((UKJENT, "--date", "2003-11-01"), "No registration of this person is loaded."),
        ((PERSON[:10],), "A fødselsnummer has 11 digits"),
        ((PERSON + "1",), "A fødselsnummer has 11 digits"),
        ((PERSON[:6] + " " + PERSON[6:],), "A fødselsnummer has 11 digits"),
        ((f"--{PERSON}",), "A fødselsnummer has 11 digits"),
        ((PERSON[:6], PERSON[6:]), "Write: fdtrygd forklar FNR"),
        ((PERSON, PERSON), "Write: fdtrygd forklar FNR"),
        ((PERSON, f"--fnr={PERSON}"), "Write: fdtrygd forklar FNR"),
        ((PERSON, "--date", PERSON), "--date takes a day, written YYYY-MM-DD."),
        (("-",), "A fødselsnummer has 11 digits"),
    ],
)
def test_errors_do_not_repeat_the_number(
    forklar: Callable[..., Said], arguments: tuple[str, ...], sentence: str
) -> None:
    status, out, err = forklar(*arguments, terminal=True)
    assert (status, out) == (1, "")
    assert err.startswith(f"fdtrygd: {sentence}")
    assert re.search(r"\d{5}", err) is None


def test_the_number_is_a_parameter(loaded: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """What the server could write to its log of statements does not hold it."""
    sent: list[Any] = []
    execute = psycopg.Cursor.execute

    def listen(self: Any, query: Any, *rest: Any, **more: Any) -> Any:
        sent.append(query)
        return execute(self, query, *rest, **more)

    monkeypatch.setenv("FDTRYGD_DATABASE_URL", address(loaded))
    monkeypatch.setattr(psycopg.Cursor, "execute", listen)
    monkeypatch.setattr(sys, "argv", ["fdtrygd", "forklar", PERSON])
    with pytest.raises(SystemExit):
        cli.main()
    assert "SELECT * FROM arbsok_lasting.forklar(%s, %s)" in sent
    assert not any(PERSON in str(query) for query in sent)
