"""The syntax tree: statements in blocks, with their comments and places, and nothing of the parser that made it.

Two trees are equal when they say the same thing: places, blank lines and comments are left out of comparison.
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import field, frozen

from sla_dsl.source import NOWHERE, Source, Span


@frozen
class Token:
    """A word, string, number or sign: its terminal in the grammar, its text as written, its place."""

    kind: str
    text: str
    span: Span = field(eq=False, default=NOWHERE)


@frozen
class Node:
    """A part of a statement: the name of its grammar rule and what it is made of."""

    kind: str
    children: tuple[Node | Token, ...]
    span: Span = field(eq=False, default=NOWHERE)

    def nodes(self, *kinds: str) -> tuple[Node, ...]:
        """The direct parts of the kinds (all parts, if none is named)."""
        return tuple(c for c in self.children if isinstance(c, Node) and (not kinds or c.kind in kinds))

    def node(self, *kinds: str) -> Node | None:
        """The first direct part of the kinds, or none."""
        return next(iter(self.nodes(*kinds)), None)

    def tokens(self, *kinds: str) -> tuple[Token, ...]:
        """The direct tokens of the kinds (all tokens, if none is named)."""
        return tuple(c for c in self.children if isinstance(c, Token) and (not kinds or c.kind in kinds))

    def token(self, *kinds: str) -> Token | None:
        """The first direct token of the kinds, or none."""
        return next(iter(self.tokens(*kinds)), None)

    def has(self, kind: str) -> bool:
        """Whether a keyword or part of this kind stands directly in this node."""
        return any(child.kind == kind for child in self.children)

    def after(self, keyword: str) -> Node | None:
        """The part that directly follows a keyword, for example the condition after `IF`."""
        for here, following in zip(self.children, self.children[1:], strict=False):
            if here.kind == keyword and isinstance(following, Node):
                return following
        return None

    def walk(self) -> Iterator[Node | Token]:
        """This node and everything in it, in the order of the text."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()
            else:
                yield child


@frozen
class Comment:
    """A comment with its `#`, as written; `blank_before` says whether a blank line stands above it."""

    text: str
    span: Span = field(eq=False, default=NOWHERE)
    blank_before: bool = field(eq=False, default=False)


@frozen
class Block:
    """The statements between two braces.

    `closing` are comments after the last of them, `suffix` is one behind the closing brace.
    """

    statements: tuple[Statement, ...]
    closing: tuple[Comment, ...] = field(eq=False, default=())
    suffix: Comment | None = field(eq=False, default=None)
    span: Span = field(eq=False, default=NOWHERE)


@frozen
class Statement:
    """One statement: its line, its block if it has one, and the comments that belong to it.

    `tokens` are those of the line in the order of the text, from which the formatter writes it again. Comments stand
    `before` it, or behind it on its line (`suffix`). A statement that could not be read has the kind `bad`; its block,
    if any, was read all the same.
    """

    line: Node
    block: Block | None = None
    tokens: tuple[Token, ...] = field(eq=False, default=(), repr=False)
    before: tuple[Comment, ...] = field(eq=False, default=())
    suffix: Comment | None = field(eq=False, default=None)
    blank_before: bool = field(eq=False, default=False)
    span: Span = field(eq=False, default=NOWHERE)

    @property
    def kind(self) -> str:
        """The name of the statement's grammar rule, for example `calendar`."""
        return self.line.kind

    @property
    def body(self) -> tuple[Statement, ...]:
        """The statements of its block; none without a block."""
        return self.block.statements if self.block else ()

    @property
    def is_bad(self) -> bool:
        """Whether the statement could not be read."""
        return self.kind == "bad"

    def walk(self) -> Iterator[Statement]:
        """This statement and all those inside it, in the order of the text."""
        yield self
        for inner in self.body:
            yield from inner.walk()


@frozen
class Tree:
    """A whole file: its statements, and the comments after the last of them."""

    source: Source = field(eq=False, repr=lambda source: source.name)
    statements: tuple[Statement, ...]
    closing: tuple[Comment, ...] = field(eq=False, default=())

    def walk(self) -> Iterator[Statement]:
        """Every statement of the file, in the order of the text."""
        for statement in self.statements:
            yield from statement.walk()
