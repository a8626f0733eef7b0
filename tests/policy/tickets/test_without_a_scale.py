"""A policy that has no scale at all: nothing carries the targets, and no ticket is lost."""

from __future__ import annotations

from hashlib import sha256

from sla_dsl import from_json, loads
from tests.policy.tickets.desk import FOLDER

POLICY = f"""
language 1
policy small {{
  source "small.txt" sha256 "{sha256((FOLDER / "small.txt").read_bytes()).hexdigest()}"
  informative "Small terms."
  events opened, replied
  created is opened
  timezone Europe/Amsterdam {{ assume "Made up." }}
  clock response {{
    starts when opened
    stops when replied
    measured in elapsed time
    on reopening stay closed
    assume "Made up."
  }}
  target response: shall within 2 hours {{ assume "Made up." }}
}}
"""
CREATED = "2026-03-06T15:00:00+01:00"


def test_its_tickets_are_evaluated():
    policy = loads(POLICY, FOLDER)
    given = {"created": CREATED, "events": [{"at": "2026-03-06T16:00:00+01:00", "event": "replied"}]}
    for made in (policy, from_json(policy.to_json())):
        found = made.evaluate(given, at="2026-03-06T17:00:00+01:00")
        assert (found.priority.answer, found.clocks[0].verdict) == ("unclassified", "met")
        assert found.to_dict()["status"]
        assert made.due("response", created=CREATED).due == "2026-03-06T17:00:00+01:00"
