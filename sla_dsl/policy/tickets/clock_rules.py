"""A clock with everything that a policy says of it, laid out for quick questions (P1, P7, R4, R8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen
from msgspec import Struct

from sla_dsl.policy.terms import (
    All,
    Among,
    Becomes,
    Before,
    Cascade,
    Clock,
    During,
    Ending,
    Exclusion,
    Given,
    Occurs,
    OnDay,
    Precedes,
)
from sla_dsl.policy.terms_inside import terms_inside
from sla_dsl.policy.thresholds import tests_in
from sla_dsl.policy.tickets.triggers import Sign, fires, signs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sla_dsl.policy.terms import Condition, Status, Test, Trigger
    from sla_dsl.policy.vocabulary import Terms

EVERY_CLOCK = "*"


@frozen
class Ends:
    """An exclusion, and one of the ways in which it ends the cover of a clock."""

    exclusion: Exclusion
    ending: Ending


class Reaction(Struct, frozen=True):
    """What some events, and statuses that are entered, mean to a clock: all of them are `signs`.

    They may start it or stop it; `start` and `stop` are in which words they do, where no condition has a say in that.
    `quiet`: unless something is said of the ticket, they can do no more than pause it.
    """

    clock: str
    signs: frozenset[Sign]
    starts: bool
    stops: bool
    start: str | None
    stop: str | None
    quiet: bool


class Reactions(Struct, frozen=True):
    """What happens at a moment, as every clock sees it, and as those do that it concerns."""

    every: tuple[Reaction, ...]
    concerned: tuple[Reaction, ...]


class ClockRules:
    """A clock with everything that other declarations say of it.

    `stopping`, `pausing` and `running` are the statuses that stop it, pause it, and let it run whatever else holds.
    `starts` start it, `starts_instead` do so in place of those. `conditions` are those while which it pauses, but for
    statuses alone, `lasting` those of them that time alone does not end; `between` the events from which, and to which,
    it pauses. `held_in` gives in which words a status pauses it, where the status alone decides that.

    What is asked at every moment is found at once, and held where Python looks it up fastest: whether anything pauses
    the clock (`can_pause`) or ends it without a stop (`may_void`); whether an expression waits for several events
    (`joint`), a pause can begin or end by time alone (`by_the_hour`), or a target has steps (`cascades`); whether what
    is promised depends on what happened, and not only on levels and facts (`eventful`). `start_signs` and `stop_signs`
    can start and stop it, `step_starts` begin single steps; at those of `listens` something can happen to it, and the
    clocks of `watches` can pause it.
    """

    __slots__ = (
        "between", "by_status", "by_the_hour", "can_pause", "cascades", "clock", "conditions", "ends", "eventful",
        "held_in", "joint", "lasting", "listens", "may_void", "moves_by_time", "pauses_by_status", "pausing",
        "promises", "remembers", "running", "start_signs", "starts", "starts_instead", "step_starts", "stop_signs",
        "stopping", "watches",
    )  # fmt: skip

    def __init__(
        self,
        clock: Clock,
        stopping: frozenset[str],
        pausing: frozenset[str],
        running: frozenset[str],
        ends: tuple[Ends, ...],
        promises: tuple[object, ...],
    ) -> None:
        self.clock = clock
        self.stopping = stopping
        self.pausing = pausing
        self.running = running
        self.ends = ends
        self.promises = promises
        self.starts = tuple(one for one in clock.starts if not one.instead)
        self.starts_instead = tuple(one for one in clock.starts if one.instead)
        self.conditions = tuple(
            pause.holds for pause in clock.pauses if pause.holds is not None and not _statuses_of(pause.holds)
        )
        self.between = tuple((pause.since, pause.until) for pause in clock.pauses if pause.since is not None)
        self.can_pause = bool(pausing or clock.pauses)
        paused: dict[str | None, str] = {one: status_is(one) for one in pausing - running}
        self.held_in = None if self.between or self.conditions else paused
        self.may_void = bool(ends or clock.voids or clock.repeats_until)
        self.step_starts = tuple(dict.fromkeys(_starts_of(promises)))
        endings = tuple(one.ending for one in ends)
        self.joint = any(isinstance(test, All) for test in tests_in((clock, endings, self.step_starts)))
        self.by_the_hour = any(_passes_by_the_hour(test) for one in self.conditions for test in tests_in(one.test))
        self.lasting = tuple(one for one in self.conditions if not any(map(_is_of_hours, tests_in(one.test))))
        self.cascades = any(isinstance(one, Cascade) for one in promises)
        self.eventful = _is_eventful(promises, clock)
        self.start_signs = frozenset(sign for one in clock.starts for sign in signs(one.when.test))
        self.stop_signs = frozenset(
            {*(sign for one in clock.stops for sign in signs(one.when.test)), *(("status", one) for one in stopping)}
        )
        self.listens = _listens(clock, stopping, ends, self.step_starts)
        self.watches = frozenset(_watched(self.conditions))
        # Whether something can change by time alone; whether what happened before matters to what comes.
        self.moves_by_time = self.by_the_hour or self.cascades
        self.remembers = self.moves_by_time or self.joint
        # Whether every change of the status may begin or end a pause; whether the status has any other say.
        self.pauses_by_status = bool(pausing or running or self.conditions)
        self.by_status = self.pauses_by_status or any(isinstance(sign, tuple) for sign in self.listens)

    def reaction(self, now: frozenset[Sign], entered: tuple[str, ...]) -> Reaction:
        """Return what some events and statuses mean to the clock."""
        starts, stops = not self.start_signs.isdisjoint(now), not self.stop_signs.isdisjoint(now)
        start = None if self.starts_instead else self._surely(self.starts, now)
        stop = next((status_is(status) for status in entered if status in self.stopping), None)
        stop = stop or self._surely(self.clock.stops, now)
        quiet = self.listens.isdisjoint(now) and not (self.eventful or self.remembers)
        return Reaction(self.clock.id, now, starts, stops, start, stop, quiet)

    def _surely(self, triggers: tuple[Trigger, ...], now: frozenset[Sign]) -> str | None:
        """Return in which words the first of some triggers fires, where nothing but these signs decides that."""
        first = None if self.joint else next((one for one in triggers if fires(one.when.test, now)), None)
        return None if first is None or first.condition is not None else first.when.text


def _listens(
    clock: Clock, stopping: frozenset[str], ends: tuple[Ends, ...], step_starts: tuple[Trigger, ...]
) -> frozenset[Sign]:
    """Return the events and statuses at which something can happen to a clock."""
    triggers = (*clock.starts, *clock.stops, *clock.voids, *step_starts)
    found: set[Sign] = {sign for trigger in triggers for sign in signs(trigger.when.test)}
    others = [clock.repeats_until, *(one.ending.when for one in ends)]
    others += [end for pause in clock.pauses for end in (pause.since, pause.until)]
    found.update(sign for one in others if one is not None for sign in signs(one.test))
    found.update(("status", status) for status in stopping)
    return frozenset({*found, clock.agreed} if clock.agreed else found)


def _watched(conditions: tuple[Condition, ...]) -> Iterator[str]:
    for condition in conditions:
        for test in tests_in(condition.test):
            if isinstance(test, Among) and test.subject.kind == "clock":
                yield test.subject.name


def _passes_by_the_hour(test: Test) -> bool:
    """Return whether a part of a condition can begin or cease to hold by time alone."""
    return _is_of_hours(test) or (isinstance(test, Among) and test.subject.kind == "clock")


def _is_of_hours(test: Test) -> bool:
    """Return whether a part of a condition comes and goes with the hours of a calendar."""
    return isinstance(test, During | OnDay) and not test.subject


def _is_eventful(promises: tuple[object, ...], clock: Clock) -> bool:
    if any(isinstance(term, Before) for term in terms_inside(promises)):
        return True
    return any(
        isinstance(test, Occurs | Becomes | Precedes | Given)
        or (isinstance(test, Among) and test.subject.kind in {"status", "clock"})
        for test in tests_in((promises, clock.applies, clock.measured))
    )


def status_is(status: str) -> str:
    """Return in which words a status stops or pauses a clock."""
    return f"status is {status}"


def clock_rules(terms: Terms, clock: Clock, statuses: Iterable[Status]) -> ClockRules:
    """Return a clock with everything that other declarations say of it."""
    statuses = tuple(statuses)
    ends = tuple(
        Ends(exclusion, ending)
        for exclusion in terms.all(Exclusion)
        for ending in exclusion.ends
        if clock.id in ending.clocks or EVERY_CLOCK in ending.clocks
    )
    pausing = _naming(clock.id, ((status.id, status.pauses) for status in statuses)).union(
        *(_statuses_of(pause.holds) for pause in clock.pauses if pause.holds is not None)
    )
    return ClockRules(
        clock,
        _naming(clock.id, ((status.id, status.stops) for status in statuses)),
        pausing,
        _naming(clock.id, ((status.id, status.runs) for status in statuses)),
        ends,
        terms.promises.get(clock.id, ()),
    )


def _starts_of(promises: tuple[object, ...]) -> Iterator[Trigger]:
    for step in (step for one in promises if isinstance(one, Cascade) for step in one.steps):
        if step.starts is not None:
            yield step.starts


def _statuses_of(condition: Condition) -> frozenset[str]:
    """Return the statuses in which a condition holds that is about the status alone, else none."""
    match condition.test:
        case Among(subject=subject, values=values) if subject.kind == "status":
            return frozenset(values)
        case _:
            return frozenset()


def _naming(clock: str, named: Iterable[tuple[str, tuple[str, ...]]]) -> frozenset[str]:
    return frozenset(status for status, clocks in named if clock in clocks or EVERY_CLOCK in clocks)
