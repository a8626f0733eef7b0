"""A log gone through in Python: from a file, a table, a log that was opened, or chunks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pytest
from attrs import evolve

import sla_dsl
from sla_dsl.batch import Files, Wish, compare, evaluate, open_log, summarize
from sla_dsl.batch.errors import NoInstant, NotKept
from sla_dsl.batch.inputs.errors import BadLog
from sla_dsl.batch.outputs import UnknownForm
from sla_dsl.files import UnwritableFile
from sla_dsl.policy.logs.summary import Summary
from tests.batch.random_logs import random_log

if TYPE_CHECKING:
    from collections.abc import Iterator

AT = "2026-03-09T12:00:00+01:00"
ROWS: list[dict[str, Any]] = [
    {"id": "71", "created": "2026-03-06T15:00:00+01:00", "priority": "p1", "team": "north"},
    {"id": "72", "created": "2026-03-06T16:00:00+01:00", "priority": "p2", "team": "south"},
]


@pytest.fixture(scope="module")
def policy() -> sla_dsl.Policy:
    return sla_dsl.shipped("cloudcti").set(holidays=[])


@pytest.fixture
def table() -> pa.Table:
    return pa.table({name: [row[name] for row in ROWS] for name in ROWS[0]})


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "log.csv"
    lines = [",".join(ROWS[0]), *(",".join(row.values()) for row in ROWS)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_whatever_a_log_is_given_as_the_answers_are_the_same(policy: sla_dsl.Policy, table: pa.Table, file: Path):
    expected = evaluate(policy, table, at=AT).table().to_pylist()
    assert len(expected) == 6
    for log in (file, str(file), [file], open_log(file, terms=policy.terms), list(open_log(file, terms=policy.terms))):
        assert evaluate(policy, log, at=AT).table().to_pylist() == expected
    found = [summarize(policy, log, at=AT) for log in (table, file, [str(file)], open_log(table, terms=policy.terms))]
    assert len({str(one.groups) for one in found}) == 1
    assert found[0].rows.used == 2


def test_files_and_tables_may_come_one_by_one(policy: sla_dsl.Policy, table: pa.Table, file: Path):
    expected = evaluate(policy, table, at=AT).table().to_pylist()
    parts = table.slice(0, 1), table.slice(1)
    logs: list[Any] = [
        iter(parts),
        (one for one in parts),
        parts,
        dict.fromkeys([file]).keys(),
        pa.RecordBatchReader.from_stream(table),
    ]
    for log in logs:
        assert evaluate(policy, log, at=AT).table().to_pylist() == expected
    assert summarize(policy, iter([file])).tickets == 2


@pytest.mark.parametrize(
    "log", [{"id": ["71"]}, 71, None, b"log.csv", [71], [["71"]], object()], ids=lambda log: type(log).__name__
)
def test_what_is_no_log(policy: sla_dsl.Policy, log: Any):
    for ask in (lambda: evaluate(policy, log, at=AT), lambda: open_log(log, terms=policy.terms)):
        with pytest.raises(
            BadLog, match="a log is a file, a table of Arrow, Polars or pandas, or several of them, not"
        ):
            ask()


def test_chunks_among_files_are_no_log(policy: sla_dsl.Policy, file: Path):
    mixed: Any = [*open_log(file, terms=policy.terms), file]
    with pytest.raises(BadLog, match="not `Chunk`"):
        evaluate(policy, mixed, at=AT)


def test_a_log_is_not_overwritten(policy: sla_dsl.Policy, file: Path):
    before = file.read_bytes()
    for files in (Files(answers=file), Files(listed=file)):
        with pytest.raises(UnwritableFile, match="the log is read from it"):
            summarize(policy, str(file.with_name("l*.csv")), at=AT, wish=Wish(files=files))
        with pytest.raises(UnwritableFile, match="the log is read from it"):
            compare(policy, policy, file, at=AT, wish=Wish(files=files))
    assert file.read_bytes() == before


def test_columns_are_kept_where_they_are_wanted(policy: sla_dsl.Policy, file: Path):
    found = summarize(policy, file, at=AT, wish=Wish(columns=("team", "priority")))
    assert found.columns == ("team", "priority_in_log")
    assert {one.by["team"] for one in found.groups if "team" in one.by} == {"north", "south"}
    assert {one.by["priority_in_log"] for one in found.groups if "priority_in_log" in one.by} == {"p1", "p2"}
    names = evaluate(policy, open_log(file, terms=policy.terms, keep=("priority",)), at=AT).schema.names
    assert names.count("priority") == 1
    assert "priority_in_log" in names


def test_no_two_columns_get_the_same_name(policy: sla_dsl.Policy, table: pa.Table, tmp_path: Path):
    log = table.append_column("priority_in_log", pa.array(["x", "y"]))
    path, flips = tmp_path / "answers.csv", tmp_path / "flips.parquet"
    wish = Wish(columns=("priority_in_log", "priority", "priority"), files=Files(answers=path))
    found = summarize(policy, log, at=AT, wish=wish)
    assert found.columns == ("priority_in_log", "priority_in_log_2")
    for column, values in (("priority_in_log", {"x", "y"}), ("priority_in_log_2", {"p1", "p2"})):
        assert {one.by[column] for one in found.groups if column in one.by} == values
    written = pyarrow.csv.read_csv(path)
    assert {(one["priority_in_log"], one["priority_in_log_2"]) for one in written.to_pylist()} == {
        ("x", "p1"),
        ("y", "p2"),
    }
    kept = table.append_column("created_in_log", pa.array(["x", "y"])).append_column(
        "due_later_seconds", pa.array([1, 2])
    )
    opened = open_log(kept, terms=policy.terms, keep=("created",))
    compare(policy, policy.set(holidays=None), opened, at=AT, wish=Wish(files=Files(flips=flips)))
    names = pyarrow.parquet.read_table(flips).column_names
    assert len(set(names)) == len(names)
    assert {"created", "created_in_log", "created_in_log_2", "due_later_seconds_in_log"} <= {*names}


def test_a_column_that_chunks_do_not_keep(policy: sla_dsl.Policy, file: Path):
    chunks = list(open_log(file, terms=policy.terms))
    with pytest.raises(NotKept, match="no kept column `tean`; did you mean `team`"):
        summarize(policy, chunks, at=AT, wish=Wish(columns=("tean",)))


def test_the_instant_of_chunks_that_come_once(policy: sla_dsl.Policy, file: Path):
    def once() -> Iterator[Any]:
        yield from open_log(file, terms=policy.terms)

    with pytest.raises(NoInstant):
        summarize(policy, once())
    assert summarize(policy, once(), at=AT).tickets == 2


def test_nothing_is_read_where_a_file_cannot_be_written(policy: sla_dsl.Policy, tmp_path: Path):
    def never() -> Iterator[Any]:
        raise AssertionError("it was read")
        yield

    with pytest.raises(UnknownForm):
        summarize(policy, never(), at=AT, wish=Wish(files=Files(answers=tmp_path / "answers.txt")))
    folder = tmp_path / "answers.csv"
    folder.mkdir()
    for files in (Files(listed=tmp_path / "no" / "listed.csv"), Files(answers=folder)):
        with pytest.raises(UnwritableFile, match="cannot be written"):
            summarize(policy, never(), at=AT, wish=Wish(files=files))


def test_tickets_that_cannot_be_answered_are_counted_with_their_rows():
    log = random_log(1)
    early = min(log.at, *(evaluation.at for evaluation in log.evaluations())).replace(year=2026, month=4, day=2)
    chunks = [evolve(chunk, rows=chunk.created * 0 + 3) for chunk in log.chunks()]
    found = summarize(log.policy, chunks, at=early)
    assert isinstance(found, Summary)
    assert found.rows.read == 3 * len(log.tickets)
    assert found.rows.used == 3 * found.tickets
    assert found.rows.used + found.rows.listed == found.rows.read
    assert found.rows.listed == sum(found.rows.reasons.values()) > 0


def test_a_comparison_from_a_file(policy: sla_dsl.Policy, file: Path, tmp_path: Path):
    flips = tmp_path / "flips.parquet"
    found = compare(policy, policy.set(holidays=None), file, at=AT, wish=Wish(files=Files(flips=flips)))
    assert found.compared == 2
    assert flips.exists()


def test_a_log_without_tickets(policy: sla_dsl.Policy, tmp_path: Path):
    path = tmp_path / "answers.parquet"
    found = summarize(policy, [], at=AT, wish=Wish(files=Files(answers=path)))
    assert (found.tickets, found.groups, found.created) == (0, (), None)
    assert pyarrow.parquet.read_table(path).num_rows == 0
