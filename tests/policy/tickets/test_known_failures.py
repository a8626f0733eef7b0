"""Where ticket systems are known to go wrong. Each answer was worked out by hand, and its arithmetic stands beside it.

6 March 2026 is a Friday, and the office is open from 9 to 17.
"""

from __future__ import annotations

from itertools import permutations

import pytest

from tests.policy.tickets.desk import cycles, desk, instant, look, ticket, told, wall

EIGHT_HOURS = desk("""
clock response {
  starts when opened
  stops when replied
  pauses from asked to answered
  measured in office
  on change of priority rebase
  on reopening stay closed
}
target response: shall within 8 hours
""")
BY_PRIORITY = desk("""
clock response {
  starts when opened
  stops when replied
  pauses from asked to answered
  measured in office
  on change of priority rebase
  on reopening stay closed
}
target response for p1: shall within 2 hours
target response for p2: shall within 8 hours
target response for p3: shall within 30 minutes
""")


# ------------------------------------------------------------------------------------- opening and closing


def test_eight_hours_from_friday_nine_are_spent_at_closing_and_not_on_monday():
    given = ticket("2026-03-06 09:00")
    # Friday 09:00 to 17:00 is all of it; at 17:00 it is not late yet, and after it it is.
    assert told(look(EIGHT_HOURS, "2026-03-06 17:00", given)) == "running, open, due 2026-03-06 17:00, used 8:00:00"
    assert told(look(EIGHT_HOURS, "2026-03-06 17:00:01", given)) == (
        "running, breached, due 2026-03-06 17:00, used 8:00:00, late 2026-03-06 17:00"
    )


def test_done_at_closing_on_the_last_minute_is_in_time():
    given = ticket("2026-03-06 09:00", ("2026-03-06 17:00", "replied"))
    assert told(look(EIGHT_HOURS, "2026-03-09 09:00", given)) == (
        "stopped 2026-03-06 17:00, met, due 2026-03-06 17:00, used 8:00:00"
    )


def test_created_at_closing_has_the_whole_of_the_next_day():
    given = ticket("2026-03-06 17:00")
    # Friday is over at 17:00; Monday 09:00 and 8 hours.
    assert told(look(EIGHT_HOURS, "2026-03-07 12:00", given)) == "running, open, due 2026-03-09 17:00, used 0:00:00"
    assert told(look(EIGHT_HOURS, "2026-03-09 10:00", given)) == "running, open, due 2026-03-09 17:00, used 1:00:00"


# --------------------------------------------------------------------------------------------- clock changes

SUNDAY_NIGHT = desk("""
calendar sunday_night {
  timezone Europe/Amsterdam
  years 2025 to 2027
  open sun 02:00 to 03:00
}
clock response {
  starts when opened
  stops when replied
  measured in sunday_night
  on reopening stay closed
}
target response: shall within 90 minutes
""")
BY_THE_CLOCK = desk("""
clock response {
  starts when opened
  stops when replied
  pauses from asked to answered
  measured in elapsed time
  on reopening stay closed
}
target response: shall within 4 hours
""")


def test_a_window_in_a_gap_has_no_time_in_it():
    # 29 March goes from 02:00 to 03:00: nothing. 5 April: 60 minutes. 12 April: the last 30, until 02:30.
    given = ticket("2026-03-28 12:00")
    assert told(look(SUNDAY_NIGHT, "2026-04-04 12:00", given)) == "running, open, due 2026-04-12 02:30, used 0:00:00"
    assert told(look(SUNDAY_NIGHT, "2026-04-05 02:15", given)) == "running, open, due 2026-04-12 02:30, used 0:15:00"


def test_a_window_in_a_fold_is_there_twice():
    # 25 October has the hour from 02:00 to 03:00 twice: 60 minutes in summer time, and the last 30 in winter time.
    given = ticket("2026-10-24 12:00")
    due = "due 2026-10-25 02:30 +01:00"
    assert told(look(SUNDAY_NIGHT, "2026-10-25 02:30 +02:00", given)) == f"running, open, {due}, used 0:30:00"
    assert told(look(SUNDAY_NIGHT, "2026-10-25 02:30 +01:00", given)) == f"running, open, {due}, used 1:30:00"


