"""Which tickets have been seen, in eight bytes for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


class Seen:
    """A set of texts that only says whether some of them came before; once in 10^8 tickets it may err on that side.

    It holds sorted arrays of hashes, each at most half as long as the one before, so that what is added is merged
    a few times only.

    >>> seen = Seen()
    >>> seen.again(["a", "b"]), seen.again(["c", "a"])
    (None, 1)
    """

    def __init__(self) -> None:
        self._levels: list[NDArray[np.int64]] = []

    def again(self, texts: Sequence[str]) -> int | None:
        """Add texts; return the place of the first that was there before, or is twice among them."""
        hashes = np.fromiter(map(hash, texts), np.int64, len(texts))
        order = np.argsort(hashes, kind="stable")
        ranked = hashes[order]
        twice = np.zeros(len(texts), np.bool)
        twice[1:] = ranked[1:] == ranked[:-1]
        for level in self._levels:
            twice |= level[np.searchsorted(level, ranked).clip(max=len(level) - 1)] == ranked
        self._add(ranked)
        return int(order[twice].min()) if twice.any() else None

    def _add(self, ranked: NDArray[np.int64]) -> None:
        if len(ranked) == 0:
            return
        while self._levels and len(self._levels[-1]) < 2 * len(ranked):
            ranked = np.sort(np.concatenate((self._levels.pop(), ranked)), kind="stable")
        self._levels.append(ranked)
