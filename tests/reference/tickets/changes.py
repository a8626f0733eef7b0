"""What a running cycle does when its promise changes, and the steps of a cascade (P5, P6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_dsl.policy import terms as t
from tests.reference.tickets.conditions import holds
from tests.reference.tickets.ledger import calendar_at, counted
from tests.reference.tickets.limits import duration, parts_of, pass_step
from tests.reference.tickets.promises import governing, is_the_same, limit_of, measure_of, modality_of, step_of

if TYPE_CHECKING:
    from tests.reference.tickets.promises import Terms
    from tests.reference.tickets.ticket import Cycle, Ticket


def start_now(ticket: Ticket, clock: t.Clock, cycle: Cycle) -> None:
    """Let a cycle start, or start again, at this moment."""
    now = ticket.now
    terms = governing(ticket, clock, now)
    cycle |= {"started": now, "steps": [], "changed": now, "values": ticket.values(), "governs": terms}
    count_from_start(ticket, clock, cycle, terms)


def copy_of(cycle: Cycle) -> Cycle:
    """The same cycle, to go another way from here."""
    parts = [{**part} for part in cycle["parts"]]
    return {**cycle, **{key: [*cycle[key]] for key in ("steps", "passed", "metered")}, "parts": parts}


def count_from_start(ticket: Ticket, clock: t.Clock, cycle: Cycle, terms: Terms) -> None:
    """Count anew from the start under some terms, pauses included; the steps of a cascade are left behind.

    What was late in one of them stays late.
    """
    cycle["late"] = cycle["late"] or next(iter(cycle["passed"]), None)
    cycle |= {"passed": [], "since": cycle["started"], "day_of": None}
    _count(ticket, clock, cycle, terms)


def _count(ticket: Ticket, clock: t.Clock, cycle: Cycle, terms: Terms) -> None:
    """Count anew from when the promise, or the step in force, began."""
    base, origin = cycle["since"], origin_of(cycle, terms)
    cycle |= {"terms": terms, "step": terms["step"], "agreed": None, "noted": False, "overdrawn": False}
    cycle["metered"] = [one for one in cycle["metered"] if one["until"] <= base]
    cycle["limits"] = parts_of(ticket, limit_of(terms["promise"]), terms["own"], origin or base, cycle["day_of"])
    cycle["parts"] = [] if origin is None else cycle["limits"]
    if origin is not None:
        for at in range(origin, cycle["started"], ticket.grid.step):
            pass_all(ticket, clock, cycle, at, "counts")
    for step in cycle["steps"]:
        if step["at"] >= (origin or base):
            pass_all(ticket, clock, cycle, step["at"], step["kind"])


def origin_of(cycle: Cycle, terms: Terms) -> int | None:
    """From when what governs counts: a start that a step has of its own, else when it took over; None before that."""
    if terms["step"] is None or (step := terms["term"].steps[terms["step"]]).starts is None:
        return cycle["since"]
    return cycle["begun"].get(step)


def begin_step(ticket: Ticket, clock: t.Clock, cycle: Cycle) -> None:
    """Let the step in force begin, if it has waited for that."""
    waited = origin_of(cycle, cycle["terms"]) is None
    cycle["begun"] = {**ticket.begun[clock.id], **cycle["begun"]}
    if waited and origin_of(cycle, cycle["terms"]) is not None:
        agreed, overdrawn, noted = cycle["agreed"], cycle["overdrawn"], cycle["noted"]
        _count(ticket, clock, cycle, cycle["terms"])
        cycle |= {"agreed": agreed, "overdrawn": overdrawn, "noted": noted}


def pass_all(ticket: Ticket, clock: t.Clock, cycle: Cycle, at: int, kind: str) -> None:
    """Let a step of time pass for all parts of a limit. Its kind is `counts`, `paused`, or `gap` before a reopening."""
    for part in cycle["parts"]:
        moves = kind == "gap" or clock.pauses_move_due is True
        pass_step(ticket, part, at, counts=kind == "counts", moves=moves)


# --------------------------------------------------------------------------------------------- changes


def change(ticket: Ticket, clock: t.Clock, cycle: Cycle) -> None:
    """Do what the clock says about a change, if another promise would be made today."""
    values, before = ticket.values(), cycle["values"]
    cycle["values"] = values
    today, governs = governing(ticket, clock, cycle["started"], cycle["terms"]), cycle["governs"]
    cycle["governs"] = today
    if is_the_same(today, governs):
        return
    changed = {name for name in values if values[name] != before[name]}
    way = next((one.way for one in clock.changes if one.of in changed), "rebase")
    if way == "keep":
        return
    cycle["changed"] = ticket.now
    if way == "restart":
        start_now(ticket, clock, cycle)
    elif way == "rebase" or not _carry(ticket, cycle, today):
        _rebase(ticket, clock, cycle, today)


def _rebase(ticket: Ticket, clock: t.Clock, cycle: Cycle, terms: Terms) -> None:
    if _is_the_step_in_force(cycle, terms):
        _count(ticket, clock, cycle, terms)
    else:
        count_from_start(ticket, clock, cycle, terms)


def _is_the_step_in_force(cycle: Cycle, terms: Terms) -> bool:
    return terms["step"] is not None and all(terms[key] == cycle["terms"][key] for key in ("term", "step"))


def _carry(ticket: Ticket, cycle: Cycle, terms: Terms) -> bool:
    """Take what was counted off the new budget, if both are durations: in this step, if it is one, else in all."""
    if not (_is_duration(cycle["terms"]) and _is_duration(terms)):
        return False
    stays, now = _is_the_step_in_force(cycle, terms), ticket.now
    since = cycle["since"] if stays else cycle["started"]
    spent = _spent(ticket, cycle) if stays else counted(ticket, cycle, since)
    new = parts_of(ticket, limit_of(terms["promise"]), terms["own"], now)[0]
    rest = new["budget"] - spent
    if since == cycle["started"]:
        cycle["late"] = cycle["late"] or next(iter(cycle["passed"]), None)
        cycle |= {"passed": [], "since": since, "day_of": None}
    cycle["metered"].append({"until": now, "calendar": calendar_at(cycle, now)})
    cycle |= {"terms": terms, "step": terms["step"], "noted": False, "overdrawn": rest < 0, "agreed": None}
    cycle["limits"] = [duration(new["calendar"], rest, now, strict=new["strict"])]
    cycle["parts"] = [] if origin_of(cycle, terms) is None else cycle["limits"]
    return True


def _spent(ticket: Ticket, cycle: Cycle) -> int:
    """The time that has counted in the step in force, also from a start of its own before that of the clock."""
    origin = origin_of(cycle, cycle["terms"])
    if origin is None:
        return 0
    before = range(origin, cycle["started"], ticket.grid.step)
    table = ticket.table(calendar_at(cycle, cycle["started"]))
    return counted(ticket, cycle, origin) + ticket.grid.step * sum(map(table.is_open, before))


def _is_duration(terms: Terms) -> bool:
    limit = limit_of(terms["promise"])
    return isinstance(limit, t.Within) and isinstance(limit.budget, t.Duration)


def agree(ticket: Ticket, cycle: Cycle, agreed: int) -> None:
    """Let an agreed instant take the place of the due one (P6); one before the start counts for nothing."""
    if agreed < cycle["started"]:
        return
    cycle |= {"agreed": agreed, "changed": ticket.now, "noted": False, "overdrawn": False}


# ------------------------------------------------------------------------------------------- lateness


def note_lateness(ticket: Ticket, clock: t.Clock, cycle: Cycle) -> None:
    """Note whether a cycle is late by now, and let the next step of a cascade take over (P3, P5)."""
    while not cycle["noted"] and (late := _late_since(ticket, cycle)) is not None:
        due, ends_a_day = late
        at = max(due, cycle["changed"], cycle["since"])
        cycle["noted"] = True
        note = {"at": at, "modality": modality_of(cycle["terms"]["promise"]), "step": cycle["step"]}
        before = cycle["late"]
        cycle["late"] = before or note
        term = cycle["terms"]["term"]
        if not isinstance(term, t.Cascade):
            return
        note |= {"step": term.steps[cycle["step"]].id, "due": due}
        cycle["late"] = before
        if not _next_step(ticket, clock, cycle, max(due, cycle["since"]), ends_a_day=ends_a_day):
            cycle["late"] = before or note
            return
        cycle["passed"].append(note)


def let_go(cycle: Cycle) -> None:
    """End what held up the due instant."""
    for part in cycle["parts"]:
        part["held"] = False


def would_be_late(ticket: Ticket, cycle: Cycle) -> bool:
    """Whether a cycle would be late by now if its pause ended now; nobody knows whether it does."""
    parts = [{**part, "held": False} for part in cycle["parts"]]
    return _late_since(ticket, {**cycle, "parts": parts}) is not None


def _late_since(ticket: Ticket, cycle: Cycle) -> tuple[int, bool] | None:
    """The due instant that has passed, and whether it was the end of a day."""
    if cycle["agreed"] is not None:
        return (cycle["agreed"], False) if _has_passed(ticket, cycle["agreed"], strict=False) else None
    late = [
        (part["due"], part["ends_a_day"])
        for part in cycle["parts"]
        if part["due"] is not None
        and not part["held"]
        and _has_passed(ticket, part["due"], strict=part["strict"] or cycle["overdrawn"])
    ]
    if is_later_of(cycle) and len(late) < len(cycle["parts"]):
        return None
    return (max(late) if is_later_of(cycle) else min(late)) if late else None


def _has_passed(ticket: Ticket, due: int, *, strict: bool) -> bool:
    return due < ticket.now or (due == ticket.now and (strict or ticket.just_after))


def is_later_of(cycle: Cycle) -> bool:
    limit = limit_of(cycle["terms"]["promise"])
    return isinstance(limit, t.Combined) and limit.which == "later"


# ------------------------------------------------------------------------------------ steps of a cascade


def give_up_step(ticket: Ticket, clock: t.Clock, cycle: Cycle) -> None:
    """Go on to the next step if the condition of the one in force has stopped holding (P5)."""
    term = cycle["terms"]["term"]
    if not isinstance(term, t.Cascade) or cycle["step"] is None or cycle["noted"]:
        return
    if not holds(term.steps[cycle["step"]].condition, ticket, cycle["started"]):
        _next_step(ticket, clock, cycle, ticket.now, ends_a_day=False)


def _next_step(ticket: Ticket, clock: t.Clock, cycle: Cycle, start: int, *, ends_a_day: bool) -> bool:
    """Let the next step take over whose condition holds; it is promised as the ticket stands now."""
    term, started = cycle["terms"]["term"], cycle["started"]
    later = range(cycle["step"] + 1, len(term.steps))
    following = next((i for i in later if holds(term.steps[i].condition, ticket, started)), None)
    if following is None:
        return False
    cycle["metered"].append({"until": start, "calendar": calendar_at(cycle, start)})
    measure = measure_of(ticket, clock, started)
    terms = step_of(ticket, {**cycle["terms"], "own": measure, "measure": measure}, following, started)
    follows_a_day = ends_a_day and term.steps[following].starts is None
    cycle |= {"since": start, "day_of": start - 1 if follows_a_day else None}
    if cycle["governs"]["term"] == term:
        cycle["governs"] = terms
    _count(ticket, clock, cycle, terms)
    return True
