"""The site of what is published: what stands in its pages, and what a browser makes of them.

Chromium opens a page with a script behind it that does what a reader does, and says what he then sees.
"""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import psycopg
import pytest
from fdtrygd.statistikk import publication
from fdtrygd.statistikk.publication import words

import published

Connection = psycopg.Connection[Any]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
#: Seconds that a browser may take
PATIENCE = 120


def html(site: tuple[Path, Any], name: str) -> str:
    return (site[0] / f"{name}.html").read_text(encoding="utf-8")


def figures(text: str) -> dict[str, Any]:
    """What the page's script reads."""
    (found,) = re.findall(r'<script type="application/json" id="tall">(.*?)</script>', text, re.DOTALL)
    data: dict[str, Any] = json.loads(found)
    return data


def tables(text: str) -> dict[str, list[list[str]]]:
    """The page's tables by id, as a reader sees them without a script."""
    found = {}
    for ident, inner in re.findall(r'<table id="(\w+)">(.*?)</table>', text, re.DOTALL):
        found[ident] = [
            [
                unescape(re.sub(r"<[^>]+>", "", cell))
                for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
            ]
            for row in re.findall(r"<tr[^>]*>(.*?)</tr>", inner, re.DOTALL)
        ]
    return found


def test_it_needs_nothing_but_itself(site: tuple[Path, Any]) -> None:
    """No address but files of the folder, which are there; nothing is fetched."""
    seen = set()
    for page in sorted(site[0].glob("*.html")):
        text = page.read_text(encoding="utf-8")
        for value in re.findall(r'(?:href|src|action)="([^"]*)"', text):
            assert value.startswith("#") or (site[0] / value).is_file(), value
            seen.add(value)
        assert set(re.findall(r"https?://[\w./]+", text)) <= {"http://www.w3.org/2000/svg"}
        assert not re.search(r"@import|url\(|fetch\(|XMLHttpRequest|<link|<iframe|<img", text)
        idents = re.findall(r'\bid="([^"]+)"', text)
        assert len(idents) == len(set(idents))
        assert set(re.findall(r'href="#([^"]+)"', text)) <= set(idents)
    data = {file.name for file in site[1] if not file.name.endswith("uttrekksbeskrivelse.json")}
    assert {name for name in seen if name.startswith("data/")} == {name for name in data if name.startswith("data/")}
    assert {name for name in seen if name.endswith(".html")} == {name for name in data if name.endswith(".html")}


def test_the_script_has_the_cells_of_the_last_versions(
    published_db: Connection, versions: dict[str, int], site: tuple[Path, Any]
) -> None:
    """All of them; and `.` where a class was not in use."""
    absent = 0
    for name in published.tables_of(published_db, versions["2002M01"]):
        data = figures(html(site, name))
        classes = [each["klasser"] for each in data["dimensjoner"]]
        for number, period in enumerate(each["kode"] for each in data["perioder"]):
            cells = published.read(published_db, versions.get(f"{period}-2", versions[period]), name)
            left = dict(cells)
            assert len(data["tall"][number]) == len(set(_product(classes)))
            for place, of in enumerate(_product(classes)):
                shown = data["tall"][number][place]
                gone = {("0716", "0716 Re")} if period < "2002" else {("0716", "0716 Våle"), ("0718", "0718 Ramnes")}
                if gone & set(of):
                    assert shown == "."
                    absent += 1
                else:
                    assert shown == published.shown(left.pop(tuple(code for code, _ in of)))
            assert left == {}
    assert absent > 50


def _product(classes: list[list[dict[str, str]]]) -> list[tuple[tuple[str, str], ...]]:
    found: list[tuple[tuple[str, str], ...]] = [()]
    for some in classes:
        found = [(*one, (each["kode"], each["tekst"])) for one in found for each in some]
    return found


