"""Times as logs write them, and patterns that cannot be."""

from __future__ import annotations

import pytest

from sla_dsl.policy.logs.mapping import Times
from sla_dsl.policy.logs.patterns import BadPattern, Pattern
from sla_dsl.policy.logs.times import UnreadableTime, day, instant
from sla_dsl.worktime import format_instant, zone

LISBON = "Europe/Lisbon"


@pytest.mark.parametrize(
    ("pattern", "text", "wanted"),
    [
        ("%d/%m/%Y %H:%M", "29/2/2016 01:16", "2016-02-29T01:16:00+00:00"),
        ("%d/%m/%Y %H:%M", "  9/07/2016   8:05 ", "2016-07-09T07:05:00+00:00"),
        ("%m/%d/%y %I:%M:%S %p", "7/9/16 12:05:59 AM", "2016-07-08T23:05:59+00:00"),
        ("%m/%d/%y %I:%M:%S %p", "1/9/16 12:05:59 p.m.", "2016-01-09T12:05:59+00:00"),
        ("%d-%b-%Y %H.%M", "01-JAN-1999 00.00", "1999-01-01T00:00:00+00:00"),
        ("%d %b %y %H:%M", "1 sept 69 00:00", "1969-08-31T23:00:00+00:00"),
        ("%A, %d %B %Y at %H:%M", "Friday, 4 March 2016 at 15:00", "2016-03-04T15:00:00+00:00"),
        ("%Y-%m-%d %H:%M:%S.%f", "2016-01-01 00:00:00.5", "2016-01-01T00:00:00.500000+00:00"),
        ("%Y-%m-%dT%H:%M:%S%z", "2016-01-01T00:00:00-0530", "2016-01-01T05:30:00+00:00"),
        ("%Y-%m-%dT%H:%M:%S%z", "2016-07-01T00:00:00Z", "2016-07-01T00:00:00+00:00"),
        ("%d%%%m %Y %H:%M", "1%2 2016 00:00", "2016-02-01T00:00:00+00:00"),
    ],
)
def test_times_are_read_as_the_pattern_says(pattern: str, text: str, wanted: str) -> None:
    assert format_instant(instant(Times((pattern,), LISBON), text)) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "31/02/2016 10:00",
        "01/13/2016 10:00",
        "1/1/2016 24:00",
        "1/1/2016",
        "?",
        "",
        "1/1/2016 10:00:00",
        "1/1/16 10:00",
    ],
)
def test_what_is_not_so_written_is_told(text: str) -> None:
    with pytest.raises(UnreadableTime, match=r"is no time written as `%d/%m/%Y %H:%M`"):
        instant(Times(("%d/%m/%Y %H:%M",), LISBON), text)


def test_patterns_are_tried_in_turn() -> None:
    times = Times(("%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M"), "UTC")
    assert instant(times, "1/1/1970 00:00:01") == 1_000_000
    assert instant(times, "1/1/1970 00:01") == 60_000_000


def test_the_usual_form_may_leave_the_zone_to_the_mapping() -> None:
    assert instant(Times((), "Europe/Amsterdam"), "1970-01-01 01:00:00.000001") == 1
    assert instant(Times((), "Europe/Amsterdam"), "1970-01-01T00:00Z") == 0
    assert instant(Times(), "1970-01-01T00:00:00Z") == 0
    with pytest.raises(UnreadableTime, match="without a zone"):
        instant(Times(), "1970-01-01T00:00:00")
    with pytest.raises(UnreadableTime, match="is no time such as"):
        instant(Times((), LISBON), "1/1/1970 00:00")


def test_a_wall_time_in_a_gap_is_its_end_and_in_a_fold_the_first() -> None:
    times = Times(("%Y-%m-%d %H:%M",), "Europe/Amsterdam")
    assert format_instant(instant(times, "2026-03-29 02:30")) == "2026-03-29T01:00:00+00:00"
    assert format_instant(instant(times, "2026-10-25 02:30")) == "2026-10-25T00:30:00+00:00"
    assert format_instant(instant(times, "2026-10-25 02:30"), zone("Europe/Amsterdam")).endswith("+02:00")


def test_dates() -> None:
    assert day(Times(("%d.%m.%Y", "%d.%m.%Y %H:%M")), "31.12.2016 08:00").isoformat() == "2016-12-31"
    assert day(Times(), "2016-12-31").isoformat() == "2016-12-31"
    with pytest.raises(UnreadableTime, match="no date"):
        day(Times(), "31.12.2016")


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("%q/%m/%Y", "no sign `%q`"),
        ("dd/mm/yyyy", "it has no signs"),
        ("%d/%d/%Y", "the day twice"),
        ("%Y %y", "short year and year"),
        ("%H %I %p", "half hour and hour"),
        ("%I:%M", "%I needs %p"),
        ("%H:%M %p", "%p goes with %I"),
        ("%d/%m/%Y %", "no sign `%`"),
    ],
)
def test_what_is_no_pattern_is_told(pattern: str, problem: str) -> None:
    with pytest.raises(BadPattern) as told:
        Pattern.of(pattern)
    assert problem in str(told.value)


@pytest.mark.parametrize(
    ("pattern", "lacking"),
    [
        ("%m/%Y %H:%M", "a day (%d)"),
        ("%d/%m %H:%M", "a year (%Y)"),
        ("%d/%m/%Y", "an hour (%H) and a minute (%M)"),
        ("%H", "a year (%Y) and a month (%m) and a day (%d) and a minute (%M)"),
    ],
)
def test_what_a_pattern_lacks_is_told(pattern: str, lacking: str) -> None:
    with pytest.raises(BadPattern) as told:
        Pattern.of(pattern).check_whole()
    assert str(told.value) == f"`{pattern}` is no pattern of times: it lacks {lacking}"


def test_a_date_needs_no_time() -> None:
    Pattern.of("%d/%m/%Y").check_whole(time=False)
    assert not Pattern.of("%d/%m/%Y").has_time
    assert Pattern.of("%d/%m/%Y %H:%M%z").has_offset
