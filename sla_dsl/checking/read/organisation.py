"""Services, duties, exclusions, support lines and the rest (SEMANTICS R7, R8)."""

from __future__ import annotations

from sla_dsl.checking.context import Context
from sla_dsl.checking.read.conditions import condition, events, resolve_calendar
from sla_dsl.checking.read.evidence import definition_citation, evidence
from sla_dsl.checking.read.lifecycle import EVERY_CLOCK
from sla_dsl.checking.read.promises import promise, promise_in
from sla_dsl.checking.read.triggers import trigger
from sla_dsl.checking.words import label_of, name_of, text_after, text_of, written
from sla_dsl.policy.terms.conditions import Condition
from sla_dsl.policy.terms.organisation import (
    Availability,
    Definition,
    Duty,
    Ending,
    Escalation,
    Exclusion,
    Maintenance,
    MaintenanceWindow,
    NonPromise,
    Reference,
    Remark,
    Service,
    SupportLine,
)
from sla_dsl.policy.terms.promises import Silent
from sla_dsl.syntax import Statement


def applies_if(ctx: Context, statement: Statement) -> Condition | None:
    """The condition of an `applies if` in the block of a statement."""
    return condition(ctx, next((s.line.after("IF") for s in statement.body if s.kind == "applies"), None))


def service(ctx: Context, statement: Statement) -> Service:
    """A `service` or `contingency` statement."""
    line, name = statement.line, name_of(statement.line)
    reached = [s.line.node("refs_or") for s in statement.body if s.kind == "reached"]
    nature = line.tokens("WORD")
    return Service(
        id=name,
        label=label_of(line),
        nature=nature[0].text if nature else None,
        contingency=statement.kind == "contingency",
        channels=tuple(channel for refs in reached for channel in ctx.resolve_all(refs, "channel")),
        availability=availability(ctx, statement),
        **evidence(ctx, statement, f"{statement.kind} {name}"),
    )


def availability(ctx: Context, statement: Statement) -> tuple[Availability, ...]:
    """When a service or channel is there, and for whom, in the order written."""
    said = (inner for inner in statement.body if inner.kind in {"available", "available_not_stated"})
    return tuple(_availability(ctx, inner) for inner in said)


def _availability(ctx: Context, statement: Statement) -> Availability:
    line = statement.line
    during, outside, to = line.after("DURING"), line.after("OUTSIDE"), line.after("TO")
    return Availability(
        during=resolve_calendar(ctx, during) if during else None,
        outside=resolve_calendar(ctx, outside) if outside else None,
        stated=statement.kind == "available",
        to_parties=ctx.resolve_all(to, "party"),
        condition=condition(ctx, line.after("IF")),
    )


def exclusion(ctx: Context, statement: Statement) -> Exclusion:
    """An `exclusion` statement."""
    name = name_of(statement.line)
    return Exclusion(
        id=name,
        label=label_of(statement.line),
        ends=tuple(_ending(ctx, s) for s in statement.body if s.kind == "ends"),
        applies=applies_if(ctx, statement),
        **evidence(ctx, statement, f"exclusion {name}"),
    )


def _ending(ctx: Context, statement: Statement) -> Ending:
    line = statement.line
    when = events(ctx, line.after("WHEN"))
    assert when is not None
    clocks = (EVERY_CLOCK,) if line.has("ALL_CLOCKS") else ctx.resolve_all(line.node("refs"), "clock")
    return Ending(clocks=clocks, when=when, condition=condition(ctx, line.after("IF")))


