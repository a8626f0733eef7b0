"""Rows in are rows used and rows listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sla_dsl.batch.inputs.listings import Listed, Listings
from tests.batch.inputs.logs import csv_file, listed, log_of, tickets_in

if TYPE_CHECKING:
    from pathlib import Path

GOOD = "7,2026-03-02T09:00:00Z,new\n"


@pytest.mark.parametrize(
    ("row", "ticket", "reason"),
    [
        ("7,soon,new\n", "7", "“soon” is no time such as `2026-03-06T15:00:00+01:00`"),
        ("7,2026-03-02 09:00,new\n", "7", "“2026-03-02 09:00” is a time without a zone, and the mapping says none"),
        ("7,,new\n", "7", "it has no time"),
        (",2026-03-02T09:00:00Z,new\n", None, "it names no ticket"),
        (
            "7,2026-03-02T09:00:00Z,news\n",
            "7",
            "“news” in `status` is not in the mapping, and",
        ),
        ("7,2026-03-02T09:00:00Z\n", None, "it has 2 values, the header has 3"),
    ],
)
def test_a_row_that_cannot_be_used_is_listed(tmp_path: Path, row: str, ticket: str | None, reason: str) -> None:
    path = csv_file(tmp_path, f"id,at,status\n{GOOD}{row}{GOOD}")
    ((number, whose, why),) = listed(log_of(path))
    assert (number, whose) == (2, ticket)
    assert why.startswith(reason)


def test_a_ticket_goes_on_behind_a_listed_row(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "id,at,status\n7,2026-03-02T09:00:00Z,new\n,,\n7,2026-03-02T10:00:00Z,resolved\n")
    assert len(tickets_in(log_of(path))) == 1


def test_a_ticket_of_which_no_row_can_be_used_is_gone(tmp_path: Path) -> None:
    path = csv_file(tmp_path, f"id,at,status\n{GOOD}8,soon,new\n")
    assert [ticket["id"] for ticket in tickets_in(log_of(path))] == ["7"]


def test_blank_lines_are_no_rows(tmp_path: Path) -> None:
    path = csv_file(tmp_path, f"id,at,status\n\n{GOOD}\n\n7,soon,new\n")
    assert [row for row, _, _ in listed(log_of(path))] == [2]


def test_all_rows_of_a_ticket_without_creation_are_listed(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "id,created,at\n7,,2026-03-02T09:00:00Z\n7,,2026-03-02T10:00:00Z\n")
    assert [row for row, _, _ in listed(log_of(path))] == [1, 2]


def test_listed_rows_beyond_some_lie_in_a_file() -> None:
    rows = [Listed("log.csv", row, str(row), None, "it has no time") for row in range(100)]
    first = Listings(in_memory=7)
    for row in rows[:60]:
        first.add(row)
    second = Listings(first, in_memory=9)
    for row in rows[60:]:
        second.add(row)
    assert second == rows
    assert (len(second), second[0], second[65], second[-1], second[98:]) == (
        100,
        rows[0],
        rows[65],
        rows[-1],
        rows[98:],
    )


def test_rows_are_listed_while_they_are_read(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "id,at,status\n" + "7,soon,new\n" * 300)
    assert len(listed(log_of(path))) == 300
