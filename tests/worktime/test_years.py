"""T8 Pinned: the years a calendar covers bound what is asked and answered, and no search is endless."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from sla_dsl.worktime import Leaf, calendar_days, days_by, days_same_time, timetable, week, zone
from sla_dsl.worktime.errors import BadYears, NoOpenTime, OutsideYears
from tests.worktime.desk import AMSTERDAM, HOUR, OFFICE, at, leaf, table, wall

if TYPE_CHECKING:
    from collections.abc import Callable

    from sla_dsl.worktime import Timetable

DESK = timetable(OFFICE)  # 2020 to 2030
FIRST, END = at("2020-01-01 00:00"), at("2031-01-01 00:00")
ALWAYS = table({"mon-sun": "00:00-24:00"})


@pytest.mark.parametrize(
    "ask",
    [
        lambda desk: desk.is_open(END),
        lambda desk: desk.is_open(FIRST - 1),
        lambda desk: desk.next_open(END),
        lambda desk: desk.next_close(END),
        lambda desk: desk.add(END, 1),
        lambda desk: desk.add(FIRST - 1, HOUR),
        lambda desk: desk.add(END - 1, HOUR),
        lambda desk: desk.add(FIRST, -1),
        lambda desk: desk.add(END + 1, -HOUR),
        lambda desk: desk.add(END + 1, 0),
        lambda desk: desk.between(FIRST - 1, END),
        lambda desk: desk.between(FIRST, END + 1),
        lambda desk: desk.back_to_open(FIRST),
        lambda desk: desk.date_of(END),
        lambda desk: desk.local_date(END),
        lambda desk: desk.has_hours(date(2031, 1, 1)),
        lambda desk: desk.has_hours(date(2019, 12, 31)),
        lambda desk: desk.open_dates(date(2020, 1, 1), date(2031, 1, 1)),
        lambda desk: desk.nth_after(date(2030, 12, 31), 1),
        lambda desk: desk.nth_after(date(2020, 1, 1), -1),
        lambda desk: list(desk.stretches(FIRST, END + 1)),
        lambda desk: desk.closed_because(END),
        lambda desk: desk.windows_on(date(2031, 1, 1)),
        lambda desk: days_by(desk, at("2030-12-30 12:00"), 5, "close"),
        lambda desk: days_by(desk, at("2030-12-31 12:00"), 1, "close", anchor="the day after"),
        lambda desk: days_same_time(desk, at("2030-12-31 12:00"), 1),
        lambda desk: calendar_days(zone(AMSTERDAM), at("2030-12-31 12:00"), 1, rolled_to=desk),
    ],
)
def test_a_question_outside_the_years_is_an_error_that_says_so(ask: Callable[[Timetable], object]) -> None:
    with pytest.raises(OutsideYears, match="outside the years this calendar covers \\(2020 to 2030\\)") as caught:
        ask(DESK)
    assert (caught.value.first_year, caught.value.last_year) == (2020, 2030)


def test_both_years_are_covered_whole() -> None:
    assert DESK.is_open(at("2020-01-01 08:30"))
    assert DESK.is_open(at("2030-12-31 16:59"))
    assert not DESK.is_open(FIRST)
    assert not DESK.is_open(END - 1)


def test_the_midnight_that_ends_the_last_year_still_counts_as_an_end() -> None:
    assert ALWAYS.add(END - HOUR, HOUR) == END
    assert ALWAYS.add(END, -HOUR) == END - HOUR
    assert ALWAYS.add(END, 0) == END
    assert ALWAYS.between(END - HOUR, END) == HOUR
    assert days_by(ALWAYS, at("2030-12-30 12:00"), 1, "end of day").at == END
    assert days_by(ALWAYS, at("2030-12-30 12:00"), 1, "close").at == END


def test_a_stretch_that_runs_on_does_not_close_with_the_year() -> None:
    with pytest.raises(OutsideYears, match="next closing"):
        ALWAYS.next_close(END - HOUR)


def test_a_stretch_that_ends_with_the_year_closes() -> None:
    evening = table({"tue": "18:00-24:00"}, years=(2024, 2024))  # 2024-12-31 is a Tuesday
    assert wall(evening.next_close(at("2024-12-31 20:00"))) == "2025-01-01 00:00"


def test_a_night_reaches_in_from_the_year_before_and_out_into_the_year_after() -> None:
    night = table({"mon-sun": "22:00-06:00"})
    assert night.is_open(FIRST)
    assert night.date_of(FIRST) == date(2019, 12, 31)
    assert wall(night.next_close(FIRST)) == "2020-01-01 06:00"
    with pytest.raises(OutsideYears, match="closing"):
        night.close_of(date(2030, 12, 31))
    with pytest.raises(OutsideYears, match="next closing"):
        night.next_close(END - HOUR)
    with pytest.raises(OutsideYears, match="2019-12-31"):
        days_by(night, FIRST, 1, "close", side="from")


@pytest.mark.parametrize(
    "recipe",
    [
        leaf({}),
        leaf(
            {"mon-sun": "08:00-17:00"},
            years=(2024, 2024),
            closed=(str(date(2024, 1, 1) + timedelta(n)) for n in range(366)),
        ),
        leaf({}, hours_on={"2031-03-03": "08:00-12:00"}),
        leaf({}, hours_on={"2026-03-29": "02:00-03:00"}),  # in a gap
    ],
)
def test_a_calendar_that_is_never_open_is_an_error(recipe: Leaf) -> None:
    with pytest.raises(NoOpenTime):
        timetable(recipe).prepare()


def test_years_have_limits_and_an_order() -> None:
    weekly = week()
    with pytest.raises(BadYears, match="last year is before the first"):
        Leaf(zone="UTC", first_year=2030, last_year=2020, weekly=weekly)
    with pytest.raises(BadYears, match="1900 to 2200"):
        Leaf(zone="UTC", first_year=2030, last_year=2201, weekly=weekly)
    with pytest.raises(BadYears, match="1900 to 2200"):
        Leaf(zone="UTC", first_year=1, last_year=2020, weekly=weekly)


def test_the_widest_years_can_be_tabulated() -> None:
    wide = table({"mon-fri": "08:30-17:00"}, years=(1900, 2200), zone="America/New_York")
    assert wall(wide.next_open(at("2199-03-02 00:00", "America/New_York")), "America/New_York") == "2199-03-04 08:30"
