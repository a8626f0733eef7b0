"""Times that do not count, of many cycles at once: pauses, and gaps between a stop and a reopening (P6, P7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from sla_dsl.batch.typed import Flags, Ints, Places


OPEN = np.iinfo(np.int64).max
"""The end of a hold that nothing has ended."""


class Holds:
    """The holds of each row in order: `starts` and `ends` by row and number, `gap` for those after a stop.

    `count` is how many a row has; what stands beyond that has no meaning.
    """

    def __init__(self, rows: int) -> None:
        self.count: Places = np.zeros(rows, np.intp)
        self.starts: Ints = np.zeros((rows, 2), np.int64)
        self.ends: Ints = np.zeros((rows, 2), np.int64)
        self.gap: Flags = np.zeros((rows, 2), np.bool)

    def is_open(self, rows: Places) -> Flags:
        """Return in which rows the last hold goes on."""
        last = self.count[rows] - 1
        return (last >= 0) & (self.ends[rows, last] == OPEN)

    def clear(self, rows: Places) -> None:
        """Forget the holds of some rows."""
        self.count[rows] = 0

    def add(self, rows: Places, start: Ints, end: Ints | int, *, gap: bool | Flags = False) -> None:
        """Add a hold to each of some rows."""
        if not len(rows):
            return
        place = self.count[rows]
        if place.max() == self.starts.shape[1]:
            more = ((0, 0), (0, self.starts.shape[1]))
            self.starts, self.ends, self.gap = (
                np.pad(self.starts, more),
                np.pad(self.ends, more),
                np.pad(self.gap, more),
            )
        self.starts[rows, place], self.ends[rows, place], self.gap[rows, place] = start, end, gap
        self.count[rows] = place + 1

    def mark(self, rows: Places, at: Ints, held: Flags) -> None:
        """Begin a pause in the rows that are held from now on, and end it in the others."""
        goes_on = self.is_open(rows)
        begins = held & ~goes_on
        self.add(rows[begins], at[begins], OPEN)
        ends = goes_on & ~held
        self.release(rows[ends], at[ends])

    def release(self, rows: Places, at: Ints) -> None:
        """End the pauses that go on; one that began at the same instant has not been."""
        there = np.flatnonzero(self.is_open(rows))
        if not len(there):
            return
        rows, at = rows[there], at[there]
        last = self.count[rows] - 1
        self.ends[rows, last] = at
        self.count[rows] -= self.starts[rows, last] >= at

    def of(self, rows: Places) -> Ints:
        """Return the numbers of holds that any of some rows has."""
        return np.arange(int(self.count[rows].max()) if len(rows) else 0)
