"""A cycle of a clock as it is seen at an instant: state, verdict, due time, usage (P3-P8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen
from msgspec import Struct

from sla_dsl.policy.cases import bounds_of, modality_of
from sla_dsl.policy.deadlines import Bounded, Reached
from sla_dsl.policy.lazily import lazily
from sla_dsl.policy.situation import LAST_INSTANT
from sla_dsl.policy.terms import Cascade, Duration, OpenDays, Within
from sla_dsl.policy.tickets.cycle import Cycle, is_late
from sla_dsl.policy.tickets.holding import Count, add_time, open_time, spent_at, united
from sla_dsl.policy.unknowns import Undecided, search
from sla_dsl.worktime import WorktimeError, from_micros, zone
from sla_dsl.worktime.errors import BadInstant, OutsideYears
from sla_dsl.worktime.units import DAY

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, tzinfo

    from sla_dsl.policy.answers import AnswerModality
    from sla_dsl.policy.deadlines import PolicyZone
    from sla_dsl.policy.tickets.answers import ClockState, Verdict
    from sla_dsl.policy.tickets.clock_run import ClockRun
    from sla_dsl.policy.tickets.holding import Hold
    from sla_dsl.policy.unknowns import Supposed
    from sla_dsl.worktime import Timetable

_FARTHEST = 800 * DAY
"""So far ahead pauses are foreseen that come and go by the hour."""
_LATE: Mapping[AnswerModality, Verdict] = {"shall": "breached", "best_effort": "aim_missed_no_breach"}
"""What late is called, where it is not just missed."""


@frozen
class StepView:
    """A step of a cascade at an instant."""

    step: str
    state: ClockState
    verdict: Verdict
    modality: AnswerModality
    due: Reached | Bounded | None


@frozen
class WarningView:
    """A warning: when, and at which share of the budget or how long before due (P8)."""

    at: int
    share: float | None
    before: int | None


class CycleView(Struct, frozen=True, eq=False, dict=True):
    """A cycle of a clock at an instant, under the suppositions of one life.

    Lengths are microseconds. `late_at` is the instant at which it became late, if it did.
    """

    run: ClockRun
    cycle: Cycle
    now: int
    due: Reached | Bounded | None
    state: ClockState
    late_at: int | None

    @lazily
    def used(self) -> int | None:
        """The time counted so far; None where the calendar is not known, or not for all of it."""
        try:
            return self.cycle.used(self.now)
        except OutsideYears:
            return None

    @property
    def verdict(self) -> Verdict:
        """How the cycle stands (P3)."""
        cycle = self.cycle
        if self.late_at is not None:
            return late_verdict(cycle.late_as or cycle.modality)
        if cycle.voided is not None:
            return "not_measured"
        return verdict_in_time(self.due, cycle.stopped, self.now)

    @property
    def modality(self) -> AnswerModality:
        """How bindingly what governs is promised (P3)."""
        return self.cycle.promised.modality

    @property
    def stopped(self) -> int | None:
        """The instant of the stop."""
        return self.cycle.stopped

    @property
    def budget(self) -> int | None:
        """The budget, None for days, dates, and where there is none."""
        return self.cycle.budget

    @property
    def zone(self) -> tzinfo | None:
        """The zone in which its instants are shown: that of its calendar, else that of the policy."""
        if self.due is not None and self.due.zone is not None:
            return self.due.zone
        measured, own = self.cycle.promised.measured, self.run.book.desk.calendars.zone.name
        if measured is not None and measured.exact is not None:
            return measured.exact.zone
        return None if own is None else zone(own)

    @property
    def left(self) -> int | None:
        """What is left of the budget in force; None where there is none, or its calendar is not known."""
        try:
            return self.cycle.left(self.now, self.used)
        except OutsideYears:
            return None

    @property
    def step(self) -> str | None:
        """The step of a cascade that is in force."""
        step = self.cycle.promised.governing.step
        return None if step is None else step.id

    @property
    def day(self) -> date | None:
        """The date on which it is due, for answers by close or end of day."""
        return self.due.day if isinstance(self.due, Reached) else None

    @property
    def started(self) -> int | None:
        """The instant of the start."""
        return self.cycle.started

    @property
    def strict(self) -> bool | None:
        """Whether only what happens before the due instant is in time."""
        return False if self.due is None else self.due.strict

    @property
    def compared(self) -> tuple[object, ...]:
        """What must be equal for two ways of a life to have the same answer."""
        cycle = self.cycle
        return (
            compared(self.due), self.state, self.verdict, cycle.modality, cycle.started, cycle.stopped, self.late_at,
            self.used, tuple((one.step, one.verdict, compared(one.due)) for one in self.steps),
        )  # fmt: skip

    def used_days(self, own: PolicyZone) -> int | None:
        """Return the days that count so far after the first, where the budget is one of days."""
        budget = self.cycle.in_days
        if budget is None:
            return None
        start, end = self.cycle.started, self.cycle.end(self.now)
        if isinstance(budget, OpenDays):
            measured = self.cycle.promised.measured
            exact = None if measured is None else measured.exact
            if exact is None:
                return None
            try:
                first, last = exact.date_of(start), exact.local_date(end)
            except OutsideYears:
                return None
            return len(exact.open_dates(first, last)) - exact.has_hours(first) if first <= last else 0
        if own.name is None:
            return None
        where = zone(own.name)
        return (from_micros(end, where).date() - from_micros(start, where).date()).days

    @property
    def steps(self) -> tuple[StepView, ...]:
        """The steps of a cascade: those passed, the one in force, those that may come (P5)."""
        governing = self.cycle.promised.governing
        if governing.step is None or not isinstance(governing.term, Cascade):
            return ()
        found = [
            StepView(
                one.promised.governing.step.id,
                "void" if one.late_at is None else "stopped",
                "not_measured" if one.late_at is None else late_verdict(one.promised.modality),
                one.promised.modality,
                one.reached,
            )
            for one in self.cycle.passed
            if one.promised.governing.step is not None
        ]
        found.append(StepView(governing.step.id, self.state, self.verdict, self.cycle.modality, self.due))
        named = {one.step for one in found}
        to_come = (step for step in governing.term.steps if step.id not in named)
        later = (StepView(step.id, "not_started", "not_measured", modality_of(step.promise), None) for step in to_come)
        order = [step.id for step in governing.term.steps]
        return tuple(sorted((*found, *later), key=lambda one: order.index(one.step)))

    @property
    def warnings(self) -> tuple[WarningView, ...]:
        """The warnings, where the due time is known (P8)."""
        if not isinstance(self.due, Reached):
            return ()
        found: list[WarningView] = []
        for warning in self.cycle.promised.governing.clock.warnings:
            try:
                at = _warned(self.cycle, self.due, warning.share, warning.before)
            except WorktimeError:  # it lies outside the years of the calendar, and will not be given
                continue
            found.append(WarningView(at, warning.share, warning.before))
        return tuple(found)


def view(run: ClockRun, cycle: Cycle, now: int) -> CycleView:
    """Return a cycle as it is seen now. Raises `OutsideYears`; `BadInstant` for what is due after the year 9999."""
    late_at, end = cycle.late_at, cycle.end(now)
    due = due_of(run, cycle, now) if run.rules.by_the_hour else cycle.due(end)
    if isinstance(due, Reached):
        _check_years(due.at)
        if late_at is None and is_late(due, end):
            late_at = max(due.at, cycle.bound_since)
    elif due is not None:
        _check_years(due.latest or due.earliest or 0)
        if late_at is None and due.latest is not None and end > due.latest:
            late_at = due.latest
    return CycleView(run, cycle, now, due, _state(cycle), late_at)


def _check_years(due: int) -> None:
    if due >= LAST_INSTANT:
        raise BadInstant(f"{due} microseconds", "it lies outside the years 1 to 9999")


def _state(cycle: Cycle) -> ClockState:
    if cycle.voided is not None:
        return "void"
    if cycle.stopped is not None:
        return "stopped"
    return "paused" if cycle.holds and cycle.holds[-1].end is None else "running"


def due_of(run: ClockRun, cycle: Cycle, now: int) -> Reached | Bounded | None:
    """Return when a cycle is due; pauses that come and go by the hour are foreseen as far as need be."""
    if not run.rules.by_the_hour or cycle.over:
        return cycle.due(cycle.end(now))
    due = cycle.due(now)
    if due is None or cycle.waits:
        return due
    # Whether it pauses then may rest on something that nothing has asked for yet.
    found = search(lambda supposed: _due_ahead(run, supposed, cycle, due, now), run.supposed)
    results = [leaf.result for leaf in found.leaves]
    if found.complete and len({compared(one) for one in results}) == 1:
        return results[0]
    bounds = bounds_of(results if found.complete else [due, None])
    first, last = (None, None) if bounds is None else bounds
    earliest, latest = None if first is None else first.at, None if last is None else last.at
    return Bounded(earliest, latest, found.missing(compared), due.part, due.strict, due.zone)


def _due_ahead(run: ClockRun, supposed: Supposed, cycle: Cycle, due: Reached | Bounded, now: int) -> Reached | Bounded:
    """Return when a cycle is due with the pauses that are foreseen; `due` is when it is without. Raises `Undecided`.

    A pause that holds up a date may go on for another reason than now: nothing is late before it is over.
    """
    if isinstance(due, Bounded) and run.copy(supposed).held_for_good(now):
        return due
    ahead = 7 * DAY
    while ahead < _FARTHEST:
        try:
            holds = _foreseen(run, supposed, now + ahead)
        except WorktimeError:  # the hours are not known so far ahead
            break
        found = cycle.due(now, united(holds))
        if isinstance(found, Reached) and found.at <= now + ahead:
            return due if isinstance(due, Bounded) and is_late(found, now) else found
        ahead *= 2
    return Bounded(due.at, None, (), due.part, due.strict, due.zone) if isinstance(due, Reached) else due


def _foreseen(run: ClockRun, supposed: Supposed, until: int) -> tuple[Hold, ...]:
    """Return the holds of a clock up to an instant if nothing happens; those that it watches go on as well."""
    later = run.copy(supposed)
    watched = {name: run.beside[name].copy(supposed) for name in run.book.watched_by[run.rules.clock.id]}
    beside = {**run.beside, **watched, run.rules.clock.id: later}
    for one in (*watched.values(), later):
        one.beside = beside
    for one in watched.values():
        one.pass_time(until)
    later.pass_hours(until)
    return () if later.running is None else tuple(later.running.holds)


def holds_of(view: CycleView) -> tuple[Hold, ...]:
    """Return the holds on which the due time of a cycle rests: those there were, and those that are foreseen."""
    if not view.run.rules.by_the_hour or view.cycle.over or not isinstance(view.due, Reached):
        return united(view.cycle.holds)
    try:
        return united(_foreseen(view.run, view.run.supposed, max(view.now, view.due.at)))
    except Undecided:  # it is due then whether it pauses or not
        return united(view.cycle.holds)


def late_verdict(modality: AnswerModality) -> Verdict:
    """Return the verdict of what is late, by how bindingly it was promised (P3)."""
    return _LATE.get(modality, "missed")


def verdict_in_time(due: Reached | Bounded | None, stopped: int | None, now: int) -> Verdict:
    """Return the verdict of what is not late for sure (P3, H4)."""
    match due:
        case None:
            return "no_commitment"
        case Reached():
            return "open" if stopped is None else "met"
        case Bounded(earliest=earliest, strict=strict):
            end = now if stopped is None else stopped
            if earliest is None or end > earliest or (strict and end == earliest):
                return "undetermined"
            return "open" if stopped is None else "met"


def compared(due: Reached | Bounded | None) -> tuple[object, ...]:
    """Return what must be equal for two ways of a life to be due alike."""
    return (*due_time(due), due is not None and due.strict)


def due_time(due: Reached | Bounded | None) -> tuple[object, ...]:
    """Return what must be equal for two due times to be the same."""
    match due:
        case None:
            return ()
        case Reached(at=at, low=low, day=day):
            return (at, low, day)
        case Bounded(earliest=earliest, latest=latest, missing=missing):
            return (earliest, latest, missing)


def _warned(cycle: Cycle, due: Reached, share: float | None, before: int | None) -> int:
    """Return when a warning is given, counted in the calendar of the target (P8)."""
    measured = cycle.promised.measured
    exact = None if measured is None else measured.exact
    if share is None:
        return add_time(exact, due.at, -(before or 0))
    limit = cycle.promised.governing.limit
    if isinstance(limit, Within) and isinstance(limit.budget, Duration) and cycle.agreed is None:
        part = round(limit.budget.high * share / 100) - cycle.carried
        return spent_at(part, exact, Count(cycle.origin, cycle.end(due.at), united(cycle.holds)))
    return _share_of(exact, cycle.started, due.at, share)


def _share_of(exact: Timetable | None, start: int, due: int, share: float) -> int:
    return add_time(exact, start, round(open_time(exact, start, due) * share / 100))
