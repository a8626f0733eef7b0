"""What a single test looks at, and for which values of it the test holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from attrs import frozen

from sla_dsl.policy.terms import Fact, Scale
from sla_dsl.policy.terms.conditions import (
    Among,
    AnyTest,
    Compares,
    Comparison,
    Distance,
    During,
    Given,
    OnDay,
    Precedes,
    Subject,
    Yes,
)

Value = str | float | bool | datetime | None
"""A value of a variable; none where it is not given."""

OTHER = "something else"
"""Stands for any value that no test names."""


@frozen
class World:
    """The facts and scales that conditions speak of, by name."""

    facts: Mapping[str, Fact]
    scales: Mapping[str, Scale]


@frozen
class Atom:
    """A test without parts: the variable it looks at, the values that make a difference, and when it holds.

    `predicate` is asked only for a value that is given.

    Example: `users at least 20` looks at `users`, for which 20 makes a difference.
    """

    name: str
    values: tuple[Value, ...]
    predicate: Callable[[Value], bool]
    about_giving: bool = False

    def holds(self, value: Value) -> bool | None:
        """Whether the test holds for a value; none where that is not given, unless it asks just for that."""
        if self.about_giving:
            return value is not None
        return None if value is None else self.predicate(value)


def atom(world: World, test: AnyTest) -> Atom:
    """The variable and the values of a test that has no parts."""
    match test:
        case Yes(fact=name):
            return Atom(name, (True, False), _is(True))
        case Given(subject=subject):
            return Atom(_named(subject), (*_known(world, subject, ()), None), _is(True), about_giving=True)
        case Among(subject=Subject(kind="clock", name=name), values=values):
            return Atom(f"{name} {' or '.join(values)}", (True, False), _is(True))
        case Among(subject=subject, values=values):
            return Atom(_named(subject), _known(world, subject, values), lambda value: _text(value) in values)
        case Compares(fact=name, comparison=comparison, value=value):
            return _compared(name, comparison, value)
        case Distance(later=later, earlier=earlier, comparison=comparison, days=days, micros=micros):
            unit, limit = ("microseconds", micros) if days is None else ("days", days)
            return _compared(f"{unit} from {earlier} to {later}", comparison, float(limit or 0))
        case Precedes(earlier=first, later=second):
            return _in_order(first, second)
        case _:
            return _timely(test)


def _timely(test: AnyTest) -> Atom:
    """What time tells, and what nobody can: yes or no, apart from everything else."""
    match test:
        case During(calendar=calendar, outside=outside, subject=subject):
            return Atom(f"{subject} during {calendar}".strip(), (True, False), _is(not outside))
        case OnDay(calendar=calendar, closed=closed, subject=subject):
            return Atom(f"{subject} on a day open in {calendar}".strip(), (True, False), _is(not closed))
        case _:
            fields = [str(getattr(test, name)) for name in test.__struct_fields__]
            return Atom(" ".join(fields), (True, False), _is(True))


def _is(wanted: Value) -> Callable[[Value], bool]:
    return lambda value: value is wanted


def _named(subject: Subject) -> str:
    return subject.name or subject.kind


def _text(value: Value) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _known(world: World, subject: Subject, values: tuple[str, ...]) -> tuple[Value, ...]:
    """The values that something can have, as far as they are known."""
    if subject.kind == "level" and subject.name in world.scales:
        scale = world.scales[subject.name]
        derived = any(level.when for level in scale.levels) and not any(level.otherwise for level in scale.levels)
        return (*(level.id for level in scale.levels), *values, *((OTHER,) if derived else ()))
    fact = world.facts.get(subject.name) if subject.kind == "fact" else None
    if fact is None:
        return (*values, OTHER)
    if fact.type.name == "yes or no":
        return (True, False)
    scale = world.scales.get(fact.type.scale or "")
    if scale is not None:
        return tuple(level.id for level in scale.levels)
    return fact.type.choices or (*values, OTHER)


def _compared(name: str, comparison: Comparison, value: float | str) -> Atom:
    """A number, or a date or instant, against a fixed one; one with an offset is only said to lie there or not."""
    limit = value if isinstance(value, float) else _moment(str(value))
    if limit is None:
        return Atom(f"{name} {comparison} {value}", (True, False), _is(True))
    return Atom(name, (limit,), lambda given: _compare(given, comparison, limit))


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is None else None


def _compare(given: Value, comparison: Comparison, limit: float | datetime) -> bool:
    return _HOLDS[comparison](_order(given, limit))


def _order(given: Value, limit: float | datetime) -> int:
    """-1, 0 or 1: before, at or after the limit. The values of a variable are all of one type."""
    if isinstance(given, datetime) and isinstance(limit, datetime):
        return (given > limit) - (given < limit)
    if isinstance(given, float) and isinstance(limit, float):
        return (given > limit) - (given < limit)
    return 0


_HOLDS: dict[Comparison, Callable[[int], bool]] = {
    "more than": lambda order: order > 0,
    "less than": lambda order: order < 0,
    "at least": lambda order: order >= 0,
    "at most": lambda order: order <= 0,
    "is": lambda order: order == 0,
    "is not": lambda order: order != 0,
}


def _in_order(first: str, second: str) -> Atom:
    """Of two instants the first is before, at or after the second; the name does not depend on which is asked for."""
    one, other = sorted((first, second))
    wanted = "before" if one == first else "after"
    return Atom(f"{one} compared with {other}", ("before", "the same", "after"), lambda value: value == wanted)
