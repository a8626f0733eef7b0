"""What a change of terms makes of a running cycle: rebase, carry, restart (P6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from sla_dsl.policy.terms import Duration, Within
from sla_dsl.policy.tickets.cascading import forget_steps
from sla_dsl.policy.tickets.cycle import Turned

if TYPE_CHECKING:
    from sla_dsl.policy.terms import Way
    from sla_dsl.policy.tickets.cycle import Cycle
    from sla_dsl.policy.tickets.promised import Promised


def turn_to(cycle: Cycle, new: Promised, way: Way, at: int) -> None:
    """Put a cycle under other terms. In a cascade whose step stays in force, that step is what changes."""
    old = cycle.promised
    cycle.settle_lateness(at)
    if way == "restart":
        _restart(cycle, at)
    elif new.governing.step is None or new.governing.step is not old.governing.step:
        forget_steps(cycle)
    if way == "carry" and _in_hours(old) and _in_hours(new):
        cycle.carried = cycle.spent(at) or 0
        cycle.earlier = (*cycle.earlier, cycle.span_to(at))
        cycle.origin = at
    else:
        cycle.origin, cycle.carried = cycle.since, 0
        cycle.earlier = tuple(one for one in cycle.earlier if one.end <= cycle.since)
    cycle.promised, cycle.no_more = new, False
    cycle.turns = (*cycle.turns, Turned(at, old, new, way))
    cycle.promises = (*cycle.promises, new)
    cycle.late_by_change(at)


def _restart(cycle: Cycle, at: int) -> None:
    cycle.started, cycle.earlier = at, ()
    cycle.holds = [replace(one, start=max(one.start, at)) for one in cycle.holds if one.end is None or one.end > at]
    forget_steps(cycle)


def _in_hours(promised: Promised) -> bool:
    limit = promised.governing.limit
    return isinstance(limit, Within) and isinstance(limit.budget, Duration)
