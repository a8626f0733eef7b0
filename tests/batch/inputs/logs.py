"""Small logs in all forms, for tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sla_dsl
from sla_dsl.batch.inputs import Log, open_log

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sla_dsl import Policy
    from sla_dsl.policy.logs.mapping import Mapping

Json = dict[str, Any]


@cache
def policy() -> Policy:
    return sla_dsl.shipped("rekor")


def log_of(source: Any, mapping: Mapping | None = None, **options: Any) -> Log:
    return open_log(source, mapping, terms=policy().terms, **options)


def tickets_in(log: Log) -> list[Json]:
    return [chunk.ticket(number) for chunk in log for number in range(len(chunk))]


def csv_file(folder: Path, text: str, name: str = "log.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


def listed(log: Log) -> list[tuple[int, str | None, str]]:
    """Goes through the log; the rows that it lists."""
    tickets_in(log)
    assert log.accounts.rows == log.accounts.used + len(log.accounts.listed)
    return [(one.row, one.ticket, one.reason) for one in log.accounts.listed]


def by_id(tickets: Iterable[Json]) -> dict[str, Json]:
    return {one["id"]: one for one in tickets}
