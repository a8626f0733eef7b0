"""The arithmetic of a due time in days: which dates counted, and what was skipped (T5, T6, H7)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sla_dsl.policy.reasons.stretches import LONGEST, clock_change, named
from sla_dsl.policy.reasons.wording import day_text, days_count, listing, moment_text, time_text
from sla_dsl.worktime import from_micros
from sla_dsl.worktime.units import HOUR, SECOND

if TYPE_CHECKING:
    from datetime import date, tzinfo

    from sla_dsl.policy.deadlines import Reached
    from sla_dsl.policy.terms import CalendarPeriod, OpenDays
    from sla_dsl.worktime import Timetable


def counted_days(budget: OpenDays, calendar: Timetable, start: int, reached: Reached) -> str:
    """Return how days with opening hours were counted from a start, in sentences."""
    zone = calendar.zone
    begins = calendar.next_open(start) if budget.ending == "same time" else start
    first = calendar.date_of(begins)
    due_day = reached.day or calendar.local_date(reached.at)
    if budget.ending == "same time":
        due_day = max(first, calendar.date_of(reached.at - 1))
    sentences = [f"The start date is {day_text(first)}."]
    if begins != start:
        sentences = [f"Closed on {moment_text(start, zone)}; the days are counted from {moment_text(begins, zone)}."]
    if budget.cutoff is not None and calendar.wall_on(begins, first) > budget.cutoff * SECOND:
        sentences.append("It came after the cut-off and counts as the next day's.")
    if budget.ending == "same time":
        later = f"{days_count(budget.high)} later"
        sentences.append(f"{later}, by dates with opening hours, at the same time or at the last closing before it.")
    else:
        counted = calendar.open_dates(first, due_day)[-budget.high :]
        sentences.extend(numbered(counted))
    sentences.extend(skipped(calendar, first, due_day))
    return " ".join((*sentences, _ending(budget, reached, zone)))


def numbered(counted: list[date]) -> list[str]:
    """Return a sentence that numbers dates in the order given; none where there are none."""
    parts = [f"{day_text(day)} is day {number}" for number, day in enumerate(counted, 1)]
    return [f"{listing(parts)}."] if parts else []


def skipped(calendar: Timetable, first: date, last: date) -> list[str]:
    """Return a sentence about the dates without opening hours from one date to another; none where there are none."""
    if last - first > LONGEST:
        return []
    open_dates = set(calendar.open_dates(first, last))
    days = [first + timedelta(number) for number in range((last - first).days + 1)]
    found = {day: calendar.closed_because(calendar.instant_on(day, 12 * HOUR)) for day in days if day not in open_dates}
    return [f"Not counted: {named(found)}."] if found else []


def _ending(budget: OpenDays, reached: Reached, zone: tzinfo) -> str:
    when = time_text(from_micros(reached.at, zone))
    match budget.ending:
        case "close":
            return f"That date closes at {when}."
        case "end of day":
            return "It ends with that date; the next date is too late."
        case "time":
            return f"It ends at {when}."
        case "same time":
            return f"That is {moment_text(reached.at, zone)}."


def counted_period(budget: CalendarPeriod, start: int, reached: Reached, zone: tzinfo) -> str:
    """Return how days, weeks or months of the calendar on the wall were counted from a start."""
    first = from_micros(start, zone).date()
    if budget.same_time:
        change = clock_change(start, reached.at, zone)
        return f"{budget.text} from {moment_text(start, zone)}, at the same time.{change}"
    last = reached.day or from_micros(reached.at, zone).date()
    return f"The start date, {day_text(first)}, does not count; the last date is {day_text(last)}."
