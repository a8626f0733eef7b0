"""T3 Elapsed, T4 Due, T10 Arithmetic: adding and measuring open time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sla_dsl.worktime import Either, Except, Outside, Recipe, timetable
from tests.worktime.desk import HOUR, MINUTE, OFFICE, at, leaf, table, wall

NIGHT = leaf({"mon-fri": "22:00-06:00", "sun": "01:30-03:30"})
CALENDARS = [OFFICE, NIGHT, Either(OFFICE, NIGHT), Outside(OFFICE), Except(Outside(NIGHT), OFFICE)]
INSTANTS = st.integers(at("2021-01-01 00:00"), at("2029-12-31 00:00"))
LENGTHS = st.one_of(st.integers(0, 400 * HOUR), st.integers(0, 400).map(lambda n: n * 30 * MINUTE))


def test_a_budget_that_runs_out_at_closing_is_due_at_closing() -> None:
    assert wall(timetable(OFFICE).add(at("2026-03-06 15:00"), 2 * HOUR)) == "2026-03-06 17:00"


def test_a_microsecond_more_is_due_after_the_next_opening() -> None:
    assert wall(timetable(OFFICE).add(at("2026-03-06 15:00"), 2 * HOUR + 1)) == "2026-03-09 08:30:00.000001"


def test_a_clock_started_while_closed_begins_at_the_next_opening() -> None:
    assert wall(timetable(OFFICE).add(at("2026-03-07 12:00"), HOUR)) == "2026-03-09 09:30"


def test_nothing_added_is_due_at_the_start_even_while_closed() -> None:
    assert timetable(OFFICE).add(at("2026-03-07 12:00"), 0) == at("2026-03-07 12:00")


def test_a_night_with_a_gap_counts_the_hours_that_passed() -> None:
    always = table({"mon-sun": "00:00-24:00"})
    assert wall(always.add(at("2026-03-28 22:00"), 6 * HOUR)) == "2026-03-29 05:00"
    assert always.between(at("2026-10-24 22:00"), at("2026-10-25 05:00")) == 8 * HOUR


def test_taking_back_gives_the_latest_instant() -> None:
    office = timetable(OFFICE)
    assert wall(office.add(at("2026-03-09 09:30"), -HOUR)) == "2026-03-09 08:30"
    assert wall(office.add(at("2026-03-09 09:30"), -2 * HOUR)) == "2026-03-06 16:00"
    assert wall(office.add(at("2026-03-08 12:00"), -HOUR)) == "2026-03-06 16:00"


def test_between_is_negative_backward() -> None:
    monday, friday = at("2026-03-09 10:00"), at("2026-03-06 16:00")
    assert timetable(OFFICE).between(friday, monday) == 2 * HOUR + 30 * MINUTE
    assert timetable(OFFICE).between(monday, friday) == -2 * HOUR - 30 * MINUTE


def test_next_open_is_now_while_open() -> None:
    office = timetable(OFFICE)
    assert office.next_open(at("2026-03-06 08:30")) == at("2026-03-06 08:30")
    assert wall(office.next_open(at("2026-03-06 17:00"))) == "2026-03-09 08:30"


def test_next_close_is_that_of_the_next_stretch_while_closed() -> None:
    office = timetable(OFFICE)
    assert wall(office.next_close(at("2026-03-06 08:30"))) == "2026-03-06 17:00"
    assert wall(office.next_close(at("2026-03-06 17:00"))) == "2026-03-09 17:00"


def test_back_to_open_knows_an_opening_from_a_closing() -> None:
    office = timetable(OFFICE)
    assert wall(office.back_to_open(at("2026-03-09 08:30"))) == "2026-03-06 17:00"
    assert wall(office.back_to_open(at("2026-03-06 17:00"))) == "2026-03-06 17:00"
    assert wall(office.back_to_open(at("2026-03-06 12:00"))) == "2026-03-06 12:00"


@given(st.sampled_from(CALENDARS), INSTANTS, LENGTHS)
def test_what_was_added_lies_between(calendar: Recipe, t: int, length: int) -> None:
    answers = timetable(calendar)
    due = answers.add(t, length)
    assert answers.between(t, due) == length
    assert length == 0 or answers.between(t, due - 1) == length - 1


@given(st.sampled_from(CALENDARS), INSTANTS, LENGTHS)
def test_what_was_taken_back_lies_between(calendar: Recipe, t: int, length: int) -> None:
    answers = timetable(calendar)
    since = answers.add(t, -length)
    assert answers.between(since, t) == length
    assert length == 0 or answers.between(since + 1, t) == length - 1


@given(st.sampled_from(CALENDARS), INSTANTS, INSTANTS, INSTANTS)
def test_measures_add_up(calendar: Recipe, a: int, b: int, c: int) -> None:
    answers = timetable(calendar)
    assert answers.between(a, b) + answers.between(b, c) == answers.between(a, c)


@given(st.sampled_from(CALENDARS), INSTANTS)
def test_a_calendar_and_its_outside_share_all_time(calendar: Recipe, t: int) -> None:
    answers = timetable(calendar)
    others = timetable(Outside(calendar))
    assert answers.is_open(t) is not others.is_open(t)
    assert answers.between(t, t + 100 * HOUR) + others.between(t, t + 100 * HOUR) == 100 * HOUR


@given(st.sampled_from(CALENDARS), INSTANTS, LENGTHS)
def test_stretches_touch_and_agree_with_the_measure(calendar: Recipe, a: int, length: int) -> None:
    answers = timetable(calendar)
    b = a + length
    pieces = list(answers.stretches(a, b))
    assert [piece.end for piece in pieces[:-1]] == [piece.start for piece in pieces[1:]]
    assert sum(piece.end - piece.start for piece in pieces) == length
    assert sum(piece.end - piece.start for piece in pieces if piece.kind == "open") == answers.between(a, b)
    assert all(piece.start < piece.end for piece in pieces)
