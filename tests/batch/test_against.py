"""The engine for many tickets against the evaluator of single ones; `make hunt` looks at many more."""

from __future__ import annotations

import pytest

from tests.batch.against import Match

SEEDS = range(10)


@pytest.mark.parametrize("seed", SEEDS)
def test_random_logs_are_answered_as_ticket_by_ticket(seed: int):
    match = Match(seed)
    assert match.differences() == [], match.random.text
