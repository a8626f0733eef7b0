"""Why a ticket has its priority."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_dsl.policy.answers import Reason

if TYPE_CHECKING:
    from sla_dsl.policy.priorities import Grading


def explain_priority(grading: Grading) -> tuple[Reason, ...]:
    """Return the reasons of a level, from the conclusion to its ground (H7)."""
    return ()
