"""Instants and dates as a log writes them (T5, T9, R10)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from sla_dsl.errors import SlaError
from sla_dsl.policy.logs.patterns import Pattern
from sla_dsl.worktime import from_micros, parse_instant, to_micros, zone
from sla_dsl.worktime.errors import BadInstant, NaiveDatetime
from sla_dsl.worktime.instants import wall_instant

if TYPE_CHECKING:
    from sla_dsl.policy.logs.mapping import Times

_MOST_SHOWN = 60


class UnreadableTime(SlaError):
    """A text of a log that is no instant or date as the mapping says they are written."""

    def __init__(self, text: str, wanted: str) -> None:
        super().__init__(text, wanted)
        self.text = text
        self.wanted = wanted

    def __str__(self) -> str:
        return f"“{self.text[:_MOST_SHOWN]}” {self.wanted}"


def instant(times: Times, text: str) -> int:
    """Return the instant of a text, in microseconds since the epoch. Raises `UnreadableTime`.

    >>> from sla_dsl.policy.logs.mapping import Times
    >>> instant(Times(("%d/%m/%Y %H:%M",), "Europe/Lisbon"), "1/1/1970 00:00")
    -3600000000
    """
    for pattern in map(Pattern.of, times.patterns):
        wall = pattern.read(text)
        if wall is not None and wall.offset is not None:
            return to_micros(wall.time.replace(tzinfo=UTC) - wall.offset)
        if wall is not None:
            return wall_time(times, wall.time, text)
    if times.patterns:
        raise UnreadableTime(text, f"is no time written as {_either(times.patterns)}")
    return _usual(times, text.strip())


def wall_time(times: Times, wall: datetime, text: str) -> int:
    """Return the instant of a wall time of the log's zone. Raises `UnreadableTime` where no zone is said."""
    if times.zone is None:
        raise UnreadableTime(text, "is a time without a zone, and the mapping says none")
    return wall_instant(wall, zone(times.zone))


def day(times: Times, text: str) -> date:
    """Return the date of a text. Raises `UnreadableTime`.

    >>> from sla_dsl.policy.logs.mapping import Times
    >>> str(day(Times(("%d.%m.%Y",)), "31.12.2016"))
    '2016-12-31'
    """
    for pattern in map(Pattern.of, times.patterns):
        wall = pattern.read(text)
        if wall is not None:
            return wall.time.date()
    if times.patterns:
        raise UnreadableTime(text, f"is no date written as {_either(times.patterns)}")
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        raise UnreadableTime(text, "is no date such as `2026-12-25`") from None


def _usual(times: Times, text: str) -> int:
    """Return the instant of an RFC 3339 text, of wall time where it says no offset."""
    try:
        return parse_instant(text)
    except NaiveDatetime:
        return wall_time(times, from_micros(parse_instant(f"{text}Z")).replace(tzinfo=None), text)
    except BadInstant:
        raise UnreadableTime(text, "is no time such as `2026-03-06T15:00:00+01:00`") from None


def _either(patterns: tuple[str, ...]) -> str:
    return " or ".join(f"`{pattern}`" for pattern in patterns)
