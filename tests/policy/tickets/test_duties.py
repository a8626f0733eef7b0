"""Duties: owed when, until when, fulfilled or late; what changes on the way, and what nobody knows (R8)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from sla_dsl import shipped
from sla_dsl.pipeline import Policy
from sla_dsl.policy.executable import Executable
from sla_dsl.policy.situation import ClockStates
from sla_dsl.policy.tickets.answers import DutyAnswer
from sla_dsl.policy.tickets.duties import duties
from sla_dsl.policy.tickets.history import Moment
from sla_dsl.policy.unknowns import Supposed
from tests.policy.tickets.desk import desk, ticket
from tests.policy.tickets.desk import look as look_at
from tests.policy.tickets.looking import histories, look, micros, moment, policy

# 2026-03-02 is a Monday.
MONDAY = "2026-03-02T10:00"

Happened = tuple[Any, ...]
"""A moment by its wall time, its events, and perhaps what is said of the ticket from then on."""


def moments(made: Executable, said: dict[str, Any], *happened: Happened) -> tuple[Moment, ...]:
    """What happened, one moment after the other; what is said stays so until it is said otherwise."""
    found: list[Moment] = []
    known: dict[str, Any] = dict(said)
    for at, *events in happened:
        more = events.pop() if events and isinstance(events[-1], dict) else {}
        known |= more
        found.append(moment(made, at, *events, entered=[more["status"]] if "status" in more else [], **known))
    return tuple(found)


def stands(made: Executable, at: str, said: dict[str, Any], *happened: Happened, duty: str = "d") -> DutyAnswer:
    """How a duty stands at an instant."""
    known = dict(said)
    for one in happened:
        known |= one[-1] if isinstance(one[-1], dict) else {}
    found = duties(look(made, at, **known), histories(*moments(made, said, *happened)))
    return next(one for one in found if one.duty == duty)


def short(answer: DutyAnswer) -> tuple[str, str | None]:
    """State and due time."""
    return answer.state, None if answer.due is None else answer.due.strftime("%m-%dT%H:%M")


def duty(lines: str) -> Policy:
    return policy(f'duty d "The duty" {{\n{lines}\nassume "Made up."\n}}')


ANSWER = duty("""
  owed by vendor to customer when noticed if broken
  due shall within 4 hours of desk
  fulfilled when answered
