"""docs/analyst-languages.md: its Python does what stands below it, on the sample.

To write what it prints anew after a change: FDTRYGD_WRITE_DOCS=1 python -m pytest
tests/arbsok/analyse/test_analyst_languages.py; then read what `git diff docs` shows, since nobody else does.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

from fdtrygd import settings

from documents import FENCE, written

DOCUMENT = settings.ROOT / "docs" / "analyst-languages.md"
#: A piece of the program, and what it prints in the next fence.
PIECE = re.compile(r"^```python\n(?P<code>.*?)^```\n\n```text\n(?P<printed>.*?)^```$", re.DOTALL | re.MULTILINE)
NEXT = "-- the next piece --"


def printed(text: str, address: str, folder: Path) -> str:
    """The document with what its Python prints now, all of it in one process."""
    pieces = list(PIECE.finditer(text))
    program = f"\nprint({NEXT!r})\n".join(piece["code"] for piece in pieces)
    run = subprocess.run(
        # The engine's pool is open until the end
        [sys.executable, "-W", "error", "-W", "ignore::ResourceWarning", "-c", program],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=folder,
        env=os.environ | {"TRYGD": address},
    )
    assert (run.returncode, run.stderr) == (0, "")
    answers = run.stdout.split(f"{NEXT}\n")
    assert len(answers) == len(pieces) > 5
    each = iter(answers)
    return PIECE.sub(lambda found: f"```python\n{found['code']}```\n\n```text\n{next(each)}```", text)


def test_python_prints_what_stands_there(sample_address: str, tmp_path: Path) -> None:
    written(DOCUMENT, printed(DOCUMENT.read_text("utf-8"), sample_address, tmp_path))


def test_all_of_its_python_is_run() -> None:
    text = DOCUMENT.read_text("utf-8")
    fences = [fence[2] for fence in FENCE.finditer(text)]
    assert fences.count("python") == len(PIECE.findall(text))
    assert {*fences} == {"python", "r", "sh", "stata", "text"}
