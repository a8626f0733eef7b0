"""The priority of a ticket at an instant, as it follows in every way of its life (R1, R2, R8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, frozen

from sla_dsl.policy.answers import Priority
from sla_dsl.policy.priorities import level
from sla_dsl.policy.unknowns import Leaf, Search

if TYPE_CHECKING:
    from sla_dsl.policy.answers import Reason
    from sla_dsl.policy.selection import Chosen
    from sla_dsl.policy.tickets.history import Moved
    from sla_dsl.policy.tickets.look import Branch, Look
    from sla_dsl.policy.tickets.rulebook import Rulebook
    from sla_dsl.policy.unknowns import Supposed


def priority_of(book: Rulebook, look: Look) -> Priority:
    """Return the level on the scale of the targets; unclassified in a policy without one."""
    scale = book.desk.terms.targets_scale
    if scale is None:
        return Priority(None, "unclassified", None, False, (), (), (), ())
    return level_of(book, look, scale)


def level_of(book: Rulebook, look: Look, scale: str) -> Priority:
    """Return the level on a scale; where the ways of a life differ, the levels that are left."""
    # Where a rule gave a level in some way, the others have the one that they suppose.
    moved = any(scale in branch.reclassified for branch in look.branches)
    found = [_level(book, branch, scale, branch.supposed if moved else {}) for branch in look.branches]
    if all((one.answer, one.possible) == (found[0].answer, found[0].possible) for one in found):
        return found[0]
    left = {name for one in found for name in one.possible}
    leaves = tuple(Leaf(branch.supposed, one) for branch, one in zip(look.branches, found, strict=True))
    decide = Search(leaves, look.unknowns, complete=True).missing(lambda one: (one.answer, one.possible))
    missing = dict.fromkeys((*(name for one in found for name in one.missing), *decide))
    return evolve(
        found[0],
        answer="undetermined",
        level=None,
        possible=tuple(one.id for one in book.desk.terms.scales[scale].levels if one.id in left),
        missing=tuple(missing),
    )


def _level(book: Rulebook, branch: Branch, scale: str, supposed: Supposed) -> Priority:
    known = level(book.desk, scale, branch.situation, supposed) if supposed else book.level(scale, branch.situation)
    moved = branch.reclassified.get(scale)
    if moved is None:
        return known
    reclassified = ByRule(book, moved, known)
    readings = tuple((one.ambiguity.id, one.reading.id) for one in reclassified.chosen)
    return evolve(known, override=False, readings=readings, explain=reclassified)


@frozen(eq=False)
class ByRule:
    """A level that a rule gave a ticket. Called, it gives the reasons."""

    book: Rulebook
    moved: Moved
    known: Priority

    def __call__(self) -> tuple[Reason, ...]:
        """Return the reasons of the level."""
        from sla_dsl.policy.reasons.standing import explain_reclassified

        return explain_reclassified(self)

    def clauses(self) -> tuple[str, ...]:
        """Return the clauses that the answer looked at."""
        return (self.moved.rule.clause,)

    @property
    def chosen(self) -> tuple[Chosen, ...]:
        """The readings on which the answer rests (H3)."""
        return tuple(self.book.doubts.behind((self.moved.rule.key,)).values())

    @property
    def assumptions(self) -> tuple[str, ...]:
        """No default was used."""
        return ()
