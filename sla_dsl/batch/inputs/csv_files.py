"""CSV, read by pyarrow: plain or compressed, in any encoding that Python knows."""

from __future__ import annotations

import codecs
import csv as plain_csv
import io
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from pyarrow import csv

from sla_dsl.batch.inputs.accounts import Listed
from sla_dsl.batch.inputs.errors import UnreadableLog
from sla_dsl.batch.inputs.source import Raw
from sla_dsl.batch.inputs.streams import UTF_16_MARKS, bare_suffix, opened, readable
from sla_dsl.batch.inputs.tables import check_columns

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from sla_dsl.batch.chunk import Instants
    from sla_dsl.batch.inputs.accounts import Accounts
    from sla_dsl.policy.logs.mapping import FileForm

MOST_ROW_BYTES = 4 << 20
"""A row of a CSV file may be so long; one that is longer cannot be told from a quotation mark left open."""

_MOST_HEADER = 1 << 20
_OTHER_DELIMITERS = ";\t|"


class CsvSource:
    """A CSV file. An empty line is no row; a row with another number of values than the header is listed."""

    cheap = False

    def __init__(self, path: Path, form: FileForm) -> None:
        self.name = str(path)
        self._path = path
        self._delimiter = form.delimiter
        self._encoding = form.encoding or "utf-8"

    def columns(self) -> tuple[str, ...]:
        """Return the names in the first line. Raises `UnreadableLog`."""
        with self._troubles(), opened(self._path) as stream:
            start = stream.read(_MOST_HEADER)
        if not start.strip():
            raise UnreadableLog(self.name, "it is empty")
        if start.startswith(UTF_16_MARKS) and not self._encoding.casefold().startswith("utf-16"):
            help_ = 'Save it as UTF-8, or say `file csv encoded in "utf-16"`'
            raise UnreadableLog(self.name, "it is saved as UTF-16", help_)
        with self._troubles():
            decoder = io.TextIOWrapper(io.BytesIO(start), self._encoding, errors="replace", newline="")
            text = decoder.read().removeprefix("\ufeff").lstrip("\r\n")
        self._delimiter = self._delimiter or _delimiter(self._path, text)
        try:
            header = next(plain_csv.reader(io.StringIO(text, newline=""), delimiter=self._delimiter), None)
        except plain_csv.Error as error:
            raise UnreadableLog(self.name, f"its first line is no header of a CSV file ({error})") from error
        if header is None:
            raise UnreadableLog(self.name, "it is empty")
        return tuple(header)

    def read(self, columns: Sequence[str], accounts: Accounts, _few: frozenset[str], /) -> Iterator[Raw]:
        """Yield the rows. Raises `UnreadableLog`, `NoSuchColumn`, `ColumnTwice`."""
        check_columns(self.name, columns, self.columns())
        numbering = _Numbering(self.name, accounts)
        with self._troubles(), opened(self._path) as stream:
            watched = _Watched(stream, utf_8=codecs.lookup(self._encoding).name == "utf-8")
            for batch in self._open(watched, columns, numbering):
                yield Raw({name: batch.column(name) for name in columns}, numbering.next(batch.num_rows))
            numbering.finish()
        if watched.marks % 2:
            self._check_quotation_marks()

    def _open(self, stream: _Watched, columns: Sequence[str], numbering: _Numbering) -> Iterator[pa.RecordBatch]:
        try:
            yield from csv.open_csv(
                stream,
                read_options=csv.ReadOptions(use_threads=False, block_size=MOST_ROW_BYTES, encoding=self._encoding),
                parse_options=csv.ParseOptions(
                    delimiter=self._delimiter, newlines_in_values=True, invalid_row_handler=numbering.invalid
                ),
                convert_options=csv.ConvertOptions(
                    column_types=dict.fromkeys(columns, pa.string()), include_columns=list(columns), null_values=[]
                ),
            )
        except pa.ArrowInvalid as error:
            if "cannot infer number of columns" not in str(error):  # so it calls a header without a line end
                raise

    def _check_quotation_marks(self) -> None:
        """Raise `UnreadableLog` where a quotation mark is never closed: what follows would all be one value."""
        with self._troubles(), opened(self._path) as stream:
            text = io.TextIOWrapper(stream, self._encoding, newline="")
            reader = plain_csv.reader(text, delimiter=self._delimiter or ",", strict=True)
            begins = 1
            try:
                for _ in reader:
                    begins = reader.line_num + 1
            except plain_csv.Error as error:
                why = f"a quotation mark in the row that begins on line {begins} is not closed as it should be"
                raise UnreadableLog(self.name, why, "Close it, or double it if it is part of a text") from error

    @contextmanager
    def _troubles(self) -> Generator[None]:
        try:
            with readable(self.name):
                yield
        except pa.ArrowInvalid as error:
            raise UnreadableLog(self.name, *self._plain(str(error))) from error
        except _NotUtf8Error as error:
            raise UnreadableLog(self.name, *self._other_encoding(f" on line {error.line}")) from error
        except UnicodeError as error:
            raise UnreadableLog(self.name, *self._other_encoding("")) from error
        except LookupError as error:
            raise UnreadableLog(
                self.name, f"there is no encoding `{self._encoding}`", 'Say one such as "cp1252"'
            ) from error

    def _plain(self, message: str) -> tuple[str, str]:
        if "straddl" in message:
            long = f"a row is longer than {MOST_ROW_BYTES} bytes"
            return f"{long}, or a quotation mark is never closed", "Look for a lone quotation mark"
        return message.removeprefix("CSV parse error: "), ""

    def _other_encoding(self, place: str) -> tuple[str, str]:
        why = f"it is not in {self._encoding.upper()}{place}"
        return why, 'Say how it is saved, for example `file csv encoded in "cp1252"`'


