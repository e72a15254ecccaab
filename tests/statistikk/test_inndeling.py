"""A package with one division into kommuner and fylker for all months: mergers are followed, splits are not (V6)."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from fdtrygd import statistikk
from fdtrygd.db import locks
from fdtrygd.db.database import scalar
from fdtrygd.errors import UserError
from fdtrygd.statistikk import publication
from fdtrygd.synthetic import division

from counting import Connection, base, broken, figures, make, persons, publish, stored_base, tables
from loaded import made, name_of

#: What else happens in the made-up division, here alone: a kommune that is split over two fylker, and a part of it
#: split again; one that gives a part away and goes on; a merger of what was renumbered before
MORE: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "2001-07-01": [(("0804",), ("0825",))],
    "2002-07-01": [(("1001",), ("1025", "1101")), (("0601",), ("0601", "0602")), (("0825", "0805"), ("0826",))],
    "2003-05-01": [(("1025",), ("1026", "1027"))],
}
CHANGES = dict(sorted((division.CHANGES | MORE).items()))
DAY = timedelta(days=1)
KOMMUNER_MEAN = "ledige_kommune_kjonn_snitt"
#: After all of it
LAST = date(2006, 6, 30)
#: Where persons live before anything happens
HOMES = [
    "0301", "0301", "1201", "1001", "1001", "1101", "1102", "0601", "0602", "0804", "0805", "0903", "1624", "1224",
    "0702", "0703", "1804", "1823", "1002", "0901", "1523", "1524",
]  # fmt: skip
#: The kommuner to which something happens, or where somebody lives: the others of a fylke are left out
KEPT = {code for some in CHANGES.values() for change in some for codes in change for code in codes} | set(HOMES)
with pytest.MonkeyPatch.context() as patch:
    patch.setattr(division, "CHANGES", CHANGES)
    LISTS = division.lists()
    PERIODS = [each for each in division.kommuner() if each.code in KEPT]


# --------------------------------------------------------------------------- the division, followed code by code


@cache
def in_force(day: date) -> set[str]:
    """The kommuner of a day."""
    return {each.code for each in PERIODS if each.first <= str(day) and (str(day) < each.end or not each.end)}


@cache
def parts(code: str, day: date, until: date) -> tuple[set[str], bool]:
    """In which kommuner of a later day the area of a kommune lies, and whether it was split."""
    there, split = {code}, False
    for change, some in CHANGES.items():
        if str(day) < change <= str(until):
            after = set()
            for each in there:
                new = {one for old, those in some if each in old for one in those} or {each}
                split |= len(new) > 1
                after |= new
            there = after
    return there, split


def region(code: str, day: date, until: date) -> tuple[str, str]:
    """Fylke and kommune of somebody who lives there, by the division of the later day."""
    there, split = parts(code, day, until)
    fylker = {each[:2] for each in there}
    return min(fylker) if len(fylker) == 1 else "99", "9999" if split else min(there)


@cache
def without(day: date, until: date) -> set[str]:
    """The kommuner and fylker of the later day that have no figures."""
    found = set()
    for code in in_force(day):
        there, split = parts(code, day, until)
        fylker = {each[:2] for each in there}
        if split:
            found |= there | (fylker if len(fylker) > 1 else set())
    return found


def figures_from(code: str, day: date, until: date) -> date:
    """The first day on which a region has figures."""
    changes = [date.fromisoformat(change) for change in CHANGES if str(day) < change <= str(until)]
    return next(change for change in changes if code not in without(change, until))


# ------------------------------------------------------------------------------------------------------ the database


@pytest.fixture(scope="session")
def divided_shared(with_attributes: str) -> Iterator[Connection]:
    """The three years with that division, and everybody in a kommune of his day."""
    with made(with_attributes, f"{name_of(with_attributes)}_inndeling", name_of(with_attributes)) as connection:
        connection.execute("TRUNCATE befolkning.kommune, befolkning.fylke")
        # The same choice in each run
        connection.execute("UPDATE statistikk.avrundingsnokkel SET nokkel = repeat('5a', 32)")
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO befolkning.kommune (kommune, tekst, gyldig_fra, gyldig_til, fylke)"
                " VALUES (%s, %s, %s, nullif(%s, '')::date - 1, %s)",
                [row for row in LISTS["kommune"] if row[0] in KEPT],
            )
            cursor.executemany(
                "INSERT INTO befolkning.fylke (fylke, tekst, gyldig_fra, gyldig_til)"
                " VALUES (%s, %s, %s, nullif(%s, '')::date - 1)",
                LISTS["fylke"],
            )
            cursor.executemany(
                "INSERT INTO befolkning.kommune_endring (fra_kommune, til_kommune, dato) VALUES (%s, %s, %s)",
                LISTS["kommune_endring"],
            )
        # So that groups 3 and 4 are known in all months
        connection.execute(
            "INSERT INTO trygdfob.hoved_koding (hovedarbstat, tiltak, gyldig_fra, gyldig_til, hoved)"
            " SELECT DISTINCT 'FS', t.tiltak, '1992-01-01'::date, '2002-09-30'::date, '7'"
            " FROM arbsok_lasting.miniregister_tall AS t"
            " WHERE t.mnddato < '2002-10-01' AND t.hovedarbstat = 'FS' AND length(t.tiltak) = 2 ON CONFLICT DO NOTHING"
        )
        for month, day in connection.execute("SELECT mnddato, dagdato FROM trygdfob.maanedsfil").fetchall():
            homes = [sorted(parts(code, date(1990, 1, 1), day)[0]) for code in HOMES]
            connection.execute(
                "UPDATE befolkning.kjennemerke AS k SET kommune = h.kommune, fylke = left(h.kommune, 2)"
                " FROM (SELECT f.fnr, (%s::text[])[1 + ('x' || left(md5(f.fnr), 6))::bit(24)::integer %% %s] AS kommune"
                "     FROM befolkning.kjennemerke AS f WHERE f.mnddato = %s) AS h"
                " WHERE k.fnr = h.fnr AND k.mnddato = %s AND k.kommune <> '9999'",
                [[code for home in homes for code in (*home, *home)[:2]], 2 * len(homes), month, month],
            )
        connection.execute("ANALYZE befolkning.kjennemerke")
        yield connection


@pytest.fixture
def divided(divided_shared: Connection) -> Iterator[Connection]:
    """It, for a test that makes versions: what it does is undone."""
    with divided_shared.transaction(force_rollback=True):
        yield divided_shared


def fix(connection: Connection, day: date | str | None) -> None:
    """Gives the shipped package the division of a day."""
    connection.execute("UPDATE statistikk.pakke SET inndeling = %s WHERE pakke = 'arbeidssokere'", [day])


def extraction(connection: Connection, period: str) -> date:
    found: date = scalar(connection, "SELECT dagdato FROM trygdfob.maanedsfil WHERE mnddato = %s", month(period))
    return found


def month(period: str) -> date:
    return date(int(period[:4]), int(period[5:]), 1)


def found_by(connection: Connection, version: int) -> set[str]:
    """The promises that the version breaks now."""
    return {
        name
        for name, severity, _, count, _ in connection.execute(
            "SELECT * FROM statistikk.kontroller_versjon(%s)", [version]
        ).fetchall()
        if severity == "feil" and count
    }


def shown(cells: dict[tuple[Any, ...], tuple[int, int]], day: date, until: date) -> dict[tuple[str, ...], Any]:
    """The shipped tables from the protected base: who would be in a region without figures is in Uoppgitt."""
    nothing = without(day, until)
    merged: dict[tuple[Any, ...], tuple[int, int]] = {}
    for (part, group, fylke, kommune, *rest), (count, protected) in cells.items():
        fylke, kommune = ("99" if fylke in nothing else fylke), ("9999" if kommune in nothing else kommune)
        before = merged.get((part, group, fylke, kommune, *rest), (0, 0))
        merged[part, group, fylke, kommune, *rest] = (before[0] + count, before[1] + protected)
    found = tables(merged, [code for code, *_ in LISTS["fylke"]], sorted(in_force(until)))
    return {cell: ".." if nothing & set(cell[1:]) else figure for cell, figure in found.items()}


# ------------------------------------------------------------------------------------------------------------ tests


def test_the_lists_have_everything_that_happens() -> None:
    """Else the others prove less than they say."""
    kinds = {(len(old), len(new), bool(set(old) & set(new))) for some in CHANGES.values() for old, new in some}
    assert kinds >= {(1, 1, False), (1, 1, True), (2, 1, False), (2, 1, True), (1, 2, False), (1, 2, True)}


def test_kommuner_are_followed_day_by_day(divided: Connection) -> None:
    """On the day before each change and on that day, to each such day: what every kommune is, what has no figures."""
    days = sorted({date.fromisoformat(day) + shift for day in CHANGES for shift in (-DAY, 0 * DAY)} | {LAST})
    checked: Counter[str] = Counter()
    for day in days:
        for until in (each for each in days if each >= day):
            found = {
                code: (fylke, then)
                for code, then, fylke in divided.execute(
                    "SELECT kommune, kommune_da, fylke_da FROM statistikk.regioner(%s, %s)", [day, until]
                )
            }
            assert found == {code: region(code, day, until) for code in in_force(day)}, (day, until)
            regions = dict(divided.execute("SELECT * FROM statistikk.uten_tall(%s, %s)", [day, until]).fetchall())
            expected = {code: figures_from(code, day, until) for code in without(day, until)}
            assert regions == expected, (day, until)
            checked.update(["kommune" if len(code) == 4 else "fylke" for code in regions] or ["none"])
    assert min(checked["kommune"], checked["fylke"], checked["none"]) > 10


@pytest.mark.parametrize(
    ("period", "until", "kommuner", "fylker"),
    [
        # Before mergers, and behind them
        ("2001M12", "2002-01-01", set(), set()),
        ("2002M01", "2002-06-30", set(), set()),
        # Before splits within a fylke and over two, on the day before them, and behind them
        ("2002M06", "2002-07-01", {"1025", "1101", "0601", "0602"}, {"10", "11"}),
        ("2002M06", "2002-06-30", set(), set()),
        ("2002M07", "2003-04-30", set(), set()),
        # Before the second split alone, which is within a fylke; and everything
        ("2003M04", "2003-05-01", {"1026", "1027"}, set()),
        (
            "2001M06",
            "2006-06-30",
            {"1026", "1027", "1101", "0601", "0602", "0925", "0926", "1625", "1626"},
            {"10", "11"},
        ),
    ],
)
def test_a_month_in_a_fixed_division(
    divided: Connection, period: str, until: str, kommuner: set[str], fylker: set[str]
) -> None:
    """The base and every figure, from the persons; everybody is in the country's total, and every control holds."""
    day, fixed = extraction(divided, period), date.fromisoformat(until)
    plain = make(divided, period)
    counted = scalar(divided, "SELECT sum(antall) FROM statistikk.grunnlag WHERE versjon = %s", plain.version.id)
    fix(divided, fixed)
    done = make(divided, period)
    assert broken(done) == []
    assert without(day, fixed) == kommuner | fylker
    everybody = [
        replace(each, fylke=fylke, kommune=kommune)
        for each in persons(divided, month(period))
        for fylke, kommune in [region(each.kommune, day, fixed) if each.kommune != "9999" else ("99", "9999")]
    ]
    cells = stored_base(divided, done.version.id)
    assert {cell: count for cell, (count, _) in cells.items()} == base(everybody)
    assert sum(count for count, _ in cells.values()) == counted
    assert len({cell[3] for cell in cells if cell[3]}) > 5
    found = figures(divided, done.version.id)
    expected = shown(cells, day, fixed)
    assert {cell: found[cell] for cell in expected} == expected
    assert {cell[1] for cell, figure in found.items() if cell not in expected} <= {"7"}
    # The country, from what is shown
    for table, some in (("ledige_kommune_kjonn", kommuner), ("ledige_fylke_alder", fylker)):
        figures_of = {cell[1]: figure for cell, figure in found.items() if cell[0] == table and set(cell[2:]) == {"T"}}
        assert {code for code, figure in figures_of.items() if figure == ".."} == some
        total = figures_of.pop("T")
        assert total == sum(figure for figure in figures_of.values() if figure != "..")
        assert total == found["hovedgruppe_kjonn", "1", "T", "T"]


