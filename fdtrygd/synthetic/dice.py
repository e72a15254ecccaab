"""Chance: a hash of the seed, the month, the decision and the person, compared as whole numbers.

Nothing else in the generator is random. So the same arguments give the same bytes on every machine and with every
version of numpy, and files that end earlier are the same files, only fewer.
"""

from dataclasses import dataclass
from zlib import crc32

import numpy as np

from fdtrygd.synthetic.arrays import Draws, Ints

GOLDEN = np.uint64(0x9E3779B97F4A7C15)


def mix(x: Draws) -> Draws:
    """The last step of splitmix64."""
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


@dataclass(frozen=True)
class Dice:
    """Chance for a seed and month: `dice("exit", ids)` gives each of `ids` 32 bits, and always the same ones."""

    seed: int
    month: int = 0

    def __call__(self, decision: str, ids: Ints) -> Draws:
        key = np.zeros(1, np.uint64)
        for part in (self.seed, self.month, crc32(decision.encode())):
            key = mix(key + GOLDEN + np.uint64(part % 2**64))
        return mix(key + ids.astype(np.uint64) * GOLDEN) >> np.uint64(32)

    def below(self, decision: str, ids: Ints, n: int | Ints) -> Ints:
        """A whole number from 0 to `n` - 1 for each of `ids`."""
        return (self(decision, ids) * np.asarray(n).astype(np.uint64) >> np.uint64(32)).astype(np.int64)

    def pick(self, decision: str, ids: Ints, shares: tuple[int, ...] | Ints) -> Ints:
        """A place in `shares` for each of `ids`, as likely as the share that stands there."""
        edges = np.cumsum(np.asarray(shares, np.int64))
        return edges.searchsorted(self.below(decision, ids, int(edges[-1])), side="right").astype(np.int64)

    def pick_by(self, decision: str, ids: Ints, kind: Ints, shares: Ints) -> Ints:
        """The same where `shares` has a row for each kind of person: `kind` says which row is each one's."""
        picked = np.zeros(len(ids), np.int64)
        for k in range(len(shares)):
            here = np.flatnonzero(kind == k)
            picked[here] = self.pick(decision, ids[here], shares[k])
        return picked
