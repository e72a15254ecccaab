"""The tables of the controls (spec.md 6; the source's chapter 4): each view against a count straight from the register,
and by hand what the synthetic register does not have."""

from collections import Counter
from datetime import date

import pytest

from damages import YEARS
from tables import Connection, by, counted, fill, miniregister_tall, registrering_tall, rows, view

#: The source's footnotes in 4.3, by type of event.
SEWN_13_WEEKS = {
    "Gruppeovergang": {"YI011", "YI311", "YK111"},
    "Endringsrecord (samme gruppe)": {"YI001", "YI301", "YK101"},
    "Uten endring (ingen hendelsesrecord)": {"YK000", "YK100", "YK900"},
}
#: What the rule table has besides, and the source's years do not.
SEWN_13_WEEKS_TOO: dict[str, set[str]] = {
    "Gruppeovergang": {"YI010", "YI110", "YI310", "YI910", "YK911"},
    "Endringsrecord (samme gruppe)": {"YK901"},
    "Uten endring (ingen hendelsesrecord)": set(),
}
SEWN_EVERY = {kind: codes | SEWN_13_WEEKS_TOO[kind] for kind, codes in SEWN_13_WEEKS.items()}
SPLIT_OR_SEWN = {
    "Oppsplittede": {
        "UK100", "UK900", "OI000", "OI010", "OI001", "OI011", "OI200", "OI210", "OI201", "OI211",
    },
    "Sammensydde, endringsrecord": {"UK101", "UK901"},
    "Sammensydde, gruppeovergang": {"UI110", "UK111", "UI910", "UK911"},
}  # fmt: skip


def test_miniregister_kontroll(sound: Connection) -> None:
    table = view(sound, "miniregister_kontroll")
    assert [row["aargang"] for row in sorted(table, key=lambda row: row["aargang"])] == list(YEARS)
    read = counted(sound, "SELECT aargang, sum(antall) FROM trygdfob.maanedsfil GROUP BY 1")
    aside = counted(sound, "SELECT aargang, grunn, count(*) FROM trygdfob.lagt_til_side GROUP BY 1, 2")
    marks = counted(sound, "SELECT aargang, mrk_fnr, count(*) FROM trygdfob.miniregister GROUP BY 1, 2")
    dates = counted(sound, "SELECT aargang, mrk_dl, count(*) FROM trygdfob.miniregister GROUP BY 1, 2")
    assert {"ugyldig_fnr", "dublett"} == {reason for _, reason in aside}
    assert {"0", "1"} <= {mark for _, mark in marks}
    for row in table:
        year = row["aargang"]
        assert row == {
            "aargang": year,
            "grunnlagsfil": read[year,],
            "dubletter_fjernet": aside.get((year, "dublett"), 0),
            "slettet": aside.get((year, "ugyldig_fnr"), 0),
            "miniregister": sum(count for (aargang, _), count in marks.items() if aargang == year),
            "gyldig_fnr": marks.get((year, "0"), 0),
            "gyldig_dnr": marks.get((year, "1"), 0),
            "ugyldig_fnr": marks.get((year, "2"), 0),
            "rettet_dagdato": dates.get((year, 32), 0),
        }


def test_miniregister_kontroll_by_hand(sums: Connection) -> None:
    """The marks that the register has none of; and a year without its sums is not a year of nothing."""
    sums.execute("DELETE FROM trygdfob.lagt_til_side")
    sums.execute("UPDATE trygdfob.maanedsfil SET antall = 10")
    fill(
        sums,
        "miniregister_tall",
        "aargang, mnddato, hoved, mrk_fnr, mrk_dl, antall",
        (2002, date(2002, 1, 1), "1", "0", None, 70),
        (2002, date(2002, 1, 1), "1", "2", None, 30),
        (2002, date(2002, 2, 1), "1", "2", 32, 20),
    )
    found = [list(row.values()) for row in rows(sums, "SELECT * FROM arbsok.miniregister_kontroll ORDER BY aargang")]
    assert found == [
        [2001, 120, 0, 0, None, None, None, None, None],
        [2002, 120, 0, 0, 120, 70, 0, 50, 20],
        [2003, 120, 0, 0, None, None, None, None, None],
    ]


