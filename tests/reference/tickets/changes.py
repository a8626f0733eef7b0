"""What a running cycle does when its promise changes, and the steps of a cascade (P5, P6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_dsl.policy import terms as t
from tests.reference.tickets.conditions import holds
from tests.reference.tickets.limits import duration, parts_of, pass_step
from tests.reference.tickets.promises import governing, is_the_same, limit_of, modality_of, single

if TYPE_CHECKING:
    from tests.reference.tickets.promises import Terms
    from tests.reference.tickets.ticket import Cycle, Ticket


def start_now(ticket: Ticket, clock: t.Clock, cycle: Cycle) -> None:
    """Let a cycle start, or start again, at this moment."""
    now = ticket.now
    terms = governing(ticket, clock, now)
    cycle |= {"started": now, "steps": [], "changed": now, "values": ticket.values(), "governs": terms}
    count_from_start(ticket, clock, cycle, terms)


def count_from_start(ticket: Ticket, clock: t.Clock, cycle: Cycle, terms: Terms) -> None:
    """Count anew from the start under some terms, pauses included."""
    cycle |= {"terms": terms, "step": terms["step"], "metered": [], "agreed": None}
    _count(ticket, clock, cycle, cycle["started"])


def _count(ticket: Ticket, clock: t.Clock, cycle: Cycle, base: int, day_of: int | None = None) -> None:
    terms = cycle["terms"]
    cycle["parts"] = parts_of(ticket, limit_of(terms["promise"]), terms["own"], base, day_of)
    cycle |= {"noted": False, "overdrawn": False}
    for step in cycle["steps"]:
        if step["at"] >= base:
            pass_all(ticket, clock, cycle, step["at"], step["kind"])


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
    today, governs = governing(ticket, clock, cycle["started"]), cycle["governs"]
    cycle["governs"] = today
    within_cascade = bool(cycle["passed"]) and today["term"] == governs["term"]
    if is_the_same(today, governs) or within_cascade:
        return
    changed = {name for name in values if values[name] != before[name]}
    way = next((one.way for one in clock.changes if one.of in changed), "rebase")
    if way == "keep":
        return
    cycle["changed"] = ticket.now
    if way == "restart":
        start_now(ticket, clock, cycle)
    elif way == "rebase" or not _carry(ticket, cycle, today):
        count_from_start(ticket, clock, cycle, today)


def _carry(ticket: Ticket, cycle: Cycle, terms: Terms) -> bool:
    """Take what was counted off the new budget, if both are durations."""
    if not (_is_duration(cycle["terms"]) and _is_duration(terms)):
        return False
    part, now = cycle["parts"][0], ticket.now
    spent = part["spent"] + part.get("carried", 0)
    new = parts_of(ticket, limit_of(terms["promise"]), terms["own"], now)[0]
    rest = new["budget"] - spent
    cycle["metered"].append({"until": now, "calendar": part["calendar"]})
    cycle |= {"terms": terms, "step": terms["step"], "noted": False, "overdrawn": rest < 0, "agreed": None}
    cycle["parts"] = [{**duration(new["calendar"], rest, now, strict=new["strict"]), "carried": spent}]
    return True


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
        at = max(due, cycle["changed"])
        cycle["noted"] = True
        note = {"at": at, "modality": modality_of(cycle["terms"]["promise"]), "step": cycle["step"]}
        before = cycle["late"]
        cycle["late"] = before or note
        term = cycle["terms"]["term"]
        if not isinstance(term, t.Cascade):
            return
        note |= {"step": term.steps[cycle["step"]].id, "due": due}
        if _next_step(ticket, clock, cycle, due, ends_a_day=ends_a_day):
            cycle["passed"].append(note)
            cycle["late"] = before


def let_go(cycle: Cycle) -> None:
    """End what held up the due instant."""
    for part in cycle["parts"]:
        part["held"] = False


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
    """Go on to the next step if the condition of a later one has stopped holding (P5)."""
    term = cycle["terms"]["term"]
    later = isinstance(term, t.Cascade) and cycle["passed"] and not cycle["noted"]
    if later and not holds(term.steps[cycle["step"]].condition, ticket):
        _next_step(ticket, clock, cycle, ticket.now, ends_a_day=False)


def _next_step(ticket: Ticket, clock: t.Clock, cycle: Cycle, start: int, *, ends_a_day: bool) -> bool:
    term = cycle["terms"]["term"]
    later = range(cycle["step"] + 1, len(term.steps))
    following = next((i for i in later if holds(term.steps[i].condition, ticket)), None)
    if following is None:
        return False
    cycle["terms"] = {**cycle["terms"], "promise": single(term.steps[following].promise, ticket, start)}
    cycle["step"] = following
    _count(ticket, clock, cycle, start, start - 1 if ends_a_day else None)
    return True
