"""Statements that stand in a block they do not belong in, and words that are reserved for later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sla_dsl.diagnostics import Finding, Place, catalogue
from sla_dsl.source import Source
from sla_dsl.syntax.placement import FILE, allowed_in, homes_of
from sla_dsl.syntax.tree import Statement, Tree

_WITHIN_BAD = "bad"


def misplaced(tree: Tree) -> Iterator[Finding]:
    """A finding for every statement that cannot stand where it does. What is inside a bad statement is not judged."""
    return _in_block(tree.source, FILE, tree.statements)


def _in_block(source: Source, block: str, statements: Iterable[Statement]) -> Iterator[Finding]:
    allowed = allowed_in(block)
    for statement in statements:
        head = statement.tokens[0].text if statement.tokens else ""
        place = Place(source, statement.tokens[0].span if statement.tokens else statement.span)
        if statement.kind == "reserved":
            yield catalogue.RESERVED(place, head=head)
        elif block != _WITHIN_BAD and not statement.is_bad and statement.kind not in allowed:
            yield catalogue.MISPLACED(place, head=head, block=_named(block), advice=_advice(statement.kind))
        yield from _in_block(source, statement.kind, statement.body)


def _named(block: str) -> str:
    if block == FILE:
        return "the file outside of a policy"
    words = block.replace("_", " ")
    return f"{'an' if words[0] in 'aeiou' else 'a'} `{words}`"


def _advice(kind: str) -> str:
    homes = homes_of(kind)
    if not homes:
        return "Remove it."
    return f"It belongs in {' or '.join(_named(home) for home in homes[:4])}."
