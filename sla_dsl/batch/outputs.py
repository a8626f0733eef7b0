"""Answers written to a file as they are computed: Parquet, CSV or Arrow, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pyarrow as pa
import pyarrow.csv
import pyarrow.ipc
import pyarrow.parquet

from sla_dsl.errors import SlaError
from sla_dsl.files import whole_file, written

if TYPE_CHECKING:
    from collections.abc import Generator
    from typing import BinaryIO

Write = Callable[[pa.RecordBatch], None]


ROWS = 1 << 17
"""So many rows are written at a time: a group of rows in Parquet."""


class _Writer(Protocol):
    def write_table(self, table: pa.Table) -> None: ...
    def close(self) -> None: ...


_FORMS: dict[str, Callable[[BinaryIO, pa.Schema], _Writer]] = {
    ".parquet": lambda file, schema: pyarrow.parquet.ParquetWriter(file, schema, compression="zstd"),
    ".csv": pyarrow.csv.CSVWriter,
    ".arrow": pyarrow.ipc.new_file,
}


class UnknownForm(SlaError):
    """A file for a table whose name does not end as one of the forms that can be written."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.path = path

    def __str__(self) -> str:
        return f"{self.path} cannot be written: its name must end in {', '.join(_FORMS)}, which says in what form"


@contextmanager
def table_file(path: Path, schema: pa.Schema) -> Generator[Write]:
    """A file that takes a table batch by batch and stands in its place when all have been written.

    The ending of its name says the form: `.parquet` (compressed with Zstandard), `.csv` (UTF-8, instants in UTC,
    nothing for what is not known), `.arrow` (the file form of Arrow IPC). Whatever ends the writing early leaves what
    was there before. Raises `UnknownForm`, and `UnwritableFile` for a full disk and all else.

    Example: `with table_file(Path("answers.parquet"), results.schema) as write: …`.
    """
    check_form(path)
    with whole_file(path) as file:
        with written(path):
            writer = _FORMS[path.suffix.casefold()](file, schema)

        waiting: list[pa.RecordBatch] = []

        def write(batch: pa.RecordBatch) -> None:
            waiting.append(batch)
            if sum(one.num_rows for one in waiting) >= ROWS:
                put()

        def put() -> None:
            with written(path):
                writer.write_table(pa.Table.from_batches(waiting, schema).combine_chunks())
            waiting.clear()

        try:
            yield write
            put()
        except BaseException:
            # It goes to a file that goes away; left open, it would be closed when nobody looks.
            with suppress(OSError, ValueError, pa.ArrowException):
                writer.close()
            raise
        with written(path):
            writer.close()


def check_form(path: Path) -> None:
    """Raises `UnknownForm` where a table cannot be written to a file of this name."""
    if path.suffix.casefold() not in _FORMS:
        raise UnknownForm(path)
