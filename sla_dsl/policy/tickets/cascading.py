"""The steps of a cascade in a cycle: which is in force, and when the next takes over (P5)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from sla_dsl.policy.deadlines import Reached
from sla_dsl.policy.errors import Unanswerable
from sla_dsl.policy.governing import at_step, of_step
from sla_dsl.policy.inquiry import Inquiry
from sla_dsl.policy.terms import Cascade
from sla_dsl.policy.tickets.cycle import Passed, is_late
from sla_dsl.policy.tickets.promised import Promised

if TYPE_CHECKING:
    from sla_dsl.policy.situation import Situation
    from sla_dsl.policy.terms import Trigger
    from sla_dsl.policy.tickets.cycle import Cycle

SituationAt = Callable[["Situation", int], "Situation"]
"""Gives a situation as it is at an instant until which nothing but time passes."""


def pass_steps(cycle: Cycle, now: int, situation_at: SituationAt) -> None:
    """Go on to the next step for each whose due time has passed unmet by now. Raises `Undecided`.

    Which one follows is asked when a step passes: one whose condition begins to hold later comes too late.
    """
    while cycle.promised.governing.step is not None and not (cycle.over or cycle.no_more) and cycle.agreed is None:
        due = cycle.due(now)
        if not isinstance(due, Reached) or not (is_late(due, now) or cycle.overdrawn):
            return
        # What is overdue from now on is so right after the due time, or at it.
        at = max(due.at, cycle.since)
        just_after = situation_at(cycle.situation, at + (not due.strict))
        cycle.no_more = not _go_on(cycle, at, due, just_after)


def leave_step(cycle: Cycle, now: int, situation: Situation) -> None:
    """Go on to the next step where the condition of the one in force no longer holds. Raises `Undecided`."""
    governing = cycle.promised.governing
    if governing.step is None or governing.step.condition is None or cycle.over or cycle.no_more:
        return
    if not _asking(cycle, situation).holds(governing.step.condition, governing.clock.clause):
        _go_on(cycle, now, None, situation)


def begin_steps(cycle: Cycle, starts: Mapping[Trigger, int]) -> None:
    """Let the steps begin whose own starts have come about; of each only the first counts, as of a clock (P1, P5)."""
    waited = cycle.waits
    cycle.step_starts = {**starts, **cycle.step_starts}
    if waited:
        cycle.origin = cycle.origin_of_step()


def as_today(cycle: Cycle, first: Promised, situation: Situation) -> Promised:
    """Return what would be promised today in place of what governs a cycle: of a cascade, the step in force.

    `first` is what would be promised to a cycle that starts, which for a cascade is one of its first steps.
    """
    governing, today = cycle.promised.governing, first.governing
    cascade, step = governing.term, governing.step
    if step is None or today.term is not cascade or today.step is step or not isinstance(cascade, Cascade):
        return first
    inquiry = _asking(cycle, situation)
    return Promised.of(at_step(governing.clock, cascade, step, inquiry), inquiry)


def forget_steps(cycle: Cycle) -> None:
    """Leave a cascade behind, or begin it anew. A cycle that was late in a step stays late (P6)."""
    if cycle.late_at is None:
        late = next((one for one in cycle.passed if one.late_at is not None), None)
        if late is not None:
            cycle.late_at, cycle.late_as = late.late_at, late.promised.modality
    cycle.passed, cycle.since, cycle.after_day = (), cycle.started, False


def _go_on(cycle: Cycle, at: int, due: Reached | None, situation: Situation) -> bool:
    """Let the next step take over whose condition holds, if there is one; `due` is when the one before was due."""
    governing = cycle.promised.governing
    cascade, step = governing.term, governing.step
    if not isinstance(cascade, Cascade) or step is None:
        raise Unanswerable("step", governing.clock.id)
    inquiry = _asking(cycle, situation)
    following = of_step(governing.clock, cascade, cascade.steps.index(step) + 1, inquiry)
    if following.step is None:
        return False
    late_at = None if due is None else max(due.at, cycle.bound_since)
    over = Passed(cycle.promised, cycle.origin, due, at, late_at)
    cycle.passed, cycle.earlier = (*cycle.passed, over), (*cycle.earlier, cycle.span_to(at))
    cycle.promised = Promised.of(following, inquiry)
    cycle.promises = (*cycle.promises, cycle.promised)
    if cycle.offered.governing.term is cascade:
        cycle.offered = cycle.promised
    cycle.since, cycle.carried = at, 0
    cycle.origin = cycle.origin_of_step()
    cycle.after_day = due is not None and due.ends_day and following.step.starts is None
    # Late under other terms, before they changed, is late for good (P6).
    if cycle.late_at is not None and cycle.late_at >= cycle.turned:
        cycle.late_at = cycle.late_as = None
    return True


def _asking(cycle: Cycle, situation: Situation) -> Inquiry:
    """Return a question about a cycle; `during` in its terms is asked at its start (R3)."""
    found = cycle.promised.inquiry
    return Inquiry(found.terms, found.calendars, situation, cycle.started, cycle.supposed)