def _delimiter(path: Path, text: str) -> str:
    """Return what stands between values, by the name of the file, else by its first line."""
    if bare_suffix(path) == ".tsv":
        return "\t"
    line = text.splitlines()[0] if text else ""
    found = [sign for sign in _OTHER_DELIMITERS if sign in line]
    return found[0] if len(found) == 1 and "," not in line else ","


class _Watched:
    """A stream that counts the quotation marks that are read from it, and refuses what is no UTF-8 if it should be.

    pyarrow would see it only in the columns that it is asked for, and lose rows in which it sees it elsewhere.
    """

    def __init__(self, stream: BinaryIO, *, utf_8: bool) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8")() if utf_8 else None
        self._lines = 0
        self.marks = 0
        self.closed = False

    def read(self, size: int = -1) -> bytes:
        raw = self._stream.read(size)
        if self._decoder is not None:
            try:
                self._decoder.decode(raw, final=not raw)
            except UnicodeDecodeError as error:
                line = self._lines + error.object.count(b"\n", 0, error.start) + 1
                raise _NotUtf8Error(line) from error
        self._lines += raw.count(b"\n")
        self.marks += raw.count(b'"')
        return raw

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        self.closed = True


class _NotUtf8Error(Exception):
    """A file that is not in UTF-8; `line` is the first on which that shows."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class _Numbering:
    """Numbers the rows of a CSV file: those that have the right number of values come in batches, the others singly."""

    def __init__(self, name: str, accounts: Accounts) -> None:
        self._name = name
        self._accounts = accounts
        self._last = 0
        self._invalid: list[tuple[int, str]] = []

    def invalid(self, row: csv.InvalidRow) -> str:
        """Note a row with another number of values than the header; in the file it counts from the header as 1."""
        number = self._last + len(self._invalid) + 1 if row.number is None else row.number - 1
        why = f"it has {row.actual_columns} values, the header has {row.expected_columns}"
        self._invalid.append((number, why))
        return "skip"

    def next(self, rows: int) -> Instants:
        """Return the numbers of the next good rows."""
        candidates = np.arange(self._last + 1, self._last + 1 + rows + len(self._invalid))
        if self._invalid:
            candidates = np.setdiff1d(candidates, np.array([number for number, _ in self._invalid]))
        numbers = candidates[:rows]
        self._last = int(numbers[-1]) if rows else self._last
        self._list([one for one in self._invalid if one[0] < self._last])
        self._invalid = [one for one in self._invalid if one[0] > self._last]
        return numbers

    def finish(self) -> None:
        """List the rows behind the last good one."""
        self._list(self._invalid)
        self._invalid = []

    def _list(self, invalid: Sequence[tuple[int, str]]) -> None:
        for number, why in invalid:
            self._accounts.read(1)
            self._accounts.refuse(Listed(self._name, number, None, None, why))
