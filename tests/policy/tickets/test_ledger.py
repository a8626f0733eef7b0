"""Where the time of a clock went, line by line (H6). Every ledger is worked out by hand.

6 March 2026 is a Friday, and the office is open from 9 to 17.
"""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sla_dsl.policy.tickets.answers import ClockAnswer, LedgerLine
from tests.policy.tickets.desk import AMSTERDAM, Said, desk, instant, look, ticket

HOLIDAYS = """
calendar bank {
  timezone Europe/Amsterdam
  years 2025 to 2027
  open mon to fri 09:00 to 17:00
  closed on 2026-03-09
}
"""
STATUSES = """
lifecycle {
  status working initial
  status waiting pauses response
  status solved stops response
  from working to waiting when asked
  from waiting to working when answered
  from working or waiting to solved when fixed
  from solved to working when reopened
}
"""


def clock(*said: str, promise: str = "shall within 8 hours", measured: str = "office", more: str = "") -> str:
    """A clock; `said` are further lines of it."""
    lines = "\n  ".join(said)
    reopening = "" if "reopening" in lines else "on reopening stay closed"
    change = "" if "on change" in lines else "on change of priority rebase"
    return f"""
clock response {{
  starts when opened
  stops when replied
  {lines}
  measured in {measured}
  {change}
  {reopening}
}}
target response for p1 and p2: {promise}
target response for p3: shall within 2 hours
{more}
"""


def asked(policy: str, at: str, created: str, *entries: tuple[str, Said], **first: object) -> ClockAnswer:
    found = look(desk(policy), at, ticket(created, *entries, **{"priority": "p2", **first}))
    return next(one for one in found.clocks if one.clock == "response")


def ledger(policy: str, at: str, created: str, *entries: tuple[str, Said], **first: object) -> list[str]:
    """A ledger in words; that it has no gaps and adds up is checked for each."""
    answer = asked(policy, at, created, *entries, **first)
    adds_up(answer, at)
    return [written(line) for line in answer.ledger]


def written(line: LedgerLine) -> str:
    """A line by its wall times in Amsterdam; the end alone on one date."""
    start, end = line.start.astimezone(AMSTERDAM), line.end.astimezone(AMSTERDAM)
    until = f"{end:%H:%M}" if start.date() == end.date() else f"{end:%a %H:%M}"
    return f"{line.kind} {start:%a %H:%M} to {until}"


def adds_up(answer: ClockAnswer, at: str) -> None:
    sums_up(answer, datetime.fromisoformat(instant(at)))


def sums_up(answer: ClockAnswer, now: datetime) -> None:
    """The lines touch, run from the start to the instant asked about, and counted is what was used."""
    lines = answer.ledger
    assert answer.started is not None
    assert sum(map(_elapsed, lines), timedelta()) == _utc(now) - _utc(answer.started)
    assert all(_utc(one.end) == _utc(other.start) for one, other in pairwise(lines))
    assert all(_elapsed(one) > timedelta() for one in lines)
    counted = sum((_elapsed(line) for line in lines if line.kind == "counted"), timedelta())
    assert counted.total_seconds() == answer.used_seconds


def _utc(at: datetime) -> datetime:
    # Two datetimes of one zone subtract as wall time.
    return at.astimezone(UTC)


def _elapsed(line: LedgerLine) -> timedelta:
    return _utc(line.end) - _utc(line.start)


PAUSES = clock("pauses from asked to answered")


def test_closed_hours_between_two_days():
    assert ledger(clock(), "2026-03-09 10:00", "2026-03-06 15:00") == [
        "counted Fri 15:00 to 17:00",
        "closed Fri 17:00 to Mon 09:00",
        "counted Mon 09:00 to 10:00",
    ]


