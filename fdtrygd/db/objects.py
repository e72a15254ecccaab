"""The repeatable objects: functions, views, rules and grants, one object a file under ``sql/objects``."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import psycopg

from fdtrygd import settings
from fdtrygd.errors import UserError

DIRECTORY = settings.ROOT / "sql" / "objects"
#: The rooms of that folder, in order, with their schemas and the rooms that each uses.
ROOMS = settings.ROOT / "sql" / "ROOMS"


@dataclass(frozen=True)
class Room:
    """A folder of objects, as `sql/ROOMS` declares it."""

    name: str
    schemas: tuple[str, ...]
    uses: tuple[str, ...]

    def files(self) -> list[Path]:
        """Its objects' files, in the order of its file ROOM: a line each, the object's name first."""
        lines = (DIRECTORY / self.name / "ROOM").read_text(encoding="utf-8").splitlines()
        return [DIRECTORY / self.name / f"{line.split()[0]}.sql" for line in lines if line.strip()]


@cache
def rooms() -> tuple[Room, ...]:
    """Every room, in the order in which they are applied."""
    table = [line.split() for line in ROOMS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return tuple(Room(name, names(schemas), names(uses)) for name, schemas, uses in table)


def names(listed: str) -> tuple[str, ...]:
    """What a column of `sql/ROOMS` lists; nothing for a dash."""
    return () if listed == "-" else tuple(listed.split(","))


def schemas() -> tuple[str, ...]:
    """The product's schemas, trygdfob first."""
    return tuple(dict.fromkeys(schema for room in rooms() for schema in room.schemas))


def files() -> list[Path]:
    """Every object's file, in the order in which they are applied."""
    return [file for room in rooms() for file in room.files()]


@cache
def digest() -> str:
    """Names the objects' text: two databases with the same digest run the same functions, views and rules."""
    total = hashlib.sha256()
    for file in files():
        total.update(file.relative_to(DIRECTORY).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return total.hexdigest()[:16]


def statements() -> list[str]:
    """What brings a database with the newest tables to today's objects, a text a file; safe to run again.

    The first line of each names its file, for errors in it: in a script for psql's, online for `place`.
    """
    texts = []
    for file in files():
        name = f"sql/objects/{file.relative_to(DIRECTORY).as_posix()}"
        try:
            texts.append(f"-- {name}\n{file.read_text(encoding='utf-8')}")
        except UnicodeDecodeError:
            raise UserError(f"{name} is no UTF-8: save it as that, and run the command again.") from None
    texts.append(
        f"INSERT INTO trygdfob.objektversjon AS o (digest) VALUES ('{digest()}')\n"  # noqa: S608 – hexadecimal digits
        "ON CONFLICT (en_rad) DO UPDATE SET digest = excluded.digest, lagt_inn = now()\n"
        "WHERE o.digest <> excluded.digest;"
    )
    return texts


def place(statement: str, error: psycopg.Error) -> str:
    """The file that a text of `statements` comes from, and the line where the server says where the error is."""
    name = statement.partition("\n")[0].removeprefix("-- ")
    position = error.diag.statement_position
    return name if position is None else f"{name}, line {statement[: int(position)].count(chr(10))}"
