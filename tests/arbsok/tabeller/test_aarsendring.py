"""What changed from the year before, and which of it stands out (spec.md 6)."""

import itertools
from collections import defaultdict
from datetime import date
from typing import Any

import pytest

from damages import YEARS
from tables import (
    CODES_CHANGE,
    Connection,
    counted,
    fill,
    miniregister_tall,
    registrering_tall,
    rows,
    view,
)


def test_aarsendring(sound: Connection) -> None:
    """Each measure is the figure of its own table, this year and the year before."""
    table = view(sound, "aarsendring")
    assert {row["aargang"] for row in table} == {2002, 2003}
    found = {(row["aargang"], row["tema"], row["post"]): (row["forrige"], row["denne"]) for row in table}
    assert len(found) == len(table)
    figures: dict[tuple[str, str], dict[int, Any]] = defaultdict(dict)
    for row in view(sound, "regnskap_aargang"):
        figures["Miniregister", "Leste records"][row["aargang"]] = row["lest"]
        figures["Miniregister", "Lagt til side, ugyldig fødselsnummer"][row["aargang"]] = row["ugyldig_fnr"]
        figures["Miniregister", "Lagt til side, dubletter"][row["aargang"]] = row["dublett"]
    for name, theme in (
        ("hendelser_konsistens", "Hendelser"),
        ("sammensyinger_13_uker", "Sammensyinger etter 13-ukersregelen"),
        ("oppsplittinger_sammensyinger", "Oppsplittinger og sammensyinger"),
    ):
        for row in view(sound, name):
            figures[theme, row.get("hendelsestype") or row["tekst"]][row["aargang"]] = row["antall"]
    stock = counted(sound, "SELECT aargang, hoved, count(*) FROM trygdfob.miniregister GROUP BY 1, 2")
    for row in view(sound, "asok_kontroll"):
        figures["Personmåneder", row["gruppe"]][row["aargang"]] = stock.get((row["aargang"], row["hoved"]), 0)
    for row in view(sound, "varighet_kontroll"):
        figures["Median varighet i dager", row["gruppe"]][row["aargang"]] = row["median"]
    for post, where in {
        "Tilganger": "kode = '1' AND regdato = tilgdato",
        "Avganger": "kode = '0' AND avgdato IS NOT NULL AND status NOT LIKE '_X%'",
        "Avsl (X)": "status LIKE '_X%'",
    }.items():
        query = f"SELECT aargang, count(*) FROM trygdfob.f_arbsok WHERE {where} GROUP BY 1"
        figures["Tilganger og avganger", post] = {year: n for (year,), n in counted(sound, query).items()}
    for row in view(sound, "kodebruk"):
        if row["ny"] and not (row["i_kodeliste"] and row["kjent_brudd"] is None):
            at_break = " ved bruddet 1.10.2002" if row["kjent_brudd"] else ""
            so_far = figures["Nye koder", row["variabel"] + at_break]
            so_far[row["aargang"]] = so_far.get(row["aargang"], 0) + 1
    shares = {("Miniregister", "Andel records uten antall dager"), ("Hendelser", "Andel inkonsistente hendelser")}
    for year, (theme, post) in itertools.product((2002, 2003), figures):
        nothing = None if theme == "Median varighet i dager" else 0
        pair = tuple(figures[theme, post].get(y, nothing) for y in (year - 1, year))
        assert found.pop((year, theme, post), (nothing, nothing)) == pair, (year, theme, post)
    assert {key[1:] for key in found} == shares

    without = counted(
        sound,
        "SELECT aargang, round(100.0 * count(*) FILTER (WHERE henddato IS NULL) / count(*), 2)"
        " FROM trygdfob.miniregister WHERE mnddato >= '2001-05-01' GROUP BY 1",
    )
    events = {post: counts for (theme, post), counts in figures.items() if theme == "Hendelser"}
    inconsistent = {
        year: 100 * sum(events[post][year] for post in events if "nkonsistens" in post)
        / sum(counts[year] for counts in events.values())
        for year in YEARS
    }  # fmt: skip
    for year in (2002, 2003):
        assert found[year, "Miniregister", "Andel records uten antall dager"] == (without[year - 1,], without[year,])
        share = found[year, "Hendelser", "Andel inkonsistente hendelser"]
        assert [float(value) for value in share] == pytest.approx(
            [inconsistent[year - 1], inconsistent[year]], abs=0.0051
        )


