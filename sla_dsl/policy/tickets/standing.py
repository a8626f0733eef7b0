"""The priority of a ticket at an instant, as it follows in every way of its life (R1, R2, R8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_dsl.policy.answers import Priority

if TYPE_CHECKING:
    from sla_dsl.policy.tickets.look import Look
    from sla_dsl.policy.tickets.rulebook import Rulebook


def priority_of(book: Rulebook, look: Look) -> Priority:
    """Return the level on the scale of the targets; unclassified in a policy without one."""
    scale = book.desk.terms.targets_scale
    if scale is None:
        return Priority("unclassified", None, False, (), (), (), ())
    return level_of(book, look, scale)


def level_of(book: Rulebook, look: Look, scale: str) -> Priority:
    """Return the level on a scale; where the ways of a life differ, the levels that are left."""
    desk = book.desk
    situations = [branch.situation for branch in look.branches]
    if all(one.levels == situations[0].levels for one in situations):
        return book.level(scale, situations[0])
    found = [book.level(scale, one) for one in situations]
    if all((one.answer, one.possible) == (found[0].answer, found[0].possible) for one in found):
        return found[0]
    left = {name for one in found for name in one.possible}
    possible = tuple(one.id for one in desk.terms.scales[scale].levels if one.id in left)
    missing = dict.fromkeys(name for one in found for name in one.missing)
    unknown = (name for one in look.unknowns.values() for name in one.names)
    explained = found[0]
    return Priority(
        "undetermined",
        None,
        any(one.override for one in found),
        possible,
        tuple(missing) or tuple(dict.fromkeys(unknown)),
        explained.assumptions,
        tuple(explained.readings.items()),
        explained.explain,
    )
