"""A population register into the database, in place of the one before: COPY, one transaction, whole or not at all."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from fdtrygd import files
from fdtrygd.befolkning.findings import of_register
from fdtrygd.befolkning.folder import COLUMNS, OPTIONAL, look
from fdtrygd.db.database import Connection, announce, announced, prepare, scalar
from fdtrygd.db.locks import alone
from fdtrygd.errors import Change
from fdtrygd.settings import product_version


@dataclass(frozen=True)
class Loaded:
    """A version of the population register that is in place."""

    version: int
    valid_to: date
    #: as in folkeregisterversjon.tall
    counts: dict[str, Any]
    #: what may be wrong with it, a sentence each
    warnings: list[str]


def load(connection: Connection, directory: Path, progress: Callable[[str], None] = lambda what: None) -> Loaded:
    """Loads the register in a folder; UserError with what is wrong with it, and nothing is changed."""
    folder = look(directory)
    change = Change("the population register is loaded")
    with alone(connection), announced(connection):
        prepare(connection, 1)
        with change.transaction(connection):
            connection.execute("SELECT befolkning.begynn_register(%s)", [folder.synthetic])
            given = {}
            for name, file in folder.files.items():
                progress(f"reading {folder.named(name)}")
                announce(connection, f"register: {name}")
                copied = files.copy_file(
                    connection,
                    file,
                    f"pg_temp.register_{name}",
                    COLUMNS[name],
                    optional=OPTIONAL.get(name, frozenset()),
                )
                given[name] = {
                    "fil": folder.named(name),
                    "bytes": copied.size,
                    "sha256": copied.sha256,
                    "rader": copied.records,
                }
            progress("putting the register in place")
            announce(connection, "register: ta_inn_register")
            version: int = scalar(
                connection,
                "SELECT befolkning.ta_inn_register(%s, %s, %s, %s)",
                *(folder.valid_to, folder.synthetic, product_version(), json.dumps(given)),
            )
            counts = scalar(
                connection,
                "SELECT tall FROM befolkning.folkeregisterversjon WHERE folkeregisterversjon = %s",
                version,
            )
            remarkable = of_register(connection, version, counts, folder)
    return Loaded(version, folder.valid_to, counts, remarkable)
