"""Where things are: the checkout, what the product keeps in it, and the database's address."""

import os
import subprocess
from functools import cache
from importlib.metadata import version
from pathlib import Path

#: The checkout: ``sql/`` and ``migrations/`` are read from here.
ROOT = Path(__file__).resolve().parent.parent
#: Everything the product makes on this machine (git-ignored): the embedded server's data, the sample.
STATE = ROOT / ".fdtrygd"
#: The default sample's month files.
SAMPLE = STATE / "sample"
#: Written last into a folder of month files; where it stands, they are complete and synthetic.
MARKER = "SYNTHETIC.json"


@cache
def product_version() -> str:
    """Which product runs: the tag of the checkout and what came after it (`0.2.0`, `0.2.0-3-g1a2b3c4-dirty`).

    Git is asked each time, since an editable install keeps the version of the day it was made, whatever is checked out
    afterwards. Where there is no git, or nothing that it may read, the installed version is the answer.
    """
    if (ROOT / ".git").exists():
        asked = ["git", "-C", str(ROOT), "--no-optional-locks", "describe", "--tags", "--match=v[0-9]*"]
        try:
            said = subprocess.run([*asked, "--always", "--dirty"], capture_output=True, text=True, timeout=10)
        except (OSError, subprocess.TimeoutExpired):
            return version("fdtrygd")
        if said.returncode == 0:
            return said.stdout.strip().removeprefix("v")
    return version("fdtrygd")


def database_url() -> str | None:
    """The server that ``FDTRYGD_DATABASE_URL`` names, as a libpq URI; None means the embedded one."""
    url = os.environ.get("FDTRYGD_DATABASE_URL") or None
    return url.replace("postgresql+psycopg://", "postgresql://", 1) if url else None
