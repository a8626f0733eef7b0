"""A worked annex: one customer's order form over the policy of SightWorks."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest

import sla_dsl
from sla_dsl.pipeline import check, coverage, run_examples
from sla_dsl.resources import folder, shipped_policies
from sla_dsl.source import Source
from tests.policies.worked import Question, WorkedTicket

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from sla_dsl import Policy

HOME = folder("policies") / "sightworks"
ANNEX, COMPILED, ORDER_FORM = HOME / "northgate.sla", HOME / "northgate.json", HOME / "northgate.txt"

TUESDAY, LATE = "2026-03-03T10:00+11:00", "2026-03-03T16:45+11:00"
QUESTIONS = [
    Question({"priority": "urgent"}, "response", LATE),
    Question({"priority": "urgent"}, "response", "2026-03-03T17:30+11:00"),
    Question({"priority": "urgent"}, "resolution", "2026-04-02T17:00+11:00"),
    Question({"priority": "high"}, "response", TUESDAY),
    Question({"priority": "high"}, "resolution", TUESDAY),
    Question({"priority": "high"}, "permanent_fix", "2026-12-15T10:00+11:00"),
    Question({"priority": "medium"}, "resolution", TUESDAY),
    Question({"priority": "low"}, "resolution", TUESDAY),
]

TICKET = WorkedTicket(
    {
        "id": "urgent before closing, then a work-around",
        "created": "2026-03-03T16:45+11:00",
        "priority": "urgent",
        "channel": "email",
        "events": [
            {"at": "2026-03-04T09:16+11:00", "event": "responded"},
            {"at": "2026-03-04T12:00+11:00", "event": "workaround_delivered"},
            {"at": "2026-03-04T15:00+11:00", "event": "workaround_accepted"},
            {"at": "2026-03-06T15:00+11:00", "event": "resolved"},
            {"at": "2026-03-24T17:30+11:00", "event": "permanent_fix_issued"},
        ],
    },
    ("2026-03-03T20:00+11:00", "2026-03-04T13:00+11:00", "2026-03-04T16:00+11:00", "2026-03-25T09:00+11:00"),
)


@pytest.fixture(scope="module")
def northgate() -> Policy:
    return sla_dsl.shipped("sightworks").annex(ANNEX)


def test_the_order_form(snapshot: SnapshotAssertion) -> None:
    assert hashlib.sha256(ORDER_FORM.read_bytes()).hexdigest() == snapshot


def test_worked_answers(northgate: Policy, snapshot: SnapshotAssertion) -> None:
    assert [one.written(northgate) for one in QUESTIONS] == snapshot


def test_a_worked_ticket(northgate: Policy, snapshot: SnapshotAssertion) -> None:
    assert TICKET.conclusions(northgate) == snapshot
    assert TICKET.written(northgate) == snapshot


def test_what_the_order_form_changes(northgate: Policy, snapshot: SnapshotAssertion) -> None:
    alone = sla_dsl.shipped("sightworks")
    pairs = [(one.conclusion(alone), one.conclusion(northgate)) for one in QUESTIONS]
    assert [(before, after) for before, after in pairs if before != after] == snapshot


def test_what_sightworks_leaves_open_has_a_value(northgate: Policy) -> None:
    open_there = {one["id"] for one in sla_dsl.shipped("sightworks").show()["parameters"]}
    assert open_there == {"zone", "business_hours", "business_days", "working_days"}
    missing = {str(one): one.ask(northgate).to_dict()["missing"] for one in QUESTIONS}
    assert set(map(json.dumps, missing.values())) == {"[]"}


def test_two_doubts_are_settled(northgate: Policy) -> None:
    there, here = (
        {one["id"]: one["chosen"] for one in policy.show()["ambiguities"]}
        for policy in (sla_dsl.shipped("sightworks"), northgate)
    )
    settled = {doubt: (there[doubt], reading) for doubt, reading in here.items() if reading != there[doubt]}
    assert settled == {
        "response_hours": ("at_notification", "business_clock"),
        "fix_owed": ("in_any_case", "after_workaround"),
    }


def test_nothing_is_found() -> None:
    assert check(Source.read(ANNEX), HOME).findings == ()


def test_every_sentence_is_accounted_for(northgate: Policy) -> None:
    texts = [(Source.read(path), HOME) for path in (HOME / "sightworks.sla", ANNEX)]
    counts = {one["source"]: (one["covered"], one["total"]) for one in coverage(northgate, texts)["sources"]}
    assert counts == {"sightworks.txt": (29, 29), "northgate.txt": (13, 13)}


def test_every_example_holds(northgate: Policy) -> None:
    of = dict(run_examples(northgate))
    assert len(of["northgate"]) >= 6
    assert any(result.example.happenings for result in of["northgate"])
    assert [result.example.title for result in of["northgate"] if not result.passed] == []


def test_the_compiled_annex_is_the_written_one(northgate: Policy) -> None:
    compiled = sla_dsl.load(COMPILED)
    assert compiled.digest == sla_dsl.load(ANNEX).digest == northgate.digest
    assert [one.ask(compiled).to_dict() for one in QUESTIONS] == [one.ask(northgate).to_dict() for one in QUESTIONS]


def test_it_is_no_policy_of_its_own() -> None:
    assert "northgate" not in shipped_policies()
