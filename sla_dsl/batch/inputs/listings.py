"""Rows that were listed, however many: the first in memory, the others in a temporary file."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Sequence
from itertools import chain, islice
from typing import IO, TYPE_CHECKING, NamedTuple, cast, overload
from weakref import finalize

from sla_dsl.batch.inputs.errors import NoRoom

if TYPE_CHECKING:
    from collections.abc import Iterator

IN_MEMORY = 1 << 16
"""So many rows are kept in memory, about twenty megabytes."""


class Listed(NamedTuple):
    """A row that could not be used: where it is, of which ticket if that is known, and why.

    `row` counts from 1 for the first row of data of its file; in XES it is an event, in tickets as JSON a ticket.
    """

    file: str
    row: int
    ticket: str | None
    column: str | None
    reason: str

    def __str__(self) -> str:
        ticket = "" if self.ticket is None else f", ticket {self.ticket}"
        return f"{self.file}, row {self.row}{ticket}: {self.reason}"


class Listings(Sequence[Listed]):
    """Listed rows in the order in which they came, behind those of `before`, which takes no more.

    >>> rows = Listings()
    >>> rows.add(Listed("log.csv", 2, None, None, "it names no ticket"))
    >>> len(rows), rows[0].row
    (1, 2)
    """

    def __init__(self, before: Listings | None = None, in_memory: int = IN_MEMORY) -> None:
        self._before = before
        self._most = in_memory
        self._rows: list[Listed] = []
        self._put_down = 0
        self._file: IO[bytes] | None = None

    def add(self, listed: Listed) -> None:
        """Take a row. Raises `NoRoom` where the disk is full."""
        self._rows.append(listed)
        if len(self._rows) < self._most:
            return
        try:
            if self._file is None:
                self._file = tempfile.TemporaryFile(prefix="sla-dsl-")  # noqa: SIM115 - closed with the list
                finalize(self, self._file.close)
            self._file.seek(0, 2)
            pickle.dump(self._rows, self._file, pickle.HIGHEST_PROTOCOL)
        except OSError as error:
            raise NoRoom(tempfile.gettempdir(), error.strerror or str(error)) from error
        self._put_down += len(self._rows)
        self._rows = []

    def __len__(self) -> int:
        before = 0 if self._before is None else len(self._before)
        return before + self._put_down + len(self._rows)

    def __iter__(self) -> Iterator[Listed]:
        return chain(() if self._before is None else self._before, self._from_file(), tuple(self._rows))

    def _from_file(self) -> Iterator[Listed]:
        at = left = 0
        while self._file is not None and left < self._put_down:
            self._file.seek(at)
            rows = cast("list[Listed]", pickle.load(self._file))
            at = self._file.tell()
            left += len(rows)
            yield from rows

    @overload
    def __getitem__(self, index: int) -> Listed: ...
    @overload
    def __getitem__(self, index: slice) -> list[Listed]: ...
    def __getitem__(self, index: int | slice) -> Listed | list[Listed]:
        if isinstance(index, slice):
            return list(self)[index]
        place = index + len(self) if index < 0 else index
        if not 0 <= place < len(self):
            raise IndexError(index)
        return next(islice(self, place, None))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(cast("Sequence[object]", other))

    __hash__ = None  # pyright: ignore[reportAssignmentType]  # it grows
