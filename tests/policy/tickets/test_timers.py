"""What happens to a ticket by itself: timers, counters, windows, and one after the other (R4, R6).

Worked out by hand. 6 March 2026 is a Friday, and the office is open from 9 to 17.
"""

from __future__ import annotations

import pytest

from sla_dsl.policy.tickets.evaluation import Evaluation
from tests.policy.tickets.desk import Said, desk, look, ticket, told, wall

STARTED = "2026-03-06 09:00"
CLOCK = """
clock response {
  starts when opened
  stops when status is solved or status is closed
  measured in office
  on reopening continue
}
target response: shall within 8 hours
"""


def lifecycle(*transitions: str) -> str:
    """A clock that stops when the ticket is solved or closed, and a lifecycle with these transitions."""
    lines = "\n  ".join(transitions)
    return f"""{CLOCK}
lifecycle {{
  status working initial
  status waiting
  status solved
  status closed
  status archived final
  from working to waiting when asked
  from waiting to working when answered
  from working or waiting to solved when fixed
  {lines}
}}
"""


def after(policy: str, at: str, *entries: tuple[str, Said], created: str = STARTED, **first: object) -> Evaluation:
    return look(desk(policy), at, ticket(created, *entries, **first))


def status(policy: str, at: str, *entries: tuple[str, Said], created: str = STARTED, **first: object) -> str:
    """The status of a ticket and since when it has it."""
    found = after(policy, at, *entries, created=created, **first).status
    assert found.since is not None
    return f"{found.name} since {wall(found.since)}"


FIXED = ("2026-03-06 10:00", "fixed")

# ------------------------------------------------------------------------------------------------- timers


def test_a_time_that_is_over_holds_at_that_instant():
    policy = lifecycle("from solved to closed after 48 hours")
    assert status(policy, "2026-03-08 09:59:59", FIXED) == "solved since 2026-03-06 10:00"
    assert status(policy, "2026-03-08 10:00", FIXED) == "closed since 2026-03-08 10:00"
    assert status(policy, "2026-03-20 10:00", FIXED) == "closed since 2026-03-08 10:00"


def test_more_than_a_time_holds_after_it_and_counts_from_it():
    policy = lifecycle("from solved to closed after more than 48 hours", "from closed to archived after 1 hour")
    assert status(policy, "2026-03-08 10:00", FIXED) == "solved since 2026-03-06 10:00"
    assert status(policy, "2026-03-08 10:00:01", FIXED) == "closed since 2026-03-08 10:00"
    # The next timer counts from 10:00 too.
    assert status(policy, "2026-03-08 10:59:59", FIXED) == "closed since 2026-03-08 10:00"
    assert status(policy, "2026-03-08 11:00", FIXED) == "archived since 2026-03-08 11:00"


@pytest.mark.parametrize("more", ["", "more than "])
def test_what_happens_at_the_very_instant_of_a_timer_finds_the_old_status(more: str):
    policy = lifecycle(f"from solved to closed after {more}48 hours", "from solved to working when reopened")
    reopened = ("2026-03-08 10:00", "reopened")
    assert status(policy, "2026-03-08 10:00", FIXED, reopened) == "working since 2026-03-08 10:00"
    assert status(policy, "2026-03-20 10:00", FIXED, reopened) == "working since 2026-03-08 10:00"


def test_days_end_at_the_same_time_of_day_though_the_clocks_change():
    policy = lifecycle("from solved to closed after 2 days")
    # Clocks go forward on 29 March: 47 hours. They go back on 25 October: 49 hours.
    spring = ("2026-03-28 10:00", "fixed")
    assert status(policy, "2026-03-30 12:00", spring, created="2026-03-27 09:00") == "closed since 2026-03-30 10:00"
    autumn = ("2026-10-24 10:00", "fixed")
    assert status(policy, "2026-10-26 12:00", autumn, created="2026-10-23 09:00") == "closed since 2026-10-26 10:00"


