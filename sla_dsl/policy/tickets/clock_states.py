"""The states of a clock at an instant, as conditions ask for them (R3)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sla_dsl.policy.deadlines import Bounded, Reached
from sla_dsl.policy.tickets.cycle import Cycle, is_late
from sla_dsl.policy.unknowns import Undecided, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sla_dsl.policy.situation import ClockStates
    from sla_dsl.policy.tickets.clock_run import ClockRun
    from sla_dsl.policy.unknowns import Supposed

_LATE = {"shall": "breached", "target": "missed"}


def states_beside(run: ClockRun, at: int) -> ClockStates:
    """Return what tells the states of the clocks beside one, at an instant until which nothing but time passes."""
    return partial(_beside, run, at)  # not a function of its own: the state of a ticket can be pickled


def _beside(run: ClockRun, at: int, clock: str, supposed: Supposed) -> frozenset[str]:
    return states_of(run.beside[clock], at, {**run.supposed, **supposed})


def dues_of(runs: Iterable[ClockRun], at: int) -> Iterator[int]:
    """Yield the instants at which the cycles of some clocks became late, or will."""
    for cycle in (cycle for run in runs for cycle in run.cycles):
        due = None if cycle.over else cycle.due(at)
        if cycle.late_at is not None:
            yield cycle.late_at
        if isinstance(due, Reached):
            yield due.at


def states_of(run: ClockRun, at: int, supposed: Supposed) -> frozenset[str]:
    """Return the states that a clock is in: `running` and `overdue`, `stopped` and `met`, ….

    A clock is overdue while it runs after its due time; never without one, and perhaps while that is undetermined.
    Raises `Undecided`.
    """
    if run.error is not None:
        return frozenset({"running", "overdue"} if _supposed_late(run.rules.clock.id, (), supposed) else {"running"})
    begun = [cycle for cycle in run.cycles if cycle.began <= at]
    if not begun or (begun[-1].voided is not None and begun[-1].voided <= at):
        return frozenset({"not_started"})
    cycle = begun[-1]
    late = _late(cycle, at, supposed)
    word = _LATE.get(cycle.late_as or cycle.modality)
    late_as = (word,) if late and word is not None else ()
    if cycle.stopped is not None and cycle.stopped <= at:
        return frozenset({"stopped", *(late_as if late else {"met"} if cycle.due(at) is not None else ())})
    paused = any(hold.start <= at and (hold.end is None or at < hold.end) for hold in cycle.holds)
    return frozenset({"paused" if paused else "running", *({"overdue", *late_as} if late else ())})


def _late(cycle: Cycle, at: int, supposed: Supposed) -> bool:
    if cycle.late_at is not None:
        return cycle.late_at <= at
    end = at if cycle.stopped is None else min(at, cycle.stopped)
    match cycle.due(at):
        case None:
            return False
        case Reached() as due:
            return is_late(due, end)
        case Bounded(earliest=earliest, latest=latest, missing=missing):
            if not missing or (earliest is not None and end < earliest):
                return False
            if latest is not None and end > latest:
                return True
    return _supposed_late(cycle.promised.governing.clock.id, missing, supposed)


def _supposed_late(clock: str, missing: tuple[str, ...], supposed: Supposed) -> bool:
    known = supposed.get(("late", clock))
    if known is None:
        raise Undecided(Unknown(("late", clock), missing or (clock,), (True, False)))
    return known is True
