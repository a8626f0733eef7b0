"""What no rule provides for: recorded statuses are believed, refused events change nothing, both are listed (R5, R6).

Worked out by hand. 6 March 2026 is a Friday, and the office is open from 9 to 17.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.policy.tickets.desk import Said, cycles, desk, instant, look, ticket, told, wall
from tests.policy.tickets.test_ledger import clock

if TYPE_CHECKING:
    from sla_dsl.policy.tickets.evaluation import Evaluation

STARTED = "2026-03-06 09:00"
POLICY = desk("""
clock response {
  starts when opened
  stops when replied
  pauses in waiting
  measured in office
  on reopening stay closed
}
clock repair {
  starts when opened
  stops when fixed
  measured in office
  on reopening continue
}
target response: shall within 8 hours
target repair: shall within 16 hours
duty log {
  owed by vendor to customer when fixed
  due shall
  fulfilled when wrote
}
lifecycle {
  status working initial
  status waiting
  status solved
  status closed final
  from working to waiting when asked
  from waiting to working when answered
  from working to solved when fixed requires replied and urgent
  from waiting to closed after 2 asked
  from solved to working when reopened within 2 days if urgent
  from solved to closed after 30 days
}
""")
URGENT = {"facts": {"urgent": True}}
FIXED = ("2026-03-06 11:00", "fixed")
REPLIED = ("2026-03-06 10:00", "replied")


def at(text: str, *entries: tuple[str, Said], **first: object) -> Evaluation:
    return look(POLICY, text, ticket(STARTED, *entries, **first))


def listed(found: Evaluation) -> list[tuple[str, object]]:
    """When each irregular entry was recorded, and what it said: its event or status."""
    return [(wall(one.at), one.entry.get("event") or one.entry.get("status")) for one in found.irregular]


def test_irregular_entries_are_told_in_the_zone_of_the_policy_wherever_the_ticket_comes_from():
    # 05:00 in New York is 10:00 in Amsterdam, an hour before the creation there and here.
    early = {"at": "2026-03-06T04:00:00-05:00", "event": "replied"}
    refused = {"at": "2026-03-06T06:00:00-05:00", "event": "fixed"}
    given = {"created": "2026-03-06T05:00:00-05:00", "facts": {"urgent": False}, "events": [early, refused]}
    found = look(POLICY, "2026-03-06 14:00", given)
    assert [one.at.isoformat() for one in found.irregular] == ["2026-03-06T10:00:00+01:00", "2026-03-06T12:00:00+01:00"]


# ---------------------------------------------------------------------------------- nothing, and too early


def test_an_entry_that_says_nothing_is_listed():
    nothing: tuple[Said, ...] = ({}, {"event": None}, {"facts": {}}, {"priority": None, "channel": None})
    for said in nothing:
        found = at("2026-03-06 12:00", ("2026-03-06 10:00", said))
        assert [one.why.partition(":")[0] for one in found.irregular] == ["it says nothing"]
        before = at("2026-03-06 12:00", ("2026-03-05 10:00", said))
        assert [wall(one.at) for one in before.irregular] == ["2026-03-05 10:00"]
    stepped = POLICY.step(POLICY.begin(ticket(STARTED)), {"at": instant("2026-03-06 10:00")})
    assert len(stepped.at(instant("2026-03-06 12:00")).irregular) == 1


def test_a_time_that_was_agreed_for_before_the_start_is_listed_and_does_not_count():
    agreed = desk(clock("agreed when arranged"))

    def seen(due: str) -> tuple[str | None, list[str]]:
        entries = (("2026-03-06 11:00", {"event": "arranged", "due": instant(due)}),)
        found = look(agreed, "2026-03-06 12:00", ticket("2026-03-06 10:00", *entries, priority="p2"))
        due_at = found.clocks[0].due
        assert due_at is not None
        return wall(due_at), [one.why for one in found.irregular]

    early = "the agreed time lies before the start of response, and does not count there"
    assert seen("2026-03-06 09:59") == ("2026-03-09 10:00", [early])
    # Past, but not before the start: late at the agreement.
    assert seen("2026-03-06 10:30") == ("2026-03-06 10:30", [])


# ------------------------------------------------------------------------------------------------ refused


def test_an_event_without_what_it_requires_is_refused():
    found = at("2026-03-06 12:00", FIXED, **URGENT)
    assert found.status.name == "working"
    assert listed(found) == [("2026-03-06 11:00", "fixed")]
    assert found.irregular[0].entry == {"at": instant("2026-03-06 11:00"), "event": "fixed"}


def test_a_refused_event_stops_no_clock_and_makes_nobody_owe_anything():
    found = at("2026-03-06 12:00", FIXED, **URGENT)
    assert told(found, "repair") == "running, open, due 2026-03-09 17:00, used 3:00:00"
    assert [one.state for one in found.duties] == ["not_owed"]


def test_the_same_event_is_taken_when_what_it_requires_is_there():
    found = at("2026-03-06 12:00", REPLIED, FIXED, **URGENT)
    assert (found.status.name, found.irregular) == ("solved", ())
    assert told(found, "repair") == "stopped 2026-03-06 11:00, met, due 2026-03-09 17:00, used 2:00:00"
    assert [one.state for one in found.duties] == ["owed"]


def test_both_of_two_requirements():
    # A reply and urgency: one of them is not enough.
    found = at("2026-03-06 12:00", REPLIED, FIXED, facts={"urgent": False})
    assert (found.status.name, listed(found)) == ("working", [("2026-03-06 11:00", "fixed")])


def test_what_it_requires_may_come_with_the_event():
    together = ("2026-03-06 11:00", {"event": "fixed", "facts": {"urgent": True}})
    found = at("2026-03-06 12:00", REPLIED, together, facts={"urgent": False})
    assert (found.status.name, found.irregular) == ("solved", ())


def test_a_refused_event_does_not_count():
    policy = desk("""
