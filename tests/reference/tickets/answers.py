"""What the reference says of a ticket at an instant: plain dicts, instants in microseconds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.reference.tickets import pauses
from tests.reference.tickets.changes import would_be_late
from tests.reference.tickets.ledger import ledger
from tests.reference.tickets.promises import modality_of
from tests.reference.tickets.statuses import entered, next_by_time

if TYPE_CHECKING:
    from sla_dsl.policy import terms as t
    from tests.reference.tickets.ticket import Cycle, Ticket

Answer = dict[str, Any]
LATE = {"shall": "breached", "target": "missed", "best_effort": "aim_missed_no_breach"}


def status(ticket: Ticket) -> Answer:
    place = entered(ticket)
    since = None if place is None else ticket.happenings[place]["at"]
    return {"name": ticket.status, "since": since, "next": next_by_time(ticket)[:1]}


def clock(ticket: Ticket, declared: t.Clock, *, over: bool) -> list[Answer]:
    cycles = ticket.cycles[declared.id]
    state = "void" if over else "not_started"
    if not cycles:
        return [{"clock": declared.id, "state": state, "verdict": "not_measured", "started": None, "else": state}]
    return [{**_cycle(ticket, declared, cycle), "else": state} for cycle in cycles]


def _cycle(ticket: Ticket, declared: t.Clock, cycle: Cycle) -> Answer:
    ended = cycle["state"] in {"stopped", "void"}
    due, day = cycle["last_due"] if ended else pauses.due(ticket, declared, cycle)
    lines = ledger(ticket, cycle)
    return {
        "clock": declared.id,
        "cycle": cycle["number"],
        "state": cycle["state"],
        "verdict": _verdict(ticket, cycle),
        "modality": modality_of(cycle["terms"]["promise"]),
        "started": cycle["started"],
        "stopped": cycle["ended"] if cycle["state"] == "stopped" else None,
        "due": due,
        "due_date": day,
        "breached_at": None if cycle["late"] is None else cycle["late"]["at"],
        "used_seconds": sum(end - start for start, end, kind in lines if kind == "counted") / 1_000_000,
        "ledger": lines,
        "step": None if cycle["step"] is None else cycle["terms"]["term"].steps[cycle["step"]].id,
        "passed": [one["step"] for one in cycle["passed"]],
    }


def _verdict(ticket: Ticket, cycle: Cycle) -> str:
    if cycle["late"] is not None:
        return LATE.get(cycle["late"]["modality"], "missed")
    if cycle["state"] == "void":
        return "not_measured"
    if not cycle["limits"] and cycle["agreed"] is None:
        return "no_commitment"
    if cycle["state"] == "stopped":
        return "met"
    return "undetermined" if would_be_late(ticket, cycle) else "open"
