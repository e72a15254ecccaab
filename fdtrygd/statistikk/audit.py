"""The attack on a version, with what others have published exactly; its result is kept (spec.md 10, the audit)."""

import json
from typing import Any

import numpy as np

from fdtrygd.db import database
from fdtrygd.db.database import Connection, announce
from fdtrygd.errors import UserError
from fdtrygd.statistikk import versions
from fdtrygd.statistikk.cells import Bools, Ints
from fdtrygd.statistikk.make import Placed, base_cells, columns


def refuse_none(connection: Connection, periods: list[str]) -> None:
    """UserError where one of the periods is no month, or has no version."""
    for period in periods:
        versions.refuse_no_period(period)
        if "M" not in period:
            raise UserError(f"{period}: averages are of months; audit those.")
        versions.latest(connection, period)


def audit(connection: Connection, period: str) -> list[tuple[versions.Version, Any]]:
    """Attacks the last version of a month, of each package: (version, verdict)."""
    from fdtrygd.statistikk import attack  # it needs a solver

    attack.positive_control()  # where it finds too little, it would say nothing of others either
    found = []
    for version in versions.latest(connection, period):
        with database.announced(connection):
            announce(connection, f"statistics {period}: audit")
            cells, _, placed = base_cells(connection, version.id)
            protected = columns(
                connection,
                "SELECT beskyttet FROM statistikk.grunnlag WHERE versjon = %s ORDER BY celle",
                [version.id],
                [("shown", np.int64)],
            )["shown"]
            exact = [
                attack.Exact(table, counted(placed[table], codes), float(figure), named=f"{table} {named} of {source}")
                for table, codes, named, figure, source in connection.execute(
                    # What has no figure here is no sum of base cells
                    "SELECT o.tabell, o.koder, o.koder::text, o.verdi, o.kilde FROM statistikk.offisiell_celle AS o"
                    " WHERE o.periode = %s AND o.verdi IS NOT NULL AND NOT EXISTS (SELECT FROM statistikk.celle AS c"
                    " WHERE c.versjon = %s AND c.tabell = o.tabell AND c.koder = o.koder AND c.symbol IS NOT NULL)"
                    " ORDER BY o.tabell, o.koder, o.kilde",
                    [period, version.id],
                ).fetchall()
                if table in placed
            ]
            verdict = attack.audit(cells, protected, exact)
            connection.execute(
                "SELECT statistikk.skriv_avsloringskontroll(%s, %s, %s, %s, %s)",
                [version.id, verdict.small, verdict.disclosed, verdict.known_small, json.dumps(verdict.result)],
            )
            found.append((version, verdict))
    return found


def counted(table: Placed, codes: list[str]) -> Ints:
    """The base cells that a figure of the table counts."""
    there: Bools = np.ones(len(table.row), np.bool_)
    for dimension, code in enumerate(codes):
        if code == "T":
            there &= table.in_total[:, dimension]
        else:
            there &= (table.codes[dimension] == code)[table.classes[:, dimension]]
    return table.row[there]