def test_whoever_lived_in_a_split_kommune_is_there(divided: Connection) -> None:
    """Else the test above proves little: some have a fylke and no kommune, some a kommune in one without figures."""
    fix(divided, LAST)
    cells = stored_base(divided, make(divided, "2001M06").version.id)
    assert {cell[2] for cell in cells if cell[3] == "9999"} >= {"99", "09", "16", "06"}
    assert {cell[3] for cell in cells} >= {"1101", "1102", "0602"}


def test_the_day_of_the_extraction_gives_its_own_division(divided: Connection) -> None:
    """Figure by figure; a day before it is refused."""
    day = extraction(divided, "2003M04")
    own = figures(divided, make(divided, "2003M04").version.id)
    fix(divided, day)
    assert figures(divided, make(divided, "2003M04").version.id) == own
    fix(divided, day - DAY)
    with pytest.raises(UserError) as refused:
        make(divided, "2003M04")
    assert f"the division of regions of {day - DAY}, and the extraction is of {day}" in str(refused.value)
    assert "cannot be told apart" in str(refused.value)


def test_another_division_is_a_break(divided: Connection) -> None:
    """Nothing is the same in it, neither the month before nor the version that it corrects."""
    publish(divided, "2003M03")
    publish(divided, "2003M04")
    fix(divided, LAST)
    done = make(divided, "2003M04", "Ny inndeling")
    kept = scalar(
        divided,
        "SELECT count(*) FROM statistikk.celler_til_avrunding(%s) WHERE forrige <> -1 OR forrige_periode <> -1",
        done.version.id,
    )
    assert kept == 0


