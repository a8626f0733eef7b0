"""One cycle of a clock: from a start to a stop, under the terms that govern it (P1, P5, P6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen
from msgspec import Struct

from sla_dsl.policy.deadlines import Bounded, Reached, policy_zone
from sla_dsl.policy.errors import Unanswerable
from sla_dsl.policy.governing import of_step
from sla_dsl.policy.inquiry import Inquiry
from sla_dsl.policy.terms import CalendarPeriod, Cascade, Duration, OpenDays, Within
from sla_dsl.policy.tickets.holding import Count, Hold, Metered, counting, open_time, reach_counted, united
from sla_dsl.policy.tickets.promised import Promised
from sla_dsl.policy.tickets.triggers import Sign, came_true, signs

if TYPE_CHECKING:
    from sla_dsl.policy.answers import AnswerModality
    from sla_dsl.policy.openness import Openness
    from sla_dsl.policy.situation import Situation
    from sla_dsl.policy.terms import Way
    from sla_dsl.policy.unknowns import Supposed
    from sla_dsl.worktime import Timetable

_AGREED = Within(text="as agreed", budget=Duration(text="as agreed", low=0, high=0))
"""Stands for the limit of a due time that the parties agreed on where the policy has none."""


def is_late(due: Reached, at: int) -> bool:
    """Return whether an instant is too late: after a due time, or at one that is strict (T4)."""
    return at > due.at or (due.strict and at == due.at)


@frozen
class Span:
    """A part of a cycle and the calendar in which it was measured; None where every minute counts."""

    start: int
    end: int
    calendar: Openness | None


@frozen
class Turned:
    """A change of terms in a cycle: when, from which promise to which, and what the clock does then (P6)."""

    at: int
    old: Promised
    new: Promised
    way: Way


@frozen
class Passed:
    """A step of a cascade that is over, unmet or because its condition no longer holds (P5); `since` is its start."""

    promised: Promised
    since: int
    reached: Reached | Bounded | None
    at: int
    late: bool


class Known(Struct, frozen=True):
    """A due time with what it was made of, and how many holds had an end by then."""

    made: tuple[object, ...]
    holds: int
    due: Reached | Bounded | None

    def holds_after(self, holds: list[Hold]) -> bool:
        """Return whether it is the same with these holds: there are no more, or the next begins when it is over."""
        if len(holds) <= self.holds:
            return True
        return isinstance(self.due, Reached) and self.due.at <= holds[self.holds].start


class Cycle:
    """A cycle of a clock. It is changed as time goes on; `copy` gives another to go on with.

    `origin` is the instant from which the budget counts, `carried` what was counted of it before; `late_at` the instant
    at which the cycle became late for good, `late_as` how bindingly it had been promised. `promises` are all that have
    governed it, `offered` the one that would by what was last said; `asked` are the questions that were settled about
    its starts, stops and pauses, `reopened` the times for which it had stopped. Nothing becomes late before `turned`,
    the last change of terms.
    """

    stopped: int | None = None
    voided: int | None = None
    carried: int = 0
    earlier: tuple[Span, ...] = ()
    late_at: int | None = None
    late_as: AnswerModality | None = None
    agreed: int | None = None
    turns: tuple[Turned, ...] = ()
    passed: tuple[Passed, ...] = ()
    reopened: tuple[tuple[int, int], ...] = ()
    signs: frozenset[Sign] = frozenset()
    why_ended: str = ""
    _known: Known | None = None
    _metered: Metered | None = None

    def __init__(
        self, number: int, started: int, why: str, promised: Promised, situation: Situation, supposed: Supposed
    ) -> None:
        self.number = number
        self.started = self.origin = self.turned = started
        self.why_started = why
        self.promised = self.offered = promised
        self.promises: tuple[Promised, ...] = (promised,)
        self.situation = situation
        self.supposed = supposed
        self.holds: list[Hold] = []
        self.asked: list[Inquiry] = []

    def copy(self, supposed: Supposed) -> Cycle:
        """Return the same cycle, to go another way from here."""
        other = object.__new__(Cycle)
        other.__dict__.update(self.__dict__)
        other.supposed, other.holds, other.asked = supposed, [*self.holds], [*self.asked]
        return other

    @property
    def over(self) -> bool:
        """Whether the cycle is stopped or void."""
        return self.stopped is not None or self.voided is not None

    # ------------------------------------------------------------------------------------------- due

    def due(self, now: int, holds: tuple[Hold, ...] | None = None) -> Reached | Bounded | None:
        """Return the due instant, or what is known of it, if nothing more happens; None where there is no number."""
        if holds is not None:
            return self._due(now, holds)
        known, made, number = self._known, (self.promised, self.origin, self.carried, self.agreed), len(self.holds)
        if known is not None and known.made == made and known.holds_after(self.holds):
            return known.due
        due = self._quick_due() or self._due(now, united(self.holds))
        if not (self.holds and self.holds[-1].end is None) and self._fixed_start:
            self._known = Known(made, number, due)
        return due

    def _quick_due(self) -> Reached | None:
        """Return the due instant of a promise in hours, where it lies after the last hold and no hold goes on."""
        quick, holds = self.promised.quick, self.holds
        if quick is None or self.agreed is not None or (holds and holds[-1].end is None):
            return None
        timetable, length, limit = quick
        at = self._meter(timetable, self.origin).due(length - self.carried)
        return None if at is None else Reached(at, limit, None, None, limit.strict, self.promised.zone)

    def _meter(self, calendar: Timetable | None, origin: int) -> Metered:
        """Return how the time from an instant on counts, after the last hold that is over."""
        known = self._metered
        if known is None or known.origin != origin or known.calendar is not calendar:
            known = Metered.at_first(calendar, origin)
        if known.holds < len(self.holds):
            known = known.after(self.holds)
        self._metered = known
        return known

    @property
    def _fixed_start(self) -> bool:
        """Whether the step in force, if there is one, counts from an instant that nothing can change."""
        step = self.promised.governing.step
        return step is None or step.starts is None

    def _due(self, now: int, holds: tuple[Hold, ...]) -> Reached | Bounded | None:
        governing = self.promised.governing
        if self.agreed is not None:
            return self._agreed(self.agreed)
        if governing.limit is None or governing.binding is None:
            return None
        count = self.count(now, holds)
        if isinstance(count, Bounded):
            return count
        return reach_counted(governing.limit, governing.binding, count)

    def count(self, now: int, holds: tuple[Hold, ...]) -> Count | Bounded:
        """Return how the limit in force is counted; bounds where it is not known from when on."""
        start = self._start_of_step()
        if isinstance(start, Bounded):
            return start
        return Count(start, now, holds, self.carried, self.promised.governing.clock.pauses_move_due is True)

    def _agreed(self, at: int) -> Reached:
        binding = self.promised.governing.binding
        limit = self.promised.governing.limit
        part = limit if isinstance(limit, Within) else _AGREED
        return Reached(at, part, zone=None if binding is None else policy_zone(binding))

    def _start_of_step(self) -> int | Bounded:
        """Return from when the step in force counts: its own start, or when the step before it was over."""
        step = self.promised.governing.step
        if step is None or step.starts is None:
            return self.origin
        at = came_true(step.starts.when.test, self.situation.events)
        if at is not None:
            return at
        limit = self.promised.governing.limit
        names = tuple(name for name in signs(step.starts.when.test) if isinstance(name, str))
        return Bounded(self.origin, None, names, limit if isinstance(limit, Within) else _AGREED)

    @property
    def modality(self) -> AnswerModality:
        """How bindingly what governs is promised (P3)."""
        return self.promised.modality

    def passed_at(self, now: int) -> int | None:
        """Return the instant at which the due time has passed unmet by now, if it has."""
        if self.late_at is not None:
            return self.late_at
        due = self.due(now)
        if isinstance(due, Reached) and is_late(due, now):
            return max(due.at, self.turned)
        return None

    def settle_lateness(self, now: int) -> None:
        """Keep for good that the due time has passed unmet by now (P6: a breach is sticky)."""
        if self.late_at is None and not self.over:
            at = self.passed_at(now)
            if at is not None:
                self.late_at, self.late_as = at, self.modality

    def late_by_change(self, at: int) -> None:
        """Note a change; a due time that it has moved to before itself is late at the change, for good (P6)."""
        self.turned = at
        self.settle_lateness(at)
        if self.late_at is None and self.budget is not None and self.carried > self.budget:
            self.late_at, self.late_as = at, self.modality

    # ----------------------------------------------------------------------------------------- usage

    def end(self, now: int) -> int:
        """Return the instant up to which the cycle lasts, as seen now."""
        end = self.stopped if self.stopped is not None else self.voided
        return now if end is None or now < end else end

    def spans(self, now: int) -> tuple[Span, ...]:
        """Return the parts of the cycle with the calendar of each, up to now or to its end."""
        last = self.earlier[-1].end if self.earlier else self.started
        return (*self.earlier, Span(last, max(last, self.end(now)), self.promised.measured))

    def used(self, now: int) -> int | None:
        """Return the time counted so far, in microseconds; None where the calendar is not known."""
        if self.earlier:
            return self._used_in(self.spans(now))
        measured, end = self.promised.measured, self.end(now)
        if measured is not None and measured.exact is None:
            return None
        metered = self._meter(None if measured is None else measured.exact, self.started)
        if self.holds and self.holds[-1].end is None:
            end = min(end, self.holds[-1].start)
        return metered.counted(end) if end >= metered.since else self._used_in(self.spans(now))

    def _used_in(self, spans: tuple[Span, ...]) -> int | None:
        """Return the time counted in parts of the cycle, each in its own calendar."""
        total, holds = 0, united(self.holds)
        for span in spans:
            if span.calendar is not None and span.calendar.exact is None:
                return None
            exact = None if span.calendar is None else span.calendar.exact
            total += sum(open_time(exact, a, b) for a, b in counting(holds, span.start, span.end))
        return total

    def left(self, now: int, used: int | None) -> int | None:
        """Return what is left of the budget in force when so much is used, negative when overdrawn; None for none."""
        budget = self.budget
        if budget is None:
            return None
        if not self.passed:
            return None if used is None else budget - used
        measured, start = self.promised.measured, self._start_of_step()
        if not isinstance(start, int) or (measured is not None and measured.exact is None):
            return None
        exact, end = None if measured is None else measured.exact, self.end(now)
        spans = counting(united(self.holds), start, max(start, end))
        return budget - sum(open_time(exact, a, b) for a, b in spans)

    @property
    def budget(self) -> int | None:
        """The budget in microseconds, None for days, dates, what was agreed, and where there is none."""
        return None if self.agreed is not None else self.promised.budget

    @property
    def in_days(self) -> OpenDays | CalendarPeriod | None:
        """The budget, where it is one of days."""
        return self.promised.in_days

    # ----------------------------------------------------------------------------------------- steps

    def pass_steps(self, now: int) -> None:
        """Go on to the next step of a cascade for each whose due time has passed by now (P5). Raises `Undecided`."""
        while self.promised.governing.step is not None and not self.over and self.agreed is None:
            due = self.due(now)
            if not isinstance(due, Reached) or not is_late(due, now):
                return
            if not self._next_step(due.at, due, late=True):
                return

    def leave_step(self, now: int, situation: Situation) -> None:
        """Go on to the next step where the condition of the present one no longer holds. Raises `Undecided`."""
        governing = self.promised.governing
        if governing.step is None or governing.step.condition is None or self.over:
            return
        if not self._asking(situation, now).holds(governing.step.condition, governing.clock.clause):
            self.situation = situation
            self._next_step(now, None, late=False)

    def _next_step(self, at: int, due: Reached | None, *, late: bool) -> bool:
        governing = self.promised.governing
        cascade, step = governing.term, governing.step
        if not isinstance(cascade, Cascade) or step is None:
            raise Unanswerable("step", governing.clock.id)
        inquiry = self._asking(self.situation, at)
        following = of_step(governing.clock, cascade, cascade.steps.index(step) + 1, inquiry)
        if following.step is None:
            return False
        start = self._start_of_step()
        over = Passed(self.promised, start if isinstance(start, int) else self.origin, due, at, late)
        self.passed = (*self.passed, over)
        self.promised = Promised.of(following, inquiry)
        self.promises = (*self.promises, self.promised)
        # An end of a day is the first instant of the next; days after it count from the day that ended.
        after_day = due is not None and due.day is not None and due.strict and self._counts_dates
        self.origin, self.carried = at - after_day, 0
        # Late under other terms, before they changed, is late for good (P6).
        if self.late_at is not None and self.late_at >= self.turned:
            self.late_at = self.late_as = None
        return True

    def shown(self, start: int) -> int:
        """Return from when a step is said to count: after the end of a day, from that end (T5)."""
        return self.passed[-1].at if self.passed and start == self.passed[-1].at - 1 else start

    @property
    def _counts_dates(self) -> bool:
        """Whether the budget in force counts from a date, and not from an instant."""
        match self.in_days:
            case OpenDays(ending=ending):
                return ending != "same time"
            case CalendarPeriod(same_time=same_time):
                return not same_time
            case None:
                return False

    def _asking(self, situation: Situation, at: int) -> Inquiry:
        found = self.promised.inquiry
        return Inquiry(found.terms, found.calendars, situation, at, self.supposed)
