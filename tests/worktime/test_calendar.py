"""The public `Calendar`: what goes in, what comes out, and that it may be shared."""

from __future__ import annotations

import copy
import json
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from threading import Barrier
from typing import Any

import pytest

from sla_dsl.errors import SlaError
from sla_dsl.worktime import Calendar, Outside, zone
from sla_dsl.worktime.errors import (
    BadArgument,
    BadWindow,
    BadYears,
    ClosedWithHours,
    NaiveDatetime,
    NoOpenTime,
    OutsideYears,
    UnknownZone,
)
from sla_dsl.worktime.timetable import Timetable
from tests.worktime.desk import OFFICE

WEEK = {day: [("08:30", "17:00")] for day in ("mon", "tue", "wed", "thu", "fri")}
DESK = Calendar(
    timezone="Europe/Amsterdam",
    weekly=WEEK,
    closed=[date(2026, 4, 27)],
    hours_on={date(2026, 12, 24): [("08:30", "12:00")]},
    years=(2015, 2035),
)
FRIDAY = datetime(2026, 3, 6, 15, tzinfo=UTC)  # 16:00 in Amsterdam


class Odd(tzinfo):
    """A zone that does not know its offset."""

    def utcoffset(self, _dt: datetime | None, /) -> None:
        return None


def test_questions_and_answers() -> None:
    assert DESK.is_open(FRIDAY)
    assert DESK.add(FRIDAY, timedelta(hours=2)).isoformat() == "2026-03-09T09:30:00+01:00"
    assert DESK.add(FRIDAY, timedelta(hours=-8)).isoformat() == "2026-03-05T16:30:00+01:00"
    assert DESK.between(FRIDAY, FRIDAY + timedelta(days=3)) == timedelta(hours=8, minutes=30)
    assert DESK.between(FRIDAY + timedelta(days=3), FRIDAY) == -timedelta(hours=8, minutes=30)
    assert DESK.next_open(FRIDAY + timedelta(hours=2)).isoformat() == "2026-03-09T08:30:00+01:00"
    assert DESK.next_close(FRIDAY).isoformat() == "2026-03-06T17:00:00+01:00"


@pytest.mark.parametrize("length", [None, 1, 1.5, "1 hour"])
def test_a_length_is_a_timedelta(length: Any) -> None:
    with pytest.raises(BadArgument, match="must be a timedelta"):
        DESK.add(FRIDAY, length)


def test_closed_dates_and_hours_on_dates() -> None:
    assert not DESK.is_open(datetime(2026, 4, 27, 10, tzinfo=UTC))
    assert DESK.next_close(datetime(2026, 12, 24, 8, tzinfo=UTC)).isoformat() == "2026-12-24T12:00:00+01:00"


@pytest.mark.parametrize("there", [UTC, zone("America/New_York"), timezone(timedelta(hours=5, minutes=30))])
def test_datetimes_of_any_zone_name_the_same_instants(there: tzinfo) -> None:
    assert DESK.add(FRIDAY.astimezone(there), timedelta(hours=2)) == DESK.add(FRIDAY, timedelta(hours=2))


def test_two_datetimes_of_a_zone_whose_clock_changes_are_measured_as_elapsed() -> None:
    always = Calendar(timezone="UTC", weekly={day: [("00:00", "24:00")] for day in (*WEEK, "sat", "sun")})
    amsterdam = zone("Europe/Amsterdam")
    start, end = datetime(2026, 10, 25, 0, tzinfo=amsterdam), datetime(2026, 10, 25, 4, tzinfo=amsterdam)
    assert always.between(start, end) == timedelta(hours=5)
    first, second = (datetime(2026, 10, 25, 2, 30, tzinfo=amsterdam, fold=fold) for fold in (0, 1))
    assert always.between(first, second) == timedelta(hours=1)


def test_an_answer_in_a_fold_tells_which_one() -> None:
    night = Calendar(timezone="Europe/Amsterdam", weekly={"sun": [("02:00", "03:00")]})
    second = night.add(datetime(2026, 10, 25, 0, tzinfo=UTC), timedelta(minutes=90))
    assert (second.isoformat(), second.fold) == ("2026-10-25T02:30:00+01:00", 1)


