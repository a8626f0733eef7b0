"""Conditions with three values: they hold, do not hold, or rest on something unknown (Kleene; R3)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Protocol, assert_never

from attrs import frozen

from sla_dsl.policy.terms import (
    All,
    Among,
    Becomes,
    Compares,
    Distance,
    During,
    Given,
    Not,
    Occurs,
    OnDay,
    Precedes,
    Some,
    Yes,
)
from sla_dsl.policy.unknowns import Unknown

if TYPE_CHECKING:
    from collections.abc import Callable

    from sla_dsl.policy.openness import Openness
    from sla_dsl.policy.selection import Key
    from sla_dsl.policy.situation import FactValue
    from sla_dsl.policy.terms import AnyTest, Comparison, Subject


@frozen
class Seen:
    """What was found when something was looked up: its value, or the unknown that it is.

    `text` says it for reasons. `keys` are the declarations it rests on, `assumed` the facts whose assumed default was
    used, and `because` what it follows from.
    """

    value: object
    text: str = ""
    keys: tuple[Key, ...] = ()
    assumed: tuple[str, ...] = ()
    unknown: Unknown | None = None
    because: tuple[Ground, ...] = ()


@frozen
class Ground:
    """A part of a condition that decided it, and what was seen."""

    test: AnyTest
    holds: bool
    seen: tuple[Seen, ...]


@frozen
class Outcome:
    """Whether a condition holds; None with the unknowns on which it rests. `grounds` are the parts that decide."""

    holds: bool | None
    grounds: tuple[Ground, ...] = ()
    unknowns: tuple[Unknown, ...] = ()


class Witness(Protocol):
    """Whom a condition asks. Each answer is what was seen, or what is unknown."""

    def fact(self, name: str) -> Seen:
        """Return the value of a fact."""
        ...

    def subject(self, subject: Subject) -> Seen:
        """Return the id of the level, channel, caller, status, choice or state that a subject has."""
        ...

    def clock_state(self, clock: str, states: tuple[str, ...]) -> Seen:
        """Return whether a clock is in one of the states."""
        ...

    def given(self, subject: Subject) -> Seen:
        """Return whether a subject is known."""
        ...

    def moment(self, name: str) -> Seen:
        """Return the date or instant of a fact or event; that of the question where the name is empty."""
        ...

    def calendar(self, name: str) -> Openness:
        """Return a calendar."""
        ...

    def supposed_truth(self, test: AnyTest) -> bool | None:
        """Return whether a part of a condition is supposed to hold, if anything is supposed of it."""
        ...

    def as_instant(self, text: str) -> Seen:
        """Return the instant that a policy writes as wall time in its zone."""
        ...

    def local_date(self, instant: int) -> Seen:
        """Return the date of an instant in the zone of the policy."""
        ...


def judge(test: AnyTest, witness: Witness) -> Outcome:
    """Return whether a condition holds. Raises what is wrong with a calendar that it asks."""
    match test:
        case All(parts=parts):
            return _joined([judge(part, witness) for part in parts], decisive=False)
        case Some(parts=parts):
            return _joined([judge(part, witness) for part in parts], decisive=True)
        case Not(part=part):
            inner = judge(part, witness)
            return Outcome(None if inner.holds is None else not inner.holds, inner.grounds, inner.unknowns)
        case _:
            outcome = _leaf(test, witness)
            supposed = witness.supposed_truth(test) if outcome.holds is None else None
            return outcome if supposed is None else Outcome(supposed, (Ground(test, supposed, ()),))


def _joined(outcomes: list[Outcome], *, decisive: bool) -> Outcome:
    for one in outcomes:
        if one.holds is decisive:
            return one
    unknowns = tuple(unknown for one in outcomes for unknown in one.unknowns)
    grounds = tuple(ground for one in outcomes for ground in one.grounds)
    return Outcome(None, (), unknowns) if unknowns else Outcome(not decisive, grounds)


def _leaf(
    test: Among | Yes | Given | Compares | Distance | Precedes | During | OnDay | Occurs | Becomes, witness: Witness
) -> Outcome:
    """Return whether a single part holds, with what was seen or what is unknown."""
    match test:
        case Yes(fact=fact):
            seen = witness.fact(fact)
            return _from(test, seen, lambda: seen.value is True)
        case Among(subject=subject, values=values):
            if subject.kind == "clock":
                state = witness.clock_state(subject.name, values)
                return _from(test, state, lambda: state.value is True)
            seen = witness.subject(subject)
            return _from(test, seen, lambda: seen.value in values)
        case Given(subject=subject):
            given = witness.given(subject)
            return _from(test, given, lambda: given.value is True)
        case Occurs(event=event):
            return _rests_on(test, event)
        case Becomes():
            return _rests_on(test, "status")
        case _:
            return _compared(test, witness)


def _compared(test: Compares | Distance | Precedes | During | OnDay, witness: Witness) -> Outcome:
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


def _from(test: AnyTest, seen: Seen, holds: Callable[[], bool]) -> Outcome:
    if seen.unknown is not None:
        return _unknown(test, seen.unknown)
    truth = holds()
    return Outcome(truth, (Ground(test, truth, (seen,)),))


def _unknown(test: AnyTest, unknown: Unknown) -> Outcome:
    """Return that a condition rests on something unknown: on its values or, where they cannot be listed, on itself."""
    return Outcome(None, (), (unknown,)) if unknown.domain else _rests_on(test, *unknown.names)


def _rests_on(test: AnyTest, *names: str) -> Outcome:
    """Return that a condition rests on names whose values cannot be listed: whether it holds is itself unknown."""
    return Outcome(None, (), (supposition(test, *names),))


def supposition(test: AnyTest, *names: str) -> Unknown:
    """Return whether a part of a condition holds as something unknown."""
    return Unknown(("test", test), names, (True, False))


# ------------------------------------------------------------------------------------- comparisons


def _compares(test: Compares, witness: Witness) -> Outcome:
    seen = witness.fact(test.fact)
    if seen.unknown is not None:
        return _unknown(test, seen.unknown)
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
            return _rests_on(test, *one.unknown.names)
    truth = compared(_number(found.value), test.comparison, _number(bound.value))
    return Outcome(truth, (Ground(test, truth, (seen,)),))


def _distance(test: Distance, witness: Witness) -> Outcome:
    later, earlier = witness.moment(test.later), witness.moment(test.earlier)
    missing = _missing(later, earlier)
    if missing:
        return _rests_on(test, *missing)
    if test.micros is not None and isinstance(later.value, int) and isinstance(earlier.value, int):
        truth = compared(later.value - earlier.value, test.comparison, test.micros)
        return Outcome(truth, (Ground(test, truth, (later, earlier)),))
    last, first = _date(later, witness), _date(earlier, witness)
    missing = _missing(last, first)
    if missing:
        return _rests_on(test, *missing)
    days = _number(last.value) - _number(first.value)
    limit = test.days if test.days is not None else (test.micros or 0) / 86_400_000_000
    truth = compared(days, test.comparison, limit)
    return Outcome(truth, (Ground(test, truth, (later, earlier)),))


def _precedes(test: Precedes, earlier: Seen, later: Seen, witness: Witness) -> Outcome:
    missing = _missing(earlier, later)
    if missing:
        return _rests_on(test, *missing)
    first, last = earlier, later
    if isinstance(first.value, int) != isinstance(last.value, int):
        first, last = _date(first, witness), _date(last, witness)
        missing = _missing(first, last)
        if missing:
            return _rests_on(test, *missing)
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
    if moment.unknown is not None:
        return _rests_on(test, *moment.unknown.names)
    if isinstance(moment.value, date):
        known = calendar.has_hours(moment.value)
    else:
        known = calendar.is_open(int(_number(moment.value)))
    return _open(test, moment, calendar, known, negated=negated)


def _on_day(test: OnDay, moment: Seen, calendar: Openness, *, negated: bool) -> Outcome:
    if moment.unknown is not None:
        return _rests_on(test, *moment.unknown.names)
    day = moment.value if isinstance(moment.value, date) else calendar.date_of(int(_number(moment.value)))
    known = None if day is None else calendar.has_hours(day)
    return _open(test, moment, calendar, known, negated=negated)


def _open(test: During | OnDay, moment: Seen, calendar: Openness, known: bool | None, *, negated: bool) -> Outcome:
    if known is None:
        return _rests_on(test, *calendar.missing)
    seen = Seen(known, moment.text, (*moment.keys, *calendar.keys))
    truth = known is not negated
    return Outcome(truth, (Ground(test, truth, (seen,)),))


# ------------------------------------------------------------------------------------------ values


def _missing(*seen: Seen) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for one in seen if one.unknown is not None for name in one.unknown.names))


def _date(seen: Seen, witness: Witness) -> Seen:
    return witness.local_date(seen.value) if isinstance(seen.value, int) else seen


def _number(value: object) -> float:
    """Return dates as day numbers, so that they compare and subtract like instants."""
    if isinstance(value, date):
        return value.toordinal()
    return value if isinstance(value, int | float) else 0


def found_text(value: FactValue) -> str:
    """Return a value as a policy writes it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
