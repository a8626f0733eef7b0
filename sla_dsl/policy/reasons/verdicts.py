"""How a cycle stands, in one sentence: met or late and by how much, open with how much left, paused, void (P3, H7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_dsl.policy.deadlines import Bounded, Reached
from sla_dsl.policy.reasons.causes import cause_of_end
from sla_dsl.policy.reasons.wording import length_text, moment_text
from sla_dsl.policy.terms import ByEndOf, CalendarPeriod
from sla_dsl.policy.tickets.cycle import is_late
from sla_dsl.policy.tickets.holding import counting, open_time, united
from sla_dsl.worktime.errors import OutsideYears

if TYPE_CHECKING:
    from datetime import tzinfo

    from sla_dsl.policy.tickets.cycle_view import CycleView
    from sla_dsl.policy.tickets.life import Life
    from sla_dsl.worktime import Timetable

LATE = {"breached": "Breached", "missed": "Missed", "aim_missed_no_breach": "Aim missed, which is no breach"}
_STAYS = "what changed afterwards does not undo that"


def verdict_text(life: Life, view: CycleView, where: tzinfo) -> str:
    """Return how a cycle stands; empty where that is undetermined."""
    zone = view.zone or where
    match view.verdict:
        case "breached" | "missed" | "aim_missed_no_breach":
            return f"{LATE[view.verdict]}: {_late(life, view, zone)}"
        case "met":
            return f"Met: {_ended(life, view, zone)}, {_due(view.due, zone)}"
        case "open":
            return _paused(view, zone) if view.state == "paused" else _running(view, zone)
        case "not_measured":
            return f"{_ended(life, view, zone)}: neither met nor missed"
        case "no_commitment":
            ended = "" if view.cycle.stopped is None else f"; {_ended(life, view, zone)}"
            return f"No commitment: nothing is promised that could be met or missed{ended}"
        case "undetermined":
            return ""


def _due(due: Reached | Bounded | None, zone: tzinfo) -> str:
    match due:
        case Reached(at=at, strict=strict):
            return f"due {'before ' if strict else ''}{moment_text(at, zone)}"
        case Bounded(earliest=int() as earliest):
            return f"not due before {moment_text(earliest, zone)}"
        case _:
            return "with no due time"


def _ended(life: Life, view: CycleView, zone: tzinfo) -> str:
    """Return what ended a cycle and when, or that nothing has ended it by now."""
    cycle = view.cycle
    if cycle.stopped is not None:
        return f"{cause_of_end(life, view).brief} on {moment_text(cycle.stopped, zone)}"
    if cycle.voided is not None:
        return f"void since {moment_text(cycle.voided, zone)} {cause_of_end(life, view).text}"
    return f"not stopped by {moment_text(view.now, zone)}"


# ---------------------------------------------------------------------------------------------- late


def _late(life: Life, view: CycleView, zone: tzinfo) -> str:
    due, end, since = view.due, view.cycle.end(view.now), view.late_at or view.now
    ended = _ended(life, view, zone)
    if isinstance(due, Bounded) and due.latest is not None and since == due.latest:
        return f"not due after {moment_text(due.latest, zone)} whatever is missing, {ended}"
    if not isinstance(due, Reached) or not is_late(due, end):
        now_due = "" if due is None else f". Now {_due(due, zone)}"
        return f"late since {moment_text(since, zone)}, and {_STAYS}{now_due}; {ended}"
    text = f"{_due(due, zone)}, {ended}; {_late_by(view, due, end)}"
    if since > due.at:
        return f"{text}. It became late on {moment_text(since, zone)}, when its terms changed"
    if since < due.at:
        return f"{text}. It had been late since {moment_text(since, zone)}, and {_STAYS}"
    return text


def _late_by(view: CycleView, due: Reached, end: int) -> str:
    ruler = ruler_of(view)
    try:
        late = sum(open_time(ruler, a, b) for a, b in counting(united(view.cycle.holds), due.at, end))
    except OutsideYears as error:
        return f"late; by how much is not told, for {error}"
    if not late:
        return "late, though by no open time" if end > due.at else "late, for only what is done before that is in time"
    return f"late by {counted_text(late, ruler)}{'' if view.cycle.over else ' so far'}"


def ruler_of(view: CycleView) -> Timetable | None:
    """Return the calendar in which time before and after the due instant is told; None where every minute counts."""
    governing, due = view.cycle.promised.governing, view.due
    if due is None or governing.binding is None or view.cycle.agreed is not None:
        measured = view.cycle.promised.measured
        return None if measured is None else measured.exact
    if isinstance(due.part, ByEndOf) or isinstance(due.part.budget, CalendarPeriod):
        return None
    known = governing.binding.calendar(due.part.budget.calendar)
    return None if known is None else known.exact


def counted_text(micros: int, ruler: Timetable | None) -> str:
    """Return a length of time, as one of open time where it is counted in a calendar."""
    return f"{length_text(micros)}{'' if ruler is None else ' of open time'}"


# ---------------------------------------------------------------------------------------------- open


def _running(view: CycleView, zone: tzinfo) -> str:
    text = f"Open on {moment_text(view.now, zone)}: {_due(view.due, zone)}"
    if not isinstance(view.due, Reached):
        return text
    return f"{text}, with {_left(view, view.due.at)} left"


def _paused(view: CycleView, zone: tzinfo) -> str:
    text = f"Open, and paused since {moment_text(_paused_since(view), zone)}"
    due = view.due
    if isinstance(due, Bounded) and due.earliest is not None and not due.missing:
        again = moment_text(due.earliest, zone)
        return f"{text}: if it went on now, it would be due {again}, with {_left(view, due.earliest)} left"
    return f"{text}: {_due(due, zone)}"


def _left(view: CycleView, due: int) -> str:
    ruler = ruler_of(view)
    left = open_time(ruler, view.now, max(due, view.now))
    return counted_text(left, ruler) if left else "no time"


def _paused_since(view: CycleView) -> int:
    """Return when the pause began that still goes on; holds that touch are one."""
    since = view.now
    for hold in reversed(view.cycle.holds):
        if hold.kind != "paused" or (hold.end is not None and hold.end < since):
            break
        since = hold.start
    return since
