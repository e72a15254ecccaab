"""What the recipient of a delivery reads: lesmeg.html, the list of variables, the code lists (spec.md 9)."""

import csv
import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import psycopg
import pytest
from fdtrygd.db.database import Connection, scalar
from fdtrygd.leveranse import catalogue, comparison, reading
from fdtrygd.leveranse import formats as writers
from fdtrygd.leveranse.deliver import remarks
from fdtrygd.leveranse.stream import Read

import made_delivery as made
from conftest import Register
from made_years import say_loaded
from pages import Page

PROJECT = {
    "prosjekt": "ungdom",
    "tittel": "Ungdom og arbeid",
    "vedtak": "Vedtak 2026/1",
    "gyldig_til": "2996-12-31",
    "slettes_etter": "2997-12-31",
    "former": ["hendelser", "tilfelle", "gruppetilfelle", "periode", "manedspanel", "tverrsnitt"],
    "variabler": "alle",
}
ORDER = {
    "prosjekt": "ungdom",
    "bestilling": "ledige",
    "til": "2003-12-31",
    "populasjon": {"alle": True},
    "tabell": [{"navn": "perioder", "form": "periode", "formater": ["csv"]}],
}
#: A stretch that ended, with a code that no list has, and one that runs
STRETCHES: list[dict[str, Any]] = [
    {
        "lpnr": "p0011223344556677", "tilgdato": date(2001, 5, 1), "asoktilg": date(2001, 5, 1),
        "regdato": date(2001, 5, 1), "regtom": date(2002, 9, 30), "dager": 518, "hoved": "1", "hovedarbstat": "HL",
        "tiltak": "05", "ytelse": "ZZ", "begynte": "venstresensur_kjent", "sluttet": "avgang", "slutt_observert": True,
    },
    {
        "lpnr": "p8899aabbccddeeff", "tilgdato": date(2003, 2, 3), "asoktilg": date(2003, 2, 3),
        "regdato": date(2003, 2, 3), "hoved": "5", "hovedarbstat": "YH", "tiltak": "PRAKSORD", "begynte": "tilgang",
        "sluttet": "loper", "slutt_observert": False,
    },
]  # fmt: skip
COUNTS = {"i_populasjonen": 2, "personer": 2, "i_registeret": 2}


def described(connection: Connection, project: dict[str, Any] | None = None, **order: Any) -> catalogue.Description:
    """What the database says of a delivery of that order; no year need be loaded for that."""
    connection.execute("SELECT leveranse.opprett_prosjekt(%s)", [json.dumps(PROJECT | (project or {}))])
    number = scalar(
        connection, "SELECT b.utlevering FROM leveranse.begynn_utlevering(%s, '{}') AS b", json.dumps(ORDER | order)
    )
    assert number is not None
    return catalogue.describe(scalar(connection, "SELECT leveranse.beskrivelse_av_utlevering(%s)", number))


def read(of: catalogue.Table, folder: Path, rows: list[dict[str, Any]]) -> Read:
    """A table's rows as they are read; what a row does not have is missing."""
    return made.read(folder, of, rows)


def written(
    description: catalogue.Description,
    tmp_path: Path,
    rows: list[dict[str, Any]] | None = None,
    counts: dict[str, Any] | None = None,
    unknown: dict[str, dict[str, dict[str, int]]] | None = None,
    compared: comparison.Compared | None = None,
    name: str = "leveranse",
) -> Path:
    """The delivery's folder, with empty files for the tables and what the recipient reads beside them."""
    spool, folder = tmp_path / f"{name}-rader", tmp_path / name
    spool.mkdir()
    folder.mkdir()
    reads = [read(table, spool, STRETCHES if rows is None else rows) for table in description.tables]
    for table in description.tables:
        for each in table.formats:
            (folder / f"{table.name}.{each}").touch()
    reading.write(folder, description, reads, counts or COUNTS, unknown or {}, compared)
    return folder