def test_a_page_without_a_script_shows_the_country_and_the_last_period(
    published_db: Connection, versions: dict[str, int], site: tuple[Path, Any]
) -> None:
    found = tables(html(site, "ledige_fylke_alder"))
    assert found["tid"][0][:3] == ["Periode", "Alle aldre", "24 år og under"]
    assert [row[0] for row in found["tid"][1:3]] == ["28. februar 2003", "28. desember 2002"]
    assert len(found["tid"]) == 1 + 14
    cells = published.read(published_db, versions["2002M12"], "ledige_fylke_alder")
    assert found["tid"][2][1:3] == [words.shown(int(cells["T", "T", code])) for code in ("T", "000-024")]
    cells = published.read(published_db, versions["2003M02"], "ledige_fylke_alder")
    oslo = [row for row in found["region"] if row[0] == "03 Oslo"]
    assert [row[1] for row in oslo] == [words.shown(int(cells["03", "T", "T"]))]
    regions = ["Region", "Hele landet", "02 Akershus", "03 Oslo", "07 Vestfold", "99 Uoppgitt"]
    assert [row[0] for row in found["region"]] == regions


def test_it_says_on_which_day_they_were_counted(site: tuple[Path, Any]) -> None:
    assert "<dd>Personer per 28. februar 2003</dd>" in html(site, "ikke_bosatte")
    assert "<dd>Personer, gjennomsnitt for 2003</dd>" in html(site, "ikke_bosatte_snitt")
    assert tables(html(site, "ikke_bosatte_snitt"))["tid"][1][0] == "2003"
    assert '<caption id="b-region">28. februar 2003</caption>' in html(site, "ledige_kommune_kjonn")


def test_a_downloaded_file_says_what_it_is_of(site: tuple[Path, Any]) -> None:
    """And which version has taken its place; where it lies does not change."""
    text = html(site, "ikke_bosatte").partition('id="filer"')[2]
    old, new = (
        f'<a href="data/arbeidssokere/2002M06-{number}/ikke_bosatte.csv" download="ikke_bosatte-2002M06-{number}.csv">'
        f"2002M06-{number}.csv</a>"
        for number in (1, 2)
    )
    rows = re.findall(r'<th scope="row">(juni 2002.*?)</th><td>(.*?)</td>', text)
    assert rows == [
        ("juni 2002, versjon 2", new),
        ('juni 2002, versjon 1<span class="note">erstattet av versjon 2</span>', old),
    ]
    assert text.count("erstattet") == 1


def test_it_says_how_many_periods_there_are(
    published_db: Connection, versions: dict[str, int], site: tuple[Path, Any], tmp_path: Path
) -> None:
    assert "<dd>14 av 15 måneder, desember 2001 – februar 2003</dd>" in html(site, "ikke_bosatte")
    assert "<dd>2002 – 2003</dd>" in html(site, "ikke_bosatte_snitt")
    some = [versions[each] for each in ("2002M03", "2002M04", "2002")]
    with published_db.transaction(force_rollback=True):
        later = published.means(published_db, "2004", [versions["2003M02"]])
        publication.write(published_db, [*some, later], tmp_path)
    assert "<dd>mars 2002 – april 2002</dd>" in html((tmp_path, None), "ikke_bosatte")
    text = html((tmp_path, None), "ikke_bosatte_snitt")
    assert "<dd>2 av 3 år, 2002 – 2004</dd>" in text
    # Why the newest year has no figures, on top
    (said,) = re.findall(r'<p class="alene">(.*?)</p>', text.partition("</header>")[0])
    assert said.startswith("Bare 1 av de tolv månedene i 2004 er publisert.")


def test_one_period_is_no_development(published_db: Connection, versions: dict[str, int], tmp_path: Path) -> None:
    publication.write(published_db, [versions["2002M01"], versions["2003"]], tmp_path)
    assert '<section id="utvikling"><h2>28. januar 2002</h2>' in html((tmp_path, None), "ikke_bosatte")
    assert '<section id="utvikling"><h2>2003</h2>' in html((tmp_path, None), "ikke_bosatte_snitt")
    assert re.findall(r"</th><td>(.*?)</td>", html((tmp_path, None), "index")) == ["januar 2002, årsgjennomsnitt 2003"]


