"""Unloading gives back exactly the state before, row by row, and loading again gives the same rows (spec.md 5.7)."""

from pathlib import Path
from typing import Any

import psycopg
import pytest
from fdtrygd import files as month_files
from fdtrygd import lasting, synthetic
from fdtrygd.db import database
from fdtrygd.errors import UserError
from hypothesis import HealthCheck, Phase, given, settings

from conftest import Register, Silent, offending
from contents import CLOCK, LOG, fingerprint
from strategies import PERSONS, registers

Connection = psycopg.Connection[Any]
YEARS = (2001, 2002, 2003)


def state(connection: Connection) -> dict[str, tuple[int, str]]:
    """Every row of every table but the run log's, without the time of loading."""
    return fingerprint(connection, without=CLOCK, but=LOG)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Any]:
    """Three years of synthetic month files."""
    path = tmp_path_factory.mktemp("sample") / "files"
    synthetic.make(path, last=(2003, 12), persons=120)
    return month_files.find_month_files(path)


def load(connection: Connection, year: int, sample: dict[int, Any]) -> None:
    lasting.load_year(connection, year, sample[year], synthetic=True, progress=Silent())


def test_synthetic_years(postgresql: Connection, sample: dict[int, Any]) -> None:
    before, after = {}, {}
    for year in YEARS:
        before[year] = state(postgresql)
        load(postgresql, year, sample)
        after[year] = state(postgresql)
    assert before[2002] == after[2001]
    assert len({str(after[year]["f_arbsok"]) for year in YEARS}) == len(YEARS)

    for year in reversed(YEARS):
        for other in {*YEARS, 2000, 2004} - {year}:
            with pytest.raises(UserError, match=str(other)):
                lasting.unload_year(postgresql, other)
        assert state(postgresql) == after[year]
        records = database.scalar(postgresql, "SELECT count(*) FROM trygdfob.f_arbsok WHERE aargang = %s", year)
        assert lasting.unload_year(postgresql, year) == records
        assert state(postgresql) == before[year], year
        assert offending(postgresql) == {}
    with pytest.raises(UserError, match="no year is loaded"):
        lasting.unload_year(postgresql, 2001)

    for year in YEARS:
        load(postgresql, year, sample)
        assert state(postgresql) == after[year], year
    log = postgresql.execute("SELECT handling, aargang FROM trygdfob.kjorelogg ORDER BY kjoring").fetchall()
    up, down = [("load", year) for year in YEARS], [("unload", year) for year in reversed(YEARS)]
    assert log == up + down + up


def test_the_last_year_again_and_again(postgresql: Connection, sample: dict[int, Any]) -> None:
    """The year is taken back from the middle of the work, not only from its end."""
    load(postgresql, 2001, sample)
    load(postgresql, 2002, sample)
    twice = state(postgresql)
    for _ in range(2):
        lasting.unload_year(postgresql, 2002)
        load(postgresql, 2002, sample)
        assert state(postgresql) == twice
    load(postgresql, 2003, sample)
    lasting.unload_year(postgresql, 2003)
    assert state(postgresql) == twice


def test_refused_unload_leaves_no_trace(postgresql: Connection, sample: dict[int, Any]) -> None:
    load(postgresql, 2001, sample)
    load(postgresql, 2002, sample)
    before = fingerprint(postgresql)
    for year, words in {
        2001: "2001 cannot be unloaded before the years after it.*unload-year YEAR=2002",
        2003: "2003 is not loaded.*unload-year YEAR=2002",
        1999: "1999 is not loaded",
    }.items():
        with pytest.raises(UserError, match=words):
            lasting.unload_year(postgresql, year)
    assert fingerprint(postgresql) == before


def test_files_that_are_gone(postgresql: Connection, sample: dict[int, Any], tmp_path: Path) -> None:
    """Unloading needs no month files."""
    synthetic.make(tmp_path / "files", last=(2001, 12), persons=20)
    before = state(postgresql)
    files = month_files.find_month_files(tmp_path / "files")[2001]
    lasting.load_year(postgresql, 2001, files, synthetic=True, progress=Silent())
    for file in files.values():
        file.path.unlink()
    lasting.unload_year(postgresql, 2001)
    assert state(postgresql) == before


@settings(
    max_examples=4,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
@given(generated=registers(persons=len(PERSONS)))
def test_any_register(postgresql: Connection, generated: Any) -> None:
    choices, years = generated
    register = Register(postgresql)
    postgresql.rollback()
    database.prepare(postgresql, 1)
    postgresql.commit()  # else the settings would end with the first example
    postgresql.execute(
        "UPDATE trygdfob.innstilling SET serie_start = %s, sammensying_dager = %s, avslutning_dager = %s,"
        " testnumre = %s",
        [choices.serie_start, choices.sammensying_dager, choices.avslutning_dager, choices.testnumre],
    )
    before, after = {}, {}
    for year in sorted(years):
        before[year] = state(postgresql)
        register.load_year(year, years[year])
        after[year] = state(postgresql)
    for year in sorted(years, reverse=True):
        postgresql.execute("SELECT arbsok_lasting.ta_tilbake_aargang(%s)", [year])
        assert state(postgresql) == before[year], year
    for year in sorted(years):
        register.load_year(year, years[year])
        assert state(postgresql) == after[year], year
    postgresql.rollback()
