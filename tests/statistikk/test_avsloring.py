"""A month as the database makes it, attacked: as it is, and with what others publish exactly (spec.md 10)."""

from collections import defaultdict
from datetime import date
from typing import Any

import pytest
from fdtrygd import statistikk
from fdtrygd.errors import UserError
from fdtrygd.statistikk import attack

from counting import Connection, figures, make, persons, publish, stored_base

MONTH = "2003M04"


def verdict(connection: Connection, period: str = MONTH) -> Any:
    ((_, found),) = statistikk.audit(connection, period)
    return found


def exact(connection: Connection, version: int, table: str, by: str, where: str = "true") -> None:
    """Somebody else publishes the table's cells, and exactly: what `offisiell_celle` has."""
    connection.execute(
        "INSERT INTO statistikk.offisiell_celle (kilde, tabell, periode, koder, verdi)"
        f" SELECT 'elsewhere', %s, %s, ARRAY[{by}], sum(antall) FROM statistikk.grunnlag"
        f" WHERE versjon = %s AND {where} GROUP BY {by}",
        [table, MONTH, version],
    )


def test_a_month_discloses_nobody(counting: Connection) -> None:
    version = make(counting, MONTH).version.id
    found = verdict(counting)
    assert found.small > 50
    assert (found.disclosed, found.known_small, found.apart) == (0, 0, 0)
    assert counting.execute(
        "SELECT smaa, avslort, kjent_liten FROM statistikk.avsloringskontroll WHERE versjon = %s", [version]
    ).fetchall() == [(found.small, 0, 0)]


def test_an_attack_that_fails_where_it_must_not_says_nothing(
    counting: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(counting, MONTH)
    monkeypatch.setattr(attack.yardstick, "DISCLOSED", 132)
    with pytest.raises(UserError, match="found 131 of 163"):
        verdict(counting)
    assert counting.execute("SELECT count(*) FROM statistikk.avsloringskontroll").fetchall() == [(0,)]


def test_what_others_publish_exactly_is_given_to_the_attacker(counting: Connection) -> None:
    """Exact kommune × sex: what stands there is apart, and ages and durations of the same persons come closer."""
    version = make(counting, MONTH).version.id
    alone = verdict(counting)
    exact(counting, version, "ledige_kommune_kjonn", "kommune, kjonn", "lag = 'helt_ledige'")
    found = verdict(counting)
    assert found.apart > 0
    assert found.small + found.apart == alone.small
    assert found.result["exact"] > 10


def test_figures_that_no_base_fits_are_a_sentence(counting: Connection) -> None:
    version = make(counting, MONTH).version.id
    exact(counting, version, "ledige_kommune_kjonn", "kommune, kjonn", "lag = 'helt_ledige'")
    counting.execute("UPDATE statistikk.offisiell_celle SET verdi = verdi + 1000")
    with pytest.raises(UserError, match="No base fits"):
        verdict(counting)


def test_the_tables_show_no_small_base_cell_and_no_true_nil(counting: Connection) -> None:
    """R4 and V11: a cell in which one base cell stands shows 0 or 3 of its 1 or 2, and a nil looks like a 0."""
    version = make(counting, MONTH).version.id
    shown = figures(counting, version)
    assert not {figure for figure in shown.values() if isinstance(figure, str)} - {".", ".."}
    assert {1, 2}.isdisjoint(shown.values())
    nils = [key for key, figure in shown.items() if figure == 0]
    of_kommuner: dict[tuple[str, str], int] = defaultdict(int)
    for p in persons(counting, date(2003, 4, 1)):
        if p.hoved == "1":
            of_kommuner[p.kommune, p.kjonn] += 1
    in_kommuner = [key for key in nils if key[0] == "ledige_kommune_kjonn" and "T" not in key]
    assert len(in_kommuner) > 0
    assert any(of_kommuner[key[1], key[2]] == 0 for key in in_kommuner)


def test_the_choice_hangs_on_the_key(counting: Connection) -> None:
    """R3: the same rows give the same choice, and another key another one."""
    first = stored_base(counting, make(counting, MONTH).version.id)
    assert stored_base(counting, make(counting, MONTH).version.id) == first
    counting.execute("UPDATE statistikk.avrundingsnokkel SET nokkel = repeat('5', 64)")
    other = stored_base(counting, make(counting, MONTH).version.id)
    small = [cell for cell, (count, _) in first.items() if count < 3]
    changed = sum(first[cell] != other[cell] for cell in small)
    assert 0.1 * len(small) < changed < 0.9 * len(small)


def test_a_correction_says_no_more_of_what_did_not_change(counting: Connection) -> None:
    """R5, with R9 and another key: what the first version shows is what counts."""
    first = publish(counting, MONTH).version.id
    counting.execute("UPDATE statistikk.avrundingsnokkel SET nokkel = repeat('5', 64)")
    second = make(counting, MONTH, "Ny nøkkel").version.id
    assert stored_base(counting, second) == stored_base(counting, first)


def test_the_base_of_every_table_is_one(counting: Connection) -> None:
    """R1: bands of two tables that overlap cut one base: no cell of it stands in two classes of any grouping."""
    version = make(counting, MONTH).version.id
    ages = {
        row[0] for row in counting.execute("SELECT DISTINCT alder FROM statistikk.grunnlag WHERE alder IS NOT NULL")
    }
    assert {0, 25, 30, 40, 50, 60} <= ages
    twice = counting.execute(
        "SELECT g.celle, k.gruppering FROM statistikk.grunnlag AS g JOIN statistikk.kategori AS k"
        " ON k.kjennemerke = 'alder' AND g.alder >= k.fra AND (g.alder <= k.til OR k.til IS NULL)"
        " WHERE g.versjon = %s GROUP BY g.celle, k.gruppering HAVING count(*) <> 1",
        [version],
    ).fetchall()
    assert twice == []
