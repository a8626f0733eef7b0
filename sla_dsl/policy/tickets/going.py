"""A ticket that goes on by itself: how it stands at an instant, and later if nothing but time passes (R4, R7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from sla_dsl.policy.tickets.look import Branch, Look

if TYPE_CHECKING:
    from datetime import tzinfo

    from sla_dsl.policy.tickets.life import Ways
    from sla_dsl.policy.tickets.rulebook import Rulebook


@frozen
class Going:
    """A ticket in all the ways that its life can have gone, on its way into the future."""

    book: Rulebook
    ways: Ways
    where: tzinfo

    def turns(self, at: int) -> tuple[int, ...]:
        """Return instants after another at which its status or the state of a clock changes, the next among them."""
        return tuple(sorted({turn for life in self.ways.lives for turn in life.turns(at)}))

    def look(self, at: int) -> Look:
        """Return the ticket at a later instant. Raises `SlaError`, such as a date after the years of a calendar."""
        return look_at(self.book, self.ways.pass_time(at), at, self.where)


def look_at(book: Rulebook, ways: Ways, at: int, where: tzinfo) -> Look:
    """Return a ticket at the instant up to which its ways have been followed."""
    branches = tuple(
        [
            Branch(life.supposed, life.course.standing(at), life.clocks.states_at, life.course.moved)
            for life in ways.lives
        ]
    )
    return Look(book.desk, at, where, branches, ways.unknowns, Going(book, ways, where))