lifecycle {
  status working initial
  status solved
  status closed final
  from working to solved when fixed requires urgent
  from working to closed after 2 fixed
}
""")
    three = [(f"2026-03-06 1{hour}:00", "fixed") for hour in range(3)]
    found = look(policy, "2026-03-06 13:00", ticket(STARTED, *three, facts={"urgent": False}))
    assert (found.status.name, len(found.irregular)) == ("working", 3)


def test_what_is_refused_in_one_status_simply_happens_in_another():
    # From waiting, no transition listens to `fixed`: the clock stops, and nothing is refused.
    waiting = at("2026-03-06 12:00", ("2026-03-06 10:30", "asked"), FIXED, **URGENT)
    assert (waiting.status.name, waiting.irregular) == ("waiting", ())
    assert told(waiting, "repair").startswith("stopped 2026-03-06 11:00")


def test_an_event_that_no_status_waits_for_is_not_irregular():
    found = at("2026-03-06 12:00", ("2026-03-06 10:00", "answered"), ("2026-03-06 10:30", "wrote"))
    assert (found.status.name, found.irregular) == ("working", ())


def test_where_its_condition_fails_a_transition_does_not_listen():
    # Reopening is for urgent tickets only; on others the event is nothing that the ticket could refuse.
    entries = REPLIED, FIXED, ("2026-03-06 12:00", {"facts": {"urgent": False}}), ("2026-03-06 13:00", "reopened")
    found = at("2026-03-06 14:00", *entries, **URGENT)
    assert (found.status.name, found.irregular) == ("solved", ())


def test_too_late_to_reopen():
    # 2 days from Friday 11:00: Sunday 11:00.
    entries = REPLIED, FIXED, ("2026-03-08 11:00:01", "reopened")
    found = at("2026-03-09 14:00", *entries, **URGENT)
    assert (found.status.name, listed(found)) == ("solved", [("2026-03-08 11:00:01", "reopened")])
    assert told(found, "repair") == "stopped 2026-03-06 11:00, met, due 2026-03-09 17:00, used 2:00:00"


# ----------------------------------------------------------------------------------------------- recorded


def test_a_recorded_status_is_believed_and_listed_where_no_rule_leads_to_it():
    found = at("2026-03-06 12:00", ("2026-03-06 10:00", {"status": "closed"}))
    assert (found.status.name, listed(found)) == ("closed", [("2026-03-06 10:00", "closed")])


def test_a_recorded_status_is_regular_where_an_event_could_have_led_to_it():
    found = at("2026-03-06 12:00", ("2026-03-06 10:00", {"status": "waiting"}))
    assert (found.status.name, found.irregular) == ("waiting", ())
    # It pauses the clock like any other way to get there: 1 hour; 7 from 12:00, 5 on Friday, 2 on Monday.
    assert told(found) == "paused, open, from 2026-03-09 11:00 to ?, used 1:00:00"


def test_a_recorded_status_is_irregular_where_its_rule_does_not_hold_now():
    # Solved takes a reply and urgency.
    found = at("2026-03-06 12:00", ("2026-03-06 10:00", {"status": "solved"}), **URGENT)
    assert (found.status.name, listed(found)) == ("solved", [("2026-03-06 10:00", "solved")])
    provided = at("2026-03-06 12:00", REPLIED, ("2026-03-06 11:00", {"status": "solved"}), **URGENT)
    assert (provided.status.name, provided.irregular) == ("solved", ())


def test_a_recorded_status_is_irregular_before_its_timer_and_regular_after_it():
    solved = REPLIED, FIXED
    early = at("2026-04-01 12:00", *solved, ("2026-03-31 12:00", {"status": "closed"}), **URGENT)
    assert (early.status.name, listed(early)) == ("closed", [("2026-03-31 12:00", "closed")])
    # 30 days from 6 March 11:00: 5 April 11:00. The ticket is closed by itself then; recording it says nothing new.
    late = at("2026-04-06 12:00", *solved, ("2026-04-05 11:00", {"status": "closed"}), **URGENT)
    assert (late.status.name, late.irregular) == ("closed", ())
    assert wall(late.status.since) == "2026-04-05 11:00"  # type: ignore[arg-type]


def test_the_present_status_recorded_once_more_is_nothing():
    asked = ("2026-03-06 10:00", "asked")
    found = at("2026-03-06 12:00", asked, ("2026-03-06 11:00", {"status": "waiting"}))
    assert (found.status.name, found.irregular) == ("waiting", ())
    assert wall(found.status.since) == "2026-03-06 10:00"  # type: ignore[arg-type]


def test_a_status_and_its_event_in_one_entry_are_one_move():
    found = at("2026-03-06 12:00", ("2026-03-06 10:00", {"event": "asked", "status": "waiting"}))
    assert (found.status.name, found.irregular) == ("waiting", ())


def test_a_final_status_can_be_left_by_a_record_only():
    entries = ("2026-03-06 10:00", {"status": "closed"}), ("2026-03-06 11:00", "answered")
    assert at("2026-03-06 12:00", *entries).status.name == "closed"
    again = at("2026-03-06 13:00", *entries, ("2026-03-06 12:30", {"status": "working"}))
    assert (again.status.name, listed(again)) == (
        "working",
        [("2026-03-06 10:00", "closed"), ("2026-03-06 11:00", "answered"), ("2026-03-06 12:30", "working")],
    )  # fmt: skip


# ----------------------------------------------------------------------------------------- before creation


def test_a_creation_at_another_time_changes_nothing_and_is_listed():
    found = at("2026-03-06 12:00", ("2026-03-06 10:00", "opened"))
    assert listed(found) == [("2026-03-06 10:00", "opened")]
    assert cycles(found) == ["running, open, due 2026-03-06 17:00, used 3:00:00"]
    assert at("2026-03-06 12:00", (STARTED, "opened")).irregular == ()


def test_a_status_before_creation_counts_as_at_creation():
    found = at("2026-03-06 12:00", ("2026-03-05 12:00", {"status": "waiting"}))
    assert (found.status.name, listed(found)) == ("waiting", [("2026-03-05 12:00", "waiting")])
    assert wall(found.status.since) == STARTED  # type: ignore[arg-type]
    # The clock starts in the pause: 8 hours, if it went on at 12:00: 5 on Friday, 3 on Monday.
    assert told(found) == "paused, open, from 2026-03-09 12:00 to ?, used 0:00:00"


def test_what_comes_after_the_look_is_not_listed():
    found = at("2026-03-06 12:00", ("2026-03-06 12:00:01", {"status": "closed"}), ("2026-03-06 13:00", "opened"))
    assert (found.status.name, found.irregular) == ("working", ())
