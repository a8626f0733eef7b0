"""The judge itself is judged by cases worked out by hand. 2026-03-06 is a Friday."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from tests.reference.tickets.asking import judge, policy_of

if TYPE_CHECKING:
    from tests.reference.tickets.answers import Answer

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NAMES = """
timezone Europe/Amsterdam { assume "invented" }
events opened, replied, asked, answered, fixed, confirmed, reopened
event reported may precede creation
created is opened
scale priority highest first {
  level p1
  level p2
  assume "invented"
}
calendar office {
  timezone Europe/Amsterdam
  years 2025 to 2027
  open mon to fri 09:00 to 17:00
  assume "invented"
}
calendar sunday_night {
  timezone Europe/Amsterdam
  years 2025 to 2027
  open sun 02:00 to 03:00
  assume "invented"
}
"""
STATUSES = """
lifecycle {
  status working initial
  status waiting
  status solved
  status closed final
  from working to waiting when asked
  from waiting to working when answered
  from working or waiting to solved when fixed
  from solved to working when reopened within 1 day
  from waiting to solved after 2 asked without answered or after more than 2 days without answered
  from solved to closed after 2 days of office
  assume "invented"
}
"""


def clock(*lines: str, p1: str = "shall within 8 hours", p2: str = "", **usual: str) -> str:
    """A clock with a target; what it usually says can be put otherwise."""
    said = {"starts": "when opened", "stops": "when replied", "measured": "in office", "on": "reopening stay closed"}
    body = "\n".join([*(f"{word} {rest}" for word, rest in {**said, **usual}.items()), *lines])
    targets = f'target response for p1: {p1} {{ assume "invented" }}'
    targets += f'\ntarget response for p2: {p2 or p1} {{ assume "invented" }}'
    return f'{NAMES}\nclock response {{\n{body}\nassume "invented"\n}}\n{targets}\n'


def at(text: str) -> str:
    """An instant of March 2026 in Amsterdam: `06 09:00`."""
    return datetime.fromisoformat(f"2026-03-{text}").replace(tzinfo=AMSTERDAM).isoformat()


def ask(
    policy: str,
    asked: str,
    *entries: tuple[str, str | dict[str, Any]],
    created: str = "06 09:00",
    priority: str = "p1",
) -> Answer:
    ticket = {"id": "one", "created": at(created), "priority": priority, "events": []}
    for when, what in entries:
        ticket["events"].append({"at": at(when), **({"event": what} if isinstance(what, str) else what)})
    return judge(policy_of(policy), ticket, at(asked))


def shown(instant: int | None) -> str | None:
    return (
        None
        if instant is None
        else datetime.fromtimestamp(instant // 1_000_000, UTC).astimezone(AMSTERDAM).strftime("%d %H:%M")
    )


def first(answer: Answer) -> tuple[str, str, str | None]:
    """State, verdict and due instant of the first cycle."""
    cycle = answer["clocks"][0]
    return cycle["state"], cycle["verdict"], shown(cycle["due"])


@pytest.mark.parametrize(
    ("created", "due"),
    [("06 09:00", "06 17:00"), ("06 17:00", "09 17:00"), ("06 16:00", "09 16:00"), ("07 12:00", "09 17:00")],
)
def test_eight_hours_from_nine_are_due_at_closing_and_from_closing_on_the_next_day(created: str, due: str):
    assert first(ask(clock(), "08 00:00", created=created))[2] == due


def test_what_is_done_at_the_due_instant_is_in_time_but_not_in_less_than():
    assert first(ask(clock(), "08 00:00", ("06 17:00", "replied")))[1] == "met"
    strict = ask(clock(p1="shall in less than 8 hours"), "08 00:00", ("06 17:00", "replied"))
    assert first(strict)[1] == "breached"
    assert shown(strict["clocks"][0]["breached_at"]) == "06 17:00"


def test_a_look_at_the_due_instant_is_not_late_and_a_step_later_is():
    assert first(ask(clock(), "06 17:00"))[:2] == ("running", "open")
    assert first(ask(clock(), "06 17:15"))[:2] == ("running", "breached")


def test_acknowledged_at_the_very_instant_of_creation():
    answer = ask(clock(), "07 09:00", ("06 09:00", "replied"))["clocks"][0]
    assert (answer["state"], answer["verdict"], answer["used_seconds"]) == ("stopped", "met", 0)


def test_hours_in_a_gap_have_no_time_and_in_a_fold_have_it_twice():
    spring = clock(measured="in sunday_night", p1="shall within 1 hour")
    policy = policy_of(spring)
    night = judge(policy, {"created": at("29 00:00"), "priority": "p1"}, at("29 12:00"))["clocks"][0]
    assert night["used_seconds"] == 0
    autumn = {"created": "2026-10-25T00:00:00+02:00", "priority": "p1"}
    night = judge(policy, autumn, "2026-10-25T12:00:00+01:00")["clocks"][0]
    assert night["used_seconds"] == 7200
    assert datetime.fromtimestamp(night["due"] // 1_000_000, UTC).isoformat() == "2026-10-25T01:00:00+00:00"


def test_a_pause_across_a_fold_lasts_as_long_as_it_lasts():
    policy = policy_of(clock("pauses from asked to answered", measured="in elapsed time", p1="shall within 4 hours"))
    events = [
        {"at": "2026-10-25T02:00:00+02:00", "event": "asked"},
        {"at": "2026-10-25T03:00:00+01:00", "event": "answered"},
    ]
    ticket = {"created": "2026-10-25T00:00:00+02:00", "priority": "p1", "events": events}
    answer = judge(policy, ticket, "2026-10-25T03:30:00+01:00")["clocks"][0]
    assert answer["used_seconds"] == 2.5 * 3600
    assert datetime.fromtimestamp(answer["due"] // 1_000_000, UTC).isoformat() == "2026-10-25T04:00:00+00:00"


def test_pauses_over_a_weekend_and_outside_hours_take_only_open_time():
    policy = clock("pauses from asked to answered")
    weekend = ask(policy, "09 10:30", ("06 16:00", "asked"), ("09 10:00", "answered"))
    assert first(weekend) == ("running", "open", "09 11:00")
    assert [kind for _, _, kind in weekend["clocks"][0]["ledger"]] == [
        "counted", "paused", "closed", "paused", "counted",
    ]  # fmt: skip
    night = ask(policy, "09 12:00", ("06 18:00", "asked"), ("06 20:00", "answered"))
    assert first(night)[2] == "06 17:00"


def test_resolved_straight_from_a_pause_and_still_paused_when_asked():
    policy = clock("pauses in waiting", stops="when status is solved") + STATUSES
    solved = ask(policy, "09 12:00", ("06 10:00", "asked"), ("06 16:00", "fixed"))
    assert first(solved)[:2] == ("stopped", "met")
    assert solved["clocks"][0]["used_seconds"] == 3600
    still = ask(policy, "06 16:00", ("06 10:00", "asked"))
    assert first(still) == ("paused", "open", None)


def test_a_timer_of_more_than_two_days_holds_just_after_them_and_counts_from_them():
    policy = clock("pauses in waiting", stops="when status is solved") + STATUSES
    asked = ("06 10:00", "asked")
    assert ask(policy, "08 10:00", asked)["status"]["name"] == "waiting"
    later = ask(policy, "08 10:15", asked)
    assert (later["status"]["name"], shown(later["status"]["since"])) == ("solved", "08 10:00")
    assert shown(later["clocks"][0]["stopped"]) == "08 10:00"
    assert [(shown(when), to) for when, to in later["status"]["next"]] == [("10 17:00", "closed")]
    closed = ask(policy, "10 17:00", asked)
    assert closed["status"]["name"] == "closed"


def test_the_second_question_without_an_answer_solves_at_its_own_instant():
    policy = clock(stops="when status is solved") + STATUSES
    answer = ask(policy, "06 16:00", ("06 10:00", "asked"), ("06 11:00", "asked"), ("06 12:00", "asked"))
    assert answer["status"]["name"] == "solved"
    assert shown(answer["clocks"][0]["stopped"]) == "06 12:00"


RAISED = ("06 12:00", {"priority": "p1"})


@pytest.mark.parametrize(
    ("way", "verdict", "due", "late"),
    [
        ("rebase", "breached", "06 11:00", "06 12:00"),
        ("carry", "breached", "06 12:00", "06 12:00"),
        ("restart", "open", "06 14:00", None),
        ("keep", "open", "06 17:00", None),
    ],
)
def test_priority_raised_past_the_new_target(way: str, verdict: str, due: str, late: str | None):
    policy = clock(f"on change of priority {way}", p1="shall within 2 hours", p2="shall within 8 hours")
    answer = ask(policy, "06 13:00", RAISED, priority="p2")
    assert answer["priority"] == "p1"
    cycle = answer["clocks"][0]
    assert (cycle["verdict"], shown(cycle["due"]), shown(cycle["breached_at"])) == (verdict, due, late)


def test_the_same_raise_in_a_pause_counts_only_what_was_counted():
    lines = ("pauses from asked to answered", "on change of priority rebase")
    policy = clock(*lines, p1="shall within 2 hours", p2="shall within 8 hours")
    entries = [("06 10:00", "asked"), RAISED, ("06 13:00", "answered")]
    assert first(ask(policy, "06 13:30", *entries, priority="p2")) == ("running", "open", "06 14:00")


def test_office_hours_become_all_hours_with_the_priority():
    policy = clock("on change of priority rebase", p1="shall within 40 hours elapsed", p2="shall within 8 hours")
    answer = ask(policy, "07 13:00", ("07 12:00", {"priority": "p1"}), priority="p2")
    assert first(answer) == ("running", "breached", "08 01:00")
    assert shown(answer["clocks"][0]["breached_at"]) == "06 17:00"
    assert [kind for _, _, kind in answer["clocks"][0]["ledger"]] == ["counted"]


@pytest.mark.parametrize(
    ("way", "cycles", "last", "used"),
    [
        ("continue", 1, ("running", "open", "09 15:00"), 3 * 3600),
        ("continue, gap counts", 1, ("running", "breached", "06 17:00"), 9 * 3600),
        ("new cycle", 2, ("running", "open", "09 17:00"), 3600),
        ("stay closed", 1, ("stopped", "met", "06 17:00"), 2 * 3600),
    ],
)
def test_each_way_of_reopening(way: str, cycles: int, last: tuple[str, str, str], used: int):
    policy = clock(stops="when status is solved", on=f"reopening {way}") + STATUSES
    policy = policy.replace("within 1 day", "within 5 days")
    answer = ask(policy, "09 10:00", ("06 11:00", "fixed"), ("09 09:00", "reopened"))
    assert len(answer["clocks"]) == cycles
    cycle = answer["clocks"][-1]
    assert (cycle["state"], cycle["verdict"], shown(cycle["due"])) == last
    assert cycle["used_seconds"] == used


def test_a_late_reply_between_two_looks_is_late_in_the_later_look():
    assert first(ask(clock(), "06 18:00"))[1] == "breached"
    answer = ask(clock(), "09 12:00", ("09 10:00", "replied"))
    assert first(answer)[:2] == ("stopped", "breached")


def test_a_next_reply_clock_runs_from_the_oldest_message_without_one():
    policy = clock(starts="when asked", p1="shall within 2 hours")
    entries = [("06 10:00", "asked"), ("06 11:00", "asked"), ("06 11:30", "replied"), ("06 13:00", "asked")]
    answer = ask(policy, "06 14:00", *entries)
    assert [(one["state"], shown(one["started"]), shown(one["due"])) for one in answer["clocks"]] == [
        ("stopped", "06 10:00", "06 12:00"),
        ("running", "06 13:00", "06 15:00"),
    ]


def test_entries_out_of_order_twice_and_before_creation():
    entries = [
        ("06 12:00", "replied"),
        ("06 10:00", "asked"),
        ("06 12:00", "replied"),
        ("05 10:00", "confirmed"),
        ("05 10:00", "reported"),
        ("06 08:00", "opened"),
    ]
    policy = clock("pauses from asked to answered", starts="when reported or opened")
    answer = ask(policy, "06 15:00", *entries)
    cycle = answer["clocks"][0]
    assert (shown(cycle["started"]), shown(cycle["stopped"]), len(answer["clocks"])) == ("05 10:00", "06 12:00", 1)
    assert [one["event"] for one in answer["irregular"]] == ["confirmed", "opened"]


def test_refused_and_unprovided_entries_are_listed():
    policy = clock(stops="when status is solved") + STATUSES
    entries = [("06 10:00", "fixed"), ("09 10:00", "reopened"), ("09 11:00", {"status": "waiting"})]
    answer = ask(policy, "09 12:00", *entries)
    assert [one.get("event", one.get("status")) for one in answer["irregular"]] == ["reopened", "waiting"]
    assert answer["status"]["name"] == "waiting"


def test_a_cycle_that_repeats_until_the_repair():
    policy = clock("repeats until fixed", stops="when answered", p1="target within 2 hours")
    entries = [("06 10:00", "answered"), ("06 13:00", "answered"), ("06 14:00", "fixed"), ("06 15:00", "answered")]
    answer = ask(policy, "06 16:00", *entries)
    assert [(one["state"], one["verdict"]) for one in answer["clocks"]] == [
        ("stopped", "met"),
        ("stopped", "missed"),
        ("void", "not_measured"),
    ]


def test_a_cascade_goes_on_when_a_step_has_passed():
    policy = clock().split("target response")[0]
    policy += """cascade response {
      step try: target within 2 hours
      step repair: shall within 4 hours
      step rest: best effort
      assume "invented"
    }"""
    cycle = ask(policy, "06 12:00")["clocks"][0]
    assert (cycle["step"], cycle["passed"], shown(cycle["due"])) == ("repair", ["try"], "06 15:00")


def test_days_move_with_pauses_only_if_the_clock_says_so():
    days = "shall within 1 day of office by close after the start date"
    entries = [("06 10:00", "asked"), ("06 12:00", "answered")]
    lines = ("pauses from asked to answered",)
    kept = ask(clock(*lines, "pauses do not move the due time", p1=days), "06 16:00", *entries)
    assert first(kept)[2] == "09 17:00"
    moved = ask(clock(*lines, "pauses move the due time", p1=days), "06 16:00", *entries)
    assert first(moved)[2] == "10 11:00"
    assert str(moved["clocks"][0]["due_date"]) == "2026-03-10"
