"""F_ARBSOK and the miniregister side by side on each extraction date, counted from the tables themselves."""

from collections import Counter
from datetime import date
from typing import Any

import psycopg
from psycopg.rows import dict_row

Connection = psycopg.Connection[Any]

SEWN, BACKDATED, WAITING = "sydd_13_uker", "tilgang_tilbakedatert", "venter_paa_neste_aargang"
#: Both sides counted from the tables themselves.
SIDES = """
    SELECT d.dagdato,
        (SELECT count(*) FROM trygdfob.f_arbsok AS f
         WHERE f.kode <> '0' AND d.dagdato BETWEEN f.regdato AND coalesce(f.regtom, 'infinity')) AS tverrsnitt,
        (SELECT count(*) FROM trygdfob.miniregister AS m WHERE m.dagdato = d.dagdato) AS uttrekk
    FROM trygdfob.maanedsfil AS d
    CROSS JOIN trygdfob.innstilling AS i
    WHERE d.mnddato >= date_trunc('month', i.serie_start::timestamp)
    ORDER BY d.dagdato
"""


def rows(connection: Connection, query: str, *parameters: Any) -> list[dict[str, Any]]:
    with connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(query, parameters).fetchall()


def compared(connection: Connection) -> list[dict[str, Any]]:
    """uttrekk_avstemt, whose rows must add up to either side on every date."""
    table = rows(connection, "SELECT * FROM arbsok_lasting.uttrekk_avstemt ORDER BY dagdato, slag, forklaring, status")
    counts = Counter[tuple[date, str]]()
    for row in table:
        counts[row["dagdato"], row["slag"]] += row["antall"]
    sides = rows(connection, SIDES)
    assert {day for day, _ in counts} <= {side["dagdato"] for side in sides}
    for side in sides:
        both = counts[side["dagdato"], "like"] + counts[side["dagdato"], "andre_verdier"]
        assert both + counts[side["dagdato"], "bare_i_forlop"] == side["tverrsnitt"]
        assert both + counts[side["dagdato"], "bare_i_miniregister"] == side["uttrekk"]
    return table


def unexplained(table: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows without a rule, or with a code that is not the rule's."""
    codes = {SEWN: "Y", BACKDATED: ("FK050", "FK060"), WAITING: ""}
    return [
        row
        for row in table
        if row["slag"] != "like"
        and (
            row["forklaring"] not in codes
            or row["slag"] != "bare_i_forlop"
            or not (row["status"] or "").startswith(codes[row["forklaring"]])
        )
    ]
