"""Values for parameters, from Python and as texts of the command line (CONTRACT, parameter values)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from sla_dsl.errors import SlaError
from sla_dsl.policy import terms as t
from sla_dsl.policy.errors import BadParameter, BadValue, UnknownLevel, UnknownName
from sla_dsl.worktime import Calendar, Outside
from sla_dsl.worktime.errors import RecipeError, UnknownHolidays, UnknownZone
from tests.policy.builders import ask, clock, due_text, holidays, in_hours, parameter, target, within

POLICY = ask(
    parameter("zone", "timezone", label="Time zone"),
    parameter("holidays", "holiday list"),
    parameter("business", "calendar"),
    parameter("grace", "duration"),
    parameter("sites", "number"),
    parameter("strict", "yes or no"),
    parameter("start", "date"),
    parameter("moment", "instant"),
    t.Parameter(id="kind", type=t.Type(name="one of", choices=("a", "b"))),
    t.Parameter(id="grade", type=t.Type(name="level", scale="priority")),
    clock("response", "business"),
    target("response", within(in_hours(4))),
)

WEEKLY = {"timezone": "Europe/Amsterdam", "weekly": {"tue": [["09:00", "17:00"]]}}
GIVEN = t.GivenCalendar(timezone="Europe/Amsterdam", weekly={"tue": (("09:00", "17:00"),)})


@pytest.mark.parametrize(
    ("name", "given", "value"),
    [
        ("zone", "Europe/Paris", t.ZoneValue(name="Europe/Paris")),
        ("zone", "UTC-05:00", t.ZoneValue(name="UTC-05:00")),
        ("Time zone", "UTC", t.ZoneValue(name="UTC")),
        ("holidays", "none", t.HolidayList()),
        ("holidays", [], t.HolidayList()),
        ("holidays", "2026-12-26, 2026-12-25", holidays("2026-12-25", "2026-12-26")),
        ("holidays", [date(2026, 12, 25), "2026-12-26"], holidays("2026-12-25", "2026-12-26")),
        ("holidays", {"2026-12-25"}, holidays("2026-12-25")),
        ("holidays", '["2026-12-25"]', holidays("2026-12-25")),
        ("holidays", "NL", t.HolidayList(rule=t.HolidayRule(country="NL"))),
        ("holidays", "US-CA", t.HolidayList(rule=t.HolidayRule(country="US", subdivision="CA"))),
        ("holidays", {"country": "NL"}, t.HolidayList(rule=t.HolidayRule(country="NL"))),
        (
            "holidays",
            '{"country": "DE", "subdivision": "BY", "categories": ["public", "catholic"]}',
            t.HolidayList(rule=t.HolidayRule(country="DE", subdivision="BY", categories=("public", "catholic"))),
        ),
        ("business", "Desk", t.CalendarValue(name="desk")),
        ("business", WEEKLY, t.CalendarValue(given=GIVEN)),
        (
            "business",
            '{"timezone": "Europe/Amsterdam", "weekly": {"tue": [["09:00", "17:00"]]}}',
            t.CalendarValue(given=GIVEN),
        ),
        (
            "business",
            Calendar(timezone="Europe/Amsterdam", weekly={"tue": [("09:00", "17:00")]}),
            t.CalendarValue(given=GIVEN),
        ),
        ("grace", timedelta(hours=4), t.DurationValue(micros=14_400_000_000)),
        ("grace", "4 hours", t.DurationValue(micros=14_400_000_000)),
        ("grace", "1 hour 30 minutes", t.DurationValue(micros=5_400_000_000)),
        ("sites", "3", t.NumberValue(number=3)),
        ("strict", True, t.TextValue(text="yes")),
        ("strict", "no", t.TextValue(text="no")),
        ("start", date(2026, 3, 3), t.TextValue(text="2026-03-03")),
        ("moment", "2026-03-03T10:00:00+01:00", t.TextValue(text="2026-03-03T09:00:00+00:00")),
        ("kind", "A", t.TextValue(text="a")),
        ("grade", "Critical", t.TextValue(text="p1")),
    ],
)
def test_values(name: str, given: Any, value: t.Value):
    assert list(POLICY.set(**{name: given}).values.values()) == [value]


@pytest.mark.parametrize(
    ("name", "given", "error", "said"),
    [
        ("zoen", "UTC", UnknownName, "did you mean `zone`"),
        ("zone", "Europe/Amsterdm", UnknownZone, "did you mean `Europe/Amsterdam`"),
        ("zone", 5, BadParameter, "IANA name"),
        ("holidays", "NLX", BadParameter, "write dates"),
        ("holidays", "2026-02-30", BadParameter, "write dates"),
        ("holidays", [datetime(2026, 1, 1)], BadParameter, "write dates"),
        ("holidays", 5, BadParameter, "write dates"),
        ("holidays", '{"country": "NL", "country": "BE"}', BadParameter, "write dates"),
        ("holidays", "[NaN]", BadParameter, "write dates"),
        ("holidays", "ZZ", UnknownHolidays, "no country `ZZ`"),
        ("holidays", {"country": "DE", "subdivision": "XX"}, UnknownHolidays, "no subdivision `XX`"),
        ("holidays", {"land": "DE"}, BadParameter, "land"),
        ("business", "desc", UnknownName, "did you mean `desk`"),
        ("business", {"weekly": {}}, BadParameter, "needs a `timezone`"),
        ("business", {**WEEKLY, "holidays": []}, UnknownName, "argument of a calendar `holidays`"),
        ("business", {**WEEKLY, "weekly": {"tue": [["17:00", "17:00"]]}}, RecipeError, "ends where it starts"),
        ("business", "{broken", BadParameter, "give a `Calendar`"),
        ("business", 5, BadParameter, "give a `Calendar`"),
        ("grace", "soon", BadParameter, "a length of time"),
        ("grace", "4 hours or so", BadParameter, "a length of time"),
        ("grace", timedelta(-1), BadParameter, "a length of time"),
        ("sites", "many", BadValue, "write a number"),
        ("kind", "c", BadValue, "one of a, b"),
        ("grade", "p9", UnknownLevel, "no level `p9`"),
        ("start", "tomorrow", BadValue, "write a date"),
    ],
)
def test_wrong_values_say_what_would_be_right(name: str, given: Any, error: type[SlaError], said: str):
    with pytest.raises(error, match=said):
        POLICY.set(**{name: given})


def test_a_calendar_parameter_is_used_by_its_name():
    assert due_text(POLICY.set(business="desk"), "2026-03-03 14:00") == "Wed 03-04 09:30"
    assert due_text(POLICY.set(business=WEEKLY), "2026-03-03 14:00") == "Tue 03-10 10:00"
    nights = Calendar(timezone="Europe/Amsterdam", weekly={"tue": [("22:00", "06:00")]})
    assert due_text(POLICY.set(business=nights), "2026-03-03 14:00") == "Wed 03-04 02:00"


def test_a_calendar_that_cannot_be_written_down_is_refused():
    inner = Calendar(timezone="UTC", weekly={"tue": [("09:00", "17:00")]}).timetable.recipe
    with pytest.raises(BadParameter, match="only a calendar made by its arguments"):
        POLICY.set(business=Calendar.of(Outside(inner)))
