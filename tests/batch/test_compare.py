"""A comparison says what the scalar evaluator would have said twice."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

import jsonschema
import pyarrow as pa
import pytest

from sla_dsl import SlaError
from sla_dsl.batch.compare import Comparing
from sla_dsl.batch.engine.engine import Engine
from sla_dsl.policy.logs.summary import IN_TIME, LATE, Rows
from sla_dsl.policy.schemas import comparison_schema
from sla_dsl.worktime import to_micros
from tests.batch.random_logs import random_log

if TYPE_CHECKING:
    from datetime import datetime

    from sla_dsl import Policy
    from sla_dsl.policy.logs.comparison import Comparison
    from sla_dsl.policy.tickets.answers import ClockAnswer
    from tests.batch.random_logs import RandomLog

SEEDS = range(3)
Pair = tuple["ClockAnswer | None", "ClockAnswer | None"]


def compared(log: RandomLog, after: Policy, most: int = 5) -> tuple[Comparison, list[dict[str, Any]]]:
    engines = Engine(log.policy, to_micros(log.at)), Engine(after, to_micros(log.at))
    comparing = Comparing((log.policy, after), (engines[0].words, engines[1].words), engines[0].now, most)
    batches = [comparing.add(chunk, *(one.answered(chunk) for one in engines)) for chunk in log.chunks()]
    return comparing.comparison(["log.csv"], Rows(0, 0, 0, {})), pa.Table.from_batches(batches).to_pylist()


def pairs(log: RandomLog, after: Policy) -> dict[tuple[str, str, int], tuple[str | None, Pair]]:
    """Every cycle of both sides, with the level before."""
    found: dict[tuple[str, str, int], tuple[str | None, Pair]] = {}
    for ticket in log.tickets:
        try:
            both = [policy.evaluate(ticket, at=log.at) for policy in (log.policy, after)]
        except SlaError:
            continue
        sides = [{(one.clock, one.cycle): one for one in evaluation.clocks} for evaluation in both]
        for key in dict.fromkeys((*sides[0], *sides[1])):
            level = both[0].priority.level if key in sides[0] else None
            found[ticket["id"], *key] = (level, (sides[0].get(key), sides[1].get(key)))
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_cells_shares_and_flips(seed: int):
    log = random_log(seed)
    # The clocks and levels of random policies have few names, so that most are on both sides, and some on one.
    after = random_log(seed + 1).policy
    comparison, flips = compared(log, after)
    expected = pairs(log, after)
    cells: dict[str, Counter[Any]] = defaultdict(Counter)
    for (_, clock, _), (level, (old, new)) in expected.items():
        change = (old and old.verdict, new and new.verdict)
        cells[json.dumps([clock, False, None])][change] += 1
        cells[json.dumps([clock, True, level])][change] += 1
    assert {
        json.dumps([one.clock, one.by_priority, one.priority]): {
            (cell.before, cell.after): cell.cycles for cell in one.cells
        }
        for one in comparison.changes
    } == cells
    flipped = {
        key: both
        for key, (_, both) in expected.items()
        if (both[0] and both[0].verdict) != (both[1] and both[1].verdict)
    }
    assert [(row["ticket"], row["clock"], row["cycle"]) for row in flips] == sorted(
        flipped, key=lambda key: (int(key[0]), [one.clock for one in comparison.changes].index(key[1]), key[2])
    )
    for row in flips:
        old, new = flipped[row["ticket"], row["clock"], row["cycle"]]
        assert (row["verdict_before"], row["verdict_after"]) == (old and old.verdict, new and new.verdict)
        assert row["due_later_seconds"] == less(new and new.due, old and old.due)
        assert row["late_before_seconds"] == (old and less(old.stopped or log.at, old.due))
        assert row["late_after_seconds"] == (new and less(new.stopped or log.at, new.due))
        left = [None if one is None else one.remaining_seconds for one in (old, new)]
        assert row["remaining_more_seconds"] == (
            None if left[0] is None or left[1] is None else pytest.approx(left[1] - left[0])
        )
    assert comparison.flipped_cycles == len(flipped)
    assert comparison.flipped_tickets == len({ticket for ticket, _, _ in flipped})
    for change in comparison.changes:
        counted = cells[json.dumps([change.clock, change.by_priority, change.priority])]
        for side, share in enumerate((change.share_before, change.share_after)):
            met = sum(number for verdicts, number in counted.items() if verdicts[side] in IN_TIME)
            late = sum(number for verdicts, number in counted.items() if verdicts[side] in LATE)
            assert share == (100 * met / (met + late) if met + late else None)


def less(left: datetime | None, right: datetime | None) -> float | None:
    return None if left is None or right is None else (to_micros(left) - to_micros(right)) / 1_000_000


@pytest.mark.parametrize("seed", SEEDS)
def test_the_greatest_flips_come_first(seed: int):
    comparison, flips = compared(random_log(seed), random_log(seed + 1).policy)
    sizes = [size(row) for row in flips]
    told = [
        size({name: getattr(one, name) for name in ("due_later_seconds", "late_before_seconds", "late_after_seconds")})
        for one in comparison.flips
    ]
    assert told == sorted(sizes, reverse=True)[:5]


def size(row: dict[str, Any]) -> float:
    old, new = row["late_before_seconds"], row["late_after_seconds"]
    late = 0 if None in (old, new) else abs(new - old)
    return max(abs(row["due_later_seconds"] or 0), late)


@pytest.mark.parametrize("seed", SEEDS)
def test_due_times_that_move(seed: int):
    log = random_log(seed)
    after = random_log(seed + 1).policy
    comparison, _ = compared(log, after)
    for change in comparison.changes:
        moved = [
            less(new.due, old.due)
            for (_, clock, _), (level, (old, new)) in pairs(log, after).items()
            if clock == change.clock and (not change.by_priority or level == change.priority)
            if old is not None and new is not None and None not in (old.due, new.due)
        ]
        later, earlier = ([one for one in moved if one and (one > 0) is up] for up in (True, False))
        assert (change.due.both_due, change.due.later.cycles, change.due.earlier.cycles) == (
            len(moved), len(later), len(earlier),
        )  # fmt: skip
        if later:
            assert change.due.later.percentiles["50"] == sorted(later)[(len(later) - 1) // 2]


def test_nothing_flips_under_the_same_policy():
    log = random_log(2)
    comparison, flips = compared(log, log.policy)
    assert (comparison.flipped_cycles, flips, comparison.flips) == (0, [], ())
    assert all(change.share_before == change.share_after for change in comparison.changes)
    assert json.loads(json.dumps(comparison.to_dict()))["compared"] == len(log.evaluations())


@pytest.mark.parametrize("seed", SEEDS)
def test_comparisons_fit_their_schema(seed: int):
    comparison, _ = compared(random_log(seed), random_log(seed + 1).policy)
    jsonschema.validate(json.loads(json.dumps(comparison.to_dict())), comparison_schema())
