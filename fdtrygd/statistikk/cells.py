"""What the choice of protected counts sees of a version's base: its counts, the figures they go into, keyed noise."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.signedinteger[Any]]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Cells:
    """A base, a row for each of its cells. It holds no person and no key, and the order of its rows means nothing."""

    #: persons; a row of 0 is allowed, and stays 0
    count: Ints
    #: the fylke, as a number: fylker are worked through in its order
    block: Ints
    #: the published figures that count the cell, a column for each way in which a table adds up: figures are numbered
    #: anew in each column, and -1 stands where none of the column counts the cell
    figures: Ints
    #: u(key, the cell's codes), from 0 up to 1
    noise: Floats
    #: u(key, package and period), likewise
    start: float
    #: the protected count that the same period's last published version has, where the count is the same; else -1
    kept: Ints
    #: likewise, that of the period before
    last: Ints
