"""A million tickets from file to report, in memory that does not grow with them. No times: `make bench` measures."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq
import pytest

from tests.docs.incidents import FOLDER, answers
from tests.large.copies import MAPPING, ROWS, TICKETS, write

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the memory of a child is asked for with wait4")

MANY, FEW = 109, 11
MOST = 1_024
"""Megabytes, of the whole process."""
EACH = 128
"""Bytes that one more ticket may cost: its number has been seen, how long it took goes into the percentiles."""


def report(log: Path, *options: str) -> tuple[dict[str, Any], float]:
    """What `sla report` says of a log, and the most megabytes that it had."""
    (log.parent / "log.sla").write_text(MAPPING, encoding="utf-8")
    said = log.with_suffix(".json")
    command = ["-m", "sla_dsl", "report", str(FOLDER / "incidents.sla"), str(log), "--map", str(log.parent / "log.sla")]
    actions = [(os.POSIX_SPAWN_OPEN, 1, str(said), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)]
    arguments = [sys.executable, *command, "--format", "json", *options]
    child = os.posix_spawn(sys.executable, arguments, os.environ, file_actions=actions)
    _, status, used = os.wait4(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    kilobytes = used.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return json.loads(said.read_text(encoding="utf-8")), kilobytes / 1024


def verdicts(said: dict[str, Any]) -> Counter[str]:
    (whole,) = [one for one in said["groups"] if not one["by"]]
    return Counter({name: count for name, count in whole["verdicts"].items() if count})


def expected(copies: int) -> Counter[str]:
    once = Counter(answers()["verdict"].to_pylist())
    return Counter({name: count * copies for name, count in once.items()})


def test_a_million_tickets_are_answered_in_bounded_memory(tmp_path: Path) -> None:
    peaks: list[float] = []
    for copies in (FEW, MANY):
        log = tmp_path / f"{copies}.parquet"
        write(log, copies)
        said, megabytes = report(log)
        assert (said["rows"]["read"], said["rows"]["used"], said["tickets"]) == (
            copies * ROWS,
            copies * ROWS,
            copies * TICKETS,
        )
        assert said["one_by_one"]["tickets"] == 0
        assert verdicts(said) == expected(copies)
        peaks.append(megabytes)
    assert peaks[1] <= MOST
    assert peaks[1] - peaks[0] <= EACH * (MANY - FEW) * TICKETS / 2**20


def test_each_of_many_copies_is_answered_alike(tmp_path: Path) -> None:
    log, found = tmp_path / "log.parquet", tmp_path / "answers.parquet"
    write(log, FEW)
    report(log, "--tickets", str(found))
    table = pq.read_table(found)
    assert table.num_rows == FEW * TICKETS
    shown = ("due", "stopped", "verdict", "used_seconds", "made_sla")
    once = {row["ticket"]: [row[name] for name in shown] for row in answers().to_pylist()}
    for row in table.to_pylist():
        assert [row[name] for name in shown] == once[row["ticket"].partition(" / ")[0]]


def test_tickets_that_are_not_together_are_sorted_on_disk(tmp_path: Path) -> None:
    log = tmp_path / "mixed.parquet"
    write(log, MANY, mixed=True)
    said, megabytes = report(log)
    assert (said["rows"]["read"], said["rows"]["used"], said["tickets"]) == (MANY * ROWS, MANY * ROWS, MANY * TICKETS)
    assert verdicts(said) == expected(MANY)
    assert megabytes <= 2 * MOST
