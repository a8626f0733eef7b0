"""When clocks start, stop, start again and go on: event expressions, repeating clocks, reopening (P1, P6, R6).

Worked out by hand. 6 March 2026 is a Friday, and the office is open from 9 to 17.
"""

from __future__ import annotations

import pytest

from tests.policy.tickets.desk import Said, cycles, desk, look, ticket

STARTED = "2026-03-06 09:00"


def run(clock: str, at: str, *entries: tuple[str, Said], rules: str = "", **first: object) -> list[str]:
    """Each cycle of a clock of 2 hours in the office, which says this of its starts and stops."""
    policy = desk(f"clock response {{\n{clock}\nmeasured in office\n}}\ntarget response: shall within 2 hours\n{rules}")
    return cycles(look(policy, at, ticket(STARTED, *entries, **first)))


def simple(starts: str = "when opened", stops: str = "when replied", *more: str, reopening: str = "stay closed") -> str:
    return "\n".join([f"starts {starts}", f"stops {stops}", *more, f"on reopening {reopening}"])


WROTE = ("2026-03-06 10:00", "wrote")
ASKED = ("2026-03-06 11:00", "asked")
REPLIED = ("2026-03-06 11:30", "replied")

# ------------------------------------------------------------------------------------------- expressions


def test_the_first_of_two_events_starts():
    either = simple("when wrote or asked")
    expected = ["running, open, due 2026-03-06 12:00, used 1:15:00"]
    assert run(either, "2026-03-06 11:15", WROTE, ASKED) == expected


def test_the_last_of_two_events_starts():
    both = simple("when wrote and asked")
    assert run(both, "2026-03-06 10:30", WROTE, ASKED) == ["not_started, not_measured"]
    assert run(both, "2026-03-06 11:15", WROTE, ASKED) == ["running, open, due 2026-03-06 13:00, used 0:15:00"]


def test_the_last_of_two_events_stops():
    both = simple(stops="when wrote and replied")
    assert run(both, "2026-03-06 10:30", WROTE) == ["running, open, due 2026-03-06 11:00, used 1:30:00"]
    assert run(both, "2026-03-06 12:00", WROTE, REPLIED) == [
        "stopped 2026-03-06 11:30, breached, due 2026-03-06 11:00, used 2:30:00, late 2026-03-06 11:00"
    ]


def test_both_events_of_a_stop_have_to_come_in_the_cycle():
    both = simple("when wrote", "when asked and replied")
    entries = ("2026-03-06 09:30", "asked"), WROTE, REPLIED
    assert run(both, "2026-03-06 12:00", *entries) == [
        "running, open, due 2026-03-06 12:00, used 2:00:00"  # it was asked before the clock started
    ]


def test_a_start_on_a_condition():
    on_phone = simple("when opened if channel is phone")
    assert run(on_phone, "2026-03-06 10:00", channel="phone") == ["running, open, due 2026-03-06 11:00, used 1:00:00"]
    assert run(on_phone, "2026-03-06 10:00", channel="web") == ["not_started, not_measured"]


def test_a_start_instead_of_the_plain_one():
    instead = simple("when opened\nstarts instead when escalated if urgent")
    escalated = ("2026-03-06 10:00", "escalated")
    assert run(instead, "2026-03-06 09:30", escalated, facts={"urgent": True}) == ["not_started, not_measured"]
    assert run(instead, "2026-03-06 10:30", escalated, facts={"urgent": True}) == [
        "running, open, due 2026-03-06 12:00, used 0:30:00"
    ]
    # For others the event is no start at all.
    assert run(instead, "2026-03-06 10:30", escalated, facts={"urgent": False}) == [
        "running, open, due 2026-03-06 11:00, used 1:30:00"
    ]


def test_a_stop_on_a_condition():
    known = simple(stops="when replied if not urgent")
    entries = ("2026-03-06 10:00", "replied"), ("2026-03-06 10:30", {"facts": {"urgent": False}, "event": "replied"})
    assert run(known, "2026-03-06 12:00", *entries, facts={"urgent": True}) == [
        "stopped 2026-03-06 10:30, met, due 2026-03-06 11:00, used 1:30:00"
    ]