def test_regnskap(sound: Connection) -> None:
    aside = counted(sound, "SELECT mnddato, grunn, count(*) FROM trygdfob.lagt_til_side GROUP BY 1, 2")
    there = counted(sound, "SELECT mnddato, count(*) FROM trygdfob.miniregister GROUP BY 1")
    gave = counted(
        sound,
        "SELECT m.mnddato, count(DISTINCT (f.fnr, f.dagdato)) FROM trygdfob.f_arbsok AS f"
        " JOIN trygdfob.maanedsfil AS m USING (dagdato) WHERE f.kode <> '0' GROUP BY 1",
    )
    rejected = counted(sound, "SELECT mnddato, count(*) FROM trygdfob.vrak_arbsok GROUP BY 1")
    table = view(sound, "regnskap")
    assert len(table) == 36
    for row in table:
        month = row["mnddato"]
        before = month < date(2001, 5, 1)
        outcomes = {
            "ugyldig_fnr": aside.get((month, "ugyldig_fnr"), 0),
            "dublett": aside.get((month, "dublett"), 0),
            "foer_start": there[month,] if before else 0,
            "bekreftet": 0 if before else there[month,] - gave[month,] - rejected.get((month,), 0),
            "ga_record": gave.get((month,), 0),
            "vraket": rejected.get((month,), 0),
        }
        assert row == {
            "aargang": month.year,
            "mnddato": month,
            "fil": f"arbsok_{month:%Y%m}.csv",
            "lest": sum(outcomes.values()),
            **outcomes,
            "differanse": 0,
            "tall_i_as_stat": aside.get((month, "tall_i_as_stat"), 0),
        }

    for row in view(sound, "regnskap_aargang"):
        months = [month for month in table if month["aargang"] == row["aargang"]]
        assert row == {"aargang": row["aargang"]} | {
            column: sum(month[column] for month in months) for column in row if column != "aargang"
        }


def test_regnskap_sees_what_is_unaccounted_for(sound: Connection) -> None:
    """A registration without an outcome, and one that is counted twice."""
    with sound.transaction(force_rollback=True):
        sound.execute(
            "UPDATE arbsok_lasting.registrering_tall SET antall = antall - 1"
            " WHERE mnddato = '2002-03-01' AND status = 'UK000'"
        )
        sound.execute(
            "INSERT INTO arbsok_lasting.registrering_tall SELECT 2002, '2002-07-01', 'ga_record', NULL, NULL, false, 2"
        )
        off = by(view(sound, "regnskap"), "mnddato", value="differanse")
        assert off == {(date(2002, 3, 1),): 1, (date(2002, 7, 1),): -2}
        assert by(view(sound, "regnskap_aargang"), "aargang", value="differanse") == {(2002,): -1}


def test_tables_agree(sound: Connection) -> None:
    """The same records, counted for one table and for another."""
    ledger = {row["aargang"]: row for row in view(sound, "regnskap_aargang")}
    control = {row["aargang"]: row for row in view(sound, "miniregister_kontroll")}
    events: Counter[int] = Counter()
    for row in view(sound, "hendelser_konsistens"):
        events[row["aargang"]] += row["antall"]
    stock: Counter[int] = Counter()
    for row in view(sound, "beholdning_maaned"):
        stock[row["aargang"]] += row["antall"]
    given: Counter[int] = Counter()
    records: Counter[int] = Counter()
    for row in view(sound, "asok_status"):
        given[row["aargang"]] += row["registreringer"] or 0
        records[row["aargang"]] += row["records"]
    for year in YEARS:
        row = ledger[year]
        assert events[year] == row["ga_record"] + row["vraket"]
        assert control[year]["miniregister"] == row["lest"] - row["ugyldig_fnr"] - row["dublett"] == stock[year]
        assert given[year] == control[year]["miniregister"] - row["foer_start"]
    assert (
        sum(row["antall"] for row in view(sound, "tilganger_avganger") if row["retning"] != "avgang")
        == sound.execute("SELECT count(DISTINCT (fnr, tilgdato)) FROM trygdfob.f_arbsok").fetchone()[0]  # type: ignore[index]
    )
    assert dict(records) == {
        year: count
        for (year,), count in counted(sound, "SELECT aargang, count(*) FROM trygdfob.f_arbsok GROUP BY 1").items()
    }


