"""The course of a ticket: what is known of it and its status, moment by moment (R4, R5, R6, R8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from sla_dsl.policy.errors import Circular
from sla_dsl.policy.inquiry import Inquiry
from sla_dsl.policy.situation import Situation
from sla_dsl.policy.tickets.answers import Irregular
from sla_dsl.policy.tickets.history import Moment, Moved
from sla_dsl.policy.tickets.reclassifying import given_levels, scales_named
from sla_dsl.policy.tickets.stay import Came, Stay
from sla_dsl.policy.tickets.triggers import fires
from sla_dsl.worktime import from_micros

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import tzinfo

    from sla_dsl.policy.selection import Key
    from sla_dsl.policy.situation import FactValue
    from sla_dsl.policy.terms import Condition, Transition
    from sla_dsl.policy.tickets.clockwork import Clockwork
    from sla_dsl.policy.tickets.plain import Plain
    from sla_dsl.policy.tickets.recorded import Entry
    from sla_dsl.policy.tickets.rulebook import Rulebook
    from sla_dsl.policy.tickets.triggers import Sign
    from sla_dsl.policy.unknowns import Supposed

_MOST_MOVES = 200
"""So many automatic transitions at one instant are a circle."""

Phase = tuple[int, int]
"""An instant, and whether what holds only after it (`after more than`) is already there."""


class Course:
    """A ticket on its way, under some suppositions. It is changed by `take` and `advance`.

    `stay` is its time in the present status, None in a policy without statuses. `inquiries` are the questions that were
    settled on the way, for reasons; `visited` are the statuses that it had, `moved` the levels that rules gave it.
    `clocks` are those of the ticket, which see each moment.
    """

    def __init__(self, book: Rulebook, supposed: Supposed, created: int, where: tzinfo, clocks: Clockwork) -> None:
        self.book = book
        self.supposed = supposed
        self.created = created
        self.where = where
        self.clocks = clocks
        self.levels: dict[str, str] = {}
        self.facts: dict[str, FactValue] = {}
        self.events: dict[str, int] = {}
        self.channel: str | None = None
        self.caller: str | None = None
        self.stay: Stay | None = None
        self.moments: list[Moment] = []
        self.irregular: list[Irregular] = []
        self.inquiries: list[Inquiry] = []
        self.visited: dict[str, None] = {}
        self._phase: Phase = (-(2**63), 0)
        self._situation: Situation | None = None
        self._plain = book.plain
        self._said = False
        self.moved: dict[str, Moved] = {}
        self._unnamed: dict[str, str | None] = {}
        self._told: dict[str, str] | None = None
        self._reopened = False

    def copy(self, supposed: Supposed, clocks: Clockwork) -> Course:
        """Return the same course, to go another way from here with a copy of the clocks."""
        other = object.__new__(Course)
        other.__dict__.update({**self.__dict__, "supposed": supposed, "clocks": clocks, "_situation": None})
        other.moments, other.irregular, other.inquiries = [*self.moments], [*self.irregular], [*self.inquiries]
        other.visited, other.moved = dict(self.visited), dict(self.moved)
        other._unnamed = dict(self._unnamed)
        other.stay = None if self.stay is None else self.stay.copy()
        return other

    @property
    def keys(self) -> tuple[Key, ...]:
        """The statuses that the ticket had, and the transitions that it could have made from them."""
        return self.book.met(tuple(self.visited))

    @property
    def phase(self) -> Phase:
        """How far the course has come."""
        return self._phase

    @property
    def status(self) -> str | None:
        """The present status."""
        return None if self.stay is None else self.stay.status

    def situation(self) -> Situation:
        """Return what is known of the ticket now."""
        if self._situation is None:
            clocks = self.clocks.states_at(self._phase[0]) if self.book.asks_clocks else None
            status = None if self.stay is None else self.stay.status
            self._situation = Situation(
                self.levels, self.facts, self.events, self.channel, self.caller, status, True, clocks,
            )  # fmt: skip
        return self._situation

    def standing(self, at: int) -> Situation:
        """Return what is known of the ticket at an instant until which nothing but time has passed."""
        if not self.book.asks_clocks:
            return self.situation()
        return replace(self.situation(), clocks=self.clocks.states_at(at))

    def inquiry(self, at: int) -> Inquiry:
        """Return a new question about the ticket as it is known now."""
        return Inquiry(self.book.desk.terms, self.book.desk.calendars, self.situation(), at, self.supposed)

    # ------------------------------------------------------------------------------------------ time

    def next_timer(self) -> Phase | None:
        """Return when the next automatic transition is tried."""
        if self.stay is None or self.stay.status not in self.book.automatic:
            return None
        return min((phase for phase in self._timers() if phase > self._phase), default=None)

    def _timers(self) -> Iterable[Phase]:
        assert self.stay is not None
        for transition in self.book.transitions.get(self.stay.status, ()):
            for moment in transition.moments:
                phase = self.stay.fires_at(moment, self)
                if phase is not None:
                    yield phase

    def advance(self, to: Phase) -> None:
        """Let time pass; the status may change by itself. Raises `Undecided`."""
        while self.stay is not None:
            phase = self.next_timer()
            if phase is None or phase > to:
                break
            self._phase = phase
            entered: list[str] = []
            self._settle(entered)
            if entered:
                self._close(phase[0], (), tuple(entered))
        self._phase = max(self._phase, to)

    # --------------------------------------------------------------------------------------- entries

    def take(self, at: int, entries: Sequence[Entry]) -> None:
        """Take all entries of an instant. Raises `Undecided`."""
        if len(entries) == 1 and entries[0].mere:
            entry, stay = entries[0], self.stay
            plain = self._plain[None if stay is None else stay.status, entry.event, entry.status]
            if plain is not None:
                self._take_plain(at, plain, stay)
                return
        if self.stay is not None and self.stay.status in self.book.automatic:
            self.advance((at - 1, 1))
        self._phase = (at, 0)
        for entry in entries:
            if entry.is_said:
                self._say(entry)
        events: list[str] = []
        entered: list[str] = []
        agreed: list[tuple[str, int]] = []
        if self.stay is None:
            self._begin(at, entered)
        for entry in entries:
            event = entry.event
            if event is not None and self._happen(entry, event, at, entered):
                events.append(event)
                if entry.agreed is not None:
                    agreed.append((event, entry.agreed))
            if entry.status is not None:
                self._record(entry, entry.status, at, entered)
        if self.stay is not None and self.stay.status in self.book.automatic:
            self._settle(entered)
        self._close(at, tuple(events), tuple(entered), tuple(agreed))
        self._check_agreed(entries, agreed)

    def _check_agreed(self, entries: Sequence[Entry], agreed: list[tuple[str, int]]) -> None:
        """List the due times that were agreed on for a time before a clock started: they do not count (P6)."""
        for entry in entries if agreed else ():
            if entry.event is None or entry.agreed is None or (entry.event, entry.agreed) not in agreed:
                continue
            for clock in self.clocks.too_early(entry.event, entry.agreed):
                self._irregular(entry, f"the agreed time lies before the start of {clock}, and does not count there")

    def _take_plain(self, at: int, plain: Plain, stay: Stay | None) -> None:
        """Take an entry as `take` does, where nothing but the status has a say. Most entries are such."""
        event, to, events, status = plain.event, plain.to, self.events, None
        if event is not None:
            self.events = events = {**events, event: at}
        if stay is not None:
            if event is not None:
                stay.trail.append((event, at))
            if to is not None:
                came = Came(stay.status, stay.since, plain.transition, event, event is None)
                self.stay = stay = Stay(to, at, False, came)
                self.visited[to] = None
            status = stay.status
        self._phase = (at, 0)
        self._situation = now = Situation(self.levels, self.facts, events, self.channel, self.caller, status, True)
        moment = Moment(at, plain.events, plain.entered, now, now, False, plain.back)
        self.moments.append(moment)
        self.clocks.see(moment, plain.reactions)

    def _say(self, entry: Entry) -> None:
        named = scales_named(self.book, entry) if self.book.reclassifications else ()
        self._unnamed.update((scale, self.levels.get(scale)) for scale in named)
        self.levels = {**self.levels, **entry.levels}
        for scale in entry.levels:
            self.moved.pop(scale, None)
            if scale not in named:
                self._unnamed.pop(scale, None)
        self.facts = {**self.facts, **entry.facts}
        self.channel = entry.channel or self.channel
        self.caller = entry.caller or self.caller
        self._situation, self._said = None, True

    def know(self, entry: Entry) -> None:
        """Take what is said of the ticket at its creation as known before it (R6: learnt later, so from the start)."""
        self._say(entry)
        self._said = False

    def _close(
        self, at: int, events: tuple[str, ...], entered: tuple[str, ...], agreed: tuple[tuple[str, int], ...] = ()
    ) -> None:
        situation = self.situation()
        reopened = self._reopened or ("reopened" in events and not self.book.statuses)
        told = situation if self._told is None else replace(situation, levels=self._told)
        moment = Moment(at, events, entered, situation, told, self._said, reopened, agreed)
        self.moments.append(moment)
        self._said, self._told, self._reopened = False, None, False
        self._unnamed.clear()
        reactions = self.book.reactions(events, entered)
        self.clocks.see(moment, reactions.every if moment.said or reopened else reactions.concerned)

    # ---------------------------------------------------------------------------------------- events

    def _begin(self, at: int, entered: list[str]) -> None:
        """Enter the status of a new ticket when it is created."""
        initial = self.book.desk.terms.initial_status
        if initial is not None and at >= self.created:
            self._stay(Stay(initial, at))
            entered.append(initial)

    def _happen(self, entry: Entry, event: str, at: int, entered: list[str]) -> bool:
        """Let an event happen, unless it is refused."""
        earlier, stay = self.events, self.stay
        self.events = {**earlier, event: at}
        self._situation = None
        if stay is not None and event != self.book.desk.terms.created:
            transition, refused = self._moved_by(event, at, stay)
            if refused is not None and transition is None:
                self.events, self._situation = earlier, None
                self._irregular(entry, refused)
                return False
            stay.trail.append((event, at))
            if transition is not None:
                self._enter(transition.to, at, entered, Came(stay.status, stay.since, transition, event))
        if self.book.reclassifications:
            self._reclassify({event}, at, entry.levels)
        return True

    def _moved_by(self, event: str, at: int, stay: Stay) -> tuple[Transition | None, str | None]:
        """Return the transition that an event makes, or why it is refused."""
        moves, refused = self.book.moves.get((stay.status, event), ()), None
        if not moves and event in self.book.moving and self.book.statuses[stay.status].final:
            return None, f"nothing leads on from {stay.status}"
        for move in moves:
            if move.free:
                return move.transition, None
            transition, moment = move.transition, move.moment
            if moment.when is None or not fires(moment.when.test, {event}, stay):
                continue
            if not self._holds(transition.condition, transition, at):
                continue
            if stay.closed_at(moment, self, at):
                refused = f"`{event}` comes too late to go from {stay.status} to {transition.to}"
            elif not self._holds(transition.requires, transition, at):
                required = "" if transition.requires is None else transition.requires.text
                refused = f"from {stay.status} to {transition.to} it takes {required}"
            else:
                return transition, None
        return None, refused

    def _record(self, entry: Entry, status: str, at: int, entered: list[str]) -> None:
        """Believe a recorded status; where no rule provides it, list it (R5)."""
        if self.stay is None:
            self._stay(Stay(status, at))
            entered.append(status)
        elif status != self.stay.status:
            rule = next((transition for transition in self._to(status) if self._provides(transition, at)), None)
            if rule is None:
                self._irregular(entry, f"no rule leads from {self.stay.status} to {status} here")
            self._enter(status, at, entered, Came(self.stay.status, self.stay.since, rule, recorded=True))

    def _to(self, status: str) -> list[Transition]:
        assert self.stay is not None
        return [one for one in self.book.transitions.get(self.stay.status, ()) if one.to == status]

    def _provides(self, transition: Transition, at: int) -> bool:
        assert self.stay is not None
        if not self._guarded(transition, at):
            return False
        for moment in transition.moments:
            if moment.when is not None and not self.stay.closed_at(moment, self, at):
                return True
            phase = self.stay.fires_at(moment, self)
            if self.stay.counted(moment) or (phase is not None and phase <= (at, 1)):
                return True
        return False

    # ----------------------------------------------------------------------------- automatic transitions

    def _settle(self, entered: list[str]) -> None:
        """Make the automatic transitions that are due: counters, then timers, until nothing changes (R6)."""
        for _ in range(_MOST_MOVES):
            transition = self._automatic()
            if transition is None or self.stay is None:
                return
            came = Came(self.stay.status, self.stay.since, transition, trail=(*self.stay.trail,))
            self._enter(transition.to, self._phase[0], entered, came)
        raise Circular((*entered[-3:],))

    def _automatic(self) -> Transition | None:
        stay = self.stay
        if stay is None or stay.status not in self.book.automatic:
            return None
        transitions = self.book.transitions.get(stay.status, ())
        for reached in (self._counted, self._elapsed):
            for transition in transitions:
                if reached(stay, transition) and self._guarded(transition, self._phase[0]):
                    return transition
        return None

    def _counted(self, stay: Stay, transition: Transition) -> bool:
        return any(stay.counted(moment) for moment in transition.moments)

    def _elapsed(self, stay: Stay, transition: Transition) -> bool:
        phases = (stay.fires_at(moment, self) for moment in transition.moments)
        return any(phase is not None and phase <= self._phase for phase in phases)

    def _enter(self, status: str, at: int, entered: list[str], came: Came) -> None:
        self._reopened = self._reopened or (came.source, status) in self.book.backward
        self._stay(Stay(status, at, after=self._phase[1] == 1, came=came))
        entered.append(status)
        if self.book.reclassifications:
            self._reclassify({("status", status)}, at, {})

    # ------------------------------------------------------------------------------------- conditions

    def _stay(self, stay: Stay) -> None:
        self.stay, self._situation = stay, None
        self.visited[stay.status] = None

    def would_pass(self, transition: Transition, at: int) -> bool:
        """Return whether a transition would be made at an instant, as things are now. Raises `Undecided`."""
        inquiry = self.inquiry(at)
        return inquiry.holds(transition.condition, transition.clause) and inquiry.holds(
            transition.requires, transition.clause
        )

    def _guarded(self, transition: Transition, at: int) -> bool:
        return self._holds(transition.condition, transition, at) and self._holds(transition.requires, transition, at)

    def _holds(self, condition: Condition | None, transition: Transition, at: int) -> bool:
        if condition is None:
            return True
        self.inquiries.append(self.inquiry(at))
        return self.inquiries[-1].holds(condition, transition.clause)

    def _reclassify(self, now: set[Sign], at: int, named: Mapping[str, str]) -> None:
        """Move the ticket to other levels: on each scale by the first rule that applies, to the level named if any.

        A level that the event itself names is the level after it, and not the one before.
        """
        rules = [one for one in self.book.reclassifications if fires(one.when.test, now, self.events)]
        if not rules:
            return
        before = {scale: self._unnamed.get(scale, self.levels.get(scale)) for scale in {*self.levels, *self._unnamed}}
        known = {scale: level for scale, level in before.items() if level is not None}
        situation = replace(self.situation(), levels=known)
        inquiry = Inquiry(self.book.desk.terms, self.book.desk.calendars, situation, at, self.supposed)
        self.inquiries.append(inquiry)
        found = given_levels(rules, inquiry, at, named, self.moved)
        if found:
            self.moved.update((scale, one.moved) for scale, one in found.items())
            self._told = self._told or known
            self.levels = {**self.levels, **{scale: one.level for scale, one in found.items()}}
            self._situation, self._said = None, True

    def _irregular(self, entry: Entry, why: str) -> None:
        at = from_micros(entry.at, self.where)
        self.irregular.append(Irregular(at, entry.given, why))