# ------------------------------------------------------------------------------------------------ cycles

NEXT = simple("when wrote")


def test_a_message_and_its_answer_at_one_instant_are_a_cycle_of_no_length():
    entries = WROTE, ("2026-03-06 10:00", "replied")
    expected = ["stopped 2026-03-06 10:00, met, due 2026-03-06 12:00, used 0:00:00"]
    assert run(NEXT, "2026-03-06 12:00", *entries) == expected
    assert run(NEXT, "2026-03-06 12:00", *reversed(entries)) == expected


def test_an_answer_ends_the_running_cycle_before_a_message_of_the_same_instant_starts_the_next():
    entries = WROTE, ("2026-03-06 11:00", "wrote"), ("2026-03-06 11:00", "replied")
    assert run(NEXT, "2026-03-06 12:00", *entries) == [
        "stopped 2026-03-06 11:00, met, due 2026-03-06 12:00, used 1:00:00",
        "running, open, due 2026-03-06 13:00, used 1:00:00",
    ]


UPDATES = simple("when opened", "when replied", "repeats until fixed")


def test_each_report_starts_the_time_to_the_next():
    entries = ("2026-03-06 10:30", "replied"), ("2026-03-06 13:00", "replied")
    # 09:00 to 11:00; 10:30 to 12:30, which is half an hour too early; 13:00 to 15:00.
    assert run(UPDATES, "2026-03-06 14:00", *entries) == [
        "stopped 2026-03-06 10:30, met, due 2026-03-06 11:00, used 1:30:00",
        "stopped 2026-03-06 13:00, breached, due 2026-03-06 12:30, used 2:30:00, late 2026-03-06 12:30",
        "running, open, due 2026-03-06 15:00, used 1:00:00",
    ]


def test_an_overdue_report_stays_current_until_it_comes():
    assert run(UPDATES, "2026-03-09 12:00") == [
        "running, breached, due 2026-03-06 11:00, used 11:00:00, late 2026-03-06 11:00"
    ]


def test_the_last_event_voids_the_running_cycle_and_no_other_starts():
    entries = ("2026-03-06 10:30", "replied"), ("2026-03-06 12:00", "fixed"), ("2026-03-06 13:00", "replied")
    assert run(UPDATES, "2026-03-06 14:00", *entries) == [
        "stopped 2026-03-06 10:30, met, due 2026-03-06 11:00, used 1:30:00",
        "void, not_measured, due 2026-03-06 12:30, used 1:30:00",
    ]


def test_a_report_that_was_late_before_the_last_event_is_late():
    assert run(UPDATES, "2026-03-06 14:00", ("2026-03-06 12:00", "fixed")) == [
        "void, breached, due 2026-03-06 11:00, used 3:00:00, late 2026-03-06 11:00"
    ]


def test_a_report_at_the_very_start_is_a_cycle_of_no_length_and_starts_the_next():
    assert run(UPDATES, "2026-03-06 10:00", (STARTED, "replied")) == [
        "stopped 2026-03-06 09:00, met, due 2026-03-06 11:00, used 0:00:00",
        "running, open, due 2026-03-06 11:00, used 1:00:00",
    ]


# --------------------------------------------------------------------------------------------- reopening

