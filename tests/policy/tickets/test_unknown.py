"""What is not known of a ticket or of the policy: bounds, what is missing, and verdicts that hold anyhow (R3, H4).

Worked out by hand. 6 March 2026 is a Friday, and the office is open from 9 to 17.
"""

from __future__ import annotations

from tests.policy.tickets.desk import Said, cycles, desk, look, ticket, told

STARTED = "2026-03-06 09:00"
BY_PRIORITY = desk("""
clock response {
  starts when opened
  stops when replied
  measured in office
  on change of priority rebase
  on reopening stay closed
}
target response for p1: shall within 2 hours
target response for p2: shall within 8 hours
target response for p3: shall within 16 hours
""")


def response(at: str, *entries: tuple[str, Said], **first: object) -> tuple[str, tuple[str, ...]]:
    found = look(BY_PRIORITY, at, ticket(STARTED, *entries, **first))
    return told(found), found.clocks[0].missing


def test_without_a_priority_every_priority_is_possible():
    # p1 11:00, p2 17:00, p3 Monday 17:00.
    bounds = "from 2026-03-06 11:00 to 2026-03-09 17:00"
    assert response("2026-03-06 10:00") == (f"running, open, {bounds}, used 1:00:00", ("priority",))
    assert response("2026-03-06 12:00") == (f"running, undetermined, {bounds}, used 3:00:00", ("priority",))
    # Too late for each of them: since when is not known.
    assert response("2026-03-10 12:00") == (f"running, breached, {bounds}, used 19:00:00", ("priority",))


def test_a_verdict_that_is_the_same_for_every_priority_is_known():
    bounds = "from 2026-03-06 11:00 to 2026-03-09 17:00"
    assert response("2026-03-20 10:00", ("2026-03-06 11:00", "replied")) == (
        f"stopped 2026-03-06 11:00, met, {bounds}, used 2:00:00",
        ("priority",),
    )
    assert response("2026-03-20 10:00", ("2026-03-06 11:01", "replied"))[0] == (
        f"stopped 2026-03-06 11:01, undetermined, {bounds}, used 2:01:00"
    )


def test_a_priority_that_is_learnt_was_so_from_the_start():
    entry = ("2026-03-06 12:00", {"priority": "p1"})
    assert response("2026-03-06 13:00", entry) == (
        "running, breached, due 2026-03-06 11:00, used 4:00:00, late 2026-03-06 11:00",
        (),
    )


def test_a_priority_that_is_learnt_after_the_stop_decides_what_it_came_to():
    entries = ("2026-03-06 16:00", "replied"), ("2026-03-09 12:00", {"priority": "p2"})
    assert response("2026-03-06 16:30", *entries)[0].startswith("stopped 2026-03-06 16:00, undetermined")
    assert response("2026-03-09 13:00", *entries) == (
        "stopped 2026-03-06 16:00, met, due 2026-03-06 17:00, used 7:00:00",
        (),
    )


# ------------------------------------------------------------------------------------------ what decides

CONDITIONS = desk("""
clock response {
  starts when opened
  starts instead when escalated if vip
  stops when replied
  pauses while urgent
  measured in office
  on change of priority, urgent rebase
  on reopening stay closed
}
clock repair {
  starts when opened
  stops when fixed
  measured in office
  on reopening stay closed
}
target response: shall within 8 hours
target repair: shall within 16 hours
""")


def test_a_fact_that_decides_whether_a_clock_runs():
    found = look(CONDITIONS, "2026-03-06 12:00", ticket(STARTED, priority="p1", facts={"urgent": False}))
    response, repair = found.clocks
    assert (response.state, response.verdict, response.missing) == (None, "undetermined", ("vip",))
    # The other clock does not ask for it.
    assert told(found, "repair") == "running, open, due 2026-03-09 17:00, used 3:00:00"
    assert repair.missing == ()
    assert found.missing == ("vip",)


def test_a_fact_that_decides_whether_a_clock_is_paused():
    found = look(CONDITIONS, "2026-03-06 12:00", ticket(STARTED, facts={"vip": False}))
    # Paused from the start: 8 hours from 12:00, 5 on Friday and 3 on Monday, at the earliest. Not paused: 17:00.
    assert told(found) == "in a state that is not known, open, from 2026-03-06 17:00 to ?"
    assert found.clocks[0].missing == ("urgent",)


