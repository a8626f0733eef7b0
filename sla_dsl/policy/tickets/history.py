"""What happened to a ticket, moment by moment, as clocks and duties see it (R6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from sla_dsl.policy.situation import Situation


@frozen
class Moment:
    """An instant at which something happened: the events, the statuses entered, and the situation after all of it.

    `changed` names the scales and facts that are another than before, and `channel` or `caller`; what was unknown and
    became known is not among them. `reopened` says that the ticket went back from the end of its life.
    """

    at: int
    events: tuple[str, ...]
    entered: tuple[str, ...]
    situation: Situation
    changed: tuple[str, ...] = ()
    reopened: bool = False

    def __contains__(self, sign: object) -> bool:
        """Whether an event happened (by its id) or a status was entered (as `("status", id)`)."""
        return sign[1] in self.entered if isinstance(sign, tuple) else sign in self.events
