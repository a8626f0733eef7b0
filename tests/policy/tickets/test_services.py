"""Services, contingencies, channels and maintenance at an instant: there or not, until when, and why (R7, R8)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sla_dsl import shipped
from sla_dsl.policy import terms as t
from sla_dsl.policy.executable import Executable
from sla_dsl.policy.situation import ClockStates
from sla_dsl.policy.tickets.answers import AvailabilityAnswer
from sla_dsl.policy.tickets.channels import channels
from sla_dsl.policy.tickets.look import Look
from sla_dsl.policy.tickets.maintenance import maintenance
from sla_dsl.policy.tickets.services import availability
from sla_dsl.worktime import from_micros, to_micros
from tests.policy.builders import policy as document
from tests.policy.tickets.looking import ZONE, look, micros, policy

# 2026-03-06 is a Friday; 2026-03-29 and 2026-10-25 are the Sundays on which clocks change in Amsterdam.
SERVICES = policy("""
  service telephone "Telephone" {
    reached through phone
    available during desk
    assume "Made up."
  }
  service mailbox "Mailbox" {
    reached through mail
    available always
    assume "Made up."
  }
  service engineer "Engineer" {
    reached through phone or mail
    available during desk to customer if plan is gold
    available not stated if plan is basic
    assume "Made up."
  }
  service visits "Visits" {
    available not stated
    assume "Made up."
  }
  service manager "Manager" {
    available during office to customer, partner
    assume "Made up."
  }
  service weekend "Weekend" {
    available always if on a day closed in desk
    assume "Made up."
  }
  contingency night "Night line" {
    reached through web
    available outside desk if priority is p1
    available always if repair is overdue
    assume "Made up."
  }
