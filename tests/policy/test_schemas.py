"""The JSON Schemas: as stored, and true of what is written."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from sla_dsl.policy.schemas import SCHEMAS, compiled_schema, due_schema, priority_schema, schema_text
from tests.policy.builders import (
    OPEN_DESK,
    ambiguity,
    annex,
    ask,
    assume,
    at,
    clock,
    in_days,
    in_hours,
    parameter,
    reading,
    target,
    within,
)

STORED = Path(__file__).parents[2] / "docs" / "schemas"

POLICY = ask(
    OPEN_DESK,
    parameter("zone", "timezone", assumes=(assume("x"),)),
    parameter("holidays", "holiday list"),
    clock("response"),
    target("response", within(in_hours(2, high=4)), "p1"),
    target("response", within(in_days(1, "end of day", counted="after", anchor="start date")), "p2"),
    ambiguities=(ambiguity("length", reading("four"), reading("two", target("response", within(in_hours(2)), "p1"))),),
)


@pytest.mark.parametrize("name", list(SCHEMAS))
def test_the_stored_schemas_are_those_of_the_package(name: str):
    stored = (STORED / name).read_text(encoding="utf-8")
    assert stored == schema_text(SCHEMAS[name]()), "write them again with `sla_dsl.policy.schemas.store`"
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[name]())


def test_compiled_policies_fit_their_schema():
    whole = POLICY.reading(length="two").set(zone="UTC", holidays=None).annexed(annex("northern"))
    jsonschema.validate(json.loads(whole.to_json()), compiled_schema())


@pytest.mark.parametrize("priority", ["p1", "p2", "p3", None])
@pytest.mark.parametrize("zone", ["Europe/Amsterdam", None])
@pytest.mark.parametrize("holidays", ["none", None])
def test_answers_fit_their_schemas(priority: str | None, zone: str | None, holidays: str | None):
    policy = POLICY.set(zone=zone, holidays=holidays)
    due = policy.due("response", priority=priority, created=at("2026-03-03 10:00"))
    jsonschema.validate(json.loads(json.dumps(due.to_dict())), due_schema())
    jsonschema.validate(json.loads(json.dumps(policy.priority(priority=priority).to_dict())), priority_schema())
