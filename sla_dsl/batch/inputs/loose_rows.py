"""Rows that come one by one with names of their own, as batches of texts: what JSON Lines and XES have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from sla_dsl.batch.inputs.errors import NoSuchColumn
from sla_dsl.batch.inputs.source import Raw

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_ROWS = 1 << 14


class LooseRows:
    """Gathers rows into batches with the columns that are wanted; a name that a row does not have is missing there."""

    def __init__(self, columns: Sequence[str]) -> None:
        self._columns = columns
        self._texts: dict[str, list[str | None]] = {name: [] for name in columns}
        self._numbers: list[int] = []
        self._names = dict[str, None]()

    def add(self, number: int, row: Mapping[str, str | None]) -> None:
        """Take a row."""
        self._numbers.append(number)
        for name, texts in self._texts.items():
            texts.append(row.get(name))
        if not self._names.keys() >= row.keys():
            self._names.update(dict.fromkeys(row))

    @property
    def full(self) -> bool:
        """Whether there are enough rows for a batch."""
        return len(self._numbers) >= _ROWS

    def batch(self) -> Raw:
        """Return the rows that were gathered, and begin anew."""
        raw = Raw(
            {name: pa.array(texts, pa.string()) for name, texts in self._texts.items()},
            np.array(self._numbers, np.int64),
        )
        self._texts = {name: [] for name in self._columns}
        self._numbers = []
        return raw

    def check_found(self, name: str) -> None:
        """Raise `NoSuchColumn` for columns that no row had."""
        lacking = [column for column in self._columns if column not in self._names]
        if lacking and self._names:
            raise NoSuchColumn(name, lacking, self._names)
