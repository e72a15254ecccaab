"""Figures that others have published, from a CSV file in the form that publishing writes (spec.md 10, V15)."""

from dataclasses import dataclass
from pathlib import Path

from fdtrygd import files
from fdtrygd.db.database import Connection, scalar
from fdtrygd.errors import Change


@dataclass(frozen=True)
class Taken:
    """What a file had, and how much of the same source it took the place of."""

    cells: int
    periods: int
    replaced: int


def take_in(connection: Connection, path: Path, source: str) -> Taken:
    """Takes in the file, which is named after its table; UserError where something is wrong, and nothing is changed."""
    file, table = files.File(path), path.stem
    with Change("the figures are taken in").transaction(connection):
        columns: list[str] = scalar(connection, "SELECT statistikk.begynn_offisielle(%s, %s)", table, file.name)
        files.copy_file(connection, file, "pg_temp.offisielle", tuple(columns))
        row = connection.execute(
            "SELECT celler, perioder, erstattet FROM statistikk.ta_inn_offisielle(%s, %s, %s)",
            [table, source, file.name],
        ).fetchone()
    assert row
    return Taken(*row)
