"""Conditions that say nothing: they hold for every ticket, or for none (R3)."""

from __future__ import annotations

from collections.abc import Iterator

from sla_dsl.checking.cases import cases
from sla_dsl.checking.rules.checked import Checked
from sla_dsl.diagnostics import Finding, Place, catalogue
from sla_dsl.model import Declared
from sla_dsl.policy.terms import Condition
from sla_dsl.policy.terms_inside import terms_inside
from sla_dsl.syntax import Node


def conditions(checked: Checked) -> Iterator[Finding]:
    """Each condition is tried on the tickets that make a difference to it."""
    seen: set[Condition] = set()
    for declared in checked.model.declared:
        for term in terms_inside(declared.term):
            if isinstance(term, Condition) and term not in seen:
                seen.add(term)
                yield from _judge(checked, declared, term)


def _judge(checked: Checked, declared: Declared, condition: Condition) -> Iterator[Finding]:
    tickets = cases(checked.world, [condition.test])
    if not tickets.complete or not tickets.domains:
        return
    outcomes = {trial.outcomes[0] for trial in tickets}
    if True not in outcomes:
        yield catalogue.NEVER_HOLDS(_place(checked, declared, condition), condition=condition.text)
    elif outcomes == {True}:
        yield catalogue.ALWAYS_HOLDS(_place(checked, declared, condition), condition=condition.text)


def _place(checked: Checked, declared: Declared, condition: Condition) -> Place:
    """Where a condition is written: the first part of its statement with the same words."""
    source = checked.model.tree.source
    for statement in declared.statement.walk():
        for part in statement.line.walk():
            if isinstance(part, Node) and " ".join(source.slice(part.span).split()) == condition.text:
                return checked.place(part)
    return declared.place
