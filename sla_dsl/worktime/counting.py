"""Due times counted in days: of a calendar (T5), or of the almanac (T6), forward and backward."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal

from attrs import frozen

from sla_dsl.worktime.errors import BadCount, BadInstant
from sla_dsl.worktime.instants import from_micros, wall_instant
from sla_dsl.worktime.units import DAY_SECONDS, SECOND

if TYPE_CHECKING:
    from datetime import tzinfo

    from sla_dsl.worktime.timetable import Timetable

By = Literal["close", "end of day"] | int
"""How a counted day ends: at its close, at its end, or at a time of day in seconds from midnight."""

Anchor = Literal["the start date", "the day after"]
Side = Literal["from", "after"]
Unit = Literal["days", "weeks", "months"]


@frozen
class Deadline:
    """A due instant in microseconds; with the date, for answers by close or by end of day (T5).

    `strict`: only what happens before the instant is in time, as with `by end of day`.
    """

    at: int
    date: date | None = None
    strict: bool = False


def days_same_time(calendar: Timetable, start: int, n: int) -> Deadline:
    """Return `n days of C same time` after a start (T5).

    A start while closed moves to the next opening. Due is its wall time on the n-th following date with opening
    hours or, where that instant is closed or an opening, the last closing at or before it.
    Raises `BadCount`, `OutsideYears`.
    """
    _check_count(n)
    start = calendar.next_open(start)
    day = calendar.date_of(start)
    at = calendar.instant_on(calendar.nth_after(day, n), calendar.wall_on(start, day))
    return Deadline(calendar.back_to_open(at))


def days_by(
    calendar: Timetable,
    start: int,
    n: int,
    by: By,
    *,
    side: Side = "after",
    anchor: Anchor = "the start date",
    cut_off: int | None = None,
) -> Deadline:
    """Return `n days of C by close | by end of day | by HH:MM`, counted `from` or `after` an anchor (T5).

    The start date is that of `Timetable.date_of`, or the day after it where the start lies later than the cut-off
    (seconds from midnight of the start date). Counting after, day 1 is the next date with opening hours. Counting
    from, it is the anchor itself if it has opening hours and its deadline lies after the start.
    Raises `BadCount`, `OutsideYears`.
    """
    _check_count(n)
    day = calendar.date_of(start)
    if cut_off is not None and calendar.wall_on(start, day) > _checked_time(cut_off) * SECOND:
        day += timedelta(1)
    if anchor == "the day after":
        day += timedelta(1)
    if side == "from" and calendar.has_hours(day) and _deadline_on(calendar, day, by).at > start:
        n -= 1
    return _deadline_on(calendar, calendar.nth_after(day, n) if n else day, by)


def _deadline_on(calendar: Timetable, day: date, by: By) -> Deadline:
    if by == "close":
        return Deadline(calendar.close_of(day), day)
    if by == "end of day":
        return Deadline(calendar.end_of_day(day), day, strict=True)
    return Deadline(calendar.instant_on(day, _checked_time(by) * SECOND))


def calendar_days(
    tz: tzinfo,
    start: int,
    n: int,
    unit: Unit = "days",
    *,
    same_time: bool = False,
    by: int | None = None,
    cut_off: int | None = None,
    rolled_to: Timetable | None = None,
) -> Deadline:
    """Return `n days | weeks | months` of the almanac after a start, in a zone (T6).

    The start date, the local date of the start, does not count. Due is the end of the last day, strictly; with
    `same_time` the wall time of the start; with `by` a time of day in seconds. Months clip to their last day.
    `rolled_to` moves a due date without opening hours to the next with them.
    Raises `BadCount`, `BadInstant`, and `OutsideYears` for `rolled_to`.
    """
    _check_count(n)
    local = from_micros(start, tz).replace(tzinfo=None, fold=0)
    day = local.date()
    if cut_off is not None and local - _midnight(day) > timedelta(seconds=_checked_time(cut_off)):
        day = _moved(day, 1, "days")
    day = _moved(day, n, unit)
    if rolled_to is not None:
        day = rolled(day, rolled_to)
    return _almanac_deadline(tz, day, local, same_time=same_time, by=by)


def calendar_days_before(
    tz: tzinfo, event: int, n: int, unit: Unit = "days", *, same_time: bool = False, by: int | None = None
) -> Deadline:
    """Return the latest moment that is `at least n days | weeks | months` before a planned event (T6).

    The date of the event does not count; otherwise as `calendar_days`. Raises `BadCount`, `BadInstant`.
    """
    _check_count(n)
    local = from_micros(event, tz).replace(tzinfo=None, fold=0)
    return _almanac_deadline(tz, _moved(local.date(), -n, unit), local, same_time=same_time, by=by)


def days_by_before(calendar: Timetable, event: int, n: int, by: By) -> Deadline:
    """Return the latest moment that is `at least n days of C by …` before a planned event (T6).

    The date of the event does not count: day 1 is the last date with opening hours before it.
    Raises `BadCount`, `OutsideYears`.
    """
    _check_count(n)
    return _deadline_on(calendar, calendar.nth_after(calendar.date_of(event), -n), by)


def days_same_time_before(calendar: Timetable, event: int, n: int) -> Deadline:
    """Return the latest moment that is `at least n days of C same time` before a planned event (T5, T6).

    The mirror image of `days_same_time`: an event that is not preceded by open time moves back to the last
    closing; due is its wall time on the n-th date with opening hours before or, where no open time follows that
    instant or it is a closing, the first opening at or after it. Raises `BadCount`, `OutsideYears`.
    """
    _check_count(n)
    event = calendar.back_to_open(event)
    day = calendar.date_of(event - 1)
    at = calendar.instant_on(calendar.nth_after(day, -n), calendar.wall_on(event - 1, day) + 1)
    return Deadline(calendar.next_open(at))


def rolled(day: date, calendar: Timetable) -> date:
    """Return a date, or the next one with opening hours where it has none (T6). Raises `OutsideYears`."""
    return day if calendar.has_hours(day) else calendar.nth_after(day, 1)


def _almanac_deadline(tz: tzinfo, day: date, local: datetime, *, same_time: bool, by: int | None) -> Deadline:
    if same_time:
        return Deadline(wall_instant(datetime.combine(day, local.time()), tz))
    if by is not None:
        return Deadline(wall_instant(_midnight(day) + timedelta(seconds=_checked_time(by)), tz))
    return Deadline(wall_instant(_midnight(_moved(day, 1, "days")), tz), day, strict=True)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _moved(day: date, n: int, unit: Unit) -> date:
    try:
        if unit != "months":
            return day + timedelta(n * 7 if unit == "weeks" else n)
        year, month = divmod(day.year * 12 + day.month - 1 + n, 12)
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    except (OverflowError, ValueError):
        raise BadInstant(f"{n} {unit} from {day}", "it lies outside the years 1 to 9999") from None


def _check_count(n: int) -> None:
    if n < 1:
        raise BadCount(n, "a number of days, weeks or months must be at least 1")


def _checked_time(second: int) -> int:
    if not 0 <= second <= DAY_SECONDS:
        raise BadCount(second, "a time of day must lie from 0 to 86400 seconds")
    return second
