"""jsonstat-validator finds each dataset sound, and pyjstat reads it: codes, figures, and the symbols of its status."""

import importlib.metadata
import json
import logging
import sys
from pathlib import Path

from jsonstat_validator import validate_jsonstat
from pyjstat import pyjstat

import plain

logging.disable(logging.CRITICAL)
folder, to = map(Path, sys.argv[1:])
for path in sorted((folder / "statistikk").glob("data/*/*/*.json")):
    if path.name.endswith("uttrekksbeskrivelse.json"):
        continue
    text = path.read_text(encoding="utf-8")
    validate_jsonstat(json.loads(text))
    dataset = pyjstat.Dataset.read(text)
    (frame,) = pyjstat.from_json_stat(dataset, naming="id")
    status = dataset.get("status", {})
    rows = [
        [*codes, status[str(place)] if value is None or value != value else value]
        for place, (*codes, _, _, value) in enumerate(frame.itertuples(index=False))
    ]
    names = list(frame.columns[:-3])
    plain.write(to / f"{path.parent.name}-{path.stem}.json.csv", [*names, "verdi"], rows)
versions = [f"{name} {importlib.metadata.version(name)}" for name in ("jsonstat-validator", "pyjstat")]
print(" and ".join(versions))
