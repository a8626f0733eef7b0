"""Objectives for people: what came of it, what is wanted, and how it stands, with units."""

from __future__ import annotations

from typing import Any

import pytest

from sla_dsl.policy.answers import Reason
from sla_dsl.policy.tickets.answers import ObjectiveAnswer
from sla_dsl.reporting.objectives import objectives_text
from tests.policy.tickets.why import Because


def share(count: int, within: int | None, value: float | None, verdict: Any, **more: Any) -> ObjectiveAnswer:
    said: dict[str, Any] = {"level": "p1", "period": None, "threshold": 95, "unit": "percent", **more}
    said = {"strict": False, "comparison": "at least", **said}
    return ObjectiveAnswer(
        "first_answers", "response", count=count, within=within, value=value, verdict=verdict, **said
    )


def mean(count: int, value: float | None, verdict: Any, **more: Any) -> ObjectiveAnswer:
    return share(
        count, None, value, verdict, **{"comparison": "at most", "threshold": 43200, "unit": "seconds", **more}
    )


def told(one: ObjectiveAnswer) -> str:
    return objectives_text([one], width=140).splitlines()[-1].strip()


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (share(35, 34, 97.14285714, "met"), "response, p1: 34 of 35 in time, 97.1 %; at least 95 % is wanted: met"),
        (
            share(4, 3, 75, "missed", level=None, period="2026-03", per={"plan": "gold"}, comparison="more than"),
            "response, gold, 2026-03: 3 of 4 in time, 75 %; more than 95 % is wanted: missed",
        ),
        (share(0, 0, None, "undetermined"), "response, p1: nothing counts; at least 95 % is wanted: undetermined"),
        (
            share(0, 0, None, "undetermined", missing=("holidays",)),
            "response, p1: nothing is known to count; at least 95 % is wanted: undetermined, missing: holidays",
        ),
        (
            share(3, 2, None, "undetermined", missing=("zone",)),
            "response, p1: 2 of 3 in time, the rest is not known; at least 95 % is wanted: undetermined, missing: zone",
        ),
        (share(0, None, None, "no_commitment", threshold=None), "response, p1: left blank, nothing is promised"),
        (
            mean(3, 8000.3333333, "met"),
            "response, p1: 2 hours 13 minutes 20 seconds on average of 3; at most 12 hours is wanted: met",
        ),
        (
            mean(1, None, "undetermined", missing=("holidays",)),
            "response, p1: no average is known of 1; at most 12 hours is wanted: undetermined, missing: holidays",
        ),
        (mean(0, None, "undetermined"), "response, p1: nothing counts; at most 12 hours is wanted: undetermined"),
        (
            mean(2, 1.5, "met", threshold=2, unit="days", calendar="desk"),
            "response, p1: 1.5 days on average of 2; at most 2 days of desk is wanted: met",
        ),
        (
            mean(1, 1, "met", threshold=2, unit="days", calendar="elapsed time"),
            "response, p1: 1 day on average of 1; at most 2 calendar days is wanted: met",
        ),
    ],
)
def test_sentences(answer: ObjectiveAnswer, text: str):
    assert told(answer) == text


def test_rounding_does_not_cross_the_threshold():
    # 9,499 of 10,000 and 9,501 of 10,000: to one place both would be 95 %.
    assert "94.99 %;" in told(share(10_000, 9_499, 94.99, "missed"))
    assert "95.01 %;" in told(share(10_000, 9_501, 95.01, "met"))
    assert "12 hours 400000 microseconds on average" in told(mean(2, 43200.4, "missed"))


def test_under_their_objective_with_reasons_where_they_are_wanted():
    why = Because.of(Reason("objective first_answers", "34 of 35."))
    found = [share(35, 34, 97.1, "met", explain=why), share(0, None, None, "no_commitment", level="p3", threshold=None)]
    assert objectives_text(found, explain=True, width=140).splitlines() == [
        "Objectives",
        "──────────",
        "",
        "  first_answers",
        "    response, p1: 34 of 35 in time, 97.1 %; at least 95 % is wanted: met",
        "      34 of 35. [objective first_answers]",
        "    response, p3: left blank, nothing is promised",
    ]
    assert "the policy has none" in objectives_text([])
