"""`example` blocks: a ticket, what it rests on, and what must come out."""

from __future__ import annotations

from sla_dsl.checking.context import Context
from sla_dsl.checking.names import KINDS
from sla_dsl.checking.read.ambiguities import setting
from sla_dsl.checking.read.expectations import expectation
from sla_dsl.checking.read.values import moment_text, spoken_type
from sla_dsl.checking.words import text_of, unquoted, written
from sla_dsl.diagnostics import catalogue
from sla_dsl.policy.terms.document import Example, Happening, Item
from sla_dsl.policy.terms.values import Type
from sla_dsl.syntax import Node, Statement, Token

_TICKET_KEYS = frozenset({"created", "id"})
_KINDS_OF_KEYS = {"priority": "level", "channel": "channel", "caller": "party", "status": "status"}
"""What the values of these keys of a ticket name."""


def example(ctx: Context, statement: Statement) -> Example:
    """One `example` block."""
    inside = statement.body
    readings: dict[str, str] = {}
    for inner in inside:
        if inner.kind == "under":
            doubt, reading = inner.line.nodes("ref")
            entry = ctx.entry(doubt, "ambiguity")
            if entry is not None:
                readings[entry.id] = ctx.resolve(reading, "reading", owner=entry.id)
    title = text_of(statement.line.node("text"))
    expectations = tuple(expectation(ctx, s) for s in inside if s.kind == "expect")
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
    """One thing that is said of a ticket; its name is resolved, and its value has to fit."""
    ref = node.nodes("ref")[0]
    name = written(ref)
    if name in _KINDS_OF_KEYS:
        kind, owner = _KINDS_OF_KEYS[name], ctx.targets_scale if name == "priority" else None
        return Item(name=name, value=_called(ctx, node, kind, owner))
    entry = None if name in _TICKET_KEYS else ctx.entry(ref, "fact", "scale", "event", "status")
    if entry is None:
        return Item(name=name, value=_value(node))
    if entry.kind == "scale":
        return Item(name=entry.id, value=_called(ctx, node, "level", entry.id))
    fact = ctx.facts.get(entry.id) if entry.kind == "fact" else None
    if fact is not None and not _fits(ctx, node, fact.type, fact.id):
        part = node.node("value", "duration") or node
        ctx.report(catalogue.WRONG_VALUE, part, value=ctx.words(part), type=spoken_type(fact.type))
    return Item(name=entry.id, value=_value(node))


def _called(ctx: Context, node: Node, kind: str, owner: str | None) -> str | None:
    """The id of a level, channel, party or status that a value names."""
    value = node.node("value")
    token = value.token("WORD", "STRING", "NUMBER") if value else None
    if token is None:
        ctx.report(catalogue.WRONG_VALUE, node, value=ctx.words(node), type=f"the name of a {KINDS[kind]}")
        return None
    entry = ctx.named(token, kind, owner=owner)
    return entry.id if entry else token.text


def _fits(ctx: Context, node: Node, wanted: Type, owner: str) -> bool:
    """Whether the value of an item is one that a fact (`owner`) of a type can have. A yes/no fact alone is yes.

    A name that nobody declared is reported as such.
    """
    value = node.node("value")
    token = value.token("WORD", "STRING", "NUMBER") if value else None
    text = "" if token is None else unquoted(token) if token.kind == "STRING" else token.text
    match wanted.name:
        case "yes or no":
            return value is None or text in {"yes", "no"}
        case "number":
            return token is not None and token.kind == "NUMBER"
        case "one of" | "level" if token is not None:
            kind, of = ("choice", owner) if wanted.name == "one of" else ("level", wanted.scale)
            ctx.named(token, kind, owner=of)
            return True
        case "date":
            return node.has("DATE")
        case "instant":
            return value is not None and value.node("moment") is not None
        case _:
            return wanted.name not in {"one of", "level"}


def _value(node: Node) -> str | float | bool | None:
    date, value = node.token("DATE"), node.node("value", "duration")
    if date is not None or value is None:
        return date.text if date else None
    moment = value.node("moment")
    if moment is not None:
        return moment_text(moment)
    token: Token = next(part for part in value.walk() if isinstance(part, Token))
    if token.kind == "NUMBER":
        return float(token.text)
    text = unquoted(token) if token.kind == "STRING" else token.text
    return {"yes": True, "no": False}.get(text, text)


def _happening(ctx: Context, statement: Statement) -> Happening:
    return Happening(at=moment_text(statement.line.nodes("moment")[0]), items=_items(ctx, statement))
