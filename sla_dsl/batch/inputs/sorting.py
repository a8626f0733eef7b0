"""Rows of a log that is not grouped, with those of each ticket together: in memory, or on disk by DuckDB."""

from __future__ import annotations

import tempfile
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from sla_dsl.batch.inputs.columns import as_text, run_starts
from sla_dsl.batch.inputs.errors import NoRoom
from sla_dsl.batch.inputs.rows import Rows, concatenated, in_order
from sla_dsl.batch.inputs.source import MOST_ROWS
from sla_dsl.errors import MissingExtra, SlaError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from sla_dsl.batch.chunk import Key

MEMORY = "512MB"
"""What DuckDB may take; the rest lies in a temporary folder."""

_SORTED = "select * from log order by id, row"


def sorted_in_memory(rows: Iterable[Rows]) -> Rows:
    """Return rows with those of each ticket together, tickets in the order of their ids."""
    together = concatenated([some for some in rows if len(some)])
    return in_order(together, pa.compute.sort_indices(together.ids).to_numpy())


def sorted_on_disk(rows: Iterable[Rows], keys: Sequence[Key], *, alike: bool) -> Iterator[Rows]:
    """Yield rows with those of each ticket together, tickets in the order of their ids; `keys` are all that rows say.

    `alike` says that kept columns have one type throughout; otherwise they come out as texts.

    Raises `MissingExtra` without DuckDB, `NoRoom` where the disk is full.
    """
    try:
        import duckdb
    except ModuleNotFoundError:
        raise MissingExtra("duckdb", "sort") from None
    parts = iter(rows)
    first = next(parts, None)
    if first is None:
        return
    table = _Table(first if alike else first.with_texts(), keys)
    feed = _Feed(table, chain((first,), parts))
    with tempfile.TemporaryDirectory(prefix="sla-dsl-") as folder:
        settings = {"temp_directory": folder, "memory_limit": MEMORY, "threads": 1}
        with duckdb.connect(":memory:", config=settings) as connection:
            connection.register("log", pa.RecordBatchReader.from_batches(table.schema, iter(feed)))
            try:
                found = connection.sql(_SORTED).to_arrow_reader(MOST_ROWS)
                for batch in found:
                    yield table.rows(batch)
            except duckdb.Error as error:
                raise feed.failed or NoRoom(folder, str(error).splitlines()[0]) from error


class _Feed:
    """What DuckDB reads; an error on the way to it is kept, since it would come out as one of DuckDB's."""

    def __init__(self, table: _Table, parts: Iterable[Rows]) -> None:
        self._table = table
        self._parts = parts
        self.failed: SlaError | None = None

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        before = 0
        try:
            for part in self._parts:
                yield self._table.batch(part, before)
                before += len(part)
        except SlaError as error:
            self.failed = error
            raise


class _Table:
    """Rows as a table of Arrow, a row for a row."""

    def __init__(self, like: Rows, keys: Sequence[Key]) -> None:
        self._keys = keys
        self._like = like
        whole = {"number": pa.int64(), "file": pa.int32(), "at": pa.int64()}
        whole |= {name: pa.int64() for name in ("created", "due") if getattr(like, name) is not None}
        whole |= {f"said{i}": pa.int32() for i in range(len(keys))}
        whole |= {f"event{i}": pa.int32() for i in range(len(like.events))}
        whole |= {f"mark{i}": pa.int32() for i in range(len(like.marks))}
        whole |= {f"moment{i}": pa.int64() for i in range(len(like.moments))}
        kept = {f"kept{i}": column.type for i, column in enumerate(like.kept)}
        types = {"id": pa.string(), "row": pa.int64(), **whole, **kept}
        self.schema = pa.schema([pa.field(name, kind) for name, kind in types.items()])

    def batch(self, rows: Rows, before: int) -> pa.RecordBatch:
        """Return rows as a batch; there are `before` rows before them."""
        runs = pa.array(np.repeat(np.arange(len(rows.ids)), np.diff(rows.starts)))
        perhaps = (one for one in (rows.created, rows.due) if one is not None)
        codes = (*(rows.code(key) for key in self._keys), *rows.events, *rows.marks)
        plain = (
            np.arange(before, before + len(rows)),
            rows.number,
            rows.file,
            rows.at,
            *perhaps,
            *codes,
            *rows.moments,
        )
        kept = [self._kept(i, column).take(runs) for i, column in enumerate(rows.kept)]
        return pa.RecordBatch.from_arrays([rows.ids.take(runs), *map(pa.array, plain), *kept], schema=self.schema)

    def _kept(self, place: int, column: pa.Array) -> pa.Array:
        kind = self._like.kept[place].type
        if column.type == kind:
            return column
        return as_text(column)

    def rows(self, batch: pa.RecordBatch) -> Rows:
        """Return a batch as rows."""
        like = self._like
        ids = batch.column("id")
        first = run_starts(ids)
        last = pa.array(np.append(first[1:], len(ids)) - 1)

        def numbers(name: str) -> NDArray[np.int64]:
            return batch.column(name).to_numpy()

        return Rows(
            ids=ids.take(pa.array(first)),
            starts=np.append(first, len(ids)),
            number=numbers("number"),
            file=numbers("file").astype(np.int32),
            at=numbers("at"),
            created=None if like.created is None else numbers("created"),
            due=None if like.due is None else numbers("due"),
            said={key: numbers(f"said{i}").astype(np.int32) for i, key in enumerate(self._keys)},
            events=tuple(numbers(f"event{i}").astype(np.int32) for i in range(len(like.events))),
            marks=tuple(numbers(f"mark{i}").astype(np.int32) for i in range(len(like.marks))),
            moments=tuple(numbers(f"moment{i}") for i in range(len(like.moments))),
            kept=tuple(batch.column(f"kept{i}").take(last) for i in range(len(like.kept))),
        )
