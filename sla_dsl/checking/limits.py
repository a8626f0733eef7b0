"""Declared limits (SEMANTICS B): what goes beyond them is reported and not read further."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from sla_dsl.diagnostics import Finding, Place, catalogue
from sla_dsl.source import Source, Span
from sla_dsl.syntax import Node, Statement, Token, Tree

MAX_DIGITS = 12
"""A number may have so many digits, with those behind the point."""

MAX_CELLS = 5_000
"""A table may have so many cells, with those that name its rows and columns."""


def within_limits(tree: Tree) -> tuple[Tree, tuple[Finding, ...]]:
    """The tree with every statement that goes beyond a limit taken as one that could not be read, and the findings.

    Example: `within 9999999999999 hours` is such a statement.
    """
    findings = tuple(_beyond(tree.source, tree.statements))
    if not findings:
        return tree, ()
    places = {finding.place.span for finding in findings}
    return evolve(tree, statements=tuple(_without(statement, places) for statement in tree.statements)), findings


def _beyond(source: Source, statements: tuple[Statement, ...]) -> Iterator[Finding]:
    for statement in statements:
        for token in statement.tokens:
            if token.kind == "NUMBER" and sum(map(str.isdigit, token.text)) > MAX_DIGITS:
                yield catalogue.NUMBER_TOO_LONG(Place(source, token.span), limit=MAX_DIGITS)
        cells = sum(len(inner.line.nodes("cell")) for inner in statement.body if inner.kind == "row")
        if cells > MAX_CELLS:
            yield catalogue.TABLE_TOO_LARGE(Place(source, statement.line.span), found=cells, limit=MAX_CELLS)
        else:
            yield from _beyond(source, statement.body)


def _without(statement: Statement, places: set[Span]) -> Statement:
    if statement.line.span in places or any(token.span in places for token in statement.tokens):
        text = Token("BAD", " ".join(token.text for token in statement.tokens), statement.span)
        return evolve(statement, line=Node("bad", (text,), statement.line.span), block=None)
    if statement.block is None:
        return statement
    inside = tuple(_without(inner, places) for inner in statement.body)
    return evolve(statement, block=evolve(statement.block, statements=inside))