""")


@pytest.mark.parametrize(
    ("at", "events", "expected"),
    [
        (MONDAY, [], ("not_owed", None)),
        ("2026-03-02T12:00", [("2026-03-02T11:00", "noticed")], ("owed", "03-02T15:00")),
        ("2026-03-02T15:00", [("2026-03-02T11:00", "noticed")], ("owed", "03-02T15:00")),  # at its due time, not after
        ("2026-03-02T15:00:00.000001", [("2026-03-02T11:00", "noticed")], ("late", "03-02T15:00")),
        (
            "2026-03-02T16:00",
            [("2026-03-02T11:00", "noticed"), ("2026-03-02T15:00", "answered")],
            ("fulfilled", "03-02T15:00"),
        ),
        (
            "2026-03-02T16:00",
            [("2026-03-02T11:00", "noticed"), ("2026-03-02T15:01", "answered")],
            ("late", "03-02T15:00"),
        ),
        # What fulfils it counts from the instant on at which it becomes owed, and not before.
        ("2026-03-02T12:00", [("2026-03-02T11:00", "noticed", "answered")], ("fulfilled", "03-02T15:00")),
        (
            "2026-03-02T12:00",
            [("2026-03-02T10:30", "answered"), ("2026-03-02T11:00", "noticed")],
            ("owed", "03-02T15:00"),
        ),
        # While it is owed, another occasion changes nothing; after that it is owed again.
        (
            "2026-03-02T12:30",
            [("2026-03-02T11:00", "noticed"), ("2026-03-02T12:00", "noticed")],
            ("owed", "03-02T15:00"),
        ),
        (
            "2026-03-02T16:00",
            [("2026-03-02T11:00", "noticed"), ("2026-03-02T12:00", "answered"), ("2026-03-02T13:00", "noticed")],
            ("owed", "03-02T17:00"),
        ),
        # One event fulfils one of them.
        (
            "2026-03-02T16:00",
            [("2026-03-02T11:00", "noticed"), ("2026-03-02T13:00", "answered", "noticed")],
            ("owed", "03-02T17:00"),
        ),
    ],
)
def test_a_duty_from_its_occasion_to_what_fulfils_it(at: str, events: list[Happened], expected: tuple[str, str | None]):
    assert short(stands(ANSWER, at, {"broken": True}, (MONDAY, "reported"), *events)) == expected


def test_a_condition_is_asked_at_the_occasion():
    story = ((MONDAY, "reported"), ("2026-03-02T11:00", "noticed"))
    assert stands(ANSWER, "2026-03-02T12:00", {"broken": False}, *story).state == "not_owed"
    later = ("2026-03-02T11:30", {"broken": True})
    assert stands(ANSWER, "2026-03-02T12:00", {"broken": False}, *story, later).state == "not_owed"
    unknown = stands(ANSWER, "2026-03-02T12:00", {}, *story)
    assert (unknown.state, unknown.missing, unknown.due) == ("undetermined", ("broken",), None)


def test_what_is_learnt_later_was_so_from_the_start():
    story = ((MONDAY, "reported"), ("2026-03-02T11:00", "noticed"))
    learnt = stands(ANSWER, "2026-03-02T12:00", {}, *story, ("2026-03-02T11:30", {"broken": True}))
    assert short(learnt) == ("owed", "03-02T15:00")
    changed = ("2026-03-02T11:45", {"broken": False})
    assert stands(ANSWER, "2026-03-02T12:00", {}, *story, ("2026-03-02T11:30", {"broken": True}), changed) == learnt


def test_a_level_learnt_later_was_so_from_the_start():
    made = duty("owed by vendor when noticed if priority is p1\ndue shall\nfulfilled when answered")
    story = ((MONDAY, "reported"), ("2026-03-02T11:00", "noticed"))
    assert stands(made, "2026-03-02T12:00", {}, *story).missing == ("priority",)
    assert stands(made, "2026-03-02T12:00", {}, *story, ("2026-03-02T11:30", {"priority": "p1"})).state == "owed"
    assert stands(made, "2026-03-02T12:00", {}, *story, ("2026-03-02T11:30", {"priority": "p2"})).state == "not_owed"


def test_a_duty_without_an_occasion_is_owed_as_long_as_its_condition_holds():
    made = duty("owed by vendor to customer if broken\ndue shall within 2 hours\nfulfilled when answered")
    start = ((MONDAY, "reported"), ("2026-03-02T11:00", {"broken": True}))
    known = {"broken": False}
    assert short(stands(made, "2026-03-02T10:30", known, start[0])) == ("not_owed", None)
    assert short(stands(made, "2026-03-02T12:00", known, *start)) == ("owed", "03-02T13:00")
    assert short(stands(made, "2026-03-02T14:00", known, *start)) == ("late", "03-02T13:00")
    done = ("2026-03-02T12:00", "answered")
    assert short(stands(made, "2026-03-02T14:00", known, *start, done)) == ("fulfilled", "03-02T13:00")
    over = ("2026-03-02T12:30", {"broken": False})
    assert short(stands(made, "2026-03-02T14:00", known, *start, done, over)) == ("not_owed", None)
    again = ("2026-03-02T13:30", {"broken": True})
    assert short(stands(made, "2026-03-02T14:00", known, *start, done, over, again)) == ("owed", "03-02T15:30")


def test_a_duty_that_nothing_ends_stands_as_its_condition_does_now():
    made = duty("owed by customer to vendor if broken\ndue should")
    assert stands(made, "2026-03-02T12:00", {"broken": True}, (MONDAY, "reported")).state == "owed"
    assert stands(made, "2026-03-02T12:00", {"broken": False}, (MONDAY, "reported")).state == "not_owed"
    unknown = stands(made, "2026-03-02T12:00", {}, (MONDAY, "reported"))
    assert (unknown.state, unknown.missing, unknown.modality) == ("undetermined", ("broken",), "should")
    owed = stands(made, "2026-03-02T12:00", {"broken": True}, (MONDAY, "reported"))
    assert owed.because[0].text == "The duty: owed by customer to vendor."


def test_the_hours_of_a_condition_open_and_close_between_what_happens():
    made = duty("owed by vendor if during desk\ndue shall within 30 minutes\nfulfilled when answered")
    story = ((MONDAY, "reported"), ("2026-03-02T10:10", "answered"))
    assert short(stands(made, "2026-03-02T16:00", {}, *story)) == ("fulfilled", "03-02T10:30")
    assert short(stands(made, "2026-03-02T20:00", {}, *story)) == ("not_owed", None)
    assert short(stands(made, "2026-03-03T09:10", {}, *story)) == ("owed", "03-03T09:30")
    assert short(stands(made, "2026-03-03T10:00", {}, *story)) == ("late", "03-03T09:30")


def overdue_from(at: str) -> Callable[[int], ClockStates]:
    due = micros(at)
    return lambda now: lambda _clock, _supposed: frozenset({"running", "overdue"} if now > due else ())


def test_a_clock_that_runs_out_makes_a_duty_owed_at_that_instant():
    made = duty("owed by vendor if repair is overdue\ndue shall within 1 hour\nfulfilled when escalated")
    states = overdue_from("2026-03-02T12:00")

    def found(at: str) -> tuple[str, str | None]:
        past = moments(made, {}, (MONDAY, "reported"))
        return short(duties(look(made, at, states), histories(*past))[0])

    assert found("2026-03-02T12:00") == ("not_owed", None)
    assert found("2026-03-02T12:30") == ("owed", "03-02T13:00")
    assert found("2026-03-02T13:30") == ("late", "03-02T13:00")


# ---------------------------------------------------------------------------------------- due times


def test_the_due_time_counts_from_its_own_start():
    made = duty("""
      owed by vendor to customer when noticed
      starts when reported or escalated
      due shall within 2 days of desk by close after the start date
      fulfilled when answered
    """)
    story = ((MONDAY, "reported"), ("2026-03-03T10:00", "noticed"))
    answer = stands(made, "2026-03-03T12:00", {}, *story)
    assert (short(answer), str(answer.due_date)) == (("owed", "03-04T17:00"), "2026-03-04")
    between = (MONDAY, "reported"), ("2026-03-03T09:30", "escalated"), ("2026-03-03T10:00", "noticed")
    assert short(stands(made, "2026-03-03T12:00", {}, *between)) == ("owed", "03-05T17:00")
    after = ((MONDAY, "reported"), ("2026-03-03T10:00", "noticed"), ("2026-03-04T10:00", "escalated"))
    assert short(stands(made, "2026-03-04T12:00", {}, *after)) == ("owed", "03-04T17:00")


def test_a_start_that_has_not_come_gives_no_due_time_yet():
    made = duty("owed by vendor when noticed\nstarts when escalated\ndue shall within 1 hour\nfulfilled when answered")
    story = ((MONDAY, "reported"), ("2026-03-02T11:00", "noticed"))
    waiting = stands(made, "2026-03-05T12:00", {}, *story)
    assert short(waiting) == ("owed", None)
    assert "what that counts from has not happened" in waiting.because[1].text
    assert short(stands(made, "2026-03-05T12:00", {}, *story, ("2026-03-05T11:30", "escalated"))) == (
        "owed",
        "03-05T12:30",
    )


def test_a_start_instead_takes_the_place_of_the_plain_one():
    made = duty("""
      owed by vendor when reported
      starts when reported
      starts instead when noticed if lost
      due shall within 1 hour
      fulfilled when answered
    """)
    story = ((MONDAY, "reported"), ("2026-03-02T10:30", "noticed"))
    assert short(stands(made, "2026-03-02T10:45", {"lost": False}, *story)) == ("owed", "03-02T11:00")
    assert short(stands(made, "2026-03-02T10:45", {"lost": True}, *story)) == ("owed", "03-02T11:30")
    assert short(stands(made, "2026-03-02T10:15", {"lost": True}, story[0])) == ("owed", None)


def test_a_due_time_that_has_passed_when_it_becomes_owed_is_late():
    made = duty("owed by vendor when noticed\nstarts when reported\ndue shall within 1 hour\nfulfilled when answered")
    story = ((MONDAY, "reported"), ("2026-03-02T12:00", "noticed", "answered"))
    assert short(stands(made, "2026-03-02T12:30", {}, *story)) == ("late", "03-02T11:00")


def test_a_strict_due_time_is_late_at_its_instant():
    made = duty("owed by vendor when reported\ndue shall in less than 2 hours\nfulfilled when answered")
    story = (MONDAY, "reported")
    assert stands(made, "2026-03-02T11:59:59", {}, story).state == "owed"
    assert stands(made, "2026-03-02T12:00", {}, story).state == "late"
    assert stands(made, "2026-03-02T13:00", {}, story, ("2026-03-02T12:00", "answered")).state == "late"


CHOICE = duty("""
  owed by vendor when reported
  due shall within 1 hour if priority is p1, otherwise shall within 8 hours
  fulfilled when answered
