"""One cycle of a clock: from a start to a stop, under the terms that govern it (P1, P5, P6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen
from msgspec import Struct
from msgspec.structs import replace

from sla_dsl.policy.deadlines import Bounded, Reached, policy_zone
from sla_dsl.policy.terms import Duration, Within
from sla_dsl.policy.tickets.holding import Count, Hold, Metered, counting, open_time, reach_counted, united
from sla_dsl.policy.tickets.triggers import Sign

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sla_dsl.policy.answers import AnswerModality
    from sla_dsl.policy.inquiry import Inquiry
    from sla_dsl.policy.openness import Openness
    from sla_dsl.policy.situation import Situation
    from sla_dsl.policy.terms import CalendarPeriod, OpenDays, Trigger, Way
    from sla_dsl.policy.tickets.promised import Promised
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
    """A step of a cascade that is over: it passed unmet, or its condition no longer held (P5).

    `since` is the instant from which it counted, `reached` when it was due, `late_at` since when it was late, which is
    None where it came to nothing.
    """

    promised: Promised
    since: int
    reached: Reached | Bounded | None
    at: int
    late_at: int | None


class Known(Struct, frozen=True):
    """A due time with what it was made of, and how many holds had an end by then."""

    made: tuple[object, ...]
    holds: int
    due: Reached | Bounded | None

    def covers(self, holds: list[Hold]) -> bool:
        """Return whether it is the same with these holds: there are no more, or the next begins when it is over."""
        if len(holds) <= self.holds:
            return True
        return isinstance(self.due, Reached) and self.due.at <= holds[self.holds].start


class Cycle(Struct, eq=False):
    """A cycle of a clock. It is changed as time goes on; `copy` gives another to go on with.

    It `began` when it first started; `started` is later where it was started anew. `origin` is the instant from which
    the budget counts, `carried` what was counted of it before; `late_at` the instant
    at which the cycle became late for good, `late_as` how bindingly it had been promised. `promises` are all that have
    governed it, `offered` the one that would by what was last said; `asked` are the questions that were settled about
    its starts, stops and pauses, `reopened` the times for which it had stopped. Nothing becomes late before `turned`,
    the last change of terms. The step in force took over at `since`, `after_day` where that was the end of a day; with
    `no_more` it has passed as well, and no other follows. `step_starts` tells when the starts of steps that have
    their own came about.
    """

    number: int
    began: int
    why_started: str
    promised: Promised
    situation: Situation
    supposed: Supposed
    started: int
    since: int
    origin: int
    turned: int
    offered: Promised
    promises: tuple[Promised, ...]
    holds: list[Hold] = []
    asked: list[Inquiry] = []
    stopped: int | None = None
    voided: int | None = None
    carried: int = 0
    earlier: tuple[Span, ...] = ()
    late_at: int | None = None
    late_as: AnswerModality | None = None
    agreed: int | None = None
    turns: tuple[Turned, ...] = ()
    passed: tuple[Passed, ...] = ()
    after_day: bool = False
    no_more: bool = False
    step_starts: Mapping[Trigger, int] = {}
    reopened: tuple[tuple[int, int], ...] = ()
    signs: frozenset[Sign] = frozenset()
    why_ended: str = ""
    _known: Known | None = None
    _metered: Metered | None = None

    @classmethod
    def begun(
        cls, number: int, at: int, why: str, promised: Promised, situation: Situation, supposed: Supposed
    ) -> Cycle:
        """Return a cycle that starts at an instant."""
        return cls(number, at, why, promised, situation, supposed, at, at, at, at, promised, (promised,))

    def copy(self, supposed: Supposed) -> Cycle:
        """Return the same cycle, to go another way from here."""
        return replace(self, supposed=supposed, holds=[*self.holds], asked=[*self.asked])

    @property
    def over(self) -> bool:
        """Whether the cycle is stopped or void."""
        return self.stopped is not None or self.voided is not None

    # ------------------------------------------------------------------------------------------- due

    def due(self, now: int, holds: tuple[Hold, ...] | None = None) -> Reached | Bounded | None:
        """Return the due instant, or what is known of it, if nothing more happens; None where there is no number."""
        if holds is not None:
            return self._due(now, holds)
        known, made = self._known, (self.promised, self.origin, self.carried, self.agreed)
        if known is not None and known.made == made and (known.holds == len(self.holds) or known.covers(self.holds)):
            return known.due
        held = bool(self.holds) and self.holds[-1].end is None
        due = None if held else self._quick_due()
        if due is None:
            due = self._due(now, united(self.holds))
        if not held and not self.waits:
            self._known = Known(made, len(self.holds), due)
        return due

    def _quick_due(self) -> Reached | None:
        """Return the due instant of a promise in hours where no hold goes on, if it lies after the last."""
        quick = self.promised.quick
        if quick is None or self.agreed is not None:
            return None
        timetable, length, limit = quick
        at = self._meter(timetable, self.origin).due(length - self.carried)
        return None if at is None else Reached(at, limit, None, None, limit.strict, self.promised.zone)

    def _meter(self, calendar: Timetable | None, origin: int) -> Metered:
        """Return how the time from an instant on counts, after the last hold that is over."""
        known = self._metered
        if known is None or known.origin != origin or known.calendar is not calendar:
            known = self._metered = Metered.at_first(calendar, origin)
        if known.holds < len(self.holds):
            known = self._metered = known.after(self.holds)
        return known

    def origin_of_step(self) -> int:
        """Return from when the step in force counts: its own start, if that has come, else when it took over (P5)."""
        step = self.promised.governing.step
        return self.since if step is None or step.starts is None else self.step_starts.get(step.starts, self.since)

    @property
    def waits(self) -> bool:
        """Whether the step in force has a start of its own, which has not come yet: its time does not run (P5)."""
        step = self.promised.governing.step
        return step is not None and step.starts is not None and step.starts not in self.step_starts

    def _due(self, now: int, holds: tuple[Hold, ...]) -> Reached | Bounded | None:
        governing = self.promised.governing
        if self.agreed is not None:
            return self._agreed(self.agreed)
        if governing.limit is None or governing.binding is None:
            return None
        reached = reach_counted(governing.limit, governing.binding, self.count(now, holds))
        if not self.waits:
            # When a step of which that is not known has passed, another has taken over: it is late in none for sure.
            sure = governing.step is None or isinstance(reached, Reached)
            return reached if sure else replace(reached, latest=None)
        earliest = reached.at if isinstance(reached, Reached) else reached.earliest
        return Bounded(earliest, None, (), reached.part, reached.strict, reached.zone)

    def count(self, now: int, holds: tuple[Hold, ...]) -> Count:
        """Return how the limit in force is counted; a step whose start has not come yet as if it began now."""
        moves = self.promised.governing.clock.pauses_move_due is True
        return Count(now if self.waits else self.origin, now, holds, self.carried, moves, self.after_day)

    def _agreed(self, at: int) -> Reached:
        binding = self.promised.governing.binding
        limit = self.promised.governing.limit
        part = limit if isinstance(limit, Within) else _AGREED
        return Reached(at, part, zone=None if binding is None else policy_zone(binding))

    @property
    def modality(self) -> AnswerModality:
        """How bindingly what governs is promised (P3)."""
        return self.promised.modality

    def passed_at(self, now: int) -> int | None:
        """Return the instant at which the due time has passed unmet by now, if it has."""
        if self.late_at is not None:
            return self.late_at
        due = self.due(now)
        if isinstance(due, Reached) and (is_late(due, now) or self.overdrawn):
            return max(due.at, self.bound_since)
        return None

    @property
    def bound_since(self) -> int:
        """Since when what governs has bound the clock: nothing is late before it."""
        return max(self.turned, self.since)

    @property
    def overdrawn(self) -> bool:
        """Whether more was carried over than the budget in force allows."""
        return self.carried > 0 and self.budget is not None and self.carried > self.budget

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

    # ----------------------------------------------------------------------------------------- usage

    def end(self, now: int) -> int:
        """Return the instant up to which the cycle lasts, as seen now."""
        end = self.stopped if self.stopped is not None else self.voided
        return now if end is None or now < end else end

    def spans(self, now: int) -> tuple[Span, ...]:
        """Return the parts of the cycle with the calendar of each, up to now or to its end."""
        return (*self.earlier, self.span_to(max(self._told, self.end(now))))

    def span_to(self, at: int) -> Span:
        """Return the part of the cycle that is measured as the promise in force is, up to an instant."""
        return Span(self._told, at, self.promised.measured)

    @property
    def _told(self) -> int:
        """The instant up to which the cycle was measured under earlier promises."""
        return self.earlier[-1].end if self.earlier else self.started

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

    def spent(self, now: int) -> int | None:
        """Return the time counted towards the budget in force; None where that is not known."""
        if self._spends_all:
            return self.used(now)
        measured = self.promised.measured
        if measured is not None and measured.exact is None:
            return None
        exact, end = None if measured is None else measured.exact, self.end(now)
        start = end if self.waits else self.origin
        spans = counting(united(self.holds), start, max(start, end))
        return self.carried + sum(open_time(exact, a, b) for a, b in spans)

    @property
    def _spends_all(self) -> bool:
        """Whether all time used counts towards the budget in force."""
        step = self.promised.governing.step
        return not self.passed and (step is None or step.starts is None)

    def left(self, now: int, used: int | None) -> int | None:
        """Return what is left of the budget in force when so much is used; negative when overdrawn, None for none."""
        budget = self.budget
        if budget is None:
            return None
        spent = used if self._spends_all else self.spent(now)
        return None if spent is None else budget - spent

    @property
    def budget(self) -> int | None:
        """The budget in microseconds, None for days, dates, what was agreed, and where there is none."""
        return None if self.agreed is not None else self.promised.budget

    @property
    def in_days(self) -> OpenDays | CalendarPeriod | None:
        """The budget, where it is one of days."""
        return self.promised.in_days