def test_days_that_end_in_a_gap_end_with_it_and_those_that_end_in_a_fold_at_its_first_hour():
    policy = lifecycle("from solved to closed after 1 day")
    gap = ("2026-03-28 02:30", "fixed")
    assert status(policy, "2026-03-29 12:00", gap, created="2026-03-27 09:00") == "closed since 2026-03-29 03:00"
    fold = ("2026-10-24 02:30", "fixed")
    assert (
        status(policy, "2026-10-25 12:00", fold, created="2026-10-23 09:00") == "closed since 2026-10-25 02:30 +02:00"
    )


def test_days_of_a_calendar_end_on_days_of_that_calendar():
    # Friday 10:00: Monday is the first, Tuesday the second. On Saturday they begin on Monday 09:00 and would end on
    # Wednesday, when the office only just opens: on Tuesday at closing.
    policy = lifecycle("from solved to closed after 2 days of office")
    assert status(policy, "2026-03-20 12:00", FIXED) == "closed since 2026-03-10 10:00"
    assert status(policy, "2026-03-20 12:00", ("2026-03-07 12:00", "fixed")) == "closed since 2026-03-10 17:00"


def test_hours_of_a_calendar_count_while_it_is_open():
    # 7 hours on Friday, 1 on Monday.
    policy = lifecycle("from solved to closed after 8 hours of office")
    assert status(policy, "2026-03-20 12:00", FIXED) == "closed since 2026-03-09 10:00"


def test_a_timer_that_waits_for_silence_begins_anew_at_each_message():
    policy = lifecycle("from waiting to closed after 24 hours without wrote")
    entries = ("2026-03-06 10:00", "asked"), ("2026-03-06 20:00", "wrote"), ("2026-03-07 15:00", "wrote")
    assert status(policy, "2026-03-08 14:59:59", *entries) == "waiting since 2026-03-06 10:00"
    assert status(policy, "2026-03-08 15:00", *entries) == "closed since 2026-03-08 15:00"
    # Asked before the second message, it knows nothing of it.
    assert status(policy, "2026-03-07 14:00", *entries) == "waiting since 2026-03-06 10:00"


def test_a_timer_whose_condition_fails_when_it_fires_does_nothing():
    policy = lifecycle("from solved to closed after 24 hours if not urgent")
    assert status(policy, "2026-03-20 12:00", FIXED, facts={"urgent": True}) == "solved since 2026-03-06 10:00"
    assert status(policy, "2026-03-20 12:00", FIXED, facts={"urgent": False}) == "closed since 2026-03-07 10:00"


def test_the_ticket_tells_what_it_will_become_and_when():
    policy = lifecycle("from solved to closed after 48 hours", "from solved to archived after 240 hours")
    found = after(policy, "2026-03-06 12:00", FIXED).status
    assert [(one.to, wall(one.at)) for one in found.next] == [
        ("closed", "2026-03-08 10:00"),
        ("archived", "2026-03-16 10:00"),
    ]


def test_a_clock_stops_when_a_timer_closes_the_ticket_and_not_when_somebody_looks():
    # Waiting from 10:00; closed on Saturday 10:00: Friday's 8 hours are used up, and 17:00 is over.
    policy = lifecycle("from waiting to closed after 24 hours")
    found = after(policy, "2026-03-20 12:00", ("2026-03-06 10:00", "asked"))
    assert told(found) == (
        "stopped 2026-03-07 10:00, breached, due 2026-03-06 17:00, used 8:00:00, late 2026-03-06 17:00"
    )
    soon = lifecycle("from waiting to closed after 3 hours")
    assert told(after(soon, "2026-03-20 12:00", ("2026-03-06 10:00", "asked"))) == (
        "stopped 2026-03-06 13:00, met, due 2026-03-06 17:00, used 4:00:00"
    )


# ------------------------------------------------------------------------------------------- one by one


def test_automatic_transitions_follow_each_other_at_their_own_instants():
    policy = lifecycle(
        "from waiting to solved after 24 hours",
        "from solved to closed after 48 hours",
        "from closed to archived after 7 days",
    )
    asked = ("2026-03-06 10:00", "asked")
    assert status(policy, "2026-03-07 09:00", asked) == "waiting since 2026-03-06 10:00"
    assert status(policy, "2026-03-08 12:00", asked) == "solved since 2026-03-07 10:00"
    assert status(policy, "2026-03-10 12:00", asked) == "closed since 2026-03-09 10:00"
    assert status(policy, "2026-06-01 12:00", asked) == "archived since 2026-03-16 10:00"


