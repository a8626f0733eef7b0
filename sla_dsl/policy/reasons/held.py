"""What held a clock, for how long, and what that did to its due time, in words (P6, P7, H7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from sla_dsl.policy.deadlines import Bounded, Reached
from sla_dsl.policy.reasons.causes import cause_of_hold
from sla_dsl.policy.reasons.evidence import reasons
from sla_dsl.policy.reasons.stretches import span_text
from sla_dsl.policy.reasons.verdicts import counted_text
from sla_dsl.policy.reasons.wording import moment_text
from sla_dsl.policy.tickets.holding import open_time, reach_counted, united

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from sla_dsl.policy.answers import Reason
    from sla_dsl.policy.tickets.cycle_view import CycleView
    from sla_dsl.policy.tickets.holding import Count, Hold
    from sla_dsl.policy.vocabulary import Terms

_MOST = 6
"""So many holds are told one by one; of more the first and the last."""


def hold_reasons(view: CycleView, terms: Terms, where: tzinfo) -> Iterator[Reason]:
    """Yield what held a cycle, and how much time did not count for it."""
    cycle, end = view.cycle, view.cycle.end(view.now)
    holds = [
        hold for hold in united(cycle.holds) if hold.start < end and (hold.end is None or hold.end > cycle.started)
    ]
    shown = holds if len(holds) <= _MOST else [*holds[: _MOST - 1], holds[-1]]
    for hold in shown:
        cause = cause_of_hold(terms, view.run.rules, hold)
        text = f"{_span(view, hold, where)} {cause.text}: {_took(view, [hold])}"
        yield from reasons(cause.clause, text, cause.cites, cause.assumes)
    if len(shown) < len(holds):
        rest = holds[_MOST - 1 : -1]
        text = f"Held {len(rest)} times more in between: {_took(view, rest)}"
        yield from reasons(view.run.rules.clock.clause, text)


def _span(view: CycleView, hold: Hold, where: tzinfo) -> str:
    zone = view.zone or where
    word = "Stopped" if hold.kind == "after stop" else "Paused"
    start = max(hold.start, view.cycle.started)
    if hold.end is None:
        return f"{word} since {moment_text(start, zone)}"
    return f"{word} from {span_text(start, hold.end, zone)}"


def _took(view: CycleView, holds: list[Hold]) -> str:
    """Return how much time did not count for some holds, each part in the calendar in which it was measured."""
    total, in_calendar = 0, False
    for span in view.cycle.spans(view.now):
        exact = None if span.calendar is None else span.calendar.exact
        if span.calendar is not None and exact is None:
            return "how much open time that took cannot be told"
        in_calendar = in_calendar or exact is not None
        for hold in holds:
            start, end = max(hold.start, span.start), span.end if hold.end is None else min(hold.end, span.end)
            total += open_time(exact, start, end) if start < end else 0
    if not total:
        return "no open time passed"
    still = " so far" if holds[-1].end is None else ""
    length = counted_text(total, None)
    return f"{length}{' of open time' if in_calendar else ''}{still} did not count"


def effect_reasons(view: CycleView, count: Count, where: tzinfo) -> Iterator[Reason]:
    """Yield what the holds of a cycle did to its due time."""
    governing, due = view.cycle.promised.governing, view.due
    if not count.holds or governing.limit is None or governing.binding is None or view.cycle.agreed is not None:
        return
    at = due.at if isinstance(due, Reached) else due.earliest if isinstance(due, Bounded) and not due.missing else None
    plain = reach_counted(governing.limit, governing.binding, evolve(count, holds=()))
    if at is None or not isinstance(plain, Reached) or count.holds[0].start >= plain.at:
        return
    clock = governing.clock
    would = "would have been" if view.cycle.over else "would be"
    text = f"Without that it {would} due {moment_text(plain.at, plain.zone or where)}"
    if plain.at == at:
        text = "That does not move the due time"
    yield from reasons(clock.clause, text, clock.cites, clock.assumes)
