"""A summary says what the scalar evaluator would have, ticket by ticket."""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

import jsonschema
import numpy as np
import pytest
from attrs import evolve
from msgspec.structs import replace

from sla_dsl.batch.engine.engine import Engine
from sla_dsl.batch.lengths import MOST, Lengths
from sla_dsl.batch.measured import Objectives
from sla_dsl.batch.summary import Summing, Wanted
from sla_dsl.policy.logs.summary import LATE, MOST_VALUES, OTHER_VALUES, PERCENTILES, Rows
from sla_dsl.policy.schemas import summary_schema
from sla_dsl.worktime import to_micros, zone
from tests.batch.random_logs import random_log

if TYPE_CHECKING:
    from sla_dsl import Policy
    from sla_dsl.policy.logs.summary import Summary
    from sla_dsl.policy.tickets.evaluation import Evaluation
    from tests.batch.random_logs import RandomLog

ROWS = Rows(0, 0, 0, {})
SEEDS = range(4)


def summed(log: RandomLog, wanted: Wanted | None = None, *, keep: bool = False) -> Summary:
    engine = Engine(log.policy, to_micros(log.at))
    summing = Summing(log.policy, engine.words, engine.now, wanted or Wanted())
    for chunk in log.chunks():
        kept = {"team": [int(one) % 3 if int(one) % 5 else None for one in chunk.ids]} if keep else {}
        whole = evolve(chunk, kept=kept)
        summing.add(whole, engine.answered(whole))
    return summing.summary(["log.csv"], ROWS)


@pytest.mark.parametrize("seed", SEEDS)
def test_objectives_have_the_figures_of_the_scalar_evaluator(seed: int):
    log = random_log(seed)
    found = summed(log).objectives
    expected = log.policy.objectives(log.evaluations())
    assert [one.to_dict() for one in found] == [one.to_dict() for one in expected]
    assert any(one.count for one in found)


@pytest.mark.parametrize("seed", SEEDS)
def test_groups_count_what_the_scalar_evaluator_says(seed: int):
    log = random_log(seed)
    summary = summed(log, Wanted(("team",)), keep=True)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    used: dict[str, list[float]] = defaultdict(list)
    where = zone(log.policy.zone or "UTC")
    for found in log.evaluations():
        month = next(one for one in log.tickets if one["id"] == found.ticket)["created"]
        month = np.datetime64(to_micros(_instant(month)), "us").astype(object).replace(tzinfo=zone("UTC"))
        month = month.astimezone(where).strftime("%Y-%m")
        number = int(found.ticket or 0)
        team = str(number % 3) if number % 5 else None
        level = found.priority.level
        for clock in found.clocks:
            for by in ({}, {"priority": level}, {"month": month}, {"priority": level, "month": month}, {"team": team}):
                key = json.dumps([clock.clock, by])
                counts[key][clock.verdict] += 1
                if clock.state == "stopped" and clock.used_seconds is not None:
                    used[key].append(clock.used_seconds)
    assert {json.dumps([one.clock, one.by]) for one in summary.groups} == set(counts)
    for one in summary.groups:
        key = json.dumps([one.clock, one.by])
        assert {verdict: count for verdict, count in one.verdicts.items() if count} == counts[key]
        assert (one.used.cycles, one.used.exact) == (len(used[key]), True)
        lengths = sorted(used[key])
        for each in PERCENTILES if lengths else ():
            assert one.used.percentiles[str(each)] == lengths[math.ceil(each * len(lengths) / 100) - 1]
    assert summary.tickets == len(log.evaluations())
    assert summary.cycles == sum(one.cycles for one in summary.groups if not one.by)


def _instant(text: str) -> Any:
    from datetime import datetime

    return datetime.fromisoformat(text)


def test_no_worst_tickets_are_none():
    assert summed(random_log(3), Wanted(worst=0)).worst == ()


