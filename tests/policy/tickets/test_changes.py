"""What a running clock does when its terms change: rebase, carry, restart, keep; and a due time that is agreed (P6).

Worked out by hand. 6 March 2026 is a Friday, and the office is open from 9 to 17.
"""

from __future__ import annotations

import pytest

from sla_dsl.policy.tickets.errors import BadTicket
from tests.policy.tickets.desk import Said, desk, instant, look, ticket, told

STARTED = "2026-03-06 09:00"


def terms(
    *said: str, p1: str = "shall within 2 hours", p2: str = "shall within 8 hours", p3: str = "best effort"
) -> str:
    """A clock in office hours with a promise for each priority; `said` is what else it says."""
    return "\n".join(
        [
            "clock response {",
            "starts when opened",
            "stops when replied",
            "measured in office",
            *said,
            "on reopening stay closed",
            "}",
            f"target response for p1: {p1}",
            f"target response for p2: {p2}",
            f"target response for p3: {p3}",
        ]
    )


def change(way: str, at: str, *entries: tuple[str, Said], **promises: str) -> str:
    """A clock in one line, whose ticket is p2 from Friday 09:00 and to which these entries happen."""
    policy = desk(terms(f"on change of priority {way}", **promises))
    return told(look(policy, at, ticket(STARTED, *entries, priority="p2")))


TO_P1 = ("2026-03-06 10:00", {"priority": "p1"})
TO_P3 = ("2026-03-06 13:00", {"priority": "p3"})


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        ("rebase", "running, open, due 2026-03-06 11:00, used 1:30:00"),  # 09:00 and 2 hours
        ("carry", "running, open, due 2026-03-06 11:00, used 1:30:00"),  # 1 of the 2 hours is used; 1 from 10:00
        ("restart", "running, open, due 2026-03-06 12:00, used 0:30:00"),  # 10:00 and 2 hours
        ("keep", "running, open, due 2026-03-06 17:00, used 1:30:00"),  # 09:00 and 8 hours
    ],
)
def test_a_shorter_time(way: str, expected: str):
    assert change(way, "2026-03-06 10:30", TO_P1) == expected


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        # 09:00 and 2 hours, paused from 09:30 to 10:30, makes 12:00 whichever way the hours are put together.
        ("rebase", "running, open, due 2026-03-06 12:00, used 1:00:00"),
        ("carry", "running, open, due 2026-03-06 12:00, used 1:00:00"),
        # From 10:00, in the middle of the pause: half an hour of it is left. 10:30 and 2 hours.
        ("restart", "running, open, due 2026-03-06 12:30, used 0:30:00"),
        # 8 hours and the pause: Friday 17:00 and an hour of Monday.
        ("keep", "running, open, due 2026-03-09 10:00, used 1:00:00"),
    ],
)
def test_a_shorter_time_in_a_pause(way: str, expected: str):
    policy = desk(terms("pauses from asked to answered", f"on change of priority {way}"))
    entries = ("2026-03-06 09:30", "asked"), TO_P1, ("2026-03-06 10:30", "answered")
    assert told(look(policy, "2026-03-06 11:00", ticket(STARTED, *entries, priority="p2"))) == expected


def test_carry_does_not_divide_days():
    # 2 days by close: Monday is day 1, Tuesday day 2, and what was used of the hours is not taken off.
    days = "shall within 2 days of office by close after the start date"
    assert change("carry", "2026-03-06 11:00", TO_P1, p1=days) == ("running, open, due 2026-03-10 17:00, used 2:00:00")


def test_carry_from_days_to_hours_counts_from_the_start():
    days = "shall within 2 days of office by close after the start date"
    assert change("carry", "2026-03-06 10:30", TO_P1, p2=days) == "running, open, due 2026-03-06 11:00, used 1:30:00"


def test_a_breach_stays_when_the_new_time_would_not_be_over():
    # p1 from 09:00: 11:00, and nobody answered. p2 at 12:00: 17:00 would be in time.
    entries = TO_P1, ("2026-03-06 12:00", {"priority": "p2"}), ("2026-03-06 14:00", "replied")
    assert change("rebase", "2026-03-06 13:00", *entries) == (
        "running, breached, due 2026-03-06 17:00, used 4:00:00, late 2026-03-06 11:00"
    )
    assert change("rebase", "2026-03-06 15:00", *entries) == (
        "stopped 2026-03-06 14:00, breached, due 2026-03-06 17:00, used 5:00:00, late 2026-03-06 11:00"
    )


