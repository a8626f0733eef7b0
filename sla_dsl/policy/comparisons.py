"""Comparisons in conditions: numbers, dates, instants, and whether they lie in a calendar (R3)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, assert_never

from sla_dsl.policy.terms import Compares, Distance, During, OnDay, Precedes
from sla_dsl.policy.witness import Ground, Outcome, Seen, rests_on, unknown_of
from sla_dsl.worktime.units import DAY

if TYPE_CHECKING:
    from sla_dsl.policy.openness import Openness
    from sla_dsl.policy.terms import Comparison
    from sla_dsl.policy.witness import Witness


def compares(test: Compares | Distance | Precedes | During | OnDay, witness: Witness) -> Outcome:
    """Return whether a comparison holds. Raises what is wrong with a calendar that it asks."""
    match test:
        case Compares():
            return _compares(test, witness)
        case Distance():
            return _distance(test, witness)
        case Precedes(earlier=earlier, later=later):
            return _precedes(test, witness.moment(earlier), witness.moment(later), witness)
        case During(calendar=calendar, subject=subject, outside=outside):
            return _in_calendar(test, witness.moment(subject), witness.calendar(calendar), negated=outside)
        case OnDay(calendar=calendar, subject=subject, closed=closed):
            return _on_day(test, witness.moment(subject), witness.calendar(calendar), negated=closed)
        case _:
            assert_never(test)


def _compares(test: Compares, witness: Witness) -> Outcome:
    seen = witness.fact(test.fact)
    if seen.unknown is not None:
        return unknown_of(test, seen.unknown)
    value, other = seen.value, test.value
    if isinstance(other, str):
        return _compares_time(test, seen, witness)
    truth = isinstance(value, int | float) and compared(value, test.comparison, other)
    return Outcome(truth, (Ground(test, truth, (seen,)),))


def _compares_time(test: Compares, seen: Seen, witness: Witness) -> Outcome:
    text = str(test.value)
    if len(text) == len("2026-12-25"):
        found = witness.local_date(seen.value) if isinstance(seen.value, int) else seen
        bound = Seen(date.fromisoformat(text))
    else:
        found, bound = seen, witness.as_instant(text)
        if isinstance(found.value, date) and isinstance(bound.value, int):
            bound = witness.local_date(bound.value)
    for one in (found, bound):
        if one.unknown is not None:
            return rests_on(test, *one.unknown.names)
    truth = compared(_number(found.value), test.comparison, _number(bound.value))
    return Outcome(truth, (Ground(test, truth, (seen,)),))


def _distance(test: Distance, witness: Witness) -> Outcome:
    later, earlier = witness.moment(test.later), witness.moment(test.earlier)
    if _never(later, earlier):
        return Outcome(False, (Ground(test, False, (later, earlier)),))
    missing = _missing(later, earlier)
    if missing:
        return rests_on(test, *missing)
    if test.micros is not None and isinstance(later.value, int) and isinstance(earlier.value, int):
        truth = compared(later.value - earlier.value, test.comparison, test.micros)
        return Outcome(truth, (Ground(test, truth, (later, earlier)),))
    last, first = _date(later, witness), _date(earlier, witness)
    missing = _missing(last, first)
    if missing:
        return rests_on(test, *missing)
    days = _number(last.value) - _number(first.value)
    limit = test.days if test.days is not None else (test.micros or 0) / DAY
    truth = compared(days, test.comparison, limit)
    return Outcome(truth, (Ground(test, truth, (later, earlier)),))


def _precedes(test: Precedes, earlier: Seen, later: Seen, witness: Witness) -> Outcome:
    if _never(earlier, later):
        return Outcome(False, (Ground(test, False, (earlier, later)),))
    missing = _missing(earlier, later)
    if missing:
        return rests_on(test, *missing)
    first, last = earlier, later
    if isinstance(first.value, int) != isinstance(last.value, int):
        first, last = _date(first, witness), _date(last, witness)
        missing = _missing(first, last)
        if missing:
            return rests_on(test, *missing)
    truth = _number(first.value) < _number(last.value)
    return Outcome(truth, (Ground(test, truth, (earlier, later)),))


def compared(value: float, comparison: Comparison, other: float) -> bool:
    """Return whether a comparison of two numbers holds."""
    match comparison:
        case "more than":
            return value > other
        case "less than":
            return value < other
        case "at least":
            return value >= other
        case "at most":
            return value <= other
        case "is":
            return value == other
        case "is not":
            return value != other
        case _:
            assert_never(comparison)


# --------------------------------------------------------------------------------------- calendars


def _in_calendar(test: During, moment: Seen, calendar: Openness, *, negated: bool) -> Outcome:
    if _never(moment):
        return Outcome(False, (Ground(test, False, (moment,)),))
    if moment.unknown is not None:
        return rests_on(test, *moment.unknown.names)
    if isinstance(moment.value, date):
        known = calendar.has_hours(moment.value)
    else:
        known = calendar.is_open(int(_number(moment.value)))
    return _open(test, moment, calendar, known, negated=negated)


def _on_day(test: OnDay, moment: Seen, calendar: Openness, *, negated: bool) -> Outcome:
    if _never(moment):
        return Outcome(False, (Ground(test, False, (moment,)),))
    if moment.unknown is not None:
        return rests_on(test, *moment.unknown.names)
    day = moment.value if isinstance(moment.value, date) else calendar.date_of(int(_number(moment.value)))
    known = None if day is None else calendar.has_hours(day)
    return _open(test, moment, calendar, known, negated=negated)


def _open(test: During | OnDay, moment: Seen, calendar: Openness, known: bool | None, *, negated: bool) -> Outcome:
    if known is None:
        return rests_on(test, *calendar.missing)
    seen = Seen(known, moment.text, (*moment.keys, *calendar.keys))
    truth = known is not negated
    return Outcome(truth, (Ground(test, truth, (seen,)),))


# ------------------------------------------------------------------------------------------ values


def _never(*seen: Seen) -> bool:
    """Return whether one of some moments is that of an event which is known not to have happened."""
    return any(one.value is None and one.unknown is None for one in seen)


def _missing(*seen: Seen) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for one in seen if one.unknown is not None for name in one.unknown.names))


def _date(seen: Seen, witness: Witness) -> Seen:
    return witness.local_date(seen.value) if isinstance(seen.value, int) else seen


def _number(value: object) -> float:
    """Return dates as day numbers, so that they compare and subtract like instants."""
    if isinstance(value, date):
        return value.toordinal()
    return value if isinstance(value, int | float) else 0