def test_a_pause_over_a_weekend_is_closed_where_it_is_closed():
    entries = (("2026-03-06 16:00", "asked"), ("2026-03-09 10:00", "answered"))
    assert ledger(PAUSES, "2026-03-09 12:00", "2026-03-06 15:00", *entries) == [
        "counted Fri 15:00 to 16:00",
        "paused Fri 16:00 to 17:00",
        "closed Fri 17:00 to Mon 09:00",
        "paused Mon 09:00 to 10:00",
        "counted Mon 10:00 to 12:00",
    ]


def test_a_pause_wholly_outside_hours_is_not_seen():
    entries = (("2026-03-06 20:00", "asked"), ("2026-03-08 10:00", "answered"))
    assert ledger(PAUSES, "2026-03-09 10:00", "2026-03-06 16:00", *entries) == [
        "counted Fri 16:00 to 17:00",
        "closed Fri 17:00 to Mon 09:00",
        "counted Mon 09:00 to 10:00",
    ]


def test_a_pause_across_a_fold_lasts_as_long_as_it_lasts():
    policy = clock("pauses from asked to answered", measured="elapsed time")
    entries = (("2026-10-25 02:30 +02:00", "asked"), ("2026-10-25 02:30 +01:00", "answered"))
    answer = asked(policy, "2026-10-25 04:00", "2026-10-25 01:00", *entries)
    adds_up(answer, "2026-10-25 04:00")
    assert [(line.kind, _elapsed(line)) for line in answer.ledger] == [
        ("counted", timedelta(hours=1, minutes=30)),
        ("paused", timedelta(hours=1)),
        ("counted", timedelta(hours=1, minutes=30)),
    ]
    assert answer.ledger[1].start.isoformat() == "2026-10-25T02:30:00+02:00"
    assert answer.ledger[1].end.isoformat() == "2026-10-25T02:30:00+01:00"


def test_hours_in_a_fold_count_twice_and_in_a_gap_not_at_all():
    night = """
calendar night {
  timezone Europe/Amsterdam
  years 2025 to 2027
  open sun 01:00 to 04:00
}
"""
    policy = clock(measured="night", more=night)
    autumn = asked(policy, "2026-10-25 05:00", "2026-10-25 00:00")
    adds_up(autumn, "2026-10-25 05:00")
    assert [(line.kind, _elapsed(line).total_seconds() / 3600) for line in autumn.ledger] == [
        ("closed", 1),
        ("counted", 4),
        ("closed", 1),
    ]
    spring = asked(policy, "2026-03-29 05:00", "2026-03-29 00:00")
    adds_up(spring, "2026-03-29 05:00")
    assert [_elapsed(line).total_seconds() / 3600 for line in spring.ledger] == [1, 2, 1]


def test_still_paused_when_asked():
    assert ledger(PAUSES, "2026-03-06 18:00", "2026-03-06 15:00", ("2026-03-06 16:00", "asked")) == [
        "counted Fri 15:00 to 16:00",
        "paused Fri 16:00 to 17:00",
        "closed Fri 17:00 to 18:00",
    ]


def test_resolved_straight_from_a_pause():
    entries = (("2026-03-06 10:00", "asked"), ("2026-03-06 16:00", "fixed"))
    assert ledger(clock(more=STATUSES), "2026-03-09 09:30", "2026-03-06 09:00", *entries) == [
        "counted Fri 09:00 to 10:00",
        "paused Fri 10:00 to 16:00",
        "after stop Fri 16:00 to Mon 09:30",
    ]


def test_after_a_stop_nothing_is_closed_any_more():
    assert ledger(clock(), "2026-03-10 12:00", "2026-03-06 16:00", ("2026-03-06 16:30", "replied")) == [
        "counted Fri 16:00 to 16:30",
        "after stop Fri 16:30 to Tue 12:00",
    ]


def test_a_holiday_takes_its_whole_date():
    policy = clock(measured="bank", more=HOLIDAYS)
    assert ledger(policy, "2026-03-10 10:00", "2026-03-06 16:00") == [
        "counted Fri 16:00 to 17:00",
        "closed Fri 17:00 to Mon 00:00",
        "holiday Mon 00:00 to Tue 00:00",
        "closed Tue 00:00 to 09:00",
        "counted Tue 09:00 to 10:00",
    ]