def set_apart(connection: Connection) -> dict[tuple[int, str, str], str]:
    """What stands out, with its sentence; nothing else has one."""
    table = view(connection, "aarsendring")
    assert [row for row in table if (row["setning"] is not None) != row["skiller_seg_ut"]] == []
    return {(row["aargang"], row["tema"], row["post"]): row["setning"] for row in table if row["skiller_seg_ut"]}


def test_what_stands_out(sums: Connection) -> None:
    """Twenty per cent and a hundred records, or persons; half a percentage point; a week; any new code."""
    sums.execute("UPDATE trygdfob.innstilling SET serie_start = '2001-05-01'")
    sums.execute("DELETE FROM trygdfob.kjorelogg")
    sums.execute("UPDATE trygdfob.maanedsfil SET antall = 1000")
    sums.execute("DELETE FROM trygdfob.lagt_til_side")
    of_year = {
        # 2001: nothing is compared with it that the series gives
        2001: {"FK070": 1, "FI080": 1},
        2002: {"FK070": 8000, "FI080": 199, "UI010": 100, "YK000C": 500, "UK101": 400, "UK100": 1333},
        2003: {"FK070": 9598, "FI080": 100, "UI010": 200, "YK000C": 400, "UK101": 321, "UK100": 1600},
    }
    for year, of_status in of_year.items():
        for status, count in of_status.items():
            utfall = "bekreftet" if status == "YK000C" else "ga_record"
            registrering_tall(sums, (year, date(year, 7, 1), utfall, status, None, count))
        miniregister_tall(sums, (year, date(year, 7, 1), "1", "PE", {2001: 6000, 2002: 7200, 2003: 8639}[year]))
    miniregister_tall(
        sums,
        (2003, date(2003, 7, 1), "12", "NYTT", 1200),
        (2003, date(2003, 7, 1), "4", "NYTT2", 1199),
        (2003, date(2003, 7, 1), "1", "VI", 0),  # in the code list, and so not new
        *[(2002, date(2002, 7, 1), "9", f"K{n:02}", 200 - n) for n in range(12)],
    )
    fill(
        sums,
        "varighet_tall",
        "aargang, hoved, dager, venstresensurert, avsluttet, antall",
        *[(2002, hoved, 35, False, True, 100) for hoved in ("1", "2", "3")],
        (2003, "1", 42, False, True, 100),
        (2003, "2", 41, False, True, 100),  # 17 per cent
        (2003, "3", 90, False, True, 99),  # too few spells
        (2002, "5", 20, False, True, 100),
        (2003, "5", 26, False, True, 100),  # not a week
        (2002, "4", 36, False, True, 100),
        (2003, "4", 43, False, True, 100),  # a week, and 19.4 per cent
    )
    for year, missing in {2002: 10, 2003: 60}.items():
        sums.execute(
            "INSERT INTO trygdfob.kjorelogg (handling, aargang, startet, ferdig, produktversjon, objektversjon,"
            " innstillinger, filer, antall, sekunder) VALUES ('load', %s, now(), now(), '', '', '{}', '[]', %s, '{}')",
            [year, f'{{"fra_start": 10000, "uten_henddato": {missing}}}'],
        )
    assert set_apart(sums) == {
        (2002, "Personmåneder", "Helt ledige"):
            "Personmåneder, Helt ledige: 7 200 i 2002 mot 6 000 i 2001, en oppgang på 20 prosent.",
        (2002, "Personmåneder", "Ukjent"): "Personmåneder, Ukjent: 2 334 i 2002, ingen i 2001.",
        (2003, "Personmåneder", "Ukjent"):
            "Personmåneder, Ukjent: ingen i 2003 mot 2 334 i 2002, en nedgang på 100 prosent.",
        (2003, "Personmåneder", "Hovedgruppe 12"): "Personmåneder, Hovedgruppe 12: 1 200 i 2003, ingen i 2002.",
        (2003, "Miniregister", "Andel records uten antall dager"):
            "Andel records uten antall dager: 0,6 prosent i 2003 mot 0,1 prosent i 2002, opp 0,5 prosentpoeng.",
        (2003, "Hendelser", "Annen inkonsistens"):
            "Hendelser, Annen inkonsistens: 200 i 2003 mot 100 i 2002, en oppgang på 100 prosent.",
        (2003, "Sammensyinger etter 13-ukersregelen", "Uten endring (ingen hendelsesrecord)"):
            "Sammensyinger etter 13-ukersregelen, Uten endring (ingen hendelsesrecord): 400 i 2003 mot 500 i 2002,"
            " en nedgang på 20 prosent.",
        (2003, "Oppsplittinger og sammensyinger", "Oppsplittede"):
            "Oppsplittinger og sammensyinger, Oppsplittede: 1 600 i 2003 mot 1 333 i 2002,"
            " en oppgang på 20 prosent.",
        (2003, "Median varighet i dager", "Helt ledige"):
            "Median varighet i dager, Helt ledige: 42 i 2003 mot 35 i 2002, en oppgang på 20 prosent.",
        (2002, "Nye koder", "tiltak"):
            "12 nye koder i tiltak i 2002, som ingen tidligere årgang har:"
            " K00, K01, K02, K03, K04, K05, K06, K07, K08, K09 og 2 til.",
        (2003, "Nye koder", "tiltak"):
            "2 nye koder i tiltak i 2003, som ingen tidligere årgang har: NYTT, NYTT2.",
    }  # fmt: skip