@pytest.mark.parametrize("naive", [datetime(2026, 3, 6, 15), datetime(2026, 3, 6, 15, tzinfo=Odd())])
def test_naive_datetimes_are_refused(naive: datetime) -> None:
    for ask in (
        lambda: DESK.is_open(naive),
        lambda: DESK.add(naive, timedelta(hours=1)),
        lambda: DESK.between(FRIDAY, naive),
        lambda: DESK.next_open(naive),
        lambda: DESK.next_close(naive),
    ):
        with pytest.raises(NaiveDatetime, match="has no timezone"):
            ask()


@pytest.mark.parametrize("when", [datetime(2014, 12, 31, 12, tzinfo=UTC), datetime(9999, 12, 31, 23, tzinfo=UTC)])
def test_years_outside_the_calendar_are_refused(when: datetime) -> None:
    with pytest.raises(OutsideYears, match="2015 to 2035"):
        DESK.is_open(when)


def test_a_length_that_never_ends_is_refused() -> None:
    for length in (timedelta.max, timedelta.min):
        with pytest.raises(OutsideYears, match="2015 to 2035"):
            DESK.add(FRIDAY, length)


# ---------------------------------------------------------------------------------------------- arguments


def test_arguments_may_be_json() -> None:
    text = """{"timezone": "Europe/Amsterdam", "weekly": {"mon": [["08:30", "17:00"]], "tue": [["08:30", "17:00"]],
        "wed": [["08:30", "17:00"]], "thu": [["08:30", "17:00"]], "fri": [["08:30", "17:00"]]},
        "closed": ["2026-04-27"], "hours_on": {"2026-12-24": [["08:30", "12:00"]]}, "years": [2015, 2035]}"""
    assert Calendar(**json.loads(text)) == DESK


def test_arguments_may_be_times_of_day_and_named_closings() -> None:
    desk = Calendar(timezone="UTC", weekly={"mon": [(time(8, 30), time(17))]}, closed={date(2026, 3, 9): "inventory"})
    assert desk.timetable.closed_because(1_773_050_000_000_000) == "inventory"


@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        ({"timezone": "Europe/Amsterdm"}, UnknownZone, "did you mean `Europe/Amsterdam`"),
        ({"timezone": None}, BadArgument, "`timezone`"),
        ({"weekly": {}}, NoOpenTime, "no open time"),
        ({"weekly": {"mon": []}}, NoOpenTime, "no open time"),
        ({"weekly": {"monday": [("08:00", "12:00")]}}, BadArgument, "`monday` is no weekday; write `mon`"),
        ({"weekly": {"mon": [("08:00", "08:00")]}}, BadWindow, "ends where it starts"),
        ({"weekly": {"mon": [("08:00",)]}}, BadArgument, "windows like"),
        ({"weekly": {"mon": ["08:00", "12:00"]}}, BadArgument, "windows like"),
        ({"weekly": {"mon": "08:00"}}, BadArgument, "windows like"),
        ({"weekly": {"mon": [(8, 12)]}}, BadArgument, "time of day like"),
        ({"weekly": {"mon": [(time(8, tzinfo=UTC), time(12))]}}, BadArgument, "time of day like"),
        ({"weekly": [("08:00", "12:00")]}, BadArgument, "table of keys and values"),
        ({"closed": "2026-01-01"}, BadArgument, "list of dates"),
        ({"closed": ["2026-13-01"]}, BadArgument, "`2026-13-01` must be a date"),
        ({"closed": ["20260101"]}, BadArgument, "must be a date like"),
        ({"closed": [datetime(2026, 1, 1)]}, BadArgument, "must be a date like"),
        ({"closed": [20260101]}, BadArgument, "must be a date like"),
        ({"closed": ["2026-01-01"], "hours_on": {"2026-01-01": [("8:00", "9:00")]}}, BadWindow, "`8:00`"),
        ({"closed": ["2026-01-01"], "hours_on": {date(2026, 1, 1): []}}, ClosedWithHours, "2026-01-01"),
        ({"years": (2026,)}, BadArgument, "two years"),
        ({"years": ("2026", "2027")}, BadArgument, "two years"),
        ({"years": 2026}, BadArgument, "two years"),
        ({"years": (2027, 2026)}, BadYears, "before the first"),
        ({"years": (1, 9999)}, BadYears, "1900 to 2200"),
    ],
)
def test_arguments_that_make_no_calendar_are_refused(
    arguments: dict[str, Any], error: type[SlaError], says: str
) -> None:
    with pytest.raises(error, match=says) as caught:
        Calendar(**{"timezone": "UTC", "weekly": WEEK, **arguments})
    assert isinstance(caught.value, SlaError)


