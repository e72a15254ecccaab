"""What the generator computes with: arrays that have a place for each person, and texts as rows of bytes."""

from typing import Self

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bytes = NDArray[np.uint8]
Bools = NDArray[np.bool_]
Draws = NDArray[np.uint64]


class Table:
    """Columns of the same length, as a dataclass has them."""

    def __getitem__(self, which: Bools | Ints | slice) -> Self:
        return type(self)(*(column[which] for column in vars(self).values()))

    def __add__(self, more: Self) -> Self:
        return type(self)(*map(np.concatenate, zip(vars(self).values(), vars(more).values(), strict=True)))

    def __len__(self) -> int:
        return len(next(iter(vars(self).values())))


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
