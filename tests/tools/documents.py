"""Documents that show what the program answers."""

import os
import re
from pathlib import Path

from fdtrygd import settings

DBA = settings.ROOT / "docs" / "dba.md"
FENCE = re.compile(r"^(`{3,})(\w*)[^\n]*\n(.*?)^\1`*[ ]*$", re.DOTALL | re.MULTILINE)


def written(document: Path, now: str) -> None:
    """The document is as `now` has it; with FDTRYGD_WRITE_DOCS=1 it becomes so, for `git diff docs` to be read."""
    if os.environ.get("FDTRYGD_WRITE_DOCS"):
        document.write_text(now, "utf-8")
    assert document.read_text("utf-8").splitlines() == now.splitlines()


def section(heading: str) -> list[str]:
    """The SQL blocks of a section of docs/dba.md."""
    text = DBA.read_text("utf-8")
    found = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", text, re.DOTALL | re.MULTILINE)
    assert found, heading
    return [block[3] for block in FENCE.finditer(found[1]) if block[2] == "sql"]
