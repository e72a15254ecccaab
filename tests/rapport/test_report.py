"""The report of a year as one HTML file: what stands in it, that it needs nothing else, and how it is written.

The register: a small synthetic one of 2001 and 2002.
"""

import os
import re
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from fdtrygd import files as month_files
from fdtrygd import kontroll, lasting, rapport, synthetic
from fdtrygd.cli.report import report as report_command
from fdtrygd.db import database
from fdtrygd.errors import UserError
from fdtrygd.rapport import charts, page, source, text
from fdtrygd.rapport.chapters import codes, durations, months, summary
from psycopg.conninfo import make_conninfo
from psycopg.types.json import Jsonb
from pytest_postgresql import factories

from conftest import Silent, install, qualified
from pages import Page

Connection = psycopg.Connection[Any]
MADE = datetime.fromisoformat("2026-11-22T12:00:00+01:00")
#: Words that no Norwegian text has ("record" is the source's own word); those that both languages have are left out.
ENGLISH = {
    "the", "of", "and", "is", "are", "was", "has", "have", "with", "from", "that", "which", "than", "each", "every",
    "no", "not", "none", "year", "years", "month", "months", "spell", "spells", "person's", "record's", "source's",
    "load", "loaded", "loading", "unloaded", "file", "files", "reading", "putting", "comparing", "controls", "control",
    "warning", "warnings", "error", "errors", "registrations", "code", "codes", "group", "before", "after", "average",
    "fewer", "more", "true", "false",
}  # fmt: skip
#: What an activity may look like; seven digits in a row may be part of a fødselsnummer.
STRANGE, DIGITS = "<b>&'", "1234567"


def load(**connection: Any) -> None:
    """Installs the schema and loads two years, with two odd codes in June 2002."""
    install(**connection)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "files"
        synthetic.make(path, last=(2002, 12), persons=150)
        file = path / "arbsok_200206.csv"
        head, first, second, *others = file.read_text().splitlines()
        odd = [
            re.sub(r"^([^,]*),[^,]*", rf"\1,HL{activity}DP", line)
            for line, activity in ((first, STRANGE), (second, "QQQQQQQ"))
        ]
        file.write_text("\n".join([head, *odd, *others]) + "\n")
        with database.connect(make_conninfo(**{name: value for name, value in connection.items() if value})) as to:
            for year, files in month_files.find_month_files(path).items():
                lasting.load_year(to, year, files, synthetic=True, progress=Silent())
            # A load sets such a record aside (T13); a year that was loaded before T13 has it
            for table in ("miniregister", "miniregister_tall"):
                to.execute(f"UPDATE {qualified(table)} SET tiltak = '{DIGITS}' WHERE tiltak = 'QQQQQQQ'")


reported_noproc = factories.postgresql_noproc(dbname="fdtrygd_report", load=[load])


@pytest.fixture(scope="module")
def db(reported_noproc: Any) -> Iterator[Connection]:
    """The loaded register, which all tests share: a test that changes it does so in a transaction and rolls it back."""
    names = ("host", "port", "user", "password")
    server = {name: value for name in names if (value := getattr(reported_noproc, name))}
    with psycopg.connect(dbname="postgres", autocommit=True, **server) as connection:
        connection.execute(f"CREATE DATABASE fdtrygd_reported TEMPLATE {reported_noproc.template_dbname}")
        with database.connect(make_conninfo(dbname="fdtrygd_reported", **server)) as found:
            yield found
        connection.execute("DROP DATABASE fdtrygd_reported WITH (FORCE)")


