"""What a change of terms makes of a running cycle: rebase, carry, restart (P6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from sla_dsl.policy.terms import Duration, Within
from sla_dsl.policy.tickets.cascading import forget_steps
from sla_dsl.policy.tickets.cycle import Turned
from sla_dsl.policy.unknowns import Undecided

if TYPE_CHECKING:
    from sla_dsl.policy.inquiry import Inquiry
    from sla_dsl.policy.terms import Change, Way
    from sla_dsl.policy.tickets.cycle import Cycle
    from sla_dsl.policy.tickets.promised import Promised


def way_of(changes: tuple[Change, ...], old: Inquiry, new: Inquiry) -> Way:
    """Return what a clock does when something changes, by the first `on change` that names what has (P6)."""
    if {change.way for change in changes} == {"rebase"}:
        return "rebase"
    for change in changes:
        if _is_another(change.of, old, new):
            return change.way
    return "rebase"


def _is_another(name: str, old: Inquiry, new: Inquiry) -> bool:
    """Return whether something is another than before; what was unknown before has not changed, but is learnt."""
    scale = old.terms.scale_named(name)
    if scale is not None:
        try:
            return old.level_of(scale) != new.level_of(scale)
        except Undecided:
            return False
    if name in {"channel", "caller"}:
        was = getattr(old.situation, name)
        return was is not None and was != getattr(new.situation, name)
    known = old.fact(name)
    return known.unknown is None and known.value != new.fact(name).value


def turn_to(cycle: Cycle, new: Promised, way: Way, at: int) -> None:
    """Put a cycle under other terms. In a cascade whose step stays in force, that step is what changes."""
    old = cycle.promised
    if cycle.turned < at:  # after a gap nothing was late under the old terms
        cycle.settle_lateness(at)
    stays = new.governing.step is not None and new.governing.step is old.governing.step
    if way == "restart":
        _restart(cycle, at)
    elif not stays:
        forget_steps(cycle)
    if way == "carry" and _in_hours(old) and _in_hours(new):
        cycle.carried = (cycle.spent(at) if stays else cycle.used(at)) or 0
        cycle.earlier = (*cycle.earlier, cycle.span_to(at))
        cycle.promised, cycle.origin = new, at
    else:
        cycle.carried, cycle.earlier = 0, tuple(one for one in cycle.earlier if one.end <= cycle.since)
        cycle.promised = new
        cycle.origin = cycle.origin_of_step()
    cycle.no_more = False
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
