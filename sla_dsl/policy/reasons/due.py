"""Why a clock is due when it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_dsl.policy.answers import Reason

if TYPE_CHECKING:
    from datetime import tzinfo

    from sla_dsl.policy.plans import Plan


def explain_due(plan: Plan, start: int, where: tzinfo) -> tuple[Reason, ...]:
    """Return the reasons of a due time, from the conclusion to its ground (H7)."""
    return ()
