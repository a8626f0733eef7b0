"""Text to tree: the phase that cannot fail. Whatever is wrong is reported, and the statements that are right are kept."""

from __future__ import annotations

import unicodedata

from sla_dsl.diagnostics import Finding, Outcome, Place, catalogue
from sla_dsl.source import Source, Span
from sla_dsl.syntax.braces import balanced, repaired
from sla_dsl.syntax.building import build
from sla_dsl.syntax.comments import remarks
from sla_dsl.syntax.lark_machine import language_vocabulary, raw_tokens
from sla_dsl.syntax.layout import lay_out
from sla_dsl.syntax.misplaced import misplaced
from sla_dsl.syntax.recovery import read
from sla_dsl.syntax.tree import Token, Tree

MAX_NESTING = 32
"""Blocks and brackets may be nested this deep (SEMANTICS B)."""

_OPENING, _CLOSING = frozenset({"LBRACE", "LPAR"}), frozenset({"RBRACE", "RPAR"})


def parse(source: Source) -> Outcome[Tree]:
    """The tree of a `.sla` text, with every syntax error in it.

    A damaged statement becomes one `bad` statement and one finding; everything around it is read as usual.

    Example: `parse(Source.of("language 1")).value.statements[0].kind == "language"`.
    """
    raw = raw_tokens(source.text)
    tokens = lay_out(raw, language_vocabulary())
    too_deep = _too_deep(source, tokens)
    if too_deep:
        return Outcome(None, (too_deep,))
    tree, findings = _best(source, tokens, raw)
    return Outcome(tree, (*_hidden_characters(source), *findings))


def _best(source: Source, tokens: list[Token], raw: list[Token]) -> tuple[Tree, list[Finding]]:
    """The text as written, or with its braces set right by indentation: whichever leaves fewer complaints."""
    as_written = _attempt(source, tokens, raw, [])
    if not as_written[1] and balanced(tokens):
        return as_written
    mended, complaints = repaired(source, tokens)
    by_indentation = _attempt(source, mended, raw, complaints)
    return by_indentation if len(by_indentation[1]) < len(as_written[1]) else as_written


def _attempt(
    source: Source, tokens: list[Token], raw: list[Token], complaints: list[Finding]
) -> tuple[Tree, list[Finding]]:
    root, findings = read(source, tokens)
    tree = build(source, root, tokens, remarks(source.text, raw))
    found = [*complaints, *findings, *misplaced(tree)]
    if not found and not balanced(tokens):
        opened = _unclosed(tokens)
        found.append(catalogue.OPEN_BLOCK(Place(source, opened.span)))
    return tree, sorted(found, key=lambda finding: finding.place.sort_key())


def _unclosed(tokens: list[Token]) -> Token:
    """The innermost brace that is still open at the end."""
    stack: list[Token] = []
    for token in tokens:
        if token.kind == "LBRACE":
            stack.append(token)
        elif token.kind == "RBRACE" and stack:
            stack.pop()
    return stack[-1] if stack else tokens[-1]


def _too_deep(source: Source, tokens: list[Token]) -> Finding | None:
    depth = 0
    for token in tokens:
        depth = max(0, depth + (token.kind in _OPENING) - (token.kind in _CLOSING))
        if depth > MAX_NESTING:
            return catalogue.TOO_DEEP(Place(source, token.span), limit=MAX_NESTING)
    return None


def _hidden_characters(source: Source) -> list[Finding]:
    """Characters that change how a line is shown but not what it says."""
    return [
        catalogue.HIDDEN_CHARACTER(
            Place(source, Span(at, at + 1)), character=unicodedata.name(character, f"U+{ord(character):04X}")
        )
        for at, character in enumerate(source.text)
        if character > "\x7f"
        and unicodedata.category(character) in {"Cf", "Cc"}
        and character not in "\u00ad\u200d"
    ]
