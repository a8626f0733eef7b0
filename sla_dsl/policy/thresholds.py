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


def representatives(within: Iterable[object]) -> dict[str, tuple[float, ...]]:
    """Return for each fact that is compared with numbers some that stand for all: each passes the same comparisons.

    They are the numbers it is compared with, one between each two, one below and one above all.
    """
    compared: dict[str, set[float]] = {}
    for test in tests_in(tuple(within)):
        if isinstance(test, Compares) and not isinstance(test.value, str):
            compared.setdefault(test.fact, set()).add(float(test.value))
    return {fact: _standing_for_all(sorted(numbers)) for fact, numbers in compared.items()}


def _standing_for_all(compared: list[float]) -> tuple[float, ...]:
    between = [(low + high) / 2 for low, high in pairwise(compared)]
    return (*sorted((compared[0] - 1, *compared, *between, compared[-1] + 1)),)
