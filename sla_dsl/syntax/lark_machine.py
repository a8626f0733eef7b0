"""The parser library behind one small door: text to tokens, and the tokens of one line to a node.

Only this module imports lark. Making its tables from the grammar takes a few tenths of a second, reading saved ones a
few hundredths.
"""

from __future__ import annotations

import functools
import io
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO, Protocol, cast

import lark
from attrs import frozen
from lark.exceptions import UnexpectedToken

from sla_dsl.resources import folder
from sla_dsl.source import Span
from sla_dsl.syntax import table_cache
from sla_dsl.syntax.tree import Node, Token
from sla_dsl.syntax.vocabulary import Vocabulary, vocabulary

MAX_NESTING = 32
"""Blocks, and brackets or parts within a statement, may be nested this deep (SEMANTICS B)."""


class _Layout:
    """Tells lark which terminals to keep although no rule names them: `layout` and `nesting` use them."""

    always_accept = ("BAD", "COMMENT", "NL", "LBRACE", "RBRACE")

    def process(self, stream: Iterator[lark.Token]) -> Iterator[lark.Token]:
        return stream


# What is used of lark, with the types that lark itself leaves open.


class _Pattern(Protocol):
    def to_regexp(self) -> str: ...


class _Terminal(Protocol):
    name: str
    priority: int
    pattern: _Pattern


class _Branch(Protocol):
    data: str
    children: Sequence[_Branch | _Fed]


class _Session(Protocol):
    def feed_token(self, token: _Fed) -> object: ...
    def feed_eof(self) -> _Branch: ...
    def accepts(self) -> set[str]: ...


class _Parser(Protocol):
    terminals: Sequence[_Terminal]

    def parse_interactive(self) -> _Session: ...
    def save(self, f: BinaryIO, exclude_options: Iterable[str]) -> None: ...


class _Saved(Protocol):
    def load(self, f: BinaryIO) -> _Parser: ...


class _Fed:
    """One of our tokens in the dress that lark's machine asks for."""

    __slots__ = ("token", "type")

    def __init__(self, token: Token) -> None:
        self.type = token.kind
        self.token = token


@functools.cache
def grammar_text() -> str:
    """The grammar as it is written in `grammars/sla.lark`."""
    return (folder("grammars") / "sla.lark").read_text(encoding="utf-8")


@functools.cache
def language_vocabulary() -> Vocabulary:
    """The keywords of the language."""
    return vocabulary(grammar_text())


@functools.cache
def _parser() -> _Parser:
    key = f"{grammar_text()}\n{_Layout.always_accept}\n{lark.__version__}\n{sys.version_info[:2]}"
    saved = table_cache.kept(key)
    if saved is not None:
        return cast("_Saved", lark.Lark).load(io.BytesIO(saved))
    made = made_parser()
    tables = io.BytesIO()
    made.save(tables, exclude_options=("postlex",))
    table_cache.keep(key, tables.getvalue())
    return made


def made_parser(*, strict: bool = False) -> _Parser:
    """The parser made from the grammar; `strict` refuses terminals of which both fit one text (needs `interegular`)."""
    made = lark.Lark(
        grammar_text(), parser="lalr", lexer="basic", postlex=_Layout(), maybe_placeholders=False, strict=strict
    )
    return cast("_Parser", made)


@functools.cache
def _scanner() -> re.Pattern[str]:
    """One expression for all terminals; where two fit, the one of higher priority is first."""
    ranked = sorted(_parser().terminals, key=lambda terminal: -terminal.priority)
    return re.compile("|".join(f"(?P<{terminal.name}>{terminal.pattern.to_regexp()})" for terminal in ranked))


def scan(text: str) -> Iterator[Token]:
    """The tokens of a text, comments and line ends among them, keywords not yet told from names."""
    for match in _scanner().finditer(text):
        kind = match.lastgroup or "BAD"
        if kind != "WS":
            yield Token(kind, match.group(), Span(*match.span()))


@frozen
class Refusal:
    """Where a line cannot be read: `at` tokens will do (all, if it ends too early), one of `accepted` must follow."""

    at: int
    accepted: frozenset[str]


class NestedTooDeep(Exception):
    """A line with more than `MAX_NESTING` parts inside each other."""


def read_line(tokens: Sequence[Token]) -> Node | Refusal:
    """The node of one statement line, keywords told from names.

    Raises:
        NestedTooDeep: its parts are nested deeper than `MAX_NESTING`.
    """
    session = _parser().parse_interactive()
    at = 0
    try:
        for at, token in enumerate(tokens):  # noqa: B007 - the place of the refusal
            session.feed_token(_Fed(token))
        at = len(tokens)
        tree = session.feed_eof()
    except UnexpectedToken:
        return Refusal(at, frozenset(session.accepts()))
    return _node(tree, tokens[0].span.start, MAX_NESTING)


def _node(tree: _Branch, before: int, depth: int) -> Node:
    """A lark tree as our own node; a part without any text stands where the text before it ended."""
    if not depth:
        raise NestedTooDeep
    children: list[Node | Token] = []
    end = before
    for child in tree.children:
        part = child.token if isinstance(child, _Fed) else _node(child, end, depth - 1)
        end = max(end, part.span.end)
        children.append(part)
    start = children[0].span.start if children else end
    return Node(str(tree.data), tuple(children), Span(start, end))
