"""When an answer changes though nothing happens: calendars open and close, dates end, clocks run out (R3, R7)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeVar

from attrs import frozen

from sla_dsl.errors import SlaError
from sla_dsl.policy.conditions import judge
from sla_dsl.policy.terms import All, Among, During, Given, Matrix, Not, OnDay, Some, Subject
from sla_dsl.policy.thresholds import tests_in
from sla_dsl.worktime import timetable
from sla_dsl.worktime.errors import NoOpenTime, OutsideYears

if TYPE_CHECKING:
    from datetime import tzinfo

    from sla_dsl.policy.inquiry import Inquiry
    from sla_dsl.policy.terms import AnyTest, Test
    from sla_dsl.policy.tickets.look import Look
    from sla_dsl.worktime import Timetable

T = TypeVar("T")

MOST_TURNS = 400
"""So many openings, closings and midnights are looked at for the next change; with more, it is not told."""


@frozen
class Turn:
    """An instant at which something can change by time alone, and the zone in which to show it."""

    at: int
    zone: tzinfo | None = None


def next_change(look: Look, question: Callable[[Inquiry], T], now: T | None, *tests: AnyTest) -> Turn | None:
    """Return when the answer to a question changes by time alone; None where it never does, or nobody knows when.

    `now` is the single answer at present, if there is one; `tests` are the conditions from which it follows.
    """
    for _ in range(MOST_TURNS):
        turn = _next_turn(look, tests)
        if turn is None:
            return None
        look = look.moved(turn.at)
        try:
            if look.ask(question).single != now:
                return turn
        except SlaError:  # such as a date after the last year of a calendar
            return None
    return None


def _next_turn(look: Look, tests: tuple[AnyTest, ...]) -> Turn | None:
    """Return the next instant at which a condition can change, in any of the ways in which a ticket can stand."""

    def ask(inquiry: Inquiry) -> Turn | None:
        turns = [turn for test in tests if (turn := first_turn(test, inquiry, look.turns)) is not None]
        return min(turns, key=_instant) if turns else None

    turns = [turn for turn in look.ask(ask).results if turn is not None]
    return min(turns, key=_instant) if turns else None


def first_turn(test: AnyTest, inquiry: Inquiry, of_clocks: tuple[int, ...] = ()) -> Turn | None:
    """Return the next instant after that of an inquiry at which a condition can change by time alone.

    `of_clocks` are the instants at which states of clocks change. Raises `Undecided`.
    """
    passing = _Passing(inquiry, of_clocks)
    _, parts = passing.split(test)
    return min((turn for part in parts for turn in passing.turns(part)), key=_instant, default=None)


def _instant(turn: Turn) -> int:
    return turn.at


@frozen
class _Passing:
    """What passes with time in a condition, asked from an inquiry on."""

    inquiry: Inquiry
    of_clocks: tuple[int, ...]

    def split(self, test: AnyTest) -> tuple[bool | None, tuple[AnyTest, ...]]:
        """Return whether a condition is settled whatever the time is, and else the parts that pass and decide it."""
        match test:
            case All(parts=parts):
                return _joined([self.split(part) for part in parts], decisive=False)
            case Some(parts=parts):
                return _joined([self.split(part) for part in parts], decisive=True)
            case Not(part=part):
                settled, hanging = self.split(part)
                return None if settled is None else not settled, hanging
            case _:
                hanging = tuple(self._in_time(test, ()))
                return (None, hanging) if hanging else (judge(test, self.inquiry).holds, ())

    def _in_time(self, test: Test, path: tuple[str, ...]) -> Iterator[AnyTest]:
        """Yield what passes in a single part of a condition: itself, or what a level in it follows from."""
        match test:
            case During(subject="") | OnDay(subject=""):
                yield test
            case Among(subject=Subject(kind="clock")):
                if self.of_clocks:
                    yield test
            case Among(subject=Subject(kind="level", name=scale)) | Given(subject=Subject(kind="level", name=scale)):
                if scale not in self.inquiry.situation.levels and scale not in path:
                    for inner in _defining(scale, self.inquiry):
                        yield from self._in_time(inner, (*path, scale))
            case _:
                return

    def turns(self, part: AnyTest) -> Iterator[Turn]:
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
                yield from (Turn(at) for at in self.of_clocks[:1])


def _joined(
    found: list[tuple[bool | None, tuple[AnyTest, ...]]], *, decisive: bool
) -> tuple[bool | None, tuple[AnyTest, ...]]:
    if any(settled is decisive for settled, _ in found):
        return decisive, ()
    settled = None if any(one is None for one, _ in found) else not decisive
    return settled, tuple(part for _, parts in found for part in parts)


def _defining(scale: str, inquiry: Inquiry) -> Iterator[Test]:
    """Yield what a level on a scale that was not given follows from."""
    matrix = inquiry.terms.find(Matrix, scale)
    for axis in () if matrix is None else (matrix.rows, matrix.columns):
        yield Given(subject=Subject(kind="level", name=axis))
    yield from tests_in(inquiry.terms.scales[scale].levels)


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
    try:
        yield one.end_of_day(one.local_date(now))
    except (OutsideYears, NoOpenTime):
        return
