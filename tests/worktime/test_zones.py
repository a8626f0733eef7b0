"""Zones and clock changes: always from the `tzdata` package (T8, T9)."""

from __future__ import annotations

import copy
import pickle
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from sla_dsl.worktime import from_micros, tzdata_version, zone, zone_names
from sla_dsl.worktime.errors import UnknownZone
from sla_dsl.worktime.offsets import offsets
from tests.worktime.desk import HOUR

MICROSECOND = timedelta(microseconds=1)


def test_zones_do_not_come_from_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zoneinfo.TZPATH", ())
    zone.cache_clear()
    assert datetime(2026, 7, 1, tzinfo=zone("Europe/Amsterdam")).utcoffset() == timedelta(hours=2)


def test_the_same_name_gives_the_same_zone() -> None:
    assert zone("Europe/Amsterdam") is zone("Europe/Amsterdam")
    assert zone("UTC") is UTC


@pytest.mark.parametrize("name", ["Europe/Amsterdam", "UTC", "UTC+05:30", "UTC-05:00"])
def test_zones_are_pickled_and_copied_with_their_datetimes(name: str) -> None:
    there = zone(name)
    when = datetime(2026, 3, 29, 12, tzinfo=there)
    for twin in (pickle.loads(pickle.dumps(when)), copy.copy(when), copy.deepcopy(when)):
        assert twin == when
        assert str(twin.tzinfo) == name
    assert pickle.loads(pickle.dumps(there)) == copy.deepcopy(there) == copy.copy(there) == there


@pytest.mark.parametrize(
    ("name", "hours"), [("UTC+05:30", 5.5), ("UTC-05:00", -5), ("UTC-00:30", -0.5), ("UTC+00:00", 0)]
)
def test_fixed_offsets(name: str, hours: float) -> None:
    assert zone(name).utcoffset(datetime(2026, 1, 1)) == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [
        ("Europe/Amsterdm", "Europe/Amsterdam"),
        ("europe/amsterdam", "Europe/Amsterdam"),
        ("UTC+5:30", None),
        ("UTC+24:00", None),
        ("UTC+05:60", None),
        ("", None),
        ("../../../etc/passwd", None),
        ("Europe/../Europe/Amsterdam", "Europe/Amsterdam"),
        ("/etc/localtime", None),
        ("posixrules/", None),
        ("x" * 100_000, None),
    ],
)
def test_other_names_are_unknown(name: str, suggestion: str | None) -> None:
    with pytest.raises(UnknownZone, match="unknown timezone") as caught:
        zone(name)
    assert (caught.value.name, caught.value.suggestion) == (name, suggestion)


def test_the_version_of_the_zone_data_is_a_release() -> None:
    assert tzdata_version()[:4].isdigit()


@pytest.mark.parametrize("first_year", [1970, 2026, 2040])
def test_clock_changes_of_all_zones_agree_with_the_zones_day_by_day(first_year: int) -> None:
    """The rules for years to come are probed at intervals, and none has a change too short for that."""
    days = [datetime(first_year, 1, 1, 12, tzinfo=UTC) + timedelta(n) for n in range(3 * 365)]
    for name in zone_names():
        there, clock = zone(name), offsets(name, first_year, first_year + 2)
        for day in days[::5]:
            t = (day - datetime(1970, 1, 1, tzinfo=UTC)) // MICROSECOND
            assert clock.at(t) * MICROSECOND == day.astimezone(there).utcoffset(), (name, day)


def test_wall_times_at_clock_changes_are_in_order_in_all_zones() -> None:
    """Searching among them relies on it."""
    for name in zone_names():
        clock = offsets(name, 1901, 2040)
        assert all(a < b for a, b in pairwise(clock.wall_ends)), name
        assert all(a < b for a, b in pairwise(clock.changes)), name


def test_a_change_is_found_to_the_second() -> None:
    clock = offsets("Europe/Amsterdam", 2050, 2050)
    for change in clock.changes:
        before, after = (from_micros(t, zone("Europe/Amsterdam")).utcoffset() for t in (change - 1, change))
        assert before != after


def test_spans_are_none_in_a_gap_and_two_around_a_fold() -> None:
    clock = offsets("Europe/Amsterdam", 2026, 2026)
    gap = clock.local(clock.changes[2] - 1) + 1
    fold = clock.local(clock.changes[3])
    assert list(clock.spans(gap, gap + HOUR)) == []
    assert [end - start for start, end in clock.spans(fold, fold + HOUR // 2)] == [HOUR // 2, HOUR // 2]
