"""Examples of tickets to which something happens, and of what is only known at an instant (R10, CONTRACT `test`).

The policy is that of the documentation: docs/examples/brightwater.sla.
"""

from __future__ import annotations

from functools import cache

import pytest

from sla_dsl import loads
from sla_dsl.policy.examples import ExpectationResult
from tests.docs.fragments import EXAMPLES, composed
from tests.policy.expecting import examples, outcomes

GOLD = """
ticket priority p1, plan gold, opened 2026-03-03 09:00
at 2026-03-03 09:30 acknowledged
at 2026-03-03 10:30 updated
at 2026-03-03 12:45 updated
"""
CLOCKS = [
    ("response is met", "passed"),
    ("response is stopped", "passed"),
    ("response is missed", "failed"),
    ("response is missed or met", "passed"),
    ("response is not missed", "passed"),
    ("response is not met", "failed"),
    ("response is shall", "passed"),
    ("response is target", "failed"),
    ("response is not target", "passed"),
    ("response due 2026-03-03 09:45", "passed"),
    ("response due 2026-03-03 09:46", "failed"),
    ("response due 2026-03-03", "failed"),
    ("response is running at 2026-03-03 09:29", "passed"),
    ("response is open at 2026-03-03 09:29", "passed"),
    ("response is stopped at 2026-03-03 09:30", "passed"),
    # of a clock with cycles the last one: without an instant, when the last thing happens
    ("update due 2026-03-03 14:45", "passed"),
    ("update due 2026-03-03 11:00 at 2026-03-03 10:00", "passed"),
    ("update is missed at 2026-03-03 12:40", "passed"),
    ("update is missed", "failed"),
    ("update is open", "passed"),
    ("update is void at 2026-03-03 18:00", "failed"),
    ("restoration is not_started", "failed"),
    ("restoration due 2026-03-03 17:00", "passed"),
    ("restoration is running", "passed"),
    ("restoration no deadline", "failed"),
    ("status is working", "passed"),
    ("status is new at 2026-03-03 09:29", "passed"),
    ("status is not new", "passed"),
    ("priority is p1 at 2026-03-03 10:00", "passed"),
    ("plan is gold at 2026-03-03 10:00", "passed"),
    ("severity is minor at 2026-03-03 10:00", "failed"),
]

SILENT = """
ticket priority p3, plan gold, opened 2026-03-03 09:00
at 2026-03-03 10:00 restored
"""
NO_NUMBER = [
    ("restoration is no_commitment", "passed"),
    ("restoration is best effort", "passed"),
    ('restoration is words "as soon as possible"', "failed"),
    ("restoration no deadline", "passed"),
    ("restoration undetermined", "failed"),
    ("response is left blank", "passed"),
    ("response is blank", "passed"),
    ("update is void", "passed"),
    ("update is not_measured", "passed"),
]

WAITING = """
ticket priority p2, plan basic, opened 2026-03-03 09:00
at 2026-03-03 09:30 acknowledged
at 2026-03-03 10:00 asked
at 2026-03-04 10:00 answered
at 2026-03-04 12:00 restored
at 2026-03-20 12:00 reopened
"""
STATUSES = [
    ("status is waiting at 2026-03-03 10:00", "passed"),
    ("restoration is paused at 2026-03-03 11:00", "passed"),
    ("restoration is running at 2026-03-04 11:00", "passed"),
    ("status is fixed at 2026-03-09 11:59", "passed"),
    ("status is closed at 2026-03-09 12:00", "passed"),
    ("status is closed or new", "passed"),
    ("status is fixed", "failed"),
]

