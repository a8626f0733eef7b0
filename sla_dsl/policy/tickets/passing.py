"""What passes with time in a condition: calendars open and close, dates end, clocks run out (R3)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import product
from typing import TYPE_CHECKING, TypeGuard

from attrs import frozen
from msgspec.structs import replace

from sla_dsl.policy.conditions import judge
from sla_dsl.policy.terms import All, Among, During, Given, Matrix, Not, OnDay, Some, Subject
from sla_dsl.policy.thresholds import tests_in
from sla_dsl.worktime import timetable
from sla_dsl.worktime.errors import NoOpenTime, OutsideYears

if TYPE_CHECKING:
    from datetime import tzinfo

    from sla_dsl.policy.inquiry import Inquiry
    from sla_dsl.policy.terms import AnyTest, Test
    from sla_dsl.policy.vocabulary import Terms
    from sla_dsl.worktime import Timetable

_MOST_PARTS = 6
"""With more parts that pass, what they could be together is not tried."""


@frozen
class Turn:
    """An instant at which something can change by time alone, and the zone in which to show it."""

    at: int
    zone: tzinfo | None = None


def instant_of(turn: Turn) -> int:
    """Return the instant of a turn, to sort by."""
    return turn.at


@frozen(slots=False)
class Passing:
    """What passes with time in conditions that are asked in an inquiry.

    `turns` gives later instants at which the status, or the state of a clock, changes; the next is among them.
    """

    inquiry: Inquiry
    tests: tuple[AnyTest, ...]
    turns: Callable[[], tuple[int, ...]]

    @cached_property
    def parts(self) -> tuple[AnyTest, ...]:
        """The parts that pass and on which something hangs, hours always as `during`."""
        return tuple(dict.fromkeys(part for test in self.tests for part in self._split(test)[1]))

    def next_turn(self) -> Turn | None:
        """Return the next instant at which one of the parts can change. Raises `Undecided`."""
        turns = (turn for part in self.parts for inner in self._in_time(part) for turn in self._turns(inner))
        return min(turns, key=instant_of, default=None)

    def steady(self, *, open_now: bool) -> bool:
        """Return whether the answer is the same whatever the parts are: some hours and all others, for example.

        An answer that is open now is taken to stay so where none of the parts alone would settle it.
        """
        if len(self.parts) > _MOST_PARTS:
            return False
        answers: set[int | None] = set()
        for values in product((True, False), repeat=len(self.parts)):
            answers.add(
                first_that_holds([self._value(test, dict(zip(self.parts, values, strict=True))) for test in self.tests])
            )
        return len(answers) == 1 and (None not in answers or open_now)

    # ------------------------------------------------------------------------------ what passes

    def _split(self, test: AnyTest) -> tuple[bool | None, tuple[AnyTest, ...]]:
        """Return whether a condition is settled whatever the time is, and else the parts that pass and decide it."""
        match test:
            case All(parts=parts):
                return _joined([self._split(part) for part in parts], decisive=False)
            case Some(parts=parts):
                return _joined([self._split(part) for part in parts], decisive=True)
            case Not(part=part):
                settled, hanging = self._split(part)
                return None if settled is None else not settled, hanging
            case _:
                return (None, (_plain(test),)) if self._in_time(test) else (self._holds(test), ())

    def _value(self, test: AnyTest, values: Mapping[AnyTest, bool]) -> bool | None:
        """Return whether a condition holds if its parts that pass have some values."""
        match test:
            case All(parts=parts):
                return _together([self._value(part, values) for part in parts], decisive=False)
            case Some(parts=parts):
                return _together([self._value(part, values) for part in parts], decisive=True)
            case Not(part=part):
                inner = self._value(part, values)
                return None if inner is None else not inner
            case _:
                value = values.get(_plain(test))
                if value is None:
                    return self._holds(test)
                return value is not (_plain(test) != test)

    def _holds(self, test: AnyTest) -> bool | None:
        """Return whether a single part that does not pass holds; it is judged once."""
        known = self._known
        if id(test) not in known:
            known[id(test)] = judge(test, self.inquiry).holds
        return known[id(test)]

    @cached_property
    def _known(self) -> dict[int, bool | None]:
        return {}

    def _in_time(self, test: AnyTest) -> tuple[AnyTest, ...]:
        """Return what passes in a single part of a condition: itself, or what a level in it follows from."""
        match test:
            case Among(subject=Subject(kind="level", name=scale)) | Given(subject=Subject(kind="level", name=scale)):
                if scale in self.inquiry.situation.levels:
                    return ()
                found = _defining(self.inquiry.terms).get(scale, ())
                return tuple(one for one in found if not isinstance(one, Among) or self.turns())
            case _:
                return (test,) if _passes(test) and (not isinstance(test, Among) or self.turns()) else ()

    def _turns(self, part: AnyTest) -> Iterator[Turn]:
        """Yield the next instants at which a part that passes can change."""
        now = self.inquiry.instant
        if now is None:
            return
        match part:
            case During(calendar=name):
                yield from (Turn(at, one.zone) for one in _timetables(name, self.inquiry) for at in _edge(one, now))
            case OnDay(calendar=name):
                yield from (Turn(at, one.zone) for one in _timetables(name, self.inquiry) for at in _midnight(one, now))
            case _:
                yield from (Turn(at) for at in self.turns()[:1])


def _plain(test: AnyTest) -> AnyTest:
    """Return a test of hours as one that holds inside them."""
    match test:
        case During(outside=True):
            return replace(test, outside=False)
        case OnDay(closed=True):
            return replace(test, closed=False)
        case _:
            return test


def _joined(
    found: list[tuple[bool | None, tuple[AnyTest, ...]]], *, decisive: bool
) -> tuple[bool | None, tuple[AnyTest, ...]]:
    settled = _together([one for one, _ in found], decisive=decisive)
    return settled, () if settled is decisive else tuple(part for _, parts in found for part in parts)


def _together(values: Sequence[bool | None], *, decisive: bool) -> bool | None:
    if decisive in values:
        return decisive
    return None if None in values else not decisive


def first_that_holds(values: Sequence[bool | None]) -> int | None:
    """Return which of some conditions is the first that holds, or how many there are if none does; None if unknown."""
    at = next((at for at, value in enumerate(values) if value is not False), len(values))
    return None if at < len(values) and values[at] is None else at


def _passes(test: Test) -> TypeGuard[During | OnDay | Among]:
    """Return whether a single part of a condition can change by time alone."""
    match test:
        case During(subject="") | OnDay(subject="") | Among(subject=Subject(kind="clock" | "status")):
            return True
        case _:
            return False


def goes_on(terms: Terms, tests: Iterable[AnyTest]) -> bool:
    """Return whether conditions ask for the status or a clock of a ticket, which go on by themselves."""
    for test in tests_in(tuple(tests)):
        match test:
            case Among(subject=Subject(kind="clock" | "status")):
                return True
            case Among(subject=Subject(kind="level", name=scale)) | Given(subject=Subject(kind="level", name=scale)):
                if any(isinstance(one, Among) for one in _defining(terms).get(scale, ())):
                    return True
            case _:
                continue
    return False


@lru_cache(maxsize=16)
def _defining(terms: Terms) -> dict[str, tuple[AnyTest, ...]]:
    """Return the parts that pass in what a level on each scale follows from, by scale; nearly always none."""
    own = {name: tuple(dict.fromkeys(tests_in(scale.levels))) for name, scale in terms.scales.items()}
    uses = {
        name: {test.subject.name for test in tests if isinstance(test, Among | Given) and test.subject.kind == "level"}
        for name, tests in own.items()
    }
    for matrix in terms.all(Matrix):
        uses.setdefault(matrix.id, set()).update((matrix.rows, matrix.columns))
    found: dict[str, tuple[AnyTest, ...]] = {}
    for name in own:
        reached = {name}
        while more := {used for one in reached for used in uses.get(one, ())} - reached:
            reached |= more
        found[name] = tuple(test for one in sorted(reached) for test in own.get(one, ()) if _passes(test))
    return found


# ------------------------------------------------------------------------------------ when it changes


def _timetables(name: str, inquiry: Inquiry) -> tuple[Timetable, ...]:
    """Return a calendar; while parameters are missing, what is surely and what is perhaps open of it."""
    known = inquiry.calendar(name)
    if known.exact is not None:
        return (known.exact,)
    return tuple(timetable(recipe) for recipe in (known.surely, known.perhaps) if recipe is not None)


def _edge(one: Timetable, now: int) -> Iterator[int]:
    try:
        yield one.next_close(now) if one.is_open(now) else one.next_open(now)
    except (OutsideYears, NoOpenTime):
        return


def _midnight(one: Timetable, now: int) -> Iterator[int]:
    """Yield when the date ends, or when the next one with hours begins if this one has none."""
    try:
        day = one.local_date(now)
        yield one.end_of_day(day) if one.has_hours(day) else one.instant_on(one.nth_after(day, 1), 0)
    except (OutsideYears, NoOpenTime):
        return
