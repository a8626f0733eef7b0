"""Why a clock has not started (P1, H7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_dsl.policy.inquiry import Inquiry
from sla_dsl.policy.reasons.causes import cause_of_void
from sla_dsl.policy.reasons.evidence import reasons
from sla_dsl.policy.reasons.grounds import decision_reason
from sla_dsl.policy.reasons.wording import listing, moment_text
from sla_dsl.policy.terms import All
from sla_dsl.policy.tickets.triggers import fires, happened, signs
from sla_dsl.policy.unknowns import Undecided

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla_dsl.policy.answers import Reason
    from sla_dsl.policy.inquiry import Decision
    from sla_dsl.policy.terms import AnyTest, Trigger
    from sla_dsl.policy.tickets.cycle_asked import CycleAsked
    from sla_dsl.policy.tickets.history import Moment
    from sla_dsl.policy.tickets.life import Life


def not_begun_reasons(asked: CycleAsked) -> Iterator[Reason]:
    """Yield why no cycle of a clock began: nothing started it, or nothing may start it any more."""
    clock, life, where = asked.rules.clock, asked.leaves[0][0], asked.where
    run = life.runs[clock.id]
    if run.ended is not None:
        cause = cause_of_void(life, asked.rules, run.ended, run.why_ended)
        text = f"Void: `{clock.id}` does not start from {moment_text(run.ended, where)} on, {cause.text}"
        yield from reasons(cause.clause, text, cause.cites, cause.assumes)
        return
    instead = _decided(asked, life, [one for one in clock.starts if one.instead])
    holding = [trigger for trigger, decision in instead if decision.holds]
    starts = holding or [one for one in clock.starts if not one.instead] or list(clock.starts)
    said = " or ".join(dict.fromkeys(trigger.when.text for trigger in starts))
    cites = tuple(cite for trigger in starts for cite in trigger.cites) or clock.cites
    assumes = tuple(assume for trigger in starts for assume in trigger.assumes) or clock.assumes
    tried = _decided(asked, life, [one for one in starts if _moment(life, one) is not None])
    text = f"Not started by {moment_text(asked.now, where)}: `{clock.id}` starts with {said}, "
    text += "and no condition of that held" if tried else _lacking(life, starts)
    yield from reasons(clock.clause, text, cites, assumes)
    for _, decision in (*(one for one in instead if holding), *tried):
        yield decision_reason(decision, cites, assumes)


def _lacking(life: Life, starts: list[Trigger]) -> str:
    """Return which of the events that start a clock only together had not happened, or that none had."""
    before = life.course.situation().events
    for trigger in starts:
        test = trigger.when.test
        if isinstance(test, All):
            lacking = [part for part in test.parts if not happened(part, before)]
            if 0 < len(lacking) < len(test.parts):
                return f"and {listing(name for part in lacking for name in _names(part))} had not happened"
    return "which had not happened"


def _names(test: AnyTest) -> Iterator[str]:
    """Yield what an expression waits for, in words."""
    for sign in signs(test):
        yield sign if isinstance(sign, str) else f"the status {sign[1]}"


def _moment(life: Life, trigger: Trigger) -> Moment | None:
    """Return the last moment at which what starts a clock happened, whether it did start it or not."""
    fired = (
        moment for moment in reversed(life.course.moments) if fires(trigger.when.test, moment, moment.situation.events)
    )
    return next(fired, None)


def _decided(asked: CycleAsked, life: Life, triggers: list[Trigger]) -> list[tuple[Trigger, Decision]]:
    """Return the conditions of starts as they were when these happened, else as they are now."""
    desk, clause = asked.book.desk, asked.rules.clock.clause
    found: list[tuple[Trigger, Decision]] = []
    for trigger in triggers:
        moment = _moment(life, trigger)
        situation = life.course.situation() if moment is None else moment.told
        inquiry = Inquiry(
            desk.terms, desk.calendars, situation, asked.now if moment is None else moment.at, life.supposed
        )
        try:
            inquiry.holds(trigger.condition, clause)
        except Undecided:  # it rests on something unknown, and does not decide
            continue
        found.extend((trigger, decision) for decision in inquiry.decisions.values())
    return found
