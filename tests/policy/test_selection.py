"""Readings, annexes and values on top of a policy (H3, H5)."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from sla_dsl.policy import terms as t
from sla_dsl.policy.errors import Circular, ClashingAnnexes, UnknownName, WrongAnnex
from sla_dsl.policy.executable import Executable
from tests.policy.builders import (
    OPEN_DESK,
    ambiguity,
    annex,
    ask,
    assume,
    at,
    cite,
    clock,
    due_text,
    fact,
    in_hours,
    level,
    number,
    parameter,
    reading,
    scale,
    target,
    when,
    within,
    yes,
)

CREATED = at("2026-03-03 10:00")


def response(hours: float) -> t.Target:
    return target("response", within(in_hours(hours)))


LENGTH = ambiguity(
    "length",
    reading("four"),
    reading("two", response(2)),
    reading("none", dropped=(t.Dropped(kind="target", id="response"),)),
)


def doubtful(*ambiguities: t.Ambiguity, **more: object) -> Executable:
    return ask(clock("response"), response(4), ambiguities=ambiguities, **more)


def test_the_chosen_reading_holds_and_another_can_be_asked_for():
    policy = doubtful(LENGTH)
    assert due_text(policy, "2026-03-03 10:00") == "Tue 03-03 14:00"
    other = policy.reading(length="two")
    assert due_text(other, "2026-03-03 10:00") == "Tue 03-03 12:00"
    assert due_text(policy, "2026-03-03 10:00") == "Tue 03-03 14:00"
    assert other.due("response", created=CREATED).readings == {"length": "two"}
    assert policy.reading(length="none").due("response", created=CREATED).modality == "silent"
    assert policy.reading(length="none").due("response", created=CREATED).readings == {"length": "none"}
    assert due_text(other.reading(length=None), "2026-03-03 10:00") == "Tue 03-03 14:00"


def test_the_policys_choice_may_be_a_reading_that_changes_something():
    assert due_text(doubtful(replace(LENGTH, chosen="two")), "2026-03-03 10:00") == "Tue 03-03 12:00"


@pytest.mark.parametrize(("name", "choice", "said"), [("lenght", "two", "`length`"), ("length", "for", "`four`")])
def test_wrong_names_of_readings_say_what_is_meant(name: str, choice: str, said: str):
    with pytest.raises(UnknownName, match=f"did you mean {said}"):
        doubtful(LENGTH).reading(**{name: choice})


def test_an_ambiguity_that_overrides_another_is_laid_over_it():
    first = ambiguity("first", reading("two", response(2)), overrides=("second",))
    second = ambiguity("second", reading("three", response(3)), reading("five", response(5)))
    assert due_text(doubtful(first, second), "2026-03-03 10:00") == "Tue 03-03 12:00"
    assert due_text(doubtful(replace(first, overrides=()), second), "2026-03-03 10:00") == "Tue 03-03 13:00"
    assert due_text(doubtful(first, second).reading(second="five"), "2026-03-03 10:00") == "Tue 03-03 12:00"


def test_ambiguities_that_override_each_other_are_refused():
    first = ambiguity("first", reading("a", response(2)), overrides=("second",))
    second = ambiguity("second", reading("b", response(3)), overrides=("first",))
    with pytest.raises(Circular):
        doubtful(first, second).due("response", created=CREATED)


# ------------------------------------------------------------------------------- what an answer rests on


def test_an_answer_rests_only_on_what_it_looked_at():
    other = ambiguity("other", reading("a"), reading("b", target("repair", within(in_hours(9)))))
    same = ambiguity("same", reading("a"), reading("b", replace(response(4), notes=("the same",))))
    changes = ambiguity("changes", reading("a"), reading("b", clock("response", reopening="new cycle")))
    starts = ambiguity("starts", reading("a"), reading("b", clock("response", starts=())))
    policy = doubtful(LENGTH, other, same, changes, starts)
    assert policy.due("response", created=CREATED).readings == {"length": "four", "starts": "a"}


def test_a_target_that_only_another_reading_has_counts_where_it_could_match():
    urgent = target("response", within(in_hours(1)), id="response if urgent", condition=when(yes("urgent")))
    doubt = ambiguity("urgency", reading("none"), reading("some", urgent))
    policy = ask(fact("urgent"), clock("response"), response(4), ambiguities=(doubt,))
    assert policy.due("response", created=CREATED).readings == {"urgency": "none"}
    assert policy.due("response", created=CREATED, urgent=True).readings == {"urgency": "none"}
    assert policy.due("response", created=CREATED, urgent=False).readings == {}


def test_a_reading_of_a_scale_counts_where_the_level_follows_and_not_where_it_is_given():
    sites = scale("priority", level("p1", number("sites", "at least", 2)), t.Level(id="p2", otherwise=True))
    doubt = ambiguity(
        "several",
        reading("two"),
        reading(
            "three", scale("priority", level("p1", number("sites", "at least", 3)), t.Level(id="p2", otherwise=True))
        ),
    )
    policy = ask(sites, fact("sites", "number"), clock("response"), response(4), ambiguities=(doubt,))
    assert policy.priority(sites=2).level == "p1"
    assert policy.priority(sites=2).readings == {"several": "two"}
    assert policy.reading(several="three").priority(sites=2).level == "p2"
    assert policy.priority(priority="p1").readings == {}


def test_switching_a_reading_on_which_an_answer_does_not_rest_does_not_change_it():
    urgent = target("response", within(in_hours(1)), id="response if urgent", condition=when(yes("urgent")))
    ambiguities = (LENGTH, ambiguity("urgency", reading("none"), reading("some", urgent)))
    policy = ask(fact("urgent"), clock("response"), response(4), ambiguities=ambiguities)
    for urgent_ in (True, False, None):
        answer = policy.due("response", created=CREATED, urgent=urgent_)
        for one in ambiguities:
            for other in one.readings:
                switched = policy.reading(**{one.id: other.id}).due("response", created=CREATED, urgent=urgent_)
                if (switched.at, switched.answer) != (answer.at, answer.answer):
                    assert one.id in answer.readings


# --------------------------------------------------------------------------------------------- parameters


def with_holidays(*ambiguities: t.Ambiguity, **more: object) -> Executable:
    return ask(
        OPEN_DESK,
        parameter(
            "zone", "timezone", t.ZoneValue(name="Europe/Amsterdam"), assumes=(assume("The numbers are Dutch."),)
        ),
        parameter("holidays", "holiday list"),
        clock("response"),
        response(4),
        ambiguities=ambiguities,
        **more,
    )


NONE_AT_ALL = t.Setting(parameter="holidays", value=t.HolidayList(), cites=(cite("There are none.", 7),))


def test_a_reading_may_fill_a_parameter_and_set_wins_over_it():
    doubt = ambiguity("days", reading("unsaid"), reading("none", settings=(NONE_AT_ALL,)))
    policy = with_holidays(doubt)
    assert policy.due("response", created=CREATED).missing == ("holidays",)
    assert due_text(policy.reading(days="none"), "2026-03-03 10:00") == "Tue 03-03 14:00"
    assert policy.reading(days="none").due("response", created=CREATED).readings == {"days": "none"}
    both = policy.reading(days="none").set(holidays=["2026-03-03"])
    assert due_text(both, "2026-03-03 10:00") == "Wed 03-04 12:30"
    assert both.due("response", created=CREATED).readings == {}


def test_unsetting_takes_a_default_away():
    policy = with_holidays().set(holidays="none")
    assert policy.due("response", created=CREATED).answer == "due"
    assert policy.set(zone=None).due("response", created=CREATED).missing == ("zone",)
    assert policy.set(zone=None).set(zone="UTC").due("response", created=CREATED).answer == "due"


def test_an_assumed_default_is_said_and_a_set_value_is_not():
    policy = with_holidays().set(holidays="none")
    assert policy.due("response", created=CREATED).assumptions == ("zone",)
    assert policy.set(zone="Europe/Amsterdam").due("response", created=CREATED).assumptions == ()


# ----------------------------------------------------------------------------------------------- annexes


def test_an_annex_fills_parameters_and_changes_terms():
    policy = with_holidays()
    filled = policy.annexed(annex("northern", settings=(NONE_AT_ALL,)))
    assert due_text(filled, "2026-03-03 10:00") == "Tue 03-03 14:00"
    changed = filled.annexed(annex("southern", response(1)))
    assert due_text(changed, "2026-03-03 10:00") == "Tue 03-03 11:00"
    dropped = filled.annexed(annex("western", dropped=(t.Dropped(kind="target", id="response"),)))
    assert dropped.due("response", created=CREATED).modality == "silent"


def test_a_value_that_an_annex_cites_is_not_assumed():
    zone = parameter("zone", "timezone", t.ZoneValue(name="Europe/Oslo"), cites=(cite("Oslo time", 3),))
    policy = with_holidays().annexed(annex("northern", zone, settings=(NONE_AT_ALL,)))
    assert policy.due("response", created=CREATED).assumptions == ()


def test_an_annex_may_choose_a_reading_and_the_question_another():
    policy = doubtful(LENGTH).annexed(annex("northern", chosen={"length": "two"}))
    assert due_text(policy, "2026-03-03 10:00") == "Tue 03-03 12:00"
    assert due_text(policy.reading(length="four"), "2026-03-03 10:00") == "Tue 03-03 14:00"


def test_an_annex_goes_over_the_policys_readings_and_the_question_over_the_annex():
    policy = doubtful(LENGTH).annexed(annex("northern", response(1)))
    assert due_text(policy, "2026-03-03 10:00") == "Tue 03-03 11:00"
    assert due_text(policy.reading(length="two"), "2026-03-03 10:00") == "Tue 03-03 12:00"


def test_an_annex_may_have_doubts_of_its_own():
    doubt = ambiguity("its_own", reading("one", response(1)), reading("six", response(6)))
    policy = doubtful().annexed(annex("northern", ambiguities=(doubt,)))
    assert due_text(policy, "2026-03-03 10:00") == "Tue 03-03 11:00"
    assert due_text(policy.reading(its_own="six"), "2026-03-03 10:00") == "Tue 03-03 16:00"


def test_annexes_that_name_one_thing_clash():
    policy = doubtful(LENGTH).annexed(annex("northern", response(1)))
    with pytest.raises(ClashingAnnexes, match="`northern` and `southern` both change target `response`"):
        policy.annexed(annex("southern", dropped=(t.Dropped(kind="target", id="response"),)))
    chosen = doubtful(LENGTH).annexed(annex("northern", chosen={"length": "two"}))
    with pytest.raises(ClashingAnnexes, match="ambiguity `length`"):
        chosen.annexed(annex("southern", chosen={"length": "two"}))


def test_what_is_no_annex_to_this_policy_is_refused():
    with pytest.raises(WrongAnnex, match="an annex for `other`"):
        doubtful().annexed(annex("northern", amends="other"))
    with pytest.raises(WrongAnnex, match="is a policy"):
        doubtful().annexed(doubtful().document)
    with pytest.raises(UnknownName, match="no ambiguity `lenght`"):
        doubtful(LENGTH).annexed(annex("northern", chosen={"lenght": "two"}))