def test_what_was_published_in_two_runs_is_two_rows(
    published_db: Connection, versions: dict[str, int], tmp_path: Path
) -> None:
    """Though it was in the same minute."""
    with published_db.transaction(force_rollback=True):
        again = published.month(published_db, "2003M03", published=published.WHEN + timedelta(seconds=1))
        publication.write(published_db, [versions["2003M02"], again], tmp_path)
    assert re.findall(r"</th><td>(.*?)</td>", html((tmp_path, None), "index")) == ["mars 2003", "februar 2003"]


def test_a_table_without_regions(site: tuple[Path, Any]) -> None:
    text = html(site, "ikke_bosatte")
    assert set(tables(text)) == {"tid"}
    assert tables(text)["tid"][0][:3] == ["Periode", "I alt", "Helt ledige"]
    assert 'id="regioner"' not in text


def test_a_correction_is_told_with_what_stood_before(
    published_db: Connection, versions: dict[str, int], site: tuple[Path, Any]
) -> None:
    text = html(site, "ledige_kommune_kjonn")
    before = published.read(published_db, versions["2002M06"], "ledige_kommune_kjonn")
    after = published.read(published_db, versions["2002M06-2"], "ledige_kommune_kjonn")
    (told,) = re.findall(r'<section id="rettelser">(.*?)</section>', text, re.DOTALL)
    changed = sum(before[codes] != after[codes] for codes in after)
    assert "juni 2002, versjon 2</h3>" in told
    assert f"{changed} tall rettet. Grunn: Etterregistrerte bosteder" in told
    assert "Godkjent og publisert av samme person: Prøve uten kollega" in told
    assert "Publisert enda andre har eksakte tall: Navs tall er andre" in told
    row = f'<td class="num">{before["0301", "1"]}</td><td class="num">{after["0301", "1"]}</td>'
    assert f'<th scope="row">0301 Oslo, Menn</th>{row}' in told
    assert "Ingen tall er rettet" not in told
    assert "Ingen tall er rettet" in html(site, "ledige_kommune_kjonn_snitt")


def test_the_first_page_lists_what_is_published(site: tuple[Path, Any]) -> None:
    text = html(site, "index")
    assert text.count("<li><a href=") == 12
    assert "Måned for måned" in text
    assert "Årsgjennomsnitt" in text
    assert "1. desember 2026 kl. 08.00" in text
    assert "Rettelse. Etterregistrerte bosteder" in text
    assert "Godkjent og publisert av samme person: Prøve uten kollega" in text
    assert "Publisert enda andre har eksakte tall: Navs tall er andre" in text
    assert re.findall(r"</th><td>(.*?)</td>", text) == [
        "juni 2002 (versjon 2)", "16 perioder, desember 2001 – februar 2003",
    ]  # fmt: skip
    assert words.SYNTHETIC.split(":")[1].strip() in text


@pytest.mark.parametrize("name", ["index", "hovedgruppe_kjonn"])
def test_synthetic_is_said_where_it_is_so(
    published_db: Connection, tmp_path: Path, name: str, versions: dict[str, int]
) -> None:
    with published_db.transaction(force_rollback=True):
        number = published.month(published_db, "2003M03", synthetic=False)
        publication.write(published_db, [number], tmp_path)
    assert 'banner">' not in html((tmp_path, None), name)


def test_what_is_not_html_is_not_taken_for_it(
    published_db: Connection, versions: dict[str, int], tmp_path: Path
) -> None:
    with published_db.transaction(force_rollback=True):
        published_db.execute("UPDATE befolkning.kommune SET tekst = 'Å</script><b>''&\"' WHERE kommune = '0219'")
        number = published.month(published_db, "2003M03", why="<i>&")
        publication.write(published_db, [number], tmp_path)
    text = html((tmp_path, None), "ledige_kommune_kjonn")
    assert text.count("</script>") == 2
    assert "<b>" not in text
    assert figures(text)["dimensjoner"][0]["klasser"][1]["tekst"] == "0219 Å</script><b>'&\""
    assert "<i>" not in html((tmp_path, None), "index")