def test_a_pause_on_a_holiday_is_the_holiday():
    policy = clock("pauses from asked to answered", measured="bank", more=HOLIDAYS)
    entries = (("2026-03-09 12:00", "asked"), ("2026-03-10 10:00", "answered"))
    assert ledger(policy, "2026-03-10 11:00", "2026-03-09 09:00", *entries) == [
        "holiday Mon 09:00 to Tue 00:00",
        "closed Tue 00:00 to 09:00",
        "paused Tue 09:00 to 10:00",
        "counted Tue 10:00 to 11:00",
    ]


REOPENED = (("2026-03-06 16:00", "fixed"), ("2026-03-09 10:00", "reopened"))


def test_reopened_with_a_gap():
    policy = clock("on reopening continue", more=STATUSES)
    assert ledger(policy, "2026-03-09 12:00", "2026-03-06 15:00", *REOPENED) == [
        "counted Fri 15:00 to 16:00",
        "after stop Fri 16:00 to Mon 10:00",
        "counted Mon 10:00 to 12:00",
    ]


def test_a_gap_that_counts_is_counted():
    policy = clock("on reopening continue, gap counts", more=STATUSES)
    assert ledger(policy, "2026-03-09 12:00", "2026-03-06 15:00", *REOPENED) == [
        "counted Fri 15:00 to 17:00",
        "closed Fri 17:00 to Mon 09:00",
        "counted Mon 09:00 to 12:00",
    ]


CARRIED = """
clock response {
  starts when opened
  stops when replied
  measured in nonstop if priority is p1
  measured in office
  on change of priority carry
  on reopening stay closed
}
target response for p1 and p2: shall within 20 hours
target response for p3: shall within 2 hours
"""


def test_what_is_carried_over_a_change_of_calendar_keeps_its_own():
    # 2 hours of the office on Friday; from 20:00 on every minute counts.
    entry = ("2026-03-06 20:00", {"priority": "p1"})
    assert ledger(CARRIED, "2026-03-07 03:00", "2026-03-06 15:00", entry) == [
        "counted Fri 15:00 to 17:00",
        "closed Fri 17:00 to 20:00",
        "counted Fri 20:00 to Sat 03:00",
    ]


def test_what_is_counted_anew_is_told_in_the_new_calendar():
    entry = ("2026-03-06 20:00", {"priority": "p1"})
    rebased = CARRIED.replace("carry", "rebase")
    assert ledger(rebased, "2026-03-07 03:00", "2026-03-06 15:00", entry) == ["counted Fri 15:00 to Sat 03:00"]
    anew = CARRIED.replace("carry", "restart")
    assert ledger(anew, "2026-03-07 03:00", "2026-03-06 15:00", entry) == ["counted Fri 20:00 to Sat 03:00"]


def test_elapsed_time_is_never_closed():
    policy = clock("pauses from asked to answered", measured="elapsed time")
    assert ledger(policy, "2026-03-09 10:00", "2026-03-06 16:00", ("2026-03-07 16:00", "asked")) == [
        "counted Fri 16:00 to Sat 16:00",
        "paused Sat 16:00 to Mon 10:00",
    ]


def test_what_is_void_counts_no_more():
    policy = clock("void when dropped")
    assert ledger(policy, "2026-03-06 14:00", "2026-03-06 09:00", ("2026-03-06 10:00", "dropped")) == [
        "counted Fri 09:00 to 10:00",
        "after stop Fri 10:00 to 14:00",
    ]


def test_started_when_asked_has_no_line():
    assert ledger(clock(), "2026-03-06 09:00", "2026-03-06 09:00") == []


