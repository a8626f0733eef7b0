"""Cases on which the package and the reference once differed, each by itself and worked out by hand.

6 March 2026 is a Friday, and the office is open from 9 to 17.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.policy.tickets.desk import Said, cycles, desk, line, look, ticket, told, wall

if TYPE_CHECKING:
    from sla_dsl.policy.tickets.evaluation import Evaluation

STARTED = "2026-03-06 09:00"
WORKING = """
lifecycle {
  status working initial
  status waiting
  status solved
  from working to solved when fixed
  from working to waiting when asked
  from waiting to working when answered
  from solved to working when reopened
}
"""
URGENT, CALM = {"facts": {"urgent": True}}, {"facts": {"urgent": False}}


def clock(name: str, *said: str, start: str = "opened", stop: str = "replied", measured: str = "office") -> str:
    lines = [f"starts when {start}", f"stops when {stop}", *said, f"measured in {measured}"]
    return "\n".join([f"clock {name} {{", *lines, "}"])


def seen(rules: str, at: str, *entries: tuple[str, Said], **first: object) -> Evaluation:
    return look(desk(rules), at, ticket(STARTED, *entries, **first))


# ------------------------------------------------------------------------------------- what agrees is told


def test_a_due_time_that_is_the_same_whether_it_is_strict_or_not_is_told():
    rules = f"{clock('response')}\ntarget response: shall within 2 hours if vip, otherwise shall in less than 2 hours"
    found = seen(rules, "2026-03-06 10:00").clocks[0]
    assert (line(found), found.strict) == ("running, open, due 2026-03-06 11:00, used 1:00:00", None)
    # At the due time itself it is late in one way, and not in the other.
    assert seen(rules, "2026-03-06 11:00").clocks[0].verdict == "undetermined"


def test_a_date_that_is_the_same_in_every_way_is_told_though_the_hour_is_not():
    rules = f"""{clock("response")}
target response if vip: shall within 1 day of office by close from the start date
target response: shall within 1 day of nonstop by close from the start date"""
    found = seen(rules, "2026-03-06 10:00").clocks[0]
    assert (found.due, str(found.due_date)) == (None, "2026-03-06")


def test_a_level_that_a_rule_gives_in_every_way_is_known():
    rules = f"{clock('response')}\ntarget response: shall within 2 hours\nreclassify p1, p2 to p3 when escalated"
    assert seen(rules, "2026-03-06 12:00").priority.level is None
    found = seen(rules, "2026-03-06 12:00", ("2026-03-06 10:00", "escalated")).priority
    assert (found.answer, found.level, found.possible) == ("level", "p3", ("p3",))


def test_a_level_that_a_rule_gave_says_nothing_of_the_one_before():
    # From p1 it is p2, and the clock keeps what p1 was promised: it may have been p1, p2 or p3.
    rules = f"""{clock("response", "on change of priority keep")}
target response for p1: no promise
target response for p2 and p3: shall within 8 hours
reclassify p1 to p2 when escalated"""
    found = seen(rules, "2026-03-06 12:00", ("2026-03-06 10:00", "escalated")).clocks[0]
    assert (found.verdict, found.modality, found.missing) == ("undetermined", None, ("priority",))


def test_what_an_entry_says_before_a_rule_moves_it_tells_what_it_was():
    # It comes as p3, so it was p3 when it was opened, and the rule finds p3.
    rules = f"""{clock("response", "starts when escalated", start="opened if priority is not p3")}
target response: shall within 4 hours
reclassify p3 to p2 or higher when escalated
duty call {{
owed by vendor to customer when asked if priority is p3
due shall
fulfilled when answered
}}"""
    entries = ("2026-03-06 10:00", "asked"), ("2026-03-06 11:00", {"event": "escalated", "priority": "p3"})
    found = seen(rules, "2026-03-06 12:00", *entries)
    assert (found.priority.level, told(found)) == ("p2", "running, open, due 2026-03-06 15:00, used 1:00:00")
    assert [one.state for one in found.duties] == ["owed"]


def test_only_what_is_said_first_of_something_unknown_was_so_from_the_start():
    # It came as p1 and was moved to p2. That a later entry moves it to p3 does not mean that it came as p3.
    rules = f"""{clock("response", "starts when escalated", start="opened if priority is not p3")}
