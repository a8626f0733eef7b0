"""Conditions (SEMANTICS R3) and event expressions (P1).

They share one grammar; where they stand decides how they are read.
"""

from __future__ import annotations

from collections.abc import Callable

from sla_dsl.checking.context import Context
from sla_dsl.checking.read.equality import NEVER, equals, member, operand_of
from sla_dsl.checking.read.lengths import length
from sla_dsl.checking.read.values import moment_text, spoken_type
from sla_dsl.checking.words import written
from sla_dsl.diagnostics import catalogue
from sla_dsl.policy.terms.conditions import (
    All,
    AnyTest,
    Becomes,
    Compares,
    Comparison,
    Condition,
    Distance,
    During,
    Not,
    Occurs,
    OnDay,
    Precedes,
    Some,
    Yes,
)
from sla_dsl.syntax import Node, Token

_COMPARISONS: dict[str, Comparison] = {
    "MORE_THAN": "more than",
    "FEWER_THAN": "less than",
    "LESS_THAN": "less than",
    "AT_LEAST": "at least",
    "AT_MOST": "at most",
}


def condition(ctx: Context, node: Node | None) -> Condition | None:
    """A condition over a ticket; none where there is none."""
    return Condition(text=ctx.words(node), test=_test(ctx, node)) if node else None


def events(ctx: Context, node: Node | None) -> Condition | None:
    """An event expression, as after `when`; none where there is none."""
    return Condition(text=ctx.words(node), test=_event(ctx, node)) if node else None


def comparison_of(node: Node) -> Comparison:
    """`at least`, `more than`, … as the terms spell it."""
    return _COMPARISONS[node.tokens()[0].kind]


def _event(ctx: Context, node: Node) -> AnyTest:
    match node.kind:
        case "holds":
            return Occurs(event=ctx.resolve(node.nodes("ref")[0], "event"))
        case "equals" if written(node.nodes("ref")[0]) == "status" and not node.has("NOT"):
            return Becomes(statuses=(ctx.resolve(operand_of(node), "status"),))
        case "member" if written(node.nodes("ref")[0]) == "status" and not node.has("NOT"):
            return Becomes(statuses=ctx.resolve_all(node.node("refs"), "status"))
        case "both_conditions":
            return All(parts=tuple(_event(ctx, part) for part in node.nodes()))
        case "either_condition":
            return Some(parts=tuple(_event(ctx, part) for part in node.nodes()))
        case "group":
            return _event(ctx, node.nodes()[0])
        case _:
            ctx.report(catalogue.NOT_AN_EVENT, node, found=ctx.words(node))
            return _test(ctx, node)


def _test(ctx: Context, node: Node) -> AnyTest:
    return _TESTS[node.kind](ctx, node)


def _all(ctx: Context, node: Node) -> AnyTest:
    return All(parts=tuple(_test(ctx, part) for part in node.nodes()))


def _some(ctx: Context, node: Node) -> AnyTest:
    return Some(parts=tuple(_test(ctx, part) for part in node.nodes()))


def _not(ctx: Context, node: Node) -> AnyTest:
    return Not(part=_test(ctx, node.nodes()[0]))


def _group(ctx: Context, node: Node) -> AnyTest:
    return _test(ctx, node.nodes()[0])


def _precedes(ctx: Context, node: Node) -> AnyTest:
    first, second = (_instant(ctx, ref) for ref in node.nodes("ref"))
    return Precedes(earlier=first, later=second) if node.has("BEFORE") else Precedes(earlier=second, later=first)


def _in_calendar(ctx: Context, node: Node) -> AnyTest:
    calendar, subject = _calendar_and_subject(ctx, node)
    return During(calendar=calendar, outside=node.has("OUTSIDE"), subject=subject)


def _on_day(ctx: Context, node: Node) -> AnyTest:
    calendar, subject = _calendar_and_subject(ctx, node)
    return OnDay(calendar=calendar, closed=node.has("ON_A_DAY_CLOSED_IN"), subject=subject)


