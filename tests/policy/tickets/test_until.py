"""Until when a service is there or not: what changes by itself with the status and the clocks of a ticket (R7).

Worked out by hand. 6 March 2026 is a Friday, and the office is open from 9 to 17.
"""

from __future__ import annotations

import pytest

from tests.policy.tickets.desk import Said, desk, look, ticket

STARTED = "2026-03-06 09:00"


def until(rules: str, condition: str, at: str, *entries: tuple[str, Said]) -> tuple[str, str | None]:
    """Whether a service is there at a wall time, and until when."""
    service = f'service line {{\navailable if {condition}\nassume "Made up."\n}}'
    found = look(desk(f"{rules}\n{service}"), at, ticket(STARTED, *entries, facts={"vip": False})).availability[0]
    return found.answer, None if found.until is None else found.until.isoformat()


def clock(*said: str, promise: str = "shall within 2 hours", measured: str = "office") -> str:
    lines = "\n".join(("starts when opened", "stops when replied", *said, f"measured in {measured}"))
    return f"clock response {{\n{lines}\n}}\ntarget response: {promise}"


def test_what_hangs_on_a_clock_changes_right_after_its_due_time_or_at_a_strict_one():
    late = "response is overdue"
    assert until(clock(), late, "2026-03-06 10:00") == ("no", "2026-03-06T11:00:00.000001+01:00")
    assert until(clock(), late, "2026-03-06 11:00") == ("no", "2026-03-06T11:00:00.000001+01:00")
    strict = clock(promise="shall in less than 2 hours")
    assert until(strict, late, "2026-03-06 10:00") == ("no", "2026-03-06T11:00:00+01:00")
    assert until(strict, late, "2026-03-06 11:00") == ("yes", None)


def test_the_reasons_say_right_after():
    service = 'service line {\navailable if response is overdue\nassume "Made up."\n}'
    found = look(desk(f"{clock()}\n{service}"), "2026-03-06 10:00", ticket(STARTED)).availability[0]
    assert found.because[0].text == (
        "`line`: not available on Friday 2026-03-06 10:00, until the time right after Friday 2026-03-06 11:00."
    )


def test_a_due_time_is_foreseen_with_the_pauses_before_it():
    # 8 hours of Friday count, and 4 of Monday; not 12 from 09:00 to 21:00.
    rules = clock("pauses while outside office", promise="shall within 12 hours", measured="elapsed time")
    assert until(rules, "response is overdue", "2026-03-06 16:00") == ("no", "2026-03-09T13:00:00.000001+01:00")
    assert until(rules, "response is paused", "2026-03-06 16:00") == ("no", "2026-03-06T17:00:00+01:00")
    assert until(rules, "response is paused", "2026-03-06 18:00") == ("yes", "2026-03-09T09:00:00+01:00")


def test_a_step_that_takes_over_is_not_late():
    rules = f"""{clock().partition("target")[0]}
cascade response {{
  step quick: target within 2 hours
  step slow: shall within 4 hours
}}"""
    assert until(rules, "response is overdue", "2026-03-06 10:00") == ("no", "2026-03-06T15:00:00.000001+01:00")


LIFECYCLE = """
lifecycle {
  status working initial
  status waiting pauses response
  status solved stops response
  status closed final
  from working to waiting when asked
  from waiting to working when answered
  from working or waiting to solved when fixed
  from waiting to solved after 2 hours if not vip
  from solved to closed after more than 1 day
}
"""


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("status is waiting", ("yes", "2026-03-06T12:00:00+01:00")),
        ("response is paused", ("yes", "2026-03-06T12:00:00+01:00")),
        ("status is solved", ("no", "2026-03-06T12:00:00+01:00")),
        # It holds only after more than a day.
        ("status is closed", ("no", "2026-03-07T12:00:00.000001+01:00")),
        ("status is working", ("no", None)),
        ("status is waiting and during office", ("yes", "2026-03-06T12:00:00+01:00")),
        ("response is stopped or outside office", ("no", "2026-03-06T12:00:00+01:00")),
    ],
)
def test_what_a_timer_will_do_is_foreseen(condition: str, expected: tuple[str, str | None]) -> None:
    rules = f"{clock(promise='shall within 40 hours')}\n{LIFECYCLE}"
    assert until(rules, condition, "2026-03-06 10:30", ("2026-03-06 10:00", "asked")) == expected