def test_a_figure_leads_to_its_persons(divided: Connection) -> None:
    """Those who are in Uoppgitt since a kommune of the division has no figures, too."""
    fix(divided, LAST)
    done = make(divided, "2001M06")
    found = figures(divided, done.version.id)
    for codes in (["9999", "T"], ["1102", "T"]):
        told = scalar(divided, "SELECT statistikk.forklar_tall('ledige_kommune_kjonn', '2001M06', %s)", codes)
        assert sum(cell["beskyttet"] for cell in told["grunnceller"]) == found["ledige_kommune_kjonn", *codes]
        there = scalar(
            divided, "SELECT count(*) FROM statistikk.tallets_personer('ledige_kommune_kjonn', '2001M06', %s)", codes
        )
        assert there == sum(cell["antall"] for cell in told["grunnceller"]) > 0


def test_others_figures_of_what_has_none_tell_the_attack_nothing(divided: Connection) -> None:
    """They are of persons who are in Uoppgitt here."""
    fix(divided, LAST)
    make(divided, "2002M06")
    divided.execute(
        "INSERT INTO statistikk.offisiell_celle (kilde, tabell, periode, koder, verdi)"
        " VALUES ('elsewhere', 'ledige_kommune_kjonn', '2002M06', '{1101,T}', 9)"
    )
    ((_, found),) = statistikk.audit(divided, "2002M06")
    assert (found.disclosed, found.known_small, found.result["exact"]) == (0, 0, 0)


