"""Table rows under each other: every column as wide as its widest cell on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from rich.cells import cell_len

from sla_dsl.formatting.lines import spaced
from sla_dsl.syntax.tree import Statement, Token


def aligned(rows: Sequence[Statement]) -> list[str]:
    """The lines of consecutive rows, not indented.

    Example: `|    | gold |` and `| p1 |      |`.
    """
    cells = [[spaced(cell) for cell in _cells(row.tokens)] for row in rows]
    widths = [max(map(cell_len, column)) for column in zip_longest(*cells, fillvalue="")]
    return [_line(row, widths) for row in cells]


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=False))
    return f"| {' | '.join(padded)} |"


def _cells(tokens: Sequence[Token]) -> list[list[Token]]:
    """The tokens between one bar and the next."""
    cells: list[list[Token]] = []
    for token in tokens:
        if token.kind == "BAR":
            cells.append([])
        else:
            cells[-1].append(token)
    return cells[:-1]
