"""Thresholds: those of one's own hold, and a share is at most all."""

from typing import Any

import psycopg
from fdtrygd.db import installation

from conftest import address
from damages import Connection


def test_thresholds_of_one_s_own(postgresql: Connection) -> None:
    """They hold instead of the product's, also after an upgrade, which puts back what the product has."""

    def holds() -> Any:
        row = postgresql.execute(
            "SELECT gjelder_prosent, gjelder_minst FROM trygdfob.terskel WHERE navn = 'mange_dubletter'"
        ).fetchone()
        postgresql.commit()
        return row

    assert holds() == (1, 5)
    postgresql.execute(
        "UPDATE trygdfob.terskel SET egen_prosent = 3, prosent = 2, minst = 7 WHERE navn = 'mange_dubletter'"
    )
    postgresql.execute("INSERT INTO trygdfob.terskel (navn, prosent, minst, merknad) VALUES ('en_gammel', 1, 1, '')")
    postgresql.execute("UPDATE trygdfob.objektversjon SET digest = ''")
    assert holds() == (3, 7)
    installation.upgrade(address(postgresql))
    assert holds() == (3, 5)
    postgresql.execute("UPDATE trygdfob.terskel SET egen_prosent = NULL")
    assert holds() == (1, 5)
    assert not postgresql.execute("SELECT FROM trygdfob.terskel WHERE navn = 'en_gammel'").fetchall()


def test_a_share_is_at_most_all(postgresql: Connection) -> None:
    """What moves against the year before may move by more than all of it."""
    names = [name for (name,) in postgresql.execute("SELECT navn FROM trygdfob.terskel ORDER BY 1").fetchall()]
    refused = []
    for name in names:
        try:
            with postgresql.transaction():
                postgresql.execute("UPDATE trygdfob.terskel SET egen_prosent = 100.1 WHERE navn = %s", [name])
        except psycopg.errors.CheckViolation as error:
            refused.append((name, error.diag.constraint_name))
    shares = [name for name in names if not name.startswith("aarsendring_") or name == "aarsendring_ung_serie"]
    assert refused == [(name, "terskel_egen_prosent_er_en_andel") for name in shares]
    postgresql.execute("UPDATE trygdfob.terskel SET egen_prosent = 100")