def page(folder: Path) -> Page:
    return Page((folder / "lesmeg.html").read_text("utf-8"))


def text(page: Page) -> str:
    """All that a reader sees, with single spaces."""
    return re.sub(r"\s+", " ", "".join(page.words))


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture
def connection(register: Register) -> Connection:
    """As if 2001 to 2005 were loaded: an order is held against what is final."""
    say_loaded(register.connection)
    return register.connection


def test_it_begins_with_what_a_delivery_is_not(connection: Connection, tmp_path: Path) -> None:
    """Not anonymous; and where the data are nobody's it says so."""
    description = described(connection)
    real = text(page(written(replace(description, synthetic=False), tmp_path, name="a")))
    synthetic = text(page(written(replace(description, synthetic=True), tmp_path, name="b")))
    for seen in (real, synthetic):
        assert seen.index("Leveransen er ikke anonym.") < seen.index("Slettes etter")
        assert "kan kobles på datoer" in seen
        assert "slettet når 31. desember 2997 er omme" in seen
    assert "Dataene er syntetiske." in synthetic
    assert "syntetisk" not in real


def test_what_was_ordered_stands_at_the_top(connection: Connection, tmp_path: Path) -> None:
    description = replace(described(connection, fra="2002-01-01"), dated=date(2026, 3, 3))
    opened = page(written(description, tmp_path))
    facts = [words for tag, words in opened.blocks if tag in ("dt", "dd")][:14]
    assert dict(zip(facts[::2], facts[1::2], strict=True)) == {
        "Leveranse": f"nr. {description.number}, 3. mars 2026",
        "Bestilling": "ledige, versjon 1",
        "Periode": "1. januar 2002 – 31. desember 2003",
        "Personer": "2",
        "Prosjekt": "ungdom",
        "Vedtak": "Vedtak 2026/1",
        "Slettes etter": "31. desember 2997",
    }
    assert ("h1", "Ungdom og arbeid") in opened.blocks


@pytest.mark.parametrize(
    ("population", "said"),
    [
        ({"alle": True}, "Alle som har vært registrert en gang i serien, til og med 31. desember 2003."),
        (
            {"kriterium": {"nivaa": "periode", "hoved": ["1", "3"], "tiltak": ["IP"], "fra": "2002-01-01"}},
            "Alle som har minst en periode der hoved er 1 (Helt ledige) eller 3 (Ordinære tiltaksdeltakere) og tiltak "
            "er IP, som løper på minst en dag fra og med 1. januar 2002 til og med 31. desember 2003.",
        ),
        (
            {"kriterium": {"nivaa": "tilfelle", "hoved": ["1"], "til": "2002-12-31"}},
            "Alle som har minst ett tilfelle der hoved_inn er 1 (Helt ledige), som løper på minst en dag fra og med "
            "1. mai 2001 til og med 31. desember 2002.",
        ),
        ({"tverrsnitt": {"dager": ["2003-02-28"]}}, "Alle som var registrert på 28. februar 2003."),
        (
            {"tverrsnitt": {"dager": ["2003-02-28", "2002-02-28", "2003-01-31"]}, "utvalg": 0.125},
            "Alle som var registrert på minst en av dagene 28. februar 2002, 31. januar 2003 og 28. februar 2003. "
            "Av disse et tilfeldig utvalg på 12,5 prosent.",
        ),
        ({"liste": {"fil": "hemmelig/personer.txt"}}, "Personene på listen som prosjektet sendte inn"),
    ],
    ids=["all", "criterion", "level", "day", "sample of days", "list"],
)  # fmt: skip
def test_the_population_in_words(connection: Connection, tmp_path: Path, population: dict[str, Any], said: str) -> None:
    seen = text(page(written(described(connection, populasjon=population), tmp_path)))
    assert said in seen
    assert "hemmelig" not in seen  # the file is the sender's own