target response: shall within 8 hours
reclassify p1 to p2 or lower when escalated"""
    entries = (
        ("2026-03-06 10:00", {"event": "escalated", "priority": "p1"}),
        ("2026-03-06 11:00", {"event": "escalated", "priority": "p3"}),
    )
    found = seen(rules, "2026-03-06 12:00", *entries)
    assert (found.priority.level, told(found)) == ("p3", "running, open, due 2026-03-06 17:00, used 3:00:00")


def test_a_later_change_of_what_was_learnt_leaves_other_unknowns_open():
    rules = f"""{clock("response", "on change of vip keep")}
target response if vip and channel is phone: shall within 2 hours
target response if vip: shall within 4 hours
target response: shall within 8 hours"""
    vip, common = {"facts": {"vip": True}}, {"facts": {"vip": False}}
    found = seen(rules, "2026-03-06 11:30", ("2026-03-06 10:00", vip), ("2026-03-06 11:00", common)).clocks[0]
    assert line(found) == "running, undetermined, from 2026-03-06 11:00 to 2026-03-06 13:00, used 2:30:00"
    assert found.missing == ("channel",)


def test_a_due_time_of_a_duty_is_told_though_nobody_knows_whether_it_was_fulfilled():
    # Whether `fixed` is refused rests on what is not known; it is due 8 hours after 10:00 all the same.
    rules = f"""{clock("response")}
target response: shall within 2 hours
lifecycle {{
  status working initial
  status solved
  from working to solved when fixed requires vip
}}
duty call {{
owed by vendor to customer when asked
due shall within 8 hours
fulfilled when fixed
}}"""
    found = seen(rules, "2026-03-06 20:00", ("2026-03-06 10:00", "asked"), ("2026-03-06 12:00", "fixed")).duties[0]
    assert (found.state, found.due and wall(found.due), found.missing) == (
        "undetermined",
        "2026-03-06 18:00",
        ("vip",),
    )


def test_what_has_perhaps_not_begun_has_no_start_and_is_not_measured_in_any_case():
    rules = f"""{clock("response", start="opened if channel is phone")}
target response: shall within 2 hours
exclusion own_fault {{
ends response when dropped
}}"""
    perhaps = seen(rules, "2026-03-06 10:00").clocks[0]
    assert (perhaps.state, perhaps.started, perhaps.used_seconds, perhaps.verdict) == (None, None, None, "undetermined")
    ended = seen(rules, "2026-03-06 12:00", ("2026-03-06 10:00", "dropped")).clocks[0]
    assert (ended.state, ended.started, ended.verdict) == ("void", None, "not_measured")


def test_an_entry_that_is_irregular_in_every_way_is_listed_once():
    rules = f"""{clock("response")}
target response: shall within 2 hours
lifecycle {{
  status working initial
  status waiting
  status solved
  from working to waiting when asked if vip
  from working to solved when fixed requires urgent
  from waiting to solved when fixed requires urgent
}}"""
    entries = ("2026-03-06 10:00", "asked"), ("2026-03-06 11:00", "fixed")
    listed = seen(rules, "2026-03-06 12:00", *entries, **CALM).irregular
    assert [(wall(one.at), one.why) for one in listed] == [
        (
            "2026-03-06 11:00",
            "from waiting to solved it takes urgent, or from working to solved it takes urgent",
        )
    ]


# ------------------------------------------------------------------------------------------ steps, changes

STEPS = """cascade response {
  step quick: target within 2 hours
  step slow: shall within 4 hours
}"""


def by_fact(*said: str) -> str:
    clocks = clock("response", *said, "measured in nonstop if urgent")
    return f"{clocks}\n{STEPS}"


def test_a_step_is_counted_in_another_calendar_from_its_own_start():
    # The first step is over at 11:00. Urgent at 16:00: the second has 4 hours from 11:00 by the clock now, to 15:00.
    rules, entry = by_fact("on change of urgent rebase"), ("2026-03-06 12:00", URGENT)
    assert told(seen(rules, "2026-03-06 11:30", entry, **CALM)) == "running, open, due 2026-03-06 15:00, used 2:30:00"
    late = ("2026-03-06 18:00", CALM)
    found = seen(rules, "2026-03-06 20:00", late, **URGENT)
    # Late in the second step at 15:00, and that stays, though in hours of the office 15:00 is not over at 18:00.
    assert told(found) == "running, breached, due 2026-03-06 15:00, used 8:00:00, late 2026-03-06 15:00"


def test_each_stretch_of_a_ledger_is_told_in_the_calendar_of_its_step():
    rules = f"""{clock("response")}
