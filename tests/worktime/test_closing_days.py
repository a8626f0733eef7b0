"""T7, T8: holidays from the `holidays` package and dates by recurrence rules."""

from __future__ import annotations

import subprocess
import sys
import warnings
from datetime import date

import pytest

from sla_dsl.worktime.closing_days import Doubt, holiday_dates, holidays_version
from sla_dsl.worktime.errors import BadRule, UnknownHolidays
from sla_dsl.worktime.recurrence import rule_dates


def test_holidays_of_a_country_have_english_names() -> None:
    found = holiday_dates("NL", first_year=2026, last_year=2027)
    assert dict(found.dates)[date(2026, 4, 27)] == "King's Day"
    assert {day.year for day, _ in found.dates} == {2026, 2027}
    assert (found.estimated, found.doubts) == ((), ())


def test_names_do_not_depend_on_the_language_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "nl")
    monkeypatch.setenv("LANG", "nl_NL.UTF-8")
    assert dict(holiday_dates("NL", first_year=2026, last_year=2026).dates)[date(2026, 4, 27)] == "King's Day"


def test_subdivisions_and_categories_add_holidays() -> None:
    whole = dict(holiday_dates("DE", first_year=2026, last_year=2026).dates)
    bavaria = dict(holiday_dates("DE", subdivision="BY", first_year=2026, last_year=2026).dates)
    assert date(2026, 1, 6) in bavaria.keys() - whole.keys()
    optional = holiday_dates("NL", categories=["public", "optional"], first_year=2026, last_year=2026)
    assert date(2026, 5, 5) in dict(optional.dates)
    assert date(2026, 5, 5) not in dict(holiday_dates("NL", first_year=2026, last_year=2026).dates)


@pytest.mark.parametrize(
    ("country", "more", "kind", "name", "suggestion"),
    [
        ("XX", {}, "country", "XX", None),
        ("nl", {}, "country", "nl", "NL"),
        ("Netherlands", {}, "country", "Netherlands", "NL"),
        ("HolidayBase", {}, "country", "HolidayBase", None),
        ("DE", {"subdivision": "Bayrn"}, "subdivision", "Bayrn", "Bayern"),
        ("NL", {"categories": ["publik"]}, "category", "publik", "public"),
    ],
)
def test_unknown_holidays(country: str, more: dict[str, str], kind: str, name: str, suggestion: str | None) -> None:
    with pytest.raises(UnknownHolidays, match=f"no {kind} `{name}`") as caught:
        holiday_dates(country, first_year=2026, last_year=2026, **more)
    assert (caught.value.kind, caught.value.suggestion) == (kind, suggestion)


def test_years_that_the_data_warns_about_are_listed_and_nothing_is_printed() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        doubts = holiday_dates("IN", first_year=1999, last_year=2037).doubts
    assert [(doubt.first_year, doubt.last_year) for doubt in doubts] == [(1999, 2000), (2036, 2037)]
    assert all("2001 to 2035" in doubt.why for doubt in doubts)


def test_years_that_the_data_does_not_have_are_listed() -> None:
    found = holiday_dates("NL", first_year=1900, last_year=2150)
    assert found.doubts == (
        Doubt(1900, 1965, "the `holidays` package knows 1966 to 2100"),
        Doubt(2101, 2150, "the `holidays` package knows 1966 to 2100"),
    )
    assert holiday_dates("NL", first_year=2150, last_year=2151).dates == ()


def test_dates_computed_from_the_moon_are_listed() -> None:
    found = holiday_dates("TR", first_year=2043, last_year=2043)
    assert date(2043, 9, 4) in found.estimated
    assert set(found.estimated) < {day for day, _ in found.dates}


def test_the_version_is_a_release() -> None:
    assert holidays_version()[0].isdigit()


def test_holidays_are_imported_only_when_asked_for() -> None:
    code = "import sys, sla_dsl.worktime; sys.exit(any(m in sys.modules for m in ('holidays', 'dateutil', 'numpy')))"
    subprocess.run([sys.executable, "-c", code], check=True)


# ------------------------------------------------------------------------------------------------- rules


@pytest.mark.parametrize(
    ("rule", "dates"),
    [
        ("FREQ=YEARLY;BYMONTH=8;BYDAY=-1MO", ["2026-08-31", "2027-08-30"]),
        ("FREQ=YEARLY;BYEASTER=1", ["2026-04-06", "2027-03-29"]),
        ("RRULE:FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24,31", ["2026-12-24", "2026-12-31", "2027-12-24", "2027-12-31"]),
        ("DTSTART=20251115;FREQ=MONTHLY;INTERVAL=7", ["2026-06-15", "2027-01-15", "2027-08-15"]),
        ("DTSTART=20260105;FREQ=DAILY;COUNT=2", ["2026-01-05", "2026-01-06"]),
        ("FREQ=YEARLY;BYYEARDAY=-1;UNTIL=20261231", ["2026-12-31"]),
    ],
)
def test_dates_of_a_rule(rule: str, dates: list[str]) -> None:
    assert [day.isoformat() for day in rule_dates(rule, first_year=2026, last_year=2027)] == dates


def test_a_rule_without_a_beginning_gives_the_same_dates_whatever_the_years() -> None:
    long = rule_dates("FREQ=WEEKLY;BYDAY=SA", first_year=2020, last_year=2030)
    assert rule_dates("FREQ=WEEKLY;BYDAY=SA", first_year=2026, last_year=2026) == tuple(
        day for day in long if day.year == 2026
    )


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ("", "is not understood"),
        ("every monday", "is not understood"),
        ("FREQ=YEARLY;FREQ=YEARLY", "is not understood"),
        ("BYDAY=MO", "needs FREQ"),
        ("FREQ=HOURLY;BYDAY=MO", "`HOURLY` is no value of FREQ"),
        ("FREQ=YEARLY;BYDAY=99MO", "`99MO` is no value of BYDAY"),
        ("FREQ=YEARLY;BYMONTHDAY=0", "`0` is no value of BYMONTHDAY"),
        ("FREQ=YEARLY;BYEASTER=999", "`999` is no value of BYEASTER"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "no such day"),
        ("FREQ=YEARLY;BYEASTER=0;BYDAY=MO", "do not go together"),
        ("FREQ=WEEKLY;BYDAY=1MO", "only in a month or a year"),
        ("FREQ=DAILY;BYSETPOS=2", "only in a month or a year"),
        ("FREQ=YEARLY", "does not say which day"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "add DTSTART"),
        ("FREQ=WEEKLY;COUNT=2;BYDAY=MO", "add DTSTART"),
        ("DTSTART=20261301;FREQ=YEARLY", "no date 20261301"),
        ("FREQ=YEARLY;BYMONTHDAY=1;UNTIL=20269999", "UNTIL"),
        ("DTSTART=20300101;FREQ=YEARLY", "names no date from 2026 to 2027"),
    ],
)
def test_rules_that_name_no_dates_are_refused(rule: str, says: str) -> None:
    with pytest.raises(BadRule, match=says) as caught:
        rule_dates(rule, first_year=2026, last_year=2027)
    assert caught.value.rule == rule
