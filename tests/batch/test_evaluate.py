from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pytest
from attrs import evolve

import sla_dsl
from sla_dsl.batch import evaluate
from sla_dsl.batch.errors import NoInstant
from tests.batch.logs import chunk_of, expected, plain

if TYPE_CHECKING:
    from sla_dsl.batch.chunk import Chunk

DESK = Path(__file__).parents[2] / "benchmarks" / "desk" / "desk.sla"
AT = "2026-03-06T16:00:00+00:00"

TICKETS: list[dict[str, Any]] = [
    {
        "id": "a",
        "created": "2026-03-02T09:00:00+00:00",
        "priority": "p2",
        "facts": {"branch": 12},
        "events": [
            {"at": "2026-03-02T10:30:00+00:00", "event": "answered"},
            {"at": "2026-03-02T15:00:00+00:00", "event": "asked"},
            {"at": "2026-03-03T09:30:00+00:00", "event": "told"},
            {"at": "2026-03-03T10:00:00+00:00", "priority": "p1"},
            {"at": "2026-03-04T10:00:00+00:00", "event": "mended"},
        ],
    },
    {"id": "b", "created": "2026-03-05T09:00:00+00:00", "events": []},
    {"id": "c", "created": "2026-03-05T09:00:00+00:00", "priority": "p9", "events": []},
    {"id": "d", "created": "2026-03-07T09:00:00+00:00", "priority": "p1", "events": []},
    {"id": "e", "created": "2026-03-05T12:00:00+00:00", "priority": "3", "events": []},
]


@pytest.fixture(scope="module")
def desk() -> sla_dsl.Policy:
    return sla_dsl.load(DESK)


@pytest.fixture
def chunk() -> Chunk:
    return chunk_of(TICKETS)


def test_every_row_is_as_the_scalar_evaluator_has_it(desk: sla_dsl.Policy, chunk: Chunk):
    results = evaluate(desk, chunk, at=AT)
    rows, refused = expected(desk, chunk, AT)
    assert plain(results.table().to_pylist()) == [
        {name: row[name] for name in results.schema.names if name != "scalar"} for row in rows
    ]
    assert refused == ["c", "d"]
    assert [(one.ticket, one.reason.split(":")[0]) for one in results.account.unused] == [
        ("c", "priority"),
        ("d", "created after the instant asked for"),
    ]


def test_the_account_adds_up(desk: sla_dsl.Policy, chunk: Chunk):
    results = evaluate(desk, evolve(chunk, rows=np.array([5, 1, 1, 2, 1])), at=AT)
    table = results.table()
    account = results.account
    assert (account.tickets, account.rows) == (5, table.num_rows)
    assert len(set(table.column("ticket").to_pylist())) + len(account.unused) == account.tickets
    assert [one.rows for one in account.unused] == [1, 2]


def test_what_a_log_keeps_comes_after_the_answer(desk: sla_dsl.Policy, chunk: Chunk):
    table = evaluate(desk, evolve(chunk, kept={"region": ["n", "s", None, "e", "w"]}), at=AT).table()
    assert table.column_names[-1] == "region"
    assert set(zip(table.column("ticket").to_pylist(), table.column("region").to_pylist(), strict=True)) == {
        ("a", "n"),
        ("b", "s"),
        ("e", "w"),
    }


def test_the_instant_is_the_latest_of_the_log(desk: sla_dsl.Policy, chunk: Chunk):
    assert evaluate(desk, chunk).at == datetime(2026, 3, 7, 9, tzinfo=UTC)
    assert evaluate(desk, [chunk, chunk]).at == datetime(2026, 3, 7, 9, tzinfo=UTC)
    with pytest.raises(NoInstant, match="give `at`"):
        evaluate(desk, iter([chunk]))


def test_chunks_are_answered_as_they_come(desk: sla_dsl.Policy, chunk: Chunk):
    results = evaluate(desk, iter([chunk, chunk]), at=AT)
    assert results.account.tickets == 0
    batches = iter(results)
    assert next(batches).schema == results.schema
    assert results.account.tickets == len(chunk)
    assert len(list(batches)) == 1
    assert results.account.tickets == 2 * len(chunk)


def test_whatever_reads_arrow_can_read_results(desk: sla_dsl.Policy, chunk: Chunk):
    table = evaluate(desk, chunk, at=AT).table()
    assert pa.table(evaluate(desk, chunk, at=AT)) == table


def test_a_log_without_tickets_gives_no_rows(desk: sla_dsl.Policy):
    assert evaluate(desk, []).table().num_rows == 0
    assert evaluate(desk, chunk_of([]), at=AT).table().num_rows == 0
