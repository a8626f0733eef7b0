"""What is the same of a cycle of a clock in every way of a ticket's life (H4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from attrs import evolve, frozen

if TYPE_CHECKING:
    from datetime import date

    from sla_dsl.policy.answers import AnswerModality
    from sla_dsl.policy.deadlines import Bounded, Reached
    from sla_dsl.policy.tickets.answers import ClockState, Verdict
    from sla_dsl.policy.tickets.cycle_asked import CycleAsked
    from sla_dsl.policy.tickets.life import Life

T = TypeVar("T")


@frozen
class Agreed:
    """What is the same of a cycle in every way of a life, as a view has it; None, or undetermined, what is not."""

    due: Reached | Bounded | None
    day: date | None
    state: ClockState | None
    verdict: Verdict
    modality: AnswerModality | None
    step: str | None
    started: int | None
    stopped: int | None
    late_at: int | None
    used: int | None
    budget: int | None
    left: int | None
    strict: bool | None

    @classmethod
    def of(cls, asked: CycleAsked) -> Agreed:
        """Return what the ways of a cycle have in common (H4); where it has not begun, nothing is measured."""
        views = asked.views
        strict = {one.strict for one in views if one.due is not None}
        if not asked.ways.complete:
            return cls.unknown(views[0].due)
        states: list[ClockState] = [not_begun(asked, life) if one is None else one.state for life, one in asked.leaves]
        verdicts: list[Verdict] = ["not_measured" if one is None else one.verdict for _, one in asked.leaves]
        verdict = common(verdicts) or "undetermined"
        if len(views) < len(asked.leaves):
            return evolve(cls.unknown(views[0].due), state=common(states), verdict=verdict)
        modalities: list[AnswerModality] = [one.modality for one in views]
        return cls(
            views[0].due,
            common([one.day for one in views]),
            common(states),
            verdict,
            common(modalities),
            common([one.step for one in views]),
            common([one.started for one in views]),
            common([one.stopped for one in views]),
            common([one.late_at for one in views]),
            common([one.used for one in views]),
            common([one.budget for one in views]),
            common([one.left for one in views]),
            strict.pop() if len(strict) == 1 else None if strict else False,
        )

    @classmethod
    def unknown(cls, due: Reached | Bounded | None) -> Agreed:
        """Return that the ways of a cycle have nothing in common."""
        return cls(due, None, None, "undetermined", None, None, None, None, None, None, None, None, None)


def not_begun(asked: CycleAsked, life: Life) -> ClockState:
    """Return the state of a clock in a way in which a cycle is not there."""
    return "not_started" if life.runs[asked.rules.clock.id].ended is None else "void"


def common(values: list[T]) -> T | None:
    """Return what is the same in every way."""
    return values[0] if all(one == values[0] for one in values) else None
