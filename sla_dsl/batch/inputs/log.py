"""A log: files or tables, read under a mapping, as chunks of whole tickets."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from attrs import evolve

from sla_dsl.batch.inputs.accounts import Accounts, Listed
from sla_dsl.batch.inputs.assembling import EntryAssembler, TicketAssembler
from sla_dsl.batch.inputs.columns import NONE
from sla_dsl.batch.inputs.decoding import Decoder
from sla_dsl.batch.inputs.errors import EmptyLog, NotGrouped
from sla_dsl.batch.inputs.rows import concatenated, in_order
from sla_dsl.batch.inputs.survey import Survey
from sla_dsl.policy.logs.naming import of_policy
from sla_dsl.policy.logs.usual import usual
from sla_dsl.worktime.zones import zone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import tzinfo

    from sla_dsl.batch.chunk import Chunk
    from sla_dsl.batch.inputs.rows import Rows
    from sla_dsl.batch.inputs.source import Source
    from sla_dsl.policy.logs.mapping import Mapping
    from sla_dsl.policy.vocabulary import Terms

ROWS = 1 << 17
"""A chunk has about so many rows of the log."""


class Log:
    """Files or tables as one log. Going through it yields chunks of whole tickets; `accounts` tell of its rows.

    Example: `for chunk in open_log("incidents.csv", mapping, terms=policy.terms): …`.
    """

    def __init__(
        self,
        sources: Sequence[Source],
        mapping: Mapping | None,
        terms: Terms,
        *,
        rows: int = ROWS,
        grouped: bool | None = None,
    ) -> None:
        self._sources = sources
        self.mapping = of_policy(usual(sources[0].columns(), terms) if mapping is None else mapping, terms)
        self.accounts = Accounts()
        self._terms = terms
        self._rows = rows
        self._grouped = grouped
        self._survey: Survey | None = None
        self._latest = NONE
        self._reading = self.accounts
        self._total: int | None = None

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
        self.accounts = self._reading = Accounts()
        decoder = Decoder(self.mapping, self._terms)
        rows = self._decoded(decoder, self.accounts)
        if self._grouped:
            rows = self._checked(rows)
        elif self._surveyed().returned is not None:
            rows = iter((_sorted(rows),))
        self._reading = self.accounts
        assemble = EntryAssembler if self.mapping.at is not None else TicketAssembler
        assembler = assemble(self.mapping, self._terms, decoder.books, self.zone)
        for whole in self._whole(rows):
            usable = self._usable(whole)
            if len(usable.ids):
                yield assembler.chunk(usable)
        if self.accounts.rows == 0:
            raise EmptyLog(self._name)

    @property
    def _name(self) -> str:
        return " and ".join(source.name for source in self._sources[:3]) + (" …" if len(self._sources) > 3 else "")

    # ------------------------------------------------------------------------------------------- rows

    def _decoded(self, decoder: Decoder, accounts: Accounts) -> Iterator[Rows]:
        """Yield the usable rows of all sources."""
        for file, source in enumerate(self._sources):
            for raw in source.read(decoder.mapping.columns, accounts):
                yield decoder.decode(raw, file, source.name, accounts)

    def _surveyed(self) -> Survey:
        """Return what is known of the whole log, after reading its tickets and times once."""
        if self._survey is None:
            survey, accounts = Survey(), Accounts()
            self._reading = accounts
            light = Decoder(evolve(self.mapping, values=(), changes=(), due=None, keep=()), self._terms)
            for rows in self._decoded(light, accounts):
                survey.follow(rows)
            if accounts.rows == 0:
                raise EmptyLog(self._name)
            self._survey, self._latest, self._total = survey, light.latest, accounts.rows
        return self._survey

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
            if len(some) == 0:
                continue
            waiting.append(some)
            count += len(some)
            goes_on = len(some.ids) == 1
            if count < self._rows or goes_on:
                continue
            together = concatenated(waiting)
            yield together.part(0, len(together.ids) - 1)
            rest = together.part(len(together.ids) - 1, len(together.ids))
            waiting, count = [rest], len(rest)
        if waiting:
            yield concatenated(waiting)

    # ---------------------------------------------------------------------------------------- tickets

    def _usable(self, rows: Rows) -> Rows:
        """Return the tickets that can be used; the rows of the others are listed."""
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
            for row in range(rows.starts[run], rows.starts[run + 1]):
                self._refuse(rows, int(run), row, "no row of the ticket says when it was created")
        rows = evolve(rows, created=said)
        return rows if there.all() else in_order(rows, np.flatnonzero(there))

    def _refuse(self, rows: Rows, run: int, row: int, reason: str) -> None:
        name = self._sources[int(rows.file[row])].name
        column = None if self.mapping.created is None else self.mapping.created.column
        self.accounts.refuse(Listed(name, int(rows.number[row]), rows.ids[run].as_py(), column, reason))


def _sorted(rows: Iterable[Rows]) -> Rows:
    """Return rows with those of each ticket together, tickets in the order of their ids."""
    together = concatenated([some for some in rows if len(some)])
    return in_order(together, pa.compute.sort_indices(together.ids).to_numpy())
