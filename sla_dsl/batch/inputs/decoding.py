"""Rows of a file as numbers: tickets, instants and codes; what cannot be used is listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from sla_dsl.batch.chunk import NOTHING, Key
from sla_dsl.batch.inputs.accounts import Listed
from sla_dsl.batch.inputs.books import Book
from sla_dsl.batch.inputs.columns import NONE, is_nested, run_starts, without
from sla_dsl.batch.inputs.errors import NotValues
from sla_dsl.batch.inputs.rows import Rows
from sla_dsl.batch.inputs.tickets import missing_texts, ticket_column, ticket_names
from sla_dsl.batch.inputs.times import TimeReader
from sla_dsl.batch.inputs.values import MarkReader, ValueReader, keys_of
from sla_dsl.policy.logs.mapping import TimeColumn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from sla_dsl.batch.chunk import Instants
    from sla_dsl.batch.inputs.accounts import Accounts
    from sla_dsl.batch.inputs.source import Raw, Source
    from sla_dsl.batch.inputs.times import Problems
    from sla_dsl.batch.typed import Codes
    from sla_dsl.policy.logs.mapping import Mapping
    from sla_dsl.policy.vocabulary import Terms

EVENT = Key("event")
STATUS = Key("status")

_NO_TICKET = "it names no ticket"
_NO_TIME = "it has no time"
_NO_CREATION = "it does not say when the ticket was created"


class Wrong:
    """The rows of a batch that cannot be used, each with its first reason."""

    def __init__(self) -> None:
        self.reasons: dict[int, tuple[str | None, str]] = {}

    def add(self, column: str | None, problems: Problems) -> None:
        """Note rows of a column, each with what is wrong."""
        for row, reason in problems:
            self.reasons.setdefault(row, (column, reason))

    def add_rows(self, column: str | None, rows: Iterable[int], reason: str) -> None:
        """Note rows of a column for one reason."""
        for row in rows:
            self.reasons.setdefault(int(row), (column, reason))


class Decoder:
    """Reads batches of a log under a mapping with the names of a policy. `books` have the values of its codes."""

    def __init__(self, mapping: Mapping, terms: Terms) -> None:
        self.mapping = mapping
        self.missing = missing_texts(mapping)
        keys = dict.fromkeys(key for column in mapping.values for key in keys_of(column))
        self.books = {key: Book() for key in (*keys, EVENT, STATUS)}
        self._values = [ValueReader(column, terms, self.books, self.missing) for column in mapping.values]
        self._keys = [key for key in keys if key != EVENT]
        self._marks = [MarkReader(one.column, Book(), self.missing) for one in mapping.changes]
        self._at, self._created, self._due = map(self._times, (mapping.at, mapping.created, mapping.due))
        coded = {one.column for one in mapping.changes} | {name for one in mapping.values for name in one.columns}
        self._few = frozenset(coded.difference(mapping.ticket, mapping.keep, self._time_columns()))
        self.latest = NONE
        """The latest instant that any row has, used or not."""
        self._moments = [TimeReader(TimeColumn(one.column, one.times), self.missing) for one in mapping.moments]

    def _time_columns(self) -> set[str]:
        times = (self.mapping.at, self.mapping.created, self.mapping.due, *self.mapping.moments)
        return {one.column for one in times if one is not None}

    def _times(self, column: TimeColumn | None) -> TimeReader | None:
        return None if column is None else TimeReader(column, self.missing)

    @property
    def keys(self) -> tuple[Key, ...]:
        """Return the keys under which rows may say something, beside events."""
        return tuple(self._keys)

    def read(self, source: Source, file: int, accounts: Accounts) -> Iterator[Rows]:
        """Yield the usable rows of a source, the `file`-th of the log; the others are listed. Raises `LogError`."""
        for raw in source.read(self.mapping.columns, accounts, self._few):
            yield self.decode(raw, file, source.name, accounts)

    def decode(self, raw: Raw, file: int, name: str, accounts: Accounts) -> Rows:
        """Return the rows that can be used; the others are listed. `name` is that of the file in the accounts.

        Raises `NotTimes`, `NotValues`.
        """
        wrong = Wrong()
        ids, starts = self._tickets(raw, wrong)
        at = self._instants(raw, self._at, wrong, needed=_NO_TIME)
        created = self._instants(raw, self._created, wrong, needed=_NO_CREATION if self._at is None else None)
        moments = [self._instants(raw, one, wrong) for one in self._moments]
        for times in (at, created, *moments):
            self.latest = max(self.latest, NONE if times is None else int(times.max(initial=NONE)))
        due = self._instants(raw, self._due, wrong)
        said, events = self._said(raw, wrong)
        rows = Rows(
            ids=ids,
            starts=starts,
            number=raw.numbers,
            file=np.full(len(raw), file, np.int32),
            at=np.full(len(raw), NONE, np.int64) if at is None else at,
            created=created,
            due=due,
            said=said,
            events=events,
            marks=tuple(mark.read(raw) for mark in self._marks),
            moments=tuple(times for times in moments if times is not None),
            kept=(),
        )
        accounts.read(len(raw))
        self._list(rows, wrong, name, accounts)
        good = None if not wrong.reasons else _all_but(len(raw), wrong.reasons)
        return self._with_kept(rows, good, raw)

    # ----------------------------------------------------------------------------------------- columns

    def _tickets(self, raw: Raw, wrong: Wrong) -> tuple[pa.Array, Instants]:
        """Return the tickets of the runs and where the runs begin; rows without a ticket are wrong."""
        column = ticket_column(raw.columns, self.mapping.ticket, self.missing)
        first = run_starts(column)
        ids = ticket_names(column.take(pa.array(first)), self.missing)
        starts = np.append(first, len(raw))
        if ids.null_count:
            for run in np.flatnonzero(ids.is_null().to_numpy(zero_copy_only=False)):
                wrong.add_rows(self.mapping.ticket[0], range(starts[run], starts[run + 1]), _NO_TICKET)
        return ids, starts

    def _instants(
        self, raw: Raw, reader: TimeReader | None, wrong: Wrong, needed: str | None = None
    ) -> Instants | None:
        if reader is None:
            return None
        times, problems = reader.read(raw.columns[reader.column])
        wrong.add(reader.column, problems)
        if needed is not None:
            wrong.add_rows(reader.column, np.flatnonzero(times == NONE), needed)
        return times

    def _said(self, raw: Raw, wrong: Wrong) -> tuple[dict[Key, Codes], tuple[Codes, ...]]:
        said: dict[Key, Codes] = {}
        events: list[Codes] = []
        for reader in self._values:
            found, problems = reader.read(raw)
            wrong.add(reader.column.columns[0], problems)
            for key, codes in found.items():
                if key == EVENT:
                    events.append(codes)
                elif key in said:
                    said[key] = self._both(key, said[key], codes, reader.column.columns[0], wrong)
                else:
                    said[key] = codes
        return said, tuple(events)

    def _both(self, key: Key, one: Codes, other: Codes, column: str, wrong: Wrong) -> Codes:
        """Return what two columns say under one key; rows in which they differ are wrong."""
        differ = np.flatnonzero((one != NOTHING) & (other != NOTHING) & (one != other))
        wrong.add_rows(column, differ, f"two columns say different things of `{key.name or key.kind}`")
        return np.where(one == NOTHING, other, one)

    def _with_kept(self, rows: Rows, good: NDArray[np.bool] | None, raw: Raw) -> Rows:
        """Return the rows that are good, all of them for None, with the kept columns of the last row of each run."""
        ids, starts = rows.ids, rows.starts
        last = starts[1:] - 1
        if good is not None:
            runs = np.repeat(np.arange(len(ids)), np.diff(starts))[good]
            first = np.flatnonzero(np.diff(runs, prepend=-1))
            starts = np.append(first, len(runs))
            ids = ids.take(pa.array(runs[first]))
            last = np.flatnonzero(good)[starts[1:] - 1]
        taken = [self._kept(raw, name, last) for name in self.mapping.keep]
        return rows.picked(slice(None) if good is None else good, ids, starts, taken).united()

    def _kept(self, raw: Raw, name: str, rows: NDArray[np.int64]) -> pa.Array:
        """Return some rows of a kept column."""
        column = raw.columns[name]
        if is_nested(column.type):
            raise NotValues(name, str(column.type))
        taken = column.take(pa.array(rows))
        decoded = taken.dictionary_decode() if isinstance(taken, pa.DictionaryArray) else taken
        return without(decoded, self.missing)

    # ---------------------------------------------------------------------------------------- accounts

    def _list(self, rows: Rows, wrong: Wrong, name: str, accounts: Accounts) -> None:
        for row, (column, reason) in sorted(wrong.reasons.items()):
            ticket = rows.ids[int(np.searchsorted(rows.starts, row, side="right")) - 1].as_py()
            accounts.refuse(Listed(name, int(rows.number[row]), ticket, column, reason))


def _all_but(rows: int, wrong: Iterable[int]) -> NDArray[np.bool]:
    good = np.ones(rows, np.bool)
    good[list(wrong)] = False
    return good
