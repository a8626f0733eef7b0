"""The tickets of a log that were latest, each asked once more for where its time went."""

from __future__ import annotations

import heapq
from itertools import count
from typing import TYPE_CHECKING, cast

import numpy as np

from sla_dsl.batch.engine.rows import MISSING
from sla_dsl.policy.logs.summary import LATE, LateTicket, LedgerSpan
from sla_dsl.worktime import from_micros

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sla_dsl.batch.chunk import Chunk
    from sla_dsl.batch.engine.rows import Rows, Words
    from sla_dsl.batch.typed import Ints
    from sla_dsl.policy.executable import Executable
    from sla_dsl.policy.tickets.answers import ClockAnswer


class Worst:
    """Keeps the `most` cycles of each clock that were late by the longest, with their tickets in JSON form."""

    def __init__(self, words: Words, now: int, most: int) -> None:
        self._clocks, self._now, self._most = words.clock, now, most
        self._late = [code for code, verdict in enumerate(words.verdict) if verdict in LATE]
        self._kept: list[list[tuple[int, int, int, Mapping[str, object]]]] = [[] for _ in words.clock]
        self._order = count(0, -1)

    def add(self, chunk: Chunk, rows: Rows) -> None:
        """Take in the answers about a chunk."""
        if self._most == 0:
            return
        lateness = late_by(rows, self._now)
        wanted = np.isin(rows["verdict"], self._late) & (lateness > 0)
        for clock, kept in enumerate(self._kept):
            own = np.flatnonzero(wanted & (rows["clock"] == clock))
            if len(own) > self._most:
                own = np.sort(own[np.argpartition(lateness[own], -self._most)[-self._most :]])
            for row in own.tolist():
                self._keep(kept, int(lateness[row]), chunk, rows, row)

    def _keep(
        self, kept: list[tuple[int, int, int, Mapping[str, object]]], late: int, chunk: Chunk, rows: Rows, row: int
    ) -> None:
        if len(kept) < self._most or late > kept[0][0]:
            ticket = chunk.ticket(int(cast("np.int64", rows["ticket"][row])))
            entry = (late, next(self._order), int(cast("np.int32", rows["cycle"][row])), ticket)
            (heapq.heappush if len(kept) < self._most else heapq.heapreplace)(kept, entry)

    def tickets(self, policy: Executable) -> tuple[LateTicket, ...]:
        """Return the latest, the worst of each clock first."""
        found: list[LateTicket] = []
        for clock, kept in zip(self._clocks, self._kept, strict=True):
            for late, _, cycle, ticket in sorted(kept, key=lambda one: (-one[0], -one[1])):
                evaluation = policy.evaluate(ticket, at=from_micros(self._now))
                answer = next(one for one in evaluation.clocks if (one.clock, one.cycle) == (clock, cycle))
                found.append(_late(str(ticket["id"]), evaluation.priority.level, answer, late))
        return tuple(found)


def late_by(rows: Rows, now: int) -> Ints:
    """Return how long after its due time each cycle stopped, or how long it has run since, in microseconds.

    Negative where it was in time; `MISSING` where no due time is known.
    """
    due, stopped = (cast("Ints", rows[name]) for name in ("due", "stopped"))
    return np.where(due == MISSING, MISSING, np.where(stopped == MISSING, now, stopped) - due)


def _late(ticket: str, priority: str | None, answer: ClockAnswer, late: int) -> LateTicket:
    if answer.due is None:
        raise ValueError("a late cycle without a due time")
    remaining = answer.remaining_seconds
    return LateTicket(
        ticket=ticket,
        clock=answer.clock,
        cycle=answer.cycle,
        priority=priority,
        state=answer.state,
        verdict=answer.verdict,
        started=answer.started,
        stopped=answer.stopped,
        due=answer.due,
        late_seconds=late / 1_000_000,
        over_seconds=None if remaining is None else -remaining,
        used_seconds=answer.used_seconds,
        budget_seconds=answer.budget_seconds,
        ledger=tuple(
            LedgerSpan(line.start, line.end, line.kind, line.because[0].text if line.because else "")
            for line in answer.ledger
        ),
    )