SINCE = (
    "Tall for {} er ikke tilgjengelige før {}: da ble kommuner delt, og det er ikke kjent hvem som bodde i hvilken "
    "del. De som bodde der, er med i Uoppgitt."
)


def test_notes_name_what_has_no_figures(divided: Connection, tmp_path: Path) -> None:
    """By the day from which it has, in the table's JSON-stat and on its page; where there is no region, nothing."""
    fix(divided, LAST)
    month = publish(divided, "2002M06").version
    later = publish(divided, "2003M12").version
    publication.write(divided, [month.id, later.id], tmp_path)
    kommuner = [
        "Regionene er inndelt som de var 30.6.2006.",
        SINCE.format("Kommune 0601, Kommune 0602 og Kommune 1101", "1.7.2002"),
        SINCE.format("Kommune 1026 og Kommune 1027", "1.5.2003"),
        SINCE.format("Kommune 0925, Kommune 0926, Kommune 1625 og Kommune 1626", "2004"),
    ]
    fylker = [kommuner[0], SINCE.format("Fylke 10 og Fylke 11", "1.7.2002")]
    for table, first, last in (
        ("ledige_kommune_kjonn", kommuner, [kommuner[0], kommuner[3]]),
        ("ledige_fylke_alder", fylker, fylker[:1]),
        ("ikke_bosatte", [], []),
    ):
        for period, expected in (("2002M06", first), ("2003M12", last)):
            place = tmp_path / "data" / "arbeidssokere" / f"{period}-1" / table
            said = json.loads(place.with_suffix(".json").read_text("utf-8"))["note"]
            assert [note for note in said if note.startswith(("Regionene", "Tall for"))] == expected
            assert "Regionene" not in place.with_suffix(".csv").read_text("utf-8")
        page = (tmp_path / f"{table}.html").read_text("utf-8")
        assert {note for note in kommuner + fylker if note in page} == set(first)
    shown_then = (tmp_path / "data/arbeidssokere/2002M06-1/ledige_kommune_kjonn.csv").read_text("utf-8")
    assert "1101,Kommune 1101,T,Begge kjønn,2002M06,2002-06-29,,..,,1," in shown_then


