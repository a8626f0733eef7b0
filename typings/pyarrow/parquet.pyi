from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, BinaryIO

from pyarrow import RecordBatch, Schema, Table

class ParquetFile:
    schema_arrow: Schema
    def __init__(
        self,
        source: IO[bytes],
        *,
        read_dictionary: Sequence[str] | None = None,
        page_checksum_verification: bool = False,
    ) -> None: ...
    def iter_batches(
        self, batch_size: int = 65536, *, columns: Sequence[str] | None = None, use_threads: bool = True
    ) -> Iterator[RecordBatch]: ...

class ParquetWriter:
    def __init__(self, where: BinaryIO, schema: Schema, *, compression: str = ...) -> None: ...
    def write_table(self, table: Table) -> None: ...
    def close(self) -> None: ...

def read_table(source: Path | BinaryIO) -> Table: ...
def write_table(table: Table, where: Path | IO[bytes], *, row_group_size: int | None = None) -> None: ...
