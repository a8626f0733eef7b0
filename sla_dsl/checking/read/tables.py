"""Tables as a document draws them: rows of cells, the first of which names the row."""

from __future__ import annotations

from attrs import frozen

from sla_dsl.syntax import Node, Statement


@frozen
class Row:
    """A row: its statement and its cells, from left to right."""

    statement: Statement
    cells: tuple[Node, ...]

    @property
    def is_header(self) -> bool:
        """Whether the row names columns: its first cell is empty."""
        return not self.cells[0].children


@frozen
class Grid:
    """The rows of a block, and the header above them where the first row is one."""

    header: Row | None
    rows: tuple[Row, ...]


def grid(statement: Statement) -> Grid:
    """The table in a statement's block. A row without a name further down is no header, and is reported elsewhere."""
    rows = tuple(Row(inner, inner.line.nodes("cell")) for inner in statement.body if inner.kind == "row")
    named = tuple(row for row in rows if not row.is_header)
    return Grid(rows[0] if rows and rows[0].is_header else None, named)


def refs_in(cell: Node) -> tuple[Node, ...]:
    """The references in a cell; none where it is empty or holds something else."""
    refs = cell.node("refs")
    return refs.nodes("ref") if refs else ()
