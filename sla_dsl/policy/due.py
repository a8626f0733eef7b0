"""The due time of a clock, from a plan and the instant at which the ticket was created (T4, H4)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import partial
from typing import TYPE_CHECKING

from sla_dsl.policy.answers import Due
from sla_dsl.policy.limits import Bounded, Reached
from sla_dsl.policy.plans import Plan, Single, missing_of, singles
from sla_dsl.policy.reasons.due import explain_due
from sla_dsl.worktime import from_micros

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sla_dsl.policy.answers import AnswerModality, DueAnswer

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

Bounds = tuple[datetime, datetime | None]


def due(plan: Plan, start: int, where: tzinfo) -> Due:
    """Return when a clock is due that starts at an instant; `where` is the zone in which that was given.

    Raises `OutsideYears`, `BadInstant`.
    """
    quick = plan.quick
    if quick is not None:
        timetable, length, modality, strict = quick
        at = (_EPOCH + timetable.add(start, length) * _MICROSECOND).astimezone(timetable.zone)
        return _answer(plan, start, where, "due", modality, at=at, strict=strict)
    cases = singles(plan, start)
    reached = cases[0].reached if cases else None
    if not plan.settled or len({case.compared for case in cases}) > 1 or isinstance(reached, Bounded):
        return _undetermined(plan, cases, start, where)
    modality = cases[0].modality
    if reached is None:
        return _answer(plan, start, where, "no_deadline", modality, strict=False)
    zone = reached.zone or where
    at = from_micros(reached.at, zone)
    bounds = None if reached.low is None else (from_micros(reached.low, zone), at)
    return _answer(plan, start, where, "due", modality, at=at, day=reached.day, strict=reached.strict, bounds=bounds)


def _answer(
    plan: Plan,
    start: int,
    where: tzinfo,
    answer: DueAnswer,
    modality: AnswerModality | None,
    *,
    at: datetime | None = None,
    day: date | None = None,
    strict: bool | None = None,
    bounds: Bounds | None = None,
    missing: tuple[str, ...] = (),
) -> Due:
    return Due(
        plan.clock.id,
        plan.priority,
        answer,
        at,
        day,
        modality,
        strict,
        bounds,
        missing,
        plan.assumptions,
        plan.readings,
        partial(explain_due, plan, start, where),
    )


def _undetermined(plan: Plan, cases: list[Single], start: int, where: tzinfo) -> Due:
    """Return that the answer is undetermined: what would determine it, and between which bounds it lies."""
    modalities: set[AnswerModality] = {case.modality for case in cases}
    stricts = {case.reached.strict for case in cases if case.reached is not None}
    return _answer(
        plan,
        start,
        where,
        "undetermined",
        modalities.pop() if len(modalities) == 1 else None,
        strict=stricts.pop() if len(stricts) == 1 else None,
        bounds=_bounds(cases, where) if plan.settled else None,
        missing=missing_of(plan, cases),
    )


def _bounds(cases: Iterable[Single], where: tzinfo) -> Bounds | None:
    """Return the earliest and the latest due instant that can come out; no latest where there may be no deadline."""
    earliest: list[tuple[int, tzinfo]] = []
    latest: list[tuple[int, tzinfo] | None] = []
    for case in cases:
        match case.reached:
            case None:
                latest.append(None)
            case Reached(at=at, low=low, zone=zone):
                earliest.append((at if low is None else low, zone or where))
                latest.append((at, zone or where))
            case Bounded(earliest=first, latest=last, zone=zone):
                if first is None:
                    return None
                earliest.append((first, zone or where))
                latest.append(None if last is None else (last, zone or where))
    if not earliest:
        return None
    first = from_micros(*min(earliest, key=lambda one: one[0]))
    ends = [one for one in latest if one is not None]
    return first, from_micros(*max(ends, key=lambda one: one[0])) if len(ends) == len(latest) else None
