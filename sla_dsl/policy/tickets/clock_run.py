"""A clock on its way through the moments of a ticket: starts, stops, pauses, changes, reopening (P1, P6, P7, R6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from sla_dsl.errors import SlaError
from sla_dsl.policy.inquiry import Inquiry
from sla_dsl.policy.terms import Duration, Within
from sla_dsl.policy.tickets.cycle import Cycle, Span, Turned
from sla_dsl.policy.tickets.holding import Hold, mark, release
from sla_dsl.policy.tickets.triggers import Sign, fires, signs
from sla_dsl.policy.tickets.turning import turning_points
from sla_dsl.policy.unknowns import Undecided

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sla_dsl.policy.situation import ClockStates, Situation
    from sla_dsl.policy.terms import Change, Condition, Trigger, Way
    from sla_dsl.policy.tickets.clock_rules import ClockRules, Reaction
    from sla_dsl.policy.tickets.history import Moment
    from sla_dsl.policy.tickets.promised import Promised
    from sla_dsl.policy.tickets.rulebook import Rulebook
    from sla_dsl.policy.unknowns import Supposed


class ClockRun:
    """A clock of one ticket. It is changed by `take`; `copy` gives another to go on with.

    `running` is the cycle that is neither stopped nor void. `ended` is the instant from which nothing starts any more,
    and `why_ended` the clause that says so. `error` is why the clock cannot be followed any more: a date after the last
    year of its calendar, for example. `others` tells the states of the ticket's clocks at an instant,
    `watched` when some of them become late.
    """

    running: Cycle | None = None
    ended: int | None = None
    why_ended: str = ""
    error: SlaError | None = None
    others: Callable[[int], ClockStates] | None = None
    watched: Callable[[frozenset[str], int], Iterable[int]] | None = None
    _armed: frozenset[Sign] = frozenset()
    _between: frozenset[int] = frozenset()
    _situation: Situation | None = None
    _seen: int = -(2**63)

    def __init__(self, book: Rulebook, rules: ClockRules, supposed: Supposed) -> None:
        self.book = book
        self.rules = rules
        self.supposed = supposed
        self.cycles: list[Cycle] = []
        self._gap: list[Hold] = []

    def copy(self, supposed: Supposed) -> ClockRun:
        """Return the same clock, to go another way from here."""
        other = object.__new__(ClockRun)
        other.__dict__.update(self.__dict__)
        other.supposed, other._gap = supposed, [*self._gap]
        other.cycles = [*self.cycles[:-1], *(one.copy(supposed) for one in self.cycles[-1:])]
        other.running = None if self.running is None else other.cycles[-1]
        return other

    # --------------------------------------------------------------------------------------- moments

    def take(self, moment: Moment, reaction: Reaction) -> None:
        """Let the clock see a moment: terms, stop and void, pauses, starts (R6). Raises `Undecided`."""
        if self.error is None:
            try:
                if not reaction.quiet or moment.said or moment.reopened:
                    self._look(moment, reaction)
                elif self.rules.can_pause:
                    self._pause(moment, reaction.signs)
            except SlaError as error:
                self.error = error

    def _look(self, moment: Moment, reaction: Reaction) -> None:
        rules, cycle = self.rules, self.running
        if rules.moves_by_time:
            self.pass_time(moment.at)
        starting = stopping = None
        if reaction.starts and self.ended is None:
            starting = reaction.start or self._starting(moment, reaction.signs)
        if cycle is not None:
            stopping = self._run(cycle, moment, reaction)
        if rules.may_void:
            self._void(moment, reaction.signs)
        if rules.can_pause:
            self._pause(moment, reaction.signs)
        cycle = self.running
        if cycle is not None:
            if moment.told is not moment.situation:
                self._turn(cycle, moment.at, moment.situation)
        elif self.ended is None and (starting is not None or stopping is not None or moment.reopened):
            self._go_on(moment, reaction, starting, stopping)
        if rules.remembers:
            self._remember(moment, reaction.signs)

    def _run(self, cycle: Cycle, moment: Moment, reaction: Reaction) -> str | None:
        """Let a cycle that runs see new terms and its stop; return in which words it stopped, if it did."""
        if moment.agreed:
            self._agree(cycle, moment)
        if moment.said or self.rules.eventful:
            self._turn(cycle, moment.at, moment.told)
        stopping = self._stopping(moment, reaction, cycle)
        if stopping is not None:
            self._stop(cycle, moment.at, stopping)
        return stopping

    def _go_on(self, moment: Moment, reaction: Reaction, starting: str | None, stopping: str | None) -> None:
        """Start a cycle or go on with the last, where the moment says so."""
        at = moment.at
        if stopping is not None and self.rules.clock.repeats_until is not None:
            starting = starting or stopping
        if starting is not None:
            cycle = self._start(at, moment.situation, starting)
            # Who starts a clock with the event that would stop it has used nothing (R6).
            if stopping is None and (stop := self._stopping(moment, reaction, cycle)) is not None:
                self._stop(cycle, at, stop)
                if self.rules.clock.repeats_until is not None:
                    self._start(at, moment.situation, stop)
        elif moment.reopened:
            cycle = self._reopen(at, moment.situation)
            if cycle is not None and stopping is None and (stop := self._stopping(moment, reaction, cycle)) is not None:
                self._stop(cycle, at, stop)

    def _remember(self, moment: Moment, now: frozenset[Sign]) -> None:
        """Remember how the ticket stands and, for expressions of which one part comes after another, what happened."""
        self._situation, self._seen = moment.situation, moment.at
        if self.running is not None:
            self.running.situation = moment.situation
        if self.rules.joint:
            self._armed |= now
            if self.running is not None:
                self.running.signs |= now

    # -------------------------------------------------------------------------------- starts and stops

    def _start(self, at: int, situation: Situation, why: str) -> Cycle:
        promised = self.book.promised(self.rules, situation, at, self.supposed)
        cycle = Cycle(len(self.cycles) + 1, at, why, promised, situation, self.supposed)
        self.cycles.append(cycle)
        self.running = cycle
        self._armed = frozenset()
        if self.rules.can_pause:
            mark(cycle.holds, at, self._held(situation, at))
        return cycle

    def _starting(self, moment: Moment, now: frozenset[Sign]) -> str | None:
        """Return in which words the clock starts now, if it does."""
        rules = self.rules
        plain = self._fired(rules.starts, moment, now, self._armed)
        if not rules.starts_instead:
            return plain
        instead = self._fired(rules.starts_instead, moment, now, self._armed)
        conditions = (one.condition for one in rules.starts_instead)
        if plain is not None and any(self._holds(one, moment.told, moment.at) for one in conditions):
            return instead
        return plain or instead

    def _stopping(self, moment: Moment, reaction: Reaction, cycle: Cycle) -> str | None:
        """Return in which words a cycle stops now, if it does."""
        if reaction.stop is not None or not reaction.stops:
            return reaction.stop
        return self._fired(self.rules.clock.stops, moment, reaction.signs, cycle.signs)

    def _fired(
        self, triggers: Iterable[Trigger], moment: Moment, now: frozenset[Sign], before: frozenset[Sign]
    ) -> str | None:
        for one in triggers:
            if fires(one.when.test, now, before) and self._holds(one.condition, moment.told, moment.at):
                return one.when.text
        return None

    def _stop(self, cycle: Cycle, at: int, why: str) -> None:
        self._gap = [Hold(at, None, one.kind, one.why) for one in cycle.holds if one.end is None]
        release(cycle.holds, at)
        cycle.settle_lateness(at)
        cycle.stopped, cycle.why_ended = at, why
        self.running = None
        self._armed = frozenset()

    def _void(self, moment: Moment, now: frozenset[Sign]) -> None:
        why, cycle = self._voiding(moment, now), self.running
        if why is not None and cycle is not None:
            release(cycle.holds, moment.at)
            cycle.settle_lateness(moment.at)
            cycle.voided, cycle.why_ended = moment.at, why
            self.running = None

    def _voiding(self, moment: Moment, now: frozenset[Sign]) -> str | None:
        """Return why the clock is void from now on, or its cycle, if so."""
        clock = self.rules.clock
        if self.ended is None:
            for one in self.rules.ends:
                if fires(one.ending.when.test, now, self._armed) and all(
                    self._holds(condition, moment.told, moment.at)
                    for condition in (one.ending.condition, one.exclusion.applies)
                ):
                    self.ended, self.why_ended = moment.at, one.exclusion.clause
                    return one.exclusion.clause
            until = clock.repeats_until
            if until is not None and fires(until.test, now, self._armed):
                self.ended, self.why_ended = moment.at, clock.clause
                return until.text
        return self._fired(clock.voids, moment, now, self._armed)

    def _agree(self, cycle: Cycle, moment: Moment) -> None:
        for event, at in moment.agreed:
            if event == self.rules.clock.agreed and at >= cycle.started:
                cycle.settle_lateness(moment.at)
                cycle.agreed = at
                cycle.late_by_change(moment.at)

    # ------------------------------------------------------------------------------------------ changes

    def _turn(self, cycle: Cycle, at: int, situation: Situation) -> None:
        """Go over to other terms, where another promise governs now (P6)."""
        cycle.leave_step(at, situation)
        old = cycle.promised
        before, cycle.situation = cycle.situation, situation
        new = self.book.promised(self.rules, situation, cycle.started, self.supposed)
        offered, cycle.offered = cycle.offered, new
        if new is offered or new.compared == offered.compared:
            return
        way = self.way(before, situation, at)
        if way == "keep" or cycle.agreed is not None:
            return
        cycle.settle_lateness(at)
        if way == "restart":
            new = self.book.promised(self.rules, situation, at, self.supposed)
        _change(cycle, new, way, at)
        cycle.turns = (*cycle.turns, Turned(at, old, new, way))
        cycle.promises = (*cycle.promises, new)
        cycle.late_by_change(at)

    def way(self, before: Situation, after: Situation, at: int) -> Way:
        """Return what the clock does when something that it depends on changes (P6)."""
        ways = {change.way for change in self.rules.clock.changes}
        if ways == {"rebase"}:
            return "rebase"
        for change in self.rules.clock.changes:
            if self._changed(change, before, after, at):
                return change.way
        return "rebase"

    def _changed(self, change: Change, before: Situation, after: Situation, at: int) -> bool:
        """Return whether something is another than before; what was unknown before has not changed, but is learnt."""
        scale = self.book.desk.terms.scale_named(change.of)
        old, new = self._inquiry(before, at), self._inquiry(after, at)
        if scale is not None:
            try:
                return old.level_of(scale) != new.level_of(scale)
            except Undecided:
                return False
        if change.of in {"channel", "caller"}:
            was = getattr(before, change.of)
            return was is not None and was != getattr(after, change.of)
        known = old.fact(change.of)
        return known.unknown is None and known.value != new.fact(change.of).value

    # ------------------------------------------------------------------------------------------- pauses

    def _pause(self, moment: Moment, now: frozenset[Sign]) -> None:
        if self.rules.between:
            self._follow(moment, now)
        cycle = self.running
        holds = self._holds_now if cycle is None else cycle.holds
        if holds is not None:
            mark(holds, moment.at, self._held(moment.situation, moment.at))

    def _follow(self, moment: Moment, now: frozenset[Sign]) -> None:
        """Note which pauses between two events have begun, and which are over."""
        for number, (since, until) in enumerate(self.rules.between):
            begins = fires(since.test, now, self._armed)
            ends = until is not None and fires(until.test, now, self._armed)
            if begins and until is not None and ends:
                ends = moment.last(signs(since.test)) < moment.last(signs(until.test))
            if begins:
                self._between |= {number}
            if ends:
                self._between -= {number}

    @property
    def _holds_now(self) -> list[Hold] | None:
        """The pauses to go on with: of the running cycle, or of a gap that may come to count (P6)."""
        if self.running is not None:
            return self.running.holds
        return self._gap if self.cycles and self.rules.clock.reopening == "continue, gap counts" else None

    def _held(self, situation: Situation, at: int) -> str | None:
        """Return what pauses the clock at an instant, in words, if anything does (P7)."""
        rules = self.rules
        status = situation.status
        if not rules.can_pause or status in rules.running:
            return None
        if status in rules.pausing:
            return f"status is {status}"
        for number in self._between:
            return f"since {rules.between[number][0].text}"
        for condition in rules.conditions:
            if self._holds(condition, situation, at):
                return condition.text
        return None

    def pass_time(self, at: int) -> None:
        """Let time pass up to an instant: pauses by the hour, steps of a cascade. Raises `Undecided`."""
        if self.error is None:
            self.pass_hours(at)
            if self.running is not None:
                self.running.pass_steps(at)

    def pass_hours(self, at: int) -> None:
        """Begin and end the pauses that come and go by the hour, up to an instant. Raises `Undecided`."""
        holds, situation = self._holds_now, self._situation
        if holds is None or situation is None or not self.rules.by_the_hour:
            return
        since = max(self._seen, self.cycles[-1].started)
        for start in turning_points(self, self._inquiry(situation, at), since, at)[:-1]:
            # What holds only after a due time, as `overdue` does, holds from it on.
            mark(holds, start, self._held(self._situation_at(situation, start + 1), start + 1))
        mark(holds, at, self._held(self._situation_at(situation, at), at))
        self._seen = at

    def dues(self, at: int) -> Iterator[int]:
        """Yield the due instants of the clocks whose states pause this one, up to an instant."""
        yield from () if self.watched is None else self.watched(self.rules.watches, at)

    def _situation_at(self, situation: Situation, at: int) -> Situation:
        return situation if self.others is None else replace(situation, clocks=self.others(at))

    # ---------------------------------------------------------------------------------------- reopening

    def _reopen(self, at: int, situation: Situation) -> Cycle | None:
        """Go on with the last cycle, or begin another, as the clock says; return the one that runs then."""
        cycle = self.cycles[-1] if self.cycles else None
        if cycle is None or cycle.stopped is None or cycle.voided is not None:
            return None
        match self.rules.clock.reopening:
            case "new cycle":
                return self._start(at, situation, "reopening")
            case "continue":
                cycle.holds.append(Hold(cycle.stopped, at, "after stop", "reopening"))
                self._resume(cycle, at, situation)
            case "continue, gap counts":
                cycle.holds.extend(self._gap)
                self._resume(cycle, at, situation)
                cycle.late_by_change(at)
            case _:
                return None
        return cycle

    def _resume(self, cycle: Cycle, at: int, situation: Situation) -> None:
        if cycle.stopped is not None:
            cycle.reopened = (*cycle.reopened, (cycle.stopped, at))
        cycle.stopped, cycle.why_ended = None, ""
        self.running = cycle
        cycle.signs = frozenset()
        self._turn(cycle, at, situation)
        mark(cycle.holds, at, self._held(situation, at))

    # --------------------------------------------------------------------------------------- conditions

    def _inquiry(self, situation: Situation, at: int) -> Inquiry:
        return Inquiry(self.book.desk.terms, self.book.desk.calendars, situation, at, self.supposed)

    def _holds(self, condition: Condition | None, situation: Situation, at: int) -> bool:
        if condition is None:
            return True
        inquiry = self._inquiry(situation, at)
        if self.cycles:
            self.cycles[-1].asked.append(inquiry)
        return inquiry.holds(condition, self.rules.clock.clause)


def _change(cycle: Cycle, new: Promised, way: Way, at: int) -> None:
    """Put a cycle under other terms (P6)."""
    hours = all(_in_hours(one) for one in (cycle.promised, new))
    if way == "restart":
        cycle.started = cycle.origin = at
        cycle.carried, cycle.earlier = 0, ()
        cycle.holds = [replace(one, start=max(one.start, at)) for one in cycle.holds if one.end is None or one.end > at]
    elif way == "carry" and hours:
        cycle.carried = cycle.used(at) or 0
        start = cycle.earlier[-1].end if cycle.earlier else cycle.started
        cycle.earlier = (*cycle.earlier, Span(start, at, cycle.promised.measured))
        cycle.origin = at
    else:
        cycle.origin, cycle.carried, cycle.earlier = cycle.started, 0, ()
    cycle.promised = new
    cycle.passed = ()


def _in_hours(promised: Promised) -> bool:
    limit = promised.governing.limit
    return isinstance(limit, Within) and isinstance(limit.budget, Duration)
