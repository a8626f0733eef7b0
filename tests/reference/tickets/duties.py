"""What parties owe, and whether it was done in time (R8). A duty is a dict with its state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sla_dsl.policy import terms as t
from tests.reference.tickets.conditions import holds
from tests.reference.tickets.expressions import fires
from tests.reference.tickets.limits import day_of, parts_of
from tests.reference.tickets.promises import limit_of

if TYPE_CHECKING:
    from tests.reference.tickets.ticket import Ticket

Owed = dict[str, Any]


def new(duty: t.Duty) -> Owed:
    return {"duty": duty, "state": "not_owed", "place": 0, "part": None, "late": False, "owed": False}


def look(ticket: Ticket, owed: Owed) -> None:
    """Do what a moment brings for a duty: it becomes due, is owed, fulfilled, or late."""
    duty = owed["duty"]
    _note_lateness(ticket, owed)
    was_owed = owed["owed"]
    if was_owed:
        _fulfil(ticket, owed)
    if duty.when is None:
        _as_long_as_it_holds(ticket, owed)
    elif not owed["owed"] and _has_just(ticket, duty.when, 0):
        with ticket.as_told():
            does = holds(duty.condition, ticket)
        if does:
            _owe(ticket, owed)
    waits = owed["state"] == "owed" and owed["part"] is None
    if waits and any(_has_just(ticket, s.when, owed["place"]) and holds(s.condition, ticket) for s in duty.starts):
        _count(ticket, owed)
    if not was_owed:
        _fulfil(ticket, owed)
    _note_lateness(ticket, owed)


def _fulfil(ticket: Ticket, owed: Owed) -> None:
    fulfilled = owed["duty"].fulfilled
    if owed["owed"] and fulfilled is not None and _has_just(ticket, fulfilled, owed["place"]):
        owed |= {"state": "late" if owed["late"] else "fulfilled", "owed": False}


def _as_long_as_it_holds(ticket: Ticket, owed: Owed) -> None:
    does = holds(owed["duty"].condition, ticket)
    if does and owed["state"] == "not_owed":
        _owe(ticket, owed)
    elif not does:
        owed |= {"state": "not_owed", "owed": False, "part": None}


def _owe(ticket: Ticket, owed: Owed) -> None:
    owed |= {"state": "owed", "owed": True, "late": False, "part": None, "place": ticket.fresh}
    if not owed["duty"].starts:
        _count(ticket, owed)


def _count(ticket: Ticket, owed: Owed) -> None:
    limit = limit_of(owed["duty"].due)
    owed["part"] = parts_of(ticket, limit, t.ELAPSED, ticket.now)[0] if limit is not None else None
    if owed["part"] is not None and not owed["part"]["days"]:
        part = owed["part"]
        part["due"] = ticket.table(part["calendar"]).add(ticket.now, part["budget"])


def _note_lateness(ticket: Ticket, owed: Owed) -> None:
    part = owed["part"]
    if owed["owed"] and part is not None and not owed["late"]:
        strictly = part["strict"] or ticket.just_after
        if part["due"] < ticket.now or (part["due"] == ticket.now and strictly):
            owed |= {"late": True, "state": "late"}


def _has_just(ticket: Ticket, condition: t.Condition, place: int) -> bool:
    happenings = ticket.happenings
    return any(fires(condition.test, happenings[i], happenings[place:i]) for i in range(ticket.fresh, len(happenings)))


def answer(ticket: Ticket, owed: Owed) -> dict[str, object]:
    part = owed["part"]
    return {
        "duty": owed["duty"].id,
        "state": owed["state"],
        "due": None if part is None else part["due"],
        "due_date": None if part is None else day_of(ticket, part),
    }
