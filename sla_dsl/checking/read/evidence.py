"""Citations, assumptions and marks: what bears a statement out (SEMANTICS H1, H2)."""

from __future__ import annotations

from typing import TypedDict

from sla_dsl.checking.context import Context
from sla_dsl.checking.words import text_after, text_of, token_after, unquoted
from sla_dsl.diagnostics import catalogue
from sla_dsl.evidence import Document as SourceText
from sla_dsl.evidence import find, nearest, passage
from sla_dsl.model import Purpose, Quotation
from sla_dsl.policy.terms.base import Assumption, Citation
from sla_dsl.policy.terms.document import Mark
from sla_dsl.source import Span
from sla_dsl.syntax import Node, Statement


class Evidence(TypedDict):
    """What a block says in support of its statement: the fields that every declaration has for it."""

    cites: tuple[Citation, ...]
    assumes: tuple[Assumption, ...]
    notes: tuple[str, ...]


def evidence(ctx: Context, statement: Statement, by: str, purpose: Purpose = Purpose.RULE) -> Evidence:
    """The citations, assumptions and notes in a statement's own block; `by` names what they support."""
    cites: list[Citation] = []
    assumes: list[Assumption] = []
    notes: list[str] = []
    for inner in statement.body:
        line = inner.line
        match inner.kind:
            case "cite":
                found = citation(ctx, inner, by, purpose)
                cites += [found] if found else []
            case "assume":
                assumes.append(Assumption(text=text_of(line.node("text")), supports=_supports(line)))
            case "note":
                notes.append(text_of(line.node("text")))
            case _:
                pass
    return Evidence(cites=tuple(cites), assumes=tuple(assumes), notes=tuple(notes))


def citation(ctx: Context, statement: Statement, by: str, purpose: Purpose) -> Citation | None:
    """A quotation with the line on which it stands; none (reported) if it cannot be found, or not told apart."""
    line = statement.line
    document = _document(ctx, statement)
    if document is None:
        return None
    texts = line.nodes("text")
    quote = text_of(texts[0])
    row, column = token_after(line, "ROW"), token_after(line, "COLUMN")
    spans = find(
        document,
        quote,
        before=text_after(line, "BEFORE"),
        after=text_after(line, "AFTER"),
        row=unquoted(row) if row else None,
        column=unquoted(column) if column else None,
    )
    span = _only(ctx, statement, document, quote, spans)
    if span is None:
        return None
    ctx.record.quotations.append(Quotation(ctx.place(statement), document.source.name, span, purpose, by))
    return Citation(
        source=document.source.name,
        quote=quote,
        line=document.source.position(span.start).line,
        supports=_supports(line),
    )


def definition_citation(ctx: Context, statement: Statement, text: str, by: str) -> Citation | None:
    """A definition (`means "…"`) that stands in a source word for word is its own citation."""
    for document in ctx.documents.values():
        spans = find(document, text)
        if len(spans) == 1:
            ctx.record.quotations.append(
                Quotation(ctx.place(statement), document.source.name, spans[0], Purpose.RULE, by)
            )
            return Citation(source=document.source.name, quote=text, line=document.source.position(spans[0].start).line)
    return None


def mark(ctx: Context, statement: Statement) -> Mark | None:
    """`informative` and `out of scope`: a passage that no rule comes from."""
    line = statement.line
    document = _document(ctx, statement)
    if document is None:
        return None
    first, last = text_of(line.nodes("text")[0]), text_after(line, "THROUGH")
    before, after = text_after(line, "BEFORE"), text_after(line, "AFTER")
    if last is None:
        spans = find(document, first, before=before, after=after)
    else:
        spans = passage(document, first, last, before=before, after=after)
    span = _only(ctx, statement, document, first if last is None else f"{first} … {last}", spans)
    if span is None:
        return None
    informative = statement.kind == "informative"
    purpose = Purpose.INFORMATIVE if informative else Purpose.OUT_OF_SCOPE
    ctx.record.quotations.append(Quotation(ctx.place(statement), document.source.name, span, purpose, str(purpose)))
    return Mark(
        kind="informative" if informative else "out of scope",
        source=document.source.name,
        line=document.source.position(span.start).line,
        first=first,
        last=last,
        because=text_after(line, "BECAUSE"),
    )


def _document(ctx: Context, statement: Statement) -> SourceText | None:
    """The source that a citation is in: the one it names, else the only or first one."""
    named = token_after(statement.line, "IN")
    if named is not None:
        name = unquoted(named)
        if name not in ctx.documents and ctx.names.find(name, "source") is None:
            ctx.names.missed(name, ctx.place(named), "source")
        ctx.names.ledger.used.add(("source", name))
        return ctx.documents.get(name)
    first = next(iter(ctx.documents.values()), None)
    if first is not None:
        ctx.names.ledger.used.add(("source", first.source.name))
    return first


def _only(ctx: Context, statement: Statement, document: SourceText, quote: str, spans: tuple[Span, ...]) -> Span | None:
    part = statement.line.nodes("text")[0]
    if len(spans) == 1:
        return spans[0]
    if not spans:
        close = nearest(document, quote)
        advice = (
            f"The nearest passage is on line {document.source.position(close.span.start).line}: “{close.text}”."
            if close
            else ""
        )
        ctx.report(catalogue.NOT_QUOTED, part, quote=_short(quote), source=document.source.name, advice=advice or _COPY)
        return None
    lines = ", ".join(str(document.source.position(span.start).line) for span in spans[:6])
    ctx.report(catalogue.QUOTED_TWICE, part, quote=_short(quote), count=len(spans), lines=lines)
    return None


_COPY = "Copy the words exactly from the document."
_SHORT = 60


def _short(text: str) -> str:
    return text if len(text) <= _SHORT else f"{text[: _SHORT - 1]}…"


def _supports(line: Node) -> tuple[str, ...]:
    return tuple(token.text for token in line.tokens("WORD"))
