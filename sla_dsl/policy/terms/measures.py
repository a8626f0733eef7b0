"""Clocks and their targets (SEMANTICS P)."""

from __future__ import annotations

from typing import Literal

from sla_dsl.policy.terms.base import Assumption, Citation, Declaration, Term
from sla_dsl.policy.terms.conditions import Condition
from sla_dsl.policy.terms.promises import AnyPromise

Way = Literal["rebase", "carry", "restart", "keep"]
Reopening = Literal["continue", "continue, gap counts", "new cycle", "stay closed"]


class Trigger(Term, frozen=True, kw_only=True):
    """What starts, stops or voids a clock, under which condition; `instead` lets it replace the plain start."""

    when: Condition
    condition: Condition | None = None
    instead: bool = False
    cites: tuple[Citation, ...] = ()
    assumes: tuple[Assumption, ...] = ()


class Pause(Term, frozen=True, kw_only=True):
    """When a clock pauses: while a condition holds, or from one event to another (open-ended without the second)."""

    holds: Condition | None = None
    since: Condition | None = None
    until: Condition | None = None
    cites: tuple[Citation, ...] = ()
    assumes: tuple[Assumption, ...] = ()


class Measure(Term, frozen=True, kw_only=True):
    """The calendar in which a clock is measured (or `elapsed time`), under which condition."""

    calendar: str
    condition: Condition | None = None
    cites: tuple[Citation, ...] = ()
    assumes: tuple[Assumption, ...] = ()


class Change(Term, frozen=True, kw_only=True):
    """What a running clock does when a level, attribute or fact changes (P6)."""

    of: str
    way: Way


class Warning(Term, frozen=True, kw_only=True):  # noqa: A001 - the language calls it so
    """A warning at a share of the budget (percent) or some time (microseconds) before due (P8)."""

    share: float | None = None
    before: int | None = None


class Clock(Declaration, tag="clock", frozen=True, kw_only=True):
    """What is measured from a start to a stop (P1)."""

    starts: tuple[Trigger, ...]
    stops: tuple[Trigger, ...]
    measured: tuple[Measure, ...]
    voids: tuple[Trigger, ...] = ()
    pauses: tuple[Pause, ...] = ()
    pauses_move_due: bool | None = None
    repeats_until: Condition | None = None
    changes: tuple[Change, ...] = ()
    reopening: Reopening | None = None
    warnings: tuple[Warning, ...] = ()
    agreed: str | None = None
    applies: Condition | None = None


class Also(Term, frozen=True, kw_only=True):
    """Something a cell says beside what governs: an illustration, an expectation, a refusal (P2)."""

    promise: AnyPromise
    cites: tuple[Citation, ...] = ()


class Target(Declaration, tag="target", frozen=True, kw_only=True):
    """What is promised for a clock, for some levels (by scale), where a condition holds."""

    clock: str
    levels: dict[str, str] = {}  # noqa: RUF012 - msgspec gives each value its own
    condition: Condition | None = None
    applies: Condition | None = None
    calendar: str | None = None
    promise: AnyPromise
    also: tuple[Also, ...] = ()


class Step(Term, frozen=True, kw_only=True):
    """A step of a cascade (P5)."""

    id: str
    label: str | None = None
    starts: Trigger | None = None
    condition: Condition | None = None
    promise: AnyPromise
    cites: tuple[Citation, ...] = ()
    assumes: tuple[Assumption, ...] = ()


class Cascade(Declaration, tag="cascade", frozen=True, kw_only=True):
    """Steps in order: the next applies when the one before has passed unmet (P5)."""

    clock: str
    levels: dict[str, str] = {}  # noqa: RUF012 - msgspec gives each value its own
    condition: Condition | None = None
    steps: tuple[Step, ...]
