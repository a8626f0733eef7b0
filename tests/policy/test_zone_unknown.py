"""Calendar days in a zone that nobody gave: bounds that hold wherever the clock is read (T6, H4)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from sla_dsl import shipped
from sla_dsl.policy.after_start import in_any_zone
from sla_dsl.policy.before_event import by_end_of
from sla_dsl.policy.calendars import PolicyZone
from sla_dsl.policy.deadlines import UNITS, Binding, Bounded
from sla_dsl.policy.terms import ELAPSED, ByEndOf
from sla_dsl.worktime import calendar_days, to_micros, wall_instant, zone
from sla_dsl.worktime.zones import zone_names
from tests.policy.builders import period

if TYPE_CHECKING:
    from sla_dsl.policy.terms import CalendarPeriod

NOTIFIED = datetime(2026, 6, 1, 9, tzinfo=UTC)
ZONES = [zone(name) for name in (*sorted(zone_names()), "UTC-23:59", "UTC+23:59")]
PERIODS = [
    period(1),
    period(2, "week", same_time=True),
    period(1, "month", high=6),
]


@pytest.mark.parametrize("budget", PERIODS, ids=lambda one: f"{one.low} to {one.high} {one.unit}s")
def test_no_zone_is_due_outside_the_bounds(budget: CalendarPeriod):
    for start in (to_micros(datetime(2012, 1, 1, tzinfo=UTC) + n * timedelta(days=151, hours=7)) for n in range(60)):
        earliest, latest = in_any_zone(budget, start)
        assert latest is not None
        for where in ZONES:
            low, high = (
                calendar_days(where, start, n, UNITS[budget.unit], same_time=budget.same_time).at
                for n in (budget.low, budget.high)
            )
            assert earliest <= low, where
            assert high <= latest, where


def test_before_2012_a_zone_may_leap_over_a_date():
    """In Apia there was no 30 December 2011."""
    start = to_micros(datetime(2011, 12, 29, 12, tzinfo=UTC))
    assert in_any_zone(PERIODS[0], start) == (start, None)


@pytest.mark.parametrize(
    ("hours", "verdict"), [(1, "met"), (21, "met"), (22, "undetermined"), (51, "undetermined"), (52, "breached")]
)
def test_a_verdict_that_is_the_same_in_every_zone(hours: int, verdict: str):
    """SightWorks responds to a High fault within 1 day; of which zone is not said."""
    responded = {"at": (NOTIFIED + timedelta(hours=hours)).isoformat(), "event": "responded"}
    ticket = {"created": NOTIFIED.isoformat(), "priority": "high", "events": [responded]}
    found = shipped("sightworks").evaluate(ticket, at=NOTIFIED + timedelta(days=9)).clocks[0]
    assert (found.verdict, found.missing, found.breached_at) == (verdict, ("zone",), None)
    assert found.bounds == (NOTIFIED + timedelta(hours=21), NOTIFIED + timedelta(hours=51))


def test_a_step_that_has_passed_for_sure_is_not_late_for_good():
    """After 40 days a Medium fault is in another step in every zone; the first may have been left in time or not."""
    ticket = {"created": NOTIFIED.isoformat(), "priority": "medium"}
    found = shipped("sightworks").evaluate(ticket, at=NOTIFIED + timedelta(days=40)).clocks[1]
    assert (found.verdict, found.bounds) == ("undetermined", (NOTIFIED + timedelta(days=30, hours=-3), None))


def test_the_end_of_a_date_is_within_a_day_of_the_one_in_utc():
    due = by_end_of(ByEndOf(fact="update", text="by end of update"), "update", bound_to(date(2026, 6, 10)))
    assert isinstance(due, Bounded)
    assert (due.earliest, due.latest, due.missing) == (utc(2026, 6, 10), utc(2026, 6, 12), ("zone",))
    for where in ZONES:
        at = wall_instant(datetime(2026, 6, 11), where)
        assert utc(2026, 6, 10) <= at <= utc(2026, 6, 12)


def bound_to(day: date) -> Binding:
    return Binding({}, ELAPSED, PolicyZone(missing="zone"), {"update": day})


def utc(*when: int) -> int:
    return to_micros(datetime(when[0], when[1], when[2], tzinfo=UTC))