cascade response {{
  step quick: target within 8 hours
  step slow: shall within 20 hours elapsed
}}"""
    # Friday 17:00 is the end of the first step. Until then the office counts, from then every minute.
    found = seen(rules, "2026-03-06 20:00").clocks[0]
    assert [(wall(one.start), wall(one.end), one.kind) for one in found.ledger] == [
        ("2026-03-06 09:00", "2026-03-06 17:00", "counted"),
        ("2026-03-06 17:00", "2026-03-06 20:00", "counted"),
    ]
    assert line(found) == "running, open, due 2026-03-07 13:00, used 11:00:00"
    before = look(desk(rules), "2026-03-06 14:00", ticket("2026-03-06 07:00")).clocks[0]
    after = look(desk(rules), "2026-03-06 20:00", ticket("2026-03-06 07:00")).clocks[0]
    assert [(wall(one.start), one.kind) for one in before.ledger] == [
        ("2026-03-06 07:00", "closed"),
        ("2026-03-06 09:00", "counted"),
    ]
    assert [(wall(one.start), one.kind) for one in after.ledger][:2] == [
        ("2026-03-06 07:00", "closed"),
        ("2026-03-06 09:00", "counted"),
    ]


def test_a_step_whose_condition_holds_only_after_the_one_before_has_passed_comes_too_late():
    rules = f"""{clock("response", "on change of urgent keep")}
cascade response {{
  step quick: best effort within 2 hours
  step slow if urgent: shall within 4 hours
}}"""
    found = seen(rules, "2026-03-06 16:00", ("2026-03-06 13:00", URGENT), **CALM)
    assert found.clocks[0].step == "quick"
    assert told(found) == "running, aim_missed_no_breach, due 2026-03-06 11:00, used 7:00:00, late 2026-03-06 11:00"


def test_late_in_a_step_stays_late_under_another_target():
    rules = f"""{clock("response", "on change of urgent rebase")}
target response if urgent: shall within 16 hours
{STEPS}"""
    found = seen(rules, "2026-03-06 15:00", ("2026-03-06 14:00", URGENT), **CALM)
    assert told(found) == "running, missed, due 2026-03-09 17:00, used 6:00:00, late 2026-03-06 11:00"


def test_a_step_that_is_overdrawn_by_a_change_has_passed():
    # 5 hours are used at 14:00, the first step has 2: the second runs from 14:00.
    rules = f"""{clock("response", "on change of urgent carry")}
target response if not urgent: shall within 8 hours
{STEPS}"""
    found = seen(rules, "2026-03-06 15:00", ("2026-03-06 14:00", URGENT), **CALM)
    assert found.clocks[0].step == "slow"
    assert told(found) == "running, open, due 2026-03-09 10:00, used 6:00:00"


def test_during_in_a_measure_is_asked_at_the_start_of_the_clock_also_for_later_steps():
    # Started at 09:00 in office hours; the second step begins on Saturday at 01:00, outside them.
    rules = f"""{clock("response", "measured in nonstop if during office")}
cascade response {{
  step quick: target within 16 hours
  step slow: shall within 4 hours
}}"""
    assert told(seen(rules, "2026-03-07 02:00")) == "running, open, due 2026-03-07 05:00, used 17:00:00"


def test_dates_of_two_limits_follow_the_day_that_ended_and_hours_the_instant():
    rules = f"""{clock("response")}
