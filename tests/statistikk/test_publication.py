"""What is published of a version: CSV, JSON-stat 2.0 and Statbank's files, held against its cells (spec.md 10)."""

import csv
import hashlib
import importlib.util
import io
import itertools
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg
import pytest
from fdtrygd.errors import UserError
from fdtrygd.statistikk import publication
from fdtrygd.statistikk.publication import source, words

import published
from conftest import address

Connection = psycopg.Connection[Any]


def each(versions: dict[str, int]) -> Iterator[tuple[str, int, Path]]:
    """Period, number and folder of each version."""
    for name, number in versions.items():
        period, _, edition = name.partition("-")
        yield period, number, published.folder_of(period, int(edition or 1))


def test_csv_has_every_cell(published_db: Connection, versions: dict[str, int], site: tuple[Path, Any]) -> None:
    checked = 0
    for period, number, folder in each(versions):
        for table in published.tables_of(published_db, number):
            cells = published.read(published_db, number, table)
            with (site[0] / folder / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
                rows = list(csv.DictReader(lines))
            names = [name for name in rows[0] if f"{name}_tekst" in rows[0]]
            found = {tuple(row[name] for name in names): row for row in rows}
            assert found.keys() == cells.keys()
            for codes, row in found.items():
                value = published.shown(cells[codes])
                assert (row["verdi"], row["symbol"]) == (("", value) if isinstance(value, str) else (str(value), ""))
                assert row["periode"] == period
                assert row["dag"] == (f"{period.replace('M', '-')}-28" if "M" in period else "")
                checked += 1
            assert len(rows) == len(cells)
    assert checked > 9_000


def test_csv_is_written_plainly(versions: dict[str, int], site: tuple[Path, Any]) -> None:
    """The header, the total first, then the classes in their order, and the version at the end of each line."""
    text = (site[0] / published.folder_of("2002M01") / "hovedgruppe_kjonn.csv").read_text(encoding="utf-8")
    head, first, *_ = text.split("\n")
    assert head == (
        "hovedgruppe,hovedgruppe_tekst,fylke,fylke_tekst,kjonn,kjonn_tekst,periode,dag,verdi,symbol,rettet,versjon,"
        "publisert,syntetisk"
    )
    assert first.startswith("T,I alt,T,Hele landet,T,Begge kjønn,2002M01,2002-01-28,")
    assert first.endswith(",,,1,2026-11-30T07:00:00Z,1")
    assert "\r" not in text
    regions = list(dict.fromkeys(line.split(",")[3] for line in text.splitlines()[1:]))
    assert regions == ["Hele landet", "Akershus", "Oslo", "Vestfold", "Uoppgitt"]


def test_jsonstat_has_every_cell(published_db: Connection, versions: dict[str, int], site: tuple[Path, Any]) -> None:
    for period, number, folder in each(versions):
        for table in published.tables_of(published_db, number):
            data = json.loads((site[0] / folder / f"{table}.json").read_text(encoding="utf-8"))
            assert (data["version"], data["class"]) == ("2.0", "dataset")
            assert data["id"][-2:] == ["ContentsCode", "Tid"]
            assert data["dimension"]["Tid"]["category"]["index"] == [period]
            indexes = [data["dimension"][name]["category"]["index"] for name in data["id"]]
            assert data["size"] == [len(index) for index in indexes]
            found = {}
            for place, codes in enumerate(itertools.product(*indexes)):
                value, status = data["value"][place], data.get("status", {}).get(str(place))
                assert (value is None) == (status in words.SYMBOLS)
                found[codes[:-2]] = status if value is None else value
            assert found == {
                codes: published.shown(value) for codes, value in published.read(published_db, number, table).items()
            }
            assert len(data["value"]) == place + 1


def test_jsonstat_says_what_it_is(versions: dict[str, int], site: tuple[Path, Any]) -> None:
    data = json.loads((site[0] / published.folder_of("2002M06", 2) / "ledige_fylke_alder.json").read_text("utf-8"))
    assert data["label"] == "Helt ledige, etter fylke, kjønn og alder"
    assert data["role"] == {"time": ["Tid"], "metric": ["ContentsCode"], "geo": ["fylke"]}
    assert data["updated"] == "2026-12-01T07:00:00Z"
    assert data["note"][0] == words.SYNTHETIC
    assert any("avrundet" in note for note in data["note"])
    extension = data["extension"]
    assert (extension["periode"], extension["dag"]) == ("2002M06", "2002-06-28")
    assert (extension["versjon"], extension["grunn"]) == (2, "Etterregistrerte bosteder")
    assert extension["standardtegn"] == {"r": words.OTHERS["r"]}
    assert data["dimension"]["alder_seks"]["category"]["label"]["000-024"] == "24 år og under"


def test_statbank_has_every_cell(published_db: Connection, versions: dict[str, int], site: tuple[Path, Any]) -> None:
    """Semicolons, no header, CRLF; a code where there is no figure, and then no figure."""
    codes_of = {".": "01", "..": "02", ":": "04"}
    used = set()
    for period, number, folder in each(versions):
        for table in published.tables_of(published_db, number):
            content = (site[0] / folder / f"{table}.dat").read_bytes()
            assert content.endswith(b"\r\n")
            assert content.count(b"\n") == content.count(b"\r\n")
            found = {}
            for *codes, time, figure, code in csv.reader(io.StringIO(content.decode()), delimiter=";"):
                assert time == period
                assert (figure == "") == (code != "")
                found[tuple(codes)] = (figure, code)
                used.add(code)
            assert found == {
                codes: ("", codes_of[value]) if isinstance(value, str) else (str(published.shown(value)), "")
                for codes, value in published.read(published_db, number, table).items()
            }
    assert used == {"", "02"}


def test_statbanks_description_is_an_example(versions: dict[str, int], site: tuple[Path, Any]) -> None:
    name = "ledige_kommune_kjonn.eksempel-uttrekksbeskrivelse.json"
    described = json.loads((site[0] / published.folder_of("2001M12") / name).read_text("utf-8"))
    assert described["base"].startswith("EKSEMPEL")
    (part,) = described["deltabller"]
    assert part["deltabell"] == "ledige_kommune_kjonn.dat"
    numbered = [
        column["kolonnenummer"]
        for kind in ("variabler", "statistikkvariabler", "null_prikk_missing")
        for column in part[kind]
    ]
    assert numbered == ["1", "2", "3", "4", "5"]
    assert part["variabler"][-1]["Kodeliste_text"].endswith("format = ååååMmm")
    regions = {each["kode"]: each["text"] for each in described["kodelister"][0]["koder"]}
    assert regions == {
        "T": "Hele landet", "0219": "Bærum", "0220": "Asker", "0301": "Oslo", "0716": "Våle", "0718": "Ramnes",
        "9999": "Uoppgitt",
    }  # fmt: skip


def test_a_code_has_the_text_of_its_time(versions: dict[str, int], site: tuple[Path, Any]) -> None:
    texts = {}
    for period in ("2001M12", "2002M01", "2002"):
        name = "ledige_kommune_alder" + ("_snitt" if period == "2002" else "")
        data = json.loads((site[0] / published.folder_of(period) / f"{name}.json").read_text("utf-8"))
        texts[period] = data["dimension"]["kommune"]["category"]["label"]
    assert (texts["2001M12"]["0716"], texts["2002M01"]["0716"], texts["2002"]["0716"]) == ("Våle", "Re", "Re")
    assert "0718" in texts["2001M12"]
    assert "0718" not in texts["2002M01"]


def test_a_mean_is_rounded_half_away_from_zero() -> None:
    halves = ("0.49", "0.5", "1.5", "2.5", "2.4999999999999999", "-0.5", "-2.5", "12.5000")
    assert [source.whole(Decimal(value)) for value in halves] == [0, 1, 2, 3, 2, -1, -3, 13]


def test_a_correction_shows_what_it_changed(
    published_db: Connection, versions: dict[str, int], site: tuple[Path, Any]
) -> None:
    """`r` at every figure that was another one, and at no other; the version before is as it was."""
    folder, table = site[0], "ledige_kommune_kjonn"
    before = published.read(published_db, versions["2002M06"], table)
    after = published.read(published_db, versions["2002M06-2"], table)
    changed = {codes for codes in after if before[codes] != after[codes]}
    assert 5 < len(changed) < len(after)
    with (folder / published.folder_of("2002M06", 2) / f"{table}.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert {(row["kommune"], row["kjonn"]) for row in rows if row["rettet"] == "r"} == changed
    assert {row["rettet"] for row in rows} == {"r", ""}
    with (folder / published.folder_of("2002M06") / f"{table}.csv").open(encoding="utf-8") as lines:
        assert {row["rettet"] for row in csv.DictReader(lines)} == {""}


#: Writes the versions of a database in a process of its own: address, versions, folder
ELSEWHERE = """
import json, sys
from pathlib import Path
from fdtrygd.db import database
from fdtrygd.statistikk import publication
address, versions, folder = sys.argv[1:]
with database.connect(address) as connection:
    publication.write(connection, json.loads(versions), Path(folder))
"""


def test_the_same_bytes_again(
    published_db: Connection, versions: dict[str, int], site: tuple[Path, list[publication.File]], tmp_path: Path
) -> None:
    """In another folder, another order, another process, and where the clocks show another time."""
    with published_db.transaction(force_rollback=True):
        published_db.execute("SET LOCAL timezone = 'Asia/Tokyo'")
        published_db.execute("SET LOCAL datestyle = 'SQL, DMY'")
        again = publication.write(published_db, list(reversed(versions.values())), tmp_path / "a")
    assert again == site[1]
    numbers = json.dumps(list(versions.values()))
    subprocess.run(
        [sys.executable, "-c", ELSEWHERE, address(published_db), numbers, tmp_path / "b"],
        check=True,
        env=os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"},
    )
    for file in again:
        for folder in ("a", "b"):
            assert (tmp_path / folder / file.name).read_bytes() == (site[0] / file.name).read_bytes(), file.name


def test_a_further_version_leaves_those_before_as_they_were(
    published_db: Connection, versions: dict[str, int], site: tuple[Path, list[publication.File]], tmp_path: Path
) -> None:
    """What is published does not change with what comes after it: only the site does."""
    fewer = [number for name, number in versions.items() if name != "2002M06-2"]
    before = {file.name: file for file in publication.write(published_db, fewer, tmp_path)}
    after = {file.name: file for file in site[1]}
    assert [name for name, file in before.items() if file.version and after[name] != file] == []
    assert before["index.html"] != after["index.html"]


#: What a catalogue may come to say of tables that are published: every text, and that one of them is no more
LATER = """
UPDATE statistikk.pakke SET tittel = 'Arbeidssøkere';
UPDATE statistikk.tabell SET tittel = 'Ny tittel', enhet = 'Hoder', kontakt = 'En annen', ekstern_id = '1',
    rekkefolge = 5 WHERE tabell = 'ledige_kommune_alder';
UPDATE statistikk.dimensjon SET tekst = 'Sted', i_alt = 'Norge' WHERE tabell = 'ledige_kommune_alder' AND plass = 1;
UPDATE statistikk.klasse SET tekst = 'Hankjønn', rekkefolge = 99 WHERE gruppering = 'kjonn' AND kode = '1';
UPDATE statistikk.klasse SET gyldig_til = '2000-12-31' WHERE gruppering = 'alder_seks' AND kode = '060+';
UPDATE statistikk.note SET tekst = 'En annen note' WHERE note = 'avrunding';
UPDATE statistikk.note SET til_periode = '1999' WHERE note = 'uoppgitt';
DELETE FROM statistikk.note WHERE note = 'koding_2002';
UPDATE befolkning.kommune SET tekst = 'Christiania' WHERE kommune = '0301';
DELETE FROM befolkning.kommune WHERE kommune = '0718';
DELETE FROM statistikk.dimensjon WHERE tabell = 'ikke_bosatte';
DELETE FROM statistikk.tabell WHERE 'ikke_bosatte' IN (tabell, snitt_av);
SET CONSTRAINTS ALL IMMEDIATE
"""


def test_what_the_catalogue_says_later_changes_nothing(
    published_db: Connection, versions: dict[str, int], site: tuple[Path, list[publication.File]], tmp_path: Path
) -> None:
    """Neither a version's files, nor a page that a new version has not come to."""
    with published_db.transaction(force_rollback=True):
        for change in LATER.split(";"):
            assert published_db.execute(change).rowcount != 0  # type: ignore[arg-type]
        again = publication.write(published_db, list(versions.values()), tmp_path)
    assert again == site[1]


def test_a_new_version_has_what_the_catalogue_says_now(
    published_db: Connection, versions: dict[str, int], site: tuple[Path, list[publication.File]], tmp_path: Path
) -> None:
    """And those before it what it said then."""
    with published_db.transaction(force_rollback=True):
        published_db.execute(LATER)
        number = published.month(published_db, "2003M03", published=published.WHEN + timedelta(days=9))
        files = {file.name: file for file in publication.write(published_db, [*versions.values(), number], tmp_path)}
    assert [file for file in site[1] if file.version and files[file.name] != file] == []
    folder = tmp_path / published.folder_of("2003M03")
    data = json.loads((folder / "ledige_kommune_alder.json").read_text("utf-8"))
    assert (data["label"], data["source"]) == ("Ny tittel", "En annen")
    assert data["dimension"]["ContentsCode"]["category"]["label"] == {"beholdning": "Hoder"}
    assert data["dimension"]["kommune"]["label"] == "Sted"
    assert data["dimension"]["kommune"]["category"]["label"]["T"] == "Norge"
    assert data["dimension"]["kommune"]["category"]["label"]["0301"] == "Christiania"
    assert "En annen note" in data["note"]
    assert not any(note.startswith("Uoppgitt region") for note in data["note"])
    with (folder / "ledige_fylke_alder.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert {row["kjonn_tekst"] for row in rows if row["kjonn"] == "1"} == {"Hankjønn"}
    assert "060+" not in {row["alder_seks"] for row in rows}
    described = json.loads((folder / "ledige_kommune_alder.eksempel-uttrekksbeskrivelse.json").read_text("utf-8"))
    assert described["TabellId"] == "1"
    assert not (folder / "ikke_bosatte.csv").exists()


def test_it_says_what_it_wrote(
    published_db: Connection, versions: dict[str, int], site: tuple[Path, list[publication.File]]
) -> None:
    """Every file in the folder, with its size, its checksum and the version that it is of."""
    folder, files = site
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert {file.name for file in files} == there
    assert len(files) == len(there)
    for file in files:
        content = (folder / file.name).read_bytes()
        assert (file.size, file.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert {file.version for file in files if file.name.startswith("data/")} == set(versions.values())
    assert {file.version for file in files if not file.name.startswith("data/")} == {None}
    assert sum(file.version == versions["2002M01"] for file in files) == 4 * 6


def test_what_is_not_published_is_not_written(
    published_db: Connection, versions: dict[str, int], tmp_path: Path
) -> None:
    with published_db.transaction(force_rollback=True):
        number = published.month(published_db, "2003M03", published=None)
        with pytest.raises(UserError, match=r"2003M03\) is not published"):
            publication.write(published_db, [*versions.values(), number], tmp_path)
    with pytest.raises(UserError, match="no version 123456"):
        publication.write(published_db, [123456], tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_draws_pages_must_be_there(
    published_db: Connection, versions: dict[str, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(UserError, match=r"need jinja2.*fdtrygd\[statistikk\]"):
        publication.write(published_db, list(versions.values()), tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("DELETE FROM statistikk.celle WHERE versjon = %s AND koder = '{0301,1}'", "1 of its cells"),
        ("UPDATE statistikk.celle SET koder = '{0718,1}' WHERE versjon = %s AND koder = '{0301,1}'", "2 of its cells"),
        ("UPDATE statistikk.celle SET tabell = 'borte' WHERE versjon = %s AND tabell = 'ikke_bosatte'", "table borte"),
    ],
)
def test_cells_that_are_not_the_tables_are_refused(
    published_db: Connection, versions: dict[str, int], tmp_path: Path, change: str, said: str
) -> None:
    with published_db.transaction(force_rollback=True):
        published_db.execute("ALTER TABLE statistikk.celle DISABLE TRIGGER USER")
        assert published_db.execute(change, [versions["2002M01"]]).rowcount  # type: ignore[arg-type]
        with pytest.raises(UserError, match=said):
            publication.write(published_db, [versions["2002M01"]], tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_it_needs_the_rights_of_a_statistician_alone(
    published_db: Connection, versions: dict[str, int], site: tuple[Path, list[publication.File]], tmp_path: Path
) -> None:
    with published_db.transaction(force_rollback=True):
        published_db.execute("SET LOCAL ROLE fdtrygd_statistiker")
        assert publication.write(published_db, list(versions.values()), tmp_path) == site[1]


@pytest.mark.parametrize(
    ("first", "last", "period", "holds"),
    [
        (None, None, "2003M01", True),
        (None, "2002M09", "2002M09", True),
        (None, "2002M09", "2002M10", False),
        (None, "2002M09", "2002", True),
        (None, "2002M09", "2003", False),
        ("2002M10", None, "2002", True),
        ("2002M10", None, "2002M09", False),
        ("2002M10", None, "2002M10", True),
        ("2003", None, "2002M12", False),
        ("2003", "2003", "2003M01", True),
        (None, "2003", "2003M12", True),
        (None, "2003", "2004M01", False),
    ],
)
def test_a_note_is_about_its_periods(
    published_db: Connection, versions: dict[str, int], first: str | None, last: str | None, period: str, holds: bool
) -> None:
    with published_db.transaction(force_rollback=True):
        published_db.execute(
            "INSERT INTO statistikk.note (note, rekkefolge, fra_periode, til_periode, tekst)"
            " VALUES ('n', 1, %s, %s, 'x')",
            [first, last],
        )
        day = date(int(period[:4]), int(period[5:]), 28) if "M" in period else None
        number = published.enter(
            published_db, period, [("ikke_bosatte", {("1",): "."})], day=day, edition=9, published=None
        )
        row = published_db.execute("SELECT statistikk.katalog(%s)", [number]).fetchone()
    assert row
    (table,) = row[0]["tabeller"]
    assert ("n" in [note["note"] for note in table["noter"]]) == holds


def notes(site: tuple[Path, Any], period: str, table: str) -> list[str]:
    data = json.loads((site[0] / published.folder_of(period) / f"{table}.json").read_text("utf-8"))
    found: list[str] = data["note"]
    return found


#: How notes begin, and what they are about: a dimension, main groups that are counted, a measure
OF_ALL = ("Små tall er avrundet", "Avrundingen flytter")
OF_MONTHS = ("Tallene er en beholdning", "Alle tall for en måned er summer")
OF_YEARS = ("Årsgjennomsnittet er", "Hvert gjennomsnitt er rundet av")
OF_REGIONS, OF_UNEMPLOYED = ("Uoppgitt region",), ("Helt ledige er de som",)
OF_GROUPS, OF_CODES = ("I alt er hovedgruppene 1 til 5",), ("Til og med september 2002",)
OF_WEEKS = ("Varighet er regnet i hele uker",)


@pytest.mark.parametrize(
    ("period", "table", "begin"),
    [
        ("2002M09", "hovedgruppe_kjonn", (*OF_ALL, *OF_MONTHS, *OF_REGIONS, *OF_UNEMPLOYED, *OF_GROUPS, *OF_CODES)),
        ("2002M10", "hovedgruppe_kjonn", (*OF_ALL, *OF_MONTHS, *OF_REGIONS, *OF_UNEMPLOYED, *OF_GROUPS)),
        ("2002M09", "ikke_bosatte", (*OF_ALL, *OF_MONTHS, *OF_UNEMPLOYED, *OF_GROUPS, *OF_CODES)),
        ("2002M09", "ledige_kommune_kjonn", (*OF_ALL, *OF_MONTHS, *OF_REGIONS, *OF_UNEMPLOYED)),
        ("2002M10", "ledige_fylke_varighet", (*OF_ALL, *OF_MONTHS, *OF_REGIONS, *OF_UNEMPLOYED, *OF_WEEKS)),
        ("2002", "hovedgruppe_kjonn_snitt",
         (*OF_ALL, *OF_YEARS, *OF_REGIONS, *OF_UNEMPLOYED, *OF_GROUPS, *OF_CODES)),
    ],
)  # fmt: skip
def test_notes_are_those_of_the_table_and_the_period(
    site: tuple[Path, Any], versions: dict[str, int], period: str, table: str, begin: tuple[str, ...]
) -> None:
    synthetic, day, *found = notes(site, period, table)
    assert synthetic == words.SYNTHETIC
    assert day == {"2002": "Personer, gjennomsnitt for 2002.", "2002M09": "Personer per 28. september 2002."}.get(
        period, "Personer per 28. oktober 2002."
    )
    assert len(found) == len(begin)
    assert [said for said in begin if not any(note.startswith(said) for note in found)] == []


def test_notes_promise_no_more_than_the_controls(versions: dict[str, int], site: tuple[Path, Any]) -> None:
    """What control avstand warns of is what is usual; and no word of base cells, which no reader knows."""
    (said,) = (note for note in notes(site, "2002M10", "ledige_kommune_kjonn") if note.startswith("Avrundingen"))
    for sentence, bound in zip(said.split(". "), ("15", "6"), strict=False):
        assert "som regel" in sentence
        assert bound in sentence
    everything = " ".join(
        note
        for table in ("ikke_bosatte", "ikke_bosatte_snitt")
        for note in notes(site, "2002" if "snitt" in table else "2002M10", table)
    )
    assert "grunncelle" not in everything


@pytest.mark.parametrize(("months", "said"), [(12, None), (11, "Bare 11 av de tolv"), (1, "Bare 1 av de tolv")])
def test_an_average_says_which_months_it_lacks(
    published_db: Connection, versions: dict[str, int], months: int, said: str | None
) -> None:
    with published_db.transaction(force_rollback=True):
        of = [versions[f"2002M{month:02}"] for month in range(1, months + 1)]
        number = published.means(published_db, "2002", of, edition=9, published=None)
        row = published_db.execute("SELECT statistikk.katalog(%s)", [number]).fetchone()
    assert row
    for table in row[0]["tabeller"]:
        found = [note["tekst"] for note in table["noter"] if note["note"] == "mangler_2002"]
        assert [text.startswith(said or "") for text in found] == [True] * (said is not None)


def test_a_break_is_in_the_versions_own_notes(
    published_db: Connection, versions: dict[str, int], tmp_path: Path
) -> None:
    """Of the first month with another base, of no year, and of none that follows with the same."""
    with published_db.transaction(force_rollback=True):
        mal = "UPDATE statistikk.versjon SET mal = '{\"lag\": 2}' WHERE versjon = %s"
        found = []
        for period in ("2003M03", "2003M04"):
            number = published.month(published_db, period, published=None)
            published_db.execute(mal, [number])
            published_db.execute(
                "UPDATE statistikk.versjon SET tilstand = 'publisert', publisert = %s,"
                " katalog = statistikk.katalog(versjon) WHERE versjon = %s",
                [published.WHEN, number],
            )
            found.append(number)
        found.append(published.means(published_db, "2004", [versions["2003M02"]]))
        publication.write(published_db, found, tmp_path)
    first, second, year = (
        [note for note in notes((tmp_path, None), period, table) if "delt inn på en annen måte" in note]
        for period, table in (("2003M03", "ikke_bosatte"), ("2003M04", "ikke_bosatte"), ("2004", "ikke_bosatte_snitt"))
    )
    (said,) = first
    assert said.startswith("Tallene for 2003M03 er laget av")
    assert "2003M02 (versjon 1)" in said
    assert second == year == []
