"""The answers about a chunk under two policies, side by side: cycle by cycle, also those that only one side has."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np
from attrs import frozen

from sla_dsl.batch.engine.rows import MISSING
from sla_dsl.batch.worst import late_by

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sla_dsl.batch.engine.rows import Answered, Rows, Words
    from sla_dsl.batch.typed import Ints


NOBODY = -1
"""Stands for a side that does not have a cycle."""


@frozen(eq=False)
class Side:
    """The answers of one side, with its words."""

    rows: Rows
    words: Words
    places: Ints

    def column(self, name: str, missing: int = MISSING) -> Ints:
        """Return a column for each pair; `missing` where this side does not have the cycle."""
        return self._spread(cast("Ints", self.rows[name]).astype(np.int64), missing)

    def late(self, now: int) -> Ints:
        """Return by how much each cycle was late, as `late_by` does."""
        return self._spread(late_by(self.rows, now), MISSING)

    def _spread(self, values: Ints, missing: int) -> Ints:
        found = np.full(len(self.places), missing, np.int64)
        there = self.places != NOBODY
        found[there] = values[self.places[there]]
        return found


@frozen(eq=False)
class Pairs:
    """Cycles of both sides, in the order of ticket, clock and cycle; `clock` are places in the names of clocks."""

    ticket: Ints
    clock: Ints
    cycle: Ints
    before: Side
    after: Side

    def __len__(self) -> int:
        return len(self.ticket)


def joined(clocks: Sequence[str], before: tuple[Answered, Words], after: tuple[Answered, Words]) -> Pairs:
    """Return the answers side by side, of the tickets that both sides could answer."""
    refused = [one.ticket for answered, _ in (before, after) for one in answered.refused]
    rows: list[Rows] = []
    keys: list[Ints] = []
    most = 1 + max(
        (int(answered.rows["cycle"].max()) for answered, _ in (before, after) if len(answered.rows)), default=0
    )
    for answered, words in (before, after):
        own = answered.rows.take(np.flatnonzero(~np.isin(answered.rows["ticket"], refused)))
        place_of = np.array([clocks.index(one) for one in words.clock], np.int64)
        ticket, clock, cycle = (cast("Ints", own[name]).astype(np.int64) for name in ("ticket", "clock", "cycle"))
        rows.append(own)
        keys.append((ticket * len(clocks) + place_of[clock]) * most + cycle)
    every = np.union1d(*keys)
    sides = [
        Side(own, words, _places(every, key)) for own, key, (_, words) in zip(rows, keys, (before, after), strict=True)
    ]
    cycle, clock = every % most, every // most % len(clocks)
    return Pairs(every // most // len(clocks), clock, cycle, *sides)


def _places(every: Ints, keys: Ints) -> Ints:
    found = np.full(len(every), NOBODY, np.int64)
    found[np.searchsorted(every, keys)] = np.arange(len(keys))
    return found
