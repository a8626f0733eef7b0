"""The clocks of a ticket: cycles that start, pause, stop and come back (P1, P6, P7, R6).

A cycle is a dict: `terms` is the promise under which it runs and `governs` the one that would be made today; `steps`
lists the steps of time it has lived through, and of what kind each was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_dsl.policy import terms as t
from tests.reference.tickets.changes import (
    agree,
    begin_step,
    change,
    copy_of,
    give_up_step,
    let_go,
    note_lateness,
    pass_all,
    start_now,
)
from tests.reference.tickets.conditions import holds
from tests.reference.tickets.expressions import fires, has_come_true
from tests.reference.tickets.pauses import due, pause

if TYPE_CHECKING:
    from tests.reference.tickets.expressions import Happening
    from tests.reference.tickets.ticket import Cycle, Ticket

EVERY = "*"


def look(ticket: Ticket, excluded: set[str], *, changed: bool) -> None:
    """Do what a moment brings: changes, then for each clock stop, pauses, starts (R6).

    What its events find is the ticket as it was told; another level that they give it comes after their stops.
    """
    if not changed:  # nothing starts or stops where nothing happens
        for clock in ticket.rules.clocks:
            pause(ticket, clock)
            lateness(ticket, clock)
        return
    reopened = _is_reopened(ticket)
    with ticket.as_told():
        _exclude(ticket, excluded)
    for clock in ticket.rules.clocks:
        with ticket.as_told():
            used = _stop_as_told(ticket, clock, excluded)
        for cycle in ticket.ticking(clock.id):
            give_up_step(ticket, clock, cycle)
            change(ticket, clock, cycle)
        pause(ticket, clock)
        lateness(ticket, clock)
        if clock.id not in excluded:
            _start(ticket, clock, used, reopened=reopened)
        pause(ticket, clock)
        lateness(ticket, clock)


def _stop_as_told(ticket: Ticket, clock: t.Clock, excluded: set[str]) -> list[Happening]:
    _begin_steps(ticket, clock)
    for cycle in ticket.ticking(clock.id):
        begin_step(ticket, clock, cycle)
        give_up_step(ticket, clock, cycle)
        change(ticket, clock, cycle)
        _agree(ticket, clock, cycle)
        if not ticket.just_after:
            note_lateness(ticket, clock, cycle)
    used = _stop(ticket, clock)
    _void(ticket, clock, excluded)
    return used


def _begin_steps(ticket: Ticket, clock: t.Clock) -> None:
    """Note which steps begin by a start of their own, each once since the last cycle ended."""
    begun, cycles = ticket.begun[clock.id], ticket.cycles[clock.id]
    place = next((one["ended_place"] for one in reversed(cycles) if "ended_place" in one), 0)
    cascades = [one for one in ticket.rules.promises(clock.id) if isinstance(one, t.Cascade)]
    for step in [step for one in cascades for step in one.steps if step.starts is not None]:
        assert step.starts is not None
        if step not in begun and any(_sets_off(ticket, (step.starts,), one, place) for one in ticket.fresh_ones):
            begun[step] = ticket.now


def lateness(ticket: Ticket, clock: t.Clock) -> None:
    """Note what is late by now; what goes on after a pause, or has been stopped in one, is held up no longer."""
    for cycle in ticket.ticking(clock.id):
        if cycle["state"] == "running":
            let_go(cycle)
        note_lateness(ticket, clock, cycle)


def count_step(ticket: Ticket) -> None:
    """Let the time until the next step pass."""
    for clock in ticket.rules.clocks:
        for cycle in ticket.ticking(clock.id):
            _live_through(ticket, clock, cycle, ticket.now, "paused" if cycle["state"] == "paused" else "counts")


def _live_through(ticket: Ticket, clock: t.Clock, cycle: Cycle, at: int, kind: str) -> None:
    cycle["steps"].append({"at": at, "kind": kind})
    pass_all(ticket, clock, cycle, at, kind)


def _agree(ticket: Ticket, clock: t.Clock, cycle: Cycle) -> None:
    for happening in ticket.fresh_ones:
        if clock.agreed is not None and happening.get("event") == clock.agreed and happening["agreed"] is not None:
            agree(ticket, cycle, happening["agreed"])


# ----------------------------------------------------------------------------------------------- stops


def _stop(ticket: Ticket, clock: t.Clock) -> list[Happening]:
    """End the running cycle with the first happening that does; return it as used up."""
    cycle = ticket.running(clock.id)
    if cycle is None:
        return []
    for happening in ticket.fresh_ones:
        if _stops(ticket, clock, happening, cycle["place"]):
            _finish(ticket, clock, cycle, "stopped")
            return [happening]
    return []


def _stops(ticket: Ticket, clock: t.Clock, happening: Happening, place: int) -> bool:
    if "status" in happening and {EVERY, clock.id} & set(ticket.rules.status(happening["status"]).stops):
        return True
    return _sets_off(ticket, clock.stops, happening, place)


def _finish(ticket: Ticket, clock: t.Clock, cycle: Cycle, state: str) -> None:
    if state == "stopped" and clock.reopening == "continue, gap counts":
        cycle["shadow"] = copy_of(cycle)
    if not ticket.just_after:
        let_go(cycle)
        note_lateness(ticket, clock, cycle)
    cycle["last_due"] = due(ticket, clock, cycle, ended=True)
    cycle |= {"state": state, "ended": ticket.now, "ended_place": ticket.fresh}
    begun = ticket.begun[clock.id]
    ticket.begun[clock.id] = {step: at for step, at in begun.items() if at == ticket.now}


def _void(ticket: Ticket, clock: t.Clock, excluded: set[str]) -> None:
    """Void the running cycle, or the one that starts at this moment."""
    cycle = ticket.running(clock.id)
    if cycle is None:
        return
    void = any(_sets_off(ticket, clock.voids, happening, cycle["place"]) for happening in ticket.fresh_ones)
    until = clock.repeats_until is not None and _has_just(ticket, clock.repeats_until)
    if void or until or clock.id in excluded:
        _finish(ticket, clock, cycle, "void")


def is_over(ticket: Ticket, clock: t.Clock, excluded: set[str]) -> bool:
    """Whether no further cycle can start."""
    until = clock.repeats_until
    return clock.id in excluded or (until is not None and has_come_true(until.test, ticket.happenings))


def _exclude(ticket: Ticket, excluded: set[str]) -> None:
    for exclusion in ticket.rules.exclusions:
        for ending in exclusion.ends:
            if not _has_just(ticket, ending.when):
                continue
            if holds(exclusion.applies, ticket) and holds(ending.condition, ticket):
                every = [clock.id for clock in ticket.rules.clocks]
                excluded |= set(every if EVERY in ending.clocks else ending.clocks)


# ---------------------------------------------------------------------------------------------- starts


def _start(ticket: Ticket, clock: t.Clock, used: list[Happening], *, reopened: bool) -> None:
    """Start a cycle if this moment does; where none was running, a stop of this moment ends it at once (R6)."""
    if ticket.running(clock.id) is not None or not _start_once(ticket, clock, used, reopened=reopened):
        return
    cycle = ticket.running(clock.id)
    assert cycle is not None
    note_lateness(ticket, clock, cycle)
    with ticket.as_told():
        stopped = not used and any(_stops(ticket, clock, one, ticket.fresh) for one in ticket.fresh_ones)
    if stopped:
        _finish(ticket, clock, cycle, "stopped")
        if clock.repeats_until is not None and not _has_just(ticket, clock.repeats_until):
            _begin(ticket, clock)


def _start_once(ticket: Ticket, clock: t.Clock, used: list[Happening], *, reopened: bool) -> bool:
    last = (ticket.cycles[clock.id] or [None])[-1]
    until = clock.repeats_until
    if until is not None and has_come_true(until.test, ticket.happenings):
        return False
    with ticket.as_told():
        started = _is_started(ticket, clock, last)
    if started:
        _begin(ticket, clock)
        return True
    if last is None or last["state"] != "stopped":
        return False
    if until is not None and used:
        _begin(ticket, clock)
        return True
    return reopened and _come_back(ticket, clock, last)


def _is_started(ticket: Ticket, clock: t.Clock, last: Cycle | None) -> bool:
    instead = tuple(one for one in clock.starts if one.instead)
    plain = tuple(one for one in clock.starts if not one.instead)
    if any(holds(one.condition, ticket) for one in instead):
        plain = ()
    place = last["ended_place"] if last else 0
    return any(_sets_off(ticket, instead + plain, happening, place) for happening in ticket.fresh_ones)


def _begin(ticket: Ticket, clock: t.Clock) -> None:
    cycles = ticket.cycles[clock.id]
    cycle: Cycle = {"number": len(cycles) + 1, "state": "running", "place": ticket.fresh, "late": None, "ended": None}
    cycle |= {"passed": [], "metered": [], "shadow": None, "begun": {**ticket.begun[clock.id]}}
    cycles.append(cycle)
    start_now(ticket, clock, cycle)


def _sets_off(ticket: Ticket, triggers: tuple[t.Trigger, ...], happening: Happening, place: int) -> bool:
    """Whether a happening sets off a trigger, where what came before is counted from a place among the happenings."""
    this = next(i for i, one in enumerate(ticket.happenings) if one is happening)
    before = ticket.happenings[place:this]
    return any(fires(one.when.test, happening, before) and holds(one.condition, ticket) for one in triggers)


def _has_just(ticket: Ticket, condition: t.Condition) -> bool:
    places = range(ticket.fresh, len(ticket.happenings))
    return any(fires(condition.test, ticket.happenings[place], ticket.happenings[:place]) for place in places)


# ------------------------------------------------------------------------------------------- reopening


def _is_reopened(ticket: Ticket) -> bool:
    """Whether the ticket goes back from a status that is final or stops a clock to one declared before it (P6)."""
    rules = ticket.rules
    if not rules.statuses:
        return any(one.get("event") == "reopened" for one in ticket.fresh_ones)
    for one in ticket.fresh_ones:
        left = one.get("left")
        if left is not None and rules.ends_a_clock(left) and rules.place_of(one["status"]) < rules.place_of(left):
            return True
    return False


def _come_back(ticket: Ticket, clock: t.Clock, last: Cycle) -> bool:
    match clock.reopening:
        case "new cycle":
            _begin(ticket, clock)
        case "continue":
            _go_on(ticket, clock, last)
        case "continue, gap counts":
            late = last["late"]
            last |= {**last["shadow"], "shadow": None, "changed": ticket.now}
            if late is None and last["late"] is not None:
                last["late"]["at"] = ticket.now
        case _:
            return False
    last["place"] = ticket.fresh
    begin_step(ticket, clock, last)
    return True


def _go_on(ticket: Ticket, clock: t.Clock, cycle: Cycle) -> None:
    """Let a stopped cycle go on as if the time since then were a pause."""
    at = cycle["ended"]
    cycle |= {"state": "running", "ended": None, "changed": ticket.now}
    while at < ticket.now:
        _live_through(ticket, clock, cycle, at, "gap")
        at += ticket.grid.step
    if clock.pauses_move_due is not True:  # a pause that follows on the gap does not hold up what the gap did
        let_go(cycle)
    change(ticket, clock, cycle)
