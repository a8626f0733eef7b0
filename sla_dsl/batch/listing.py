"""What became of the rows of a log: those that could not be used are listed with the reason, all are counted."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

import pyarrow as pa

from sla_dsl.batch.inputs import Log
from sla_dsl.batch.outputs import ROWS, table_file
from sla_dsl.policy.logs.summary import OTHER_REASONS, Rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sla_dsl.batch.chunk import Chunk
    from sla_dsl.batch.engine.rows import Answered

_SCHEMA = pa.schema([
    pa.field("file", pa.string()),
    pa.field("row", pa.int64()),
    pa.field("ticket", pa.string()),
    pa.field("column", pa.string()),
    pa.field("reason", pa.string()),
    pa.field("rows", pa.int64()),
])  # fmt: skip
_MOST_REASONS = 50


class Listing:
    """The rows of a log that could not be used: single ones, and all rows of tickets that could not be evaluated.

    A row of the table is one row of the log with its file and number, or a ticket with the number of its `rows`. Of
    tickets that were given as chunks, each counts as one row where it does not say how many it took.
    """

    def __init__(self, log: object) -> None:
        self._log = log if isinstance(log, Log) else None
        self._tickets: list[tuple[str, str, int]] = []
        self._read = 0

    @property
    def files(self) -> tuple[str, ...]:
        """What the log was read from."""
        return () if self._log is None else self._log.names

    def add(self, chunk: Chunk, *sides: Answered) -> None:
        """Take in what was answered about a chunk, under one policy or several."""
        self._read += len(chunk) if chunk.rows is None else int(chunk.rows.sum())
        refused = {one.ticket: one.reason for side in reversed(sides) for one in side.refused}
        for ticket, reason in sorted(refused.items()):
            rows = 1 if chunk.rows is None else int(chunk.rows[ticket])
            self._tickets.append((chunk.ids[ticket], reason, rows))

    def rows(self) -> Rows:
        """Return how many rows were read, used and listed, and why."""
        found: Counter[str] = Counter()
        for _, reason, count in self._tickets:
            found[reason] += count
        read = self._read
        if self._log is not None:
            found.update(one.reason for one in self._log.accounts.listed)
            read = self._log.accounts.rows
        listed = sum(found.values())
        most = dict(found.most_common(_MOST_REASONS))
        rest = listed - sum(most.values())
        return Rows(read, read - listed, listed, {**most, OTHER_REASONS: rest} if rest else most)

    def write(self, path: Path | None) -> None:
        """Write the list, where it is wanted. Raises `UnwritableFile`."""
        if path is None:
            return
        with table_file(path, _SCHEMA) as write:
            lines = self._lines()
            while some := list(islice(lines, ROWS)):
                arrays = [pa.array([line[at] for line in some], one.type) for at, one in enumerate(_SCHEMA)]
                write(pa.RecordBatch.from_arrays(arrays, schema=_SCHEMA))

    def _lines(self) -> Iterator[tuple[object, ...]]:
        for one in () if self._log is None else self._log.accounts.listed:
            yield one.file, one.row, one.ticket, one.column, one.reason, 1
        for ticket, reason, rows in self._tickets:
            yield None, None, ticket, None, reason, rows
