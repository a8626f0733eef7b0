"""Services, duties, exclusions and objectives of whole tickets, evaluated from their entries (R6-R8)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sla_dsl import Evaluation
from tests.policy.tickets.looking import ZONE, policy

# 2026-03-02 is a Monday.
MADE = policy("""
  contingency night "Night line" {
    reached through web
    available outside desk if repair is overdue
    available always if lost
    assume "Made up."
  }
  duty escalation "Escalation" {
    owed by vendor to customer if repair is overdue
    due shall within 1 hour
    fulfilled when escalated
    assume "Made up."
  }
  duty answer "Answer" {
    owed by vendor to customer when noticed if broken
    due shall within 4 hours of desk
    fulfilled when answered
    assume "Made up."
  }
  exclusion own "Own equipment" {
    ends repair when planned if broken
    assume "Made up."
  }
  objective kept "Repairs in time" {
    share at least 50 % of repair each month
    mean of repair at most 8 hours each month if channel is phone
    assume "Made up."
  }
""")


def evaluate(at: str, *events: dict[str, Any], **first: Any) -> Evaluation:
    """A ticket of Monday 10:00, looked at at a wall time in Amsterdam."""
    ticket = {"id": "1", "created": "2026-03-02T10:00:00+01:00", "events": list(events), **first}
    return MADE.evaluate(ticket, at=datetime.fromisoformat(at).replace(tzinfo=ZONE))


def entry(at: str, event: str | None = None, **more: Any) -> dict[str, Any]:
    made = {"at": f"{at}:00+01:00", **more}
    return made if event is None else {**made, "event": event}


def duty(found: Evaluation, name: str) -> tuple[str, str | None]:
    one = next(one for one in found.duties if one.duty == name)
    return one.state, None if one.due is None else one.due.strftime("%m-%dT%H:%M")


def test_a_contingency_opens_when_the_clock_has_run_out_and_the_desk_is_closed():
    # Eight hours from Monday 10:00 are over on Tuesday at 10:00.
    facts = {"facts": {"lost": False}}
    before = evaluate("2026-03-02T20:00", **facts).availability[0]
    assert (before.answer, before.until) == ("no", datetime(2026, 3, 3, 17, tzinfo=ZONE))
    after = evaluate("2026-03-03T18:00", **facts).availability[0]
    assert (after.answer, after.until) == ("yes", datetime(2026, 3, 4, 9, tzinfo=ZONE))
    done = evaluate("2026-03-03T18:00", entry("2026-03-03T12:00", "done"), **facts).availability[0]
    assert (done.answer, done.until) == ("no", None)


def test_what_decides_is_missing_once_in_the_evaluation():
    found = evaluate("2026-03-02T12:00", entry("2026-03-02T11:00", "noticed"), priority="p1")
    assert found.availability[0].missing == ("lost",)
    assert duty(found, "answer") == ("undetermined", None)
    assert set(found.missing) == {"lost", "broken"}


def test_a_duty_that_hangs_on_a_clock_is_owed_from_the_instant_it_runs_out():
    assert duty(evaluate("2026-03-03T10:00"), "escalation") == ("not_owed", None)
    assert duty(evaluate("2026-03-03T10:30"), "escalation") == ("owed", "03-03T11:00")
    assert duty(evaluate("2026-03-03T12:00"), "escalation") == ("late", "03-03T11:00")
    told = entry("2026-03-03T10:45", "escalated")
    assert duty(evaluate("2026-03-03T12:00", told), "escalation") == ("fulfilled", "03-03T11:00")
    assert duty(evaluate("2026-03-03T12:00", entry("2026-03-03T09:45", "done")), "escalation") == ("not_owed", None)


def test_a_fact_learnt_later_was_so_from_the_start():
    story = [entry("2026-03-02T11:00", "noticed"), entry("2026-03-02T12:00", facts={"broken": True})]
    assert duty(evaluate("2026-03-02T13:00", *story), "answer") == ("owed", "03-02T15:00")
    changed = [*story, entry("2026-03-02T12:30", facts={"broken": False})]
    assert duty(evaluate("2026-03-02T13:00", *changed), "answer") == ("owed", "03-02T15:00")


def test_two_looks_agree_about_the_time_before_the_earlier():
    story = [entry("2026-03-02T11:00", "noticed", facts={"broken": True}), entry("2026-03-02T14:00", "answered")]
    for minutes in range(0, 600, 37):
        at = (datetime(2026, 3, 2, 10) + timedelta(minutes=minutes)).isoformat()
        known = [one for one in story if one["at"] <= f"{at}+01:00"]
        early, late = evaluate(at, *known), evaluate(at, *story)
        assert [one.to_dict() for one in early.duties] == [one.to_dict() for one in late.duties]


def test_an_exclusion_voids_the_clock_that_it_ends():
    story = entry("2026-03-02T12:00", "planned", facts={"broken": True})
    found = evaluate("2026-03-02T13:00", story)
    assert [(one.exclusion, one.ends, one.since) for one in found.exclusions] == [
        ("own", ("repair",), datetime(2026, 3, 2, 12, tzinfo=ZONE))
    ]
    assert [(one.clock, one.state) for one in found.clocks] == [("repair", "void")]
    perhaps = evaluate("2026-03-02T13:00", entry("2026-03-02T12:00", "planned"))
    assert perhaps.exclusions == ()
    assert perhaps.clocks[0].verdict == "undetermined"
    assert perhaps.clocks[0].missing == ("broken",)


def test_objectives_over_tickets():
    in_time = evaluate("2026-04-01T12:00", entry("2026-03-02T14:00", "done"), channel="phone")
    late = evaluate("2026-04-01T12:00", entry("2026-03-04T14:00", "done"), channel="mail")
    running = evaluate("2026-03-02T12:00", channel="phone")
    overdue = evaluate("2026-03-05T12:00", channel="phone")
    share, mean = MADE.objectives([in_time, late, running, overdue])
    assert (share.period, share.count, share.within, share.verdict) == ("2026-03", 3, 1, "missed")
    assert (mean.period, mean.count, mean.value, mean.verdict) == ("2026-03", 1, 4 * 3600, "met")


def test_objectives_keep_no_ticket():
    share, mean = MADE.objectives(evaluate("2026-04-01T12:00", entry("2026-03-02T14:00", "done")) for _ in range(3))
    assert (share.count, share.value) == (3, 100)
    assert (mean.count, mean.verdict, mean.missing) == (0, "undetermined", ("channel",))


# ------------------------------------------------------------------------------------------ until when

# The desk is open from 9 to 17 on weekdays.
GOING_ON = policy("""
  clock aid "Aid" {
    starts when reported
    stops when done
    pauses while outside desk
    measured in elapsed time
    on reopening stay closed
    assume "Made up."
  }
  cascade aid {
    step quick: shall in less than 4 hours
    step slow: target within 2 hours elapsed
    assume "Made up."
  }
  lifecycle {
    status working initial
    status waiting
    status closed final
    from working to waiting when noticed
    from waiting to closed after 20 hours
    assume "Made up."
  }
  service asking "Asking" {
    available during desk if status is waiting
    assume "Made up."
  }
  service late "Late" {
    available always if aid is overdue
    assume "Made up."
  }
  service resting "Resting" {
    available always if aid is paused
    assume "Made up."
  }