@pytest.mark.parametrize(("start", "whole"), [("2001-01-01", True), ("2001-01-02", False)])
def test_a_year_that_is_whole_is_one_to_compare_with(sums: Connection, start: str, whole: bool) -> None:
    """Of what the series gives only from its start on: the year before begins with it, or a day too late."""
    sums.execute("ALTER TABLE trygdfob.innstilling DISABLE TRIGGER USER")  # years are loaded
    sums.execute("UPDATE trygdfob.innstilling SET serie_start = %s", [start])
    for year, count in ((2001, 1000), (2002, 2000)):
        registrering_tall(sums, (year, date(year, 7, 1), "ga_record", "FK070", None, count))
    assert ((2002, "Hendelser", "Konsistent") in set_apart(sums)) == whole


@pytest.mark.parametrize(("codes", "rest"), [(1, ""), (10, ""), (11, " og 1 til")])
def test_ten_new_codes_are_named(sums: Connection, codes: int, rest: str) -> None:
    """One is enough to stand out."""
    new = [(2002, date(2002, 7, 1), "1", f"K{n:02}", 20 - n) for n in range(codes)]
    miniregister_tall(sums, (2001, date(2001, 7, 1), "1", "PE", 500), *new)
    for year in (2001, 2002):
        registrering_tall(sums, (year, date(year, 7, 1), "ga_record", "FK070", None, 1))
    names = ", ".join(f"K{n:02}" for n in range(min(codes, 10)))
    many = "1 ny kode" if codes == 1 else f"{codes} nye koder"
    sentence = f"{many} i tiltak i 2002, som ingen tidligere årgang har: {names}{rest}."
    assert set_apart(sums)[2002, "Nye koder", "tiltak"] == sentence


