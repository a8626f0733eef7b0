"""Every value rests on a sentence of a source, or says why it does not; and the sentence names its numbers (H1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from attrs import frozen

from sla_dsl.checking.rules.checked import Checked
from sla_dsl.checking.words import seconds_of, text_of
from sla_dsl.diagnostics import Finding, Place, catalogue
from sla_dsl.evidence import names_number, names_time
from sla_dsl.model import Declared
from sla_dsl.policy.terms import Calendar, Fact, Hours, Parameter, Scale, Target
from sla_dsl.policy.terms.promises import Blank, Silent
from sla_dsl.source import Source
from sla_dsl.syntax import Node, Statement, Token
from sla_dsl.syntax.vocabulary import UNITS

_FREE = frozenset({"party", "event", "note", "channel"})
"""Kinds of declaration that carry no value of their own."""

_NOT_COUNTED = frozenset({"years", "special_hours", "cite", "assume", "note", "reading", "accept", "example"})
"""Statements whose numbers are not values of the document."""

_WHOLE_DAY = ("00:00", "24:00")
_MINUTE = 60


def evidence(checked: Checked) -> Iterator[Finding]:
    """Values without evidence, and numbers that no citation names. What a reading declares rests on its ambiguity."""
    for declared in checked.model.declared:
        if declared.reading is None and _needs_evidence(declared) and not _has_evidence(declared):
            yield catalogue.UNCITED(declared.place, clause=declared.term.clause)
    source = checked.model.tree.source
    seen: set[int] = set()
    for declared in checked.model.declared:
        if declared.reading is None and id(declared.statement) not in seen:
            seen.add(id(declared.statement))
            yield from _numbers(source, declared)


def _needs_evidence(declared: Declared) -> bool:
    term = declared.term
    match term:
        case Parameter(default=default) | Fact(default=default):
            return default is not None
        case Calendar(hours=hours):
            return isinstance(hours, Hours)
        case Target(promise=promise):
            return not isinstance(promise, Blank | Silent)
        case Scale(levels=levels):
            return not all(level.cites or level.assumes for level in levels)
        case _:
            return term.kind not in _FREE


def _has_evidence(declared: Declared) -> bool:
    if declared.term.cites or declared.term.assumes:
        return True
    if declared.term.kind == "target":
        return False
    return any(inner.kind in {"cite", "assume"} for said in declared.statement.body for inner in said.body)


@frozen
class _Evidence:
    """The texts that may name a number: citations and definitions; with an assumption every number is explained."""

    texts: tuple[str, ...] = ()
    assumed: bool = False

    def and_of(self, statement: Statement, names: frozenset[str] | None = None) -> _Evidence:
        """Together with what a statement and its block say, narrowed to the names of a row and a column."""
        texts, assumed = list(self.texts), self.assumed
        means = statement.line.after("MEANS")
        texts += [text_of(means)] if means else []
        for inner in statement.body:
            supports = {token.text.casefold() for token in inner.line.tokens("WORD")}
            if names is not None and not supports <= names:
                continue
            if inner.kind == "cite":
                texts.append(text_of(inner.line.node("text")))
            assumed = assumed or inner.kind == "assume"
        return _Evidence(tuple(texts), assumed)

    def names(self, number: _Number) -> bool:
        """Whether a number is explained, or named by a text."""
        return self.assumed or any(number.named_in(text) for text in self.texts)


@frozen
class _Number:
    """A number as written, with its unit, or a time of day."""

    token: Token
    unit: str | None

    def named_in(self, text: str) -> bool:
        """Whether a text names this number, as digits, as a word or as a time."""
        if self.token.kind == "TIME":
            return names_time(text, seconds_of(self.token) // _MINUTE)
        value = Decimal(self.token.text)
        return names_number(text, value, self.unit) or names_number(text, value)


def _numbers(source: Source, declared: Declared) -> Iterator[Finding]:
    clause = declared.term.clause
    statement = declared.statement
    missing = [
        *_in_statement(statement, _Evidence()),
        *(number for cells in _cells(statement) for number in cells),
    ]
    for number in missing:
        yield catalogue.NUMBER_NOT_CITED(Place(source, number.token.span), number=number.token.text, clause=clause)


def _in_statement(statement: Statement, around: _Evidence) -> Iterator[_Number]:
    """The numbers of a statement and its block that nothing names; the rows of a table are looked at by cell."""
    evidence_here = around.and_of(statement)
    yield from (number for number in _written(statement.line) if not evidence_here.names(number))
    for inner in statement.body:
        if inner.kind not in _NOT_COUNTED and inner.kind != "row":
            yield from _in_statement(inner, evidence_here)


def _cells(statement: Statement) -> Iterator[Iterable[_Number]]:
    header: tuple[Node, ...] = ()
    for row in (inner for inner in statement.body if inner.kind == "row"):
        name, *cells = row.line.nodes("cell")
        if not name.children:
            header = tuple(cells)
            continue
        for position, cell in enumerate(cells):
            heads = _words(header[position]) if position < len(header) else frozenset[str]()
            evidence_here = _Evidence().and_of(statement, _words(name) | heads)
            yield [number for number in _written(cell) if not evidence_here.names(number)]


def _words(cell: Node) -> frozenset[str]:
    return frozenset(token.text.strip('"').casefold() for token in cell.walk() if isinstance(token, Token))


def _written(node: Node) -> Iterator[_Number]:
    """The numbers and times in a part of a statement; `00:00 to 24:00` only says that days are whole."""
    tokens = [part for part in node.walk() if isinstance(part, Token)]
    for here, token in enumerate(tokens):
        following = tokens[here + 1] if here + 1 < len(tokens) else None
        if token.kind == "TIME" and token.text not in _WHOLE_DAY:
            yield _Number(token, None)
        elif token.kind == "NUMBER":
            yield _Number(token, _unit(following))


def _unit(following: Token | None) -> str | None:
    if following is None or following.kind not in {"UNIT", "PERCENT"}:
        return None
    return "percent" if following.kind == "PERCENT" else f"{UNITS[following.text].removeprefix('calendar ')}s"
