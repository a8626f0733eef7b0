"""Columns of any type that a table may have."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as untyped  # noqa: ICN001 - `pa` is the same without types
import pytest
from pyarrow import parquet

from sla_dsl.batch.inputs.errors import NotValues
from tests.batch.inputs.logs import listed, log_of, tickets_in

pa: Any = untyped
"""It has no types of its own, and here nearly all of it is needed."""

AT = ["2026-03-02T09:00:00Z", "2026-03-02T10:00:00Z", "2026-03-02T10:00:00Z"]
IDS = ["7", "7", "8"]
STATES = ["new", "resolved", None]
EXPECTED = tickets_in(log_of(pa.table({"id": IDS, "at": AT, "status": STATES})))


@pytest.mark.parametrize(
    "kind",
    [
        pa.large_string(),
        pa.string_view(),
        pa.binary(),
        pa.binary_view(),
        pa.dictionary(pa.int8(), pa.string()),
        pa.dictionary(pa.uint32(), pa.string_view()),
        pa.run_end_encoded(pa.int32(), pa.string()),
    ],
    ids=str,
)
def test_texts(kind: Any) -> None:
    table = pa.table({"id": typed(IDS, kind), "at": AT, "status": typed(STATES, kind)})
    assert tickets_in(log_of(table)) == EXPECTED


def typed(values: list[Any], kind: Any) -> Any:
    texts = pa.array(values, pa.string())
    if pa.types.is_run_end_encoded(kind):
        return pa.compute.run_end_encode(texts)
    return texts.dictionary_encode().cast(kind) if pa.types.is_dictionary(kind) else texts.cast(kind)


@pytest.mark.parametrize("kind", [pa.int8(), pa.uint64(), pa.float64(), pa.decimal128(5), pa.decimal256(5)], ids=str)
def test_numbers_for_tickets(kind: Any) -> None:
    ids = pa.array([Decimal(7), Decimal(7), Decimal(8)]).cast(kind)
    assert tickets_in(log_of(pa.table({"id": ids, "at": AT, "status": STATES}))) == EXPECTED


def test_no_ticket_at_all() -> None:
    log = log_of(pa.table({"id": pa.nulls(3), "at": AT}))
    assert [row for row, _, _ in listed(log)] == [1, 2, 3]


def test_batches_of_any_size() -> None:
    table = pa.table({"id": IDS, "at": AT, "status": STATES})
    pieces = pa.concat_tables([table.slice(0, 1), table.slice(1, 0), table.slice(1)])
    assert tickets_in(log_of(pieces)) == EXPECTED


def test_names_of_nothing_are_not_kept() -> None:
    table = pa.Table.from_arrays([pa.array(IDS), pa.array(AT), pa.array(IDS), pa.array(IDS)], ["id", "at", "", ""])
    assert log_of(table).mapping.keep == ()


@pytest.mark.parametrize("form", ["table", "parquet", "arrow"])
def test_lists_and_structs_that_nothing_names_are_not_kept(tmp_path: Path, form: str) -> None:
    nested = {"extra": [{"a": 1}] * 3, "tags": [["x"]] * 3}
    table = pa.table({"id": IDS, "at": AT, "status": STATES, "team": IDS, **nested})
    path = tmp_path / f"log.{form}"
    if form == "parquet":
        parquet.write_table(table, path)
    elif form == "arrow":
        with pa.ipc.new_file(str(path), table.schema) as file:
            file.write_table(table)
    log = log_of(table if form == "table" else path)
    assert (log.mapping.keep, len(list(log))) == (("team",), 1)
    with pytest.raises(NotValues, match="`tags`"):
        list(log_of(table, keep=("tags",)))
