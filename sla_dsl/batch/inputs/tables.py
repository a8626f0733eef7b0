"""Tables in memory, or anything that hands over its data in the form of Arrow."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import numpy as np
import pyarrow as pa
from pyarrow import compute as pc

from sla_dsl.batch.inputs.errors import ColumnTwice, NoSuchColumn, UnreadableLog
from sla_dsl.batch.inputs.source import MOST_ROWS, Raw

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sla_dsl.batch.inputs.accounts import Accounts


class ArrowTable(Protocol):
    """A table of pyarrow, Polars, pandas or DuckDB."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...


def check_columns(name: str, wanted: Sequence[str], there: Sequence[str]) -> None:
    """Raise `NoSuchColumn`, `ColumnTwice` unless each wanted column is there once."""
    lacking = [column for column in wanted if column not in there]
    if lacking:
        raise NoSuchColumn(name, lacking, there)
    for column in wanted:
        if there.count(column) > 1:
            raise ColumnTwice(name, column)


def nested_in(schema: pa.Schema) -> frozenset[str]:
    """Return the names of the columns that hold lists or structs."""
    return frozenset(one.name for one in schema if pa.types.is_nested(one.type))


def raw_batches(batches: Iterable[pa.RecordBatch], columns: Sequence[str]) -> Iterator[Raw]:
    """Yield the rows of record batches, not too many at a time, with their numbers."""
    before = 0
    for batch in batches:
        for begin in range(0, batch.num_rows, MOST_ROWS):
            part = batch.slice(begin, MOST_ROWS)
            numbers = np.arange(before + 1, before + part.num_rows + 1)
            yield Raw({name: _plain(part.column(name)) for name in columns}, numbers)
            before += part.num_rows


def _plain(column: pa.Array) -> pa.Array:
    """Return a column in a layout that all of pyarrow works on: no views of texts, no runs, no types of others."""
    kind = column.type
    if isinstance(column, pa.ExtensionArray):
        return _plain(column.storage)
    if pa.types.is_run_end_encoded(kind):
        return _plain(pc.run_end_decode(column))
    if isinstance(column, pa.DictionaryArray):
        values = _plain(column.dictionary)
        return column if values is column.dictionary else pa.DictionaryArray.from_arrays(column.indices, values)
    if pa.types.is_string_view(kind):
        return column.cast(pa.string())
    return column.cast(pa.binary()) if pa.types.is_binary_view(kind) else column


class TableSource:
    """A table, which can be gone through more than once, or a stream of batches, which cannot."""

    def __init__(self, table: ArrowTable, name: str = "the table") -> None:
        self.name = name
        self.cheap = not isinstance(table, pa.RecordBatchReader)
        self._table = table

    def columns(self) -> tuple[str, ...]:
        """Return the names of the columns."""
        return tuple(self._schema.names)

    def nested(self) -> frozenset[str]:
        """Return the names of the columns that hold lists or structs."""
        return nested_in(self._schema)

    def read(self, columns: Sequence[str], _accounts: Accounts, _few: frozenset[str], /) -> Iterator[Raw]:
        """Yield the rows."""
        reader = self._reader()
        check_columns(self.name, columns, reader.schema.names)
        try:
            yield from raw_batches(reader, columns)
        except pa.ArrowException as error:
            raise UnreadableLog(self.name, str(error)) from error

    @cached_property
    def _schema(self) -> pa.Schema:
        return self._reader().schema

    def _reader(self) -> pa.RecordBatchReader:
        if isinstance(self._table, pa.RecordBatchReader):
            return self._table
        return pa.RecordBatchReader.from_stream(self._table)