RECLASSIFIED = """
ticket priority p1, plan basic, opened 2026-03-03 09:00
at 2026-03-03 10:00 workaround_accepted
at 2026-03-03 11:00 own_equipment_found
"""
RULES = [
    ("priority is p1 at 2026-03-03 09:59", "passed"),
    ("priority is p2", "passed"),
    ("priority is P2", "passed"),
    ("priority is p1", "failed"),
    ("response is void", "passed"),
    ("own_equipment is in_force", "passed"),
    ("own_equipment is not_in_force", "failed"),
    ("own_equipment is not_in_force at 2026-03-03 10:30", "passed"),
    ("own_equipment is not in_force at 2026-03-03 10:30", "passed"),
]

QUIET = """
ticket priority p1, plan gold, caller customer, opened 2026-03-03 09:00, work_begins 2026-03-08 02:00
"""
OTHERS = [
    ("telephone available", "passed"),
    ("telephone available at 2026-03-03 17:59", "passed"),
    ("telephone not available at 2026-03-03 18:00", "passed"),
    ("telephone not available", "failed"),
    ("telephone is not_stated", "failed"),
    ("night_crew available at 2026-03-03 18:00", "passed"),
    ("phone available", "passed"),
    ("night_phone not available", "passed"),
    ("portal is not_stated", "passed"),
    ("portal available", "failed"),
    ("portal not available", "failed"),
    ("planned is forbidden", "passed"),
    ("planned is not allowed", "passed"),
    ("planned is allowed at 2026-03-08 03:00", "passed"),
    ("planned is not forbidden at 2026-03-08 03:00", "passed"),
    ("contact_person is owed", "passed"),
    ("contact_person is shall", "passed"),
    ("contact_person no deadline", "passed"),
    ("notice undetermined at 2026-03-05 12:00", "passed"),
    ("notice undetermined missing work_begins at 2026-03-05 12:00", "passed"),
    ("notice is owed at 2026-03-05 12:00", "failed"),
    ("notice is not owed at 2026-03-05 12:00", "failed"),
]

UNKNOWN = """
ticket plan gold, sites_down 3, opened 2026-03-03 09:00
at 2026-03-03 09:30 acknowledged
"""
UNDETERMINED = [
    ("priority undetermined", "passed"),
    ("priority undetermined missing reach", "passed"),
    ("priority undetermined missing plan", "failed"),
    ("priority is p1 or p2", "passed"),
    ("priority is p1", "failed"),
    ("priority is not p3", "passed"),
    ("priority is not p1", "failed"),
    ("response undetermined missing reach", "passed"),
    ("response undetermined missing holidays, reach", "failed"),
    ("response is met", "passed"),
    ("restoration undetermined at 2026-03-03 09:45", "passed"),
    ("restoration due 2026-03-03 17:00", "failed"),
    ("night_crew undetermined missing holidays at 2026-03-03 20:00", "failed"),
    ("night_crew not available at 2026-03-03 20:00", "failed"),
]

CASES = [
    (ticket, expected, verdict)
    for ticket, expectations in (
        (GOLD, CLOCKS),
        (SILENT, NO_NUMBER),
        (WAITING, STATUSES),
        (RECLASSIFIED, RULES),
        (QUIET, OTHERS),
        (UNKNOWN, UNDETERMINED),
    )
    for expected, verdict in expectations
]


@cache
def results() -> list[ExpectationResult]:
    """What comes out of every case, each in an example of its own."""
    made = examples((f"\nset holidays to none{ticket}", expected) for ticket, expected, _ in CASES)
    return outcomes(loads(composed(made, whole=True), folder=EXAMPLES))


@pytest.mark.parametrize("number", range(len(CASES)), ids=lambda number: CASES[number][1])
def test_what_comes_out_over_time(number: int):
    one = results()[number]
    assert one.verdict == CASES[number][2], one
    assert one.actual


def test_the_clauses_that_answers_look_at_are_reached():
    reached = {clause for one in results() for clause in one.clauses}
    assert {
        "clock response", "target response/p1,gold", "status waiting", "transition waiting to working",
        "service telephone", "channel night_phone", "duty contact_person", "exclusion own_equipment",
        "maintenance planned", "matrix priority",
    } <= reached  # fmt: skip
