"""Events that move a ticket to another level, and those that take it out of the cover of clocks (R8).

Worked out by hand. 6 March 2026 is a Friday, and the office is open from 9 to 17.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.policy.tickets.desk import Said, cycles, desk, look, ticket, told, wall

if TYPE_CHECKING:
    from sla_dsl.policy.tickets.evaluation import Evaluation

STARTED = "2026-03-06 09:00"
CLOCK = """
clock repair {
  starts when opened
  stops when fixed
  measured in office
  on change of priority rebase
  on reopening new cycle
}
target repair for p1: shall within 2 hours
target repair for p2: shall within 8 hours
target repair for p3: target within 16 hours
"""


def at(rules: str, text: str, *entries: tuple[str, Said], **first: object) -> Evaluation:
    return look(desk(CLOCK + rules), text, ticket(STARTED, *entries, **{"priority": "p1", **first}))


# --------------------------------------------------------------------------------------- reclassification

LOWER = "reclassify p1 to p2 or lower when replied"
REPLIED = ("2026-03-06 10:00", "replied")


def test_an_event_moves_the_ticket_to_the_first_level_named():
    found = at(LOWER, "2026-03-06 12:00", REPLIED)
    assert (found.priority.level, found.priority.override) == ("p2", False)
    # The clock is rebased: 09:00 and 8 hours.
    assert told(found, "repair") == "running, open, due 2026-03-06 17:00, used 3:00:00"
    assert at(LOWER, "2026-03-06 09:59", REPLIED).priority.level == "p1"


@pytest.mark.parametrize(
    ("named", "expected"),
    [("p2", "p2"), ("p3", "p3"), ("p1", "p2")],  # the last is none of the levels to which the event leads
)
def test_the_event_may_name_one_of_the_levels(named: str, expected: str):
    found = at(LOWER, "2026-03-06 12:00", ("2026-03-06 10:00", {"event": "replied", "priority": named}))
    assert found.priority.level == expected


def test_it_finds_only_the_levels_that_it_is_for():
    assert at(LOWER, "2026-03-06 12:00", REPLIED, priority="p3").priority.level == "p3"


def test_it_may_have_a_condition():
    rules = "reclassify p1 to p3 when replied if not urgent"
    assert at(rules, "2026-03-06 12:00", REPLIED, facts={"urgent": True}).priority.level == "p1"
    assert at(rules, "2026-03-06 12:00", REPLIED, facts={"urgent": False}).priority.level == "p3"
    together = ("2026-03-06 10:00", {"event": "replied", "facts": {"urgent": False}})
    assert at(rules, "2026-03-06 12:00", together, facts={"urgent": True}).priority.level == "p3"


def test_one_event_moves_it_once():
    rules = "reclassify p1 to p2 when replied\nreclassify p2 to p3 when replied"
    assert at(rules, "2026-03-06 12:00", REPLIED).priority.level == "p2"
    assert at(rules, "2026-03-06 12:00", REPLIED, ("2026-03-06 11:00", "replied")).priority.level == "p3"


def test_a_level_said_later_goes_before_it():
    entries = REPLIED, ("2026-03-06 11:00", {"priority": "p1"})
    found = at(LOWER, "2026-03-06 12:00", *entries)
    # 2 hours from 09:00 end at 11:00, just when it is p1 again: it is not late yet, and late just after.
    assert found.priority.level == "p1"
    assert told(found, "repair") == "running, breached, due 2026-03-06 11:00, used 3:00:00, late 2026-03-06 11:00"


def test_the_clock_that_stops_by_the_event_keeps_the_terms_it_had():
    # Done at 12:00, an hour too late for p1; the event that says so makes it p3.
    found = at("reclassify p1 to p3 when fixed", "2026-03-06 13:00", ("2026-03-06 12:00", "fixed"))
    assert found.priority.level == "p3"
    assert told(found, "repair") == (
        "stopped 2026-03-06 12:00, breached, due 2026-03-06 11:00, used 3:00:00, late 2026-03-06 11:00"
    )


def test_a_status_can_move_it_too():
    rules = """
reclassify p1 to p3 when status is waiting
lifecycle {
  status working initial
  status waiting
  from working to waiting when asked, or after 2 hours
}
"""
    assert at(rules, "2026-03-06 10:30", ("2026-03-06 10:00", "asked")).priority.level == "p3"
    # By itself after 2 hours: 11:00.
    assert at(rules, "2026-03-06 10:59").priority.level == "p1"
    assert at(rules, "2026-03-06 11:00").priority.level == "p3"


# -------------------------------------------------------------------------------------------- exclusions

DROPPED = ("2026-03-06 10:00", "dropped")


def test_an_exclusion_ends_the_running_cycle_and_starts_no_other():
    rules = "exclusion own_fault {\nends repair when dropped\n}"
    found = at(rules, "2026-03-06 12:00", DROPPED, ("2026-03-06 11:00", "fixed"))
    assert cycles(found, "repair") == ["void, not_measured, due 2026-03-06 11:00, used 1:00:00"]
    assert [(one.exclusion, one.ends, wall(one.since)) for one in found.exclusions if one.since] == [
        ("own_fault", ("repair",), "2026-03-06 10:00")
    ]
    assert at(rules, "2026-03-06 09:30", DROPPED).exclusions == ()


def test_what_was_late_before_it_was_excluded_is_late():
    rules = "exclusion own_fault {\nends all clocks when dropped\n}"
    found = at(rules, "2026-03-06 14:00", ("2026-03-06 13:00", "dropped"))
    assert told(found, "repair") == "void, breached, due 2026-03-06 11:00, used 4:00:00, late 2026-03-06 11:00"


def test_an_exclusion_on_a_condition():
    rules = "exclusion own_fault {\nends repair when dropped if not urgent\n}"
    held = at(rules, "2026-03-06 10:30", DROPPED, facts={"urgent": False})
    assert told(held, "repair") == "void, not_measured, due 2026-03-06 11:00, used 1:00:00"
    free = at(rules, "2026-03-06 10:30", DROPPED, facts={"urgent": True})
    assert told(free, "repair") == "running, open, due 2026-03-06 11:00, used 1:30:00"
    assert free.exclusions == ()


def test_nothing_starts_a_clock_that_is_excluded():
    rules = "exclusion own_fault {\nends repair when dropped\n}"
    later = CLOCK.replace("starts when opened", "starts when escalated")
    policy = desk(later + rules)
    given = ticket(STARTED, DROPPED, ("2026-03-06 11:00", "escalated"), priority="p1")
    assert told(look(policy, "2026-03-06 12:00", given), "repair") == "void, not_measured"


def test_void_ends_one_cycle_only():
    voided = CLOCK.replace("stops when fixed", "stops when fixed\n  void when dropped")
    policy = desk(voided.replace("starts when opened", "starts when wrote"))
    entries = ("2026-03-06 09:30", "wrote"), DROPPED, ("2026-03-06 12:00", "wrote"), ("2026-03-06 13:00", "fixed")
    assert cycles(look(policy, "2026-03-06 14:00", ticket(STARTED, *entries, priority="p1")), "repair") == [
        "void, not_measured, due 2026-03-06 11:30, used 0:30:00",
        "stopped 2026-03-06 13:00, met, due 2026-03-06 14:00, used 1:00:00",
    ]
