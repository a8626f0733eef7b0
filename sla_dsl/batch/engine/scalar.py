"""Tickets that go one by one: `Policy.evaluate`, with its answers as rows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from sla_dsl.batch.engine.rows import CODES, COLUMNS, LENGTHS, MISSING, Answered, Refused, Rows
from sla_dsl.errors import SlaError
from sla_dsl.worktime import from_micros, to_micros

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sla_dsl.batch.chunk import Chunk
    from sla_dsl.batch.engine.rows import Words
    from sla_dsl.policy.executable import Executable
    from sla_dsl.policy.tickets.answers import ClockAnswer

_DAY_ZERO = date(1970, 1, 1).toordinal()


class OneByOne:
    """Evaluates tickets of chunks one by one at an instant, under a policy."""

    def __init__(self, policy: Executable, words: Words, now: int) -> None:
        self._policy = policy
        self._now = now
        self._codes = {name: words.codes(name) for name in CODES}

    def answered(self, chunk: Chunk, tickets: Iterable[int]) -> Answered:
        """Return the answers for some tickets of a chunk; one that cannot be evaluated is refused."""
        at = from_micros(self._now, chunk.zone)
        rows: dict[str, list[object]] = {name: [] for name in COLUMNS}
        refused: list[Refused] = []
        answered = irregular = 0
        for ticket in tickets:
            try:
                found = self._policy.evaluate(chunk.ticket(ticket), at=at)
                clocks, level, odd = found.clocks, found.priority.level, len(found.irregular)
            except SlaError as error:
                refused.append(Refused(ticket, str(error)))
                continue
            answered, irregular = answered + 1, irregular + odd
            for clock in clocks:
                self._add(rows, ticket, level, clock)
        columns = {name: np.array(rows[name], kind) for name, kind in COLUMNS.items()}
        return Answered(Rows(columns), tuple(refused), answered, irregular)

    def _add(self, rows: dict[str, list[object]], ticket: int, level: str | None, clock: ClockAnswer) -> None:
        earliest, latest = clock.bounds or (None, None)
        row: dict[str, object] = {
            "ticket": ticket,
            "cycle": clock.cycle,
            "started": _micros(clock.started),
            "stopped": _micros(clock.stopped),
            "due": _micros(clock.due),
            "earliest": _micros(earliest),
            "latest": _micros(latest),
            "breached_at": _micros(clock.breached_at),
            "due_date": MISSING if clock.due_date is None else clock.due_date.toordinal() - _DAY_ZERO,
            "strict": -1 if clock.strict is None else clock.strict,
            "used_days": MISSING if clock.used_days is None else clock.used_days,
            "scalar": True,
        }
        for name in LENGTHS:
            seconds: float | None = getattr(clock, name)
            row[name] = MISSING if seconds is None else round(seconds * 1_000_000)
        for name, codes in self._codes.items():
            row[name] = codes[level if name == "priority" else getattr(clock, name)]
        for name, value in row.items():
            rows[name].append(value)


def _micros(at: datetime | None) -> int:
    return MISSING if at is None else to_micros(at)