def test_who_fell_away_is_counted(connection: Connection, tmp_path: Path) -> None:
    description = described(connection)
    counts = {"i_populasjonen": 1234, "personer": 1200, "i_registeret": 1199}
    seen = text(page(written(description, tmp_path, counts=counts, name="a")))
    assert "I bestillingens populasjon: 1 234 personer." in seen
    assert "Av disse falt 34 personer bort: de er ikke i populasjonen som prosjektets vedtak gjelder." in seen
    assert "Leveransen er om 1 200 personer. 1 199 av dem har noen rad i registeret" in seen
    assert "Ingen av dem falt bort" in text(page(written(description, tmp_path, name="b")))


def test_a_list_is_told_of_by_counts(connection: Connection, tmp_path: Path) -> None:
    """Those of the delivery, also where it is repeated."""
    connection.execute("SELECT leveranse.opprett_prosjekt(%s)", [json.dumps(PROJECT)])
    with connection.cursor().copy("COPY leveranse_nokkel.liste_inn (linje) FROM STDIN") as copy:
        for line in ("15837010133", "15837010133", "15837010134", "ingen"):
            copy.write_row([line])
    order = json.dumps(ORDER | {"populasjon": {"liste": {"fil": "x"}}})
    number = scalar(connection, "SELECT b.utlevering FROM leveranse.begynn_utlevering(%s, '{}') AS b", order)
    whole = "SELECT leveranse.beskrivelse_av_utlevering(%s)"
    description = catalogue.describe(scalar(connection, whole, number))
    seen = text(page(written(description, tmp_path)))
    assert "Listen hadde 4 linjer og 2 personer. 1 linje var ikke elleve sifre, og er ikke med." in seen
    assert "1 linje gjentok en person, som teller en gang." in seen
    assert "populasjon.csv" in seen
    assert "15837010133" not in seen
    connection.execute(
        "SELECT leveranse.fullfor_utlevering(%s, 2, %s, '[]', '[]')",
        [number, json.dumps({"liste": description.listed})],
    )
    repeat = scalar(connection, "SELECT leveranse.gjenta_utlevering(%s, '{}')", number)
    assert catalogue.describe(scalar(connection, whole, repeat)).listed == description.listed is not None


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (
            {"form": "periode", "rader": {"hoved": ["1"], "regdato": {"fra": "2003-01-01"}, "slutt_observert": False}},
            "Bare rader der hoved er 1 (Helt ledige), regdato er fra og med 1. januar 2003 og slutt_observert er nei "
            "(false).",
        ),
        (
            {"form": "hendelser", "rader": {"tiltak": ["IP"]}},
            "Hele gruppetilfeller der minst en rad oppfyller dette: tiltak er IP.",
        ),
        (
            {"form": "tilfelle", "rader": {"dager": {"fra": 1000, "til": 2000}}},
            "Bare rader der dager er fra og med 1 000 til og med 2 000.",
        ),
        ({"form": "tverrsnitt", "dager": ["2003-02-28", "2003-01-31"]}, "Dagene 31. januar 2003 og 28. februar 2003."),
        (
            {"form": "manedspanel"},
            "Et månedspanel har månedene i perioden, av den første og den siste bare dagene i den.",
        ),
    ],
    ids=lambda value: value["form"] if isinstance(value, dict) else "",
)  # fmt: skip
def test_the_row_filter_in_words(connection: Connection, tmp_path: Path, table: dict[str, Any], said: str) -> None:
    tables = [{"navn": "t", "formater": ["csv"]} | table]
    seen = text(page(written(described(connection, tabell=tables), tmp_path)))
    assert said in seen