def test_a_base_that_begins_anew_is_a_break(published_db: Connection, versions: dict[str, int], tmp_path: Path) -> None:
    """Said once in the notes of the page, of the first periods with another base and of no others."""
    with published_db.transaction(force_rollback=True):
        published_db.execute("ALTER TABLE statistikk.versjon DISABLE TRIGGER USER")
        for grid, first in (("2", "2002M03"), ("3", "2002M10"), ("4", "2003M02")):
            published_db.execute(
                "UPDATE statistikk.versjon SET mal = %s WHERE periode >= %s AND length(periode) > 4", [grid, first]
            )
        published_db.execute("UPDATE statistikk.versjon SET katalog = statistikk.katalog(versjon)")
        publication.write(published_db, list(versions.values()), tmp_path)
    said = words.BREAK.format("mars 2002, oktober 2002 og februar 2003")
    text = html((tmp_path, None), "ledige_fylke_alder")
    assert text.count(said) == text.count("delt inn på en annen måte") == 1
    assert "delt inn på en annen måte" not in html((tmp_path, None), "ledige_fylke_alder_snitt")


LATER = published.WHEN + timedelta(days=9)


def test_a_page_has_the_words_of_the_version_published_last(
    published_db: Connection, versions: dict[str, int], tmp_path: Path
) -> None:
    """Here a correction of an old month: a class that is called otherwise is the same class in all periods."""
    with published_db.transaction(force_rollback=True):
        published_db.execute(
            "UPDATE statistikk.pakke SET tittel = 'Arbeidssøkere';"
            "UPDATE statistikk.tabell SET tittel = 'Ny tittel', kontakt = 'En annen';"
            "UPDATE statistikk.klasse SET tekst = 'Hankjønn' WHERE gruppering = 'kjonn' AND kode = '1';"
            "UPDATE statistikk.dimensjon SET i_alt = 'Norge' WHERE i_alt = 'Hele landet';"
            "UPDATE statistikk.note SET tekst = 'En annen note' WHERE note = 'avrunding';"
            "UPDATE befolkning.kommune SET tekst = 'Christiania' WHERE kommune = '0301'"
        )
        number = published.month(published_db, "2002M03", edition=2, why="Nye ord", published=LATER)
        publication.write(published_db, [*versions.values(), number], tmp_path)
    text = html((tmp_path, None), "ledige_kommune_kjonn")
    assert "<h1>Ny tittel</h1>" in text
    assert '<a href="index.html">Arbeidssøkere</a>' in text
    assert "<dd>En annen</dd>" in text
    data = figures(text)
    regions, sexes = ([each["tekst"] for each in of["klasser"]] for of in data["dimensjoner"])
    assert sexes == ["Begge kjønn", "Hankjønn", "Kvinner", "Uoppgitt"]
    assert regions == [
        "Norge", "0219 Bærum", "0220 Asker", "0301 Christiania", "0716 Våle", "0716 Re", "0718 Ramnes", "9999 Uoppgitt",
    ]  # fmt: skip
    place = {each["kode"]: number for number, each in enumerate(data["perioder"])}
    for period, absent in (("2001M12", "0716 Re"), ("2002M02", "0716 Våle"), ("2002M03", "0716 Våle")):
        shown = data["tall"][place[period]]
        assert "." not in shown[3 * 4 : 4 * 4]
        assert shown[regions.index(absent) * 4 :][:4] == ["."] * 4
    cells = published.read(published_db, versions["2001M12"], "ledige_kommune_kjonn")
    assert data["tall"][0][3 * 4 + 1] == published.shown(cells["0301", "1"])
    notes = text.partition('<section id="noter">')[2].partition("</section>")[0]
    assert notes.count("<li>En annen note</li>") == 1
    assert "Små tall er avrundet" not in notes
    (told,) = re.findall(r"<h3>mars 2002, versjon 2</h3>\s*<p>(.*?)</p>", text)
    assert told.endswith("Ingen tall rettet. Grunn: Nye ord")
    first = html((tmp_path, None), "index")
    assert "<h1>Arbeidssøkere</h1>" in first
    assert "Registrerte arbeidssøkere</" not in first


