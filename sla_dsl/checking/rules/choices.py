"""Choices by the first case that applies: without gaps, and without cases that never do (P2)."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from sla_dsl.checking.cases import cases
from sla_dsl.checking.rules.checked import Checked
from sla_dsl.diagnostics import Finding, Place, catalogue
from sla_dsl.policy.terms import AnyDeclaration, Cascade, Choice, Clock, Duty, Target
from sla_dsl.policy.terms.conditions import Condition


@frozen
class _Choice:
    """The conditions of a choice in order; where none of them holds, the `otherwise` applies if there is one."""

    conditions: tuple[Condition, ...]
    closed: bool


def choices(checked: Checked) -> Iterator[Finding]:
    """Every choice among promises, and among the calendars of a clock; each is judged once where it is written."""
    seen: set[tuple[Place, _Choice]] = set()
    for declared in checked.model.declared:
        for choice in _choices(declared.term):
            if (declared.place, choice) not in seen:
                seen.add((declared.place, choice))
                yield from _judge(checked, declared.place, choice)


def _choices(term: AnyDeclaration) -> Iterator[_Choice]:
    match term:
        case Target(promise=promise):
            promises = [promise]
        case Cascade(steps=steps):
            promises = [step.promise for step in steps]
        case Duty(due=due):
            promises = [due]
        case Clock(measured=measured):
            conditions = tuple(m.condition for m in measured if m.condition is not None)
            if conditions:
                yield _Choice(conditions, closed=len(conditions) < len(measured))
            return
        case _:
            return
    for promise in promises:
        if isinstance(promise, Choice):
            yield _Choice(tuple(case.when for case in promise.cases), closed=promise.otherwise is not None)


def _judge(checked: Checked, place: Place, choice: _Choice) -> Iterator[Finding]:
    tickets = cases(checked.world, [condition.test for condition in choice.conditions])
    reached: set[int] = set()
    gap: str | None = None
    for trial in tickets:
        if trial.first is not None:
            reached.add(trial.first)
        elif gap is None and not trial.is_open:
            gap = str(trial)
    if gap is not None and not choice.closed:
        yield catalogue.CHOICE_GAP(place, example=gap)
    if not tickets.complete:
        return
    for at, condition in enumerate(choice.conditions):
        if at not in reached:
            yield catalogue.DEAD_BRANCH(place, case=f"if {condition.text}")
    if choice.closed and gap is None:
        yield catalogue.DEAD_BRANCH(place, case="otherwise")
