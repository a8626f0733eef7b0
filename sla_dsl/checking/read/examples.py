"""`example` blocks: a ticket, what it rests on, and what must come out."""

from __future__ import annotations

from typing import Literal

from sla_dsl.checking.context import Context
from sla_dsl.checking.read.ambiguities import setting
from sla_dsl.checking.read.values import moment_text
from sla_dsl.checking.words import text_after, text_of, unquoted, written
from sla_dsl.diagnostics import catalogue
from sla_dsl.policy.terms.document import Example, Expectation, Happening, Item
from sla_dsl.syntax import Node, Statement, Token

_EXPECTED = (
    "expect_due",
    "expect_is",
    "expect_no_deadline",
    "expect_undetermined",
    "expect_available",
    "expect_not_available",
)
Outcome = Literal["due", "is", "is not", "no deadline", "undetermined", "available", "not available"]
_MODALITIES = {
    "to_be_determined": "to_be_determined",
    "to_be_negotiated": "to_be_negotiated",
    "refused": "no_promise",
    "blank": "blank",
    "silent": "silent",
    "best_effort": "best_effort",
    "words": "words_only",
}
_TICKET_KEYS = frozenset({"priority", "channel", "caller", "status", "created", "id"})


def example(ctx: Context, statement: Statement) -> Example:
    """One `example` block."""
    inside = statement.body
    readings: dict[str, str] = {}
    for inner in inside:
        if inner.kind == "under":
            doubt, reading = inner.line.nodes("ref")
            name = ctx.resolve(doubt, "ambiguity")
            readings[name] = ctx.resolve(reading, "reading", owner=name)
    title = text_of(statement.line.node("text"))
    expectations = tuple(_expectation(ctx, s) for s in inside if s.kind == "expect")
    if not expectations:
        ctx.report(catalogue.NOTHING_EXPECTED, statement.line)
    return Example(
        title=title,
        settings=tuple(s for inner in inside if inner.kind == "set" and (s := setting(ctx, inner))),
        readings=readings,
        ticket=tuple(item for s in inside if s.kind == "ticket" for item in _items(ctx, s)),
        happenings=tuple(_happening(ctx, s) for s in inside if s.kind == "happens"),
        expectations=expectations,
        line=ctx.place(statement).line,
    )


def _items(ctx: Context, statement: Statement) -> tuple[Item, ...]:
    return tuple(_item(ctx, node) for node in statement.line.nodes("item"))


def _item(ctx: Context, node: Node) -> Item:
    ref = node.nodes("ref")[0]
    name = written(ref)
    if name not in _TICKET_KEYS:
        name = ctx.resolve(ref, "fact", "scale", "event", "status")
    value = node.node("value", "duration")
    date = node.token("DATE")
    return Item(name=name, value=date.text if date else _value(value) if value else None)


def _value(node: Node) -> str | float | bool:
    moment = node.node("moment")
    if moment is not None:
        return moment_text(moment)
    token: Token = next(part for part in node.walk() if isinstance(part, Token))
    if token.kind == "NUMBER":
        return float(token.text)
    text = unquoted(token) if token.kind == "STRING" else token.text
    return {"yes": True, "no": False}.get(text, text)


def _happening(ctx: Context, statement: Statement) -> Happening:
    return Happening(at=moment_text(statement.line.nodes("moment")[0]), items=_items(ctx, statement))


def _expectation(ctx: Context, statement: Statement) -> Expectation:
    line = statement.line
    ref, expected = line.nodes("ref")[0], line.nodes(*_EXPECTED)[0]
    of = written(ref)
    if of not in {"priority", "status"}:
        of = ctx.resolve(ref, "clock", "scale", "service", "duty", "channel")
    moments = line.nodes("moment")
    at = moments[-1] if line.has("AT") and moments else None
    outcome, values = _outcome(expected)
    return Expectation(
        of=of,
        outcome=outcome,
        values=values,
        at=moment_text(at) if at else None,
        because=text_after(line, "BECAUSE"),
        line=ctx.place(statement).line,
    )


def _outcome(node: Node) -> tuple[Outcome, tuple[str, ...]]:
    match node.kind:
        case "expect_due":
            moment, date = node.node("moment"), node.token("DATE")
            return "due", (moment_text(moment) if moment else date.text if date else "",)
        case "expect_is":
            return "is not" if node.has("NOT") else "is", _outcomes(node.nodes("outcome")[0])
        case "expect_no_deadline":
            return "no deadline", ()
        case "expect_undetermined":
            refs = node.node("refs")
            return "undetermined", tuple(written(ref) for ref in refs.nodes("ref")) if refs else ()
        case "expect_available":
            return "available", ()
        case _:
            return "not available", ()


def _outcomes(node: Node) -> tuple[str, ...]:
    refs = node.node("refs_or")
    if refs is not None:
        return tuple(written(ref) for ref in refs.nodes("ref"))
    return (_MODALITIES.get(node.nodes()[0].kind, node.nodes()[0].kind),)