@pytest.mark.parametrize(
    ("control", "does"),
    [
        # A fylke's persons whom no kommune has are of another fylke
        (
            "summer",
            "UPDATE statistikk.grunnlag SET fylke = '03' WHERE versjon = {version} AND kommune = '9999'",
        ),
        # Those of a region without figures fall out of the total
        (
            "summer",
            "UPDATE statistikk.celle SET verdi = verdi - 3 WHERE versjon = {version} AND koder = '{{9999,T}}'",
        ),
        (
            "koder",
            "UPDATE statistikk.celle SET verdi = 0, symbol = NULL WHERE versjon = {version} AND koder = '{{0925,T}}'",
        ),
    ],
)
def test_the_damage_is_found(divided: Connection, control: str, does: str) -> None:
    fix(divided, LAST)
    version = make(divided, "2001M06").version.id
    assert divided.execute(does.format(version=version)).rowcount > 0  # type: ignore[arg-type]
    assert control in found_by(divided, version)


# --------------------------------------------------------------------------------------------------------- averages


def test_an_average_of_a_split_year(divided: Connection) -> None:
    """`..` where a month has `..`; the total is the mean of everybody, and each sum is still that of its parts."""
    fix(divided, "2003-12-31")
    months = [figures(divided, publish(divided, f"2002M{number:02}").version.id) for number in range(1, 13)]
    done = make(divided, "2002")
    assert broken(done) == []
    found = figures(divided, done.version.id)
    for (table, *codes), figure in found.items():
        parts_of = [some[table.removesuffix("_snitt"), *codes] for some in months]
        expected = ".." if ".." in parts_of else sum(parts_of) / 12
        assert figure == expected or abs(figure - expected) < 1e-9, (table, codes)
    whole = {cell[1]: figure for cell, figure in found.items() if (cell[0], cell[2:]) == (KOMMUNER_MEAN, ("T",))}
    dotted = {code for code, figure in whole.items() if figure == ".."}
    assert dotted == {"1026", "1027", "1101", "0601", "0602"}
    said = "SELECT gruppering, tekst FROM statistikk.regionnoter(%s) ORDER BY 1, 2"
    january = scalar(divided, "SELECT versjon FROM statistikk.versjon WHERE periode = '2002M01'")
    assert divided.execute(said, [done.version.id]).fetchall() == divided.execute(said, [january]).fetchall()
    # 1101 has figures from July on, and is in the total with these: what is shown does not make it up
    assert whole["T"] > sum(figure for code, figure in whole.items() if code not in {"T", *dotted})
    for less, kept in ((0, set()), (1, {"summer", "snitt"})):
        divided.execute(
            "UPDATE statistikk.celle SET verdi = verdi - %s WHERE versjon = %s AND tabell = %s AND koder = '{9999,T}'",
            [less, done.version.id, KOMMUNER_MEAN],
        )
        assert found_by(divided, done.version.id) - {"samme_tall"} == kept


