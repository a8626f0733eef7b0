"""The schema of a ticket: what fits it for any policy, and what for none."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest

from sla_dsl.policy.schemas import ticket_schema

CREATED = "2026-03-06T15:00:00+01:00"
VALIDATOR = jsonschema.Draft202012Validator(ticket_schema())


@pytest.mark.parametrize(
    "ticket",
    [
        {"created": CREATED},
        {"id": 7, "created": "2026-03-06T14:00:00Z", "priority": None, "events": None, "facts": None},
        {"id": "7", "created": CREATED, "severity": "high", "plan": 2, "facts": {"sites": 2, "down": "no", "x": None}},
        {"created": CREATED, "events": [{"at": CREATED}, {"at": CREATED, "status": "open", "severity": "high"}]},
        {"created": CREATED, "events": [{"at": CREATED, "event": "agreed", "due": CREATED, "facts": {"sites": 1}}]},
    ],
)
def test_tickets(ticket: dict[str, Any]):
    VALIDATOR.validate(ticket)


@pytest.mark.parametrize(
    "ticket",
    [
        {},
        [],
        {"created": None},
        {"created": "2026-03-06T15:00:00"},
        {"created": CREATED, "id": 1.5},
        {"created": CREATED, "severity": ["high"]},
        {"created": CREATED, "channel": 5},
        {"created": CREATED, "facts": {"sites": [1]}},
        {"created": CREATED, "facts": 5},
        {"created": CREATED, "events": {}},
        {"created": CREATED, "events": [{"status": "open"}]},
        {"created": CREATED, "events": [{"at": CREATED, "status": 5}]},
    ],
)
def test_no_tickets(ticket: Any):
    assert not VALIDATOR.is_valid(ticket)
