"""Answers by codes: each different combination is asked once, all rows that have it share the answer."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Codes = NDArray[np.integer]
    Answers = NDArray[np.int32]

_UNASKED = -(2**31)
_MOST_CELLS = 1 << 22
"""With more cells than that a table would be mostly empty; then combinations are kept one by one."""


class Grid:
    """Remembers what came out for each combination of codes, none of which is negative.

    `ask` is called with a combination and the number of a row that has it. The table grows with the codes.
    """

    def __init__(self, ask: Callable[[tuple[int, ...], int], int]) -> None:
        self._ask = ask
        self._known: dict[tuple[int, ...], int] = {}
        self._cells: Answers = np.empty(0, np.int32)

    def __call__(self, *codes: Codes) -> Answers:
        """Return the answer for each row."""
        if not len(codes[0]):
            return np.empty(0, np.int32)
        if not self._fits(codes):
            return self._one_by_one(codes)
        found = self._cells[codes]
        unasked = np.flatnonzero(found == _UNASKED)
        if len(unasked):
            for combination in self._asked(codes, unasked):
                self._cells[combination] = self._known[combination]
            found = self._cells[codes]
        return found

    def _fits(self, codes: tuple[Codes, ...]) -> bool:
        """Return whether there is a table that has these codes; it is made larger if need be and not too large."""
        needed = tuple(int(one.max()) + 1 for one in codes)
        shape = self._cells.shape
        if len(shape) == len(needed) and all(one <= other for one, other in zip(needed, shape, strict=True)):
            return True
        if len(shape) != len(needed):
            shape = (0,) * len(needed)
        larger = tuple(old if old >= new else max(new, 2 * old) for old, new in zip(shape, needed, strict=True))
        if prod(larger) > _MOST_CELLS:
            return False
        cells = np.full(larger, _UNASKED, np.int32)
        for combination, answer in self._known.items():
            if all(code < size for code, size in zip(combination, larger, strict=True)):
                cells[combination] = answer
        self._cells = cells
        return True

    def _asked(self, codes: tuple[Codes, ...], rows: NDArray[np.intp]) -> list[tuple[int, ...]]:
        """Ask for the combinations of some rows; return them."""
        some = [one[rows] for one in codes]
        if self._cells.ndim == len(codes) and self._fits(codes):
            _, first = np.unique(np.ravel_multi_index(some, self._cells.shape), return_index=True)
            some, rows = [one[first] for one in some], rows[first]
        examples = dict(zip(zip(*(one.tolist() for one in some), strict=True), rows.tolist(), strict=True))
        for combination, row in examples.items():
            if combination not in self._known:
                self._known[combination] = self._ask(combination, row)
        return [*examples]

    def _one_by_one(self, codes: tuple[Codes, ...]) -> Answers:
        self._asked(codes, np.arange(len(codes[0])))
        known = self._known
        rows = zip(*(one.tolist() for one in codes), strict=True)
        return np.fromiter((known[row] for row in rows), np.int32, len(codes[0]))
