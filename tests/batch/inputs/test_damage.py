"""Files that cannot be read: each a clear error with the file, the place and what to do; never a traceback."""

from __future__ import annotations

import bz2
import contextlib
import gzip
import os
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import ipc, parquet

from sla_dsl import SlaError
from sla_dsl.batch.inputs.csv_files import MOST_ROW_BYTES
from sla_dsl.batch.inputs.errors import ColumnTwice, EmptyLog, NoSuchColumn, NotTimes, NotValues, UnreadableLog
from sla_dsl.policy.logs.mapping import FileForm, Mapping, TimeColumn, ValueColumn
from sla_dsl.policy.logs.usual import NoUsualColumns
from tests.batch.inputs.logs import csv_file, listed, log_of, tickets_in

HEAD = "id,at,status\n"
ROW = "7,2026-03-02T09:00:00Z,new\n"
MAPPING = Mapping("m", "entry", ("id",), at=TimeColumn("at"), values=(ValueColumn("status", "", ("status",)),))


def told(path: object, mapping: Mapping | None = None) -> str:
    """Reads a log that is damaged; what is told of it."""
    with pytest.raises(UnreadableLog) as error:
        tickets_in(log_of(path, mapping))
    return str(error.value).replace(str(path), "LOG")


def raw(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def table() -> pa.Table:
    rows = {"id": ["7"] * 5000, "at": [1772442000000000 + i for i in range(5000)], "status": ["new"] * 5000}
    whole = pa.table(rows)
    return pa.table(
        {**{n: whole.column(n) for n in ("id", "status")}, "at": whole.column("at").cast(pa.timestamp("us", "UTC"))}
    )


# -------------------------------------------------------------------------------------------- files


def test_no_such_file(tmp_path: Path) -> None:
    assert told(tmp_path / "log.csv") == "LOG cannot be read: there is no such file"


def test_no_file_matches(tmp_path: Path) -> None:
    assert told(str(tmp_path / "*.csv")) == "LOG cannot be read: there is no such file"


def test_a_folder(tmp_path: Path) -> None:
    assert told(tmp_path).startswith("LOG cannot be read: it is a folder. Name the files in it")


def test_a_folder_that_is_called_like_a_file(tmp_path: Path) -> None:
    (tmp_path / "log.csv").mkdir()
    assert told(tmp_path / "log.csv").startswith("LOG cannot be read: it is a folder")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = csv_file(tmp_path, HEAD + ROW)
    path.chmod(0)
    assert told(path) == "LOG cannot be read: this user may not read it"


def test_an_unknown_ending(tmp_path: Path) -> None:
    assert told(raw(tmp_path, "log.xlsx", b"PK")).startswith(
        "LOG cannot be read: its name does not say how it is written"
    )


def test_no_file_at_all() -> None:
    with pytest.raises(UnreadableLog, match="no file is named"):
        log_of([])


# ---------------------------------------------------------------------------------------------- CSV


@pytest.mark.parametrize("content", ["", "\n\n", "   ", "\ufeff", "\ufeff\n"])
def test_an_empty_file(tmp_path: Path, content: str) -> None:
    assert told(csv_file(tmp_path, content)) == "LOG cannot be read: it is empty"


@pytest.mark.parametrize("end", ["", "\n", "\r\n\r\n"])
def test_a_header_only(tmp_path: Path, end: str) -> None:
    with pytest.raises(EmptyLog, match="has no rows"):
        tickets_in(log_of(csv_file(tmp_path, HEAD.strip() + end)))


def test_another_encoding(tmp_path: Path) -> None:
    path = raw(tmp_path, "log.csv", (HEAD + ROW + "7,2026-03-02T09:00:00Z,gelöst\n").encode("cp1252"))
    assert told(path).startswith("LOG cannot be read: it is not in UTF-8 on line 3. Say how it is saved")


def test_a_known_encoding(tmp_path: Path) -> None:
    path = raw(tmp_path, "log.csv", (HEAD + "7ö,2026-03-02T09:00:00Z,new\n").encode("cp1252"))
    mapping = Mapping("m", "entry", ("id",), at=TimeColumn("at"), file=FileForm(encoding="cp1252"))
    assert [ticket["id"] for ticket in tickets_in(log_of(path, mapping))] == ["7ö"]


def test_an_unknown_encoding(tmp_path: Path) -> None:
    mapping = Mapping("m", "entry", ("id",), at=TimeColumn("at"), file=FileForm(encoding="klingon"))
    assert told(csv_file(tmp_path, HEAD + ROW), mapping).startswith(
        "LOG cannot be read: there is no encoding `klingon`"
    )


def test_utf_16(tmp_path: Path) -> None:
    path = raw(tmp_path, "log.csv", (HEAD + ROW).encode("utf-16"))
    assert told(path).startswith("LOG cannot be read: it is saved as UTF-16")


def test_utf_16_that_is_said(tmp_path: Path) -> None:
    path = raw(tmp_path, "log.csv", (HEAD + ROW).encode("utf-16"))
    mapping = Mapping("m", "entry", ("id",), at=TimeColumn("at"), file=FileForm(encoding="utf-16"))
    assert len(tickets_in(log_of(path, mapping))) == 1


def test_a_mark_of_byte_order_is_no_part_of_the_first_name(tmp_path: Path) -> None:
    path = raw(tmp_path, "log.csv", b"\xef\xbb\xbf" + (HEAD + ROW).encode())
    assert len(tickets_in(log_of(path))) == 1


def test_mixed_line_ends(tmp_path: Path) -> None:
    assert listed(log_of(csv_file(tmp_path, HEAD + ROW + ROW.replace("\n", "\r\n") + ROW))) == []


def test_a_line_end_inside_a_value(tmp_path: Path) -> None:
    path = csv_file(tmp_path, f'note,{HEAD}"one\ntwo, ""three""",{ROW}x,{ROW.replace("Z", "")}')
    log = log_of(path)
    assert [row for row, _, _ in listed(log)] == [2]


def test_a_quotation_mark_that_is_never_closed(tmp_path: Path) -> None:
    path = csv_file(tmp_path, f'{HEAD}{ROW}7,2026-03-02T09:00:00Z,"new\n{ROW}{ROW}')
    assert told(path).startswith("LOG cannot be read: a quotation mark in the row that begins on line 3 is not closed")


def test_a_lone_quotation_mark_inside_a_value_is_a_sign_like_others(tmp_path: Path) -> None:
    path = csv_file(tmp_path, f'{HEAD}7" pipe,2026-03-02T09:00:00Z,new\n')
    assert [ticket["id"] for ticket in tickets_in(log_of(path))] == ['7" pipe']


def test_a_value_of_a_megabyte(tmp_path: Path) -> None:
    path = csv_file(tmp_path, f"note,{HEAD}{'x' * 1_000_000},{ROW}")
    assert len(tickets_in(log_of(path))) == 1


def test_a_value_that_is_too_long(tmp_path: Path) -> None:
    path = csv_file(tmp_path, f"note,{HEAD}{'x' * 10_000_000},{ROW}")
    assert told(path).startswith(f"LOG cannot be read: a row is longer than {MOST_ROW_BYTES} bytes")


def test_a_null_byte(tmp_path: Path) -> None:
    path = csv_file(tmp_path, HEAD + ROW + "7,2026-03-02T09:00:00Z,ne\0w\n")
    assert [row for row, _, _ in listed(log_of(path))] == [2]


def test_a_missing_column_has_a_neighbour(tmp_path: Path) -> None:
    path = csv_file(tmp_path, HEAD.replace("status", "statsu") + ROW)
    with pytest.raises(NoSuchColumn, match=r"no column `status`; did you mean `statsu`\?"):
        tickets_in(log_of(path, MAPPING))


def test_columns_that_are_not_called_as_usual(tmp_path: Path) -> None:
    with pytest.raises(NoUsualColumns, match="no column `id`"):
        log_of(csv_file(tmp_path, "number,at\n7,2026-03-02T09:00:00Z\n"))


def test_a_column_that_is_there_twice(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "id,at,status,status\n7,2026-03-02T09:00:00Z,new,new\n")
    with pytest.raises(ColumnTwice, match="two columns `status`"):
        tickets_in(log_of(path, MAPPING))


def test_one_of_several_files_is_damaged(tmp_path: Path) -> None:
    good = csv_file(tmp_path, HEAD + ROW, "good.csv")
    bad = csv_file(tmp_path, "", "bad.csv")
    with pytest.raises(UnreadableLog, match=r"bad\.csv cannot be read"):
        tickets_in(log_of([good, bad]))


# ------------------------------------------------------------------------------------------- compressed


def test_a_truncated_gzip(tmp_path: Path) -> None:
    whole = gzip.compress((HEAD + ROW * 10_000).encode())
    path = raw(tmp_path, "log.csv.gz", whole[: len(whole) // 2])
    assert told(path).startswith("LOG cannot be read: the compressed file ends too early")


def test_a_damaged_gzip(tmp_path: Path) -> None:
    whole = bytearray(gzip.compress(os.urandom(10_000)))
    whole[5_000] ^= 255
    assert told(raw(tmp_path, "log.csv.gz", bytes(whole))).startswith("LOG cannot be read: ")


@pytest.mark.parametrize("module", [gzip, bz2])
def test_a_compressed_file_without_its_ending_is_read(tmp_path: Path, module: Any) -> None:
    path = raw(tmp_path, "log.csv", module.compress((HEAD + ROW).encode()))
    assert [one["id"] for one in tickets_in(log_of(path))] == ["7"]


def test_a_file_that_is_named_twice(tmp_path: Path) -> None:
    path = csv_file(tmp_path, HEAD + ROW)
    (tmp_path / "link.csv").symlink_to(path)
    for again in (path, str(path), tmp_path / "link.csv", str(tmp_path / "lo*.csv")):
        with pytest.raises(UnreadableLog, match="it is named twice"):
            log_of([path, again])


def test_no_gzip(tmp_path: Path) -> None:
    path = raw(tmp_path, "log.csv.gz", HEAD.encode())
    assert told(path).startswith("LOG cannot be read: it is no gzip file")


# ------------------------------------------------------------------------------------------ typed columns


@pytest.mark.parametrize("keep", [0, 3, 100, 0.5, 0.99])
def test_a_truncated_parquet_file(tmp_path: Path, keep: float) -> None:
    parquet.write_table(table(), tmp_path / "whole.parquet")
    whole = (tmp_path / "whole.parquet").read_bytes()
    path = raw(tmp_path, "log.parquet", whole[: int(keep * len(whole)) if isinstance(keep, float) else keep])
    assert told(path).startswith("LOG cannot be read: it is no Parquet file, or damaged")


def test_a_csv_file_that_is_called_parquet(tmp_path: Path) -> None:
    assert told(raw(tmp_path, "log.parquet", HEAD.encode())).startswith("LOG cannot be read: it is no Parquet file")


def test_times_without_a_zone_that_nobody_says() -> None:
    naive = pa.table({"id": ["7"], "at": pa.array([0], pa.timestamp("us"))})
    with pytest.raises(NotTimes, match="the mapping says no zone"):
        tickets_in(log_of(naive))


def test_numbers_for_times() -> None:
    with pytest.raises(NotTimes, match="`int64`"):
        tickets_in(log_of(pa.table({"id": ["7"], "at": [1]})))


def test_lists_for_values() -> None:
    lists = pa.table({"id": ["7"], "at": ["2026-03-02T09:00:00Z"], "status": [["new"]]})
    with pytest.raises(NotValues, match="`status`"):
        tickets_in(log_of(lists))


# ------------------------------------------------------------------------------------------ any bytes

ENDINGS = ["csv", "tsv", "csv.gz", "parquet", "arrow", "jsonl", "xes", "xes.gz", "json"]


def samples(folder: Path) -> dict[str, bytes]:
    text = (HEAD + ROW * 20).encode()
    parquet.write_table(table(), folder / "sample.parquet")
    with (folder / "sample.arrow").open("wb") as sink, ipc.new_file(sink, table().schema) as writer:
        writer.write_table(table())
    event = '<event><date key="time:timestamp" value="2026-03-02T09:00:00Z"/><string key="status" value="new"/></event>'
    xes = f'<log><trace><string key="concept:name" value="7"/>{event * 20}</trace></log>'.encode()
    line = (
        b'{"id": "7", "created": "2026-03-02T09:00:00Z", "events": [{"at": "2026-03-02T09:00:00Z", "status": "new"}]}\n'
    )
    return {
        "csv": text,
        "tsv": text.replace(b",", b"\t"),
        "csv.gz": gzip.compress(text),
        "parquet": (folder / "sample.parquet").read_bytes(),
        "arrow": (folder / "sample.arrow").read_bytes(),
        "jsonl": line * 20,
        "json": line,
        "xes": xes,
        "xes.gz": gzip.compress(xes),
    }


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(ending=st.sampled_from(ENDINGS), data=st.data())
def test_whatever_happens_to_a_file_it_is_told(tmp_path: Path, ending: str, data: Any) -> None:
    whole = bytearray(samples(tmp_path)[ending])
    for _ in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(0, len(whole) - 1))
        piece = data.draw(st.binary(max_size=8))
        whole[at : at + data.draw(st.integers(0, 8))] = piece
    kept = data.draw(st.integers(0, len(whole)) | st.just(len(whole)))
    path = raw(tmp_path, f"log.{ending}", bytes(whole[:kept]))
    with contextlib.suppress(SlaError):
        log = log_of(path)
        tickets = tickets_in(log)
        assert log.accounts.rows == log.accounts.used + len(log.accounts.listed)
        assert all(ticket["id"] for ticket in tickets)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(ending=st.sampled_from(ENDINGS), content=st.binary(max_size=200))
def test_any_bytes_are_told(tmp_path: Path, ending: str, content: bytes) -> None:
    with pytest.raises(SlaError):
        tickets_in(log_of(raw(tmp_path, f"log.{ending}", content)))
