"""Which services are there for a ticket, and until when that stays so (R7).

A contingency is a service: what makes it one is that it is there outside the ordinary hours, which its lines say.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sla_dsl.policy.terms import Service
from sla_dsl.policy.tickets.answers import AvailabilityAnswer
from sla_dsl.policy.tickets.changing import next_change
from sla_dsl.policy.tickets.hours_of import Standing, lines_of, standing, tests_of
from sla_dsl.policy.tickets.sharing import shared
from sla_dsl.policy.tickets.told import Told
from sla_dsl.worktime import from_micros

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sla_dsl.policy.answers import Reason
    from sla_dsl.policy.inquiry import Inquiry
    from sla_dsl.policy.tickets.look import Look
    from sla_dsl.policy.tickets.passing import Turn


def availability(look: Look) -> tuple[AvailabilityAnswer, ...]:
    """Return for every service of the policy whether it is there for the ticket at this instant, and until when (R7).

    `until` is the next instant at which the answer changes if nothing but time passes; None where it never does, or
    nobody knows when. What is unknown and decides makes the answer undetermined.

    Example: `[one.service for one in availability(look) if one.answer == "yes"]`.
    """
    services = look.desk.terms.all(Service)
    return tuple(shared(look, one, one.availability, partial(_available, look, one)) for one in services)


def _available(look: Look, service: Service) -> AvailabilityAnswer:
    lines = lines_of(service.availability)

    def question(inquiry: Inquiry) -> Standing:
        inquiry.note(service.key)
        return standing(lines, service.clause, inquiry)

    def words(told: Told[Standing]) -> Iterable[Reason]:
        from sla_dsl.policy.reasons.availability import explain_service

        return explain_service(told, service, turn)

    told = Told(look, service, lambda: look.ask(question), words)
    turn = None if told.error is not None else next_change(look, question, told.single, *tests_of(lines))
    answer = "undetermined" if told.single is None else told.single.answer
    return AvailabilityAnswer(service.id, answer, _shown(turn, look), told.missing(), told)


def _shown(turn: Turn | None, look: Look) -> datetime | None:
    return None if turn is None else from_micros(turn.at, turn.zone or look.where)