def test_known_breaks_explain_what_stands_out(sums: Connection) -> None:
    """In the break's year and the one after: events, and the main groups that the coding of before it does not give."""
    for year, count in ((2001, 1000), (2002, 2000), (2003, 4000), (2004, 8000)):
        registrering_tall(sums, (year, date(year, 7, 1), "ga_record", "FI080", None, count))
        for hoved in "1234579":
            miniregister_tall(sums, (year, date(year, 7, 1), hoved, None, 12 * count))
        fill(
            sums,
            "forlop_tall",
            "aargang, maaned, status, kode, hoved, fra_hoved, tilfelle, antall",
            (year, date(year, 7, 1), "FK070", "1", "1", None, True, count),
        )
    found: dict[tuple[str, str], dict[int, date | None]] = defaultdict(dict)
    for row in view(sums, "aarsendring"):
        if row["skiller_seg_ut"] and row["tema"] != "Miniregister":
            found[row["tema"], row["post"]][row["aargang"]] = row["kjent_brudd"]
    broken = {2002: CODES_CHANGE, 2003: CODES_CHANGE, 2004: None}
    assert found.pop(("Hendelser", "Inkonsistens, feilaktig datering")) == {2003: CODES_CHANGE, 2004: None}
    assert found.pop(("Tilganger og avganger", "Tilganger")) == {2003: None, 2004: None}
    groups = {row["gruppe"]: row["hoved"] for row in rows(sums, "SELECT hoved, gruppe FROM arbsok.hovedgruppe")}
    for (theme, post), by_year in found.items():
        assert theme == "Personmåneder"
        assert by_year == (broken if groups[post] in "3479" else dict.fromkeys(broken)), post
    assert len(found) == 7


@pytest.mark.parametrize(
    ("before", "brudd", "explains"),
    [
        (2003, "2003-01-01", False),  # both years are after it
        (2003, "2003-01-02", True),
        (2003, "2004-12-31", True),
        (2003, "2005-01-01", False),  # both are before it
        (2001, "2001-05-01", False),  # the series begins on the day
        (2001, "2001-05-02", True),
    ],
)
def test_a_break_between_two_years(sums: Connection, before: int, brudd: str, explains: bool) -> None:
    sums.execute("DELETE FROM arbsok.dekning_regel WHERE navn = '*' AND variabel = 'hoved' AND brudd IS NOT NULL")
    sums.execute(
        "INSERT INTO arbsok.dekning_regel (slag, navn, variabel, brudd, merknad, merknad_norsk)"
        " VALUES ('variabel', '*', 'hoved', %s, 'x', 'x')",
        [brudd],
    )
    for year, count in ((before, 1000), (before + 1, 2000)):
        registrering_tall(sums, (year, date(year, 7, 1), "ga_record", "FK070", None, 1))
        miniregister_tall(sums, (year, date(year, 7, 1), "3", None, 12 * count))
    (row,) = [row for row in view(sums, "aarsendring") if row["tema"] == "Personmåneder"]
    assert (row["skiller_seg_ut"], row["kjent_brudd"]) == (True, date.fromisoformat(brudd) if explains else None)


@pytest.mark.parametrize(("from_before", "young"), [(50, True), (49, False)])
def test_lengths_of_a_young_series(sums: Connection, from_before: int, young: bool) -> None:
    """While one spell in twenty that the year before ended began before the series, its lengths are too short."""
    sums.execute("UPDATE trygdfob.innstilling SET serie_start = '2001-05-01'")
    for year, length in ((2002, 100), (2003, 200)):
        registrering_tall(sums, (year, date(year, 7, 1), "ga_record", "FK070", None, 1))
        fill(
            sums,
            "varighet_tall",
            "aargang, hoved, dager, venstresensurert, avsluttet, antall",
            (year, "1", length, False, True, 950),
            (year, "1", 400, True, True, from_before if year == 2002 else 1),
        )
    (row,) = [row for row in view(sums, "aarsendring") if row["tema"] == "Median varighet i dager"]
    assert (row["skiller_seg_ut"], row["kjent_brudd"]) == (True, date(2001, 5, 1) if young else None)
