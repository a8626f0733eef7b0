"""Where the time of a cycle went, step by step (H6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.reference.tickets.ticket import Cycle, Ticket


def ledger(ticket: Ticket, cycle: Cycle) -> list[tuple[int, int, str]]:
    """What each step from the start to now was (H6), run together."""
    found: list[tuple[int, int, str]] = []
    size = ticket.grid.step
    kinds = [(step["at"], _kind(ticket, cycle, step)) for step in cycle["steps"]]
    if cycle["ended"] is not None:
        kinds += [(at, "after stop") for at in range(cycle["ended"], ticket.now, size)]
    for at, kind in kinds:
        if found and found[-1][2] == kind:
            found[-1] = (found[-1][0], at + size, kind)
        else:
            found.append((at, at + size, kind))
    return found


def _kind(ticket: Ticket, cycle: Cycle, step: dict[str, Any]) -> str:
    if step["kind"] == "gap":
        return "after stop"
    table = ticket.table(calendar_at(cycle, step["at"]))
    if not table.is_open(step["at"]):
        return "closed" if table.names[table.cell(step["at"])] is None else "holiday"
    return "paused" if step["kind"] == "paused" else "counted"


def calendar_at(cycle: Cycle, at: int) -> str:
    """The calendar of the target, of two the first, or the clock's own where the target counts in none."""
    for metered in cycle["metered"]:
        if at < metered["until"]:
            return metered["calendar"]
    for part in cycle["limits"]:
        if not part["period"]:
            return part["calendar"]
    return cycle["terms"]["measure"]


def counted(ticket: Ticket, cycle: Cycle, since: int) -> int:
    """The time that has counted from an instant on."""
    steps = (step for step in cycle["steps"] if step["at"] >= since)
    return ticket.grid.step * sum(_kind(ticket, cycle, step) == "counted" for step in steps)
