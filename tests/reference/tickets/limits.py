"""Limits that are counted out step by step (T4-T6, P7).

A part of a limit is a dict. Of a duration it knows what was `spent`, and `due` as soon as all of it is; of days it
knows `due` from the beginning, and moves it with each step that is paused.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sla_dsl.policy import terms as t
from tests.reference import counting
from tests.reference.table import zone_of

if TYPE_CHECKING:
    from tests.reference.tickets.ticket import Ticket

Part = dict[str, Any]


def parts_of(ticket: Ticket, limit: t.AnyLimit | None, own: str, start: int, day_of: int | None = None) -> list[Part]:
    """The single limits that a limit combines, from a start; days are counted from the date of `day_of`."""
    if limit is None:
        return []
    if isinstance(limit, t.Combined):
        both = (limit.first, limit.second)
        return [part for one in both for part in parts_of(ticket, one, own, start, day_of)]
    assert isinstance(limit, t.Within)
    budget = limit.budget
    if isinstance(budget, t.Duration):
        return [duration(ticket.resolved(budget.calendar or own), budget.high, start, strict=limit.strict)]
    from_ = start if day_of is None or _from_the_start(budget) else day_of
    if isinstance(budget, t.OpenDays):
        calendar = ticket.resolved(budget.calendar)
        due, day = _open_days(ticket, budget, from_)
    else:
        calendar = t.ELAPSED
        how = None if budget.same_time else "end of day"
        rolled = None if budget.rolled_to is None else ticket.table(budget.rolled_to)
        due, day = counting.almanac(ticket.zone, from_, budget.high, f"{budget.unit}s", how, rolled)
    period = isinstance(budget, t.CalendarPeriod)
    part = {"days": True, "held": False, "period": period, "calendar": calendar, "due": due, "day": day, "moved": False}
    ends_a_day = _ends_with_a_day(budget)
    return [{**part, "strict": limit.strict or ends_a_day, "ends_a_day": ends_a_day}]


def duration(calendar: str, budget: int, start: int, *, strict: bool) -> Part:
    due = start if budget <= 0 else None
    part = {"days": False, "held": False, "period": False, "calendar": calendar}
    part |= {"strict": strict, "ends_a_day": False}
    return {**part, "budget": budget, "spent": 0, "due": due}


def _open_days(ticket: Ticket, budget: t.OpenDays, start: int) -> counting.Answer:
    table = ticket.table(budget.calendar)
    if budget.ending == "same time":
        return counting.same_time(table, start, budget.high)
    return counting.by(
        table,
        start,
        budget.high,
        (budget.at or 0) // 60 if budget.ending == "time" else budget.ending,
        counting_from=budget.counted == "from",
        day_after=budget.anchor == "day after",
        cut_off=None if budget.cutoff is None else budget.cutoff // 60,
    )


def _from_the_start(budget: t.OpenDays | t.CalendarPeriod) -> bool:
    """Whether days count from the instant of the start, also after a day that has ended: none of that is left."""
    if isinstance(budget, t.CalendarPeriod):
        return budget.same_time
    return budget.ending == "same time" or (budget.counted == "from" and budget.anchor != "day after")


def _ends_with_a_day(budget: t.OpenDays | t.CalendarPeriod) -> bool:
    if isinstance(budget, t.OpenDays):
        return budget.ending == "end of day"
    return not budget.same_time


def pass_step(ticket: Ticket, part: Part, at: int, *, counts: bool, moves: bool) -> None:
    """Let one step of time pass for a limit: it counts, or perhaps moves the due instant.

    A pause that begins before the due instant moves it by all the time of the calendar in it, and while it lasts
    nothing is late.
    """
    table, step = ticket.table(part["calendar"]), ticket.grid.step
    if part["days"]:
        part["held"] = not counts and moves and (part["held"] or at < part["due"])
    if not table.is_open(at):
        return
    if part["days"]:
        if part["held"]:
            part |= {"due": table.add(part["due"], step), "moved": True}
    elif counts:
        part["spent"] += step
        if part["due"] is None and part["spent"] == part["budget"]:
            part["due"] = at + step


def day_of(ticket: Ticket, part: Part) -> date | None:
    """The date of an answer by close or end of day; where it has moved, the date of its last moment."""
    if not part["days"] or part["day"] is None or not part["moved"]:
        return part.get("day")
    zone = ticket.zone if part["calendar"] == t.ELAPSED else ticket.grid.zone(part["calendar"])
    return datetime.fromtimestamp((part["due"] - 1) // 1_000_000, zone_of(zone)).date()