@pytest.mark.parametrize("seed", SEEDS)
def test_the_worst_tickets_are_the_latest(seed: int):
    log = random_log(seed)
    summary = summed(log, Wanted(worst=2))
    late: dict[str, list[float]] = defaultdict(list)
    for found in log.evaluations():
        for clock in found.clocks:
            if clock.verdict in LATE and clock.due is not None:
                by = (to_micros(clock.stopped or log.at) - to_micros(clock.due)) / 1_000_000
                late[clock.clock] += [by] if by > 0 else []
    for clock in summary.clocks:
        told = [one.late_seconds for one in summary.worst if one.clock == clock]
        assert told == sorted(late[clock], reverse=True)[:2]
    assert all(one.ledger for one in summary.worst if one.started is not None)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_decided_cycle_is_in_a_distribution(seed: int):
    summary = summed(random_log(seed))
    for clock in summary.clocks:
        group = summary.group(clock)
        assert group is not None
        own = [one for one in summary.distributions if one.clock == clock]
        assert sum(sum(one.in_time) + sum(one.late) + one.unknown for one in own) == group.decided


def test_a_summary_is_json():
    summary = summed(random_log(1), Wanted(("team",)), keep=True)
    assert json.loads(json.dumps(summary.to_dict()))["tickets"] == summary.tickets


# ------------------------------------------------------------------------------------------------ lengths


def test_many_lengths_are_cut_to_their_first_digits(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sla_dsl.batch.lengths.WAITING", 10_000)
    lengths, rng = Lengths(), np.random.default_rng(7)
    given = rng.integers(0, 10**12, 3 * MOST)
    for part in np.array_split(given, 40):
        lengths.add(np.zeros(len(part), np.int64), part)
    lengths.add(np.ones(1, np.int64), np.array([123_456_789_123]))
    found = lengths.used([0])
    assert (found.cycles, found.exact) == (3 * MOST, False)
    for each in PERCENTILES:
        exact = np.sort(given)[math.ceil(each * len(given) / 100) - 1] / 1_000_000
        assert exact * (1 - 1 / 2_000) < found.percentiles[str(each)] <= exact
    assert lengths.used([1]).percentiles["50"] == 123_456.789123
    assert lengths.used([1]).exact


def test_no_lengths_have_no_percentiles():
    assert Lengths().used([0]).percentiles == {}


def test_values_beyond_the_most_are_one():
    from sla_dsl.batch.grouping import Values

    values = Values()
    numbers = values.of([str(one) for one in range(MOST_VALUES + 5)])
    assert len(values.values) == MOST_VALUES + 1
    assert values.values[-1] == OTHER_VALUES
    assert set(numbers[MOST_VALUES:].tolist()) == {MOST_VALUES}
    assert values.of(["3", None, "new"]).tolist() == [3, MOST_VALUES, MOST_VALUES]


def test_what_the_columns_tell_is_not_asked_again(monkeypatch: pytest.MonkeyPatch):
    asked: list[int] = []
    add = Objectives.add
    monkeypatch.setattr(
        Objectives, "add", lambda self, rows, ask: add(self, rows, lambda one: (asked.append(one), ask(one))[1])
    )
    log = random_log(0)
    summed(log)
    # One of the five objectives rests on a fact: it asks each ticket once, and for all others its answer is there.
    assert len(asked) == len(log.evaluations())
    without = evolve(log, policy=_without(log.policy, "urgently"))
    asked.clear()
    summed(without)
    undetermined = [one for one in without.evaluations() if _unknown(one)]
    assert len(asked) <= len(undetermined) + 3 < len(log.evaluations())


def _without(policy: Policy, objective: str) -> Policy:
    kept = tuple(one for one in policy.document.declarations if one.id != objective)
    return evolve(policy, document=replace(policy.document, declarations=kept))


def _unknown(found: Evaluation) -> bool:
    return found.priority.level is None or any(one.verdict == "undetermined" for one in found.clocks)


@pytest.mark.parametrize("seed", SEEDS)
def test_summaries_fit_their_schema(seed: int):
    summary = summed(random_log(seed), Wanted(("team",)), keep=True)
    jsonschema.validate(json.loads(json.dumps(summary.to_dict())), summary_schema())
