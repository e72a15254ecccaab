"""Publishing: each table of a version as CSV, JSON-stat 2.0 and for Statbank, and a site of all of them.

Every time stamp is the time at which a version was published, so that the same versions give the same bytes again.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fdtrygd.db.database import Connection
from fdtrygd.statistikk.publication import jsonstat, long, site, source, statbank

#: What is written of a table in a version: the ending of its name, and what gives its bytes.
FORMATS = {
    ".csv": long.content,
    ".json": jsonstat.content,
    ".dat": statbank.content,
    ".eksempel-uttrekksbeskrivelse.json": statbank.description,
}


@dataclass(frozen=True)
class File:
    """A file that was written."""

    #: of which version; None: the site's, which is of all of them
    version: int | None
    #: its place in the folder
    name: str
    size: int
    sha256: str


def write(connection: Connection, versions: Sequence[int], folder: Path) -> list[File]:
    """Writes the files of these published versions, and the site of them, into the folder; says which.

    Of each period the site shows the last of them, and what it corrected of those before. UserError, before anything is
    written, where one is not published, or its cells are not those of its table, or what draws pages is not installed.
    """
    site.require()
    sheets = source.read(connection, versions)
    files = [
        put(folder, f"{sheet.version.place}/{sheet.table.name}{ending}", content(sheet), sheet.version.number)
        for sheet in sheets
        for ending, content in FORMATS.items()
    ]
    return files + [put(folder, name, content, None) for name, content in site.pages(sheets)]


def put(folder: Path, name: str, content: bytes, version: int | None) -> File:
    """A file with that content, in its place."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return File(version, name, len(content), hashlib.sha256(content).hexdigest())


__all__ = ["File", "write"]
