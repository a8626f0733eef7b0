"""The clock changes of a zone over some years, as integers.

Between two changes a zone's clock runs evenly, so that wall time and instants differ by a constant. With the
changes in a sorted tuple, converting is one binary search, and the rules for gaps and folds (T1) are visible.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING

from attrs import Factory, field, frozen

from sla_dsl.worktime.units import DAY, SECOND, wall_of
from sla_dsl.worktime.zones import zone, zone_data

if TYPE_CHECKING:
    from collections.abc import Iterator

_MICROSECOND = timedelta(microseconds=1)
# A rule for all years to come gives each of its clocks for longer than this (a test walks all zones).
_PROBE = 14 * DAY


def _wall_ends(clock: Offsets) -> tuple[int, ...]:
    return tuple(change + offset for change, offset in zip(clock.changes, clock.offset, strict=False))


@frozen
class Offsets:
    """Clock changes of one zone: `changes[k]` is the instant at which `offset[k]` gives way to `offset[k + 1]`.

    All in microseconds. Instants before the first and after the last change have the outer offsets.

    >>> from sla_dsl.worktime.instants import parse_instant
    >>> amsterdam = offsets("Europe/Amsterdam", 2026, 2026)
    >>> amsterdam.at(parse_instant("2026-07-01T12:00:00Z")) // 3_600_000_000
    2
    """

    changes: tuple[int, ...]
    offset: tuple[int, ...]
    wall_ends: tuple[int, ...] = field(init=False, default=Factory(_wall_ends, takes_self=True))
    """The wall time at which each stretch of even time ends, one for each change."""

    def at(self, t: int) -> int:
        """Return the offset from UTC at an instant."""
        return self.offset[bisect_right(self.changes, t)]

    def local(self, t: int) -> int:
        """Return the wall time at an instant."""
        return t + self.offset[bisect_right(self.changes, t)]

    def instant(self, wall: int) -> int:
        """Return the instant of a wall time: in a gap the gap's end, in a fold the first (T1, T5)."""
        k = bisect_right(self.wall_ends, wall)
        t = wall - self.offset[k]
        return max(t, self.changes[k - 1]) if k else t

    def exists(self, day: int) -> bool:
        """Say whether a date (a day number) has any time; a zone may skip one (T1)."""
        midnight = wall_of(day)
        return any(self.spans(midnight, midnight + DAY))

    def spans(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the spans of instants at which the wall clock reads from `start` to before `end`.

        None where a gap swallows them, two where a fold repeats them.
        """
        last = len(self.changes)
        for k in range(bisect_right(self.wall_ends, start), last + 1):
            lo, hi = start - self.offset[k], end - self.offset[k]
            if k:
                if self.changes[k - 1] >= end + DAY:  # no offset reaches a whole day
                    return
                lo = max(lo, self.changes[k - 1])
            if k < last:
                hi = min(hi, self.changes[k])
            if lo < hi:
                yield lo, hi


@lru_cache(maxsize=256)
def offsets(name: str, first_year: int, last_year: int) -> Offsets:
    """Return the clock changes of a zone from the year before `first_year` to the year after `last_year`.

    Raises `UnknownZone`.
    """
    tz = zone(name)
    lo = wall_of(date(first_year - 1, 1, 1).toordinal())
    hi = wall_of(date(last_year + 2, 1, 1).toordinal())
    changes: list[int] = []
    offset = [_offset(tz, lo)]
    for t in _possible_changes(name, tz, lo, hi):
        after = _offset(tz, t)
        if after != offset[-1]:
            changes.append(t)
            offset.append(after)
    return Offsets(tuple(changes), tuple(offset))


def _offset(tz: tzinfo, t: int) -> int:
    # `fromutc` wants the reading of UTC under the zone's own name; then the difference is one of wall times.
    utc = datetime(1970, 1, 1, tzinfo=tz) + t * _MICROSECOND
    return (tz.fromutc(utc) - utc) // _MICROSECOND


def _possible_changes(name: str, tz: tzinfo, lo: int, hi: int) -> Iterator[int]:
    """Yield, in order, every instant after `lo` and before `hi` at which the clock may change."""
    data = zone_data(name)
    if data is None:
        return
    listed = [t * SECOND for t in _listed_changes(data)]
    yield from (t for t in listed if lo < t < hi)
    has_rule = b"," in data.rstrip(b"\n").rpartition(b"\n")[2]
    if not has_rule:
        return
    t = max(lo, listed[-1]) if listed else lo
    before = _offset(tz, t)
    while t < hi:
        after = _offset(tz, t + _PROBE)
        if after != before:
            yield _search(tz, t, t + _PROBE, before)
        t, before = t + _PROBE, after


def _search(tz: tzinfo, lo: int, hi: int, before: int) -> int:
    """Return the first instant, to the second, after `lo` and up to `hi` whose offset is not `before`."""
    while hi - lo > SECOND:
        middle = (lo + hi) // 2 // SECOND * SECOND
        if _offset(tz, middle) == before:
            lo = middle
        else:
            hi = middle
    return hi


def _listed_changes(data: bytes) -> tuple[int, ...]:
    """Return the change times (seconds since 1970) that a TZif file lists: RFC 8536, the 64-bit block."""
    utc, std, leap, times, types, chars = struct.unpack(">6l", data[20:44])
    second = 44 + times * 5 + types * 6 + chars + leap * 8 + std + utc
    count: int = struct.unpack(">l", data[second + 32 : second + 36])[0]
    return struct.unpack(f">{count}q", data[second + 44 : second + 44 + count * 8])
