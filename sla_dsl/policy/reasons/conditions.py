"""The conditions that decided which promise governs, and the levels that it rests on, in words (R3, H7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_dsl.policy.reasons.grounds import decision_reason, level_reasons
from sla_dsl.policy.terms import Cascade, Target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla_dsl.policy.answers import Reason
    from sla_dsl.policy.governing import Governing
    from sla_dsl.policy.inquiry import Decision, Inquiry


def condition_reasons(governing: Governing, inquiry: Inquiry) -> Iterator[Reason]:
    """Yield the conditions that decided, and how the ticket came by its levels.

    Of another target than the one that governs they decided if it is for the levels that the ticket has: it would
    govern if they were otherwise.
    """
    clock, term = governing.clock, governing.term
    own = {one.clause: one for one in (clock, term) if one is not None}
    others = {one.clause: one for one in inquiry.terms.promises.get(clock.id, ())}
    for decision in inquiry.decisions.values():
        declared, other = own.get(decision.clause), others.get(decision.clause)
        if declared is not None:
            yield decision_reason(decision, declared.cites, declared.assumes)
        elif other is not None and _decided(decision, other, inquiry):
            yield decision_reason(decision, other.cites, other.assumes)
        elif other is None and decision.holds:
            yield decision_reason(decision)
    for found in inquiry.classified:
        if found.via != "given":
            yield from level_reasons(found, inquiry.terms)


def _decided(decision: Decision, term: Target | Cascade, inquiry: Inquiry) -> bool:
    """Return whether a target does not govern for a condition that does not hold."""
    given = inquiry.situation.levels
    known = {scale: given.get(scale) or inquiry.known_level(scale) for scale in term.levels}
    return not decision.holds and all(known[scale] in {None, level} for scale, level in term.levels.items())
