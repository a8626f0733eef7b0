"""Values that parameters and facts can have, and their types (SEMANTICS H4, R3)."""

from __future__ import annotations

from typing import Literal

from sla_dsl.policy.terms.base import Term


class DateSpan(Term, frozen=True, kw_only=True):
    """Dates from `first` to `last`, both inclusive: `2026-12-25`, or `12-25` for every year."""

    first: str
    last: str


class Dates(Term, frozen=True, kw_only=True):
    """A set of dates."""

    spans: tuple[DateSpan, ...]


class HolidayRule(Term, frozen=True, kw_only=True):
    """The public holidays of a country or a part of it, as the `holidays` package knows them."""

    country: str
    subdivision: str | None = None
    categories: tuple[str, ...] = ()


class HolidayList(Term, tag="holidays", frozen=True, kw_only=True):
    """The value of a `holiday list`: an official list, dates, or (both empty) no holidays at all."""

    rule: HolidayRule | None = None
    dates: Dates | None = None


class ZoneValue(Term, tag="zone", frozen=True, kw_only=True):
    """The value of a `timezone`."""

    name: str


class GivenCalendar(Term, frozen=True, kw_only=True):
    """A calendar given in full: the arguments of `Calendar` as JSON."""

    timezone: str
    weekly: dict[str, tuple[tuple[str, str], ...]] = {}  # noqa: RUF012 - msgspec gives each value its own
    closed: tuple[str, ...] = ()
    hours_on: dict[str, tuple[tuple[str, str], ...]] = {}  # noqa: RUF012 - msgspec gives each value its own
    years: tuple[int, int] = (2015, 2035)


class CalendarValue(Term, tag="calendar", frozen=True, kw_only=True):
    """The value of a `calendar`: a declared one by its name, or one given in full (the arguments of `Calendar`)."""

    name: str | None = None
    given: GivenCalendar | None = None


class DurationValue(Term, tag="duration", frozen=True, kw_only=True):
    """The value of a `duration`, in microseconds."""

    micros: int


class NumberValue(Term, tag="number", frozen=True, kw_only=True):
    """The value of a `number`."""

    number: float


class TextValue(Term, tag="text", frozen=True, kw_only=True):
    """The value of a choice, level, yes/no (`yes`, `no`), date or instant (ISO text)."""

    text: str


Value = HolidayList | ZoneValue | CalendarValue | DurationValue | NumberValue | TextValue

TypeName = Literal[
    "yes or no", "number", "one of", "date", "instant", "level", "holiday list", "timezone", "calendar", "duration"
]


class Type(Term, frozen=True, kw_only=True):
    """The type of a fact or parameter; `choices` for `one of`, `scale` for `level`."""

    name: TypeName
    choices: tuple[str, ...] = ()
    scale: str | None = None
