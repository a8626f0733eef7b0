"""What every file begins with, whether it holds a policy, an annex or the mapping of a log."""

from __future__ import annotations

from collections.abc import Iterator

from sla_dsl.diagnostics import Finding, Place, catalogue
from sla_dsl.source import NOWHERE
from sla_dsl.syntax import Statement, Tree

LANGUAGE = 1
"""The version of the language that this package reads."""

HEADS = frozenset({"policy", "annex", "log"})
"""The statements of which a file holds one."""


def language_said(tree: Tree) -> Iterator[Finding]:
    """A file says which version of the language it is written in, and one that is known."""
    said = [s for s in tree.statements if s.kind == "language"]
    if not said:
        start = tree.statements[0].span if tree.statements else NOWHERE
        if not any(s.is_bad for s in tree.statements):
            yield catalogue.LANGUAGE_VERSION(
                Place(tree.source, start), problem="the file does not say its language version"
            )
        return
    number = said[0].line.tokens("NUMBER")[0]
    if number.text != str(LANGUAGE):
        yield catalogue.LANGUAGE_VERSION(
            Place(tree.source, number.span), problem=f"language {number.text} is not known to this version of sla_dsl"
        )


def several(tree: Tree, head: Statement) -> Iterator[Finding]:
    """A file holds one policy, one annex or one log."""
    for other in tree.statements:
        if other is not head and other.kind in HEADS:
            yield catalogue.SEVERAL_POLICIES(Place(tree.source, other.line.span))