STATUSES = """
lifecycle {
  status working initial
  status solved
  status closed final
  from working to solved when fixed
  from solved to working when reopened
  from solved to closed when dropped
}
"""
FIXED = ("2026-03-06 10:00", "fixed")
AGAIN = ("2026-03-06 11:00", "reopened")
TWICE = (FIXED, AGAIN, ("2026-03-06 11:30", "fixed"), ("2026-03-06 14:00", "reopened"))


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        # 1 hour, half an hour, and half an hour from 14:00.
        ("continue", ["running, open, due 2026-03-06 14:30, used 1:45:00"]),
        # 11:00 was not over when it was reopened at 11:00 sharp; from then on it is.
        (
            "continue, gap counts",
            ["running, breached, due 2026-03-06 11:00, used 5:15:00, late 2026-03-06 11:00"],
        ),
        (
            "new cycle",
            [
                "stopped 2026-03-06 10:00, met, due 2026-03-06 11:00, used 1:00:00",
                "stopped 2026-03-06 11:30, met, due 2026-03-06 13:00, used 0:30:00",
                "running, open, due 2026-03-06 16:00, used 0:15:00",
            ],
        ),
        ("stay closed", ["stopped 2026-03-06 10:00, met, due 2026-03-06 11:00, used 1:00:00"]),
    ],
)
def test_reopened_twice(way: str, expected: list[str]):
    clock = simple("when opened", "when status is solved", reopening=way)
    assert run(clock, "2026-03-06 14:15", *TWICE, rules=STATUSES) == expected


def test_a_clock_that_was_late_when_it_stopped_is_late_when_it_goes_on():
    clock = simple("when opened", "when status is solved", reopening="continue")
    entries = ("2026-03-06 12:00", "fixed"), ("2026-03-06 14:00", "reopened")
    # 2 hours to 11:00; 3 hours used at 12:00.
    assert run(clock, "2026-03-06 15:00", *entries, rules=STATUSES) == [
        "running, breached, due 2026-03-06 11:00, used 4:00:00, late 2026-03-06 11:00"
    ]


def test_without_statuses_the_event_named_reopened_reopens():
    clock = simple("when opened", "when fixed", reopening="continue")
    # 1 hour used; the other from 11:00.
    assert run(clock, "2026-03-06 11:30", FIXED, AGAIN) == ["running, open, due 2026-03-06 12:00, used 1:30:00"]


def test_a_clock_that_starts_by_its_own_event_is_not_reopened_as_well():
    clock = simple("when opened or reopened", "when status is solved", reopening="continue")
    assert run(clock, "2026-03-06 11:30", FIXED, AGAIN, rules=STATUSES) == [
        "stopped 2026-03-06 10:00, met, due 2026-03-06 11:00, used 1:00:00",
        "running, open, due 2026-03-06 13:00, used 0:30:00",
    ]


def test_a_running_clock_is_not_reopened():
    clock = simple("when opened", "when replied", reopening="new cycle")
    assert run(clock, "2026-03-06 10:45", FIXED, ("2026-03-06 10:30", "reopened"), rules=STATUSES) == [
        "running, open, due 2026-03-06 11:00, used 1:45:00"
    ]


def test_from_one_end_to_another_is_no_reopening():
    clock = simple("when opened", "when status is solved", reopening="new cycle")
    entries = FIXED, ("2026-03-06 11:00", "dropped")
    assert run(clock, "2026-03-06 12:00", *entries, rules=STATUSES) == [
        "stopped 2026-03-06 10:00, met, due 2026-03-06 11:00, used 1:00:00"
    ]


def test_what_is_promised_after_a_reopening_is_what_governs_then():
    policy = desk(f"""
clock response {{
{simple("when opened", "when status is solved", "on change of priority rebase", reopening="continue")}
measured in office
}}
target response for p1: shall within 2 hours
target response for p2 and p3: shall within 8 hours
{STATUSES}""")
    # The priority falls while the clock is stopped, which changes nothing. Going on it has 8 hours, 1 of them used.
    entries = FIXED, ("2026-03-06 10:30", {"priority": "p2"}), AGAIN
    given = ticket(STARTED, *entries, priority="p1")
    assert cycles(look(policy, "2026-03-06 10:45", given)) == [
        "stopped 2026-03-06 10:00, met, due 2026-03-06 11:00, used 1:00:00"
    ]
    # 7 hours from 11:00: 6 on Friday, 1 on Monday.
    assert cycles(look(policy, "2026-03-06 12:00", given)) == ["running, open, due 2026-03-09 10:00, used 2:00:00"]
