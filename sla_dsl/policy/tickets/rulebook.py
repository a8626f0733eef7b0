"""What a policy says about tickets over time, found once and laid out for quick questions (R4, P1)."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from attrs import field, frozen
from msgspec import Struct

from sla_dsl.policy.governing import of_running
from sla_dsl.policy.inquiry import Inquiry
from sla_dsl.policy.plans import Found, could_govern
from sla_dsl.policy.priorities import Grading
from sla_dsl.policy.priorities import level as find_level
from sla_dsl.policy.resting import Doubts
from sla_dsl.policy.terms import Among, Clock, Reclassification, Status, Transition
from sla_dsl.policy.thresholds import tests_in
from sla_dsl.policy.tickets.clock_rules import ClockRules, Reactions, clock_rules
from sla_dsl.policy.tickets.plain import Move, PlainEntries
from sla_dsl.policy.tickets.promised import Promised
from sla_dsl.policy.tickets.triggers import Sign, signs, signs_of
from sla_dsl.worktime import zone

if TYPE_CHECKING:
    from collections.abc import Hashable
    from datetime import tzinfo

    from sla_dsl.policy.answers import Priority
    from sla_dsl.policy.plans import Desk
    from sla_dsl.policy.selection import Chosen, Key
    from sla_dsl.policy.situation import Situation
    from sla_dsl.policy.unknowns import Supposed

_MOST_KEPT = 4096
_NONE = frozenset[str]()

K = TypeVar("K")
V = TypeVar("V")


class Rests(Struct, frozen=True, eq=False):
    """What an answer rests on: declarations, readings, assumed defaults (H3, H4).

    `not_computed` are the readings that are not computed: with one, the answer is undetermined.
    """

    keys: tuple[Key, ...]
    chosen: tuple[Chosen, ...]
    assumptions: tuple[str, ...]
    not_computed: tuple[Chosen, ...]
    readings: dict[str, str]

    @classmethod
    def of(cls, keys: tuple[Key, ...], chosen: tuple[Chosen, ...], assumptions: tuple[str, ...]) -> Rests:
        """Return it with what follows from the readings."""
        not_computed = tuple(one for one in chosen if one.reading.not_computed is not None)
        return cls(keys, chosen, assumptions, not_computed, {one.ambiguity.id: one.reading.id for one in chosen})


@frozen(slots=False, eq=False)
class Rulebook:
    """What a policy in force says about tickets over time."""

    desk: Desk
    _reactions: dict[Hashable, Reactions] = field(factory=dict["Hashable", "Reactions"], init=False)
    _rests: dict[Hashable, Rests] = field(factory=dict["Hashable", Rests], init=False)
    _levels: dict[Hashable, Priority] = field(factory=dict["Hashable", "Priority"], init=False)
    _promised: dict[Hashable, Promised] = field(factory=dict["Hashable", Promised], init=False)

    @cached_property
    def zone(self) -> tzinfo | None:
        """The zone in which instants are told that no calendar tells; None where the policy has none (R10)."""
        own = self.desk.calendars.zone.name
        return None if own is None else zone(own)

    @cached_property
    def statuses(self) -> dict[str, Status]:
        """The statuses in the order of the lifecycle."""
        return {status.id: status for status in self.desk.terms.all(Status)}

    @cached_property
    def transitions(self) -> dict[str, tuple[Transition, ...]]:
        """The transitions from each status, in the order in which they are declared."""
        found: dict[str, list[Transition]] = {}
        for transition in self.desk.terms.all(Transition):
            for source in transition.sources:
                found.setdefault(source, []).append(transition)
        return {source: tuple(some) for source, some in found.items()}

    @cached_property
    def unguarded(self) -> frozenset[str]:
        """The transitions that no condition keeps a ticket from, under no reading that is not computed."""
        plain = (one for one in self.desk.terms.all(Transition) if one.condition is None and one.requires is None)
        doubts = self.desk.doubts
        return frozenset(
            one.id
            for one in plain
            if all(chosen.reading.not_computed is None for chosen in doubts.behind((one.key,)).values())
        )

    @cached_property
    def moves(self) -> dict[tuple[str, str], tuple[Move, ...]]:
        """The transitions from a status that listen to an event, by both, in the order in which they are declared."""
        found: dict[tuple[str, str], dict[tuple[str, int], Move]] = {}
        for source, transitions in self.transitions.items():
            for transition in transitions:
                for number, moment in enumerate(transition.moments):
                    for sign in () if moment.when is None else signs(moment.when.test):
                        if isinstance(sign, str):
                            move = Move.of(transition, moment)
                            found.setdefault((source, sign), {})[transition.id, number] = move
        return {key: tuple(some.values()) for key, some in found.items()}

    @cached_property
    def moving(self) -> frozenset[str]:
        """The events that move a ticket from some status to another; a final status refuses them (R5)."""
        return frozenset(event for _, event in self.moves)

    @cached_property
    def plain(self) -> PlainEntries:
        """What entries do where the status of the ticket alone decides that."""
        return PlainEntries(self)

    def met(self, statuses: tuple[str, ...]) -> tuple[Key, ...]:
        """Return the declarations of some statuses and of the transitions from them."""
        found: dict[Key, None] = {}
        for status in statuses:
            found["status", status] = None
            found.update(dict.fromkeys(one.key for one in self.transitions.get(status, ())))
        return tuple(found)

    @cached_property
    def reclassifications(self) -> tuple[Reclassification, ...]:
        """The reclassifications, in order."""
        return self.desk.terms.all(Reclassification)

    @cached_property
    def closing(self) -> frozenset[str]:
        """The statuses at the end of a ticket's life: the final ones, and those that stop a clock."""
        found = {status.id for status in self.statuses.values() if status.final or status.stops}
        for clock in self.desk.terms.all(Clock):
            for stop in clock.stops:
                found |= {sign[1] for sign in signs(stop.when.test) if isinstance(sign, tuple)}
        return frozenset(found)

    @cached_property
    def backward(self) -> frozenset[tuple[str, str]]:
        """The ways from one status to another by which a ticket is reopened (P6)."""
        order = [*self.statuses]
        return frozenset((old, new) for place, old in enumerate(order) if old in self.closing for new in order[:place])

    @cached_property
    def clocks(self) -> tuple[ClockRules, ...]:
        """The clocks of the policy, in order."""
        return tuple(
            clock_rules(self.desk.terms, clock, self.statuses.values()) for clock in self.desk.terms.all(Clock)
        )

    @cached_property
    def watched_by(self) -> dict[str, tuple[str, ...]]:
        """The other clocks on whose states the pauses of each clock hang, through others too, those first."""
        watches = {rules.clock.id: sorted(rules.watches) for rules in self.clocks}

        def found(clock: str, path: tuple[str, ...]) -> list[str]:
            deeper = (one for one in watches[clock] if one not in path)
            return [name for one in deeper for name in (*found(one, (*path, one)), one)]

        return {clock: tuple(dict.fromkeys(found(clock, (clock,)))) for clock in watches}

    @cached_property
    def watching(self) -> tuple[str, ...]:
        """The clocks whose pauses hang on states of others, and these others before them."""
        names = (name for clock, watched in self.watched_by.items() if watched for name in (*watched, clock))
        return tuple(dict.fromkeys(names))

    @cached_property
    def listeners(self) -> dict[Sign, frozenset[str]]:
        """The clocks that listen to each event and status."""
        found: dict[Sign, set[str]] = {}
        for rules in self.clocks:
            for sign in rules.listens:
                found.setdefault(sign, set()).add(rules.clock.id)
        return {sign: frozenset(clocks) for sign, clocks in found.items()}

    @cached_property
    def watchful(self) -> frozenset[str]:
        """The clocks that every moment concerns."""
        return frozenset(rules.clock.id for rules in self.clocks if rules.by_the_hour or rules.eventful)

    @cached_property
    def status_bound(self) -> frozenset[str]:
        """The clocks that every change of the status concerns."""
        return frozenset(rules.clock.id for rules in self.clocks if rules.pauses_by_status)

    def reactions(self, events: tuple[str, ...], entered: tuple[str, ...]) -> Reactions:
        """Return what events, and statuses that are entered, mean to each clock, in order."""
        key = (events, entered)
        known = self._reactions.get(key)
        if known is None:
            now = signs_of(events, entered)
            concerned = self.watchful.union(*(self.listeners.get(sign, _NONE) for sign in now))
            if entered:
                concerned |= self.status_bound
            every = tuple(rules.reaction(now, entered) for rules in self.clocks)
            known = Reactions(every, tuple(one for one in every if one.clock in concerned))
            _keep(self._reactions, key, known)
        return known

    @cached_property
    def automatic(self) -> frozenset[str]:
        """The statuses that a ticket can leave by itself."""
        return frozenset(
            source
            for source, transitions in self.transitions.items()
            for transition in transitions
            if any(moment.when is None for moment in transition.moments)
        )

    def level(self, scale: str, situation: Situation) -> Priority:
        """Return the level on a scale; tickets of which the same is said share an answer."""
        key = (scale, situation.lasting)
        known = self._levels.get(key)
        if known is None:
            known = find_level(self.desk, scale, situation)
            if isinstance(known.explain, Grading) and not known.explain.timely:
                _keep(self._levels, key, known)
        return known

    @cached_property
    def asks_clocks(self) -> bool:
        """Whether any condition asks how a clock stands."""
        return bool(self._clock_states)

    @cached_property
    def asks_pauses(self) -> bool:
        """Whether any condition asks if a clock is paused, or runs."""
        return not self._clock_states.isdisjoint({"paused", "running"})

    @cached_property
    def _clock_states(self) -> frozenset[str]:
        """The states for which conditions ask clocks."""
        tests = tests_in(tuple(self.desk.terms.declarations.values()))
        asked = (test for test in tests if isinstance(test, Among) and test.subject.kind == "clock")
        return frozenset(state for test in asked for state in test.values)

    @cached_property
    def leaves_open(self) -> bool:
        """Whether a reading in force is not computed, so that what rests on it is undetermined."""
        return any(one.reading.not_computed is not None for one in self.desk.terms.chosen.values())

    @cached_property
    def doubts(self) -> Doubts:
        """The ambiguities, by everything that they bear on over time."""
        return Doubts(self.desk.terms, over_time=True)

    def rests(
        self,
        rules: ClockRules,
        promises: tuple[Promised, ...],
        asked: tuple[Inquiry, ...],
        statuses: tuple[str, ...],
    ) -> Rests:
        """Return what an answer about a clock rests on: promises, questions settled, statuses that a ticket had."""
        key = (rules.clock.id, promises, statuses)
        known = None if asked else self._rests.get(key)
        if known is None:
            known = self._resting(rules, promises, asked, statuses)
            if not asked:
                _keep(self._rests, key, known)
        return known

    def _resting(
        self,
        rules: ClockRules,
        promises: tuple[Promised, ...],
        asked: tuple[Inquiry, ...],
        statuses: tuple[str, ...],
    ) -> Rests:
        inquiries = (*(one.inquiry for one in promises), *asked)
        keys: dict[Key, None] = {rules.clock.key: None}
        for inquiry in inquiries:
            keys.update(inquiry.keys)
        keys.update(dict.fromkeys((*self.met(statuses), *(one.exclusion.key for one in rules.ends))))
        found = self.doubts.behind(keys)
        for one in promises:
            disputed = self.doubts.elsewhere(rules.clock.id)
            at_hand = Found(one.governing, one.inquiry)
            found.update((chosen.ambiguity.id, chosen) for chosen, term in disputed if could_govern(term, at_hand))
        chosen = tuple(found[name] for name in self.desk.terms.chosen if name in found)
        assumed = dict.fromkeys(name for inquiry in inquiries for name in inquiry.assumed)
        return Rests.of(tuple(keys), chosen, tuple(assumed))

    def promised(self, rules: ClockRules, situation: Situation, start: int, supposed: Supposed) -> Promised:
        """Return what governs a clock that started at an instant. Raises `Undecided`, `Unanswerable`."""
        key = (rules.clock.id, situation.lasting, *sorted(supposed.items(), key=repr)) if supposed else (
            rules.clock.id, situation.lasting
        )  # fmt: skip
        known = self._promised.get(key)
        if known is not None:
            return known
        inquiry = Inquiry(self.desk.terms, self.desk.calendars, situation, start, supposed)
        found = Promised.of(of_running(rules.clock, inquiry), inquiry)
        if not inquiry.timely and not rules.eventful:
            _keep(self._promised, key, found)
        return found


def _keep(kept: dict[K, V], key: K, value: V) -> None:
    """Keep an answer for tickets like this one, but not too many."""
    if len(kept) >= _MOST_KEPT:
        kept.clear()
    kept[key] = value