def test_what_final_means(connection: Connection, tmp_path: Path) -> None:
    seen = text(page(written(described(connection), tmp_path)))
    assert "Ingen rad begynner etter den dagen" in seen
    assert "Ingen senere lasting av registeret endrer leveransen:" in seen
    assert "kan ligge etter 31. desember 2003" not in seen
    tables = [ORDER["tabell"][0] | {"form": "hendelser", "variabler": ["kode", "dagdato"]}]  # type: ignore[index]
    connection.execute("SELECT leveranse.lukk_prosjekt('ungdom')")
    seen = text(
        page(written(described(connection, {"prosjekt": "b"}, prosjekt="b", tabell=tables), tmp_path, name="b"))
    )
    assert "dagdato kan ligge etter 31. desember 2003" in seen


def test_every_table_has_its_section(connection: Connection, tmp_path: Path) -> None:
    """File names, what a row is, key, counts, each variable with label, meaning, type and code list."""
    tables = [
        {"navn": "perioder", "form": "periode", "formater": ["csv", "parquet"]},
        {"navn": "uten-nokkel", "form": "hendelser", "formater": ["csv"], "variabler": ["hoved", "regdato"]},
    ]
    description = described(connection, tabell=tables)
    opened = page(written(description, tmp_path))
    seen = text(opened)
    files = {row[0]: row[1:] for row in opened.tables["t-filer"]}
    assert files["perioder.csv"][1:] == ["2", "2"]
    assert {"perioder.parquet", "uten-nokkel.csv", "variabelliste.csv", "leveranse.json", "kodeliste_hoved.csv"} <= {
        *files
    }
    for table in description.tables:
        assert table.text in seen
        shown = opened.tables[f"t-{table.name}"][1:]
        assert [row[0] for row in shown] == [each.name for each in table.variables]
        for row, each in zip(shown, table.variables, strict=True):
            assert row[1] == each.label + each.text
            assert (f"kodeliste_{each.code_list}.csv" in row[2]) == (each.code_list is not None)
    assert "Nøkkel: lpnr, regdato." in seen
    assert "Nøkkel: lpnr, kode, regdato. kode er ikke bestilt: to rader kan derfor se like ut." in seen


def test_it_says_how_not_to_misread(connection: Connection, tmp_path: Path) -> None:
    seen = text(page(written(described(connection), tmp_path)))
    for sentence in (
        "Samme person har samme lpnr i alle tabeller og i alle leveranser til prosjektet",
        "En person som hadde D-nummer og fikk fødselsnummer, har to løpenumre",
        "En tom regtom betyr at det løper på 31. desember 2003",
        "Det som følger av slutten (dager, sluttet, slutt_observert), er tomt, eller sier at det løper.",
        "Serien begynner 1. mai 2001.",
        "begynte er venstresensur_kjent eller venstresensur_ukjent",
        "Datostempel og oppdateringshyppighet er ikke det samme.",
        "Avganger fra registeret er datert til det siste uttrekket som hadde personen",
        "(mrk_fnr 2), er ikke bestilt.",
    ):
        assert sentence in seen


@pytest.mark.parametrize(
    ("fra", "til", "days"),
    [
        (None, "2001-10-31", []),
        (None, "2001-11-01", ["1. november 2001"]),
        ("2001-10-31", "2001-11-01", ["1. november 2001"]),
        ("2001-11-01", "2002-09-30", []),
        ("2001-11-01", "2002-10-01", ["1. oktober 2002"]),
        ("2002-10-01", "2003-12-31", []),
        (None, "2003-12-31", ["1. november 2001", "1. oktober 2002"]),
    ],
)  # fmt: skip
def test_breaks_are_those_inside_the_period(
    connection: Connection, tmp_path: Path, fra: str | None, til: str, days: list[str]
) -> None:
    """One on the first day has nothing before it in the delivery; the series' own beginning is no break in it."""
    order = {"til": til} | ({"fra": fra} if fra else {})
    opened = page(written(described(connection, **order), tmp_path))
    shown = opened.tables.get("t-brudd", [[]])[1:]
    assert list(dict.fromkeys(row[0] for row in shown)) == days