def test_periods_that_are_told_apart_otherwise_are_in_the_files_alone(
    published_db: Connection, versions: dict[str, int], tmp_path: Path
) -> None:
    """And the page says which they are."""
    with published_db.transaction(force_rollback=True):
        published_db.execute(
            "UPDATE statistikk.dimensjon SET gruppering = 'alder_to' WHERE tabell = 'ledige_fylke_alder' AND plass = 3"
        )
        number = published.month(published_db, "2003M03", published=LATER)
        publication.write(published_db, [*versions.values(), number], tmp_path)
    text = html((tmp_path, None), "ledige_fylke_alder")
    assert [each["kode"] for each in figures(text)["perioder"]] == ["2003M03"]
    assert f"<li>{words.APART.format('14 perioder, desember 2001 – februar 2003')}</li>" in text
    assert 'href="data/arbeidssokere/2001M12-1/ledige_fylke_alder.csv"' in text
    assert words.APART.partition("{}")[2] not in html((tmp_path, None), "ledige_kommune_kjonn")


def test_a_symbol_is_explained_where_it_stands(site: tuple[Path, Any]) -> None:
    """And nowhere else; 0 everywhere."""
    for name in ("ledige_kommune_kjonn", "hovedgruppe_kjonn", "ikke_bosatte_snitt", "ledige_fylke_alder_snitt"):
        text = html(site, name)
        told = set(re.findall(r"<div><dt>(.*?)</dt>", text.partition('id="tegn"')[2]))
        used = {each for some in figures(text)["tall"] for each in some if isinstance(each, str)}
        assert told == used | {"0"} | ({"r"} if any(figures(text)["rettet"]) else set())
    first = html(site, "index").partition('id="tegn"')[2]
    assert re.findall(r"<div><dt>(.*?)</dt>", first) == [".", "..", "0", "r"]


def test_one_reason_for_two_rules_is_said_once(
    published_db: Connection, versions: dict[str, int], tmp_path: Path
) -> None:
    with published_db.transaction(force_rollback=True):
        number = published.month(published_db, "2003M03", alone="bare én på jobb", exact="bare én på jobb")
        publication.write(published_db, [number], tmp_path)
    for name in ("index", "ikke_bosatte"):
        text = html((tmp_path, None), name)
        assert text.count("bare én på jobb") == 1
        assert words.BOTH.format("bare én på jobb") in text


# ---------------------------------------------------------------------------------------------------------------------
# In a browser


@pytest.fixture
def browser(site: tuple[Path, Any], tmp_path: Path) -> Callable[..., Any]:
    """Opens a page in Chromium, has its script done, and gives back what that returns, and what went wrong there."""
    if not CHROMIUM:
        pytest.skip("there is no Chromium here (Debian: chromium)")

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        fixed = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--user-data-dir={tmp_path}/data"]
        done = subprocess.run(
            [str(CHROMIUM), *fixed, *arguments], capture_output=True, text=True, timeout=PATIENCE, check=True
        )
        return done

    def look(
        name: str, script: str, width: int = 1400, change: tuple[str, str] = ("", ""), folder: Path = site[0]
    ) -> Any:
        """The page lies in a frame of that width: a window of a browser is not so narrow."""
        told = (
            "<script>addEventListener('load', () => { let told; try { told = (() => {" + script + "})(); }"
            " catch (error) { told = String(error); }"
            " parent.postMessage(JSON.stringify([told, window.wrong]), '*'); });</script>"
        )
        watch = "<script>window.wrong = []; addEventListener('error', (e) => window.wrong.push(e.message));</script>"
        page = folder / f"{name}.html"
        text = page.read_text(encoding="utf-8").replace(*change)
        (tmp_path / "page.html").write_text(
            text.replace("<head>", f"<head>{watch}").replace("</body>", f"{told}</body>"), encoding="utf-8"
        )
        (tmp_path / "frame.html").write_text(
            f"<body style='margin:0'><iframe src='page.html' width='{width}' height='900' style='border:0'></iframe>"
            "<script>addEventListener('message', (event) => { const said = document.createElement('pre');"
            " said.id = 'svar'; said.textContent = event.data; document.body.append(said); });</script>",
            encoding="utf-8",
        )
        dumped = run("--dump-dom", "--virtual-time-budget=10000", (tmp_path / "frame.html").as_uri()).stdout
        (said,) = re.findall(r'<pre id="svar">(.*?)</pre>', dumped, re.DOTALL)
        answer, wrong = json.loads(unescape(said))
        assert wrong == []
        return answer

    look.run = run  # type: ignore[attr-defined]
    return look


