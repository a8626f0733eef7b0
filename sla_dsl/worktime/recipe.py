"""What a calendar is made of: frozen data, checked when it is made (T7).

A recipe is a `Leaf` (windows, seasons, holidays, single dates in one zone) or a composition of recipes. It knows
nothing of instants; `timetable` turns it into open time.
"""

from __future__ import annotations

from calendar import isleap
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise

from attrs import Factory, field, frozen

from sla_dsl.worktime.errors import (
    BadSeason,
    BadYears,
    ClosedWithHours,
    NoCommonYears,
    OverlappingSeasons,
    ZoneNeeded,
)
from sla_dsl.worktime.hours import Week, Window
from sla_dsl.worktime.zones import zone

FIRST_YEAR = 1900
LAST_YEAR = 2200
"""The years a calendar may declare."""


@frozen
class Dated:
    """The bounds of a season that happens once; both dates belong to it."""

    first: date
    last: date

    def __attrs_post_init__(self) -> None:
        if self.last < self.first:
            raise BadSeason(f"{self.first} to {self.last}", "it ends before it begins")

    def days(self, first_year: int, last_year: int) -> Iterable[tuple[int, int]]:
        """Yield the first and last day number within or near the years."""
        if self.first.year <= last_year and self.last.year >= first_year:
            yield self.first.toordinal(), self.last.toordinal()


@frozen
class Yearly:
    """The bounds of a season of every year as (month, day); both belong to it, and it may run over New Year.

    29 February means the last day of February as an end, and 1 March as a start, in a common year.
    """

    first: tuple[int, int]
    last: tuple[int, int]

    def __attrs_post_init__(self) -> None:
        for month, day in (self.first, self.last):
            try:
                date(2000, month, day)
            except ValueError:
                raise BadSeason(str(self), f"there is no day {day} in month {month}") from None

    def __str__(self) -> str:
        return "{:02}-{:02} to {:02}-{:02}".format(*self.first, *self.last)

    def days(self, first_year: int, last_year: int) -> Iterable[tuple[int, int]]:
        """Yield the first and last day number of each time the season touches the years."""
        over_new_year = self.last < self.first
        for year in range(first_year - over_new_year, last_year + 1):
            start = date(year, 3, 1) if self.first == (2, 29) and not isleap(year) else date(year, *self.first)
            end_year = year + over_new_year
            end = date(end_year, 2, 28) if self.last == (2, 29) and not isleap(end_year) else date(end_year, *self.last)
            if start <= end:
                yield start.toordinal(), end.toordinal()


@frozen
class Season:
    """Dates with other hours than the ordinary week; an empty week closes."""

    when: Dated | Yearly
    weekly: Week


Dates = tuple[tuple[date, str], ...]
"""Dates with a name each, sorted by date."""


def _named(dates: Mapping[date, str] | Iterable[tuple[date, str]]) -> Dates:
    return tuple(sorted(dict(dates).items()))


def _with_hours(
    dates: Mapping[date, Iterable[Window]] | Iterable[tuple[date, Iterable[Window]]],
) -> tuple[tuple[date, tuple[Window, ...]], ...]:
    return tuple((day, tuple(sorted(set(windows)))) for day, windows in sorted(dict(dates).items()))


def _check_years(first: int, last: int) -> None:
    if last < first:
        raise BadYears(first, last, "the last year is before the first")
    if first < FIRST_YEAR or last > LAST_YEAR:
        raise BadYears(first, last, f"a calendar may cover {FIRST_YEAR} to {LAST_YEAR}")


