"""The proof that a new layout says the same: it is read again and compared before anybody writes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sla_dsl.diagnostics import Outcome
from sla_dsl.errors import SlaError
from sla_dsl.formatting.printing import format_tree
from sla_dsl.source import Source
from sla_dsl.syntax import Statement, Tree, parse


class LayoutChangedMeaning(SlaError):
    """The new layout would be read differently. This is a mistake of the formatter; the file is left as it is."""


def format_source(source: Source) -> Outcome[str]:
    """A file in its canonical layout, or what is wrong with its text: a file that cannot be read is not laid out.

    Raises:
        LayoutChangedMeaning: the new layout, read again, would not give the same statements and comments.

    Example: `format_source(Source.of("language   1"))` holds `language 1` and a line end.
    """
    outcome = parse(source)
    if outcome.value is None or outcome.failed:
        return Outcome(None, outcome.findings)
    text = format_tree(outcome.value)
    if not _same(outcome.value, parse(Source.of(text, name=source.name)).value):
        raise LayoutChangedMeaning(
            f"{source.name} was not laid out, because it would be read differently afterwards. Please report this."
        )
    return Outcome(text, outcome.findings)


def _same(tree: Tree, again: Tree | None) -> bool:
    return again is not None and tree == again and list(_comments(tree)) == list(_comments(again))


def _comments(tree: Tree) -> Iterator[str]:
    """Every comment of a file, in the order of the text."""
    yield from _comments_of(tree.statements)
    yield from (comment.text for comment in tree.closing)


def _comments_of(statements: Iterable[Statement]) -> Iterator[str]:
    for statement in statements:
        yield from (comment.text for comment in statement.before)
        if statement.suffix:
            yield statement.suffix.text
        if block := statement.block:
            yield from _comments_of(block.statements)
            yield from (comment.text for comment in block.closing)
            if block.suffix:
                yield block.suffix.text
