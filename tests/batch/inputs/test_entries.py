"""Logs with one row per entry."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from sla_dsl.batch.inputs import agreed
from sla_dsl.policy.logs.mapping import ChangeColumn, Mapping, MomentColumn, TimeColumn, ValueColumn
from tests.batch.inputs.logs import csv_file, listed, log_of, tickets_in

if TYPE_CHECKING:
    from pathlib import Path

LOG = """id,at,status,priority
7,2026-03-02T09:00:00Z,new,p3
7,2026-03-02T10:00:00Z,in_progress,p3
7,2026-03-02T11:00:00Z,in_progress,p2
8,2026-03-02T09:30:00Z,new,p1
"""


def test_only_what_changes_is_an_entry(tmp_path: Path) -> None:
    first, _ = tickets_in(log_of(csv_file(tmp_path, LOG)))
    assert first == {
        "id": "7",
        "created": "2026-03-02T09:00:00+00:00",
        "priority": "p3",
        "events": [
            {"at": "2026-03-02T09:00:00+00:00", "status": "new"},
            {"at": "2026-03-02T10:00:00+00:00", "status": "in_progress"},
            {"at": "2026-03-02T11:00:00+00:00", "priority": "p2"},
        ],
    }


def test_a_value_behind_a_missing_one_is_compared_with_the_last_that_was_said(tmp_path: Path) -> None:
    log = "id,at,priority\n7,2026-03-02T09:00:00Z,p3\n7,2026-03-02T10:00:00Z,\n7,2026-03-02T11:00:00Z,p3\n"
    (ticket,) = tickets_in(log_of(csv_file(tmp_path, log)))
    assert ticket["events"] == []


def test_every_row_with_an_event_is_an_entry(tmp_path: Path) -> None:
    log = "id,at,event\n7,2026-03-02T09:00:00Z,reproduced\n7,2026-03-02T10:00:00Z,reproduced\n"
    (ticket,) = tickets_in(log_of(csv_file(tmp_path, log)))
    assert [entry["event"] for entry in ticket["events"]] == ["reproduced", "reproduced"]


def test_a_ticket_is_created_with_the_event_that_the_policy_calls_so(tmp_path: Path) -> None:
    log = "id,at,event\n7,2026-03-02T09:00:00Z,reported\n7,2026-03-02T10:00:00Z,ticket_created\n"
    (ticket,) = tickets_in(log_of(csv_file(tmp_path, log)))
    assert ticket["created"] == "2026-03-02T10:00:00+00:00"


def test_a_created_column_counts_as_the_first_row_that_has_it_says(tmp_path: Path) -> None:
    log = "id,created,at,status\n7,,2026-03-02T09:00:00Z,new\n7,2026-03-01T09:00:00Z,2026-03-02T10:00:00Z,resolved\n"
    (ticket,) = tickets_in(log_of(csv_file(tmp_path, log)))
    assert ticket["created"] == "2026-03-01T09:00:00+00:00"


def test_a_back_filled_moment_is_one_entry_at_its_own_time(tmp_path: Path) -> None:
    log = "id,at,done\n7,2026-03-02T09:00:00Z,2026-03-02T12:00:00Z\n7,2026-03-02T12:00:00Z,2026-03-02T12:00:00Z\n"
    mapping = Mapping("m", "entry", ("id",), at=TimeColumn("at"), moments=(MomentColumn("status", "resolved", "done"),))
    (ticket,) = tickets_in(log_of(csv_file(tmp_path, log), mapping))
    assert ticket["events"] == [{"at": "2026-03-02T12:00:00+00:00", "status": "resolved"}]


def test_a_change_of_a_column_is_an_event(tmp_path: Path) -> None:
    log = "id,at,group\n7,2026-03-02T09:00:00Z,a\n7,2026-03-02T10:00:00Z,a\n7,2026-03-02T11:00:00Z,b\n"
    changes = (ChangeColumn("next_step_communicated", "group"),)
    mapping = Mapping("m", "entry", ("id",), at=TimeColumn("at"), changes=changes)
    (ticket,) = tickets_in(log_of(csv_file(tmp_path, log), mapping))
    assert ticket["events"] == [{"at": "2026-03-02T11:00:00+00:00", "event": "next_step_communicated"}]


def test_two_events_of_one_row_are_two_entries(tmp_path: Path) -> None:
    log = "id,at,one,two\n7,2026-03-02T09:00:00Z,reproduced,question_sent\n"
    values = (ValueColumn("event", "", ("one",)), ValueColumn("event", "", ("two",)))
    mapping = Mapping("m", "entry", ("id",), at=TimeColumn("at"), values=values)
    (ticket,) = tickets_in(log_of(csv_file(tmp_path, log), mapping))
    assert [entry["event"] for entry in ticket["events"]] == ["reproduced", "question_sent"]


def test_kept_columns_have_the_value_of_the_last_row(tmp_path: Path) -> None:
    log = "id,at,group\n7,2026-03-02T09:00:00Z,a\n7,2026-03-02T10:00:00Z,b\n8,2026-03-02T11:00:00Z,\n"
    (chunk,) = log_of(csv_file(tmp_path, log))
    assert list(chunk.kept["group"]) == ["b", None]


def test_the_latest_instant_is_that_of_all_times(tmp_path: Path) -> None:
    log = log_of(csv_file(tmp_path, LOG))
    assert log.latest() == 1772449200000000


def test_tickets_are_whole_however_small_the_chunks(tmp_path: Path) -> None:
    path = csv_file(tmp_path, LOG)
    assert tickets_in(log_of(path, rows=1)) == tickets_in(log_of(path))


def test_a_ticket_that_comes_back_is_one_ticket(tmp_path: Path) -> None:
    head, *rows = LOG.splitlines(keepends=True)
    mixed = csv_file(tmp_path, "".join((head, rows[0], rows[3], *rows[1:3])), "mixed.csv")
    assert tickets_in(log_of(mixed)) == tickets_in(log_of(csv_file(tmp_path, LOG)))


def test_columns_without_a_single_value_say_nothing() -> None:
    nothing = pa.nulls(2)
    there = {"id": ["7", "7"], "at": ["2026-03-02T09:00:00Z"] * 2}
    table = pa.table({**there, "status": nothing, "priority": nothing, "other": nothing})
    (ticket,) = tickets_in(log_of(table))
    assert ticket == {"id": "7", "created": "2026-03-02T09:00:00+00:00", "events": []}


def test_typed_values_are_read_as_the_policy_writes_them() -> None:
    table = pa.table({
        "id": [7.0, 8.0],
        "at": pa.array([0, 1], pa.timestamp("s", "UTC")),
        "products_affected": [2.0, 2.5],
        "production_down": [True, False],
    })  # fmt: skip
    first, second = tickets_in(log_of(table))
    assert (first["id"], first["facts"]) == ("7", {"products_affected": 2, "production_down": True})
    assert second["facts"] == {"products_affected": 2.5, "production_down": False}


def test_two_columns_that_say_different_things_list_the_row(tmp_path: Path) -> None:
    log = "id,at,one,two\n7,2026-03-02T09:00:00Z,p1,p1\n7,2026-03-02T10:00:00Z,p1,p2\n7,2026-03-02T11:00:00Z,,p3\n"
    values = (ValueColumn("level", "priority", ("one",)), ValueColumn("level", "priority", ("two",)))
    read = log_of(csv_file(tmp_path, log), Mapping("m", "entry", ("id",), at=TimeColumn("at"), values=values))
    assert listed(read) == [(2, "7", "two columns say different things of `priority`")]
    assert tickets_in(read)[0]["events"] == [{"at": "2026-03-02T11:00:00+00:00", "priority": "p3"}]


def test_several_columns_tell_tickets_apart(tmp_path: Path) -> None:
    log = "desk,id,at\na,7,2026-03-02T09:00:00Z\nb,7,2026-03-02T09:00:00Z\n,7,2026-03-02T09:00:00Z\n"
    read = log_of(csv_file(tmp_path, log), Mapping("m", "entry", ("desk", "id"), at=TimeColumn("at")))
    assert [ticket["id"] for ticket in tickets_in(read)] == ["a / 7", "b / 7", "7"]


def test_a_ticket_in_two_rows_where_each_row_is_a_ticket(tmp_path: Path) -> None:
    log = "id,created\n7,2026-03-02T09:00:00Z\n8,2026-03-02T09:00:00Z\n7,2026-03-03T09:00:00Z\n"
    read = log_of(csv_file(tmp_path, log), Mapping("m", "ticket", ("id",), created=TimeColumn("created")))
    assert listed(read) == [(3, "7", "the ticket is already in row 1")]


def test_an_agreed_due_time_goes_with_the_event_that_agrees_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agreed, "words_of", lambda _: SimpleNamespace(agreed=("question_sent",)))
    log = (
        "id,at,event,due\n"
        "7,2026-03-02T09:00:00Z,reported,2026-03-09T09:00:00Z\n"
        "7,2026-03-02T10:00:00Z,question_sent,2026-03-09T10:00:00+01:00\n"
    )
    (ticket,) = tickets_in(log_of(csv_file(tmp_path, log)))
    assert [entry.get("due") for entry in ticket["events"]] == [None, "2026-03-09T09:00:00+00:00"]