def test_breaks_are_those_of_what_was_ordered(connection: Connection) -> None:
    tables = [
        {"navn": "p", "form": "periode", "formater": ["csv"], "variabler": ["regdato", "ytelse"]},
        {"navn": "t", "form": "tilfelle", "formater": ["csv"], "variabler": ["tilgdato", "hoved_ut"]},
    ]
    breaks = described(connection, fra="2002-01-01", tabell=tables).breaks
    assert [(each.tables, each.variables) for each in breaks] == [(("p",), ()), (("t",), ()), (("t",), ("hoved_ut",))]
    assert {each.day for each in breaks} == {date(2002, 10, 1)}
    assert breaks[1].text.startswith("NAVs statuskode (as_stat) og grupper endres. Tilfellene går videre")


def test_every_break_is_told_in_norwegian(connection: Connection) -> None:
    rows = connection.execute("SELECT count(*), count(merknad_norsk) FROM arbsok.dekning_regel WHERE brudd IS NOT NULL")
    assert rows.fetchone() == (15, 15)
    with pytest.raises(psycopg.errors.CheckViolation), connection.transaction():
        connection.execute(
            "INSERT INTO arbsok.dekning_regel (slag, navn, brudd, merknad) VALUES ('tabell', '*', '2020-01-01', 'x')"
        )


def test_unknown_codes_are_listed_and_never_counted(connection: Connection, tmp_path: Path) -> None:
    """Some have one or two records: how many is the log's business (spec.md 9, variables)."""
    description = described(connection)
    folder = written(
        description, tmp_path, unknown={"perioder": {"ytelse": {"ZZ": 77777}, "tiltak": {"HL 05": 66666, " IP": 1}}}
    )
    assert rows_of(folder / "kodeliste_ytelse.csv")[-1] == {
        "kode": "ZZ", "tekst": "Ukjent kode", "gyldig_fra": "", "gyldig_til": "",
    }  # fmt: skip
    assert [row["kode"] for row in rows_of(folder / "kodeliste_tiltak.csv")[-2:]] == ["IP", "05"]
    assert rows_of(folder / "kodeliste_tiltak.csv")[-1] == {
        "hovedarbstat": "HL", "kode": "05", "tekst": "Ukjent kode", "gyldig_fra": "", "gyldig_til": "",
    }  # fmt: skip
    seen = text(page(folder))
    assert "Ukjente koder: i tiltak, ytelse forekommer koder som ikke er i noen kodeliste." in seen
    whole = "".join(path.read_text("utf-8") for path in folder.iterdir())
    assert "77777" not in whole
    assert "66666" not in whole
    assert "77 777" not in whole.replace("\xa0", " ")
    assert "Alle koder i leveransen står i kodelistene." in text(page(written(description, tmp_path, name="b")))


def test_the_lists_are_the_catalogue(connection: Connection, tmp_path: Path) -> None:
    """Read back by csv and by DuckDB, byte for byte the same."""
    tables = [
        {"navn": "perioder", "form": "periode", "formater": ["csv"]},
        {"navn": "hendelser", "form": "hendelser", "formater": ["csv"]},
    ]
    description = described(connection, tabell=tables)
    folder = written(description, tmp_path)
    lists = sorted(path.name for path in folder.glob("*liste*.csv"))
    assert lists == [
        *(
            f"kodeliste_{name}.csv"
            for name in ("begynte", "hoved", "hovedarbstat", "kode", "sluttet", "tiltak", "ytelse")
        ),
        "variabelliste.csv",
    ]
    listed = rows_of(folder / "variabelliste.csv")
    assert [(row["tabell"], row["navn"]) for row in listed] == [
        (table.name, each.name) for table in description.tables for each in table.variables
    ]
    assert listed[0] == {
        "tabell": "perioder", "plass": "1", "navn": "lpnr",
        "ledetekst": "Løpenummer: samme person i alle prosjektets leveranser",
        "betydning": description.tables[0].variables[0].text,
        "type": "tekst", "bredde": "17", "kodeliste": "", "nokkel": "1",
    }  # fmt: skip
    assert [row["navn"] for row in listed if row["tabell"] == "hendelser" and row["nokkel"] == "1"] == [
        "lpnr",
        "kode",
        "regdato",
    ]
    assert rows_of(folder / "kodeliste_hoved.csv")[0]["tekst"] == "Helt ledige"
    assert {row["hovedarbstat"] for row in rows_of(folder / "kodeliste_tiltak.csv") if row["kode"] == "ETAB"} > {"FS"}
    ten = next(row for row in rows_of(folder / "kodeliste_hoved.csv") if row["kode"] == "10")
    assert (ten["gyldig_fra"], ten["gyldig_til"]) == ("2009-01-01", "")
    for name in lists:
        raw = (folder / name).read_bytes()
        assert b"\r" not in raw
        assert raw.endswith(b"\n")
        assert not raw.startswith(b"\xef\xbb\xbf")
        seen = duckdb.execute(
            f"SELECT * FROM read_csv('{folder / name}', all_varchar = true, header = true)"
        ).fetchall()
        assert [tuple(value or None for value in row.values()) for row in rows_of(folder / name)] == seen


