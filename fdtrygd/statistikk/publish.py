"""Approved versions are published, and the files of all that is published are written (spec.md 10, publication)."""

import json
from dataclasses import dataclass
from pathlib import Path

from fdtrygd.db import database
from fdtrygd.db.database import Connection, announce
from fdtrygd.leveranse import folder
from fdtrygd.statistikk import versions
from fdtrygd.statistikk.versions import Checked, Version


@dataclass(frozen=True)
class Published:
    """What a run published, and what its folder has."""

    #: those that it published, and those of its periods that were published before
    versions: list[Checked]
    before: list[Version]
    files: int
    #: those that were published before with other bytes
    changed: list[str]


def publish(connection: Connection, periods: list[str], to: Path, *, alone: bool, why: str | None) -> Published:
    """Publishes the approved versions of the periods, and writes all that is published to the new folder `to`.

    With `alone` by whoever approved them, for the reason `why`. UserError where one is not approved, or a control finds
    an error in it: then nothing has changed. The database comes first: where the folder fails after that, publishing
    again writes it.
    """
    from fdtrygd.statistikk import publication  # whoever publishes nothing needs nothing of it

    folder.refuse(to)
    found = [version for period in periods for version in versions.latest(connection, period)]
    new = [each for each in found if not each.is_published]
    with (
        folder.made(to, public=True) as unfinished,
        database.announced(connection),
        versions.refusals(),
        connection.transaction(),
    ):
        done = []
        for each in new:
            announce(connection, f"statistics {each.period}: publishing")
            controls = versions.found(
                connection,
                "SELECT * FROM statistikk.publiser_versjon(%s, %s, %s)",
                [each.id, (why or "") if alone else None, why],
            )
            done.append(Checked(each, controls))
        announce(connection, "statistics: files")
        published = connection.execute(
            "SELECT versjon FROM statistikk.versjon WHERE tilstand = 'publisert' ORDER BY pakke, periode, nummer"
        ).fetchall()
        files = publication.write(connection, [number for (number,) in published], unfinished)
        logged = [
            {"versjon": file.version, "fil": file.name, "bytes": file.size, "sha256": file.sha256}
            for file in files
            if file.version is not None
        ]
        changed = connection.execute(
            "SELECT fil FROM statistikk.skriv_publiserte_filer(%s)", [json.dumps(logged)]
        ).fetchall()
    return Published(done, [each for each in found if each.is_published], len(files), [file for (file,) in changed])
