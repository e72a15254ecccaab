"""What the generator computes with: arrays that have a place for each person, and texts as rows of bytes."""

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bytes = NDArray[np.uint8]
Bools = NDArray[np.bool_]
Draws = NDArray[np.uint64]


def chars(texts: list[str]) -> Bytes:
    """A row of bytes for each text, filled up with NUL. The NULs are dropped when a file is written."""
    return np.array(texts, np.bytes_).view(np.uint8).reshape(len(texts), -1)


def digits(values: Ints, width: int, *, pad: bool) -> Bytes:
    """The decimal digits of whole numbers, with leading zeros (`pad`) or NULs."""
    power = 10 ** np.arange(width - 1, -1, -1)
    found = (values[:, None] // power % 10 + ord("0")).astype(np.uint8)
    if not pad:
        found[:, :-1][values[:, None] < power[:-1]] = 0
    return found