cascade response {{
  step quick: target within 1 calendar day
  step slow: shall later of within 21 hours elapsed and within 1 day of office by end of day from the day after
}}"""
    # Saturday is over at midnight. From the day after it, Sunday has no hours, so Monday is day 1, over at midnight.
    assert told(seen(rules, "2026-03-08 12:00")) == "running, open, due 2026-03-10 00:00, used 20:00:00"


# ---------------------------------------------------------------------------------------------- reopening


def test_a_change_in_a_gap_that_counts_is_one_at_its_own_instant():
    said = "on change of urgent restart", "on reopening continue, gap counts"
    rules = f"""{clock("response", *said, stop="status is solved")}
target response if urgent: shall within 4 hours
target response: shall within 16 hours
{WORKING}"""
    entries = ("2026-03-06 10:00", "fixed"), ("2026-03-06 13:00", URGENT), ("2026-03-06 15:00", "reopened")
    # As if it had never stopped: started anew at 13:00. Until the reopening nobody knows.
    assert told(seen(rules, "2026-03-06 14:00", *entries, **CALM)).startswith("stopped 2026-03-06 10:00, met")
    found = seen(rules, "2026-03-06 15:30", *entries, **CALM)
    assert wall(found.clocks[0].started or found.at) == "2026-03-06 13:00"
    assert told(found) == "running, open, due 2026-03-06 17:00, used 2:30:00"


def test_a_date_that_the_gap_moves_into_the_gap_is_late_at_the_reopening():
    rules = f"""{clock("response", "on reopening continue", stop="status is solved")}
target response: shall within 1 day of office by 20:00 after the start date
{WORKING}"""
    # Monday 20:00 is closed: the gap from 18:00 has no office hours in it, and moves nothing until Tuesday.
    entries = ("2026-03-09 18:00", "fixed"), ("2026-03-09 22:00", "reopened")
    assert told(seen(rules, "2026-03-09 21:00", *entries)).startswith("stopped 2026-03-09 18:00, met")
    found = seen(rules, "2026-03-09 22:00", *entries).clocks[0]
    assert found.breached_at is not None
    assert (found.verdict, wall(found.breached_at)) == ("breached", "2026-03-09 22:00")


def test_what_is_past_at_a_reopening_that_comes_under_other_terms_was_never_late():
    # Answered at exactly the due time. By the reopening it is p2, which promises no time any more.
    said = "on change of priority rebase", "on reopening continue"
    rules = f"""{clock("response", *said, stop="status is solved")}
target response for p3: shall within 1 hour
target response for p1 and p2: words "soon"
{WORKING}"""
    entries = ("2026-03-06 10:00", "fixed"), ("2026-03-06 12:00", {"priority": "p2"}), ("2026-03-06 13:00", "reopened")
    assert told(seen(rules, "2026-03-06 12:30", *entries, priority="p3")).startswith("stopped 2026-03-06 10:00, met")
    assert told(seen(rules, "2026-03-06 14:00", *entries, priority="p3")) == "running, no_commitment, used 2:00:00"


def test_halves_of_a_start_from_before_a_stop_do_not_count():
    rules = f"{clock('response', start='asked and escalated', stop='fixed')}\ntarget response: shall within 2 hours"
    entries = (
        ("2026-03-06 10:00", "asked"),
        ("2026-03-06 11:00", "escalated"),
        ("2026-03-06 12:00", "asked"),
        ("2026-03-06 12:00", "fixed"),
    )
    assert cycles(seen(rules, "2026-03-06 13:00", *entries)) == [
        "stopped 2026-03-06 12:00, met, due 2026-03-06 13:00, used 1:00:00"
    ]
    # What was asked at the instant of the stop counts for the next.
    again = (*entries, ("2026-03-06 12:30", "escalated"))
    assert cycles(seen(rules, "2026-03-06 13:00", *again))[1:] == ["running, open, due 2026-03-06 14:30, used 0:30:00"]


# ----------------------------------------------------------------------------------------------- pauses


def test_two_pauses_that_touch_are_one_and_hold_a_date_together():
    said = "pauses while urgent", "pauses in waiting", "pauses move the due time"
    rules = f"""{clock("response", *said)}
