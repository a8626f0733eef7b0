"""Percentiles of lengths, group by group, in memory that does not grow with their number."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from sla_dsl.policy.logs.summary import PERCENTILES, Percentiles

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sla_dsl.batch.typed import Ints


WAITING = 1 << 20
"""How many lengths are taken in before they are counted."""
MOST = 1 << 16
"""How many different lengths of a group are told apart; beyond, they are put together."""
MOST_IN_ALL = 1 << 22
"""The same for all groups together: some 100 MB."""
_BITS = 11


class Lengths:
    """How often each length occurs in each group; groups are small numbers, lengths microseconds, not negative.

    Lengths of real work repeat: they are kept as they are, with their counts, so that percentiles are exact. In a group
    with more than `MOST` different ones they are cut to their first 12 binary digits, too short by less than one part
    in 2,000; then there are at most some thousands for each doubling of the length.

    >>> lengths = Lengths()
    >>> lengths.add(np.array([0, 0, 0, 1]), np.array([1_000_000, 2_000_000, 9_000_000, 5_500_000]))
    >>> lengths.used([0]).percentiles["50"], lengths.used([0, 1]).percentiles["99"]
    (2.0, 9.0)
    """

    def __init__(self) -> None:
        self._groups, self._lengths, self._counts = (np.empty(0, np.int64) for _ in range(3))
        self._waiting: list[tuple[Ints, Ints]] = []
        self._rows = 0
        self._rough: set[int] = set()

    def add(self, groups: Ints, lengths: Ints) -> None:
        """Take in a length for each row."""
        self._waiting.append((groups, lengths))
        self._rows += len(groups)
        if self._rows >= WAITING:
            self._count()

    def used(self, groups: Iterable[int]) -> Percentiles:
        """Return the percentiles of some groups together, in seconds."""
        self._count()
        wanted = sorted(set(groups))
        flags = np.zeros(max([*wanted, *self._groups[-1:].tolist()]) + 1, bool)
        flags[wanted] = True
        rows = flags[self._groups]
        order = np.argsort(self._lengths[rows], kind="stable")
        lengths, reached = self._lengths[rows][order], np.cumsum(self._counts[rows][order])
        total = int(reached[-1]) if len(reached) else 0
        ranks = {each: math.ceil(total * each / 100) for each in PERCENTILES} if total else {}
        found = {str(each): int(lengths[np.searchsorted(reached, rank)]) / 1_000_000 for each, rank in ranks.items()}
        return Percentiles(total, found, self._rough.isdisjoint(wanted))

    def _count(self) -> None:
        if not self._waiting:
            return
        groups = np.concatenate([self._groups, *(one for one, _ in self._waiting)])
        lengths = np.concatenate([self._lengths, *(one for _, one in self._waiting)])
        counts = np.concatenate([self._counts, np.ones(self._rows, np.int64)])
        self._waiting, self._rows = [], 0
        self._keep(groups, self._cut(groups, lengths), counts)
        sizes = np.bincount(self._groups)
        rough = set(np.flatnonzero(sizes > MOST).tolist()) if sizes.sum() <= MOST_IN_ALL else set(range(len(sizes)))
        if rough - self._rough:
            self._rough |= rough
            self._keep(self._groups, self._cut(self._groups, self._lengths), self._counts)

    def _keep(self, groups: Ints, lengths: Ints, counts: Ints) -> None:
        """Keep each length of each group once, with its count."""
        order = np.lexsort((lengths, groups))
        groups, lengths, counts = groups[order], lengths[order], counts[order]
        new = np.ones(len(groups), bool)
        new[1:] = (groups[1:] != groups[:-1]) | (lengths[1:] != lengths[:-1])
        first = np.flatnonzero(new)
        self._groups, self._lengths = groups[first], lengths[first]
        self._counts = np.add.reduceat(counts, first) if len(first) else counts

    def _cut(self, groups: Ints, lengths: Ints) -> Ints:
        """Return lengths with those of rough groups cut to their first binary digits."""
        if not self._rough:
            return lengths
        digits = np.frexp(lengths.astype(np.float64))[1]
        beyond = np.maximum(digits - 1 - _BITS, 0)
        rough = np.isin(groups, np.array(sorted(self._rough), np.int64))
        return np.where(rough, lengths >> beyond << beyond, lengths)
