"""T1 Open, T2 Overnight: which instants are open, by wall clock, also where clocks change."""

from __future__ import annotations

from datetime import date

import pytest

from sla_dsl.worktime import Leaf, WeekStretch, Window, timetable, week
from sla_dsl.worktime.errors import BadWindow
from tests.worktime.desk import HOUR, MINUTE, OFFICE, at, table, wall

LORD_HOWE, SAO_PAULO, APIA = "Australia/Lord_Howe", "America/Sao_Paulo", "Pacific/Apia"


@pytest.mark.parametrize(
    ("when", "is_open"),
    [
        ("2026-03-06 08:29", False),
        ("2026-03-06 08:30", True),
        ("2026-03-06 16:59", True),
        ("2026-03-06 17:00", False),
        ("2026-03-07 12:00", False),
    ],
)
def test_a_window_holds_its_start_and_not_its_end(when: str, is_open: bool) -> None:
    assert timetable(OFFICE).is_open(at(when)) is is_open


def test_a_window_inside_a_gap_has_no_time() -> None:
    night = table({"mon-sun": "02:00-03:00"})
    assert night.between(at("2026-03-29 00:00"), at("2026-03-30 00:00")) == 0
    assert not night.has_hours(date(2026, 3, 29))


def test_a_window_around_a_gap_lacks_what_the_gap_takes() -> None:
    night = table({"mon-sun": "01:30-03:30"})
    assert night.between(at("2026-03-29 00:00"), at("2026-03-30 00:00")) == HOUR


def test_a_window_that_is_a_whole_fold_runs_through_it() -> None:
    night = table({"mon-sun": "02:00-03:00"})
    assert night.between(at("2026-10-25 00:00"), at("2026-10-26 00:00")) == 2 * HOUR
    assert night.next_close(at("2026-10-25T02:00+02:00")) == at("2026-10-25T03:00+01:00")


def test_a_window_inside_a_fold_is_open_twice() -> None:
    night = table({"mon-sun": "02:00-02:30"})
    start, end = at("2026-10-25T02:00+02:00"), at("2026-10-25T02:30+01:00")
    assert night.between(start, end) == HOUR
    assert night.next_close(start) == at("2026-10-25T02:30+02:00")
    assert not night.is_open(at("2026-10-25T02:45+02:00"))
    assert night.next_open(at("2026-10-25T02:45+02:00")) == at("2026-10-25T02:00+01:00")
    assert night.close_of(date(2026, 10, 25)) == end


def test_a_shift_of_half_an_hour_lengthens_a_window_by_half_an_hour() -> None:
    night = table({"mon-sun": "01:00-02:00"}, zone=LORD_HOWE)
    assert night.between(at("2026-04-05 00:00", LORD_HOWE), at("2026-04-05 12:00", LORD_HOWE)) == 90 * MINUTE


def test_a_gap_at_midnight_shortens_the_date_that_begins_in_it() -> None:
    night = table({"mon-sun": "00:00-02:00"}, zone=SAO_PAULO, years=(2018, 2018))
    end_of_saturday = night.end_of_day(date(2018, 11, 3))
    assert end_of_saturday == at("2018-11-04T01:00-02:00")
    assert night.between(end_of_saturday, end_of_saturday + 20 * HOUR) == HOUR


def test_a_date_that_its_zone_skipped_has_no_time() -> None:
    day = table({"mon-sun": "09:00-17:00"}, zone=APIA, years=(2011, 2012))
    assert day.open_dates(date(2011, 12, 29), date(2011, 12, 31)) == [date(2011, 12, 29), date(2011, 12, 31)]
    assert day.between(at("2011-12-29 00:00", APIA), at("2011-12-31 23:00", APIA)) == 16 * HOUR


def test_a_night_that_would_begin_on_a_skipped_date_does_not_take_place() -> None:
    night = table({"mon-sun": "22:00-06:00"}, zone=APIA, years=(2011, 2012))
    assert night.is_open(at("2011-12-29 23:00", APIA))
    assert not night.is_open(at("2011-12-31 02:00", APIA))
    assert night.date_of(at("2011-12-31 02:00", APIA)) == date(2011, 12, 31)


def test_windows_of_a_date_are_united() -> None:
    desk = table({"mon": "08:00-12:00 12:00-15:00 14:00-17:00"})
    assert wall(desk.next_close(at("2026-03-09 09:00"))) == "2026-03-09 17:00"
    assert wall(desk.back_to_open(at("2026-03-09 12:00"))) == "2026-03-09 12:00"