def test_a_breach_stays_when_nothing_is_promised_any_more():
    # 8 hours are over on Friday 17:00.
    entry = ("2026-03-09 10:00", {"priority": "p3"})
    assert change("rebase", "2026-03-09 11:00", entry) == ("running, breached, used 10:00:00, late 2026-03-06 17:00")


def test_what_was_a_missed_target_is_no_breach_of_what_is_promised_later():
    # The target of 2 hours was missed at 11:00. What is binding from 12:00 on has not been late.
    entries = TO_P1, ("2026-03-06 12:00", {"priority": "p2"})
    assert change("rebase", "2026-03-06 13:00", *entries, p1="target within 2 hours") == (
        "running, missed, due 2026-03-06 17:00, used 4:00:00, late 2026-03-06 11:00"
    )


def test_a_stopped_clock_never_changes():
    entries = ("2026-03-06 12:00", "replied"), ("2026-03-06 13:00", {"priority": "p1"})
    for way in ("rebase", "carry", "restart", "keep"):
        assert change(way, "2026-03-06 14:00", *entries) == (
            "stopped 2026-03-06 12:00, met, due 2026-03-06 17:00, used 3:00:00"
        )


def test_from_no_number_to_one_and_back():
    # p3 has no number from 13:00 on. p2 again at 15:00: 8 hours from 09:00.
    entries = TO_P3, ("2026-03-06 15:00", {"priority": "p2"})
    assert change("rebase", "2026-03-06 14:00", *entries) == "running, no_commitment, used 5:00:00"
    assert change("rebase", "2026-03-06 16:00", *entries) == "running, open, due 2026-03-06 17:00, used 7:00:00"


def test_a_number_that_comes_too_late_is_late_at_the_change():
    policy = desk(terms("on change of priority rebase"))
    given = ticket(STARTED, ("2026-03-06 13:00", {"priority": "p1"}), priority="p3")
    assert told(look(policy, "2026-03-06 14:00", given)) == (
        "running, breached, due 2026-03-06 11:00, used 5:00:00, late 2026-03-06 13:00"
    )


def test_the_same_priority_once_more_is_no_change():
    entries = ("2026-03-06 10:00", {"priority": "p2"}), ("2026-03-06 11:00", {"priority": "p2"})
    assert change("restart", "2026-03-06 12:00", *entries) == "running, open, due 2026-03-06 17:00, used 3:00:00"


def test_kept_terms_stay_whatever_comes_after():
    # Kept at p2, and p1 said once more: still no other promise than what was offered before.
    entries = TO_P1, ("2026-03-06 10:30", {"priority": "p1"}), ("2026-03-06 11:30", "asked")
    assert change("keep", "2026-03-06 12:00", *entries) == "running, open, due 2026-03-06 17:00, used 3:00:00"


# --------------------------------------------------------------------------------- several things that change


BY_URGENCY = desk("""
clock response {
  starts when opened
  stops when replied
  measured in office
  on change of urgent restart
  on change of priority rebase
  on reopening stay closed
}
target response for p1 if urgent: shall within 1 hour
target response for p1: shall within 2 hours
target response for p2 and p3: shall within 8 hours
""")


def urgency(*entries: tuple[str, Said], **first: object) -> str:
    return told(look(BY_URGENCY, "2026-03-06 13:00", ticket(STARTED, *entries, **first)))


def test_each_thing_that_changes_has_its_own_way():
    both = {"priority": "p1", "facts": {"urgent": True}}
    first = {"priority": "p2", "facts": {"urgent": False}}
    # Urgency restarts the clock, and stands first: 12:30 and 1 hour.
    assert urgency(("2026-03-06 12:30", both), **first) == "running, open, due 2026-03-06 13:30, used 0:30:00"
    # The priority alone: 09:00 and 2 hours, over at the change.
    assert urgency(("2026-03-06 12:30", {"priority": "p1"}), **first) == (
        "running, breached, due 2026-03-06 11:00, used 4:00:00, late 2026-03-06 12:30"
    )
    # Urgency changes nothing for p2.
    assert urgency(("2026-03-06 12:30", {"facts": {"urgent": True}}), **first) == (
        "running, open, due 2026-03-06 17:00, used 4:00:00"
    )


