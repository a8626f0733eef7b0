"""Rows of whole tickets as a `Chunk`: what is new in each row, and what held at creation (R3, R5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

import numpy as np
from attrs import frozen

from sla_dsl.batch.chunk import NOTHING, Chunk, Coded, Key
from sla_dsl.batch.inputs.agreed import Agreed
from sla_dsl.batch.inputs.columns import NONE, Column
from sla_dsl.batch.inputs.decoding import EVENT, STATUS
from sla_dsl.batch.inputs.novelty import changed, new_times, new_values

if TYPE_CHECKING:
    from collections.abc import Mapping as Dictionary
    from collections.abc import Sequence
    from datetime import tzinfo

    from numpy.typing import NDArray

    from sla_dsl.batch.chunk import Instants
    from sla_dsl.batch.inputs.books import Book
    from sla_dsl.batch.inputs.rows import Rows
    from sla_dsl.batch.typed import Codes
    from sla_dsl.policy.logs.mapping import Mapping
    from sla_dsl.policy.vocabulary import Terms

N = TypeVar("N", bound=np.generic)
DUE = Key("due")
_LATEST = int(np.iinfo(np.int64).max)


class Assembler(Protocol):
    """Makes chunks of rows that are whole tickets."""

    def chunk(self, rows: Rows) -> Chunk:
        """Return the tickets of some rows."""
        ...


@frozen(eq=False)
class _Entries:
    """Entries: the row that each comes from, in order, its time, and what it says. `due` only where one is agreed."""

    row: NDArray[np.int64]
    at: Instants
    said: Dictionary[Key, Codes]
    due: Instants | None = None


class EntryAssembler:
    """Makes tickets of a log with one row per entry."""

    def __init__(self, mapping: Mapping, terms: Terms, books: Dictionary[Key, Book], zone: tzinfo) -> None:
        self._mapping = mapping
        self._books = books
        self._zone = zone
        self._creation = None if terms.created is None else books[EVENT].code(terms.created)
        self._changes = [books[EVENT].code(one.event) for one in mapping.changes]
        self._moments = [(Key(one.kind), books[Key(one.kind)].code(one.value)) for one in mapping.moments]
        self._agreed = Agreed(terms, books[EVENT])

    def chunk(self, rows: Rows) -> Chunk:
        """Return the tickets of some rows.

        What the first row of a ticket says of levels, facts, channel and caller held at its creation; afterwards only
        what differs from the row before is an entry. A ticket that no row says the creation of was created with
        the event that the policy calls so, else with its earliest row.
        """
        begins = rows.starts[:-1]
        first: dict[Key, Coded] = {}
        said: dict[Key, Codes] = {}
        for key, codes in rows.said.items():
            said[key] = new_values(codes, begins)
            if key != STATUS:
                first[key] = self._books[key].coded(codes[begins])
                said[key][begins] = NOTHING
        entries = self._entries(rows, said)
        row = np.concatenate([one.row for one in entries])
        order = None if len(entries) == 1 else np.argsort(row, kind="stable")
        ticket = np.repeat(np.arange(len(begins)), np.diff(rows.starts))[row]
        counts = np.bincount(ticket, minlength=len(begins))
        return Chunk(
            ids=Column[str](rows.ids),
            created=self._created(rows),
            first=first,
            starts=np.concatenate(([0], np.cumsum(counts))),
            at=_sorted(np.concatenate([one.at for one in entries]), order),
            said=self._said(entries, order),
            zone=self._zone,
            rows=np.diff(rows.starts),
            kept={name: Column[object](column) for name, column in zip(self._mapping.keep, rows.kept, strict=True)},
        )

    def _entries(self, rows: Rows, said: dict[Key, Codes]) -> list[_Entries]:
        """Return the entries of the rows, then those of further events in a row and of columns with moments."""
        events = [*rows.events, *self._changed(rows)]
        main = said | ({EVENT: events[0]} if events else {})
        says = np.zeros(len(rows), np.bool)
        for codes in main.values():
            says |= codes != NOTHING
        entries = [self._of_rows(rows, np.flatnonzero(says), main)]
        for codes in events[1:]:
            entries.append(self._of_rows(rows, np.flatnonzero(codes != NOTHING), {EVENT: codes}))  # noqa: PERF401
        for (key, code), times in zip(self._moments, rows.moments, strict=True):
            where = np.flatnonzero(new_times(times, rows.starts[:-1]))
            entries.append(_Entries(where, times[where], {key: np.full(len(where), code, np.int32)}))
        return entries

    def _of_rows(self, rows: Rows, where: NDArray[np.int64], columns: Dictionary[Key, Codes]) -> _Entries:
        said = {key: codes[where] for key, codes in columns.items()}
        agreed = None
        if rows.due is not None and EVENT in said:
            agreed = self._agreed.times(rows.due[where], said[EVENT])
        return _Entries(where, rows.at[where], said, agreed)

    def _changed(self, rows: Rows) -> list[Codes]:
        """Return the events of each column whose change is one."""
        return [
            np.where(changed(codes, rows.starts[:-1]), np.int32(event), np.int32(NOTHING))
            for codes, event in zip(rows.marks, self._changes, strict=True)
        ]

    def _said(self, entries: Sequence[_Entries], order: NDArray[np.int64] | None) -> dict[Key, Coded]:
        """Return what the entries say by key; keys under which none says anything are left out."""
        found: dict[Key, Coded] = {}
        for key in dict.fromkeys(key for one in entries for key in one.said):
            parts = [one.said.get(key, np.full(len(one.row), NOTHING, np.int32)) for one in entries]
            codes = _sorted(np.concatenate(parts), order)
            if len(codes) and codes.max() > NOTHING:
                found[key] = self._books[key].coded(codes)
        if any(one.due is not None for one in entries):
            times = [np.full(len(one.row), NONE, np.int64) if one.due is None else one.due for one in entries]
            due = _sorted(np.concatenate(times), order)
            if (due != NONE).any():
                found[DUE] = self._agreed.coded(due)
        return found

    def _created(self, rows: Rows) -> Instants:
        begins = rows.starts[:-1]
        if rows.created is not None:
            return rows.created[begins]
        if len(begins) == 0:
            return np.empty(0, np.int64)
        earliest = np.minimum.reduceat(rows.at, begins)
        if self._creation is None:
            return earliest
        created = np.zeros(len(rows), np.bool)
        for codes in rows.events:
            created |= codes == self._creation
        said = np.minimum.reduceat(np.where(created, rows.at, _LATEST), begins)
        return np.where(said == _LATEST, earliest, said)


def _sorted(values: NDArray[N], order: NDArray[np.int64] | None) -> NDArray[N]:
    return values if order is None else values[order]


class TicketAssembler:
    """Makes tickets of a log with one row per ticket, its time columns being the entries."""

    def __init__(self, mapping: Mapping, terms: Terms, books: Dictionary[Key, Book], zone: tzinfo) -> None:
        self._mapping = mapping
        self._books = books
        self._zone = zone
        self._moments = [(Key(one.kind), books[Key(one.kind)].code(one.value)) for one in mapping.moments]
        self._agreed = Agreed(terms, books[EVENT])

    def chunk(self, rows: Rows) -> Chunk:
        """Return the tickets of some rows, each with an entry for every moment that is there."""
        tickets, kinds = len(rows.ids), len(self._moments)
        times = np.stack(rows.moments, axis=1).reshape(-1) if kinds else np.empty(0, np.int64)
        there = times != NONE
        counts = there.reshape(tickets, kinds).sum(axis=1) if kinds else np.zeros(tickets, np.int64)
        said: dict[Key, Coded] = {}
        for key in dict.fromkeys(key for key, _ in self._moments):
            each = np.array([code if one == key else NOTHING for one, code in self._moments], np.int32)
            codes = np.tile(each, tickets)[there]
            said[key] = self._books[key].coded(codes)
            if key == EVENT and rows.due is not None:
                due = self._agreed.times(np.repeat(rows.due, counts), codes)
                said |= {DUE: self._agreed.coded(due)} if (due != NONE).any() else {}
        return Chunk(
            ids=Column[str](rows.ids),
            created=rows.created if rows.created is not None else np.empty(0, np.int64),
            first={key: self._books[key].coded(codes) for key, codes in rows.said.items()},
            starts=np.concatenate(([0], np.cumsum(counts))),
            at=times[there],
            said=said,
            zone=self._zone,
            rows=np.ones(tickets, np.int64),
            kept={name: Column[object](column) for name, column in zip(self._mapping.keep, rows.kept, strict=True)},
        )


class GivenAssembler:
    """Makes tickets of tickets: the first row of each is its creation, every other one an entry as it was given."""

    def __init__(self, books: Dictionary[Key, Book]) -> None:
        self._books = books

    def chunk(self, rows: Rows) -> Chunk:
        """Return the tickets of some rows."""
        begins = rows.starts[:-1]
        is_entry = np.ones(len(rows), np.bool)
        is_entry[begins] = False
        first = {key: codes[begins] for key, codes in rows.said.items()}
        said = {key: codes[is_entry] for key, codes in rows.said.items()}
        agreed = {} if rows.due is None else {DUE: Agreed.coded(rows.due[is_entry])}
        return Chunk(
            ids=Column[str](rows.ids),
            created=rows.at[begins],
            first={key: self._books[key].coded(codes) for key, codes in first.items() if (codes != NOTHING).any()},
            starts=rows.starts - np.arange(len(rows.starts)),
            at=rows.at[is_entry],
            said={key: self._books[key].coded(codes) for key, codes in said.items() if (codes != NOTHING).any()}
            | {key: column for key, column in agreed.items() if column.values},
            rows=np.ones(len(begins), np.int64),
        )
