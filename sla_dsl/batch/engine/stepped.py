"""Answers that change on a grid of time only, asked once for each stretch of it: dates, dues in days (T5, T6)."""

from __future__ import annotations

from math import gcd
from typing import TYPE_CHECKING

import numpy as np

from sla_dsl.batch.engine.rows import MISSING
from sla_dsl.worktime.offsets import offsets
from sla_dsl.worktime.units import DAY, SECOND

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sla_dsl.batch.typed import Flags, Ints
    from sla_dsl.worktime import Timetable


FIRST_YEAR, LAST_YEAR = 1971, 2100
"""The years for which clock changes are known here; what lies outside goes one by one."""
_FINEST = 60 * SECOND
"""With a finer grid there would be too many stretches."""
_MOST_KEPT = 1 << 19


class Stepped:
    """An answer for each instant that, between two marks of a grid, stays the same or goes on as the instant does.

    `ask` gives a tuple of numbers for an instant, None where it has no answer. So each mark, and each stretch between
    two, is asked once; of a stretch two instants, which tell what goes on in it, unless it `stays` the same.
    """

    def __init__(
        self, grain: int, width: int, ask: Callable[[int], tuple[int, ...] | None], *, stays: bool = False
    ) -> None:
        self._stays = stays
        self._grain = grain
        self._width = width
        self._ask = ask
        self._known: dict[int, tuple[int, ...] | None] = {}

    def __call__(self, at: Ints) -> tuple[Ints, Flags]:
        """Return the answers, column by column, and which rows have one."""
        place = at // self._grain
        inside = at - place * self._grain
        kinds, which = np.unique(2 * place + (inside > 0), return_inverse=True)
        found = [self._stretch(kind) for kind in kinds.tolist()]
        told = np.array([one is not None for one in found], np.bool)
        nothing = (0,) * (2 * self._width)
        table = np.array([one or nothing for one in found], np.int64).reshape(len(found), 2 * self._width)
        values, slopes = table[which, : self._width].T, table[which, self._width :].T
        return values + slopes * (inside - 1), told[which]

    def _stretch(self, kind: int) -> tuple[int, ...] | None:
        if kind not in self._known:
            if len(self._known) >= _MOST_KEPT:
                self._known.clear()
            self._known[kind] = self._asked(kind >> 1, between=bool(kind & 1))
        return self._known[kind]

    def _asked(self, place: int, *, between: bool) -> tuple[int, ...] | None:
        """Return the values at the first instant of a stretch, and by how much each goes on with the next."""
        first = place * self._grain + between
        values = self._ask(first)
        if values is None or not between or self._stays:
            return values and (*values, *(0 for _ in values))
        others = self._ask(first + 1)
        if others is None:
            return None
        slopes = tuple(other - one for one, other in zip(values, others, strict=True))
        return (*values, *slopes) if {*slopes} <= {0, 1} else None


def grain_of(zones: Iterable[str], timetables: Iterable[Timetable], walls: Iterable[int]) -> int | None:
    """Return the width of a grid on which all changes lie: of clocks, of hours, of dates, at wall times of a date.

    None where it would be too fine.
    """
    found = gcd(DAY, *walls)
    for zone in zones:
        clock = offsets(zone, FIRST_YEAR, LAST_YEAR)
        found = gcd(found, *clock.offset, *clock.changes)
    for timetable in timetables:
        tables = timetable.tables()
        edges = np.gcd.reduce(np.array([*tables.starts, *tables.ends, tables.first, tables.last], np.int64))
        found = gcd(found, int(edges))
    return found if found >= _FINEST else None


def known_years(at: Ints) -> Flags:
    """Return which instants lie well within the years of which clock changes are known."""
    low, high = (np.datetime64(f"{year}-01-01", "us").astype(np.int64) for year in (FIRST_YEAR, LAST_YEAR))
    return (at != MISSING) & (at > low) & (at < high)


class Dates:
    """The local dates of instants in a zone, as day numbers of the common era."""

    def __init__(self, zone: str) -> None:
        clock = offsets(zone, FIRST_YEAR, LAST_YEAR)
        self._changes, self._offsets = np.array(clock.changes, np.int64), np.array(clock.offset, np.int64)

    def __call__(self, at: Ints) -> Ints:
        """Return the date of each instant."""
        local = at + self._offsets[np.searchsorted(self._changes, at, side="right")]
        return local // DAY + _EPOCH


_EPOCH = 719_163
"""The day number of 1970-01-01."""
