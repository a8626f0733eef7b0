"""Measuring tickets for an objective: which cycles count where, and for how much (R8)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar

from attrs import frozen

from sla_dsl.policy.terms import ELAPSED, OWN_CALENDAR, Clock
from sla_dsl.policy.tickets.tally import NOT_COUNTED, Tally, decided_at, in_time, period_of, unit_of
from sla_dsl.worktime import to_micros, zone

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sla_dsl.policy.answers import AnswerModality, Priority
    from sla_dsl.policy.inquiry import Inquiry
    from sla_dsl.policy.plans import Desk
    from sla_dsl.policy.terms import Measurement, Objective
    from sla_dsl.policy.tickets.answers import ClockAnswer, ClockState, Verdict
    from sla_dsl.policy.tickets.evaluation import Evaluation
    from sla_dsl.policy.tickets.look import Answered

T = TypeVar("T")


@frozen
class AlikeCycle:
    """Cycles that count alike, as one: with the means of their lengths, and what else a measurement looks at."""

    clock: str
    state: ClockState | None
    verdict: Verdict
    modality: AnswerModality | None
    started: datetime | None
    stopped: datetime | None
    breached_at: datetime | None
    used_seconds: Fraction | None
    used_days: Fraction | None
    missing: tuple[str, ...] = ()


@frozen
class Alike:
    """Tickets that count alike, as one; what else is asked of them, `one` of them answers."""

    at: datetime
    priority: Priority
    clocks: tuple[AlikeCycle, ...]
    one: Callable[[], Evaluation]

    def level(self, scale: str) -> Priority:
        """Return the level on any scale or attribute."""
        return self.one().level(scale)

    def ask(self, question: Callable[[Inquiry], T]) -> Answered[T]:
        """Return what comes out of a question about the ticket as it stands."""
        return self.one().ask(question)


@frozen
class Group:
    """What is measured together: the cycles of a clock, at a level, of a kind of ticket."""

    clock: str
    level: str | None
    per: str | None


class Measure:
    """A measurement of an objective, and what was added up for it, group by group and period by period."""

    def __init__(self, desk: Desk, objective: Objective, measurement: Measurement) -> None:
        self.desk = desk
        self.objective = objective
        self.measurement = measurement
        self.tallies: dict[Group, dict[str | None, Tally]] = {}
        self.left_out: dict[Group, Counter[str]] = {}
        per = measurement.per
        kinds = (None,) if per is None else tuple(level.id for level in desk.terms.scales[per].levels)
        for clock in measurement.of:
            for level in objective.levels or (None,):
                for kind in kinds:
                    self.tallies[Group(clock, level, kind)] = {}
                    self.left_out[Group(clock, level, kind)] = Counter()

    # ------------------------------------------------------------------------------------- one ticket

    def take(self, ticket: Evaluation | Alike, times: int = 1) -> None:
        """Add the cycles of a ticket, or of so many that count alike.

        The cycles of one that stands for many have the means of their lengths.
        """
        cycles = [cycle for cycle in ticket.clocks if cycle.clock in self.measurement.of]
        included, missing = self._included(ticket) if cycles else (False, ())
        if included is False:
            return
        for level, at_level, level_missing in self._levels(ticket):
            for kind, of_kind, kind_missing in self._kinds(ticket):
                maybe = None if included and at_level and of_kind else (*missing, *level_missing, *kind_missing)
                for cycle in cycles:
                    self._add(cycle, ticket, Group(cycle.clock, level, kind), maybe, times)

    def _included(self, ticket: Evaluation | Alike) -> tuple[bool | None, tuple[str, ...]]:
        """Return whether a ticket is measured at all; None, with what would tell, where that is not known."""
        conditions = [one for one in (self.objective.applies, self.measurement.condition) if one is not None]
        if not conditions:
            return True, ()

        def holds(inquiry: Inquiry) -> bool:
            return all(inquiry.holds(condition, self.objective.clause) for condition in conditions)

        answered = ticket.ask(holds)
        return answered.single, answered.missing()

    def _levels(self, ticket: Evaluation | Alike) -> Iterator[tuple[str | None, bool, tuple[str, ...]]]:
        """Yield the levels under which a ticket is measured, whether it surely has them, and what would tell."""
        objective = self.objective
        if not objective.levels and not objective.blank:
            yield None, True, ()
            return
        left = _left(ticket.priority)
        blank = left & {*objective.blank}
        if not objective.levels and (not left or left - blank):
            yield None, not blank, ticket.priority.missing
        for level in objective.levels:
            if level in left:
                yield level, len(left) == 1, ticket.priority.missing

    def _kinds(self, ticket: Evaluation | Alike) -> Iterator[tuple[str | None, bool, tuple[str, ...]]]:
        """Yield the levels on the scale by which tickets are told apart, as `_levels` does."""
        if self.measurement.per is None:
            yield None, True, ()
            return
        found = ticket.level(self.measurement.per)
        left = _left(found)
        for level in self.desk.terms.scales[self.measurement.per].levels:
            if level.id in left:
                yield level.id, len(left) == 1, found.missing

    def found(self) -> Iterator[tuple[Group, str | None, Tally]]:
        """Yield what was added up, by group and period; for a group without any cycle an empty tally."""
        for group, periods in self.tallies.items():
            for period in sorted(periods, key=str) or [None]:
                yield group, period, periods.get(period) or Tally(self.measurement)

    # -------------------------------------------------------------------------------------- one cycle

    def _add(
        self,
        cycle: ClockAnswer | AlikeCycle,
        ticket: Evaluation | Alike,
        group: Group,
        maybe: tuple[str, ...] | None,
        times: int,
    ) -> None:
        """Add a cycle to a group; `maybe` names what would tell whether it belongs there, where that is not known."""
        mean = self.measurement.statistic == "mean"
        possible = in_time(cycle)
        if cycle.state != "stopped" if mean else possible == NOT_COUNTED:
            self.left_out[group][(cycle.state or "undetermined") if mean else cycle.verdict] += times
            return
        at = cycle.stopped if mean else decided_at(cycle)
        tally = self.tallies[group].setdefault(self._period(at or ticket.at), Tally(self.measurement))
        if mean:
            length = None if maybe is not None else self._length(cycle, ticket)
            tally.add_length(length, (*(maybe or ()), *(cycle.missing if length is None else ())), times)
        else:
            unknown = cycle.missing if len(possible) > 1 else ()
            tally.add(possible if maybe is None else possible | {None}, (*(maybe or ()), *unknown), times)

    def _period(self, at: datetime) -> str | None:
        name = self.desk.calendars.zone.name
        if self.measurement.period is None or name is None:
            return None
        return period_of(at.astimezone(zone(name)).date(), self.measurement.period)

    def _length(self, cycle: ClockAnswer | AlikeCycle, ticket: Evaluation | Alike) -> Fraction | None:
        """Return how long a stopped cycle took, in what the measurement is in; None where that is not known."""
        name = self.measurement.calendar
        if unit_of(self.measurement) == "seconds":
            measured = {one.calendar for one in self.desk.terms.need(Clock, cycle.clock).measured}
            if cycle.used_seconds is None or (name != OWN_CALENDAR and measured - {name}):
                return None  # a reading or an annex measures the clock in something else
            return Fraction(str(cycle.used_seconds))
        started, stopped = cycle.started, cycle.stopped
        if started is None or stopped is None:
            return None
        found = ticket.ask(lambda inquiry: (_days(name, started, stopped, inquiry),)).single
        return None if found is None or found[0] is None else Fraction(found[0])


def _days(name: str, started: datetime, stopped: datetime, inquiry: Inquiry) -> int | None:
    """Return the dates after the first on which a cycle ran, pauses included.

    They are dates with opening hours in a calendar; in elapsed time all dates, in the zone of the policy.
    """
    if name == ELAPSED:
        own = inquiry.calendars.zone.name
        if own is None:
            return None
        first, last = (one.astimezone(zone(own)).date() for one in (started, stopped))
        return (last - first).days
    exact = inquiry.calendar(name).exact
    if exact is None:
        return None
    first, last = exact.date_of(to_micros(started)), exact.local_date(to_micros(stopped))
    return len(exact.open_dates(first, last)) - exact.has_hours(first) if first <= last else 0


def _left(found: Priority) -> set[str]:
    """Return the levels that a ticket can have; none for one that is unclassified."""
    return {found.level} if found.level is not None else set(found.possible)
