"""A step of a cascade, asked why it stands as it does (P5, H7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from sla_dsl.policy.answers import Reason
    from sla_dsl.policy.selection import Chosen
    from sla_dsl.policy.tickets.clocks import CycleAsked


@frozen(slots=False, eq=False)
class StepAsked:
    """A step of the cascade that governs a cycle, by its id. Called, it gives its reasons."""

    asked: CycleAsked
    step: str

    def __call__(self) -> tuple[Reason, ...]:
        """Return the reasons of the step."""
        from sla_dsl.policy.reasons.steps import explain_step

        return explain_step(self)

    def clauses(self) -> tuple[str, ...]:
        """Return the clauses that the step rests on."""
        return tuple(dict.fromkeys(reason.clause for reason in self()))

    @property
    def chosen(self) -> tuple[Chosen, ...]:
        """The readings on which the cycle rests (H3)."""
        return self.asked.chosen

    @property
    def assumptions(self) -> tuple[str, ...]:
        """The parameters and facts whose assumed default the cycle used (H4)."""
        return self.asked.assumptions
