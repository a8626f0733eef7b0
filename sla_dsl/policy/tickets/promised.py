"""What governs a running clock, and the calendar in which it is measured (P1, P2)."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from attrs import frozen

from sla_dsl.policy.cases import modality_of
from sla_dsl.policy.deadlines import policy_zone
from sla_dsl.policy.governing import budgets_of
from sla_dsl.policy.terms import ELAPSED, CalendarPeriod, Duration, OpenDays, Within

if TYPE_CHECKING:
    from datetime import tzinfo

    from sla_dsl.policy.answers import AnswerModality
    from sla_dsl.policy.governing import Governing
    from sla_dsl.policy.inquiry import Inquiry
    from sla_dsl.policy.openness import Openness
    from sla_dsl.worktime import Timetable


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
        """The timetable, length and limit of a promise in hours, if all is known of them and from when they count."""
        step = self.governing.step
        return self._hours if step is None or step.starts is None else None

    @cached_property
    def _hours(self) -> tuple[Timetable | None, int, Within] | None:
        limit, binding = self.governing.limit, self.governing.binding
        if binding is None or not isinstance(limit, Within) or not isinstance(limit.budget, Duration):
            return None
        calendar = binding.calendar(limit.budget.calendar)
        if limit.budget.low != limit.budget.high or (calendar is not None and calendar.exact is None):
            return None
        return None if calendar is None else calendar.exact, limit.budget.high, limit

    @cached_property
    def budget(self) -> int | None:
        """The budget in microseconds, None for days, dates, and where there is none."""
        limit = self.governing.limit
        return limit.budget.high if isinstance(limit, Within) and isinstance(limit.budget, Duration) else None

    @cached_property
    def in_days(self) -> OpenDays | CalendarPeriod | None:
        """The budget, where it is one of days."""
        limit = self.governing.limit
        budget = limit.budget if isinstance(limit, Within) else None
        return budget if isinstance(budget, OpenDays | CalendarPeriod) else None

    @cached_property
    def zone(self) -> tzinfo | None:
        """The zone in which its due time is shown."""
        if self._hours is not None and self._hours[0] is not None:
            return self._hours[0].zone
        return None if self.governing.binding is None else policy_zone(self.governing.binding)

    @cached_property
    def modality(self) -> AnswerModality:
        """How bindingly it is promised (P3)."""
        return modality_of(self.governing.promise)

    @cached_property
    def compared(self) -> object:
        """What must differ for the terms of a clock to have changed (P6)."""
        governing, binding = self.governing, self.governing.binding
        term = None if governing.term is None else governing.term.key
        moments = None if binding is None else tuple(binding.moments.items())
        calendars = () if binding is None else tuple(binding.calendars.values())
        recipes = tuple((one.surely, one.perhaps) for one in (*calendars, self.measured) if one is not None)
        return term, governing.promise, moments, recipes


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
