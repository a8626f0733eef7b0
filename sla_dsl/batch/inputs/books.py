"""The values that a log says under a key, each with a code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sla_dsl.batch.chunk import NOTHING, Coded

if TYPE_CHECKING:
    from sla_dsl.batch.typed import Codes

_FEW = 256


class Book:
    """Values in the order in which they came. `true` and `1` are two.

    >>> book = Book()
    >>> book.code("p1"), book.code("p2"), book.code("p1")
    (0, 1, 0)
    """

    def __init__(self) -> None:
        self._values: list[object] = []
        self._codes: dict[tuple[type, object], int] = {}

    def code(self, value: object) -> int:
        """Return the code of a value."""
        known = (type(value), value)
        code = self._codes.get(known)
        if code is None:
            code = self._codes[known] = len(self._values)
            self._values.append(value)
        return code

    def coded(self, codes: Codes) -> Coded:
        """Return a column of this book's codes; of a long book only the values that are said."""
        if len(self._values) <= _FEW:
            return Coded(tuple(self._values), codes)
        said, places = np.unique(codes, return_inverse=True)
        shift = int(len(said) > 0 and said[0] == NOTHING)
        values = tuple(self._values[code] for code in said[shift:])
        return Coded(values, (places - shift).astype(np.int32))