def test_a_pause_across_a_fold_is_as_long_as_it_was():
    # 00:00 to 01:30: 1.5 hours. From 01:30 in summer time to 03:30 in winter time the clock stands still, for 3 hours.
    # The other 2.5 hours end at 06:00.
    given = ticket("2026-10-25 00:00", ("2026-10-25 01:30", "asked"), ("2026-10-25 03:30", "answered"))
    assert told(look(BY_THE_CLOCK, "2026-10-25 04:00", given)) == "running, open, due 2026-10-25 06:00, used 2:00:00"


def test_a_pause_from_half_past_two_to_half_past_two_is_an_hour():
    # 00:00 to 02:30 in summer time: 2.5 hours. One hour later it is 02:30 again; 1.5 hours from there it is 04:00.
    entries = ("2026-10-25 02:30 +02:00", "asked"), ("2026-10-25 02:30 +01:00", "answered")
    given = ticket("2026-10-25 00:00", *entries)
    assert told(look(BY_THE_CLOCK, "2026-10-25 03:00", given)) == "running, open, due 2026-10-25 04:00, used 3:00:00"


# --------------------------------------------------------------------------------------------------- pauses


def test_a_pause_over_a_weekend_costs_what_was_open_in_it():
    # Friday 09:00 to 15:00: 6 hours. Asked until Monday 11:00; 2 hours are left: 13:00.
    given = ticket("2026-03-06 09:00", ("2026-03-06 15:00", "asked"), ("2026-03-09 11:00", "answered"))
    assert told(look(EIGHT_HOURS, "2026-03-09 12:00", given)) == "running, open, due 2026-03-09 13:00, used 7:00:00"


@pytest.mark.parametrize(
    ("since", "until"),
    [
        ("2026-03-06 17:00", "2026-03-09 09:00"),
        ("2026-03-06 18:00", "2026-03-06 22:00"),
        ("2026-03-07 09:00", "2026-03-08 17:00"),
    ],
)
def test_a_pause_wholly_outside_hours_costs_nothing(since: str, until: str):
    # Friday 15:00 to 17:00 and Monday 09:00 to 15:00 make 8 hours, with the pause and without.
    given = ticket("2026-03-06 15:00", (since, "asked"), (until, "answered"))
    assert told(look(EIGHT_HOURS, "2026-03-09 10:00", given)) == "running, open, due 2026-03-09 15:00, used 3:00:00"


def test_stopped_straight_from_a_pause_counts_up_to_the_pause():
    # Friday 09:00 to 10:00: 1 hour. What is left, 7 hours, would have run from Monday 12:00: 5 there, 2 on Tuesday.
    given = ticket("2026-03-06 09:00", ("2026-03-06 10:00", "asked"), ("2026-03-09 12:00", "replied"))
    stopped = "stopped 2026-03-09 12:00, met, due 2026-03-10 11:00, used 1:00:00"
    assert told(look(EIGHT_HOURS, "2026-03-09 12:00", given)) == stopped
    assert told(look(EIGHT_HOURS, "2026-03-20 12:00", given)) == stopped


def test_what_was_late_before_the_pause_is_late_when_stopped_from_it():
    # Due on Friday 17:00, asked on Monday 10:00, an hour into the next day, and stopped in the pause.
    given = ticket("2026-03-06 09:00", ("2026-03-09 10:00", "asked"), ("2026-03-09 12:00", "replied"))
    assert told(look(EIGHT_HOURS, "2026-03-09 13:00", given)) == (
        "stopped 2026-03-09 12:00, breached, due 2026-03-06 17:00, used 9:00:00, late 2026-03-06 17:00"
    )


