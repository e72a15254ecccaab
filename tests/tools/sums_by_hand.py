"""A year's files and sums, made by hand, and what the year is then warned of."""

from datetime import date
from typing import Any

import psycopg
import pytest

from conftest import qualified

Connection = psycopg.Connection[Any]


def sums_of(connection: Connection, year: int, *months: dict[str, int]) -> None:
    """The year's files and sums, by hand: of each month, registrations by main group."""
    for number, groups in enumerate(months, start=1):
        file_of(connection, date(year, number, 1), i_miniregisteret=sum(groups.values()))
        for group, count in groups.items():
            connection.execute(
                "INSERT INTO arbsok_lasting.miniregister_tall (aargang, mnddato, hoved, mrk_fnr, antall)"
                " VALUES (%(year)s, make_date(%(year)s, %(month)s, 1), %(group)s, '0', %(count)s)",
                {"year": year, "month": number, "group": group, "count": count},
            )


def file_of(connection: Connection, month: date, **counts: int) -> None:
    """A month's file, and what it gave: nothing but what is said."""
    connection.execute(
        "INSERT INTO trygdfob.maanedsfil (mnddato, aargang, maaned, fil, bytes, sha256, antall)"
        " VALUES (%(month)s, %(year)s, %(number)s, %(file)s, 0, '', %(antall)s)",
        {
            "month": month,
            "year": month.year,
            "number": month.month,
            "file": f"arbsok_{month:%Y%m}.csv",
            "antall": counts.get("i_miniregisteret", 0),
        },
    )
    names = [
        *("tall_i_as_stat", "ugyldig_fnr", "dublett", "i_miniregisteret"),
        *("uten_henddato", "rettet_dagdato", "feil_i_fnr", "lengste_dager", "paa_lengste_dager"),
    ]
    connection.execute(
        f"INSERT INTO arbsok_lasting.maanedsfil_tall (mnddato, aargang, {', '.join(names)})"
        f" VALUES (%s, %s{', %s' * len(names)})",
        [month, month.year, *(counts.get(name, 0) for name in names)],
    )


def suspected(connection: Connection, year: int, control: str) -> dict[str, str]:
    """What the year is warned of: keys, in their order, and sentences."""
    query = "SELECT noekkel, detalj FROM kontroll.arbsok_aargang_mistenkelig(%s) WHERE kontroll = %s ORDER BY noekkel"
    return dict(connection.execute(query, [year, control]).fetchall())


@pytest.fixture
def no_sums(sound: Connection) -> Connection:
    """No files of the years, and no sums."""
    for table in ("miniregister_tall", "registrering_tall", "maanedsfil_tall", "maanedsfil"):
        sound.execute(f"DELETE FROM {qualified(table)}")
    return sound
