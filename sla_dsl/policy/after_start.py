"""Limits that count from the start of a clock: hours, days with opening hours, calendar periods (T3-T6)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sla_dsl.policy.deadlines import UNITS, Bounded, Reached, ending_of, missing_in, policy_zone
from sla_dsl.policy.errors import Unanswerable
from sla_dsl.policy.terms import ELAPSED, CalendarPeriod, Duration, OpenDays
from sla_dsl.worktime import Deadline, calendar_days, days_by, days_same_time, rolled, to_micros, zone
from sla_dsl.worktime.units import DAY, HOUR, SECOND

if TYPE_CHECKING:
    from datetime import date

    from sla_dsl.policy.deadlines import Binding
    from sla_dsl.policy.openness import Openness
    from sla_dsl.policy.terms import AnyBudget, Within
    from sla_dsl.worktime import Timetable

CLOCK_CHANGES = 3 * HOUR
"""By no more do all changes of the clocks between two instants move them in any zone, once none leaps over a date."""
_CLOCKS_LEAP_NO_MORE = to_micros(datetime(2012, 1, 1, tzinfo=UTC))


def within(limit: Within, budget: AnyBudget, start: int, binding: Binding) -> Reached | Bounded:
    """Return when a budget that begins at an instant is spent. Raises `OutsideYears`, `BadInstant`."""
    if isinstance(budget, CalendarPeriod):
        return _in_period(limit, budget, start, binding)
    calendar = binding.calendar(budget.calendar)
    if calendar is None:
        if isinstance(budget, OpenDays):
            raise Unanswerable("calendar", ELAPSED)
        low = start + budget.low if budget.low != budget.high else None
        return Reached(start + budget.high, limit, low, None, limit.strict, policy_zone(binding))
    rolled_to = binding.calendar(budget.rolled_to) if isinstance(budget, OpenDays) and budget.rolled_to else None
    missing = missing_in(calendar, rolled_to)
    if not missing and calendar.exact is not None:
        high = _counted(budget, budget.high, calendar.exact, start, rolled_to)
        low = None if budget.low == budget.high else _counted(budget, budget.low, calendar.exact, start, rolled_to).at
        return Reached(high.at, limit, low, high.date, limit.strict or high.strict, calendar.exact.zone)
    earliest = start + budget.high if isinstance(budget, Duration) else start
    where = policy_zone(binding)
    if calendar.most is not None and (rolled_to is None or rolled_to.most is not None):
        earliest = _counted(budget, budget.high, calendar.most, start, rolled_to).at
        where = calendar.most.zone
    return Bounded(earliest, None, missing, limit, limit.strict, where)


def _counted(budget: Duration | OpenDays, n: int, calendar: Timetable, start: int, to: Openness | None) -> Deadline:
    if isinstance(budget, Duration):
        return Deadline(calendar.add(start, n))
    if budget.ending == "same time":
        if budget.cutoff is not None and _after_cutoff(calendar, start, budget.cutoff):
            start = calendar.end_of_day(calendar.date_of(start))
        found = days_same_time(calendar, start, n)
        day = calendar.date_of(found.at - 1)
    else:
        found = days_by(
            calendar,
            start,
            n,
            ending_of(budget),
            side=budget.counted or "after",
            anchor="the day after" if budget.anchor == "day after" else "the start date",
            cut_off=budget.cutoff,
        )
        day = found.date if found.date is not None else calendar.local_date(found.at)
    return found if to is None or to.most is None else _rolled(budget, found, day, calendar, to.most)


def _after_cutoff(calendar: Timetable, start: int, cutoff: int) -> bool:
    return calendar.wall_on(start, calendar.date_of(start)) > cutoff * SECOND


def _rolled(budget: OpenDays, found: Deadline, day: date, counted: Timetable, to: Timetable) -> Deadline:
    """Return a deadline moved to the next date with opening hours in `to`, ending there as it ended before."""
    moved = rolled(day, to)
    if moved == day:
        return found
    match budget.ending:
        case "close":
            return Deadline((counted if counted.has_hours(moved) else to).close_of(moved), moved)
        case "end of day":
            return Deadline(counted.end_of_day(moved), moved, strict=True)
        case "time":
            return Deadline(counted.instant_on(moved, (budget.at or 0) * SECOND))
        case "same time":
            return Deadline(counted.instant_on(moved, counted.wall_on(found.at, day)))


def in_any_zone(budget: CalendarPeriod, start: int) -> tuple[int, int | None]:
    """Return bounds for the end of some calendar periods whatever the zone is, without the rolling (H4)."""
    if start < _CLOCKS_LEAP_NO_MORE:
        return start, None

    def lengths(n: int) -> list[int]:
        """Return how long so many periods are from each date that it may be where the clock is read."""
        dates = (start - DAY, start, start + DAY)
        return [calendar_days(UTC, one, n, UNITS[budget.unit], same_time=True).at - one for one in dates]

    rest = 0 if budget.same_time else DAY
    return start + min(lengths(budget.low)) - CLOCK_CHANGES, start + max(lengths(budget.high)) + rest + CLOCK_CHANGES


def _in_period(limit: Within, budget: CalendarPeriod, start: int, binding: Binding) -> Reached | Bounded:
    rolled_to = binding.calendar(budget.rolled_to) if budget.rolled_to else None
    name = binding.zone.name
    missing = missing_in(rolled_to)
    if name is None:
        earliest, latest = in_any_zone(budget, start)
        needed = binding.zone.missing or "timezone"
        return Bounded(earliest, latest if rolled_to is None else None, (needed, *missing), limit, limit.strict)
    if rolled_to is not None and rolled_to.most is None:
        return Bounded(start, None, missing, limit, limit.strict, zone(name))
    where, to = zone(name), None if rolled_to is None else rolled_to.most

    def counted(n: int) -> Deadline:
        return calendar_days(where, start, n, UNITS[budget.unit], same_time=budget.same_time, rolled_to=to)

    high, low = counted(budget.high), None if budget.low == budget.high else counted(budget.low).at
    if missing:
        return Bounded(high.at, None, missing, limit, limit.strict or high.strict, where)
    return Reached(high.at, limit, low, high.date, limit.strict or high.strict, where)
