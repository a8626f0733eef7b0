"""A clock on its way through the moments of a ticket: starts, stops, pauses, changes, reopening (P1, P6, P7, R6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from sla_dsl.errors import SlaError
from sla_dsl.policy.inquiry import Inquiry
from sla_dsl.policy.tickets.cascading import as_today, begin_steps, leave_step, pass_steps
from sla_dsl.policy.tickets.clock_rules import status_is
from sla_dsl.policy.tickets.clock_states import states_beside
from sla_dsl.policy.tickets.cycle import Cycle
from sla_dsl.policy.tickets.holding import Hold, mark, release
from sla_dsl.policy.tickets.rebasing import turn_to, way_of
from sla_dsl.policy.tickets.triggers import Sign, fires, signs
from sla_dsl.policy.tickets.turning import turning_points
from sla_dsl.worktime.units import DAY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sla_dsl.policy.situation import Situation
    from sla_dsl.policy.terms import Condition, Trigger
    from sla_dsl.policy.tickets.clock_rules import ClockRules, Reaction
    from sla_dsl.policy.tickets.history import Moment
    from sla_dsl.policy.tickets.rulebook import Rulebook
    from sla_dsl.policy.unknowns import Supposed


_SOON = 31 * DAY
"""So far ahead the next change of a pause is looked for."""


class ClockRun(Struct, eq=False):
    """A clock of one ticket. It is changed by `take`; `copy` gives another to go on with.

    `running` is the cycle that is neither stopped nor void. `as_if` is the last cycle as if it had never stopped, where
    a reopening makes it so. `ended` is the instant from which nothing starts any more, and `why_ended` the clause that
    says so. `error` is why the clock cannot be followed any more: a date after the last year of its calendar, for
    example. `beside` are the clocks of the ticket by name, this one among them.
    """

    book: Rulebook
    rules: ClockRules
    supposed: Supposed
    cycles: list[Cycle] = []
    beside: Mapping[str, ClockRun] = {}
    running: Cycle | None = None
    as_if: Cycle | None = None
    ended: int | None = None
    why_ended: str = ""
    error: SlaError | None = None
    _happened: frozenset[Sign] = frozenset()
    _since_end: frozenset[Sign] = frozenset()
    _between: frozenset[int] = frozenset()
    _step_starts: Mapping[Trigger, int] = {}
    _situation: Situation | None = None
    _seen: int = -(2**63)

    def copy(self, supposed: Supposed) -> ClockRun:
        """Return the same clock, to go another way from here."""
        cycles = [*self.cycles[:-1], *(one.copy(supposed) for one in self.cycles[-1:])]
        running = None if self.running is None else cycles[-1]
        as_if = None if self.as_if is None else self.as_if.copy(supposed)
        return replace(self, supposed=supposed, cycles=cycles, running=running, as_if=as_if)

    @property
    def ticking(self) -> Cycle | None:
        """The cycle that runs, or that would if its stop turns out to be none (P6)."""
        return self.running or self.as_if

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
        rules, cycle = self.rules, self.running or self.as_if
        if rules.moves_by_time:
            self.pass_time(moment.at)
        if rules.step_starts:
            self._begin_steps(moment, reaction.signs)
        starting = stopping = None
        if reaction.starts and self.ended is None:
            starting = reaction.start or self._starting(moment, reaction.signs)
        if cycle is not None:
            stopping = self._run(cycle, moment, reaction)
        if rules.may_void:
            self._void(moment, reaction.signs)
        if rules.can_pause:
            self._pause(moment, reaction.signs)
        if moment.told is not moment.situation and self.ticking is not None:
            self._turn(self.ticking, moment.at, moment.situation)
        if stopping is not None and rules.clock.repeats_until is not None:
            starting = starting or stopping
        if self.running is None and self.ended is None and (starting is not None or moment.reopened):
            self._go_on(moment, reaction, starting, stopped=stopping is not None)
        if rules.remembers:
            self._remember(moment, reaction.signs)

    def _run(self, cycle: Cycle, moment: Moment, reaction: Reaction) -> str | None:
        """Let a cycle see new terms and, if it runs, its stop; return in which words it stopped, if it did."""
        if moment.agreed:
            self._agree(cycle, moment)
        if moment.said or self.rules.eventful:
            self._turn(cycle, moment.at, moment.told)
        stopping = self._stopping(moment, reaction, cycle) if reaction.stops and cycle is self.running else None
        if stopping is not None:
            self._stop(cycle, moment.at, stopping)
        return stopping

    def _go_on(self, moment: Moment, reaction: Reaction, starting: str | None, *, stopped: bool) -> None:
        """Start a cycle or go on with the last; `stopped` tells that the moment has already stopped one."""
        at, situation = moment.at, moment.situation
        cycle = self._reopen(at, situation) if starting is None else self._start(at, situation, starting)
        if cycle is None or stopped or not reaction.stops:
            return
        # Who starts a clock with the event that would stop it has used nothing (R6).
        stop = self._stopping(moment, reaction, cycle)
        if stop is not None:
            self._stop(cycle, at, stop)
            if starting is not None and self.rules.clock.repeats_until is not None:
                self._start(at, situation, stop)

    def _remember(self, moment: Moment, now: frozenset[Sign]) -> None:
        """Remember how the ticket stands and, for expressions of which one part comes after another, what happened."""
        self._situation, self._seen = moment.situation, moment.at
        if self.ticking is not None:
            self.ticking.situation = moment.situation
        if self.rules.joint:
            self._happened |= now
            self._since_end |= now
            if self.running is not None:
                self.running.signs |= now

    # -------------------------------------------------------------------------------- starts and stops

    def _start(self, at: int, situation: Situation, why: str) -> Cycle:
        promised = self.book.promised(self.rules, situation, at, self.supposed)
        cycle = Cycle.begun(len(self.cycles) + 1, at, why, promised, situation, self.supposed)
        self.cycles.append(cycle)
        self.running, self.as_if = cycle, None
        if self.rules.can_pause:
            mark(cycle.holds, at, self._held(situation, at))
        if self.rules.step_starts:
            begin_steps(cycle, self._step_starts)
            pass_steps(cycle, at, self._situation_at)  # the time of the first may be over already
        return cycle

    def _starting(self, moment: Moment, now: frozenset[Sign]) -> str | None:
        """Return in which words the clock starts now, or would if the cycle that runs ends, if it does."""
        rules, before = self.rules, self._since_end if self.running is None else frozenset[Sign]()
        plain = self._fired(rules.starts, moment, now, before)
        if not rules.starts_instead:
            return plain
        instead = self._fired(rules.starts_instead, moment, now, before)
        conditions = (one.condition for one in rules.starts_instead)
        if plain is not None and any(self._holds(one, moment.told, moment.at) for one in conditions):
            return instead
        return plain or instead

    def _stopping(self, moment: Moment, reaction: Reaction, cycle: Cycle) -> str | None:
        """Return in which words a cycle stops now, if it does, where something could stop it."""
        return reaction.stop or self._fired(self.rules.clock.stops, moment, reaction.signs, cycle.signs)

    def _fired(
        self, triggers: Iterable[Trigger], moment: Moment, now: frozenset[Sign], before: frozenset[Sign]
    ) -> str | None:
        for one in triggers:
            if fires(one.when.test, now, before) and self._holds(one.condition, moment.told, moment.at):
                return one.when.text
        return None

    def _stop(self, cycle: Cycle, at: int, why: str) -> None:
        if self.rules.clock.reopening == "continue, gap counts":
            self.as_if = cycle.copy(self.supposed)
        release(cycle.holds, at)
        cycle.settle_lateness(at)
        cycle.stopped, cycle.why_ended = at, why
        self._end(at)

    def _end(self, at: int) -> None:
        self.running, self._since_end = None, frozenset()
        self._step_starts = {one: begun for one, begun in self._step_starts.items() if begun == at}

    def _begin_steps(self, moment: Moment, now: frozenset[Sign]) -> None:
        """Note which steps of cascades begin now, by starts of their own."""
        for one in self.rules.step_starts:
            if one not in self._step_starts and self._fired((one,), moment, now, self._since_end) is not None:
                self._step_starts = {**self._step_starts, one: moment.at}
        if self.ticking is not None:
            begin_steps(self.ticking, self._step_starts)

    def _void(self, moment: Moment, now: frozenset[Sign]) -> None:
        why, cycle = self._voiding(moment, now), self.running
        if why is not None and cycle is not None:
            release(cycle.holds, moment.at)
            cycle.settle_lateness(moment.at)
            cycle.voided, cycle.why_ended = moment.at, why
            self._end(moment.at)

    def _voiding(self, moment: Moment, now: frozenset[Sign]) -> str | None:
        """Return why the clock is void from now on, or its cycle, if so."""
        clock, cycle = self.rules.clock, self.running
        if self.ended is None:
            for one in self.rules.ends:
                if fires(one.ending.when.test, now, self._happened) and all(
                    self._holds(condition, moment.told, moment.at)
                    for condition in (one.ending.condition, one.exclusion.applies)
                ):
                    self.ended, self.why_ended = moment.at, one.exclusion.clause
                    return one.exclusion.clause
            until = clock.repeats_until
            if until is not None and fires(until.test, now, self._happened):
                self.ended, self.why_ended = moment.at, clock.clause
                return until.text
        return None if cycle is None else self._fired(clock.voids, moment, now, cycle.signs)

    def _agree(self, cycle: Cycle, moment: Moment) -> None:
        for event, at in moment.agreed:
            if event == self.rules.clock.agreed and at >= cycle.started:
                cycle.settle_lateness(moment.at)
                cycle.agreed = at
                cycle.late_by_change(moment.at)

    # ------------------------------------------------------------------------------------------ changes

    def _turn(self, cycle: Cycle, at: int, situation: Situation) -> None:
        """Go over to other terms, where another promise governs now (P6)."""
        leave_step(cycle, at, situation)
        before, cycle.situation = cycle.situation, situation
        new = self.book.promised(self.rules, situation, cycle.started, self.supposed)
        new = as_today(cycle, new, situation)
        offered, cycle.offered = cycle.offered, new
        if new is offered or new.compared == offered.compared:
            return
        way = way_of(self.rules.clock.changes, self._inquiry(before, at), self._inquiry(situation, at))
        if way == "keep" or cycle.agreed is not None:
            return
        if way == "restart":
            new = cycle.offered = self.book.promised(self.rules, situation, at, self.supposed)
        turn_to(cycle, new, way, at)
        pass_steps(cycle, at, self._situation_at)

    # ------------------------------------------------------------------------------------------- pauses

    def _pause(self, moment: Moment, now: frozenset[Sign]) -> None:
        if self.rules.between:
            self._follow(moment, now)
        cycle = self.running or self.as_if
        if cycle is not None:
            why = self._held(moment.situation, moment.at)
            if why is not None or cycle.holds:
                mark(cycle.holds, moment.at, why)

    def _follow(self, moment: Moment, now: frozenset[Sign]) -> None:
        """Note which pauses between two events have begun, and which are over."""
        for number, (since, until) in enumerate(self.rules.between):
            begins = fires(since.test, now, self._happened)
            ends = until is not None and fires(until.test, now, self._happened)
            if begins and until is not None and ends:
                ends = moment.last(signs(since.test)) < moment.last(signs(until.test))
            if begins:
                self._between |= {number}
            if ends:
                self._between -= {number}

    def _held(self, situation: Situation, at: int) -> str | None:
        """Return what pauses the clock at an instant, in words, if anything does (P7)."""
        rules = self.rules
        if rules.held_in is not None:
            return rules.held_in.get(situation.status)
        if situation.status in rules.running:
            return None
        return self._held_by_events(situation) or self._held_while(rules.conditions, situation, at)

    def held_for_good(self, at: int) -> bool:
        """Return whether something pauses the clock now that does not end by time alone. Raises `Undecided`."""
        rules, situation = self.rules, self._situation
        if situation is None or situation.status in rules.running:
            return False
        if self._held_by_events(situation) is not None:
            return True
        return self._held_while(rules.lasting, self._situation_at(situation, at), at) is not None

    def _held_by_events(self, situation: Situation) -> str | None:
        if situation.status in self.rules.pausing:
            return status_is(situation.status)
        for number in self._between:
            return f"since {self.rules.between[number][0].text}"
        return None

    def _held_while(self, conditions: Sequence[Condition], situation: Situation, at: int) -> str | None:
        """Return which condition pauses the clock; what does goes on doing so, though another holds as well."""
        holds = () if self.ticking is None else self.ticking.holds
        if len(conditions) > 1 and holds and holds[-1].end is None:
            why = holds[-1].why
            conditions = sorted(conditions, key=lambda one: one.text != why)
        return next((one.text for one in conditions if self._holds(one, situation, at)), None)

    def pass_time(self, at: int) -> None:
        """Let time pass up to an instant: pauses by the hour, steps of a cascade. Raises `Undecided`."""
        cycle = self.ticking
        if self.error is None and cycle is not None:
            try:
                self.pass_hours(at)
                pass_steps(cycle, at, self._situation_at)
            except SlaError as error:
                self.error = error

    def pass_hours(self, at: int) -> None:
        """Begin and end the pauses that come and go by the hour, up to an instant. Raises `Undecided`."""
        cycle, situation = self.ticking, self._situation
        if cycle is None or situation is None or not self.rules.by_the_hour:
            return
        since = max(self._seen, cycle.started)
        for start in turning_points(self, self._inquiry(situation, at), since, at)[:-1]:
            # What holds only after a due time, as `overdue` does, holds from it on.
            mark(cycle.holds, start, self._held(self._situation_at(situation, start + 1), start + 1))
        mark(cycle.holds, at, self._held(self._situation_at(situation, at), at))
        self._seen = at

    def next_hour(self, at: int) -> int | None:
        """Return the next instant at which a pause by the hour can begin or end, if that is soon."""
        situation = self._situation
        if situation is None or not self.rules.by_the_hour:
            return None
        later = turning_points(self, self._inquiry(situation, at), at, at + _SOON)[1:-1]
        return next(iter(later), None)

    def _situation_at(self, situation: Situation, at: int) -> Situation:
        return replace(situation, clocks=states_beside(self, at)) if self.book.asks_clocks else situation

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
                return self._never_stopped(cycle, at)
            case _:
                return None
        return cycle

    def _never_stopped(self, stopped: Cycle, at: int) -> Cycle | None:
        """Go on as if the last cycle had not stopped; if it became late in the gap, it is late now (P6)."""
        cycle = self.as_if
        if cycle is None or stopped.stopped is None:
            return None
        cycle.reopened = (*cycle.reopened, (stopped.stopped, at))
        cycle.asked += [one for one in stopped.asked if one not in cycle.asked]
        self.cycles[-1] = self.running = cycle
        self.as_if, cycle.signs = None, frozenset()
        cycle.settle_lateness(at)
        if stopped.late_at is None and cycle.late_at is not None:
            cycle.late_at = at
        cycle.turned = at
        return cycle

    def _resume(self, cycle: Cycle, at: int, situation: Situation) -> None:
        if cycle.stopped is not None:
            cycle.reopened = (*cycle.reopened, (cycle.stopped, at))
        cycle.stopped, cycle.why_ended = None, ""
        self.running = cycle
        begin_steps(cycle, self._step_starts)
        cycle.signs, cycle.turned = frozenset(), at  # nothing was late while it stood still
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
