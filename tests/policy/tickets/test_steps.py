"""Steps that follow each other: the next applies when the one before has passed unmet (P5).

Worked out by hand. 6 March 2026 is a Friday, and the office is open from 9 to 17.
"""

from __future__ import annotations

from tests.policy.tickets.desk import Said, desk, look, ticket, told, wall

CLOCK = """
clock repair {
  starts when opened
  stops when fixed
  pauses from asked to answered
  pauses move the due time
  measured in office
  on change of urgent rebase
  on reopening stay closed
}
"""
THREE = f"""{CLOCK}
cascade repair {{
  step workaround: target within 4 hours
  step cure: shall within 8 hours
  step fallback: best effort
}}
"""
STARTED = "2026-03-06 09:00"


def repair(policy: str, at: str, *entries: tuple[str, Said], **first: object) -> tuple[str, str | None, str]:
    """The clock in one line, the step in force, and what came of each step."""
    found = look(desk(policy), at, ticket(STARTED, *entries, **first))
    cycle = found.clocks[0]
    steps = ", ".join(f"{one.step} {one.verdict}" for one in cycle.steps)
    return told(found, "repair"), cycle.step, steps


def test_the_first_step_until_its_time_is_over():
    first = "workaround open, cure not_measured, fallback not_measured"
    assert repair(THREE, "2026-03-06 12:00") == (
        "running, open, due 2026-03-06 13:00, used 3:00:00",
        "workaround",
        first,
    )
    # At the due time itself it is not over yet.
    assert repair(THREE, "2026-03-06 13:00") == (
        "running, open, due 2026-03-06 13:00, used 4:00:00",
        "workaround",
        first,
    )


def test_the_second_step_begins_where_the_first_ended():
    # Friday 13:00 and 8 hours: 4 on Friday, 4 on Monday.
    assert repair(THREE, "2026-03-06 14:00") == (
        "running, open, due 2026-03-09 13:00, used 5:00:00",
        "cure",
        "workaround missed, cure open, fallback not_measured",
    )


def test_what_remains_is_what_remains_of_the_step():
    # Friday 14:00 to Monday 13:00: 3 hours and 4.
    found = look(desk(THREE), "2026-03-06 14:00", ticket(STARTED)).clocks[0]
    assert (found.budget_seconds, found.remaining_seconds) == (8 * 3600, 7 * 3600)


def test_what_is_done_in_the_second_step_is_in_time_there_and_was_late_in_the_first():
    assert repair(THREE, "2026-03-20 12:00", ("2026-03-09 13:00", "fixed")) == (
        "stopped 2026-03-09 13:00, met, due 2026-03-09 13:00, used 12:00:00",
        "cure",
        "workaround missed, cure met, fallback not_measured",
    )


def test_the_last_step_has_no_number_and_the_verdicts_of_the_others_stay():
    steps = "workaround missed, cure breached, fallback no_commitment"
    assert repair(THREE, "2026-03-09 14:00") == ("running, no_commitment, used 13:00:00", "fallback", steps)
    assert repair(THREE, "2026-03-20 12:00", ("2026-03-09 14:00", "fixed")) == (
        "stopped 2026-03-09 14:00, no_commitment, used 13:00:00",
        "fallback",
        steps,
    )


def test_each_step_keeps_its_own_due_time_and_modality():
    found = look(desk(THREE), "2026-03-09 14:00", ticket(STARTED)).clocks[0]
    dues = [None if one.due is None else wall(one.due) for one in found.steps]
    assert dues == ["2026-03-06 13:00", "2026-03-09 13:00", None]
    assert [one.modality for one in found.steps] == ["target", "shall", "best_effort"]
    assert [one.state for one in found.steps] == ["stopped", "stopped", "running"]


def test_a_pause_moves_the_step_in_force_and_those_after_it():
    # 1 hour, paused from 10:00 to 12:00; 3 more to 15:00. Then 8: 2 on Friday, 6 on Monday.
    pause = ("2026-03-06 10:00", "asked"), ("2026-03-06 12:00", "answered")
    assert repair(THREE, "2026-03-06 15:00", *pause)[:2] == (
        "running, open, due 2026-03-06 15:00, used 4:00:00",
        "workaround",
    )
    assert repair(THREE, "2026-03-06 16:00", *pause)[:2] == (
        "running, open, due 2026-03-09 15:00, used 5:00:00",
        "cure",
    )


def test_no_step_begins_in_a_pause():
    # 3 hours to noon, paused until Monday 10:00: the fourth ends at 11:00.
    pause = ("2026-03-06 12:00", "asked"), ("2026-03-09 10:00", "answered")
    assert repair(THREE, "2026-03-08 12:00", *pause)[:2] == (
        "paused, open, from 2026-03-09 10:00 to ?, used 3:00:00",
        "workaround",
    )
    assert repair(THREE, "2026-03-09 10:30", *pause)[:2] == (
        "running, open, due 2026-03-09 11:00, used 3:30:00",
        "workaround",
    )