@pytest.fixture(scope="module")
def page_2002(db: Connection) -> Page:
    """2002's page, drawn once."""
    return Page(page.html(db, 2002, MADE))


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draws no pictures, which take most of the time, since the test is about something else."""
    monkeypatch.setattr(charts, "svg", lambda figure, name, *_: f'<svg id="{name}"></svg>')
    for name in ("months_panels", "survival_panels", "bar_panels", "quartile_rows", "matrix"):
        monkeypatch.setattr(charts, name, lambda *_, **__: lambda wide: None)


def one(connection: Connection, query: str) -> Any:
    return (connection.execute(query).fetchone() or [None])[0]


def test_it_needs_nothing_but_itself(page_2002: Page) -> None:
    """It has no script, no style sheet that fetches, no address but places in the page itself, and valid ids."""
    assert {tag for tag, _ in page_2002.tags} & {"script", "link", "iframe", "img", "object", "image", "base"} == set()
    references = [
        value for _, attributes in page_2002.tags for name, value in attributes.items()
        if name in ("href", "src", "xlink:href", "data", "action")
    ]  # fmt: skip
    idents = [attributes["id"] for _, attributes in page_2002.tags if "id" in attributes]
    assert len(idents) == len(set(idents))
    assert references
    assert [each for each in references if each is None or each[0] != "#" or each[1:] not in idents] == []
    assert set(re.findall(r"https?://[^\"' ]+", page_2002.html)) == {
        "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink",
    }  # fmt: skip
    assert "@import" not in page_2002.html
    assert set(re.findall(r"url\((.)", page_2002.html)) <= {"#"}


def test_every_picture_has_its_words_and_numbers(page_2002: Page) -> None:
    """Each figure has two drawings with name and description, a caption, and the words again in the text."""
    html = page_2002.html
    figures = re.findall(r"<figure.*?</figure>", html, re.DOTALL)
    assert len(figures) == 7
    for figure in figures:
        assert re.search(r"<figcaption><strong>\w", figure)
        drawings = re.findall(r'<svg role="img" aria-labelledby="(\S+) (\S+)"', figure)
        assert len(drawings) == 2
        for title, words in drawings:
            assert re.search(f'<title id="{title}">[^<]+</title><desc id="{words}">[^<]{{20,}}</desc>', figure)
        assert re.search(r"<details>\s*<summary>[^<]+</summary>\s*<p>[^<]{20,}</p>", figure)
        assert "<text" in figure  # text stays text
    stock = re.search(r'<desc id="beholdning-w-desc">I alt: lavest (\d+) i .*?, høyest (\d+) i ', html)
    assert stock is not None
    assert page_2002.tables["beholdning-tabell"][0][:3] == ["Måned", "I alt", "1 Helt ledige"]


def test_the_tables_say_what_the_database_says(db: Connection, page_2002: Page) -> None:
    """A few cells of each table are compared with the rows themselves."""

    def counts(query: str) -> list[str]:
        return [text.number(one(db, query.format(year))) for year in (2001, 2002)]

    assert page_2002.tables["t41-tabell"][0] == ["", "2001", "2002"]
    read = counts("SELECT sum(antall) FROM trygdfob.maanedsfil WHERE aargang = {}")
    assert page_2002.row("t41-tabell", "Sofasøker grunnlagsfil") == read
    kept = "Antall records i miniregisteret etter fødselsnummerkontrollen"
    assert page_2002.row("t41-tabell", kept) == counts("SELECT count(*) FROM trygdfob.miniregister WHERE aargang = {}")
    rejected = counts("SELECT count(*) FROM trygdfob.vrak_arbsok WHERE aargang = {}")
    assert page_2002.row("t43-hendelser", "Vrakede") == rejected
    entries = counts(
        "SELECT count(*) FROM trygdfob.f_arbsok WHERE kode = '1' AND regdato = tilgdato"
        " AND date_part('year', regdato) = {}"
    )
    assert page_2002.row("t43-tilgang", "Sum")[:2] == entries
    exits = counts("SELECT count(*) FROM trygdfob.f_arbsok WHERE date_part('year', avgdato) = {} AND kode = '0'")
    assert page_2002.row("t43-avgang", "Sum")[:2] == exits
    confirmed = one(
        db, "SELECT sum(antall) FROM arbsok_lasting.registrering_tall WHERE aargang = 2002 AND utfall = 'bekreftet'"
    )
    assert page_2002.row("regnskap-mnd", "Sum")[6] == text.number(confirmed)
    assert page_2002.row("regnskap-aar", "2001")[0] == read[0]
    assert page_2002.row("varighet-tabell", "1 Helt ledige")[2] == text.number(
        one(db, "SELECT median FROM arbsok.varighet_kontroll WHERE aargang = 2002 AND hoved = '1'")
    )
    moved = "SELECT sum(antall) FROM arbsok.strom_maaned WHERE date_part('year', maaned) = 2002 AND til_hoved = '5'"
    fra_utenfra = page_2002.row("matrise-tabell", "Utenfra")
    to_5 = page_2002.tables["matrise-tabell"][0].index("5 Yrkeshemmede") - 1
    assert fra_utenfra[to_5] == text.number(one(db, f"{moved} AND fra_hoved IS NULL"))
    sha256 = one(db, "SELECT sha256 FROM trygdfob.maanedsfil WHERE mnddato = '2002-03-01'")
    assert page_2002.row("filer", "arbsok_200203.csv")[-1] == sha256
    assert page_2002.row("antall", "Skrevet til F_ARBSOK")[0] == text.number(
        one(db, "SELECT count(*) FROM trygdfob.f_arbsok WHERE aargang = 2002")
    )
    assert page_2002.row("innstillinger", "Seriens start") == ["01.05.2001", "01.05.2001"]
    assert len(page_2002.tables["kjoringer"]) == 1 + 2
    found, sound = (page_2002.tables[name] for name in ("kontroller-funn", "kontroller-uten-funn"))
    assert len(found) + len(sound) == 2 + one(db, "SELECT count(*) FROM kontroll.kontroll")
    assert page_2002.tables["endringer-tabell"][0][1:3] == ["2001", "2002"]


@pytest.mark.usefixtures("undrawn")
def test_against_official_statistics(db: Connection, page_2002: Page) -> None:
    """A difference is marked in the year's table and in that of all years, but not if the data are synthetic."""
    filene = text.number(
        one(db, "SELECT sum(antall) / 12.0 FROM arbsok_lasting.miniregister_tall WHERE aargang = 2002 AND hoved = '1'")
    )
    with db.transaction(force_rollback=True):
        db.execute("UPDATE trygdfob.lastet_aargang SET syntetisk = false")
        real = Page(rendered(db, 2002))
    row = real.row("t42-aaret", "1 Helt ledige")
    assert (row[:2], row[4]) == ([filene, text.number(75200)], "≠ avvik")
    assert real.row("t42-0", "1 Helt ledige")[2:] == [f"≠ {filene}", text.number(75200)]
    unpublished = [row for row in real.tables["t42-aaret"] if ".." in row]
    assert [row[5] for row in unpublished] == [""] * len(unpublished)
    assert any("5\N{NO-BREAK SPACE}hovedgrupper avviker" in block for _, block in real.blocks)
    row = page_2002.row("t42-aaret", "1 Helt ledige")
    assert (row[:2], row[4]) == ([filene, text.number(75200)], "")
    assert not any("≠" in cell for name in ("t42-aaret", "t42-0") for row in page_2002.tables[name] for cell in row)
    assert any("Syntetiske data: avvik sier ingenting." in block for _, block in page_2002.blocks)


