"""When a limit is reached: the due instant, or bounds for it while something is missing (T3-T6, H4)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, assert_never

from attrs import evolve, frozen

from sla_dsl.policy.errors import Unanswerable
from sla_dsl.policy.terms import (
    ELAPSED,
    OWN_CALENDAR,
    Before,
    ByEndOf,
    CalendarPeriod,
    Combined,
    Duration,
    OpenDays,
    Within,
)
from sla_dsl.worktime import (
    Deadline,
    calendar_days,
    calendar_days_before,
    days_by,
    days_by_before,
    days_same_time,
    days_same_time_before,
    from_micros,
    rolled,
    wall_instant,
    zone,
)
from sla_dsl.worktime.units import SECOND

if TYPE_CHECKING:
    from datetime import tzinfo

    from sla_dsl.policy.calendars import PolicyZone
    from sla_dsl.policy.openness import Openness
    from sla_dsl.policy.terms import AnyBudget, AnyLimit
    from sla_dsl.worktime import Timetable
    from sla_dsl.worktime.counting import By, Unit

_UNITS: dict[str, Unit] = {"day": "days", "week": "weeks", "month": "months"}


@frozen
class Reached:
    """A due instant. `low` is the earlier end of a range; `day` the date for answers by close or end of day.

    `part` is the limit that gave it, one of two where they are combined, and `zone` that of its calendar.
    """

    at: int
    part: Within | Before | ByEndOf
    low: int | None = None
    day: date | None = None
    strict: bool = False
    zone: tzinfo | None = None


@frozen
class Bounded:
    """A due instant that lies between two bounds, each None where there is none, because something is missing."""

    earliest: int | None
    latest: int | None
    missing: tuple[str, ...]
    part: Within | Before | ByEndOf
    strict: bool = False
    zone: tzinfo | None = None


@frozen
class Binding:
    """What a limit needs: its calendars by name, which of them is the clock's own, the policy's zone, dates by name."""

    calendars: dict[str, Openness]
    own: str
    zone: PolicyZone
    moments: dict[str, int | date | None]

    def calendar(self, name: str) -> Openness | None:
        """Return a calendar by the name that a budget has for it, None for elapsed time."""
        name = self.own if name == OWN_CALENDAR else name
        return None if name == ELAPSED else self.calendars[name]


def reach(limit: AnyLimit, start: int, binding: Binding) -> Reached | Bounded:
    """Return when a limit on a clock that starts at an instant is reached. Raises `OutsideYears`, `BadInstant`."""
    match limit:
        case Within(budget=budget):
            return _within(limit, budget, start, binding)
        case Before(budget=budget, event=event):
            return _before(limit, budget, binding.moments[event], binding)
        case ByEndOf(fact=fact):
            return _by_end_of(limit, fact, binding)
        case Combined(which=which, first=first, second=second):
            one, other = reach(first, start, binding), reach(second, start, binding)
            return _earlier(one, other) if which == "earlier" else _later(one, other)
        case _:
            assert_never(limit)


# ------------------------------------------------------------------------------------ after the start


def _within(limit: Within, budget: AnyBudget, start: int, binding: Binding) -> Reached | Bounded:
    if isinstance(budget, CalendarPeriod):
        return _in_period(limit, budget, start, binding)
    calendar = binding.calendar(budget.calendar)
    if calendar is None:
        if isinstance(budget, OpenDays):
            raise Unanswerable("calendar", ELAPSED)
        low = start + budget.low if budget.low != budget.high else None
        return Reached(start + budget.high, limit, low, None, limit.strict, _policy_zone(binding))
    rolled_to = binding.calendar(budget.rolled_to) if isinstance(budget, OpenDays) and budget.rolled_to else None
    missing = _missing(calendar, rolled_to)
    if not missing and calendar.exact is not None:
        high = _counted(budget, budget.high, calendar.exact, start, rolled_to)
        low = None if budget.low == budget.high else _counted(budget, budget.low, calendar.exact, start, rolled_to).at
        return Reached(high.at, limit, low, high.date, limit.strict or high.strict, calendar.exact.zone)
    earliest = start + budget.low if isinstance(budget, Duration) else start
    where = _policy_zone(binding)
    if calendar.most is not None and (rolled_to is None or rolled_to.most is not None):
        earliest = _counted(budget, budget.low, calendar.most, start, rolled_to).at
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
            _by(budget),
            side=budget.counted or "after",
            anchor="the day after" if budget.anchor == "day after" else "the start date",
            cut_off=budget.cutoff,
        )
        day = found.date if found.date is not None else calendar.local_date(found.at)
    return found if to is None or to.most is None else _rolled(budget, found, day, calendar, to.most)


def _by(budget: OpenDays) -> By:
    match budget.ending:
        case "close" | "end of day":
            return budget.ending
        case _:
            return budget.at or 0


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


def _in_period(limit: Within, budget: CalendarPeriod, start: int, binding: Binding) -> Reached | Bounded:
    rolled_to = binding.calendar(budget.rolled_to) if budget.rolled_to else None
    name = binding.zone.name
    missing = _missing(rolled_to)
    if name is None or (rolled_to is not None and rolled_to.most is None):
        needed = () if name is not None else (binding.zone.missing or "timezone",)
        return Bounded(start, None, (*needed, *missing), limit, limit.strict, None if name is None else zone(name))
    where, to = zone(name), None if rolled_to is None else rolled_to.most

    def counted(n: int) -> Deadline:
        return calendar_days(where, start, n, _UNITS[budget.unit], same_time=budget.same_time, rolled_to=to)

    high, low = counted(budget.high), None if budget.low == budget.high else counted(budget.low).at
    if missing:
        return Bounded(high.at if low is None else low, None, missing, limit, limit.strict or high.strict, where)
    return Reached(high.at, limit, low, high.date, limit.strict or high.strict, where)


# ------------------------------------------------------------------------------------ before an event


def _before(limit: Before, budget: AnyBudget, event: int | date | None, binding: Binding) -> Reached | Bounded:
    """Count back from a planned event; of a range the shorter distance is the later bound, which decides."""
    if event is None:
        return Bounded(None, None, (limit.event,), limit)
    if isinstance(budget, Duration) and binding.calendar(budget.calendar) is None and isinstance(event, int):
        low = event - budget.high if budget.low != budget.high else None
        return Reached(event - budget.low, limit, low, None, False, _policy_zone(binding))
    if isinstance(budget, CalendarPeriod):
        return _period_before(limit, budget, event, binding)
    calendar = binding.calendar(budget.calendar)
    where = _policy_zone(binding) if calendar is None or calendar.exact is None else calendar.exact.zone
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
    return days_by_before(calendar, event, n, _by(budget))


def _period_before(limit: Before, budget: CalendarPeriod, event: int | date, binding: Binding) -> Reached | Bounded:
    if binding.zone.name is None:
        return Bounded(None, None, (binding.zone.missing or "timezone",), limit)
    where = zone(binding.zone.name)
    at = event if isinstance(event, int) else wall_instant(datetime.combine(event, datetime.min.time()), where)
    unit = _UNITS[budget.unit]
    late = calendar_days_before(where, at, budget.low, unit, same_time=budget.same_time)
    low = None
    if budget.low != budget.high:
        low = calendar_days_before(where, at, budget.high, unit, same_time=budget.same_time).at
    return Reached(late.at, limit, low, late.date, late.strict, where)


def _by_end_of(limit: ByEndOf, fact: str, binding: Binding) -> Reached | Bounded:
    """The end of a date is the first instant of the next, strictly."""
    day = binding.moments[fact]
    needed = () if binding.zone.name is not None else (binding.zone.missing or "timezone",)
    if day is None or binding.zone.name is None:
        return Bounded(None, None, (*(() if day is not None else (fact,)), *needed), limit, strict=True)
    where = zone(binding.zone.name)
    if isinstance(day, int):
        day = from_micros(day, where).date()
    at = wall_instant(datetime.combine(day + timedelta(1), datetime.min.time()), where)
    return Reached(at, limit, None, day, True, where)


# ------------------------------------------------------------------------------------------- combined


def _earlier(a: Reached | Bounded, b: Reached | Bounded) -> Reached | Bounded:
    if isinstance(a, Reached) and isinstance(b, Reached):
        # At one instant the strict one ends first.
        first = min(a, b, key=lambda one: (one.at, not one.strict))
        low = min(_low(a), _low(b))
        return evolve(first, low=None if low == first.at else low)
    for known, other in ((a, b), (b, a)):
        if isinstance(known, Reached) and isinstance(other, Bounded) and _not_before(other, known):
            return known
    latest = [one for one in (_latest(a), _latest(b)) if one is not None]
    return _bounded(a, b, _least(_earliest(a), _earliest(b)), min(latest) if latest else None)


def _later(a: Reached | Bounded, b: Reached | Bounded) -> Reached | Bounded:
    if isinstance(a, Reached) and isinstance(b, Reached):
        last = max(a, b, key=lambda one: (one.at, not one.strict))
        low = max(_low(a), _low(b))
        return evolve(last, low=None if low == last.at else low)
    earliest = [one for one in (_earliest(a), _earliest(b)) if one is not None]
    latest = None if _latest(a) is None or _latest(b) is None else max(_latest(a) or 0, _latest(b) or 0)
    return _bounded(a, b, max(earliest) if earliest else None, latest)


def _low(one: Reached) -> int:
    return one.at if one.low is None else one.low


def _not_before(other: Bounded, known: Reached) -> bool:
    if other.earliest is None:
        return False
    return other.earliest > known.at or (other.earliest == known.at and (known.strict or not other.strict))


def _earliest(one: Reached | Bounded) -> int | None:
    return _low(one) if isinstance(one, Reached) else one.earliest


def _latest(one: Reached | Bounded) -> int | None:
    return one.at if isinstance(one, Reached) else one.latest


def _least(a: int | None, b: int | None) -> int | None:
    return None if a is None or b is None else min(a, b)


def _bounded(a: Reached | Bounded, b: Reached | Bounded, earliest: int | None, latest: int | None) -> Bounded:
    missing = tuple(name for one in (a, b) if isinstance(one, Bounded) for name in one.missing)
    part = a.part if isinstance(a, Bounded) else b.part
    where = next((one.zone for one in (a, b) if one.zone is not None), None)
    return Bounded(earliest, latest, tuple(dict.fromkeys(missing)), part, a.strict and b.strict, where)


# --------------------------------------------------------------------------------------------- helpers


def _missing(*calendars: Openness | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for one in calendars if one is not None for name in one.missing))


def _policy_zone(binding: Binding) -> tzinfo | None:
    return None if binding.zone.name is None else zone(binding.zone.name)
