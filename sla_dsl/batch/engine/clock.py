"""A clock of many tickets at once, moment by moment: starts, stops, pauses, changes, reopening (P1, P6, P7, R6).

Each step here is that of `tickets.clock_run.ClockRun` under the same name, for all tickets that it concerns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sla_dsl.batch.engine.cycles import Cycles
from sla_dsl.batch.engine.holds import OPEN, Holds
from sla_dsl.batch.engine.questions import DOUBT
from sla_dsl.batch.engine.rows import MISSING

if TYPE_CHECKING:
    from collections.abc import Callable

    from sla_dsl.batch.engine.clock_rules import Between, Listener, Rules
    from sla_dsl.batch.engine.moments import Moments
    from sla_dsl.batch.engine.questions import Asked, Question
    from sla_dsl.batch.typed import Codes, Flags, Ints, Places

    Retire = Callable[["Clock", Places], None]


class Clock:
    """A clock of the tickets of a block. `retire` is told of cycles that are over before the next one begins."""

    def __init__(self, rules: Rules, aside: Flags, retire: Retire) -> None:
        rows = len(aside)
        self.rules = rules
        self.cycles = Cycles(rules.promises, aside)
        self.ended: Flags = np.zeros(rows, np.bool)
        self._signs = rules.desk.signs
        self._aside = aside
        self._retire = retire
        self._gap = Holds(rows)
        self._happened: Ints = np.zeros(rows, np.int64)
        self._since_end: Ints = np.zeros(rows, np.int64)
        self._between: Ints = np.zeros(rows, np.int64)

    # --------------------------------------------------------------------------------------- moments

    def take(self, moments: Moments) -> None:
        """Let the clock see a moment of some tickets: terms, stop and void, pauses, starts (R6)."""
        if self.rules.rules.eventful:
            self._look(moments)
            return
        concerned = ((moments.signs & self.rules.listens) != 0) | moments.said | moments.reopened
        some = np.flatnonzero(concerned)
        if len(some):
            self._look(moments.take(some))

    def _look(self, now: Moments) -> None:
        rules, cycles, rows = self.rules, self.cycles, now.rows
        starting = self._starting(now)
        stopping = np.zeros(len(rows), np.bool)
        ran = np.flatnonzero(cycles.running[rows])
        if len(ran):
            stopping[ran] = self._run(now if len(ran) == len(rows) else now.take(ran))
        if rules.endings or rules.voids:
            self._void(now)
        if rules.rules.can_pause:
            self._pause(now)
        running = cycles.running[rows]
        moved = np.flatnonzero(running & (now.before != now.after))
        if len(moved):
            some = now.take(moved)
            self._turn(some.rows, some.at, some.asked())
        self._leave_gaps(now)
        going = np.flatnonzero(~running & ~self.ended[rows] & (starting | stopping | now.reopened))
        if len(going):
            self._go_on(now.take(going), starting[going], stopping[going])
        if rules.rules.joint:
            self._happened[rows] |= now.signs
            self._since_end[rows] |= now.signs
            some = np.flatnonzero(cycles.running[rows])
            cycles.signs[rows[some]] |= now.signs[some]

    def _run(self, now: Moments) -> Flags:
        """Let cycles that run see new terms and their stop; return which stop."""
        said = np.flatnonzero(now.said | self.rules.rules.eventful)
        if len(said):
            some = now.take(said)
            self._turn(some.rows, some.at, some.asked_before())
        stopping = self._stopping(now)
        some = np.flatnonzero(stopping)
        self._stop(now.rows[some], now.at[some])
        return stopping

    def _go_on(self, now: Moments, starting: Flags, stopping: Flags) -> None:
        """Start a cycle or go on with the last, where the moment says so."""
        starting = starting | stopping if self.rules.repeats else starting
        some = np.flatnonzero(starting)
        if len(some):
            then = now.take(some)
            self._start(then)
            at_once = np.flatnonzero(~stopping[some] & self._stopping(then) & self.cycles.running[then.rows])
            self._stop(then.rows[at_once], then.at[at_once])
            if self.rules.repeats and len(at_once):
                self._start(then.take(at_once))
        back = np.flatnonzero(now.reopened & ~starting)
        if len(back):
            then, before = now.take(back), stopping[back]
            gone = self._reopen(then)
            at_once = np.flatnonzero(gone & ~before & self._stopping(then))
            self._stop(then.rows[at_once], then.at[at_once])

    # -------------------------------------------------------------------------------- starts and stops

    def _start(self, now: Moments) -> None:
        rows = now.rows
        before = rows[self.cycles.number[rows] > 0]
        if len(before):
            self._retire(self, before)
        promised = self._governing(rows, now.asked())
        self.cycles.begin(rows, now.at, promised, now.after)
        if self.rules.rules.can_pause:
            self.cycles.holds.mark(rows, now.at, self._held(now))

    def _starting(self, now: Moments) -> Flags:
        """Return which clocks would start now, or would if the cycle that runs ends."""
        rules, free = self.rules, ~self.ended[now.rows]
        before = np.where(self.cycles.running[now.rows], 0, self._since_end[now.rows])
        plain = self._fired(rules.starts, now, before, free)
        if not rules.starts_instead:
            return plain
        instead = self._fired(rules.starts_instead, now, before, free)
        replaced = np.zeros(len(plain), np.bool)
        for one in rules.starts_instead:
            replaced |= self._all_hold(one, now, plain & ~replaced)
        return np.where(plain & replaced, instead, plain | instead)

    def _stopping(self, now: Moments) -> Flags:
        """Return which cycles stop now."""
        by_status = (now.signs & self.rules.stopping) != 0
        return by_status | self._fired(self.rules.stops, now, self.cycles.signs[now.rows], ~by_status)

    def _fired(self, listeners: tuple[Listener, ...], now: Moments, before: Ints, wanted: Flags) -> Flags:
        fired = np.zeros(len(now.rows), np.bool)
        for one in listeners:
            true = wanted & ~fired & self._signs.fires(one.test, now.signs, before)
            fired |= self._all_hold(one, now, true) if one.conditions else true
        return fired

    def _all_hold(self, listener: Listener, now: Moments, wanted: Flags) -> Flags:
        """Return for which of the moments that are wanted all conditions of a trigger hold."""
        held = wanted
        for question in listener.conditions:
            held = self._holds(question, now.rows, now.asked_before(), held)
        return held

    def _holds(self, question: Question, rows: Places, asked: Asked, wanted: Flags) -> Flags:
        found = np.zeros(len(rows), np.bool)
        some = np.flatnonzero(wanted)
        if len(some):
            answers = question(asked.take(some))
            self._doubt(rows[some], answers)
            found[some] = answers == 1
        return found

    def _doubt(self, rows: Places, answers: Codes) -> Flags:
        """Set aside the tickets about which there is a doubt; return which they are."""
        doubtful = answers == DOUBT
        if doubtful.any():
            self._aside[rows[doubtful]] = True
        return doubtful

    def _governing(self, rows: Places, asked: Asked) -> Codes:
        found = self.rules.promises.governing(asked)
        return np.where(self._doubt(rows, found), 0, found)

    def _stop(self, rows: Places, at: Ints) -> None:
        if not len(rows):
            return
        cycles = self.cycles
        self._gap.clear(rows)
        held = np.flatnonzero(cycles.holds.is_open(rows))
        if len(held):
            self._gap.add(rows[held], at[held], OPEN)
            cycles.holds.release(rows[held], at[held])
        cycles.settle(rows, at)
        cycles.stopped[rows], cycles.running[rows] = at, False
        self._since_end[rows] = 0

    def _void(self, now: Moments) -> None:
        """End the cycles that are void from now on, and the clocks that do not start any more."""
        rows = now.rows
        ending = self._fired(self.rules.endings, now, self._happened[rows], ~self.ended[rows])
        self.ended[rows] |= ending
        voided = ending | self._fired(self.rules.voids, now, self.cycles.signs[rows], ~ending)
        some = np.flatnonzero(voided & self.cycles.running[rows])
        if len(some):
            rows, at = rows[some], now.at[some]
            self.cycles.holds.release(rows, at)
            self.cycles.settle(rows, at)
            self.cycles.voided[rows], self.cycles.running[rows] = at, False
            self._since_end[rows] = 0

    # ------------------------------------------------------------------------------------------ changes

    def _turn(self, rows: Places, at: Ints, asked: Asked) -> None:
        """Go over to other terms, where another promise governs now (P6)."""
        cycles, like = self.cycles, self.rules.promises
        before = cycles.situation[rows]
        cycles.situation[rows] = asked.situation
        new = self._governing(rows, asked.when(cycles.started[rows]))
        offered = cycles.offered[rows]
        cycles.offered[rows] = new
        table = like.table
        changed = np.flatnonzero((new != offered) & (table.like[new] != table.like[offered]))
        if len(changed):
            some = asked.take(changed)
            ways = self.rules.changes.ways(some, before[changed])
            self._doubt(rows[changed], ways)
            self._change(rows[changed], at[changed], some, new[changed], ways)

    def _change(self, rows: Places, at: Ints, asked: Asked, new: Codes, ways: Codes) -> None:
        """Put cycles under other terms."""
        cycles, known = self.cycles, self.rules.changes
        going = np.flatnonzero(ways != known.keep)
        rows, at, new, ways, asked = rows[going], at[going], new[going], ways[going], asked.take(going)
        if not len(rows):
            return
        cycles.settle(rows, at)
        restart = np.flatnonzero(ways == known.restart)
        if len(restart):
            new[restart] = self._governing(rows[restart], asked.take(restart).when(at[restart]))
        table = self.rules.promises.table
        carry = (ways == known.carry) & table.by_hour[new] & table.by_hour[cycles.promised[rows]]
        cycles.carry(rows[carry], at[carry])
        cycles.restart(rows[restart], at[restart])
        rest = ~carry
        rest[restart] = False
        cycles.rebase(rows[rest])
        cycles.promised[rows] = new
        cycles.late_by_change(rows, at)
        cycles.pass_step(rows[cycles.late_at[rows] != MISSING])

    def _leave_gaps(self, now: Moments) -> None:
        """Set aside the tickets whose terms change in a gap that may come to count (P6)."""
        if self.rules.rules.clock.reopening != "continue, gap counts":
            return
        rows, cycles = now.rows, self.cycles
        stopped = (cycles.number[rows] > 0) & (cycles.stopped[rows] != MISSING)
        said = now.said | (now.before != now.after) | self.rules.rules.eventful
        some = np.flatnonzero(stopped & said)
        if len(some):
            then = now.take(some)
            promised = self._governing(then.rows, then.asked().when(cycles.started[then.rows]))
            like = self.rules.promises.table.like
            self._aside[then.rows[like[promised] != like[cycles.offered[then.rows]]]] = True

    # ------------------------------------------------------------------------------------------- pauses

    def _pause(self, now: Moments) -> None:
        for number, one in enumerate(self.rules.between):
            self._follow(one, 1 << number, now)
        running = self.cycles.running[now.rows]
        self._mark(self.cycles.holds, now, np.flatnonzero(running))
        if self.rules.rules.clock.reopening == "continue, gap counts":
            self._mark(self._gap, now, np.flatnonzero(~running & (self.cycles.number[now.rows] > 0)))

    def _mark(self, holds: Holds, now: Moments, some: Places) -> None:
        if len(some):
            then = now.take(some)
            holds.mark(then.rows, then.at, self._held(then))

    def _follow(self, one: Between, bit: int, now: Moments) -> None:
        """Note which pauses between two events have begun, and which are over."""
        rows, signs = now.rows, self._signs
        before = self._happened[rows]
        begins = signs.fires(one.since, now.signs, before)
        state = self._between[rows]
        if one.until is not None:
            ends = signs.fires(one.until, now.signs, before)
            if (at_once := begins & ends).any():  # which comes last decides
                self._aside[rows[at_once]] = True
                self.rules.desk.notes.setdefault(
                    self.rules.rules.clock.clause, "a pause begins and ends at one instant"
                )
            state = np.where(ends, state & ~bit, state)
        self._between[rows] = np.where(begins, state | bit, state)

    def _held(self, now: Moments) -> Flags:
        """Return which clocks something pauses (P7)."""
        rules = self.rules
        free = ~rules.running[now.status]
        held = rules.pausing[now.status] | (self._between[now.rows] != 0)
        for question in rules.conditions:
            if question is not None:
                held |= self._holds(question, now.rows, now.asked(), free & ~held)
        return held & free

    # ---------------------------------------------------------------------------------------- reopening

    def _reopen(self, now: Moments) -> Flags:
        """Go on with the last cycle, or begin another, as the clock says; return where one runs then."""
        cycles, rows, how = self.cycles, now.rows, self.rules.rules.clock.reopening
        over = (cycles.number[rows] > 0) & (cycles.stopped[rows] != MISSING) & (cycles.voided[rows] == MISSING)
        gone = np.zeros(len(rows), np.bool)
        if how not in {"new cycle", "continue", "continue, gap counts"}:
            return gone
        some = np.flatnonzero(over)
        if len(some):
            gone[some] = True
            then = now.take(some)
            if how == "new cycle":
                self._start(then)
            else:
                self._resume(then, gap_counts=how != "continue")
        return gone

    def _resume(self, now: Moments, *, gap_counts: bool) -> None:
        cycles, rows, at = self.cycles, now.rows, now.at
        if gap_counts:
            for number in self._gap.of(rows):
                some = rows[self._gap.count[rows] > number]
                cycles.holds.add(some, self._gap.starts[some, number], self._gap.ends[some, number])
        else:
            cycles.holds.add(rows, cycles.stopped[rows], at, gap=True)
        cycles.stopped[rows], cycles.running[rows] = MISSING, True
        cycles.signs[rows], cycles.turned[rows] = 0, at
        self._turn(rows, at, now.asked())
        if self.rules.rules.can_pause:
            cycles.holds.mark(rows, at, self._held(now))
        if gap_counts:
            cycles.late_by_change(rows, at)
