"""Whether a condition holds of a ticket as it is now; everything it asks is known, or supposed (R3)."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol, assert_never

from sla_dsl.policy import terms as t
from tests.reference.table import zone_of

if TYPE_CHECKING:
    from tests.reference.table import Table


class World(Protocol):
    """What can be asked of a ticket at a moment."""

    now: int
    zone: str

    @property
    def status(self) -> str | None: ...

    @property
    def channel(self) -> str | None: ...

    @property
    def caller(self) -> str | None: ...

    def fact(self, name: str) -> object: ...

    def level(self, scale: str) -> str | None: ...

    def clock_is(self, clock: str, states: tuple[str, ...]) -> bool: ...

    def last_time(self, event: str) -> int | None: ...

    def table(self, calendar: str) -> Table: ...


def holds(condition: t.Condition | None, world: World, asked: int | None = None) -> bool:
    """`asked` is the instant that `during` is about, where it is not now."""
    return condition is None or _holds(condition.test, world, world.now if asked is None else asked)


def _holds(test: t.AnyTest, world: World, asked: int) -> bool:
    match test:
        case t.All(parts=parts):
            return all(_holds(part, world, asked) for part in parts)
        case t.Some(parts=parts):
            return any(_holds(part, world, asked) for part in parts)
        case t.Not(part=part):
            return not _holds(part, world, asked)
        case t.Compares() | t.Distance() | t.Precedes() | t.During() | t.OnDay():
            return _compares(test, world, asked)
        case _:
            return _is(test, world)


def _is(test: t.Yes | t.Occurs | t.Becomes | t.Among | t.Given, world: World) -> bool:
    match test:
        case t.Yes(fact=fact):
            return world.fact(fact) is True
        case t.Occurs(event=event):
            return world.last_time(event) is not None
        case t.Becomes(statuses=statuses):
            return world.status in statuses
        case t.Among(subject=subject, values=values):
            if subject.kind == "clock":
                return world.clock_is(subject.name, values)
            return _value(subject, world) in values
        case t.Given(subject=subject):
            return _value(subject, world) is not None
        case _:
            assert_never(test)


def _value(subject: t.Subject, world: World) -> object:
    match subject.kind:
        case "fact":
            return world.fact(subject.name)
        case "level":
            return world.level(subject.name)
        case "channel":
            return world.channel
        case "caller":
            return world.caller
        case "status":
            return world.status
        case "clock":
            return subject.name


def _compares(test: t.Compares | t.Distance | t.Precedes | t.During | t.OnDay, world: World, asked: int) -> bool:
    match test:
        case t.Compares(fact=fact, comparison=comparison, value=value):
            known = world.fact(fact)
            assert isinstance(known, int | float)
            assert isinstance(value, int | float)
            return compared(known, comparison, value)
        case t.Distance(later=later, earlier=earlier, comparison=comparison, days=days, micros=micros):
            last, first = _moment(later, world, asked), _moment(earlier, world, asked)
            if micros is not None:
                return compared(last - first, comparison, micros)
            assert days is not None
            return compared((_date(last, world) - _date(first, world)).days, comparison, days)
        case t.Precedes(earlier=earlier, later=later):
            return _moment(earlier, world, asked) < _moment(later, world, asked)
        case t.During(calendar=calendar, outside=outside, subject=subject):
            return world.table(calendar).is_open(_moment(subject, world, asked)) is not outside
        case t.OnDay(calendar=calendar, closed=closed, subject=subject):
            table = world.table(calendar)
            return (table.date_of(_moment(subject, world, asked)) in table.open_dates) is not closed
        case _:
            assert_never(test)


def _moment(name: str, world: World, asked: int) -> int:
    if not name:
        return asked
    found = world.last_time(name)
    assert found is not None
    return found


def _date(instant: int, world: World) -> date:
    return datetime.fromtimestamp(instant // 1_000_000, zone_of(world.zone)).date()


def compared(value: float, comparison: t.Comparison, other: float) -> bool:
    return {
        "more than": value > other,
        "less than": value < other,
        "at least": value >= other,
        "at most": value <= other,
        "is": value == other,
        "is not": value != other,
    }[comparison]