def test_still_paused_when_asked_has_no_due_time_but_an_earliest_one():
    given = ticket("2026-03-06 09:00", ("2026-03-06 10:00", "asked"))
    # 7 hours are left. If it went on at once, Friday 12:00: 5 hours to 17:00, and 2 on Monday.
    noon = look(EIGHT_HOURS, "2026-03-06 12:00", given)
    assert told(noon) == "paused, open, from 2026-03-09 11:00 to ?, used 1:00:00"
    assert (noon.clocks[0].answer, noon.clocks[0].missing) == ("undetermined", ())
    # On Saturday: 7 hours from Monday 09:00.
    saturday = look(EIGHT_HOURS, "2026-03-07 12:00", given)
    assert told(saturday) == "paused, open, from 2026-03-09 16:00 to ?, used 1:00:00"


def test_spent_before_the_pause_is_due_although_it_is_paused():
    given = ticket("2026-03-06 09:00", ("2026-03-09 10:00", "asked"))
    assert told(look(EIGHT_HOURS, "2026-03-09 12:00", given)) == (
        "paused, breached, due 2026-03-06 17:00, used 9:00:00, late 2026-03-06 17:00"
    )


# -------------------------------------------------------------------------------------------------- changes


def test_priority_raised_past_the_new_target_is_late_at_the_change_and_not_before():
    given = ticket("2026-03-06 09:00", ("2026-03-06 13:00", {"priority": "p1"}), priority="p2")
    # 8 hours: 17:00. From 13:00 on it is 2 hours from 09:00: 11:00, which is over.
    assert told(look(BY_PRIORITY, "2026-03-06 12:59", given)) == "running, open, due 2026-03-06 17:00, used 3:59:00"
    assert told(look(BY_PRIORITY, "2026-03-06 14:00", given)) == (
        "running, breached, due 2026-03-06 11:00, used 5:00:00, late 2026-03-06 13:00"
    )


def test_priority_raised_in_a_pause_counts_only_what_was_used():
    given = ticket("2026-03-06 09:00", ("2026-03-06 10:00", "asked"), ("2026-03-06 13:00", {"priority": "p1"}),
                   ("2026-03-06 15:00", "answered"), priority="p2")  # fmt: skip
    # At 13:00 only 1 of the 2 hours is used: it is not late, and 1 hour is left from 14:00, if it went on then.
    assert told(look(BY_PRIORITY, "2026-03-06 14:00", given)) == (
        "paused, open, from 2026-03-06 15:00 to ?, used 1:00:00"
    )
    assert told(look(BY_PRIORITY, "2026-03-06 15:30", given)) == "running, open, due 2026-03-06 16:00, used 1:30:00"


def test_priority_raised_in_a_pause_past_the_new_target_is_late_at_the_change():
    given = ticket("2026-03-06 09:00", ("2026-03-06 10:00", "asked"), ("2026-03-06 13:00", {"priority": "p3"}),
                   priority="p2")  # fmt: skip
    # 30 minutes from 09:00 were over at 09:30, before the pause.
    assert told(look(BY_PRIORITY, "2026-03-06 12:00", given)) == (
        "paused, open, from 2026-03-09 11:00 to ?, used 1:00:00"
    )
    assert told(look(BY_PRIORITY, "2026-03-06 14:00", given)) == (
        "paused, breached, due 2026-03-06 09:30, used 1:00:00, late 2026-03-06 13:00"
    )


