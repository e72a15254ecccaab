"""What a file is judged by: the rules take care of each record, somebody must see how many they are (spec.md 5)."""

from datetime import date
from typing import Any

import pytest

from contents import fingerprint
from damages import FILLED_IN, Connection
from sums_by_hand import file_of, sums_of, suspected

#: What a file is warned of: the control, its count, the count that goes with it and is not warned of
JUDGED = {
    "mange_uten_dager": "uten_henddato",
    "mange_ugyldige_fnr": "ugyldig_fnr",
    "mange_dubletter": "dublett",
    "mange_rettede_datoer": "rettet_dagdato",
    "mange_feil_i_fnr": "feil_i_fnr",
}


@pytest.mark.parametrize(
    ("control", "column", "count", "of", "warned"),
    [
        (control, column, *case)
        for control, column in JUDGED.items()
        # More than one per cent, and at least five
        for case in ((10, 1000, False), (11, 1000, True), (4, 100, False), (5, 100, True))
    ]
    + [("mange_tall_i_as_stat", "tall_i_as_stat", *case) for case in ((0, 1000, False), (1, 100_000, True))]
    + [
        ("mange_like_dager", "paa_lengste_dager", *case)
        for case in ((50, 1000, False), (51, 1000, True), (24, 100, False), (25, 100, True))
    ],
)
def test_a_file_is_judged(no_sums: Connection, control: str, column: str, count: int, of: int, warned: bool) -> None:
    """By a share and by a smallest number; the sentence says how many of how many."""
    file_of(no_sums, date(2002, 5, 1), i_miniregisteret=of, **{column: count})
    found = suspected(no_sums, 2002, control)
    assert list(found) == ["2002-05"] * warned
    if warned:
        assert found["2002-05"].startswith(f"arbsok_200205.csv: {count} of {of} records ")
        assert "make unload-year YEAR=2002" in found["2002-05"]


@pytest.mark.parametrize(
    ("count", "of", "warned"), [(10, 1000, False), (11, 1000, True), (4, 99, False), (5, 99, True)]
)
def test_rejected_registrations(no_sums: Connection, count: int, of: int, warned: bool) -> None:
    """Of those from the start of the series on."""
    sums_of(no_sums, 2002, {"1": of})
    for outcome, number in (("foer_start", 100_000), ("bekreftet", of - count), ("vraket", count)):
        no_sums.execute(
            "INSERT INTO arbsok_lasting.registrering_tall (aargang, mnddato, utfall, antall)"
            " VALUES (2002, '2002-01-01', %s, %s)",
            [outcome, number],
        )
    found = suspected(no_sums, 2002, "mange_vrakede")
    assert list(found) == ["2002-01"] * warned
    if warned:
        assert found["2002-01"].startswith(f"arbsok_200201.csv: {count} of {of} registrations rejected")


def test_the_largest_number_of_days(sound: Connection) -> None:
    """What more than a hundredth of the records reach: strays above it hide nothing; no days do not count."""

    def counted(*groups: tuple[int | None, int]) -> tuple[Any, ...]:
        rows = ", ".join(f"({'NULL' if days is None else days}::integer, {count})" for days, count in groups)
        return (
            sound.execute(
                "SELECT i_miniregisteret, uten_henddato, lengste_dager, paa_lengste_dager"
                " FROM arbsok_lasting.maanedens_tall(%s)",
                [
                    "(SELECT d.dager AS ant_d_as_n, NULL::integer AS mrk_dl, '0' AS mrk_fnr"
                    f" FROM (VALUES {rows}) AS d (dager, antall), generate_series(1, d.antall))"
                ],
            ).fetchone()
            or ()
        )

    assert counted((365, 50), (10, 950)) == (1000, 0, 365, 50)
    assert counted((99999, 1), (400, 9), (365, 50), (10, 940)) == (1000, 0, 365, 50)
    assert counted((400, 11), (365, 50), (10, 939)) == (1000, 0, 400, 11)
    assert counted((None, 9000), (99999, 10), (365, 50), (10, 940)) == (10_000, 9000, 365, 50)
    assert counted((7, 3), (5, 2)) == (5, 0, 7, 3)
    assert counted((None, 3)) == (3, 3, None, 0)


def test_what_files_gave_is_counted_alike_by_load_and_upgrade(sound: Connection) -> None:
    """A year that was loaded before there was a table of it gets the same row; so the same is warned of."""
    by_load = fingerprint(sound)["maanedsfil_tall"]
    assert by_load[0] == 36
    sound.execute("DELETE FROM arbsok_lasting.maanedsfil_tall WHERE aargang > 2001")
    sound.execute(FILLED_IN)
    assert fingerprint(sound)["maanedsfil_tall"] == by_load


def test_gone_for_one_month_is_counted_by_month(sound: Connection) -> None:
    """Registered two months before and not in the month between, whatever the year: nobody else."""
    expected = sound.execute(
        "WITH dag AS (SELECT fnr, mnddato, mnddato >= '2001-05-01' AS fra_start FROM trygdfob.miniregister)"
        " SELECT d.mnddato, count(*) FROM dag AS d JOIN dag AS b ON b.fnr = d.fnr"
        " AND b.mnddato = d.mnddato - interval '2 months' AND b.fra_start = d.fra_start"
        " WHERE NOT EXISTS (SELECT FROM dag AS m"
        " WHERE m.fnr = d.fnr AND m.mnddato = d.mnddato - interval '1 month') GROUP BY 1 ORDER BY 1"
    ).fetchall()
    assert len(expected) > 12
    counted = (
        "SELECT mnddato, sum(antall) FROM arbsok_lasting.registrering_tall WHERE en_maaned_borte GROUP BY 1 ORDER BY 1"
    )
    assert sound.execute(counted).fetchall() == expected
