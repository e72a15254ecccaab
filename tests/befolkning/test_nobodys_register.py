"""The register of nobody is one that the product takes, and its persons are those of the sample."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from fdtrygd import befolkning, statistikk, synthetic
from fdtrygd.db import database, locks

Connection = psycopg.Connection[Any]


@pytest.fixture(scope="module")
def nobodys(sample_address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Connection, Any]]:
    """The sample with its register, and what was told of that; undone at the end."""
    folder = tmp_path_factory.mktemp("nobody")
    synthetic.make(folder / "months")
    synthetic.make_register(folder / "register", folder / "months")
    with psycopg.connect(sample_address) as connection, connection.transaction(force_rollback=True):
        yield connection, befolkning.load(connection, folder / "register")


def test_only_the_contradictions_are_set_aside(nobodys: tuple[Connection, befolkning.Loaded]) -> None:
    _, done = nobodys
    assert done.counts["satt_til_side"] == {
        "bosted_overlapper": 1, "status_overlapper": 1, "bosted_etter_dod": 1, "sirkel": 2, "to_gjeldende": 3,
    }  # fmt: skip
    for finding in ("nummer_kjonn", "nummer_fodselsdato", "lenket_ulik"):
        assert 0 < done.counts["funn"][finding] < 0.002 * done.counts["personer"], finding


def test_what_the_records_get(nobodys: tuple[Connection, befolkning.Loaded]) -> None:
    """Everything that can happen has happened to somebody, and to few; hardly a kommune has nobody."""
    connection, _ = nobodys
    why: Counter[str] = Counter()
    months = connection.execute("SELECT mnddato FROM trygdfob.maanedsfil ORDER BY 1").fetchall()
    for (month,) in months:
        made = database.scalar(connection, "SELECT befolkning.lag_kjennemerker(%s)", month)
        row = connection.execute("SELECT antall, tall FROM befolkning.kjennemerkesett WHERE sett = %s", [made])
        ((number, tall),) = row.fetchall()
        why += Counter(records=number, **tall)
    assert len(months) == 60
    share = {reason: count / why["records"] for reason, count in why.items()}
    assert 0.97 < share["bosatt"] < 0.995
    assert 0.45 < share["kvinner"] < 0.55
    for few in ("ikke_i_register", "ikke_bosatt", "uten_bosted", "dod", "ugyldig_fnr", "annet_nummer", "delt_kommune"):
        assert 0 < share[few] < 0.01, few
    assert "under_15" not in share
    kommuner = database.scalar(connection, "SELECT count(DISTINCT kommune) FROM befolkning.kjennemerke")
    assert kommuner > 420


def test_a_month_in_a_later_division(nobodys: tuple[Connection, befolkning.Loaded]) -> None:
    """Its statistics hold what they promise; what comes out of the two splits of 2004 has no figures before."""
    connection, _ = nobodys
    with connection.transaction(force_rollback=True), locks.alone(connection):
        connection.execute("UPDATE statistikk.pakke SET inndeling = '2006-01-31'")
        (done,) = statistikk.make(connection, "2003M12")
        assert [control.details for control in done.controls if control.is_error] == []
        without = connection.execute(
            "SELECT koder[1] FROM statistikk.celle WHERE versjon = %s AND tabell = 'ledige_kommune_kjonn'"
            " AND koder[2] = 'T' AND symbol = '..' ORDER BY 1",
            [done.version.id],
        ).fetchall()
    assert [code for (code,) in without] == ["0925", "0926", "1625", "1626"]
