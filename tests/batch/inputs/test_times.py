"""Times of many rows at once are those of single texts (T5, T9)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sla_dsl import SlaError
from sla_dsl.batch.inputs.columns import NONE
from sla_dsl.batch.inputs.spelling import RFC_3339, program_of, walls_of
from sla_dsl.batch.inputs.times import TimeReader
from sla_dsl.batch.inputs.walls import LocalClock
from sla_dsl.policy.logs.mapping import TimeColumn, Times
from sla_dsl.policy.logs.times import instant
from sla_dsl.worktime import to_micros
from sla_dsl.worktime.instants import wall_instant
from sla_dsl.worktime.zones import zone

ZONES = "Europe/Amsterdam Australia/Lord_Howe America/Sao_Paulo Pacific/Apia UTC UTC-05:00 Africa/Cairo".split()
PATTERNS = [
    "%d/%m/%Y %H:%M",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S.%f%z",
    "%m/%d/%y %I:%M %p",
    "%d-%b-%Y %H:%M:%S",
    "%d %B %Y %H:%M",
    "%a %d.%m.%Y %H:%M",
    "%Y%m%d%H%M%S",
    "%H:%M %d.%m.%Y",
]
MOMENTS = st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31))


def one_by_one(times: Times, text: str | None) -> int | str:
    if text is None or not text.strip():
        return NONE
    try:
        return instant(times, text)
    except SlaError as error:
        return str(error)


def all_at_once(times: Times, texts: list[str | None]) -> list[int | str]:
    at, problems = TimeReader(TimeColumn("at", times), frozenset({""})).read(pa.array(texts, pa.string()))
    found: list[int | str] = at.tolist()
    for row, why in problems:
        assert found[row] == NONE
        found[row] = why
    return found


@st.composite
def written(draw: Any, pattern: str) -> str:
    """A time as the pattern writes it, perhaps without leading zeros or with something wrong."""
    text = draw(MOMENTS).replace(tzinfo=UTC).strftime(pattern)
    if draw(st.booleans()):
        text = text.replace("/0", "/").replace(" 0", " ").removeprefix("0")
    if draw(st.integers(0, 5)) == 0:
        at = draw(st.integers(0, len(text)))
        text = (
            text[:at]
            + draw(st.text("0123456789/-: TzZ+apm\u0661ä\0", max_size=3))
            + text[at + draw(st.integers(0, 2)) :]
        )
    return draw(st.sampled_from(["", " "])) + text


@settings(max_examples=40, deadline=None)
@given(data=st.data(), pattern=st.sampled_from(PATTERNS), where=st.sampled_from([*ZONES, None]))
def test_patterns(data: Any, pattern: str, where: str | None) -> None:
    times = Times((pattern,), where)
    texts = data.draw(st.lists(st.none() | st.just("") | written(pattern), min_size=1, max_size=20))
    assert all_at_once(times, texts) == [one_by_one(times, text) for text in texts]


@settings(max_examples=30, deadline=None)
@given(data=st.data(), patterns=st.permutations(PATTERNS).map(lambda some: tuple(some[:3])))
def test_patterns_are_tried_in_turn(data: Any, patterns: tuple[str, ...]) -> None:
    times = Times(patterns, "Europe/Amsterdam")
    texts = data.draw(st.lists(st.sampled_from(PATTERNS).flatmap(written), min_size=1, max_size=20))
    assert all_at_once(times, texts) == [one_by_one(times, text) for text in texts]


@st.composite
def rfc_3339(draw: Any) -> str:
    """A time as RFC 3339 has it, or nearly."""
    t = draw(MOMENTS)
    fraction = draw(st.sampled_from(["", ".5", ".123456", ".000001", ".1234567", "."]))
    seconds = draw(st.sampled_from(["", f":{t.second:02}{fraction}"]))
    offset = draw(st.sampled_from(["Z", "z", "+00:00", "-05:30", "+14:00", "+0100", "", "+25:00", "-00:60"]))
    return (
        f"{t.year:04}-{t.month:02}-{t.day:02}{draw(st.sampled_from('Tt '))}{t.hour:02}:{t.minute:02}{seconds}{offset}"
    )


TEXTS = st.none() | rfc_3339() | st.text("0123456789-T:Z+ .", max_size=25)


@settings(max_examples=40, deadline=None)
@given(texts=st.lists(TEXTS, max_size=20), where=st.sampled_from([*ZONES, None]))
def test_rfc_3339(texts: list[str | None], where: str | None) -> None:
    times = Times((), where)
    assert all_at_once(times, texts) == [one_by_one(times, text) for text in texts]


@pytest.mark.parametrize("name", ZONES)
def test_wall_times_around_every_change_of_a_clock(name: str) -> None:
    hours = [datetime(2010, 12, 25) + timedelta(minutes=30 * step) for step in range(48 * 365 * 2)]
    micros = np.array([to_micros(wall.replace(tzinfo=UTC)) for wall in hours])
    expected = [wall_instant(wall, zone(name)) for wall in hours]
    assert LocalClock(name).instants(micros).tolist() == expected


@pytest.mark.parametrize("year", [2, 1800, 2500, 9990])
def test_wall_times_of_far_years(year: int) -> None:
    wall = datetime(year, 7, 1, 12)
    found = LocalClock("Europe/Amsterdam").instants(np.array([to_micros(wall.replace(tzinfo=UTC))]))
    assert found.tolist() == [wall_instant(wall, zone("Europe/Amsterdam"))]


def test_usual_texts_are_not_read_one_by_one() -> None:
    texts = pa.array(["2026-03-02T09:00:00Z", "2026-03-02 09:00:00.5+01:00", "2026-03-02T09:00-05:30"])
    assert walls_of(texts, RFC_3339).read.all()
    program = program_of("%d/%m/%Y %H:%M")
    assert program is not None
    assert walls_of(pa.array(["1/2/2026 9:05", "31/12/2026 23:59"]), program).read.all()


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
@pytest.mark.parametrize("where", ["UTC", "Europe/Amsterdam", None])
def test_typed_times(unit: str, where: str | None) -> None:
    values = [datetime(2026, 3, 29, 1, 30), None, datetime(2026, 10, 25, 2, 30), datetime(1970, 1, 1)]
    column = pa.array(values, pa.timestamp(unit)).cast(pa.timestamp(unit, where) if where else pa.timestamp(unit))
    at, problems = TimeReader(TimeColumn("at", Times((), "Europe/Amsterdam")), frozenset({""})).read(column)
    naive = zone("Europe/Amsterdam") if where is None else None
    expected = [
        NONE if one is None else to_micros(one.replace(tzinfo=UTC)) if naive is None else wall_instant(one, naive)
        for one in values
    ]
    assert (at.tolist(), problems) == (expected, [])


def test_times_finer_than_a_microsecond_are_refused() -> None:
    at, problems = TimeReader(TimeColumn("at"), frozenset({""})).read(pa.array([1000, 1001], pa.timestamp("ns", "UTC")))
    assert at.tolist() == [1, NONE]
    assert [row for row, _ in problems] == [1]


def test_a_text_that_stands_for_nothing_may_look_like_a_time() -> None:
    reader = TimeReader(TimeColumn("at"), frozenset({"", "1900-01-01T00:00:00Z"}))
    at, problems = reader.read(pa.array(["1900-01-01T00:00:00Z", "1970-01-01T00:00:00Z"]))
    assert (at.tolist(), problems) == ([NONE, 0], [])
