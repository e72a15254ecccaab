"""The month files in a folder, by their names."""

import re
from pathlib import Path

from fdtrygd.errors import UserError
from fdtrygd.files.file import MonthFile
from fdtrygd.screen import one_line

_NAME = re.compile(r"arbsok_([0-9]{4})([0-9]{2})(\..*)?", re.IGNORECASE | re.ASCII)
_ALMOST = re.compile(r"arbsok_[0-9]{4}[-_. ]?[0-9]{2}", re.IGNORECASE)
_ENDINGS = (".csv", ".parquet", ".sas7bdat")


def find_month_files(directory: Path) -> dict[int, dict[int, MonthFile]]:
    """The month files in a directory, by year and month, both ascending; other files are ignored.

    UserError where names are wrong, all of them in one; what the files themselves are is not looked at.
    """
    years, faults = look(directory)
    if faults:
        raise UserError("\n".join(faults))
    return years


def look(directory: Path) -> tuple[dict[int, dict[int, MonthFile]], list[str]]:
    """The month files in a directory, and a sentence for each file whose name is wrong."""
    try:
        paths = sorted(directory.iterdir())
    except FileNotFoundError:
        raise UserError(f"There is no directory {one_line(directory)}. Give that of the month files.") from None
    except NotADirectoryError:
        raise UserError(f"{one_line(directory)} is a file. Give the month files' directory.") from None
    except OSError as error:
        raise UserError(f"{one_line(directory)} cannot be read: {error.strerror}.") from None
    found: dict[tuple[int, int], MonthFile] = {}
    faults: list[str] = []
    for path in paths:
        shown = one_line(path.name)
        if (name := _NAME.fullmatch(path.name)) is None:
            if _ALMOST.match(path.name) and path.suffix.lower() in _ENDINGS:
                faults.append(
                    f"{shown}: a month file is named arbsok_YYYYMM{path.suffix}. Rename it, or move it elsewhere."
                )
            continue
        year, month, ending = int(name[1]), int(name[2]), (name[3] or "").lower()
        if ending not in _ENDINGS:
            faults.append(f"{shown}: a month file ends in {', '.join(_ENDINGS)}. Rename or remove it.")
        elif not 1 <= month <= 12:
            faults.append(f"{shown}: there is no month {name[2]}. Rename or remove the file.")
        elif other := found.get((year, month)):
            faults.append(f"{other.name} and {shown} are the same month. Remove one of them.")
        else:
            found[year, month] = MonthFile(path, year, month)
    if not found and not faults:
        raise UserError(f"There are no month files (arbsok_YYYYMM{'|'.join(_ENDINGS)}) in {one_line(directory)}.")
    years: dict[int, dict[int, MonthFile]] = {}
    for (year, month), file in sorted(found.items(), key=lambda item: item[0]):
        years.setdefault(year, {})[month] = file
    return years, faults
