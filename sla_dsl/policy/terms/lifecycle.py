"""Statuses, transitions and reclassification (SEMANTICS R4, R8)."""

from __future__ import annotations

from sla_dsl.policy.terms.base import Declaration, Term
from sla_dsl.policy.terms.conditions import Condition


class Status(Declaration, tag="status", frozen=True, kw_only=True):
    """A state of a ticket, and what being in it does to which clocks (`*` is every clock)."""

    labels: tuple[str, ...] = ()
    initial: bool = False
    final: bool = False
    pauses: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    runs: tuple[str, ...] = ()


class Moment(Term, frozen=True, kw_only=True):
    """What makes a transition: an event (perhaps only within some time), a time passed, or a count reached.

    At each of the events that it must do without, a time or count begins anew.
    """

    when: Condition | None = None
    within: int | None = None
    within_days: int | None = None
    within_calendar: str | None = None
    after: int | None = None
    after_days: int | None = None
    after_calendar: str | None = None
    count: int | None = None
    of: str | None = None
    more: bool = False
    without: tuple[str, ...] = ()


class Transition(Declaration, tag="transition", frozen=True, kw_only=True):
    """From some statuses to another, at the earliest of its moments, under its guards."""

    sources: tuple[str, ...]
    to: str
    moments: tuple[Moment, ...]
    requires: Condition | None = None
    condition: Condition | None = None
    by: tuple[str, ...] = ()


class Reclassification(Declaration, tag="reclassification", frozen=True, kw_only=True):
    """On an event a ticket moves to another level: the one declared, or one of a set that the event names."""

    scale: str
    sources: tuple[str, ...]
    to: tuple[str, ...]
    when: Condition
    condition: Condition | None = None