#: What a reader sees of a table: its caption, and the rows' texts
SEEN = """
    const seen = (id) => ({
        caption: document.getElementById(id).caption.textContent,
        rows: [...document.getElementById(id).tBodies[0].rows].map((row) => [...row.cells].map((c) => c.textContent)),
        sorted: [...document.getElementById(id).tHead.rows[0].cells].map((cell) => cell.getAttribute("aria-sort")),
    });
    const choose = (id, text) => {
        const select = document.getElementById(id);
        select.value = [...select.options].find((option) => option.text === text).value;
        select.dispatchEvent(new Event("change"));
    };
    const head = (id, number) => document.getElementById(id).tHead.rows[0].cells[number].querySelector("button");
"""
ALL = (
    "hovedgruppe_kjonn", "ledige_kommune_kjonn", "ledige_kommune_alder", "ledige_fylke_alder", "ledige_fylke_varighet",
    "ikke_bosatte",
)  # fmt: skip


@pytest.mark.parametrize("width", [1400, 390])
@pytest.mark.parametrize("name", [*ALL, "hovedgruppe_kjonn_snitt", "index"])
def test_it_opens(browser: Callable[..., Any], site: tuple[Path, Any], name: str, width: int) -> None:
    """With the figures that it had without its script, a picture, and nothing wider than the screen."""
    script = (
        "const told = {wide: document.documentElement.scrollWidth, inner: innerWidth,"
        " panels: document.querySelectorAll('.flater svg').length, hidden: document.querySelector('[hidden]')?.id};"
        " for (const id of ['tid', 'region']) if (document.getElementById(id)) told[id] = seen(id);"
        " return told;"
    )
    answer = browser(name, SEEN + script, width)
    assert answer["inner"] == width
    assert answer["wide"] <= width
    if name == "index":
        return
    shown = tables(html(site, name))
    for ident, rows in shown.items():
        assert answer[ident]["rows"] == rows[1:]
    assert answer["panels"] == len(shown["tid"][0]) - 1
    assert answer.get("hidden") != "bilde"


def test_nothing_is_cut_off_where_there_is_room(browser: Callable[..., Any]) -> None:
    """Where there is none, the page says that the table goes on."""
    script = (
        "return Object.fromEntries([...document.querySelectorAll('.tabell[id]')].filter((each) => each.offsetWidth)"
        ".map((each) => { const inner = each.querySelector('.rull');"
        " return [each.id, [inner.scrollWidth > inner.clientWidth, each.classList.contains('bred')]]; }))"
    )
    fits = [False, False]
    assert browser("ikke_bosatte", script)["t-tid"] == fits
    assert browser("index", script, 390) == {"t-publisert": fits}
    narrow = browser("ledige_kommune_kjonn", script, 390)
    assert [narrow[each] for each in ("t-tid", "t-region", "t-filer")] == [fits] * 3
    assert browser("ikke_bosatte", script, 390)["t-tid"] == [True, True]


def test_it_switches_region(browser: Callable[..., Any], published_db: Connection, versions: dict[str, int]) -> None:
    """By the list, and by a click on the region's name; table, heading and picture follow."""
    script = """
        choose("valg-0", "03 Oslo");
        choose("valg-1", "Kvinner");
        const one = seen("tid");
        const label = document.querySelector(".flater svg").getAttribute("aria-label");
        const other = seen("region").caption;
        [...document.querySelectorAll("#region button")].find((each) => each.textContent === "07 Vestfold").click();
        return [one, label, other, seen("tid"), document.getElementById("valg-0").selectedOptions[0].text];
    """
    oslo, label, region, vestfold, selected = browser("ledige_fylke_alder", SEEN + script)
    assert oslo["caption"] == "03 Oslo, Kvinner"
    for row, period in ((0, "2003M02"), (1, "2002M12"), (7, "2002M06-2"), (13, "2001M12")):
        cells = published.read(published_db, versions[period], "ledige_fylke_alder")
        ages = ("T", "000-024", "025-029", "030-039", "040-049", "050-059", "060+", "U")
        expected = [words.shown(int(cells["03", "2", age])) for age in ages]
        assert [cell.rstrip("r") for cell in oslo["rows"][row][1:]] == expected
    assert any(cell.endswith("r") for cell in oslo["rows"][7])
    first, last = (
        published.read(published_db, versions[each], "ledige_fylke_alder") for each in ("2001M12", "2003M02")
    )
    assert label == (
        f"Alle aldre: fra {first['03', '2', 'T']} i desember 2001 til {last['03', '2', 'T']} i februar 2003"
    )
    assert region == "Kvinner, 28. februar 2003"
    assert (vestfold["caption"], selected) == ("07 Vestfold, Kvinner", "07 Vestfold")
    assert vestfold["rows"] != oslo["rows"]


