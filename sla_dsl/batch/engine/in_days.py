"""Due times that count in days, dates or combinations, ticket by ticket, by the scalar code (T5, T6)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sla_dsl.batch.engine.holds import OPEN
from sla_dsl.batch.engine.rows import MISSING
from sla_dsl.errors import SlaError
from sla_dsl.policy.deadlines import Reached
from sla_dsl.policy.terms import OpenDays
from sla_dsl.policy.tickets.holding import Count, Hold, reach_counted
from sla_dsl.worktime import from_micros, zone
from sla_dsl.worktime.errors import OutsideYears

if TYPE_CHECKING:
    from sla_dsl.batch.engine.cycles import Cycles
    from sla_dsl.policy.calendars import PolicyZone
    from sla_dsl.policy.tickets.promised import Promised

_DAY_ZERO = date(1970, 1, 1).toordinal()


def due_in_days(promised: Promised, cycles: Cycles, row: int, now: int) -> tuple[int, bool, bool, int, int] | None:
    """Return when a cycle is due: the instant, whether it is sure, strict, the earlier end of a range, the date.

    None where the scalar evaluator has more to say of it.
    """
    governing = promised.governing
    if governing.limit is None or governing.binding is None:
        return None
    holds = tuple(_holds(cycles, row))
    moves = governing.clock.pauses_move_due is True
    count = Count(int(cycles.origin[row]), now, holds, int(cycles.carried[row]), moves)
    try:
        found = reach_counted(governing.limit, governing.binding, count)
    except SlaError:
        return None
    if isinstance(found, Reached):
        day = MISSING if found.day is None else found.day.toordinal() - _DAY_ZERO
        return found.at, True, found.strict, MISSING if found.low is None else found.low, day
    if found.missing or found.earliest is None or found.latest is not None:
        return None
    return found.earliest, False, found.strict, MISSING, MISSING


def _holds(cycles: Cycles, row: int) -> list[Hold]:
    holds = cycles.holds
    found: list[Hold] = []
    for number in range(int(holds.count[row])):
        end = int(holds.ends[row, number])
        kind = "after stop" if holds.gap[row, number] else "paused"
        found.append(Hold(int(holds.starts[row, number]), None if end == OPEN else end, kind, ""))
    return found


def used_days(promised: Promised, start: int, end: int, own: PolicyZone) -> int | None:
    """Return the days that count after the first, where the budget is one of days; see `CycleView.used_days`."""
    budget, measured = promised.in_days, promised.measured
    if isinstance(budget, OpenDays):
        exact = None if measured is None else measured.exact
        if exact is None:
            return None
        try:
            first, last = exact.date_of(start), exact.local_date(end)
        except OutsideYears:
            return None
        return len(exact.open_dates(first, last)) - exact.has_hours(first) if first <= last else 0
    if budget is None or own.name is None:
        return None
    where = zone(own.name)
    return (from_micros(end, where).date() - from_micros(start, where).date()).days
