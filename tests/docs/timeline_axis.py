"""The axis of a timeline: open time is drawn to scale, each closed stretch is folded to a narrow band."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta, tzinfo

from attrs import frozen

from sla_dsl.worktime import from_micros, to_micros

Span = tuple[int, int]
HOUR = 3_600_000_000
NARROW, WIDE, SHARE = 38.0, 64.0, 0.16
"""A closed stretch is at least and at most so wide, between them this share of an open one of its length."""


@frozen
class Part:
    """A stretch of time and where it is drawn."""

    start: int
    end: int
    left: float
    right: float
    closed: bool


@frozen
class Axis:
    """Where instants lie."""

    parts: tuple[Part, ...]
    zone: tzinfo

    @classmethod
    def of(cls, span: Span, closed: Sequence[Span], edges: tuple[float, float], zone: tzinfo) -> Axis:
        """The axis of a span of time between two edges of the picture."""
        spans = list(_alternating(*span, closed))
        folded, given = [one for one in spans if one[2]], [one for one in spans if not one[2]]
        opened = sum(b - a for a, b, _ in given)
        low, high = 0.0, (edges[1] - edges[0]) / max(opened, HOUR)
        for _ in range(60):
            scale = (low + high) / 2
            width = opened * scale + sum(_folded(b - a, scale) for a, b, _ in folded)
            low, high = (scale, high) if width < edges[1] - edges[0] else (low, scale)
        parts, x = list[Part](), edges[0]
        for a, b, shut in spans:
            right = x + (_folded(b - a, low) if shut else (b - a) * low)
            parts.append(Part(a, b, x, right, shut))
            x = right
        return cls(tuple(parts), zone)

    def x(self, at: int) -> float:
        """Where an instant lies."""
        part = next((one for one in self.parts if at <= one.end), self.parts[-1])
        return part.left + (part.right - part.left) * (at - part.start) / (part.end - part.start)

    def dates(self) -> Iterator[tuple[date, float, float]]:
        """Each local date, with where it begins to be of interest and where it ends."""
        first, last = (from_micros(one, self.zone).date() for one in (self.parts[0].start, self.parts[-1].end))
        day = first
        while day <= last:
            a, b = max(self._midnight(day), self.parts[0].start), self._midnight(day + timedelta(days=1))
            b = min(b, self.parts[-1].end)
            opened = next(
                (max(one.start, a) for one in self.parts if not one.closed and a < one.end and one.start < b), a
            )
            if a < b:
                yield day, self.x(opened), self.x(b)
            day += timedelta(days=1)

    def ticks(self) -> Iterator[tuple[float, str, str]]:
        """Hours to write: where, what, and at which side of the place (`start`, `middle`, `end`)."""
        for number, part in enumerate(one for one in self.parts if not one.closed):
            width, length = part.right - part.left, part.end - part.start
            after_gap = number > 0 or self.parts[0].closed
            ends = part != self.parts[-1]
            if width < 40:
                continue
            if after_gap:
                yield part.left, self._hour(part.start), "start"
            if ends:
                yield part.right, self._hour(part.end), "end"
            step = next((h for h in (1, 2, 3, 4, 6, 12, 24) if width * h * HOUR / length >= 32), 0)
            for at in self._full_hours(part, step):
                x = self.x(at)
                if x - part.left > (30 if after_gap else 0) and part.right - x > (30 if ends else 8):
                    yield x, self._hour(at), "middle"

    def _full_hours(self, part: Part, step: int) -> Iterator[int]:
        day = from_micros(part.start, self.zone).date()
        while step and self._midnight(day) < part.end:
            for hour in range(0, 24, step):
                at = self._midnight(day) + hour * HOUR
                if part.start < at < part.end:
                    yield at
            day += timedelta(days=1)

    def _midnight(self, day: date) -> int:
        return to_micros(datetime(day.year, day.month, day.day, tzinfo=self.zone))

    def _hour(self, at: int) -> str:
        when = from_micros(at, self.zone)
        return f"{when:%H:%M}" if when.minute else f"{when:%H}"


def _folded(length: int, scale: float) -> float:
    return min(max(length * scale * SHARE, NARROW), WIDE, length * scale)


def _alternating(start: int, end: int, closed: Sequence[Span]) -> Iterator[tuple[int, int, bool]]:
    """The window cut into open and closed stretches; closed ones that touch are one."""
    at = start
    joined = list[Span]()
    for a, b in closed:
        joined.append((joined.pop()[0] if joined and joined[-1][1] == a else a, b))
    for a, b in joined:
        shut, until = max(a, start), min(b, end)
        if shut >= until:
            continue
        if at < shut:
            yield at, shut, False
        yield shut, until, True
        at = until
    if at < end:
        yield at, end, False
