"""Reasons of due times that rest on two limits, on a planned event, or on an exception that failed (T6, H7)."""

from __future__ import annotations

import pickle

import pytest

from sla_dsl.policy import terms as t
from sla_dsl.policy.executable import Executable
from sla_dsl.worktime.errors import OutsideYears
from tests.policy.builders import (
    DESK,
    HOUR,
    ask,
    assume,
    at,
    calendar,
    cite,
    clock,
    fact,
    hours,
    in_days,
    in_hours,
    limit,
    opening,
    parameter,
    period,
    target,
    when,
    within,
    yes,
)

SHOP = calendar("shop", hours(opening((0, 1, 2, 3, 4, 5), "10:00", "18:00"), last_year=2028), cite("10 to 6", 9))
SAID = [("clock response", "`response` is measured in `desk`.")]


def said(policy: Executable, created: str, **more: object) -> list[tuple[str, str]]:
    return [(one.clause, one.text) for one in policy.due("response", created=at(created), **more).because]  # type: ignore[arg-type]


def committed(promised: t.AnyLimit) -> t.Committed:
    return t.Committed(modality="shall", limit=promised)


def before(budget: t.AnyBudget) -> Executable:
    promised = t.Before(text=f"at least {budget.text} before planned", budget=budget, event="planned")
    return ask(SHOP, t.Event(id="planned"), clock("response"), target("response", committed(promised)))


def test_of_two_limits_that_are_combined_both_are_counted_each_in_its_own_calendar():
    first, second = limit(in_hours(8)), limit(in_days(1, "close", "shop", counted="after", anchor="start date"))
    text = f"earlier of {first.text} and {second.text}"
    promised = t.Combined(text=text, which="earlier", first=first, second=second)
    policy = ask(SHOP, clock("response"), target("response", committed(promised)))
    answer = policy.due("response", created=at("2026-03-06 15:00"))
    assert [(one.clause, one.text) for one in answer.because] == [
        (
            "target response",
            (
                "Due Saturday 2026-03-07 18:00: the earlier of within 8 hours and within 1 days, "
                "from Friday 2026-03-06 15:00."
            ),
        ),
        *SAID,
        (
            "calendar desk",
            (
                "“within 8 hours” ends Monday 2026-03-09 14:30. Counted: Friday 2026-03-06 15:00 to 17:00 (2 hours) "
                "and Monday 2026-03-09 08:30 to 14:30 (6 hours)."
            ),
        ),
        (
            "calendar shop",
            (
                "“within 1 days” ends Saturday 2026-03-07 18:00. The start date is Friday 2026-03-06. "
                "Saturday 2026-03-07 is day 1. That date closes at 18:00."
            ),
        ),
    ]
    assert [one.line for one in answer.because[-1].cites] == [9]


def test_a_limit_that_is_combined_and_unknown_says_how_early_it_can_end():
    second = limit(in_hours(4, "hours"))
    promised = t.Combined(text="the earlier", which="earlier", first=limit(in_hours(1)), second=second)
    hours_ = parameter("hours", "calendar")
    policy = ask(hours_, clock("response"), target("response", committed(promised)))
    assert said(policy, "2026-03-06 15:00")[-2:] == [
        ("parameter hours", "“within 4 hours” does not end before Friday 2026-03-06 19:00."),
        ("parameter hours", "`hours` has no value."),
    ]


def test_hours_before_a_planned_event_are_counted_back():
    assert said(before(in_hours(12, "shop")), "2026-03-03 09:00", planned=at("2026-03-09 12:00"))[1] == (
        "calendar shop",
        (
            "`planned` is Monday 2026-03-09 12:00. Counted back: Monday 2026-03-09 10:00 to 12:00 (2 hours), "
            "Saturday 2026-03-07 10:00 to 18:00 (8 hours) and Friday 2026-03-06 16:00 to 18:00 (2 hours)."
        ),
    )
    elapsed = said(before(in_hours(48, t.ELAPSED)), "2026-03-03 09:00", planned=at("2026-03-30 12:00"))
    assert elapsed[1][1] == (
        "`planned` is Monday 2026-03-30 12:00. Counted back: Saturday 2026-03-28 11:00 to Monday 2026-03-30 12:00 "
        "(48 hours). The clocks go forward on Sunday 2026-03-29; only time that passes counts."
    )


