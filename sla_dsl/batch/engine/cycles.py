"""Cycles of a clock, one of each ticket of a block: when they are due, what they have used (P4-P7, T4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from attrs import frozen

from sla_dsl.batch.engine.holds import OPEN, Holds
from sla_dsl.batch.engine.in_days import due_alone
from sla_dsl.batch.engine.promises import IN_DAYS, IN_HOURS
from sla_dsl.batch.engine.rows import MISSING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla_dsl.batch.engine.hours import Hours
    from sla_dsl.batch.engine.promises import Promises
    from sla_dsl.batch.typed import Codes, Flags, Ints, Places


@frozen(eq=False)
class Dues:
    """When some cycles are due: `at` is `MISSING` where there is no number; `low` is the earlier end of a range.

    Where a pause goes on, a cycle that is not `sure` is due at `at` at the earliest. `day` counts from 1970-01-01.
    """

    at: Ints
    sure: Flags
    strict: Flags
    low: Ints
    day: Ints

    def late(self, at: Ints) -> Flags:
        """Return which of them are late at an instant (T4)."""
        return self.sure & (self.at != MISSING) & ((at > self.at) | (self.strict & (at == self.at)))


class Cycles:
    """The last cycle of a clock for each ticket of a block, row by row; see `tickets.cycle.Cycle` for the names.

    `number` is 0 where there is none yet; `stopped`, `voided` and `late_at` are `MISSING` where that has not happened.
    `promised` and `offered` are numbers of promises. `counted` is what was used before `span`, under earlier terms.
    """

    def __init__(self, promises: Promises, aside: Flags) -> None:
        rows = len(aside)
        self._promises = promises
        self._aside = aside
        self.number: Codes = np.zeros(rows, np.int32)
        self.running: Flags = np.zeros(rows, np.bool)
        self.promised: Codes = np.zeros(rows, np.int32)
        self.offered: Codes = np.zeros(rows, np.int32)
        self.situation: Codes = np.zeros(rows, np.int32)
        self.late_as: Codes = np.zeros(rows, np.int32)
        self.signs: Ints = np.zeros(rows, np.int64)
        self.holds = Holds(rows)
        self.started, self.origin, self.turned, self.span = (np.zeros(rows, np.int64) for _ in range(4))
        self.carried, self.counted = np.zeros(rows, np.int64), np.zeros(rows, np.int64)
        self.stopped, self.voided, self.late_at = (np.full(rows, MISSING) for _ in range(3))

    def begin(self, rows: Places, at: Ints, promised: Codes, situation: Codes) -> None:
        """Begin the next cycle of some rows."""
        self.number[rows] += 1
        self.running[rows] = True
        self.promised[rows] = self.offered[rows] = promised
        self.situation[rows] = situation
        self.signs[rows] = 0
        self.holds.clear(rows)
        self.started[rows] = self.origin[rows] = self.turned[rows] = self.span[rows] = at
        self.carried[rows] = self.counted[rows] = 0
        self.stopped[rows] = self.voided[rows] = self.late_at[rows] = MISSING

    # ----------------------------------------------------------------------------------- other terms

    def carry(self, rows: Places, at: Ints) -> None:
        """Let the rest of the new budget run from now on, less what is used (P6)."""
        if len(rows):
            used = self.used(rows, at)
            self.carried[rows] = self.counted[rows] = used
            self.span[rows] = self.origin[rows] = at

    def restart(self, rows: Places, at: Ints) -> None:
        """Let cycles begin anew; a pause that goes on does so."""
        if len(rows):
            held = self.holds.is_open(rows)
            self.holds.clear(rows)
            self.holds.add(rows[held], at[held], OPEN)
            self.started[rows] = self.origin[rows] = self.span[rows] = at
            self.carried[rows] = self.counted[rows] = 0

    def rebase(self, rows: Places) -> None:
        """Let the new budget run from the start, pauses included."""
        self.origin[rows] = self.span[rows] = self.started[rows]
        self.carried[rows] = self.counted[rows] = 0

    # ------------------------------------------------------------------------------------------- due

    def dues(self, rows: Places, now: Ints) -> Dues:
        """Return when cycles are due; a pause that goes on is taken to end now."""
        table = self._promises.table
        promised = self.promised[rows]
        count = len(rows)
        at, low, day = (np.full(count, MISSING) for _ in range(3))
        sure, strict = np.ones(count, np.bool), table.strict[promised]
        kind = table.kind[promised]
        in_hours = kind == IN_HOURS
        for hours, places in self._by_calendar(table.hours[promised], in_hours):
            some, then = rows[places], now[places]
            high = table.high[promised[places]]
            at[places], sure[places] = self._spent(hours, some, high, then)
            ranged = np.flatnonzero(table.low[promised[places]] != MISSING)
            if len(ranged):
                lower = table.low[promised[places]][ranged]
                low[places[ranged]], _ = self._spent(hours, some[ranged], lower, then[ranged])
        low[~sure | (low == at)] = MISSING
        for number, places in _alike(promised, np.flatnonzero(kind == IN_DAYS)):
            self._in_days(number, rows, places, now, (at, sure, strict, low, day))
        return Dues(at, sure, strict, low, day)

    def _in_days(
        self, number: int, rows: Places, places: Places, now: Ints, out: tuple[Ints, Flags, Flags, Ints, Ints]
    ) -> None:
        """Write when some cycles under a promise in days are due; a doubt sets their tickets aside."""
        together = self._promises.in_days(number)
        if together is not None:
            found = together.dues(self, rows[places], now[places], moves=self._promises.moves)
            for column, values in zip(out, (found.at, found.sure, found.strict, found.low, found.day), strict=True):
                column[places] = values
            self._aside[rows[places[~found.told]]] = True
            return
        for place in places.tolist():
            alone = due_alone(self._promises.known[number], self, int(rows[place]), int(now[place]))
            if alone is None:
                self._aside[rows[place]] = True
            else:
                for column, value in zip(out, alone, strict=True):
                    column[place] = value

    def _spent(self, hours: Hours, rows: Places, budget: Ints, now: Ints) -> tuple[Ints, Flags]:
        """Return when budgets are spent, and whether that is sure; see `holding.spent_at`."""
        origin, holds = self.origin[rows], self.holds
        left = budget - self.carried[rows]
        self._check(hours, rows, origin)
        total = hours.spent(origin) + left
        sure = np.ones(len(rows), np.bool)
        for number in holds.of(rows):
            there = (holds.count[rows] > number) & (left > 0)
            start, end = holds.starts[rows, number], holds.ends[rows, number]
            goes_on = end == OPEN
            end = np.where(goes_on, now, end)
            some = np.flatnonzero(there & (goes_on | (end > origin)))
            if not len(some):
                continue
            since = np.maximum(start[some], origin[some])
            until = np.maximum(end[some], since)
            before = hours.spent(since)
            shifts = before < total[some]
            total[some] += np.where(shifts, hours.spent(until) - before, 0)
            sure[some[shifts & goes_on[some]]] = False
        self._aside[rows[(left > 0) & ~hours.reaches(total)]] = True
        at = origin.copy()
        ahead = np.flatnonzero(left > 0)
        at[ahead] = hours.instant(total[ahead])
        return at, sure

    def _by_calendar(self, calendars: Codes, wanted: Flags) -> Iterator[tuple[Hours, Places]]:
        for number, hours in enumerate(self._promises.calendars):
            places = np.flatnonzero(wanted & (calendars == number))
            if len(places):
                yield hours, places

    def set_aside(self, rows: Places) -> None:
        """Let tickets go one by one."""
        self._aside[rows] = True

    def _check(self, hours: Hours, rows: Places, at: Ints) -> None:
        """Set aside the tickets that ask a calendar for an instant outside its years."""
        covered = hours.covers(at)
        if not covered.all():
            self._aside[rows[~covered]] = True

    # ----------------------------------------------------------------------------------------- usage

    def ends(self, rows: Places, now: Ints) -> Ints:
        """Return the instants up to which cycles last, as seen now."""
        stopped, voided = self.stopped[rows], self.voided[rows]
        end = np.where(stopped != MISSING, stopped, voided)
        return np.where((end == MISSING) | (end > now), now, end)

    def used(self, rows: Places, until: Ints) -> Ints:
        """Return the time counted until some instants, which are not after the end of the cycles."""
        found = np.zeros(len(rows), np.int64)
        measured = self._promises.table.measured[self.promised[rows]]
        for hours, places in self._by_calendar(measured, np.ones(len(rows), np.bool)):
            some = rows[places]
            found[places] = self.counted[some] + self._counts(hours, some, until[places])
        return found

    def _counts(self, hours: Hours, rows: Places, until: Ints) -> Ints:
        """Return the time that counts in the span of the terms in force."""
        since, holds = self.span[rows], self.holds
        until = np.maximum(until, since)
        self._check(hours, rows, since)
        self._check(hours, rows, until)
        found = hours.spent(until) - hours.spent(since)
        for number in holds.of(rows):
            start = np.maximum(holds.starts[rows, number], since)
            end = np.minimum(holds.ends[rows, number], until)
            some = np.flatnonzero((holds.count[rows] > number) & (start < end))
            found[some] -= hours.spent(end[some]) - hours.spent(start[some])
        return found

    # -------------------------------------------------------------------------------------- lateness

    def settle(self, rows: Places, now: Ints) -> None:
        """Keep for good which of some cycles, not over yet, are late by now (P6: a breach is sticky)."""
        open_ = np.flatnonzero(self.late_at[rows] == MISSING)
        some, now = rows[open_], now[open_]
        if not len(some):
            return
        dues = self.dues(some, now)
        late = np.flatnonzero(dues.late(now))
        self.pass_step(some[late])
        self.make_late(some[late], np.maximum(dues.at[late], self.turned[some[late]]))

    def pass_step(self, rows: Places) -> None:
        """Set aside tickets with late cycles of which a step of a cascade is in force: another follows it (P5)."""
        passed = self._promises.table.step[self.promised[rows]] >= 0
        if passed.any():
            self._aside[rows[passed]] = True
            self._promises.note("a step of a cascade has passed unmet")

    def make_late(self, rows: Places, at: Ints) -> None:
        """Note from when on cycles are late."""
        self.late_at[rows] = at
        self.late_as[rows] = self._promises.table.modality[self.promised[rows]]

    def late_by_change(self, rows: Places, at: Ints) -> None:
        """Note a change; a due time that it has moved to before itself is late at the change (P6)."""
        self.turned[rows] = at
        self.settle(rows, at)
        table = self._promises.table
        budget = table.budget[self.promised[rows]]
        over = (self.late_at[rows] == MISSING) & (budget != MISSING) & (self.carried[rows] > budget)
        self.make_late(rows[over], at[over])


def _alike(codes: Codes, places: Places) -> Iterator[tuple[int, Places]]:
    """Yield each different code at some places, with those of them where it stands."""
    if len(places):
        some = codes[places]
        for code in np.unique(some).tolist():
            yield code, places[some == code]
