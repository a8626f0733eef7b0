"""The same log under two policies, chunk by chunk: what becomes of which verdict, and by how much due times move."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sla_dsl.batch.engine.rows import MISSING
from sla_dsl.batch.flips import Flips
from sla_dsl.batch.joining import joined
from sla_dsl.batch.lengths import Lengths
from sla_dsl.policy.logs.asked import asked_of
from sla_dsl.policy.logs.comparison import Cell, Change, Comparison, Shift
from sla_dsl.policy.logs.summary import IN_TIME, LATE, VERDICTS, OneByOne, share_of
from sla_dsl.worktime import from_micros, zone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import pyarrow as pa

    from sla_dsl.batch.chunk import Chunk
    from sla_dsl.batch.engine.rows import Answered, Words
    from sla_dsl.batch.joining import Pairs
    from sla_dsl.batch.typed import Ints
    from sla_dsl.policy.executable import Executable
    from sla_dsl.policy.logs.summary import Rows


_NONE = len(VERDICTS)
"""The code of a verdict on a side that does not have the cycle."""
_SIDES = ("before", "after")


class Comparing:
    """Adds up how two policies answer the same chunks. `flips` are those of the chunk before, as a record batch.

    Example: `comparing.add(chunk, old.answered(chunk), new.answered(chunk))`.
    """

    def __init__(
        self, policies: tuple[Executable, Executable], words: tuple[Words, Words], now: int, most: int
    ) -> None:
        self._policies, self._words, self._now = policies, words, now
        before, after = words
        self._clocks = tuple(dict.fromkeys((*before.clock, *after.clock)))
        self._levels = (None, *before.priority)
        wide = _NONE + 1
        self._cells = np.zeros((len(self._clocks) * len(self._levels), wide, wide), np.int64)
        self._both_due = np.zeros(len(self._cells), np.int64)
        self._later, self._earlier = Lengths(), Lengths()
        self._flips = Flips(self._clocks, words, now, most)
        self._tickets = self._flipped_tickets = self._flipped_cycles = 0
        self._one_by_one = [0, 0]

    def add(self, chunk: Chunk, before: Answered, after: Answered) -> pa.RecordBatch:
        """Take in what both answered about a chunk; return the cycles that flip."""
        refused = {one.ticket for side in (before, after) for one in side.refused}
        self._tickets += len(chunk) - len(refused)
        for number, side in enumerate((before, after)):
            self._one_by_one[number] += side.scalar
        pairs = joined(self._clocks, (before, self._words[0]), (after, self._words[1]))
        verdicts = [side.column("verdict", _NONE) for side in (pairs.before, pairs.after)]
        level = pairs.before.column("priority", -1)
        place = pairs.clock * len(self._levels) + level + 1
        cells = (place * (_NONE + 1) + verdicts[0]) * (_NONE + 1) + verdicts[1]
        self._cells += np.bincount(cells, minlength=self._cells.size).reshape(self._cells.shape)
        self._add_shifts(pairs, place)
        flipped = np.flatnonzero(verdicts[0] != verdicts[1])
        self._flipped_cycles += len(flipped)
        self._flipped_tickets += len(np.unique(pairs.ticket[flipped]))
        return self._flips.batch(chunk, pairs, flipped)

    def _add_shifts(self, pairs: Pairs, place: Ints) -> None:
        old, new = pairs.before.column("due"), pairs.after.column("due")
        both = (old != MISSING) & (new != MISSING)
        self._both_due += np.bincount(place[both], minlength=len(self._both_due))
        later, earlier = both & (new > old), both & (new < old)
        self._later.add(place[later], (new - old)[later])
        self._earlier.add(place[earlier], (old - new)[earlier])

    def comparison(self, files: Sequence[str], rows: Rows, notes: Sequence[Mapping[str, str]] = ({}, {})) -> Comparison:
        """Return what all chunks come to.

        `rows` is what became of the rows of the log, `notes` why tickets of each side went one by one.
        """
        name = self._policies[0].zone or "UTC"
        where = zone(name)
        before, after = (asked_of(one) for one in self._policies)
        one_by_one = [
            OneByOne(tickets, dict(why) if tickets else {})
            for tickets, why in zip(self._one_by_one, notes, strict=True)
        ]
        return Comparison(
            before=before,
            after=after,
            at=from_micros(self._now, where),
            zone=name,
            files=tuple(files),
            rows=rows,
            compared=self._tickets,
            flipped_tickets=self._flipped_tickets,
            flipped_cycles=self._flipped_cycles,
            one_by_one_before=one_by_one[0],
            one_by_one_after=one_by_one[1],
            changes=tuple(self._changes()),
            flips=self._flips.greatest(where),
        )

    def _changes(self) -> Iterator[Change]:
        many = len(self._levels)
        for number, clock in enumerate(self._clocks):
            places = range(number * many, (number + 1) * many)
            if not self._cells[places].any():
                continue
            yield self._change(clock, places, by_priority=False, priority=None)
            for level in (*range(1, many), 0):
                place = number * many + level
                if self._cells[place].any():
                    yield self._change(clock, [place], by_priority=True, priority=self._levels[level])

    def _change(self, clock: str, places: Iterable[int], *, by_priority: bool, priority: str | None) -> Change:
        own = list(places)
        counts = self._cells[own].sum(axis=0)
        words = (*VERDICTS, None)
        cells = [
            Cell(words[row], words[column], int(counts[row, column])) for row, column in np.argwhere(counts).tolist()
        ]
        decided = [(_sum(cells, side, IN_TIME), _sum(cells, side, IN_TIME | LATE)) for side in _SIDES]
        return Change(
            clock=clock,
            by_priority=by_priority,
            priority=priority,
            cycles=int(counts.sum()),
            flipped=sum(cell.cycles for cell in cells if cell.before != cell.after),
            share_before=share_of(*decided[0]),
            share_after=share_of(*decided[1]),
            cells=tuple(cells),
            due=Shift(int(self._both_due[own].sum()), self._later.used(own), self._earlier.used(own)),
        )


def _sum(cells: Iterable[Cell], side: str, verdicts: Iterable[str]) -> int:
    wanted = set(verdicts)
    return sum(cell.cycles for cell in cells if getattr(cell, side) in wanted)
