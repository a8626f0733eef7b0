"""A part of what is told of a cycle, asked why it is as it is: it rests on what the cycle rests on (H3, H4, H7)."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from sla_dsl.policy.answers import Reason
    from sla_dsl.policy.selection import Chosen
    from sla_dsl.policy.tickets.cycle_asked import CycleAsked


@frozen(slots=False, eq=False)
class Part(ABC):
    """A step of a cycle, a line of its ledger. Called, it gives its reasons."""

    asked: CycleAsked

    @abstractmethod
    def __call__(self) -> tuple[Reason, ...]:
        """Return the reasons of the part."""

    def clauses(self) -> tuple[str, ...]:
        """Return the clauses that the part rests on."""
        return tuple(dict.fromkeys(reason.clause for reason in self()))

    @property
    def chosen(self) -> tuple[Chosen, ...]:
        """The readings on which the cycle rests (H3)."""
        return self.asked.chosen

    @property
    def assumptions(self) -> tuple[str, ...]:
        """The parameters and facts whose assumed default the cycle used (H4)."""
        return self.asked.assumptions
