"""Open time as a coordinate: every instant has a place in the open time of a calendar, and sums are made there (T4)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from sla_dsl.worktime.buckets import Work
from sla_dsl.worktime.open_time import open_time

if TYPE_CHECKING:
    from sla_dsl.batch.typed import Flags, Ints
    from sla_dsl.worktime import Timetable


_FAR = np.int64(2**61)
"""Farther than any instant that a ticket can have."""


class Hours:
    """The open time of a timetable; without one every minute counts.

    `spent` gives how much was open before an instant, `instant` the earliest instant before which so much was.
    """

    def __init__(self, timetable: Timetable | None) -> None:
        self._open = None if timetable is None else open_time(timetable)

    def covers(self, at: Ints) -> Flags:
        """Return which instants lie within the years of the calendar."""
        if self._open is None:
            return np.abs(at) < _FAR
        return (at >= self._open.first) & (at <= self._open.last)

    def reaches(self, amounts: Ints) -> Flags:
        """Return which amounts run out within the years of the calendar."""
        return np.abs(amounts) < _FAR if self._open is None else amounts <= self._open.total

    def spent(self, at: Ints) -> Ints:
        """Return the open time before each instant."""
        if self._open is None:
            return at
        out = np.empty(len(at), np.int64)
        if len(at):
            self._open.spent(at, Work(len(at)), out)
        return out

    def instant(self, amounts: Ints) -> Ints:
        """Return the earliest instant before which so much was open; what runs out at a closing is due there (T4)."""
        if self._open is None:
            return amounts
        place = self._open.amounts.count(amounts, Work(len(amounts)), before=True)
        return amounts + np.take(self._open.lag, place, mode="clip")

    def is_open(self, at: Ints) -> Flags:
        """Return which instants are open (T1)."""
        if self._open is None or not len(at):
            return np.ones(len(at), np.bool)
        return at >= self._open.openings(at, Work(len(at)))


@lru_cache(maxsize=64)
def hours_of(timetable: Timetable | None) -> Hours:
    """Return the open time of a timetable, remembered for those in use."""
    return Hours(timetable)
