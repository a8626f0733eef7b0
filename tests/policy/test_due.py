"""Due times of every kind of limit, with real dates."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from sla_dsl.policy import terms as t
from tests.policy.builders import (
    ask,
    at,
    clock,
    due_text,
    fact,
    hours,
    in_days,
    in_hours,
    limit,
    opening,
    parameter,
    period,
    target,
    window,
    within,
)
from tests.policy.builders import calendar as a_calendar

AFTER: dict[str, Any] = {"counted": "after", "anchor": "start date"}
FROM_NEXT: dict[str, Any] = {"counted": "from", "anchor": "day after"}


def response(promise: t.AnyPromise, *more: t.AnyDeclaration, **options: Any):
    return ask(clock("response"), target("response", promise), *more, **options)


@pytest.mark.parametrize(
    ("created", "expected"),
    [
        ("2026-03-03 10:00", "Tue 03-03 14:00"),
        ("2026-03-03 07:00", "Tue 03-03 12:30"),
        ("2026-03-03 13:00", "Tue 03-03 17:00"),
        ("2026-03-03 13:01", "Wed 03-04 08:31"),
        ("2026-03-03 17:00", "Wed 03-04 12:30"),
        ("2026-03-06 16:00", "Mon 03-09 11:30"),
        ("2026-03-07 12:00", "Mon 03-09 12:30"),
        ("2026-03-27 16:00", "Mon 03-30 11:30"),
        ("2026-10-23 16:00", "Mon 10-26 11:30"),
    ],
)
def test_four_hours_of_the_clocks_calendar(created: str, expected: str):
    assert due_text(response(within(in_hours(4))), created) == expected


def test_the_offset_of_the_due_time_is_that_of_its_own_date():
    due = response(within(in_hours(4))).due("response", created=at("2026-03-27 16:00"))
    assert due.due == "2026-03-30T11:30:00+02:00"


def test_less_than_is_strict_and_within_is_not():
    created = at("2026-03-03 10:00")
    assert response(within(in_hours(4), strict=True)).due("response", created=created).strict is True
    assert response(within(in_hours(4))).due("response", created=created).strict is False


def test_elapsed_hours_run_through_the_night_and_a_clock_change():
    policy = response(within(in_hours(24, t.ELAPSED)))
    assert due_text(policy, "2026-03-28 16:00") == "Sun 03-29 17:00"
    assert due_text(policy, "2026-03-06 16:00") == "Sat 03-07 16:00"


def test_elapsed_hours_are_shown_in_the_policys_zone_else_in_that_of_created():
    promise = within(in_hours(1, t.ELAPSED))
    tokyo = at("2026-03-06 16:00", "Asia/Tokyo")
    shared = ask(clock("response"), target("response", promise))
    assert shared.due("response", created=tokyo).due == "2026-03-06T09:00:00+01:00"
    two = ask(
        clock("response"),
        target("response", promise),
        a_calendar("other", hours(opening((0,), "9:00", "10:00"), zone="UTC")),
    )
    assert two.due("response", created=tokyo).due == "2026-03-06T17:00:00+09:00"
    stated = ask(clock("response"), target("response", promise), timezone="America/New_York")
    assert stated.due("response", created=tokyo).due == "2026-03-06T03:00:00-05:00"


@pytest.mark.parametrize(
    ("budget", "created", "expected", "day"),
    [
        (in_days(1, "close", **AFTER), "2026-03-03 10:00", "Wed 03-04 17:00", "2026-03-04"),
        (in_days(1, "close", counted="from", anchor="start date"), "2026-03-03 10:00", "Tue 03-03 17:00", "2026-03-03"),
        (in_days(1, "close", counted="from", anchor="start date"), "2026-03-03 18:00", "Wed 03-04 17:00", "2026-03-04"),
        (in_days(1, "end of day", **AFTER), "2026-03-03 10:00", "Thu 03-05 00:00", "2026-03-04"),
        (in_days(1, "time", at=12 * 3600, **AFTER), "2026-03-03 10:00", "Wed 03-04 12:00", None),
        (in_days(1, "same time"), "2026-03-03 10:00", "Wed 03-04 10:00", None),
        (in_days(1, "same time"), "2026-03-03 08:30", "Tue 03-03 17:00", None),
        (in_days(1, "same time"), "2026-03-07 12:00", "Mon 03-09 17:00", None),
        (in_days(2, "close", **FROM_NEXT), "2026-03-03 10:00", "Thu 03-05 17:00", "2026-03-05"),
        (in_days(2, "close", **FROM_NEXT), "2026-03-06 10:00", "Tue 03-10 17:00", "2026-03-10"),
        (in_days(1, "close", cutoff=17 * 3600, **AFTER), "2026-03-03 18:00", "Thu 03-05 17:00", "2026-03-05"),
        (in_days(1, "close", cutoff=17 * 3600, **AFTER), "2026-03-03 17:00", "Wed 03-04 17:00", "2026-03-04"),
        (in_days(1, "same time", cutoff=16 * 3600), "2026-03-03 16:30", "Wed 03-04 17:00", None),
    ],
)
def test_days_with_opening_hours(budget: t.OpenDays, created: str, expected: str, day: str | None):
    due = response(within(budget)).due("response", created=at(created))
    assert due.at is not None
    assert due.at.strftime("%a %m-%d %H:%M") == expected
    assert due.due_date == (None if day is None else date.fromisoformat(day))
    assert due.strict is (budget.ending == "end of day")


@pytest.mark.parametrize(
    ("budget", "expected"),
    [
        (period(2), "Mon 02-02 00:00"),
        (period(2, same_time=True), "Sun 02-01 10:00"),
        (period(1, "week"), "Sat 02-07 00:00"),
        (period(1, "month"), "Sun 03-01 00:00"),
        (period(1, "month", same_time=True), "Sat 02-28 10:00"),
        (period(1, rolled_to="desk"), "Tue 02-03 00:00"),
    ],
)
def test_calendar_periods(budget: t.CalendarPeriod, expected: str):
    created = {"day": "2026-01-30 10:00", "week": "2026-01-30 10:00", "month": "2026-01-31 10:00"}[budget.unit]
    assert due_text(response(within(budget)), created) == expected


@pytest.mark.parametrize(
    ("ending", "expected"),
    [
        ("close", "Sat 03-07 12:00"),
        ("end of day", "Sun 03-08 00:00"),
        ("time", "Sat 03-07 11:00"),
        ("same time", "Sat 03-07 10:00"),
    ],
)
def test_a_due_date_is_rolled_to_the_next_with_hours_elsewhere(ending: str, expected: str):
    saturdays = a_calendar("market", hours(opening((5,), "9:00", "12:00")))
    more: dict[str, Any] = {} if ending == "same time" else AFTER
    budget = in_days(1, ending, rolled_to="market", at=11 * 3600 if ending == "time" else None, **more)
    assert due_text(response(within(budget), saturdays), "2026-03-03 10:00") == expected


def test_a_range_keeps_both_bounds_and_the_later_one_is_due():
    due = response(within(in_hours(2, high=4))).due("response", created=at("2026-03-03 10:00"))
    assert due.answer == "due"
    assert due.at == at("2026-03-03 14:00")
    assert due.bounds == (at("2026-03-03 12:00"), at("2026-03-03 14:00"))
    days = response(within(in_days(1, "close", high=3, **AFTER))).due("response", created=at("2026-03-03 10:00"))
    assert days.bounds == (at("2026-03-04 17:00"), at("2026-03-06 17:00"))
    assert days.due_date == date(2026, 3, 6)


def combined(which: str, first: t.AnyLimit, second: t.AnyLimit) -> t.Committed:
    return t.Committed(
        modality="shall",
        limit=t.Combined(text=f"{which} of two", which=which, first=first, second=second),  # pyright: ignore[reportArgumentType]
    )


def test_the_earlier_and_the_later_of_two_limits():
    hours_limit, day_limit = limit(in_hours(4)), limit(in_days(1, "close", **AFTER))
    assert due_text(response(combined("earlier", hours_limit, day_limit)), "2026-03-03 10:00") == "Tue 03-03 14:00"
    assert due_text(response(combined("later", hours_limit, day_limit)), "2026-03-03 10:00") == "Wed 03-04 17:00"


def test_of_two_limits_at_one_instant_the_strict_one_is_the_earlier():
    strict, plain = limit(in_hours(4), strict=True), limit(in_hours(4))
    created = at("2026-03-03 10:00")
    assert response(combined("earlier", plain, strict)).due("response", created=created).strict is True
    assert response(combined("later", plain, strict)).due("response", created=created).strict is False


def before(budget: t.AnyBudget) -> t.Committed:
    return t.Committed(modality="shall", limit=t.Before(text=f"at least {budget.text}", budget=budget, event="planned"))


@pytest.mark.parametrize(
    ("budget", "expected"),
    [
        (in_hours(48, t.ELAPSED), "Sun 03-08 10:00"),
        (in_hours(4), "Mon 03-09 14:30"),
        (in_days(1, "close"), "Mon 03-09 17:00"),
        (in_days(1, "same time"), "Mon 03-09 10:00"),
        (period(1, same_time=True), "Mon 03-09 10:00"),
    ],
)
def test_back_from_a_planned_event(budget: t.AnyBudget, expected: str):
    policy = response(before(budget), t.Event(id="planned"))
    planned = at("2026-03-10 10:00")
    assert due_text(policy, "2026-03-03 10:00", planned=planned) == expected
    unknown = policy.due("response", created=at("2026-03-03 10:00"))
    assert (unknown.answer, unknown.missing, unknown.bounds) == ("undetermined", ("planned",), None)


def test_back_from_a_planned_instant_and_date():
    created = at("2026-03-03 10:00")
    instant = response(before(in_hours(48, t.ELAPSED)), fact("planned", "instant"))
    assert instant.due("response", created=created, planned="2026-03-10T10:00:00+01:00").at == at("2026-03-08 10:00")
    day = response(before(in_hours(48, t.ELAPSED)), fact("planned", "date"))
    assert day.due("response", created=created, planned="2026-03-10").at == at("2026-03-08 00:00")


def test_the_two_instants_of_a_repeated_hour_have_two_answers():
    policy = response(before(in_hours(48, t.ELAPSED)), t.Event(id="planned"))
    first = datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))
    dues = [
        policy.due("response", created=at("2026-10-20 10:00"), planned=planned).due
        for planned in (first, first.replace(fold=1))
    ]
    assert dues == ["2026-10-23T02:30:00+02:00", "2026-10-23T03:30:00+02:00"]


def test_by_the_end_of_a_date_that_a_fact_gives():
    limit_ = t.ByEndOf(text="by end of next_update_due", fact="next_update_due")
    policy = response(t.Committed(modality="shall", limit=limit_), fact("next_update_due", "date"))
    due = policy.due("response", created=at("2026-03-03 10:00"), next_update_due=date(2026, 3, 28))
    assert (due.at, due.due_date, due.strict) == (at("2026-03-29 00:00"), date(2026, 3, 28), True)
    assert policy.due("response", created=at("2026-03-03 10:00")).missing == ("next_update_due",)


@pytest.mark.parametrize(
    ("promise", "modality"),
    [
        (t.BestEffort(), "best_effort"),
        (t.Words(text="in good time"), "words_only"),
        (t.ToBeDetermined(), "to_be_determined"),
        (t.ToBeNegotiated(), "to_be_negotiated"),
        (t.NoPromise(), "no_promise"),
        (t.Blank(), "blank"),
        (t.Silent(), "silent"),
    ],
)
def test_what_has_no_number_has_no_deadline_and_stays_what_it_is(promise: t.AnyPromise, modality: str):
    due = response(promise).due("response", created=at("2026-03-03 10:00"))
    assert (due.answer, due.modality, due.at, due.bounds, due.missing) == ("no_deadline", modality, None, None, ())


@pytest.mark.parametrize("modality", ["shall", "target"])
def test_the_modality_is_that_of_the_target(modality: t.Modality):
    due = response(within(in_hours(4), modality=modality)).due("response", created=at("2026-03-03 10:00"))
    assert (due.answer, due.modality) == ("due", modality)


def test_best_effort_with_a_number_has_a_due_time():
    due = response(t.BestEffort(limit=limit(in_hours(4)))).due("response", created=at("2026-03-03 10:00"))
    assert (due.answer, due.modality, due.at) == ("due", "best_effort", at("2026-03-03 14:00"))


def test_a_clock_without_a_target_is_silent():
    due = ask(clock("response")).due("response", created=at("2026-03-03 10:00"))
    assert (due.answer, due.modality) == ("no_deadline", "silent")


def test_a_target_is_for_its_level_and_a_blank_does_not_inherit():
    policy = ask(
        clock("response"),
        target("response", within(in_hours(4)), "p1"),
        target("response", t.Blank(), "p2"),
        target("response", within(in_hours(8)), "p3"),
    )
    assert due_text(policy, "2026-03-03 10:00", priority="p1") == "Tue 03-03 14:00"
    assert policy.due("response", priority="p2", created=at("2026-03-03 10:00")).modality == "blank"
    assert due_text(policy, "2026-03-03 10:00", priority="Normal") == "Wed 03-04 09:30"


def test_a_target_may_be_measured_in_another_calendar_than_its_clock():
    always = a_calendar("always", hours(t.Opening(days=tuple(range(7)), windows=(t.Window(start=0, end=86400),))))
    policy = ask(always, clock("response"), target("response", within(in_hours(4)), calendar="always"))
    assert due_text(policy, "2026-03-03 16:00") == "Tue 03-03 20:00"


def test_a_clock_is_measured_in_the_first_calendar_whose_condition_holds():
    late = a_calendar("late", hours(opening((0, 1, 2, 3, 4), "16:00", "22:00")))
    measured = (
        t.Measure(calendar="late", condition=t.Condition(text="night", test=t.Yes(fact="night"))),
        t.Measure(calendar="desk"),
    )
    policy = ask(late, fact("night"), clock("response", measured=measured), target("response", within(in_hours(4))))
    assert due_text(policy, "2026-03-03 10:00", night=True) == "Tue 03-03 20:00"
    assert due_text(policy, "2026-03-03 10:00", night="no") == "Tue 03-03 14:00"


def test_targets_with_a_condition_go_before_those_without():
    hurry = t.Condition(text="hurry", test=t.Yes(fact="hurry"))
    policy = ask(
        fact("hurry"),
        clock("response"),
        target("response", within(in_hours(4)), "p1"),
        target("response", within(in_hours(1)), id="response if hurry", condition=hurry),
    )
    assert due_text(policy, "2026-03-03 10:00", priority="p1", hurry="yes") == "Tue 03-03 11:00"
    assert due_text(policy, "2026-03-03 10:00", priority="p1", hurry="no") == "Tue 03-03 14:00"


def test_what_does_not_apply_is_silent():
    scope = t.Condition(text="by web", test=t.Among(subject=t.Subject(kind="channel"), values=("web",)))
    channels = (t.Channel(id="web", label="The web"), t.Channel(id="phone"))
    by_clock = ask(*channels, clock("response", applies=scope), target("response", within(in_hours(4))))
    by_target = ask(*channels, clock("response"), target("response", within(in_hours(4)), applies=scope))
    for policy in (by_clock, by_target):
        assert due_text(policy, "2026-03-03 10:00", channel="the  WEB") == "Tue 03-03 14:00"
        assert policy.due("response", channel="phone", created=at("2026-03-03 10:00")).modality == "silent"
        unknown = policy.due("response", created=at("2026-03-03 10:00"))
        assert (unknown.answer, unknown.missing) == ("undetermined", ("channel",))
        assert unknown.bounds == (at("2026-03-03 14:00"), None)


def test_a_choice_takes_the_first_case_that_holds():
    big = t.Condition(text="big", test=t.Compares(fact="sites", comparison="more than", value=1))
    choice = t.Choice(cases=(t.Case(when=big, promise=within(in_hours(1))),), otherwise=t.BestEffort())
    policy = response(choice, fact("sites", "number"))
    assert due_text(policy, "2026-03-03 10:00", sites=2) == "Tue 03-03 11:00"
    assert policy.due("response", sites=1, created=at("2026-03-03 10:00")).modality == "best_effort"


def test_the_due_time_of_a_cascade_is_that_of_its_first_step_that_applies():
    steps = (
        t.Step(id="first", condition=t.Condition(text="a", test=t.Yes(fact="a")), promise=within(in_hours(1))),
        t.Step(id="second", promise=within(in_hours(2))),
    )
    policy = ask(fact("a"), clock("response"), t.Cascade(id="response", clock="response", steps=steps))
    assert due_text(policy, "2026-03-03 10:00", a=True) == "Tue 03-03 11:00"
    assert due_text(policy, "2026-03-03 10:00", a=False) == "Tue 03-03 12:00"


def test_a_condition_about_the_time_is_asked_at_the_start_of_the_clock():
    at_night = t.Condition(text="outside desk", test=t.During(calendar="desk", outside=True))
    policy = ask(
        clock("response"),
        target("response", within(in_hours(1, t.ELAPSED)), id="night", condition=at_night),
        target("response", within(in_hours(4))),
    )
    assert due_text(policy, "2026-03-03 20:00") == "Tue 03-03 21:00"
    assert due_text(policy, "2026-03-03 10:00") == "Tue 03-03 14:00"
    assert due_text(policy, "2026-03-03 17:00") == "Tue 03-03 18:00"


def test_on_a_day_open_in_a_calendar():
    weekday = t.Condition(text="on a day open in desk", test=t.OnDay(calendar="desk"))
    policy = ask(
        clock("response"),
        target("response", within(in_hours(24, t.ELAPSED)), id="weekdays", condition=weekday),
        target("response", t.NoPromise()),
    )
    assert due_text(policy, "2026-03-06 10:00") == "Sat 03-07 10:00"
    assert policy.due("response", created=at("2026-03-07 10:00")).modality == "no_promise"


def test_created_may_be_text_and_its_zone_does_not_matter():
    policy = response(within(in_hours(4)))
    for created in ("2026-03-03T09:00:00Z", "2026-03-03T10:00+01:00", "2026-03-03T18:00:00+09:00"):
        assert policy.due("response", created=created).at == at("2026-03-03 14:00")


def test_microseconds_are_kept():
    due = response(within(in_hours(4))).due(
        "response", created=datetime.fromisoformat("2026-03-03T10:00:00.000001+01:00")
    )
    assert due.due == "2026-03-03T14:00:00.000001+01:00"


def test_overnight_windows_stay_with_their_date():
    nights = a_calendar("desk", hours(t.Opening(days=(4,), windows=(window("22:00", "06:00"),))))
    policy = ask(nights, clock("response"), target("response", within(in_days(1, "close", **AFTER))))
    assert due_text(policy, "2026-03-07 01:00") == "Sat 03-14 06:00"


def test_the_form_of_contract():
    due = response(within(in_days(1, "close", **AFTER))).due("response", created=at("2026-03-03 10:00"))
    form = due.to_dict()
    assert (
        list(form)
        == ("clock priority answer due due_date modality strict bounds readings assumptions missing because").split()
    )
    assert form["due"] == "2026-03-04T17:00:00+01:00"
    assert form["due_date"] == "2026-03-04"


def test_the_level_given_or_found_is_reported():
    policy = ask(clock("response"), target("response", within(in_hours(4)), "p1"), parameter("unused", "number"))
    assert policy.due("response", priority="critical", created=at("2026-03-03 10:00")).priority == "p1"
    assert policy.due("response", created=at("2026-03-03 10:00")).priority is None


def test_a_budget_of_nothing_is_due_at_the_start():
    assert due_text(response(within(in_hours(0))), "2026-03-07 12:00") == "Sat 03-07 12:00"
