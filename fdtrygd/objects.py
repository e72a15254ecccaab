"""The repeatable objects: functions, views, rules and grants, one object a file under ``sql/objects``."""

import hashlib
from functools import cache
from pathlib import Path

import psycopg

from fdtrygd import settings
from fdtrygd.errors import UserError

DIRECTORY = settings.ROOT / "sql" / "objects"


def files() -> list[Path]:
    """Every object's file, in the order in which they are applied: by path."""
    return sorted(DIRECTORY.rglob("*.sql"))


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
