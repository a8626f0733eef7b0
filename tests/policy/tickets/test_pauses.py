"""When a clock stands still, and whether that moves its due time (P7).

Worked out by hand. 6 March 2026 is a Friday, and the office is open from 9 to 17.
"""

from __future__ import annotations

import pytest

from tests.policy.tickets.desk import Said, desk, look, ticket, told

STARTED = "2026-03-06 09:00"
STATUSES = """
lifecycle {
  status working initial
  status waiting
  status parked
  status solved
  from working or parked to waiting when asked
  from waiting to working when answered
  from working or waiting to parked when dropped
  from parked to working when wrote
  from working or waiting or parked to solved when fixed
}
"""


def clock(*said: str, promise: str = "shall within 8 hours", measured: str = "office", statuses: str = STATUSES) -> str:
    """A clock with statuses; `said` is what pauses it."""
    lines = "\n  ".join(said)
    return f"""
clock response {{
  starts when opened
  stops when replied or status is solved
  {lines}
  measured in {measured}
  on change of urgent rebase
  on reopening stay closed
}}
target response: {promise}
{statuses}
"""


def paused(policy: str, at: str, *entries: tuple[str, Said], **first: object) -> str:
    return told(look(desk(policy), at, ticket(STARTED, *entries, **first)))


ASKED = ("2026-03-06 10:00", "asked")
ANSWERED = ("2026-03-06 12:00", "answered")


@pytest.mark.parametrize(
    "said", ["pauses in waiting", "pauses from asked to answered", "pauses while status is waiting"]
)
def test_three_ways_to_say_the_same_pause(said: str):
    # 1 hour to 10:00, paused to 12:00; 5 hours to 17:00, 2 on Monday.
    policy = clock(said)
    assert paused(policy, "2026-03-06 11:00", ASKED, ANSWERED) == (
        "paused, open, from 2026-03-09 10:00 to ?, used 1:00:00"
    )
    assert paused(policy, "2026-03-06 13:00", ASKED, ANSWERED) == ("running, open, due 2026-03-09 11:00, used 2:00:00")


def test_a_status_pauses_the_clocks_that_it_names():
    policy = clock(statuses=STATUSES.replace("status waiting", "status waiting pauses response"))
    assert paused(policy, "2026-03-06 13:00", ASKED, ANSWERED) == ("running, open, due 2026-03-09 11:00, used 2:00:00")


def test_nothing_pauses_unless_it_is_written():
    assert paused(clock(), "2026-03-06 13:00", ASKED, ANSWERED) == "running, open, due 2026-03-06 17:00, used 4:00:00"


def test_pauses_that_overlap_are_one():
    # Waiting from 10:00 to 12:00, not urgent from 11:00 to 13:00: paused for 3 hours in all. 1 hour, and 1 from 13:00.
    policy = clock("pauses in waiting", "pauses while not urgent")
    entries = (
        ASKED,
        ("2026-03-06 11:00", {"facts": {"urgent": False}}),
        ANSWERED,
        ("2026-03-06 13:00", {"facts": {"urgent": True}}),
    )
    assert paused(policy, "2026-03-06 12:30", *entries, facts={"urgent": True}) == (
        "paused, open, from 2026-03-09 11:30 to ?, used 1:00:00"  # 7 hours from 12:30: 4.5, and 2.5 on Monday
    )
    assert paused(policy, "2026-03-06 14:00", *entries, facts={"urgent": True}) == (
        "running, open, due 2026-03-09 12:00, used 2:00:00"  # 7 hours from 13:00: 4, and 3 on Monday
    )


def test_from_one_pause_straight_into_the_next():
    # Waiting at 10:00, parked at 12:00, working at 13:00.
    policy = clock("pauses in waiting, parked")
    entries = ASKED, ("2026-03-06 12:00", "dropped"), ("2026-03-06 13:00", "wrote")
    assert paused(policy, "2026-03-06 12:30", *entries) == "paused, open, from 2026-03-09 11:30 to ?, used 1:00:00"
    assert paused(policy, "2026-03-06 14:00", *entries) == "running, open, due 2026-03-09 12:00, used 2:00:00"


