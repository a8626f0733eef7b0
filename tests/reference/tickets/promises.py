"""Which promise governs a clock (P2, P4, P5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sla_dsl.policy import terms as t
from tests.reference.tickets.conditions import holds

if TYPE_CHECKING:
    from tests.reference.tickets.ticket import Ticket

Terms = dict[str, Any]
"""A promise with the target or cascade it is from, its step, the calendar it counts in where it names none (`own`),
and the one in which the clock is measured."""


def governing(ticket: Ticket, clock: t.Clock, start: int, now: Terms | None = None) -> Terms:
    """The promise for a clock that started at an instant; `during` is asked of that instant.

    Of a cascade it is that of the step in force now, if there is one, else of the first whose condition holds.
    """
    measure = measure_of(ticket, clock, start)
    silent: Terms = {"term": None, "step": None, "promise": t.Silent(), "own": measure, "measure": measure}
    if not holds(clock.applies, ticket, start):
        return silent
    for term in ticket.rules.promises(clock.id):
        if any(ticket.level(scale) != level for scale, level in term.levels.items()):
            continue
        if not holds(term.condition, ticket, start):
            continue
        if isinstance(term, t.Cascade):
            if now is not None and now["term"] == term and now["step"] is not None:
                return step_of(ticket, {**silent, "term": term}, now["step"], start)
            first = next((i for i, step in enumerate(term.steps) if holds(step.condition, ticket, start)), None)
            return step_of(ticket, {**silent, "term": term}, first, start)
        if not holds(term.applies, ticket, start):
            return {**silent, "term": term}
        own = ticket.resolved(term.calendar) if term.calendar else measure
        return {**silent, "term": term, "promise": single(term.promise, ticket, start), "own": own}
    return silent


def measure_of(ticket: Ticket, clock: t.Clock, start: int) -> str:
    return ticket.resolved(next(one.calendar for one in clock.measured if holds(one.condition, ticket, start)))


def step_of(ticket: Ticket, terms: Terms, step: int | None, start: int) -> Terms:
    """The promise of a step of a cascade; none where no condition of any step holds."""
    promise = t.Silent() if step is None else single(terms["term"].steps[step].promise, ticket, start)
    return {**terms, "step": step, "promise": promise}


def is_the_same(one: Terms, other: Terms) -> bool:
    """Whether two promises are one: the same target, step and limit, measured in the same calendar."""
    return all(one[key] == other[key] for key in ("term", "step", "promise")) and _counts_in(one) == _counts_in(other)


def _counts_in(terms: Terms) -> list[str]:
    """The calendars whose time counts; that of the measure, where the promise names no time of any."""
    found = _calendars(limit_of(terms["promise"]))
    return [name or terms["own"] for name in found] or [terms["measure"]]


def _calendars(limit: t.AnyLimit | None) -> list[str]:
    if isinstance(limit, t.Combined):
        return [*_calendars(limit.first), *_calendars(limit.second)]
    if isinstance(limit, t.Within) and not isinstance(limit.budget, t.CalendarPeriod):
        return [limit.budget.calendar]
    return []


def single(promise: t.AnyPromise, ticket: Ticket, start: int) -> t.AnyPromise:
    """The promise itself, or the first of a choice whose condition holds."""
    while isinstance(promise, t.Choice):
        fits = [case.promise for case in promise.cases if holds(case.when, ticket, start)]
        promise = fits[0] if fits else promise.otherwise or t.Silent()
    return promise


def limit_of(promise: t.AnyPromise) -> t.AnyLimit | None:
    return promise.limit if isinstance(promise, t.Committed | t.BestEffort) else None


def modality_of(promise: t.AnyPromise) -> str:
    if isinstance(promise, t.Words):
        return "words_only"
    return promise.modality if isinstance(promise, t.Committed) else str(promise.__struct_config__.tag)