def _holds(ctx: Context, node: Node) -> AnyTest:
    ref = node.nodes("ref")[0]
    entry = ctx.entry(ref, "fact", "event")
    if entry is None:
        return NEVER
    if entry.kind == "event":
        return Occurs(event=entry.id)
    fact = ctx.facts.get(entry.id)
    if fact is not None and fact.type.name != "yes or no":
        ctx.report(catalogue.NOT_YES_OR_NO, node, name=entry.id, type=spoken_type(fact.type))
    return Yes(fact=entry.id)


def _compares(ctx: Context, node: Node) -> AnyTest:
    ref, amount = node.nodes("ref")[0], node.nodes("amount")[0]
    fact = ctx.facts.get(ctx.resolve(ref, "fact"))
    if fact is None:
        return NEVER
    value = _amount(amount)
    fits = fact.type.name == "number" if isinstance(value, float) else fact.type.name in {"date", "instant"}
    if not fits:
        ctx.report(catalogue.WRONG_COMPARISON, node, name=fact.id, type=spoken_type(fact.type), value=ctx.words(amount))
    return Compares(fact=fact.id, comparison=comparison_of(node.nodes("comparison")[0]), value=value)


def _amount(node: Node) -> float | str:
    moment = node.node("moment")
    if moment:
        return moment_text(moment)
    token: Token = node.tokens("NUMBER", "DATE")[0]
    return float(token.text) if token.kind == "NUMBER" else token.text


def _distance(ctx: Context, node: Node) -> AnyTest:
    """`A at most 90 days after B`: days of the calendar, or elapsed time."""
    first, second = (_instant(ctx, ref) for ref in node.nodes("ref"))
    amount = length(ctx, node.nodes("duration")[0])
    if amount is None:
        return NEVER
    ref = node.nodes("duration")[0].node("ref")
    if ref is not None:
        what, advice = "a distance is counted in elapsed time and calendar days", "Leave the calendar out."
        ctx.report(catalogue.CALENDAR_NOT_COUNTED, ref, what=what, calendar=ctx.words(ref), advice=advice)
    later, earlier = (first, second) if node.has("AFTER") else (second, first)
    comparison = comparison_of(node.nodes("comparison")[0])
    if amount.unit == "time":
        return Distance(later=later, earlier=earlier, comparison=comparison, micros=amount.low)
    if amount.unit == "month":
        ctx.report(catalogue.MONTHS_APART, node)
    days = amount.low * (7 if amount.unit == "week" else 1)
    return Distance(later=later, earlier=earlier, comparison=comparison, days=days)


def _instant(ctx: Context, ref: Node) -> str:
    """The name of something that has a date or an instant: an event, or a fact of such a type."""
    entry = ctx.entry(ref, "event", "fact")
    if entry is None:
        return written(ref)
    fact = ctx.facts.get(entry.id) if entry.kind == "fact" else None
    if fact is not None and fact.type.name not in {"date", "instant"}:
        ctx.report(catalogue.NOT_A_DATE, ref, name=entry.id, type=spoken_type(fact.type))
    return entry.id


def _calendar_and_subject(ctx: Context, node: Node) -> tuple[str, str]:
    *subject, calendar = node.nodes("ref")
    return resolve_calendar(ctx, calendar), _instant(ctx, subject[0]) if subject else ""


def resolve_calendar(ctx: Context, ref: Node) -> str:
    """A calendar by its name, or a parameter that stands for one."""
    entry = ctx.names.find(written(ref), "calendar")
    parameter = ctx.parameters.get(written(ref))
    if entry is None and parameter is not None:
        ctx.names.find(written(ref), "parameter")
        if parameter.type.name != "calendar":
            ctx.report(catalogue.NOT_A_CALENDAR, ref, name=parameter.id, type=spoken_type(parameter.type))
        return parameter.id
    return entry.id if entry else ctx.resolve(ref, "calendar")


_TESTS: dict[str, Callable[[Context, Node], AnyTest]] = {
    "both_conditions": _all,
    "either_condition": _some,
    "negation": _not,
    "group": _group,
    "holds": _holds,
    "equals": equals,
    "at_or_above": equals,
    "at_or_below": equals,
    "member": member,
    "compares": _compares,
    "distance": _distance,
    "precedes": _precedes,
    "in_calendar": _in_calendar,
    "on_day": _on_day,
}
"""How each kind of test is read."""
