"""What is promised: limits, best efforts, words, refusals and blanks, none ever turned into another (P2)."""

from __future__ import annotations

from typing import Literal

from sla_dsl.policy.terms.base import Term
from sla_dsl.policy.terms.conditions import Condition

Modality = Literal["shall", "target", "should", "may"]

OWN_CALENDAR = ""
"""Instead of a calendar's name: the calendar in which the clock is measured."""
ELAPSED = "elapsed time"
"""Instead of a calendar's name: every second counts."""


class Budget(Term, tag_field="budget", frozen=True, kw_only=True):
    """An amount of time; where `low` and `high` differ, the document gives a range and the later bound decides."""

    text: str


class Duration(Budget, tag="duration", frozen=True, kw_only=True):
    """Hours, minutes and seconds of a calendar, in microseconds (T3, T4)."""

    low: int
    high: int
    calendar: str = OWN_CALENDAR


class OpenDays(Budget, tag="open_days", frozen=True, kw_only=True):
    """Days with opening hours, and how they are counted (T5). `at` and `cutoff` are seconds after midnight."""

    low: int
    high: int
    calendar: str
    ending: Literal["same time", "close", "end of day", "time"]
    counted: Literal["from", "after"] | None = None
    anchor: Literal["start date", "day after"] | None = None
    at: int | None = None
    cutoff: int | None = None
    rolled_to: str | None = None


class CalendarPeriod(Budget, tag="calendar_period", frozen=True, kw_only=True):
    """Days, weeks or months of the calendar on the wall (T6)."""

    low: int
    high: int
    unit: Literal["day", "week", "month"]
    same_time: bool = False
    rolled_to: str | None = None


AnyBudget = Duration | OpenDays | CalendarPeriod


class Limit(Term, tag_field="limit", frozen=True, kw_only=True):
    """Until when."""

    text: str


class Within(Limit, tag="within", frozen=True, kw_only=True):
    """Within a budget after the start, or strictly in less than it (T4)."""

    budget: AnyBudget
    strict: bool = False


class Before(Limit, tag="before", frozen=True, kw_only=True):
    """At least a budget before a planned event or a given instant (T6)."""

    budget: AnyBudget
    event: str


class ByEndOf(Limit, tag="by_end_of", frozen=True, kw_only=True):
    """Before the end of a date that a fact gives."""

    fact: str


class Combined(Limit, tag="combined", frozen=True, kw_only=True):
    """The earlier or the later of two limits (T6)."""

    which: Literal["earlier", "later"]
    first: AnyLimit
    second: AnyLimit


AnyLimit = Within | Before | ByEndOf | Combined


class Promise(Term, tag_field="promise", frozen=True, kw_only=True):
    """What a target says."""


class Committed(Promise, tag="committed", frozen=True, kw_only=True):
    """A promise that binds as strongly as its modality says (P3); duties may have one without a limit."""

    modality: Modality
    limit: AnyLimit | None = None


class BestEffort(Promise, tag="best_effort", frozen=True, kw_only=True):
    """An effort, with a number to aim at or without."""

    limit: AnyLimit | None = None


class Words(Promise, tag="words", frozen=True, kw_only=True):
    """Words that name no number, as they stand in the document."""

    text: str


class ToBeDetermined(Promise, tag="to_be_determined", frozen=True, kw_only=True):
    """The document puts the number off."""


class ToBeNegotiated(Promise, tag="to_be_negotiated", frozen=True, kw_only=True):
    """The document leaves it to the parties."""


class NoPromise(Promise, tag="no_promise", frozen=True, kw_only=True):
    """The document refuses a promise."""


class Blank(Promise, tag="blank", frozen=True, kw_only=True):
    """A cell that the document leaves empty."""


class Silent(Promise, tag="silent", frozen=True, kw_only=True):
    """The document says nothing: neither a blank nor a refusal."""


class Choice(Promise, tag="choice", frozen=True, kw_only=True):
    """The first case whose condition holds."""

    cases: tuple[Case, ...]
    otherwise: AnyPromise | None = None


class Case(Term, frozen=True, kw_only=True):
    """A condition and what is promised where it holds."""

    when: Condition
    promise: AnyPromise


AnyPromise = Committed | BestEffort | Words | ToBeDetermined | ToBeNegotiated | NoPromise | Blank | Silent | Choice
