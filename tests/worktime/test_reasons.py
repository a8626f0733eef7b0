"""Why a calendar is closed, and the stretches of a ledger (H6)."""

from __future__ import annotations

import pytest

from sla_dsl.worktime import Both, Either, Except, Outside, Recipe, WholeDays, timetable
from tests.worktime.desk import OFFICE, at, leaf, table, wall

FEAST = leaf({"mon-fri": "08:30-17:00"}, holidays=["2026-03-06"], closed=["2026-03-10"])
NAME = "holiday 2026-03-06"


def test_a_holiday_is_a_stretch_of_its_own() -> None:
    pieces = timetable(FEAST).stretches(at("2026-03-05 16:00"), at("2026-03-09 09:00"))
    assert [(wall(piece.start)[5:], piece.kind, piece.name) for piece in pieces] == [
        ("03-05 16:00", "open", None),
        ("03-05 17:00", "closed", None),
        ("03-06 00:00", "holiday", NAME),
        ("03-07 00:00", "closed", None),
        ("03-09 08:30", "open", None),
    ]


def test_an_explicit_closing_is_named_too() -> None:
    assert timetable(FEAST).closed_because(at("2026-03-10 12:00")) == "closed 2026-03-10"
    assert timetable(FEAST).closed_because(at("2026-03-09 12:00")) is None
    assert timetable(FEAST).closed_because(at("2026-03-09 20:00")) is None


def test_a_closing_takes_the_night_that_would_begin_on_it_and_not_the_one_that_runs_into_it() -> None:
    nights = table({"mon-fri": "22:00-06:00"}, holidays=["2026-03-05"])
    assert nights.closed_because(at("2026-03-05 05:00")) is None
    assert nights.closed_because(at("2026-03-05 07:00")) == "holiday 2026-03-05"
    assert nights.closed_because(at("2026-03-06 05:00")) == "holiday 2026-03-05"
    assert nights.closed_because(at("2026-03-06 07:00")) is None


def test_hours_on_a_holiday_make_it_no_holiday() -> None:
    desk = table({"mon-fri": "08:30-17:00"}, holidays=["2026-03-06"], hours_on={"2026-03-06": "10:00-12:00"})
    assert desk.closed_because(at("2026-03-06 15:00")) is None
    assert desk.is_open(at("2026-03-06 11:00"))


@pytest.mark.parametrize(
    ("recipe", "name"),
    [
        (Both(FEAST, OFFICE), NAME),
        (Both(OFFICE, FEAST), NAME),
        (Either(FEAST, OFFICE), None),
        (Either(FEAST, leaf({"sat": "08:30-17:00"})), NAME),
        (Except(FEAST, leaf({"mon": "08:30-17:00"})), NAME),
        (Except(OFFICE, Outside(FEAST)), None),
        (Outside(FEAST), None),
        (WholeDays(FEAST), NAME),
        (Both(Either(FEAST, OFFICE), leaf({"mon": "08:30-17:00"})), None),
    ],
)
def test_a_composition_is_closed_for_the_reason_of_the_part_that_closes_it(recipe: Recipe, name: str | None) -> None:
    assert timetable(recipe).closed_because(at("2026-03-06 12:00")) == name


def test_nothing_lies_between_an_instant_and_itself() -> None:
    noon = at("2026-03-06 12:00")
    assert list(timetable(OFFICE).stretches(noon, noon)) == []
    assert list(timetable(OFFICE).stretches(noon, at("2026-03-05 20:00"))) == []
