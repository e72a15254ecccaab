"""A month's file: its records as NAV writes them, with their faults, in CSV or Parquet."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from fdtrygd.synthetic.arrays import Bools, Bytes, Ints, chars, digits
from fdtrygd.synthetic.codes import HOVEDARBSTAT, ROW_F, ROW_GR, ROW_HA, ROW_LONG, ROW_SHORT, YTELSE_CHARS
from fdtrygd.synthetic.dice import Dice
from fdtrygd.synthetic.population import Month, Population, Shown
from fdtrygd.synthetic.rates import WRONG_GR, WRONG_HA

if TYPE_CHECKING:
    import pyarrow

COLUMNS = ("fnr", "as_stat", "dagdato", "ant_d_as", "as_gr", "as_f", "mnd")

#: Faults of single records in the sample, and how many of 100 000 records have each.
DIRT = {
    "none": 99_730,
    "twice": 50,
    "twice, differing": 50,
    "other dagdato": 30,
    "no dagdato": 25,
    "dagdato 31": 30,
    "no fnr": 10,
    "fnr of 10": 10,
    "fnr with letters": 10,
    "no as_stat": 15,
    "new code": 20,
    "unknown status": 20,
}
#: The same in the full register, by year: how many records (chapter 4.1).
FULL_FAULTS = {2001: {"fnr of 10": 6, "other dagdato": 70}}
#: Of a million persons so many have an unknown status for a whole year (chapter 4.2, `Ugyldig`: 63 of 229 265).
FULL_UNKNOWN = {2003: 275, 2005: 230}


def ant_d_as(m: Month, days: Ints) -> Bytes:
    """The days as the month's file writes them: plain, with zeros in front, or in 2004 with decimals as room allows."""
    if m.year != 2004:
        return digits(days, 5, pad=m.number % 4 == 0)
    decimals = np.repeat(chars([".00"]), len(days), axis=0)
    decimals[days >= 100, 2] = 0
    decimals[days >= 1000] = 0
    return np.hstack([digits(days, 5, pad=False), decimals])


@dataclass
class Text:
    """The fields of a month's records, each an array of bytes with a row for every record."""

    fields: dict[str, Bytes]

    def put(self, where: Bools, **values: str) -> None:
        """Writes the same values over the fields of some records."""
        for name, value in values.items():
            self.fields[name][where] = np.frombuffer(value.encode().ljust(self.fields[name].shape[1], b"\0"), np.uint8)

    def again(self, which: Ints) -> slice:
        """Adds some records once more at the end, and returns where they are now."""
        n = len(self.fields["fnr"])
        self.fields = {name: np.concatenate([f, f[which]]) for name, f in self.fields.items()}
        return slice(n, None)


def faults(m: Month, ids: Ints, scale: float) -> NDArray[np.str_]:
    """Each record's fault, or `none`."""
    if not m.rates.full:
        return np.array(list(DIRT))[m.dice.pick("dirt", ids, tuple(DIRT.values()))]
    dirt = np.full(len(ids), "none", "U16")
    unknown = Dice(m.dice.seed, m.year).below("unknown status", ids, 1_000_000) < FULL_UNKNOWN.get(m.year, 0)
    dirt[unknown] = "unknown status"
    order = np.argsort(m.dice("dirt", ids), kind="stable")
    for fault, count in FULL_FAULTS.get(m.year, {}).items():
        number = round(count * scale)
        here = number * m.month // 12 - number * (m.month - 1) // 12
        dirt[order[:here]] = fault
        order = order[here:]
    return dirt


