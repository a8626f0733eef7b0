"""T3: instants are exact, and what is not one is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sla_dsl.worktime import (
    delta_to_micros,
    format_instant,
    from_micros,
    parse_instant,
    to_micros,
    wall_instant,
    wall_kind,
    zone,
)
from sla_dsl.worktime.errors import BadInstant, NaiveDatetime
from sla_dsl.worktime.offsets import offsets
from tests.worktime.desk import HOUR

AMSTERDAM = zone("Europe/Amsterdam")
CHANGING = [
    "Europe/Amsterdam", "Australia/Lord_Howe", "America/Sao_Paulo", "Pacific/Apia", "America/St_Johns",
    "Africa/Casablanca", "Antarctica/Troll", "Asia/Kathmandu",
]  # fmt: skip


@given(st.datetimes(timezones=st.sampled_from([UTC, AMSTERDAM, timezone(timedelta(hours=-5))])))
def test_microseconds_and_back(when: datetime) -> None:
    if when.year in {1, 9999}:
        return
    assert from_micros(to_micros(when), UTC) == when.astimezone(UTC)


@given(st.integers(-(2**55), 2**55), st.sampled_from(["UTC", "Europe/Amsterdam", "Pacific/Apia", "UTC-05:30"]))
def test_whole_seconds_are_the_same_instants_as_all_others(seconds: int, name: str) -> None:
    t = seconds // 1_000_000 * 1_000_000
    whole, after = from_micros(t, zone(name)), from_micros(t + 1, zone(name))
    assert (whole.replace(microsecond=1), whole.fold) == (after, after.fold)


def test_two_datetimes_of_one_zone_are_an_elapsed_time_apart() -> None:
    before, after = datetime(2026, 3, 29, 1, tzinfo=AMSTERDAM), datetime(2026, 3, 29, 4, tzinfo=AMSTERDAM)
    assert after - before == timedelta(hours=3)  # what Python says
    assert to_micros(after) - to_micros(before) == 2 * HOUR


@pytest.mark.parametrize(
    ("text", "micros"),
    [
        ("1970-01-01T00:00:00Z", 0),
        ("1970-01-01t00:00:00z", 0),
        ("1970-01-01 01:00:00+01:00", 0),
        ("1970-01-01T00:00Z", 0),
        ("1970-01-01T00:00:00.5Z", 500_000),
        ("1970-01-01T00:00:00.000001Z", 1),
        ("1969-12-31T23:59:59.999999-00:00", -1),
        ("2026-03-06T15:00:00+01:00", 1_772_805_600_000_000),
    ],
)
def test_rfc_3339(text: str, micros: int) -> None:
    assert parse_instant(text) == micros


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("1970-01-01T00:00:00.0000001Z", "more than six digits"),
        ("1970-01-01T00:00:00.1234560Z", "more than six digits"),
        ("2026-02-29T00:00:00Z", "no such date"),
        ("2026-01-01T24:00:00Z", "no such date or time"),
        ("2026-01-01T23:59:60Z", "no such date or time"),
        ("2026-01-01T00:00:00+24:00", "no such date or time"),
        ("0000-01-01T00:00:00Z", "no such date"),
        ("0001-01-01T00:00:00+01:00", None),
        ("2026-01-01", "write it like"),
        ("20260101T000000Z", "write it like"),
        ("2026-01-01T00:00:00,5Z", "write it like"),
        ("2026-01-01T00:00:00+0100", "write it like"),
        ("2026-01-01T00:00:00+01:60", "write it like"),
        (" 2026-01-01T00:00:00Z", "write it like"),
        ("2026-01-01T00:00:00Z\n", "write it like"),
        ("\u0662\u0660\u0662\u0666-01-01T00:00:00Z", "write it like"),
        ("", "write it like"),
        ("tomorrow", "write it like"),
    ],
)
def test_other_texts_are_refused(text: str, says: str | None) -> None:
    if says is None:
        assert parse_instant(text) < 0  # an hour before the year 1 in UTC is still an integer
        return
    with pytest.raises(BadInstant, match=says):
        parse_instant(text)


@pytest.mark.parametrize("text", ["2026-01-01T00:00:00", "2026-01-01 00:00"])
def test_a_text_without_an_offset_is_refused(text: str) -> None:
    with pytest.raises(NaiveDatetime, match="has no timezone"):
        parse_instant(text)


def test_a_naive_datetime_is_refused() -> None:
    with pytest.raises(NaiveDatetime, match="2026-01-01 00:00:00"):
        to_micros(datetime(2026, 1, 1))


@given(st.integers(-60_000_000_000_000_000, 200_000_000_000_000_000), st.sampled_from(CHANGING))
def test_what_is_formatted_can_be_parsed(t: int, name: str) -> None:
    assert parse_instant(format_instant(t, zone(name))) == t


def test_instants_are_formatted_in_their_zone() -> None:
    t = parse_instant("2026-07-01T12:00:00Z")
    assert format_instant(t, AMSTERDAM) == "2026-07-01T14:00:00+02:00"
    assert format_instant(t + 1, zone("UTC-05:00")) == "2026-07-01T07:00:00.000001-05:00"


def test_beyond_the_years_of_a_datetime_is_an_error() -> None:
    for t in (10**18, -(10**18), 10**30):
        with pytest.raises(BadInstant, match="years 1 to 9999"):
            from_micros(t)
    with pytest.raises(BadInstant, match="years 1 to 9999"):
        from_micros(to_micros(datetime(9999, 12, 31, 23, 30, tzinfo=UTC)), AMSTERDAM)


def test_lengths_are_exact() -> None:
    assert delta_to_micros(timedelta(days=-1, microseconds=1)) == -86_399_999_999


@pytest.mark.parametrize(
    ("wall", "kind", "instant"),
    [
        ("2026-03-29 01:59", "plain", "2026-03-29T01:59:00+01:00"),
        ("2026-03-29 02:00", "gap", "2026-03-29T03:00:00+02:00"),
        ("2026-03-29 02:59:59", "gap", "2026-03-29T03:00:00+02:00"),
        ("2026-03-29 03:00", "plain", "2026-03-29T03:00:00+02:00"),
        ("2026-10-25 02:00", "fold", "2026-10-25T02:00:00+02:00"),
        ("2026-10-25 02:59", "fold", "2026-10-25T02:59:00+02:00"),
        ("2026-10-25 03:00", "plain", "2026-10-25T03:00:00+01:00"),
    ],
)
def test_wall_times(wall: str, kind: str, instant: str) -> None:
    when = datetime.fromisoformat(wall)
    assert wall_kind(when, AMSTERDAM) == kind
    assert wall_instant(when, AMSTERDAM) == parse_instant(instant)


def test_a_whole_date_may_be_a_gap() -> None:
    apia = zone("Pacific/Apia")
    assert wall_kind(datetime(2011, 12, 30, 12), apia) == "gap"
    assert format_instant(wall_instant(datetime(2011, 12, 30, 12), apia), apia) == "2011-12-31T00:00:00+14:00"


@given(st.sampled_from(CHANGING), st.datetimes(datetime(1971, 1, 1), datetime(2060, 1, 1)))
def test_both_ways_from_wall_time_agree(name: str, wall: datetime) -> None:
    since = (wall - datetime(1970, 1, 1)) // timedelta(microseconds=1)
    assert wall_instant(wall, zone(name)) == offsets(name, wall.year, wall.year).instant(since)


@pytest.mark.parametrize("name", CHANGING)
def test_both_ways_agree_at_every_clock_change(name: str) -> None:
    clock = offsets(name, 1975, 2040)
    for end in clock.wall_ends:
        for wall in (end - HOUR, end - 1, end, end + 1, end + HOUR // 2, end + HOUR):
            naive = datetime(1970, 1, 1) + timedelta(microseconds=wall)
            assert wall_instant(naive, zone(name)) == clock.instant(wall), naive
