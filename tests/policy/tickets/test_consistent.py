"""One evaluation does not contradict itself, and tells nothing that hangs on nothing."""

from __future__ import annotations

import pytest

import sla_dsl
from sla_dsl.errors import SlaError
from sla_dsl.policy.tickets.errors import ForeignEvaluation

CLOUDCTI = sla_dsl.shipped("cloudcti").set(holidays=[])
UNCLASSIFIED = {"created": "2026-03-03T10:00:00+01:00", "channel": "email", "caller": "customer"}


def test_clocks_consider_only_priorities_that_are_possible():
    found = CLOUDCTI.evaluate(UNCLASSIFIED, at="2026-03-03T12:00:00+01:00")
    assert found.priority.possible == ("p4",)
    response = found.clocks[0]
    told = " ".join(reason.text for reason in response.because)
    assert "priority is p4" in told
    assert "priority is p1" not in told
    assert response.bounds is not None
    assert response.bounds[0].isoformat() == "2026-03-04T10:00:00+01:00"  # 24 hours of a third-line request


def test_a_service_that_hangs_on_nothing_has_no_conditions():
    found = CLOUDCTI.evaluate(UNCLASSIFIED, at="2026-03-03T12:00:00+01:00")
    telephone = next(one for one in found.availability if one.service == "telephone")
    assert telephone.answer == "yes"
    assert not any(reason.text.startswith("If ") for reason in telephone.because)


def test_a_late_clock_stays_late_when_looked_at_after_the_years_of_its_calendar():
    ticket = {"created": "2026-03-20T10:00:00+01:00", "priority": "p2"}
    early = CLOUDCTI.evaluate(ticket, at="2035-12-01T10:00:00+01:00").clocks[0]
    late = CLOUDCTI.evaluate(ticket, at="2036-03-21T10:00:00+01:00").clocks[0]
    assert (late.verdict, late.due, late.breached_at) == (early.verdict, early.due, early.breached_at)
    assert (late.used_seconds, late.ledger) == (None, ())


def test_objectives_take_evaluations_of_their_own_policy():
    rekor = sla_dsl.shipped("rekor").set(holidays=[])
    other = rekor.evaluate({"created": "2026-03-03T10:00:00-05:00", "priority": "p2"}, at="2026-03-05T10:00:00-05:00")
    with pytest.raises(ForeignEvaluation, match="rekor"):
        CLOUDCTI.objectives([other])
    with pytest.raises(SlaError, match="is no evaluation"):
        CLOUDCTI.objectives([1])  # type: ignore[list-item] - what a program may do


SIGHTWORKS = sla_dsl.shipped("sightworks").set(zone="America/New_York")


def test_steps_stand_in_the_order_of_the_document():
    ticket = {
        "created": "2026-02-03T10:00:00-05:00",
        "priority": "medium",
        "facts": {"next_update_due": "2026-06-20"},
    }
    resolution = SIGHTWORKS.evaluate(ticket, at="2026-03-15T12:00:00-04:00").clocks[1]
    assert [(one.step, one.verdict) for one in resolution.steps] == [
        ("first_period", "aim_missed_no_breach"),
        ("next_update", "not_measured"),
        ("fallback", "open"),
    ]
    assert not any("23:59:59" in reason.text for reason in resolution.because)


def test_a_step_that_is_over_is_told_whatever_comes_later():
    ticket = {"created": "2026-02-03T10:00:00-05:00", "priority": "medium"}
    resolution = SIGHTWORKS.evaluate(ticket, at="2026-06-15T12:00:00-04:00").clocks[1]
    first = next(one for one in resolution.steps if one.step == "first_period")
    assert first.verdict == "aim_missed_no_breach"
