"""Changes of what governs a running clock, in words (P6, H7)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sla_dsl.policy.reasons.evidence import reasons
from sla_dsl.policy.reasons.promises import promise_text
from sla_dsl.policy.reasons.wording import length_text, listing, moment_text
from sla_dsl.policy.situation import found_text
from sla_dsl.policy.terms import (
    ELAPSED,
    BestEffort,
    Blank,
    Fact,
    NoPromise,
    Silent,
    ToBeDetermined,
    ToBeNegotiated,
    Words,
)
from sla_dsl.policy.unknowns import Undecided

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from sla_dsl.policy.answers import Reason
    from sla_dsl.policy.inquiry import Inquiry
    from sla_dsl.policy.tickets.cycle import Cycle, Turned
    from sla_dsl.policy.tickets.cycle_view import CycleView
    from sla_dsl.policy.tickets.life import Life
    from sla_dsl.policy.tickets.promised import Promised


def change_reasons(life: Life, view: CycleView, where: tzinfo) -> Iterator[Reason]:
    """Yield how the terms of a cycle changed, or were kept though others would govern now."""
    clock, zone = view.run.rules.clock, view.zone or where
    told = [(turn.at, _turned(turn, view.cycle, zone)) for turn in view.cycle.turns if _matters(turn)]
    told += [(at, _kept(old, new, at, zone)) for at, old, new in _kept_turns(life, view)]
    for _, text in sorted(told):
        yield from reasons(clock.clause, text, clock.cites, clock.assumes)
    for stopped, at in view.cycle.reopened if clock.reopening == "continue, gap counts" else ():
        text = (
            f"Stopped on {moment_text(stopped, zone)} and reopened on {moment_text(at, zone)}: the time between counts"
        )
        yield from reasons(clock.clause, text, clock.cites, clock.assumes)


def _matters(turn: Turned) -> bool:
    """Return whether something was counted before or after a change, or other words were."""
    promises = turn.old.governing, turn.new.governing
    return any(one.limit is not None for one in promises) or _words(turn.old) != _words(turn.new)


def _turned(turn: Turned, cycle: Cycle, zone: tzinfo) -> str:
    became = _became(turn.old, turn.new, turn.at, zone)
    if turn.new.governing.limit is None:  # nothing is counted towards it
        return became
    way = f"It is counted from {moment_text(cycle.started, zone)} again, under the new terms"
    if turn.way == "restart":
        way = "It starts anew at that instant"
    elif turn.way == "carry" and cycle.earlier:
        counted = f", {length_text(cycle.carried)}," if turn is cycle.turns[-1] else ""
        way = f"What had been counted{counted} is taken off the new time, and the rest runs from then"
    return f"{became}. {way}"


def _kept(old: Promised, new: Promised, at: int, zone: tzinfo) -> str:
    return f"{_became(old, new, at, zone)} for what starts afterwards. The clock keeps its terms"


def _became(old: Promised, new: Promised, at: int, zone: tzinfo) -> str:
    words = _words(old), _words(new)
    if words[0] == words[1]:
        words = f"{words[0]}{_inside(old)}", f"{words[1]}{_inside(new)}"
    changed = _differences(old.inquiry, new.inquiry, zone)
    when = f"On {moment_text(at, zone)}"
    if words[0] == words[1]:
        return f"{when} {f'{changed}, which' if changed else 'what happened'} changes what {words[0]} gives"
    return f"{when} {f'{changed}, and ' if changed else ''}{words[0]} became {words[1]}"


def _words(promised: Promised) -> str:
    match promised.governing.promise:
        case Words(text=text):
            return f"“{text}”"
        case BestEffort(limit=None):
            return "best effort without a number"
        case ToBeDetermined():
            return "what is to be determined"
        case ToBeNegotiated():
            return "what is to be negotiated"
        case NoPromise():
            return "the refusal of a promise"
        case Blank():
            return "a blank"
        case Silent():
            return "silence"
        case promise:
            return f"“{promise_text(promise)}”"


def _inside(promised: Promised) -> str:
    measure = promised.governing.measure
    if measure is None:
        return ""
    return " of elapsed time" if measure.calendar == ELAPSED else f" in `{measure.calendar}`"


def _kept_turns(life: Life, view: CycleView) -> Iterator[tuple[int, Promised, Promised]]:
    """Yield the changes that a clock does not follow: when, what governed it, and what would govern a new cycle."""
    cycle, run = view.cycle, view.run
    if not any(change.way == "keep" for change in run.rules.clock.changes):
        return
    turned, before = {turn.at for turn in cycle.turns}, None
    for moment in life.course.moments:
        if moment.at > cycle.end(view.now) or moment.at < cycle.started:
            continue
        try:
            new = run.book.promised(run.rules, moment.situation, cycle.started, run.supposed)
        except Undecided:  # what would govern rests on something unknown
            continue
        if before is not None and moment.at not in turned and new.compared != before.compared:
            yield moment.at, before, new
        before = new


# ------------------------------------------------------------------------------------------ what changed


def _differences(old: Inquiry, new: Inquiry, zone: tzinfo) -> str:
    """Return in which levels, facts, channel or caller on which the terms rest two situations differ."""
    levels = _levels(old)
    parts = [_is_now(name, levels.get(name), level) for name, level in _levels(new).items()]
    facts = (name for name in new.situation.facts if ("fact", name) in {*old.keys, *new.keys})
    parts += [_is_now(name, _fact_text(old, name, zone), _fact_text(new, name, zone)) for name in facts]
    before, after = old.situation, new.situation
    parts += [_is_now("channel", before.channel, after.channel), _is_now("caller", before.caller, after.caller)]
    return listing(dict.fromkeys(part for part in parts if part))


def _levels(inquiry: Inquiry) -> dict[str, str]:
    """Return the levels that were found on the way to what governs."""
    return {one.scale: one.level for one in inquiry.classified if one.level is not None}


def _is_now(name: str, was: str | None, now: str | None) -> str:
    """Return what something has become, nothing where it is what it was."""
    if now is None or now == was:
        return ""
    return f"{name} became known to be {now}" if was is None else f"{name} became {now} instead of {was}"


def _fact_text(inquiry: Inquiry, name: str, zone: tzinfo) -> str | None:
    """Return the value of a fact in words, None where it is not known."""
    value = inquiry.fact(name).value
    if inquiry.terms.need(Fact, name).type.name == "instant" and isinstance(value, int):
        return moment_text(value, zone)
    return found_text(value) if isinstance(value, bool | int | float | str | date) else None
