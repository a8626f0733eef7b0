"""The status of a ticket at an instant, and what can come next (R4)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from attrs import frozen
from msgspec import Struct

from sla_dsl.errors import SlaError
from sla_dsl.policy.lazily import lazily
from sla_dsl.policy.terms import All
from sla_dsl.policy.tickets.answers import AllowedMove, NextStatus, StatusAnswer
from sla_dsl.policy.tickets.changing import next_change
from sla_dsl.policy.tickets.told import Told
from sla_dsl.policy.tickets.triggers import signs
from sla_dsl.policy.unknowns import Leaf, Search, Undecided
from sla_dsl.worktime import from_micros, to_micros

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sla_dsl.policy.answers import Reason
    from sla_dsl.policy.inquiry import Inquiry
    from sla_dsl.policy.selection import Chosen, Key
    from sla_dsl.policy.terms import Moment, Transition
    from sla_dsl.policy.tickets.course import Course
    from sla_dsl.policy.tickets.life import Life, Ways
    from sla_dsl.policy.tickets.look import Look
    from sla_dsl.policy.tickets.passing import Turn
    from sla_dsl.policy.tickets.rulebook import Rulebook
    from sla_dsl.policy.tickets.stay import Stay


class StatusAsked(Struct, frozen=True, eq=False, dict=True):
    """The status in every way of a life, each part by the name that `StatusAnswer` gives it.

    Called, it gives the reasons of the answer.
    """

    book: Rulebook
    ways: Ways
    look: Look

    # ------------------------------------------------------------------------------------- the answer

    @property
    def explain(self) -> StatusAsked:
        """What puts the reasons into words: this."""
        return self

    @lazily
    def single(self) -> str | None:
        """The status, where it is the same in every way."""
        first, *others = self.ways.lives
        same = self.ways.complete and all(one.course.status == first.course.status for one in others)
        return first.course.status if same else None

    @property
    def name(self) -> str | None:
        """The status."""
        return self.single

    @property
    def since(self) -> datetime | None:
        """The instant at which it was entered."""
        since = {life.course.stay.since for life in self.ways.lives if life.course.stay is not None}
        return from_micros(since.pop(), self.look.where) if self.single is not None and len(since) == 1 else None

    @lazily
    def next(self) -> tuple[NextStatus, ...]:
        """What the ticket enters by itself."""
        found = [] if self.single is None else _next(self.ways)
        return tuple(NextStatus(to, from_micros(at, self.look.where)) for at, to in found)

    @property
    def leaves(self) -> int | None:
        """The instant at which the ticket leaves the status by itself."""
        return to_micros(self.next[0].at) if self.next else None

    @lazily
    def allowed(self) -> tuple[AllowedMove, ...]:
        """The events that would move the ticket."""
        return () if self.single is None else tuple(_allowed(self))

    @property
    def possible(self) -> tuple[str, ...]:
        """The statuses that are left, where it is not known."""
        names = set[str | None]() if self.single is not None else {life.course.status for life in self.ways.lives}
        return tuple(name for name in self.book.statuses if name in names)

    @lazily
    def missing(self) -> tuple[str, ...]:
        """The names that would determine the status."""
        leaves = tuple(Leaf(life.supposed, life.course.status) for life in self.ways.lives)
        return Search(leaves, self.ways.unknowns, self.ways.complete).missing(lambda status: status)

    # --------------------------------------------------------------------------------- what it rests on

    @lazily
    def inquiries(self) -> tuple[Inquiry, ...]:
        """The questions that were settled on the way to the status, and about what can come next."""
        _ = self.next, self.allowed  # a course notes the timers and windows that it is asked for
        return tuple(one for life in self.ways.lives for one in life.course.inquiries)

    @lazily
    def keys(self) -> tuple[Key, ...]:
        """The declarations on which the answer rests."""
        found: dict[Key, None] = {}
        for life in self.ways.lives:
            found.update(dict.fromkeys(life.course.keys))
        for inquiry in self.inquiries:
            found.update(inquiry.keys)
        return tuple(found)

    @property
    def chosen(self) -> tuple[Chosen, ...]:
        """The readings on which the answer rests (H3)."""
        return tuple(self.book.doubts.behind(self.keys).values())

    @property
    def assumptions(self) -> tuple[str, ...]:
        """The parameters and facts whose assumed default was used (H4)."""
        return tuple(dict.fromkeys(name for one in self.inquiries for name in one.assumed))

    def __call__(self) -> tuple[Reason, ...]:
        """Return the reasons of the answer."""
        from sla_dsl.policy.reasons.status import explain_status

        return explain_status(self)

    def clauses(self) -> tuple[str, ...]:
        """Return the clauses that the answer looked at."""
        return self.book.desk.terms.clauses(self.keys)


def status(book: Rulebook, ways: Ways, look: Look) -> StatusAnswer:
    """Return the status of a ticket, since when, what it enters by itself and when, and which events would move it."""
    if not book.statuses:
        return StatusAnswer(None, None)
    return StatusAnswer.of(StatusAsked(book, ways, look))


def _next(ways: Ways) -> list[tuple[int, str]]:
    """Return when the ticket enters which statuses by itself, in every way of its life, the first first."""
    common = set[tuple[int, str]].intersection(*(_automatic(life) for life in ways.lives))
    return sorted(common)


def _automatic(life: Life) -> set[tuple[int, str]]:
    course, stay = life.course, life.course.stay
    assert stay is not None
    found: set[tuple[int, str]] = set()
    if stay.status not in course.book.automatic:
        return found
    for transition in course.book.transitions.get(stay.status, ()):
        try:
            phases = [stay.fires_at(moment, course) for moment in transition.moments]
            fires = [phase for phase in phases if phase is not None and phase > course.phase]
            if fires and course.would_pass(transition, min(fires)[0]):
                found.add((min(fires)[0], transition.to))
        except (Undecided, SlaError):  # it rests on something unknown, or lies after the last year of a calendar
            continue
    return found


def _allowed(asked: StatusAsked) -> Iterable[AllowedMove]:
    """Yield each event that a transition from the present status listens to, and whether it would be taken now."""
    book, look, life = asked.book, asked.look, asked.ways.lives[0]
    stay = life.course.stay
    assert stay is not None
    for transition in book.transitions.get(stay.status, ()):
        for moment in transition.moments:
            if moment.when is None:
                continue
            until = _closes(stay, moment, life.course)
            stays = _stays(look, transition, until, asked.leaves)
            events = [sign for sign in signs(moment.when.test) if isinstance(sign, str)]
            for event in dict.fromkeys(events):
                yield _move(book, look, transition, event, until, stays)


@frozen
class Closes:
    """When the window closes in which an event counts: never (`at` is None), or not known for want of `missing`."""

    at: int | None = None
    missing: tuple[str, ...] = ()
    error: SlaError | None = None

    @property
    def known(self) -> bool:
        """Whether it is known."""
        return self.error is None and not self.missing

    def passed(self, now: int) -> bool:
        """Return whether it has closed by now."""
        return self.at is not None and now > self.at


def _closes(stay: Stay, moment: Moment, course: Course) -> Closes:
    try:
        return Closes(stay.open_until(moment, course))
    except Undecided as stop:
        return Closes(None, stop.unknown.names)
    except SlaError as error:
        return Closes(error=error)


def _move(
    book: Rulebook, look: Look, transition: Transition, event: str, until: Closes, stays: int | None
) -> AllowedMove:
    told = _guards(look, transition, event, until, stays)
    available, missing = (True, ()) if transition.id in book.unguarded else (told.single, told.missing())
    if until.passed(look.at):
        available, missing = False, ()
    elif not until.known and available is not False:
        available, missing = None, (*until.missing, *missing)
    shown = None if stays is None or available is None else from_micros(stays, look.where)
    return AllowedMove(event, transition.to, available, shown, tuple(dict.fromkeys(missing)), told)


def _stays(look: Look, transition: Transition, until: Closes, leaves: int | None) -> int | None:
    """Return until when a move stays allowed or not: its window closes, its conditions turn, or the status ends."""
    tests = tuple(one.test for one in (transition.condition, transition.requires) if one is not None)
    turn: Turn | None = None
    if tests and not until.passed(look.at):
        question = partial(_holds, transition)
        turn = next_change(look, question, look.ask(question).single, All(parts=tests))
    ends = (until.at, leaves, None if turn is None else turn.at)
    return min((at for at in ends if at is not None and at >= look.at), default=None)


def _holds(transition: Transition, inquiry: Inquiry) -> bool:
    inquiry.note(transition.key)
    clause = transition.clause
    return inquiry.holds(transition.condition, clause) and inquiry.holds(transition.requires, clause)


def _guards(look: Look, transition: Transition, event: str, until: Closes, stays: int | None) -> Told[bool]:

    def words(told: Told[bool]) -> Iterable[Reason]:
        from sla_dsl.policy.reasons.status import explain_move

        return explain_move(told, transition, event, until, stays)

    return Told(look, transition, lambda: look.ask(partial(_holds, transition)), words)