# 4.2


def test_asok_kontroll(sound: Connection) -> None:
    count = counted(sound, "SELECT aargang, hoved, count(*) FROM trygdfob.miniregister GROUP BY 1, 2")
    official = {
        (row["aargang"], row["hoved"]): row["offisiell"]
        for row in view(sound, "offisiell_statistikk")
        if row["aargang"] in YEARS
    }
    table = view(sound, "asok_kontroll")
    assert {(row["aargang"], row["hoved"]) for row in table} == set(count) | set(official)
    for row in table:
        key = row["aargang"], row["hoved"]
        assert float(row["filene"]) == pytest.approx(count.get(key, 0) / 12, abs=0.0501)
        assert row["offisiell"] == official.get(key)
        if row["offisiell"] is None:
            assert (row["differanse"], row["differanse_prosent"], row["avvik"]) == (None, None, False)
        else:
            assert row["avvik"]  # a few hundred persons are not a whole country
    names = {row["hoved"]: row["gruppe"] for row in table}
    assert names["5"] == "Yrkeshemmede"
    assert names["9"] == "Ukjent"


def test_asok_kontroll_by_hand(sums: Connection) -> None:
    sums.execute("DELETE FROM trygdfob.offisiell_statistikk")
    averages = {"1": 101, "2": 101, "3": 10.25, "4": 3, "8": 0.25, "12": 2.25}
    published = {"1": 100, "2": 102, "3": 10, "4": None, "8": 0, "14": 50}
    miniregister_tall(sums, *[(2003, date(2003, 1, 1), hoved, None, 12 * n) for hoved, n in averages.items()])
    fill(
        sums,
        "offisiell_statistikk",
        "aargang, hoved, offisiell, kilde",
        *[(2003, h, n, "egen fil") for h, n in published.items()],
    )
    fill(sums, "offisiell_statistikk", "aargang, hoved, offisiell", (2004, "1", 5))  # a year that is not loaded
    found = {
        row["hoved"]: (
            float(row["filene"]), row["differanse"], row["differanse_prosent"], row["avvik"], row["kilde"],
            row["gruppe"],
        )
        for row in view(sums, "asok_kontroll")
    }  # fmt: skip
    as_text = {hoved: [str(value) for value in row] for hoved, row in found.items()}
    assert as_text == {
        "1": ["101.0", "1", "1.0", "True", "egen fil", "Helt ledige"],  # one person is one per cent: enough
        "2": ["101.0", "-1", "-1.0", "False", "egen fil", "Delvis sysselsatte"],  # 0.98 per cent
        "3": ["10.3", "0", "2.5", "False", "egen fil", "Ordinære tiltaksdeltakere"],  # not one person
        "4": ["3.0", "None", "None", "False", "egen fil", "Andre arbeidssøkere"],
        "8": ["0.3", "0", "None", "False", "egen fil", "Hovedgruppe 8"],  # not one person of none
        "12": ["2.3", "None", "None", "False", "None", "Hovedgruppe 12"],
        "14": ["0.0", "-50", "-100.0", "True", "egen fil", "Hovedgruppe 14"],  # the files lack it
    }


# 4.3


def test_hendelser_konsistens(sound: Connection) -> None:
    expected = counted(
        sound,
        "SELECT f.aargang, s.konsistens, count(*) FROM trygdfob.f_arbsok AS f"
        " JOIN trygdfob.statuskode AS s ON f.status LIKE replace(s.status, 'a', '_') WHERE f.kode <> '0' GROUP BY 1, 2"
        " UNION ALL SELECT aargang, 'vraket', count(*) FROM trygdfob.vrak_arbsok GROUP BY 1",
    )
    table = view(sound, "hendelser_konsistens")
    assert by(table, "aargang", "konsistens") == expected
    assert {konsistens for _, konsistens in expected} == {"konsistent", "feil_datering", "annen_inkonsistens", "vraket"}
    assert len(table) == 4 * len(YEARS)
    assert {row["konsistens"]: row["tekst"] for row in table} == {
        "konsistent": "Konsistent",
        "feil_datering": "Inkonsistens, feilaktig datering",
        "annen_inkonsistens": "Annen inkonsistens",
        "vraket": "Vrakede",
    }


