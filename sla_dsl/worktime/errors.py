"""What can be wrong with a question about business time, or with the description of a calendar.

Each error carries the values involved as attributes, so that a checker can word a finding of its own.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sla_dsl.errors import SlaError

if TYPE_CHECKING:
    from sla_dsl.worktime.recipe import Recipe


def _did_you_mean(suggestion: str | None) -> str:
    return f"; did you mean `{suggestion}`?" if suggestion else ""


class WorktimeError(SlaError):
    """Base of the errors about business time."""


class UnknownZone(WorktimeError):
    """A timezone that is neither in the `tzdata` package nor a fixed offset such as `UTC-05:00`."""

    def __init__(self, name: str, suggestion: str | None = None) -> None:
        super().__init__(name, suggestion)
        self.name = name
        self.suggestion = suggestion

    def __str__(self) -> str:
        hint = _did_you_mean(self.suggestion) or "; write an IANA name (`Europe/Paris`) or an offset (`UTC-05:00`)"
        return f"unknown timezone `{self.name}`{hint}"


class NaiveDatetime(WorktimeError):
    """A datetime without a timezone, which names no instant."""

    def __init__(self, value: str) -> None:
        super().__init__(value)
        self.value = value

    def __str__(self) -> str:
        return f"`{self.value}` has no timezone; give a datetime with one, for example in UTC"


class BadInstant(WorktimeError):
    """A text that is not an RFC 3339 instant, or an instant that a datetime cannot hold."""

    def __init__(self, text: str, why: str) -> None:
        super().__init__(text, why)
        self.text = text
        self.why = why

    def __str__(self) -> str:
        return f"`{self.text}` is not an instant: {self.why}"


class OutsideYears(WorktimeError):
    """A question whose local date, or whose answer, lies outside the years a calendar covers (T8).

    `recipe` is what the calendar is made of; `calendars` are the names under which a policy knows it.
    """

    def __init__(
        self,
        what: str,
        first_year: int,
        last_year: int,
        recipe: Recipe | None = None,
        calendars: tuple[str, ...] = (),
    ) -> None:
        super().__init__(what, first_year, last_year, recipe, calendars)
        self.what = what
        self.first_year = first_year
        self.last_year = last_year
        self.recipe = recipe
        self.calendars = calendars

    def of(self, *calendars: str) -> OutsideYears:
        """Return the same error, with the names under which a policy knows the calendar."""
        return OutsideYears(self.what, self.first_year, self.last_year, self.recipe, calendars)

    def __str__(self) -> str:
        names = " or ".join(f"`{name}`" for name in self.calendars)
        covers = f"calendar {names}" if names else "this calendar"
        return f"{self.what} outside the years {covers} covers ({self.first_year} to {self.last_year})"


class BadArray(WorktimeError):
    """An array that holds no instants or lengths, or not in whole microseconds; or arrays of unlike shapes."""

    def __init__(self, argument: str, found: str, why: str) -> None:
        super().__init__(argument, found, why)
        self.argument = argument
        self.found = found
        self.why = why

    def __str__(self) -> str:
        return f"`{self.argument}` is {self.found}: {self.why}"


class NoHours(WorktimeError):
    """A date that has no opening hours, where some are needed."""

    def __init__(self, day: date) -> None:
        super().__init__(day)
        self.day = day

    def __str__(self) -> str:
        return f"{self.day.isoformat()} has no opening hours"


class BadCount(WorktimeError):
    """A number of days, weeks or months below one, or a cut-off or time of day outside the day."""

    def __init__(self, value: int, why: str) -> None:
        super().__init__(value, why)
        self.value = value
        self.why = why

    def __str__(self) -> str:
        return f"{self.why}, not {self.value}"


class RecipeError(WorktimeError):
    """Base of the errors in the description of a calendar."""


class BadWindow(RecipeError):
    """Opening hours that are no window of a day (T1)."""

    def __init__(self, text: str, why: str) -> None:
        super().__init__(text, why)
        self.text = text
        self.why = why

    def __str__(self) -> str:
        return f"`{self.text}` is not a window of opening hours: {self.why}"


class BadYears(RecipeError):
    """Declared years in the wrong order or outside the limits of the package."""

    def __init__(self, first_year: int, last_year: int, why: str) -> None:
        super().__init__(first_year, last_year, why)
        self.first_year = first_year
        self.last_year = last_year
        self.why = why

    def __str__(self) -> str:
        return f"years {self.first_year} to {self.last_year}: {self.why}"


class ClosedWithHours(RecipeError):
    """Dates that are explicitly closed and also have hours of their own (T10)."""

    def __init__(self, dates: tuple[date, ...]) -> None:
        super().__init__(dates)
        self.dates = dates

    def __str__(self) -> str:
        listed = ", ".join(day.isoformat() for day in self.dates)
        return f"closed, but also given hours: {listed}"


class BadSeason(RecipeError):
    """A season that ends before it begins, or whose bounds are no dates."""

    def __init__(self, text: str, why: str) -> None:
        super().__init__(text, why)
        self.text = text
        self.why = why

    def __str__(self) -> str:
        return f"season `{self.text}`: {self.why}"


class OverlappingSeasons(RecipeError):
    """Two seasons that give hours to the same date; `first` and `second` are positions in the recipe."""

    def __init__(self, first: int, second: int, day: date) -> None:
        super().__init__(first, second, day)
        self.first = first
        self.second = second
        self.day = day

    def __str__(self) -> str:
        return f"seasons {self.first + 1} and {self.second + 1} both give hours to {self.day.isoformat()}"


class ZoneNeeded(RecipeError):
    """A composition of calendars in several zones that does not name the zone of its days (T7)."""

    def __init__(self, zones: tuple[str, ...]) -> None:
        super().__init__(zones)
        self.zones = zones

    def __str__(self) -> str:
        listed = " and ".join(self.zones)
        return f"calendars in {listed} are combined without saying in which timezone the days count"


class NoCommonYears(RecipeError):
    """A composition of calendars that cover no year together."""

    def __init__(self, years: tuple[tuple[int, int], ...]) -> None:
        super().__init__(years)
        self.years = years

    def __str__(self) -> str:
        listed = " and ".join(f"{first} to {last}" for first, last in self.years)
        return f"the combined calendars cover no common year: {listed}"


class NoOpenTime(RecipeError):
    """A calendar that is never open in the years it covers (T8)."""

    def __init__(self, first_year: int, last_year: int) -> None:
        super().__init__(first_year, last_year)
        self.first_year = first_year
        self.last_year = last_year

    def __str__(self) -> str:
        return f"the calendar has no open time from {self.first_year} to {self.last_year}"


class BadArgument(RecipeError):
    """An argument of `Calendar` that cannot be read."""

    def __init__(self, argument: str, value: str, why: str) -> None:
        super().__init__(argument, value, why)
        self.argument = argument
        self.value = value
        self.why = why

    def __str__(self) -> str:
        return f"`{self.argument}` of a calendar: `{self.value}` {self.why}"


class ClosingDaysError(WorktimeError):
    """Base of the errors about holidays and closing rules."""


class UnknownHolidays(ClosingDaysError):
    """A country, subdivision or category that the `holidays` package does not have.

    `kind` is `country`, `subdivision` or `category`.
    """

    def __init__(self, kind: str, name: str, suggestion: str | None = None, country: str | None = None) -> None:
        super().__init__(kind, name, suggestion, country)
        self.kind = kind
        self.name = name
        self.suggestion = suggestion
        self.country = country

    def __str__(self) -> str:
        of = f" of {self.country}" if self.country else ""
        return f"the `holidays` package has no {self.kind} `{self.name}`{of}{_did_you_mean(self.suggestion)}"


class BadRule(ClosingDaysError):
    """A recurrence rule (RFC 5545) that names no dates, or not the same ones every time."""

    def __init__(self, rule: str, why: str) -> None:
        super().__init__(rule, why)
        self.rule = rule
        self.why = why

    def __str__(self) -> str:
        return f"recurrence rule `{self.rule}`: {self.why}"
