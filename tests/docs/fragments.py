"""A piece of a policy, as the pages show it, put into the policy of Brightwater so that it can be checked and asked.

What the piece declares takes the place of what Brightwater declares under the same name. A piece without evidence gets
an assumption, because most pages are about other things than evidence.
"""

from __future__ import annotations

import re
from functools import cache

from sla_dsl.source import Source, Span
from sla_dsl.syntax import Statement, Tree, parse
from tests.docs.pages import DOCS

EXAMPLES = DOCS / "examples"
HOST = EXAMPLES / "brightwater.sla"

EXPECTED_OF_PIECES = frozenset(
    {"SLA203", "SLA402", "SLA403", "SLA409", "SLA410", "SLA420", "SLA510", "SLA608", "SLA708"}
)
"""Findings that say only that something is missing around a piece: a use, a target, a year, a sentence."""

_ALONE = frozenset({"lifecycle", "created", "timezone", "carries_targets"})
_CLOCKED = frozenset({"targets", "target", "cascade"})
_ON_TOP = frozenset(
    "service contingency duty exclusion objective support_line maintenance reference term no_promise".split()
)
_OF_CLOCKS = _CLOCKED | {"clock", "ambiguity"}
_BEARS_NO_EVIDENCE = frozenset(
    "party event events created source note informative out_of_scope accept example ambiguity carries_targets".split()
)


def is_complete(text: str) -> bool:
    """Whether an example is a file of its own."""
    return text.lstrip().startswith("language ")


def composed(piece: str, *, whole: bool = False) -> str:
    """The policy of Brightwater with a piece in it; unless `whole`, without what the piece does not speak of."""
    host = _host()
    policy = host.statements[1]
    added = tree_of(f"policy piece {{\n{piece}}}\n").statements[0].body
    replaced = {key for statement in added for key in _keys(statement)}
    kept = [s for s in policy.body if s.kind != "example" and not replaced & set(_keys(s))]
    around = kept if whole else _spoken_of(kept, piece, host.source)
    lines = [_assumed(host.source.slice(_whole(s)), s.kind) for s in around]
    lines += [_supported(s, piece) for s in added]
    heading = host.source.slice(policy.line.span)
    return "language 1\n{} {{\n{}\n}}\n".format(heading, "\n".join(lines))


@cache
def _host() -> Tree:
    return tree_of(HOST.read_text(encoding="utf-8"))


def _spoken_of(statements: list[Statement], piece: str, source: Source) -> list[Statement]:
    """Without services, duties and the like that nothing names: they only cost time.

    A piece with a clock of its own needs no others either.
    """
    on_top = _ON_TOP | _OF_CLOCKS if re.search(r"^clock ", piece, re.MULTILINE) else _ON_TOP
    kept = [s for s in statements if s.kind not in on_top]
    waiting = [s for s in statements if s.kind in on_top]
    words = set(_names_in(piece))
    while found := [s for s in waiting if words & {name for _, name in _keys(s)}]:
        kept += found
        waiting = [s for s in waiting if s not in found]
        words |= {word for s in found for word in _names_in(source.slice(_whole(s)))}
    return kept


def _names_in(text: str) -> list[str]:
    """The words of a text that may be names: none inside quotation marks."""
    return re.findall(r"\w+", re.sub(r'"[^"\n]*"', "", text))


def _assumed(text: str, kind: str) -> str:
    """A declaration with its citations made assumptions: they need not be looked up for every piece."""
    return text if kind == "ambiguity" else re.sub(r"(^\s*|\{ )cite ", r"\1assume ", text, flags=re.MULTILINE)


def tree_of(text: str) -> Tree:
    """The tree of a text that can be read."""
    outcome = parse(Source.of(text))
    assert outcome.value is not None
    return outcome.value


def _keys(statement: Statement) -> list[tuple[str, str]]:
    """The names under which a statement declares something: kind and name, or the clock whose targets it gives."""
    line = statement.line
    if statement.kind in _ALONE:
        return [(statement.kind, "")]
    if statement.kind in _CLOCKED:
        name = line.node("name", "ref")
        return [("targets of", clock) for clock in ([_text(name)] if name else _clocks_in_header(statement))]
    if statement.kind == "source":
        return [(statement.kind, line.tokens("STRING")[0].text)]
    kind = {"attribute": "scale", "contingency": "service"}.get(statement.kind, statement.kind)
    if kind == "matrix":
        return [(kind, _text(line.nodes("ref")[-1]))]
    name = line.node("name")
    return [(kind, _text(name))] if name else []


def _clocks_in_header(statement: Statement) -> list[str]:
    header = next(inner for inner in statement.body if inner.kind == "row")
    return [_text(cell) for cell in header.line.nodes("cell")[1:]]


def _text(part: object) -> str:
    return next(token.text for token in part.walk() if hasattr(token, "text"))  # type: ignore[attr-defined]


def _whole(statement: Statement) -> Span:
    """A statement with its block."""
    return statement.span.to(statement.block.span) if statement.block else statement.span


def _supported(statement: Statement, piece: str) -> str:
    offset = len("policy piece {\n")
    start, end = statement.span.start - offset, _whole(statement).end - offset
    text = piece[start:end]
    if statement.kind in _BEARS_NO_EVIDENCE or any(s.kind in {"cite", "assume"} for s in statement.body):
        return text
    line_end = statement.line.span.end - offset
    if statement.block is None:
        return f'{piece[start:line_end]} {{ assume "An example of the documentation." }}'
    inside = statement.block.span.start - offset + 1
    return f'{piece[start:inside]}\nassume "An example of the documentation."\n{piece[inside:end]}'