def test_transitions_that_take_no_time_follow_at_the_same_instant():
    policy = lifecycle("from solved to closed after 0 hours if urgent", "from closed to archived after 0 hours")
    found = after(policy, "2026-03-06 10:00", FIXED, facts={"urgent": True})
    assert (found.status.name, wall(found.clocks[0].stopped)) == ("archived", "2026-03-06 10:00")  # type: ignore[arg-type]


def test_an_answer_after_the_ticket_closed_itself_finds_it_closed():
    policy = lifecycle("from waiting to closed after 24 hours")
    entries = ("2026-03-06 10:00", "asked"), ("2026-03-09 10:00", "answered")
    found = after(policy, "2026-03-09 12:00", *entries)
    assert (found.status.name, found.irregular) == ("closed", ())


def test_of_two_timers_at_one_instant_the_first_declared_goes():
    policy = lifecycle("from solved to archived after 1 day", "from solved to closed after 24 hours")
    assert status(policy, "2026-03-07 10:00", FIXED) == "archived since 2026-03-07 10:00"


# ------------------------------------------------------------------------------------------------ counters

FIRST = ("2026-03-06 10:00", "asked")
SECOND = ("2026-03-06 11:00", "asked")
THIRD = ("2026-03-06 12:00", "asked")


def test_a_counter_counts_what_comes_after_the_status_was_entered():
    policy = lifecycle("from waiting to closed after 2 asked")
    assert status(policy, "2026-03-06 12:00", FIRST, SECOND) == "waiting since 2026-03-06 10:00"
    assert status(policy, "2026-03-06 12:00", FIRST, SECOND, THIRD) == "closed since 2026-03-06 12:00"


def test_more_than_a_number_is_one_more():
    policy = lifecycle("from waiting to closed after more than 1 asked")
    assert status(policy, "2026-03-06 12:00", FIRST, SECOND) == "waiting since 2026-03-06 10:00"
    assert status(policy, "2026-03-06 12:00", FIRST, SECOND, THIRD) == "closed since 2026-03-06 12:00"


def test_a_counter_begins_anew_at_each_event_it_must_do_without():
    policy = lifecycle("from waiting to closed after 2 asked without wrote")
    message = ("2026-03-06 11:30", "wrote")
    fourth = ("2026-03-06 13:00", "asked")
    assert status(policy, "2026-03-06 12:30", FIRST, SECOND, message, THIRD) == "waiting since 2026-03-06 10:00"
    assert status(policy, "2026-03-06 14:00", FIRST, SECOND, message, THIRD, fourth) == (
        "closed since 2026-03-06 13:00"
    )


def test_a_counter_begins_anew_when_the_status_is_entered_again():
    policy = lifecycle("from waiting to closed after 2 asked")
    entries = FIRST, SECOND, ("2026-03-06 11:30", "answered"), THIRD, ("2026-03-06 13:00", "asked")
    assert status(policy, "2026-03-06 14:00", *entries) == "waiting since 2026-03-06 12:00"


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        # 2 questions by 12:00, before the 24 hours are over on Saturday 10:00.
        ((FIRST, SECOND, THIRD), "closed since 2026-03-06 12:00"),
        # 1 question: the 24 hours are over first.
        ((FIRST, SECOND), "closed since 2026-03-07 10:00"),
        # The second one comes when they are over.
        ((FIRST, SECOND, ("2026-03-07 11:00", "asked")), "closed since 2026-03-07 10:00"),
    ],
)
def test_whichever_is_earlier(entries: tuple[tuple[str, str], ...], expected: str):
    policy = lifecycle("from waiting to closed after 2 asked, or after 24 hours, whichever is earlier")
    assert status(policy, "2026-03-09 12:00", *entries) == expected


def test_a_counter_goes_before_a_timer_at_one_instant():
    # Saturday 10:00: the second question, and the end of 24 hours.
    policy = lifecycle("from waiting to solved after 24 hours", "from waiting to closed after 2 asked")
    entries = FIRST, SECOND, ("2026-03-07 10:00", "asked")
    assert status(policy, "2026-03-07 12:00", *entries) == "closed since 2026-03-07 10:00"


