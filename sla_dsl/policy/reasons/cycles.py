"""Why a cycle of a clock stands as it does, from its verdict to its ground (P, H7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_dsl.policy.answers import Reason
from sla_dsl.policy.cases import bounds_of
from sla_dsl.policy.deadlines import Bounded, Reached
from sla_dsl.policy.reasons.agreements import agreed_reasons, warning_reasons
from sla_dsl.policy.reasons.causes import cause_of_end, cause_of_start
from sla_dsl.policy.reasons.changes import change_reasons
from sla_dsl.policy.reasons.conditions import condition_reasons
from sla_dsl.policy.reasons.evidence import conclusion, reasons
from sla_dsl.policy.reasons.grounds import (
    decision_reason,
    default_reasons,
    not_computed_reasons,
    parameter_reasons,
    reading_reasons,
    zone_reasons,
)
from sla_dsl.policy.reasons.held import effect_reasons, hold_reasons
from sla_dsl.policy.reasons.not_begun import not_begun_reasons
from sla_dsl.policy.reasons.promises import arithmetic_reasons, by_dates, measure_reasons, promise_reasons
from sla_dsl.policy.reasons.steps import passed_reasons
from sla_dsl.policy.reasons.supposing import in_case
from sla_dsl.policy.reasons.unknowing import bounds_reasons, error_text, missing_reasons
from sla_dsl.policy.reasons.verdicts import LATE, verdict_text
from sla_dsl.policy.reasons.wording import moment_text, sentence, turn_text
from sla_dsl.policy.tickets.cycle_view import holds_of
from sla_dsl.policy.tickets.holding import Count

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from sla_dsl.policy.inquiry import Decision
    from sla_dsl.policy.tickets.cycle_asked import CycleAsked
    from sla_dsl.policy.tickets.cycle_view import CycleView
    from sla_dsl.policy.tickets.life import Life
    from sla_dsl.policy.unknowns import Supposed

_MOST_CASES = 6
_BINDS = {"shall": "This is binding", "target": "This is a target"}


def explain_cycle(asked: CycleAsked) -> tuple[Reason, ...]:
    """Return the reasons of a cycle: its verdict, the promise, start and stop, the arithmetic, what it rests on."""
    terms = asked.book.desk.terms
    found = list(_conclusion(asked))
    if len(asked.leaves) == 1 and asked.views:
        found.extend(_conditions(asked.views[0], asked.where))
    found.extend(reading_reasons(asked.chosen))
    counted = any(by_dates(view.cycle.promised.governing) for view in asked.views)
    found.extend(zone_reasons(asked.keys, terms, counted_in_it=counted))
    found.extend(parameter_reasons(asked.keys, terms))
    found.extend(default_reasons(asked.assumptions, terms))
    return tuple(dict.fromkeys(found))


def _conclusion(asked: CycleAsked) -> Iterator[Reason]:
    clock = asked.rules.clock
    if asked.error is not None:
        why = error_text(asked.error, asked.book.desk.calendars)
        yield from reasons(clock.clause, f"Undetermined: {why}", clock.cites, clock.assumes)
    elif not asked.views:
        yield from not_begun_reasons(asked)
    elif asked.agreed:
        life, view = asked.leaves[0]
        if view is not None:
            yield from _told(asked, life, view)
    else:
        yield from _undetermined(asked, _settled(asked))
        yield from _cases(asked)


def _settled(asked: CycleAsked) -> str:
    """Return what is undetermined: all of it, or all but a verdict that is the same in every case."""
    verdicts = {None if view is None else view.verdict for _, view in asked.leaves}
    verdict = verdicts.pop() if len(verdicts) == 1 and asked.ways.complete and not asked.not_computed else None
    told = "Met" if verdict == "met" else LATE.get(verdict or "")
    return "Undetermined" if told is None else f"{told} in every case. The rest is undetermined"


# ------------------------------------------------------------------------------------------- one cycle


def _told(asked: CycleAsked, life: Life, view: CycleView) -> Iterator[Reason]:
    """Yield the reasons of a cycle of which the same comes out in every way."""
    terms, where, governing = asked.book.desk.terms, asked.where, view.cycle.promised.governing
    verdict = verdict_text(life, view, where)
    if verdict:
        rests = governing.term or governing.clock
        yield conclusion(rests.clause, verdict, rests.cites, rests.assumes)
    if isinstance(view.due, Bounded) and (view.due.missing or not verdict):
        yield from _undetermined(asked, "Its due time is undetermined" if verdict else "Undetermined")
    count = view.cycle.count(view.cycle.end(view.now), holds_of(view))
    yield from _promise(asked, life, view, count)
    yield from _start_and_end(asked, life, view)
    yield from measure_reasons(governing)
    limit, binding = governing.limit, governing.binding
    if view.cycle.agreed is None and limit is not None and binding is not None:
        if isinstance(view.due, Reached):
            clause = governing.clock.clause
            yield from arithmetic_reasons(limit, view.due, count, binding, terms, clause, where)
        yield from hold_reasons(view, terms, where)
        yield from effect_reasons(view, count, where)
    else:
        yield from hold_reasons(view, terms, where)
    yield from change_reasons(life, view, where)
    yield from passed_reasons(view, where)
    yield from warning_reasons(view, where)


def _promise(asked: CycleAsked, life: Life, view: CycleView, count: Count) -> Iterator[Reason]:
    if view.cycle.agreed is not None:
        yield from agreed_reasons(life, view, asked.where)
        return
    binds = _BINDS.get(view.modality) if view.due is not None else None
    start = None if view.cycle.waits else count.origin
    more = "" if binds is None else f". {binds}"
    yield from promise_reasons(view.cycle.promised.governing, view.due, start, asked.where, more)


def _start_and_end(asked: CycleAsked, life: Life, view: CycleView) -> Iterator[Reason]:
    cycle, zone = view.cycle, view.zone or asked.where
    if not any(turn.at == cycle.started and turn.way == "restart" for turn in cycle.turns):
        start = cause_of_start(life, view)
        text = f"Started on {moment_text(cycle.started, zone)} {start.text}"
        yield from reasons(start.clause, text, start.cites, start.assumes)
    if cycle.stopped is not None:
        end = cause_of_end(life, view)
        text = f"Stopped on {moment_text(cycle.stopped, zone)} {end.text}"
        yield from reasons(end.clause, text, end.cites, end.assumes)
    elif cycle.voided is not None:
        end = cause_of_end(life, view)
        text = f"Void since {moment_text(cycle.voided, zone)} {end.text}"
        yield from reasons(end.clause, text, end.cites, end.assumes)


def _conditions(view: CycleView, where: tzinfo) -> Iterator[Reason]:
    """Yield the conditions that decided: about the promise, and about starts, stops and pauses."""
    promised, zone, clock = view.cycle.promised, view.zone or where, view.run.rules.clock
    yield from condition_reasons(promised.governing, promised.inquiry)
    pausing = {pause.holds.text for pause in clock.pauses if pause.holds is not None}
    last: dict[tuple[str, bool], tuple[Decision, str]] = {}
    for inquiry in view.cycle.asked:
        when = "" if inquiry.instant is None else turn_text(inquiry.instant, zone)
        for decision in inquiry.decisions.values():
            # A pause that does not hold is no reason for anything.
            if decision.holds or decision.condition.text not in pausing:
                last[decision.condition.text, decision.holds] = decision, when
    for decision, when in last.values():
        yield decision_reason(decision, clock.cites, clock.assumes, when)


# ----------------------------------------------------------------------------------------- undetermined


def _undetermined(asked: CycleAsked, what: str = "Undetermined") -> Iterator[Reason]:
    """Yield why nothing can be said for sure, and between which instants the due time lies."""
    clause = asked.rules.clock.clause
    yield from not_computed_reasons(asked.not_computed)
    if asked.missing or not asked.not_computed:
        yield from missing_reasons(clause, asked.missing, what)
    if not asked.not_computed and asked.ways.complete:
        bounds = bounds_of(None if view is None else view.due for _, view in asked.leaves)
        yield from bounds_reasons(clause, bounds, asked.where)
    if any(view.used is None for view in asked.views):
        yield from reasons(clause, "How much time has counted so far cannot be told either")


def _cases(asked: CycleAsked) -> Iterator[Reason]:
    """Yield how the cycle stands in each case."""
    if asked.not_computed or not asked.ways.complete:
        return
    alike: dict[object, tuple[Life, CycleView | None, list[Supposed]]] = {}
    for life, view in asked.leaves:
        alike.setdefault(None if view is None else view.compared, (life, view, []))[2].append(life.supposed)
    unknowns = asked.ways.unknowns
    for life, view, supposed in list(alike.values())[:_MOST_CASES]:
        elsewhere = [one.supposed for one, _ in asked.leaves if one.supposed not in supposed]
        if view is None:
            text = in_case(supposed, elsewhere, unknowns, "it has not started")
            yield Reason(asked.rules.clock.clause, sentence(text))
            continue
        count = view.cycle.count(view.cycle.end(view.now), holds_of(view))
        first, *others = _promise(asked, life, view, count)
        verdict = verdict_text(life, view, asked.where)
        text = f"{sentence(verdict)} {first.text}" if verdict else first.text
        yield Reason(first.clause, in_case(supposed, elsewhere, unknowns, text), first.cites, first.assume)
        yield from others