def by_plan(way: str) -> str:
    """A clock that runs in office hours, and around the clock where the priority is p1; 8 hours either way."""
    return f"""
clock response {{
  starts when opened
  stops when replied
  measured in nonstop if priority is p1
  measured in office
  on change of priority {way}
  on reopening stay closed
}}
target response: shall within 8 hours
"""


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        # From Friday 16:00, 8 hours around the clock end at midnight: late at the change. Used by Saturday noon: 20.
        ("rebase", "running, breached, due 2026-03-07 00:00, used 20:00:00, late 2026-03-07 10:00"),
        # 1 hour was used on Friday; the other 7 run from Saturday 10:00. Used: 1 and 2.
        ("carry", "running, open, due 2026-03-07 17:00, used 3:00:00"),
        # All 8 from Saturday 10:00.
        ("restart", "running, open, due 2026-03-07 18:00, used 2:00:00"),
        # 1 hour on Friday, 7 on Monday.
        ("keep", "running, open, due 2026-03-09 16:00, used 1:00:00"),
    ],
)
def test_office_hours_go_over_to_around_the_clock_with_the_priority(way: str, expected: str):
    given = ticket("2026-03-06 16:00", ("2026-03-07 10:00", {"priority": "p1"}), priority="p2")
    policy = desk(by_plan(way))
    assert told(look(policy, "2026-03-07 09:00", given)) == "running, open, due 2026-03-09 16:00, used 1:00:00"
    assert told(look(policy, "2026-03-07 12:00", given)) == expected


# ------------------------------------------------------------------------------------------------ reopening


def reopening(way: str) -> str:
    return f"""
clock response {{
  starts when opened
  stops when status is solved
  measured in office
  on reopening {way}
}}
target response: shall within 8 hours
lifecycle {{
  status working initial
  status solved
  from working to solved when fixed
  from solved to working when reopened
}}
"""


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        # 2 hours on Friday; the other 6 from Monday 10:00.
        ("continue", ["running, open, due 2026-03-09 16:00, used 4:00:00"]),
        # As if it had never stopped: Friday 17:00, which is over when it is reopened. Used: 8 hours and 3.
        (
            "continue, gap counts",
            ["running, breached, due 2026-03-06 17:00, used 11:00:00, late 2026-03-09 10:00"],
        ),
        # 8 hours from Monday 10:00: 7 there, 1 on Tuesday.
        (
            "new cycle",
            [
                "stopped 2026-03-06 11:00, met, due 2026-03-06 17:00, used 2:00:00",
                "running, open, due 2026-03-10 10:00, used 2:00:00",
            ],
        ),
        ("stay closed", ["stopped 2026-03-06 11:00, met, due 2026-03-06 17:00, used 2:00:00"]),
    ],
)
def test_each_way_of_reopening(way: str, expected: list[str]):
    given = ticket("2026-03-06 09:00", ("2026-03-06 11:00", "fixed"), ("2026-03-09 10:00", "reopened"))
    policy = desk(reopening(way))
    stopped = ["stopped 2026-03-06 11:00, met, due 2026-03-06 17:00, used 2:00:00"]
    assert cycles(look(policy, "2026-03-08 12:00", given)) == stopped
    assert cycles(look(policy, "2026-03-09 12:00", given)) == expected


# -------------------------------------------------------------------------------------------------- replies


def test_a_late_reply_between_two_looks_is_late_since_it_was_due():
    given = ticket("2026-03-06 09:00", ("2026-03-06 13:00", "replied"), priority="p1")
    # 2 hours: 11:00. Nobody looked between 10:00 and 14:00.
    assert told(look(BY_PRIORITY, "2026-03-06 10:00", given)) == "running, open, due 2026-03-06 11:00, used 1:00:00"
    late = "stopped 2026-03-06 13:00, breached, due 2026-03-06 11:00, used 4:00:00, late 2026-03-06 11:00"
    assert told(look(BY_PRIORITY, "2026-03-06 14:00", given)) == late
    assert told(look(BY_PRIORITY, "2026-06-01 14:00", given)) == late


NEXT_REPLY = desk("""
clock next_reply {
  starts when wrote
  stops when replied
  measured in office
  on reopening stay closed
}
target next_reply: shall within 2 hours
""")


