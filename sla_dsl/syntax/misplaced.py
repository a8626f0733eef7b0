"""Statements that stand in a block they do not belong in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sla_dsl.diagnostics import Finding, Place, catalogue
from sla_dsl.source import Source
from sla_dsl.syntax.placement import EVIDENCE, FILE, allowed_in, homes_of
from sla_dsl.syntax.tree import Statement, Tree


def misplaced(tree: Tree) -> Iterator[Finding]:
    """A finding for every statement that cannot stand where it does.

    Statements that follow each other and belong in the same block have lost its heading together: only the first is
    reported. What stands inside a bad or a misplaced statement is not judged.
    """
    return _in_block(tree.source, FILE, "the file outside of a policy", tree.statements)


def _in_block(source: Source, block: str, name: str, statements: Iterable[Statement]) -> Iterator[Finding]:
    allowed = allowed_in(block)
    common: frozenset[str] = frozenset()
    for statement in statements:
        if statement.is_bad:
            common = frozenset()
            continue
        place = Place(source, statement.tokens[0].span)
        head = "| … |" if statement.kind == "row" else statement.tokens[0].text
        if statement.kind in allowed:
            common = common if statement.kind in EVIDENCE else frozenset()
            yield from _in_block(source, statement.kind, _named(head), statement.body)
        else:
            homes = homes_of(statement.kind)
            if common.isdisjoint(homes):
                yield catalogue.MISPLACED(place, head=head, block=name, advice=_meant(block, head) or _advice(homes))
                common = frozenset(homes)
            common &= frozenset(homes)


def _named(head: str) -> str:
    return f"{'an' if head[0] in 'aeiou' else 'a'} `{head}`"


def _meant(block: str, head: str) -> str | None:
    """Advice where a log has a statement with this head, and the line is that of a policy."""
    if block != "log" or not any(kind.startswith(f"{head}_") for kind in allowed_in(block)):
        return None
    return f'In a `log` it names a column: `{head} from "…"`, or `{head} NAME from "…"`.'


def _advice(homes: tuple[str, ...]) -> str:
    if FILE in homes:
        return "It stands outside of every block."
    ordinary = [home for home in homes if home != "amend"] or homes
    named = dict.fromkeys(_named(home.replace("_", " ")) for home in ordinary)
    return f"It belongs in {' or '.join(list(named)[:4])}."
