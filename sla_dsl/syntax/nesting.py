"""From a row of lines, braces and comments to statements inside statements, each with its comments."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import define, field

from sla_dsl.diagnostics import Finding, Place, catalogue
from sla_dsl.source import NOWHERE, Source, Span
from sla_dsl.syntax.layout import Brace, Remark
from sla_dsl.syntax.reading import ReadLine
from sla_dsl.syntax.tree import Block, Comment, Statement, Tree

Item = ReadLine | Brace | Remark
"""What a file is made of, in the order of its text."""


@define
class _Growing:
    """A statement while its block is being read."""

    read: ReadLine
    before: tuple[Comment, ...]
    suffix: Comment | None = None
    block: _GrowingBlock | None = None

    def take(self, comment: Comment) -> None:
        """A comment behind the statement, or behind its block once that is closed."""
        if self.block and self.block.closed:
            self.block.suffix = comment
        else:
            self.suffix = comment

    def statement(self) -> Statement:
        line = self.read.line
        return Statement(
            line=self.read.node,
            block=self.block.block() if self.block else None,
            tokens=line.tokens,
            before=self.before,
            suffix=self.suffix,
            blank_before=line.blank_before,
            span=line.span,
        )


@define
class _GrowingBlock:
    """A block, or the file, while it is being read; `waiting` are comments for the next statement."""

    span: Span
    owner: _Growing | None = None
    statements: list[_Growing] = field(factory=list[_Growing])
    waiting: list[Comment] = field(factory=list[Comment])
    suffix: Comment | None = None
    closed: bool = False

    def block(self) -> Block:
        statements = tuple(growing.statement() for growing in self.statements)
        return Block(statements, tuple(self.waiting), self.suffix, self.span)


@define
class _Nest:
    source: Source
    open: list[_GrowingBlock]
    complaints: list[Finding] = field(factory=list[Finding])
    beside: _Growing | None = None

    def take(self, item: Item) -> None:
        """Puts one item into the block that is open."""
        if isinstance(item, ReadLine):
            self.beside = _Growing(item, tuple(self.open[-1].waiting))
            self.open[-1].waiting.clear()
            self.open[-1].statements.append(self.beside)
        elif isinstance(item, Remark):
            self._comment(item)
        elif item.opens:
            self._open(item)
        else:
            self._close(item)

    def _comment(self, remark: Remark) -> None:
        """A comment behind something belongs to it, any other to what follows."""
        if remark.trailing and self.beside:
            self.beside.take(remark.comment)
        else:
            self.open[-1].waiting.append(remark.comment)
        self.beside = None

    def _open(self, brace: Brace) -> None:
        owner = self.open[-1].statements[-1]
        owner.block = _GrowingBlock(brace.token.span, owner)
        self.open.append(owner.block)

    def _close(self, brace: Brace) -> None:
        if len(self.open) == 1:
            self.complaints.append(catalogue.STRAY_BRACE(Place(self.source, brace.token.span)))
            self.beside = None
            return
        block = self.open.pop()
        block.span = block.span.to(brace.token.span)
        block.closed = True
        self.beside = block.owner

    def close_all(self) -> None:
        """At the end of the file: closes what is still open, and says so once."""
        unclosed = [block for block in self.open if block.owner]
        if unclosed:
            self.complaints.append(not_closed(self.source, self.source.end, [block.span for block in unclosed]))


def not_closed(source: Source, here: Span, braces: Iterable[Span]) -> Finding:
    """The finding for blocks that should have been closed before a place; `braces` are those that open them."""
    opened = [(Place(source, brace), "the block opened here") for brace in braces]
    return catalogue.OPEN_BLOCK(Place(source, here), related=opened)


def nest(source: Source, items: Iterable[Item]) -> tuple[Tree, list[Finding]]:
    """The tree of a file as its braces say, and what is wrong with them."""
    file = _GrowingBlock(NOWHERE)
    nesting = _Nest(source, [file])
    for item in items:
        nesting.take(item)
    nesting.close_all()
    whole = file.block()
    return Tree(source, whole.statements, whole.closing), nesting.complaints