def test_a_next_reply_runs_from_the_oldest_message_without_an_answer():
    given = ticket(
        "2026-03-06 09:00", ("2026-03-06 10:00", "wrote"), ("2026-03-06 10:30", "wrote"), ("2026-03-06 11:59", "wrote"),
        ("2026-03-06 12:30", "replied"), ("2026-03-06 13:00", "replied"), ("2026-03-06 16:00", "wrote"),
        ("2026-03-06 16:30", "wrote"), ("2026-03-09 09:45", "replied"),
    )  # fmt: skip
    # Three messages, one answer: 10:00 and 2 hours. The answer at 13:00 answers nothing.
    # 16:00 and 2 hours: one on Friday, one on Monday.
    first = "stopped 2026-03-06 12:30, breached, due 2026-03-06 12:00, used 2:30:00, late 2026-03-06 12:00"
    second = "stopped 2026-03-09 09:45, met, due 2026-03-09 10:00, used 1:45:00"
    assert cycles(look(NEXT_REPLY, "2026-03-06 09:30", given), "next_reply") == ["not_started, not_measured"]
    assert cycles(look(NEXT_REPLY, "2026-03-06 15:00", given), "next_reply") == [first]
    assert cycles(look(NEXT_REPLY, "2026-03-09 12:00", given), "next_reply") == [first, second]


@pytest.mark.parametrize("created", ["2026-03-06 09:00", "2026-03-06 12:00", "2026-03-07 12:00"])
def test_acknowledged_at_the_very_instant_of_creation_has_used_nothing(created: str):
    found = look(BY_PRIORITY, "2026-03-09 12:00", ticket(created, (created, "replied"), priority="p1"))
    cycle = found.clocks[0]
    assert (cycle.state, cycle.verdict, cycle.used_seconds, cycle.cycle) == ("stopped", "met", 0, 1)
    assert (cycle.started, cycle.stopped) == (cycle.stopped, cycle.started)
    assert found.irregular == ()


# ---------------------------------------------------------------------------------------------------- order


COUNTED = desk("""
clock response {
  starts when opened or noticed
  stops when replied
  pauses in waiting
  measured in office
  on change of priority rebase
  on reopening stay closed
}
target response for p1: shall within 2 hours
target response for p2: shall within 8 hours
target response for p3: best effort
lifecycle {
  status working initial
  status waiting
  status lapsed
  from working to waiting when asked
  from waiting to working when answered
  from waiting to lapsed after 2 asked
}
""")


def test_entries_out_of_order_are_put_in_order():
    entries = [
        ("2026-03-06 10:00", "asked"),
        ("2026-03-06 12:00", "answered"),
        ("2026-03-06 13:00", {"priority": "p1"}),
        ("2026-03-06 16:00", "replied"),
    ]
    # 1 hour to 10:00; from 12:00 on again. p1 at 13:00: 2 hours are used just then. 3 hours more to 16:00.
    expected = "stopped 2026-03-06 16:00, breached, due 2026-03-06 13:00, used 5:00:00, late 2026-03-06 13:00"
    shuffled = [
        look(COUNTED, "2026-03-09 09:00", ticket("2026-03-06 09:00", *some, priority="p2"))
        for some in permutations(entries)
    ]
    assert {told(found) for found in shuffled} == {expected}
    assert all(found.to_dict() == shuffled[0].to_dict() for found in shuffled)


def test_an_entry_recorded_twice_counts_once():
    once = ("2026-03-06 10:00", "asked")
    again = ("2026-03-06 11:00", "asked")
    # Two questions make the ticket lapse; the same question twice does not.
    twice = look(COUNTED, "2026-03-06 12:00", ticket("2026-03-06 09:00", once, once, priority="p2"))
    assert (twice.status.name, twice.irregular) == ("waiting", ())
    two = look(COUNTED, "2026-03-06 12:00", ticket("2026-03-06 09:00", once, again, once, priority="p2"))
    assert two.status.name == "waiting"  # entering the status is not counted: one question since then
    three = look(COUNTED, "2026-03-06 12:00", ticket("2026-03-06 09:00", once, again, ("2026-03-06 11:30", "asked")))
    assert three.status.name == "lapsed"