def test_microseconds_are_not_lost():
    entries = (("2026-03-06 10:00:00.000001", "asked"), ("2026-03-06 10:00:00.000003", "answered"))
    answer = asked(PAUSES, "2026-03-06 11:00:00.000007", "2026-03-06 09:00", *entries)
    adds_up(answer, "2026-03-06 11:00:00.000007")
    assert [_elapsed(line) // timedelta(microseconds=1) for line in answer.ledger] == [
        3_600_000_001, 2, 3_600_000_004,
    ]  # fmt: skip


EVERYTHING = desk(
    clock(
        "pauses from asked to answered",
        "pauses while urgent",
        "void when dropped",
        "on change of priority carry",
        "on reopening continue",
        measured="bank",
        more=HOLIDAYS,
    )
)
BEGIN = datetime(2026, 3, 6, 8, tzinfo=UTC)
SAID: tuple[dict[str, object], ...] = (
    {"event": "asked"},
    {"event": "answered"},
    {"event": "replied"},
    {"event": "reopened"},
    {"event": "dropped"},
    {"facts": {"urgent": True}},
    {"facts": {"urgent": False}},
    {"priority": "p1"},
    {"priority": "p3"},
)


@given(
    entries=st.lists(st.tuples(st.integers(0, 6 * 24 * 60), st.sampled_from(SAID)), max_size=8),
    asked_after=st.integers(0, 7 * 24 * 3600 * 1_000_000),
)
@settings(max_examples=150)
def test_a_ledger_has_no_gaps_and_adds_up_whatever_happens(
    entries: list[tuple[int, dict[str, object]]], asked_after: int
):
    events = [{"at": (BEGIN + timedelta(minutes=minute)).isoformat(), **said} for minute, said in entries]
    given_ticket = {"created": BEGIN.isoformat(), "priority": "p2", "facts": {"urgent": False}, "events": events}
    now = BEGIN + timedelta(microseconds=asked_after)
    for answer in EVERYTHING.evaluate(given_ticket, at=now).clocks:
        sums_up(answer, now)
        assert all(line.because for line in answer.ledger)


# ------------------------------------------------------------------------------------------- unknowns

OPEN_LIST = """
parameter holidays is a holiday list
calendar bank {
  timezone Europe/Amsterdam
  years 2025 to 2027
  open mon to fri 09:00 to 17:00
  closed on holidays
}
"""


def test_without_its_holidays_a_calendar_has_no_ledger_and_the_reasons_say_so():
    policy = clock(measured="bank", more=OPEN_LIST)
    answer = asked(policy, "2026-03-06 12:00", "2026-03-06 09:00")
    assert answer.ledger == ()
    assert answer.used_seconds is None
    assert "How much time has counted so far cannot be told either." in [one.text for one in answer.because]
    # Nothing is to be told apart where no time has passed before the stop.
    stopped = asked(policy, "2026-03-06 12:00", "2026-03-06 09:00", ("2026-03-06 09:00", "replied"))
    assert [written(line) for line in stopped.ledger] == ["after stop Fri 09:00 to 12:00"]


def test_an_undetermined_cycle_has_the_ledger_that_is_the_same_whatever_is_missing():
    answer = look(desk(clock()), "2026-03-06 12:00", ticket("2026-03-06 09:00")).clocks[0]
    assert (answer.verdict, answer.missing) == ("undetermined", ("priority",))
    assert [written(line) for line in answer.ledger] == ["counted Fri 09:00 to 12:00"]
    texts = [one.text for one in answer.ledger[0].because]
    assert texts == ["Counted towards “within 8 hours”."] * 2 + ["Counted towards “within 2 hours”."]


def test_ways_that_differ_in_the_ledger_have_none():
    policy = clock("pauses while urgent")
    answer = asked(policy, "2026-03-06 12:00", "2026-03-06 09:00")
    assert answer.missing == ("urgent",)
    assert answer.ledger == ()


# -------------------------------------------------------------------------------------------- reasons


