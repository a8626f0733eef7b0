"""What can come out of a question: a due instant, bounds for one, or a promise without a deadline (P2, P3, H4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from attrs import frozen

from sla_dsl.policy.deadlines import Bounded, Reached
from sla_dsl.policy.limits import reach
from sla_dsl.policy.terms import (
    BestEffort,
    Blank,
    Choice,
    Committed,
    NoPromise,
    Silent,
    ToBeDetermined,
    ToBeNegotiated,
    Words,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import tzinfo

    from sla_dsl.policy.answers import AnswerModality
    from sla_dsl.policy.governing import Governing
    from sla_dsl.policy.plans import Plan
    from sla_dsl.policy.terms import AnyPromise


@frozen
class Single:
    """What comes out in one case: an instant, bounds for it, or None where the promise has no limit."""

    governing: Governing
    reached: Reached | Bounded | None
    modality: AnswerModality

    @property
    def compared(self) -> tuple[object, ...]:
        """What must be equal for two cases to have the same answer."""
        match self.reached:
            case None:
                return (self.modality,)
            case Reached(at=at, strict=strict, low=low):
                return (self.modality, at, strict, low)
            case Bounded(earliest=earliest, latest=latest, missing=missing):
                return (self.modality, earliest, latest, missing)


def single(found: Governing, start: int) -> Single:
    """Return what comes out where this governs a clock that starts at an instant. Raises `OutsideYears`."""
    reached = None
    if found.limit is not None and found.binding is not None:
        reached = reach(found.limit, start, found.binding)
    return Single(found, reached, modality_of(found.promise))


def modality_of(promise: AnyPromise) -> AnswerModality:
    """Return how bindingly something is promised (P3)."""
    match promise:
        case Committed(modality=modality):
            return modality
        case BestEffort():
            return "best_effort"
        case Words():
            return "words_only"
        case ToBeDetermined():
            return "to_be_determined"
        case ToBeNegotiated():
            return "to_be_negotiated"
        case NoPromise():
            return "no_promise"
        case Blank():
            return "blank"
        case Silent() | Choice():
            return "silent"
        case _:
            assert_never(promise)


def cases_of(plan: Plan, start: int) -> list[Single]:
    """Return what comes out in each case of a plan. Raises `OutsideYears`."""
    return [single(leaf.result.governing, start) for leaf in plan.searched.leaves]


def missing_of(plan: Plan, cases: list[Single]) -> tuple[str, ...]:
    """Return the names that would determine an answer: unknowns that decide, and parameters without a value."""
    compared = {id(leaf.result): case.compared for leaf, case in zip(plan.searched.leaves, cases, strict=True)}
    decide = plan.searched.missing(lambda found: compared[id(found)])
    parameters = (name for case in cases if isinstance(case.reached, Bounded) for name in case.reached.missing)
    return tuple(dict.fromkeys((*decide, *parameters)))


@frozen
class Bound:
    """An instant that a due time does not pass, and the zone in which to show it."""

    at: int
    zone: tzinfo | None


def bounds_of(found: Iterable[Reached | Bounded | None]) -> tuple[Bound, Bound | None] | None:
    """Return the earliest and the latest of what can come out; no latest where there may be no deadline."""
    earliest: list[Bound] = []
    latest: list[Bound | None] = []
    for reached in found:
        match reached:
            case None:
                latest.append(None)
            case Reached(at=at, low=low, zone=zone):
                earliest.append(Bound(at if low is None else low, zone))
                latest.append(Bound(at, zone))
            case Bounded(earliest=first, latest=last, zone=zone):
                if first is None:
                    return None
                earliest.append(Bound(first, zone))
                latest.append(None if last is None else Bound(last, zone))
    if not earliest:
        return None
    ends = [one for one in latest if one is not None]
    last = max(ends, key=lambda one: one.at) if len(ends) == len(latest) else None
    return min(earliest, key=lambda one: one.at), last
