"""The cycles whose verdict is another under a second policy: as a table, and the greatest of them as values."""

from __future__ import annotations

import heapq
from datetime import datetime
from itertools import count
from typing import TYPE_CHECKING, cast

import numpy as np
import pyarrow as pa

from sla_dsl.batch.columns import INSTANT, WORD, instants, seconds, texts, words_column
from sla_dsl.batch.engine.rows import MISSING
from sla_dsl.batch.results import kept_columns, with_kept
from sla_dsl.policy.logs.comparison import Flip
from sla_dsl.worktime import from_micros, to_micros

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from numpy.typing import NDArray

    from sla_dsl.batch.chunk import Chunk
    from sla_dsl.batch.engine.rows import Words
    from sla_dsl.batch.joining import Pairs
    from sla_dsl.batch.typed import Ints
    from sla_dsl.policy.tickets.answers import Verdict


_CODES = ("priority", "state", "verdict")
_INSTANTS = ("started", "stopped", "due")
_LENGTHS = ("late", "used", "remaining")
_FIELDS = (
    pa.field("ticket", pa.string()),
    pa.field("clock", WORD),
    pa.field("cycle", pa.int32()),
    *(pa.field(f"{name}_{side}", WORD) for name in _CODES for side in ("before", "after")),
    *(pa.field(f"{name}_{side}", INSTANT) for name in _INSTANTS for side in ("before", "after")),
    pa.field("due_later_seconds", pa.float64()),
    *(pa.field(f"{name}_{side}_seconds", pa.float64()) for name in _LENGTHS for side in ("before", "after")),
    pa.field("remaining_more_seconds", pa.float64()),
    pa.field("created", INSTANT),
)


def flips_schema(chunk: Chunk | None) -> pa.Schema:
    """Return the columns of a table of flips, with those that the log keeps after them."""
    return with_kept(_FIELDS, chunk)


class Flips:
    """Makes tables of flips, and keeps the `most` of them by which due time or lateness differs the most."""

    def __init__(self, clocks: Sequence[str], words: tuple[Words, Words], now: int, most: int) -> None:
        self._clocks, self._words, self._now, self._most = tuple(clocks), words, now, most
        self._kept: list[tuple[int, int, dict[str, object]]] = []
        self._order = count(0, -1)

    def batch(self, chunk: Chunk, pairs: Pairs, flipped: NDArray[np.intp]) -> pa.RecordBatch:
        """Return the pairs at some places as a record batch."""
        schema = flips_schema(chunk)
        tickets = pairs.ticket[flipped]
        made: dict[str, pa.Array] = {
            "ticket": texts(chunk.ids).take(tickets),
            "clock": words_column(pairs.clock[flipped].astype(np.int32), self._clocks),
            "cycle": pa.array(pairs.cycle[flipped].astype(np.int32)),
            "created": instants(chunk.created[tickets]),
        }
        for side, of, words in (("before", pairs.before, self._words[0]), ("after", pairs.after, self._words[1])):
            for name in _CODES:
                codes = of.column(name, -1)[flipped].astype(np.int32)
                made[f"{name}_{side}"] = words_column(codes, getattr(words, name))
            for name in _INSTANTS:
                made[f"{name}_{side}"] = instants(of.column(name)[flipped])
            for name in ("used", "remaining"):
                made[f"{name}_{side}_seconds"] = seconds(of.column(f"{name}_seconds")[flipped])
            made[f"late_{side}_seconds"] = seconds(of.late(self._now)[flipped])
        due = _less(pairs.after.column("due"), pairs.before.column("due"))[flipped]
        remaining = [side.column("remaining_seconds") for side in (pairs.after, pairs.before)]
        made["due_later_seconds"] = seconds(due)
        made["remaining_more_seconds"] = seconds(_less(*remaining)[flipped])
        made |= {name: column.take(tickets) for name, column in kept_columns(_FIELDS, chunk).items()}
        batch = pa.RecordBatch.from_arrays([made[name] for name in schema.names], schema=schema)
        late = _less(pairs.after.late(self._now), pairs.before.late(self._now))[flipped]
        self._keep(batch, np.maximum(_size(due), _size(late)))
        return batch

    def _keep(self, batch: pa.RecordBatch, sizes: Ints) -> None:
        for row in np.sort(np.argsort(-sizes, kind="stable")[: self._most]).tolist():
            entry = (int(sizes[row]), next(self._order))
            if len(self._kept) < self._most:
                heapq.heappush(self._kept, (*entry, batch.slice(row, 1).to_pylist()[0]))
            elif self._most and entry[0] > self._kept[0][0]:
                heapq.heapreplace(self._kept, (*entry, batch.slice(row, 1).to_pylist()[0]))

    def greatest(self, where: tzinfo) -> tuple[Flip, ...]:
        """Return the greatest flips, the greatest first."""
        ordered = sorted(self._kept, key=lambda one: (-one[0], -one[1]))
        return tuple(_flip(row, where) for _, _, row in ordered)


def _flip(row: dict[str, object], where: tzinfo) -> Flip:
    def length(name: str) -> float | None:
        return cast("float | None", row[f"{name}_seconds"])

    def word(name: str) -> str | None:
        return cast("str | None", row[name])

    due = [_micros(row[f"due_{side}"]) for side in ("before", "after")]
    return Flip(
        ticket=str(row["ticket"]),
        clock=str(row["clock"]),
        cycle=int(cast("int", row["cycle"])),
        priority_before=word("priority_before"),
        priority_after=word("priority_after"),
        verdict_before=cast("Verdict | None", word("verdict_before")),
        verdict_after=cast("Verdict | None", word("verdict_after")),
        due_before=None if due[0] is None else from_micros(due[0], where),
        due_after=None if due[1] is None else from_micros(due[1], where),
        due_later_seconds=length("due_later"),
        late_before_seconds=length("late_before"),
        late_after_seconds=length("late_after"),
        remaining_more_seconds=length("remaining_more"),
    )


def _micros(at: object) -> int | None:
    return to_micros(at) if isinstance(at, datetime) else None


def _less(left: Ints, right: Ints) -> Ints:
    """Return differences, missing where either is."""
    known = (left != MISSING) & (right != MISSING)
    return np.where(known, np.where(known, left, 0) - np.where(known, right, 0), MISSING)


def _size(lengths: Ints) -> Ints:
    return np.where(lengths == MISSING, 0, np.abs(np.where(lengths == MISSING, 0, lengths)))
