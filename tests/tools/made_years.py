"""A register that says it is loaded, without records: for what asks no more of it than how far it is final."""

from fdtrygd.db.database import Connection


def say_loaded(connection: Connection, year: int = 2005) -> None:
    """The year, of synthetic files, is loaded, and its last extraction was on 30 December."""
    connection.execute(
        "INSERT INTO trygdfob.lastet_aargang (aargang, syntetisk, lasting) VALUES (%s, true, %s)",
        [year, year * 100 + 1],
    )
    connection.execute(
        "INSERT INTO trygdfob.maanedsfil (mnddato, aargang, maaned, fil, bytes, sha256, antall, dagdato)"
        " VALUES (make_date(%s, 12, 1), %s, 12, 'arbsok.csv', 1, '', 1, make_date(%s, 12, 30))",
        [year, year, year],
    )
