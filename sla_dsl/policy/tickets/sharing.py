"""Answers that tickets share: of the same instant, if the same is said of them and what happened plays no part."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar, cast

from sla_dsl.policy.terms import Among, Becomes, Distance, During, Given, Occurs, OnDay, Precedes
from sla_dsl.policy.thresholds import tests_in

if TYPE_CHECKING:
    from sla_dsl.policy.terms import AnyDeclaration
    from sla_dsl.policy.tickets.look import Look
    from sla_dsl.policy.vocabulary import Terms

T = TypeVar("T")

_MOST_ANSWERS = 512


def shared(look: Look, about: AnyDeclaration, conditions: object, make: Callable[[], T]) -> T:
    """Return the answer about a declaration that `make` gives, or the one it gave of a ticket that is alike.

    `conditions` are the terms whose conditions decide.
    """
    branch, *others = look.branches
    if others or branch.supposed:
        return make()
    answers = _answers(look.desk.terms)
    rests = ("history", about.key)
    if rests not in answers:
        answers[rests] = _hangs_on_history(conditions) or _levels_do(look.desk.terms)
    if answers[rests]:
        return make()
    key = (about.key, look.at, look.where, branch.situation.lasting)
    found = answers.get(key)
    if found is None:
        if len(answers) >= _MOST_ANSWERS:
            answers.clear()
        found = answers[key] = make()
    return cast("T", found)


@lru_cache(maxsize=16)
def _answers(terms: Terms) -> dict[Hashable, object]:
    """Return what has been answered under some terms."""
    del terms  # it is the key
    return {}


@lru_cache(maxsize=16)
def _levels_do(terms: Terms) -> bool:
    """Return whether a level can hang on what happened."""
    return any(_hangs_on_history(scale.levels) for scale in terms.scales.values())


def _hangs_on_history(conditions: object) -> bool:
    """Return whether conditions ask about events, the status or clocks."""
    for test in tests_in(conditions):
        match test:
            case Occurs() | Becomes() | Precedes() | Distance():
                return True
            case During(subject=subject) | OnDay(subject=subject) if subject:
                return True
            case Among(subject=subject) | Given(subject=subject) if subject.kind in {"status", "clock"}:
                return True
            case _:
                continue
    return False
