"""What reasons of answers about a ticket share: why nothing can be said, and what the answer rests on (H4, H7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from sla_dsl.policy.reasons.evidence import reasons
from sla_dsl.policy.reasons.grounds import (
    default_reasons,
    level_reasons,
    not_computed_reasons,
    parameter_reasons,
    reading_reasons,
    zone_reasons,
)
from sla_dsl.policy.reasons.unknowing import error_text
from sla_dsl.policy.reasons.wording import listing

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

    from sla_dsl.policy.answers import Reason
    from sla_dsl.policy.terms import Declaration
    from sla_dsl.policy.tickets.look import Found
    from sla_dsl.policy.tickets.told import Told
    from sla_dsl.policy.unknowns import Leaf, Supposed

T = TypeVar("T")


def spoken(declaration: Declaration) -> str:
    """Return what a declaration is called in a sentence."""
    return declaration.label or f"`{declaration.id}`"


def undetermined(told: Told[T], missing: tuple[str, ...]) -> Iterator[Reason]:
    """Yield why nothing can be said, whatever it is."""
    about = told.about
    if told.answered is None:
        why = error_text(told.error, told.look.desk.calendars)
        yield from reasons(about.clause, f"Undetermined: {why}", about.cites, about.assumes)
        return
    yield from not_computed_reasons(told.answered.not_computed)
    if missing:
        names, verb = listing(f"`{name}`" for name in missing), "is" if len(missing) == 1 else "are"
        text = f"Undetermined: it rests on {names}, which {verb} not known"
        yield from reasons(about.clause, text, about.cites, about.assumes)
    elif not told.answered.not_computed:
        text = "Undetermined: what is known allows more than one answer"
        yield from reasons(about.clause, text, about.cites, about.assumes)


def alike(told: Told[T], outcome: Callable[[T], Hashable]) -> list[list[Leaf[Found[T]]]]:
    """Return the cases that can come out, those with the same outcome together."""
    groups: dict[Hashable, list[Leaf[Found[T]]]] = {}
    for leaf in () if told.answered is None else told.answered.searched.leaves:
        groups.setdefault(outcome(leaf.result.result), []).append(leaf)
    return list(groups.values())


def apart(leaves: list[Leaf[Found[T]]], cases: list[list[Leaf[Found[T]]]]) -> tuple[list[Supposed], list[Supposed]]:
    """Return what is supposed in the cases with one outcome, and in those with another."""
    others = [leaf.supposed for case in cases if case is not leaves for leaf in case]
    return [leaf.supposed for leaf in leaves], others


def what_it_rests_on(told: Told[T], *, counted_in_zone: bool = False) -> Iterator[Reason]:
    """Yield the levels, readings, parameters and defaults on which an answer rests."""
    answered, terms = told.answered, told.look.desk.terms
    if answered is None:
        return
    leaves = answered.searched.leaves
    for found in leaves[0].result.inquiry.classified if len(leaves) == 1 else ():
        if found.via != "given":
            yield from level_reasons(found, terms)
    yield from reading_reasons(answered.chosen)
    yield from zone_reasons(answered.keys, terms, counted_in_it=counted_in_zone)
    yield from parameter_reasons(answered.keys, terms)
    yield from default_reasons(answered.assumptions, terms)
