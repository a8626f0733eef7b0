"""Objectives whose hours are those in which their clocks are measured (R8, P1)."""

from __future__ import annotations

from collections.abc import Iterator

from sla_dsl.checking.rules.checked import Checked
from sla_dsl.checking.words import written
from sla_dsl.diagnostics import Finding, catalogue
from sla_dsl.policy.governing import budgets_of
from sla_dsl.policy.terms.measures import Cascade, Clock, Target
from sla_dsl.policy.terms.promises import (
    ELAPSED,
    OWN_CALENDAR,
    AnyPromise,
    BestEffort,
    Choice,
    Committed,
    Duration,
    OpenDays,
)
from sla_dsl.syntax.vocabulary import UNITS

_HOURS = frozenset({"second", "minute", "hour"})


def objectives(checked: Checked) -> Iterator[Finding]:
    """A mean in hours of a calendar is one of clocks that are measured in it, whatever their targets are."""
    for statement in checked.statements:
        if statement.kind != "mean":
            continue
        span = statement.line.nodes("duration")[0]
        ref = span.node("ref")
        if ref is None or not _HOURS.intersection(UNITS[one.tokens("UNIT")[0].text] for one in span.nodes("length")):
            continue
        calendar = checked.names.find(written(ref), "calendar")
        name = written(ref) if calendar is None else calendar.id
        for clock in statement.line.nodes("refs")[0].nodes("ref"):
            entry = checked.names.find(written(clock), "clock")
            other = None if entry is None else _other(checked, entry.id, name)
            if entry is not None and other is not None:
                yield catalogue.CALENDAR_NOT_COUNTED(
                    checked.place(ref),
                    what=f"`{entry.id}` is measured in {other}",
                    calendar=name,
                    advice="Leave the calendar out, or take the mean of a clock that is measured in it.",
                )


def _other(checked: Checked, clock: str, calendar: str) -> str | None:
    """What else the hours of a clock are counted in: by its own statement, or by a target of it (P4)."""
    own = [one.term for one in checked.model.declared if one.reading is None]
    terms = [*own, *(checked.base.declarations if checked.base else ())]
    found = next((term for term in terms if isinstance(term, Clock) and term.id == clock), None)
    measures = {one.calendar for one in found.measured} if found else set[str]()
    for term in terms:
        if isinstance(term, Target | Cascade) and term.clock == clock:
            measures |= {*_calendars(term)} - {OWN_CALENDAR}
    others = sorted(measures - {calendar})
    return None if not others else ELAPSED if others[0] == ELAPSED else f"`{others[0]}`"


def _calendars(term: Target | Cascade) -> Iterator[str]:
    if isinstance(term, Target) and term.calendar is not None:
        yield term.calendar
    for promise in [step.promise for step in term.steps] if isinstance(term, Cascade) else [term.promise]:
        yield from _of_promise(promise)


def _of_promise(promise: AnyPromise) -> Iterator[str]:
    match promise:
        case Choice(cases=cases, otherwise=otherwise):
            for part in (*(case.promise for case in cases), *(() if otherwise is None else (otherwise,))):
                yield from _of_promise(part)
        case Committed(limit=limit) | BestEffort(limit=limit) if limit is not None:
            yield from (one.calendar for one in budgets_of(limit) if isinstance(one, Duration | OpenDays))
        case _:
            return