@pytest.mark.parametrize(
    ("budget", "planned", "text"),
    [
        (
            in_days(2, "close", "shop"),
            "2026-03-09 12:00",
            (
                "Counted back from Monday 2026-03-09, which does not count. Saturday 2026-03-07 is day 1 and "
                "Friday 2026-03-06 is day 2. Not counted: Sunday 2026-03-08 (no opening hours). "
                "That gives Friday 2026-03-06 18:00."
            ),
        ),
        (
            in_days(1, "same time", "shop"),
            "2026-03-08 12:00",
            (
                "No open time comes right before that; the last closing is Saturday 2026-03-07 18:00. "
                "Counted back from Saturday 2026-03-07, which does not count. Friday 2026-03-06 is day 1. "
                "That gives Saturday 2026-03-07 10:00."
            ),
        ),
        (
            period(3),
            "2026-03-09 12:00",
            "Monday 2026-03-09 does not count; the last date in time is Friday 2026-03-06, 3 days before it.",
        ),
        (period(3, same_time=True), "2026-03-09 12:00", "3 days before that, at the same time."),
    ],
)
def test_days_before_a_planned_event_are_counted_back(budget: t.AnyBudget, planned: str, text: str):
    told = said(before(budget), "2026-03-02 09:00", planned=at(planned))[1][1]
    assert told.partition(". ")[2] == text


def test_a_planned_date_begins_at_midnight():
    promised = t.Before(text="at least 1 hours before day", budget=in_hours(1), event="day")
    policy = ask(SHOP, fact("day", "date"), clock("response", "shop"), target("response", committed(promised)))
    assert said(policy, "2026-03-02 09:00", day="2026-03-06")[2][1] == (
        "`day` is Friday 2026-03-06, which begins on Friday 2026-03-06 00:00. "
        "Counted back: Thursday 2026-03-05 17:00 to 18:00 (1 hour)."
    )


def test_an_exception_that_fails_is_told_with_its_citation_and_one_for_other_levels_is_not():
    exception = target("response", within(in_hours(1)), "p1", id="urgent", condition=when(yes("down"), "down"))
    other = target("response", within(in_hours(2)), "p2", id="other", condition=when(yes("down"), "down"))
    policy = ask(
        fact("down"),
        clock("response"),
        t.Target(id="urgent", clock="response", levels={"priority": "p1"}, condition=exception.condition,
                 promise=exception.promise, cites=(cite("at once if down", 7),)),
        other,
        target("response", within(in_hours(4)), "p1"),
    )  # fmt: skip
    answer = policy.due("response", created=at("2026-03-03 10:00"), priority="p1", down=False)
    failed = [one for one in answer.because if "does not hold" in one.text]
    assert [(one.clause, one.text) for one in failed] == [
        ("target urgent", "“down” does not hold, because down is no.")
    ]
    assert [one.quote for one in failed[0].cites] == ["at once if down"]


def test_a_condition_that_only_led_to_another_level_is_no_reason():
    policy = ask(
        fact("down"),
        clock("response"),
        target("response", within(in_hours(1)), "p1", id="urgent", condition=when(yes("down"), "down")),
        target("response", within(in_hours(4))),
        t.Scale(id="priority", levels=(t.Level(id="p1", when=when(t.Not(part=yes("down")), "not down")),
                                       t.Level(id="p2", otherwise=True))),
    )  # fmt: skip
    told = said(policy, "2026-03-03 10:00", down=True)
    assert told[0][1].startswith("Due Tuesday 2026-03-03 14:00")
    assert not [text for clause, text in told if clause == "target urgent"]


def test_an_error_about_years_names_the_calendar_that_the_policy_has():
    policy = ask(SHOP, DESK, clock("response", "shop"), target("response", within(in_hours(4))))
    with pytest.raises(OutsideYears, match=r"outside the years calendar `shop` covers \(2020 to 2028\)$") as caught:
        policy.due("response", created=at("2029-03-03 10:00"))
    assert caught.value.calendars == ("shop",)
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)
    twins = ask(DESK, calendar("twin", DESK.hours), clock("response"), target("response", within(in_hours(4))))
    with pytest.raises(OutsideYears, match="calendar `desk` or `twin` covers"):
        twins.due("response", created=at("2039-03-03 10:00"))


def test_an_error_about_years_in_a_definition_names_the_calendar_too():
    scale = t.Scale(id="priority", levels=(t.Level(id="p1", when=when(t.During(calendar="shop"), "during shop")),))
    policy = ask(SHOP, scale, clock("response"), target("response", within(in_hours(4)), "p1"))
    with pytest.raises(OutsideYears, match="calendar `shop` covers"):
        policy.due("response", created=at("2029-03-03 10:00"))


def test_lengths_of_a_range_and_assumptions_stay_as_they_are():
    promised = within(in_hours(1, high=2))
    policy = ask(clock("response"), target("response", promised, assumes=(assume("Hours."),)))
    answer = policy.due("response", created=at("2026-03-03 10:00"))
    assert answer.because[0].text.startswith("Between Tuesday 2026-03-03 11:00 and the due time; the later decides.")
    assert answer.because[0].assume == "Hours."
    assert HOUR == 3_600_000_000
