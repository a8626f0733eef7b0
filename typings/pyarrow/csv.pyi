from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import BinaryIO, NamedTuple

from pyarrow import DataType, RecordBatch, Schema, Table

class InvalidRow(NamedTuple):
    expected_columns: int
    actual_columns: int
    number: int | None
    text: str

class ReadOptions:
    def __init__(self, *, use_threads: bool = True, block_size: int | None = None, encoding: str = "utf8") -> None: ...

class ParseOptions:
    def __init__(
        self,
        *,
        delimiter: str | None = None,
        newlines_in_values: bool = False,
        invalid_row_handler: Callable[[InvalidRow], str] | None = None,
    ) -> None: ...

class ConvertOptions:
    def __init__(
        self,
        *,
        column_types: Mapping[str, DataType] | None = None,
        include_columns: Sequence[str] | None = None,
        null_values: Sequence[str] | None = None,
    ) -> None: ...

class CSVStreamingReader:
    schema: Schema
    def __iter__(self) -> Iterator[RecordBatch]: ...

def open_csv(
    input_file: object,
    read_options: ReadOptions | None = None,
    parse_options: ParseOptions | None = None,
    convert_options: ConvertOptions | None = None,
) -> CSVStreamingReader: ...
def read_csv(input_file: object, *, convert_options: ConvertOptions | None = None) -> Table: ...

class CSVWriter:
    def __init__(self, sink: BinaryIO, schema: Schema) -> None: ...
    def write_table(self, table: Table) -> None: ...
    def close(self) -> None: ...