@pytest.mark.parametrize(
    ("days_as", "type_", "written_as"),
    [("dato", "dato", ""), ("tall", "heltall", "ÅÅÅÅMMDD"), ("maaned", "heltall", "ÅÅÅÅMM.")],
)
def test_days_are_told_of_as_they_are_written(
    connection: Connection, tmp_path: Path, days_as: str, type_: str, written_as: str
) -> None:
    folder = written(described(connection, dato=days_as), tmp_path)
    (regdato,) = [row for row in rows_of(folder / "variabelliste.csv") if row["navn"] == "regdato"]
    assert regdato["type"] == type_
    assert written_as in regdato["betydning"]
    assert ("Som helt tall" in regdato["betydning"]) == (type_ == "heltall")
    assert "regdato" in text(page(folder))


HOSTILE = """</title><script>alert('1')</script> =HYPERLINK("x";"y") & "q" 'r' {{ 7*7 }}"""


def test_what_people_type_stays_text(connection: Connection, tmp_path: Path) -> None:
    connection.execute("INSERT INTO trygdfob.ytelse (kode, tekst) VALUES ('Q1', %s)", [HOSTILE + ',\n"'])
    description = described(connection, {"tittel": HOSTILE, "vedtak": HOSTILE})
    folder = written(description, tmp_path, unknown={"perioder": {"ytelse": {'=1+"\n,': 1}}})
    opened = page(folder)
    assert not [tag for tag, _ in opened.tags if tag in ("script", "iframe", "img", "object", "link")]
    assert ("h1", HOSTILE) in opened.blocks
    assert ("dd", HOSTILE) in opened.blocks
    *known, strange = rows_of(folder / "kodeliste_ytelse.csv")
    assert [row["tekst"] for row in known if row["kode"] == "Q1"] == [HOSTILE + ',\n"']
    assert strange == {"kode": '=1+"\n,', "tekst": "Ukjent kode", "gyldig_fra": "", "gyldig_til": ""}
    assert all("script" not in path.read_text("utf-8") for path in folder.glob("variabelliste.csv"))


def test_what_an_order_asks_for_stays_text(connection: Connection, tmp_path: Path) -> None:
    population = {"kriterium": {"nivaa": "periode", "tiltak": [HOSTILE]}}
    tables = [{"navn": "t", "form": "periode", "formater": ["csv"], "rader": {"ytelse": ["<b>", HOSTILE]}}]
    opened = page(written(described(connection, populasjon=population, tabell=tables), tmp_path))
    assert not [tag for tag, _ in opened.tags if tag in ("script", "b")]
    assert f"der tiltak er {HOSTILE}, som løper" in text(opened)
    assert f"Bare rader der ytelse er <b> eller {HOSTILE}." in text(opened)


