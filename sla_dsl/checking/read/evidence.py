"""Citations and assumptions: what bears a statement out (SEMANTICS H1)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypedDict

from sla_dsl.checking.context import Context
from sla_dsl.checking.read.quoting import Quoted, quoted
from sla_dsl.checking.words import text_after, text_of, token_after, unquoted, written
from sla_dsl.evidence import find
from sla_dsl.model import Purpose
from sla_dsl.policy.terms.base import Assumption, Citation
from sla_dsl.syntax import Statement

_OF_THEIR_OWN = frozenset(
    "level starts stops voids measured pauses_in pauses_while pauses_between also step status transition "
    "reading".split()
)
"""Statements inside a block whose evidence is kept with them; that of others belongs to the block."""


class Evidence(TypedDict):
    """What a block says in support of its statement: the fields that every declaration has for it."""

    cites: tuple[Citation, ...]
    assumes: tuple[Assumption, ...]
    notes: tuple[str, ...]


def evidence(ctx: Context, statement: Statement, by: str, purpose: Purpose = Purpose.RULE) -> Evidence:
    """The citations, assumptions and notes in a statement's block; `by` names what they support."""
    cites: list[Citation] = []
    assumes: list[Assumption] = []
    notes: list[str] = []
    for inner, supports in _evidence_in(statement):
        match inner.kind:
            case "cite":
                cites.append(citation(ctx, inner, by, purpose, supports))
            case "assume":
                assumes.append(Assumption(text=text_of(inner.line.node("text")), supports=supports))
            case _:
                notes.append(text_of(inner.line.node("text")))
    return Evidence(cites=tuple(cites), assumes=tuple(assumes), notes=tuple(notes))


def _evidence_in(statement: Statement) -> Iterator[tuple[Statement, tuple[str, ...]]]:
    """Evidence with the row and column that it supports; what stands in the block of a row supports that row."""
    row = _named(statement)
    for inner in statement.body:
        if inner.kind in {"cite", "assume", "note"}:
            words = tuple(token.text for token in inner.line.tokens("WORD"))
            yield inner, (*row, *(word for word in words if word not in row))
        elif inner.kind not in _OF_THEIR_OWN:
            yield from _evidence_in(inner)


def _named(statement: Statement) -> tuple[str, ...]:
    refs = statement.line.nodes("cell")[0].node("refs") if statement.kind == "row" else None
    return tuple(written(ref) for ref in refs.nodes("ref")) if refs else ()


def citation(ctx: Context, statement: Statement, by: str, purpose: Purpose, supports: tuple[str, ...]) -> Citation:
    """A quotation with the line on which it stands: line 0 (and a finding) where it cannot be found or told apart."""
    line = statement.line
    row, column = token_after(line, "ROW"), token_after(line, "COLUMN")
    wanted = Quoted(
        statement=statement,
        text=text_of(line.nodes("text")[0]),
        before=text_after(line, "BEFORE"),
        after=text_after(line, "AFTER"),
        row=unquoted(row) if row else None,
        column=unquoted(column) if column else None,
    )
    found = quoted(ctx, wanted, purpose, by)
    return Citation(source=found.source, quote=wanted.text, line=found.line, supports=supports)


def definition_citation(ctx: Context, statement: Statement, text: str, by: str) -> Citation | None:
    """A definition (`means "…"`) that stands in a source word for word is its own citation."""
    for document in ctx.documents.values():
        spans = find(document, text) if document is not None else ()
        if document is not None and len(spans) == 1:
            source = document.source
            ctx.quote(statement, source.name, spans[0], Purpose.RULE, by)
            return Citation(source=source.name, quote=text, line=source.position(spans[0].start).line)
    return None
