"""The database against the record-by-record reference, over histories that hypothesis makes (spec.md 5.6)."""

import os
from pathlib import Path
from typing import Any

import psycopg
from fdtrygd import lasting, synthetic
from fdtrygd.files import find_month_files
from hypothesis import HealthCheck, given, settings

from both_sides import compared, unexplained
from conftest import Register, Silent
from folders import read_raw
from reference import Register as Reference
from reference import Settings
from strategies import PERSONS, Employment, employments, registers

TABLES = {
    "f_arbsok": ("fnr", "regdato", "kode"),
    "vrak_arbsok": ("fnr", "dagdato"),
    "miniregister": ("fnr", "dagdato"),
}


def content(rows: list[Any], key: tuple[str, ...]) -> list[dict[str, Any]]:
    return sorted((dict(row) for row in rows), key=lambda row: tuple(row[column] for column in key))


def aside(rows: list[Any]) -> list[tuple[Any, ...]]:
    """What is set aside, but for which of two equal records it was."""
    return sorted((row["mnddato"], row["grunn"], (row["fnr"] or "").strip()) for row in rows)


@settings(
    max_examples=int(os.environ.get("FDTRYGD_ORACLE_EXAMPLES", "25")),
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
@given(generated=registers(persons=len(PERSONS)), employed=employments())
def test_equals_the_reference(shared: psycopg.Connection[Any], generated: Any, employed: list[Employment]) -> None:
    choices, years = generated
    reference, register = Reference(choices, sysselsetting=employed), Register(shared)
    shared.rollback()
    for row in employed:
        shared.execute("INSERT INTO trygdfob.sysselsetting (fnr, fradato, tildato) VALUES (%s, %s, %s)", row)
    shared.execute(
        "UPDATE trygdfob.innstilling SET serie_start = %s, sammensying_dager = %s, avslutning_dager = %s,"
        " testnumre = %s",
        [choices.serie_start, choices.sammensying_dager, choices.avslutning_dager, choices.testnumre],
    )
    for aargang in sorted(years):
        reference.load_year(aargang, years[aargang])
        register.load_year(aargang, years[aargang])
        for table, key in TABLES.items():
            expected = content(getattr(reference, table), key)
            assert content(getattr(register, table)(), key) == expected, f"{table} after {aargang}"
        kept = register.rows("SELECT * FROM trygdfob.lagt_til_side")
        assert aside(kept) == aside(reference.lagt_til_side)
    assert register.offending() == {}
    assert unexplained(compared(shared)) == []


def test_the_sample_equals_the_reference(postgresql: psycopg.Connection[Any], tmp_path: Path) -> None:
    """Five years of the synthetic sample, smaller, from files on disk: every column of every table."""
    persons = int(os.environ.get("FDTRYGD_ORACLE_PERSONS", "400"))
    synthetic.make(tmp_path, persons=persons, seed=11)
    postgresql.autocommit = True
    reference, register = Reference(Settings(testnumre=True)), Register(postgresql)
    files = find_month_files(tmp_path)
    for year in files:
        reference.load_year(year, read_raw(tmp_path, year))
        lasting.load_year(postgresql, year, files[year], synthetic=True, progress=Silent())
    for table, key in TABLES.items():
        assert content(getattr(register, table)(), key) == content(getattr(reference, table), key), table
    assert aside(register.rows("SELECT * FROM trygdfob.lagt_til_side")) == aside(reference.lagt_til_side)
    assert register.offending() == {}
