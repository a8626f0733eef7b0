"""What is finer than a microsecond is refused, never dropped (T3): datetimes and lengths as pandas has them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

import sla_dsl
from sla_dsl import Calendar
from sla_dsl.worktime.errors import BadArgument, BadInstant

DESK = Calendar(timezone="Europe/Amsterdam", weekly={"mon": [("09:00", "17:00")], "fri": [("09:00", "17:00")]})
FRIDAY = datetime(2026, 3, 6, 14, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Stamp(datetime):
    """A datetime with nanoseconds, as `pandas.Timestamp` is one."""

    nanosecond = 0


class Span(timedelta):
    """A length with nanoseconds, as `pandas.Timedelta` is one."""

    nanoseconds = 0


def stamp(nanosecond: int) -> Stamp:
    made = Stamp(2026, 3, 6, 14, tzinfo=UTC)
    made.nanosecond = nanosecond
    return made


def span(nanoseconds: int) -> Span:
    made = Span(hours=1)
    made.nanoseconds = nanoseconds
    return made


def test_whole_microseconds_are_as_good_as_any():
    assert DESK.add(stamp(0), span(0)) == DESK.add(FRIDAY, HOUR)


@pytest.mark.parametrize("method", ["is_open", "next_open", "next_close"])
def test_an_instant_with_nanoseconds_is_refused(method: str):
    with pytest.raises(BadInstant, match="finer than a microsecond"):
        getattr(DESK, method)(stamp(1))


def test_a_length_with_nanoseconds_is_refused():
    with pytest.raises(BadArgument, match="finer than a microsecond"):
        DESK.add(FRIDAY, span(999))
    with pytest.raises(BadInstant, match="finer than a microsecond"):
        DESK.add(stamp(999), HOUR)
    with pytest.raises(BadInstant, match="finer than a microsecond"):
        DESK.between(FRIDAY, stamp(1))


@pytest.mark.parametrize("ask", [lambda policy, when: policy.due("response", priority="p1", created=when)])
def test_questions_refuse_them_too(ask: Any):
    with pytest.raises(BadInstant, match="finer than a microsecond"):
        ask(sla_dsl.shipped("cloudcti"), stamp(1))
