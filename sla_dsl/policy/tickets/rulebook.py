"""What a policy says about tickets over time, found once and laid out for quick questions (R4, P1)."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from attrs import field, frozen

from sla_dsl.policy.cases import modality_of
from sla_dsl.policy.deadlines import policy_zone
from sla_dsl.policy.governing import Governing, budgets_of, of_running
from sla_dsl.policy.inquiry import Inquiry
from sla_dsl.policy.plans import Found, could_govern
from sla_dsl.policy.priorities import Grading
from sla_dsl.policy.priorities import level as find_level
from sla_dsl.policy.resting import Doubts
from sla_dsl.policy.terms import (
    ELAPSED,
    All,
    Among,
    Becomes,
    Cascade,
    Clock,
    Duration,
    During,
    Ending,
    Exclusion,
    Given,
    Occurs,
    OnDay,
    OpenDays,
    Precedes,
    Reclassification,
    Status,
    Transition,
    Within,
)
from sla_dsl.policy.thresholds import tests_in
from sla_dsl.policy.tickets.triggers import Sign, signs

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator
    from datetime import tzinfo

    from sla_dsl.policy.answers import AnswerModality, Priority
    from sla_dsl.policy.openness import Openness
    from sla_dsl.policy.plans import Desk
    from sla_dsl.policy.selection import Chosen, Key
    from sla_dsl.policy.situation import Situation
    from sla_dsl.policy.terms import Condition, Trigger
    from sla_dsl.policy.terms import Moment as MomentTerm
    from sla_dsl.policy.unknowns import Supposed
    from sla_dsl.worktime import Timetable

EVERY_CLOCK = "*"
_MOST_KEPT = 4096
_NONE = frozenset[str]()

K = TypeVar("K")
V = TypeVar("V")


@frozen
class Ends:
    """An exclusion, and one of the ways in which it ends the cover of a clock."""

    exclusion: Exclusion
    ending: Ending


@frozen(slots=False, eq=False)
class Promised:
    """What governs a running clock, the inquiry that found it, and the calendar in which the clock is measured.

    Without a calendar every minute counts.
    """

    governing: Governing
    inquiry: Inquiry
    measured: Openness | None

    @classmethod
    def of(cls, governing: Governing, inquiry: Inquiry) -> Promised:
        """Return it with the calendar of its budget or, where that has none, of the clock. Raises `Undecided`."""
        return cls(governing, inquiry, _measured(governing, inquiry))

    @cached_property
    def quick(self) -> tuple[Timetable | None, int, Within] | None:
        """The timetable, length and limit where the promise is one of hours and nothing about them is unknown."""
        limit, binding = self.governing.limit, self.governing.binding
        if binding is None or not isinstance(limit, Within) or not isinstance(limit.budget, Duration):
            return None
        calendar = binding.calendar(limit.budget.calendar)
        if limit.budget.low != limit.budget.high or (calendar is not None and calendar.exact is None):
            return None
        return None if calendar is None else calendar.exact, limit.budget.high, limit

    @cached_property
    def zone(self) -> tzinfo | None:
        """The zone in which its due time is shown."""
        if self.quick is not None and self.quick[0] is not None:
            return self.quick[0].zone
        return None if self.governing.binding is None else policy_zone(self.governing.binding)

    @cached_property
    def modality(self) -> AnswerModality:
        """How bindingly it is promised (P3)."""
        return modality_of(self.governing.promise)

    @cached_property
    def compared(self) -> object:
        """What must differ for the terms of a clock to have changed (P6)."""
        governing, measured = self.governing, self.measured
        term = None if governing.term is None else governing.term.key
        moments = None if governing.binding is None else tuple(governing.binding.moments.items())
        recipe = None if measured is None else (measured.surely, measured.perhaps)
        if governing.step is not None:
            return (term,)
        return term, governing.promise, moments, recipe


def _measured(governing: Governing, inquiry: Inquiry) -> Openness | None:
    limit, binding = governing.limit, governing.binding
    if limit is not None and binding is not None:
        for budget in budgets_of(limit):
            if isinstance(budget, Duration | OpenDays):
                return binding.calendar(budget.calendar)
    for measure in governing.clock.measured:
        if inquiry.holds(measure.condition, governing.clock.clause):
            return None if measure.calendar == ELAPSED else inquiry.calendar(measure.calendar)
    return None


@frozen(slots=False, eq=False)
class Rests:
    """What an answer rests on: declarations, readings, assumed defaults (H3, H4)."""

    keys: tuple[Key, ...]
    chosen: tuple[Chosen, ...]
    assumptions: tuple[str, ...]

    @cached_property
    def not_computed(self) -> tuple[Chosen, ...]:
        """The readings that are not computed: with one, an answer is undetermined."""
        return tuple(one for one in self.chosen if one.reading.not_computed is not None)

    @cached_property
    def readings(self) -> dict[str, str]:
        """The readings by id."""
        return {one.ambiguity.id: one.reading.id for one in self.chosen}


@frozen(slots=False, eq=False)
class ClockRules:
    """A clock with everything that other declarations say of it.

    `stopping`, `pausing` and `running` are the statuses that stop it, pause it, and let it run whatever else holds.
    """

    clock: Clock
    stopping: frozenset[str]
    pausing: frozenset[str]
    running: frozenset[str]
    ends: tuple[Ends, ...]
    promises: tuple[object, ...]

    @cached_property
    def starts(self) -> tuple[Trigger, ...]:
        """What starts the clock, but for what does so instead."""
        return tuple(one for one in self.clock.starts if not one.instead)

    @cached_property
    def starts_instead(self) -> tuple[Trigger, ...]:
        """What starts the clock in place of its plain starts."""
        return tuple(one for one in self.clock.starts if one.instead)

    @cached_property
    def start_signs(self) -> frozenset[Sign]:
        """What can start the clock."""
        return frozenset(sign for one in self.clock.starts for sign in signs(one.when.test))

    @cached_property
    def stop_signs(self) -> frozenset[Sign]:
        """What can stop the clock."""
        by_event = {sign for one in self.clock.stops for sign in signs(one.when.test)}
        return frozenset({*by_event, *(("status", status) for status in self.stopping)})

    @cached_property
    def may_void(self) -> bool:
        """Whether anything ends the clock without a stop."""
        return bool(self.ends or self.clock.voids or self.clock.repeats_until)

    @cached_property
    def joint(self) -> bool:
        """Whether some expression waits for several events."""
        return any(isinstance(test, All) for test in tests_in((self.clock, tuple(one.ending for one in self.ends))))

    @cached_property
    def listens(self) -> frozenset[Sign]:
        """The events and statuses at which something can happen to the clock."""
        clock = self.clock
        triggers = (*clock.starts, *clock.stops, *clock.voids)
        found: set[Sign] = {sign for trigger in triggers for sign in signs(trigger.when.test)}
        found.update(sign for one in self.promises if isinstance(one, Cascade) for sign in _starts_of(one))
        others = [clock.repeats_until, *(one.ending.when for one in self.ends)]
        others += [end for pause in clock.pauses for end in (pause.since, pause.until)]
        found.update(sign for one in others if one is not None for sign in signs(one.test))
        found.update(("status", status) for status in self.stopping)
        return frozenset({*found, clock.agreed} if clock.agreed else found)

    @cached_property
    def by_status(self) -> bool:
        """Whether the status of a ticket has a say in the clock."""
        return self.pauses_by_status or any(isinstance(sign, tuple) for sign in self.listens)

    @cached_property
    def pauses_by_status(self) -> bool:
        """Whether every change of the status may begin or end a pause."""
        return bool(self.pausing or self.running or self.conditions)

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        """The conditions while which the clock pauses, but for statuses alone."""
        return tuple(
            pause.holds for pause in self.clock.pauses if pause.holds is not None and not _statuses_of(pause.holds)
        )

    @cached_property
    def between(self) -> tuple[tuple[Condition, Condition | None], ...]:
        """The events from which, and to which, the clock pauses."""
        return tuple((pause.since, pause.until) for pause in self.clock.pauses if pause.since is not None)

    @cached_property
    def by_the_hour(self) -> bool:
        """Whether a pause can begin or end by time alone."""
        return any(
            (isinstance(test, During | OnDay) and not test.subject)
            or (isinstance(test, Among) and test.subject.kind == "clock")
            for condition in self.conditions
            for test in tests_in(condition.test)
        )

    @cached_property
    def watches(self) -> frozenset[str]:
        """The clocks whose states can pause this one."""
        return frozenset(
            test.subject.name
            for condition in self.conditions
            for test in tests_in(condition.test)
            if isinstance(test, Among) and test.subject.kind == "clock"
        )

    @cached_property
    def cascades(self) -> bool:
        """Whether some target of the clock has steps."""
        return any(isinstance(one, Cascade) for one in self.promises)

    @cached_property
    def can_pause(self) -> bool:
        """Whether anything pauses the clock."""
        return bool(self.pausing or self.clock.pauses)

    @cached_property
    def eventful(self) -> bool:
        """Whether what is promised depends on what happened, and not only on levels and facts."""
        return any(
            isinstance(test, Occurs | Becomes | Precedes | Given)
            or (isinstance(test, Among) and test.subject.kind in {"status", "clock"})
            for test in tests_in((self.promises, self.clock.applies, self.clock.measured))
        )


@frozen(slots=False, eq=False)
class Rulebook:
    """What a policy in force says about tickets over time."""

    desk: Desk
    _concerned: dict[frozenset[Sign], frozenset[str]] = field(
        factory=dict["frozenset[Sign]", "frozenset[str]"], init=False
    )
    _rests: dict[Hashable, Rests] = field(factory=dict["Hashable", Rests], init=False)
    _levels: dict[Hashable, Priority] = field(factory=dict["Hashable", "Priority"], init=False)
    _promised: dict[Hashable, Promised] = field(factory=dict["Hashable", Promised], init=False)

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
    def moves(self) -> dict[tuple[str, str], tuple[tuple[Transition, MomentTerm], ...]]:
        """The transitions from a status that listen to an event, by both, in the order in which they are declared."""
        found: dict[tuple[str, str], dict[tuple[str, int], tuple[Transition, MomentTerm]]] = {}
        for source, transitions in self.transitions.items():
            for transition in transitions:
                for number, moment in enumerate(transition.moments):
                    for sign in () if moment.when is None else signs(moment.when.test):
                        if isinstance(sign, str):
                            found.setdefault((source, sign), {})[transition.id, number] = transition, moment
        return {key: tuple(some.values()) for key, some in found.items()}

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

    def goes_back(self, old: str, new: str) -> bool:
        """Return whether a ticket is reopened by going from one status to another (P6)."""
        order = list(self.statuses)
        return old in self.closing and new in order and order.index(new) < order.index(old)

    @cached_property
    def clocks(self) -> tuple[ClockRules, ...]:
        """The clocks of the policy, in order."""
        return tuple(self._rules(clock) for clock in self.desk.terms.all(Clock))

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

    def concerned(self, now: frozenset[Sign], *, entered: bool) -> frozenset[str]:
        """Return the clocks that some events and statuses concern."""
        known = self._concerned.get(now)
        if known is None:
            known = self.watchful.union(*(self.listeners.get(sign, _NONE) for sign in now))
            if entered:
                known |= self.status_bound
            _keep(self._concerned, now, known)
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

    def _rules(self, clock: Clock) -> ClockRules:
        ends = tuple(
            Ends(exclusion, ending)
            for exclusion in self.desk.terms.all(Exclusion)
            for ending in exclusion.ends
            if clock.id in ending.clocks or EVERY_CLOCK in ending.clocks
        )
        statuses = self.statuses.values()
        return ClockRules(
            clock,
            _naming(clock.id, ((status.id, status.stops) for status in statuses)),
            _naming(clock.id, ((status.id, status.pauses) for status in statuses)).union(
                *(_statuses_of(pause.holds) for pause in clock.pauses if pause.holds is not None)
            ),
            _naming(clock.id, ((status.id, status.runs) for status in statuses)),
            ends,
            self.desk.terms.promises.get(clock.id, ()),
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
        return Rests(tuple(keys), chosen, tuple(assumed))

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


def _starts_of(cascade: Cascade) -> Iterator[Sign]:
    for step in cascade.steps:
        if step.starts is not None:
            yield from signs(step.starts.when.test)


def _statuses_of(condition: Condition) -> frozenset[str]:
    """Return the statuses in which a condition holds that is about the status alone, else none."""
    match condition.test:
        case Among(subject=subject, values=values) if subject.kind == "status":
            return frozenset(values)
        case _:
            return frozenset()


def _naming(clock: str, named: Iterable[tuple[str, tuple[str, ...]]]) -> frozenset[str]:
    return frozenset(status for status, clocks in named if clock in clocks or EVERY_CLOCK in clocks)
