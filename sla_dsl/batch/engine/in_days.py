"""Promises that count in days, or in dates: due times and days used of many cycles, and of single ones (T5, T6, P7)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from attrs import frozen

from sla_dsl.batch.engine.holds import OPEN
from sla_dsl.batch.engine.hours import hours_of
from sla_dsl.batch.engine.rows import MISSING
from sla_dsl.batch.engine.stepped import Dates, Stepped, grain_of, known_years
from sla_dsl.errors import SlaError
from sla_dsl.policy.after_start import within
from sla_dsl.policy.deadlines import Reached
from sla_dsl.policy.terms import CalendarPeriod, OpenDays, Within
from sla_dsl.policy.tickets.holding import Count, Hold, reach_counted
from sla_dsl.worktime.units import SECOND

if TYPE_CHECKING:
    from sla_dsl.batch.engine.cycles import Cycles
    from sla_dsl.batch.engine.hours import Hours
    from sla_dsl.batch.typed import Flags, Ints, Places
    from sla_dsl.policy.deadlines import Binding
    from sla_dsl.policy.tickets.promised import Promised
    from sla_dsl.worktime import Timetable


DAY_ZERO = date(1970, 1, 1).toordinal()


@frozen(eq=False)
class Found:
    """When cycles are due, as `cycles.Dues` has it; `told` says of which that could be computed here."""

    at: Ints
    sure: Flags
    strict: Flags
    low: Ints
    day: Ints
    told: Flags


class InDays:
    """A promise within some days, for many cycles. `of` gives None for one that has to go cycle by cycle."""

    def __init__(
        self, limit: Within, budget: OpenDays | CalendarPeriod, binding: Binding, zone: str, grain: int
    ) -> None:
        self._limit = limit
        self._budget = budget
        self._binding = binding
        calendar = binding.calendar(budget.calendar) if isinstance(budget, OpenDays) else None
        self._exact = None if calendar is None else calendar.exact
        self._dates = Dates(zone)
        by_date = budget.ending != "same time" if isinstance(budget, OpenDays) else not budget.same_time
        self._base = Stepped(grain, 4, self._within, stays=by_date)
        self._first = Stepped(grain, 1, self._date_of, stays=True)

    @classmethod
    def of(cls, promised: Promised) -> InDays | None:
        """Return the promise laid out, if it can be."""
        limit, binding = promised.governing.limit, promised.governing.binding
        if not isinstance(limit, Within) or binding is None or (promised.in_days is None):
            return None
        budget = promised.in_days
        timetables = [one.exact for one in binding.calendars.values() if one.exact is not None]
        own = binding.zone.name
        if isinstance(budget, OpenDays):
            calendar = binding.calendar(budget.calendar)
            own = None if calendar is None or calendar.exact is None else calendar.exact.recipe.zone
        if own is None:
            return None
        walls = [one * SECOND for one in (getattr(budget, "at", None), getattr(budget, "cutoff", None)) if one]
        grain = grain_of({own, *(one.recipe.zone for one in timetables)}, timetables, walls)
        return None if grain is None else cls(limit, budget, binding, own, grain)

    def _within(self, start: int) -> tuple[int, int, int, int] | None:
        """Return due, the earlier end of a range, the date, and strictness, of a start without any hold."""
        try:
            found = within(self._limit, self._budget, start, self._binding)
        except SlaError:
            return None
        if not isinstance(found, Reached):
            return None
        day = MISSING if found.day is None else found.day.toordinal() - DAY_ZERO
        return found.at, MISSING if found.low is None else found.low, day, int(found.strict)

    def _date_of(self, start: int) -> tuple[int] | None:
        try:
            return None if self._exact is None else (self._exact.date_of(start).toordinal(),)
        except SlaError:
            return None

    # ------------------------------------------------------------------------------------------- due

    def dues(self, cycles: Cycles, rows: Places, now: Ints, *, moves: bool) -> Found:
        """Return when cycles are due; see `holding.reach_counted`."""
        (at, low, day, strict), told = self._base(cycles.origin[rows])
        base = at.copy()
        moving = _Moving(cycles, rows, now, at, told & known_years(cycles.origin[rows]))
        for number in cycles.holds.of(rows):
            moving.hold(number, hours_of(self._exact), moves=moves)
        sure, told = moving.sure, moving.told & known_years(at)
        moved = (at != base) | ~sure
        dated = moved & (day != MISSING)
        day[dated] = self._dates(at[dated] - 1) - DAY_ZERO
        low[moved] = day[~sure] = MISSING
        return Found(at, sure, strict == 1, low, day, told)

    # ------------------------------------------------------------------------------------------ usage

    def used_days(self, start: Ints, end: Ints) -> tuple[Ints, Flags]:
        """Return the days that count after the first, and for which rows they are told; see `CycleView.used_days`."""
        told = known_years(start) & known_years(end)
        last = self._dates(end)
        if self._exact is None:
            return last - self._dates(start), told
        hours = hours_of(self._exact)
        (first,), known = self._first(start)
        days = _open_days(self._exact)
        upto, before = (np.searchsorted(days, one, side="right").astype(np.int64) for one in (last, first))
        return np.where(first <= last, upto - before, 0), told & known & hours.covers(start) & hours.covers(end + 1)


class _Moving:
    """Due times on their way through the holds of their cycles. `at` is written to."""

    def __init__(self, cycles: Cycles, rows: Places, now: Ints, at: Ints, told: Flags) -> None:
        self._cycles = cycles
        self._rows = rows
        self._now = now
        self._at = at
        self.told = told
        self.sure: Flags = np.ones(len(rows), np.bool)

    def hold(self, number: int, hours: Hours, *, moves: bool) -> None:
        """Move the due times of the cycles in which a hold began before; a gap always does, a pause if it `moves`."""
        holds, at = self._cycles.holds, self._at
        there = np.flatnonzero(self.told & (holds.count[self._rows] > number))
        some = self._rows[there]
        start, end, gap = holds.starts[some, number], holds.ends[some, number], holds.gap[some, number]
        counts = (start < at[there]) & (gap | moves)
        there, some, start, end = there[counts], some[counts], start[counts], end[counts]
        goes_on = end == OPEN
        self.sure[there[goes_on]] = False
        since, until = np.maximum(start, self._cycles.origin[some]), np.where(goes_on, self._now[there], end)
        lasting = since < until
        there, since, until = there[lasting], since[lasting], until[lasting]
        length = hours.spent(until) - hours.spent(since)
        total = hours.spent(at[there]) + length
        covered = hours.covers(since) & hours.covers(until) & hours.covers(at[there])
        self.told[there] = covered & hours.reaches(total)
        at[there] = np.where(length > 0, hours.instant(total), at[there])


def _open_days(timetable: Timetable) -> Ints:
    """Return the dates with opening hours, as day numbers."""
    recipe = timetable.recipe
    first, last = date(recipe.first_year, 1, 1), date(recipe.last_year, 12, 31)
    return np.array([one.toordinal() for one in timetable.open_dates(first, last)], np.int64)


# --------------------------------------------------------------------------------------- cycle by cycle


def due_alone(promised: Promised, cycles: Cycles, row: int, now: int) -> tuple[int, bool, bool, int, int] | None:
    """Return when a cycle is due: the instant, whether it is sure, strict, the earlier end of a range, the date.

    None where the scalar evaluator has more to say of it.
    """
    governing = promised.governing
    if governing.limit is None or governing.binding is None:
        return None
    holds = tuple(_holds(cycles, row))
    moves = governing.clock.pauses_move_due is True
    count = Count(int(cycles.origin[row]), now, holds, int(cycles.carried[row]), moves)
    try:
        found = reach_counted(governing.limit, governing.binding, count)
    except SlaError:
        return None
    if isinstance(found, Reached):
        day = MISSING if found.day is None else found.day.toordinal() - DAY_ZERO
        return found.at, True, found.strict, MISSING if found.low is None else found.low, day
    if found.missing or found.earliest is None or found.latest is not None:
        return None
    return found.earliest, False, found.strict, MISSING, MISSING


def _holds(cycles: Cycles, row: int) -> list[Hold]:
    holds = cycles.holds
    found: list[Hold] = []
    for number in range(int(holds.count[row])):
        end = int(holds.ends[row, number])
        kind = "after stop" if holds.gap[row, number] else "paused"
        found.append(Hold(int(holds.starts[row, number]), None if end == OPEN else end, kind, ""))
    return found
