"""A step of a cascade, asked why it stands as it does (P5, H7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from sla_dsl.policy.tickets.parts import Part

if TYPE_CHECKING:
    from sla_dsl.policy.answers import Reason


@frozen(slots=False, eq=False)
class StepAsked(Part):
    """A step of the cascade that governs a cycle, by its id. Called, it gives its reasons."""

    step: str

    def __call__(self) -> tuple[Reason, ...]:
        """Return the reasons of the step."""
        from sla_dsl.policy.reasons.steps import explain_step

        return explain_step(self)