# ------------------------------------------------------------------------------------------------- windows

WINDOW = lifecycle("from solved to working when reopened within 7 days", "from solved to closed after 30 days")


def test_a_window_is_open_up_to_its_last_instant():
    in_time = after(WINDOW, "2026-03-13 12:00", FIXED, ("2026-03-13 10:00", "reopened"))
    assert (in_time.status.name, in_time.irregular) == ("working", ())
    late = after(WINDOW, "2026-03-13 12:00", FIXED, ("2026-03-13 10:00:01", "reopened"))
    assert late.status.name == "solved"
    assert [one.entry["event"] for one in late.irregular] == ["reopened"]


def test_what_comes_after_the_window_changes_nothing_at_all():
    late = after(WINDOW, "2026-03-13 12:00", FIXED, ("2026-03-13 11:00", "reopened"))
    # The clock stopped on Friday 10:00 after an hour; had it been reopened, it would go on.
    assert told(late) == "stopped 2026-03-06 10:00, met, due 2026-03-06 17:00, used 1:00:00"
    # 30 days from Friday 6 March 10:00: 5 April 10:00 (summer time began on 29 March).
    closed = after(WINDOW, "2026-04-05 10:00", FIXED, ("2026-03-13 11:00", "reopened"))
    assert closed.status.name == "closed"


def test_the_ticket_tells_until_when_an_event_would_move_it():
    def allowed(at: str) -> list[tuple[str, str, bool | None, str | None]]:
        moves = after(WINDOW, at, FIXED).status.allowed
        return [(one.event, one.to, one.available, None if one.until is None else wall(one.until)) for one in moves]

    assert allowed("2026-03-06 09:30") == [("asked", "waiting", True, None), ("fixed", "solved", True, None)]
    assert allowed("2026-03-13 10:00") == [("reopened", "working", True, "2026-03-13 10:00")]
    # From then on it is refused, for as long as the ticket stays solved: 30 days from 6 March.
    assert allowed("2026-03-13 10:01") == [("reopened", "working", False, "2026-04-05 10:00")]


def test_a_move_stays_allowed_until_the_ticket_leaves_the_status_or_a_guard_turns():
    policy = lifecycle(
        "from solved to working when reopened within 7 days requires during office",
        "from solved to closed after 2 days",
    )

    def allowed(at: str) -> list[tuple[bool | None, str | None]]:
        moves = after(policy, at, FIXED).status.allowed
        return [(one.available, None if one.until is None else wall(one.until)) for one in moves]

    # Solved on Friday 10:00; the office closes at 17:00, and on Sunday 10:00 the ticket is closed.
    assert allowed("2026-03-06 12:00") == [(True, "2026-03-06 17:00")]
    assert allowed("2026-03-06 18:00") == [(False, "2026-03-08 10:00")]


def test_a_window_of_office_days():
    # Friday 10:00 and 2 office days: Tuesday 10:00.
    policy = lifecycle("from solved to working when reopened within 2 days of office")
    assert (
        status(policy, "2026-03-20 12:00", FIXED, ("2026-03-10 10:00", "reopened")) == "working since 2026-03-10 10:00"
    )
    assert (
        status(policy, "2026-03-20 12:00", FIXED, ("2026-03-10 10:01", "reopened")) == "solved since 2026-03-06 10:00"
    )


def test_both_of_two_events():
    policy = lifecycle("from working to closed when replied and wrote")
    replied, wrote = ("2026-03-06 10:00", "replied"), ("2026-03-06 11:00", "wrote")
    assert status(policy, "2026-03-06 12:00", replied) == "working since 2026-03-06 09:00"
    assert status(policy, "2026-03-06 12:00", replied, wrote) == "closed since 2026-03-06 11:00"
    # Both have to happen while the ticket is in work: the reply before it waited does not count.
    pause = ("2026-03-06 10:15", "asked"), ("2026-03-06 10:45", "answered")
    assert status(policy, "2026-03-06 12:00", replied, *pause, wrote) == "working since 2026-03-06 10:45"