def test_what_is_known_by_then_decides_what_was_open_before():
    entry = ("2026-03-06 11:00", {"facts": {"vip": True}})
    given = ticket(STARTED, entry, ("2026-03-06 12:00", "escalated"), facts={"urgent": False})
    # The clock starts with the escalation: 5 hours on Friday, 3 on Monday.
    assert told(look(CONDITIONS, "2026-03-06 11:30", given)) == "not_started, not_measured"
    assert told(look(CONDITIONS, "2026-03-06 13:00", given)) == "running, open, due 2026-03-09 12:00, used 1:00:00"


# -------------------------------------------------------------------------------------- the policy itself

HOLIDAYS = desk("""
parameter holidays is a holiday list { assume "Nobody says whose." }
calendar counter {
  timezone Europe/Amsterdam
  years 2026 to 2027
  open mon to fri 09:00 to 17:00
  closed on holidays
}
clock response {
  starts when opened
  stops when replied
  measured in counter
  on reopening stay closed
}
clock repair {
  starts when opened
  stops when fixed
  measured in office
  on reopening stay closed
}
target response: shall within 8 hours
target repair: shall within 16 hours
""")


def test_holidays_that_nobody_names_leave_the_due_time_open():
    found = look(HOLIDAYS, "2026-03-06 12:00", ticket(STARTED))
    # Friday may be a holiday, and so may be every day after it: 17:00 at the earliest.
    assert told(found) == "running, open, from 2026-03-06 17:00 to ?"
    assert found.clocks[0].missing == ("holidays",)
    assert told(found, "repair") == "running, open, due 2026-03-09 17:00, used 3:00:00"


def test_holidays_that_are_named_decide_it():
    found = look(HOLIDAYS.set(holidays=["2026-03-06"]), "2026-03-06 12:00", ticket(STARTED))
    assert told(found) == "running, open, due 2026-03-09 17:00, used 0:00:00"


def test_in_time_whatever_the_holidays_are():
    given = ticket(STARTED, ("2026-03-06 17:00", "replied"))
    assert look(HOLIDAYS, "2026-03-09 12:00", given).clocks[0].verdict == "met"
    late = ticket(STARTED, ("2026-03-09 09:01", "replied"))
    assert look(HOLIDAYS, "2026-03-09 12:00", late).clocks[0].verdict == "undetermined"


# ---------------------------------------------------------------------------------------------- the years

YEARS = desk("""
calendar this_year {
  timezone Europe/Amsterdam
  years 2025 to 2026
  open mon to fri 09:00 to 17:00
}
clock response {
  starts when opened
  stops when replied
  measured in this_year
  on reopening stay closed
}
clock repair {
  starts when opened
  stops when fixed
  measured in office
  on reopening stay closed
}
target response: shall within 16 hours
target repair: shall within 16 hours
""")


def test_after_the_last_year_of_a_calendar_its_clock_is_undetermined_and_the_others_answer():
    # Thursday 31 December 2026 is the last day: 8 hours there, and 8 that the calendar does not know.
    found = look(YEARS, "2026-12-31 12:00", ticket("2026-12-31 09:00"))
    assert [one.answer for one in found.clocks] == ["undetermined", "due"]
    assert found.clocks[0].verdict == "undetermined"
    assert told(found, "repair") == "running, open, due 2027-01-01 17:00, used 3:00:00"
    assert found.status.name is None
    assert "2026" in " ".join(reason.text for reason in found.clocks[0].because)


def test_a_look_after_the_last_year_of_a_calendar_does_not_lose_the_ticket():
    found = look(YEARS, "2027-02-01 12:00", ticket("2026-12-30 09:00", ("2026-12-30 16:00", "replied")))
    # It stopped within the years: 7 of 16 hours; due on Thursday 17:00.
    assert told(found) == "stopped 2026-12-30 16:00, met, due 2026-12-31 17:00, used 7:00:00"
    assert told(found, "repair").startswith("running, breached, due 2026-12-31 17:00")


def test_an_earlier_cycle_that_is_within_the_years_keeps_its_answer():
    policy = desk("""
calendar this_year {
  timezone Europe/Amsterdam
  years 2025 to 2026
  open mon to fri 09:00 to 17:00
}
clock response {
  starts when wrote
  stops when replied
  measured in this_year
  on reopening stay closed
}
target response: shall within 8 hours
""")
    entries = ("2026-12-30 10:00", "wrote"), ("2026-12-30 11:00", "replied"), ("2026-12-31 15:00", "wrote")
    found = look(policy, "2026-12-31 16:00", ticket("2026-12-30 09:00", *entries))
    # Wednesday: 7 hours to 17:00, 1 on Thursday. The second has 2 hours before the year ends.
    assert cycles(found)[0] == "stopped 2026-12-30 11:00, met, due 2026-12-31 10:00, used 1:00:00"
    assert found.clocks[1].answer == "undetermined"
