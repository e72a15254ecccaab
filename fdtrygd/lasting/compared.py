"""The files of loaded years, held against what was loaded (spec.md 6)."""

from fdtrygd import files as month_files
from fdtrygd.db.database import Connection
from fdtrygd.files import BadFile, MonthFile
from fdtrygd.lasting.steps import MONTHS

#: Files that a sentence names.
MOST_NAMES = 6


def changed_files(
    connection: Connection, found: dict[int, dict[int, MonthFile]], *, keep: bool
) -> tuple[list[MonthFile], list[str]]:
    """The files of loaded years that are no longer, byte for byte, what was loaded (spec.md 6).

    A file of the same size, written at the same time, is the same; the bytes of others are read. With `keep` the
    database remembers what was seen, for the control fil_endret. Beside them, a sentence for each that cannot be read.
    """
    changed = []
    unread = []
    rows = connection.execute(
        "SELECT mnddato, bytes, sha256, endringstid FROM trygdfob.maanedsfil ORDER BY mnddato"
    ).fetchall()
    for first_day, size, sha256, modified in rows:
        file = found.get(first_day.year, {}).get(first_day.month)
        if file is None:
            continue
        try:
            status = month_files.regular(file)
            untouched = (status.st_size, month_files.modified(status)) == (size, modified)
            seen = (size, sha256) if untouched else month_files.digest(file)
        except BadFile as error:
            unread.append(f"Could not be compared with what was loaded: {error}")
            continue
        if seen[1] != sha256:
            changed.append(file)
        if keep:
            connection.execute(
                "SELECT arbsok_lasting.merk_avvikende_fil(%s, %s, %s, %s)", [first_day, file.name, *seen]
            )
    return changed, unread


def way_back(changed: list[MonthFile], loaded: list[int]) -> str:
    """Which files are no longer what was loaded, and which years stand between them and a load; nothing for none."""
    if not changed:
        return ""
    years = [year for year in reversed(loaded) if year >= changed[0].year]
    order, command = ", then ".join(map(str, years)), f"make unload-year YEAR={years[0]}"
    if len(years) > 1:
        command += " and so on"
    if another_register(changed, loaded):
        return (
            f"{len(changed)} of the {len(MONTHS) * len(loaded)} files of the loaded years are not what was loaded: "
            "this is probably another register, and its years must not be put on top of these. Load it into a database "
            f"of its own (FDTRYGD_DATABASE_URL), or first take back {order} ({command}). If it is the same one, only "
            "written anew, go on from a folder without the files of the loaded years."
        )
    names = [file.name for file in changed[:MOST_NAMES]]
    if more := len(changed) - len(names):
        names.append(f"{more} more")
    one = len(changed) == 1
    return (
        f"{', '.join(names)}: {'this file is' if one else 'these files are'} not what was loaded. To load "
        f"{'it' if one else 'them'}, first take back {order} ({command}), then load again."
    )


def another_register(changed: list[MonthFile], loaded: list[int]) -> bool:
    """Whether so many files are not what was loaded that they are hardly corrections: over half of the years' files."""
    return 2 * len(changed) > len(MONTHS) * len(loaded)
