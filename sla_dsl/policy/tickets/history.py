"""What happened to a ticket, moment by moment, as clocks and duties see it (R6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen
from msgspec import Struct

from sla_dsl.policy.tickets.triggers import signs_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sla_dsl.policy.situation import Situation
    from sla_dsl.policy.terms import Reclassification
    from sla_dsl.policy.tickets.triggers import Sign


@frozen
class Moved:
    """A level that a rule gave a ticket: which rule, when, and the level before (R8).

    `told` is what entries said of the level: the one before, or that to which one moved the ticket.
    """

    rule: Reclassification
    at: int
    before: str | None
    told: str | None = None


class Moment(Struct, frozen=True):
    """An instant at which something happened: the events, the statuses entered, and the situation after all of it.

    `said` tells that a level, a fact, the channel or the caller was given or changed; `reopened` that the ticket went
    back from the end of its life. `agreed` are due times that the parties agreed on, with the events that say so.
    `told` is the situation before the events of this moment made it another level (R8), else the same.
    """

    at: int
    events: tuple[str, ...]
    entered: tuple[str, ...]
    situation: Situation
    told: Situation
    said: bool = False
    reopened: bool = False
    agreed: tuple[tuple[str, int], ...] = ()

    def __contains__(self, sign: object) -> bool:
        """Whether an event happened (by its id) or a status was entered (as `("status", id)`)."""
        return sign in self.signs

    def last(self, signs: Iterable[Sign]) -> int:
        """Return the place of the last of some signs among what happened, events before statuses; -1 for none."""
        order, wanted = [*self.events, *(("status", status) for status in self.entered)], {*signs}
        return max((place for place, sign in enumerate(order) if sign in wanted), default=-1)

    @property
    def signs(self) -> frozenset[Sign]:
        """The events by id, and the statuses entered as `("status", id)`."""
        return signs_of(self.events, self.entered)
