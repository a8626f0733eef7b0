"""Timers and counters that move a ticket by themselves, in words (R4, H7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_dsl.errors import SlaError
from sla_dsl.policy.reasons.wording import days_count, length_text, moment_text
from sla_dsl.policy.tickets.stay import Stay
from sla_dsl.policy.unknowns import Undecided

if TYPE_CHECKING:
    from datetime import tzinfo

    from sla_dsl.policy.terms import Moment, Transition
    from sla_dsl.policy.tickets.life import Life
    from sla_dsl.policy.tickets.stay import Came


def counts_dates(transition: Transition) -> bool:
    """Return whether a transition counts days in no calendar, for which the policy's zone is needed."""
    return any(
        (moment.after_days is not None and moment.after_calendar is None)
        or (moment.within_days is not None and moment.within_calendar is None)
        for moment in transition.moments
    )


def automatic_text(life: Life, came: Came, where: tzinfo) -> str:
    """Return which timer ran out, or which counter was reached, as the end of a sentence."""
    moments = () if came.transition is None else came.transition.moments
    own = [one for one in moments if one.when is None]
    stay = Stay(came.source, came.since)
    stay.trail = [*came.trail]
    moment = next((one for one in own if _came_true(life, stay, one)), own[0] if own else None)
    if moment is None:
        return "as the rule has it"
    without = f" without {' or '.join(moment.without)}" if moment.without else ""
    if moment.count is not None:
        more = "more than " if moment.more else ""
        times = f"{moment.count} time{'s' if moment.count != 1 else ''}"
        return f"after {moment.of} came {more}{times}{without}"
    start = max([came.since, *(at for event, at in came.trail if event in moment.without)])
    return f"{_length(moment)} after {moment_text(start, where)}{without}"


def _came_true(life: Life, stay: Stay, moment: Moment) -> bool:
    """Return whether a counter was reached, or a timer had run out, when the ticket left a status."""
    if stay.counted(moment):
        return True
    left = life.course.stay
    try:
        phase = stay.fires_at(moment, life.copy().course)
    except (Undecided, SlaError):  # then it was not this one
        return False
    return phase is not None and left is not None and phase[0] <= left.since


def _length(moment: Moment) -> str:
    more = "more than " if moment.more else ""
    length = length_text(moment.after or 0) if moment.after_days is None else days_count(moment.after_days)
    calendar = "" if moment.after_calendar is None else f" of `{moment.after_calendar}`"
    return f"{more}{length}{calendar}"
