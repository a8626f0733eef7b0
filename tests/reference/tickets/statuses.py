"""The status of a ticket: events, recorded statuses, counters and timers (R4, R5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_dsl.policy import terms as t
from tests.reference import counting
from tests.reference.tickets.conditions import holds
from tests.reference.tickets.expressions import fires
from tests.reference.tickets.rules import parts_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.reference.tickets.expressions import Happening
    from tests.reference.tickets.ticket import Ticket


def enter(ticket: Ticket, status: str) -> None:
    ticket.happen(status=status, left=ticket.status)


def entered(ticket: Ticket) -> int | None:
    """The place among the happenings of that with which the ticket came into its status."""
    places = [place for place, one in enumerate(ticket.happenings) if "status" in one]
    return places[-1] if places else None


def since_entered(ticket: Ticket) -> list[Happening]:
    place = entered(ticket)
    return [] if place is None else ticket.happenings[place + 1 :]


# ------------------------------------------------------------------------------------------ by events


def event_happens(ticket: Ticket, event: str, reclassify: Callable[[], None]) -> bool:
    """Let an event happen and move the ticket on; a refused event changes nothing, and the answer is no (R5)."""
    moving, refused = _transition_on(ticket, event)
    if moving is None and refused:
        return False
    ticket.happen(event=event)
    if moving is not None:
        enter(ticket, moving.to)
    reclassify()
    return True


def _transition_on(ticket: Ticket, event: str) -> tuple[t.Transition | None, bool]:
    """The transition an event takes; without one, whether it is because a guard or window forbids it."""
    refused = _ended_for(ticket, event)
    for transition in _leading_on(ticket):
        for moment in transition.moments:
            happening = {"at": ticket.now, "event": event}
            if moment.when is None or not fires(moment.when.test, happening, since_entered(ticket)):
                continue
            if not holds(transition.condition, ticket):
                continue
            if holds(transition.requires, ticket) and _in_window(ticket, moment):
                return transition, False
            refused = True
    return None, refused


def _ended_for(ticket: Ticket, event: str) -> bool:
    """Whether the ticket is in a final status from which an event that moves others leads nowhere."""
    status = ticket.status
    if status is None or not ticket.rules.status(status).final:
        return False
    listening = [
        transition
        for transition in ticket.rules.transitions
        for moment in transition.moments
        if moment.when is not None and t.Occurs(event=event) in parts_of(moment.when.test)
    ]
    return bool(listening) and not any(status in transition.sources for transition in listening)


def _leading_on(ticket: Ticket) -> list[t.Transition]:
    return [one for one in ticket.rules.transitions if ticket.status in one.sources]


def _in_window(ticket: Ticket, moment: t.Moment) -> bool:
    place = entered(ticket)
    if place is None or (moment.within is None and moment.within_days is None):
        return True
    start = ticket.happenings[place]["at"]
    return ticket.now <= _later(ticket, start, moment.within, moment.within_days, moment.within_calendar)


def record(ticket: Ticket, status: str) -> bool:
    """Believe a recorded status, and say whether a rule provides it (R5)."""
    if status == ticket.status:
        return True
    regular = any(
        transition.to == status
        and _may(ticket, transition)
        and any(_provides(ticket, moment) for moment in transition.moments)
        for transition in _leading_on(ticket)
    )
    enter(ticket, status)
    return regular


def _provides(ticket: Ticket, moment: t.Moment) -> bool:
    """Whether a trigger leads on now: an event does in its window, a counter or timer when it has run out."""
    if moment.when is not None:
        return _in_window(ticket, moment)
    runs_out = _runs_out(ticket, moment)
    return _is_reached(ticket, moment) or (runs_out is not None and runs_out <= ticket.now)


# ------------------------------------------------------------------------------ counters and timers


def automatic(ticket: Ticket) -> None:
    """Counters, then timers in the order of declaration, until nothing changes (R6)."""
    while _by_count(ticket) or _by_time(ticket):
        pass


def _by_count(ticket: Ticket) -> bool:
    for transition in _leading_on(ticket):
        for moment in transition.moments:
            if _is_reached(ticket, moment) and _may(ticket, transition):
                enter(ticket, transition.to)
                return True
    return False


def _is_reached(ticket: Ticket, moment: t.Moment) -> bool:
    """Whether an event has come as often as a counter says; it begins anew with each that it must do without."""
    number = 0
    for one in since_entered(ticket):
        if one.get("event") == moment.of:
            number += 1
        if one.get("event") in moment.without:
            number = 0
    return moment.count is not None and number >= moment.count + moment.more


def _by_time(ticket: Ticket) -> bool:
    for transition in _leading_on(ticket):
        for moment in transition.moments:
            at = _runs_out(ticket, moment)
            if at is None or at > ticket.now or (at == ticket.now and moment.more and not ticket.just_after):
                continue
            if _may(ticket, transition):
                enter(ticket, transition.to)
                return True
    return False


def _may(ticket: Ticket, transition: t.Transition) -> bool:
    return holds(transition.condition, ticket) and holds(transition.requires, ticket)


def _runs_out(ticket: Ticket, moment: t.Moment) -> int | None:
    """When a timer of the status runs out, if nothing happens before."""
    place = entered(ticket)
    if place is None or (moment.after is None and moment.after_days is None):
        return None
    start = ticket.happenings[place]["at"]
    for one in since_entered(ticket):
        if one.get("event") in moment.without:
            start = one["at"]
    return _later(ticket, start, moment.after, moment.after_days, moment.after_calendar)


def next_by_time(ticket: Ticket) -> list[tuple[int, str]]:
    """What time alone will bring, soonest first."""
    found = [
        (at, transition.to)
        for transition in _leading_on(ticket)
        for moment in transition.moments
        if (at := _runs_out(ticket, moment)) is not None and at >= ticket.now and _may(ticket, transition)
    ]
    return sorted(found, key=lambda one: one[0])


def _later(ticket: Ticket, start: int, micros: int | None, days: int | None, calendar: str | None) -> int:
    key = (start, micros, days, calendar)
    if key not in ticket.later:
        if micros is not None:
            ticket.later[key] = ticket.table(calendar or t.ELAPSED).add(start, micros)
        elif calendar is not None:
            ticket.later[key] = counting.same_time(ticket.table(calendar), start, days or 0)[0]
        else:
            ticket.later[key] = counting.almanac(ticket.zone, start, days or 0, "days", None)[0]
    return ticket.later[key]
