"""What cycles of clocks add up to: a share in time or a mean, with what is uncertain about it (R8, H4)."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from sla_dsl.policy.comparisons import compared

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sla_dsl.policy.terms import Comparison, Measurement
    from sla_dsl.policy.tickets.answers import ClockAnswer, ObjectiveUnit, ObjectiveVerdict
    from sla_dsl.policy.tickets.measuring import AlikeCycle

Possible = frozenset[bool | None]
"""What a cycle can come to: in time, late, or not to be counted at all."""

NOT_COUNTED: Possible = frozenset({None})
"""What a cycle comes to that does not count for sure."""
_IN_TIME: dict[str, Possible] = {
    "met": frozenset({True}),
    "missed": frozenset({False}),
    "breached": frozenset({False}),
    "aim_missed_no_breach": frozenset({False}),
}
_PROMISED = frozenset({"shall", "target"})
"""With these there is a due time, whatever it is."""


def in_time(cycle: ClockAnswer | AlikeCycle) -> Possible:
    """Return what a cycle counts as in a share: by its verdict, once that is final; one without a promise does not."""
    if cycle.verdict == "undetermined":
        surely = cycle.state == "stopped" and cycle.modality in _PROMISED
        return frozenset({True, False} if surely else {True, False, None})
    return _IN_TIME.get(cycle.verdict, NOT_COUNTED)


def decided_at(cycle: ClockAnswer | AlikeCycle) -> datetime | None:
    """Return when a verdict fell: a late cycle's when it became late, any other's when it stopped."""
    return cycle.stopped if cycle.breached_at is None else cycle.breached_at


def period_of(day: date, period: str) -> str:
    """Return the name of the day, week, month, quarter or year that a date lies in, as ISO 8601 writes them.

    >>> [period_of(date(2026, 3, 6), each) for each in ("day", "week", "month", "quarter", "year")]
    ['2026-03-06', '2026-W10', '2026-03', '2026-Q1', '2026']
    """
    match period:
        case "day":
            return day.isoformat()
        case "week":
            year, week, _ = day.isocalendar()
            return f"{year:04}-W{week:02}"
        case "month":
            return f"{day.year:04}-{day.month:02}"
        case "quarter":
            return f"{day.year:04}-Q{(day.month + 2) // 3}"
        case _:
            return f"{day.year:04}"


def unit_of(measurement: Measurement) -> ObjectiveUnit:
    """Return in what the threshold of a measurement is."""
    if measurement.statistic == "share":
        return "percent"
    return "seconds" if measurement.days is None else "days"


def threshold_of(measurement: Measurement) -> Fraction:
    """Return the threshold of a measurement: percent, seconds or days, as it was written."""
    match unit_of(measurement):
        case "percent":
            return Fraction(str(measurement.threshold))
        case "seconds":
            return Fraction(str(measurement.threshold)) / 1_000_000
        case "days":
            return Fraction(str(measurement.days))


def is_met(value: Fraction, comparison: Comparison, threshold: Fraction) -> bool:
    """Return whether a value keeps to a threshold; computed exactly, so that `more than` is not met by a rounding."""
    return compared((value > threshold) - (value < threshold), comparison, 0)


class Tally:
    """What was added up of a clock's cycles for a measurement. It keeps numbers and names, and no cycle.

    `counts` are the cycles of a share by what they can come to, `left_out` those that did not count, by why not.
    """

    def __init__(self, measurement: Measurement) -> None:
        self.measurement = measurement
        self.counts: Counter[Possible] = Counter()
        self.left_out: Counter[str] = Counter()
        self.missing: dict[str, None] = {}
        self._lengths = 0
        self._total = Fraction(0)
        self._uncertain = 0

    def add(self, possible: Possible, missing: Iterable[str] = (), times: int = 1) -> None:
        """Add a cycle to a share, or so many that come to the same."""
        self.counts[possible] += times
        self.missing.update(dict.fromkeys(missing))

    def add_length(self, length: Fraction | None, missing: Iterable[str] = (), times: int = 1) -> None:
        """Add a length to a mean, or so many of this mean; None where it is not known, or not whether it counts."""
        self.missing.update(dict.fromkeys(missing))
        if length is None:
            self._uncertain += times
        else:
            self._lengths += times
            self._total += length * times

    @property
    def count(self) -> int:
        """How many cycles are known to count."""
        if self.measurement.statistic == "mean":
            return self._lengths
        return sum(number for possible, number in self.counts.items() if None not in possible)

    @property
    def within(self) -> int | None:
        """How many of them were in time; None for a mean."""
        return None if self.measurement.statistic == "mean" else self.counts[frozenset({True})]

    @property
    def uncertain(self) -> int:
        """How many cycles perhaps count, or perhaps were in time."""
        return self._uncertain + sum(number for possible, number in self.counts.items() if len(possible) > 1)

    @property
    def bounds(self) -> tuple[Fraction, Fraction] | None:
        """The lowest and the highest value that can come out; None where perhaps nothing counts, or none is known."""
        if self.measurement.statistic == "mean":
            mean = None if self._uncertain or not self._lengths else self._total / self._lengths
            return None if mean is None else (mean, mean)
        return (self._share((False, None, True)), self._share((True, None, False))) if self.count else None

    def _share(self, preferred: tuple[bool | None, ...]) -> Fraction:
        taken: Counter[bool | None] = Counter()
        for possible, number in self.counts.items():
            taken[next(one for one in preferred if one in possible)] += number
        return Fraction(100 * taken[True], taken[True] + taken[False])

    @property
    def value(self) -> Fraction | None:
        """The share or the mean, where it is certain."""
        bounds = self.bounds
        return bounds[0] if bounds is not None and bounds[0] == bounds[1] else None

    @property
    def verdict(self) -> ObjectiveVerdict:
        """Whether the threshold is kept to: known as soon as it is the same at both bounds (H4)."""
        bounds, comparison = self.bounds, self.measurement.comparison
        if bounds is None or (bounds[0] != bounds[1] and comparison in {"is", "is not"}):
            return "undetermined"
        threshold = threshold_of(self.measurement)
        low, high = (is_met(one, comparison, threshold) for one in bounds)
        return "undetermined" if low is not high else "met" if low else "missed"
