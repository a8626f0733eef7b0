"""The canonical layout: one rule for all statements, made from the words of each.

Blocks are indented by two; a block that holds one short statement stays on one line if it was written so. One blank
line is kept where there were any, none at the ends of a block.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from attrs import define, field
from rich.cells import cell_len

from sla_dsl.formatting.lines import WIDTH, broken, spaced
from sla_dsl.formatting.tables import aligned
from sla_dsl.source import Source
from sla_dsl.syntax import Comment, Statement, Tree

_INDENT = 2


def format_tree(tree: Tree) -> str:
    """The text of a tree in its canonical layout. The tree holds no bad statement.

    Example: the tree of `language   1` gives `language 1` and a line end.
    """
    page = _Page(tree.source)
    page.block(tree.statements, tree.closing, 0)
    return "".join(f"{line}\n" for line in page.lines)


@define
class _Page:
    source: Source
    lines: list[str] = field(factory=list[str])

    def block(self, statements: Sequence[Statement], closing: Iterable[Comment], indent: int) -> None:
        """Writes what stands in a block, or in the file."""
        first = len(self.lines)
        for is_row, group in groupby(statements, key=lambda statement: statement.kind == "row"):
            run = list(group)
            rows = aligned(run) if is_row else [None] * len(run)
            for statement, row in zip(run, rows, strict=True):
                self._statement(statement, row, indent, first)
        for comment in closing:
            self._comment(comment, indent, first)

    def _statement(self, statement: Statement, row: str | None, indent: int, first: int) -> None:
        for comment in statement.before:
            self._comment(comment, indent, first)
        if statement.blank_before:
            self._blank(first)
        if row is not None:
            self.lines.append(" " * indent + row)
        elif one_line := self._on_one_line(statement, indent):
            self.lines.append(one_line)
            self._behind(statement.block.suffix if statement.block else None)
            return
        else:
            self.lines += broken(statement.tokens, indent, reserved=len(" {") if statement.block else 0)
        self._rest(statement, indent)

    def _rest(self, statement: Statement, indent: int) -> None:
        """What follows the line of a statement: its comment, and its block."""
        block = statement.block
        if block:
            self.lines[-1] += " {"
        self._behind(statement.suffix)
        if block:
            self.block(block.statements, block.closing, indent + _INDENT)
            self.lines.append(" " * indent + "}")
            self._behind(block.suffix)

    def _on_one_line(self, statement: Statement, indent: int) -> str | None:
        """A statement with a block that was written on one line and is short enough to stay there."""
        block = statement.block
        if not block or statement.suffix or "\n" in self.source.slice(block.span):
            return None
        inside = [spaced(inner.tokens) for inner in block.statements if inner.kind != "row" and not inner.block]
        if len(inside) != len(block.statements) or len(inside) > 1:
            return None
        line = " ".join([" " * indent + spaced(statement.tokens), "{", *inside, "}"])
        return line if cell_len(line) <= WIDTH else None

    def _comment(self, comment: Comment, indent: int, first: int) -> None:
        if comment.blank_before:
            self._blank(first)
        self.lines.append(" " * indent + comment.text)

    def _blank(self, first: int) -> None:
        """Keeps one blank line, but none at the beginning of a block."""
        if len(self.lines) > first:
            self.lines.append("")

    def _behind(self, comment: Comment | None) -> None:
        if comment:
            self.lines[-1] += f"  {comment.text}"
