"""Matrices without gaps (R2)."""

from __future__ import annotations

from collections.abc import Iterator

from sla_dsl.checking.rules.checked import Checked
from sla_dsl.diagnostics import Finding, catalogue
from sla_dsl.policy.terms.classification import Matrix, Scale


def matrices(checked: Checked) -> Iterator[Finding]:
    """Every pair of levels has a cell, be it `none`."""
    scales = {d.term.id: d.term for d in checked.declared("scale") if isinstance(d.term, Scale)}
    for declared in checked.declared("matrix"):
        matrix = declared.term
        if (
            not isinstance(matrix, Matrix)
            or matrix.rows not in scales
            or matrix.columns not in scales
            or not matrix.cells
        ):
            continue
        have = {(cell.row, cell.column) for cell in matrix.cells}
        want = [(row.id, column.id) for row in scales[matrix.rows].levels for column in scales[matrix.columns].levels]
        missing = [f"{row} and {column}" for row, column in want if (row, column) not in have]
        if missing:
            yield catalogue.MATRIX_GAP(declared.place, gives=matrix.id, pairs=", ".join(missing))
