"""Exclusions: which clocks they end, since when, and what is not yet known of them (R8)."""

from __future__ import annotations

from typing import Any

from sla_dsl import shipped
from sla_dsl.policy.executable import Executable
from sla_dsl.policy.tickets.answers import ExclusionAnswer
from sla_dsl.policy.tickets.exclusions import exclusions
from tests.policy.tickets.looking import histories, look, moment, policy

MONDAY = "2026-03-02T10:00"
NOW = "2026-03-05T10:00"

OWN = policy("""
  clock answer "Answer" {
    starts when reported
    stops when answered
    measured in desk
    on reopening stay closed
    assume "Made up."
  }
  target answer: shall within 4 hours of desk { assume "Made up." }
  exclusion own "Own equipment" {
    applies if plan is gold
    ends repair when noticed if broken
    ends all clocks when escalated and planned
    assume "Made up."
  }
""")


def found(made: Executable, said: dict[str, Any], *happened: tuple[str, ...]) -> tuple[ExclusionAnswer, ...]:
    past = [moment(made, at, *events, **said) for at, *events in happened]
    return exclusions(look(made, NOW, **said), histories(*past))


def short(answers: tuple[ExclusionAnswer, ...]) -> list[tuple[str, tuple[str, ...], str | None]]:
    return [
        (one.exclusion, one.ends, None if one.since is None else one.since.strftime("%m-%dT%H:%M")) for one in answers
    ]


GOLD = {"plan": "gold", "broken": True}
START = (MONDAY, "reported")


def test_nothing_is_excluded_until_its_event():
    assert found(OWN, GOLD, START) == ()


def test_an_exclusion_holds_from_its_event_on():
    answers = found(OWN, GOLD, START, ("2026-03-03T11:00", "noticed"), ("2026-03-04T11:00", "noticed"))
    assert short(answers) == [("own", ("repair",), "03-03T11:00")]


def test_a_condition_that_does_not_hold_excludes_nothing():
    notice = ("2026-03-03T11:00", "noticed")
    assert found(OWN, {**GOLD, "broken": False}, START, notice) == ()
    assert found(OWN, {**GOLD, "plan": "basic"}, START, notice) == ()


def test_what_one_ending_ends_is_added_to_what_another_does():
    story = (
        START,
        ("2026-03-03T11:00", "noticed"),
        ("2026-03-03T12:00", "escalated"),
        ("2026-03-04T12:00", "planned"),
    )
    assert short(found(OWN, GOLD, *story)) == [("own", ("repair", "answer"), "03-03T11:00")]
    assert short(found(OWN, {**GOLD, "broken": False}, *story)) == [("own", ("repair", "answer"), "03-04T12:00")]


def test_a_condition_that_changes_later_does_not_lift_it():
    past = [
        moment(OWN, MONDAY, "reported", **GOLD),
        moment(OWN, "2026-03-03T11:00", "noticed", **GOLD),
        moment(OWN, "2026-03-04T11:00", plan="basic", broken=False),
    ]
    assert short(exclusions(look(OWN, NOW, plan="basic", broken=False), histories(*past))) == [
        ("own", ("repair",), "03-03T11:00")
    ]


def test_what_is_learnt_later_was_so_from_the_start():
    past = [
        moment(OWN, MONDAY, "reported", plan="gold"),
        moment(OWN, "2026-03-03T11:00", "noticed", plan="gold"),
        moment(OWN, "2026-03-04T11:00", **GOLD),
    ]
    assert short(exclusions(look(OWN, NOW, **GOLD), histories(*past))) == [("own", ("repair",), "03-03T11:00")]


def test_an_exclusion_that_holds_only_perhaps_is_not_listed():
    assert found(OWN, {"plan": "gold"}, START, ("2026-03-03T11:00", "noticed")) == ()


def test_one_that_holds_in_any_case_says_what_is_open():
    story = (
        START,
        ("2026-03-03T11:00", "noticed"),
        ("2026-03-03T12:00", "escalated"),
        ("2026-03-04T12:00", "planned"),
    )
    answer = found(OWN, {"plan": "gold"}, *story)[0]
    assert (answer.ends, answer.since, answer.missing) == (("repair", "answer"), None, ("broken",))
    assert answer.because[0].text == (
        "Own equipment holds in any case; which clocks it ends, and since when, is not known."
    )


def test_reasons():
    answer = found(OWN, GOLD, START, ("2026-03-03T11:00", "noticed"))[0]
    assert [(reason.clause, reason.text) for reason in answer.because] == [
        (
            "exclusion own",
            "Own equipment: `repair` no longer covered since Tuesday 2026-03-03 11:00, because of “noticed”.",
        ),
        ("exclusion own", "“plan is gold” holds at that time."),
        ("exclusion own", "“broken” holds at that time, because broken is yes."),
    ]


def test_sightworks():
    made = shipped("sightworks")
    story = (("2026-03-03T09:00", "notified"), ("2026-03-04T09:00", "found_not_caused"))
    high = found(made, {"priority": "high"}, *story)
    assert short(high) == [("not_caused", ("resolution", "permanent_fix"), "03-04T09:00")]
    assert found(made, {"priority": "urgent"}, *story) == ()
    every = made.reading(not_caused_reach="every_level")
    assert [one.exclusion for one in found(every, {"priority": "urgent"}, *story)] == ["not_caused"]
