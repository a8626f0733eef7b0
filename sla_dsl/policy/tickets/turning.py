"""The instants at which a condition can turn by time alone: edges of calendars, midnights (P7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_dsl.policy.terms import During, OnDay
from sla_dsl.policy.thresholds import tests_in
from sla_dsl.policy.tickets.clock_states import dues_of
from sla_dsl.worktime import WorktimeError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla_dsl.policy.inquiry import Inquiry
    from sla_dsl.policy.tickets.clock_run import ClockRun
    from sla_dsl.worktime import Timetable


def turning_points(run: ClockRun, inquiry: Inquiry, a: int, b: int) -> list[int]:
    """Return the instants from `a` to `b`, both included, between which the pauses of a clock do not change."""
    watched = [run.beside[name] for name in run.rules.watches]
    points = {a, b, *(at for at in dues_of(watched, b) if a < at < b)}
    for condition in run.rules.conditions:
        for test in tests_in(condition.test):
            if isinstance(test, During | OnDay) and not test.subject:
                calendar = inquiry.calendar(test.calendar).most
                if calendar is not None:
                    points.update(edges(calendar, a, b, by_day=isinstance(test, OnDay)))
    return sorted(points)


def edges(calendar: Timetable, a: int, b: int, *, by_day: bool) -> Iterator[int]:
    """Yield the openings and closings of a calendar between two instants, or the midnights."""
    at = a
    while at < b:
        try:
            if by_day:
                at = calendar.end_of_day(calendar.local_date(at))
            else:
                at = calendar.next_close(at) if calendar.is_open(at) else calendar.next_open(at)
        except WorktimeError:
            return
        if at < b:
            yield at
