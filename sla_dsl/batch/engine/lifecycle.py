"""The lifecycle of a policy as tables: what an event does in a status, and what a status does by itself (R4, R5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from attrs import frozen

from sla_dsl.batch.engine.later import Later

if TYPE_CHECKING:
    from sla_dsl.batch.engine.questions import Desk, Question
    from sla_dsl.batch.typed import Codes, Flags
    from sla_dsl.policy.terms import Moment, Transition
    from sla_dsl.policy.terms.conditions import AnyTest


STAYS, REFUSED, ASK = -1, -2, -3
"""What an event does in a status, where it does not simply lead to another: nothing, is refused, or that depends."""
PROVIDED, IRREGULAR, PERHAPS = 0, 1, 2
"""Whether a rule leads from a status to one that is recorded."""


@frozen(eq=False)
class Move:
    """A transition with one of its moments. `to` is a code; without `test` no event makes it.

    `window` is the end of the time in which an event counts, `fires` that of a timer; `counter` the number of the
    counter that it waits for, `since` that of the events at which the timer begins anew.
    """

    to: int
    test: AnyTest | None
    condition: Question | None
    requires: Question | None
    window: Later | None
    fires: Later | None
    more: bool
    counter: int | None
    target: int
    since: int | None


@frozen(eq=False)
class Counter:
    """Counts an event in a status; it begins anew at others."""

    of: int
    without: tuple[int, ...]


class Lifecycle:
    """The tables of a policy: rows for statuses and columns for events by their codes; the last is for none."""

    def __init__(self, desk: Desk) -> None:
        book, signs = desk.book, desk.signs
        self.desk = desk
        self.statuses = [*signs.statuses]
        initial = desk.policy.terms.initial_status
        self.initial = -1 if initial is None else signs.statuses[initial]
        self.reopened = signs.mask(["reopened"] if "reopened" in signs.events else [])
        self.ever_automatic = bool(book.automatic)
        self.counters: list[Counter] = []
        self.anew: list[tuple[int, ...]] = []
        self._guards: dict[str, tuple[Question | None, Question | None]] = {}
        self._moves: dict[str, tuple[Move, ...]] = {}
        count = len(self.statuses)
        self.automatic: Flags = np.array([*(one in book.automatic for one in self.statuses), False])
        self.backward: Flags = np.zeros((count + 1, count + 1), np.bool)
        for old, new in book.backward:
            self.backward[signs.statuses[old], signs.statuses[new]] = True
        self.transitions = [[self._made(one) for one in book.transitions.get(status, ())] for status in self.statuses]
        self.moves: dict[tuple[int, int], tuple[Move, ...]] = {}
        self.does = self._table_of_events()
        self.recorded = self._table_of_statuses()

    def _made(self, transition: Transition) -> tuple[Move, ...]:
        if transition.id not in self._moves:
            clause = transition.clause
            guards = self.desk.condition(transition.condition, clause), self.desk.condition(transition.requires, clause)
            self._guards[transition.id] = guards
            self._moves[transition.id] = tuple(self._move(transition, one) for one in transition.moments)
        return self._moves[transition.id]

    def _move(self, transition: Transition, moment: Moment) -> Move:
        signs = self.desk.signs
        condition, requires = self._guards[transition.id]
        counter = since = None
        without = tuple(signs.events[one] for one in moment.without)
        if moment.count is not None:
            counter = len(self.counters)
            self.counters.append(Counter(signs.events[moment.of or ""], without))
        elif without:
            since = self.anew.index(without) if without in self.anew else len(self.anew)
            self.anew += [without] if since == len(self.anew) else []
        return Move(
            signs.statuses[transition.to],
            None if moment.when is None else moment.when.test,
            condition,
            requires,
            Later.of(self.desk, transition.clause, moment.within, moment.within_days, moment.within_calendar),
            Later.of(self.desk, transition.clause, moment.after, moment.after_days, moment.after_calendar),
            moment.more,
            counter,
            (moment.count or 0) + moment.more,
            since,
        )

    def _table_of_events(self) -> Codes:
        book, signs = self.desk.book, self.desk.signs
        table = np.full((len(self.statuses) + 1, len(signs.events) + 1), STAYS, np.int32)
        for status, place in signs.statuses.items():
            for event, column in signs.events.items():
                if event == self.desk.policy.terms.created:
                    continue
                listening = book.moves.get((status, event), ())
                if not listening:
                    refused = event in book.moving and book.statuses[status].final
                    table[place, column] = REFUSED if refused else STAYS
                elif listening[0].free:
                    table[place, column] = signs.statuses[listening[0].transition.to]
                else:
                    table[place, column] = ASK
                    self.moves[place, column] = tuple(
                        self._made(one.transition)[one.transition.moments.index(one.moment)] for one in listening
                    )
        return table

    def _table_of_statuses(self) -> Codes:
        count = len(self.statuses)
        table = np.full((count + 1, count + 1), IRREGULAR, np.int32)
        for old, leaving in enumerate(self.transitions):
            for move in (one for moves in leaving for one in moves):
                free = move.test is not None and move.condition is move.requires is move.window is None
                if table[old, move.to] != PROVIDED:
                    table[old, move.to] = PROVIDED if free else PERHAPS
            table[old, old] = PROVIDED
        return table
