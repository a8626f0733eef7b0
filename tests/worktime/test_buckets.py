"""A table of buckets counts as a search does, with one mark in a bucket, with several, and without a table."""

from __future__ import annotations

import numpy as np
import pytest

from sla_dsl.worktime.buckets import Buckets, Work

FIRST, LAST = -1_000, 90_000


def marks(closest: int, seed: int = 1) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    rng = np.random.default_rng(seed)
    gaps = rng.integers(closest, closest * 4, 40)
    found = FIRST + np.cumsum(gaps)
    return found[found <= LAST]


def points(of: np.ndarray[tuple[int], np.dtype[np.int64]]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    spread = np.linspace(FIRST, LAST, 500).astype(np.int64)
    return np.concatenate([spread, of, np.maximum(of - 1, FIRST), np.minimum(of + 1, LAST), [FIRST, LAST]])


@pytest.mark.parametrize("closest", [1, 2, 3, 64, 100, 1_000])
@pytest.mark.parametrize("table_bytes", [0, 64, 1_024, 1 << 20])
def test_it_counts_as_a_search_does(closest: int, table_bytes: int) -> None:
    given = marks(closest)
    asked = points(given)
    buckets = Buckets(given, FIRST, LAST, table_bytes=table_bytes)
    counted = buckets.count(asked, Work(len(asked)))
    assert counted.tolist() == np.searchsorted(given, asked, side="right").tolist()


def test_a_single_mark() -> None:
    for mark in (FIRST, 7, LAST):
        buckets = Buckets(np.array([mark]), FIRST, LAST)
        assert buckets.count(np.array([FIRST, mark, LAST]), Work(3)).tolist() == [int(mark == FIRST), 1, 1]


def test_marks_too_close_for_the_table_are_searched() -> None:
    assert Buckets(marks(3), FIRST, LAST, table_bytes=64).is_searched
    assert not Buckets(marks(1_000), FIRST, LAST, table_bytes=1_024).is_searched
    assert not Buckets(marks(3), FIRST, LAST).is_searched
