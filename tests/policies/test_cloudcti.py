"""CloudCTI: what the policy means, pinned to the document from which it was written.

After a change on purpose: `make snapshots`, and read the difference.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

import sla_dsl
from sla_dsl.pipeline import check, coverage, run_examples
from sla_dsl.resources import folder
from sla_dsl.source import Source
from tests.policies.worked import Question, changed, other_readings

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from sla_dsl import Policy

HOME = folder("policies") / "cloudcti"
WRITTEN, COMPILED, DOCUMENT = HOME / "cloudcti.sla", HOME / "cloudcti.json", HOME / "cloudcti.txt"

TUESDAY, FRIDAY = "2026-03-03T10:00+01:00", "2026-03-06T16:00+01:00"
QUESTIONS = [
    # every row of the table of severities, and what lies between them
    Question({"entire_service_unavailable": True, "location_affected": 1}),
    Question({"entire_service_unavailable": True, "location_affected": 1, "timely_solution": True}),
    Question({"entire_service_unavailable": True, "location_affected": 1, "users_at_location": 1}),
    Question({"entire_service_unavailable": True, "users_affected": 1}),
    Question({"product_unavailable": True, "location_affected": 2}),
    Question({"reduced_performance": True, "location_affected": 1, "misses_per_day": 3}),
    Question({"reduced_performance": True, "users_affected": 2, "misses_per_day": 15}),
    Question({"reduced_performance": True, "users_affected": 2}),
    Question({"question": True}),
    Question({"question": False}),
    Question({"entire_service_unavailable": True}),
    # every cell of the table of KPIs
    *(
        Question({"priority": priority}, clock, TUESDAY)
        for priority in ("p1", "p2", "p3", "p4")
        for clock in ("response", "update", "repair")
    ),
    # weekends, clock changes, third line
    Question({"priority": "p2"}, "response", FRIDAY),
    Question({"priority": "p2"}, "repair", FRIDAY),
    Question({"priority": "p1"}, "response", "2026-03-27T16:00+01:00"),
    Question({"third_line_request": True}, "response", TUESDAY),
    Question({"third_line_request": True}, "response", "2026-03-07T10:00+01:00"),
    Question({"third_line_request": True, "priority": "p1"}, "response", TUESDAY),
]


@pytest.fixture(scope="module")
def written() -> Policy:
    return sla_dsl.load(WRITTEN)


@pytest.fixture(scope="module")
def answered(written: Policy) -> Policy:
    """The policy with the one parameter that the document leaves without a value."""
    return written.set(holidays=[date(2026, 4, 6)])


def test_the_document(snapshot: SnapshotAssertion) -> None:
    assert hashlib.sha256(DOCUMENT.read_bytes()).hexdigest() == snapshot


def test_the_checked_model(written: Policy, snapshot: SnapshotAssertion) -> None:
    shown = written.show()
    # What only depends on the packages of the day is in the compiled policy.
    for name in ("digest", "holidays_version", "tzdata_version"):
        del shown["policy"][name]
    lines = [f"{key}: {json.dumps(one, ensure_ascii=False)}" for key, some in shown.items() for one in entries(some)]
    assert lines == snapshot


def entries(some: object) -> list[object]:
    """The entries of a section; the heading is one."""
    return list(some) if isinstance(some, list) else [some]


def test_worked_answers(answered: Policy, snapshot: SnapshotAssertion) -> None:
    assert [one.written(answered) for one in QUESTIONS] == snapshot


@pytest.mark.parametrize(("doubt", "reading"), other_readings(sla_dsl.shipped("cloudcti")))
def test_the_same_under_another_reading(
    answered: Policy, doubt: str, reading: str, snapshot: SnapshotAssertion
) -> None:
    assert changed(answered, QUESTIONS, doubt, reading) == snapshot


def test_nothing_is_found_that_is_not_accepted() -> None:
    assert [one for one in check(Source.read(WRITTEN), HOME).findings if one.accepted_because is None] == []


def test_every_sentence_is_accounted_for(written: Policy) -> None:
    [source] = coverage(written, [(Source.read(WRITTEN), HOME)])["sources"]
    assert source["covered"] == source["total"] == 107


def test_every_example_holds(written: Policy) -> None:
    [(_, results)] = run_examples(written)
    assert len(results) >= 15
    assert [result.example.title for result in results if not result.passed] == []


def test_the_compiled_policy_is_the_written_one(written: Policy) -> None:
    compiled = sla_dsl.load(COMPILED)
    assert compiled == sla_dsl.shipped("cloudcti") == sla_dsl.from_json(written.to_json())
    # Other versions of the packages may stand in it; what it means is the same.
    assert compiled.digest == written.digest
    same = [one.ask(written).to_dict() == one.ask(compiled).to_dict() for one in QUESTIONS]
    assert all(same)
