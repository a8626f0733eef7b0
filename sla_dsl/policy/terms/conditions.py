"""Conditions over a ticket, and the events that start and stop things (SEMANTICS R3, P1)."""

from __future__ import annotations

from typing import Literal

from sla_dsl.policy.terms.base import Term

Comparison = Literal["more than", "less than", "at least", "at most", "is", "is not"]
SubjectKind = Literal["fact", "level", "channel", "caller", "status", "clock"]


class Subject(Term, frozen=True, kw_only=True):
    """What a condition looks at: a fact, a level of a scale or attribute, channel, caller, status, a clock."""

    kind: SubjectKind
    name: str = ""


class Test(Term, tag_field="test", frozen=True, kw_only=True):
    """A part of a condition."""

    __test__ = False


class All(Test, tag="all", frozen=True, kw_only=True):
    """Every part holds; of events: the last of them."""

    parts: tuple[AnyTest, ...]


class Some(Test, tag="some", frozen=True, kw_only=True):
    """At least one part holds; of events: the first of them."""

    parts: tuple[AnyTest, ...]


class Not(Test, tag="not", frozen=True, kw_only=True):
    """The part does not hold."""

    part: AnyTest


class Among(Test, tag="among", frozen=True, kw_only=True):
    """The subject is one of the values: levels, statuses, parties, channels, choices or states of a clock."""

    subject: Subject
    values: tuple[str, ...]


class Yes(Test, tag="yes", frozen=True, kw_only=True):
    """A yes/no fact is yes."""

    fact: str


class Given(Test, tag="given", frozen=True, kw_only=True):
    """The subject is known at all: a level, fact, channel or caller was given or follows from what was."""

    subject: Subject


class Compares(Test, tag="compares", frozen=True, kw_only=True):
    """A number, date or instant fact against a fixed value (numbers as they are, dates and instants as ISO text)."""

    fact: str
    comparison: Comparison
    value: float | str


class Distance(Test, tag="distance", frozen=True, kw_only=True):
    """How far one date or instant lies after another: `next_update_due at most 90 days after first_experienced`.

    `days` compares calendar dates, `micros` elapsed time; exactly one of them is given.
    """

    later: str
    earlier: str
    comparison: Comparison
    days: int | None = None
    micros: int | None = None


class Precedes(Test, tag="precedes", frozen=True, kw_only=True):
    """One date, instant or event lies before another."""

    earlier: str
    later: str


class During(Test, tag="during", frozen=True, kw_only=True):
    """An instant (the one asked for, unless an event or fact is named) is open in a calendar, or is not."""

    calendar: str
    outside: bool = False
    subject: str = ""


class OnDay(Test, tag="on_day", frozen=True, kw_only=True):
    """An instant falls on a date that has opening hours in a calendar, or on one that has none."""

    calendar: str
    closed: bool = False
    subject: str = ""


class Occurs(Test, tag="occurs", frozen=True, kw_only=True):
    """An event happens."""

    event: str


class Becomes(Test, tag="becomes", frozen=True, kw_only=True):
    """The ticket enters one of the statuses."""

    statuses: tuple[str, ...]


AnyTest = All | Some | Not | Among | Yes | Given | Compares | Distance | Precedes | During | OnDay | Occurs | Becomes


class Condition(Term, frozen=True, kw_only=True):
    """A test and the words in which the policy puts it, for reasons."""

    text: str
    test: AnyTest
