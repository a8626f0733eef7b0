"""Rows that wait to be read again: in memory while they are few, then in a temporary file."""

from __future__ import annotations

import pickle
import tempfile
from typing import TYPE_CHECKING, cast
from weakref import finalize

from sla_dsl.batch.inputs.errors import NoRoom

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

    from sla_dsl.batch.inputs.rows import Rows

IN_MEMORY = 1 << 20
"""So many rows are kept in memory, about a hundred megabytes."""


class Spool:
    """Takes rows once and gives them as often as they are asked for. The file is gone with the spool."""

    def __init__(self, in_memory: int) -> None:
        self._most = in_memory
        self._rows: list[Rows] = []
        self._count = 0
        self._file: IO[bytes] | None = None

    def add(self, rows: Rows) -> None:
        """Take rows. Raises `NoRoom` where the disk is full."""
        self._count += len(rows)
        self._rows.append(rows)
        if self._count <= self._most:
            return
        try:
            if self._file is None:
                self._file = tempfile.TemporaryFile(prefix="sla-dsl-")  # noqa: SIM115 - closed with the spool
                finalize(self, self._file.close)
            for some in self._rows:
                pickle.dump(some, self._file, pickle.HIGHEST_PROTOCOL)
        except OSError as error:
            raise NoRoom(tempfile.gettempdir(), error.strerror or str(error)) from error
        self._rows = []

    def __iter__(self) -> Iterator[Rows]:
        """Yield the rows in the order in which they came."""
        if self._file is not None:
            self._file.flush()
            end = self._file.seek(0, 2)
            at = self._file.seek(0)
            while at < end:
                self._file.seek(at)
                rows = cast("Rows", pickle.load(self._file))
                at = self._file.tell()
                yield rows
            self._file.seek(end)
        yield from self._rows

    def close(self) -> None:
        """Let the rows go."""
        self._rows = []
        if self._file is not None:
            self._file.close()
            self._file = None