""")


def until(service: str, at: str, *events: dict[str, Any]) -> tuple[str, str | None]:
    ticket = {"id": "1", "created": "2026-03-02T10:00:00+01:00", "events": list(events)}
    found = GOING_ON.evaluate(ticket, at=datetime.fromisoformat(at).replace(tzinfo=ZONE))
    one = next(one for one in found.availability if one.service == service)
    return one.answer, None if one.until is None else one.until.isoformat(timespec="auto")[:16]


def test_a_service_is_there_until_the_ticket_leaves_its_status_by_itself():
    # Waiting since Monday 14:00; 20 hours later, on Tuesday at 10:00, it is closed, and not when the desk closes.
    asked = entry("2026-03-02T14:00", "noticed")
    assert until("asking", "2026-03-02T15:00", asked) == ("yes", "2026-03-02T17:00")
    assert until("asking", "2026-03-03T09:30", asked) == ("yes", "2026-03-03T10:00")
    assert until("asking", "2026-03-02T18:00", asked) == ("no", "2026-03-03T09:00")
    # On Friday evening the desk does not open again before the ticket is closed, on Saturday.
    assert until("asking", "2026-03-06T18:00", entry("2026-03-06T17:30", "noticed")) == ("no", None)


def test_a_step_that_passes_makes_no_clock_overdue_but_the_last_one_does():
    # Monday 10:00 and 4 hours: 14:00, when the second step takes over for 2 hours. It is late right after 16:00.
    assert until("late", "2026-03-02T12:00") == ("no", "2026-03-02T16:00")
    assert until("late", "2026-03-02T16:00") == ("no", "2026-03-02T16:00")
    assert until("late", "2026-03-02T16:01") == ("yes", None)


def test_a_pause_by_the_hour_is_foreseen():
    assert until("resting", "2026-03-02T12:00") == ("no", "2026-03-02T17:00")
    assert until("resting", "2026-03-02T17:00") == ("yes", "2026-03-03T09:00")


def test_until_when_is_told_in_the_zone_of_the_policy():
    ticket = {"created": "2026-03-02T09:00:00Z"}
    found = GOING_ON.evaluate(ticket, at="2026-03-02T11:00:00Z").availability[1].until
    assert found is not None
    assert found.utcoffset() == timedelta(hours=1)
