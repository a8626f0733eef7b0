"""Hours: windows of a day, and weeks of windows (T1, T2)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from attrs import frozen

from sla_dsl.worktime.errors import BadWindow
from sla_dsl.worktime.units import DAY_SECONDS, SECOND

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_CLOCK = re.compile(r"([01][0-9]|2[0-4]):([0-5][0-9])(?::([0-5][0-9]))?")

Spans = tuple[tuple[int, int], ...]
"""United windows of one date in microseconds from its midnight, sorted, none touching another."""


def clock(text: str) -> int:
    """Return a time of day, `HH:MM` or `HH:MM:SS` up to `24:00`, in seconds. Raises `BadWindow`.

    >>> clock("08:30")
    30600
    """
    match = _CLOCK.fullmatch(text)
    seconds = int(match[1]) * 3600 + int(match[2]) * 60 + int(match[3] or 0) if match else DAY_SECONDS + 1
    if seconds > DAY_SECONDS:
        raise BadWindow(text, "write a time of day like `08:30`, at most `24:00`")
    return seconds


def clock_text(second: int) -> str:
    """Return seconds of a day as `HH:MM`, with `:SS` where needed; past midnight the clock starts again."""
    if second > DAY_SECONDS:
        second -= DAY_SECONDS
    hours, rest = divmod(second, 3600)
    return f"{hours:02}:{rest // 60:02}" + (f":{rest % 60:02}" if rest % 60 else "")


@frozen(order=True)
class Window:
    """Opening hours from `start` to before `end`, in seconds from midnight of the date that owns them.

    An overnight window ends after 86400, on the next day, and stays whole (T2). It is shorter than a day.
    Raises `BadWindow`.

    >>> Window.of("22:00", "06:00")
    Window(start=79200, end=108000)
    """

    start: int
    end: int

    def __attrs_post_init__(self) -> None:
        end = self.end
        if not 0 <= self.start < DAY_SECONDS:
            raise BadWindow(str(self), "the start must lie from 00:00 to before 24:00")
        if end == self.start or end == self.start + DAY_SECONDS > DAY_SECONDS:
            raise BadWindow(str(self), "it ends where it starts; for a whole day write `00:00 to 24:00`")
        if not self.start < end < self.start + DAY_SECONDS and (self.start, end) != (0, DAY_SECONDS):
            raise BadWindow(str(self), "it must end after it starts, within a day")

    @classmethod
    def of(cls, start: str, end: str) -> Window:
        """Read a window as it is written; an end before the start lies on the next day (T1, T2)."""
        first, last = clock(start), clock(end)
        if first == DAY_SECONDS:
            raise BadWindow(f"{start} to {end}", "`24:00` is an end; write `00:00` under the next day")
        return cls(first, last if last >= first else last + DAY_SECONDS)

    def __str__(self) -> str:
        return f"{clock_text(self.start)} to {clock_text(self.end)}"


Week = tuple[
    tuple[Window, ...],
    tuple[Window, ...],
    tuple[Window, ...],
    tuple[Window, ...],
    tuple[Window, ...],
    tuple[Window, ...],
    tuple[Window, ...],
]
"""The windows of each weekday, Monday first."""

ALL_DAY = Window(0, DAY_SECONDS)


@frozen
class WeekStretch:
    """Hours that name two weekdays, `sun 14:00 to fri 17:00`; weekdays count from Monday, 0, to Sunday, 6.

    It is cut at midnight: each piece belongs to its own weekday (T2). Times are seconds from midnight, the end up
    to 86400. With both times on one weekday and the end not after the start it goes round the week.
    """

    first_weekday: int
    start: int
    last_weekday: int
    end: int

    def pieces(self) -> tuple[tuple[int, Window], ...]:
        """Return the pieces as (weekday, window). Raises `BadWindow`."""
        days = (self.last_weekday - self.first_weekday) % 7
        if days == 0 and self.end == self.start:
            raise BadWindow(f"{clock_text(self.start)} to {clock_text(self.end)}", "the stretch ends where it starts")
        if days == 0 and self.end < self.start:
            days = 7
        pieces: list[tuple[int, Window]] = []
        for day in range(days + 1):
            first = self.start if day == 0 else 0
            last = self.end if day == days else DAY_SECONDS
            if day and last == 0:
                continue
            pieces.append(((self.first_weekday + day) % 7, Window(first, last)))
        return tuple(pieces)


def week(days: Mapping[int, Iterable[Window]] | None = None, stretches: Iterable[WeekStretch] = ()) -> Week:
    """Return the week with the given windows by weekday, Monday being 0, and the pieces of the stretches.

    Raises `BadWindow`. Rules T1, T2.

    >>> week({5: [Window.of("09:00", "12:00")]})[5]
    (Window(start=32400, end=43200),)
    """
    windows: tuple[list[Window], ...] = ([], [], [], [], [], [], [])
    for day, given in (days or {}).items():
        windows[day].extend(given)
    for stretch in stretches:
        for day, window in stretch.pieces():
            windows[day].append(window)
    mon, tue, wed, thu, fri, sat, sun = (tuple(sorted(set(day))) for day in windows)
    return mon, tue, wed, thu, fri, sat, sun


def united(windows: Iterable[Window]) -> Spans:
    """Return the windows of one date as spans that neither overlap nor touch, in microseconds (T1)."""
    spans: list[tuple[int, int]] = []
    for window in sorted(windows):
        start, end = window.start * SECOND, window.end * SECOND
        if spans and start <= spans[-1][1]:
            spans[-1] = spans[-1][0], max(spans[-1][1], end)
        else:
            spans.append((start, end))
    return tuple(spans)