def test_the_source_s_words_on_consistency(sound: Connection) -> None:
    """K in second place, and OI0011 to 3 and UI0011 to 3; nothing else but those that are rejected (4.3)."""
    for row in view(sound, "statuskode"):
        spared = row["status"] in {f"{presence}I001{n}" for presence in "OU" for n in (1, 2, 3)}
        assert (row["konsistens"] == "konsistent") == (row["status"][1] == "K" or spared)


def of_codes(sound: Connection, codes: dict[str, set[str]]) -> dict[tuple[int, str], int]:
    """Events of each year by type: causing records with one of the type's codes."""
    found: Counter[tuple[int, str]] = Counter()
    counts = counted(
        sound, "SELECT aargang, left(status, 5), count(*) FROM trygdfob.f_arbsok WHERE kode <> '0' GROUP BY 1, 2"
    )
    for (year, status), count in counts.items():
        for kind, of_kind in codes.items():
            if status in of_kind:
                found[year, kind] += count
    return dict(found)


def test_sammensyinger_13_uker(sound: Connection) -> None:
    nothing = "Uten endring (ingen hendelsesrecord)"
    without = counted(
        sound,
        """
        SELECT aargang, count(*)
        FROM (
            SELECT aargang, fnr, dagdato, fdagdato, hoved,
                lag(dagdato) OVER siste AS sist, lag(hoved) OVER siste AS sist_hoved
            FROM trygdfob.miniregister WHERE mnddato >= '2001-05-01'
            WINDOW siste AS (PARTITION BY fnr ORDER BY dagdato)
        ) AS m
        WHERE sist < fdagdato AND '5' IN (hoved, sist_hoved) AND dagdato - sist <= 91
            AND NOT EXISTS (SELECT FROM trygdfob.f_arbsok AS f
                WHERE f.fnr = m.fnr AND f.dagdato = m.dagdato AND f.kode <> '0')
            AND NOT EXISTS (SELECT FROM trygdfob.vrak_arbsok AS v WHERE v.fnr = m.fnr AND v.dagdato = m.dagdato)
        GROUP BY aargang
        """,
    )
    table = view(sound, "sammensyinger_13_uker")
    assert by(table, "aargang", "hendelsestype") == of_codes(sound, SEWN_EVERY) | {
        (year, nothing): count for (year,), count in without.items()
    }
    assert {row["hendelsestype"]: set(row["statuskoder"].split(", ")) for row in table} == SEWN_EVERY
    assert {row["hendelsestype"]: row["rekkefolge"] for row in table} == dict(zip(SEWN_EVERY, (1, 2, 3), strict=True))


def test_oppsplittinger_sammensyinger(sound: Connection) -> None:
    table = view(sound, "oppsplittinger_sammensyinger")
    assert by(table, "aargang", "hendelsestype") == of_codes(sound, SPLIT_OR_SEWN)
    assert {row["hendelsestype"]: set(row["statuskoder"].split(", ")) for row in table} == SPLIT_OR_SEWN
    assert len(table) == 3 * len(YEARS)


def test_every_code_in_its_row(sums: Connection) -> None:
    """Each code of running spells once, with a power of two of its own: a sum tells which codes it is made of."""
    outcome = {"ingen": "bekreftet", "vrak": "vraket"}
    weights = {}
    for row in rows(sums, "SELECT status, handling FROM trygdfob.statuskode WHERE status ~ '^[UYO]'"):
        number = len(weights)
        letter = "ABCDEFGHIJKLM"[number % 13]  # the letter of the weeks is none of these tables' business
        weights[row["status"]] = 1 << number
        registrering_tall(
            sums,
            (2003, date(2003, 1, 1), outcome.get(row["handling"], "ga_record"), row["status"].replace("a", letter),
             row["handling"], 1 << number),
        )  # fmt: skip
    assert len(weights) > 60
    for name, every in (("oppsplittinger_sammensyinger", SPLIT_OR_SEWN), ("sammensyinger_13_uker", SEWN_EVERY)):
        assert {row["hendelsestype"]: row["antall"] for row in view(sums, name)} == {
            kind: sum(weight for status, weight in weights.items() if status[:5] in of_kind)
            for kind, of_kind in every.items()
        }


