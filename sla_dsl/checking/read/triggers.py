"""What starts, stops and voids: an event expression with an optional condition (SEMANTICS P1)."""

from __future__ import annotations

from sla_dsl.checking.context import Context
from sla_dsl.checking.read.conditions import condition, events
from sla_dsl.checking.read.evidence import evidence
from sla_dsl.policy.terms.measures import Trigger
from sla_dsl.syntax import Statement


def trigger(ctx: Context, statement: Statement) -> Trigger:
    """A `starts`, `stops` or `void` statement."""
    line = statement.line
    when = events(ctx, line.after("WHEN"))
    assert when is not None
    found = evidence(ctx, statement, line.tokens()[0].text)
    return Trigger(
        when=when,
        condition=condition(ctx, line.after("IF")),
        instead=line.has("INSTEAD"),
        cites=found["cites"],
        assumes=found["assumes"],
    )
