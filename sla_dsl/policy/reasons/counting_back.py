"""The arithmetic of a due time that lies before a planned event (T6, H7)."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sla_dsl.policy.reasons.days import numbered, skipped
from sla_dsl.policy.reasons.stretches import clock_change, closings, spans_text
from sla_dsl.policy.reasons.wording import day_text, days_count, moment_text
from sla_dsl.policy.terms import CalendarPeriod, Duration
from sla_dsl.worktime import from_micros, wall_instant

if TYPE_CHECKING:
    from datetime import tzinfo

    from sla_dsl.policy.deadlines import Binding, Reached
    from sla_dsl.policy.terms import Before, OpenDays
    from sla_dsl.worktime import Timetable


def counted_back(part: Before, reached: Reached, binding: Binding, zone: tzinfo) -> str:
    """Return how a due time was counted back from a planned event, in sentences."""
    planned, budget = binding.moments[part.event], part.budget
    if isinstance(planned, date):
        event = wall_instant(datetime.combine(planned, datetime.min.time()), zone)
        begins = f"`{part.event}` is {day_text(planned)}, which begins on {moment_text(event, zone)}."
    else:
        event = reached.at if planned is None else planned
        begins = f"`{part.event}` is {moment_text(event, zone)}."
    if isinstance(budget, CalendarPeriod):
        return f"{begins} {_period(budget, event, reached, zone)}"
    calendar = binding.calendar(budget.calendar)
    exact = None if calendar is None else calendar.exact
    if isinstance(budget, Duration):
        return f"{begins} {_hours(exact, reached.at, event, zone)}"
    return begins if exact is None else f"{begins} {_days(budget, exact, reached, event)}"


def _hours(calendar: Timetable | None, at: int, event: int, zone: tzinfo) -> str:
    """Return the open time before an event, the last first."""
    if at >= event:
        return "There is nothing to count."
    opened = [(at, event)]
    skips: tuple[str, ...] = ()
    if calendar is not None:
        opened = [(one.start, one.end) for one in calendar.stretches(at, event) if one.kind == "open"]
        skips = tuple(closings(calendar, at, event))
    counted = f"Counted back: {spans_text(reversed(opened), zone)}."
    return " ".join((counted, *skips)) + clock_change(at, event, zone)


def _days(budget: OpenDays, calendar: Timetable, reached: Reached, event: int) -> str:
    zone = calendar.zone
    begins = calendar.back_to_open(event) if budget.ending == "same time" else event
    last = calendar.date_of(begins - 1 if budget.ending == "same time" else begins)
    first = calendar.nth_after(last, -budget.low)
    sentences = [f"Counted back from {day_text(last)}, which does not count."]
    if begins != event:
        sentences.insert(0, f"No open time comes right before that; the last closing is {moment_text(begins, zone)}.")
    sentences.extend(numbered([day for day in reversed(calendar.open_dates(first, last)) if day < last]))
    sentences.extend(skipped(calendar, first, last))
    at = moment_text(reached.at, zone)
    return " ".join((*sentences, f"That gives {f'before {at}' if reached.strict else at}."))


def _period(budget: CalendarPeriod, event: int, reached: Reached, zone: tzinfo) -> str:
    day = from_micros(event, zone).date()
    if budget.same_time:
        return f"{budget.text} before that, at the same time.{clock_change(reached.at, event, zone)}"
    last = reached.day or from_micros(reached.at, zone).date()
    span = days_count((day - last).days)
    return f"{day_text(day)} does not count; the last date in time is {day_text(last)}, {span} before it."
