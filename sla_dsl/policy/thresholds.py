"""The numbers with which a policy compares each fact, and numbers that stand for all others."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, cast

import msgspec

from sla_dsl.policy.terms import Compares, Test

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def tests_in(value: object) -> Iterator[Test]:
    """Yield every part of every condition inside a term, from the outside in."""
    if isinstance(value, Test):
        yield value
    if isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from tests_in(getattr(value, name))
    elif isinstance(value, tuple):
        for one in cast("tuple[object, ...]", value):
            yield from tests_in(one)


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
