"""A log: files or tables, read under a mapping, as chunks of whole tickets."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from attrs import evolve

from sla_dsl.batch.inputs.accounts import Accounts, Listed
from sla_dsl.batch.inputs.assembling import EntryAssembler, GivenAssembler, TicketAssembler
from sla_dsl.batch.inputs.columns import NONE
from sla_dsl.batch.inputs.decoding import Decoder
from sla_dsl.batch.inputs.errors import EmptyLog, NoSuchColumn, NotGrouped
from sla_dsl.batch.inputs.json_tickets import TICKETS, TicketFile, TicketReader
from sla_dsl.batch.inputs.rows import concatenated, in_order
from sla_dsl.batch.inputs.sorting import sorted_in_memory, sorted_on_disk
from sla_dsl.batch.inputs.source import Typed
from sla_dsl.batch.inputs.spool import IN_MEMORY, Spool
from sla_dsl.batch.inputs.survey import Survey
from sla_dsl.policy.logs.naming import of_policy
from sla_dsl.policy.logs.usual import usual
from sla_dsl.worktime.zones import zone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import tzinfo

    from sla_dsl.batch.chunk import Chunk, Key
    from sla_dsl.batch.inputs.assembling import Assembler
    from sla_dsl.batch.inputs.books import Book
    from sla_dsl.batch.inputs.rows import Rows
    from sla_dsl.batch.inputs.source import Source
    from sla_dsl.policy.logs.mapping import Mapping
    from sla_dsl.policy.vocabulary import Terms

ROWS = 1 << 17
"""A chunk has about so many rows of the log."""


class Reader(Protocol):
    """Reads sources of one kind into rows."""

    books: dict[Key, Book]
    latest: int

    @property
    def keys(self) -> tuple[Key, ...]:
        """The keys under which rows may say something."""
        ...

    def read(self, source: Any, file: int, accounts: Accounts, /) -> Iterator[Rows]:
        """Yield the usable rows of a source; the others are listed."""
        ...


class Log:
    """Files or tables as one log. Going through it yields chunks of whole tickets; `accounts` tell of its rows.

    Example: `for chunk in open_log("incidents.csv", mapping, terms=policy.terms): …`.
    """

    def __init__(
        self,
        sources: Sequence[Source] | Sequence[TicketFile],
        mapping: Mapping | None,
        terms: Terms,
        *,
        rows: int = ROWS,
        grouped: bool | None = None,
        keep: Sequence[str] = (),
    ) -> None:
        self._sources = sources
        self._terms = terms
        self.mapping = self._mapping(mapping, keep)
        self.accounts = Accounts()
        self._rows = rows
        self._grouped = grouped
        self._survey: Survey | None = None
        self._spooled: tuple[Reader, Spool, Accounts] | None = None
        self._latest = NONE
        self._reading = self.accounts
        self._total: int | None = None

    def _mapping(self, mapping: Mapping | None, keep: Sequence[str]) -> Mapping:
        first = self._sources[0]
        if isinstance(first, TicketFile):
            if keep:
                raise NoSuchColumn(first.name, keep, ())
            return TICKETS
        known = self._usual(first) if mapping is None else mapping
        return of_policy(evolve(known, keep=tuple(dict.fromkeys((*known.keep, *keep)))), self._terms)

    def _usual(self, source: Source) -> Mapping:
        """Return the mapping of a log whose columns are called as in a ticket; lists and structs are not kept."""
        known = usual((name for name in source.columns() if name.strip()), self._terms)
        nested = source.nested() if isinstance(source, Typed) else frozenset[str]()
        return evolve(known, keep=tuple(name for name in known.keep if name not in nested))

    @property
    def zone(self) -> tzinfo:
        """The zone in which the log is written, UTC if it says none."""
        times = (self.mapping.at, self.mapping.created)
        said = [one.times.zone for one in times if one is not None and one.times.zone is not None]
        return zone(said[0]) if said else UTC

    @property
    def names(self) -> tuple[str, ...]:
        """The files and tables that it is read from."""
        return tuple(source.name for source in self._sources)

    def progress(self) -> tuple[int, int | None]:
        """Return how many rows have been read in the reading that is going on, and of how many, if that is known."""
        return self._reading.rows, self._total

    def latest(self) -> int:
        """Return the latest instant in the log, in microseconds since the epoch. Raises `LogError`."""
        self._surveyed()
        return self._latest

    def __iter__(self) -> Iterator[Chunk]:
        """Yield the tickets. Raises `LogError` where a file cannot be read, or the log has no rows."""
        reader, rows, self.accounts = self._read()
        self._reading = Accounts()
        assembler = self._assembler(reader)
        for whole in self._whole(rows):
            usable = self._usable(whole)
            if len(usable.ids):
                yield assembler.chunk(usable)
        if self.accounts.rows == 0:
            raise EmptyLog(self._name)

    def close(self) -> None:
        """Let go what was put down in a temporary file."""
        if self._spooled is not None:
            self._spooled[1].close()
            self._spooled = None

    def __enter__(self) -> Log:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def _name(self) -> str:
        return " and ".join(source.name for source in self._sources[:3]) + (" …" if len(self._sources) > 3 else "")

    # ------------------------------------------------------------------------------------------- rows

    def _reader(self, mapping: Mapping) -> Reader:
        return TicketReader(self._terms) if mapping is TICKETS else Decoder(mapping, self._terms)

    def _assembler(self, reader: Reader) -> Assembler:
        if self.mapping is TICKETS:
            return GivenAssembler(reader.books)
        assemble = TicketAssembler if self.mapping.at is None else EntryAssembler
        return assemble(self.mapping, self._terms, reader.books, self.zone)

    def _read(self) -> tuple[Reader, Iterator[Rows], Accounts]:
        """Return the usable rows of the log with those of each ticket together, and who reads them."""
        if self._grouped and self._spooled is None:
            reader, accounts = self._reader(self.mapping), Accounts()
            return reader, self._checked(self._rows_of(reader, accounts)), accounts
        survey = self._surveyed()
        if self._spooled is None:
            reader, accounts = self._reader(self.mapping), Accounts()
            rows = self._rows_of(reader, accounts)
        else:
            reader, spool, counted = self._spooled
            rows, accounts = iter(spool), counted.copy()
        if survey.returned is None:
            return reader, rows, accounts
        if survey.rows <= IN_MEMORY:
            return reader, iter((sorted_in_memory(rows),)), accounts
        return reader, sorted_on_disk(rows, reader.keys, alike=len(self._sources) == 1), accounts

    def _rows_of(self, reader: Reader, accounts: Accounts) -> Iterator[Rows]:
        for file, source in enumerate(self._sources):
            yield from reader.read(source, file, accounts)

    def _surveyed(self) -> Survey:
        """Return what is known of the whole log, after reading it once.

        Of files with typed columns only tickets and times are read for it. Others are read for good, and what was
        read of them is put down.
        """
        if self._survey is not None:
            return self._survey
        survey, accounts = Survey(), Accounts()
        self._reading = accounts
        cheap = all(source.cheap for source in self._sources)
        light = evolve(self.mapping, values=(), changes=(), due=None, keep=())
        reader = self._reader(light if cheap else self.mapping)
        spool = Spool(IN_MEMORY)
        for rows in self._rows_of(reader, accounts):
            survey.follow(rows)
            if not cheap:
                spool.add(rows)
        if accounts.rows == 0:
            raise EmptyLog(self._name)
        self._survey, self._latest, self._total = survey, reader.latest, accounts.rows
        self._spooled = None if cheap else (reader, spool, accounts)
        return survey

    def _checked(self, rows: Iterable[Rows]) -> Iterator[Rows]:
        """Yield rows that are said to be grouped. Raises `NotGrouped` where they are not."""
        survey = Survey()
        for some in rows:
            survey.follow(some)
            if survey.returned is not None:
                ticket, file, row = survey.returned
                raise NotGrouped(ticket, f"{self._sources[file].name}, row {row}")
            yield some

    def _whole(self, rows: Iterable[Rows]) -> Iterator[Rows]:
        """Yield rows so that each ticket is whole; what may go on in the next rows waits for them."""
        waiting: list[Rows] = []
        count = 0
        for some in rows:
            self._reading.read(len(some))
            if len(some) == 0:
                continue
            waiting.append(some)
            count += len(some)
            goes_on = len(some.ids) == 1
            if count < self._rows or goes_on:
                continue
            together = concatenated(waiting)
            last = len(together.ids) - 1
            yield from self._split(together.part(0, last))
            waiting = [together.part(last, last + 1)]
            count = len(waiting[0])
        if waiting:
            yield from self._split(concatenated(waiting))

    def _split(self, rows: Rows) -> Iterator[Rows]:
        """Yield whole tickets in parts of about as many rows as a chunk has."""
        first = 0
        while first < len(rows.ids):
            most = int(rows.starts[first]) + self._rows * 3 // 2
            end = int(np.searchsorted(rows.starts, most, side="right")) - 1
            last = min(len(rows.ids), max(first + 1, end))
            yield rows.part(first, last)
            first = last

    # ---------------------------------------------------------------------------------------- tickets

    def _usable(self, rows: Rows) -> Rows:
        """Return the tickets that can be used; the rows of the others are listed."""
        if self.mapping is TICKETS:
            return self._given_once(rows)
        if self.mapping.at is None:
            return self._once(rows)
        return rows if rows.created is None else self._created(rows, rows.created)

    def _once(self, rows: Rows) -> Rows:
        """Return tickets of one row each, further rows of one listed."""
        if len(rows) == len(rows.ids):
            return rows
        first = rows.starts[:-1]
        for row in np.flatnonzero(np.isin(np.arange(len(rows)), first, invert=True)):
            run = int(np.searchsorted(rows.starts, row, side="right")) - 1
            self._refuse(rows, run, int(row), f"the ticket is already in row {rows.number[first[run]]}")
        return rows.picked(first, rows.ids, np.arange(len(first) + 1), rows.kept)

    def _given_once(self, rows: Rows) -> Rows:
        """Return tickets of one line each, further lines of one listed."""
        line = np.repeat(rows.number[rows.starts[:-1]], np.diff(rows.starts))
        file = np.repeat(rows.file[rows.starts[:-1]], np.diff(rows.starts))
        again = (rows.number != line) | (rows.file != file)
        if not again.any():
            return rows
        starts = np.flatnonzero(
            again & ((np.diff(rows.number, prepend=-1) != 0) | (np.diff(rows.file, prepend=-1) != 0))
        )
        runs = np.repeat(np.arange(len(rows.ids)), np.diff(rows.starts))
        for row in starts:
            self._refuse(rows, int(runs[row]), int(row), f"the ticket is already in row {line[row]}")
        kept = np.bincount(runs[~again], minlength=len(rows.ids))
        return rows.picked(~again, rows.ids, np.append(0, np.cumsum(kept)), rows.kept)

    def _created(self, rows: Rows, created: np.ndarray) -> Rows:
        """Return the tickets of which a row says when they were created; their first row says it then."""
        first = rows.starts[:-1]
        if (created[first] != NONE).all():
            return rows
        latest = np.iinfo(np.int64).max
        known = np.minimum.reduceat(np.where(created == NONE, latest, np.arange(len(rows))), first)
        there = known != latest
        said = created.copy()
        said[first[there]] = created[known[there]]
        for run in np.flatnonzero(~there):
            for row in range(int(rows.starts[run]), int(rows.starts[run + 1])):
                self._refuse(rows, int(run), row, "no row of the ticket says when it was created")
        rows = evolve(rows, created=said)
        return rows if there.all() else in_order(rows, np.flatnonzero(there))

    def _refuse(self, rows: Rows, run: int, row: int, reason: str) -> None:
        name = self._sources[int(rows.file[row])].name
        column = None if self.mapping.created is None else self.mapping.created.column
        self.accounts.refuse(Listed(name, int(rows.number[row]), rows.ids[run].as_py(), column, reason))
