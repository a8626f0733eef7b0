"""T6 Calendar days, weeks and months, rolling, and counting back from a planned event."""

from __future__ import annotations

from datetime import date

import pytest

from sla_dsl.worktime import Deadline, Unit, calendar_days, calendar_days_before, rolled, timetable, zone
from sla_dsl.worktime.errors import BadCount, BadInstant, OutsideYears
from tests.worktime.desk import AMSTERDAM, HOUR, OFFICE, at, table, wall

TZ = zone(AMSTERDAM)


def test_days_exclude_the_start_date_and_end_strictly_with_the_last() -> None:
    assert calendar_days(TZ, at("2026-03-06 15:00"), 2) == Deadline(
        at("2026-03-09 00:00"), date(2026, 3, 8), strict=True
    )


@pytest.mark.parametrize(
    ("start", "n", "unit", "last"),
    [
        ("2026-01-31 10:00", 1, "months", date(2026, 2, 28)),
        ("2028-01-31 10:00", 1, "months", date(2028, 2, 29)),
        ("2026-12-15 10:00", 3, "months", date(2027, 3, 15)),
        ("2026-03-06 10:00", 2, "weeks", date(2026, 3, 20)),
    ],
)
def test_weeks_and_months(start: str, n: int, unit: Unit, last: date) -> None:
    assert calendar_days(TZ, at(start), n, unit).date == last


def test_same_time_is_wall_time_and_reports_no_date() -> None:
    due = calendar_days(TZ, at("2026-03-28 15:00"), 1, same_time=True)
    assert due == Deadline(at("2026-03-29 15:00"))
    assert due.at - at("2026-03-28 15:00") == 23 * HOUR


def test_same_time_in_a_gap_and_in_a_fold() -> None:
    assert calendar_days(TZ, at("2026-03-28 02:30"), 1, same_time=True).at == at("2026-03-29T03:00+02:00")
    assert calendar_days(TZ, at("2026-10-24 02:30"), 1, same_time=True).at == at("2026-10-25T02:30+02:00")


def test_by_a_time_of_day() -> None:
    assert calendar_days(TZ, at("2026-03-06 15:00"), 1, by=12 * 3600) == Deadline(at("2026-03-07 12:00"))


def test_the_start_date_is_the_date_in_the_zone() -> None:
    half_past_eleven_utc = at("2026-03-06T23:30+00:00")
    assert calendar_days(TZ, half_past_eleven_utc, 1).date == date(2026, 3, 8)
    assert calendar_days(zone("UTC"), half_past_eleven_utc, 1).date == date(2026, 3, 7)


def test_end_of_a_day_before_a_midnight_that_does_not_exist() -> None:
    sao_paulo = "America/Sao_Paulo"
    due = calendar_days(zone(sao_paulo), at("2018-11-02 12:00", sao_paulo), 1)
    assert due.at == at("2018-11-04T01:00-02:00")


def test_a_cut_off_moves_the_start_date() -> None:
    assert calendar_days(TZ, at("2026-03-06 18:00"), 1, cut_off=18 * 3600).date == date(2026, 3, 7)
    assert calendar_days(TZ, at("2026-03-06 18:01"), 1, cut_off=18 * 3600).date == date(2026, 3, 8)


def test_rolled_moves_a_date_without_hours_to_the_next_with_them() -> None:
    office = timetable(OFFICE)
    assert calendar_days(TZ, at("2026-03-06 15:00"), 1, rolled_to=office).date == date(2026, 3, 9)
    assert calendar_days(TZ, at("2026-03-06 15:00"), 3, rolled_to=office).date == date(2026, 3, 9)
    assert wall(calendar_days(TZ, at("2026-03-06 15:00"), 1, same_time=True, rolled_to=office).at) == "2026-03-09 15:00"
    assert rolled(date(2026, 3, 7), office) == date(2026, 3, 9)


def test_nothing_rolls_unsaid() -> None:
    assert calendar_days(TZ, at("2026-03-06 15:00"), 1).date == date(2026, 3, 7)


def test_days_before_a_planned_event() -> None:
    event = at("2026-06-10 15:00")
    assert calendar_days_before(TZ, event, 5) == Deadline(at("2026-06-06 00:00"), date(2026, 6, 5), strict=True)
    assert calendar_days_before(TZ, event, 5, same_time=True) == Deadline(at("2026-06-05 15:00"))
    assert calendar_days_before(TZ, at("2026-03-31 15:00"), 1, "months").date == date(2026, 2, 28)


def test_hours_before_a_planned_event_are_taken_back() -> None:
    assert wall(at("2026-03-30 01:00") - 48 * HOUR) == "2026-03-28 00:00"  # elapsed, over a gap
    assert wall(timetable(OFFICE).add(at("2026-03-09 10:00"), -2 * HOUR)) == "2026-03-06 16:30"


def test_a_number_is_at_least_one() -> None:
    with pytest.raises(BadCount, match="at least 1"):
        calendar_days(TZ, at("2026-03-06 15:00"), 0)
    with pytest.raises(BadCount, match="at least 1"):
        calendar_days_before(TZ, at("2026-03-06 15:00"), 0)


@pytest.mark.parametrize(("n", "unit"), [(3_000_000, "days"), (10**9, "weeks"), (10**12, "days"), (100_000, "months")])
def test_beyond_the_year_9999_is_an_error(n: int, unit: Unit) -> None:
    with pytest.raises(BadInstant, match="years 1 to 9999"):
        calendar_days(TZ, at("2026-03-06 15:00"), n, unit)
    with pytest.raises(BadInstant, match="years 1 to 9999"):
        calendar_days_before(TZ, at("2026-03-06 15:00"), n, unit)


def test_a_calendar_that_never_opens_again_ends_the_rolling() -> None:
    once = table({}, hours_on={"2026-03-06": "08:00-12:00"}, years=(2026, 2026))
    with pytest.raises(OutsideYears, match="2026 to 2026"):
        calendar_days(TZ, at("2026-03-06 15:00"), 1, rolled_to=once)
