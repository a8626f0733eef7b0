"""The policy's own zone among the reasons, where an answer goes by it (R10, H7)."""

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
    hours,
    in_hours,
    period,
    target,
    within,
)

WITHOUT_A_ZONE = calendar("desk", hours(OFFICE, zone=None))


@pytest.mark.parametrize(
    ("desk", "promise", "told"),
    [
        (WITHOUT_A_ZONE, within(in_hours(4)), True),
        (DESK, within(in_hours(4)), False),
        (DESK, within(period(4)), True),
        (WITHOUT_A_ZONE, within(in_hours(4, t.ELAPSED)), False),
    ],
)
def test_the_zone_is_told_where_the_answer_goes_by_it(desk: t.Calendar, promise: t.Committed, told: bool):
    zone = {"timezone": "Europe/Amsterdam", "timezone_assumes": (assume("The office is in Utrecht."),)}
    due = ask(desk, clock("response"), target("response", promise), **zone).due(
        "response", created=at("2026-03-03 10:00")
    )
    said = [(one.text, one.assume) for one in due.because if one.clause == "timezone"]
    assert said == ([("The zone is Europe/Amsterdam.", "The office is in Utrecht.")] if told else [])
