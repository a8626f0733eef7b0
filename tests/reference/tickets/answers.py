"""What the reference says of a ticket at an instant: plain dicts, instants in microseconds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sla_dsl.policy import terms as t
from tests.reference.tickets import pauses
from tests.reference.tickets.promises import modality_of
from tests.reference.tickets.statuses import entered, next_by_time

if TYPE_CHECKING:
    from tests.reference.tickets.ticket import Cycle, Ticket

Answer = dict[str, Any]
LATE = {"shall": "breached", "target": "missed", "best_effort": "aim_missed_no_breach"}


def status(ticket: Ticket) -> Answer:
    place = entered(ticket)
    since = None if place is None else ticket.happenings[place]["at"]
    return {"name": ticket.status, "since": since, "next": next_by_time(ticket)[:1]}


def clock(ticket: Ticket, declared: t.Clock, *, over: bool) -> list[Answer]:
    cycles = ticket.cycles[declared.id]
    if not cycles:
        state = "void" if over else "not_started"
        return [{"clock": declared.id, "state": state, "verdict": "not_measured", "started": None}]
    return [_cycle(ticket, declared, cycle) for cycle in cycles]


def _cycle(ticket: Ticket, declared: t.Clock, cycle: Cycle) -> Answer:
    ended = cycle["state"] in {"stopped", "void"}
    due, day = cycle["last_due"] if ended else pauses.due(ticket, declared, cycle)
    ledger = _ledger(ticket, cycle)
    return {
        "clock": declared.id,
        "cycle": cycle["number"],
        "state": cycle["state"],
        "verdict": _verdict(cycle),
        "modality": modality_of(cycle["terms"]["promise"]),
        "started": cycle["started"],
        "stopped": cycle["ended"] if cycle["state"] == "stopped" else None,
        "due": due,
        "due_date": day,
        "breached_at": None if cycle["late"] is None else cycle["late"]["at"],
        "used_seconds": sum(end - start for start, end, kind in ledger if kind == "counted") / 1_000_000,
        "ledger": ledger,
        "step": None if cycle["step"] is None else cycle["terms"]["term"].steps[cycle["step"]].id,
        "passed": [one["step"] for one in cycle["passed"]],
    }


def _verdict(cycle: Cycle) -> str:
    if cycle["late"] is not None:
        return LATE[cycle["late"]["modality"]]
    if cycle["state"] == "void":
        return "not_measured"
    if not cycle["parts"] and cycle["agreed"] is None:
        return "no_commitment"
    return "met" if cycle["state"] == "stopped" else "open"


def _ledger(ticket: Ticket, cycle: Cycle) -> list[tuple[int, int, str]]:
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
    table = ticket.table(_calendar_at(cycle, step["at"]))
    if not table.is_open(step["at"]):
        return "closed" if table.names[table.cell(step["at"])] is None else "holiday"
    return "paused" if step["kind"] == "paused" else "counted"


def _calendar_at(cycle: Cycle, at: int) -> str:
    """The calendar of the target, of two the first, or the clock's own where the target counts in none."""
    for metered in cycle["metered"]:
        if at < metered["until"]:
            return metered["calendar"]
    for part in cycle["parts"]:
        if not part["period"]:
            return part["calendar"]
    return cycle["terms"]["measure"]
