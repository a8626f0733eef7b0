"""Calendars as a policy declares them: rules, before parameters and holiday lists are filled in (SEMANTICS T7)."""

from __future__ import annotations

from typing import Literal

from sla_dsl.policy.terms.base import Declaration, Term
from sla_dsl.policy.terms.values import Dates, HolidayRule


class ZoneRef(Term, frozen=True, kw_only=True):
    """A zone by its name, or the parameter that gives it; exactly one of them."""

    name: str | None = None
    parameter: str | None = None


class Window(Term, frozen=True, kw_only=True):
    """Opening hours in seconds after midnight; an `end` over 86,400 or at or before `start` runs into the next day."""

    start: int
    end: int


class Opening(Term, frozen=True, kw_only=True):
    """Hours on the days of the week (0 is Monday), or one stretch from a day's hour to another day's."""

    days: tuple[int, ...]
    windows: tuple[Window, ...] = ()
    until_day: int | None = None


class DayRule(Term, frozen=True, kw_only=True):
    """Which dates a rule is about: given ones, an official list, a parameter, or a recurrence rule (RFC 5545)."""

    dates: Dates | None = None
    holidays: HolidayRule | None = None
    parameter: str | None = None
    recurrence: str | None = None
    text: str


class SpecialHours(Term, frozen=True, kw_only=True):
    """Hours that replace all others on some dates."""

    on: DayRule
    windows: tuple[Window, ...]


class Season(Term, frozen=True, kw_only=True):
    """Other hours in a part of the year or between two dates."""

    id: str
    label: str | None = None
    span: Dates
    openings: tuple[Opening, ...]


class Hours(Term, tag_field="is", tag="hours", frozen=True, kw_only=True):
    """Opening hours of its own."""

    zone: ZoneRef | None
    first_year: int
    last_year: int
    openings: tuple[Opening, ...] = ()
    seasons: tuple[Season, ...] = ()
    closed: tuple[DayRule, ...] = ()
    special: tuple[SpecialHours, ...] = ()


class Composed(Term, tag_field="is", tag="composed", frozen=True, kw_only=True):
    """Made of other calendars: `A and B`, `A or B`, `A except B`, `outside A`, `whole days of A`."""

    operation: Literal["both", "either", "except", "outside", "whole_days"]
    parts: tuple[str, ...]
    zone: ZoneRef | None = None


class ChosenBy(Term, tag_field="is", tag="chosen", frozen=True, kw_only=True):
    """One calendar for each level of an attribute or scale."""

    scale: str
    calendars: dict[str, str]


class Calendar(Declaration, tag="calendar", frozen=True, kw_only=True):
    """Business time under a name."""

    hours: Hours | Composed | ChosenBy
