"""The first walk over a block: which names it declares. What they mean is read afterwards, in any order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sla_dsl.checking.context import Context
from sla_dsl.checking.names import TERM_KINDS, Entry
from sla_dsl.checking.words import label_of, labels_of, name_of, unquoted, written
from sla_dsl.diagnostics import Place, catalogue
from sla_dsl.policy.terms import AnyDeclaration, Cascade, Document, Fact, Parameter, Scale, Status
from sla_dsl.source import Span
from sla_dsl.syntax import Statement

_PLAIN = frozenset(
    "party channel event parameter fact scale calendar clock status service exclusion duty objective support_line "
    "maintenance reference term ambiguity no_promise".split()
)
_INSIDE = frozenset({"scale", "attribute", "lifecycle", "ambiguity"})
_OWNED = frozenset({"level", "reading"})
TICKET_KEYS = frozenset({"id", "created", "priority", "channel", "caller", "facts", "events", "status", "event", "at"})
"""Keys of a ticket: a fact or scale with such a name could not be told from them (R3).

A scale may be called `priority`.
"""


def declare_all(ctx: Context, statements: Iterable[Statement]) -> None:
    """Adds every name that a block declares. A line that declares names again is reported once."""
    statements, told = tuple(statements), set[Span]()
    for entry, statement in _entries(ctx, statements):
        clash = ctx.names.declare(entry)
        if clash is not None and statement.span not in told:
            told.add(statement.span)
            ctx.record.findings.append(clash)
        reserved = entry.id in TICKET_KEYS and (
            entry.kind == "fact" or (entry.kind == "scale" and entry.id != "priority")
        )
        if reserved:
            ctx.report(catalogue.TICKET_KEY, statement.line, kind=entry.kind, name=entry.id)
    _declare_steps(ctx, statements)
    _overlapping_facts(ctx)


def _declare_steps(ctx: Context, statements: Iterable[Statement]) -> None:
    """Adds the steps of cascades. They belong to the clock: two of its cascades may have steps of one name."""
    for cascade in (one for one in statements if one.kind == "cascade"):
        ref = cascade.line.nodes("ref")[0]
        clock = ctx.names.find(written(ref), "clock")
        owner, own = clock.id if clock else written(ref), set[str]()
        for step in (one for one in cascade.body if one.kind == "step"):
            entry = Entry("step", name_of(step.line), _labels(step), ctx.place(step.line), owner)
            clash = ctx.names.declare(entry)
            if clash is not None and entry.id in own:
                ctx.record.findings.append(clash)
            own.add(entry.id)


_ARTICLES = {"scale": "a scale", "event": "an event"}


def _overlapping_facts(ctx: Context) -> None:
    """A fact and a scale, or a fact and an event, with one name could not be told apart in a condition."""
    others = {entry.id: entry for entry in ctx.names.entries("scale", "event")}
    for fact in ctx.names.own_entries():
        other = others.get(fact.id)
        if fact.kind != "fact" or fact.id in TICKET_KEYS:
            continue
        if other is not None and fact.place is not None:
            related = [(other.place, f"the {other.kind}")] if other.place is not None else []
            ctx.record.findings.append(
                catalogue.SAME_NAME(fact.place, name=fact.id, kind="fact", other=_ARTICLES[other.kind], related=related)
            )


def _entries(ctx: Context, statements: Iterable[Statement], owner: str = "") -> Iterator[tuple[Entry, Statement]]:
    for statement in statements:
        place = ctx.place(statement.line)
        kind = TERM_KINDS.get(statement.kind, statement.kind)
        name = name_of(statement.line)
        if statement.kind == "events":
            for node in statement.line.nodes("name"):
                token = node.tokens("WORD")[0]
                yield Entry("event", token.text, (), ctx.place(node)), statement
        elif statement.kind == "source":
            yield Entry("source", unquoted(statement.line.tokens("STRING")[0]), (), place), statement
        elif kind in _PLAIN:
            yield Entry(kind, name, _labels(statement), place), statement
        elif kind in _OWNED and owner:
            yield Entry(kind, name, _labels(statement), place, owner), statement
        if kind in {"fact", "parameter"}:
            yield from ((entry, statement) for entry in _choices(ctx, statement, name))
        if statement.kind in _INSIDE:
            yield from _entries(ctx, statement.body, owner=name)


def _choices(ctx: Context, statement: Statement, owner: str) -> Iterator[Entry]:
    """What a fact or parameter that is `one of …` can be."""
    kind = statement.line.node("type")
    refs = kind.node("refs") if kind else None
    for ref in refs.nodes("ref") if refs else ():
        yield Entry("choice", written(ref), (), ctx.place(ref), owner)


def _labels(statement: Statement) -> tuple[str, ...]:
    one = label_of(statement.line)
    return (*labels_of(statement.line), *([one] if one else []))


def declare_base(ctx: Context, base: Document) -> None:
    """Adds the names of a compiled policy, for an annex to it."""
    declare_terms(ctx, base.declarations)
    for doubt in base.ambiguities:
        ctx.names.declare(Entry("ambiguity", doubt.id, (), None))
        for reading in doubt.readings:
            ctx.names.declare(Entry("reading", reading.id, (), None, doubt.id))


def declare_terms(ctx: Context, terms: Iterable[AnyDeclaration]) -> None:
    """Adds the names that some declarations give, without a place of their own."""
    nowhere: Place | None = None
    for term in terms:
        labels = (*((term.label,) if term.label else ()), *(term.labels if isinstance(term, Status) else ()))
        ctx.names.declare(Entry(term.kind, term.id, labels, nowhere))
        ctx.remember(term)
        ctx.declared[term.key] = term
        if isinstance(term, Fact | Parameter):
            for choice in term.type.choices:
                ctx.names.declare(Entry("choice", choice, (), nowhere, term.id))
        if isinstance(term, Scale):
            for level in term.levels:
                ctx.names.declare(Entry("level", level.id, level.labels, nowhere, term.id))
        if isinstance(term, Cascade):
            for step in term.steps:
                ctx.names.declare(Entry("step", step.id, (step.label,) if step.label else (), nowhere, term.clock))