def test_at_equal_instants_levels_count_before_events_whatever_their_order():
    # p1 at 13:00: due at 11:00, late at the change. The stop of the same instant comes too late to prevent that.
    at = "2026-03-06 13:00"
    late = "stopped 2026-03-06 13:00, breached, due 2026-03-06 11:00, used 4:00:00, late 2026-03-06 13:00"
    for entries in permutations([(at, {"priority": "p1"}), (at, "replied")]):
        assert told(look(COUNTED, at, ticket("2026-03-06 09:00", *entries, priority="p2"))) == late
    together = ticket("2026-03-06 09:00", (at, {"priority": "p1", "event": "replied"}), priority="p2")
    assert told(look(COUNTED, at, together)) == late


def test_at_equal_instants_events_count_in_the_order_in_which_they_are_given():
    at = "2026-03-06 10:00"
    answered_last = ticket("2026-03-06 09:00", (at, "asked"), (at, "answered"), priority="p2")
    assert told(look(COUNTED, "2026-03-06 12:00", answered_last)) == (
        "running, open, due 2026-03-06 17:00, used 3:00:00"
    )
    asked_last = ticket("2026-03-06 09:00", (at, "answered"), (at, "asked"), priority="p2")
    # 7 hours are left at 12:00: 5 on Friday, 2 on Monday.
    assert told(look(COUNTED, "2026-03-06 12:00", asked_last)) == (
        "paused, open, from 2026-03-09 11:00 to ?, used 1:00:00"
    )


def test_what_may_precede_creation_keeps_its_time():
    given = ticket("2026-03-06 11:00", ("2026-03-06 09:30", "noticed"), priority="p2")
    found = look(COUNTED, "2026-03-06 12:00", given)
    # The clock starts at 09:30: 7.5 hours on Friday, half an hour on Monday. The creation finds it running.
    assert cycles(found) == ["running, open, due 2026-03-09 09:30, used 2:30:00"]
    assert found.irregular == ()


def test_what_may_not_precede_creation_counts_as_at_creation_and_is_listed():
    given = ticket("2026-03-06 11:00", ("2026-03-06 09:30", "replied"), priority="p2")
    found = look(COUNTED, "2026-03-06 12:00", given)
    assert cycles(found) == ["stopped 2026-03-06 11:00, met, due 2026-03-09 11:00, used 0:00:00"]
    assert [(wall(one.at), one.entry) for one in found.irregular] == [
        ("2026-03-06 09:30", {"at": instant("2026-03-06 09:30"), "event": "replied"})
    ]


# -------------------------------------------------------------------------------------------------- warnings

WARNED = desk("""
clock response {
  starts when opened
  stops when replied
  pauses from asked to answered
  measured in office
  on reopening stay closed
  warn at 50 %
  warn at 75 %
  warn 3 hours before due
}
target response: shall within 4 hours
""")


def warned(at: str, *entries: tuple[str, str]) -> list[str]:
    return [wall(one.at) for one in look(WARNED, at, ticket("2026-03-06 15:00", *entries)).clocks[0].warnings]


def test_warnings_before_a_due_time_that_rolls_over_a_night():
    # Friday 15:00 and 4 hours: Monday 11:00. Half of them are over on Friday 17:00, three quarters on Monday 10:00.
    # 3 hours before Monday 11:00: 2 on Monday, 1 on Friday.
    assert warned("2026-03-06 15:00") == ["2026-03-06 17:00", "2026-03-09 10:00", "2026-03-06 16:00"]


def test_warnings_wait_while_the_clock_is_paused():
    # 1 hour to 16:00; from Monday 10:00 on again: half is over at 11:00, three quarters at 12:00, all at 13:00.
    # 3 hours before 13:00 it is 10:00.
    pause = ("2026-03-06 16:00", "asked"), ("2026-03-09 10:00", "answered")
    assert warned("2026-03-09 10:30", *pause) == ["2026-03-09 11:00", "2026-03-09 12:00", "2026-03-09 10:00"]
