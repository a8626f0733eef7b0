"""Dates as a policy writes them: single ones, spans, and spans of every year."""

from __future__ import annotations

from calendar import isleap
from datetime import date
from typing import TYPE_CHECKING

from sla_dsl.policy.errors import BadValue
from sla_dsl.worktime import Dated, Yearly

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla_dsl.policy.terms import Dates, DateSpan


def bounds_of(span: DateSpan) -> Dated | Yearly:
    """Return a span as bounds of a season: dated, or of every year. Raises `BadValue`, `BadSeason`."""
    if len(span.first) == 5 and len(span.last) == 5:
        return Yearly(_month_day(span.first), _month_day(span.last))
    return Dated(day_of(span.first), day_of(span.last))


def days_of(dates: Dates, first_year: int, last_year: int) -> Iterator[date]:
    """Yield the dates of a set that lie in some years; 29 February of every year is only in leap years."""
    for span in dates.spans:
        bounds = bounds_of(span)
        if isinstance(bounds, Yearly) and bounds.first == bounds.last == (2, 29):
            yield from (date(year, 2, 29) for year in range(first_year, last_year + 1) if isleap(year))
            continue
        for first, last in bounds.days(first_year, last_year):
            for number in range(first, last + 1):
                day = date.fromordinal(number)
                if first_year <= day.year <= last_year:
                    yield day


def day_of(text: str) -> date:
    """Return the date that an ISO text names. Raises `BadValue`."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise BadValue("date", text, "write a date like `2026-12-25`")
    return day


def _month_day(text: str) -> tuple[int, int]:
    month, dash, day = text.partition("-")
    if dash and month.isdigit() and day.isdigit():
        return int(month), int(day)
    raise BadValue("date", text, "write a day of every year like `12-25`")
