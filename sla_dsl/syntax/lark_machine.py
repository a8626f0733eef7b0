"""The parser tables and the machine that runs on them. The only module that imports lark.

Building the tables takes a few tenths of a second, reading them back about a hundredth. They are kept in the user's own cache
folder, never in a shared one; lark itself sees from grammar, options and versions whether a saved table still fits.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrs import frozen
from lark import Lark
from lark import Token as LarkToken
from lark import Tree as LarkTree
from lark.exceptions import UnexpectedToken
from platformdirs import user_cache_path

from sla_dsl.resources import folder
from sla_dsl.source import Span
from sla_dsl.syntax.tree import Node, Token
from sla_dsl.syntax.vocabulary import Vocabulary, vocabulary

_STRUCTURE = frozenset({"NL", "LBRACE", "RBRACE"})


class Refused(Exception):
    """The machine does not accept a token here; `accepted` names the terminals it would have taken."""

    def __init__(self, accepted: frozenset[str]) -> None:
        super().__init__(", ".join(sorted(accepted)))
        self.accepted = accepted


class _NoLayout:
    """Tells lark that the declared terminals come from elsewhere: `layout` makes them."""

    always_accept = ()

    def process(self, stream: Iterator[LarkToken]) -> Iterator[LarkToken]:
        return stream


@frozen(eq=False)
class _Fed:
    """One of our tokens in the dress that lark's machine asks for."""

    type: str
    token: Token


@functools.cache
def grammar_text() -> str:
    """The grammar as it is written in `grammars/sla.lark`."""
    return (folder("grammars") / "sla.lark").read_text(encoding="utf-8")


@functools.cache
def language_vocabulary() -> Vocabulary:
    """The keywords of the language."""
    return vocabulary(grammar_text())


@functools.cache
def _lark() -> Lark:
    tables = _tables_file()
    return Lark(
        grammar_text(),
        parser="lalr",
        lexer="basic",
        postlex=_NoLayout(),
        maybe_placeholders=False,
        propagate_positions=False,
        cache=str(tables) if tables else False,
    )


def _tables_file() -> Path | None:
    """Where the tables are kept, or none when this user has no private folder to keep them in."""
    try:
        home = user_cache_path("sla_dsl", appauthor=False)
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        owned = not hasattr(os, "getuid") or home.stat().st_uid == os.getuid()
    except OSError:
        return None
    return home / "tables" if owned and os.access(home, os.W_OK) else None


def raw_tokens(text: str) -> list[Token]:
    """The text cut into tokens, keywords not yet told from names; only white space and comments are in none of them."""
    tokens: list[Token] = []
    for token in _lark().lex(text):
        start = token.start_pos or 0
        tokens.append(Token(token.type, str(token), Span(start, start + len(token))))
    return tokens


class Machine:
    """A parse under way, fed token by token, that can forget the statement it is in."""

    def __init__(self) -> None:
        self._parser = _lark().parse_interactive()
        self._stack: Any = self._parser.parser_state
        self._base = 1

    def feed(self, token: Token, *, begins: bool = False) -> None:
        """Takes one token; `begins` says that it is the first of a statement, to which `forget` then goes back.

        Raises:
            Refused: the token cannot stand here.
        """
        fed: Any = _Fed(token.kind, token)
        try:
            self._parser.feed_token(fed)
        except UnexpectedToken:
            raise Refused(frozenset(self._parser.accepts())) from None
        if begins:
            self._base = len(self._stack.state_stack) - 1

    def forget(self) -> None:
        """Drops what was read since the statement began. The stack of values is one shorter than that of states."""
        del self._stack.state_stack[self._base :]
        del self._stack.value_stack[self._base - 1 :]

    def finish(self) -> Node:
        """The tree of all that was fed."""
        return _node(self._parser.feed_eof(), 0)


def _node(tree: LarkTree[Any], before: int) -> Node:
    """A lark tree as our own node; a part without any text stands where the text before it ended."""
    children: list[Node | Token] = []
    end = before
    for child in tree.children:
        part = _node(child, end) if isinstance(child, LarkTree) else child.token
        end = max(end, part.span.end)
        if part.kind not in _STRUCTURE:
            children.append(part)
    start = children[0].span.start if children else end
    return Node(str(tree.data), tuple(children), Span(start, end))
