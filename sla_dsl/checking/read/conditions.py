"""Conditions (SEMANTICS R3) and event expressions (P1).

They share one grammar; where they stand decides how they are read.
"""

from __future__ import annotations

from collections.abc import Callable

from sla_dsl.checking.context import Context
from sla_dsl.checking.read.lengths import length
from sla_dsl.checking.read.values import moment_text, spoken_type
from sla_dsl.checking.words import written
from sla_dsl.diagnostics import catalogue
from sla_dsl.policy.terms.conditions import (
    All,
    Among,
    AnyTest,
    Becomes,
    Compares,
    Comparison,
    Condition,
    Distance,
    During,
    Given,
    Not,
    Occurs,
    OnDay,
    Precedes,
    Some,
    Subject,
    SubjectKind,
    Yes,
)
from sla_dsl.syntax import Node, Token

CLOCK_STATES = ("overdue", "not_started", "running", "paused", "stopped", "met", "missed", "breached")
_NEVER = Some(parts=())
_COMPARISONS: dict[str, Comparison] = {
    "MORE_THAN": "more than",
    "FEWER_THAN": "less than",
    "LESS_THAN": "less than",
    "AT_LEAST": "at least",
    "AT_MOST": "at most",
}
_GIVEN = "given"
_SUBJECTS: dict[str, SubjectKind] = {"scale": "level", "clock": "clock"}


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
            return Becomes(statuses=(ctx.resolve(_operand(node), "status"),))
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
        return _NEVER
    if entry.kind == "event":
        return Occurs(event=entry.id)
    fact = ctx.facts.get(entry.id)
    if fact is not None and fact.type.name != "yes or no":
        ctx.report(catalogue.NOT_YES_OR_NO, node, name=entry.id, type=spoken_type(fact.type))
    return Yes(fact=entry.id)


def _operand(node: Node) -> Node:
    """The operand of a comparison as a reference."""
    return node.nodes("operand")[0]


def _equals(ctx: Context, node: Node) -> AnyTest:
    ref, operand = node.nodes("ref")[0], _operand(node)
    test: AnyTest
    if written(operand) == _GIVEN and operand.has("WORD"):
        test = Given(subject=_subject(ctx, ref))
    else:
        test = _one_of(ctx, ref, (operand,), node)
    return Not(part=test) if node.has("NOT") else test


def _member(ctx: Context, node: Node) -> AnyTest:
    refs = node.node("refs")
    test = _one_of(ctx, node.nodes("ref")[0], refs.nodes("ref") if refs else (), node)
    return Not(part=test) if node.has("NOT") else test


def _one_of(ctx: Context, ref: Node, operands: tuple[Node, ...], node: Node) -> AnyTest:
    """The subject is one of some values, each of the kind that the subject has."""
    subject = _subject(ctx, ref)
    match subject.kind:
        case "level":
            values = tuple(ctx.resolve(operand, "level", owner=subject.name) for operand in operands)
            return Among(subject=subject, values=_or_beyond(ctx, subject.name, values, node))
        case "channel":
            return Among(subject=subject, values=tuple(ctx.resolve(operand, "channel") for operand in operands))
        case "caller":
            return Among(subject=subject, values=tuple(ctx.resolve(operand, "party") for operand in operands))
        case "status":
            return Among(subject=subject, values=tuple(ctx.resolve(operand, "status") for operand in operands))
        case "clock":
            return Among(subject=subject, values=tuple(_clock_state(ctx, operand) for operand in operands))
        case "fact":
            return _fact_is(ctx, subject, operands, node)


def _or_beyond(ctx: Context, scale: str, values: tuple[str, ...], node: Node) -> tuple[str, ...]:
    """`high or higher` is `high` and all the levels above it."""
    levels = [level.id for level in ctx.scales[scale].levels] if scale in ctx.scales else []
    if node.kind in {"equals", "member"} or values[0] not in levels:
        return values
    at = levels.index(values[0])
    return tuple(levels[: at + 1] if node.kind == "at_or_above" else levels[at:])


def _clock_state(ctx: Context, operand: Node) -> str:
    state = written(operand)
    if state not in CLOCK_STATES:
        ctx.report(catalogue.UNKNOWN_STATE, operand, found=state, known=", ".join(CLOCK_STATES))
    return state


def _fact_is(ctx: Context, subject: Subject, operands: tuple[Node, ...], node: Node) -> AnyTest:
    fact = ctx.facts.get(subject.name)
    values = tuple(written(operand) for operand in operands)
    if fact is None:
        return _NEVER
    match fact.type.name:
        case "yes or no" if set(values) <= {"yes", "no"}:
            return Among(subject=subject, values=values)
        case "one of":
            choices = tuple(ctx.resolve(operand, "choice", owner=fact.id) for operand in operands)
            return Among(subject=subject, values=choices)
        case "level":
            return Among(
                subject=subject,
                values=tuple(ctx.resolve(operand, "level", owner=fact.type.scale) for operand in operands),
            )
        case "number" if all(operand.has("NUMBER") for operand in operands):
            return Some(parts=tuple(Compares(fact=fact.id, comparison="is", value=float(value)) for value in values))
        case _:
            wanted = f"a value of `{fact.id}`, which is {spoken_type(fact.type)}"
            ctx.report(catalogue.WRONG_VALUE, node, value=", ".join(values), type=wanted)
            return _NEVER


def _subject(ctx: Context, ref: Node) -> Subject:
    text = written(ref)
    if text == "priority":
        return Subject(kind="level", name=ctx.targets_scale)
    if text == "channel":
        return Subject(kind="channel")
    if text == "caller":
        return Subject(kind="caller")
    if text == "status":
        return Subject(kind="status")
    entry = ctx.entry(ref, "fact", "scale", "clock")
    if entry is None:
        return Subject(kind="fact", name=text)
    return Subject(kind=_SUBJECTS.get(entry.kind, "fact"), name=entry.id)


def _compares(ctx: Context, node: Node) -> AnyTest:
    ref, amount = node.nodes("ref")[0], node.nodes("amount")[0]
    fact = ctx.facts.get(ctx.resolve(ref, "fact"))
    if fact is None:
        return _NEVER
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
        return _NEVER
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
    "equals": _equals,
    "at_or_above": _equals,
    "at_or_below": _equals,
    "member": _member,
    "compares": _compares,
    "distance": _distance,
    "precedes": _precedes,
    "in_calendar": _in_calendar,
    "on_day": _on_day,
}
"""How each kind of test is read."""
