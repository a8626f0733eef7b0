"""T5 Days are never guessed: working days in every way of counting, and counted back (T6)."""

from __future__ import annotations

from datetime import date

import pytest

from sla_dsl.worktime import (
    Deadline,
    days_by,
    days_by_before,
    days_same_time,
    days_same_time_before,
    timetable,
)
from sla_dsl.worktime.errors import BadCount, NoHours
from tests.worktime.desk import OFFICE, at, table, wall

DESK = timetable(OFFICE)  # mon to fri 08:30 to 17:00; 2026-03-06 is a Friday
NIGHTS = table({"mon-fri": "22:00-06:00"})
ALWAYS = table({"mon-sun": "00:00-24:00"})
SIX_PM, NOON = 18 * 3600, 12 * 3600


# ------------------------------------------------------------------------------------------ same time


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        ("2026-03-06 15:00", 1, "2026-03-09 15:00"),
        ("2026-03-06 15:00", 3, "2026-03-11 15:00"),
        # A start while closed moves to the opening; a whole day from an opening ends at the closing before the next.
        ("2026-03-07 12:00", 1, "2026-03-09 17:00"),
        ("2026-03-09 08:30", 1, "2026-03-09 17:00"),
        ("2026-03-09 08:30", 2, "2026-03-10 17:00"),
        ("2026-03-09 08:30:00.000001", 1, "2026-03-10 08:30:00.000001"),
        ("2026-03-06 17:00", 1, "2026-03-09 17:00"),
    ],
)
def test_same_time(start: str, n: int, due: str) -> None:
    assert wall(days_same_time(DESK, at(start), n).at) == due


def test_same_time_on_a_day_that_closes_earlier_is_its_closing() -> None:
    desk = table({"mon-thu": "08:00-19:00", "fri": "08:00-15:30"})
    assert wall(days_same_time(desk, at("2026-03-05 17:00"), 1).at) == "2026-03-06 15:30"
    assert wall(days_same_time(desk, at("2026-03-05 15:30"), 1).at) == "2026-03-06 15:30"


def test_same_time_on_a_day_that_opens_later_is_the_closing_before() -> None:
    desk = table({"mon": "08:00-17:00", "tue": "10:00-17:00"})
    assert wall(days_same_time(desk, at("2026-03-09 09:00"), 1).at) == "2026-03-09 17:00"


def test_same_time_after_midnight_stays_with_the_date_of_its_window() -> None:
    assert wall(days_same_time(NIGHTS, at("2026-03-10 02:00"), 1).at) == "2026-03-11 02:00"
    # Friday's night, at two on Saturday: the next date with hours is Monday, and its two o'clock is on Tuesday.
    assert wall(days_same_time(NIGHTS, at("2026-03-07 02:00"), 1).at) == "2026-03-10 02:00"


def test_same_time_in_a_gap_is_the_end_of_the_gap_and_in_a_fold_the_first() -> None:
    assert days_same_time(ALWAYS, at("2026-03-28 02:30"), 1).at == at("2026-03-29T03:00+02:00")
    assert days_same_time(ALWAYS, at("2026-10-24 02:30"), 1).at == at("2026-10-25T02:30+02:00")


def test_same_time_counts_no_holidays() -> None:
    desk = table({"mon-fri": "08:30-17:00"}, holidays=["2026-03-09"])
    assert wall(days_same_time(desk, at("2026-03-06 15:00"), 1).at) == "2026-03-10 15:00"


# ---------------------------------------------------------------------------------------- by something


def test_after_the_start_date_the_next_open_date_is_day_one() -> None:
    assert days_by(DESK, at("2026-03-06 15:00"), 1, "close") == Deadline(at("2026-03-09 17:00"), date(2026, 3, 9))
    assert wall(days_by(DESK, at("2026-03-06 15:00"), 3, "close").at) == "2026-03-11 17:00"


def test_a_start_while_closed_is_not_moved() -> None:
    assert wall(days_by(DESK, at("2026-03-07 12:00"), 1, "close").at) == "2026-03-09 17:00"


def test_from_the_start_date_it_is_day_one_itself() -> None:
    assert wall(days_by(DESK, at("2026-03-06 15:00"), 1, "close", side="from").at) == "2026-03-06 17:00"
    assert wall(days_by(DESK, at("2026-03-06 15:00"), 2, "close", side="from").at) == "2026-03-09 17:00"


def test_from_the_start_date_unless_its_deadline_has_come() -> None:
    assert wall(days_by(DESK, at("2026-03-06 17:00"), 1, "close", side="from").at) == "2026-03-09 17:00"
    assert wall(days_by(DESK, at("2026-03-06 11:59"), 1, NOON, side="from").at) == "2026-03-06 12:00"
    assert wall(days_by(DESK, at("2026-03-06 12:00"), 1, NOON, side="from").at) == "2026-03-09 12:00"
    assert wall(days_by(DESK, at("2026-03-06 12:00"), 3, NOON, side="from").at) == "2026-03-11 12:00"


def test_from_a_start_date_without_hours_the_next_with_them_is_day_one() -> None:
    assert wall(days_by(DESK, at("2026-03-07 12:00"), 1, "close", side="from").at) == "2026-03-09 17:00"


