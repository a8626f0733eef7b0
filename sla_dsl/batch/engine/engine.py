"""Chunks of tickets answered: together where the policy is laid out for that, else one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from attrs import evolve

from sla_dsl.batch.engine.moments import block
from sla_dsl.batch.engine.reading import Reader
from sla_dsl.batch.engine.rows import Answered, Refused, Words, stacked
from sla_dsl.batch.engine.scalar import OneByOne
from sla_dsl.batch.engine.together import Together

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from sla_dsl.batch.chunk import Chunk
    from sla_dsl.batch.engine.rows import Rows
    from sla_dsl.policy.executable import Executable

CREATED_LATER = "created after the instant asked for"
"""Why a ticket is refused that is not there yet; it is the same for all of them, so that they are counted together."""
BLOCK = 1 << 15
"""So many tickets are followed together: few enough that their columns stay in the cache."""


class Engine:
    """Answers chunks of tickets at an instant under a policy. `words` are those of its columns of codes."""

    def __init__(self, policy: Executable, now: int, *, size: int = BLOCK) -> None:
        self.now = now
        self.words = Words.of(policy.terms)
        self._size = size
        self._one_by_one = OneByOne(policy, self.words, now)
        self._together = Together(policy, self.words, now)
        desk = self._together.desk
        self._reader = Reader(policy.terms, desk.signs, desk.situations)

    @property
    def notes(self) -> Mapping[str, str]:
        """What is not laid out for many tickets, by clause, and why: tickets that it concerns go one by one."""
        whole = self._together.obstacle
        return self._together.desk.notes if whole is None else {"policy": whole}

    def answered(self, chunk: Chunk) -> Answered:
        """Return what comes of the tickets of a chunk; those that are created after the instant are refused."""
        later = chunk.created > self.now
        refused = [Refused(ticket, CREATED_LATER) for ticket in np.flatnonzero(later).tolist()]
        found = self._there(chunk, later)
        return evolve(found, refused=tuple(sorted((*refused, *found.refused), key=lambda one: one.ticket)))

    def _there(self, chunk: Chunk, later: NDArray[np.bool]) -> Answered:
        """Return what comes of the tickets that are not created `later`."""
        if self._together.obstacle is not None:
            return self._one_by_one.answered(chunk, np.flatnonzero(~later).tolist())
        parts: list[Rows] = []
        aside: list[int] = []
        irregular = 0
        for rows, alone, odd in self._blocks(chunk):
            parts.append(rows)
            aside += [ticket for ticket in alone if not later[ticket]]
            irregular += odd
        if not aside:
            return Answered(stacked(parts), (), 0, irregular)
        rest = self._one_by_one.answered(chunk, aside)
        return Answered(stacked([*parts, rest.rows]), rest.refused, rest.scalar, irregular + rest.irregular)

    def _blocks(self, chunk: Chunk) -> Iterator[tuple[Rows, list[int], int]]:
        """Yield the rows of the tickets that can be followed together, the others, and how much was irregular."""
        said = self._reader.entries(chunk.said, len(chunk.at))
        first = self._reader.tickets(chunk.first, len(chunk))
        signs = self._together.desk.signs
        for start in range(0, len(chunk), self._size):
            tickets = slice(start, min(start + self._size, len(chunk)))
            one = block(chunk, said, first, tickets, signs, self.now)
            rows = self._together.rows(one)  # sets tickets aside
            alone = np.sort(one.places[one.aside]).tolist()
            yield rows, alone, int(one.irregular[~one.aside].sum())
