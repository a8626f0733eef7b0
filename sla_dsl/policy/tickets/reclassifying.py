"""The levels that rules give a ticket when something happens (R8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from sla_dsl.policy.tickets.history import Moved
from sla_dsl.policy.tickets.triggers import signs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sla_dsl.policy.inquiry import Inquiry
    from sla_dsl.policy.terms import Reclassification
    from sla_dsl.policy.tickets.recorded import Entry
    from sla_dsl.policy.tickets.rulebook import Rulebook


@frozen
class Given:
    """A level that a rule gives: the first of the rule, or the one that the entry names among them."""

    level: str
    moved: Moved


def scales_named(book: Rulebook, entry: Entry) -> list[str]:
    """Return the scales on which an entry names the level to which its event may move the ticket (R8)."""
    return [
        one.scale
        for one in book.reclassifications
        if entry.event in tuple(signs(one.when.test)) and entry.levels.get(one.scale) in one.to
    ]


def given_levels(
    rules: Iterable[Reclassification], before: Inquiry, at: int, named: Mapping[str, str], moved: Mapping[str, Moved]
) -> dict[str, Given]:
    """Return the levels that rules give, on each scale by the first that applies. Raises `Undecided`.

    `before` asks about the ticket before them, `named` are the levels that the entry names, `moved` what rules gave
    before.
    """
    found: dict[str, Given] = {}
    for one in rules:
        if one.scale not in found and _applies(one, before):
            by_name, last = named.get(one.scale) in one.to, moved.get(one.scale)
            level = named[one.scale] if by_name else one.to[0]
            told = level if by_name else before.situation.levels.get(one.scale) if last is None else last.told
            found[one.scale] = Given(level, Moved(one, at, before.level_of(one.scale), told))
    return found


def _applies(one: Reclassification, before: Inquiry) -> bool:
    return before.level_of(one.scale) in one.sources and before.holds(one.condition, one.clause)