def duty(ctx: Context, statement: Statement) -> Duty:
    """A `duty` statement: who owes whom what, how bindingly, until when."""
    name = name_of(statement.line)
    owed = next((s.line for s in statement.body if s.kind == "owed"), None)
    due = next((promise_in(s.line) for s in statement.body if s.kind == "due"), None)
    fulfilled = next((s.line.after("WHEN") for s in statement.body if s.kind == "fulfilled"), None)
    return Duty(
        id=name,
        label=label_of(statement.line),
        party=ctx.resolve_all(owed.after("BY"), "party") if owed else (),
        to=ctx.resolve_all(owed.after("TO"), "party") if owed else (),
        when=events(ctx, owed.after("WHEN")) if owed else None,
        condition=condition(ctx, owed.after("IF")) if owed else applies_if(ctx, statement),
        starts=tuple(trigger(ctx, s) for s in statement.body if s.kind == "starts"),
        due=promise(ctx, due, duty=True) if due else Silent(),
        fulfilled=events(ctx, fulfilled),
        **evidence(ctx, statement, f"duty {name}"),
    )


def support_line(ctx: Context, statement: Statement) -> SupportLine:
    """A `support line` statement."""
    name, inside = name_of(statement.line), statement.body
    requested = next((s.line for s in inside if s.kind == "requested"), None)
    return SupportLine(
        id=name,
        label=label_of(statement.line),
        provided_by=tuple(
            party for s in inside if s.kind == "provided" for party in ctx.resolve_all(s.line.node("refs_or"), "party")
        ),
        requested_by=ctx.resolve_all(requested.node("refs_or"), "party") if requested else (),
        requested_if=condition(ctx, requested.after("IF")) if requested else None,
        channels=tuple(
            channel
            for s in inside
            if s.kind == "reached"
            for channel in ctx.resolve_all(s.line.node("refs_or"), "channel")
        ),
        covers=tuple(text_of(s.line.node("text")) for s in inside if s.kind == "covers"),
        escalations=tuple(_escalation(ctx, s) for s in inside if s.kind == "escalates"),
        **evidence(ctx, statement, f"support line {name}"),
    )


def _escalation(ctx: Context, statement: Statement) -> Escalation:
    line = statement.line
    return Escalation(
        to=ctx.resolve(line.nodes("ref")[0], "support_line", "party"),
        when=events(ctx, line.after("WHEN")),
        condition=condition(ctx, line.after("IF")),
    )


def maintenance(ctx: Context, statement: Statement) -> Maintenance:
    """A `maintenance` statement."""
    name = name_of(statement.line)
    return Maintenance(
        id=name,
        label=label_of(statement.line),
        allowed=tuple(
            MaintenanceWindow(
                calendar=resolve_calendar(ctx, s.line.nodes("ref")[0]),
                outside=s.line.has("OUTSIDE"),
                condition=condition(ctx, s.line.after("IF")),
            )
            for s in statement.body
            if s.kind == "allowed"
        ),
        applies=applies_if(ctx, statement),
        **evidence(ctx, statement, f"maintenance {name}"),
    )


def reference(ctx: Context, statement: Statement) -> Reference:
    """A `reference` statement; where it leads is said in the document's own words or by a name."""
    line, name = statement.line, name_of(statement.line)
    to = line.after("TO")
    return Reference(
        id=name,
        label=label_of(line),
        to=written(to) if to else None,
        broken=text_after(line, "BECAUSE"),
        **evidence(ctx, statement, f"reference {name}"),
    )


def definition(ctx: Context, statement: Statement) -> Definition:
    """A `term` statement."""
    line, name = statement.line, name_of(statement.line)
    means = text_after(line, "MEANS") or ""
    own = definition_citation(ctx, statement, means, f"term {name}")
    found = evidence(ctx, statement, f"term {name}")
    return Definition(
        id=name,
        label=label_of(line),
        means=means,
        cites=(*([own] if own else []), *found["cites"]),
        assumes=found["assumes"],
        notes=found["notes"],
    )


def no_promise(ctx: Context, statement: Statement) -> NonPromise:
    """A `no promise` statement."""
    name = name_of(statement.line)
    return NonPromise(id=name, label=label_of(statement.line), **evidence(ctx, statement, f"no promise {name}"))


def remark(ctx: Context, statement: Statement, number: int) -> Remark:
    """A `note` that stands on its own."""
    return Remark(
        id=str(number), text=text_of(statement.line.node("text")), **evidence(ctx, statement, f"note {number}")
    )
