"""The real log many times over, each copy with tickets of its own, as a Parquet file."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import csv

from tests.docs.incidents import LOG

if TYPE_CHECKING:
    from pathlib import Path

TICKETS, ROWS = 9_202, 59_354
COLUMNS = ("number", "opened_at", "sys_updated_at", "incident_state", "priority", "made_sla")
MAPPING = """language 1

log audit_rows "The real log, as often as need be" {
  one row per entry
  times as "%d/%m/%Y %H:%M" in America/Sao_Paulo
  missing "?"
  ticket from "number" and "copy"
  created from "opened_at"
  at from "sys_updated_at"
  status from "incident_state"
  level priority from "priority"
  keep "made_sla"
}
"""


def rows() -> pa.Table:
    """The rows of the real log, as texts."""
    texts = csv.ConvertOptions(column_types=dict.fromkeys(COLUMNS, pa.string()), include_columns=COLUMNS)
    return csv.read_csv(LOG, convert_options=texts)


def write(path: Path, copies: int, *, mixed: bool = False) -> None:
    """Write the copies one after the other; `mixed` puts some rows of each in turn, so that no ticket is together."""
    table = rows()
    step = 3_000 if mixed else table.num_rows
    schema = table.slice(0, 0).append_column("copy", pa.array([], pa.int32())).schema
    with path.open("wb") as file, closing(pq.ParquetWriter(file, schema, compression="zstd")) as writer:
        for begin in range(0, table.num_rows, step):
            some = table.slice(begin, step)
            for copy in range(copies):
                writer.write_table(some.append_column("copy", pa.array([copy] * some.num_rows, pa.int32())))
