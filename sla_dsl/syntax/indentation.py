"""Braces set right by indentation, for a file in which one is missing or too many.

A lost brace would otherwise move every following statement into the wrong block. Indentation says where the author
meant a block to end: a line that stands no further right than the statement that opened the block is outside of it.
"""

from __future__ import annotations

from collections.abc import Iterable

from attrs import define, field

from sla_dsl.diagnostics import Finding, Place, catalogue
from sla_dsl.source import Source, Span
from sla_dsl.syntax.layout import Brace, Line, Remark
from sla_dsl.syntax.nesting import Item, not_closed
from sla_dsl.syntax.placement import allowed_in
from sla_dsl.syntax.reading import ReadLine
from sla_dsl.syntax.tree import Node, Token


@define
class _Open:
    """A block: the column of its heading, that of its statements once known, and its brace unless it was added."""

    column: int
    inner: int | None = None
    brace: Token | None = None


@define
class _Repair:
    source: Source
    items: list[Item] = field(factory=list[Item])
    findings: list[Finding] = field(factory=list[Finding])
    open: list[_Open] = field(factory=lambda: [_Open(column=0, inner=1)])
    column: int = 1

    def take(self, item: Item) -> None:
        """Copies an item, with braces before it, or leaves out a brace, where indentation says so."""
        if isinstance(item, Remark):
            self.items.append(item)
            return
        self.column = item.column or self.column
        if isinstance(item, ReadLine):
            if item.column:
                self._align(item, item.column)
            self.items.append(item)
        elif item.opens:
            self.open.append(_Open(self.column, brace=item.token))
            self.items.append(item)
        else:
            self._close(item)

    def end(self) -> None:
        """Closes what is open at the end of the file."""
        self._close_down_to(1, self.source.end)

    def _align(self, line: ReadLine, column: int) -> None:
        """Before a statement: closes the blocks it stands to the left of, or opens the one it is indented for."""
        outside = next((depth for depth, block in enumerate(self.open) if column <= block.column), len(self.open))
        self._close_down_to(outside, line.line.tokens[0].span)
        block = self.open[-1]
        if block.inner is None:
            block.inner = column
        elif column > block.inner:
            self._open_for(line, block.inner)
            self.open[-1].inner = column

    def _open_for(self, line: ReadLine, heading_column: int) -> None:
        """Opens a block for an indented statement: that of the statement before it, or one without a heading."""
        heading = self._statement_before()
        if heading is None or not _could_hold(heading, line):
            self.findings.append(catalogue.NO_HEADING(Place(self.source, line.line.span)))
            self.items.append(_missing_heading(line.line.tokens[0]))
        elif not heading.is_bad:
            above = Place(self.source, heading.line.span)
            place = Place(self.source, line.line.span)
            related = [(above, "the opening brace is missing here")]
            self.findings.append(catalogue.MISSING_OPENING(place, related=related, head=heading.head))
        self._add("LBRACE", line.line.tokens[0].span)
        self.open.append(_Open(heading_column))

    def _statement_before(self) -> ReadLine | None:
        """The statement right before, if it has no block yet."""
        last = next((item for item in reversed(self.items) if not isinstance(item, Remark)), None)
        return last if isinstance(last, ReadLine) else None

    def _close(self, brace: Brace) -> None:
        """A closing brace closes its block and those that it proves unclosed, or none."""
        depth = len(self.open) - 1
        if brace.column:
            while depth > 1 and brace.column < self.open[depth].column:
                depth -= 1
        if not depth or self._stands_inside(self.open[depth], brace.column):
            self.findings.append(catalogue.STRAY_BRACE(Place(self.source, brace.token.span)))
            return
        self._close_down_to(depth + 1, brace.token.span)
        self.open.pop()
        self.items.append(brace)

    def _stands_inside(self, block: _Open, column: int | None) -> bool:
        """Whether a closing brace stands under the statements of a block, and so is not its end."""
        return column is not None and block.inner is not None and column >= block.inner > block.column

    def _close_down_to(self, depth: int, here: Span) -> None:
        """Closes blocks until so many are open, before a place, and says so once."""
        last = self._last_end()
        closed = self.open[depth:]
        del self.open[depth:]
        for _ in closed:
            self._add("RBRACE", here)
        braces = [block.brace.span for block in closed if block.brace]
        if braces:
            self.findings.append(not_closed(self.source, self._line_after(last, here), braces))

    def _last_end(self) -> int:
        """Where the text of the last statement, brace or comment behind one ends."""
        for item in reversed(self.items):
            if isinstance(item, ReadLine):
                return item.line.span.end
            if isinstance(item, Brace):
                return item.token.span.end
            if item.trailing:
                return item.comment.span.end
        return 0

    def _line_after(self, last: int, here: Span) -> Span:
        """Where a closing brace is missing: at the end of the file, or on the line after the last text before it."""
        line_end = self.source.text.find("\n", last, here.start)
        return here if here == self.source.end or line_end < 0 else Span(line_end + 1, line_end + 1)

    def _add(self, kind: str, here: Span) -> None:
        self.items.append(Brace(Token(kind, "", Span(here.start, here.start)), None))


def _could_hold(heading: ReadLine, line: ReadLine) -> bool:
    return heading.is_bad or line.is_bad or line.node.kind in allowed_in(heading.node.kind)


def _missing_heading(before: Token) -> ReadLine:
    nothing = Token("BAD", "", Span(before.span.start, before.span.start))
    return ReadLine(Line((nothing,), None, blank_before=False), Node("bad", (nothing,), nothing.span))


def repaired(source: Source, items: Iterable[Item]) -> tuple[list[Item], list[Finding]]:
    """The items with braces where indentation says they belong, and what was missing or too much."""
    repair = _Repair(source)
    for item in items:
        repair.take(item)
    repair.end()
    return repair.items, repair.findings
