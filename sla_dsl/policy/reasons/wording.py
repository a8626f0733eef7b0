"""Dates, times, lengths and lists in plain words, the same on every machine (T9)."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sla_dsl.worktime import from_micros
from sla_dsl.worktime.units import HOUR, MINUTE, SECOND

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import tzinfo

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_UNITS = ((HOUR, "hour"), (MINUTE, "minute"), (SECOND, "second"), (1, "microsecond"))


def day_text(day: date) -> str:
    """Return a date with its weekday.

    >>> day_text(date(2026, 3, 6))
    'Friday 2026-03-06'
    """
    return f"{_WEEKDAYS[day.weekday()]} {day.isoformat()}"


def time_text(when: datetime) -> str:
    """Return the time of day, as short as it can be."""
    if when.microsecond:
        return when.strftime("%H:%M:%S.%f")
    return when.strftime("%H:%M:%S" if when.second else "%H:%M")


def moment_text(t: int, zone: tzinfo) -> str:
    """Return an instant as weekday, date and time of day in a zone."""
    when = from_micros(t, zone)
    return f"{day_text(when.date())} {time_text(when)}"


def turn_text(t: int, zone: tzinfo) -> str:
    """Return an instant at which something changes; one right after an instant is told by that."""
    return f"the time right after {moment_text(t - 1, zone)}" if t % SECOND == 1 else moment_text(t, zone)


def length_text(micros: int) -> str:
    """Return a length of time in hours and smaller units.

    >>> length_text(5_400_000_000)
    '1 hour 30 minutes'
    """
    if micros < 0:
        return f"minus {length_text(-micros)}"
    parts: list[str] = []
    for size, unit in _UNITS:
        count, micros = divmod(micros, size)
        if count:
            parts.append(f"{count} {unit}{'s' if count > 1 else ''}")
    return " ".join(parts) or "0 hours"


def days_count(days: int) -> str:
    """Return a number of days."""
    return f"{days} day{'s' if days != 1 else ''}"


def listing(items: Iterable[str], most: int = 6) -> str:
    """Return items in a sentence; of many only the first and the last.

    >>> listing(["a", "b", "c"])
    'a, b and c'
    """
    shown = list(items)
    if len(shown) > most:
        left = len(shown) - most
        shown = [*shown[: most - 1], f"{left} more", shown[-1]]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}" if shown else ""


def sentence(text: str) -> str:
    """Return a text that begins with a capital and ends with a full stop."""
    text = f"{text[:1].upper()}{text[1:]}"
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."
