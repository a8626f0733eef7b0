"""What is promised, in which hours, and how its due time comes about, in words (P2, P3, H7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_dsl.policy.deadlines import Bounded, Reached
from sla_dsl.policy.governing import parts_of
from sla_dsl.policy.reasons.counting import arithmetic
from sla_dsl.policy.reasons.evidence import reasons
from sla_dsl.policy.reasons.wording import moment_text
from sla_dsl.policy.terms import (
    ELAPSED,
    OWN_CALENDAR,
    Before,
    BestEffort,
    Blank,
    ByEndOf,
    Calendar,
    CalendarPeriod,
    Cascade,
    Combined,
    NoPromise,
    OpenDays,
    Parameter,
    Silent,
    Target,
    ToBeDetermined,
    ToBeNegotiated,
    Words,
)
from sla_dsl.policy.tickets.holding import reach_counted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from sla_dsl.policy.answers import Reason
    from sla_dsl.policy.deadlines import Binding
    from sla_dsl.policy.governing import Governing
    from sla_dsl.policy.terms import AnyLimit, AnyPromise, Within
    from sla_dsl.policy.tickets.holding import Count
    from sla_dsl.policy.vocabulary import Terms

MODALITIES = {"shall": "Binding", "target": "A target", "best_effort": "At best effort"}


def promise_reasons(
    governing: Governing, reached: Reached | Bounded | None, start: int | None, where: tzinfo, more: str = ""
) -> Iterator[Reason]:
    """Yield what is promised, with its citations, and what the document says beside it.

    There is no `start` where a step of a cascade has one of its own that has not come yet.
    """
    term = governing.term
    if term is None:
        yield from reasons(governing.clock.clause, _silence(governing))
        return
    cites, assumes = term.cites, term.assumes
    if governing.step is not None:
        cites, assumes = (*governing.step.cites, *cites), (*governing.step.assumes, *assumes)
    yield from reasons(term.clause, _promised(governing, reached, start, where) + more, cites, assumes)
    for also in term.also if isinstance(term, Target) else ():
        yield from reasons(term.clause, _beside(also.promise), also.cites)


def _promised(governing: Governing, reached: Reached | Bounded | None, start: int | None, where: tzinfo) -> str:
    if reached is None:
        if isinstance(governing.promise, Silent):
            return _silence(governing)
        return f"No due time: {promise_text(governing.promise)}"
    zone = reached.zone or where
    since = "" if isinstance(reached.part, Before | ByEndOf) else _since(governing, start, zone)
    effort = "an aim, at best effort: " if isinstance(governing.promise, BestEffort) else ""
    limit = governing.limit
    text = f"the {limit.text}" if isinstance(limit, Combined) else reached.part.text
    if isinstance(reached, Bounded):
        return f"{effort}{text}{since}"
    low = (
        "" if reached.low is None else f"Between {moment_text(reached.low, zone)} and the due time; the later decides. "
    )
    strict = "Before" if reached.strict else "Due"
    return f"{low}{strict} {moment_text(reached.at, zone)}: {effort}{text}{since}"


def _since(governing: Governing, start: int | None, zone: tzinfo) -> str:
    if start is not None:
        return f", from {moment_text(start, zone)}"
    starts = None if governing.step is None else governing.step.starts
    return "" if starts is None else f", from when “{starts.when.text}” comes about, which it has not yet"


def promise_text(promise: AnyPromise) -> str:
    """Return a promise in words: its limit, or what the document says instead."""
    match promise:
        case BestEffort(limit=None):
            return "best effort, without a number"
        case Words(text=text):
            return f"the document says only “{text}”"
        case ToBeDetermined():
            return "the document says it is to be determined"
        case ToBeNegotiated():
            return "the document leaves it to be negotiated"
        case NoPromise():
            return "the document expressly promises none"
        case Blank():
            return "the document leaves this blank"
        case Silent():
            return "the document says nothing"
        case _:
            limit = getattr(promise, "limit", None)
            return "no number is given" if limit is None else str(limit.text)


def _silence(governing: Governing) -> str:
    clock = governing.clock.id
    if governing.not_started:
        return f"No due time: `{clock}` does not start, because no condition of a start holds"
    if governing.silent_because is not None:
        return f"No due time: this applies only if “{governing.silent_because.text}”, which does not hold"
    if isinstance(governing.term, Cascade):
        return f"No due time: no step of `{governing.term.id}` applies"
    return f"No due time: the document says nothing about `{clock}` for such a ticket"


def measure_reasons(governing: Governing) -> Iterator[Reason]:
    """Yield in which calendar a clock is measured, where its target counts in it."""
    measure = governing.measure
    if measure is None:
        return
    clock = governing.clock
    inside = "elapsed time" if measure.calendar == ELAPSED else f"`{measure.calendar}`"
    cites, assumes = (*measure.cites, *clock.cites), (*measure.assumes, *clock.assumes)
    yield from reasons(clock.clause, f"`{clock.id}` is measured in {inside}", cites, assumes)


def by_dates(governing: Governing) -> bool:
    """Whether calendar days are counted, for which the policy's zone says when a date begins."""
    parts = () if governing.limit is None else parts_of(governing.limit)
    return any(isinstance(part, ByEndOf) or isinstance(part.budget, CalendarPeriod) for part in parts)