def test_it_switches_period(browser: Callable[..., Any], published_db: Connection, versions: dict[str, int]) -> None:
    script = 'choose("periode", "desember 2001"); return seen("region")'
    answer = browser("ledige_kommune_kjonn", SEEN + script)
    cells = published.read(published_db, versions["2001M12"], "ledige_kommune_kjonn")
    assert answer["caption"] == "28. desember 2001"
    rows = {row[0]: row[1:] for row in answer["rows"]}
    assert rows["0716 Våle"] == [words.shown(int(cells["0716", code])) for code in ("T", "1", "2", "9")]
    assert rows["0716 Re"] == ["."] * 4


def test_it_sorts(browser: Callable[..., Any]) -> None:
    """Largest first, then smallest first, the country on top and what has no figure at the end; names: as published."""
    script = """
        choose("periode", "desember 2001");
        const told = [seen("region")];
        for (const number of [2, 2, 0, 0]) { head("region", number).click(); told.push(seen("region")); }
        head("tid", 1).click();
        return [...told, seen("tid")];
    """
    first, down, up, names, back, over_time = browser("ledige_kommune_kjonn", SEEN + script)

    def men(seen: dict[str, Any], column: int = 2) -> list[int]:
        return [int(row[column].rstrip("r").replace("\xa0", "")) for row in seen["rows"] if row[column] != "."]

    assert first["sorted"] == [None] * 5
    assert down["sorted"] == [None, None, "descending", None, None]
    assert up["sorted"] == [None, None, "ascending", None, None]
    for seen, reverse in ((down, True), (up, False)):
        assert seen["rows"][0][0] == "Hele landet"
        assert men(seen)[1:] == sorted(men(first)[1:], reverse=reverse)
        assert seen["rows"][-1][0] == "0716 Re"
    assert names["rows"] == first["rows"]
    assert [row[0] for row in back["rows"][1:]] == [row[0] for row in reversed(first["rows"][1:])]
    assert men(over_time, 1) == sorted(men(over_time, 1), reverse=True)


def test_one_period_with_many_regions(
    browser: Callable[..., Any], published_db: Connection, versions: dict[str, int], tmp_path: Path
) -> None:
    """Bars instead of lines, a field to look for regions by name or number, and no list of periods."""
    with published_db.transaction(force_rollback=True):
        published_db.execute(
            "INSERT INTO befolkning.kommune (kommune, gyldig_fra, tekst, fylke)"
            " SELECT format('07%s', n), '1994-01-01', format('Sted %s', n), '07' FROM generate_series(20, 50) AS n"
        )
        number = published.month(published_db, "2003M03")
        cells = published.read(published_db, number, "ledige_kommune_kjonn")
        publication.write(published_db, [number], tmp_path / "en")
    script = """
        const look = (text) => {
            const field = document.getElementById("finn");
            field.value = text;
            field.dispatchEvent(new Event("input"));
            return seen("region").rows.map((row) => row[0]);
        };
        const bars = [...document.querySelectorAll(".stolper i")].map((bar) => bar.getBoundingClientRect().width);
        return [look("sted 4"), look("0219"), look("oslo"), look("?"), look("").length, bars,
            [...document.querySelectorAll(".stolpe")].map((bar) => bar.textContent),
            document.getElementById("periode")];
    """
    by_name, by_number, other, none, everything, bars, figures, periods = browser(
        "ledige_kommune_kjonn", SEEN + script, folder=tmp_path / "en"
    )
    assert by_name == [f"07{number} Sted {number}" for number in range(40, 50)]
    assert (by_number, other, none, everything, periods) == (["0219 Bærum"], ["0301 Oslo"], [], 1 + 5 + 31, None)
    expected = [int(cells["T", code]) for code in ("T", "1", "2", "9")]
    assert figures == [words.shown(figure) for figure in expected]
    assert [round(bar / bars[0], 2) for bar in bars[1:3]] == [round(each / expected[0], 2) for each in expected[1:3]]
    assert 'id="finn"' not in html((tmp_path / "en", None), "ledige_fylke_alder")


