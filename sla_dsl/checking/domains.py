"""The values that a variable takes in the tickets on which conditions are tried, and how they are told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import MAXYEAR, MINYEAR, datetime, time, timedelta
from itertools import pairwise

from sla_dsl.checking.atoms import Value

_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)


def domain_of(values: Iterable[Value]) -> tuple[Value, ...]:
    """All values worth trying where these make a difference: of numbers and moments also those around them.

    Example: of 3 these are 2, 3 and 4; of 1.5 and 2 also what lies between.
    """
    distinct = list(dict.fromkeys(values))
    numbers = sorted(value for value in distinct if isinstance(value, float))
    moments = sorted(value for value in distinct if isinstance(value, datetime))
    rest = [value for value in distinct if not isinstance(value, float | datetime)]
    return tuple(dict.fromkeys([*_around_numbers(numbers), *_around_moments(moments), *rest]))


def _around_numbers(limits: list[float]) -> list[float]:
    """Whole numbers are taken to count something: there is nothing between 1 and 2, and nothing below 0."""
    around = {near for limit in limits for near in (limit - 1, limit, limit + 1)}
    if not all(limit.is_integer() for limit in limits):
        around |= {(low + high) / 2 for low, high in pairwise(limits)}
    return sorted(near for near in around if near >= 0 or (limits and limits[0] < 0))


def _around_moments(limits: list[datetime]) -> list[datetime]:
    step = _DAY if all(limit.time() == time() for limit in limits) else _MINUTE
    before = {limit - step for limit in limits if limit.year > MINYEAR}
    after = {limit + step for limit in limits if limit.year < MAXYEAR}
    return sorted({*limits, *before, *after})


def spoken_value(name: str, value: Value) -> str:
    """A variable and its value in words.

    Example: `spoken_value("users", 19.0)` is `users is 19`.
    """
    match value:
        case None:
            return f"{name} is not given"
        case bool():
            return f"{name} is {'yes' if value else 'no'}"
        case float():
            return f"{name} is {value:g}"
        case datetime():
            return f"{name} is {value.date() if value.time() == time() else value.isoformat(sep=' ')}"
        case _:
            return f"{name} is {value}"
