"""Declarations that say nothing, and what a policy cannot do without."""

from __future__ import annotations

from collections.abc import Iterator

from sla_dsl.checking.rules.checked import Checked
from sla_dsl.checking.words import name_of
from sla_dsl.diagnostics import Finding, catalogue
from sla_dsl.policy.terms import Clock
from sla_dsl.syntax import Statement

_NEEDS: dict[str, tuple[str, str]] = {
    "targets": ("row", "Add the rows of the table: `| p1 | target within 4 hours |`."),
    "matrix": ("row", "Add the rows of the table."),
    "scale": ("level", "Add its levels: `level high`."),
    "attribute": ("level", "Add its levels: `level gold`."),
    "cascade": ("step", "Add its steps: `step first: target within 1 hour`."),
    "lifecycle": ("status transition", "Add `status …` and `from … to … when …`."),
    "service": ("available available_not_stated", "Add `available during CALENDAR`, or `available not stated`."),
    "contingency": ("available available_not_stated", "Add `available outside CALENDAR`, or `available not stated`."),
    "exclusion": ("ends", "Add `ends CLOCK when EVENT`."),
    "objective": (
        "share mean left_blank",
        "Add `share at least 90 % of CLOCK` or `mean of CLOCK at most …`.",
    ),
    "maintenance": ("allowed", "Add `allowed during CALENDAR`."),
    "season": ("open", "Add its hours, or write `closed on 07-01 to 08-31` instead."),
    "support_line": (
        "provided requested reached covers escalates",
        "Add `provided by PARTY`, `covers …`, `escalates to …` or the like.",
    ),
}
"""Statements that say nothing without one of some others in their blocks."""


def said(checked: Checked) -> Iterator[Finding]:
    """Empty tables, duties, objectives and the like; a policy with clocks says what creates a ticket."""
    for statement in checked.statements:
        needed, advice = _NEEDS.get(statement.kind, ("", ""))
        if needed and not any(inner.kind in needed.split() or inner.is_bad for inner in statement.body):
            yield catalogue.NOTHING_SAID(checked.place(statement.line), what=_named(statement), advice=advice)
        inside = {inner.kind for inner in statement.body}
        if statement.kind == "duty" and not {"owed", "due"} <= inside:
            yield catalogue.DUTY_INCOMPLETE(checked.place(statement.line), name=name_of(statement.line))
    has_clocks = any(isinstance(d.term, Clock) for d in checked.model.declared)
    if checked.is_policy and has_clocks and not any(s.kind == "created" for s in _inside(checked)):
        head = next(s for s in checked.model.tree.statements if s.kind == "policy")
        yield catalogue.NO_CREATED(checked.place(head.line))


def _inside(checked: Checked) -> Iterator[Statement]:
    for statement in checked.model.tree.statements:
        yield from statement.body


def _named(statement: Statement) -> str:
    return " ".join(filter(None, (statement.tokens[0].text, name_of(statement.line))))
