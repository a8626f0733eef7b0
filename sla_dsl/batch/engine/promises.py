"""What is promised, each different promise once: rows carry its number, and look up what it needs (P1-P3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from attrs import frozen

from sla_dsl.batch.engine.hours import Hours, hours_of
from sla_dsl.batch.engine.in_days import InDays
from sla_dsl.batch.engine.questions import DOUBT
from sla_dsl.batch.engine.rows import MISSING
from sla_dsl.policy.governing import of_running
from sla_dsl.policy.terms import Duration, Within
from sla_dsl.policy.tickets.promised import Promised

if TYPE_CHECKING:
    from sla_dsl.batch.engine.questions import Asked, Desk
    from sla_dsl.batch.engine.rows import Words
    from sla_dsl.batch.typed import Codes, Flags, Ints
    from sla_dsl.policy.inquiry import Inquiry
    from sla_dsl.policy.tickets.clock_rules import ClockRules
    from sla_dsl.worktime import Timetable


NONE, IN_HOURS, IN_DAYS = 0, 1, 2
"""How the time of a promise is counted: it has none, in hours, or in any other way."""


@frozen(eq=False)
class Table:
    """What the promises of a clock need, by number.

    `like` is the number of the first promise with the same terms (P6). `hours` and `measured` are places among
    calendars: that in which the budget runs, and that in which the clock is measured. `low` is the lower end of a
    budget; lengths are microseconds, `MISSING` where there is none. `step` is the code of a step of a cascade, or -1.
    """

    kind: Codes
    like: Codes
    modality: Codes
    hours: Codes
    measured: Codes
    step: Codes
    low: Ints
    high: Ints
    budget: Ints
    strict: Flags
    by_hour: Flags


class Promises:
    """The promises of a clock that any ticket has had."""

    def __init__(self, desk: Desk, rules: ClockRules, words: Words) -> None:
        self._clock = rules.clock
        self._notes = desk.notes
        self._modalities, self._steps = words.codes("modality"), words.codes("step")
        about = (rules.promises, rules.clock.applies, rules.clock.measured)
        self._question = desk.question(f"target {rules.clock.id}", about, self._governing)
        self.calendars: list[Hours] = []
        self.known: list[Promised] = []
        self._rows: list[tuple[int, ...]] = []
        self._in_days: dict[int, InDays | None] = {}
        self._table: Table | None = None

    def governing(self, asked: Asked) -> Codes:
        """Return the number of the promise that governs each ticket, or `DOUBT`."""
        return self._question(asked)

    def in_days(self, number: int) -> InDays | None:
        """Return a promise that counts in days, laid out for many cycles, if it can be."""
        if number not in self._in_days:
            self._in_days[number] = InDays.of(self.known[number])
        return self._in_days[number]

    def note(self, why: str) -> None:
        """Note why tickets with this clock go one by one."""
        self._notes.setdefault(self._clock.clause, why)

    @property
    def moves(self) -> bool:
        """Whether pauses move due dates (P7)."""
        return self._clock.pauses_move_due is True

    @property
    def table(self) -> Table:
        """What the promises known so far need; at least one row."""
        if self._table is None:
            columns = np.array(self._rows or [(0,) * 11], np.int64).T
            codes = [column.astype(np.int32) for column in columns[:6]]
            self._table = Table(*codes, *columns[6:9], *(column == 1 for column in columns[9:]))
        return self._table

    def _governing(self, inquiry: Inquiry) -> int:
        promised = Promised.of(of_running(self._clock, inquiry), inquiry)
        row = self._laid_out(promised)
        if row is None:
            term = promised.governing.term
            why = (
                "a step has a start or a condition"
                if promised.governing.step is not None
                else "it needs what is not known"
            )
            self._notes.setdefault(self._clock.clause if term is None else term.clause, why)
            return DOUBT
        number = len(self.known)
        same = (place for place, one in enumerate(self.known) if one.compared == promised.compared)
        like = next(same, number)
        self.known.append(promised)
        self._rows.append((row[0], like, *row[1:]))
        self._table = None
        return number

    def _laid_out(self, promised: Promised) -> tuple[int, ...] | None:
        """Return what a promise needs, but for `like`; None where that is not known.

        A step of a cascade is one as long as it has not passed, if nothing else begins or ends it (P5).
        """
        governing, measured = promised.governing, promised.measured
        step = governing.step
        if step is not None and (step.starts is not None or step.condition is not None):
            return None
        if measured is not None and measured.exact is None:
            return None
        place = self._steps[None if step is None else step.id]
        limit, binding = governing.limit, governing.binding
        own = self._place(None if measured is None else measured.exact)
        modality = self._modalities[promised.modality]
        budget = MISSING if promised.budget is None else promised.budget
        if limit is None or binding is None:
            return NONE, modality, 0, own, place, MISSING, MISSING, budget, 0, 0
        if any(one.exact is None for one in binding.calendars.values()) or None in binding.moments.values():
            return None
        if not isinstance(limit, Within) or not isinstance(limit.budget, Duration):
            return IN_DAYS, modality, 0, own, place, MISSING, MISSING, budget, 0, 0
        calendar = binding.calendar(limit.budget.calendar)
        hours = self._place(None if calendar is None else calendar.exact)
        low = MISSING if limit.budget.low == limit.budget.high else limit.budget.low
        return IN_HOURS, modality, hours, own, place, low, limit.budget.high, budget, int(limit.strict), 1

    def _place(self, timetable: Timetable | None) -> int:
        hours = hours_of(timetable)
        if hours not in self.calendars:
            self.calendars.append(hours)
        return self.calendars.index(hours)
