"""Words in reasons: only what matters, what is lacking, and things by their own names (H7)."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

import pytest

from sla_dsl import shipped
from tests.policy.tickets.desk import desk, look, ticket
from tests.policy.tickets.test_cycle_reasons import FRI, MON, why
from tests.policy.tickets.test_ledger import clock


def of_service(answer: Any, service: str) -> list[str]:
    return [reason.text for one in answer.availability if one.service == service for reason in one.because]


def test_an_answer_that_is_the_same_in_every_case_is_told_without_a_case():
    cloudcti = shipped("cloudcti").set(holidays=[])
    given = {"created": "2026-03-03T10:00:00+01:00", "channel": "phone", "caller": "customer"}
    found = cloudcti.evaluate(given, at="2026-03-03T12:00:00+01:00")
    told = of_service(found, "contingency_number")
    assert "not available on Tuesday 2026-03-03 12:00" in told[0]
    assert [text for text in told if text.startswith("If ")] == []


def test_a_case_says_only_what_tells_it_from_the_others():
    policy = dedent("""
      clock response {
        starts when opened
        stops when replied
        measured in office
        on change of vip rebase
        on change of urgent rebase
        on reopening stay closed
      }
      target response if vip and urgent: shall within 2 hours
      target response: shall within 4 hours
    """)
    told = why(policy, f"{FRI} 10:00", f"{FRI} 09:00")
    cases = [text.partition(":")[0] for text in told if text.startswith("If ")]
    assert cases == ["If vip is yes and urgent is yes", "If urgent is no"]


def test_what_had_not_happened_is_what_is_lacking():
    both = clock().replace("starts when opened", "starts when opened and arranged")
    assert why(both, f"{FRI} 16:00", f"{FRI} 09:00")[0] == (
        f"Not started by Friday {FRI} 16:00: `response` starts with opened and arranged, and arranged had not happened."
    )
    neither = clock().replace("starts when opened", "starts when asked and arranged")
    assert why(neither, f"{FRI} 16:00", f"{FRI} 09:00")[0].endswith(
        "starts with asked and arranged, which had not happened."
    )


def test_events_in_a_comparison_are_told_with_when_they_happened():
    more = """service help "Help" {
      available always if replied at least 2 hours after opened
      assume "Made up."
    }"""
    given = ticket(f"{FRI} 09:00", (f"{FRI} 10:00", "replied"), priority="p2")
    assert of_service(look(desk(clock(more=more)), f"{FRI} 16:00", given), "help")[1] == (
        "“always if replied at least 2 hours after opened” does not hold, because replied was on 2026-03-06 10:00 "
        "and opened was on 2026-03-06 09:00."
    )


@pytest.mark.parametrize(("severity", "text"), [("low", "severity is low"), ("high", "severity is high")])
def test_the_scale_of_the_targets_goes_by_its_own_name(severity: str, text: str):
    secpod = shipped("secpod").set(zone="America/New_York", closed_holidays=[])
    given = {"created": "2026-02-16T14:17:00-05:00", "severity": severity, "channel": "email"}
    found = secpod.evaluate(given, at="2026-02-17T12:00:00-05:00")
    told = [reason.text for one in found.clocks for reason in one.because]
    assert f"“severity is critical” does not hold, because {text}." in told
    assert not any("priority" in reason for reason in told)


def test_a_condition_is_not_its_own_ground():
    policy = dedent("""
      clock response {
        starts when opened
        stops when replied
        measured in office
        on change of priority rebase
        on reopening stay closed
      }
      target response if priority is p2: shall within 4 hours
      target response: silent
    """)
    told = why(policy, f"{FRI} 10:00", f"{FRI} 09:00")
    assert "“priority is p2” holds." in told


def test_a_change_of_what_has_no_number_is_told_only_where_the_words_change():
    policy = dedent("""
      clock response {
        starts when opened
        stops when replied
        measured in office
        on change of urgent, vip rebase
        on reopening stay closed
      }
      target response if urgent and vip: words "at once"
      target response if urgent: best effort
      target response: best effort
    """)
    changed = (f"{FRI} 10:00", {"facts": {"urgent": True}})
    told = why(policy, f"{MON} 10:00", f"{FRI} 09:00", changed, facts={"urgent": False, "vip": False})
    assert not any("became" in text for text in told)
    at_once = (f"{FRI} 11:00", {"facts": {"vip": True}})
    told = why(policy, f"{MON} 10:00", f"{FRI} 09:00", changed, at_once, facts={"urgent": False, "vip": False})
    assert [text.partition(", and ")[2] for text in told if "became" in text] == [
        "best effort without a number became “at once”."
    ]


def test_what_had_no_number_is_called_by_its_name_when_it_changes():
    raised = {"created": f"{MON}T10:00Z", "priority": "low", "events": [{"at": f"{MON}T11:00Z", "priority": "urgent"}]}
    hours = {"timezone": "UTC", "weekly": {"mon": [["09:00", "17:00"]], "tue": [["09:00", "17:00"]]}}
    policy = shipped("sightworks").set(zone="UTC", business_hours=hours, business_days=hours)
    response, resolution, _ = policy.evaluate(raised, at=f"{MON}T12:00Z").clocks
    assert became(response) == "silence became “within 1 hour”"
    assert became(resolution) == "what is to be negotiated became “in less than 1 day of business_days same time”"


def became(answer: Any) -> str:
    [text] = [reason.text for reason in answer.because if " became urgent instead of low" in reason.text]
    return text.partition(", and ")[2].partition(". ")[0]


def test_a_level_that_a_rule_gave_is_told_with_the_one_before():
    moved = {"at": f"{MON}T11:00Z", "event": "workaround_accepted"}
    dropped = {"created": f"{MON}T10:00Z", "priority": "urgent", "events": [moved]}
    found = shipped("sightworks").evaluate(dropped, at=f"{MON}T12:00Z").priority
    assert found.because[0].text == (
        f"Priority is high since Monday {MON} 11:00, and was urgent until then: workaround_accepted."
    )