def test_what_is_learnt_was_so_from_the_start_and_is_no_change():
    # Nobody said whether it is urgent: 10:00 or 11:00. At 09:30 it is learnt that it is: an hour from 09:00.
    learnt = ("2026-03-06 09:30", {"facts": {"urgent": True}})
    given = ticket(STARTED, learnt, priority="p1")
    assert told(look(BY_URGENCY, "2026-03-06 09:15", given)) == (
        "running, open, from 2026-03-06 10:00 to 2026-03-06 11:00, used 0:15:00"
    )
    assert told(look(BY_URGENCY, "2026-03-06 09:45", given)) == "running, open, due 2026-03-06 10:00, used 0:45:00"
    # Learnt too late it is late since then: it was due at 10:00 all along.
    late = ticket(STARTED, ("2026-03-06 12:00", {"facts": {"urgent": True}}), priority="p1")
    assert told(look(BY_URGENCY, "2026-03-06 12:30", late)) == (
        "running, breached, due 2026-03-06 10:00, used 3:30:00, late 2026-03-06 10:00"
    )


def test_what_was_said_and_is_said_otherwise_is_a_change():
    given = ticket(
        STARTED, ("2026-03-06 09:30", {"facts": {"urgent": True}}), priority="p1", facts={"urgent": False}
    )  # fmt: skip
    assert told(look(BY_URGENCY, "2026-03-06 09:45", given)) == "running, open, due 2026-03-06 10:30, used 0:15:00"


# -------------------------------------------------------------------------------------------------- agreed


AGREED = desk(terms("agreed when arranged", "on change of priority rebase"))


def agreed(at: str, due: str | None) -> tuple[str, Said]:
    return at, {"event": "arranged"} | ({} if due is None else {"due": instant(due)})


def test_an_agreed_time_takes_the_place_of_the_promised_one():
    given = ticket(STARTED, agreed("2026-03-06 12:00", "2026-03-10 12:00"), priority="p2")
    assert told(look(AGREED, "2026-03-06 11:00", given)) == "running, open, due 2026-03-06 17:00, used 2:00:00"
    # Used by Monday 12:00: 8 hours of Friday and 3.
    assert told(look(AGREED, "2026-03-09 12:00", given)) == "running, open, due 2026-03-10 12:00, used 11:00:00"
    assert told(look(AGREED, "2026-03-10 13:00", given)) == (
        "running, breached, due 2026-03-10 12:00, used 20:00:00, late 2026-03-10 12:00"
    )


def test_an_agreed_time_stays_when_the_priority_changes():
    entries = agreed("2026-03-06 12:00", "2026-03-10 12:00"), ("2026-03-09 10:00", {"priority": "p1"})
    given = ticket(STARTED, *entries, priority="p2")
    assert told(look(AGREED, "2026-03-09 12:00", given)) == "running, open, due 2026-03-10 12:00, used 11:00:00"


def test_an_agreement_does_not_undo_a_breach():
    given = ticket(STARTED, agreed("2026-03-09 10:00", "2026-03-10 12:00"), priority="p2")
    assert told(look(AGREED, "2026-03-09 12:00", given)) == (
        "running, breached, due 2026-03-10 12:00, used 11:00:00, late 2026-03-06 17:00"
    )


def test_a_time_can_be_agreed_where_nothing_is_promised():
    given = ticket(STARTED, agreed("2026-03-06 12:00", "2026-03-10 12:00"), priority="p3")
    assert told(look(AGREED, "2026-03-06 11:00", given)) == "running, no_commitment, used 2:00:00"
    assert told(look(AGREED, "2026-03-06 13:00", given)) == "running, open, due 2026-03-10 12:00, used 4:00:00"


def test_the_last_agreement_holds():
    entries = agreed("2026-03-06 12:00", "2026-03-10 12:00"), agreed("2026-03-09 12:00", "2026-03-09 16:00")
    given = ticket(STARTED, *entries, priority="p2")
    assert told(look(AGREED, "2026-03-09 13:00", given)) == "running, open, due 2026-03-09 16:00, used 12:00:00"


def test_an_agreement_without_a_time_agrees_nothing():
    given = ticket(STARTED, agreed("2026-03-06 12:00", None), priority="p2")
    assert told(look(AGREED, "2026-03-06 13:00", given)) == "running, open, due 2026-03-06 17:00, used 4:00:00"


def test_a_time_for_an_event_that_agrees_nothing_is_an_error_of_the_ticket():
    given = ticket(STARTED, ("2026-03-06 12:00", {"event": "replied", "due": instant("2026-03-10 12:00")}))
    with pytest.raises(BadTicket, match="due"):
        look(AGREED, "2026-03-06 13:00", given)
