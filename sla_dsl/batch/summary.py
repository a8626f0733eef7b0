"""What a log comes to, added up chunk by chunk: memory goes with the groups, not with the tickets."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np
from attrs import frozen

from sla_dsl.batch.dates import local_days, month_name, months
from sla_dsl.batch.engine.rows import MISSING
from sla_dsl.batch.grouping import Counted, Numbering, Values
from sla_dsl.batch.measured import Objectives
from sla_dsl.batch.results import kept_names
from sla_dsl.batch.worst import Worst
from sla_dsl.policy.logs.asked import asked_of
from sla_dsl.policy.logs.summary import BIN, BINS, IN_TIME, LATE, Distribution, OneByOne, Summary
from sla_dsl.worktime import from_micros, zone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from sla_dsl.batch.chunk import Chunk
    from sla_dsl.batch.engine.rows import Answered, Rows, Words
    from sla_dsl.batch.typed import Flags, Ints
    from sla_dsl.policy.executable import Executable
    from sla_dsl.policy.logs.summary import Group
    from sla_dsl.policy.logs.summary import Rows as LogRows


_OWN = ("priority", "month")
"""By what cycles are grouped anyway."""


@frozen
class Wanted:
    """What a summary is to have: by which kept columns cycles are grouped, how many of the worst tickets are told."""

    columns: tuple[str, ...] = ()
    worst: int = 5


class Summing:
    """Adds up the answers of an engine, chunk by chunk; `summary` says what they come to.

    `notes` says why tickets went one by one, by clause.

    Example: `summing.add(chunk, engine.answered(chunk))`.
    """

    def __init__(
        self,
        policy: Executable,
        words: Words,
        now: int,
        wanted: Wanted,
        notes: Callable[[], Mapping[str, str]] = dict[str, str],
    ) -> None:
        self._policy, self._words, self._now, self._wanted, self._notes = policy, words, now, wanted, notes
        self._zone = policy.zone or "UTC"
        self._at = from_micros(now, zone(self._zone))
        self._cells, self._counted = Numbering(), Counted()
        self._names = kept_names(wanted.columns, _OWN)
        self._by_column = {name: (Values(), Numbering(), Counted()) for name in wanted.columns}
        self._spread = _Spread(words, now)
        self._worst = Worst(words, now, wanted.worst)
        self._objectives = Objectives(policy, words, self._at)
        self._tickets = self._cycles = self._one_by_one = self._irregular = 0
        self._created: list[int] = []

    def add(self, chunk: Chunk, answered: Answered) -> None:
        """Take in what was answered about a chunk."""
        rows = answered.rows
        refused = np.zeros(len(chunk), bool)
        refused[[one.ticket for one in answered.refused]] = True
        used_tickets = chunk.created[~refused]
        self._tickets += len(used_tickets)
        self._cycles += len(rows)
        self._one_by_one += answered.scalar
        self._irregular += answered.irregular
        if len(used_tickets):
            self._created = [
                min([*self._created, int(used_tickets.min())]),
                max([*self._created, int(used_tickets.max())]),
            ]
        if not len(rows):
            return
        self._add_groups(chunk, rows)
        self._spread.add(rows)
        self._worst.add(chunk, rows)
        self._objectives.add(rows, lambda ticket: self._policy.evaluate(chunk.ticket(ticket), at=self._at))

    def _add_groups(self, chunk: Chunk, rows: Rows) -> None:
        tickets = cast("Ints", rows["ticket"])
        verdicts = cast("Ints", rows["verdict"]).astype(np.int64)
        used = cast("Ints", rows["used_seconds"])
        stopped: Flags = (rows["state"] == self._words.state.index("stopped")) & (used != MISSING)
        month = months(local_days(chunk.created, self._zone))[tickets]
        own = self._own(rows)
        self._counted.add(self._cells.of(month * self._many + own), verdicts, used, stopped)
        for name, (values, numbering, counted) in self._by_column.items():
            value = values.of(chunk.kept[name])[tickets]
            clock = cast("Ints", rows["clock"]).astype(np.int64)
            counted.add(numbering.of(value * len(self._words.clock) + clock), verdicts, used, stopped)

    @property
    def _many(self) -> int:
        return len(self._words.clock) * (len(self._words.priority) + 1)

    def _own(self, rows: Rows) -> Ints:
        """Return a number for the clock and the level of each row; the first level is none."""
        clock, level = (cast("Ints", rows[name]).astype(np.int64) for name in ("clock", "priority"))
        return clock * (len(self._words.priority) + 1) + level + 1

    def summary(self, files: Sequence[str], rows: LogRows) -> Summary:
        """Return what all chunks come to. `rows` is what became of the rows of the log."""
        where = zone(self._zone)
        return Summary(
            asked=asked_of(self._policy),
            at=self._at,
            zone=self._zone,
            files=tuple(files),
            rows=rows,
            tickets=self._tickets,
            cycles=self._cycles,
            irregular=self._irregular,
            one_by_one=OneByOne(self._one_by_one, dict(self._notes()) if self._one_by_one else {}),
            created=(from_micros(self._created[0], where), from_micros(self._created[1], where))
            if self._created
            else None,
            columns=tuple(self._names.values()),
            groups=tuple(self._groups()),
            distributions=tuple(self._spread.distributions()),
            objectives=self._objectives.answers(),
            worst=self._worst.tickets(self._policy),
        )

    def _groups(self) -> Iterator[Group]:
        levels = (None, *self._words.priority)
        cells = [(*divmod(key % self._many, len(levels)), key // self._many) for key in self._cells.keys]
        found_months = sorted({month for _, _, month in cells})
        for number, clock in enumerate(self._words.clock):
            own = {at: cell[1:] for at, cell in enumerate(cells) if cell[0] == number}
            if not own:
                continue
            found_levels = sorted({level for level, _ in own.values()}, key=lambda level: level or len(levels))
            yield self._counted.group(clock, {}, own)
            for level in found_levels:
                of_level = [at for at, cell in own.items() if cell[0] == level]
                yield self._counted.group(clock, {"priority": levels[level]}, of_level)
            for month in found_months:
                of_month = [at for at, cell in own.items() if cell[1] == month]
                if of_month:
                    yield self._counted.group(clock, {"month": month_name(month)}, of_month)
            for level in found_levels:
                for month in found_months:
                    both = [at for at, cell in own.items() if cell == (level, month)]
                    if both:
                        by = {"priority": levels[level], "month": month_name(month)}
                        yield self._counted.group(clock, by, both)
            yield from self._groups_by_column(number, clock)

    def _groups_by_column(self, number: int, clock: str) -> Iterator[Group]:
        for name, (values, numbering, counted) in self._by_column.items():
            places = [
                (values.values[key // len(self._words.clock)], at)
                for at, key in enumerate(numbering.keys)
                if key % len(self._words.clock) == number
            ]
            for value, at in sorted(places, key=lambda one: (one[0] is None, one[0] or "")):
                yield counted.group(clock, {self._names[name]: value}, [at])


class _Spread:
    """Adds up how much of its target each decided cycle had used, by clock and level."""

    def __init__(self, words: Words, now: int) -> None:
        self._words, self._now = words, now
        self._levels = (None, *words.priority)
        size = len(words.clock) * len(self._levels)
        self._in_time, self._late = (np.zeros((size, BINS), np.int64) for _ in range(2))
        self._unknown = np.zeros(size, np.int64)
        verdicts = words.verdict
        self._in_time_codes = [code for code, one in enumerate(verdicts) if one in IN_TIME]
        self._late_codes = [code for code, one in enumerate(verdicts) if one in LATE]

    def add(self, rows: Rows) -> None:
        """Take in the answers about a chunk."""
        share = _share_used(rows, self._now)
        clock, level = (cast("Ints", rows[name]).astype(np.int64) for name in ("clock", "priority"))
        place = clock * len(self._levels) + level + 1
        known = ~np.isnan(share)
        steps = np.nan_to_num(share) * (100 / BIN)
        # What was used to the last minute was in time where that is within the target, and late where it is not.
        below, above = np.maximum(np.ceil(steps) - 1, 0), np.floor(steps)
        for total, codes, exact in (
            (self._in_time, self._in_time_codes, below),
            (self._late, self._late_codes, above),
        ):
            step = np.minimum(exact, BINS - 1).astype(np.int64)
            own = np.isin(rows["verdict"], codes)
            _add_up(total.reshape(-1), (place * BINS + step)[own & known])
            _add_up(self._unknown, place[own & ~known])

    def distributions(self) -> Iterator[Distribution]:
        """Yield them by clock and level, where any cycle is decided."""
        for number, clock in enumerate(self._words.clock):
            for level in (*range(1, len(self._levels)), 0):
                at = number * len(self._levels) + level
                in_time, late, unknown = self._in_time[at].tolist(), self._late[at].tolist(), int(self._unknown[at])
                if sum(in_time) + sum(late) + unknown:
                    yield Distribution(clock, self._levels[level], BIN, tuple(in_time), tuple(late), unknown)


def _add_up(total: Ints, places: Ints) -> None:
    total += np.bincount(places, minlength=len(total))


def _share_used(rows: Rows, now: int) -> NDArray[np.float64]:
    """Return how much of the target was used, as a share of it; NaN where there is no such figure."""
    used, budget, started, stopped, due = (
        cast("Ints", rows[name]) for name in ("used_seconds", "budget_seconds", "started", "stopped", "due")
    )
    found = np.full(len(rows), np.nan)
    counted = (used != MISSING) & (budget != MISSING) & (budget > 0)
    np.divide(used, budget, out=found, where=counted)
    passed = np.where(stopped == MISSING, now, stopped) - started
    whole = due - started
    by_clock = ~counted & (budget == MISSING) & (started != MISSING) & (due != MISSING) & (whole > 0)
    np.divide(passed, whole, out=found, where=by_clock)
    return np.maximum(found, 0.0)
