"""Instants as integers: microseconds since 1970-01-01 00:00 UTC, exact, and their ways in and out (T3).

Inside the package no datetime is subtracted from another, because Python subtracts two datetimes of one zone as
wall times.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Literal

from sla_dsl.worktime.errors import BadInstant, NaiveDatetime

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NAIVE_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - to count wall times from
_MICROSECOND = timedelta(microseconds=1)
_SAFE = 2**54
"""Whole seconds up to here, in the year 2540, Python turns into datetimes itself, and faster; so it does everywhere."""
_RFC3339 = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([0-9]{2}:[0-9]{2})(:[0-9]{2})?(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-5][0-9])?"
)
_OFFSETS = {
    f"{sign}{minutes // 60:02}:{minutes % 60:02}": minutes * (60_000_000 if sign == "+" else -60_000_000)
    for sign in "+-"
    for minutes in range(0, 24 * 60, 15)
} | {"Z": 0}
"""The offsets from UTC that are in use, in microseconds, as RFC 3339 writes them."""
_from_iso = datetime.fromisoformat

WallKind = Literal["plain", "gap", "fold"]


FINER = "it is finer than a microsecond; round it first"
"""Why a datetime with nanoseconds is refused."""


def to_micros(when: datetime) -> int:
    """Return the instant of an aware datetime, in microseconds since 1970-01-01 00:00 UTC.

    Raises `NaiveDatetime` for a datetime without a zone, and `BadInstant` for one that has nanoseconds, as those of
    pandas can: they are refused, never dropped. Rule T3.

    >>> to_micros(datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC))
    1000000
    """
    try:
        passed = when - _EPOCH
    except TypeError:
        raise NaiveDatetime(str(when)) from None
    if when.__class__ is not datetime and getattr(when, "nanosecond", 0):
        raise BadInstant(str(when), FINER)
    return (passed.days * 86_400 + passed.seconds) * 1_000_000 + passed.microseconds


def from_micros(t: int, tz: tzinfo = UTC) -> datetime:
    """Return an instant as a datetime in a zone. Raises `BadInstant` outside the years 1 to 9999.

    >>> from_micros(0).isoformat()
    '1970-01-01T00:00:00+00:00'
    """
    if 0 <= t < _SAFE and not t % 1_000_000:
        return datetime.fromtimestamp(t // 1_000_000, tz)
    try:
        utc = _EPOCH + t * _MICROSECOND
        return utc if tz is UTC else utc.astimezone(tz)
    except OverflowError:
        raise BadInstant(f"{t} microseconds", "it lies outside the years 1 to 9999") from None


def delta_to_micros(delta: timedelta) -> int:
    """Return a timedelta in microseconds."""
    return (delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds


def parse_instant(text: str) -> int:
    """Return the instant that an RFC 3339 text names; the seconds may be left out.

    Raises `BadInstant` for anything else, also for a seventh digit after the seconds, and `NaiveDatetime` where
    the offset from UTC is missing. Rule T3.

    >>> parse_instant("1970-01-01T01:00:00.000001+01:00")
    1
    """
    offset = _OFFSETS.get(text[19:])
    if offset is not None and text[4:17:3] == "--T::":
        # So nearly all instants come. Naive datetimes are subtracted with a third of the work.
        try:
            wall = _from_iso(text[:19]) - _NAIVE_EPOCH
            return wall.days * 86_400_000_000 + wall.seconds * 1_000_000 - offset
        except ValueError:  # what is wrong is found below
            pass
    iso = _usual(text)
    try:
        passed = _from_iso(iso) - _EPOCH
    except (ValueError, OverflowError):
        raise BadInstant(text, "there is no such date or time of day") from None
    return (passed.days * 86_400 + passed.seconds) * 1_000_000 + passed.microseconds


def _usual(text: str) -> str:
    """Return an RFC 3339 instant as Python reads it exactly. Raises `BadInstant`, `NaiveDatetime`."""
    match = _RFC3339.fullmatch(text)
    if match is None:
        raise BadInstant(text, "write it like `2026-03-06T15:00:00+01:00`")
    day, clock, second, fraction, offset = match.groups(default="")
    if not offset:
        raise NaiveDatetime(text)
    if len(fraction) > 7:
        raise BadInstant(text, "it has more than six digits after the second")
    return f"{day}T{clock}{second or ':00'}{fraction.ljust(7, '0') if fraction else ''}{offset.upper()}"


def format_instant(t: int, tz: tzinfo = UTC) -> str:
    """Return an instant as RFC 3339 text in a zone, in UTC where the zone's offset has seconds.

    >>> format_instant(0)
    '1970-01-01T00:00:00+00:00'
    """
    local = from_micros(t, tz)
    offset = local.utcoffset()
    if offset is not None and offset.seconds % 60:
        local = from_micros(t)
    return local.isoformat()


def wall_kind(wall: datetime, tz: tzinfo) -> WallKind:
    """Say whether a naive wall time exists once in a zone, never (`gap`) or twice (`fold`). Rules T1, R10.

    >>> from sla_dsl.worktime.zones import zone
    >>> wall_kind(datetime(2026, 3, 29, 2, 30), zone("Europe/Amsterdam"))
    'gap'
    """
    first, second = _both_offsets(wall, tz)
    if first == second:
        return "plain"
    return "gap" if first < second else "fold"


def wall_instant(wall: datetime, tz: tzinfo) -> int:
    """Return the instant of a naive wall time in a zone: in a gap the gap's end, in a fold the first (T5).

    Raises `BadInstant` outside the years 1 to 9999.

    >>> from sla_dsl.worktime.zones import zone
    >>> format_instant(wall_instant(datetime(2026, 3, 29, 2, 30), zone("Europe/Amsterdam")))
    '2026-03-29T01:00:00+00:00'
    """
    try:
        before, after = _both_offsets(wall, tz)
        late = delta_to_micros((wall - before) - _NAIVE_EPOCH)
        if before >= after:
            return late
        return first_with_offset(tz, delta_to_micros((wall - after) - _NAIVE_EPOCH), late, after)
    except OverflowError:
        raise BadInstant(wall.isoformat(), "it lies outside the years 1 to 9999") from None


def _both_offsets(wall: datetime, tz: tzinfo) -> tuple[timedelta, timedelta]:
    first = wall.replace(tzinfo=tz, fold=0).utcoffset()
    second = wall.replace(tzinfo=tz, fold=1).utcoffset()
    if first is None or second is None:
        raise NaiveDatetime(str(wall))
    return first, second


def first_with_offset(tz: tzinfo, before: int, after: int, offset: timedelta) -> int:
    """Return the first instant, later than `before` and at most `after`, at which a zone has an offset (T3).

    At `before` it has another, at `after` this one; between them it changes once.

    >>> from sla_dsl.worktime.zones import zone
    >>> february, april = parse_instant("2026-02-01T00:00:00Z"), parse_instant("2026-04-01T00:00:00Z")
    >>> format_instant(first_with_offset(zone("Europe/Amsterdam"), february, april, timedelta(hours=2)))
    '2026-03-29T01:00:00+00:00'
    """
    while after - before > 1:
        middle = (before + after) // 2
        if from_micros(middle, tz).utcoffset() == offset:
            after = middle
        else:
            before = middle
    return after
