"""From the parser's nodes to statements: blocks, tokens, comments and blank lines in their places."""

from __future__ import annotations

from bisect import bisect_left

from attrs import define, field

from sla_dsl.source import Source, Span
from sla_dsl.syntax.comments import Remark
from sla_dsl.syntax.tree import Block, Comment, Node, Statement, Token, Tree


@define
class _Builder:
    source: Source
    tokens: list[Token]
    remarks: list[Remark]
    _starts: list[int] = field(factory=list[int])
    _next: int = 0

    def __attrs_post_init__(self) -> None:
        self._starts = [token.span.start for token in self.tokens]

    def tree(self, root: Node) -> Tree:
        """The whole file."""
        statements = self._statements(root)
        return Tree(self.source, statements, self._comments_until(len(self.source.text) + 1))

    def _statements(self, parent: Node) -> tuple[Statement, ...]:
        return tuple(self._statement(node) for node in parent.nodes("statement"))

    def _statement(self, node: Node) -> Statement:
        line, block = self._parts(node)
        before = self._comments_until(line.span.start)
        inner = self._comments_inside(line.span)
        suffix = self._suffix(line.span.end)
        first = (before[0].span if before else line.span).start
        return Statement(
            line=line,
            block=self._block(block) if block else None,
            tokens=self._tokens_of(line.span),
            before=(*before, *inner),
            suffix=suffix,
            blank_before=self._blank_before(first),
            span=line.span,
        )

    def _parts(self, node: Node) -> tuple[Node, Node | None]:
        block = node.node("block")
        line = next(child for child in node.children if child is not block)
        return (Node("bad", (line,), line.span) if isinstance(line, Token) else line), block

    def _block(self, node: Node) -> Block:
        statements = self._statements(node)
        return Block(statements, self._comments_until(node.span.end), node.span)

    def _tokens_of(self, span: Span) -> tuple[Token, ...]:
        first = bisect_left(self._starts, span.start)
        last = bisect_left(self._starts, span.end)
        return tuple(
            token
            for token in self.tokens[first:last]
            if token.text and token.kind not in {"NL", "LBRACE", "RBRACE"}
        )

    def _comments_until(self, offset: int) -> tuple[Comment, ...]:
        taken: list[Comment] = []
        while self._next < len(self.remarks) and self.remarks[self._next].comment.span.start < offset:
            taken.append(self.remarks[self._next].comment)
            self._next += 1
        return tuple(taken)

    def _comments_inside(self, span: Span) -> tuple[Comment, ...]:
        return self._comments_until(span.end)

    def _suffix(self, end: int) -> Comment | None:
        """The comment behind a statement, on the line on which it (or its opening brace) ends."""
        if self._next >= len(self.remarks):
            return None
        remark = self.remarks[self._next]
        between = self.source.text[end : remark.comment.span.start]
        if remark.alone or "\n" in between or "}" in between:
            return None
        self._next += 1
        return remark.comment

    def _blank_before(self, start: int) -> bool:
        line_start = self.source.text.rfind("\n", 0, start) + 1
        above = self.source.text.rfind("\n", 0, max(line_start - 1, 0)) + 1
        return line_start > 0 and not self.source.text[above : line_start - 1].strip()


def build(source: Source, root: Node, tokens: list[Token], remarks: list[Remark]) -> Tree:
    """The syntax tree of a file."""
    return _Builder(source, tokens, remarks).tree(root)
