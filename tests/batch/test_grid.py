"""Answers by codes, in a table while it is small, else one by one."""

from __future__ import annotations

import numpy as np
import pytest

from sla_dsl.batch.engine import grid
from sla_dsl.batch.engine.grid import Grid


def product(codes: tuple[int, ...], _: int) -> int:
    return codes[0] * 1000 + codes[1]


def test_each_combination_is_asked_once():
    asked: list[tuple[int, ...]] = []

    def ask(codes: tuple[int, ...], row: int) -> int:
        asked.append(codes)
        return product(codes, row)

    answers = Grid(ask)
    assert answers(np.array([1, 1, 2]), np.array([3, 3, 0])).tolist() == [1003, 1003, 2000]
    assert answers(np.array([2, 5, 1]), np.array([0, 7, 3])).tolist() == [2000, 5007, 1003]
    assert sorted(asked) == [(1, 3), (2, 0), (5, 7)]


def test_no_rows_have_no_answers():
    assert Grid(product)(np.array([], np.int32), np.array([], np.int32)).tolist() == []


def test_what_a_table_does_not_hold_is_kept_one_by_one(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(grid, "_MOST_CELLS", 100)
    answers = Grid(product)
    for large, small in ((50, 60), (3, 4), (9, 9), (99, 1)):
        found = answers(np.array([large, 1, 2]), np.array([small, 1, 3])).tolist()
        assert found == [large * 1000 + small, 1001, 2003]
