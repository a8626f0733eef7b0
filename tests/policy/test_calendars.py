"""Calendars of a policy: parameters, holidays, seasons, special hours, composition, choice (T7, H4, R10)."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from msgspec.structs import replace

from sla_dsl.policy import terms as t
from sla_dsl.policy.errors import Circular
from sla_dsl.policy.executable import Executable
from sla_dsl.policy.pinning import pinned
from sla_dsl.worktime.errors import ClosedWithHours, NoOpenTime, ZoneNeeded
from tests.policy.builders import (
    OFFICE,
    OPEN_DESK,
    ask,
    at,
    calendar,
    clock,
    dates,
    due_text,
    hours,
    in_days,
    in_hours,
    opening,
    parameter,
    period,
    scale,
    span,
    target,
    window,
    within,
)

DUTCH = t.HolidayRule(country="NL")


def on(made: t.Hours | t.Composed | t.ChosenBy, *more: t.AnyDeclaration, **options: Any) -> Executable:
    return ask(
        calendar("tested", made), clock("response", "tested"), target("response", within(in_hours(4))), *more, **options
    )


def test_official_holidays_are_resolved_and_pinned():
    policy = on(hours(OFFICE, closed=(t.DayRule(holidays=DUTCH, text="Dutch holidays"),)))
    assert due_text(policy, "2026-04-02 16:00") == "Tue 04-07 11:30"
    made = pinned(policy.document)
    assert [(one.rule, one.first_year, one.last_year) for one in made.holidays] == [("NL", 2019, 2036)]
    assert made.holidays[0].dates["2026-04-06"] == "Easter Monday"


def test_pinned_dates_go_before_those_of_todays_package():
    policy = on(hours(OFFICE, closed=(t.DayRule(holidays=DUTCH, text="Dutch holidays"),)))
    fixed = t.PinnedDates(rule="NL", first_year=2019, last_year=2036, dates={"2026-03-09": "A day of its own"})
    document = replace(policy.document, pinned=replace(policy.document.pinned, holidays=(fixed,)))
    assert due_text(Executable(document), "2026-03-06 16:00") == "Tue 03-10 11:30"
    assert due_text(Executable(document), "2026-04-03 16:00") == "Mon 04-06 11:30"


def test_pinned_dates_of_too_few_years_are_not_used():
    policy = on(hours(OFFICE, closed=(t.DayRule(holidays=DUTCH, text="Dutch holidays"),)))
    fixed = t.PinnedDates(rule="NL", first_year=2026, last_year=2026, dates={"2026-03-09": "A day of its own"})
    document = replace(policy.document, pinned=replace(policy.document.pinned, holidays=(fixed,)))
    assert due_text(Executable(document), "2026-03-06 16:00") == "Mon 03-09 11:30"


def test_recurrence_rules_close():
    rule = "FREQ=YEARLY;BYMONTH=3;BYDAY=2MO"
    policy = on(hours(OFFICE, closed=(t.DayRule(recurrence=rule, text="every second Monday in March"),)))
    assert due_text(policy, "2026-03-06 16:00") == "Tue 03-10 11:30"
    assert pinned(policy.document).holidays[0].rule == rule


def test_dates_of_every_year_and_spans_close():
    closed = (t.DayRule(dates=t.Dates(spans=(span("12-24", "01-02"), span("2026-03-09"))), text="closed"),)
    policy = on(hours(OFFICE, closed=closed))
    assert due_text(policy, "2026-12-23 16:00") == "Mon 01-04 11:30"
    assert due_text(policy, "2026-03-06 16:00") == "Tue 03-10 11:30"
    assert due_text(policy, "2027-03-05 16:00") == "Mon 03-08 11:30"


def test_the_29th_of_february_of_every_year_is_only_in_leap_years():
    policy = on(
        hours(opening(tuple(range(7)), "08:30", "17:00"), closed=(t.DayRule(dates=dates("02-29"), text="leap"),))
    )
    assert due_text(policy, "2028-02-28 16:00") == "Wed 03-01 11:30"
    assert due_text(policy, "2027-02-28 16:00") == "Mon 03-01 11:30"


def test_hours_on_a_date_go_before_a_holiday_and_a_list_before_the_week():
    special = (
        t.SpecialHours(
            on=t.DayRule(dates=dates("2026-04-06"), text="Easter Monday"), windows=(window("10:00", "12:00"),)
        ),
        t.SpecialHours(on=t.DayRule(holidays=DUTCH, text="holidays"), windows=(window("9:00", "10:00"),)),
    )
    policy = on(hours(OFFICE, closed=(t.DayRule(holidays=DUTCH, text="holidays"),), special=special))
    assert due_text(policy, "2026-04-03 16:00") == "Tue 04-07 09:30"


def test_a_date_that_is_closed_by_name_stays_closed_on_a_list_with_hours():
    special = (t.SpecialHours(on=t.DayRule(holidays=DUTCH, text="holidays"), windows=(window("9:00", "10:00"),)),)
    closed = (t.DayRule(dates=dates("2026-04-06"), text="Easter Monday"),)
    assert due_text(on(hours(OFFICE, closed=closed, special=special)), "2026-04-03 16:00") == "Tue 04-07 11:30"


def test_a_date_both_closed_and_with_hours_is_an_error():
    special = (t.SpecialHours(on=t.DayRule(dates=dates("2026-04-06"), text="x"), windows=(window("9:00", "10:00"),)),)
    policy = on(hours(OFFICE, closed=(t.DayRule(dates=dates("2026-04-06"), text="x"),), special=special))
    with pytest.raises(ClosedWithHours):
        due_text(policy, "2026-04-03 16:00")


def test_seasons_and_stretches():
    summer = t.Season(
        id="summer", span=t.Dates(spans=(span("07-01", "08-31"),)), openings=(opening((0,), "8:00", "12:00"),)
    )
    policy = on(hours(OFFICE, seasons=(summer,)))
    assert due_text(policy, "2026-06-30 16:00") == "Mon 07-06 11:00"
    stretch = t.Opening(days=(6,), windows=(t.Window(start=14 * 3600, end=17 * 3600),), until_day=0)
    assert due_text(on(hours(stretch)), "2026-03-08 23:00") == "Mon 03-09 03:00"


def test_a_calendar_without_open_time_is_an_error():
    with pytest.raises(NoOpenTime):
        due_text(on(hours()), "2026-03-03 10:00")


# ------------------------------------------------------------------------------------------ composition


def composed(operation: Any, *parts: str, **more: Any) -> t.Composed:
    return t.Composed(operation=operation, parts=parts, **more)


WEEK = calendar("week", hours(t.Opening(days=tuple(range(7)), windows=(t.Window(start=0, end=86400),))))
MORNINGS = calendar("mornings", hours(opening(tuple(range(7)), "00:00", "12:00")))


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (composed("both", "desk", "mornings"), "Wed 03-04 10:30"),
        (composed("either", "desk", "mornings"), "Tue 03-03 14:00"),
        (composed("except", "week", "desk"), "Tue 03-03 21:00"),
        (composed("outside", "desk"), "Tue 03-03 21:00"),
        (composed("whole_days", "desk"), "Tue 03-03 14:00"),
    ],
)
def test_calendars_compose(made: t.Composed, expected: str):
    assert due_text(on(made, WEEK, MORNINGS), "2026-03-03 10:00") == expected


def test_several_zones_need_one_that_is_named():
    tokyo = calendar("tokyo", hours(OFFICE, zone="Asia/Tokyo"))
    with pytest.raises(ZoneNeeded):
        due_text(on(composed("either", "desk", "tokyo"), tokyo), "2026-03-03 10:00")
    named = composed("either", "desk", "tokyo", zone=t.ZoneRef(name="UTC"))
    assert on(named, tokyo).due("response", created=at("2026-03-03 16:00")).due == "2026-03-04T02:30:00+00:00"


def test_calendars_made_of_each_other_are_refused():
    policy = on(composed("outside", "other"), calendar("other", composed("outside", "tested")))
    with pytest.raises(Circular, match="`tested`, `other`"):
        due_text(policy, "2026-03-03 10:00")


UNKNOWN_HOLIDAYS = (
    OPEN_DESK,
    WEEK,
    parameter("zone", "timezone", t.ZoneValue(name="Europe/Amsterdam")),
    parameter("holidays", "holiday list"),
)


@pytest.mark.parametrize(
    ("made", "created", "earliest"),
    [
        (composed("both", "desk", "week"), "2026-03-03 16:00", "2026-03-04 11:30"),
        (composed("whole_days", "desk"), "2026-03-06 22:00", "2026-03-09 02:00"),
        (composed("outside", "desk"), "2026-03-03 16:00", "2026-03-03 20:00"),
        (composed("except", "week", "desk"), "2026-03-03 16:00", "2026-03-03 20:00"),
        (composed("either", "week", "desk"), "2026-03-03 16:00", "2026-03-03 20:00"),
    ],
)
def test_bounds_of_composed_calendars_while_holidays_are_missing(made: t.Composed, created: str, earliest: str):
    due = on(made, *UNKNOWN_HOLIDAYS).due("response", created=at(created))
    assert (due.answer, due.missing, due.bounds) == ("undetermined", ("holidays",), (at(earliest), None))


def test_missing_hours_on_holidays_leave_only_the_elapsed_bound():
    special = (t.SpecialHours(on=t.DayRule(parameter="holidays", text="holidays"), windows=(window("9:00", "10:00"),)),)
    policy = on(hours(OFFICE, special=special), parameter("holidays", "holiday list"))
    due = policy.due("response", created=at("2026-03-03 16:00"))
    assert due.bounds == (at("2026-03-03 20:00"), None)


# ----------------------------------------------------------------------------------------------- choice


def test_a_calendar_chosen_by_an_attribute():
    chosen = t.ChosenBy(scale="region", calendars={"north": "desk", "south": "week"})
    policy = on(chosen, WEEK, scale("region", "north", "south", of="customer"))
    assert due_text(policy, "2026-03-03 16:00", region="north") == "Wed 03-04 11:30"
    assert due_text(policy, "2026-03-03 16:00", region="south") == "Tue 03-03 20:00"
    unknown = policy.due("response", created=at("2026-03-03 16:00"))
    assert (unknown.missing, unknown.bounds) == (("region",), (at("2026-03-03 20:00"), at("2026-03-04 11:30")))


# ------------------------------------------------------------------------------------------------- zones


def test_the_zone_of_a_policy():
    promise = target("response", within(period(1)))
    one = ask(clock("response", t.ELAPSED), promise)
    assert (one.zone, due_text(one, "2026-03-03 10:00")) == ("Europe/Amsterdam", "Thu 03-05 00:00")
    two = ask(clock("response", t.ELAPSED), promise, calendar("tokyo", hours(OFFICE, zone="Asia/Tokyo")))
    assert two.zone is None
    assert two.due("response", created=at("2026-03-03 10:00")).missing == ("timezone",)


def test_a_calendar_without_a_zone_has_that_of_the_policy():
    policy = on(hours(OFFICE, zone=None), timezone="Asia/Tokyo")
    assert policy.due("response", created=at("2026-03-03 10:00", "Asia/Tokyo")).due == "2026-03-03T14:00:00+09:00"
    open_zone = on(hours(OFFICE, zone=None), parameter("zone", "timezone"), timezone_parameter="zone")
    assert open_zone.due("response", created=at("2026-03-03 10:00")).missing == ("zone",)
    settled = open_zone.set(zone="UTC").due("response", created=at("2026-03-03 10:00"))
    assert settled.due == "2026-03-03T13:00:00+00:00"


def test_a_zone_parameter_that_all_calendars_share_is_the_policys():
    policy = ask(
        OPEN_DESK,
        parameter("zone", "timezone"),
        parameter("holidays", "holiday list"),
        clock("response", t.ELAPSED),
        target("response", within(in_hours(1, t.ELAPSED))),
    )
    assert policy.zone is None
    assert (
        policy.set(zone="Asia/Tokyo").due("response", created=at("2026-03-03 10:00")).due == "2026-03-03T19:00:00+09:00"
    )


def test_asking_needs_neither_parser_nor_numpy_nor_the_holidays_package():
    code = """
import sys
from tests.policy.builders import *
policy = ask(clock("response"), target("response", within(in_hours(4))))
policy.due("response", created=at("2026-03-03 10:00"))
import sla_dsl.policy
print([name for name in ("lark", "numpy", "rich", "click", "holidays", "dateutil") if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_days_count_in_the_calendar_that_is_named():
    budget = in_days(1, "close", "week", counted="after", anchor="start date")
    policy = ask(WEEK, clock("response"), target("response", within(budget)))
    assert due_text(policy, "2026-03-06 10:00") == "Sun 03-08 00:00"