def test_an_average_of_some_months_is_not_there(divided: Connection) -> None:
    fix(divided, LAST)
    publish(divided, "2002M06")
    publish(divided, "2002M07")
    done = make(divided, "2002")
    assert set(figures(divided, done.version.id).values()) == {".."}
    assert broken(done) == []


def test_months_of_two_divisions_have_no_average(divided: Connection) -> None:
    publish(divided, "2002M06")
    fix(divided, LAST)
    with pytest.raises(UserError, match="published with another division of regions"):
        make(divided, "2002")
    divided.execute("UPDATE statistikk.pakke SET inndeling = NULL")
    assert broken(make(divided, "2002")) == []


# ------------------------------------------------------------------------------------------------------------ rows

#: A package of one's own, in a division of its own, with a grouping of fylker
OWN = """
INSERT INTO statistikk.gruppering (gruppering, kjennemerke, tekst) VALUES ('landsdel', 'region', 'Landsdel');
INSERT INTO statistikk.klasse (gruppering, kode, rekkefolge, tekst, verdier, i_alt) VALUES
    ('landsdel', 'A', 10, 'Landsdel A', '{03,12}', true), ('landsdel', 'B', 20, 'Landsdel B', '{10,06}', true),
    ('landsdel', 'C', 30, 'Landsdel C', '{01,02,04,05,07,08,09,11,14,15,16,17,18,19,20}', true),
    ('landsdel', 'U', 40, 'Uoppgitt', '{99}', true);
INSERT INTO statistikk.pakke (pakke, tittel, metode, terskel, minste_rettelse, inndeling, finnes_eksakt)
VALUES ('service', 'Andre som mottar service', 'avrunding', 3, 10, '2006-06-30', false);
INSERT INTO statistikk.pakke_lag (pakke, lag, hoved, tekst) VALUES ('service', 'alle', '{7}', 'Alle');
INSERT INTO statistikk.pakke_base (pakke, lag, gruppering) VALUES ('service', 'alle', 'hovedgruppe'),
    ('service', 'alle', 'kommune'), ('service', 'alle', 'landsdel'), ('service', 'alle', 'kjonn');
INSERT INTO statistikk.tabell (tabell, rekkefolge, pakke, maal, lag, tittel, enhet, kontakt, gyldig_fra) VALUES
    ('service_kommune', 70, 'service', 'beholdning', '{alle}', 'Service', 'Personer', 'x', '1992-01-01'),
    ('service_landsdel', 80, 'service', 'beholdning', '{alle}', 'Service', 'Personer', 'x', '1992-01-01');
INSERT INTO statistikk.dimensjon (tabell, plass, gruppering, tekst, i_alt) VALUES
    ('service_kommune', 1, 'kommune', 'Region', 'I alt'), ('service_kommune', 2, 'kjonn', 'Kjønn', 'Begge'),
    ('service_landsdel', 1, 'landsdel', 'Region', 'I alt'), ('service_landsdel', 2, 'kjonn', 'Kjønn', 'Begge');
"""


def test_a_package_of_rows_has_its_own_division(divided: Connection) -> None:
    """Beside the shipped one, which has that of each extraction; in its own grouping a class may have no figures."""
    divided.execute(OWN)
    with locks.alone(divided):
        shipped, own = statistikk.make(divided, "2002M06")
    assert (shipped.version.package, own.version.package) == ("arbeidssokere", "service")
    assert broken(shipped) == broken(own) == []
    assert ".." not in {figure for cell, figure in figures(divided, shipped.version.id).items() if cell[1] == "1"}
    found = {
        cell[1]: figure
        for cell, figure in figures(divided, own.version.id).items()
        if (cell[0], cell[2]) == ("service_landsdel", "T")
    }
    assert (found["B"], found["C"]) == ("..", "..")
    assert found["T"] == found["A"] + found["U"]
    assert figures(divided, own.version.id)["service_kommune", "T", "T"] == found["T"] > 0
    assert {cell[2] for cell in stored_base(divided, own.version.id)} >= {"03", "07"}
