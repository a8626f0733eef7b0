"""What is supposed of unknowns, in words (H4, H7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sla_dsl.policy.reasons.wording import days_count, length_text, listing
from sla_dsl.policy.terms import Compares, Distance, During, OnDay, Precedes

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from sla_dsl.policy.terms import AnyTest
    from sla_dsl.policy.terms.conditions import Comparison
    from sla_dsl.policy.unknowns import Supposed, Unknown


def in_case(alike: list[Supposed], others: list[Supposed], unknowns: Mapping[Hashable, Unknown], text: str) -> str:
    """Return what comes out of some suppositions with these in front, as far as they tell it from the other cases.

    Of those that are alike the first is told, its numbers with those beside them.
    """
    first = alike[0]
    values = {key: _beside(alike, key) for key in first if key in unknowns}
    for key in list(values):
        fewer = {name: some for name, some in values.items() if name != key}
        if not any(_fits(other, fewer) for other in others):
            values = fewer
    told = listing((_one_supposed(unknowns[key], first[key], some) for key, some in values.items()), 10)
    return f"If {told}: {text}" if told else text


def _fits(supposed: Supposed, values: Mapping[Hashable, list[Hashable]]) -> bool:
    """Return whether suppositions do not exclude that each of some unknowns has one of some values."""
    return all(key not in supposed or supposed[key] in some for key, some in values.items())


def _one_supposed(unknown: Unknown, value: Hashable, beside: list[Hashable]) -> str:
    kind, *rest = cast("tuple[Hashable, ...]", unknown.key)
    match kind:
        case "test":
            return _condition(unknown, value, cast("AnyTest", rest[0]))
        case "late":
            return f"{rest[0]} is {'' if value else 'not '}overdue"
        case "zone":
            return f"days in the zone, which is not known, are {_LENGTHS[int(str(value)) > 0] if value else _PLAIN}"
        case "opening":
            return f"the time that hangs on {listing(unknown.names)} ends {value}"
        case _:
            return f"{unknown.said or listing(unknown.names)} is {_value(beside, unknown)}"


_PLAIN = "whole days"
_OPPOSITE: dict[Comparison, Comparison] = {
    "more than": "at most",
    "at most": "more than",
    "less than": "at least",
    "at least": "less than",
    "is": "is not",
    "is not": "is",
}


def _compared(comparison: Comparison) -> str:
    return comparison if comparison in ("is", "is not") else f"is {comparison}"


_LENGTHS = {True: "an hour longer, by a change of the clocks", False: "an hour shorter, by a change of the clocks"}


def _condition(unknown: Unknown, value: Hashable, test: AnyTest) -> str:
    match test:
        case During(calendar=calendar, outside=outside, subject=subject):
            return f"{subject or 'the time'} lies {'outside' if outside is value else 'in'} `{calendar}`"
        case OnDay(calendar=calendar, closed=closed):
            return f"the date has {'no ' if closed is value else ''}opening hours in `{calendar}`"
        case Distance(later=later, earlier=earlier, comparison=comparison, days=days, micros=micros):
            length = length_text(micros) if micros is not None else days_count(days or 0)
            return f"{later} lies {comparison if value else _OPPOSITE[comparison]} {length} after {earlier}"
        case Precedes(earlier=earlier, later=later):
            return f"{earlier} lies {'' if value else 'not '}before {later}"
        case Compares(fact=fact, comparison=comparison, value=bound):
            return f"{fact} {_compared(comparison if value else _OPPOSITE[comparison])} {bound}"
        case _:
            return f"the condition on {listing(unknown.names)} {'holds' if value else 'does not hold'}"


def _beside(alike: list[Supposed], key: Hashable) -> list[Hashable]:
    """Return the values that one unknown can have while the others are as in the first supposition."""
    first = alike[0]
    return [one[key] for one in alike if one.keys() == first.keys() and one == {**first, key: one[key]}]


def _value(values: list[Hashable], unknown: Unknown) -> str:
    """Return a supposed value in words; a number stands for all that lie between two with which it is compared."""
    value, numbers = values[0], [one for one in unknown.domain if isinstance(one, float)]
    if not isinstance(value, float) or value not in numbers:
        if value is None:
            return "unclassified"
        return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
    low = high = numbers.index(value)
    while high + 1 < len(numbers) and numbers[high + 1] in values:
        high += 1
    if low == high and low % 2:
        return f"{value:g}"
    above = "" if low == 0 else f"at least {value:g}" if low % 2 else f"more than {numbers[low - 1]:g}"
    last = high == len(numbers) - 1
    below = "" if last else f"at most {numbers[high]:g}" if high % 2 else f"less than {numbers[high + 1]:g}"
    return " and ".join(filter(None, (above, below))) or "any number"
