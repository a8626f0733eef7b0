"""JSON Lines: tickets as `sla evaluate` takes them, and rows of entries."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from sla_dsl import SlaError
from sla_dsl.batch.inputs.errors import NoSuchColumn
from sla_dsl.policy.logs.mapping import Mapping, TimeColumn, ValueColumn
from tests.batch.inputs.logs import listed, log_of, policy, tickets_in

if TYPE_CHECKING:
    from pathlib import Path

GOOD: dict[str, Any] = {
    "id": "7",
    "created": "2026-03-02T09:00:00+01:00",
    "priority": "P2",
    "facts": {"production_down": "yes", "products_affected": 3},
    "events": [
        {"at": "2026-03-02T10:00:00Z", "status": "In Progress", "event": "question_sent"},
        {"at": "2026-03-02T09:30:00Z", "severity": "high", "facts": {"production_down": False}, "caller": None},
    ],
}


def lines(folder: Path, *rows: object) -> Path:
    path = folder / "log.jsonl"
    path.write_text("".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows))
    return path


def test_a_ticket_is_taken_as_it_is(tmp_path: Path) -> None:
    (ticket,) = tickets_in(log_of(lines(tmp_path, GOOD)))
    assert ticket == {
        "id": "7",
        "created": "2026-03-02T08:00:00+00:00",
        "priority": "p2",
        "facts": {"production_down": True, "products_affected": 3},
        "events": [
            {"at": "2026-03-02T10:00:00+00:00", "status": "in_progress", "event": "question_sent"},
            {"at": "2026-03-02T09:30:00+00:00", "severity": "high", "facts": {"production_down": False}},
        ],
    }


def test_it_gets_the_answers_of_the_ticket_itself(tmp_path: Path) -> None:
    (ticket,) = tickets_in(log_of(lines(tmp_path, GOOD)))
    found, expected = (policy().evaluate(one, at="2026-03-04T00:00:00Z") for one in (ticket, GOOD))
    assert [(one.due, one.verdict) for one in found.clocks] == [(one.due, one.verdict) for one in expected.clocks]


@pytest.mark.parametrize(
    "change",
    [
        {"created": "soon"},
        {"created": None},
        {"created": 7},
        {"priority": "p9"},
        {"priority": True},
        {"prio": "p1"},
        {"facts": {"production_down": "maybe"}},
        {"facts": ["production_down"]},
        {"events": {"at": "2026-03-02T10:00:00Z"}},
        {"events": [{"status": "new"}]},
        {"events": [{"at": "2026-03-02T10:00:00", "status": "new"}]},
        {"events": [{"at": "2026-03-02T10:00:00Z", "status": "news"}]},
        {"events": [{"at": "2026-03-02T10:00:00Z", "due": "2026-03-02T10:00:00Z"}]},
        {"events": ["new"]},
        {"status": "new"},
    ],
)
def test_what_is_wrong_with_a_ticket_is_what_is_said_of_it_alone(tmp_path: Path, change: dict[str, Any]) -> None:
    bad = GOOD | {"id": "8"} | change
    with pytest.raises(SlaError) as error:
        policy().evaluate(bad, at="2026-03-04T00:00:00Z")
    log = log_of(lines(tmp_path, GOOD, bad))
    assert listed(log) == [(2, "8", " · ".join(str(error.value).splitlines()))]
    assert log.accounts.used == 1


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "this is no JSON"),
        ('{"id": "8", "id": "9"}', "the key `id` is there twice"),
        ('{"id": NaN}', "no number of JSON"),
        ("[1]", "names no ticket|write an object"),
        ('{"created": "2026-03-02T09:00:00Z"}', "names no ticket"),
    ],
)
def test_a_line_that_is_no_ticket_is_listed(tmp_path: Path, line: str, why: str) -> None:
    ((row, _, reason),) = listed(log_of(lines(tmp_path, GOOD, line)))
    assert row == 2
    assert any(part in reason for part in why.split("|"))


def test_a_ticket_that_is_there_twice_is_listed_once(tmp_path: Path) -> None:
    other = GOOD | {"id": "8"}
    log = log_of(lines(tmp_path, GOOD, other, GOOD, other, GOOD))
    assert len(tickets_in(log)) == 2
    assert sorted(listed(log)) == [
        (3, "7", "the ticket is already in row 1"),
        (4, "8", "the ticket is already in row 2"),
        (5, "7", "the ticket is already in row 1"),
    ]


def test_objects_in_objects_are_columns_with_a_dot(tmp_path: Path) -> None:
    path = lines(tmp_path, {"key": 7, "when": "2026-03-02T09:00:00Z", "fields": {"state": {"name": "new"}}})
    values = (ValueColumn("status", "", ("fields.state.name",)),)
    mapping = Mapping("m", "entry", ("key",), at=TimeColumn("when"), values=values)
    (ticket,) = tickets_in(log_of(path, mapping))
    assert (ticket["id"], ticket["events"][0]["status"]) == ("7", "new")


def test_a_column_that_no_row_has(tmp_path: Path) -> None:
    path = lines(tmp_path, {"id": "7", "at": "2026-03-02T09:00:00Z", "stat": "new"})
    mapping = Mapping("m", "entry", ("id",), at=TimeColumn("at"), values=(ValueColumn("status", "", ("state",)),))
    with pytest.raises(NoSuchColumn, match="no column `state`; did you mean `stat`"):
        tickets_in(log_of(path, mapping))


def test_rows_that_are_no_objects_are_listed(tmp_path: Path) -> None:
    path = lines(tmp_path, {"id": "7", "at": "2026-03-02T09:00:00Z"}, "[1]", "{", {"id": "7", "at": "soon"})
    assert [row for row, _, _ in listed(log_of(path))] == [2, 3, 4]


def test_a_list_for_a_value_is_listed(tmp_path: Path) -> None:
    path = lines(tmp_path, {"id": "7", "at": "2026-03-02T09:00:00Z", "status": ["new"]})
    assert [row for row, _, _ in listed(log_of(path))] == [1]
