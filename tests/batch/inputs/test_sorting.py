"""Logs that are not grouped by ticket."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from sla_dsl.batch.inputs import log as log_module
from sla_dsl.batch.inputs import spool
from sla_dsl.batch.inputs.errors import NoRoom, NotGrouped
from sla_dsl.batch.inputs.seen import Seen
from sla_dsl.errors import MissingExtra
from tests.batch.inputs.logs import by_id, csv_file, log_of, policy, tickets_in

HEAD = "id,at,status,group\n"


def lines(tickets: int) -> list[str]:
    states = ("new", "in_progress", "resolved")
    return [
        f"T{ticket},2026-03-02T{9 + step:02}:{ticket % 60:02}:00Z,{state},g{step}\n"
        for ticket in range(tickets)
        for step, state in enumerate(states)
    ]


def mixed(tickets: int) -> list[str]:
    """Rows in the order of time: those of each ticket are far apart, in their own order."""
    return sorted(lines(tickets), key=lambda line: line.split(",")[1])


@pytest.fixture
def little_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_module, "IN_MEMORY", 50)


def test_a_log_in_the_order_of_time_gives_the_same_tickets(tmp_path: Path) -> None:
    grouped = log_of(csv_file(tmp_path, HEAD + "".join(lines(100)), "grouped.csv"))
    in_time = log_of(csv_file(tmp_path, HEAD + "".join(mixed(100)), "in_time.csv"))
    assert by_id(tickets_in(in_time)) == by_id(tickets_in(grouped))


@pytest.mark.usefixtures("little_memory")
@pytest.mark.parametrize("rows", [7, 100_000])
def test_a_large_log_is_sorted_on_disk_and_gives_the_same(tmp_path: Path, rows: int) -> None:
    grouped = log_of(csv_file(tmp_path, HEAD + "".join(lines(100)), "grouped.csv"))
    in_time = log_of(csv_file(tmp_path, HEAD + "".join(mixed(100)), "in_time.csv"), rows=rows)
    assert by_id(tickets_in(in_time)) == by_id(tickets_in(grouped))
    assert in_time.accounts.rows == in_time.accounts.used == 300


@pytest.mark.usefixtures("little_memory")
def test_kept_columns_survive_the_sorting(tmp_path: Path) -> None:
    log = log_of(csv_file(tmp_path, HEAD + "".join(mixed(100))))
    kept = {one: group for chunk in log for one, group in zip(chunk.ids, chunk.kept["group"], strict=True)}
    assert kept == {f"T{ticket}": "g2" for ticket in range(100)}


@pytest.mark.usefixtures("little_memory")
def test_the_temporary_folder_is_left_clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    with log_of(csv_file(tmp_path, HEAD + "".join(mixed(100)))) as log:
        next(iter(log))
    assert list((tmp_path / "tmp").iterdir()) == []


@pytest.mark.usefixtures("little_memory")
def test_without_duckdb_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(MissingExtra, match=r"sla-dsl\[sort\]"):
        tickets_in(log_of(csv_file(tmp_path, HEAD + "".join(mixed(100)))))


@pytest.mark.usefixtures("little_memory")
def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(spool.pickle, "dump", full)
    with pytest.raises(NoRoom, match="No space left on device"):
        tickets_in(log_of(csv_file(tmp_path, HEAD + "".join(mixed(100)))))


def test_a_table_that_is_not_grouped_is_sorted_too(tmp_path: Path) -> None:
    rows = [line.strip().split(",") for line in mixed(50)]
    table = pa.table({name: [row[i] for row in rows] for i, name in enumerate(HEAD.strip().split(","))})
    grouped = log_of(csv_file(tmp_path, HEAD + "".join(lines(50))))
    assert by_id(tickets_in(log_of(table))) == by_id(tickets_in(grouped))


def test_a_promise_that_is_not_kept_is_told(tmp_path: Path) -> None:
    log = log_of(csv_file(tmp_path, HEAD + "".join(mixed(3))), grouped=True)
    with pytest.raises(NotGrouped, match=r"`T0` comes back at .*row 4"):
        tickets_in(log)


def test_a_ticket_may_go_on_in_the_next_file(tmp_path: Path) -> None:
    first = csv_file(tmp_path, HEAD + "".join(lines(2)[:4]), "1.csv")
    second = csv_file(tmp_path, HEAD + "".join(lines(2)[4:]), "2.csv")
    whole = csv_file(tmp_path, HEAD + "".join(lines(2)), "whole.csv")
    assert tickets_in(log_of([first, second])) == tickets_in(log_of(whole))
    assert tickets_in(log_of(str(tmp_path / "[12].csv"))) == tickets_in(log_of(whole))


def test_what_has_been_seen_is_known_again() -> None:
    seen, rng = Seen(), np.random.default_rng(1)
    known = set[str]()
    for _ in range(50):
        texts = [str(number) for number in rng.integers(0, 100_000, 200)]
        again = next((place for place, one in enumerate(texts) if one in known or one in texts[:place]), None)
        found = seen.again(texts)
        assert (found is None) == (again is None)
        known.update(texts)


def test_a_log_can_be_gone_through_twice(tmp_path: Path) -> None:
    log = log_of(csv_file(tmp_path, HEAD + "".join(mixed(10))))
    assert tickets_in(log) == tickets_in(log)
    assert log.accounts.rows == 30
    assert policy().evaluate(tickets_in(log)[0], at="2026-03-03T00:00:00Z").clocks
