"""What would come out in each case of something unknown, in words (H4, H7)."""

from __future__ import annotations

import pytest

from sla_dsl.policy import terms as t
from tests.policy.builders import (
    DESK,
    OFFICE,
    ask,
    assume,
    at,
    calendar,
    clock,
    closed_on,
    fact,
    hours,
    in_hours,
    number,
    parameter,
    target,
    when,
    within,
    yes,
)

CREATED = at("2026-03-03 10:00")


def said(*declarations: t.AnyDeclaration) -> list[str]:
    """The cases of an answer that hangs on something unknown."""
    due = ask(DESK, clock("response"), *declarations).due("response", created=CREATED)
    return [reason.text.partition(": ")[0] for reason in due.because if reason.text.startswith("If ")]


def chosen(*conditions: t.Compares) -> list[str]:
    """The cases of a choice with 1 hour, 2 hours … for conditions on a number, and 9 hours otherwise."""
    cases = tuple(t.Case(when=when(one), promise=within(in_hours(n))) for n, one in enumerate(conditions, 1))
    promise = t.Choice(cases=cases, otherwise=within(in_hours(9)))
    return said(fact("sites", "number"), target("response", promise))


@pytest.mark.parametrize(
    ("conditions", "cases"),
    [
        ((number("sites", "at least", 1),), ["If sites is less than 1", "If sites is at least 1"]),
        ((number("sites", "more than", 1),), ["If sites is at most 1", "If sites is more than 1"]),
        (
            (number("sites", "more than", 10), number("sites", "at least", 5)),
            ["If sites is less than 5", "If sites is at least 5 and at most 10", "If sites is more than 10"],
        ),
        (
            (number("sites", "at least", 10), number("sites", "more than", 5)),
            ["If sites is at most 5", "If sites is more than 5 and less than 10", "If sites is at least 10"],
        ),
    ],
)
def test_a_number_stands_for_all_with_the_same_outcome(conditions: tuple[t.Compares, ...], cases: list[str]):
    assert chosen(*conditions) == cases


def test_cases_that_differ_in_how_they_bind_say_so():
    promise = t.Choice(
        cases=(t.Case(when=when(yes("lost")), promise=within(in_hours(1), modality="shall")),),
        otherwise=within(in_hours(1)),
    )
    asked = ask(DESK, clock("response"), fact("lost"), target("response", promise, assumes=(assume("Hours."),)))
    cases = [one for one in asked.due("response", created=CREATED).because if one.text.startswith("If ")]
    assert [one.text.split(". ")[0] for one in cases] == ["If lost is yes: Binding", "If lost is no: A target"]
    assert [one.assume for one in cases] == ["Hours.", "Hours."]


def test_a_time_on_what_may_be_a_holiday_lies_in_the_hours_or_outside():
    promise = t.Choice(
        cases=(t.Case(when=when(t.During(calendar="late")), promise=within(in_hours(1))),),
        otherwise=within(in_hours(2)),
    )
    late = calendar("late", hours(OFFICE, closed=(closed_on("holidays"),)))
    cases = said(late, parameter("holidays", "holiday list"), target("response", promise))
    assert cases == ["If the time lies in `late`", "If the time lies outside `late`"]
