"""Random questions about random calendars, put row by row and for all rows at once."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import numpy as np
import pytest

from sla_dsl.worktime import timetable
from sla_dsl.worktime.arrays import add_many, between_many, is_open_many, next_open_many
from sla_dsl.worktime.errors import NoOpenTime, OutsideYears
from tests.reference.specs import random_case
from tests.worktime.against import recipe_of
from tests.worktime.desk import HOUR

if TYPE_CHECKING:
    from collections.abc import Callable

    from sla_dsl.worktime import Timetable

    Ask = Callable[..., object]

ROWS_OF_A_HUNT = 500


def _questions(calendar: Timetable, seed: int, rows: int) -> tuple[list[int], list[int], list[int]]:
    """Instants, other instants and lengths over all years, often at or beside an opening or closing."""
    rng = Random(seed)
    tables = calendar.tables()
    edges = [*tables.starts, *tables.ends, tables.first, tables.last]

    def instant() -> int:
        near = rng.choice(edges) + rng.choice([-1, 0, 0, 1])
        t = near if rng.random() < 0.5 else rng.randint(tables.first, tables.last)
        return min(max(t, tables.first), tables.last)

    one, other = [instant() for _ in range(rows)], [instant() for _ in range(rows)]
    amounts = [
        rng.choice([0, 1, -1, calendar.between(a, b), rng.randint(-100 * HOUR, 100 * HOUR)])
        for a, b in zip(one, other, strict=True)
    ]
    return one, other, amounts


def _agree(many: Ask, single: Callable[..., int], *columns: list[int]) -> int:
    """Ask for all rows that have an answer at once; ask some that have none alone. Return how many had none."""
    answered: list[tuple[tuple[int, ...], int]] = []
    refused: list[tuple[int, ...]] = []
    for row in zip(*columns, strict=True):
        try:
            answered.append((row, int(single(*row))))
        except OutsideYears:
            refused.append(row)
    asked = [np.array(column, np.int64) for column in zip(*(row for row, _ in answered), strict=True)]
    got = np.asarray(many(*asked)).astype(np.int64)
    wanted = np.array([answer for _, answer in answered], np.int64)
    wrong = np.flatnonzero(got != wanted)
    assert not len(wrong), f"{single.__name__} {answered[wrong[0]]} gave {got[wrong[0]]}"
    for row in refused[:3]:
        with pytest.raises(OutsideYears, match="row 0: "):
            many(*(np.array([value], np.int64) for value in row))
    return len(refused)


def compare(calendar: Timetable, seed: int, rows: int) -> int:
    """Put questions to arrays and to the scalar functions; return how many had no answer."""
    one, other, amounts = _questions(calendar, seed, rows)
    return (
        _agree(lambda t, d: add_many(calendar, t.view("M8[us]"), d.view("m8[us]")), calendar.add, one, amounts)
        + _agree(lambda a, b: between_many(calendar, a.view("M8[us]"), b.view("M8[us]")), calendar.between, one, other)
        + _agree(lambda t: is_open_many(calendar, t.view("M8[us]")), calendar.is_open, one)
        + _agree(lambda t: next_open_many(calendar, t.view("M8[us]")), calendar.next_open, one)
    )


def hunt(seed: int) -> int:
    """Put some questions about one random calendar; return how many were asked. Raises AssertionError."""
    calendar = timetable(recipe_of(random_case(Random(seed)).spec))
    try:
        compare(calendar, seed, ROWS_OF_A_HUNT)
    except NoOpenTime:
        return 0
    return 4 * ROWS_OF_A_HUNT