def test_it_needs_nothing_else(connection: Connection, tmp_path: Path) -> None:
    """One file: no network, no font, no picture, no program."""
    opened = page(written(described(connection), tmp_path))
    for tag, attributes in opened.tags:
        assert tag not in ("script", "link", "img", "iframe")
        assert all(value and value.startswith("#") for name, value in attributes.items() if name in ("href", "src"))
    assert "url(" not in opened.html
    assert "@import" not in opened.html
    idents = {attributes["id"] for _, attributes in opened.tags if "id" in attributes}
    assert {attributes["href"] for _, attributes in opened.tags if "href" in attributes} <= {
        f"#{ident}" for ident in idents
    }


def test_the_same_delivery_has_the_same_bytes(connection: Connection, tmp_path: Path) -> None:
    """Wherever and whenever it is made; and nothing in it is a fødselsnummer."""
    description = described(connection)
    first, second = (written(description, tmp_path, name=name) for name in ("en", "to"))
    for path in sorted(first.iterdir()):
        assert path.read_bytes() == (second / path.name).read_bytes()
        content = path.read_text("utf-8")
        assert str(tmp_path) not in content
        assert "rader/" not in content
        assert not re.search(r"\b\d{11}\b", content)


def test_what_is_new_since_the_last_delivery(connection: Connection, tmp_path: Path) -> None:
    description = described(connection)
    newer = comparison.of_reads(description, [])
    older = replace(newer, number=3, last=date(2002, 12, 31))
    table = comparison.TableCompared(
        "perioder",
        "periode",
        counts={"ny": comparison.Count(6834, 2100), "uendret": comparison.Count(1, 1)},
        file="endringer_perioder.csv",
    )
    same = comparison.Compared(newer, older, agree=True, tables=(table,))
    opened = page(written(description, tmp_path, compared=same, name="a"))
    assert "Sammenlignet med leveranse 3, som gikk til 31. desember 2002." in text(opened)
    assert [[cell.replace("\xa0", " ") for cell in row] for row in opened.tables["t-nytt"][1:]] == [
        ["perioder", "ny: begynner etter den eldre leveransens siste dag", "6 834", "2 100"],
        ["perioder", "uendret: står som før", "1", "1"],
    ]
    assert "endringer_perioder.csv" in text(opened)
    assert "tatt tilbake og lastet" not in text(opened)
    again = replace(same, tables=(replace(table, counts={"endret": comparison.Count(1, 1)}),))
    assert "en årgang siden er tatt tilbake og lastet på en annen måte" in text(
        page(written(description, tmp_path, compared=again, name="b"))
    )
    none = comparison.Compared(newer, why_not="Det finnes ingen mappe fra forrige leveranse.")
    assert "Det finnes ingen mappe fra forrige leveranse." in text(
        page(written(description, tmp_path, compared=none, name="c"))
    )
    assert "Nytt siden" not in text(page(written(description, tmp_path, name="d")))


def snippet(folder: Path, language: str) -> str:
    """What lesmeg.html says to begin with in a language, as a reader copies it."""
    opened = page(folder)
    place = opened.html.index(f'<pre class="{language}"')
    return "".join(Page(opened.html[place : opened.html.index("</pre>", place)] + "</pre>").words)