@frozen(kw_only=True, cache_hash=True)
class Leaf:
    """A calendar of its own: a zone, the years it covers (both inclusive), and its hours (T1, T2, T7).

    Which hours a date has, in this order: `hours_on` for that date, closed if in `closed`, `holiday_hours` if in
    `holidays` (none: closed), the season's week, the ordinary week.

    Raises `UnknownZone`, `BadYears`, `ClosedWithHours`, `OverlappingSeasons`.

    >>> from sla_dsl.worktime.hours import week
    >>> desk = Leaf(
    ...     zone="Europe/Paris", first_year=2026, last_year=2027, weekly=week({0: [Window.of("08:00", "12:00")]})
    ... )
    >>> desk.zone
    'Europe/Paris'
    """

    zone: str = field()
    first_year: int
    last_year: int
    weekly: Week
    seasons: tuple[Season, ...] = field(default=(), converter=tuple[Season, ...])
    holidays: Dates = field(default=(), converter=_named)
    holiday_hours: tuple[Window, ...] = field(default=(), converter=tuple[Window, ...])
    closed: Dates = field(default=(), converter=_named)
    hours_on: tuple[tuple[date, tuple[Window, ...]], ...] = field(default=(), converter=_with_hours)

    def __attrs_post_init__(self) -> None:
        zone(self.zone)
        _check_years(self.first_year, self.last_year)
        both = {day for day, _ in self.closed} & {day for day, _ in self.hours_on}
        if both:
            raise ClosedWithHours(tuple(sorted(both)))
        self.season_days()

    def season_days(self) -> tuple[tuple[int, int, int], ...]:
        """Return the seasons of the covered years and the year around them as (first day, last day, position).

        Days are day numbers, sorted. Raises `OverlappingSeasons`.
        """
        spans = sorted(
            (first, last, position)
            for position, season in enumerate(self.seasons)
            for first, last in season.when.days(self.first_year - 1, self.last_year + 1)
        )
        for (_, last, one), (first, _, other) in pairwise(spans):
            if first <= last:
                raise OverlappingSeasons(min(one, other), max(one, other), date.fromordinal(first))
        return tuple(spans)


def _zone_of_pair(pair: _Pair) -> str:
    if pair.left.zone != pair.right.zone:
        raise ZoneNeeded((pair.left.zone, pair.right.zone))
    return pair.left.zone


def _zone_of_inner(single: _Single) -> str:
    return single.inner.zone


def _check_composition(parts: tuple[Recipe, ...], zone_name: str) -> None:
    zone(zone_name)
    if max(part.first_year for part in parts) > min(part.last_year for part in parts):
        raise NoCommonYears(tuple((part.first_year, part.last_year) for part in parts))


@frozen(cache_hash=True)
class _Pair:
    """Two calendars in one; `zone` is the zone in which its days count, by default the one they share (T7)."""

    left: Recipe
    right: Recipe
    zone: str = field(default=Factory(_zone_of_pair, takes_self=True))

    def __attrs_post_init__(self) -> None:
        _check_composition((self.left, self.right), self.zone)

    @property
    def first_year(self) -> int:
        """The first year that both calendars cover."""
        return max(self.left.first_year, self.right.first_year)

    @property
    def last_year(self) -> int:
        """The last year that both calendars cover."""
        return min(self.left.last_year, self.right.last_year)


@frozen(cache_hash=True)
class _Single:
    """A calendar made from another; `zone` is the zone in which its days count, by default the other's (T7)."""

    inner: Recipe
    zone: str = field(default=Factory(_zone_of_inner, takes_self=True))

    def __attrs_post_init__(self) -> None:
        _check_composition((self.inner,), self.zone)

    @property
    def first_year(self) -> int:
        """The first year covered."""
        return self.inner.first_year

    @property
    def last_year(self) -> int:
        """The last year covered."""
        return self.inner.last_year


@frozen(cache_hash=True)
class Both(_Pair):
    """`A and B`: open when both are (T7). Raises `ZoneNeeded`, `UnknownZone`, `NoCommonYears`."""


@frozen(cache_hash=True)
class Either(_Pair):
    """`A or B`: open when at least one is (T7). Raises `ZoneNeeded`, `UnknownZone`, `NoCommonYears`."""


@frozen(cache_hash=True)
class Except(_Pair):
    """`A except B`: open when A is and B is not (T7). Raises `ZoneNeeded`, `UnknownZone`, `NoCommonYears`."""


@frozen(cache_hash=True)
class Outside(_Single):
    """`outside A`: open when A is not (T7). Raises `UnknownZone`."""


@frozen(cache_hash=True)
class WholeDays(_Single):
    """`whole days of A`: from 00:00 to 24:00 of every date with opening hours in A (T7). Raises `UnknownZone`.

    In A's own zone a date has the windows that it owns; in another zone the dates are cut at that zone's midnight.
    """


Recipe = Leaf | Both | Either | Except | Outside | WholeDays