def why(policy: str, at: str, created: str, *entries: tuple[str, Said]) -> list[tuple[str, str]]:
    answer = asked(policy, at, created, *entries)
    return [(one.clause, one.text) for line in answer.ledger for one in line.because]


def test_each_line_has_the_clause_that_makes_it_so():
    policy = clock("pauses from asked to answered", "on reopening continue", measured="bank", more=HOLIDAYS)
    entries = (
        ("2026-03-06 10:00", "asked"),
        ("2026-03-06 11:00", "answered"),
        ("2026-03-06 12:00", "replied"),
        ("2026-03-06 16:00", "reopened"),
        ("2026-03-10 09:30", "replied"),
    )
    assert why(policy, "2026-03-10 12:00", "2026-03-06 09:00", *entries) == [
        ("target response/p2", "Counted towards “within 8 hours”."),
        ("clock response", "Paused by the time from asked until answered."),
        ("target response/p2", "Counted towards “within 8 hours”."),
        ("clock response", "Stopped until the ticket was reopened."),
        ("target response/p2", "Counted towards “within 8 hours”."),
        ("calendar bank", "`bank` is closed."),
        ("calendar bank", "`bank` is closed: 2026-03-09."),
        ("calendar bank", "`bank` is closed."),
        ("target response/p2", "Counted towards “within 8 hours”."),
        ("clock response", "Stopped since Tuesday 2026-03-10 09:30 with replied."),
    ]


def test_a_status_that_pauses_or_stops_says_so_itself():
    entries = (("2026-03-06 10:00", "asked"), ("2026-03-06 11:00", "fixed"))
    assert why(clock(more=STATUSES), "2026-03-06 12:00", "2026-03-06 09:00", *entries)[1:] == [
        ("status waiting", "Paused because the status was waiting."),
        ("status solved", "Stopped since Friday 2026-03-06 11:00 when the status became solved."),
    ]


def test_a_holiday_of_a_list_tells_where_the_list_comes_from():
    assumed = OPEN_LIST.replace("is a holiday list", 'is a holiday list {\n default 2026-03-09\n assume "Taken so."\n}')
    policy = clock(measured="bank", more=assumed)
    answer = asked(policy, "2026-03-09 12:00", "2026-03-09 09:00")
    line = answer.ledger[0]
    assert (line.kind, [(one.clause, one.text, one.assume) for one in line.because]) == (
        "holiday",
        [
            ("calendar bank", "`bank` is closed: holidays.", "Made up."),
            ("parameter holidays", "`holidays` is 2026-03-09, by default; this is assumed.", "Taken so."),
        ],
    )
    assert set(line.clauses) == {"calendar bank", "parameter holidays"}


def test_what_was_carried_counted_towards_the_promise_of_then():
    entry: tuple[str, Mapping[str, object]] = ("2026-03-06 20:00", {"priority": "p1"})
    policy = CARRIED.replace(
        "target response for p1 and p2: shall within 20 hours",
        "target response for p1: shall within 20 hours\ntarget response for p2: shall within 30 hours",
    )
    assert why(policy, "2026-03-06 21:00", "2026-03-06 15:00", entry) == [
        ("target response/p2", "Counted towards “within 30 hours”."),
        ("calendar office", "`office` is closed."),
        ("target response/p1", "Counted towards “within 20 hours”."),
    ]


@pytest.mark.parametrize("copied", [pickle.loads, lambda text: pickle.loads(pickle.dumps(pickle.loads(text)))])
def test_a_pickled_answer_carries_its_ledger(copied: object):
    answer = asked(PAUSES, "2026-03-06 18:00", "2026-03-06 15:00", ("2026-03-06 16:00", "asked"))
    again = copied(pickle.dumps(answer))  # type: ignore[operator]
    assert again.to_dict()["ledger"] == answer.to_dict()["ledger"]
    assert answer.to_dict()["ledger"][1]["kind"] == "paused"  # type: ignore[index]
