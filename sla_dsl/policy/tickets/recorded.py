"""What was recorded of a ticket, in ids and in order: what the life of a ticket is computed from (R6)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Never

from msgspec import Struct

from sla_dsl.policy.situation import FactValue

if TYPE_CHECKING:
    from datetime import tzinfo

    from sla_dsl.policy.tickets.answers import Irregular


NOTHING: Mapping[str, Never] = {}
"""No levels, no facts: one for all entries."""


class Entry(Struct, frozen=True):
    """What was recorded at one instant, in ids: any of an event, a status, levels, facts, channel and caller.

    `at` counts microseconds and is never before creation, except for events that may be. `agreed` is the time that was
    agreed with the event. `number` is the place among the ticket's `events`, None for the creation; `given` is the
    entry as it was given. `mere` is set where nothing is recorded but an event or a status. A struct, because a ticket
    is read in the time that ten attrs objects take to be made.
    """

    at: int
    levels: Mapping[str, str]
    facts: Mapping[str, FactValue]
    channel: str | None
    caller: str | None
    event: str | None
    status: str | None
    agreed: int | None
    number: int | None
    given: Mapping[str, object]
    mere: bool = False

    @property
    def is_said(self) -> bool:
        """Whether a level, a fact, the channel or the caller is recorded."""
        return bool(self.levels or self.facts or self.channel or self.caller)

    def says_nothing(self) -> bool:
        """Return whether nothing is recorded but a time."""
        if self.event is not None or self.status is not None or self.levels or self.facts:
            return False
        return self.channel is None and self.caller is None and self.agreed is None

    def content(self) -> tuple[object, ...]:
        """Return what is recorded, apart from when and in which words."""
        values = frozenset(self.levels.items()), frozenset(self.facts.items())
        return (self.event, self.status, self.channel, self.caller, self.agreed, *values)


class Recorded(Struct, frozen=True):
    """A ticket read under a policy.

    `where` is the zone in which its instants are told. The creation is the first entry but for events that may precede
    it, and has the first values. `irregular` is what was recorded before creation, or as another creation (R6), and
    what says nothing.
    """

    id: str | None
    created: int
    where: tzinfo
    entries: tuple[Entry, ...]
    irregular: tuple[Irregular, ...]
