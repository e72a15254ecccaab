"""Synthetic month files, so that everything runs and can be measured without one real record.

The files look like NAV's: they have the same columns, forms and faults, and give roughly chapter 4's figures. The
persons do not exist. There are two registers. The sample has as many persons as asked for, and rare status codes more
often than in the real one, so that few persons reach them all. The full register has exactly chapter 4.1's numbers of
records, and rates with which the product counts what chapter 4.3 counts (docs/full-volume.md).
"""

from calendar import monthrange
from collections.abc import Callable
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from fdtrygd.errors import UserError
from fdtrygd.settings import MARKER
from fdtrygd.synthetic import files, numbers, sizes
from fdtrygd.synthetic.dice import Dice
from fdtrygd.synthetic.folder import PRODUCT, existing, mark, write
from fdtrygd.synthetic.population import Month, Population
from fdtrygd.synthetic.rates import FULL, SAMPLE
from fdtrygd.synthetic.register import make_register

__all__ = ["MARKER", "extraction", "make", "make_register"]


def extraction(year: int, month: int, seed: int) -> date:
    """The day of a month's extraction: the month's last day, or one of the two before it."""
    back = Dice(seed, year * 12 + month).below("extraction", np.zeros(1, np.int64), 3)
    return date(year, month, monthrange(year, month)[1] - int(back[0]))


def make(
    directory: Path,
    *,
    first: tuple[int, int] = (2001, 1),
    last: tuple[int, int] = (2005, 12),
    persons: int = 3000,
    seed: int = 1,
    full: bool = False,
    scale: float = 1,
    parquet: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Writes `arbsok_YYYYMM.csv` from `first` to `last`, and the marker; returns the number of records.

    About `persons` are registered in a month (fewer in 2001 and more in 2004, as in the register), or with `full` as
    many as in the source, times `scale`. `parquet` gives the same records as Parquet. A directory that holds the same
    already is left alone, and any other content is refused. `progress` is told how many months are done, and how many
    there are.
    """
    months = [(i // 12, i % 12 + 1) for i in range(first[0] * 12 + first[1] - 1, last[0] * 12 + last[1])]
    if not months or persons < 1 or not (1 <= first[1] <= 12 and 1 <= last[1] <= 12):
        raise UserError("A synthetic sample needs at least one person, and a last month not before the first.")
    if full and not (first[0] in sizes.RECORDS and last[0] in sizes.RECORDS):
        known = f"{min(sizes.RECORDS)} to {max(sizes.RECORDS)}"
        raise UserError(f"The full register has the years whose sizes are known: {known}.")
    if parquet and find_spec("pyarrow") is None:
        raise UserError("Writing Parquet needs pyarrow: pip install 'fdtrygd[parquet]'.")
    marker: dict[str, object] = {
        "synthetic": True,
        "from": f"{first[0]}-{first[1]:02}",
        "to": f"{last[0]}-{last[1]:02}",
        **({"full": True, "scale": scale} if full else {"persons": persons}),
        **({"format": "parquet"} if parquet else {}),
        "seed": seed,
        "records": 0,
        "product": PRODUCT,
    }
    if (records := existing(directory, marker)) is not None:
        return records

    if full:
        targets = [sizes.in_full_register(year, month, scale) for year, month in months]
        # Room for those of the first month, and for as many new ones in each month as ever leave in one
        room = dict.fromkeys(sizes.STOCK, int(targets[0].sum() + sum(map(np.sum, targets)) * 12 // 100))
        shares = numbers.FULL_D_NUMBERS, numbers.FULL_WRONG_CHECK_DIGIT
    else:
        targets = [sizes.in_sample(year, month, persons) for year, month in months]
        # Each year brings people who have not been registered before
        room = {year: persons * (22 + 7 * (year - first[0])) // 10 + 10 for year in range(first[0], last[0] + 1)}
        shares = numbers.D_NUMBERS, numbers.WRONG_CHECK_DIGIT
    fnr = numbers.fodselsnummer(room[last[0]], seed, *shares)
    people = Population(room[last[0]])
    directory.mkdir(parents=True, exist_ok=True)
    written, ending = (files.parquet, "parquet") if parquet else (files.csv, "csv")
    records = 0
    before = extraction(first[0] - (first[1] == 1), (first[1] - 2) % 12 + 1, seed)
    for done, (year, month) in enumerate(months, 1):
        day = extraction(year, month, seed)
        rates = FULL[year] if full else SAMPLE
        m = Month(year, month, day.toordinal(), before.toordinal(), Dice(seed, year * 12 + month), rates)
        shown = people.step(m, targets[done - 1], room[year], first=done == 1)
        columns = files.records(m, people, fnr, shown, scale)
        write(directory / f"arbsok_{year}{month:02}.{ending}", written(columns))
        records += len(columns["fnr"])
        before = day
        if progress:
            progress(done, len(months))
    mark(directory, marker, records)
    return records
