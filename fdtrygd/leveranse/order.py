"""Orders and projects: a TOML file becomes the JSON that the database checks (leveranse.bestillingsfeil).

What TOML itself cannot say is said here, and nothing else: the rules are the database's.
"""

import re
import tomllib
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from fdtrygd.errors import UserError
from fdtrygd.screen import one_line


def read(path: Path) -> dict[str, Any]:
    """The file's content, days as text YYYY-MM-DD; UserError where it is no TOML file in UTF-8, with the line."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}.") from None
    try:
        content: dict[str, Any] = plain(tomllib.loads(raw.decode("utf-8-sig")))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise UserError(f"{path}, line {line}: it is not UTF-8. Save it in UTF-8; nothing was changed.") from None
    except tomllib.TOMLDecodeError as error:
        # Without the text of the line: a name or a code in it need not be shown
        place = re.search(r"\(at (?:line (\d+), column \d+|end of document)\)", str(error))
        where = f", line {place[1]}" if place and place[1] else ""
        what = re.sub(r" \(at .*\)$", "", str(error))
        raise UserError(f"{path}{where}: it is no TOML: {one_line(what)}. Nothing was changed.") from None
    except (ValueError, RecursionError):
        raise UserError(
            f"{path}: it has what no order or project has: the character NUL, a number of thousands of digits, or "
            "tables in tables without end. Nothing was changed."
        ) from None
    return content


def plain(value: Any) -> Any:
    """TOML's days as text, also within tables and lists; all else as JSON has it. ValueError for what it has not."""
    match value:
        case dict():
            return {plain(key): plain(each) for key, each in value.items()}
        case list():
            return [plain(each) for each in value]
        case datetime() | time():
            return str(value)  # no day: the database says so
        case date():
            return value.isoformat()
        case float() if value != value or value in (float("inf"), float("-inf")):
            return str(value)
        case str() if "\0" in value:
            raise ValueError
        case int():
            str(value)  # of digits without end: ValueError
    return value


def list_file(content: dict[str, Any], beside: Path) -> Path | None:
    """The file of persons that the population names, if it names one; a relative path is from the order's folder."""
    population = content.get("populasjon")
    named = population.get("liste") if isinstance(population, dict) else None
    name = named.get("fil") if isinstance(named, dict) else None
    return beside.parent / name if isinstance(name, str) else None