def test_no_fodselsnummer(db: Connection, page_2002: Page) -> None:
    """The page has none anywhere, and no code that may be part of one."""
    (numbers,) = db.execute(
        "SELECT array_agg(fnr) FROM (SELECT fnr FROM trygdfob.miniregister UNION SELECT fnr FROM trygdfob.lagt_til_side"
        " WHERE length(fnr) = 11) AS u"
    ).fetchone() or ([],)
    assert len(numbers) > 5
    assert set(re.findall(r"(?=(\d{11}))", page_2002.html)) & set(numbers) == set()
    assert one(db, f"SELECT count(*) FROM arbsok.kodebruk WHERE verdi = '{DIGITS}'") == 1
    assert DIGITS not in page_2002.html
    assert [text.code(each) for each in ("A12345", "A123456B")] == ["A12345", "A(siffer, ikke vist)B"]
    assert text.typed("1234567890 og 12345678901") == "1234567890 og (11 siffer, ikke vist)"


def test_codes_are_text(page_2002: Page) -> None:
    """An activity that looks like HTML is shown as it was delivered, as a new and unknown code."""
    assert page_2002.row("koder-tabell", f"tiltak {STRANGE}") == [
        "1", "-", "juni 2002", "ny", "ikke i kodelisten", "",
    ]  # fmt: skip
    assert STRANGE not in page_2002.html


