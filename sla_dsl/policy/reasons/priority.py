"""Why a ticket has its priority, or why it has none (H7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_dsl.policy.reasons.evidence import reasons
from sla_dsl.policy.reasons.grounds import (
    default_reasons,
    level_reasons,
    not_computed_reasons,
    parameter_reasons,
    reading_reasons,
)
from sla_dsl.policy.reasons.wording import listing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla_dsl.policy.answers import Reason
    from sla_dsl.policy.priorities import Grading


def explain_priority(grading: Grading) -> tuple[Reason, ...]:
    """Return the reasons of a level, from the conclusion to its ground."""
    terms = grading.desk.terms
    found = list(_conclusion(grading))
    found.extend(reading_reasons(grading.chosen))
    keys = [key for inquiry in grading.inquiries for key in inquiry.keys]
    found.extend(parameter_reasons(keys, terms))
    assumed = dict.fromkeys(name for inquiry in grading.inquiries for name in inquiry.assumed)
    found.extend(default_reasons(assumed, terms))
    return tuple(dict.fromkeys(found))


def _conclusion(grading: Grading) -> Iterator[Reason]:
    scale = grading.desk.terms.scales[grading.scale]
    leaves = grading.derived.leaves
    follows = {leaf.result.compared for leaf in leaves}
    if grading.given is not None:
        yield from reasons(scale.clause, f"The ticket says {scale.id} {grading.given}")
        if grading.override:
            yield from reasons(scale.clause, f"This overrides what follows from the rest: {_follows(grading)}")
        return
    if grading.not_computed:
        yield from not_computed_reasons(grading.not_computed)
        return
    if len(follows) == 1 and grading.derived.complete:
        classified = leaves[0].result.classified
        if classified.answer == "overlap":
            text = f"The definitions of {listing(classified.levels)} all hold, and nothing says which counts"
            yield from reasons(scale.clause, text, scale.cites)
        elif classified.answer == "unclassified":
            yield from reasons(scale.clause, f"Unclassified: no {scale.id} fits")
        yield from level_reasons(classified, grading.desk.terms)
        return
    missing = grading.derived.missing(lambda graded: graded.compared)
    names = listing(f"`{name}`" for name in missing)
    yield from reasons(scale.clause, f"Undetermined: it rests on {names}; {_follows(grading)}", scale.cites)


def _follows(grading: Grading) -> str:
    order = [level.id for level in grading.desk.terms.scales[grading.scale].levels]
    found = {level for leaf in grading.derived.leaves for level in leaf.result.classified.levels}
    levels = [level for level in order if level in found]
    none = any(not leaf.result.classified.levels for leaf in grading.derived.leaves)
    parts = [*levels, *(["none"] if none else [])]
    return f"{', '.join(parts[:-1])} or {parts[-1]} is possible" if len(parts) > 1 else parts[0]
