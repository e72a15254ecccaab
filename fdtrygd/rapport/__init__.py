"""The report of a loaded year: one HTML file that needs nothing else (make report YEAR=2004)."""

import os
from datetime import datetime
from pathlib import Path

from fdtrygd.db.database import Connection
from fdtrygd.errors import UserError


def write(connection: Connection, year: int, path: Path) -> int:
    """Writes the year's report to `path`, whole or not at all; returns its size in bytes."""
    try:
        from fdtrygd.rapport import page
    except ModuleNotFoundError as error:
        raise UserError(
            f"The report needs {error.name}, which is not installed: `make report YEAR={year}` installs it, or "
            "pip install 'fdtrygd[report]'."
        ) from None
    if path.exists() and not path.is_file():
        what = "a folder" if path.is_dir() else "no file but a device or the like"
        raise UserError(f"{path} is {what}. Name the file to write: --out FILE.html.")
    content = page.html(connection, year, datetime.now().astimezone()).encode()
    path = path.resolve()  # a symbolic link stays, and the file that it names is written
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        try:
            part.write_bytes(content)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise UserError(f"{path} cannot be written: {error.strerror}. Name another file with --out.") from None
    return len(content)