@pytest.mark.parametrize("formats", [["csv"], ["parquet"], ["csv", "parquet"]], ids="+".join)
def test_the_lines_in_python_run_as_they_stand(connection: Connection, tmp_path: Path, formats: list[str]) -> None:
    """Codes stay text, days are days, and what is missing is missing."""
    description = described(connection, tabell=[{"navn": "de-ledige", "form": "periode", "formater": formats}])
    folder = written(description, tmp_path)
    writers.write([read(description.tables[0], tmp_path, STRETCHES)], description, folder)
    program = snippet(folder, "python") + (
        "\nprint(list(de_ledige.tiltak), str(de_ledige.regdato[0])[:10], de_ledige.regtom.isna().tolist(),"
        " int(de_ledige.dager[0]), de_ledige.slutt_observert.tolist(), de_ledige.ytelse.isna().tolist())"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout == "['05', 'PRAKSORD'] 2001-05-01 [False, True] 518 [True, False] [False, True]\n"


@pytest.mark.parametrize(
    ("formats", "lines"),
    [
        (
            ["csv"],
            {"r": 'source("de-ledige.R")', "stata": 'import delimited "de-ledige.csv", clear varnames(1)',
             "sas": '%include "de-ledige.sas" / encoding="utf-8";'},
        ),
        (["parquet"], {"r": 'de_ledige <- arrow::read_parquet("de-ledige.parquet")'}),
        (["dta"], {"r": 'de_ledige <- haven::read_dta("de-ledige.dta")', "stata": 'use "de-ledige.dta", clear'}),
        (["sav"], {"r": 'de_ledige <- haven::read_sav("de-ledige.sav")'}),
    ],
    ids=["csv", "parquet", "dta", "sav"],
)  # fmt: skip
def test_each_language_begins_with_what_it_can_read(
    connection: Connection, tmp_path: Path, formats: list[str], lines: dict[str, str]
) -> None:
    description = described(connection, tabell=[{"navn": "de-ledige", "form": "periode", "formater": formats}])
    spool, folder = tmp_path / "rader", tmp_path / "leveranse"
    spool.mkdir()
    folder.mkdir()
    reads = [read(description.tables[0], spool, STRETCHES[1:])]
    writers.write(reads, description, folder)
    reading.write(folder, description, reads, COUNTS, {})
    shown = {language: snippet(folder, language) for language in re.findall(r'<pre class="(\w+)"', page(folder).html)}
    assert shown.keys() == lines.keys() | {"python"}
    for language, line in lines.items():
        assert line in shown[language]
    said = "I Stata- og SPSS-filer er hoved likevel hele tall" in text(page(folder))
    assert said == bool({"dta", "sav"} & {*formats})


def test_whoever_delivers_is_told_of_the_breaks(connection: Connection) -> None:
    tables = [{"navn": "p", "form": "periode", "formater": ["csv"], "variabler": ["ytelse", "hoved", "tiltak"]}]
    said = remarks(
        described(connection, til="2002-10-01", fra="2001-11-01", tabell=tables),
        [],
        {"personer": 20, "i_populasjonen": 20},
    )
    assert said == ["The series breaks on 2002-10-01, inside the period: hoved, tiltak. lesmeg.html says how."]


def test_whoever_delivers_is_told_of_codes_that_no_list_has(connection: Connection) -> None:
    """They may be slips, and may be new ones of NAV's; what is no code, or has no list, is not held against any."""
    rows = {"hoved": ["1", "l"], "ytelse": ["dp"], "regdato": {"fra": "2002-01-01"}, "slutt_observert": True}
    tables = [
        {"navn": "a", "form": "tilfelle", "formater": ["csv"]},
        {"navn": "b", "form": "periode", "formater": ["csv"], "rader": rows},
    ]
    criterion = {"nivaa": "periode", "tiltak": ["IP", "ingen", "Ip"], "hoved": ["1"]}
    description = described(connection, populasjon={"kriterium": criterion}, tabell=tables)
    assert remarks(description, [], {"personer": 20, "i_populasjonen": 20})[:3] == [
        "tabell[2].rader.hoved: no code list has l.",
        "tabell[2].rader.ytelse: no code list has dp.",
        "populasjon.kriterium.tiltak: no code list has Ip, ingen.",
    ]


def test_whoever_delivers_is_told_of_a_table_without_rows(connection: Connection, tmp_path: Path) -> None:
    description = described(connection)
    reads = [read(of, tmp_path, []) for of in description.tables]
    assert remarks(description, reads, {"personer": 20, "i_populasjonen": 20})[0] == "perioder has no row."
