"""What something is: a level, status, channel, party, choice or the state of a clock (SEMANTICS R3)."""

from __future__ import annotations

from sla_dsl.checking.context import Context
from sla_dsl.checking.read.values import spoken_type
from sla_dsl.checking.words import written
from sla_dsl.diagnostics import catalogue
from sla_dsl.policy.terms.conditions import Among, AnyTest, Compares, Given, Not, Some, Subject, SubjectKind
from sla_dsl.syntax import Node

CLOCK_STATES = ("overdue", "not_started", "running", "paused", "stopped", "met", "missed", "breached")
NEVER = Some(parts=())
"""Stands for a test that could not be read; that is reported."""

_GIVEN = "given"
_BEYOND = frozenset({"at_or_above", "at_or_below"})
_SUBJECTS: dict[str, SubjectKind] = {"scale": "level", "clock": "clock"}


def operand_of(node: Node) -> Node:
    """The operand of a comparison as a reference."""
    return node.nodes("operand")[0]


def equals(ctx: Context, node: Node) -> AnyTest:
    """`X is Y`, `X is not Y`, `X is Y or higher`, `X is given`."""
    ref, operand = node.nodes("ref")[0], operand_of(node)
    test: AnyTest
    if written(operand) == _GIVEN and operand.has("WORD"):
        test = Given(subject=_subject(ctx, ref))
    else:
        test = _one_of(ctx, ref, (operand,), node)
    return Not(part=test) if node.has("NOT") else test


def member(ctx: Context, node: Node) -> AnyTest:
    """`X is one of (A, B)`."""
    refs = node.node("refs")
    test = _one_of(ctx, node.nodes("ref")[0], refs.nodes("ref") if refs else (), node)
    return Not(part=test) if node.has("NOT") else test


def _one_of(ctx: Context, ref: Node, operands: tuple[Node, ...], node: Node) -> AnyTest:
    """The subject is one of some values, each of the kind that the subject has."""
    subject = _subject(ctx, ref)
    if node.kind in _BEYOND and not _is_ordered(ctx, subject):
        ctx.report(catalogue.NO_ORDER, node, name=written(ref))
    match subject.kind:
        case "level":
            values = tuple(ctx.resolve(operand, "level", owner=subject.name) for operand in operands)
            return Among(subject=subject, values=_or_beyond(ctx, subject.name, values, node))
        case "channel" | "caller" | "status":
            kind = "party" if subject.kind == "caller" else subject.kind
            return Among(subject=subject, values=tuple(ctx.resolve(operand, kind) for operand in operands))
        case "clock":
            return Among(subject=subject, values=tuple(_clock_state(ctx, operand) for operand in operands))
        case "fact":
            return _fact_is(ctx, subject, operands, node)


def _or_beyond(ctx: Context, scale: str, values: tuple[str, ...], node: Node) -> tuple[str, ...]:
    """`high or higher` is `high` and all the levels above it."""
    levels = [level.id for level in ctx.scales[scale].levels] if scale in ctx.scales else []
    if node.kind not in _BEYOND or values[0] not in levels:
        return values
    at = levels.index(values[0])
    return tuple(levels[: at + 1] if node.kind == "at_or_above" else levels[at:])


def _is_ordered(ctx: Context, subject: Subject) -> bool:
    """Whether the subject has levels of a scale; what is not known at all is reported elsewhere."""
    if subject.kind == "fact":
        fact = ctx.facts.get(subject.name)
        return fact is None or (fact.type.name == "level" and _is_scale(ctx, fact.type.scale))
    return subject.kind == "level" and _is_scale(ctx, subject.name)


def _is_scale(ctx: Context, name: str | None) -> bool:
    known = ctx.scales.get(name or "")
    return known is None or known.of is None


def _clock_state(ctx: Context, operand: Node) -> str:
    state = written(operand)
    if state not in CLOCK_STATES:
        ctx.no_state(operand, "a clock", state, CLOCK_STATES)
    return state


def _fact_is(ctx: Context, subject: Subject, operands: tuple[Node, ...], node: Node) -> AnyTest:
    fact = ctx.facts.get(subject.name)
    values = tuple(written(operand) for operand in operands)
    if fact is None:
        return NEVER
    match fact.type.name:
        case "yes or no" if set(values) <= {"yes", "no"}:
            return Among(subject=subject, values=values)
        case "one of":
            choices = tuple(ctx.resolve(operand, "choice", owner=fact.id) for operand in operands)
            return Among(subject=subject, values=choices)
        case "level":
            scale = fact.type.scale or ""
            levels = tuple(ctx.resolve(operand, "level", owner=scale) for operand in operands)
            return Among(subject=subject, values=_or_beyond(ctx, scale, levels, node))
        case "number" if all(operand.has("NUMBER") for operand in operands):
            return Some(parts=tuple(Compares(fact=fact.id, comparison="is", value=float(value)) for value in values))
        case _:
            wanted = f"a value of `{fact.id}`, which is {spoken_type(fact.type)}"
            ctx.report(catalogue.WRONG_VALUE, node, value=", ".join(values), type=wanted)
            return NEVER


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
