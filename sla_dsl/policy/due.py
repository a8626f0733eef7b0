"""The due time of a clock, from a plan and the instant at which the ticket was created (T4, H4)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from attrs import frozen

from sla_dsl.policy.answers import Due, Reason
from sla_dsl.policy.cases import Single, bounds_of, cases_of, missing_of
from sla_dsl.policy.deadlines import Bounded
from sla_dsl.policy.plans import Plan
from sla_dsl.worktime import from_micros

if TYPE_CHECKING:
    from sla_dsl.policy.answers import AnswerModality
    from sla_dsl.policy.cases import Bound
    from sla_dsl.policy.selection import Chosen

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@frozen(slots=False)
class Asked:
    """A question about a clock: its plan, the instant at which the clock starts, the zone in which that was given.

    Called, it puts the reasons of the answer into words.
    """

    plan: Plan
    start: int
    where: tzinfo

    def __call__(self) -> tuple[Reason, ...]:
        """Return the reasons of the answer."""
        # Words are wanted seldom; until then their modules stay out of the start-up.
        from sla_dsl.policy.reasons.due import explain_due

        return explain_due(self.plan, self.start, self.where)

    def clauses(self) -> tuple[str, ...]:
        """Return the clauses that the answer looked at."""
        return self.plan.clauses

    @property
    def chosen(self) -> tuple[Chosen, ...]:
        """The readings on which the answer rests (H3)."""
        return self.plan.chosen

    @property
    def assumptions(self) -> tuple[str, ...]:
        """The parameters and facts whose assumed default was used (H4)."""
        return self.plan.assumptions


def due(asked: Asked) -> Due:
    """Return when a clock is due. Raises `OutsideYears`, `BadInstant`."""
    plan, quick = asked.plan, asked.plan.quick
    if quick is None:
        return _in_general(asked)
    timetable, length, modality, strict = quick
    at = (_EPOCH + timetable.add(asked.start, length) * _MICROSECOND).astimezone(timetable.zone)
    return Due(
        plan.clock.id, plan.priority, "due", at, None, modality, strict, None, (),
        plan.assumptions, plan.readings, asked,
    )  # fmt: skip


def _in_general(asked: Asked) -> Due:
    plan = asked.plan
    cases = cases_of(plan, asked.start)
    reached = cases[0].reached if cases else None
    modality: AnswerModality | None = cases[0].modality if cases else None
    answer, at, day, strict, bounds, missing = "due", None, None, False, None, ()
    if not plan.settled or len({case.compared for case in cases}) > 1 or isinstance(reached, Bounded):
        answer, strict, modality = "undetermined", None, None
        if plan.settled:
            strict, modality = _common_strictness(cases), _common_modality(cases)
        bounds, missing = _bounds(asked, cases), missing_of(plan, cases)
    elif reached is None:
        answer = "no_deadline"
    else:
        zone = reached.zone or asked.where
        at, day, strict = from_micros(reached.at, zone), reached.day, reached.strict
        bounds = None if reached.low is None else (from_micros(reached.low, zone), at)
    return Due(
        plan.clock.id, plan.priority, answer, at, day, modality, strict, bounds, missing,
        plan.assumptions, plan.readings, asked,
    )  # fmt: skip


def _common_modality(cases: list[Single]) -> AnswerModality | None:
    modalities: set[AnswerModality] = {case.modality for case in cases}
    return modalities.pop() if len(modalities) == 1 else None


def _common_strictness(cases: list[Single]) -> bool | None:
    found = {case.reached.strict for case in cases if case.reached is not None}
    return found.pop() if len(found) == 1 else None


def _bounds(asked: Asked, cases: list[Single]) -> tuple[datetime, datetime | None] | None:
    found = bounds_of(case.reached for case in cases) if asked.plan.settled else None
    if found is None:
        return None
    earliest, latest = found
    return _shown(asked, earliest), None if latest is None else _shown(asked, latest)


def _shown(asked: Asked, bound: Bound) -> datetime:
    return from_micros(bound.at, bound.zone or asked.where)
