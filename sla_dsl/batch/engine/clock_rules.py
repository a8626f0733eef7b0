"""What a policy says of a clock, laid out for many tickets: triggers, pauses, statuses, promises (P1, P7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from attrs import frozen

from sla_dsl.batch.engine.changes import Changes
from sla_dsl.batch.engine.promises import Promises

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sla_dsl.batch.engine.questions import Desk, Question
    from sla_dsl.batch.engine.rows import Words
    from sla_dsl.batch.typed import Flags
    from sla_dsl.policy.terms import AnyTest, Condition, Trigger
    from sla_dsl.policy.tickets.clock_rules import ClockRules


@frozen(eq=False)
class Listener:
    """A trigger of a clock, and its condition as a question."""

    test: AnyTest
    conditions: tuple[Question, ...] = ()


@frozen(eq=False)
class Between:
    """A pause from one event to another: both expressions, the second None where nothing ends it."""

    since: AnyTest
    until: AnyTest | None


class Rules:
    """What a policy says of a clock, laid out for many tickets. `obstacle` says why it cannot be."""

    def __init__(self, desk: Desk, rules: ClockRules, code: int, words: Words) -> None:
        clock, signs = rules.clock, desk.signs
        self.desk = desk
        self.code = code
        self.rules = rules
        self.promises = Promises(desk, rules, words)
        self.changes = Changes(desk, rules)
        self.starts = self._listeners(one for one in clock.starts if not one.instead)
        self.starts_instead = self._listeners(one for one in clock.starts if one.instead)
        self.stops = self._listeners(clock.stops)
        self.stopping = signs.mask(("status", status) for status in rules.stopping)
        self.voids = self._listeners(clock.voids)
        self.repeats = clock.repeats_until is not None
        until = () if clock.repeats_until is None else (Listener(clock.repeats_until.test),)
        self.endings = (
            tuple(
                Listener(one.ending.when.test, self._questions(one.ending.condition, one.exclusion.applies))
                for one in rules.ends
            )
            + until
        )
        self.between = tuple(
            Between(since.test, None if until is None else until.test) for since, until in rules.between
        )
        self.conditions = tuple(desk.condition(one, f"pause of {clock.id}") for one in rules.conditions)
        self.pausing = self._statuses(rules.pausing)
        self.running = self._statuses(rules.running)
        self.listens = signs.mask(rules.listens) | (signs.any_status if rules.pauses_by_status else 0)
        self.obstacle = self._obstacle()
        if self.obstacle is not None:
            desk.notes[clock.clause] = self.obstacle

    def _obstacle(self) -> str | None:
        if self.rules.by_the_hour:
            return "its pauses come and go by the hour"
        return None

    def _listeners(self, triggers: Iterable[Trigger]) -> tuple[Listener, ...]:
        return tuple(Listener(one.when.test, self._questions(one.condition)) for one in triggers)

    def _questions(self, *conditions: Condition | None) -> tuple[Question, ...]:
        clause = self.rules.clock.clause
        found = (self.desk.condition(one, clause) for one in conditions)
        return tuple(one for one in found if one is not None)

    def _statuses(self, some: frozenset[str]) -> Flags:
        return np.array([*(status in some for status in self.desk.signs.statuses), False])