# ------------------------------------------------------------------------------------------------ values


def test_calendars_are_values() -> None:
    twin = Calendar(timezone="UTC", weekly={"mon": [("08:00", "12:00"), ("13:00", "17:00")]})
    other = Calendar(timezone="UTC", weekly={"mon": [("13:00", "17:00"), ("08:00", "12:00")]})
    assert twin == other
    assert hash(twin) == hash(other)
    assert twin != DESK
    assert repr(DESK) == "<Calendar in Europe/Amsterdam, 2015 to 2035>"
    with pytest.raises(AttributeError):
        DESK.timetable = twin.timetable  # pyright: ignore[reportAttributeAccessIssue]  # that is the point


def test_calendars_are_pickled_and_copied_before_and_after_their_first_question() -> None:
    for asked in (False, True):
        fresh = Calendar(timezone="Asia/Kathmandu", weekly=WEEK, years=(2020, 2021 + asked))
        if asked:
            fresh.is_open(datetime(2020, 6, 1, tzinfo=UTC))
        for twin in (pickle.loads(pickle.dumps(fresh)), copy.copy(fresh), copy.deepcopy(fresh)):
            assert twin == fresh
            assert twin.next_open(datetime(2020, 6, 1, tzinfo=UTC)) == fresh.next_open(datetime(2020, 6, 1, tzinfo=UTC))


def test_a_pickled_calendar_has_the_hash_of_the_process_that_reads_it() -> None:
    code = """if True:
        import pickle, sys
        from sla_dsl.worktime import Calendar
        found = pickle.loads(bytes.fromhex(sys.stdin.read()))
        same = Calendar(timezone="UTC", weekly={"mon": [("08:00", "12:00")]})
        assert found == same and hash(found) == hash(same) and found.timetable is same.timetable
    """
    calendar = Calendar(timezone="UTC", weekly={"mon": [("08:00", "12:00")]})
    assert isinstance(hash(calendar), int)
    subprocess.run([sys.executable, "-c", code], input=pickle.dumps(calendar).hex(), text=True, check=True)


def test_the_calendar_of_a_composition() -> None:
    outside = Calendar.of(Outside(OFFICE))
    assert outside.is_open(FRIDAY + timedelta(hours=2))
    assert not outside.is_open(FRIDAY)
    assert pickle.loads(pickle.dumps(outside)) == outside


def test_errors_are_pickled() -> None:
    for error in (
        OutsideYears("2036-01-01 lies", 2015, 2035),
        UnknownZone("Mars", None),
        BadArgument("years", "1", "must be two years"),
    ):
        twin = pickle.loads(pickle.dumps(error))
        assert (type(twin), str(twin)) == (type(error), str(error))


def test_threads_may_ask_the_first_question_together() -> None:
    for year in range(2000, 2010):
        table = Timetable(Calendar(timezone="UTC", weekly=WEEK, years=(year, year + 20)).timetable.recipe)
        barrier = Barrier(8)

        def ask(table: Timetable = table, barrier: Barrier = barrier) -> int:
            barrier.wait()
            return table.between(1_290_000_000_000_000, 1_300_000_000_000_000)

        with ThreadPoolExecutor(8) as pool:
            answers = {future.result() for future in [pool.submit(ask) for _ in range(8)]}
        assert len(answers) == 1
