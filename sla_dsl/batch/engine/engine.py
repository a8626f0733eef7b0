"""Chunks of tickets answered one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_dsl.batch.engine.rows import Words
from sla_dsl.batch.engine.scalar import OneByOne

if TYPE_CHECKING:
    from sla_dsl.batch.chunk import Chunk
    from sla_dsl.batch.engine.rows import Answered
    from sla_dsl.policy.executable import Executable


class Engine:
    """Answers chunks of tickets at an instant under a policy. `words` are those of its columns of codes."""

    def __init__(self, policy: Executable, now: int) -> None:
        self.now = now
        self.words = Words.of(policy.terms)
        self._one_by_one = OneByOne(policy, self.words, now)

    def answered(self, chunk: Chunk) -> Answered:
        """Return what comes of the tickets of a chunk: rows by ticket, clock and cycle."""
        return self._one_by_one.answered(chunk, range(len(chunk)))
