"""The tables of the controls (spec.md 6; the source's chapter 4): each view against a count straight from the register,
and by hand what the synthetic register does not have."""

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import numpy as np
import psycopg
import pytest
from fdtrygd import files as month_files
from fdtrygd import lasting, synthetic
from psycopg.rows import dict_row
from pytest_postgresql.executors import NoopExecutor

from conftest import Silent, own_database, qualified

Connection = psycopg.Connection[Any]
YEARS = (2001, 2002, 2003)
#: The break of dekning_regel.
CODES_CHANGE = date(2002, 10, 1)

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


@pytest.fixture(scope="module")
def register(
    postgresql_noproc: NoopExecutor, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[psycopg.Connection[Any]]:
    """Three years of a synthetic register; what a test writes is rolled back."""
    path = tmp_path_factory.mktemp("tabeller") / "files"
    synthetic.make(path, last=(2003, 12), persons=300)
    files = month_files.find_month_files(path)
    with own_database(postgresql_noproc, "tabeller") as connection:
        for year in YEARS:
            lasting.load_year(connection, year, files[year], synthetic=True, progress=Silent())
        connection.commit()
        yield connection
        connection.rollback()


@pytest.fixture
def sums(register: Connection) -> Iterator[Connection]:
    """The register without its sums: a test writes its own."""
    register.rollback()
    for table in ("miniregister_tall", "registrering_tall", "forlop_tall", "varighet_tall"):
        register.execute(f"DELETE FROM {qualified(table)}")
    yield register
    register.rollback()


def rows(connection: Connection, query: str, *parameters: Any) -> list[dict[str, Any]]:
    with connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(query, parameters).fetchall()


def view(connection: Connection, name: str) -> list[dict[str, Any]]:
    return rows(connection, f"SELECT * FROM {qualified(name)}")


def counted(connection: Connection, query: str) -> dict[Any, int]:
    """What the query groups by, and its last column: a count."""
    found = {tuple(key): count for *key, count in connection.execute(query)}
    assert found
    return found


def by(table: list[dict[str, Any]], *columns: str, value: str = "antall") -> dict[Any, Any]:
    """A view's rows by their key; no key twice, and what is 0 is as good as no row."""
    keys = [tuple(row[column] for column in columns) for row in table]
    assert len(keys) == len(set(keys))
    return {key: row[value] for key, row in zip(keys, table, strict=True) if row[value]}


def fill(connection: Connection, table: str, columns: str, *values: tuple[Any, ...]) -> None:
    marks = ", ".join("%s" for _ in values[0])
    connection.cursor().executemany(f"INSERT INTO {qualified(table)} ({columns}) VALUES ({marks})", values)


def miniregister_tall(connection: Connection, *values: tuple[Any, ...]) -> None:
    fill(
        connection,
        "miniregister_tall",
        "aargang, mnddato, hoved, tiltak, antall, mrk_fnr",
        *[(*v, "0") for v in values],
    )


def registrering_tall(connection: Connection, *values: tuple[Any, ...]) -> None:
    fill(connection, "registrering_tall", "aargang, mnddato, utfall, status, handling, antall", *values)


# 4.1 and the ledger


def test_miniregister_kontroll(register: Connection) -> None:
    table = view(register, "miniregister_kontroll")
    assert [row["aargang"] for row in sorted(table, key=lambda row: row["aargang"])] == list(YEARS)
    read = counted(register, "SELECT aargang, sum(antall) FROM trygdfob.maanedsfil GROUP BY 1")
    aside = counted(register, "SELECT aargang, grunn, count(*) FROM trygdfob.lagt_til_side GROUP BY 1, 2")
    marks = counted(register, "SELECT aargang, mrk_fnr, count(*) FROM trygdfob.miniregister GROUP BY 1, 2")
    dates = counted(register, "SELECT aargang, mrk_dl, count(*) FROM trygdfob.miniregister GROUP BY 1, 2")
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


def test_regnskap(register: Connection) -> None:
    aside = counted(register, "SELECT mnddato, grunn, count(*) FROM trygdfob.lagt_til_side GROUP BY 1, 2")
    there = counted(register, "SELECT mnddato, count(*) FROM trygdfob.miniregister GROUP BY 1")
    gave = counted(
        register,
        "SELECT m.mnddato, count(DISTINCT (f.fnr, f.dagdato)) FROM trygdfob.f_arbsok AS f"
        " JOIN trygdfob.maanedsfil AS m USING (dagdato) WHERE f.kode <> '0' GROUP BY 1",
    )
    rejected = counted(register, "SELECT mnddato, count(*) FROM trygdfob.vrak_arbsok GROUP BY 1")
    table = view(register, "regnskap")
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

    for row in view(register, "regnskap_aargang"):
        months = [month for month in table if month["aargang"] == row["aargang"]]
        assert row == {"aargang": row["aargang"]} | {
            column: sum(month[column] for month in months) for column in row if column != "aargang"
        }


def test_regnskap_sees_what_is_unaccounted_for(register: Connection) -> None:
    """A registration without an outcome, and one that is counted twice."""
    with register.transaction(force_rollback=True):
        register.execute(
            "UPDATE arbsok_lasting.registrering_tall SET antall = antall - 1"
            " WHERE mnddato = '2002-03-01' AND status = 'UK000'"
        )
        register.execute(
            "INSERT INTO arbsok_lasting.registrering_tall SELECT 2002, '2002-07-01', 'ga_record', NULL, NULL, false, 2"
        )
        off = by(view(register, "regnskap"), "mnddato", value="differanse")
        assert off == {(date(2002, 3, 1),): 1, (date(2002, 7, 1),): -2}
        assert by(view(register, "regnskap_aargang"), "aargang", value="differanse") == {(2002,): -1}


def test_tables_agree(register: Connection) -> None:
    """The same records, counted for one table and for another."""
    ledger = {row["aargang"]: row for row in view(register, "regnskap_aargang")}
    control = {row["aargang"]: row for row in view(register, "miniregister_kontroll")}
    events: Counter[int] = Counter()
    for row in view(register, "hendelser_konsistens"):
        events[row["aargang"]] += row["antall"]
    stock: Counter[int] = Counter()
    for row in view(register, "beholdning_maaned"):
        stock[row["aargang"]] += row["antall"]
    given: Counter[int] = Counter()
    records: Counter[int] = Counter()
    for row in view(register, "asok_status"):
        given[row["aargang"]] += row["registreringer"] or 0
        records[row["aargang"]] += row["records"]
    for year in YEARS:
        row = ledger[year]
        assert events[year] == row["ga_record"] + row["vraket"]
        assert control[year]["miniregister"] == row["lest"] - row["ugyldig_fnr"] - row["dublett"] == stock[year]
        assert given[year] == control[year]["miniregister"] - row["foer_start"]
    assert (
        sum(row["antall"] for row in view(register, "tilganger_avganger") if row["retning"] != "avgang")
        == register.execute("SELECT count(DISTINCT (fnr, tilgdato)) FROM trygdfob.f_arbsok").fetchone()[0]  # type: ignore[index]
    )
    assert dict(records) == {
        year: count
        for (year,), count in counted(register, "SELECT aargang, count(*) FROM trygdfob.f_arbsok GROUP BY 1").items()
    }


# 4.2


def test_asok_kontroll(register: Connection) -> None:
    count = counted(register, "SELECT aargang, hoved, count(*) FROM trygdfob.miniregister GROUP BY 1, 2")
    official = {
        (row["aargang"], row["hoved"]): row["offisiell"]
        for row in view(register, "offisiell_statistikk")
        if row["aargang"] in YEARS
    }
    table = view(register, "asok_kontroll")
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


def test_hendelser_konsistens(register: Connection) -> None:
    expected = counted(
        register,
        "SELECT f.aargang, s.konsistens, count(*) FROM trygdfob.f_arbsok AS f"
        " JOIN trygdfob.statuskode AS s ON f.status LIKE replace(s.status, 'a', '_') WHERE f.kode <> '0' GROUP BY 1, 2"
        " UNION ALL SELECT aargang, 'vraket', count(*) FROM trygdfob.vrak_arbsok GROUP BY 1",
    )
    table = view(register, "hendelser_konsistens")
    assert by(table, "aargang", "konsistens") == expected
    assert {konsistens for _, konsistens in expected} == {"konsistent", "feil_datering", "annen_inkonsistens", "vraket"}
    assert len(table) == 4 * len(YEARS)
    assert {row["konsistens"]: row["tekst"] for row in table} == {
        "konsistent": "Konsistent",
        "feil_datering": "Inkonsistens, feilaktig datering",
        "annen_inkonsistens": "Annen inkonsistens",
        "vraket": "Vrakede",
    }


def test_the_source_s_words_on_consistency(register: Connection) -> None:
    """K in second place, and OI0011 to 3 and UI0011 to 3; nothing else but those that are rejected (4.3)."""
    for row in view(register, "statuskode"):
        spared = row["status"] in {f"{presence}I001{n}" for presence in "OU" for n in (1, 2, 3)}
        assert (row["konsistens"] == "konsistent") == (row["status"][1] == "K" or spared)


def of_codes(register: Connection, codes: dict[str, set[str]]) -> dict[tuple[int, str], int]:
    """Events of each year by type: causing records with one of the type's codes."""
    found: Counter[tuple[int, str]] = Counter()
    counts = counted(
        register, "SELECT aargang, left(status, 5), count(*) FROM trygdfob.f_arbsok WHERE kode <> '0' GROUP BY 1, 2"
    )
    for (year, status), count in counts.items():
        for kind, of_kind in codes.items():
            if status in of_kind:
                found[year, kind] += count
    return dict(found)


def test_sammensyinger_13_uker(register: Connection) -> None:
    nothing = "Uten endring (ingen hendelsesrecord)"
    without = counted(
        register,
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
    table = view(register, "sammensyinger_13_uker")
    assert by(table, "aargang", "hendelsestype") == of_codes(register, SEWN_EVERY) | {
        (year, nothing): count for (year,), count in without.items()
    }
    assert {row["hendelsestype"]: set(row["statuskoder"].split(", ")) for row in table} == SEWN_EVERY
    assert {row["hendelsestype"]: row["rekkefolge"] for row in table} == dict(zip(SEWN_EVERY, (1, 2, 3), strict=True))


def test_oppsplittinger_sammensyinger(register: Connection) -> None:
    table = view(register, "oppsplittinger_sammensyinger")
    assert by(table, "aargang", "hendelsestype") == of_codes(register, SPLIT_OR_SEWN)
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


def test_tilganger_avganger(register: Connection) -> None:
    expected = counted(
        register,
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
    assert by(view(register, "tilganger_avganger"), "aar", "retning", "status") == expected
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


# Status control


def test_asok_status(register: Connection) -> None:
    table = view(register, "asok_status")
    records: Counter[tuple[int, str]] = Counter()
    given: Counter[tuple[int, str]] = Counter()
    found = counted(
        register,
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
    rules = {row["status"]: row for row in view(register, "statuskode")}
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


# Codes


def test_kodebruk(register: Connection) -> None:
    known = {(row["variabel"], row["verdi"]) for row in view(register, "kjent_kode")}
    count: Counter[tuple[int, str, str]] = Counter()
    first: dict[tuple[int, str, str], date] = {}
    for row in rows(
        register,
        "SELECT aargang, mnddato, hovedarbstat, tiltak, ytelse, as_gr FROM trygdfob.miniregister ORDER BY mnddato",
    ):
        for variable in ("hovedarbstat", "tiltak", "ytelse", "as_gr"):
            if row[variable] is not None:
                key = row["aargang"], variable, row[variable]
                count[key] += 1
                first.setdefault(key, row["mnddato"])
    table = view(register, "kodebruk")
    assert by(table, "aargang", "variabel", "verdi") == count
    for row in table:
        year, variable, code = row["aargang"], row["variabel"], row["verdi"]
        assert row["foerste_maaned"] == first[year, variable, code]
        assert row["i_kodeliste"] == ((variable, code) in known)
        assert row["ny"] == (year > 2001 and not any((y, variable, code) in count for y in range(2001, year)))
        assert row["antall_aaret_foer"] == (None if year == 2001 else count.get((year - 1, variable, code), 0))
    assert any(row["ny"] for row in table)


def test_kodebruk_by_hand(sums: Connection) -> None:
    miniregister_tall(
        sums,
        (2001, date(2001, 1, 1), "1", "PE", 4),
        (2001, date(2001, 2, 1), "1", "BO", 5),
        (2002, date(2002, 2, 1), "1", "PE", 6),
        (2003, date(2003, 2, 1), "1", "BO", 7),
        (2003, date(2003, 4, 1), "1", "NYTT", 8),
        (2003, date(2003, 3, 1), "2", "NYTT", 9),
        (2003, date(2003, 3, 1), "1", None, 10),
    )
    assert {tuple(row.values()) for row in view(sums, "kodebruk")} == {
        (2001, "tiltak", "PE", 4, date(2001, 1, 1), True, False, None, None),
        (2001, "tiltak", "BO", 5, date(2001, 2, 1), False, False, None, CODES_CHANGE),  # before the list begins
        (2002, "tiltak", "PE", 6, date(2002, 2, 1), True, False, 4, None),
        (2003, "tiltak", "BO", 7, date(2003, 2, 1), False, False, 0, None),  # an earlier year has it: not new
        (2003, "tiltak", "NYTT", 17, date(2003, 3, 1), False, True, 0, None),
    }


def test_known_breaks_explain_codes(sums: Connection) -> None:
    """A listed code that is new from the break on; a two-character activity from before the list. Nothing else."""
    september, october = date(2002, 9, 1), date(2002, 10, 1)
    miniregister_tall(
        sums,
        (2001, date(2001, 1, 1), "1", "PE", 4),
        (2001, date(2001, 1, 1), "1", "A1", 4),
        (2001, date(2001, 1, 1), "1", "A1B", 4),
        (2002, september, "1", "B2", 4),
        (2002, september, "1", "A1", 4),
        (2002, september, "1", "AMO", 4),
        (2002, october, "1", "AMO", 4),
        (2002, october, "1", "IT", 4),
        (2002, september, "1", "NYTT", 4),
        (2002, october, "1", "NYTT2", 4),
        (2003, date(2003, 1, 1), "1", "ETAB", 4),
        (2003, date(2003, 1, 1), "1", "A1", 4),
    )
    found = {(row["aargang"], row["verdi"]): row["kjent_brudd"] for row in view(sums, "kodebruk")}
    assert {key for key, day in found.items() if day} == {(2001, "A1"), (2002, "A1"), (2002, "B2"), (2002, "IT")}
    assert set(found.values()) == {None, CODES_CHANGE}


# Lengths


Spells = dict[tuple[int, str | None], list[int]]


def spells(register: Connection) -> tuple[Spells, Spells, Spells]:
    """Lengths by year and group (None: main spells), from F_ARBSOK alone: of the spells that the year's load ended,
    with a beginning that is known or not, and of those that it left running."""
    ends: dict[int, date] = dict(
        register.execute("SELECT aargang, max(dagdato) FROM trygdfob.maanedsfil GROUP BY 1").fetchall()
    )
    opened: dict[Any, dict[str, Any]] = {}
    closed: dict[Any, tuple[int, date]] = {}
    for row in rows(register, "SELECT * FROM trygdfob.f_arbsok"):
        main, group = (row["fnr"], row["tilgdato"], None), (row["fnr"], row["asoktilg"], row["hoved"])
        if row["kode"] in "139":
            opened[group] = row
            if row["regdato"] == row["tilgdato"]:
                opened[main] = row
        if row["kode"] == "0":
            closed[group] = row["aargang"], row["asokavg"]
            if row["avgdato"]:
                closed[main] = row["aargang"], row["avgdato"]
    known, censored, running = defaultdict(list), defaultdict(list), defaultdict(list)
    for key, row in opened.items():
        _, begin, hoved = key
        year, end = closed.get(key, (9999, date.max))
        if year != 9999:
            (known if row["kode"] == "1" else censored)[year, hoved].append((end - begin).days + 1)
        for at in YEARS:
            if row["aargang"] <= at < year and row["kode"] == "1":
                running[at, hoved].append((ends[at] - begin).days + 1)
            elif row["aargang"] <= at < year:
                running[at, hoved].append(-1)  # runs, and from when is not known
    return known, censored, running


def test_varighet_kontroll(register: Connection) -> None:
    known, censored, running = spells(register)
    table = view(register, "varighet_kontroll")
    keys = {(row["aargang"], row["hoved"]) for row in table}
    assert keys == set(known) | set(censored) | set(running)
    assert len(keys) == len(table)
    assert {None, "1", "5"} <= {hoved for _, hoved in keys}
    assert sum(map(len, censored.values())) > 50
    for row in table:
        key = row["aargang"], row["hoved"]
        quartiles = [
            int(np.percentile(known[key], q, method="inverted_cdf")) if known[key] else None for q in (25, 50, 75)
        ]
        assert [row["kvartil_1"], row["median"], row["kvartil_3"]] == quartiles
        assert (row["antall"], row["venstresensurerte"], row["lopende"]) == (
            len(known[key]), len(censored[key]), len(running[key]),
        )  # fmt: skip
    assert {row["gruppe"] for row in table if row["hoved"] is None} == {"Hele tilfellet"}


def test_overlevelse(register: Connection) -> None:
    """Kaplan and Meier's product, spell by spell."""
    known, _, running = spells(register)
    expected = {}
    for at, hoved in {key for key in known if key[1] in (None, "1", "2", "5")}:
        ended = [days for year in YEARS if year <= at for days in known[year, hoved]]
        censored = [days for days in running[at, hoved] if days > 0]
        share = 1.0
        for days in sorted(set(ended)):
            at_risk = sum(length >= days for length in ended + censored)
            share *= 1 - ended.count(days) / at_risk
            expected[at, hoved, days] = (at_risk, ended.count(days), share)
    found = {
        (row["aargang"], row["hoved"], row["dager"]): (row["i_risiko"], row["avsluttet"], float(row["andel"]))
        for row in view(register, "overlevelse")
        if row["hoved"] in (None, "1", "2", "5")
    }
    assert found.keys() == expected.keys()
    assert {2001, 2002, 2003} == {at for at, _, _ in found}
    for key, (at_risk, ended, share) in expected.items():
        assert found[key] == (at_risk, ended, pytest.approx(share, abs=1e-6))


def test_lengths_by_hand(sums: Connection) -> None:
    fill(
        sums,
        "varighet_tall",
        "aargang, hoved, dager, venstresensurert, avsluttet, antall",
        (2002, "5", 10, False, True, 2),
        (2002, "5", 20, False, False, 3),  # ended in 2003, and counted there
        (2002, "5", 99, True, True, 50),  # began nobody knows when: no length
        (2003, "5", 10, False, True, 1),
        (2003, "5", 20, False, False, 1),
        (2003, "5", 30, False, True, 1),
        (2003, "5", 30, False, False, 1),  # at risk when another one ends
        (2003, "5", 40, False, True, 2),
        (2003, "5", 99, True, False, 70),
        (2003, None, 5, True, True, 4),
    )
    assert [
        (row["aargang"], row["dager"], row["i_risiko"], row["avsluttet"], str(row["andel"]))
        for row in rows(sums, "SELECT * FROM arbsok.overlevelse ORDER BY aargang, hoved, dager")
    ] == [
        (2002, 10, 5, 2, "0.600000"),
        (2003, 10, 8, 3, "0.625000"),
        (2003, 30, 4, 1, "0.468750"),
        (2003, 40, 2, 2, "0"),
    ]
    table = {(row["aargang"], row["hoved"]): list(row.values())[3:] for row in view(sums, "varighet_kontroll")}
    assert table == {
        (2002, "5"): [2, 10, 10, 10, 50, 3],
        (2003, "5"): [4, 10, 30, 40, 0, 72],
        (2003, None): [0, None, None, None, 4, 0],
    }


# Stock and flow


def test_beholdning_maaned(register: Connection) -> None:
    expected = counted(
        register, "SELECT mnddato, aargang, dagdato, hoved, count(*) FROM trygdfob.miniregister GROUP BY 1, 2, 3, 4"
    )
    assert by(view(register, "beholdning_maaned"), "mnddato", "aargang", "dagdato", "hoved") == expected


def test_strom_maaned(register: Connection) -> None:
    flow: Counter[tuple[date, str | None, str | None]] = Counter()
    left: dict[tuple[str, date], str] = {}
    entered = []
    for row in rows(register, "SELECT * FROM trygdfob.f_arbsok WHERE kode IN ('0', '1')"):
        month = row["regdato"].replace(day=1)
        if row["kode"] == "0" and row["avgdato"]:
            flow[month, row["hoved"], None] += 1
        elif row["kode"] == "0":
            left[row["fnr"], row["asokavg"] + timedelta(days=1)] = row["hoved"]
        elif row["regdato"] == row["tilgdato"]:
            flow[month, None, row["hoved"]] += 1
        else:
            entered.append((row["fnr"], row["regdato"], row["hoved"]))
    for fnr, day, hoved in entered:
        flow[day.replace(day=1), left[fnr, day], hoved] += 1
    assert by(view(register, "strom_maaned"), "maaned", "fra_hoved", "til_hoved") == flow
    ways = {(fra is None, til is None) for _, fra, til in flow}
    assert ways == {(True, False), (False, True), (False, False)}


# What changed


def test_aarsendring(register: Connection) -> None:
    """Each measure is the figure of its own table, this year and the year before."""
    table = view(register, "aarsendring")
    assert {row["aargang"] for row in table} == {2002, 2003}
    found = {(row["aargang"], row["tema"], row["post"]): (row["forrige"], row["denne"]) for row in table}
    assert len(found) == len(table)
    figures: dict[tuple[str, str], dict[int, Any]] = defaultdict(dict)
    for row in view(register, "regnskap_aargang"):
        figures["Miniregister", "Leste records"][row["aargang"]] = row["lest"]
        figures["Miniregister", "Lagt til side, ugyldig fødselsnummer"][row["aargang"]] = row["ugyldig_fnr"]
        figures["Miniregister", "Lagt til side, dubletter"][row["aargang"]] = row["dublett"]
    for name, theme in (
        ("hendelser_konsistens", "Hendelser"),
        ("sammensyinger_13_uker", "Sammensyinger etter 13-ukersregelen"),
        ("oppsplittinger_sammensyinger", "Oppsplittinger og sammensyinger"),
    ):
        for row in view(register, name):
            figures[theme, row.get("hendelsestype") or row["tekst"]][row["aargang"]] = row["antall"]
    stock = counted(register, "SELECT aargang, hoved, count(*) FROM trygdfob.miniregister GROUP BY 1, 2")
    for row in view(register, "asok_kontroll"):
        figures["Personmåneder", row["gruppe"]][row["aargang"]] = stock.get((row["aargang"], row["hoved"]), 0)
    for row in view(register, "varighet_kontroll"):
        figures["Median varighet i dager", row["gruppe"]][row["aargang"]] = row["median"]
    for post, where in {
        "Tilganger": "kode = '1' AND regdato = tilgdato",
        "Avganger": "kode = '0' AND avgdato IS NOT NULL AND status NOT LIKE '_X%'",
        "Avsl (X)": "status LIKE '_X%'",
    }.items():
        query = f"SELECT aargang, count(*) FROM trygdfob.f_arbsok WHERE {where} GROUP BY 1"
        figures["Tilganger og avganger", post] = {year: n for (year,), n in counted(register, query).items()}
    for row in view(register, "kodebruk"):
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
        register,
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
        "INSERT INTO arbsok.dekning_regel (slag, navn, variabel, brudd, merknad)"
        " VALUES ('variabel', '*', 'hoved', %s, 'x')",
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


def test_norsk_tall(register: Connection) -> None:
    numbers = ("0", "7", "1234567", "999.5", "-1234.25", "0.05", "100.00")
    query = "SELECT arbsok.norsk_tall(tall) FROM unnest(%s::numeric[]) AS tall"
    assert [text for (text,) in register.execute(query, [list(numbers)])] == [
        "0", "7", "1 234 567", "999,5", "-1 234,25", "0,05", "100",
    ]  # fmt: skip
