"""What another reading would change, and which move would have been in time, under two shipped policies (H3).

Worked out by hand from the terms of the vendors. 6 March 2026 is a Friday.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from sla_dsl import Policy, shipped
from tests.policy.tickets.desk import desk, instant, look, ticket, told, wall

if TYPE_CHECKING:
    from collections.abc import Callable

    from sla_dsl.policy.tickets.evaluation import Evaluation


@cache
def cloudcti() -> Policy:
    return shipped("cloudcti").set(holidays=[])


@cache
def secpod() -> Policy:
    return shipped("secpod").set(zone="Europe/Amsterdam", closed_holidays=[])


def asked(policy: Policy, at: str, given: dict[str, object]) -> Evaluation:
    return policy.evaluate(given, at=instant(at), would_change=True)


def moves(found: Evaluation, clock: str) -> list[tuple[str, object, str | None]]:
    """What would have been in time: the kind of move, by how many seconds or to what, and when it would be due."""
    cycle = next(one for one in found.clocks if one.clock == clock)
    assert cycle.in_time_if is not None
    return [
        (one.move, one.to or one.by_seconds, None if one.due is None else wall(one.due)) for one in cycle.in_time_if
    ]


def under(found: Evaluation, ambiguity: str, reading: str, clock: int = 0) -> dict[str, object]:
    """What another reading would answer about a clock, but for its ledger."""
    answers = next(
        one.answers for one in found.would_change if (one.ambiguity, one.reading) == (ambiguity, reading)
    )  # fmt: skip
    start = f"/clocks/{clock}/"
    return {
        pointer.removeprefix(start): value
        for pointer, value in answers.items()
        if pointer.startswith(start) and "/ledger" not in pointer
    }


# ------------------------------------------------------------------------------------------------ CloudCTI

P2 = ticket("2026-03-06 15:00", ("2026-03-09 16:00", "responded"), priority="p2", channel="email",
            facts={"report_complete": True, "shortcoming_established": False, "third_line_request": False})  # fmt: skip


def test_a_late_answer_of_cloudcti():
    # 8 hours of 08:30 to 17:00: 2 on Friday, 6 on Monday, until 14:30. It came at 16:00: 2 and 7.5 hours.
    found = asked(cloudcti(), "2026-03-09 17:00", P2)
    assert told(found) == (
        "stopped 2026-03-09 16:00, missed, due 2026-03-09 14:30, used 9:30:00, late 2026-03-09 14:30"
    )
    assert moves(found, "response") == [
        ("stop_earlier", 5400, "2026-03-09 14:30"),  # an hour and a half
        # p1 is due on Monday 10:30, which is no help; p3 at the closing of the next working day.
        ("priority", "p3", "2026-03-09 17:00"),
    ]


def test_other_readings_of_cloudcti():
    found = asked(cloudcti(), "2026-03-09 17:00", P2)
    # Saturday as a working day: 2 hours on Friday, 6 from 08:30. Used: 2, 8.5 and 7.5 hours.
    saturday = under(found, "working_week", "mon_to_sat")
    assert saturday == {
        "due": instant("2026-03-07 14:30"),
        "breached_at": instant("2026-03-07 14:30"),
        "used_seconds": 18 * 3600,
        "remaining_seconds": -10 * 3600,
    }
    assert under(found, "aims_or_duties", "duties") == {"verdict": "breached", "modality": "shall"}
    # The report was complete and in writing, and was answered before anything else was done.
    assert under(found, "what_report", "complete_in_writing") == {}
    assert under(found, "what_response", "any_act") == {}
    # Its time is one of hours: when a working day ends makes no difference.
    assert "response_day" not in {one.ambiguity for one in found.would_change}


def test_only_one_ambiguity_is_switched_at_a_time():
    found = asked(cloudcti(), "2026-03-09 17:00", P2)
    for one in found.would_change:
        assert found.readings[one.ambiguity] != one.reading
        switched = cloudcti().reading(**{one.ambiguity: one.reading})
        alone = look(switched, "2026-03-09 17:00", P2).clocks[0].due
        told_due = under(found, one.ambiguity, one.reading).get("due", instant("2026-03-09 14:30"))
        assert told_due == (None if alone is None else alone.isoformat())


# -------------------------------------------------------------------------------------------------- SecPod


def secpod_ticket(created: str, replied: str, severity: str) -> dict[str, object]:
    return ticket(created, (replied, "replied"), severity=severity, channel="email")


def test_a_late_reply_of_secpod():
    # 6 hours of Monday to Friday around the clock: 4 on Friday from 20:00, 2 on Monday. It came an hour later.
    found = asked(secpod(), "2026-03-09 12:00", secpod_ticket("2026-03-06 20:00", "2026-03-09 03:00", "high"))
    assert told(found) == (
        "stopped 2026-03-09 03:00, missed, due 2026-03-09 02:00, used 7:00:00, late 2026-03-09 02:00"
    )
    assert moves(found, "response") == [
        ("stop_earlier", 3600, "2026-03-09 02:00"),
        # Critical: 2 hours around the clock, due on Friday 22:00. Medium: 12 hours, 4 of them on Friday.
        ("priority", "medium", "2026-03-09 08:00"),
    ]


def test_other_readings_of_secpod():
    found = asked(secpod(), "2026-03-09 12:00", secpod_ticket("2026-03-06 20:00", "2026-03-09 03:00", "high"))
    # Every hour counts: Friday 20:00 and 6 hours; by Monday 03:00 it has been 4, 48 and 3 hours.
    on_the_clock = under(found, "hour_clock", "on_the_clock")
    assert on_the_clock == {
        "due": instant("2026-03-07 02:00"),
        "breached_at": instant("2026-03-07 02:00"),
        "used_seconds": 55 * 3600,
        "remaining_seconds": -49 * 3600,
    }
    # The other reading differs for tickets of a weekend only.
    assert under(found, "hour_clock", "weekend_day") == {}
    assert under(found, "aims_or_duties", "duties") == {"verdict": "breached", "modality": "shall"}


def test_a_report_on_friday_night_would_have_had_a_day_more():
    # Low, on a Saturday: over when Monday is. Reported up to Friday midnight: when the second day, Tuesday, is.
    # From Saturday 12:00 back to the last second of Friday it is 12 hours and a second.
    given = secpod_ticket("2026-03-07 12:00", "2026-03-10 10:00", "low")
    found = asked(secpod(), "2026-03-10 12:00", given)
    assert told(found).startswith("stopped 2026-03-10 10:00, missed, due 2026-03-10 00:00")
    # Over at midnight is strict: 10 hours, and the least more.
    assert moves(found, "response") == [
        ("stop_earlier", 36000.000001, "2026-03-10 00:00"),
        ("reported_earlier", 43201, "2026-03-11 00:00"),
    ]


# ---------------------------------------------------------------------------------------------- small ones


def test_a_channel_that_would_have_been_in_time():
    policy = desk("""
clock response {
  starts when opened
  stops when replied
  measured in office
  on change of channel rebase
  on reopening stay closed
}
target response if channel is phone: shall within 1 hour
target response: shall within 4 hours
""")
    given = ticket("2026-03-06 09:00", ("2026-03-06 11:00", "replied"), channel="phone")
    found = asked(policy, "2026-03-06 12:00", given)
    assert moves(found, "response") == [
        ("stop_earlier", 3600, "2026-03-06 10:00"),
        ("channel", "web", "2026-03-06 13:00"),
    ]


def test_what_is_in_time_needs_no_move():
    given = secpod_ticket("2026-03-06 20:00", "2026-03-06 21:00", "high")
    found = asked(secpod(), "2026-03-09 12:00", given)
    assert moves(found, "response") == []


@pytest.mark.parametrize("policy", [cloudcti, secpod])
def test_nobody_pays_for_what_was_not_asked(policy: Callable[[], Policy]):
    given: dict[str, object] = {"created": instant("2026-03-06 15:00")}
    found = look(policy(), "2026-03-09 12:00", given)
    assert found.would_change == ()
    assert all(one.in_time_if is None for one in found.clocks)
    assert all("in_time_if" not in one.to_dict() for one in found.clocks)
