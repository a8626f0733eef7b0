"""How tickets measure up to objectives, for people: a sentence for each clock, level and period."""

from __future__ import annotations

from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING

from sla_dsl.policy.reasons.wording import days_count, length_text
from sla_dsl.policy.terms import ELAPSED
from sla_dsl.reporting.page import Page
from sla_dsl.reporting.sentences import Telling

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sla_dsl.policy.tickets.answers import ObjectiveAnswer

_SMALLEST: dict[str, tuple[Fraction, ...]] = {
    "percent": (Fraction(1, 10), Fraction(1, 1000)),
    "days": (Fraction(1, 10), Fraction(1, 1000)),
    "seconds": (Fraction(1), Fraction(1, 1000)),
}
"""To what a value is rounded: to the first of these that leaves it on its side of the threshold."""


def objectives_text(objectives: Iterable[ObjectiveAnswer], *, explain: bool = False, width: int = 100) -> str:
    """How tickets measure up to the objectives of a policy, in sentences.

    Example: `repair, p1, 2026-03: 3 of 4 in time, 75 %; at least 80 % is wanted: missed`.
    """
    page = Page(width)
    told = Telling(page, explain)
    page.section("Objectives")
    found = list(objectives)
    if not found:
        page.line("the policy has none", indent=2)
    for name, answers in groupby(found, lambda one: one.objective):
        page.line("")
        page.line(name, indent=2)
        for one in answers:
            page.line(objective_sentence(one), indent=4)
            told.why(one)
    return page.text()


def objective_sentence(one: ObjectiveAnswer) -> str:
    """Where an objective was measured, what came out and what is wanted.

    Example: `repair, p1, 2026-03: 3 of 4 in time, 75 %; at least 80 % is wanted: missed`.
    """
    kinds = () if one.per is None else one.per.values()
    place = ", ".join(name for name in (one.clock, one.level, *kinds, one.period) if name)
    if one.verdict == "no_commitment":
        return f"{place}: left blank, nothing is promised"
    missing = f", missing: {', '.join(one.missing)}" if one.missing else ""
    return f"{place}: {_found(one)}; {_wanted(one)}: {one.verdict}{missing}"


def _found(one: ObjectiveAnswer) -> str:
    if one.within is None:
        if one.value is not None:
            return f"{_amount(one, _rounded(one, one.value))} on average of {one.count}"
        return f"no average is known of {one.count}" if one.count or one.missing else "nothing counts"
    if not one.count and one.value is None:
        return "nothing is known to count" if one.missing else "nothing counts"
    share = ", the rest is not known" if one.value is None else f", {_amount(one, _rounded(one, one.value))}"
    return f"{one.within} of {one.count} in time{share}"


def _wanted(one: ObjectiveAnswer) -> str:
    assert one.threshold is not None  # only a level that is left blank has none
    amount = _amount(one, Fraction(str(one.threshold)))
    if one.calendar is not None:
        amount = amount.replace("day", "calendar day") if one.calendar == ELAPSED else f"{amount} of {one.calendar}"
    return f"{one.comparison} {amount} is wanted"


def _amount(one: ObjectiveAnswer, value: Fraction) -> str:
    match one.unit:
        case "seconds":
            return length_text(round(value * 1_000_000))
        case "days":
            return days_count(value.numerator) if value.denominator == 1 else f"{float(value):g} days"
        case _:
            return f"{float(value):g} %"


def _rounded(one: ObjectiveAnswer, value: float) -> Fraction:
    """Round a value to something short that stands on the same side of the threshold."""
    exact, threshold = Fraction(str(value)), Fraction(str(one.threshold))
    for step in _SMALLEST[one.unit or "percent"]:
        short = round(exact / step) * step
        if _sign(short - threshold) == _sign(exact - threshold):
            return short
    return exact


def _sign(value: Fraction) -> int:
    return (value > 0) - (value < 0)
