"""What can be wrong with a question about business time, or with the description of a calendar.

Each error carries the values involved as attributes, so that a checker can word a finding of its own.
"""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING

from attrs import define

from sla_dsl.errors import SlaError

if TYPE_CHECKING:
    from collections.abc import Iterable


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name most like `name`, upper and lower case aside, or none that is near."""
    by_fold: dict[str, str] = {}
    for candidate in known:
        by_fold.setdefault(candidate.casefold(), candidate)
    matches = get_close_matches(name.casefold()[:100], by_fold, n=1, cutoff=0.7)
    return by_fold[matches[0]] if matches else None


def _did_you_mean(suggestion: str | None) -> str:
    return f"; did you mean `{suggestion}`?" if suggestion else ""


class WorktimeError(SlaError):
    """Base of the errors about business time."""


@define
class UnknownZone(WorktimeError):
    """A timezone that is neither in the `tzdata` package nor a fixed offset such as `UTC-05:00`."""

    name: str
    suggestion: str | None = None

    def __str__(self) -> str:
        hint = _did_you_mean(self.suggestion) or "; write an IANA name (`Europe/Paris`) or an offset (`UTC-05:00`)"
        return f"unknown timezone `{self.name}`{hint}"


@define
class NaiveDatetime(WorktimeError):
    """A datetime without a timezone, which names no instant."""

    value: str

    def __str__(self) -> str:
        return f"`{self.value}` has no timezone; give a datetime with one, for example in UTC"


@define
class BadInstant(WorktimeError):
    """A text that is not an RFC 3339 instant, or an instant that a datetime cannot hold."""

    text: str
    why: str

    def __str__(self) -> str:
        return f"`{self.text}` is not an instant: {self.why}"


@define
class OutsideYears(WorktimeError):
    """A question whose local date, or whose answer, lies outside the years a calendar covers (T8)."""

    what: str
    first_year: int
    last_year: int

    def __str__(self) -> str:
        return f"{self.what} outside the years this calendar covers ({self.first_year} to {self.last_year})"


@define
class NoHours(WorktimeError):
    """A date that has no opening hours, where some are needed."""

    day: date

    def __str__(self) -> str:
        return f"{self.day.isoformat()} has no opening hours"


@define
class BadCount(WorktimeError):
    """A number of days, weeks or months below one, or a cut-off or time of day outside the day."""

    value: int
    why: str

    def __str__(self) -> str:
        return f"{self.why}, not {self.value}"


class RecipeError(WorktimeError):
    """Base of the errors in the description of a calendar."""


@define
class BadWindow(RecipeError):
    """Opening hours that are no window of a day (T1)."""

    text: str
    why: str

    def __str__(self) -> str:
        return f"`{self.text}` is not a window of opening hours: {self.why}"


@define
class BadYears(RecipeError):
    """Declared years in the wrong order or outside the limits of the package."""

    first_year: int
    last_year: int
    why: str

    def __str__(self) -> str:
        return f"years {self.first_year} to {self.last_year}: {self.why}"


@define
class ClosedWithHours(RecipeError):
    """Dates that are explicitly closed and also have hours of their own (T10)."""

    dates: tuple[date, ...]

    def __str__(self) -> str:
        listed = ", ".join(day.isoformat() for day in self.dates)
        return f"closed, but also given hours: {listed}"


@define
class BadSeason(RecipeError):
    """A season that ends before it begins, or whose bounds are no dates."""

    text: str
    why: str

    def __str__(self) -> str:
        return f"season `{self.text}`: {self.why}"


@define
class OverlappingSeasons(RecipeError):
    """Two seasons that give hours to the same date; `first` and `second` are positions in the recipe."""

    first: int
    second: int
    day: date

    def __str__(self) -> str:
        return f"seasons {self.first + 1} and {self.second + 1} both give hours to {self.day.isoformat()}"


@define
class ZoneNeeded(RecipeError):
    """A composition of calendars in several zones that does not name the zone of its days (T7)."""

    zones: tuple[str, ...]

    def __str__(self) -> str:
        listed = " and ".join(self.zones)
        return f"calendars in {listed} are combined without saying in which timezone the days count"


@define
class NoCommonYears(RecipeError):
    """A composition of calendars that cover no year together."""

    years: tuple[tuple[int, int], ...]

    def __str__(self) -> str:
        listed = " and ".join(f"{first} to {last}" for first, last in self.years)
        return f"the combined calendars cover no common year: {listed}"


@define
class NoOpenTime(RecipeError):
    """A calendar that is never open in the years it covers (T8)."""

    first_year: int
    last_year: int

    def __str__(self) -> str:
        return f"the calendar has no open time from {self.first_year} to {self.last_year}"


@define
class BadArgument(RecipeError):
    """An argument of `Calendar` that cannot be read."""

    argument: str
    value: str
    why: str

    def __str__(self) -> str:
        return f"`{self.argument}` of a calendar: `{self.value}` {self.why}"


class ClosingDaysError(WorktimeError):
    """Base of the errors about holidays and closing rules."""


@define
class UnknownHolidays(ClosingDaysError):
    """A country, subdivision or category that the `holidays` package does not have.

    `kind` is `country`, `subdivision` or `category`.
    """

    kind: str
    name: str
    suggestion: str | None = None
    country: str | None = None

    def __str__(self) -> str:
        of = f" of {self.country}" if self.country else ""
        return f"the `holidays` package has no {self.kind} `{self.name}`{of}{_did_you_mean(self.suggestion)}"


@define
class BadRule(ClosingDaysError):
    """A recurrence rule (RFC 5545) that names no dates, or not the same ones every time."""

    rule: str
    why: str

    def __str__(self) -> str:
        return f"recurrence rule `{self.rule}`: {self.why}"
