"""Choices by the first case that applies: without gaps, and without cases that never do (P2)."""

from __future__ import annotations

from collections.abc import Iterator

from sla_dsl.checking.cases import Cases, cases, holds, spoken
from sla_dsl.checking.rules.checked import Checked
from sla_dsl.diagnostics import Finding, Place, catalogue
from sla_dsl.model import Declared
from sla_dsl.policy.terms.conditions import AnyTest
from sla_dsl.policy.terms.measures import Cascade, Clock, Target
from sla_dsl.policy.terms.organisation import Duty
from sla_dsl.policy.terms.promises import AnyPromise, Choice


def choices(checked: Checked) -> Iterator[Finding]:
    """Every choice among promises, and among the calendars of a clock."""
    seen: set[tuple[Place, str]] = set()
    for declared in checked.model.declared:
        for tests, closed in _choices(declared):
            tickets = cases(checked.model, tests)
            for finding in _judge(declared.place, tickets, tests, closed=closed):
                key = (finding.place, finding.message)
                if key not in seen:
                    seen.add(key)
                    yield finding


def _choices(declared: Declared) -> Iterator[tuple[list[AnyTest], bool]]:
    """The tests of each choice in order, and whether something applies where none of them holds."""
    term = declared.term
    promises: list[AnyPromise] = []
    match term:
        case Target(promise=promise):
            promises = [promise]
        case Cascade(steps=steps):
            promises = [step.promise for step in steps]
        case Duty(due=due):
            promises = [due]
        case Clock(measured=measured) if len(measured) > 1 or (measured and measured[0].condition):
            tests = [m.condition.test for m in measured if m.condition is not None]
            yield tests, measured[-1].condition is None
        case _:
            pass
    for promise in promises:
        if isinstance(promise, Choice):
            yield [case.when.test for case in promise.cases], promise.otherwise is not None


def _judge(place: Place, tickets: Cases, tests: list[AnyTest], *, closed: bool) -> Iterator[Finding]:
    reached: set[int] = set()
    gap: str | None = None
    for ticket in tickets:
        first = next((at for at, test in enumerate(tests) if holds(test, ticket)), None)
        if first is None:
            gap = gap or spoken(ticket)
        else:
            reached.add(first)
    if gap is not None and not closed:
        yield catalogue.CHOICE_GAP(place, example=gap)
    dead = tickets.complete and (len(reached) < len(tests) or (closed and gap is None))
    if dead:
        yield catalogue.DEAD_BRANCH(place)