""")


def answer(found: Look, service: str) -> AvailabilityAnswer:
    return next(one for one in availability(found) if one.service == service)


def told(at: str, service: str, **more: Any) -> tuple[str, str | None]:
    """The answer of a service, and until when."""
    found = answer(look(SERVICES, at, **more), service)
    return found.answer, None if found.until is None else found.until.strftime("%Y-%m-%dT%H:%M")


def test_every_service_answers_in_every_look():
    names = ["telephone", "mailbox", "engineer", "visits", "manager", "weekend", "night"]
    assert [one.service for one in availability(look(SERVICES, "2026-03-06T10:00"))] == names


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-03-06T10:00", ("yes", "2026-03-06T17:00")),
        ("2026-03-06T09:00", ("yes", "2026-03-06T17:00")),
        ("2026-03-06T17:00", ("no", "2026-03-09T09:00")),  # closing belongs to the time after (T1)
        ("2026-03-07T12:00", ("no", "2026-03-09T09:00")),
        ("2026-03-29T02:30", ("no", "2026-03-30T09:00")),  # in the gap: the same instant as 03:30
        ("2030-12-31T16:00", ("yes", "2030-12-31T17:00")),
        ("2030-12-31T18:00", ("no", None)),  # it opens again in a year that the calendar does not cover
    ],
)
def test_hours_say_whether_and_until_when(at: str, expected: tuple[str, str | None]):
    assert told(at, "telephone") == expected


def test_what_is_always_there_has_no_end():
    assert told("2026-03-07T03:00", "mailbox") == ("yes", None)


def test_lines_add_up_and_a_line_without_hours_is_an_answer():
    assert told("2026-03-06T10:00", "engineer", plan="gold", caller="customer") == ("yes", "2026-03-06T17:00")
    assert told("2026-03-07T10:00", "engineer", plan="gold", caller="customer") == ("no", "2026-03-09T09:00")
    assert told("2026-03-06T10:00", "engineer", plan="basic", caller="customer") == ("not_stated", None)
    assert told("2026-03-06T10:00", "engineer", plan="gold", caller="vendor") == ("no", None)
    assert told("2026-03-06T10:00", "visits") == ("not_stated", None)


def test_a_compiled_service_that_says_nothing_is_not_stated():
    lobby = Executable(
        document(t.Service(id="lobby", channels=("door",)), t.Channel(id="door"), t.Maintenance(id="m", allowed=()))
    )
    found = look(lobby, "2026-03-06T10:00")
    assert [(one.answer, one.until) for one in availability(found)] == [("not_stated", None)]
    assert [one.available for one in channels(found)] == [None]
    assert [one.allowed for one in maintenance(found)] == [None]


def test_a_caller_who_decides_is_missing():
    found = answer(look(SERVICES, "2026-03-06T10:00", plan="gold"), "engineer")
    assert (found.answer, found.missing) == ("undetermined", ("caller",))
    assert found.until is not None
    assert found.until.isoformat() == "2026-03-06T17:00:00+01:00"


def test_a_caller_who_does_not_decide_is_not():
    found = answer(look(SERVICES, "2026-03-07T10:00", plan="gold"), "engineer")
    assert (found.answer, found.missing) == ("no", ())


def test_a_line_that_holds_for_every_caller_needs_none():
    text = """
      service desk_staff "Desk" {
        available during desk to customer
        available during desk to vendor, partner
        assume "Made up."
      }
    """
    found = answer(look(policy(text), "2026-03-06T10:00"), "desk_staff")
    assert (found.answer, found.missing) == ("yes", ())


def test_holidays_that_nobody_knows_leave_open_what_they_decide():
    friday = answer(look(SERVICES, "2026-03-06T10:00", caller="customer"), "manager")
    assert (friday.answer, friday.missing) == ("undetermined", ("holidays",))
    assert friday.until is not None  # at closing it is not there, whatever the holidays are
    assert friday.until.isoformat() == "2026-03-06T17:00:00+01:00"
    saturday = answer(look(SERVICES, "2026-03-07T10:00", caller="customer"), "manager")
    assert (saturday.answer, saturday.missing) == ("no", ())
    assert saturday.until is not None  # from then on nobody can say
    assert saturday.until.isoformat() == "2026-03-09T09:00:00+01:00"
    known = answer(look(SERVICES.set(holidays=["2026-03-09"]), "2026-03-07T10:00", caller="customer"), "manager")
    assert known.until is not None
    assert known.until.isoformat() == "2026-03-10T09:00:00+01:00"


def test_hours_within_and_outside_of_what_nobody_knows_are_all_hours():
    text = """
      service both "Both" {
        available during office
        available outside office if broken
        assume "Made up."
      }
    """
    found = answer(look(policy(text), "2026-03-06T10:00", broken=True), "both")
    assert (found.answer, found.missing, found.until) == ("yes", (), None)


def test_a_date_ends_at_midnight():
    assert told("2026-03-06T10:00", "weekend") == ("no", "2026-03-07T00:00")
    assert told("2026-03-07T10:00", "weekend") == ("yes", "2026-03-09T00:00")
    assert told("2026-03-28T10:00", "weekend") == ("yes", "2026-03-30T00:00")


def test_a_contingency_stands_in_outside_the_hours_under_its_conditions():
    assert told("2026-03-06T18:00", "night", priority="p1") == ("yes", "2026-03-09T09:00")
    assert told("2026-03-06T10:00", "night", priority="p1") == ("no", "2026-03-06T17:00")
    assert told("2026-03-06T18:00", "night", priority="p2") == ("no", None)
    unknown = answer(look(SERVICES, "2026-03-06T18:00"), "night")
    assert (unknown.answer, unknown.missing) == ("undetermined", ("priority",))


def overdue_from(at: str) -> Callable[[int], ClockStates]:
    """Clocks of which `repair` runs and is overdue after an instant."""
    due = micros(at)
    return lambda now: (
        lambda clock, _supposed: frozenset({"running", "overdue"} if now > due and clock == "repair" else ())
    )


def test_a_clock_that_runs_out_opens_a_contingency():
    due = to_micros(from_micros(micros("2026-03-06T12:00"), ZONE))
    turns = ["2026-03-06T12:00:00.000001"]
    found = look(SERVICES, "2026-03-06T10:00", overdue_from("2026-03-06T12:00"), turns, priority="p2")
    late = answer(found, "night")
    assert (late.answer, late.until) == ("no", from_micros(due + 1, ZONE))
    later = look(SERVICES, "2026-03-06T13:00", overdue_from("2026-03-06T12:00"), [], priority="p2")
    assert answer(later, "night").answer == "yes"
    assert answer(later, "night").until is None


def test_a_clock_that_runs_out_does_not_open_what_is_open():
    found = look(SERVICES, "2026-03-06T18:00", overdue_from("2026-03-07T12:00"), ["2026-03-07T12:01"], priority="p1")
    night = answer(found, "night")
    assert (night.answer, night.until) == ("yes", None)


def test_hours_that_hang_on_a_level_that_hangs_on_the_hours():
    text = """
      scale load "Load" highest first {
        level high "High" when during desk
        level low "Low" otherwise
        assume "Made up."
      }
      service spare "Spare" {
        available always if load is low
        assume "Made up."
      }
    """
    spare = answer(look(policy(text), "2026-03-06T10:00"), "spare")
    assert spare.answer == "no"
    assert spare.until is not None
    assert spare.until.isoformat() == "2026-03-06T17:00:00+01:00"


def test_a_date_that_no_calendar_covers_is_undetermined_and_says_so():
    found = answer(look(SERVICES, "2031-03-06T10:00"), "telephone")
    assert (found.answer, found.until, found.missing) == ("undetermined", None, ())
    assert found.because[0].text == (
        "Undetermined: 2031-03-06T10:00:00+01:00 lies outside the years calendar `desk` or `office` covers "
        "(2020 to 2030)."
    )
    assert found.clauses == ("service telephone",)


def test_a_reading_that_is_not_computed_leaves_it_open():
    text = """
      service helper "Helper" {
        available always
        assume "Made up."
      }
      ambiguity helpers "Who helps?" {
        cite "Small terms."
        reading open { amend service helper { available always } }
        reading other not computed "Nobody can tell."
        choose other because "So it is."
      }
    """
    found = answer(look(policy(text), "2026-03-06T10:00"), "helper")
    assert found.answer == "undetermined"


@settings(max_examples=20)
@given(
    start=st.integers(0, 60 * 24 * 40),
    priority=st.sampled_from([None, "p1", "p2"]),
    plan=st.sampled_from([None, "gold", "basic"]),
    caller=st.sampled_from([None, "customer", "vendor"]),
)
def test_an_answer_stays_until_it_changes(start: int, priority: str | None, plan: str | None, caller: str | None):
    said: dict[str, Any] = {"priority": priority, "plan": plan, "caller": caller}
    at = from_micros(micros("2026-03-10T00:00"), ZONE) + timedelta(minutes=start)
    now = look(SERVICES, at.astimezone(ZONE).replace(tzinfo=None).isoformat(), **said)
    for before in availability(now):
        if before.until is None:
            continue
        until = to_micros(before.until)
        assert answer(now.moved(until), before.service).answer != before.answer
        for part in range(1, 12):
            between = now.at + (until - 1 - now.at) * part // 11
            assert answer(now.moved(between), before.service).answer == before.answer


def test_tickets_of_which_the_same_is_said_share_their_answers():
    one, other = (look(SERVICES, "2026-03-06T10:00", plan="gold", caller="customer") for _ in range(2))
    assert answer(one, "engineer") is answer(other, "engineer")
    assert answer(one, "night") is not answer(other, "night")  # it asks about a clock
    basic = look(SERVICES, "2026-03-06T10:00", plan="basic", caller="customer")
    later = look(SERVICES, "2026-03-06T10:01", plan="gold", caller="customer")
    assert [answer(basic, "engineer").answer, answer(later, "engineer").answer] == ["not_stated", "yes"]
    assert answer(later, "engineer") is not answer(one, "engineer")
    again = look(SERVICES.set(holidays=[]), "2026-03-06T10:00", plan="gold", caller="customer")
    assert (answer(one, "manager").answer, answer(again, "manager").answer) == ("undetermined", "yes")


def test_what_asks_about_the_past_is_not_shared():
    text = """
      service spare "Spare" {
        available always if noticed
        assume "Made up."
      }
    """
    made = policy(text)
    before = look(made, "2026-03-06T10:00")
    after = look(made, "2026-03-06T10:00", events={"noticed": "2026-03-06T09:00"})
    assert [answer(one, "spare").answer for one in (before, after, before)] == ["no", "yes", "no"]


# -------------------------------------------------------------------------------------------- reasons


def sentences(found: AvailabilityAnswer) -> list[str]:
    return [reason.text for reason in found.because]


def test_a_reason_says_which_hours_and_until_when():
    found = answer(look(SERVICES, "2026-03-06T10:00"), "telephone")
    assert [(reason.clause, reason.text) for reason in found.because] == [
        ("service telephone", "Telephone: available on Friday 2026-03-06 10:00, until Friday 2026-03-06 17:00."),
        (
            "service telephone",
            "“during desk” holds, because Friday 2026-03-06 10:00 lies in `desk`.",
        ),
        ("calendar desk", "`desk` on Friday 2026-03-06: 09:00 to 17:00."),
    ]
    assert [reason.assume for reason in found.because] == ["Made up.", None, "Made up."]


def test_a_reason_names_the_party_the_condition_and_the_parameters():
    found = answer(look(SERVICES, "2026-03-06T10:00", plan="gold", caller="vendor"), "engineer")
    assert sentences(found)[:3] == [
        "Engineer: not available on Friday 2026-03-06 10:00.",
        "“during desk to customer if plan is gold” does not hold, because caller is vendor.",
        "“not stated if plan is basic” does not hold, because plan is gold.",
    ]
    known = answer(look(SERVICES.set(holidays=["2026-03-06"]), "2026-03-06T10:00", caller="customer"), "manager")
    assert sentences(known) == [
        "Manager: not available on Friday 2026-03-06 10:00, until Monday 2026-03-09 09:00.",
        "“during office to customer, partner” does not hold, because Friday 2026-03-06 10:00 lies outside `office`.",
        "`office` has no hours on Friday 2026-03-06 (holidays).",
        "`holidays` is 2026-03-06, as set for this question.",
    ]


def test_an_open_answer_says_what_would_come_of_each_case():
    found = answer(look(SERVICES, "2026-03-06T10:00", caller="customer"), "manager")
    assert sentences(found) == [
        "Undetermined: it rests on `holidays`, which is not known.",
        "If the time lies in `office`: Manager: available.",
        "“during office to customer, partner” holds, because caller is customer.",
        "If the time lies outside `office`: Manager: not available.",
        "`holidays` has no value.",
    ]


# ------------------------------------------------------------------------------ channels, maintenance


def of_channels(at: str, **said: Any) -> dict[str, tuple[bool | None, tuple[str, ...]]]:
    return {one.channel: (one.available, one.missing) for one in channels(look(SERVICES, at, **said))}


def test_a_channel_is_there_if_a_service_reached_through_it_is():
    said = {"plan": "gold", "caller": "customer", "priority": "p2"}
    assert of_channels("2026-03-06T10:00", **said) == {"phone": (True, ()), "mail": (True, ()), "web": (False, ())}
    assert of_channels("2026-03-07T10:00", **said) == {"phone": (False, ()), "mail": (True, ()), "web": (False, ())}


def test_a_channel_of_which_a_service_says_nothing_is_not_stated():
    assert of_channels("2026-03-07T10:00", plan="basic", priority="p1")["phone"] == (None, ())
    assert of_channels("2026-03-06T10:00", plan="basic", priority="p1")["phone"] == (True, ())


def test_a_channel_that_rests_on_something_unknown_is_undetermined():
    assert of_channels("2026-03-07T10:00", plan="gold")["web"] == (None, ("priority",))


def test_a_channel_has_hours_of_its_own_or_none():
    text = """
      channel chat "Chat" {
        available during desk
        assume "Made up."
      }
      channel fax "Fax"
      service staff "Staff" {
        reached through chat
        available always
        assume "Made up."
      }
    """
    found = {one.channel: one for one in channels(look(policy(text), "2026-03-07T10:00"))}
    assert found["chat"].available is False
    assert found["fax"].available is None
    assert found["fax"].because[0].text == "Fax: the document does not say when."


def test_maintenance_in_its_hours():
    text = """
      maintenance planned "Planned work" {
        allowed outside desk
        allowed during desk if broken
        assume "Made up."
      }
      maintenance urgent "Urgent work" {
        applies if plan is gold
        allowed during office
        assume "Made up."
      }
    """
    made = policy(text)

    def allowed(at: str, **said: Any) -> list[tuple[bool | None, tuple[str, ...]]]:
        return [(one.allowed, one.missing) for one in maintenance(look(made, at, **said))]

    assert allowed("2026-03-06T20:00", plan="basic", broken=False) == [(True, ()), (None, ())]
    assert allowed("2026-03-06T10:00", plan="basic", broken=False) == [(False, ()), (None, ())]
    assert allowed("2026-03-06T10:00", plan="gold", broken=True) == [(True, ()), (None, ("holidays",))]
    assert allowed("2026-03-07T10:00", broken=None) == [(True, ()), (None, ("plan",))]
    assert allowed("2026-03-06T10:00", plan="gold") == [(None, ("broken",)), (None, ("holidays",))]


# ----------------------------------------------------------------------------------- shipped policies


def answers(name: str, at: str, parameters: dict[str, Any], **said: Any) -> dict[str, str]:
    found = availability(look(shipped(name).set(**parameters), at, **said))
    return {one.service: one.answer for one in found}


def test_cloudcti():
    known = {"endcustomers_with_p1": 2, "shortcoming_established": True, "on_site_requested": False}
    closed = {"holidays": ["2026-04-27"]}
    friday = answers("cloudcti", "2026-03-06T10:00", closed, **known)
    assert friday == {"third_line": "yes", "telephone": "yes", "e_mail": "yes", "contingency_number": "no"}
    night = answers("cloudcti", "2026-03-06T20:00", closed, **known)
    assert night == {"third_line": "no", "telephone": "no", "e_mail": "yes", "contingency_number": "yes"}
    few = answers("cloudcti", "2026-04-27T10:00", closed, **{**known, "endcustomers_with_p1": 1})
    assert (few["telephone"], few["contingency_number"]) == ("no", "no")


def test_rekor():
    closed = {"holidays": ["2026-07-03"]}
    day = answers("rekor", "2026-03-06T17:00", closed, priority="p1")  # 11:00 in New York
    assert (day["support_center"], day["on_call"]) == ("yes", "no")
    holiday = answers("rekor", "2026-07-03T17:00", closed, priority="p2")
    assert (holiday["support_center"], holiday["on_call"]) == ("no", "yes")
    assert answers("rekor", "2026-07-03T17:00", closed, priority="p3")["on_call"] == "no"


def test_secpod():
    zone = {"zone": "UTC", "closed_holidays": "none"}
    assert answers("secpod", "2026-03-07T12:00", zone, severity="critical")["support"] == "yes"
    saturday = answers("secpod", "2026-03-07T12:00", zone, severity="low")
    assert (saturday["support"], saturday["intake"], saturday["remote_assistance"]) == ("no", "yes", "not_stated")
    assert answers("secpod", "2026-03-06T12:00", {}, severity="low")["support"] == "undetermined"
    assert answers("secpod", "2026-03-06T12:00", {}, severity="critical")["support"] == "yes"


def test_sightworks():
    assert answers("sightworks", "2026-03-07T03:00", {}, priority="urgent")["support"] == "yes"
    assert answers("sightworks", "2026-03-07T03:00", {}, priority="low")["support"] == "not_stated"
    either = answers("sightworks", "2026-03-07T03:00", {}, module_failure=True)  # urgent or high
    assert either["support"] == "yes"
    assert answers("sightworks", "2026-03-07T03:00", {})["support"] == "undetermined"  # nobody has said which level