def test_a_clock_that_starts_while_its_pause_holds_starts_paused():
    policy = clock("pauses while urgent")
    entry = ("2026-03-06 11:00", {"facts": {"urgent": False}})
    # Nothing is used before 11:00; then 6 hours to 17:00, and 2 on Monday.
    assert paused(policy, STARTED, entry, facts={"urgent": True}) == (
        "paused, open, from 2026-03-06 17:00 to ?, used 0:00:00"
    )
    assert paused(policy, "2026-03-06 12:00", entry, facts={"urgent": True}) == (
        "running, open, due 2026-03-09 11:00, used 1:00:00"
    )


def test_a_pause_before_the_clock_starts_does_not_count():
    # Waiting since 09:30, the clock starts at 13:00, the answer comes at 14:00: 3 hours to 17:00, 5 on Monday.
    policy = clock("pauses in waiting").replace("starts when opened", "starts when escalated")
    entries = ("2026-03-06 09:30", "asked"), ("2026-03-06 13:00", "escalated"), ("2026-03-06 14:00", "answered")
    assert paused(policy, "2026-03-06 12:00", *entries) == "not_started, not_measured"
    assert paused(policy, "2026-03-06 15:00", *entries) == "running, open, due 2026-03-09 14:00, used 1:00:00"


def test_a_status_that_runs_a_clock_lets_no_pause_hold():
    policy = clock(
        "pauses from asked to answered", statuses=STATUSES.replace("status parked", "status parked runs response")
    )
    # Paused from 10:00; parked, and so running, from 12:00; waiting again, and paused, from 13:00; answered at 14:00.
    entries = ASKED, ("2026-03-06 12:00", "dropped"), ("2026-03-06 13:00", "asked"), ("2026-03-06 14:00", "answered")
    assert paused(policy, "2026-03-06 12:30", *entries) == "running, open, due 2026-03-09 11:00, used 1:30:00"
    # Used: 1 hour and 1 hour. 6 are left at 14:00: 3, and 3 on Monday.
    assert paused(policy, "2026-03-06 15:00", *entries) == "running, open, due 2026-03-09 12:00, used 3:00:00"


def test_asked_twice_and_answered_once_is_one_pause():
    policy = clock("pauses from asked to answered")
    entries = ASKED, ("2026-03-06 11:00", "asked"), ANSWERED, ("2026-03-06 13:00", "answered")
    assert paused(policy, "2026-03-06 14:00", *entries) == "running, open, due 2026-03-09 11:00, used 3:00:00"


def test_a_pause_of_no_length_is_none():
    policy = clock("pauses from asked to answered")
    entries = ASKED, ("2026-03-06 10:00", "answered")
    assert paused(policy, "2026-03-06 14:00", *entries) == "running, open, due 2026-03-06 17:00, used 5:00:00"


# --------------------------------------------------------------------------------------- pauses by the hour


def test_a_pause_that_comes_and_goes_by_the_hour():
    # Every minute counts, but not at night and at weekends: Friday 09:00 to 17:00 is 8 of 10 hours; 2 on Monday.
    policy = clock("pauses while outside office", measured="elapsed time", promise="shall within 10 hours")
    assert paused(policy, "2026-03-06 12:00") == "running, open, due 2026-03-09 11:00, used 3:00:00"
    assert paused(policy, "2026-03-07 12:00") == "paused, open, due 2026-03-09 11:00, used 8:00:00"  # it ends by itself
    assert paused(policy, "2026-03-09 10:00") == "running, open, due 2026-03-09 11:00, used 9:00:00"
    assert paused(policy, "2026-03-09 11:00:01") == (
        "running, breached, due 2026-03-09 11:00, used 10:00:01, late 2026-03-09 11:00"
    )