@pytest.mark.usefixtures("undrawn")
def test_many_codes(db: Connection, page_2002: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    """A column that went wrong has as many codes as records: the most frequent are shown, and how many more."""
    activities = [row[0] for row in page_2002.tables["koder-kjente"] if row[0].startswith("tiltak ")]
    monkeypatch.setattr(codes, "CODES", len(activities) - 1)
    rows = [row for row in Page(rendered(db, 2002)).tables["koder-kjente"] if row[0].startswith("tiltak")]
    assert [row[0] for row in rows] == [*activities[:-1], "tiltak: 1\N{NO-BREAK SPACE}kode til"]
    groups = [{"hoved": str(number), "antall": 100 - number} for number in range(1, charts.PANELS + 2)]
    assert months.biggest(groups, "hoved") == [str(number) for number in range(1, 17)]
    said = [{"setning": f"{number}", "sporring": "select * from v;"} for number in range(4)]
    assert summary.first(said[:3]) == ["0", "1", "2"]
    assert summary.first(said) == ["0", "1", "2", "1 til: select * from v;"]


@pytest.mark.usefixtures("undrawn")
def test_codes_to_look_at_are_those_that_the_control_warns_of(db: Connection, page_2002: Page) -> None:
    """Codes of a list that are seen for the first time are not, nor two-character activities before October 2002."""
    warned = {
        key for (key,) in db.execute(
            "SELECT f.noekkel FROM kontroll.kontrollfunn AS f JOIN kontroll.kontrollkjoring AS k USING (kjoring)"
            " WHERE k.aargang = 2002 AND f.kontroll = 'ny_kode'"
        )
    }  # fmt: skip
    shown = {row[0] for row in page_2002.tables["koder-tabell"][1:]}
    assert warned == {each.replace("(siffer, ikke vist)", "QQQQQQQ") for each in shown}
    assert warned >= {f"tiltak {STRANGE}"}
    familiar = page_2002.tables["koder-kjente"][1:]
    assert any(row[4:6] == ["ny", ""] for row in familiar)
    first = Page(rendered(db, 2001))
    assert {row[6] for row in first.tables["koder-kjente"][1:]} == {"kjent brudd 01.10.2002"}
    assert not any(block.startswith("En kode som ikke er sett før: tiltak") for _, block in first.blocks)


@pytest.mark.usefixtures("undrawn")
def test_what_is_wrong_stands_at_the_top(db: Connection) -> None:
    """Warnings, findings and a ledger that does not agree are said and marked in the summary, before all else."""
    with db.transaction(force_rollback=True):
        db.execute(
            "UPDATE trygdfob.kjorelogg SET advarsler = %s WHERE aargang = 2002",
            ['["Mangler <dager> i mars.", "Person 12345678901 er borte."]'],
        )
        db.execute("UPDATE trygdfob.maanedsfil SET antall = antall + 1 WHERE mnddato = '2002-03-01'")
        db.execute(
            "UPDATE kontroll.kontrollresultat AS r SET antall = 2, godtatt = NULL FROM kontroll.kontrollkjoring AS k"
            " WHERE k.kjoring = r.kjoring AND k.aargang = 2002 AND r.kontroll = 'en_apning'"
        )
        found = Page(rendered(db, 2002))
    top = found.html[: found.html.index('<nav id="innhold"')]
    assert "Årgang 2002 har feil" in top
    assert "<li>Mangler &lt;dager&gt; i mars.</li>" in top
    assert "12345678901" not in found.html
    assert re.search(r"<strong>feil:</strong> [^<]+: 2\b", top)
    assert found.row("regnskap-mnd", "mars 2002")[-1] == "≠ 1"
    assert found.row("regnskap-summer", "Lest i månedsfilene mot alle utfall")[-1] == "≠ 1"
    assert found.tables["kontroller-funn"][1][1] == "✗ feil"


@pytest.mark.usefixtures("undrawn")
def test_warnings_are_counted_and_not_their_sentences(db: Connection) -> None:
    """So are those of a control with more than three, and one that is no control's."""
    with db.transaction(force_rollback=True):
        db.execute(
            "UPDATE trygdfob.kjorelogg SET kontroller = %s, advarsler = %s WHERE aargang = 2002",
            [
                Jsonb({"ny_kode": 37, "regtom": 5}),
                Jsonb(["ny_kode: a", "ny_kode: b", "ny_kode: c", "ny_kode: 34 more; select * from x", "Annet."]),
            ],
        )
        found = Page(rendered(db, 2002))
    assert "<strong>Advarsler fra lastingen</strong></a> <span>38\N{NO-BREAK SPACE}advarsler.</span>" in found.html
    assert found.tables["kjoringer"][-1][-1] == "38"


@pytest.mark.usefixtures("undrawn")
def test_what_a_later_check_finds_is_said(db: Connection, page_2002: Page) -> None:
    """A changed file of a loaded year stands at the top with its name; what the load said is not said again, and lights
    no second field."""
    before = page_2002.html[: page_2002.html.index('<nav id="innhold"')]
    assert re.search(r"<strong>Kontroller</strong></a> <span>\d+\skontroller, ingen feil", before)
    assert "Kontroller med funn" not in before
    with db.transaction(force_rollback=True):
        db.execute(
            "INSERT INTO trygdfob.avvikende_fil (mnddato, fil, bytes, sha256, sett)"
            " VALUES ('2002-03-01', 'arbsok_200203.csv.gz', 0, 'x', '2003-02-01')"
        )
        kontroll.check(db, 2002, "check")
        db.execute(  # what the register's odd code gives
            "UPDATE kontroll.kontrollresultat AS r SET antall = 0 FROM kontroll.kontroll AS k"
            " WHERE k.kontroll = r.kontroll AND k.alvor = 'feil'"
        )
        found = Page(rendered(db, 2002))
        # The same, found by a version that kept no values
        db.execute("UPDATE kontroll.kontrollfunn SET verdier = NULL WHERE kontroll = 'fil_endret'")
        wordless = rendered(db, 2002)
    top = found.html[: found.html.index('<nav id="innhold"')]
    for html in (top, wordless):
        assert "<strong>Kontroller</strong></a> <span>1\N{NO-BREAK SPACE}kontroll med advarsler" in html
    assert top.count("<strong>advarsel:</strong>") == 1
    assert "<li>arbsok_200203.csv.gz, sett " in top
    assert top.count(" er ikke filen som ble lastet (arbsok_200203.csv).</li>") == 1
    assert top.count("<li>For å laste den må årgangene 2002 ") == 1
    assert top.count(f"tiltak {charts.escaped(STRANGE).replace(chr(39), '&#39;')} ") == 1


@pytest.mark.usefixtures("undrawn")
def test_what_the_reader_must_know_first(db: Connection, page_2002: Page) -> None:
    """It says which years there are, whether they are real, that the last is not final, when and how it was made; and
    that its counts are exact."""
    top = page_2002.html[: page_2002.html.index("<section")]
    assert "2001, 2002" in top
    assert "<dd>syntetiske</dd>" in top
    assert "<strong>Internt, ikke avsløringskontrollert:</strong>" in top
    assert "<strong>Syntetiske data.</strong>" in top
    assert "Siste årgang (2002) er ikke endelig" in top
    assert "Til og med utgangen av 2001 (T−1) kan utleveres" in top
    assert "22.11.2026 kl. 12.00.00, fdtrygd " in top
    with db.transaction(force_rollback=True):
        db.execute("UPDATE trygdfob.lastet_aargang SET syntetisk = false")
        real = rendered(db, 2001)
    assert "<dd>virkelige</dd>" in real
    assert "yntetisk" not in real
    with db.transaction(force_rollback=True):
        # An error that was found in the year before stands in its way; one that was accepted does not
        broken = (
            "UPDATE kontroll.kontrollresultat AS r SET antall = 2, godtatt = {} FROM kontroll.kontrollkjoring AS k"
            " WHERE k.kjoring = r.kjoring AND k.aargang = 2001 AND r.kontroll = 'regtom'"
        )
        db.execute(broken.format("NULL"))
        wrong = rendered(db, 2002)
        db.execute(broken.format("'ja'"))
        accepted = rendered(db, 2002)
    assert "Årgang 2001 har feil: utlever ingenting før de er forklart eller rettet." in wrong
    assert "kan utleveres" not in wrong
    assert "Til og med utgangen av 2001 (T−1) kan utleveres" in accepted


def test_same_database_same_bytes(db: Connection, page_2002: Page) -> None:
    assert page.html(db, 2002, MADE) == page_2002.html


@pytest.mark.usefixtures("undrawn")
def test_it_is_written_whole_or_not_at_all(db: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command writes over an older one. What cannot be written is refused with a sentence, and nothing is left."""
    monkeypatch.setenv("FDTRYGD_DATABASE_URL", make_conninfo(**db.info.get_parameters(), password=db.info.password))
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "arbsok_2002.html"
    file.write_text("old")
    report_command(2002)
    assert file.read_text(encoding="utf-8").endswith("</html>")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (tmp_path, tmp_path / "none" / "r.html", file / "r.html", pipe):
        with pytest.raises(UserError, match=r"Name (the|another) file"):
            rapport.write(db, 2002, path)
    assert pipe.is_fifo()
    pipe.unlink()
    before = file.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(UserError, match=r"cannot be written: No space left on device\."):
        rapport.write(db, 2002, file)
    assert (list(tmp_path.iterdir()), file.read_bytes()) == ([file], before)


@pytest.mark.usefixtures("undrawn")
def test_what_is_refused(db: Connection, tmp_path: Path) -> None:
    """A year that is not loaded is refused, and a database that lacks a view: nothing is left out in silence."""
    with pytest.raises(UserError, match=r"2003 is not loaded \(loaded are 2001 to 2002\)"):
        rapport.write(db, 2003, tmp_path / "r.html")
    with db.transaction(force_rollback=True):
        db.execute("ALTER VIEW arbsok.aarsendring RENAME TO borte")
        with pytest.raises(UserError, match=r"lacks what the report reads: arbsok\.aarsendring"):
            rendered(db, 2002)
    assert list(tmp_path.iterdir()) == []


def rendered(connection: Connection, year: int) -> str:
    """The page, also from within a transaction that will be rolled back."""
    return page.render(source.read_rows(connection, year), MADE)


def test_shares_and_flows_in_words(page_2002: Page) -> None:
    """No sign stands for zero in a sentence, and nobody comes from «Utenfra»."""
    assert durations.percent(0) == "0 prosent"
    (flows,) = re.findall('<desc id="matrise-w-desc">([^<]+)', page_2002.html)
    assert "; utenfra til " in flows or ": utenfra til " in flows
    assert " ut av registeret " in flows
    assert "fra Utenfra" not in flows
    assert "til Ut av" not in flows
    assert not re.search(r"\D1 koder", page_2002.html)


def test_all_of_it_is_norwegian(db: Connection) -> None:
    """So is what errors, accepted findings and warnings say; a warning's numbers are written as everywhere else."""
    with db.transaction(force_rollback=True):
        db.execute(
            "UPDATE kontroll.kontroll SET setning_norsk = '%s %s: %s prosent av %s.', vei_tilbake_norsk = 'Se %2$s.'"
            " WHERE alvor = 'advarsel'"
        )
        db.execute("UPDATE kontroll.kontrollfunn SET verdier = '{tiltak,A1,12.5,123456}'")
        db.execute(
            "UPDATE kontroll.kontrollresultat AS r"
            " SET antall = 2, godtatt = CASE WHEN r.kontroll = 'regtom' THEN 'ja' END"
            " FROM kontroll.kontrollkjoring AS k"
            " WHERE k.kjoring = r.kjoring AND k.aargang = 2002 AND r.kontroll IN ('en_apning', 'regtom')"
        )
        db.execute(
            "UPDATE trygdfob.kjorelogg SET kontroller = %s, godtatt = %s WHERE aargang = 2002",
            [Jsonb({"en_apning": 2, "regtom": 2}), Jsonb({"regtom": "ja"})],
        )
        found = Page(rendered(db, 2002))
    warning = "En kode som ikke er sett før: tiltak A1: 12,5 prosent av 123\N{NO-BREAK SPACE}456."
    assert ("li", warning) in found.blocks
    assert [words for tag, words in found.blocks if "Se A1." in words] == ["Se A1."]  # once for all that it is about
    assert ("td", "✗ feil") in found.blocks
    for _, block in found.blocks:
        words = re.findall(r"[a-zæøå']+", re.sub(r"make \w+|select [^;]+;|\w+_\w+", "", block.lower()))
        assert set(words) & ENGLISH == set(), block


def test_no_sentence_twice(page_2002: Page) -> None:
    """What has been said is not said again further down."""
    sentences = [
        sentence
        for tag, block in page_2002.blocks
        if tag in ("p", "figcaption", "li")
        for sentence in re.split(r"\.\s+(?=[A-ZÆØÅ])", block.strip())
        if len(sentence.split()) >= 4
    ]
    assert {each for each in sentences if sentences.count(each) > 1} == set()
    assert len(sentences) > 30


def test_every_status_is_explained_once(db: Connection, page_2002: Page) -> None:
    """Each code of the tables of entries and exits has a row among the status codes; those with X have one together."""
    rows = page_2002.tables["status-tabell"][1:]
    explained = [row[0] for row in rows]
    assert len(explained) == len(set(explained))
    assert all(len(row[-1]) > 10 for row in rows)
    shown = {
        row[0] for table in ("venstresensur", "tilgang", "avgang") for row in page_2002.tables[f"t43-{table}"][1:-1]
    }
    assert {each for each in shown if not any(code.startswith(each) for code in explained)} == set()
    assert [code for code in explained if "X" in code] == ["Avsl (X)"]
    closed = {row[0]: row[-1] for row in page_2002.tables["status-x"][1:]}
    assert closed["UX100"] == "UI100 eller UK100"
    for status, last in closed.items():
        assert last
        assert {code[0] + "X" + code[2:5] for code in last.split(" eller ")} == {status[:5]}
    assert sum(int(row[1].replace("\N{NO-BREAK SPACE}", "")) for row in page_2002.tables["status-x"][1:]) == one(
        db, "SELECT count(*) FROM trygdfob.f_arbsok WHERE aargang = 2002 AND status LIKE '_X%'"
    )


@pytest.mark.parametrize("start", ["2001-05-01", "2001-08-01", "2001-10-01", "2001-11-01", "2001-12-01"])
def test_short_histories(postgresql: Connection, tmp_path: Path, start: str) -> None:
    """A first year with one to eight months of the series: every picture is drawn, and says what cannot be said yet."""
    synthetic.make(tmp_path / "files", last=(2001, 12), persons=120)
    postgresql.execute("UPDATE trygdfob.innstilling SET serie_start = %s", [start])
    files = month_files.find_month_files(tmp_path / "files")[2001]
    lasting.load_year(postgresql, 2001, files, synthetic=True, progress=Silent())
    found = Page(rendered(postgresql, 2001))
    shown = 13 - int(start[5:7])
    assert "kan ingenting utleveres" in found.html
    if shown == 1:
        assert "Ingen tilganger, avganger eller gruppeoverganger er datert i 2001." in found.html
        return
    # The first three months of the series are not whole, nor the last four of the last year
    whole = max(shown - months.YOUNG - months.UNSETTLED, 0)
    rows = found.tables["strom-tabell"][1:]
    assert (len(rows), sum("ikke hel" not in row[0] for row in rows)) == (shown, whole)
    words = re.search(r'<desc id="strom-w-desc">Tilganger \(utenfra\): ([^;<]+)', found.html)
    assert words is not None
    if whole:
        (row,) = [row for row in rows if "ikke hel" not in row[0]]
        assert words[1] == f"lavest {row[1]} i {row[0]}, høyest {row[1]} i {row[0]}"
    else:
        assert words[1] == "ingen måned er hel ennå"
