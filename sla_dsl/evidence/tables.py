"""The tables of a document: rows, columns, cells, and which of them are heads.

A table is drawn with `|` (its head stands over a ruler, `---|---`) or with tabs. The head of the latter is its first
row, or all rows at its top whose first cell is blank. The names of the rows stand in the first column, or in as many
columns as are blank in the whole head.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from attrs import frozen

from sla_dsl.evidence.blocks import Block, BlockKind
from sla_dsl.evidence.folding import fold
from sla_dsl.source import Span


@frozen
class Cell:
    """One cell: its text as folded, its place, and its row and column, counted from 0.

    The place is empty where nothing is written.
    """

    text: str
    span: Span
    row: int
    column: int


@frozen(slots=False)
class Table:
    r"""A table. Rows may be of different lengths; `heads` counts its head rows, `stubs` the columns that name rows.

    Example: the table of `a\tb` over `1\tx` has one head, one stub, and the cell `x` in row `1`, column `b`.
    """

    rows: tuple[tuple[Cell, ...], ...]
    heads: int
    stubs: int

    def cells(self, row: str | None = None, column: str | None = None) -> tuple[Cell, ...]:
        """The cells in the rows and columns of these names (none: in all).

        A name is the whole text of a head or its first words (`MTTR` for `MTTR* (Mean Time To Repair)`); a head that
        it fits wholly goes before those it only begins. A row may also be named by its first cells together, a column
        by the heads that stand over one another. With a column, only cells below the head count.
        """
        first = 0 if column is None else self.heads
        rows = range(first, len(self.rows)) if row is None else _named(row, self._row_names, first)
        columns = None if column is None else set(_named(column, self._column_names))
        return tuple(cell for at in rows for cell in self.rows[at] if columns is None or cell.column in columns)

    def is_body(self, cell: Cell) -> bool:
        """Whether a cell stands below the head and beside the names of the rows."""
        return cell.row >= self.heads and cell.column >= self.stubs

    @cached_property
    def _row_names(self) -> list[tuple[str, ...]]:
        """For each row its names. A blank name is that of the row above, where names take several columns."""
        names: list[tuple[str, ...]] = []
        filled = [""] * self.stubs
        for row in self.rows:
            texts = [cell.text for cell in row]
            stubs = [*texts[: self.stubs], *[""] * (self.stubs - len(texts))]
            outermost = next((at for at, text in enumerate(stubs) if text), self.stubs)
            filled = [*filled[:outermost], *stubs[outermost:]]
            together = [_joined(texts[:count]) for count in range(2, 5)]
            names.append((*stubs, *together, _joined(filled)))
        return names

    @cached_property
    def _column_names(self) -> list[tuple[str, ...]]:
        """For each column its names. A blank head is that of its left neighbour, where another head stands below."""
        width = max(map(len, self.rows))
        heads: list[list[str]] = []
        for at, row in enumerate(self.rows[: self.heads]):
            texts = [*(cell.text for cell in row), *[""] * (width - len(row))]
            heads.append(_filled_right(texts) if at < self.heads - 1 else texts)
        return [(*texts, _joined(texts)) for texts in zip(*heads, strict=True)]


def _filled_right(texts: list[str]) -> list[str]:
    filled: list[str] = []
    for text in texts:
        filled.append(text or (filled[-1] if filled else ""))
    return filled


def _joined(texts: Iterable[str]) -> str:
    return " ".join(filter(None, texts))


def _named(name: str, named: list[tuple[str, ...]], first: int = 0) -> list[int]:
    """Which of the named have this name: the whole of it, or, if none has, its beginning."""
    wanted = fold(name).text
    whole = [at for at in range(first, len(named)) if wanted in named[at]]
    return whole or [at for at in range(first, len(named)) if any(_begins(text, wanted) for text in named[at])]


def _begins(text: str, wanted: str) -> bool:
    """Whether a text begins with whole words: `1` does not begin `1.1`, nor `4` `4-hour`."""
    if not wanted or not text.startswith(wanted):
        return False
    return re.match(r"\w|[-.,:][^\W_]", text[len(wanted) :]) is None


def table_of(text: str, block: Block) -> Table:
    """The table that a block of lines draws."""
    bars = block.kind is BlockKind.BAR_TABLE
    lines = [block.lines[0], *block.lines[2:]] if bars else block.lines
    rows = tuple(
        tuple(
            _cell(text, extent, row, column)
            for column, extent in enumerate(_between_bars(text, line) if bars else _between_tabs(text, line))
        )
        for row, line in enumerate(lines)
    )
    heads = 1 if bars else _heads(rows)
    blank = [all(_is_blank(row, column) for row in rows[:heads]) for column in range(max(map(len, rows)))]
    leading = blank.index(False) if False in blank else 0
    return Table(rows, heads, max(1, leading))


def _cell(text: str, extent: Span, row: int, column: int) -> Cell:
    inner = text[extent.start : extent.end]
    trimmed = inner.strip()
    start = extent.start + (len(inner) - len(inner.lstrip()) if trimmed else 0)
    return Cell(fold(trimmed).text, Span(start, start + len(trimmed)), row, column)


def _between_tabs(text: str, line: Span) -> Iterator[Span]:
    start = line.start
    for part in text[line.start : line.end].split("\t"):
        yield Span(start, start + len(part))
        start += len(part) + 1


_BAR = re.compile(r"(?<!\\)\|")


def _between_bars(text: str, line: Span) -> Iterator[Span]:
    start, end = line.start, line.end
    while start < end and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    if text[start : start + 1] == "|":
        start += 1
    if start < end and text[end - 1] == "|" and text[end - 2 : end - 1] != "\\":
        end -= 1
    for bar in _BAR.finditer(text, start, end):
        yield Span(start, bar.start())
        start = bar.end()
    yield Span(start, end)


def _heads(rows: tuple[tuple[Cell, ...], ...]) -> int:
    blank = 0
    while blank < len(rows) and _is_blank(rows[blank], 0):
        blank += 1
    return blank if 0 < blank < len(rows) else 1


def _is_blank(row: tuple[Cell, ...], column: int) -> bool:
    return column >= len(row) or not row[column].text
