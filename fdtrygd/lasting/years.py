"""Which years are loaded, and which can be: in chronological order, each of them whole."""

from datetime import date

from fdtrygd import files as month_files
from fdtrygd.db.database import Connection, scalar
from fdtrygd.errors import UserError
from fdtrygd.files import MonthFile
from fdtrygd.lasting.steps import MONTHS


def loaded_years(connection: Connection) -> list[int]:
    """The years in the database, in order."""
    rows = connection.execute("SELECT aargang FROM trygdfob.lastet_aargang ORDER BY aargang").fetchall()
    return [year for (year,) in rows]


def years_to_load(connection: Connection, until: int, available: list[int]) -> list[int]:
    """The years up to and including `until` that are not yet loaded, in chronological order (spec.md 5.7, T9)."""
    loaded = loaded_years(connection)
    if loaded:
        if until < loaded[0]:
            raise UserError(
                f"{until} cannot be loaded: the series in this database begins with {loaded[0]}, and years load in "
                "chronological order. Unload the years first, the last one first, or use another database."
            )
        return list(range(loaded[-1] + 1, until + 1))
    start: int = scalar(connection, "SELECT extract(year FROM serie_start)::integer FROM trygdfob.innstilling")
    first = min([year for year in available if year <= start], default=start)
    if until < first:
        first_ones = f"; the first ones are for {available[0]}" if available else ""
        raise UserError(f"There are no month files for {until}{first_ones}.")
    return list(range(first, until + 1))


def is_synthetic(connection: Connection) -> bool:
    """Whether the loaded years are synthetic; false where none is loaded."""
    return bool(scalar(connection, "SELECT bool_and(syntetisk) FROM trygdfob.lastet_aargang"))


def refuse_mixture(connection: Connection, synthetic: bool) -> None:
    """UserError where synthetic files would be loaded on top of others, or others on top of synthetic ones."""
    if scalar(connection, "SELECT count(*) FROM trygdfob.lastet_aargang WHERE syntetisk <> %s", synthetic):
        held, given = ("real", "synthetic") if synthetic else ("synthetic", "real")
        marked = "" if synthetic else " Synthetic files have SYNTHETIC.json in their folder: copy it with them."
        raise UserError(
            f"The database holds years of {held} data, and these files are {given}: the two are never mixed.{marked} "
            "Name the right files (make: DATA=DIR, fdtrygd: --data DIR), take every loaded year back first "
            "(make unload-year), or name another database in FDTRYGD_DATABASE_URL."
        )


def before_the_start(connection: Connection, years: list[int]) -> str:
    """That years end before the series starts, so that nothing of them reaches F_ARBSOK; nothing where none does."""
    start: date = scalar(connection, "SELECT serie_start FROM trygdfob.innstilling")
    early = [year for year in years if year < start.year]
    if not early:
        return ""
    one = len(early) == 1
    return (
        f"{' to '.join(map(str, sorted({early[0], early[-1]})))} {'is' if one else 'are'} before the series' start "
        f"({start}): the miniregister and its controls have {'it' if one else 'them'}, F_ARBSOK gets no record. For a "
        "series that begins earlier, set serie_start in trygdfob.innstilling while no year is loaded."
    )


def incomplete(years: list[int], files: dict[int, dict[int, MonthFile]]) -> list[str]:
    """What can be said of the years' files by their names, a sentence each."""
    faults = []
    for year in years:
        missing = [f"arbsok_{year}{month:02}" for month in MONTHS if month not in files.get(year, {})]
        if 0 < len(missing) < len(MONTHS):
            faults.append(
                f"{year} is not complete: {', '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing. "
                "A year is loaded whole; add what is missing and run the command again."
            )
    if none := [year for year in years if not files.get(year)]:
        faults.append(
            f"There are no month files for {', '.join(map(str, none))} (arbsok_{none[0]}01 to arbsok_{none[0]}12"
            f"{' and so on' if len(none) > 1 else ''}; the sample has 2001 to 2005). Years load in chronological "
            "order: add them, or ask for an earlier year."
        )
    return faults


def unreadable(files: dict[int, MonthFile]) -> list[str]:
    """What stands in a year's files' places and is no file, a sentence each, before any is read."""
    return [fault for file in files.values() if (fault := month_files.fault(file))]


def refuse(faults: list[str], more: str = "") -> None:
    """UserError where something is wrong with the files: all of it, a line each, and where `more` is said."""
    if len(faults) == 1:
        raise UserError(f"{faults[0]} {more}".rstrip())
    if faults:
        first = f"{len(faults)} things are wrong with the files; nothing of them is loaded."
        raise UserError("\n  ".join([f"{first} {more}".rstrip(), *faults]))


def sizes(connection: Connection, years: list[int]) -> dict[int, int]:
    """The bytes of loaded years' files."""
    rows = connection.execute(
        "SELECT aargang, sum(bytes)::bigint FROM trygdfob.maanedsfil WHERE aargang = ANY(%s) GROUP BY aargang"
        " ORDER BY aargang",
        [years],
    )
    return dict(rows.fetchall())
