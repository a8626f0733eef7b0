"""The numbers with which a policy compares each fact, and numbers that stand for all others."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from sla_dsl.policy.terms import Compares, Test
from sla_dsl.policy.terms_inside import terms_inside

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def tests_in(value: object) -> Iterator[Test]:
    """Yield every part of every condition inside a term, from the outside in."""
    return (term for term in terms_inside(value) if isinstance(term, Test))


def representatives(fact: str, within: Iterable[object]) -> tuple[float, ...]:
    """Return numbers such that every number passes the same comparisons with the fact as one of them.

    They are the numbers it is compared with, one between each two, one below and one above all.
    """
    compared = sorted(
        {
            float(test.value)
            for test in tests_in(tuple(within))
            if isinstance(test, Compares) and test.fact == fact and not isinstance(test.value, str)
        }
    )
    if not compared:
        return (0.0,)
    between = [(low + high) / 2 for low, high in pairwise(compared)]
    return (*sorted((compared[0] - 1, *compared, *between, compared[-1] + 1)),)