@pytest.mark.parametrize(("side", "due"), [("from", "2026-03-06 17:00"), ("after", "2026-03-09 17:00")])
def test_the_day_after_as_anchor(side: str, due: str) -> None:
    thursday = at("2026-03-05 15:00")
    side_ = "from" if side == "from" else "after"
    assert wall(days_by(DESK, thursday, 1, "close", side=side_, anchor="the day after").at) == due


def test_by_end_of_day_is_strictly_before_the_next_date_and_reports_the_date() -> None:
    due = days_by(DESK, at("2026-03-06 15:00"), 1, "end of day")
    assert due == Deadline(at("2026-03-10 00:00"), date(2026, 3, 9), strict=True)


def test_by_end_of_day_before_a_skipped_date() -> None:
    apia = table({"mon-sun": "09:00-17:00"}, zone="Pacific/Apia", years=(2011, 2012))
    due = days_by(apia, at("2011-12-28 12:00", "Pacific/Apia"), 1, "end of day")
    assert (due.at, due.date) == (at("2011-12-31 00:00", "Pacific/Apia"), date(2011, 12, 29))
    assert days_by(apia, at("2011-12-28 12:00", "Pacific/Apia"), 2, "end of day").date == date(2011, 12, 31)


def test_by_a_time_of_day_reports_no_date() -> None:
    assert days_by(DESK, at("2026-03-06 15:00"), 1, NOON) == Deadline(at("2026-03-09 12:00"))


def test_by_a_time_of_day_in_a_gap_and_in_a_fold() -> None:
    half_past_two = 2 * 3600 + 1800
    assert days_by(ALWAYS, at("2026-03-28 12:00"), 1, half_past_two).at == at("2026-03-29T03:00+02:00")
    assert days_by(ALWAYS, at("2026-10-24 12:00"), 1, half_past_two).at == at("2026-10-25T02:30+02:00")


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2026-03-09 18:00", "2026-03-10 17:00"),
        ("2026-03-09 18:00:00.000001", "2026-03-11 17:00"),
        ("2026-03-06 19:00", "2026-03-09 17:00"),  # counts as Saturday, and Monday comes after it
    ],
)
def test_a_cut_off_moves_the_start_date(start: str, due: str) -> None:
    assert wall(days_by(DESK, at(start), 1, "close", cut_off=SIX_PM).at) == due


def test_a_cut_off_counts_hours_after_midnight_with_their_window() -> None:
    # Two o'clock on Tuesday, in Monday's night, is later than Monday's 18:00.
    assert wall(days_by(NIGHTS, at("2026-03-10 02:00"), 1, "close", cut_off=SIX_PM).at) == "2026-03-12 06:00"


def test_the_start_date_inside_an_overnight_window_is_that_of_the_window() -> None:
    assert days_by(NIGHTS, at("2026-03-10 02:00"), 1, "close") == Deadline(at("2026-03-11 06:00"), date(2026, 3, 10))
    assert days_by(NIGHTS, at("2026-03-10 02:00"), 1, "close", side="from").date == date(2026, 3, 9)


# ---------------------------------------------------------------------------------------- counted back


def test_days_before_an_event_do_not_count_its_date() -> None:
    monday = at("2026-03-09 10:00")
    assert days_by_before(DESK, monday, 1, "close") == Deadline(at("2026-03-06 17:00"), date(2026, 3, 6))
    assert days_by_before(DESK, monday, 5, "end of day").date == date(2026, 3, 2)


@pytest.mark.parametrize(
    ("event", "n", "due"),
    [
        ("2026-03-09 10:00", 1, "2026-03-06 10:00"),
        ("2026-03-08 12:00", 1, "2026-03-06 08:30"),  # Friday 17:00 less a day is Thursday 17:00: Friday's opening
        ("2026-03-09 08:30", 1, "2026-03-06 08:30"),
        ("2026-03-06 17:00", 1, "2026-03-06 08:30"),
    ],
)
def test_same_time_before_is_the_mirror_image_of_after(event: str, n: int, due: str) -> None:
    assert wall(days_same_time_before(DESK, at(event), n).at) == due


# ---------------------------------------------------------------------------------------------- errors


@pytest.mark.parametrize("n", [0, -1])
def test_a_number_of_days_is_at_least_one(n: int) -> None:
    with pytest.raises(BadCount, match="at least 1"):
        days_by(DESK, at("2026-03-06 15:00"), n, "close")
    with pytest.raises(BadCount, match="at least 1"):
        days_same_time(DESK, at("2026-03-06 15:00"), n)


def test_a_date_without_hours_has_no_closing() -> None:
    with pytest.raises(NoHours, match="2026-03-07 has no opening hours"):
        DESK.close_of(date(2026, 3, 7))


@pytest.mark.parametrize("second", [-1, 86_401])
def test_a_time_of_day_lies_within_the_day(second: int) -> None:
    with pytest.raises(BadCount, match="time of day"):
        days_by(DESK, at("2026-03-06 15:00"), 1, second)
    with pytest.raises(BadCount, match="time of day"):
        days_by(DESK, at("2026-03-06 15:00"), 1, "close", cut_off=second)
