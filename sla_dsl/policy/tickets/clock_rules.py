"""A clock with everything that a policy says of it, laid out for quick questions (P1, P7, R4, R8)."""

from __future__ import annotations

from functools import cached_property
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

    from sla_dsl.policy.terms import Condition, Status, Trigger
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

    def reaction(self, now: frozenset[Sign], entered: tuple[str, ...]) -> Reaction:
        """Return what some events and statuses mean to the clock."""
        starts, stops = not self.start_signs.isdisjoint(now), not self.stop_signs.isdisjoint(now)
        start = None if self.starts_instead else self._surely(self.starts, now)
        stop = next((stop_text(status) for status in entered if status in self.stopping), None)
        stop = stop or self._surely(self.clock.stops, now)
        quiet = self.listens.isdisjoint(now) and not (self.eventful or self.remembers)
        return Reaction(self.clock.id, now, starts, stops, start, stop, quiet)

    def _surely(self, triggers: tuple[Trigger, ...], now: frozenset[Sign]) -> str | None:
        """Return in which words the first of some triggers fires, where nothing but these signs decides that."""
        first = None if self.joint else next((one for one in triggers if fires(one.when.test, now)), None)
        return None if first is None or first.condition is not None else first.when.text

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
    def moves_by_time(self) -> bool:
        """Whether something can change by time alone."""
        return self.by_the_hour or self.cascades

    @cached_property
    def remembers(self) -> bool:
        """Whether what happened before matters to what comes, besides the promise that governs."""
        return self.moves_by_time or self.joint

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
        if any(isinstance(term, Before) for term in terms_inside(self.promises)):
            return True
        return any(
            isinstance(test, Occurs | Becomes | Precedes | Given)
            or (isinstance(test, Among) and test.subject.kind in {"status", "clock"})
            for test in tests_in((self.promises, self.clock.applies, self.clock.measured))
        )


def stop_text(status: str) -> str:
    """Return in which words a status stops a clock."""
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
