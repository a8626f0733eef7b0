"""The numbers that a text names, in digits, in English words, or as clock times (SEMANTICS H1).

A number that could be read in two ways (`15.30`, `1.000`) keeps both: the question is whether a text supports a
value, and a doubt about that is not for this module to settle.
"""

from __future__ import annotations

import re
from datetime import time
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from attrs import evolve

from sla_dsl.evidence.folding import fold
from sla_dsl.evidence.number_rules import RULES, Number
from sla_dsl.evidence.number_words import in_base_unit, unit_named
from sla_dsl.evidence.views import View

_DAY = 24 * 60


def numbers_in(text: str) -> tuple[Number, ...]:
    """The numbers that a text names, in order, with their places in it.

    Digits in a name (`P1`, `Click2Dial`) are none. `a` and `an` name 1 before a unit of time (`an hour`), and so does
    `next` (`the next working day`).

    Example: in `thirty (30) days` there are two, both 30 `days`.
    """
    return numbers_in_view(fold(text, bullets=True))


def numbers_in_view(view: View) -> tuple[Number, ...]:
    """The numbers of a folded text, with their places in the text that was folded."""
    lowered = "".join(map(_lower, view.text))
    numbers = _with_shared_units(lowered, _with_bare_hours(lowered, _read(lowered)))
    return tuple(
        evolve(number, span=view.origin(number.span), text=view.text[number.span.start : number.span.end])
        for number in numbers
    )


def names_number(text: str, value: int | Fraction | Decimal | time, unit: str | None = None) -> bool:
    """Whether a text names a value, in this unit, in one that it can be turned into, or in none.

    Units are `seconds`, `minutes`, `hours`, `days`, `weeks`, `months`, `years` and `percent`; without a unit any will
    do, and a number without a unit supports every unit. A text that names the value in another unit only does not: `4
    days` is no support for four hours. Hours are never days; two weeks are fourteen days.

    Example: `names_number("within two weeks", 14, "days")` is true.
    """
    if isinstance(value, time):
        return names_time(text, value.hour * 60 + value.minute)
    wanted = Fraction(value)
    wanted_unit = (unit_named(unit.lower()) or unit.lower()) if unit else None
    numbers = numbers_in(text)
    if any(_supports(number, wanted, wanted_unit) for number in numbers):
        return True
    return wanted_unit is not None and in_base_unit(wanted, wanted_unit) in _sums(text, numbers)


def names_time(text: str, minute: int) -> bool:
    """Whether a text names a clock time, given in minutes since midnight; 0 and 1440 are both midnight.

    `5:00 p.m.`, `5pm`, `17.00` and `1700 hours` all name 17:00, `three o'clock` both 3:00 and 15:00. Midnight is also
    named by a whole day: `24x7`, `24 hours`, `around the clock`.

    Example: `names_time("8:00 a.m. - 5:30 p.m.", 17 * 60 + 30)` is true.
    """
    numbers = numbers_in(text)
    if minute not in (0, _DAY):
        return any(minute in number.clocks for number in numbers)
    if any({0, _DAY}.intersection(number.clocks) for number in numbers):
        return True
    whole_day = any(24 in number.values and number.unit == "hours" for number in numbers)
    return whole_day or re.search(r"\b(?:a?round|all)[ -]the[ -]clock\b", fold(text).text.lower()) is not None


def _lower(character: str) -> str:
    """Lower case, but for the few capitals that become longer, which would shift every place after them."""
    lower = character.lower()
    return lower if len(lower) == 1 else character


def _read(text: str) -> list[Number]:
    taken = bytearray(len(text))
    numbers: list[Number] = []
    for pattern, read in RULES:
        for match in pattern.finditer(text):
            if any(taken[match.start() : match.end()]) or _is_a_unit(match, taken):
                continue
            for number in read(match):
                numbers.append(number)
                taken[number.span.start : number.span.end] = b"\1" * (number.span.end - number.span.start)
    return sorted(numbers, key=lambda number: number.span.start)


def _is_a_unit(match: re.Match[str], taken: bytearray) -> bool:
    """Whether `second` is the unit of the number before it: `one second`."""
    at = match.start()
    return match.group() == "second" and at >= 2 and bool(taken[at - 2] or taken[at - 1])


_RANGE = re.compile(r"(?: ?(?:-|–|—|/|to|or|and|until|till|through) ?| ?\()")
_BARE_HOUR_BEFORE = re.compile(r"\b(?:at|from|until|till|between|by) $")


def _with_shared_units(text: str, numbers: list[Number]) -> list[Number]:
    """In `1 to 3 days` and `four (4) hours` the first number has the unit of the second."""
    shared = list(numbers)
    for at in range(len(shared) - 2, -1, -1):
        number, following = shared[at], shared[at + 1]
        gap = text[number.span.end : following.span.start]
        if number.unit is None and not number.clocks and following.unit and _RANGE.fullmatch(gap):
            shared[at] = evolve(number, unit=following.unit)
    return shared


def _with_bare_hours(text: str, numbers: list[Number]) -> list[Number]:
    """A whole number from 0 to 24 may be a clock time in a range of such (`8–19`), and after `at`, `from`, `until`."""
    hours = [
        int(number.values[0])
        if number.unit is None and number.text.isdigit() and number.values and number.values[0] <= 24
        else None
        for number in numbers
    ]
    result: list[Number] = []
    for at, (number, hour) in enumerate(zip(numbers, hours, strict=True)):
        if hour is None or number.ordinal:
            result.append(number)
            continue
        in_range = any(
            0 <= other < len(numbers)
            and (hours[other] is not None or numbers[other].clocks)
            and _RANGE.fullmatch(text[numbers[min(at, other)].span.end : numbers[max(at, other)].span.start])
            for other in (at - 1, at + 1)
        )
        told = _BARE_HOUR_BEFORE.search(text, max(0, number.span.start - 10), number.span.start)
        result.append(evolve(number, clocks=(hour * 60,)) if in_range or told else number)
    return result


def _supports(number: Number, value: Fraction, unit: str | None) -> bool:
    if unit is None or number.unit is None:
        return value in number.values
    wanted = in_base_unit(value, unit)
    return any(in_base_unit(named, number.unit) == wanted for named in number.values)


_TOGETHER = re.compile(r"[ -]?(?:[a-z]+)(?:,? and|,)? ?", re.IGNORECASE)


def _sums(text: str, numbers: tuple[Number, ...]) -> list[tuple[Fraction, str]]:
    """What neighbours add up to: `1 hour and 30 minutes`."""
    sums: list[tuple[Fraction, str]] = []
    for first, second in pairwise(numbers):
        if not (first.unit and second.unit and first.values and second.values) or first.unit == second.unit:
            continue
        if _TOGETHER.fullmatch(text[first.span.end : second.span.start]) is None:
            continue
        large, base = in_base_unit(first.values[0], first.unit)
        small, same = in_base_unit(second.values[0], second.unit)
        if base == same:
            sums.append((large + small, base))
    return sums