# -------------------------------------------------------------------------------------------- days and dates

TWO_DAYS = "shall within 2 days of office by close after the start date"


def in_days(policy: str, at: str, *entries: tuple[str, Said]) -> tuple[str, str | None, int | None]:
    found = look(desk(policy), at, ticket(STARTED, *entries))
    day = found.clocks[0].due_date
    return told(found), None if day is None else day.isoformat(), found.clocks[0].used_days


MONDAY = ("2026-03-09 09:00", "asked"), ("2026-03-09 13:00", "answered")


def test_pauses_do_not_move_a_date_that_they_are_said_not_to_move():
    # Monday is day 1, Tuesday day 2. Used on Monday afternoon: 8 hours, and 1 from 13:00; 1 day.
    policy = clock("pauses in waiting", "pauses do not move the due time", promise=TWO_DAYS)
    assert in_days(policy, "2026-03-09 12:00", *MONDAY)[0] == "paused, open, due 2026-03-10 17:00, used 8:00:00"
    assert in_days(policy, "2026-03-09 14:00", *MONDAY) == (
        "running, open, due 2026-03-10 17:00, used 9:00:00", "2026-03-10", 1
    )  # fmt: skip


def test_pauses_move_a_date_by_the_hours_of_its_calendar():
    # Tuesday 17:00 and the 4 hours: Wednesday 13:00.
    policy = clock("pauses in waiting", "pauses move the due time", promise=TWO_DAYS)
    assert in_days(policy, "2026-03-09 14:00", *MONDAY) == (
        "running, open, due 2026-03-11 13:00, used 9:00:00", "2026-03-11", 1
    )  # fmt: skip
    # While it lasts: 2 hours by 11:00, so Wednesday 11:00 at the earliest.
    assert in_days(policy, "2026-03-09 11:00", *MONDAY) == (
        "paused, open, from 2026-03-11 11:00 to ?, used 8:00:00", None, 1
    )  # fmt: skip


def test_a_pause_outside_hours_moves_no_date():
    night = ("2026-03-06 17:00", "asked"), ("2026-03-09 09:00", "answered")
    policy = clock("pauses in waiting", "pauses move the due time", promise=TWO_DAYS)
    assert in_days(policy, "2026-03-09 14:00", *night)[0] == "running, open, due 2026-03-10 17:00, used 13:00:00"


def test_a_pause_after_the_date_moves_nothing():
    later = ("2026-03-11 10:00", "asked"), ("2026-03-11 12:00", "answered")
    policy = clock("pauses in waiting", "pauses move the due time", promise=TWO_DAYS)
    # Used: Friday, Monday and Tuesday 8 hours each; Wednesday 1 hour before the pause and 1 after it.
    assert in_days(policy, "2026-03-11 13:00", *later)[0] == (
        "running, breached, due 2026-03-10 17:00, used 26:00:00, late 2026-03-10 17:00"
    )


def test_calendar_days_are_moved_by_elapsed_time():
    # 2 calendar days: Saturday and Sunday; over at midnight. The pause from Friday 18:00 to Saturday 06:00 is 12 hours.
    night = ("2026-03-06 18:00", "asked"), ("2026-03-07 06:00", "answered")
    policy = clock("pauses in waiting", "pauses move the due time", promise="shall within 2 calendar days")
    due, day, _ = in_days(policy, "2026-03-07 14:00", *night)
    assert (due, day) == ("running, open, due 2026-03-09 12:00, used 8:00:00", "2026-03-09")
    kept = clock("pauses in waiting", "pauses do not move the due time", promise="shall within 2 calendar days")
    assert in_days(kept, "2026-03-07 14:00", *night)[:2] == (
        "running, open, due 2026-03-09 00:00, used 8:00:00", "2026-03-08"
    )  # fmt: skip