# ------------------------------------------------------------------------------------------- conditions

IF_URGENT = f"""{CLOCK}
cascade repair {{
  step quick if urgent: shall within 2 hours
  step usual: target within 4 hours
  step extra if urgent: shall within 1 hour
  step last: best effort within 8 hours
}}
"""
URGENT = {"facts": {"urgent": True}}
CALM = {"facts": {"urgent": False}}


def test_the_first_step_whose_condition_holds_applies_from_the_start():
    assert repair(IF_URGENT, "2026-03-06 10:00", **URGENT)[:2] == (
        "running, open, due 2026-03-06 11:00, used 1:00:00",
        "quick",
    )
    assert repair(IF_URGENT, "2026-03-06 10:00", **CALM)[:2] == (
        "running, open, due 2026-03-06 13:00, used 1:00:00",
        "usual",
    )


def test_the_next_step_is_the_next_whose_condition_holds():
    # 13:00 for the usual one; the extra one is only for urgent ones; the last: 4 hours on Friday, 4 on Monday.
    assert repair(IF_URGENT, "2026-03-06 14:00", **CALM) == (
        "running, open, due 2026-03-09 13:00, used 5:00:00",
        "last",
        "quick not_measured, usual missed, extra not_measured, last open",
    )
    # 11:00, then 4 hours: 15:00, then 1 hour: 16:00, then 8: 1 on Friday, 7 on Monday.
    assert repair(IF_URGENT, "2026-03-06 16:30", **URGENT) == (
        "running, open, due 2026-03-09 16:00, used 7:30:00",
        "last",
        "quick breached, usual missed, extra breached, last open",
    )


def test_a_step_whose_condition_no_longer_holds_has_come_to_nothing():
    # Urgent until 10:00: the quick step ends there, and the usual one has 4 hours from there.
    assert repair(IF_URGENT, "2026-03-06 12:00", ("2026-03-06 10:00", CALM), **URGENT) == (
        "running, open, due 2026-03-06 14:00, used 3:00:00",
        "usual",
        "quick not_measured, usual open, extra not_measured, last not_measured",
    )


def test_a_condition_that_begins_to_hold_brings_back_no_step_before_the_one_in_force():
    entry = ("2026-03-06 10:00", URGENT)
    assert repair(IF_URGENT, "2026-03-06 12:00", entry, **CALM)[:2] == (
        "running, open, due 2026-03-06 13:00, used 3:00:00",
        "usual",
    )
    # But those after it: 13:00 and an hour.
    assert repair(IF_URGENT, "2026-03-06 13:30", entry, **CALM)[:2] == (
        "running, open, due 2026-03-06 14:00, used 4:30:00",
        "extra",
    )


# ----------------------------------------------------------------------------------------- starts and days


def test_a_step_with_a_start_of_its_own_counts_from_there():
    policy = f"""{CLOCK}
cascade repair {{
  step workaround: target within 4 hours
  step cure: shall within 8 hours {{
    starts when arranged
  }}
}}
"""
    # Arranged at 11:00, before the first step was over: 6 hours on Friday, 2 on Monday.
    arranged = ("2026-03-06 11:00", "arranged")
    assert repair(policy, "2026-03-06 14:00", arranged)[:2] == (
        "running, open, due 2026-03-09 11:00, used 5:00:00",
        "cure",
    )
    # Arranged on Monday 10:00: 7 hours there, 1 on Tuesday.
    assert repair(policy, "2026-03-09 12:00", ("2026-03-09 10:00", "arranged"))[:2] == (
        "running, open, due 2026-03-10 10:00, used 11:00:00",
        "cure",
    )


def arranged(starts: str, promise: str = "shall within 8 hours", change: str = "rebase") -> str:
    clock = CLOCK.replace("urgent rebase", f"urgent {change}")
    return f"""{clock}
cascade repair {{
  step workaround: target within 4 hours
  step cure: {promise} {{
    starts when {starts}
  }}
}}
"""


def test_a_step_whose_start_has_not_come_is_not_late():
    # Arranged on Thursday at 12:00 it would be due on Friday at 12:00, and not before.
    policy = arranged("arranged")
    assert repair(policy, "2026-03-12 12:00") == (
        "running, open, from 2026-03-13 12:00 to ?, used 35:00:00",
        "cure",
        "workaround missed, cure open",
    )
    found = look(desk(policy), "2026-03-12 12:00", ticket(STARTED)).clocks[0]
    assert (found.missing, found.remaining_seconds) == ((), 8 * 3600)
    assert [one.text for one in found.because][:3] == [
        "Open on Thursday 2026-03-12 12:00: not due before Friday 2026-03-13 12:00.",
        "Within 8 hours, from when “arranged” comes about, which it has not yet. This is binding.",
        "Started on Friday 2026-03-06 09:00 with opened.",
    ]
    assert repair(policy, "2026-03-12 12:00", ("2026-03-12 10:00", "fixed"))[0].startswith(
        "stopped 2026-03-12 10:00, met"
    )


