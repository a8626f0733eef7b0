"""Why a clock stands as it does, in sentences, from the verdict to its ground (P, H7).

6 March 2026 is a Friday, and the office is open from 9 to 17. Lengths and instants are worked out by hand.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from random import Random

import pytest

import sla_dsl
from sla_dsl.policy.answers import Explained, Reason
from sla_dsl.policy.terms import Event, Fact, Scale, Status
from tests.policy.tickets.desk import FOLDER, Said, desk, instant, look, ticket
from tests.policy.tickets.test_ledger import CARRIED, HOLIDAYS, OPEN_LIST, STATUSES, clock

FRI, MON = "2026-03-06", "2026-03-09"
EIGHT = f"Due Friday {FRI} 17:00: within 8 hours, from Friday {FRI} 09:00. This is binding."
STARTED = f"Started on Friday {FRI} 09:00 with opened."
MEASURED = "`response` is measured in `office`."
COUNTED = f"Counted: Friday {FRI} 09:00 to 17:00 (8 hours)."
PAUSES = ("pauses from asked to answered", "pauses do not move the due time")


def why(policy: str, at: str, created: str, *entries: tuple[str, Said], cycle: int = -1, **first: object) -> list[str]:
    """The sentences about the last cycle of the clock, or another."""
    found = look(desk(policy), at, ticket(created, *entries, **{"priority": "p2", **first}))
    because = [one for one in found.clocks if one.clock == "response"][cycle].because
    assert all(one.clause for one in because)
    return [one.text for one in because]


# ------------------------------------------------------------------------------------ met, late, open


def test_a_cycle_without_pauses_reads_as_its_due_time_does():
    policy = clock()
    assert why(policy, f"{FRI} 16:00", f"{FRI} 09:00", (f"{FRI} 15:30", "replied")) == [
        f"Met: replied on Friday {FRI} 15:30, due Friday {FRI} 17:00.",
        EIGHT,
        STARTED,
        f"Stopped on Friday {FRI} 15:30 with replied.",
        MEASURED,
        COUNTED,
    ]
    due = desk(policy).due("response", priority="p2", created=f"{FRI}T09:00:00+01:00")
    assert [one.text for one in due.because] == [EIGHT.removesuffix(" This is binding."), MEASURED, COUNTED]


def test_late_says_by_how_much_open_time():
    assert why(clock(), f"{MON} 16:00", f"{FRI} 09:00", (f"{MON} 10:30", "replied"))[:1] == [
        f"Breached: due Friday {FRI} 17:00, replied on Monday {MON} 10:30; late by 1 hour 30 minutes of open time."
    ]
    assert why(clock(), f"{FRI} 19:00", f"{FRI} 09:00", (f"{FRI} 18:30", "replied"))[:1] == [
        f"Breached: due Friday {FRI} 17:00, replied on Friday {FRI} 18:30; late, though by no open time."
    ]
    # Overdue since 17:00; 1 hour of the office has passed since, on Monday.
    assert why(clock(), f"{MON} 10:00", f"{FRI} 09:00")[:1] == [
        f"Breached: due Friday {FRI} 17:00, not stopped by Monday {MON} 10:00; late by 1 hour of open time so far."
    ]
    elapsed = clock(promise="shall within 8 hours elapsed")
    assert why(elapsed, f"{FRI} 19:00", f"{FRI} 09:00")[:1] == [
        f"Breached: due Friday {FRI} 17:00, not stopped by Friday {FRI} 19:00; late by 2 hours so far."
    ]


def test_time_paused_after_the_due_time_makes_nothing_later():
    entries = ((f"{MON} 10:00", "asked"), (f"{MON} 12:00", "answered"), (f"{MON} 13:00", "replied"))
    assert why(clock(*PAUSES), f"{MON} 14:00", f"{FRI} 09:00", *entries)[:1] == [
        f"Breached: due Friday {FRI} 17:00, replied on Monday {MON} 13:00; late by 2 hours of open time."
    ]


def test_at_the_due_time_is_too_late_for_less_than():
    policy = clock(promise="shall in less than 8 hours")
    assert why(policy, f"{MON} 16:00", f"{FRI} 09:00", (f"{FRI} 17:00", "replied"))[:2] == [
        (
            f"Breached: due before Friday {FRI} 17:00, replied on Friday {FRI} 17:00; "
            "late, for only what is done before that is in time."
        ),
        f"Before Friday {FRI} 17:00: in less than 8 hours, from Friday {FRI} 09:00. This is binding.",
    ]


@pytest.mark.parametrize(
    ("promise", "verdict", "said"),
    [
        ("target within 2 hours", "Missed", "within 2 hours, from Friday 2026-03-06 09:00. This is a target."),
        (
            "best effort within 2 hours",
            "Aim missed, which is no breach",
            "an aim, at best effort: within 2 hours, from Friday 2026-03-06 09:00.",
        ),
    ],
)
def test_how_bindingly_it_was_promised_is_said(promise: str, verdict: str, said: str):
    texts = why(clock(promise=promise), f"{FRI} 16:00", f"{FRI} 09:00", (f"{FRI} 12:00", "replied"))
    late = f"{verdict}: due Friday {FRI} 11:00, replied on Friday {FRI} 12:00; late by 1 hour of open time."
    assert texts[:2] == [late, f"Due Friday {FRI} 11:00: {said}"]


def test_open_says_how_much_is_left():
    assert why(clock(), f"{FRI} 15:30", f"{FRI} 10:00")[:1] == [
        f"Open on Friday {FRI} 15:30: due Monday {MON} 10:00, with 2 hours 30 minutes of open time left."
    ]
    assert why(clock(), f"{FRI} 17:00", f"{FRI} 09:00")[:1] == [
        f"Open on Friday {FRI} 17:00: due Friday {FRI} 17:00, with no time left."
    ]


def test_what_is_promised_in_words_is_no_commitment():
    policy = clock(promise='words "soon"')
    assert why(policy, f"{FRI} 16:00", f"{FRI} 09:00", (f"{FRI} 12:00", "replied")) == [
        f"No commitment: nothing is promised that could be met or missed; replied on Friday {FRI} 12:00.",
        "No due time: the document says only “soon”.",
        STARTED,
        f"Stopped on Friday {FRI} 12:00 with replied.",
    ]


# ----------------------------------------------------------------------------------------------- pauses


def test_pauses_say_how_much_open_time_they_took_and_what_that_did():
    entries = ((f"{FRI} 16:00", "asked"), (f"{MON} 10:00", "answered"))
    assert why(clock(*PAUSES[:1]), f"{MON} 12:00", f"{FRI} 15:00", *entries) == [
        f"Open on Monday {MON} 12:00: due Monday {MON} 17:00, with 5 hours of open time left.",
        f"Due Monday {MON} 17:00: within 8 hours, from Friday {FRI} 15:00. This is binding.",
        f"Started on Friday {FRI} 15:00 with opened.",
        MEASURED,
        f"Counted: Friday {FRI} 15:00 to 16:00 (1 hour) and Monday {MON} 10:00 to 17:00 (7 hours).",
        (
            f"Paused from Friday {FRI} 16:00 to Monday {MON} 10:00 by the time from asked until answered: "
            "2 hours of open time did not count."
        ),
        f"Without that it would be due Monday {MON} 15:00.",
    ]


def test_paused_now_says_since_when_and_what_if_it_went_on():
    texts = why(clock(more=STATUSES), f"{MON} 09:30", f"{FRI} 15:00", (f"{FRI} 16:00", "asked"))
    assert texts == [
        (
            f"Open, and paused since Friday {FRI} 16:00: if it went on now, it would be due Monday {MON} 16:30, "
            "with 7 hours of open time left."
        ),
        f"Within 8 hours, from Friday {FRI} 15:00. This is binding.",
        f"Started on Friday {FRI} 15:00 with opened.",
        MEASURED,
        (
            f"Paused since Friday {FRI} 16:00 because the status was waiting: "
            "1 hour 30 minutes of open time so far did not count."
        ),
        f"Without that it would be due Monday {MON} 15:00.",
    ]


def test_resolved_straight_from_a_pause():
    entries = ((f"{FRI} 10:00", "asked"), (f"{FRI} 16:00", "fixed"))
    texts = why(clock(more=STATUSES), f"{MON} 12:00", f"{FRI} 09:00", *entries)
    assert texts[0] == f"Met: the status became solved on Friday {FRI} 16:00, due Monday {MON} 15:00."
    assert f"Stopped on Friday {FRI} 16:00 when the status became solved." in texts
    assert texts[-1] == f"Without that it would have been due Friday {FRI} 17:00."


def test_a_pause_outside_hours_takes_nothing():
    entries = ((f"{FRI} 20:00", "asked"), (f"{FRI} 22:00", "answered"))
    texts = why(clock(*PAUSES[:1]), f"{MON} 10:00", f"{FRI} 15:00", *entries)
    assert texts[-2:] == [
        f"Paused from Friday {FRI} 20:00 to 22:00 by the time from asked until answered: no open time passed.",
        "That does not move the due time.",
    ]


def test_a_due_date_says_whether_pauses_move_it():
    promise = "shall within 1 day of office by close after the start date"
    entries = ((f"{FRI} 14:00", "asked"), (f"{FRI} 16:00", "answered"))
    moved = why(clock(PAUSES[0], "pauses move the due time", promise=promise), f"{MON} 15:00", f"{FRI} 09:00", *entries)
    assert moved[0] == f"Open on Monday {MON} 15:00: due Tuesday 2026-03-10 11:00, with 4 hours of open time left."
    assert moved[3] == (
        f"The start date is Friday {FRI}. Monday {MON} is day 1. Not counted: Saturday 2026-03-07 and "
        "Sunday 2026-03-08 (no opening hours). That date closes at 17:00. "
        "2 hours of open time that did not count move it to Tuesday 2026-03-10 11:00."
    )
    assert moved[-1] == f"Without that it would be due Monday {MON} 17:00."
    kept = why(clock(*PAUSES, promise=promise), f"{MON} 15:00", f"{FRI} 09:00", *entries)
    assert kept[-1] == "That does not move the due time."


def test_elapsed_time_is_told_without_its_pauses():
    policy = clock(*PAUSES[:1], promise="shall within 8 hours elapsed")
    entries = ((f"{FRI} 10:00", "asked"), (f"{FRI} 11:00", "answered"))
    texts = why(policy, f"{FRI} 12:00", f"{FRI} 09:00", *entries)
    assert f"Counted: Friday {FRI} 09:00 to 10:00 (1 hour) and Friday {FRI} 11:00 to 18:00 (7 hours)." in texts
    assert texts[-2].endswith(": 1 hour did not count.")


def test_of_many_pauses_the_first_and_the_last_are_told():
    hours = [(f"{FRI} {9 + n // 4:02}:{n % 4 * 15:02}", "answered" if n % 2 else "asked") for n in range(1, 20)]
    texts = why(clock(*PAUSES[:1]), f"{FRI} 16:00", f"{FRI} 09:00", *hours)
    # Asked at 9:30, 10:00, …, 13:30 and answered a quarter of an hour later: nine pauses.
    told = [text for text in texts if text.startswith(("Paused", "Held"))]
    assert len(told) == 7
    assert told[0].startswith(f"Paused from Friday {FRI} 09:30 to 09:45")
    assert told[5].startswith(f"Paused from Friday {FRI} 13:30 to 13:45")
    assert told[6] == "Held 3 times more in between: 45 minutes of open time did not count."


def test_a_pause_that_comes_by_the_hour_tells_when_its_condition_held():
    policy = clock("pauses while on a day closed in office", measured="nonstop", promise="shall within 48 hours")
    texts = why(policy, f"{MON} 12:00", f"{FRI} 15:00")
    assert texts[0] == f"Open on Monday {MON} 12:00: due Tuesday 2026-03-10 15:00, with 27 hours of open time left."
    # What is foreseen counts as well: the days after are open.
    assert texts[4] == (
        f"Counted: Friday {FRI} 15:00 to 24:00 (9 hours) and Monday {MON} 00:00 to Tuesday 2026-03-10 15:00 (39 hours)."
    )
    assert texts[5] == (
        f"Paused from Saturday 2026-03-07 00:00 to Monday {MON} 00:00 because “on a day closed in office” held: "
        "48 hours of open time did not count."
    )
    assert texts[-1] == "“on a day closed in office” holds, because the date has no opening hours in `office`."


# ----------------------------------------------------------------------------- changes and reopening


def test_terms_that_change_say_from_what_to_what_and_which_way():
    raised = (f"{FRI} 14:00", {"priority": "p3"})
    assert why(clock(), f"{FRI} 15:00", f"{FRI} 09:00", raised) == [
        (
            f"Breached: due Friday {FRI} 11:00, not stopped by Friday {FRI} 15:00; late by 4 hours of open time so far."
            f" It became late on Friday {FRI} 14:00, when its terms changed."
        ),
        f"Due Friday {FRI} 11:00: within 2 hours, from Friday {FRI} 09:00. This is binding.",
        STARTED,
        MEASURED,
        f"Counted: Friday {FRI} 09:00 to 11:00 (2 hours).",
        (
            f"On Friday {FRI} 14:00 priority became p3 instead of p2, and “within 8 hours” became “within 2 hours”. "
            f"It is counted from Friday {FRI} 09:00 again, under the new terms."
        ),
    ]


def test_what_was_late_stays_late():
    texts = why(clock(), f"{FRI} 15:00", f"{FRI} 09:00", (f"{FRI} 14:00", {"priority": "p2"}), priority="p3")
    assert texts[0] == (
        f"Breached: late since Friday {FRI} 11:00, and what changed afterwards does not undo that. "
        f"Now due Friday {FRI} 17:00; not stopped by Friday {FRI} 15:00."
    )


BECAME = (
    f"On Friday {FRI} 20:00 priority became p1 instead of p2, and "
    "“within 20 hours” in `office` became “within 20 hours” in `nonstop`."
)


@pytest.mark.parametrize(
    ("way", "says", "due"),
    [
        (
            "carry",
            "What had been counted, 2 hours, is taken off the new time, and the rest runs from then.",
            "2026-03-07 14:00",
        ),
        ("restart", "It starts anew at that instant.", "2026-03-07 16:00"),
        ("rebase", f"It is counted from Friday {FRI} 15:00 again, under the new terms.", "2026-03-07 11:00"),
    ],
)
def test_each_way_of_a_change_is_said(way: str, says: str, due: str):
    policy = CARRIED.replace("carry", way)
    texts = why(policy, f"{FRI} 22:00", f"{FRI} 15:00", (f"{FRI} 20:00", {"priority": "p1"}))
    assert f"{BECAME} {says}" in texts
    assert texts[1].startswith(f"Due Saturday {due}: ")
    assert (f"Started on Friday {FRI} 15:00 with opened." in texts) is (way != "restart")


def test_what_was_carried_is_in_the_arithmetic():
    texts = why(CARRIED, f"{FRI} 22:00", f"{FRI} 15:00", (f"{FRI} 20:00", {"priority": "p1"}))
    assert (
        f"2 hours had been counted before Friday {FRI} 20:00. "
        f"Counted: Friday {FRI} 20:00 to Saturday 2026-03-07 14:00 (18 hours)."
    ) in texts


def test_a_clock_that_keeps_its_terms_says_so():
    policy = CARRIED.replace("carry", "keep")
    texts = why(policy, f"{FRI} 22:00", f"{FRI} 15:00", (f"{FRI} 20:00", {"priority": "p3"}))
    assert (
        f"On Friday {FRI} 20:00 priority became p3 instead of p2, and “within 20 hours” became “within 2 hours” "
        "for what starts afterwards. The clock keeps its terms."
    ) in texts


PLANNED = 'fact planned "planned" is an instant'
BEFORE = f"“at least 4 hours of office before planned” gives. It is counted from Friday {FRI} 09:00 again"


def test_a_date_that_changes_is_told_as_a_date():
    policy = clock(promise="shall at least 4 hours of office before planned", more=PLANNED)
    entry = (f"{FRI} 09:20", {"facts": {"planned": f"{FRI}T15:00:00+01:00"}})
    texts = why(policy, f"{FRI} 09:30", f"{FRI} 09:00", entry, facts={"planned": f"{FRI}T16:00:00+01:00"})
    assert texts[:2] == [
        f"Open on Friday {FRI} 09:30: due Friday {FRI} 11:00, with 1 hour 30 minutes of open time left.",
        f"Due Friday {FRI} 11:00: at least 4 hours of office before planned. This is binding.",
    ]
    assert texts[-2:] == [
        f"`planned` is Friday {FRI} 15:00. Counted back: Friday {FRI} 11:00 to 15:00 (4 hours).",
        (
            f"On Friday {FRI} 09:20 planned became Friday {FRI} 15:00 instead of Friday {FRI} 16:00, which changes "
            f"what {BEFORE}, under the new terms."
        ),
    ]


def test_late_whatever_is_missing():
    policy = clock(promise="shall at least 4 hours of bank before planned", more=f"{OPEN_LIST}\n{PLANNED}")
    texts = why(policy, f"{FRI} 16:00", f"{FRI} 09:00", facts={"planned": f"{FRI}T15:00:00+01:00"})
    assert texts[:2] == [
        f"Breached: not due after Friday {FRI} 11:00 whatever is missing, not stopped by Friday {FRI} 16:00.",
        "Its due time is undetermined: it rests on `holidays`, which is not known.",
    ]


def test_a_clock_that_applies_to_other_tickets_says_so():
    policy = clock().replace("  measured in", "  applies if vip\n  measured in")
    assert why(policy, f"{FRI} 16:00", f"{FRI} 09:00", facts={"vip": False}) == [
        "No commitment: nothing is promised that could be met or missed.",
        "No due time: this applies only if “vip”, which does not hold.",
        STARTED,
        "“vip” does not hold, because vip is no.",
    ]


def test_pauses_that_overlap_are_told_one_after_the_other():
    policy = clock("pauses from asked to answered", "pauses while urgent")
    urgent = (f"{FRI} 11:00", {"facts": {"urgent": True}})
    entries = ((f"{FRI} 10:00", "asked"), urgent, (f"{FRI} 12:00", "answered"))
    texts = why(policy, f"{FRI} 16:00", f"{FRI} 09:00", *entries, facts={"urgent": False})
    assert texts[0].startswith(f"Open, and paused since Friday {FRI} 10:00: ")
    assert texts[4:6] == [
        (
            f"Paused from Friday {FRI} 10:00 to 12:00 by the time from asked until answered: "
            "2 hours of open time did not count."
        ),
        f"Paused since Friday {FRI} 12:00 because “urgent” held: 4 hours of open time so far did not count.",
    ]
    assert texts[-1] == "“urgent” holds, because urgent is yes."


def test_a_gap_before_a_reopening_is_told():
    entries = ((f"{FRI} 16:00", "fixed"), (f"{MON} 10:00", "reopened"))
    texts = why(clock("on reopening continue", more=STATUSES), f"{MON} 12:00", f"{FRI} 15:00", *entries)
    assert texts[-2:] == [
        (
            f"Stopped from Friday {FRI} 16:00 to Monday {MON} 10:00 until the ticket was reopened: "
            "2 hours of open time did not count."
        ),
        f"Without that it would be due Monday {MON} 15:00.",
    ]
    counts = why(clock("on reopening continue, gap counts", more=STATUSES), f"{MON} 12:00", f"{FRI} 15:00", *entries)
    assert counts[-1] == (f"Stopped on Friday {FRI} 16:00 and reopened on Monday {MON} 10:00: the time between counts.")
    anew = why(clock("on reopening new cycle", more=STATUSES), f"{MON} 12:00", f"{FRI} 15:00", *entries)
    assert f"Started on Monday {MON} 10:00 when the ticket was reopened." in anew


def test_a_clock_that_repeats_says_what_began_and_ended_each_cycle():
    entries = ((f"{FRI} 14:00", "replied"), (f"{FRI} 16:00", "fixed"))
    policy = clock("repeats until fixed")
    texts = why(policy, f"{MON} 10:00", f"{FRI} 09:00", *entries)
    assert texts[0] == f"Void since Friday {FRI} 16:00 with fixed, until which it repeats: neither met nor missed."
    assert texts[2] == f"Started on Friday {FRI} 14:00 with replied, which ended the one before."
    assert why(policy, f"{MON} 10:00", f"{FRI} 09:00", *entries, cycle=0)[0].startswith("Met: replied on Friday")


def test_an_agreed_due_time_takes_the_place_of_the_promise():
    entry = (f"{FRI} 14:00", {"event": "arranged", "due": "2026-03-10T12:00:00+01:00"})
    texts = why(clock("agreed when arranged"), f"{FRI} 15:00", f"{FRI} 09:00", entry)
    assert texts[:3] == [
        f"Open on Friday {FRI} 15:00: due Tuesday 2026-03-10 12:00, with 13 hours of open time left.",
        f"Due Tuesday 2026-03-10 12:00, as was agreed on Friday {FRI} 14:00 with arranged.",
        "It takes the place of “within 8 hours”.",
    ]


def test_warnings_are_told():
    policy = clock("warn at 75 %", "warn 30 minutes before due")
    texts = why(policy, f"{FRI} 16:00", f"{FRI} 09:00")
    assert texts[-2:] == [
        f"A warning fell on Friday {FRI} 15:00, at 75 % of the time.",
        f"A warning falls on Friday {FRI} 16:30, 30 minutes before it is due.",
    ]
    stopped = why(policy, f"{MON} 16:00", f"{FRI} 09:00", (f"{FRI} 10:00", "replied"))
    assert not [text for text in stopped if "warning" in text]


# --------------------------------------------------------------------------------- not started, void

CONDITIONS = clock().replace(
    "starts when opened", "starts when opened if urgent\n  starts instead when wrote if channel is phone"
)
EXCLUSION = """
exclusion own "Own equipment" {
  ends response when dropped
}
"""


def test_a_clock_that_did_not_start_says_what_starts_it():
    waits = clock().replace("starts when opened", "starts when escalated")
    assert why(waits, f"{FRI} 12:00", f"{FRI} 09:00") == [
        f"Not started by Friday {FRI} 12:00: `response` starts with escalated, which had not happened."
    ]
    assert why(CONDITIONS, f"{FRI} 12:00", f"{FRI} 09:00", facts={"urgent": False}, channel="web") == [
        f"Not started by Friday {FRI} 12:00: `response` starts with opened, and no condition of that held.",
        "“urgent” does not hold, because urgent is no.",
    ]
    assert why(CONDITIONS, f"{FRI} 12:00", f"{FRI} 09:00", facts={"urgent": True}, channel="phone") == [
        f"Not started by Friday {FRI} 12:00: `response` starts with wrote, which had not happened.",
        "“channel is phone” holds.",
    ]


def test_void_names_what_made_it_so():
    dropped = (f"{FRI} 10:00", "dropped")
    texts = why(clock("void when dropped"), f"{FRI} 12:00", f"{FRI} 09:00", dropped)
    assert texts[0] == f"Void since Friday {FRI} 10:00 with dropped: neither met nor missed."
    found = look(desk(clock(more=EXCLUSION)), f"{FRI} 12:00", ticket(f"{FRI} 09:00", dropped, priority="p2"))
    assert ("exclusion own", f"Void since Friday {FRI} 10:00 because Own equipment excludes it.") in [
        (one.clause, one.text) for one in found.clocks[0].because
    ]
    waits = clock(more=EXCLUSION).replace("starts when opened", "starts when escalated")
    assert why(waits, f"{FRI} 12:00", f"{FRI} 09:00", dropped) == [
        f"Void: `response` does not start from Friday {FRI} 10:00 on, because Own equipment excludes it."
    ]


def test_late_before_it_was_void_stays_late():
    entry = (f"{MON} 10:00", "dropped")
    assert why(clock("void when dropped"), f"{MON} 12:00", f"{FRI} 09:00", entry)[0] == (
        f"Breached: due Friday {FRI} 17:00, void since Monday {MON} 10:00 with dropped; late by 1 hour of open time."
    )


# ---------------------------------------------------------------------------------------- undetermined


def test_what_is_not_known_gives_the_cases_and_the_bounds():
    found = look(desk(clock()), f"{FRI} 12:00", ticket(f"{FRI} 09:00")).clocks[0]
    assert [(one.clause, one.text) for one in found.because] == [
        ("clock response", "Undetermined: it rests on `priority`, which is not known."),
        (
            "clock response",
            f"Whatever is missing, not due before Friday {FRI} 11:00, and not after Friday {FRI} 17:00.",
        ),
        (
            "target response/p1",
            (
                f"If priority is p1: Open on Friday {FRI} 12:00: due Friday {FRI} 17:00, with 5 hours of open time "
                f"left. {EIGHT}"
            ),
        ),
        (
            "target response/p3",
            (
                f"If priority is p3: Breached: due Friday {FRI} 11:00, not stopped by Friday {FRI} 12:00; late by 1 "
                f"hour of open time so far. Due Friday {FRI} 11:00: within 2 hours, from Friday {FRI} 09:00. "
                "This is binding."
            ),
        ),
    ]


def test_late_in_every_case_is_said_first_although_the_rest_is_not_known():
    found = look(desk(clock()), f"{MON} 12:00", ticket(f"{FRI} 09:00")).clocks[0]
    assert (found.verdict, found.answer) == ("breached", "undetermined")
    assert found.because[0].text == (
        "Breached in every case. The rest is undetermined: it rests on `priority`, which is not known."
    )


def test_one_due_time_in_all_cases_is_told_as_one():
    # At 11:30 the parties agree on 15:00. A p3 is late since 11:00, a p1 is not: only the due time is known.
    policy = clock("agreed when arranged")
    entry = (f"{FRI} 11:30", {"event": "arranged", "due": instant(f"{FRI} 15:00")})
    found = look(desk(policy), f"{FRI} 12:00", ticket(f"{FRI} 09:00", entry)).clocks[0]
    assert found.because[1].text == f"Whatever is missing, due Friday {FRI} 15:00."


def test_a_clock_that_may_not_have_started_says_when():
    texts = why(CONDITIONS, f"{FRI} 12:00", f"{FRI} 09:00", channel="web")
    assert texts[0] == "Undetermined: it rests on `urgent`, which is not known."
    assert texts[-1] == "If urgent is no: it has not started."


def test_met_whatever_the_holidays_are():
    policy = clock(measured="bank", more=OPEN_LIST)
    assert why(policy, f"{FRI} 12:00", f"{FRI} 09:00", (f"{FRI} 10:00", "replied"))[:5] == [
        f"Met: replied on Friday {FRI} 10:00, not due before Friday {FRI} 17:00.",
        "Its due time is undetermined: it rests on `holidays`, which is not known.",
        f"Whatever is missing, not due before Friday {FRI} 17:00.",
        "How much time has counted so far cannot be told either.",
        f"Within 8 hours, from Friday {FRI} 09:00. This is binding.",
    ]
    unknown = why(policy, f"{MON} 12:00", f"{FRI} 09:00")
    assert unknown[0] == "Undetermined: it rests on `holidays`, which is not known."
    assert unknown[-1] == "`holidays` has no value."


def test_a_clock_that_cannot_be_computed_says_why():
    texts = why(clock(), "2028-03-06 12:00", "2027-12-31 16:00")
    assert texts == ["Undetermined: the answer lies outside the years calendar `office` covers (2025 to 2027)."]


def test_how_late_is_not_told_after_the_years_of_a_calendar():
    assert why(clock(), "2028-03-06 12:00", f"{FRI} 09:00")[0] == (
        f"Breached: due Friday {FRI} 17:00, not stopped by Monday 2028-03-06 12:00; late; by how much is not told, for "
        "2028-03-06T12:00:00+01:00 lies outside the years this calendar covers (2025 to 2027)."
    )


# --------------------------------------------------------------------------------------------- cascades

CASCADE = """
clock response {
  starts when opened
  stops when replied
  measured in office
  on change of priority rebase
  on reopening stay closed
}
cascade response {
  step first: target within 4 hours
  step middle if urgent: shall within 1 day of office by end of day after the start date
  step ending "The end": shall within 8 hours
}
"""


def test_steps_that_passed_are_told_and_each_has_its_own_reasons():
    found = look(desk(CASCADE), "2026-03-10 12:00", ticket(f"{FRI} 15:00", facts={"urgent": True})).clocks[0]
    assert [one.text for one in found.because][:2] == [
        "Open on Tuesday 2026-03-10 12:00: due before Wednesday 2026-03-11 00:00, with 5 hours of open time left.",
        (
            "Before Wednesday 2026-03-11 00:00: within 1 day of office by end of day after the start date, "
            f"from Monday {MON} 11:00. This is binding."
        ),
    ]
    passed = f"Step `first`: due Monday {MON} 11:00, passed unmet: missed, and it stays so."
    assert [one.text for one in found.because][4:6] == [
        passed,
        f"Step `middle` is in force from Monday {MON} 11:00 on.",
    ]
    first, middle, ending = ([one.text for one in step.because] for step in found.steps)
    assert first == [
        passed,
        f"Due Monday {MON} 11:00: within 4 hours, from Friday {FRI} 15:00.",
        MEASURED,
        f"Counted: Friday {FRI} 15:00 to 17:00 (2 hours) and Monday {MON} 09:00 to 11:00 (2 hours).",
    ]
    assert middle[0].startswith("Before Wednesday 2026-03-11 00:00: within 1 day of office")
    assert ending == ["Within 8 hours: not in force; it applies when the step before has passed unmet."]
    assert found.steps[0].clauses == ("cascade response", "clock response", "calendar office")


def test_a_step_whose_condition_fell_away_came_to_nothing():
    given = ticket(f"{FRI} 15:00", (f"{MON} 13:00", {"facts": {"urgent": False}}), facts={"urgent": True})
    found = look(desk(CASCADE), f"{MON} 14:00", given).clocks[0]
    nothing = f"Step `middle`: came to nothing on Monday {MON} 13:00, because its condition held no longer."
    assert [one.text for one in found.because][-2:] == [
        nothing,
        f"Step `ending` (The end) is in force from Monday {MON} 13:00 on.",
    ]
    assert [one.text for one in found.steps[1].because] == [
        nothing,
        "It promised “within 1 day of office by end of day after the start date”.",
    ]


def test_a_step_after_an_end_of_day_begins_with_the_next():
    given = ticket(f"{FRI} 15:00", facts={"urgent": True})
    found = look(desk(CASCADE), "2026-03-11 12:00", given).clocks[0]
    texts = [one.text for one in found.because]
    assert texts[1] == (
        "Due Wednesday 2026-03-11 17:00: within 8 hours, from Wednesday 2026-03-11 00:00. This is binding."
    )
    assert texts[-1] == "Step `ending` (The end) is in force from Wednesday 2026-03-11 00:00 on."


# --------------------------------------------------------------------------------------------- evidence


CITED = """
language 1
policy cited {
  source "small.txt" sha256 "DIGEST"
  timezone Europe/Amsterdam { assume "Made up." }
  event opened "The ticket was opened"
  events replied, asked, answered
  created is opened
  calendar office {
    timezone Europe/Amsterdam
    years 2025 to 2027
    open mon to fri 09:00 to 17:00
    assume "Office hours."
  }
  clock response {
    starts when opened { cite "Small" }
    stops when replied
    pauses from asked to answered { assume "A pause." }
    measured in office
    on change of priority rebase
    on reopening stay closed
    cite "terms."
  }
  scale priority highest first {
    level p1
    assume "Levels."
  }
  target response for p1: shall within 8 hours {
    cite "Small terms."
    assume "Eight."
  }
}
"""


def test_every_reason_has_its_quotation_and_line_or_its_assumption():
    text = CITED.replace("DIGEST", sha256((FOLDER / "small.txt").read_bytes()).hexdigest())
    entries = ((f"{FRI} 10:00", "asked"), (f"{FRI} 11:00", "answered"), (f"{FRI} 12:00", "replied"))
    found = look(sla_dsl.loads(text, FOLDER), f"{FRI} 13:00", ticket(f"{FRI} 09:00", *entries, priority="p1"))
    told = [
        (one.clause, one.text.split(":")[0], [cite.quote for cite in one.cites], one.assume)
        for one in found.clocks[0].because
    ]
    assert told == [
        ("target response/p1", "Met", ["Small terms."], None),
        ("target response/p1", f"Due Monday {MON} 10", ["Small terms."], None),
        ("target response/p1", "Part of this is assumed.", [], "Eight."),
        ("clock response", f"Started on Friday {FRI} 09", ["Small"], None),
        ("clock response", f"Stopped on Friday {FRI} 12", ["terms."], None),
        ("clock response", "`response` is measured in `office`.", ["terms."], None),
        ("calendar office", "Counted", [], "Office hours."),
        ("clock response", f"Paused from Friday {FRI} 10", [], "A pause."),
        ("clock response", "Without that it would have been due Friday 2026-03-06 17", ["terms."], None),
    ]
    assert all(cite.line == 1 for one in found.clocks[0].because for cite in one.cites)
    started = next(one.text for one in found.clocks[0].because if one.text.startswith("Started"))
    assert started == f"Started on Friday {FRI} 09:00 with opened (“The ticket was opened”)."
    line = found.clocks[0].ledger[1]
    assert (line.kind, line.because[0].assume) == ("paused", "A pause.")


@pytest.mark.parametrize("vendor", ["rekor", "secpod", "sightworks", "cloudcti"])
def test_the_reasons_of_the_shipped_policies_are_sentences_under_known_clauses(vendor: str):
    policy = sla_dsl.shipped(vendor)
    terms, rng = policy.terms, Random(vendor)
    known = {one.clause for one in terms.declarations.values()} | {"timezone", "lifecycle"}
    known |= {f"{scale.clause} {level.id}" for scale in terms.all(Scale) for level in scale.levels}
    known |= {f"ambiguity {name}" for name in terms.chosen}
    for _ in range(12):
        created = datetime(2026, rng.randint(1, 12), rng.randint(1, 28), rng.randrange(24), tzinfo=UTC)
        given = {
            "created": created.isoformat(),
            "events": [_entry(policy, rng, created) for _ in range(rng.randrange(6))],
        }
        if rng.random() < 0.7:
            given["priority"] = rng.choice(terms.scales[terms.targets_scale or ""].levels).id
        found = policy.evaluate(given, at=created + timedelta(hours=rng.randrange(200)))
        answers: list[Explained] = [*found.status.allowed, *found.clocks]
        answers += [found.status] if terms.all(Status) else []
        answers += [one for clock in found.clocks for one in (*clock.steps, *clock.ledger)]
        for answer in answers:
            _check(answer.because, known)


def _entry(policy: sla_dsl.Policy, rng: Random, created: datetime) -> dict[str, object]:
    terms = policy.terms
    at = {"at": (created + timedelta(minutes=rng.randrange(6000))).isoformat()}
    kind = rng.choice(["event", "event", "status", "facts"])
    if kind == "status" and terms.all(Status):
        return {**at, "status": rng.choice(terms.all(Status)).id}
    if kind == "facts":
        facts = [one.id for one in terms.all(Fact) if one.type.name == "yes or no"]
        return {**at, "facts": {rng.choice(facts): rng.random() < 0.5}}
    return {**at, "event": rng.choice(terms.all(Event)).id}


def _check(because: tuple[Reason, ...], known: set[str]) -> None:
    assert because
    assert len(set(because)) == len(because)
    for reason in because:
        assert reason.clause in known
        assert reason.text[0] == reason.text[0].upper()
        assert reason.text.endswith((".", "?", "!", "…"))
        assert "  " not in reason.text
        assert "None" not in reason.text


def test_holidays_that_were_skipped_are_named():
    texts = why(clock(measured="bank", more=HOLIDAYS), f"{FRI} 16:00", f"{FRI} 15:00")
    assert (
        f"Counted: Friday {FRI} 15:00 to 17:00 (2 hours) and Tuesday 2026-03-10 09:00 to 15:00 (6 hours). "
        f"Not counted: Monday {MON} ({MON})."
    ) in texts
