"""microdata-tools validates each dataset, packs it with a key made here, and what it unpacks is what was packed.

What it says of a fault quotes fødselsnummer: only how many there are is told, here too.
"""

import importlib.metadata
import logging
import os
import sys
import tempfile
from pathlib import Path

import microdata_tools as tools

logging.disable(logging.CRITICAL)
folder = Path(sys.argv[1])
datasets = sorted(path.name for path in folder.iterdir() if path.is_dir())
assert datasets, "there are no datasets"
with tempfile.TemporaryDirectory() as temporary:
    work = Path(temporary)
    os.environ["SQLITE_TMPDIR"] = temporary
    keys = work / "keys"
    keys.mkdir()
    private = tools.PrivateKey.generate()
    private.write_to_file(keys)
    private.public_key().write_to_file(keys)
    rows = 0
    for name in datasets:
        scratch = work / f"scratch-{name}"
        scratch.mkdir()
        faults = tools.validate_dataset(
            name, working_directory=str(scratch), input_directory=str(folder), keep_temporary_files=True
        )
        assert not faults, f"{name}: {len(faults)} faults"
        tools.package_dataset(keys, folder / name, work / "packed")
        tools.unpackage_dataset(work / "packed" / f"{name}.tar", keys, work / "unpacked")
        for file in (folder / name).iterdir():
            assert (work / "unpacked" / name / file.name).read_bytes() == file.read_bytes(), f"{name}: {file.suffix}"
        rows += (folder / name / f"{name}.csv").read_bytes().count(b"\n")
version = importlib.metadata.version("microdata-tools")
print(f"microdata-tools {version}: {len(datasets)} datasets, {rows} rows valid, packed and unpacked")
