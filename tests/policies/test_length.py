"""A policy stays readable beside its document: its own rules are shorter than twice the document."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sla_dsl.source import Source
from sla_dsl.syntax import Node, parse
from tests.policies.vendors import VENDORS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla_dsl.syntax import Statement, Token
    from tests.policies.worked import Vendor

NO_RULES = frozenset({"ambiguity", "example"})
"""Doubts about the document and worked tickets come on top of its rules."""

QUOTING = frozenset({"cite", "informative", "out_of_scope", "note", "assume", "accept"})
"""Statements whose texts are quotations from the document or explanations to the reader."""

CALLED = frozenset({"label", "labels"})
EXPLAINED_AFTER = ("BECAUSE", "MEANS")


def rules(statements: tuple[Statement, ...]) -> Iterator[Statement]:
    for statement in statements:
        if statement.kind not in NO_RULES:
            yield statement
            yield from rules(statement.body)


def quoted(statement: Statement) -> set[Token]:
    """The texts of a statement that are no part of its rule."""
    line = statement.line
    texts: list[Node | None]
    if statement.kind in QUOTING:
        texts = [line]
    else:
        labels = [part for part in line.walk() if isinstance(part, Node) and part.kind in CALLED]
        texts = [*labels, *(line.after(word) for word in EXPLAINED_AFTER)]
    inside = (part for text in texts if text is not None for part in text.walk())
    return {part for part in inside if not isinstance(part, Node) and part.kind == "STRING"}


def written(statement: Statement) -> str:
    """A statement without its quotations, with the braces of its block, single spaces between."""
    left_out = quoted(statement)
    words = [token.text for token in statement.tokens if token not in left_out]
    braces = ["{", "}"] if any(inner.kind not in NO_RULES for inner in statement.body) else []
    return " ".join([*words, *braces])


def length_of_rules(vendor: Vendor) -> int:
    tree = parse(Source.read(vendor.file(".sla"))).value
    assert tree is not None
    return len(" ".join(written(statement) for statement in rules(tree.statements)))


def length_of_document(vendor: Vendor) -> int:
    return len(" ".join(vendor.file(".txt").read_text(encoding="utf-8").split()))


@pytest.mark.parametrize("vendor", VENDORS, ids=str)
def test_the_rules_are_shorter_than_twice_the_document(vendor: Vendor) -> None:
    """Characters are counted, every stretch of white space as one.

    Of the document: all of it. Of the policy: every word, sign and brace of its statements, but for

    - `ambiguity` and `example` blocks and comments;
    - texts in quotation marks that quote or explain: those of `cite`, `informative`, `out of scope`, `note`, `assume`
      and `accept`, those after `because` and `means`, and the labels of what is declared.

    Other texts count: promises in `words`, what a support line `covers`, addresses of channels.
    """
    assert length_of_rules(vendor) < 2 * length_of_document(vendor)


def test_what_is_counted() -> None:
    text = (
        'language 1\npolicy p "Label" {\n  # comment\n  source "a.txt"\n'
        '  level p1 "A", "B" means "C" when urgent { cite "D" }\n'
        '  target response for p1: words "soon" { note "E" }\n'
        '  ambiguity x "F?" { reading a "G" }\n}\n'
    )
    tree = parse(Source.of(text)).value
    assert tree is not None
    assert " ".join(written(statement) for statement in rules(tree.statements)) == (
        'language 1 policy p { } source "a.txt" level p1 , means when urgent { } cite '
        'target response for p1 : words "soon" { } note'
    )
