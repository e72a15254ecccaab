"""Codes in use, lengths of spells, stock and flow by month, counted from the tables themselves (spec.md 6)."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from damages import YEARS
from tables import (
    CODES_CHANGE,
    Connection,
    by,
    counted,
    fill,
    miniregister_tall,
    rows,
    view,
)


def test_kodebruk(sound: Connection) -> None:
    known = {(row["variabel"], row["verdi"]) for row in view(sound, "kjent_kode")}
    count: Counter[tuple[int, str, str]] = Counter()
    first: dict[tuple[int, str, str], date] = {}
    for row in rows(
        sound,
        "SELECT aargang, mnddato, hovedarbstat, tiltak, ytelse, as_gr FROM trygdfob.miniregister ORDER BY mnddato",
    ):
        for variable in ("hovedarbstat", "tiltak", "ytelse", "as_gr"):
            if row[variable] is not None:
                key = row["aargang"], variable, row[variable]
                count[key] += 1
                first.setdefault(key, row["mnddato"])
    table = view(sound, "kodebruk")
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


Spells = dict[tuple[int, str | None], list[int]]


def spells(sound: Connection) -> tuple[Spells, Spells, Spells]:
    """Lengths by year and group (None: main spells), from F_ARBSOK alone: of the spells that the year's load ended,
    with a beginning that is known or not, and of those that it left running."""
    ends: dict[int, date] = dict(
        sound.execute("SELECT aargang, max(dagdato) FROM trygdfob.maanedsfil GROUP BY 1").fetchall()
    )
    opened: dict[Any, dict[str, Any]] = {}
    closed: dict[Any, tuple[int, date]] = {}
    for row in rows(sound, "SELECT * FROM trygdfob.f_arbsok"):
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


def test_varighet_kontroll(sound: Connection) -> None:
    known, censored, running = spells(sound)
    table = view(sound, "varighet_kontroll")
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


def test_overlevelse(sound: Connection) -> None:
    """Kaplan and Meier's product, spell by spell."""
    known, _, running = spells(sound)
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
        for row in view(sound, "overlevelse")
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


def test_beholdning_maaned(sound: Connection) -> None:
    expected = counted(
        sound, "SELECT mnddato, aargang, dagdato, hoved, count(*) FROM trygdfob.miniregister GROUP BY 1, 2, 3, 4"
    )
    assert by(view(sound, "beholdning_maaned"), "mnddato", "aargang", "dagdato", "hoved") == expected


def test_strom_maaned(sound: Connection) -> None:
    flow: Counter[tuple[date, str | None, str | None]] = Counter()
    left: dict[tuple[str, date], str] = {}
    entered = []
    for row in rows(sound, "SELECT * FROM trygdfob.f_arbsok WHERE kode IN ('0', '1')"):
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
    assert by(view(sound, "strom_maaned"), "maaned", "fra_hoved", "til_hoved") == flow
    ways = {(fra is None, til is None) for _, fra, til in flow}
    assert ways == {(True, False), (False, True), (False, False)}
