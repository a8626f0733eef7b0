"""Due times that the parties agreed on, and warnings before a due time, in words (P6, P8, H7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_dsl.policy.reasons.causes import event_text
from sla_dsl.policy.reasons.evidence import reasons
from sla_dsl.policy.reasons.promises import promise_text
from sla_dsl.policy.reasons.wording import length_text, moment_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from sla_dsl.policy.answers import Reason
    from sla_dsl.policy.tickets.cycle_view import CycleView, WarningView
    from sla_dsl.policy.tickets.life import Life


def agreed_reasons(life: Life, view: CycleView, where: tzinfo) -> Iterator[Reason]:
    """Yield which due time was agreed, when, and what was promised before."""
    cycle, clock, zone = view.cycle, view.run.rules.clock, view.zone or where
    agreed = [moment.at for moment in life.course.moments if (clock.agreed, cycle.agreed) in moment.agreed]
    when = f" on {moment_text(agreed[-1], zone)}" if agreed else ""
    event = event_text(life.book.desk.terms, clock.agreed or "")
    text = f"Due {moment_text(cycle.agreed or view.now, zone)}, as was agreed{when} with {event}"
    yield from reasons(clock.clause, text, clock.cites, clock.assumes)
    term, promise = cycle.promised.governing.term, cycle.promised.governing.promise
    if term is not None:
        yield from reasons(term.clause, f"It takes the place of “{promise_text(promise)}”", term.cites, term.assumes)


def warning_reasons(view: CycleView, where: tzinfo) -> Iterator[Reason]:
    """Yield when a clock warns, or did, before it was stopped."""
    clock, zone = view.run.rules.clock, view.zone or where
    for warning in view.warnings:
        if warning.at <= view.cycle.end(view.now) or not view.cycle.over:
            falls = "fell" if warning.at <= view.now else "falls"
            text = f"A warning {falls} on {moment_text(warning.at, zone)}, {_at(warning)}"
            yield from reasons(clock.clause, text, clock.cites, clock.assumes)


def _at(warning: WarningView) -> str:
    if warning.share is not None:
        return f"at {warning.share:g} % of the time"
    return f"{length_text(warning.before or 0)} before it is due"