""")


def test_a_change_moves_the_due_time_and_what_was_late_stays_late():
    story = (MONDAY, "reported")
    raised = ("2026-03-02T14:00", {"priority": "p1"})
    assert short(stands(CHOICE, "2026-03-02T13:00", {"priority": "p2"}, story)) == ("owed", "03-02T18:00")
    assert short(stands(CHOICE, "2026-03-02T14:00", {"priority": "p2"}, story, raised)) == ("late", "03-02T11:00")
    lowered = ("2026-03-02T10:30", {"priority": "p2"})
    assert short(stands(CHOICE, "2026-03-02T12:00", {"priority": "p1"}, story, lowered)) == ("owed", "03-02T18:00")
    too_late = ("2026-03-02T11:30", {"priority": "p2"})
    assert short(stands(CHOICE, "2026-03-02T12:00", {"priority": "p1"}, story, too_late)) == ("late", "03-02T18:00")


def test_cases_that_agree_on_the_state_leave_only_the_due_time_open():
    answer = stands(CHOICE, "2026-03-02T10:30", {}, (MONDAY, "reported"))
    assert (answer.state, answer.due, answer.missing) == ("owed", None, ("priority",))
    assert stands(CHOICE, "2026-03-02T12:00", {}, (MONDAY, "reported")).state == "undetermined"
    assert stands(CHOICE, "2026-03-02T20:00", {}, (MONDAY, "reported")).state == "late"


def test_holidays_that_nobody_knows_bound_the_due_time():
    made = duty("owed by vendor when reported\ndue shall within 4 hours of office\nfulfilled when answered")
    story = (MONDAY, "reported")
    early = stands(made, "2026-03-02T14:00", {}, story)
    assert (early.state, early.due, early.missing) == ("owed", None, ("holidays",))
    assert stands(made, "2026-03-02T14:01", {}, story).state == "undetermined"
    done = stands(made, "2026-03-05T14:00", {}, story, ("2026-03-02T13:59", "answered"))
    assert (done.state, done.missing) == ("fulfilled", ("holidays",))
    after = stands(made, "2026-03-05T14:00", {}, story, ("2026-03-03T13:59", "answered"))
    assert after.state == "undetermined"


def test_a_due_time_before_something_planned():
    made = policy("""
      fact work "the work" is an instant
      duty d "Notice" {
        owed by vendor when planned
        due shall at least 24 hours before work
        fulfilled when noticed
        assume "Made up."
      }
    """)
    story = ((MONDAY, "reported"), ("2026-03-02T11:00", "planned", {"work": "2026-03-04T09:00:00+01:00"}))
    assert short(stands(made, "2026-03-03T09:00", {}, *story)) == ("owed", "03-03T09:00")
    assert short(stands(made, "2026-03-03T09:01", {}, *story)) == ("late", "03-03T09:00")
    moved = ("2026-03-02T12:00", {"work": "2026-03-05T09:00:00+01:00"})
    assert short(stands(made, "2026-03-03T09:01", {}, *story, moved)) == ("owed", "03-04T09:00")
    unknown = stands(made, "2026-03-03T09:00", {}, (MONDAY, "reported"), ("2026-03-02T11:00", "planned"))
    assert (unknown.state, unknown.missing) == ("undetermined", ("work",))


def test_what_no_event_would_tell_is_not_called_late():
    made = duty("owed by vendor when reported\ndue shall within 1 hour")
    assert short(stands(made, "2026-03-02T10:30", {}, (MONDAY, "reported"))) == ("owed", "03-02T11:00")
    after = stands(made, "2026-03-02T12:30", {}, (MONDAY, "reported"))
    assert short(after) == ("undetermined", "03-02T11:00")
    assert any("no event is named that would tell" in reason.text for reason in after.because)


@pytest.mark.parametrize(
    ("due", "modality"),
    [
        ("may", "may"),
        ("should", "should"),
        ("best effort", "best_effort"),
        ('words "in good time"', "words_only"),
        ("to be determined", "to_be_determined"),
        ("no promise", "no_promise"),
    ],
)
def test_what_binds_less_is_owed_all_the_same(due: str, modality: str):
    answer = stands(duty(f"owed by vendor when reported\ndue {due}"), "2026-03-05T10:00", {}, (MONDAY, "reported"))
    assert (answer.state, answer.modality, answer.due) == ("owed", modality, None)


def test_what_a_party_may_do_is_called_a_right():
    made = duty("owed by vendor when answered\ndue may\nfulfilled when done")
    reported, answered, done = (MONDAY, "reported"), ("2026-03-02T11:00", "answered"), ("2026-03-02T15:00", "done")

    def told(*happened: tuple[str, str]) -> str:
        return stands(made, "2026-03-02T16:00", {}, *happened).because[0].text

    right = "The duty: a right, not a duty, of vendor since Monday 2026-03-02 11:00"
    assert told(reported) == "The duty: no right yet, because “answered” has not happened."
    assert told(reported, answered) == f"{right}."
    assert told(reported, answered, done) == f"{right}, and used on Monday 2026-03-02 15:00."


def test_both_events_fulfil_with_the_last_and_count_from_the_occasion():
    made = duty("owed by vendor when noticed\ndue shall\nfulfilled when answered and done")
    before = ((MONDAY, "reported"), ("2026-03-02T10:30", "answered"), ("2026-03-02T11:00", "noticed"))
    assert stands(made, "2026-03-02T15:00", {}, *before, ("2026-03-02T12:00", "done")).state == "owed"
    after = (*before, ("2026-03-02T12:00", "done"), ("2026-03-02T13:00", "answered"))
    assert stands(made, "2026-03-02T15:00", {}, *after).state == "fulfilled"


def test_a_status_can_be_the_occasion():
    made = policy("""
      lifecycle {
        status fresh "Fresh" initial
        status waiting "Waiting"
        from fresh to waiting when noticed
        assume "Made up."
      }
      duty d {
        owed by vendor when noticed or status is waiting
        due shall
        fulfilled when answered
        assume "Made up."
      }
    """)
    entered = ("2026-03-02T11:00", {"status": "waiting"})
    assert stands(made, "2026-03-02T12:00", {}, (MONDAY, "reported"), entered).state == "owed"
    assert stands(made, "2026-03-02T12:00", {}, (MONDAY, "reported")).state == "not_owed"


def test_two_ways_in_which_a_ticket_can_have_gone():
    past = moments(ANSWER, {}, (MONDAY, "reported"), ("2026-03-02T11:00", "noticed"))
    now = look(ANSWER, "2026-03-02T12:00")

    def found(*supposed: Supposed) -> DutyAnswer:
        ways = replace(now, branches=tuple(replace(now.branches[0], supposed=one) for one in supposed))
        return duties(ways, [(one, past) for one in supposed])[0]

    key = ("fact", "broken")
    assert found({key: True}, {key: False}).state == "undetermined"
    assert short(found({key: True, "channel": "phone"}, {key: True, "channel": "mail"})) == ("owed", "03-02T15:00")


# -------------------------------------------------------------------------------------------- reasons


def test_reasons_from_the_state_to_the_calendar():
    answer = stands(ANSWER, "2026-03-02T16:00", {"broken": True}, (MONDAY, "reported"), ("2026-03-02T11:00", "noticed"))
    assert [(reason.clause, reason.text) for reason in answer.because] == [
        ("duty d", "The duty: owed by vendor to customer since Monday 2026-03-02 11:00; not fulfilled in time."),
        ("duty d", "Due Monday 2026-03-02 15:00: within 4 hours of desk, from Monday 2026-03-02 11:00."),
        ("calendar desk", "Counted: Monday 2026-03-02 11:00 to 15:00 (4 hours)."),
        ("duty d", "“broken” holds at that time, because broken is yes."),
    ]
    assert answer.clauses == ("duty d", "fact broken", "calendar desk")


@pytest.mark.parametrize(
    ("answered", "came_to"),
    [
        ("2026-03-02T12:00", ", and fulfilled on Monday 2026-03-02 12:00"),
        ("2026-03-02T13:15", "; fulfilled late, on Monday 2026-03-02 13:15"),
        ("2026-03-02T13:45", "; not fulfilled in time"),
    ],
)
def test_what_is_owed_no_more_tells_what_it_came_to(answered: str, came_to: str):
    made = duty("owed by vendor to customer if broken\ndue shall within 2 hours\nfulfilled when answered")
    story = ((MONDAY, "reported"), (answered, "answered"), ("2026-03-02T13:30", {"broken": False}))
    found = stands(made, "2026-03-02T14:00", {"broken": True}, *sorted(story, key=lambda one: one[0]))
    assert (found.state, found.due) == ("not_owed", None)
    standing, due = [reason.text for reason in found.because][:2]
    assert standing == (
        f"The duty: owed by vendor to customer since Monday 2026-03-02 10:00{came_to}; "
        "not owed any more since Monday 2026-03-02 13:30."
    )
    assert due == "Due Monday 2026-03-02 12:00: within 2 hours, from Monday 2026-03-02 10:00."


def test_a_condition_of_hours_is_told_of_the_instant_looked_at():
    made = desk('duty standby "Standby" {\nowed by vendor if during office\ndue shall\nfulfilled when answered\n}')
    texts = {
        at: look_at(made, at, ticket("2026-03-06 10:00")).duties[0].because[-1].text
        for at in ("2026-03-06 10:00", "2026-03-06 20:00")
    }
    assert texts == {
        "2026-03-06 10:00": "“during office” holds, because the report lies in `office`.",
        "2026-03-06 20:00": "“during office” does not hold, because the time lies outside `office`.",
    }


def test_an_open_duty_tells_its_cases():
    answer = stands(ANSWER, "2026-03-02T16:00", {}, (MONDAY, "reported"), ("2026-03-02T11:00", "noticed"))
    assert [reason.text for reason in answer.because] == [
        "Undetermined: it rests on `broken`, which is not known.",
        "If broken is yes: The duty: owed by vendor to customer since Monday 2026-03-02 11:00; not fulfilled in time.",
        "If broken is no: The duty: not owed, because “noticed” has not happened while “broken” held.",
    ]


# ----------------------------------------------------------------------------------- shipped policies


def test_sightworks_counts_two_weeks_from_the_notification():
    made = shipped("sightworks").set(zone="Europe/Amsterdam")
    story = (("2026-03-03T09:00", "notified"), ("2026-03-05T09:00", "found_unique"))
    said = {"priority": "medium"}
    owed = stands(made, "2026-03-10T10:00", said, *story, duty="notify_unique")
    assert (owed.state, str(owed.due_date), owed.party, owed.to) == ("owed", "2026-03-17", ("sightworks",), ("client",))
    assert stands(made, "2026-03-18T00:00", said, *story, duty="notify_unique").state == "late"
    done = ("2026-03-17T23:59", "recommendation_sent")
    assert stands(made, "2026-03-20T00:00", said, *story, done, duty="notify_unique").state == "fulfilled"
    assert stands(made, "2026-03-10T10:00", {"priority": "high"}, *story, duty="notify_unique").state == "not_owed"
    finding = made.reading(two_weeks="finding")
    assert str(stands(finding, "2026-03-10T10:00", said, *story, duty="notify_unique").due_date) == "2026-03-19"
    negotiate = stands(made, "2026-03-10T10:00", {"priority": "low"}, *story, duty="negotiate")
    assert (negotiate.state, negotiate.to_dict()["party"]) == ("owed", ["sightworks", "client"])


def test_secpod_owes_updates_while_it_waits_on_others():
    made = shipped("secpod")
    said = {"severity": "low"}
    story = (("2026-03-03T09:00", "logged"), ("2026-03-03T10:00", {"status": "waiting_on_third_party"}))
    assert stands(made, "2026-03-03T12:00", said, *story, duty="third_party_updates").state == "owed"
    done = ("2026-03-03T11:00", "update_provided")
    assert stands(made, "2026-03-03T12:00", said, *story, done, duty="third_party_updates").state == "fulfilled"
    assert stands(made, "2026-03-03T12:00", said, story[0], duty="third_party_updates").state == "not_owed"
    back = ("2026-03-03T11:30", {"status": "open"})
    assert stands(made, "2026-03-03T12:00", said, *story, back, duty="third_party_updates").state == "not_owed"


def test_cloudcti_processes_complete_reports_by_e_mail():
    made = shipped("cloudcti")
    start = ("2026-03-03T09:00", "reported")
    by_mail = {"report_complete": True, "channel": "email"}
    assert stands(made, "2026-03-03T12:00", by_mail, start, duty="process_report").state == "owed"
    by_phone = {"report_complete": True, "channel": "phone"}
    assert stands(made, "2026-03-03T12:00", by_phone, start, duty="process_report").state == "not_owed"
    unknown = stands(made, "2026-03-03T12:00", {"channel": "email"}, start, duty="process_report")
    assert (unknown.state, unknown.missing) == ("undetermined", ("report_complete",))


def test_rekor_contacts_the_customer():
    made = shipped("rekor")
    start = ("2026-03-03T09:00", "ticket_created")
    assert stands(made, "2026-03-03T12:00", {}, start, duty="contact_customer").state == "owed"
    done = ("2026-03-03T10:00", "customer_advised")
    assert stands(made, "2026-03-03T12:00", {}, start, done, duty="contact_customer").state == "fulfilled"
    assert stands(made, "2026-03-03T12:00", {}, start, duty="deprioritize").state == "not_owed"


def test_rekor_relays_no_progress_of_a_closed_ticket():
    made = shipped("rekor").set(zone="America/New_York")
    story = (
        ("2026-03-02T09:00", "ticket_created"), ("2026-03-02T10:00", "progress_relayed"),
        ("2026-03-06T09:00", {"status": "closed"}),
    )  # fmt: skip
    found = stands(made, "2026-03-09T09:00", {}, *story, duty="relay_progress")
    assert found.state == "not_owed"
    assert found.because[0].text == (
        "Progress of the ticket: owed by technical_support to customer since Monday 2026-03-02 09:00, and fulfilled on "
        "Monday 2026-03-02 10:00; not owed any more since Friday 2026-03-06 09:00."
    )
