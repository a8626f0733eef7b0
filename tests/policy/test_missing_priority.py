"""A priority that was not given: what a clock misses, and its bounds, are those of the priority itself (R2, H4)."""

from __future__ import annotations

from typing import Any

import pytest

from sla_dsl import shipped

CLOUDCTI = shipped("cloudcti").set(holidays=[])
CREATED = "2026-03-03T10:00:00+01:00"
BY_EMAIL: dict[str, Any] = {"channel": "email", "caller": "customer"}


@pytest.mark.parametrize("facts", [{}, {"users_affected": 50}])
def test_a_clock_misses_what_the_priority_misses(facts: dict[str, Any]):
    """Only priority 4 is left to this ticket, or none: `question` decides, and no other priority is told of."""
    found = CLOUDCTI.evaluate({"created": CREATED, **BY_EMAIL, "facts": facts}, at="2026-03-03T12:00:00+01:00")
    assert (found.priority.possible, found.priority.missing) == (("p4",), ("question",))
    assert {clock.clock: clock.missing for clock in found.clocks} == {
        "response": ("third_line_request", "question"),
        "update": ("question",),
        "repair": ("question",),
    }
    assert "priority" not in found.missing


@pytest.mark.parametrize("facts", [{}, {"users_affected": 50}])
def test_a_due_time_has_the_bounds_and_the_missing_names_of_the_clock(facts: dict[str, Any]):
    found = CLOUDCTI.evaluate({"created": CREATED, **BY_EMAIL, "facts": facts}, at=CREATED).clocks[0]
    asked = CLOUDCTI.due("response", created=CREATED, **BY_EMAIL, **facts)
    assert (asked.bounds, asked.missing) == (found.bounds, found.missing)
    assert "critical_example" in asked.readings  # that no other priority is left rests on how it is read


def test_reasons_still_speak_of_the_priority():
    asked = CLOUDCTI.due("response", created=CREATED, **BY_EMAIL, third_line_request=False)
    told = [reason.text for reason in asked.because]
    assert any(text.startswith("If priority is p4: ") for text in told), told
    assert not any("question is p4" in text for text in told)


def test_a_question_with_every_priority_left_misses_the_priority():
    rekor = shipped("rekor").set(holidays=[])
    assert rekor.due("response", created=CREATED).missing == ("priority",)
    assert CLOUDCTI.due("response", created=CREATED, third_line_request=True).missing == ()


def test_the_defaults_that_leave_no_other_priority_are_assumptions():
    """Nothing is said of this fault: only where all that nobody reports is not there, no response is promised (H4)."""
    sightworks = shipped("sightworks")
    asked = sightworks.due("response", created=CREATED)
    found = sightworks.evaluate({"created": CREATED}, at=CREATED).clocks[0]
    assert (asked.answer, asked.modality) == ("no_deadline", "silent")
    for answer in (asked, found):
        assert {"inoperable", "catastrophic_failure", "excess_access"} <= set(answer.assumptions)
        assert any(reason.text.startswith("`inoperable` is no unless said otherwise") for reason in answer.because)
