"""Conditions with three values (Kleene), over facts, levels, channels, dates and calendars (R3)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sla_dsl.policy import terms as t
from sla_dsl.policy.executable import Executable
from tests.policy.builders import (
    OPEN_DESK,
    ask,
    at,
    clock,
    every,
    fact,
    in_hours,
    is_level,
    parameter,
    scale,
    some,
    target,
    when,
    within,
    yes,
)

CREATED = at("2026-03-03 10:00")
FACTS = (
    fact("a"),
    fact("b"),
    fact("sites", "number"),
    fact("kind", "one of", choices=("defect", "request")),
    fact("day", "date"),
    fact("other_day", "date"),
    fact("instant", "instant"),
    scale("region", "north", "south", of="customer"),
    t.Channel(id="web"),
    t.Channel(id="phone"),
    t.Party(id="customer"),
    t.Party(id="reseller"),
    t.Event(id="planned"),
)


def holds(test: t.AnyTest, *more: t.AnyDeclaration, policy: Executable | None = None, **given: Any) -> bool | None:
    """Whether a condition holds for a ticket; None where that is unknown."""
    asked = policy or under(test, *more)
    due = asked.due("response", created=given.pop("created", CREATED), **given)
    return None if due.answer == "undetermined" else due.modality == "target"


def under(test: t.AnyTest, *more: t.AnyDeclaration, **options: Any) -> Executable:
    return ask(
        *FACTS,
        *more,
        clock("response", t.ELAPSED),
        target("response", within(in_hours(1)), id="x", condition=when(test)),
        target("response", t.NoPromise()),
        **options,
    )


def among(kind: t.SubjectKind, name: str, *values: str) -> t.Among:
    return t.Among(subject=t.Subject(kind=kind, name=name), values=values)


TRUTHS = (True, False, None)


@pytest.mark.parametrize("a", TRUTHS)
@pytest.mark.parametrize("b", TRUTHS)
def test_the_tables_of_kleene(a: bool | None, b: bool | None):
    both = False if False in (a, b) else None if None in (a, b) else True
    either = True if True in (a, b) else None if None in (a, b) else False
    assert holds(every(yes("a"), yes("b")), a=a, b=b) is both
    assert holds(some(yes("a"), yes("b")), a=a, b=b) is either
    assert holds(t.Not(part=yes("a")), a=a) is (None if a is None else not a)


@pytest.mark.parametrize(
    ("test", "given", "expected"),
    [
        (among("fact", "kind", "defect"), {"kind": "defect"}, True),
        (among("fact", "kind", "defect"), {"kind": "request"}, False),
        (among("fact", "kind", "defect"), {}, None),
        (among("fact", "kind", "defect", "request"), {}, True),
        (is_level("region", "north"), {"region": "North"}, True),
        (is_level("region", "north"), {}, None),
        (is_level("region", "north", "south"), {}, True),
        (is_level("priority", "p1", "p2"), {"priority": "p2"}, True),
        (among("channel", "", "web"), {"channel": "web"}, True),
        (among("channel", "", "web"), {"channel": "phone"}, False),
        (among("channel", "", "web"), {}, None),
        (among("caller", "", "reseller"), {"caller": "reseller"}, True),
        (among("caller", "", "reseller"), {}, None),
        (among("status", "", "open"), {}, None),
        (among("clock", "response", "overdue"), {}, False),
        (among("clock", "response", "running"), {}, None),
        (t.Occurs(event="planned"), {}, None),
        (t.Becomes(statuses=("open",)), {}, None),
    ],
)
def test_what_a_subject_is_among(test: t.AnyTest, given: dict[str, Any], expected: bool | None):
    assert holds(test, **given) is expected


def test_a_new_ticket_has_the_initial_status():
    states = (t.Status(id="open", initial=True), t.Status(id="closed", final=True))
    assert holds(among("status", "", "open"), *states) is True
    assert holds(among("status", "", "closed"), *states) is False


@pytest.mark.parametrize(
    ("comparison", "expected"),
    [
        ("more than", (False, False, True)),
        ("less than", (True, False, False)),
        ("at least", (False, True, True)),
        ("at most", (True, True, False)),
        ("is", (False, True, False)),
        ("is not", (True, False, True)),
    ],
)
def test_comparisons_of_numbers_and_dates(comparison: t.Comparison, expected: tuple[bool, ...]):
    by_number = t.Compares(fact="sites", comparison=comparison, value=2)
    by_day = t.Compares(fact="day", comparison=comparison, value="2026-03-02")
    by_instant = t.Compares(fact="instant", comparison=comparison, value="2026-03-02 12:00")
    assert tuple(holds(by_number, sites=sites) for sites in (1, 2, 3)) == expected
    days = ("2026-03-01", "2026-03-02", "2026-03-03")
    assert tuple(holds(by_day, day=day) for day in days) == expected
    instants = ("2026-03-02T11:59:59+01:00", "2026-03-02T12:00:00+01:00", "2026-03-02T12:00:01+01:00")
    assert tuple(holds(by_instant, instant=instant) for instant in instants) == expected
    for test in (by_number, by_day, by_instant):
        assert holds(test) is None


def test_an_instant_against_a_date_is_compared_by_its_date_in_the_policys_zone():
    test = t.Compares(fact="instant", comparison="is", value="2026-03-03")
    assert holds(test, instant="2026-03-02T23:30:00Z") is True
    assert holds(test, instant="2026-03-02T22:30:00Z") is False


def test_distances_between_dates_and_instants():
    days = t.Distance(later="day", earlier="other_day", comparison="at most", days=90)
    assert holds(days, other_day="2026-01-01", day="2026-04-01") is True
    assert holds(days, other_day="2026-01-01", day="2026-04-02") is False
    assert holds(days, other_day="2026-01-01") is None
    micros = t.Distance(later="instant", earlier="planned", comparison="at least", micros=3_600_000_000)
    planned = at("2026-03-03 10:00")
    assert holds(micros, planned=planned, instant="2026-03-03T11:00:00+01:00") is True
    assert holds(micros, planned=planned, instant="2026-03-03T10:59:59.999999+01:00") is False
    since = t.Distance(later="day", earlier="reported", comparison="at most", days=2)
    assert holds(since, day="2026-03-05") is True
    assert holds(since, day="2026-03-06") is False


def test_one_before_another():
    test = t.Precedes(earlier="planned", later="")
    assert holds(test, planned=at("2026-03-03 09:59")) is True
    assert holds(test, planned=at("2026-03-03 10:00")) is False
    assert holds(test) is None
    assert (
        holds(t.Precedes(earlier="day", later="instant"), day="2026-03-02", instant="2026-03-03T00:30:00+01:00") is True
    )
    assert (
        holds(t.Precedes(earlier="day", later="instant"), day="2026-03-03", instant="2026-03-03T12:30:00+01:00")
        is False
    )


def test_during_and_on_a_day_for_the_report_for_events_and_for_dates():
    inside, outside = t.During(calendar="desk"), t.During(calendar="desk", outside=True)
    assert holds(inside, created=at("2026-03-03 08:30")) is True
    assert holds(inside, created=at("2026-03-03 17:00")) is False
    assert holds(outside, created=at("2026-03-03 17:00")) is True
    assert holds(t.During(calendar="desk", subject="planned"), planned=at("2026-03-07 12:00")) is False
    assert holds(t.During(calendar="desk", subject="planned")) is None
    assert holds(t.OnDay(calendar="desk", subject="day"), day="2026-03-06") is True
    assert holds(t.OnDay(calendar="desk", subject="day", closed=True), day="2026-03-07") is True
    assert holds(t.OnDay(calendar="desk"), created=at("2026-03-03 23:00")) is True


def test_a_date_of_an_unknown_zone_is_missing_its_zone():
    test = t.Compares(fact="instant", comparison="is", value="2026-03-03")
    policy = under(test, OPEN_DESK, parameter("zone", "timezone"), parameter("holidays", "holiday list"))
    due = policy.due("response", created=CREATED, instant="2026-03-02T23:30:00Z")
    assert due.missing == ("zone",)
    assert holds(test, policy=policy.set(zone="UTC"), instant="2026-03-02T23:30:00Z") is False


@given(st.data())
def test_an_order_of_parts_does_not_matter(data: st.DataObject):
    parts = data.draw(st.permutations([yes("a"), yes("b"), is_level("region", "north")]))
    given_: dict[str, Any] = data.draw(
        st.fixed_dictionaries(
            {}, optional={"a": st.booleans(), "b": st.booleans(), "region": st.sampled_from(["north", "south"])}
        )
    )
    first = every(yes("a"), yes("b"), is_level("region", "north"))
    assert holds(every(*parts), **given_) is holds(first, **given_)