def test_tilganger_avganger(sound: Connection) -> None:
    expected = counted(
        sound,
        """
        SELECT extract(year FROM regdato)::integer, CASE kode WHEN '1' THEN 'tilgang' ELSE 'venstresensur' END,
            left(status, 5), count(*)
        FROM trygdfob.f_arbsok WHERE regdato = tilgdato AND kode IN ('1', '3', '9') GROUP BY 1, 2, 3
        UNION ALL
        SELECT extract(year FROM avgdato)::integer, 'avgang',
            CASE WHEN status LIKE '_X%' THEN 'Avsl' ELSE left(status, 5) END, count(*)
        FROM trygdfob.f_arbsok WHERE kode = '0' AND avgdato IS NOT NULL GROUP BY 1, 2, 3
        """,
    )
    assert by(view(sound, "tilganger_avganger"), "aar", "retning", "status") == expected
    assert {way for _, way, _ in expected} == {"venstresensur", "tilgang", "avgang"}


def test_tilganger_avganger_by_hand(sums: Connection) -> None:
    fill(
        sums,
        "forlop_tall",
        "aargang, maaned, status, kode, hoved, fra_hoved, tilfelle, antall",
        (2003, date(2002, 12, 1), "OK100", "0", "1", None, True, 3),  # dated in the year before the load's
        (2003, date(2003, 2, 1), "OI0012", "1", "1", None, True, 5),
        (2003, date(2003, 3, 1), "OI0013", "1", "2", None, True, 7),
        (2003, date(2003, 9, 1), "YX101C", "0", "5", None, True, 11),
        (2003, date(2003, 9, 1), "FX020", "0", "5", None, True, 13),
        (2003, date(2003, 9, 1), "UK111", "0", "5", None, False, 17),  # a group transition
        (2003, date(2003, 9, 1), "UK111", "1", "1", "5", False, 17),
        (2003, date(2003, 9, 1), "UK101", "2", "5", None, False, 19),
    )
    assert by(view(sums, "tilganger_avganger"), "aar", "retning", "status") == {
        (2002, "avgang", "OK100"): 3,
        (2003, "tilgang", "OI001"): 12,
        (2003, "avgang", "Avsl"): 24,
    }


def test_asok_status(sound: Connection) -> None:
    table = view(sound, "asok_status")
    records: Counter[tuple[int, str]] = Counter()
    given: Counter[tuple[int, str]] = Counter()
    found = counted(
        sound,
        "SELECT aargang, status, kode, count(*) FROM trygdfob.f_arbsok GROUP BY 1, 2, 3"
        " UNION ALL SELECT aargang, status, 'vrak', count(*) FROM trygdfob.vrak_arbsok GROUP BY 1, 2",
    )
    for (year, status, kode), count in found.items():
        known = status[:5] + "a" if status[:2] in ("YK", "YI") else status
        records[year, known] += count if kode != "vrak" else 0
        given[year, known] += count if kode != "0" else 0
    assert by(table, "aargang", "status", value="records") == {key: n for key, n in records.items() if n}
    confirming = ("UK000", "YK000a", "YK100a", "YK900a")
    assert {
        (row["aargang"], row["status"]): row["registreringer"] for row in table if row["status"] not in confirming
    } == {key: None if key[1][1] == "X" else n for key, n in given.items()}
    rules = {row["status"]: row for row in view(sound, "statuskode")}
    for row in table:
        rule = rules.get(row["status"])
        if row["status"][1] == "X":
            assert (row["konsistens"], row["handling"]) == (None, None)
            assert row["tekst"] == "Avsluttet av avslutningsprosedyren"
        else:
            assert rule
            assert all(row[column] == rule[column] for column in ("tekst", "konsistens", "handling"))
    assert any(row["status"][1] == "X" for row in table)
    assert any(row["status"] == "UK000" and row["registreringer"] and not row["records"] for row in table)


def test_norsk_tall(sound: Connection) -> None:
    numbers = ("0", "7", "1234567", "999.5", "-1234.25", "0.05", "100.00")
    query = "SELECT arbsok.norsk_tall(tall) FROM unnest(%s::numeric[]) AS tall"
    assert [text for (text,) in sound.execute(query, [list(numbers)])] == [
        "0", "7", "1 234 567", "999,5", "-1 234,25", "0,05", "100",
    ]  # fmt: skip
