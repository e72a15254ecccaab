"""A delivery's folder: made under another name and renamed last, so that there is none of it or the whole.

Files are for the owner alone, unless they are for everybody. A run that was killed leaves its hidden folder; the next
one to the same place removes it, but not one in which another run is at work.
"""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from fdtrygd.errors import UserError
from fdtrygd.leaving import ended_in_order

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
    if not to.parent.is_dir():
        raise UserError(f"{to} cannot be made: there is no folder {to.parent}. Nothing was changed.")
    if len(os.fsencode(unfinished(to).name)) > os.pathconf(to.parent, "PC_NAME_MAX"):
        raise UserError(f"{to} cannot be made: its name is too long. Nothing was changed.")
    if to.exists() or to.is_symlink():
        raise UserError(f"{to} is there already: --out names the folder to make. Nothing was changed.")
    if not os.access(to.parent, os.W_OK | os.X_OK):
        raise UserError(f"{to} cannot be made: nothing can be written to {to.parent}. Nothing was changed.")


def clear(to: Path) -> None:
    """Removes what is left of a run to the same place that was killed; UserError where that run is still at work."""
    folder = unfinished(to)
    if folder.exists():
        os.close(hold(folder))
        shutil.rmtree(folder)


@contextmanager
def made(to: Path, *, public: bool = False) -> Iterator[Path]:
    """The unfinished folder, which becomes `to` when the block is done; what ends it early removes it.

    One that is public can be read by every login of the machine, such as a web server's, once it is complete.
    """
    folder = unfinished(to)
    mask = os.umask(0o022 if public else 0o077)
    held = None
    try:
        clear(to)
        folder.mkdir(mode=0o700)
        held = hold(folder)
        try:
            with ended_in_order():
                yield folder
            for path in (*folder.rglob("*"), folder):
                _sync(path)
            refuse(to)
            if public:
                folder.chmod(0o755)
            folder.rename(to)
            try:
                _sync(to.parent)
            except BaseException:
                shutil.rmtree(to, ignore_errors=True)
                raise
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
        if held is not None:
            os.close(held)


def hold(folder: Path) -> int:
    """The folder, open, as one in which this run is at work; UserError where another one is."""
    number = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(number)
        raise UserError(
            f"{folder} is being made by another run: wait for it, or name another folder. Nothing is delivered."
        ) from None
    except OSError:  # a file system without such locks
        pass
    return number


def files(folder: Path) -> list[File]:
    """The folder's files, by name, with their checksums."""
    return [file(path, folder) for path in sorted(folder.rglob("*")) if path.is_file()]


def file(path: Path, folder: Path) -> File:
    """One of them."""
    return File(path.relative_to(folder).as_posix(), path.stat().st_size, sha256(path))


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
