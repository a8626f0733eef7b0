"""Which channels a ticket's parties can use (R7)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sla_dsl.policy.terms import Channel, Service
from sla_dsl.policy.tickets.answers import ChannelAnswer
from sla_dsl.policy.tickets.hours_of import Standing, lines_of, standing
from sla_dsl.policy.tickets.sharing import shared
from sla_dsl.policy.tickets.told import Told

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sla_dsl.policy.answers import Reason
    from sla_dsl.policy.inquiry import Inquiry
    from sla_dsl.policy.tickets.look import Look

AVAILABLE = {"yes": True, "no": False, "not_stated": None}


def channels(look: Look) -> tuple[ChannelAnswer, ...]:
    """Return for every channel of the policy whether it is there for the ticket at this instant (R7).

    A channel with hours of its own is there in them. Else it is there if a service that is reached through it is, and
    not there if none of those is; where nothing is stated that is None, as where what is unknown decides.

    Example: `[one.channel for one in channels(look) if one.available]`.
    """
    services = look.desk.terms.all(Service)
    return tuple(_shared(look, one, services) for one in look.desk.terms.all(Channel))


def _shared(look: Look, channel: Channel, services: Sequence[Service]) -> ChannelAnswer:
    reached = () if channel.availability else tuple(one for one in services if channel.id in one.channels)
    return shared(look, channel, (channel, *reached), partial(_channel, look, channel, reached))


def _channel(look: Look, channel: Channel, services: Sequence[Service]) -> ChannelAnswer:
    lines = lines_of(channel.availability)
    offered = [(service, lines_of(service.availability)) for service in services]

    def question(inquiry: Inquiry) -> Standing:
        inquiry.note(channel.key)
        if lines:
            return standing(lines, channel.clause, inquiry)
        found: list[Standing] = []
        for service, its_lines in offered:
            inquiry.note(service.key)
            found.append(standing(its_lines, service.clause, inquiry))
        return _together(found)

    def words(told: Told[Standing]) -> Iterable[Reason]:
        from sla_dsl.policy.reasons.availability import explain_channel

        return explain_channel(told, channel, services)

    told = Told(look, channel, lambda: look.ask(question), words)
    available = None if told.single is None else AVAILABLE[told.single.answer]
    return ChannelAnswer(channel.id, available, told.missing(), told)


def _together(services: list[Standing]) -> Standing:
    """Return whether a channel is there by the services that are reached through it."""
    answers = {one.answer for one in services}
    if "yes" in answers:
        return Standing("yes")
    return Standing("no") if answers == {"no"} else Standing("not_stated")
