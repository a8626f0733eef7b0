"""Tables are written whole or not at all."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.ipc
import pyarrow.parquet
import pytest

from sla_dsl.batch import evaluate
from sla_dsl.batch.outputs import UnknownForm, table_file
from sla_dsl.files import UnwritableFile
from tests.batch.random_logs import random_log

if TYPE_CHECKING:
    from collections.abc import Iterable

FORMS = ("parquet", "csv", "arrow")
FULL = Path("/dev/full")


@pytest.fixture(scope="module")
def batches() -> list[pa.RecordBatch]:
    log = random_log(0)
    return list(evaluate(log.policy, log.chunks(), at=log.at))


def write(path: Path, batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> None:
    with table_file(path, schema) as add:
        for batch in batches:
            add(batch)


def read(path: Path) -> pa.Table:
    return pyarrow.parquet.read_table(path) if path.suffix == ".parquet" else pyarrow.ipc.open_file(path).read_all()


@pytest.mark.parametrize("form", ["parquet", "arrow"])
def test_what_is_written_is_read_again(tmp_path: Path, batches: list[pa.RecordBatch], form: str):
    path = tmp_path / f"answers.{form}"
    write(path, batches, batches[0].schema)
    assert read(path).to_pylist() == pa.Table.from_batches(batches).to_pylist()
    assert list(tmp_path.iterdir()) == [path]


def test_csv_has_a_head_and_a_line_for_each_row(tmp_path: Path, batches: list[pa.RecordBatch]):
    path = tmp_path / "answers.CSV"
    write(path, batches, batches[0].schema)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    expected = pa.Table.from_batches(batches).to_pylist()
    assert [row["ticket"] for row in rows] == [row["ticket"] for row in expected]
    for row, want in zip(rows, expected, strict=True):
        assert row["due"] == ("" if want["due"] is None else f"{want['due']:%Y-%m-%d %H:%M:%S.%f}Z")
        assert row["used_seconds"] == "" or float(row["used_seconds"]) == want["used_seconds"]
        assert row["verdict"] == want["verdict"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
def test_what_is_ended_early_leaves_what_was_there(
    tmp_path: Path, batches: list[pa.RecordBatch], form: str, error: type[BaseException]
):
    path = tmp_path / f"answers.{form}"
    path.write_bytes(b"old")

    def broken() -> Iterable[pa.RecordBatch]:
        yield batches[0]
        raise error

    with pytest.raises(error):
        write(path, broken(), batches[0].schema)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(not FULL.exists(), reason="a device of Linux that is always full")
@pytest.mark.parametrize("form", FORMS)
def test_a_full_disk_is_said(tmp_path: Path, batches: list[pa.RecordBatch], form: str):
    path = tmp_path / f"answers.{form}"
    path.symlink_to(FULL)
    with pytest.raises(UnwritableFile, match=rf"answers\.{form} cannot be written: No space left on device"):
        write(path, batches * 50, batches[0].schema)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("form", FORMS)
def test_a_disk_that_fills_up_keeps_the_old_file(
    tmp_path: Path, batches: list[pa.RecordBatch], form: str, monkeypatch: pytest.MonkeyPatch
):
    path = tmp_path / f"answers.{form}"
    path.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(UnwritableFile, match="No space left on device"):
        write(path, batches, batches[0].schema)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_the_ending_says_the_form(tmp_path: Path, batches: list[pa.RecordBatch]):
    with pytest.raises(UnknownForm, match=r"must end in \.parquet, \.csv, \.arrow"):
        write(tmp_path / "answers.xlsx", batches, batches[0].schema)
    assert list(tmp_path.iterdir()) == []


def test_an_error_elsewhere_is_not_that_of_the_file(tmp_path: Path, batches: list[pa.RecordBatch]):
    def unreadable() -> Iterable[pa.RecordBatch]:
        yield batches[0]
        raise OSError("the log is gone")

    with pytest.raises(OSError, match="the log is gone"):
        write(tmp_path / "answers.parquet", unreadable(), batches[0].schema)
