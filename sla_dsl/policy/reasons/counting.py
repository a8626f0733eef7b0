"""The arithmetic of a due time in words: which hours and dates counted, and what was skipped (H7)."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from sla_dsl.policy.reasons.wording import day_text, days_count, length_text, listing, moment_text, time_text
from sla_dsl.policy.terms import Before, ByEndOf, CalendarPeriod, Duration
from sla_dsl.worktime import from_micros

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from sla_dsl.policy.deadlines import Binding, Reached
    from sla_dsl.policy.terms import OpenDays
    from sla_dsl.worktime import Timetable

_LONGEST = timedelta(days=800)
"""Closed dates are named in spans up to this long."""


def arithmetic(reached: Reached, start: int, binding: Binding, zone: tzinfo) -> str:
    """Return how a due time was counted, in sentences."""
    part = reached.part
    if isinstance(part, ByEndOf):
        last = "" if reached.day is None else f"{day_text(reached.day)}, which `{part.fact}` gives; "
        return f"By the end of {last}the next date is too late."
    if isinstance(part, Before):
        return f"Counted back from {part.event}."
    budget = part.budget
    if isinstance(budget, CalendarPeriod):
        return _period(budget, start, reached, zone)
    calendar = binding.calendar(budget.calendar)
    if calendar is None or calendar.exact is None:
        length, begins = length_text(reached.at - start), moment_text(start, zone)
        return f"Every minute counts: {length} after {begins}.{_clock_change(start, reached.at, zone)}"
    if isinstance(budget, Duration):
        return _hours(calendar.exact, start, reached.at)
    return _days(budget, calendar.exact, start, reached)


# --------------------------------------------------------------------------------------------- hours


def _hours(calendar: Timetable, start: int, at: int) -> str:
    zone = calendar.zone
    counted = [one for one in calendar.stretches(start, at) if one.kind == "open"]
    sentences: list[str] = []
    if counted and counted[0].start > start:
        sentences.append(
            f"Closed on {moment_text(start, zone)}; the time runs from {moment_text(counted[0].start, zone)}."
        )
    if counted:
        parts = [f"{_stretch(one.start, one.end, zone)} ({length_text(one.end - one.start)})" for one in counted]
        total = f": {length_text(calendar.between(start, at))} in all" if len(parts) > 6 else ""
        sentences.append(f"Counted: {listing(parts)}{total}.")
    elif at == start:
        sentences.append("There is nothing to count.")
    return " ".join((*sentences, *_closings(calendar, start, at))) + _clock_change(start, at, zone)


def _stretch(start: int, end: int, zone: tzinfo) -> str:
    first, last = from_micros(start, zone), from_micros(end, zone)
    until = time_text(last) if first.date() == last.date() else moment_text(end, zone)
    if last.date() - first.date() == timedelta(1) and time_text(last) == "00:00":
        until = "24:00"
    return f"{moment_text(start, zone)} to {until}"


def _closings(calendar: Timetable, start: int, at: int) -> Iterator[str]:
    """Yield a sentence about the holidays between two instants, by name."""
    if at - start > _LONGEST // timedelta(microseconds=1):
        return
    days: dict[date, str] = {}
    for one in calendar.stretches(start, at):
        if one.name is not None:
            first, last = calendar.local_date(one.start), calendar.local_date(one.end - 1)
            for number in range((last - first).days + 1):
                days.setdefault(first + timedelta(number), one.name)
    if days:
        yield f"Not counted: {_named(days)}."


def _named(days: dict[date, str | None] | dict[date, str]) -> str:
    """Return dates with the holidays that they are, neighbours of one name together."""
    parts: list[str] = []
    for name, run in groupby(sorted(days.items()), key=lambda item: item[1]):
        dates = [day_text(day) for day, _ in run]
        parts.append(f"{listing(dates)} ({name or 'no opening hours'})")
    return listing(parts, 10)


def _clock_change(start: int, at: int, zone: tzinfo) -> str:
    """Return a sentence about a clock change between two instants, where the offset at both ends differs."""
    before, after = from_micros(start, zone).utcoffset(), from_micros(at, zone).utcoffset()
    if before is None or after is None or before == after:
        return ""
    low, high = start, at
    while high - low > 1:
        middle = (low + high) // 2
        if from_micros(middle, zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    way = "forward" if after > before else "back"
    return f" The clocks go {way} on {day_text(from_micros(high, zone).date())}; only time that passes counts."


# ---------------------------------------------------------------------------------------------- days


def _days(budget: OpenDays, calendar: Timetable, start: int, reached: Reached) -> str:
    zone = calendar.zone
    begins = calendar.next_open(start) if budget.ending == "same time" else start
    first = calendar.date_of(begins)
    due_day = reached.day or calendar.local_date(reached.at)
    if budget.ending == "same time":
        due_day = max(first, calendar.date_of(reached.at - 1))
    counted = calendar.open_dates(first, due_day)[-budget.high :]
    sentences = [f"The start date is {day_text(first)}."]
    if begins != start:
        sentences = [f"Closed on {moment_text(start, zone)}; the days are counted from {moment_text(begins, zone)}."]
    if budget.cutoff is not None and calendar.wall_on(begins, first) > budget.cutoff * 1_000_000:
        sentences.append("It came after the cut-off and counts as the next day's.")
    if budget.ending == "same time":
        later = f"{days_count(budget.high)} later"
        sentences.append(f"{later}, by dates with opening hours, at the same time or at the last closing before it.")
    else:
        numbered = [f"{day_text(day)} is day {number}" for number, day in enumerate(counted, 1)]
        if numbered:
            sentences.append(f"{listing(numbered)}.")
    skipped = _without_hours(calendar, first, due_day)
    if skipped:
        sentences.append(f"Not counted: {_named(skipped)}.")
    return " ".join((*sentences, _ending(budget, reached, zone)))


def _without_hours(calendar: Timetable, first: date, last: date) -> dict[date, str | None]:
    if last - first > _LONGEST:
        return {}
    open_dates = set(calendar.open_dates(first, last))
    days = [first + timedelta(number) for number in range((last - first).days + 1)]
    return {
        day: calendar.closed_because(calendar.instant_on(day, 12 * 3_600_000_000))
        for day in days
        if day not in open_dates
    }


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


def _period(budget: CalendarPeriod, start: int, reached: Reached, zone: tzinfo) -> str:
    first = from_micros(start, zone).date()
    if budget.same_time:
        return (
            f"{budget.text} from {moment_text(start, zone)}, at the same time.{_clock_change(start, reached.at, zone)}"
        )
    last = reached.day or from_micros(reached.at, zone).date()
    return f"The start date, {day_text(first)}, does not count; the last date is {day_text(last)}."