def test_a_day_to_24_00_and_the_next_from_00_00_are_one_stretch() -> None:
    desk = table({"fri": "17:00-24:00", "sat": "00:00-02:00"})
    assert wall(desk.next_close(at("2026-03-06 18:00"))) == "2026-03-07 02:00"
    assert wall(desk.close_of(date(2026, 3, 6))) == "2026-03-07 00:00"


def test_an_overnight_window_belongs_to_the_date_on_which_it_starts() -> None:
    night = table({"mon-fri": "22:00-06:00"})
    assert night.is_open(at("2026-03-07 05:59"))  # Saturday morning, of Friday
    assert night.date_of(at("2026-03-07 05:59")) == date(2026, 3, 6)
    assert night.date_of(at("2026-03-07 06:00")) == date(2026, 3, 7)
    assert not night.has_hours(date(2026, 3, 7))
    assert wall(night.close_of(date(2026, 3, 6))) == "2026-03-07 06:00"


def test_a_holiday_takes_the_whole_night_that_starts_on_it_and_none_other() -> None:
    night = table({"mon-fri": "22:00-06:00"}, holidays=["2026-03-05"])  # a Thursday
    assert night.is_open(at("2026-03-05 05:00"))
    assert not night.is_open(at("2026-03-05 23:00"))
    assert not night.is_open(at("2026-03-06 05:00"))
    assert night.is_open(at("2026-03-06 23:00"))


def test_a_stretch_of_the_week_is_cut_at_midnight() -> None:
    weekly = week(stretches=[WeekStretch(6, 14 * 3600, 4, 17 * 3600)])
    desk = timetable(
        Leaf(zone="UTC", first_year=2026, last_year=2026, weekly=weekly, closed={date(2026, 3, 4): "closed"})
    )
    assert wall(desk.next_open(at("2026-03-07 12:00", "UTC")), "UTC") == "2026-03-08 14:00"
    assert wall(desk.next_close(at("2026-03-08 15:00", "UTC")), "UTC") == "2026-03-13 17:00"
    assert wall(desk.next_close(at("2026-03-02 15:00", "UTC")), "UTC") == "2026-03-04 00:00"
    assert wall(desk.next_open(at("2026-03-04 15:00", "UTC")), "UTC") == "2026-03-05 00:00"
    assert desk.date_of(at("2026-03-03 01:00", "UTC")) == date(2026, 3, 3)


@pytest.mark.parametrize(
    ("first", "last", "hours"), [((0, 8), (0, 17), 9), ((0, 17), (0, 8), 7 * 24 - 9), ((6, 22), (0, 6), 8)]
)
def test_how_long_a_stretch_of_the_week_is(first: tuple[int, int], last: tuple[int, int], hours: int) -> None:
    pieces = WeekStretch(first[0], first[1] * 3600, last[0], last[1] * 3600).pieces()
    assert sum(window.end - window.start for _, window in pieces) == hours * 3600


@pytest.mark.parametrize(
    ("start", "end", "says"),
    [
        ("08:00", "08:00", "ends where it starts"),
        ("00:00", "00:00", "write `00:00 to 24:00`"),
        ("24:00", "02:00", "`24:00` is an end"),
        ("8:00", "12:00", "write a time of day like `08:30`"),
        ("08:00", "24:01", "at most `24:00`"),
        ("08:60", "12:00", "write a time of day like `08:30`"),
        ("\u0660\u0668:\u0660\u0660", "12:00", "write a time of day like `08:30`"),
    ],
)
def test_what_is_no_window_is_refused(start: str, end: str, says: str) -> None:
    with pytest.raises(BadWindow, match=says):
        Window.of(start, end)


@pytest.mark.parametrize(("start", "end"), [(-1, 3600), (86400, 90000), (3600, 3600), (3600, 90000), (3600, 90001)])
def test_numbers_that_are_no_window_are_refused(start: int, end: int) -> None:
    with pytest.raises(BadWindow):
        Window(start, end)


def test_a_stretch_that_ends_where_it_starts_is_refused() -> None:
    with pytest.raises(BadWindow, match="ends where it starts"):
        week(stretches=[WeekStretch(0, 3600, 0, 3600)])
