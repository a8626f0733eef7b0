"""Services, duties, exclusions, objectives and the rest of what a document rules (SEMANTICS R7, R8)."""

from __future__ import annotations

from typing import Literal

from sla_dsl.policy.terms.base import Declaration, Term
from sla_dsl.policy.terms.conditions import Comparison, Condition
from sla_dsl.policy.terms.measures import Trigger
from sla_dsl.policy.terms.promises import OWN_CALENDAR, AnyPromise


class Availability(Term, frozen=True, kw_only=True):
    """When a service is there and for whom; `during` and `outside` name calendars, `to` parties, levels or channels."""

    during: str | None = None
    outside: str | None = None
    stated: bool = True
    to_parties: tuple[str, ...] = ()
    condition: Condition | None = None


class Service(Declaration, tag="service", frozen=True, kw_only=True):
    """Who is available when, for whom; a `contingency` stands in outside the ordinary hours."""

    nature: str | None = None
    contingency: bool = False
    channels: tuple[str, ...] = ()
    availability: tuple[Availability, ...] = ()


class Ending(Term, frozen=True, kw_only=True):
    """Which clocks an exclusion ends (`*` is every clock), on which event."""

    clocks: tuple[str, ...]
    when: Condition
    condition: Condition | None = None


class Exclusion(Declaration, tag="exclusion", frozen=True, kw_only=True):
    """What takes a ticket out of the cover of some clocks."""

    ends: tuple[Ending, ...]
    applies: Condition | None = None


class Duty(Declaration, tag="duty", frozen=True, kw_only=True):
    """What a party owes another: how bindingly, on which event, until when, and what fulfils it."""

    party: tuple[str, ...]
    to: tuple[str, ...]
    when: Condition | None = None
    condition: Condition | None = None
    starts: tuple[Trigger, ...] = ()
    due: AnyPromise
    fulfilled: Condition | None = None


class Measurement(Term, frozen=True, kw_only=True):
    """A share (percent of tickets in time) or a mean (microseconds) of some clocks that is to be kept.

    A mean in `days` counts those of `calendar`: dates with opening hours, or all dates in elapsed time. Of a mean in
    hours it is the calendar in which the clocks are measured, where that was written.
    """

    of: tuple[str, ...]
    statistic: Literal["share", "mean"]
    comparison: Comparison
    threshold: float
    days: float | None = None
    calendar: str = OWN_CALENDAR
    period: str | None = None
    per: str | None = None
    condition: Condition | None = None


class Objective(Declaration, tag="objective", frozen=True, kw_only=True):
    """A measurement over many tickets, for some levels; `blank` levels are those whose cell is left empty."""

    levels: tuple[str, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    blank: tuple[str, ...] = ()
    applies: Condition | None = None


class Escalation(Term, frozen=True, kw_only=True):
    """To which support line or party a ticket goes on, and when."""

    to: str
    when: Condition | None = None
    condition: Condition | None = None


class SupportLine(Declaration, tag="support_line", frozen=True, kw_only=True):
    """A line of support: who provides it, who may ask for it, what it covers."""

    provided_by: tuple[str, ...] = ()
    requested_by: tuple[str, ...] = ()
    requested_if: Condition | None = None
    channels: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    escalations: tuple[Escalation, ...] = ()


class MaintenanceWindow(Term, frozen=True, kw_only=True):
    """During or outside which calendar maintenance may take place."""

    calendar: str
    outside: bool = False
    condition: Condition | None = None


class Maintenance(Declaration, tag="maintenance", frozen=True, kw_only=True):
    """When maintenance is allowed."""

    allowed: tuple[MaintenanceWindow, ...]
    applies: Condition | None = None


class Reference(Declaration, tag="reference", frozen=True, kw_only=True):
    """A reference of the document to another part of it; `broken` says why it leads nowhere."""

    to: str | None = None
    broken: str | None = None


class Definition(Declaration, tag="term", frozen=True, kw_only=True):
    """A term the document defines."""

    means: str


class NonPromise(Declaration, tag="no_promise", frozen=True, kw_only=True):
    """Something the document expressly does not promise."""


class Remark(Declaration, tag="note", frozen=True, kw_only=True):
    """A note for readers."""

    text: str
