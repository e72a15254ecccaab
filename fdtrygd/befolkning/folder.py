"""The files of a population register in a folder, by their names, and what the folder says of them."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from fdtrygd import settings
from fdtrygd.errors import UserError
from fdtrygd.files import File, fault
from fdtrygd.screen import one_line

#: Where Klass has the days of a list that was asked for over a range of days: then it leaves its own ones empty.
RANGE = ("validfrominrequestedrange", "validtoinrequestedrange")
#: The columns of each file, in small letters, as headers are read.
COLUMNS = {
    "person": ("fnr", "kjonn", "fodselsdato"),
    "bosted": ("fnr", "fradato", "tildato", "kommune"),
    "status": ("fnr", "fradato", "tildato", "regstatus"),
    "identitet": ("fnr", "fnr_gjeldende", "fradato"),
    "kommune": ("code", "name", "validfrom", "validto", "parentcode", *RANGE),
    "fylke": ("code", "name", "validfrom", "validto", *RANGE),
    "kommune_endring": ("oldcode", "newcode", "changeoccurred"),
}
#: Columns that a file may lack.
OPTIONAL = {
    "identitet": frozenset({"fradato"}),
    "kommune": frozenset({"parentcode", *RANGE}),
    "fylke": frozenset(RANGE),
}
REQUIRED = COLUMNS.keys() - {"identitet", "fylke"}
#: Norway's fylker since 1972: they are taken where the folder has none.
FYLKER = Path(__file__).parent / "klass" / "fylke.csv"
ENDINGS = (".csv", ".parquet")
#: What the folder says of its files.
DESCRIPTION = "folkeregister.toml"


@dataclass(frozen=True)
class Folder:
    """A population register as files."""

    #: by name, as in `COLUMNS`
    files: dict[str, File]
    #: the last day that it knows
    valid_to: date
    synthetic: bool

    def named(self, name: str) -> str:
        """The file of that name, for a sentence."""
        path = self.files[name].path
        return f"{path.name} of the product" if path == FYLKER else path.name


def look(directory: Path) -> Folder:
    """The register in a folder; UserError with all that is wrong with the names and the description."""
    if not directory.is_dir():
        raise UserError(f"There is no directory {one_line(directory)}. Give that of the population register.")
    faults: list[str] = []
    files: dict[str, File] = {}
    for name in COLUMNS:
        there = [path for ending in ENDINGS if (path := directory / f"{name}{ending}").exists() or path.is_symlink()]
        if len(there) == 2:
            faults.append(f"{name}.csv and {name}.parquet are the same file. Remove one of them.")
        elif there:
            files[name] = File(there[0])
            faults += [wrong] if (wrong := fault(files[name])) else []
        elif name in REQUIRED:
            faults.append(f"{name}.csv, or {name}.parquet, is missing.")
    files.setdefault("fylke", File(FYLKER))
    valid_to = described(directory / DESCRIPTION, faults)
    if faults or valid_to is None:
        first = f"{len(faults)} things are wrong with the register in {one_line(directory)}."
        raise UserError(faults[0] if len(faults) == 1 else "\n  ".join([first, *faults]))
    return Folder(files, valid_to, (directory / settings.MARKER).exists())


def described(path: Path, faults: list[str]) -> date | None:
    """The last day that the register knows; what is wrong with the description is added to the faults."""
    try:
        content: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        faults.append(
            f"{path.name} is missing. It has one line, the last day that the register knows: gjelder_til = 2006-01-31"
        )
        return None
    except OSError as error:
        faults.append(f"{path.name} cannot be read: {error.strerror or type(error).__name__}.")
        return None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        faults.append(f"{path.name} is no TOML in UTF-8. It has one line: gjelder_til = 2006-01-31")
        return None
    valid_to = content.pop("gjelder_til", None)
    if content:
        faults.append(f"{path.name}: {', '.join(map(one_line, sorted(content)))}: nobody knows that key.")
    if not isinstance(valid_to, date) or isinstance(valid_to, datetime):
        faults.append(
            f"{path.name}: gjelder_til is no date. Write the last day that the register knows: gjelder_til = 2006-01-31"
        )
        return None
    return valid_to