target response: shall within 1 day of office by 20:00 after the start date
{WORKING}"""
    # Urgent from Monday 18:00, waiting from 19:00, not urgent at 19:30: one pause over 20:00, to Tuesday 11:00.
    entries = (
        ("2026-03-09 18:00", URGENT),
        ("2026-03-09 19:00", "asked"),
        ("2026-03-09 19:30", CALM),
        ("2026-03-10 11:00", "answered"),
    )
    # 2 hours of Tuesday morning move the date to 11:00, when the pause is over.
    assert told(seen(rules, "2026-03-10 12:00", *entries, **CALM)).endswith("late 2026-03-10 11:00")
    # At 22:00 the pause has not moved it yet: late if it ended now, in time if it goes on.
    paused = seen(rules, "2026-03-09 22:00", *entries, **CALM).clocks[0]
    assert (paused.state, paused.verdict, paused.due) == ("paused", "undetermined", None)


def test_a_pause_by_the_hour_over_a_date_may_yet_go_on_for_another_reason():
    said = "pauses while outside office", "pauses in waiting", "pauses move the due time"
    rules = f"""{clock("response", *said)}
target response: shall within 1 day of office by 20:00 after the start date
{WORKING}"""
    # Paused from Monday 17:00 to Tuesday 09:00, which moves nothing: if nothing happens, it was late at 20:00.
    assert told(seen(rules, "2026-03-09 20:00")) == "paused, open, due 2026-03-09 20:00, used 16:00:00"
    assert told(seen(rules, "2026-03-09 21:00")) == "paused, undetermined, from 2026-03-09 20:00 to ?, used 16:00:00"
    assert told(seen(rules, "2026-03-10 09:30")).endswith("late 2026-03-09 20:00")
    # Waiting before the pause is over holds the date until 11:00, and that is when it is late.
    waiting = ("2026-03-10 08:00", "asked"), ("2026-03-10 11:00", "answered")
    assert told(seen(rules, "2026-03-10 12:00", *waiting)).endswith("late 2026-03-10 11:00")


def test_a_date_that_pauses_do_not_move_is_told_whether_it_will_pause_or_not():
    said = "pauses while outside office", "pauses while vip", "pauses do not move the due time"
    rules = f"{clock('response', *said)}\ntarget response: shall within 1 day of office by 20:00 after the start date"
    # On Friday evening nothing asks whether the caller is important; on Monday something will.
    assert told(seen(rules, "2026-03-06 18:00")).startswith("paused, open, due 2026-03-09 20:00")


def test_where_it_is_not_known_whether_it_will_pause_both_give_a_bound():
    said = "pauses while outside office and vip"
    rules = f"{clock('response', said, measured='elapsed time')}\ntarget response: shall within 10 hours"
    found = seen(rules, "2026-03-06 10:00").clocks[0]
    assert line(found) == "running, open, from 2026-03-06 19:00 to 2026-03-09 11:00, used 1:00:00"
    assert found.missing == ("vip",)


def test_a_pause_that_time_does_not_end_may_end_now_though_one_by_the_hour_holds_as_well():
    said = "pauses while during office", "pauses while urgent", "pauses do not move the due time"
    rules = f"""{clock("response", *said, measured="elapsed time")}
target response: shall earlier of within 10 hours and within 1 day of office by 20:00 after the start date"""
    # Urgent since the start, so no hour has counted. It is not known that the 10 hours will be over after the date.
    assert told(seen(rules, "2026-03-06 12:00", **URGENT)) == (
        "paused, open, from 2026-03-06 22:00 to 2026-03-09 20:00, used 0:00:00"
    )


def test_the_later_end_of_a_range_decides_also_in_a_pause():
    # 1 hour is used. At 14:00 the 2 hours could be over on Friday, the 6 not before Monday 11:00.
    said = "pauses while urgent", "pauses do not move the due time"
    rules = f"{clock('response', *said)}\ntarget response: shall within 2 to 6 hours"
    urgent = ("2026-03-06 10:00", URGENT)
    assert told(seen(rules, "2026-03-06 14:00", urgent, **CALM)) == (
        "paused, open, from 2026-03-09 11:00 to ?, used 1:00:00"
    )
    # Of two limits, the days are known, and the hours perhaps over before: not before their later end.
    both = rules.replace("within 2 to 6 hours", "earlier of within 2 to 6 hours elapsed and within 3 calendar days")
    assert told(seen(both, "2026-03-06 18:00", urgent, **CALM)).startswith("paused, open, from 2026-03-06 23:00")


def test_a_pause_that_will_come_does_not_hold_up_what_is_due_before():
    rules = f"""{clock("response")}
