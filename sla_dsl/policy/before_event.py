"""Limits that count back from a planned event, or from the end of a date (T6)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from sla_dsl.policy.deadlines import UNITS, Bounded, Reached, ending_of, policy_zone
from sla_dsl.policy.terms import CalendarPeriod, Duration
from sla_dsl.worktime import (
    Deadline,
    calendar_days_before,
    days_by_before,
    days_same_time_before,
    from_micros,
    wall_instant,
    zone,
)
from sla_dsl.worktime.units import DAY

if TYPE_CHECKING:
    from sla_dsl.policy.deadlines import Binding
    from sla_dsl.policy.terms import AnyBudget, Before, ByEndOf, OpenDays
    from sla_dsl.worktime import Timetable


def before(limit: Before, budget: AnyBudget, event: int | date | None, binding: Binding) -> Reached | Bounded:
    """Count back from a planned event; of a range the shorter distance is the later bound, which decides."""
    if event is None:
        return Bounded(None, None, (limit.event,), limit)
    if isinstance(budget, Duration) and binding.calendar(budget.calendar) is None and isinstance(event, int):
        low = event - budget.high if budget.low != budget.high else None
        return Reached(event - budget.low, limit, low, None, False, policy_zone(binding))
    if isinstance(budget, CalendarPeriod):
        return _period_before(limit, budget, event, binding)
    calendar = binding.calendar(budget.calendar)
    where = policy_zone(binding) if calendar is None or calendar.exact is None else calendar.exact.zone
    if isinstance(event, date):
        if where is None:
            return Bounded(None, None, (binding.zone.missing or "timezone",), limit)
        event = wall_instant(datetime.combine(event, datetime.min.time()), where)
    if calendar is None:
        return Reached(event - _length(budget), limit, None, None, False, where)
    if calendar.exact is None:
        return Bounded(None, event - _length(budget), calendar.missing, limit)
    late = _counted_back(budget, budget.low, calendar.exact, event)
    low = None if budget.low == budget.high else _counted_back(budget, budget.high, calendar.exact, event).at
    return Reached(late.at, limit, low, late.date, late.strict, where)


def _length(budget: Duration | OpenDays) -> int:
    return budget.low if isinstance(budget, Duration) else 0


def _counted_back(budget: Duration | OpenDays, n: int, calendar: Timetable, event: int) -> Deadline:
    if isinstance(budget, Duration):
        return Deadline(calendar.add(event, -n))
    if budget.ending == "same time":
        return days_same_time_before(calendar, event, n)
    return days_by_before(calendar, event, n, ending_of(budget))


def _period_before(limit: Before, budget: CalendarPeriod, event: int | date, binding: Binding) -> Reached | Bounded:
    if binding.zone.name is None:
        return Bounded(None, None, (binding.zone.missing or "timezone",), limit)
    where = zone(binding.zone.name)
    at = event if isinstance(event, int) else wall_instant(datetime.combine(event, datetime.min.time()), where)
    unit = UNITS[budget.unit]
    late = calendar_days_before(where, at, budget.low, unit, same_time=budget.same_time)
    low = None
    if budget.low != budget.high:
        low = calendar_days_before(where, at, budget.high, unit, same_time=budget.same_time).at
    return Reached(late.at, limit, low, late.date, late.strict, where)


def by_end_of(limit: ByEndOf, fact: str, binding: Binding) -> Reached | Bounded:
    """The end of a date is the first instant of the next, strictly."""
    day = binding.moments[fact]
    needed = () if binding.zone.name is not None else (binding.zone.missing or "timezone",)
    if day is None:
        return Bounded(None, None, (fact, *needed), limit, strict=True)
    if binding.zone.name is None:
        if isinstance(day, int):
            return Bounded(day, None, needed, limit, strict=True)
        begins = wall_instant(datetime.combine(day, datetime.min.time()), UTC)
        # No zone is as far as a day from UTC.
        return Bounded(begins, begins + 2 * DAY, needed, limit, strict=True)
    where = zone(binding.zone.name)
    if isinstance(day, int):
        day = from_micros(day, where).date()
    at = wall_instant(datetime.combine(day + timedelta(1), datetime.min.time()), where)
    return Reached(at, limit, None, day, True, where)
