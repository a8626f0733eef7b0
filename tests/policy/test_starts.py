"""What an answer says of the start of a clock, and of readings that others override."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

import sla_dsl

CREATED = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def cloudcti() -> sla_dsl.Policy:
    """CloudCTI without holidays."""
    return sla_dsl.shipped("cloudcti").set(holidays=[])


def test_a_clock_whose_start_asks_for_more_does_not_start(cloudcti: sla_dsl.Policy) -> None:
    """Under `complete_in_writing` a telephone call starts nothing, and nobody knows without the channel."""
    policy = cloudcti.reading(what_report="complete_in_writing")
    by_phone = policy.due("response", priority="p1", created=CREATED, channel="phone", report_complete=True)
    assert (by_phone.answer, by_phone.modality) == ("no_deadline", "silent")
    assert "does not start" in by_phone.because[0].text
    unknown = policy.due("response", priority="p1", created=CREATED, report_complete=True)
    assert (unknown.answer, unknown.missing) == ("undetermined", ("channel",))
    by_mail = policy.due("response", priority="p1", created=CREATED, channel="email", report_complete=True)
    assert by_mail.at == cloudcti.due("response", priority="p1", created=CREATED).at


def test_a_clock_that_starts_with_another_event_says_what_it_took_for_the_start(cloudcti: sla_dsl.Policy) -> None:
    """The instant given counts as the response from which updates run."""
    answer = cloudcti.reading(update_cycle="after_response").due("update", priority="p1", created=CREATED)
    assert any("starts with responded: that is taken to be the instant given" in one.text for one in answer.because)


def test_a_reading_that_another_overrides_is_told_not_to_hold(cloudcti: sla_dsl.Policy) -> None:
    """`duties` restates the whole table, so how days are counted under `day_zero` plays no part."""
    policy = cloudcti.reading(aims_or_duties="duties", repair_days="day_zero")
    answer = policy.due("repair", priority="p2", created=CREATED)
    assert answer.at == cloudcti.due("repair", priority="p2", created=CREATED).at
    assert "repair_days" not in answer.readings
    assert answer.readings["aims_or_duties"] == "duties"
    told = "This was asked for. Where both change the same, `day_zero` of `repair_days` does not hold."
    assert any(one.text.endswith(told) for one in answer.because)
    alone = policy.reading(repair_days=None).due("repair", priority="p2", created=CREATED)
    assert not any("does not hold" in one.text for one in alone.because if one.clause == "ambiguity aims_or_duties")


def test_what_a_reading_restates_keeps_its_quotation(cloudcti: sla_dsl.Policy) -> None:
    """H7: the row of the table is quoted under either modality."""
    answer = cloudcti.reading(aims_or_duties="duties").due("response", priority="p1", created=CREATED)
    assert any("4 Support hours" in cite.quote for cite in answer.because[0].cites)


def test_reasons_where_every_case_lacks_the_same_parameter() -> None:
    """Several cases with one outcome, each without a zone, are explained like one."""
    answer = sla_dsl.shipped("secpod").due("response", priority="low", created=CREATED)
    assert answer.answer == "undetermined"
    assert {"zone", "closed_holidays"} <= set(answer.missing)
    assert answer.because
