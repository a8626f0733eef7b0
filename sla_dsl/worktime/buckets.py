"""Where a point lies among sorted marks, for many points at a time: a table look-up instead of a search."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Places = NDArray[np.intp]

TABLE_BYTES = 8 * 1024 * 1024
"""What the table of one index may take."""

MOST_STEPS = 4
"""Marks that one bucket may hold. With more, searching is no slower than stepping."""

_BEYOND = np.iinfo(np.int64).max


class Work:
    """Buffers for so many points, reused from chunk to chunk. Not to be shared by threads."""

    __slots__ = ("bucket", "first", "flag", "mark", "place", "second", "size", "value")

    def __init__(self, size: int) -> None:
        self.size = size
        self.bucket: Places = np.empty(size, np.intp)
        self.place: Places = np.empty(size, np.intp)
        self.mark: Ints = np.empty(size, np.int64)
        self.value: Ints = np.empty(size, np.int64)
        self.first: Ints = np.empty(size, np.int64)
        self.second: Ints = np.empty(size, np.int64)
        self.flag: NDArray[np.bool] = np.empty(size, np.bool)


class Buckets:
    """Marks on a line from `first` to `last`, and for each of its buckets how many marks lie before it.

    Buckets are a power of two wide, as wide as can be with one mark in each at most. Then the count of marks at or
    before a point is that of its bucket, and one more if the next mark is not after the point: one gather and one
    compare. Where marks lie so close that the table would exceed `table_bytes`, buckets are wider and a look-up
    takes a few such steps; where it would take more than `MOST_STEPS`, there is no table (`is_searched`) and
    `numpy.searchsorted` answers. `marks` increase strictly. The unit is that of the caller.

    >>> buckets = Buckets(np.array([30, 70, 90]), 0, 100)
    >>> buckets.count(np.array([0, 29, 30, 89, 100]), Work(5)).tolist()
    [0, 0, 1, 2, 3]
    """

    __slots__ = ("_first", "_marks", "_origin", "_shift", "_steps", "_table")

    def __init__(self, marks: Ints, first: int, last: int, *, table_bytes: int = TABLE_BYTES) -> None:
        self._marks = np.append(marks, _BEYOND)  # what comes after the last mark
        # Buckets from zero on save a subtraction, for points that are not negative.
        self._origin = first = min(first, 0)
        closest = int(np.diff(marks).min()) if len(marks) > 1 else last - first
        self._shift = max(closest, 1).bit_length() - 1
        while ((last - first) >> self._shift) * np.dtype(np.intp).itemsize > table_bytes:
            self._shift += 1
        bucket = (marks - first) >> self._shift
        self._steps = int(np.bincount(bucket - bucket[0]).max()) if closest < 1 << self._shift else 1
        self._table: Places | None = None
        if self._steps <= MOST_STEPS:
            edges = first + (np.arange(((last - first) >> self._shift) + 1, dtype=np.int64) << self._shift)
            self._table = np.searchsorted(marks, edges, side="left").astype(np.intp)

    @property
    def is_searched(self) -> bool:
        """Say whether marks lie too close together for a table."""
        return self._table is None

    def count(self, points: Ints, work: Work, *, before: bool = False) -> Places:
        """Return for each point, from first to last, how many marks lie at or before it; or only those before it.

        The answer lies in a buffer of `work`, whose size is that of `points`. For points elsewhere it is some number.
        """
        if self._table is None:
            return np.searchsorted(self._marks, points, side="left" if before else "right")
        has_passed = np.greater if before else np.greater_equal
        bucket, place = work.bucket, work.place
        if self._origin:
            np.subtract(points, self._origin, out=bucket)
            np.right_shift(bucket, self._shift, out=bucket)
        else:
            np.right_shift(points, self._shift, out=bucket)
        # `clip` spares numpy a buffer.
        np.take(self._table, bucket, out=place, mode="clip")
        for _ in range(self._steps):
            np.take(self._marks, place, out=work.mark, mode="clip")
            has_passed(points, work.mark, out=work.flag)
            np.add(place, work.flag, out=place)
        return place
