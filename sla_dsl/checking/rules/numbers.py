"""The numbers, times and dates of a rule stand in what it cites, or are explained (H1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from attrs import frozen

from sla_dsl.checking.rules.checked import Checked
from sla_dsl.checking.words import seconds_of, text_of
from sla_dsl.diagnostics import Finding, Place, catalogue
from sla_dsl.evidence import names_date, names_number, names_time
from sla_dsl.model import Declared
from sla_dsl.policy.names import folded
from sla_dsl.syntax import Node, Statement, Token
from sla_dsl.syntax.vocabulary import UNITS

_NOT_COUNTED = frozenset({"years", "season", "cite", "assume", "note", "reading"})
"""Statements whose own numbers are not values of the document; a season may be named by its months."""

_WHOLE_DAY = ("00:00", "24:00")
_MINUTE = 60
_DAY = 24 * 60 * _MINUTE


def numbers(checked: Checked) -> Iterator[Finding]:
    """Each number that no citation of its statement, row or cell names. What rests on nothing is reported elsewhere."""
    by_statement: dict[Place, list[Declared]] = {}
    for declared in checked.model.declared:
        if declared.reading is None:
            by_statement.setdefault(checked.place(declared.statement), []).append(declared)
    for some in by_statement.values():
        yield from _missing(checked, some)
    for statement in (inner for head in checked.model.tree.statements for inner in head.body):
        if statement.kind == "set":
            for number in _in_statement(statement, _Evidence()):
                yield _not_cited(checked, number, "set")


def _missing(checked: Checked, some: list[Declared]) -> Iterator[Finding]:
    """The numbers of a statement that are not named, each once; they belong to the declaration on their line."""
    first = some[0]
    around = _Evidence()
    if first.statement.kind == "amend":
        around = _Evidence(tuple(c.quote for c in first.term.cites), bool(first.term.assumes))
    told: set[str] = set()
    for number in (*_in_statement(first.statement, around), *_in_cells(first.statement)):
        if number.token.text not in told:
            told.add(number.token.text)
            at = number.token.span.start
            owner = next((d for d in some if d.place.span.start <= at < d.place.span.end), first)
            yield _not_cited(checked, number, owner.term.clause)


def _not_cited(checked: Checked, number: _Number, clause: str) -> Finding:
    return catalogue.NUMBER_NOT_CITED(checked.place(number.token), number=number.token.text, clause=clause)


@frozen
class _Evidence:
    """The texts that may name a number: citations and definitions; with an assumption every number is explained."""

    texts: tuple[str, ...] = ()
    assumed: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is no evidence at all, which is another finding."""
        return not self.texts and not self.assumed

    def and_of(self, statement: Statement, names: frozenset[str] | None = None) -> _Evidence:
        """Together with what a statement and its block say, narrowed to the names of a row and a column."""
        texts, assumed = list(self.texts), self.assumed
        means = statement.line.after("MEANS")
        texts += [text_of(means)] if means else []
        for inner in statement.body:
            supports = {folded(token.text) for token in inner.line.tokens("WORD")}
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
    """A number as written, with its unit; or a time of day, or a date."""

    token: Token
    unit: str | None = None

    def named_in(self, text: str) -> bool:
        """Whether a text names this number, as digits, as a word, as a time or as a date."""
        written = self.token.text
        match self.token.kind:
            case "TIME" if seconds_of(self.token) > _DAY:
                return True  # there is no such time, which is another finding
            case "TIME":
                return names_time(text, seconds_of(self.token) // _MINUTE)
            case "DATE":
                return names_date(text, date.fromisoformat(written))
            case "MONTHDAY":
                years = re.findall(r"\b[0-9]{4}\b", text)
                days = (f"{year}-{written}" for year in ("2000", *years))
                return any(names_date(text, day) for day in map(_day, days) if day is not None)
            case _:
                value = Decimal(written)
                return names_number(text, value, self.unit) or names_number(text, value)


def _in_statement(statement: Statement, around: _Evidence) -> Iterator[_Number]:
    """The numbers of a statement and its block that nothing names; the rows of a table are looked at by cell."""
    here = around.and_of(statement)
    if not here.is_empty and statement.kind not in _NOT_COUNTED:
        yield from (number for number in _written(statement.line) if not here.names(number))
    for inner in statement.body:
        if inner.kind != "row":
            yield from _in_statement(inner, here)


def _in_cells(statement: Statement) -> Iterator[_Number]:
    header: tuple[Node, ...] = ()
    for row in (inner for inner in statement.body if inner.kind == "row"):
        name, *cells = row.line.nodes("cell")
        if not name.children:
            header = tuple(cells)
            continue
        for position, cell in enumerate(cells):
            heads = _words(header[position]) if position < len(header) else frozenset[str]()
            here = _Evidence().and_of(statement, _words(name) | heads).and_of(row)
            if not here.is_empty:
                yield from (number for number in _written(cell) if not here.names(number))


def _words(cell: Node) -> frozenset[str]:
    return frozenset(folded(token.text.strip('"')) for token in cell.walk() if isinstance(token, Token))


def _written(node: Node) -> Iterator[_Number]:
    """The numbers, times and dates in a part of a statement; `00:00 to 24:00` only says that days are whole."""
    tokens = [part for part in node.walk() if isinstance(part, Token)]
    for here, token in enumerate(tokens):
        following = tokens[here + 1] if here + 1 < len(tokens) else None
        if token.kind == "NUMBER":
            yield _Number(token, _unit(following))
        elif (token.kind == "TIME" and token.text not in _WHOLE_DAY) or (
            token.kind in {"DATE", "MONTHDAY"} and _is_date(token)
        ):
            yield _Number(token)


def _unit(following: Token | None) -> str | None:
    if following is None or following.kind not in {"UNIT", "PERCENT"}:
        return None
    return "percent" if following.kind == "PERCENT" else f"{UNITS[following.text].removeprefix('calendar ')}s"


def _is_date(token: Token) -> bool:
    return _day(token.text if token.kind == "DATE" else f"2000-{token.text}") is not None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
