"""Files with typed columns: Parquet, and those of Arrow itself."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pyarrow as pa
from pyarrow import ipc, parquet

from sla_dsl.batch.inputs.errors import UnreadableLog
from sla_dsl.batch.inputs.source import MOST_ROWS
from sla_dsl.batch.inputs.streams import is_compressed, opened, readable
from sla_dsl.batch.inputs.tables import check_columns, nested_in, raw_batches

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence
    from pathlib import Path
    from typing import IO

    from sla_dsl.batch.inputs.accounts import Accounts
    from sla_dsl.batch.inputs.source import Raw

_MOST_SHOWN = 200


class ParquetSource:
    """A Parquet file, read in batches of its row groups, on one thread."""

    cheap = True

    def __init__(self, path: Path) -> None:
        self.name = str(path)
        self._path = path

    def columns(self) -> tuple[str, ...]:
        """Return the names of the columns. Raises `UnreadableLog`."""
        with _troubles(self.name, "Parquet"), _seekable(self._path) as stream:
            return tuple(parquet.ParquetFile(stream).schema_arrow.names)

    def nested(self) -> frozenset[str]:
        """Return the names of the columns that hold lists or structs. Raises `UnreadableLog`."""
        with _troubles(self.name, "Parquet"), _seekable(self._path) as stream:
            return nested_in(parquet.ParquetFile(stream).schema_arrow)

    def read(self, columns: Sequence[str], _accounts: Accounts, few: frozenset[str], /) -> Iterator[Raw]:
        """Yield the rows. Raises `UnreadableLog`, `NoSuchColumn`, `ColumnTwice`."""
        check_columns(self.name, columns, self.columns())
        with _troubles(self.name, "Parquet"), _seekable(self._path) as stream:
            file = parquet.ParquetFile(stream, read_dictionary=sorted(few), page_checksum_verification=True)
            batches = file.iter_batches(batch_size=MOST_ROWS, columns=list(columns), use_threads=False)
            yield from raw_batches(batches, columns)


class IpcSource:
    """A file of Arrow: the form with a footer (Feather), or a stream. What it holds is proven before it is used."""

    cheap = True

    def __init__(self, path: Path) -> None:
        self.name = str(path)
        self._path = path

    def columns(self) -> tuple[str, ...]:
        """Return the names of the columns. Raises `UnreadableLog`."""
        with _troubles(self.name, "Arrow"), _seekable(self._path) as stream:
            return tuple(_reader(stream).schema.names)

    def nested(self) -> frozenset[str]:
        """Return the names of the columns that hold lists or structs. Raises `UnreadableLog`."""
        with _troubles(self.name, "Arrow"), _seekable(self._path) as stream:
            return nested_in(_reader(stream).schema)

    def read(self, columns: Sequence[str], _accounts: Accounts, _few: frozenset[str], /) -> Iterator[Raw]:
        """Yield the rows. Raises `UnreadableLog`, `NoSuchColumn`, `ColumnTwice`."""
        check_columns(self.name, columns, self.columns())
        with _troubles(self.name, "Arrow"), _seekable(self._path) as stream:
            yield from raw_batches(_proven(_reader(stream)), columns)


def _reader(stream: IO[bytes]) -> ipc.RecordBatchFileReader | ipc.RecordBatchStreamReader:
    mark = stream.read(6)
    stream.seek(0)
    return ipc.open_file(stream) if mark == b"ARROW1" else ipc.open_stream(stream)


def _proven(reader: ipc.RecordBatchFileReader | ipc.RecordBatchStreamReader) -> Iterator[pa.RecordBatch]:
    """Yield batches after a look at every offset and text in them: a damaged one would be read beyond its end."""
    if isinstance(reader, ipc.RecordBatchFileReader):
        batches = (reader.get_batch(number) for number in range(reader.num_record_batches))
    else:
        batches = iter(reader)
    for batch in batches:
        batch.validate(full=True)
        yield batch


@contextmanager
def _seekable(path: Path) -> Generator[IO[bytes]]:
    """Open a file; one that is compressed is unpacked into a temporary file."""
    with opened(path) as stream:
        if not is_compressed(path):
            yield stream
            return
        with tempfile.TemporaryFile() as unpacked:
            shutil.copyfileobj(stream, unpacked, 1 << 20)
            unpacked.seek(0)
            yield unpacked


@contextmanager
def _troubles(name: str, kind: str) -> Generator[None]:
    try:
        with readable(name):
            yield
    except (pa.ArrowException, MemoryError) as error:
        told = " ".join(str(error).split())[:_MOST_SHOWN].rstrip(".")
        raise UnreadableLog(name, f"it is no {kind} file, or damaged ({told})", "Write or fetch it again") from error
