"""How a duty goes on from moment to moment: when it is owed, from when its time counts, when it is fulfilled (R8)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from sla_dsl.policy.deadlines import Bounded, Reached
from sla_dsl.policy.governing import bound, first_case
from sla_dsl.policy.limits import reach
from sla_dsl.policy.terms import ELAPSED, BestEffort, Choice, Committed
from sla_dsl.policy.tickets.cycle import is_late
from sla_dsl.policy.tickets.owed import Owed
from sla_dsl.policy.tickets.passing import Passing
from sla_dsl.policy.tickets.triggers import fires

if TYPE_CHECKING:
    from sla_dsl.policy.deadlines import Binding
    from sla_dsl.policy.inquiry import Inquiry
    from sla_dsl.policy.situation import Situation
    from sla_dsl.policy.terms import AnyPromise, Duty, Trigger
    from sla_dsl.policy.tickets.answers import DutyState
    from sla_dsl.policy.tickets.history import Moment
    from sla_dsl.policy.tickets.passing import Turn
    from sla_dsl.policy.tickets.past import Past
    from sla_dsl.policy.tickets.triggers import Sign


class Owing:
    """A duty on its way through what happened to a ticket. Raises `Undecided` where something unknown decides."""

    def __init__(self, duty: Duty, past: Past) -> None:
        self.duty = duty
        self.past = past
        self.since: int | None = None
        self.start: int | None = None
        self.done: int | None = None
        self.late = False
        self.promise: AnyPromise | None = None
        self.binding: Binding | None = None
        self.reached: Reached | Bounded | None = None
        self.until: int | None = None
        self.before: Owed | None = None
        self._last_start: int | None = None
        self._before: set[Sign] = set()
        self._since_last: set[Sign] = set()
        self._since_owed: set[Sign] = set()

    def found(self) -> Owed:
        """Return how the duty stands at the instant that is looked at."""
        now = self.past.now
        assert now.instant is not None
        if not only_now_counts(self.duty):
            moments = self.past.moments
            ends = [*(moment.at for moment in moments[1:]), now.instant]
            for moment, end in zip(moments, ends, strict=False):
                self._take(moment)
                if self.duty.when is None:
                    for at in self._turns(moment.at, end, moment.situation):
                        self._hold(at, self._as_of(at, moment.situation))
        if self.duty.when is None:
            self._hold(now.instant, now.situation)
        self._check(now.instant)
        return self._owed(now.instant)

    @property
    def _pending(self) -> bool:
        return self.since is not None and self.done is None

    def _owed(self, now: int) -> Owed:
        promise = self.promise or first_case(self.duty.due, self.duty.clause, self.past.now)
        if self.since is None:
            return Owed("not_owed", promise, until=self.until, before=self.before)
        state: DutyState = "owed" if self.done is None else "fulfilled"
        if self.late:
            # Where nothing would tell that it was done, nobody knows that it was not.
            state = "undetermined" if self.duty.fulfilled is None else "late"
        elif isinstance(self.reached, Bounded) and not _in_time(self.reached, self.done or now):
            state = "undetermined"
        return Owed(state, promise, self.reached, self.binding, self.since, self.start, self.done)

    # ------------------------------------------------------------------------------------ what happens

    def _take(self, moment: Moment) -> None:
        self._note_start(moment)
        used = False
        if self._pending:
            self._check(moment.at - 1)
            self._reckon(moment.at, moment.situation)
            self._check(moment.at)
            used = self._fulfil(moment)
        became = self._occurs(moment) if self.duty.when is not None else self._hold(moment.at, moment.situation)
        if became and not used:
            self._fulfil(moment)
        self._before |= moment.signs
        self._since_last |= moment.signs
        self._since_owed |= moment.signs

    def _occurs(self, moment: Moment) -> bool:
        """Let a duty become owed if this is the occasion, and return whether it did."""
        when = self.duty.when
        if self._pending or when is None or not fires(when.test, moment.signs, self._since_last):
            return False
        holds = self._holds(moment.at, moment.told)
        if holds:
            self._become_owed(moment.at, moment.situation)
        return holds

    def _hold(self, at: int, situation: Situation) -> bool:
        """Let a duty without an occasion be owed as long as its condition holds; return whether it became so."""
        holds = self._holds(at, situation)
        if holds and self.since is None:
            self._become_owed(at, situation)
            return True
        if not holds and self.since is not None:
            self._check(at)
            self.until, self.before, self.since = at, self._owed(at), None
        return False

    def _become_owed(self, at: int, situation: Situation) -> None:
        self.since, self.done, self.late = at, None, False
        self.start = self._last_start if self.duty.starts else at
        self._since_last.clear()
        self._since_owed.clear()
        self._reckon(at, situation)
        self._check(at)

    def _fulfil(self, moment: Moment) -> bool:
        fulfilled = self.duty.fulfilled
        if fulfilled is None or not fires(fulfilled.test, moment.signs, self._since_owed):
            return False
        self.done = moment.at
        return True

    def _holds(self, at: int, situation: Situation) -> bool:
        duty = self.duty
        if duty.condition is None:
            return True
        return self.past.ask(at, situation, lambda inquiry: inquiry.holds(duty.condition, duty.clause))

    # ----------------------------------------------------------------------------------- the due time

    def _note_start(self, moment: Moment) -> None:
        """Note when the due time begins to count; as with clocks, a start `instead` takes the place of the others."""
        starts = self.duty.starts
        counted = [
            one for one in starts if fires(one.when.test, moment.signs, self._before) and self._counts(one, moment)
        ]
        instead = any(one.instead for one in counted)
        if instead or (counted and not any(one.instead and self._counts(one, moment) for one in starts)):
            self._last_start = moment.at
            if self._pending and self.start is None:
                self.start = moment.at

    def _counts(self, start: Trigger, moment: Moment) -> bool:
        clause = self.duty.clause
        return self.past.ask(moment.at, moment.told, lambda inquiry: inquiry.holds(start.condition, clause))

    def _reckon(self, at: int, situation: Situation) -> None:
        """Reckon the due time under what is known at an instant."""
        if _is_timed(self.duty):
            self.promise, self.binding, self.reached = self.past.ask(at, situation, self._terms)

    def _terms(self, inquiry: Inquiry) -> tuple[AnyPromise, Binding | None, Reached | Bounded | None]:
        promise = first_case(self.duty.due, self.duty.clause, inquiry)
        limit = promise.limit if isinstance(promise, Committed | BestEffort) else None
        if limit is None or self.start is None:
            return promise, None, None
        binding = bound(limit, ELAPSED, inquiry)
        return promise, binding, reach(limit, self.start, binding)

    def _check(self, at: int) -> None:
        """Note that the due time has passed unfulfilled; that stays so, whatever changes later (P6)."""
        if not self._pending or self.late:
            return
        match self.reached:
            case Reached():
                self.late = is_late(self.reached, at)
            case Bounded(latest=latest):
                self.late = latest is not None and at > latest
            case None:
                return

    # ------------------------------------------------------------------------------------------- time

    def _as_of(self, at: int, situation: Situation) -> Situation:
        return replace(situation, clocks=self.past.clocks_at(at))

    def _turns(self, begin: int, end: int, situation: Situation) -> Iterator[int]:
        """Yield the instants between two at which the condition of the duty changes, or may change, by time alone."""
        condition = self.duty.condition
        if condition is None:
            return

        def next_turn(inquiry: Inquiry) -> Turn | None:
            return Passing(inquiry, (condition.test,), lambda: (end,)).next_turn()

        at = begin
        while at < end:
            turn = self.past.ask(at, self._as_of(at, situation), next_turn)
            if turn is None:
                return
            stop = min(turn.at, end)
            yield from self._flip(at, stop - 1, situation)
            if stop < end:
                yield stop
            at = stop

    def _flip(self, low: int, high: int, situation: Situation) -> Iterator[int]:
        """Yield the instant at which a clock runs out and the condition changes, where it does between two."""

        def holds(at: int) -> bool:
            return self._holds(at, self._as_of(at, situation))

        first = holds(low)
        if holds(high) is first:
            return
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if holds(middle) is first else (low, middle)
        yield high


def only_now_counts(duty: Duty) -> bool:
    """Return whether what happened plays no part: a duty has no occasion, no due time, and nothing fulfils it."""
    return duty.when is None and duty.fulfilled is None and not _is_timed(duty)


def _is_timed(duty: Duty) -> bool:
    """Return whether a duty has a due time, in some case at least."""
    return isinstance(duty.due, Choice) or (isinstance(duty.due, Committed | BestEffort) and duty.due.limit is not None)


def _in_time(due: Bounded, at: int) -> bool:
    """Return whether an instant is in time whatever is missing."""
    return due.earliest is not None and (at < due.earliest or (at == due.earliest and not due.strict))
