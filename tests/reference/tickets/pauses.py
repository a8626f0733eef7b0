"""When a clock stands still, and when it is due if nothing but time passes (P7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from sla_dsl.policy import terms as t
from tests.reference.tickets.changes import copy_of, is_later_of, note_lateness
from tests.reference.tickets.conditions import holds
from tests.reference.tickets.expressions import fires
from tests.reference.tickets.limits import day_of, pass_step
from tests.reference.tickets.rules import parts_of

if TYPE_CHECKING:
    from datetime import date

    from tests.reference.tickets.limits import Part
    from tests.reference.tickets.ticket import Cycle, Ticket

EVERY = "*"


def pause(ticket: Ticket, clock: t.Clock) -> None:
    """Let the running cycle pause or go on, as it is at this moment."""
    for cycle in ticket.ticking(clock.id):
        cycle["state"] = "paused" if is_paused(ticket, clock) else "running"


def is_paused(ticket: Ticket, clock: t.Clock) -> bool:
    return _by_status(ticket, clock) if _status_decides(ticket, clock) else _by_clock(ticket, clock.pauses)


def _status_decides(ticket: Ticket, clock: t.Clock) -> bool:
    if ticket.status is None:
        return False
    status = ticket.rules.status(ticket.status)
    return bool({EVERY, clock.id} & {*status.runs, *status.pauses})


def _by_status(ticket: Ticket, clock: t.Clock) -> bool:
    return not {EVERY, clock.id} & set(ticket.rules.status(ticket.status or "").runs)


def _by_clock(ticket: Ticket, pauses: tuple[t.Pause, ...]) -> bool:
    return any(_is_between(ticket, pause) if pause.since else holds(pause.holds, ticket) for pause in pauses)


def _is_between(ticket: Ticket, pause: t.Pause) -> bool:
    assert pause.since is not None
    on = False
    for place, happening in enumerate(ticket.happenings):
        before = ticket.happenings[:place]
        if fires(pause.since.test, happening, before):
            on = True
        elif pause.until is not None and fires(pause.until.test, happening, before):
            on = False
    return on


# ----------------------------------------------------------------------------------------- due instants


def due(ticket: Ticket, clock: t.Clock, cycle: Cycle, *, ended: bool = False) -> tuple[int | None, date | None]:
    """When a cycle is due, and on which date, if nothing happens but that time passes; none while that is open.

    Pauses are clipped to the life of a clock: in one that has ended none holds any more.
    """
    if cycle["agreed"] is not None:
        return cycle["agreed"], None
    parts = _at_their_end(ticket, clock, cycle, ended=ended)
    parts.sort(key=lambda part: (part["due"], not part["strict"]))
    if not parts:
        return None, None
    part = parts[-1 if is_later_of(cycle) else 0]
    if part["open"] or (is_later_of(cycle) and any(one["open"] for one in parts)):
        return None, None
    days = [day_of(ticket, one) for one in parts if all(one[key] == part[key] for key in ("due", "strict"))]
    return part["due"], next((day for day in days if day is not None), None)


def _at_their_end(ticket: Ticket, clock: t.Clock, cycle: Cycle, *, ended: bool) -> list[Part]:
    if ended:
        clock = replace(clock, pauses=())
    foreseen = _foreseen(ticket, clock)
    ticket.foreseen = foreseen
    parts = [_at_its_end(ticket, clock, part, ended=ended) for part in cycle["parts"]]
    ticket.foreseen = {}
    return parts


def _at_its_end(ticket: Ticket, clock: t.Clock, part: Part, *, ended: bool) -> Part:
    """A limit as it will be when it is due: the ticket stays as it is, and time passes step by step.

    `open` says that a pause which does not end by itself holds it up; `due` is then as if it ended as soon as it began.
    So does one that holds up a date which has passed by now: it may yet go on for another reason.
    """
    given, part = part, {**part, "open": False}
    moves = clock.pauses_move_due is True
    if part["due"] is not None and not part["held"] and (part["due"] <= ticket.now or not moves):
        return part
    decides = _status_decides(ticket, clock) and not ended
    if decides and _by_status(ticket, clock):
        return _held_up(ticket, part)
    pauses = () if decides else clock.pauses
    forever = tuple(pause for pause in pauses if not _comes_and_goes(pause))
    now = ticket.now
    try:
        while part["due"] is None or part["held"] or (moves and ticket.now < part["due"] and pauses):
            if _by_clock(ticket, forever):
                return _held_up(ticket, part)
            pass_step(ticket, part, ticket.now, counts=not _by_clock(ticket, pauses), moves=moves)
            ticket.now += ticket.grid.step
    finally:
        ticket.now = now
    passed = part["due"] < now or (part["due"] == now and part["strict"])
    return {**part, "open": given["held"] and passed}


def _held_up(ticket: Ticket, part: Part) -> Part:
    soonest = part["due"]
    if soonest is None:
        soonest = ticket.table(part["calendar"]).add(ticket.now, part["budget"] - part["spent"])
    return {**part, "open": True, "due": soonest}


def _comes_and_goes(pause: t.Pause) -> bool:
    """Whether a pause comes and goes with the hours of a calendar; no other ends because time passes."""
    return pause.holds is not None and any(isinstance(one, t.During | t.OnDay) for one in parts_of(pause.holds.test))


def _foreseen(ticket: Ticket, clock: t.Clock) -> dict[str, int]:
    """When the clocks whose lateness pauses this one will be late."""
    found: dict[str, int] = {}
    for other in ticket.rules.clocks:
        tests = [one for pause in clock.pauses if pause.holds for one in parts_of(pause.holds.test)]
        subject = t.Subject(kind="clock", name=other.id)
        watched = any(isinstance(one, t.Among) and one.subject == subject for one in tests)
        running = ticket.running(other.id)
        if watched and running is not None:
            at = _overdue_from(ticket, other, copy_of(running))
            found |= {} if at is None else {other.id: at}
    return found


def _overdue_from(ticket: Ticket, clock: t.Clock, cycle: Cycle) -> int | None:
    """When a cycle will be late for good: of a cascade, when its last step is."""
    now, just_after = ticket.now, ticket.just_after
    try:
        while (at := due(ticket, clock, cycle)[0]) is not None:
            step = cycle["step"]
            cycle["parts"] = _at_their_end(ticket, clock, cycle, ended=False)
            ticket.now, ticket.just_after = max(at, now), True
            note_lateness(ticket, clock, cycle)
            if cycle["step"] == step:
                break
        return at
    finally:
        ticket.now, ticket.just_after = now, just_after
