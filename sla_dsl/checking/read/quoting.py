"""Quotations looked up in the documents, and what to say of one that is not there (SEMANTICS H1)."""

from __future__ import annotations

from attrs import frozen

from sla_dsl.checking.context import Context
from sla_dsl.checking.words import token_after, unquoted
from sla_dsl.diagnostics import catalogue
from sla_dsl.evidence import Document as SourceText
from sla_dsl.evidence import cells_named, cut_words, find, nearest, passage
from sla_dsl.model import Purpose
from sla_dsl.source import Span
from sla_dsl.syntax import Node, Statement

_SHORT = 60
_MOST_LINES = 6


@frozen(kw_only=True)
class Quoted:
    """A quotation as a statement writes it: its words, or the first and last of them, and what tells it apart."""

    statement: Statement
    text: str
    last: str | None = None
    before: str | None = None
    after: str | None = None
    row: str | None = None
    column: str | None = None

    @property
    def part(self) -> Node:
        """The part of the statement that holds the words."""
        return self.statement.line.nodes("text")[0]

    def spans(self, document: SourceText) -> tuple[Span, ...]:
        """Every place at which it stands in a document."""
        if self.last is not None:
            return passage(document, self.text, self.last, before=self.before, after=self.after)
        return find(document, self.text, before=self.before, after=self.after, row=self.row, column=self.column)


@frozen
class Found:
    """Where a quotation stands: the name of its source, and the line; 0 where it has no place, or several."""

    source: str
    line: int = 0


def quoted(ctx: Context, wanted: Quoted, purpose: Purpose, by: str) -> Found:
    """The one place of a quotation; a finding where it has none or several. An unreadable source is not asked.

    What is found is kept under its purpose and the name of what it supports, so that it counts as accounted for (H2).
    """
    name = _source_of(ctx, wanted.statement)
    document = ctx.documents.get(name)
    if document is None:
        return Found(name)
    spans = wanted.spans(document)
    if len(spans) == 1:
        ctx.quote(wanted.statement, name, spans[0], purpose, by)
        return Found(name, document.source.position(spans[0].start).line)
    if spans:
        ctx.report(
            catalogue.QUOTED_TWICE,
            wanted.part,
            quote=shortened(wanted.text),
            source=name,
            count=len(spans),
            lines=_lines(document, spans),
        )
        _take_for_quoted(ctx, wanted, document, spans)
    else:
        _absent(ctx, wanted, document)
    return Found(name)


def _lines(document: SourceText, spans: tuple[Span, ...]) -> str:
    lines = [*dict.fromkeys(document.source.position(span.start).line for span in spans)]
    return f"line{'s' if len(lines) > 1 else ''} {', '.join(map(str, lines[:_MOST_LINES]))}"


def _source_of(ctx: Context, statement: Statement) -> str:
    """The name of the source that a quotation is in: the one it names, else the first."""
    named = token_after(statement.line, "IN")
    if named is None:
        name = next(iter(ctx.documents), "")
    else:
        name = unquoted(named)
        if name not in ctx.documents:
            ctx.names.missed(name, ctx.place(named), "source")
    ctx.names.ledger.used.add(("source", name))
    return name


def _absent(ctx: Context, wanted: Quoted, document: SourceText) -> None:
    """Says why a quotation has no place: its context, cell or words are not there, or a word is cut."""
    for word, text in (("before", wanted.before), ("after", wanted.after), ("through", wanted.last)):
        if text is not None and not find(document, text):
            part = wanted.statement.line.after(word.upper()) or wanted.part
            _not_quoted(ctx, wanted, part, document, text)
            return
    name = document.source.name
    elsewhere = find(document, wanted.text)
    if (wanted.row or wanted.column) and not cells_named(document, wanted.row, wanted.column):
        named = " of ".join(f"{what} “{name}”" for what, name in _cell(wanted) if name)
        ctx.report(catalogue.NO_SUCH_CELL, wanted.part, cell=named, source=name)
    elif elsewhere:
        lines = _lines(document, elsewhere)
        ctx.report(catalogue.QUOTED_ELSEWHERE, wanted.part, quote=shortened(wanted.text), lines=lines, source=name)
    else:
        _not_quoted(ctx, wanted, wanted.part, document, wanted.text)
    _take_for_quoted(ctx, wanted, document, elsewhere)


def _cell(wanted: Quoted) -> tuple[tuple[str, str | None], ...]:
    return (("column", wanted.column), ("row", wanted.row))


def _not_quoted(ctx: Context, wanted: Quoted, part: Node, document: SourceText, text: str) -> None:
    name = document.source.name
    cut = cut_words(document, text)
    if cut:
        whole = document.source.slice(cut[0])
        ctx.report(catalogue.CUT_WORD, part, quote=shortened(text), whole=shortened(whole), source=name)
        _take_for_quoted(ctx, wanted, document, cut)
        return
    close = nearest(document, text)
    advice = "Copy the words exactly from the document."
    if close is not None:
        line = document.source.position(close.span.start).line
        advice = f"The nearest passage is on line {line}: “{close.text}”."
        _take_for_quoted(ctx, wanted, document, (close.span,))
    ctx.report(catalogue.NOT_QUOTED, part, quote=shortened(text), source=name, advice=advice)


def _take_for_quoted(ctx: Context, wanted: Quoted, document: SourceText, spans: tuple[Span, ...]) -> None:
    """What a wrong quotation seems to mean is not reported as unaccounted for as well."""
    for span in spans:
        ctx.quote(wanted.statement, document.source.name, span, Purpose.RULE, "")


def shortened(text: str) -> str:
    """A text cut to a length at which it can stand in a message."""
    return text if len(text) <= _SHORT else f"{text[: _SHORT - 1]}…"
