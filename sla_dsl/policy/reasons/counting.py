"""The arithmetic of a due time in words: which hours and dates counted, and what was skipped (H7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_dsl.policy.deadlines import Reached
from sla_dsl.policy.limits import reach
from sla_dsl.policy.reasons.counting_back import counted_back
from sla_dsl.policy.reasons.days import counted_days, counted_period
from sla_dsl.policy.reasons.stretches import clock_change, closings, spans_text
from sla_dsl.policy.reasons.wording import day_text, length_text, moment_text
from sla_dsl.policy.terms import Before, ByEndOf, CalendarPeriod, Duration
from sla_dsl.policy.tickets.holding import counting, open_time

if TYPE_CHECKING:
    from datetime import tzinfo

    from sla_dsl.policy.deadlines import Binding
    from sla_dsl.policy.terms import OpenDays, Within
    from sla_dsl.policy.tickets.holding import Count
    from sla_dsl.worktime import Timetable


def arithmetic(reached: Reached, count: Count, binding: Binding, zone: tzinfo) -> str:
    """Return how a due time was counted, in sentences."""
    part = reached.part
    if isinstance(part, ByEndOf):
        last = "" if reached.day is None else f"{day_text(reached.day)}, which `{part.fact}` gives; "
        return f"By the end of {last}the next date is too late."
    if isinstance(part, Before):
        return counted_back(part, reached, binding, zone)
    if isinstance(part.budget, Duration):
        calendar = binding.calendar(part.budget.calendar)
        return _hours(None if calendar is None else calendar.exact, count, reached.at, zone)
    return _days(part, part.budget, reached, count, binding, zone)


# --------------------------------------------------------------------------------------------- hours


def _hours(calendar: Timetable | None, count: Count, at: int, zone: tzinfo) -> str:
    start = count.origin
    if calendar is None and count.plain:
        return f"Every minute counts: {length_text(at - start)} after {moment_text(start, zone)}." + clock_change(
            start, at, zone
        )
    counted = list(_counted(calendar, count, at))
    sentences: list[str] = []
    if count.carried:
        sentences.append(f"{length_text(count.carried)} had been counted before {moment_text(start, zone)}.")
    if counted and counted[0][0] > start and calendar is not None and not calendar.is_open(start):
        sentences.append(
            f"Closed on {moment_text(start, zone)}; the time runs from {moment_text(counted[0][0], zone)}."
        )
    if counted:
        sentences.append(f"Counted: {spans_text(counted, zone)}.")
    elif at == start:
        sentences.append("There is nothing to count.")
    if calendar is not None:
        sentences.extend(closings(calendar, start, at))
    return " ".join(sentences) + clock_change(start, at, zone)


def _counted(calendar: Timetable | None, count: Count, at: int) -> list[tuple[int, int]]:
    """Return the spans of time that counted."""
    spans = counting(count.holds, count.origin, at)
    if calendar is None:
        return list(spans)
    return [(one.start, one.end) for a, b in spans for one in calendar.stretches(a, b) if one.kind == "open"]


# ---------------------------------------------------------------------------------------------- days


def _days(
    part: Within, budget: OpenDays | CalendarPeriod, reached: Reached, count: Count, binding: Binding, zone: tzinfo
) -> str:
    """Return how days were counted as if nothing had been held, and how what was held moved the end (P7)."""
    start = count.start_of(budget)
    found = reach(part, start, binding)
    base = found if isinstance(found, Reached) else reached
    calendar = None
    if isinstance(budget, CalendarPeriod):
        text = counted_period(budget, start, base, zone)
    else:
        known = binding.calendar(budget.calendar)
        calendar = None if known is None else known.exact
        text = "" if calendar is None else counted_days(budget, calendar, start, base)
    if base.at == reached.at:
        return text
    moved = length_text(open_time(calendar, base.at, reached.at))
    kind = "" if calendar is None else " of open time"
    return f"{text} {moved}{kind} that did not count move it to {moment_text(reached.at, zone)}."
