"""A delivery's folder: made under another name and renamed last, so that there is none of it or the whole.

Files are for the owner alone. A run that was killed leaves its hidden folder; the next one to the same place removes
it.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from fdtrygd.errors import UserError

BLOCK = 1 << 20


@dataclass(frozen=True)
class File:
    """A file of a folder that is complete."""

    name: str
    size: int
    sha256: str


def unfinished(to: Path) -> Path:
    """What the folder is called until it is complete."""
    return to.with_name(f".{to.name}.begynt")


def refuse(to: Path) -> None:
    """UserError where the folder cannot be made: before anything of a delivery is begun."""
    if to.name in ("", ".", ".."):
        raise UserError(f"{to} names no folder: give the one to make, --out DIR.")
    if to.exists() or to.is_symlink():
        raise UserError(f"{to} is there already: --out names the folder to make. Nothing was changed.")
    if not to.parent.is_dir():
        raise UserError(f"{to} cannot be made: there is no folder {to.parent}. Nothing was changed.")
    if not os.access(to.parent, os.W_OK | os.X_OK):
        raise UserError(f"{to} cannot be made: nothing can be written to {to.parent}. Nothing was changed.")


def clear(to: Path) -> None:
    """Removes what is left of a run to the same place that was killed."""
    if unfinished(to).exists():
        shutil.rmtree(unfinished(to))


@contextmanager
def made(to: Path) -> Iterator[Path]:
    """The unfinished folder, which becomes `to` when the block is done; what ends it early removes it."""
    folder = unfinished(to)
    mask = os.umask(0o077)
    try:
        clear(to)
        folder.mkdir(mode=0o700)
        try:
            yield folder
            for path in (*folder.rglob("*"), folder):
                _sync(path)
            refuse(to)
            folder.rename(to)
            _sync(to.parent)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
    except OSError as error:
        raise UserError(
            f"{to} cannot be written: {error.strerror or error}. Nothing of it is left; make room or name another "
            "place, and run the command again."
        ) from None
    finally:
        os.umask(mask)


def files(folder: Path) -> list[File]:
    """The folder's files, by name, with their checksums."""
    return [
        File(path.relative_to(folder).as_posix(), path.stat().st_size, sha256(path))
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]


def sha256(path: Path) -> str:
    """The file's checksum."""
    summed = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            summed.update(block)
    return summed.hexdigest()


def _sync(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
