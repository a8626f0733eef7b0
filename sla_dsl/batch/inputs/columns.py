"""Columns of Arrow as texts and codes, whatever type they have."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, TypeVar, overload

import numpy as np
import pyarrow as pa
from pyarrow import compute as pc

from sla_dsl.worktime import format_instant, to_micros

if TYPE_CHECKING:
    from sla_dsl.batch.chunk import Instants
    from sla_dsl.batch.typed import Codes

T = TypeVar("T")

NONE = int(np.iinfo(np.int64).min)
"""The instant of a row that has none."""


class Column(Sequence[T]):
    """A column of Arrow as a sequence of Python values; `pa.array(column)` gives it back without a copy.

    >>> list(Column(pa.array(["7", None])))
    ['7', None]
    """

    def __init__(self, arrow: pa.Array) -> None:
        self.arrow = arrow

    def __len__(self) -> int:
        return len(self.arrow)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        if isinstance(index, slice):
            start, stop, step = index.indices(len(self))
            part = self.arrow.slice(start, max(stop - start, 0))
            return Column(part if step == 1 else part.take(np.arange(0, len(part), step)))
        return self.arrow[index].as_py()

    def __arrow_array__(self, type: pa.DataType | None = None) -> pa.Array:  # noqa: A002 - the protocol's name
        return self.arrow if type is None else self.arrow.cast(type)


def is_nested(kind: pa.DataType) -> bool:
    """Return whether the values of a type are lists or structs, which say nothing by themselves."""
    return pa.types.is_nested(kind) and not pa.types.is_dictionary(kind)


def spelled(value: object) -> str | None:
    """Return a single value as text: a whole number without a point, yes and no as `true` and `false`.

    >>> spelled(3.0), spelled(True), spelled(date(2026, 3, 6))
    ('3', 'true', '2026-03-06')
    """
    match value:
        case None | str():
            return value
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.tzinfo is not None:
            return format_instant(to_micros(value), UTC)
        case date():
            return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
        case bytes():
            return value.decode("utf-8", "replace")
        case _:
            return str(value)


def as_text(column: pa.Array) -> pa.Array:
    """Return a column as texts (`pa.string()`), missing where it is."""
    if isinstance(column, pa.DictionaryArray):
        column = column.dictionary_decode()
    kind = column.type
    if kind == pa.string():
        return column
    if _is_text(kind) or pa.types.is_integer(kind):
        return column.cast(pa.string())
    codes, values = coded(column)
    return pa.array([spelled(value) for value in values], pa.string()).take(pa.array(codes, mask=codes < 0))


def coded(column: pa.Array) -> tuple[Codes, list[object]]:
    """Return a column as codes and the distinct values that they stand for; -1 where it is missing."""
    if len(column) == 0 or pa.types.is_null(column.type):
        return np.full(len(column), -1, np.int32), []
    encoded = distinct(column)
    return codes_in(encoded), encoded.dictionary.to_pylist()


def codes_in(column: pa.DictionaryArray) -> Codes:
    """Return the codes of a column, -1 where it is missing."""
    return column.indices.cast(pa.int32()).fill_null(-1).to_numpy()


def distinct(column: pa.Array) -> pa.DictionaryArray:
    """Return a column as codes of its distinct values."""
    return column if isinstance(column, pa.DictionaryArray) else column.dictionary_encode()


def run_starts(column: pa.Array) -> Instants:
    """Return the rows whose value differs from that of the row before, beginning with the first row."""
    rows = len(column)
    if rows == 0:
        return np.empty(0, np.int64)
    if _is_text(column.type) or pa.types.is_integer(column.type):
        unlike = pc.not_equal(column.slice(1), column.slice(0, rows - 1))
        differs = unlike.fill_null(True).to_numpy(zero_copy_only=False)
    else:
        codes, _ = coded(column)
        differs = codes[1:] != codes[:-1]
    return np.concatenate(([0], np.flatnonzero(differs) + 1)).astype(np.int64, copy=False)


def joined(columns: Sequence[pa.Array], between: str) -> pa.Array:
    """Return columns as one text, with `between` between their values; one that is missing is left out."""
    if len(columns) == 1:
        return columns[0]
    texts = [as_text(column) for column in columns]
    whole = pc.binary_join_element_wise(*texts, between, null_handling="skip")
    nothing = texts[0].is_null()
    for text in texts[1:]:
        nothing = pc.and_(nothing, text.is_null())
    return pc.if_else(nothing, pa.scalar(None, pa.string()), whole)


def without(column: pa.Array, missing: frozenset[str]) -> pa.Array:
    """Return a column of texts trimmed, with null for the texts that stand for nothing; others as they are.

    `missing` includes the empty text.
    """
    kind = column.type
    if isinstance(column, pa.DictionaryArray):
        values = without(column.dictionary, missing)
        return column if values is column.dictionary else pa.DictionaryArray.from_arrays(column.indices, values)
    if not _is_text(kind):
        return column
    trimmed = pc.utf8_trim_whitespace(column.cast(pa.string()))
    nothing = pc.is_in(trimmed, value_set=pa.array(sorted(missing), pa.string()))
    return pc.if_else(nothing, pa.scalar(None, pa.string()), trimmed)


def _is_text(kind: pa.DataType) -> bool:
    return pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)