# ------------------------------------------------------------------------------------------ arithmetic


def arithmetic_reasons(
    limit: AnyLimit, reached: Reached, count: Count, binding: Binding, terms: Terms, clause: str, where: tzinfo
) -> Iterator[Reason]:
    """Yield how a due time was counted, under the calendar in which it was, or else under a clause.

    Of two limits that are combined, both.
    """
    if not isinstance(limit, Combined):
        text = arithmetic(reached, count, binding, reached.zone or where)
        yield from _under_calendar(reached.part, binding, terms, clause, text)
        return
    for part in parts_of(limit):
        found = reach_counted(part, binding, count)
        text = f"“{part.text}” cannot be computed"
        if isinstance(found, Reached):
            zone = found.zone or where
            ends = f"{'before ' if found.strict else ''}{moment_text(found.at, zone)}"
            text = f"“{part.text}” ends {ends}. {arithmetic(found, count, binding, zone)}"
        elif found.earliest is not None:
            text = f"“{part.text}” does not end before {moment_text(found.earliest, found.zone or where)}"
        yield from _under_calendar(part, binding, terms, clause, text)


def _under_calendar(
    part: Within | Before | ByEndOf, binding: Binding, terms: Terms, clause: str, text: str
) -> Iterator[Reason]:
    """Yield a sentence about the hours or dates in which a limit counts, with what bears their calendars out."""
    budget = None if isinstance(part, ByEndOf) else part.budget
    names: list[str] = []
    if budget is not None and not isinstance(budget, CalendarPeriod):
        names.append(binding.own if budget.calendar == OWN_CALENDAR else budget.calendar)
    if isinstance(budget, OpenDays | CalendarPeriod) and budget.rolled_to is not None:
        names.append(budget.rolled_to)
    yield from hours_reasons([name for name in names if name != ELAPSED], terms, clause, text)


def hours_reasons(names: list[str], terms: Terms, clause: str, text: str) -> Iterator[Reason]:
    """Yield a sentence under the first of some calendars, with what bears all of them out; or else under a clause."""
    found = [terms.find(Calendar, name) or terms.find(Parameter, name) for name in names]
    declared = [one for one in found if one is not None]
    cites = tuple(cite for one in declared for cite in one.cites)
    assumes = tuple(assume for one in declared for assume in one.assumes)
    yield from reasons(declared[0].clause if declared else clause, text, cites, assumes)


def _beside(promise: AnyPromise) -> str:
    if isinstance(promise, Words):
        return f"The document also says “{promise.text}”"
    promised = promise_text(promise)
    return f"Besides, {promised}" if promised.startswith("the document") else f"Besides: {promised}"