def records(m: Month, people: Population, fnr: Bytes, shown: Shown, scale: float = 1) -> dict[str, Bytes]:
    """The month's file: each of its columns as rows of bytes, from which the NULs are to be dropped."""
    ids = shown.ids
    row, ytelse, days = people.row[ids], people.ytelse[ids], m.dag - people.hend[ids]
    coin = m.dice.below("coin", ids, 2) == 0
    slip = np.where(shown.wrong & WRONG_HA, 1 + m.dice.below("slip", ids, len(HOVEDARBSTAT) - 1), 0)
    dag = f"{date.fromordinal(m.dag):%y%m%d}"
    if m.number % 2:  # some months write it as a number, without zeros in front
        dag = str(int(dag))
    text = Text(
        {
            "fnr": fnr[ids],
            "hovedarbstat": chars(HOVEDARBSTAT)[(ROW_HA[row] + slip) % len(HOVEDARBSTAT)],
            "tiltak": (ROW_LONG if m.long else ROW_SHORT)[row],
            "ytelse": YTELSE_CHARS[ytelse],
            "dagdato": np.zeros((len(ids), 6), np.uint8),
            "ant_d_as": ant_d_as(m, days),
            "as_gr": ROW_GR[row],
            "as_f": ROW_F[row],
            "mnd": np.repeat(chars([f"{m.month:02}"]), len(ids), axis=0),
        }
    )
    everybody = np.ones(len(ids), np.bool_)
    text.put(everybody, dagdato=dag)
    text.put(shown.missing, ant_d_as="")
    if m.year == 2003:
        text.put(shown.missing & coin, ant_d_as="-1")
    text.put((shown.wrong & WRONG_GR > 0) & coin, as_gr="", as_f="")
    text.put((shown.wrong & WRONG_GR > 0) & ~coin, as_gr="-1", as_f="22")

    dirt = faults(m, ids, scale)
    text.put(dirt == "other dagdato", dagdato=f"{date.fromordinal(m.dag - 6):%y%m%d}")
    text.put(dirt == "no dagdato", dagdato="")
    if monthrange(m.year, m.month)[1] == 30:
        text.put(dirt == "dagdato 31", dagdato=f"{m.year % 100:02}{m.month:02}31")
    text.put(dirt == "no fnr", fnr="")
    text.fields["fnr"][dirt == "fnr of 10", 10] = 0
    text.fields["fnr"][dirt == "fnr with letters", 6:8] = ord("X")
    text.put(dirt == "no as_stat", hovedarbstat="", tiltak="", ytelse="")
    for i, (field, code) in enumerate({"hovedarbstat": "XX", "tiltak": "QQ", "ytelse": "ZZ"}.items()):
        text.put((dirt == "new code") & (ids % 3 == i), **{field: code})
    text.put(dirt == "unknown status", hovedarbstat="--", tiltak="--", as_gr="-1", as_f="22")
    if not m.long:
        text.put(everybody, as_gr="", as_f="")

    text.again(np.flatnonzero(dirt == "twice"))
    for more in (True, False):
        rival = np.flatnonzero((dirt == "twice, differing") & (coin == more))
        places = text.again(rival)
        if more:
            text.fields["ant_d_as"][places] = ant_d_as(m, days[rival] + 30)
        else:
            text.fields["ytelse"][places] = YTELSE_CHARS[(ytelse[rival] + 1) % len(YTELSE_CHARS)]

    columns: dict[str, tuple[str, ...]] = {name: (name,) for name in COLUMNS}
    columns["as_stat"] = ("hovedarbstat", "tiltak", "ytelse")
    if not m.long and m.number % 3 == 0:
        del columns["as_gr"], columns["as_f"]
    return {name: np.hstack([text.fields[part] for part in parts]) for name, parts in columns.items()}


def lines(columns: dict[str, Bytes]) -> bytes:
    """The records as lines of CSV."""
    n = len(next(iter(columns.values())))
    comma, end = np.full((n, 1), ord(","), np.uint8), np.full((n, 1), ord("\n"), np.uint8)
    block = np.hstack([*[part for column in columns.values() for part in (column, comma)][:-1], end])
    return bytes(block[block != 0])


def csv(columns: dict[str, Bytes]) -> bytes:
    """The file in CSV, with its header."""
    return (",".join(columns) + "\n").encode() + lines(columns)


def parquet(columns: dict[str, Bytes]) -> bytes:
    """The same in Parquet: every column is text, and null where nothing stands."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    def strings(column: Bytes) -> "pyarrow.Array":
        length = (column != 0).sum(axis=1)
        offsets = np.concatenate([[0], length.cumsum()]).astype(np.int32)
        filled = np.packbits(length > 0, bitorder="little")
        buffers = (pa.py_buffer(offsets), pa.py_buffer(column[column != 0]), pa.py_buffer(filled))
        return pa.StringArray.from_buffers(len(column), *buffers)

    sink = pa.BufferOutputStream()
    pq.write_table(pa.table({name: strings(column) for name, column in columns.items()}), sink, compression="zstd")
    return bytes(sink.getvalue())