def test_a_step_counts_from_the_first_time_that_its_start_comes():
    # 8 hours from Monday 10:00 are over on Tuesday at 10:00, whatever is arranged later.
    entries = ("2026-03-09 10:00", "arranged"), ("2026-03-10 09:30", "arranged"), ("2026-03-10 12:00", "arranged")
    assert repair(arranged("arranged"), "2026-03-10 13:00", *entries)[0] == (
        "running, breached, due 2026-03-10 10:00, used 20:00:00, late 2026-03-10 10:00"
    )


def test_a_start_of_a_step_has_conditions_and_can_take_several_events():
    entries = ("2026-03-09 10:00", "arranged"), ("2026-03-09 11:00", {"facts": {"urgent": True}})
    later = (*entries, ("2026-03-09 12:00", "arranged"), ("2026-03-09 14:00", "escalated"))
    calm = {"facts": {"urgent": False}}
    policy = arranged("arranged if urgent")
    assert repair(policy, "2026-03-09 11:30", *entries, **calm)[0].startswith("running, open, from 2026-03-10 11:30")
    assert repair(policy, "2026-03-09 15:00", *later, **calm)[0].startswith("running, open, due 2026-03-10 12:00")
    both = arranged("arranged and escalated")
    assert repair(both, "2026-03-09 12:30", *later, **calm)[0].startswith("running, open, from 2026-03-10 12:30")
    assert repair(both, "2026-03-09 15:00", *later, **calm)[0].startswith("running, open, due 2026-03-10 14:00")


def test_a_start_of_a_step_from_an_earlier_cycle_does_not_count():
    policy = arranged("arranged").replace("starts when opened", "starts when opened or escalated")
    entries = ("2026-03-06 10:00", "arranged"), ("2026-03-06 11:00", "fixed"), ("2026-03-09 09:00", "escalated")
    found = look(desk(policy), "2026-03-09 14:00", ticket(STARTED, *entries))
    assert (told(found, "repair"), found.clocks[-1].step) == (
        "running, open, from 2026-03-10 14:00 to ?, used 5:00:00",
        "cure",
    )


def test_a_step_whose_time_was_over_before_it_took_over_is_late_from_then():
    # 3 hours from Friday 09:00 are over at 12:00, but the step is in force only from 13:00.
    policy = arranged("opened", "shall within 3 hours")
    assert repair(policy, "2026-03-06 14:00")[0] == (
        "running, breached, due 2026-03-06 12:00, used 5:00:00, late 2026-03-06 13:00"
    )


def test_a_step_whose_time_was_over_before_the_clock_started_has_passed():
    # 3 hours from the report at 09:00 are over at 12:00; the clock starts at 14:00, and stops at once.
    policy = arranged("escalated", "shall within 8 hours").replace("starts when opened", "starts when arranged")
    policy = policy.replace("target within 4 hours", "target within 3 hours {\n    starts when opened\n  }")
    entries = ("2026-03-06 14:00", "arranged"), ("2026-03-06 14:00", "fixed")
    assert repair(policy, "2026-03-06 15:00", *entries)[1:] == ("cure", "workaround missed, cure met")


def test_what_was_counted_since_the_start_of_a_step_is_carried_over_once():
    # From Monday 10:00 to 12:00 are 2 hours. Of the 4 that are promised now, 2 are left: 14:00.
    policy = arranged("arranged", "shall within 4 hours if urgent, otherwise shall within 8 hours", "carry")
    entries = ("2026-03-09 10:00", "arranged"), ("2026-03-09 12:00", {"facts": {"urgent": True}})
    assert repair(policy, "2026-03-09 13:00", *entries, facts={"urgent": False})[:2] == (
        "running, open, due 2026-03-09 14:00, used 12:00:00",
        "cure",
    )


def test_a_day_after_an_end_of_a_day_counts_from_the_day_that_ended():
    policy = f"""{CLOCK}
cascade repair {{
  step workaround: target within 1 day of office by end of day after the start date
  step cure: shall within 2 days of office by close after the start date
}}
"""
    # Monday is over at midnight: that is too late. From Monday on, Tuesday is day 1 and Wednesday day 2.
    assert repair(policy, "2026-03-09 23:59")[:2] == (
        "running, open, due 2026-03-10 00:00, used 16:00:00",
        "workaround",
    )
    assert repair(policy, "2026-03-10 00:00")[:2] == (
        "running, open, due 2026-03-11 17:00, used 16:00:00",
        "cure",
    )


def test_hours_after_an_end_of_a_day_count_from_midnight():
    policy = f"""{CLOCK}
cascade repair {{
  step workaround: target within 1 calendar day
  step cure: shall within 7 hours elapsed
}}
"""
    # Saturday is over at midnight; 7 hours later it is Sunday 07:00. Used: 8 hours of Friday, 5 by the clock on Sunday.
    assert repair(policy, "2026-03-08 05:00")[:2] == ("running, open, due 2026-03-08 07:00, used 13:00:00", "cure")
