"""The course of many tickets at once: what is known of them and their status, moment by moment (R4, R5, R6, R8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sla_dsl.batch.engine.later import NEVER, UNTOLD
from sla_dsl.batch.engine.lifecycle import ASK, IRREGULAR, PERHAPS, REFUSED
from sla_dsl.batch.engine.moments import Moments
from sla_dsl.batch.engine.questions import DOUBT, Asked
from sla_dsl.batch.engine.rows import MISSING

if TYPE_CHECKING:
    from collections.abc import Callable

    from sla_dsl.batch.engine.lifecycle import Lifecycle, Move
    from sla_dsl.batch.engine.moments import Block
    from sla_dsl.batch.engine.questions import Question
    from sla_dsl.batch.engine.reclassified import Reclassifying
    from sla_dsl.batch.typed import Codes, Flags, Ints, Places


_MOST_MOVES = 200
"""So many automatic transitions at one instant are a circle."""


class Course:
    """The tickets of a block on their way. `seen` is told each moment of some of them.

    A ticket of which something cannot be told for many at once is set `aside`; what is computed of it has no meaning.
    An instant and whether what holds only after it is already there make a phase: twice the instant, or one more.
    """

    def __init__(
        self, lifecycle: Lifecycle, reclassifying: Reclassifying, block: Block, seen: Callable[[Moments], None]
    ) -> None:
        self._rules = lifecycle
        self._reclassifying = reclassifying
        self._block = block
        self._seen = seen
        self._signs = lifecycle.desk.signs
        self.aside = block.aside
        self.irregular = block.irregular
        count = len(block)
        self.situation: Codes = np.zeros(count, np.int32)
        self.status: Codes = np.full(count, -1, np.int32)
        self.happened: Ints = np.zeros(count, np.int64)
        self.since: Ints = np.zeros(count, np.int64)
        self._trail: Ints = np.zeros(count, np.int64)
        self._phase: Ints = np.full(count, -(2**62), np.int64)
        self._counts = [np.zeros(count, np.int32) for _ in lifecycle.counters]
        self._anew = [np.full(count, MISSING) for _ in lifecycle.anew]
        # Of the moment at hand:
        self._old: Codes = np.zeros(count, np.int32)
        self._alone: Flags = np.ones(count, np.bool)
        self._signed: Ints = np.zeros(count, np.int64)
        self._told: Codes = np.full(count, -1, np.int32)
        self._said: Flags = np.zeros(count, np.bool)
        self._reopened: Flags = np.zeros(count, np.bool)

    # ------------------------------------------------------------------------------------------ time

    def take(self, rank: int) -> None:
        """Take the moments of a rank, one of each ticket that has so many."""
        block, entries = self._block, self._block.entries
        rows = np.arange(int(block.ranks[rank]))
        moment = block.first[rows] + rank
        places, length = block.opens[moment], block.length[moment]
        at = entries.at[places]
        if self._rules.ever_automatic:
            leaving = self._leaving(rows)
            self._advance(rows[leaving], 2 * at[leaving] - 1)
        self._phase[rows] = 2 * at
        self._old[rows] = self.situation[rows]
        self._alone[rows] = length == 1
        parts = [(rows, places)]
        for number in range(1, int(length.max())):
            there = length > number
            parts.append((rows[there], places[there] + number))
        for some, here in parts:
            self._say(some, entries.saying[here])
        if rank == 0 and self._rules.initial >= 0:
            self._enter(rows, np.full(len(rows), self._rules.initial, np.int32), at, new=True)
        for some, here in parts:
            refused = self._happen(some, entries.event[here], entries.saying[here], entries.at[here])
            odd = self._record(some, entries.status[here], entries.at[here])
            self.irregular[np.union1d(refused, odd)] += 1  # an entry may be both
        if self._rules.ever_automatic:
            self._settle(rows[self._leaving(rows)])
        self._close(rows, at)

    def pass_time(self, now: int) -> None:
        """Let time pass up to an instant, which is included."""
        rows = np.flatnonzero(self._leaving(np.arange(len(self._block))))
        self._advance(rows, np.full(len(rows), 2 * now, np.int64))

    def _leaving(self, rows: Places) -> Flags:
        """Return which tickets are in a status that they can leave by themselves."""
        return self._rules.automatic[self.status[rows]]

    def _advance(self, rows: Places, to: Ints) -> None:
        """Let time pass up to some phases; tickets may change their status by themselves."""
        while len(rows):
            phase = self._next_timer(rows)
            due = phase <= to
            rows, to, phase = rows[due], to[due], phase[due]
            self._phase[rows] = phase
            before = self.situation[rows]
            self._old[rows] = before
            moved = self._settle(rows)
            self._close(rows[moved], phase[moved] >> 1)
            still = self._leaving(rows) & ~self.aside[rows]
            rows, to = rows[still], to[still]

    def _next_timer(self, rows: Places) -> Ints:
        """Return the first phase after the present one at which a timer of the present status fires."""
        found = np.full(len(rows), 2 * NEVER, np.int64)
        for status, places in _groups(self.status[rows]):
            some = rows[places]
            for move in (one for moves in self._rules.transitions[status] for one in moves):
                phase = self._fires(move, some)
                later = (phase > self._phase[some]) & (phase < found[places])
                found[places[later]] = phase[later]
        return found

    def _fires(self, move: Move, rows: Places) -> Ints:
        """Return the phases at which a timer fires, never for a move without one."""
        if move.fires is None:
            return np.full(len(rows), 2 * NEVER, np.int64)
        start = self.since[rows]
        if move.since is not None:
            start = np.maximum(start, self._anew[move.since][rows])
        at = move.fires(start)
        self._doubt(rows, at == UNTOLD)
        return 2 * at + move.more

    # --------------------------------------------------------------------------------------- entries

    def _say(self, rows: Places, saying: Codes) -> None:
        told = np.flatnonzero(saying)
        if len(told):
            some = rows[told]
            self.situation[some] = self._rules.desk.situations.after(self.situation[some], saying[told])
            self._said[some] = True

    def _happen(self, rows: Places, event: Codes, saying: Codes, at: Ints) -> Places:
        """Let events happen, unless they are refused; return of which tickets they are."""
        there = np.flatnonzero(event >= 0)
        if len(there) < len(rows):
            rows, event, saying, at = rows[there], event[there], saying[there], at[there]
        if not len(rows):
            return rows
        bits = self._signs.of_event[event]
        happened = self.happened[rows]
        self.happened[rows] = happened | bits
        does = self._rules.does[self.status[rows], event]
        asked = np.flatnonzero(does == ASK)
        if len(asked):
            does[asked] = self._decided(rows[asked], event[asked], at[asked])
        refused = does == REFUSED
        irregular = rows[refused]
        if len(irregular):
            self.happened[irregular] = happened[refused]
            kept = ~refused
            rows, event, saying, at = rows[kept], event[kept], saying[kept], at[kept]
            bits, does = bits[kept], does[kept]
        self._signed[rows] |= bits
        self._follow(rows, event, bits, at)
        moving = np.flatnonzero(does >= 0)
        self._enter(rows[moving], does[moving], at[moving])
        listening = np.flatnonzero(self._reclassifying.events[event])
        if len(listening):
            self._reclassify(rows[listening], event[listening], saying[listening])
        return irregular

    def _follow(self, rows: Places, event: Codes, bits: Ints, at: Ints) -> None:
        """Note what happens in the present status, for what waits for several events, counts them, or begins anew."""
        if self._signs.created >= 0:
            seen = np.flatnonzero(event != self._signs.created)
            if len(seen) < len(rows):
                rows, event, bits, at = rows[seen], event[seen], bits[seen], at[seen]
        self._trail[rows] |= bits
        for number, counter in enumerate(self._rules.counters):
            self._counts[number][rows[event == counter.of]] += 1
            self._counts[number][rows[np.isin(event, counter.without)]] = 0
        for number, without in enumerate(self._rules.anew):
            again = np.isin(event, without)
            self._anew[number][rows[again]] = at[again]

    def _decided(self, rows: Places, event: Codes, at: Ints) -> Codes:
        """Return what events do where that depends: the status to which they lead, or that they are refused."""
        found = np.full(len(rows), -1, np.int32)
        kinds = self.status[rows] * np.int32(len(self._signs.events) + 1) + event
        for kind, places in _groups(kinds):
            status, code = divmod(kind, len(self._signs.events) + 1)
            found[places] = self._tried(rows[places], self._rules.moves[status, code], code, at[places])
        return found

    def _tried(self, rows: Places, moves: tuple[Move, ...], event: int, at: Ints) -> Codes:
        found = np.full(len(rows), -1, np.int32)
        open_, refused = np.ones(len(rows), np.bool), np.zeros(len(rows), np.bool)
        now = np.full(len(rows), self._signs.of_event[event])
        for move in moves:
            if move.test is None:
                continue
            taken = open_ & self._signs.fires(move.test, now, self._trail[rows])
            taken &= self._holds(move.condition, rows, at, taken)
            closed = taken & self._closed(move, rows, at)
            taken &= ~closed
            allowed = taken & self._holds(move.requires, rows, at, taken)
            refused |= closed | (taken & ~allowed)
            found[allowed] = move.to
            open_ &= ~allowed
        return np.where(open_ & refused, np.int32(REFUSED), found)

    def _closed(self, move: Move, rows: Places, at: Ints) -> Flags:
        """Return for which tickets the window has closed in which an event counts."""
        if move.window is None:
            return np.zeros(len(rows), np.bool)
        until = move.window(self.since[rows])
        self._doubt(rows, until == UNTOLD)
        return at > until

    def _record(self, rows: Places, status: Codes, at: Ints) -> Places:
        """Believe recorded statuses; return of which tickets no rule provides them (R5)."""
        there = np.flatnonzero((status >= 0) & (status != self.status[rows]))
        if not len(there):
            return there
        rows, status, at = rows[there], status[there], at[there]
        old = self.status[rows]
        provided = self._rules.recorded[old, status]
        odd = (provided == IRREGULAR) & (old >= 0)
        for place in np.flatnonzero((provided == PERHAPS) & (old >= 0)).tolist():
            odd[place] = not self._provides(rows[place : place + 1], int(old[place]), int(status[place]), at[place])
        first = old < 0
        self._enter(rows[first], status[first], at[first], new=True)
        self._enter(rows[~first], status[~first], at[~first])
        return rows[odd]

    def _provides(self, rows: Places, old: int, new: int, at: np.int64) -> bool:
        """Return whether some rule leads a ticket from a status to another now."""
        then = np.full(1, at)
        for moves in self._rules.transitions[old]:
            for move in moves:
                if move.to != new or not self._guarded(move, rows, then, np.ones(1, np.bool))[0]:
                    continue
                if move.test is not None and not self._closed(move, rows, then)[0]:
                    return True
                if self._counted(move, rows)[0] or self._fires(move, rows)[0] <= 2 * at + 1:
                    return True
        return False

    # ----------------------------------------------------------------------------- automatic transitions

    def _settle(self, rows: Places) -> Places:
        """Make the automatic transitions that are due (R6); return the places of the tickets that made any."""
        places = np.arange(len(rows))
        moved: Places = places[:0]
        for number in range(_MOST_MOVES):
            if not len(places):
                break
            to = np.full(len(places), -1, np.int32)
            for status, group in _groups(self.status[rows[places]]):
                to[group] = self._by_itself(rows[places[group]], status)
            going = to >= 0
            places, to = places[going], to[going]
            some = rows[places]
            self._enter(some, to, self._phase[some] >> 1)
            moved = places if not number else moved
            still = self._leaving(some)
            places = places[still]
        self.aside[rows[places]] = True
        return moved

    def _by_itself(self, rows: Places, status: int) -> Codes:
        """Return the status to which tickets go by themselves now, -1 where they stay: counters before timers."""
        found, open_ = np.full(len(rows), -1, np.int32), np.ones(len(rows), np.bool)
        at = self._phase[rows] >> 1
        for by_count in (True, False):
            for moves in self._rules.transitions[status]:
                reached = np.zeros(len(rows), np.bool)
                for move in moves:
                    reached |= self._counted(move, rows) if by_count else self._fires(move, rows) <= self._phase[rows]
                going = open_ & reached
                going &= self._guarded(moves[0], rows, at, going)
                found[going] = moves[0].to
                open_ &= ~going
        return found

    def _counted(self, move: Move, rows: Places) -> Flags:
        if move.counter is None:
            return np.zeros(len(rows), np.bool)
        return self._counts[move.counter][rows] >= move.target

    def _enter(self, rows: Places, status: Codes, at: Ints, *, new: bool = False) -> None:
        if not len(rows):
            return
        if not new:
            self._reopened[rows] |= self._rules.backward[self.status[rows], status]
        self.status[rows], self.since[rows] = status, at
        self._trail[rows] = 0
        for counts in self._counts:
            counts[rows] = 0
        for anew in self._anew:
            anew[rows] = MISSING
        self._signed[rows] |= self._signs.of_status[status]
        listening = np.flatnonzero(self._reclassifying.statuses[status])
        if len(listening) and not new:
            self._reclassify(rows[listening], self._reclassifying.entered(status[listening]), None)

    # ------------------------------------------------------------------------------------- conditions

    def _asked(self, rows: Places, at: Ints) -> Asked:
        return Asked(self.situation[rows], self.status[rows], self.happened[rows], at)

    def _holds(self, question: Question | None, rows: Places, at: Ints, wanted: Flags) -> Flags:
        """Return for which of the tickets that are wanted a condition holds; a doubt sets them aside."""
        if question is None:
            return np.ones(len(rows), np.bool)
        found = np.zeros(len(rows), np.bool)
        some = np.flatnonzero(wanted)
        if len(some):
            answers = question(self._asked(rows[some], at[some]))
            self._doubt(rows[some], answers == DOUBT)
            found[some] = answers == 1
        return found

    def _guarded(self, move: Move, rows: Places, at: Ints, wanted: Flags) -> Flags:
        held = wanted & self._holds(move.condition, rows, at, wanted)
        return held & self._holds(move.requires, rows, at, held)

    def _doubt(self, rows: Places, doubtful: Flags) -> None:
        if doubtful.any():
            self.aside[rows[doubtful]] = True

    def _reclassify(self, rows: Places, signs: Codes, saying: Codes | None) -> None:
        """Move tickets to other levels, where a rule says so (R8)."""
        situation = self.situation[rows]
        named = np.zeros(len(rows), np.int32) if saying is None else saying
        # Where other entries of the instant speak too, which level was there before one named another is not told here.
        unclear = ~self._alone[rows] & (named > 0)
        if unclear.any():
            self.aside[rows[unclear]] = True
            self._rules.desk.notes.setdefault("reclassify", "several entries of one instant name levels")
        old = np.where(named > 0, self._old[rows], situation)
        asked = self._asked(rows, self._phase[rows] >> 1)
        told, after = self._reclassifying(asked, signs, old, named)
        self._doubt(rows, after == DOUBT)
        moved = np.flatnonzero(after >= 0)
        some = rows[moved]
        self._told[some] = np.where(self._told[some] < 0, told[moved], self._told[some])
        self.situation[some] = after[moved]
        self._said[some] = True

    # ---------------------------------------------------------------------------------------- moments

    def _close(self, rows: Places, at: Ints) -> None:
        """End the moment at hand: tell it, and begin the next."""
        if not len(rows):
            return
        signed, after, told = self._signed[rows], self.situation[rows], self._told[rows]
        reopened = self._reopened[rows]
        if not self._rules.statuses:
            reopened |= (signed & self._rules.reopened) != 0
        moments = Moments(
            rows, at, signed, np.where(told < 0, after, told), after, self.status[rows], self.happened[rows],
            self._said[rows], reopened,
        )  # fmt: skip
        self._signed[rows], self._told[rows], self._said[rows], self._reopened[rows] = 0, -1, False, False
        self._seen(moments)


def _groups(codes: Codes) -> list[tuple[int, Places]]:
    """Return each different code with the places where it stands."""
    return [(int(code), np.flatnonzero(codes == code)) for code in np.unique(codes)]
