"""leveranse.json: what a delivery is, for programs. It names every other file with its checksum."""

import hashlib
import json
from pathlib import Path
from typing import Any

from fdtrygd.leveranse import folder
from fdtrygd.leveranse.catalogue import Description
from fdtrygd.leveranse.stream import Read

NAME = "leveranse.json"
SCHEMA = 1  #: version of the file's own form


def digests(description: Description) -> dict[str, str]:
    """Checksums of what the catalogue, and of what the code lists, say of the delivery."""

    def summed(*parts: str) -> str:
        said = {part: description.raw.get(part) for part in parts}
        return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()

    return {"katalog": summed("tabeller", "brudd"), "kodelister": summed("kodelister")}


def write(
    to: Path,
    description: Description,
    reads: list[Read],
    counts: dict[str, Any],
    made_with: dict[str, str],
    files: list[folder.File],
) -> folder.File:
    """Writes the manifest of a folder whose other files are these."""
    content = {
        "skjemaversjon": SCHEMA,
        "utlevering": description.number,
        "dato": description.dated.isoformat(),
        "prosjekt": dict(description.project),
        "bestilling": description.order,
        "versjon": description.version,
        "fra": description.first.isoformat(),
        "til": description.last.isoformat(),
        "syntetisk": description.synthetic,
        "innhold": {**description.content, "populasjon": without_file(description.content["populasjon"])},
        "personer": counts["personer"],
        "versjoner": made_with,
        "sammenligning": counts["sammenligning"],
        "tabeller": [
            {
                "navn": read.table.name,
                "form": read.table.form,
                "rader": read.rows,
                "personer": read.persons,
                "radsum": read.digest,
                "kolonner": [each.name for each in read.table.variables],
            }
            for read in reads
        ],
        "filer": [{"fil": f.name, "bytes": f.size, "sha256": f.sha256} for f in files],
    }
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    (to / NAME).write_text(text, encoding="utf-8")
    return folder.file(to / NAME, to)


def without_file(population: dict[str, Any]) -> dict[str, Any]:
    """The population without the name of the list's file, which is the sender's own."""
    return {**population, "liste": {}} if "liste" in population else population