target response: shall within 12 hours
{clock("repair", "pauses while response is overdue", "pauses do not move the due time", stop="fixed")}
target repair: shall earlier of within 6 hours and within 14 hours"""
    # The response will be overdue on Monday at 13:00, and the second limit then held up; the first is over at 15:00.
    assert told(seen(rules, "2026-03-06 10:00"), "repair") == "running, open, due 2026-03-06 15:00, used 1:00:00"


def test_a_watching_clock_looks_before_what_it_watches_starts_anew():
    rules = f"""{clock("response", "on change of urgent restart")}
target response if urgent: shall within 4 hours
target response: shall within 2 hours
{clock("repair", "pauses while response is overdue", stop="fixed", measured="elapsed time")}
target repair: shall within 100 hours"""
    # Overdue from 11:00; begun anew at 14:00, it stays late.
    found = seen(rules, "2026-03-06 16:00", ("2026-03-06 14:00", URGENT), **CALM)
    repair = next(one for one in found.clocks if one.clock == "repair")
    assert [(wall(one.start), one.kind) for one in repair.ledger] == [
        ("2026-03-06 09:00", "counted"),
        ("2026-03-06 11:00", "paused"),
    ]


def test_a_watched_clock_that_pauses_by_the_hour_is_foreseen_with_its_pauses():
    rules = f"""{clock("response", "pauses while outside office", measured="elapsed time")}
target response: shall within 9 hours
{clock("repair", "pauses while response is overdue", "pauses do not move the due time", stop="fixed")}
target repair: shall within 10 hours"""
    # 8 hours on Friday, the ninth on Monday to 10:00; repair would be due on Monday at 11:00, but pauses from 10:00.
    found = seen(rules, "2026-03-06 12:00")
    assert told(found, "repair") == "running, open, from 2026-03-09 11:00 to ?, used 3:00:00"


def test_a_step_that_follows_is_foreseen_where_its_clock_is_watched():
    rules = f"""{clock("response")}
cascade response {{
  step quick: target within 2 hours
  step slow: shall within 40 hours
}}
{clock("repair", "pauses while response is overdue", stop="fixed")}
target repair: shall within 6 hours"""
    # The response goes on to its second step at 11:00, and is overdue only after it.
    assert told(seen(rules, "2026-03-06 10:00"), "repair") == "running, open, due 2026-03-06 15:00, used 1:00:00"
    assert told(seen(rules, "2026-03-06 14:00"), "repair") == "running, open, due 2026-03-06 15:00, used 5:00:00"


def test_of_a_day_that_has_ended_none_is_left():
    rules = f"""{clock("response")}
cascade response {{
  step quick: target within 1 day of office by end of day from the start date
  step slow: shall within 1 day of office by end of day from the start date
}}"""
    # Friday is over at midnight. Its own end gives the next step no time; Monday does.
    assert told(seen(rules, "2026-03-07 12:00")) == "running, open, due 2026-03-10 00:00, used 8:00:00"


def test_of_two_limits_that_end_alike_one_with_a_date_tells_it():
    # Reported on Saturday: the same time as Monday's opening, two days on, is Tuesday's closing; so is the other limit.
    limits = "within 2 days of office same time and within 2 days of office by close after the start date"
    rules = f"{clock('response')}\ntarget response: shall later of {limits}"
    found = look(desk(rules), "2026-03-09 10:00", ticket("2026-03-07 12:00")).clocks[0]
    assert (line(found), str(found.due_date)) == ("running, open, due 2026-03-10 17:00, used 1:00:00", "2026-03-10")
