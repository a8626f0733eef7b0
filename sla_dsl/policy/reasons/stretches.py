"""Spans of time in words: from when to when, which holidays lie in them, where the clocks change (H7, T9)."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from sla_dsl.policy.reasons.wording import day_text, length_text, listing, moment_text, time_text
from sla_dsl.worktime import first_with_offset, from_micros

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date, tzinfo

    from sla_dsl.worktime import Timetable

LONGEST = timedelta(days=800)
"""Closed dates are named in spans up to this long."""
_FEW = 6


def span_text(start: int, end: int, zone: tzinfo) -> str:
    """Return from when to when, the date of the end only where it is another."""
    first, last = from_micros(start, zone), from_micros(end, zone)
    until = time_text(last) if first.date() == last.date() else moment_text(end, zone)
    if last.date() - first.date() == timedelta(1) and time_text(last) == "00:00":
        until = "24:00"
    return f"{moment_text(start, zone)} to {until}"


def spans_text(spans: Iterable[tuple[int, int]], zone: tzinfo) -> str:
    """Return spans with their lengths; where they are many only some, and the sum of all."""
    shown = list(spans)
    parts = [f"{span_text(start, end, zone)} ({length_text(end - start)})" for start, end in shown]
    total = f": {length_text(sum(end - start for start, end in shown))} in all" if len(parts) > _FEW else ""
    return f"{listing(parts)}{total}"


def closings(calendar: Timetable, start: int, at: int) -> Iterator[str]:
    """Yield a sentence about the holidays between two instants, by name."""
    if at - start > LONGEST // timedelta(microseconds=1):
        return
    days: dict[date, str | None] = {}
    for one in calendar.stretches(start, at):
        if one.name is not None:
            first, last = calendar.local_date(one.start), calendar.local_date(one.end - 1)
            for number in range((last - first).days + 1):
                days.setdefault(first + timedelta(number), one.name)
    if days:
        yield f"Not counted: {named(days)}."


def named(days: Mapping[date, str | None]) -> str:
    """Return dates with the holidays that they are, neighbours of one name together."""
    parts: list[str] = []
    for name, run in groupby(sorted(days.items()), key=lambda item: item[1]):
        dates = [day_text(day) for day, _ in run]
        parts.append(f"{listing(dates)} ({name or 'no opening hours'})")
    return listing(parts, 10)


def clock_change(start: int, at: int, zone: tzinfo) -> str:
    """Return a sentence about a clock change between two instants, where the offset at both ends differs."""
    before, after = from_micros(start, zone).utcoffset(), from_micros(at, zone).utcoffset()
    if before is None or after is None or before == after:
        return ""
    changed = first_with_offset(zone, start, at, after)
    way = "forward" if after > before else "back"
    return f" The clocks go {way} on {day_text(from_micros(changed, zone).date())}; only time that passes counts."
