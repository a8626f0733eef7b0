"""The steps of a cascade in words: which passed, which is in force, which may come (P5, H7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_dsl.policy.cases import modality_of
from sla_dsl.policy.deadlines import Reached
from sla_dsl.policy.reasons.evidence import reasons
from sla_dsl.policy.reasons.promises import (
    arithmetic_reasons,
    measure_reasons,
    promise_reasons,
    promise_text,
)
from sla_dsl.policy.reasons.verdicts import LATE
from sla_dsl.policy.reasons.wording import moment_text
from sla_dsl.policy.terms import Cascade
from sla_dsl.policy.tickets.cycle_view import holds_of, late_verdict
from sla_dsl.policy.tickets.holding import Count, united

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from sla_dsl.policy.answers import Reason
    from sla_dsl.policy.terms import Step
    from sla_dsl.policy.tickets.cycle import Passed
    from sla_dsl.policy.tickets.cycle_view import CycleView
    from sla_dsl.policy.tickets.steps import StepAsked


def passed_reasons(view: CycleView, where: tzinfo) -> Iterator[Reason]:
    """Yield the steps of a cascade that are over, in order, and from when the one in force counts."""
    cycle, zone = view.cycle, view.zone or where
    for one in cycle.passed:
        step, term = one.promised.governing.step, one.promised.governing.term
        if step is not None and term is not None:
            text = f"Step {_name(step)}: {_passed(one, zone)}"
            yield from reasons(term.clause, text, step.cites or term.cites, step.assumes or term.assumes)
    governing = cycle.promised.governing
    if cycle.passed and governing.step is not None and governing.term is not None:
        text = f"Step {_name(governing.step)} is in force from {moment_text(cycle.since, zone)} on"
        yield from reasons(governing.term.clause, text, governing.step.cites, governing.step.assumes)


def _passed(one: Passed, zone: tzinfo) -> str:
    if one.late_at is None or not isinstance(one.reached, Reached):
        return f"came to nothing on {moment_text(one.at, zone)}, because its condition held no longer"
    strict = "before " if one.reached.strict else ""
    word = LATE.get(late_verdict(modality_of(one.promised.governing.promise)), "Missed").lower()
    return f"due {strict}{moment_text(one.reached.at, one.reached.zone or zone)}, passed unmet: {word}, and it stays so"


def _name(step: Step) -> str:
    return f"`{step.id}`" if step.label is None else f"`{step.id}` ({step.label})"


def explain_step(asked: StepAsked) -> tuple[Reason, ...]:
    """Return why a step of a cascade stands as it does: its promise, from when it counts, how that was counted."""
    view = asked.asked.views[0]
    return tuple(dict.fromkeys(_explain(asked, view)))


def _explain(asked: StepAsked, view: CycleView) -> Iterator[Reason]:
    cycle, where = view.cycle, asked.asked.where
    promised, due, count = cycle.promised, view.due, cycle.count(cycle.end(view.now), holds_of(view))
    for one in cycle.passed:
        step = one.promised.governing.step
        if step is not None and step.id == asked.step:
            moves = one.promised.governing.clock.pauses_move_due is True
            promised, due, count = one.promised, one.reached, Count(one.since, one.at, united(cycle.holds), 0, moves)
            yield from (reason for reason in passed_reasons(view, where) if reason.text.startswith(f"Step `{step.id}`"))
    governing = promised.governing
    if governing.step is None or governing.step.id != asked.step:
        yield from _to_come(asked, view)
        return
    start = None if cycle.waits else count.origin
    if due is None and governing.limit is not None and governing.term is not None:
        text = f"It promised “{governing.limit.text}”"
        yield from reasons(governing.term.clause, text, governing.step.cites, governing.step.assumes)
        return
    yield from promise_reasons(governing, due, start, where)
    yield from measure_reasons(governing)
    limit, binding = governing.limit, governing.binding
    if isinstance(due, Reached) and limit is not None and binding is not None:
        terms = asked.asked.book.desk.terms
        yield from arithmetic_reasons(limit, due, count, binding, terms, governing.clock.clause, where)


def _to_come(asked: StepAsked, view: CycleView) -> Iterator[Reason]:
    cascade = view.cycle.promised.governing.term
    if not isinstance(cascade, Cascade):
        return
    step = next(one for one in cascade.steps if one.id == asked.step)
    condition = "" if step.condition is None else f", if then “{step.condition.text}” holds"
    text = f"{promise_text(step.promise)}: not in force; it applies when the step before has passed unmet{condition}"
    yield from reasons(cascade.clause, text, (*step.cites, *cascade.cites), (*step.assumes, *cascade.assumes))
