"""Figures are worked out when they are read, and are the same however and whenever they are."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from attrs import evolve, fields

from sla_dsl.policy.tickets.answers import ClockAnswer, StatusAnswer
from tests.policy.tickets.desk import desk, look, ticket

POLICY = """
clock response {
  starts when opened
  stops when answered
  pauses in waiting
  measured in elapsed time
  on change of priority rebase
  on reopening stay closed
}
lifecycle {
  status new initial
  status waiting
  from new to waiting when asked within 2 days
}
target response: shall within 4 hours
"""
TICKET = ticket("2026-03-02 10:00", ("2026-03-02 11:00", "asked"))


def answers() -> list[Any]:
    found = look(desk(POLICY), "2026-03-02 16:00", TICKET)
    return [*found.clocks, found.status]


def names(kind: Any) -> list[str]:
    return [one.name for one in fields(type(kind))]


def test_nothing_is_worked_out_before_it_is_read():
    for answer in answers():
        assert not {*vars(answer)} & {*names(answer)}
    clock, _ = answers()
    assert clock.verdict == "open"
    assert {*vars(clock)} & {*names(clock)} == {"verdict"}


@pytest.mark.parametrize("first", ["state", "bounds", "used_seconds", "missing"])
def test_the_order_of_reading_does_not_matter(first: str):
    one, other = answers()[0], answers()[0]
    getattr(one, first)
    assert one.to_dict() == other.to_dict()
    assert one == other


def test_a_copy_carries_every_figure_and_no_source():
    for answer in answers():
        copy = pickle.loads(pickle.dumps(answer))
        assert {*names(copy)} <= {*vars(copy)}
        assert "_source" not in vars(copy)
        assert copy == answer
        assert copy.to_dict() == answer.to_dict()


def test_a_changed_answer_keeps_the_other_figures():
    clock, status = answers()
    assert evolve(clock, cycle=7).to_dict() == {**clock.to_dict(), "cycle": 7}
    assert evolve(status, name="new").since == status.since


def test_what_is_no_figure_is_not_there():
    for answer, kind in zip(answers(), (ClockAnswer, StatusAnswer), strict=True):
        assert not hasattr(answer, "asked")
        with pytest.raises(AttributeError, match=f"{kind.__name__} has no missing yet"):
            _ = object.__new__(kind).missing
