"""`show` as data: the keys of the contract, and the evidence of each entry."""

import json
from pathlib import Path
from typing import Any

import pytest

import sla_dsl

HARBOUR = Path(__file__).resolve().parents[1] / "pipeline" / "harbour"

CONTRACT = """
parameters facts attributes events parties scales matrices calendars clocks targets statuses transitions services
channels support_lines escalations duties exclusions objectives maintenance references ambiguities notes examples
""".split()


@pytest.fixture(scope="module", params=["cloudcti", "harbour"])
def shown(request: pytest.FixtureRequest) -> dict[str, Any]:
    shipped = request.param == "cloudcti"
    policy = sla_dsl.shipped("cloudcti") if shipped else sla_dsl.load(HARBOUR / "harbour.sla")
    return policy.show()


def test_the_keys_of_the_contract(shown: dict[str, Any]) -> None:
    assert set(CONTRACT) <= set(shown)
    for key in CONTRACT:
        for entry in shown[key]:
            assert {"id", "label", "cite"} <= set(entry), key
            for cite in entry["cite"]:
                assert set(cite) == {"source", "line", "quote"}


def test_it_is_plain_data(shown: dict[str, Any]) -> None:
    assert json.loads(json.dumps(shown, allow_nan=False)) == shown


def test_particular_keys() -> None:
    shown = sla_dsl.shipped("cloudcti").show()
    by_id = {key: {entry["id"]: entry for entry in shown[key]} for key in CONTRACT}
    assert by_id["scales"]["priority"]["chosen_by"] is None
    assert by_id["support_lines"]["second_line"]["by"] == "customer"
    assert by_id["support_lines"]["second_line"]["requested_by"] == "reseller"
    assert [(one["from"], one["to"]) for one in shown["escalations"]] == [
        ("first_line", "second_line"),
        ("second_line", "third_line"),
    ]
    assert by_id["references"]["kpi_chapter"]["to"] is None
    assert by_id["references"]["kpi_chapter"]["broken"].startswith("Chapter 3 holds")
    doubt = by_id["ambiguities"]["response_day"]
    assert doubt["chosen"] == "next_close"
    assert [reading["id"] for reading in doubt["readings"]] == ["next_close", "same_time", "report_day", "end_of_day"]
    assert doubt["because"].startswith("A time in days does not count the day on which it begins")


def test_ambiguities_and_parameters_cite_the_passages_that_need_them(shown: dict[str, Any]) -> None:
    for key in ("ambiguities", "parameters"):
        for entry in shown[key]:
            assert entry["cite"], entry["id"]


def test_what_is_chosen_is_shown() -> None:
    policy = sla_dsl.load(HARBOUR / "harbour.sla").set(holidays=["2026-03-03"]).reading(day_count="counted")
    shown = policy.annex(HARBOUR / "northern.sla").show()
    assert shown["policy"]["readings"] == {"day_count": "counted"}
    assert shown["policy"]["values"] == {"holidays": "2026-03-03"}
    assert shown["policy"]["annexes"] == [{"id": "northern", "label": "Terms for Northern Shipping"}]
    targets = {target["id"]: target for target in shown["targets"]}
    assert targets["response/urgent"]["text"] == "shall within 1 hour"
    assert targets["response/urgent"]["cite"][0]["source"] == "northern.txt"
    assert targets["response/ordinary"]["text"].endswith("from the start date")
    quoted = targets["response/ordinary"]["cite"][0]["quote"]
    assert quoted == "Ordinary faults are answered within 2 working days.", "the sentence of what it replaces"
    [doubt] = shown["ambiguities"]
    assert (doubt["chosen"], doubt["chosen_by_policy"]) == ("counted", "not_counted")
