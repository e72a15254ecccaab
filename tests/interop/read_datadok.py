"""Statistics Norway's own reader of flat files reads one by its description."""

import importlib.metadata
import sys
from pathlib import Path

from fagfunksjoner.data.datadok_extract import import_archive_data

import plain

stem, to = sys.argv[1:]
archive = import_archive_data(f"{stem}.xml", f"{stem}.dat")
frame = archive.df
plain.write(Path(to), frame.columns, frame.astype(object).where(frame.notna(), None).itertuples(index=False))
print(f"ssb-fagfunksjoner {importlib.metadata.version('ssb-fagfunksjoner')}")
