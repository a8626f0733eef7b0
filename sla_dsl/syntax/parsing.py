"""Text to tree: the phase that cannot fail.

Whatever is wrong is reported, and the statements that are right are kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from sla_dsl.diagnostics import Finding, Outcome, Place, catalogue
from sla_dsl.source import Source
from sla_dsl.syntax.hidden import hidden_characters
from sla_dsl.syntax.indentation import repaired
from sla_dsl.syntax.language import language_vocabulary
from sla_dsl.syntax.layout import Brace, Line, Remark, lay_out
from sla_dsl.syntax.machine import MAX_NESTING, scan
from sla_dsl.syntax.misplaced import misplaced
from sla_dsl.syntax.nesting import Item, nest
from sla_dsl.syntax.reading import MOST_FINDINGS, Reader
from sla_dsl.syntax.tree import Tree

MAX_TOKENS = 50_000
"""A file has at most so many words and signs (SEMANTICS B); the longest contracts known need a fifth of that."""


def parse(source: Source) -> Outcome[Tree]:
    """The tree of a `.sla` text, with every syntax error in it.

    A damaged statement becomes one `bad` statement and one finding; everything around it is read as usual. There is no
    tree of a file that is too long or too deep.

    Example: `parse(Source.of("language 1")).value.statements[0].kind == "language"`.
    """
    raw = list(islice(scan(source.text), MAX_TOKENS + 1))
    if len(raw) > MAX_TOKENS:
        return Outcome(None, (catalogue.TOO_LONG(Place(source, raw[-1].span), limit=MAX_TOKENS),))
    laid_out = lay_out(source.text, raw, language_vocabulary())
    if deep := _too_deep(laid_out):
        return Outcome(None, (catalogue.TOO_DEEP(Place(source, deep.token.span), limit=MAX_NESTING),))
    reader = Reader(source)
    items = [reader.read(item) if isinstance(item, Line) else item for item in laid_out]
    tree, complaints = _nested(source, items)
    return Outcome(tree, _listed([*hidden_characters(source), *reader.findings, *complaints]))


def _nested(source: Source, items: list[Item]) -> tuple[Tree, list[Finding]]:
    """The statements nested by their braces, as written or set right by indentation: what leaves fewer complaints."""
    as_written, braces = nest(source, items)
    complaints = _judged(as_written, braces)
    if not complaints:
        return as_written, []
    mended, mends = repaired(source, items)
    if _too_deep(mended):
        return as_written, complaints
    by_indentation = nest(source, mended)[0]
    fewer = _judged(by_indentation, mends)
    better = len(fewer) <= len(complaints) if braces else len(fewer) < len(complaints)
    return (by_indentation, fewer) if better else (as_written, complaints)


def _judged(tree: Tree, braces: list[Finding]) -> list[Finding]:
    return [*braces, *islice(misplaced(tree), MOST_FINDINGS + 1)]


def _too_deep(items: Iterable[Line | Brace | Remark] | Iterable[Item]) -> Brace | None:
    """The brace that opens a block inside too many others."""
    depth = 0
    for item in items:
        if isinstance(item, Brace):
            depth = depth + 1 if item.opens else max(0, depth - 1)
            if depth > MAX_NESTING:
                return item
    return None


def _listed(findings: list[Finding]) -> tuple[Finding, ...]:
    """The findings in the order of the text, and no more than a person can read."""
    ordered = sorted(findings, key=lambda finding: finding.place.sort_key())
    if len(ordered) <= MOST_FINDINGS:
        return tuple(ordered)
    rest = ordered[MOST_FINDINGS].place
    return (*ordered[:MOST_FINDINGS], catalogue.TOO_MANY(rest, limit=MOST_FINDINGS))
