"""Where things are: the checkout, what the product keeps in it, and the database's address."""

import os
from pathlib import Path

#: The checkout: ``sql/`` and ``migrations/`` are read from here.
ROOT = Path(__file__).resolve().parent.parent
#: Everything the product makes on this machine (git-ignored): the embedded server's data, the sample.
STATE = ROOT / ".fdtrygd"
#: The default sample's month files.
SAMPLE = STATE / "sample"
#: Written last into a folder of month files; where it stands, they are complete and synthetic.
MARKER = "SYNTHETIC.json"


def database_url() -> str | None:
    """The server that ``FDTRYGD_DATABASE_URL`` names, as a libpq URI; None means the embedded one."""
    url = os.environ.get("FDTRYGD_DATABASE_URL") or None
    return url.replace("postgresql+psycopg://", "postgresql://", 1) if url else None