def test_where_there_is_no_figure_there_is_no_picture(
    browser: Callable[..., Any], published_db: Connection, versions: dict[str, int], tmp_path: Path
) -> None:
    cells: published.Cells = {(code,): ".." for code in ("T", "1", "2", "3", "4", "5", "7", "9")}
    with published_db.transaction(force_rollback=True):
        number = published.enter(published_db, "2004", [("ikke_bosatte_snitt", cells)], day=None)
        publication.write(published_db, [number], tmp_path / "uten")
    script = "return document.getElementById('bilde').hidden"
    assert browser("ikke_bosatte_snitt", script, folder=tmp_path / "uten") is True
    assert browser("ikke_bosatte_snitt", script) is False


def test_it_opens_on_a_class_with_figures(
    browser: Callable[..., Any], published_db: Connection, versions: dict[str, int], tmp_path: Path
) -> None:
    """As in the months before October 2002, whose total is not known; with a script and without."""
    cells = published.read(published_db, versions["2001M12"], "hovedgruppe_kjonn")
    unknown: published.Cells = {of: ".." if of[0] in ("T", "3", "4") else figure for of, figure in cells.items()}
    with published_db.transaction(force_rollback=True):
        number = published.enter(published_db, "2001M11", [("hovedgruppe_kjonn", unknown)], day=date(2001, 11, 30))
        publication.write(published_db, [number], tmp_path / "foer")
    first = tables(html((tmp_path / "foer", None), "hovedgruppe_kjonn"))
    expected = [words.shown(int(cells["1", "T", code])) for code in ("T", "1", "2", "9")]
    assert first["tid"][1][1:] == first["region"][1][1:] == expected
    script = "return [seen('tid'), document.getElementById('valg-0').selectedOptions[0].text]"
    seen, chosen = browser("hovedgruppe_kjonn", SEEN + script, folder=tmp_path / "foer")
    assert (seen["caption"], seen["rows"][0][1:]) == (f"Hele landet, {chosen}", expected)
    assert chosen != "I alt"


def test_it_prints(browser: Callable[..., Any], site: tuple[Path, Any], tmp_path: Path) -> None:
    """As pages of paper, without what can only be clicked."""
    to = tmp_path / "side.pdf"
    browser.run("--no-pdf-header-footer", f"--print-to-pdf={to}", (site[0] / "ledige_fylke_alder.html").as_uri())  # type: ignore[attr-defined]
    content = to.read_bytes()
    assert content.startswith(b"%PDF")
    assert 2 <= len(re.findall(rb"/Type /Page\b", content)) <= 4
    # The styles of paper on the screen
    script = """
        const style = (what) => getComputedStyle(document.querySelector(what));
        return [style("#valg").display, style("#filer").display, style("#t-tid .rull").maxHeight,
            style("#tid thead th").position, style("#bilde").display,
            style("#tid button").display,
            getComputedStyle(document.querySelector("#tid button"), "::after").content];
    """
    paper = browser("ledige_fylke_alder", script, change=("@media print", "@media all"))
    assert paper == ["none", "none", "none", "static", "block", "contents", "none"]
    screen = browser("ledige_fylke_alder", script)
    assert [one == other for one, other in zip(paper, screen, strict=True)] == [False] * 4 + [True, False, False]
