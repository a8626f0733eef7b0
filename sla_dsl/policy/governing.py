"""Which promise governs a clock, and what is needed to compute it (P2, P4, P5)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from attrs import frozen

from sla_dsl.policy.deadlines import Binding
from sla_dsl.policy.errors import Unanswerable
from sla_dsl.policy.terms import (
    ELAPSED,
    OWN_CALENDAR,
    Before,
    BestEffort,
    ByEndOf,
    CalendarPeriod,
    Cascade,
    Choice,
    Combined,
    Committed,
    Duration,
    OpenDays,
    Silent,
    Target,
    Within,
)

if TYPE_CHECKING:
    from sla_dsl.policy.inquiry import Inquiry
    from sla_dsl.policy.terms import AnyBudget, AnyLimit, AnyPromise, Clock, Condition, Measure, Step


@frozen
class Governing:
    """The promise that governs a clock in a situation, down to a single one.

    `silent_because` is the scope that does not apply; without `term` nothing at all is said of such a ticket, or the
    clock does not start for it (`not_started`).
    """

    clock: Clock
    promise: AnyPromise
    term: Target | Cascade | None = None
    step: Step | None = None
    measure: Measure | None = None
    binding: Binding | None = None
    silent_because: Condition | None = None
    not_started: bool = False

    @property
    def limit(self) -> AnyLimit | None:
        """The limit of time, where the promise has one."""
        return self.promise.limit if isinstance(self.promise, Committed | BestEffort) else None


def governing(clock: Clock, inquiry: Inquiry) -> Governing:
    """Return what governs a clock that starts with the ticket, if it does.

    Raises `Undecided` where that rests on something unknown, and `Unanswerable`.
    """
    inquiry.note(clock.key)
    if not inquiry.holds(clock.applies, clock.clause):
        return Governing(clock, Silent(), silent_because=clock.applies)
    if clock.starts and not any(inquiry.holds(start.condition, clock.clause) for start in clock.starts):
        return Governing(clock, Silent(), not_started=True)
    return of_running(clock, inquiry)


def of_running(clock: Clock, inquiry: Inquiry) -> Governing:
    """Return what governs a clock that has started. Raises as `governing` does."""
    inquiry.note(clock.key)
    if not inquiry.holds(clock.applies, clock.clause):
        return Governing(clock, Silent(), silent_because=clock.applies)
    for term in inquiry.terms.promises.get(clock.id, ()):
        if not matches(term, inquiry):
            continue
        inquiry.note(term.key)
        if isinstance(term, Target):
            if not inquiry.holds(term.applies, term.clause):
                return Governing(clock, Silent(), term, silent_because=term.applies)
            return _promised(clock, term, None, first_case(term.promise, term.clause, inquiry), inquiry)
        return of_step(clock, term, 0, inquiry)
    return Governing(clock, Silent())


def of_step(clock: Clock, cascade: Cascade, first: int, inquiry: Inquiry) -> Governing:
    """Return what governs a clock in the first step, from a place on, whose condition holds (P5).

    Raises `Undecided`.
    """
    for step in cascade.steps[first:]:
        if inquiry.holds(step.condition, cascade.clause):
            return at_step(clock, cascade, step, inquiry)
    return Governing(clock, Silent(), cascade)


def at_step(clock: Clock, cascade: Cascade, step: Step, inquiry: Inquiry) -> Governing:
    """Return what governs a clock in a step of a cascade. Raises `Undecided`."""
    return _promised(clock, cascade, step, first_case(step.promise, cascade.clause, inquiry), inquiry)


def matches(term: Target | Cascade, inquiry: Inquiry) -> bool:
    """Return whether a target is for the levels that a ticket has, and its condition holds. Raises `Undecided`.

    The condition is asked before the levels of a scale that nobody gave, so that what is asked for is what decides.
    """
    known = [scale for scale in term.levels if scale in inquiry.situation.levels]
    for scale in known:
        if inquiry.level_of(scale) != term.levels[scale]:
            return False
    if not inquiry.holds(term.condition, term.clause):
        return False
    return all(inquiry.level_of(scale) == level for scale, level in term.levels.items())


def first_case(promise: AnyPromise, clause: str, inquiry: Inquiry) -> AnyPromise:
    """Return the promise itself, or that of the first case that holds (P2). Raises `Undecided`."""
    while isinstance(promise, Choice):
        chosen = next((case.promise for case in promise.cases if inquiry.holds(case.when, clause)), promise.otherwise)
        promise = Silent() if chosen is None else chosen
    return promise


def _promised(
    clock: Clock, term: Target | Cascade, step: Step | None, promise: AnyPromise, inquiry: Inquiry
) -> Governing:
    limit = promise.limit if isinstance(promise, Committed | BestEffort) else None
    if limit is None:
        return Governing(clock, promise, term, step)
    own, measure = _own_calendar(clock, term, limit, inquiry)
    return Governing(clock, promise, term, step, measure, bound(limit, own, inquiry))


def bound(limit: AnyLimit, own: str, inquiry: Inquiry) -> Binding:
    """Return what a limit needs; `own` is the calendar in which it counts where it names none. Raises `Undecided`."""
    names = {own if name == OWN_CALENDAR else name for name in calendars_of(limit)} - {ELAPSED}
    calendars = {name: inquiry.calendar(name) for name in sorted(names)}
    for openness in calendars.values():
        inquiry.note(*openness.keys)
    if needs_zone(limit):
        inquiry.note(*inquiry.calendars.zone.keys)
    moments = {name: _moment(name, inquiry) for name in dates_of(limit)}
    return Binding(calendars, own, inquiry.calendars.zone, moments)


def _own_calendar(
    clock: Clock, term: Target | Cascade, limit: AnyLimit, inquiry: Inquiry
) -> tuple[str, Measure | None]:
    if isinstance(term, Target) and term.calendar is not None:
        return term.calendar, None
    if OWN_CALENDAR not in calendars_of(limit):
        return OWN_CALENDAR, None
    for measure in clock.measured:
        if inquiry.holds(measure.condition, clock.clause):
            return measure.calendar, measure
    raise Unanswerable("calendar in which it measures", clock.id)


def _moment(name: str, inquiry: Inquiry) -> int | date | None:
    seen = inquiry.moment(name)
    inquiry.note(*seen.keys)
    return seen.value if isinstance(seen.value, int | date) else None


# ---------------------------------------------------------------------------------- what a limit names


def parts_of(limit: AnyLimit) -> Iterator[Within | Before | ByEndOf]:
    """Yield the single limits that a limit combines."""
    if isinstance(limit, Combined):
        yield from parts_of(limit.first)
        yield from parts_of(limit.second)
    else:
        yield limit


def budgets_of(limit: AnyLimit) -> Iterator[AnyBudget]:
    """Yield the amounts of time in a limit."""
    for part in parts_of(limit):
        if not isinstance(part, ByEndOf):
            yield part.budget


def calendars_of(limit: AnyLimit) -> set[str]:
    """Return the names of calendars that a limit counts in, as it writes them."""
    names: set[str] = set()
    for budget in budgets_of(limit):
        if isinstance(budget, Duration | OpenDays):
            names.add(budget.calendar)
        if isinstance(budget, OpenDays | CalendarPeriod) and budget.rolled_to is not None:
            names.add(budget.rolled_to)
    return names


def dates_of(limit: AnyLimit) -> list[str]:
    """Return the facts and events whose dates a limit counts from."""
    names: dict[str, None] = {}
    for part in parts_of(limit):
        if isinstance(part, ByEndOf):
            names[part.fact] = None
        elif isinstance(part, Before):
            names[part.event] = None
    return list(names)


def needs_zone(limit: AnyLimit) -> bool:
    """Return whether a limit counts dates in the zone of the policy."""
    return any(isinstance(budget, CalendarPeriod) for budget in budgets_of(limit)) or any(
        isinstance(part, ByEndOf) for part in parts_of(limit)
    )
