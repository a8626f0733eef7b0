"""Tickets in files and streams: JSON, or JSON Lines of any length, row by row (SEMANTICS B).

No row is lost: each comes out as data, or as what is wrong with it.
"""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from sla_dsl.errors import SlaError
from sla_dsl.policy.situation import shown
from sla_dsl.policy.strict_json import (
    DEEPEST,
    BrokenJson,
    NoNumber,
    RepeatedKey,
    StrictlyWrong,
    after_space,
    read_value,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

MOST_LINE_BYTES = 1_000_000
"""A line of JSON Lines may be at most this long: a ticket with some ten thousand entries."""
MOST_BYTES = 50_000_000
"""A file that is one JSON value is read whole, and may be at most this long."""

_LINES_SUFFIXES = frozenset({".jsonl", ".ndjson"})
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_BOM = b"\xef\xbb\xbf"


class UnreadableTickets(SlaError):
    """A file of tickets of which nothing can be read; the message says why and what to do."""


class BadRow(SlaError):
    """A row that is no JSON, or not as it is read here; `line` is that of its mistake."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(line, why)
        self.line = line
        self.why = why

    def __str__(self) -> str:
        return f"line {self.line}: {self.why}"


@frozen
class Row:
    """A ticket as it was given, and the line on which it begins."""

    line: int
    data: object


@frozen
class Rows:
    """The rows of a file, which can be gone through once. `single` says that the file is one JSON object."""

    rows: Iterator[Row | BadRow]
    single: bool = False


def rows_in(stream: BinaryIO, name: str) -> Rows:
    """Return the tickets in a stream: JSON Lines, a JSON object, or a JSON array of objects.

    JSON Lines take no more memory than their longest line. What it is shows in the name (`.jsonl`, `.ndjson`), else in
    the first lines.

    Raises `UnreadableTickets` for UTF-16, and for an array that is no JSON or too long. Blank lines are no rows.
    """
    lines = _Lines(stream, name)
    first = lines.next()
    if first is None:
        return Rows(iter(()))
    suffix = Path(name).suffix.casefold()
    if suffix in _LINES_SUFFIXES:
        return Rows(_line_rows(first, lines))
    if first.raw.lstrip().startswith(b"["):
        return _whole(lines.rest(first), name)
    if first.is_whole and _goes_on(first):
        second = lines.next()
        if second is None or not _stands_alone(second):
            return _whole(lines.rest(first) if second is None else lines.rest(first, second), name)
        return Rows(_line_rows(first, chain((second,), lines)))
    if suffix == ".json":
        second = lines.next()
        return Rows(_line_rows(first, chain(() if second is None else (second,), lines)), single=second is None)
    return Rows(_line_rows(first, lines))


# --------------------------------------------------------------------------------------------- lines


@frozen
class _Line:
    """A line and its number; one that is too long is not whole."""

    number: int
    raw: bytes

    @property
    def is_whole(self) -> bool:
        return len(self.raw) <= MOST_LINE_BYTES


class _Lines:
    """The lines of a stream that are not blank."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream = stream
        self._name = name
        self._number = 0
        self._last = _Line(0, b"")

    def __iter__(self) -> Iterator[_Line]:
        return iter(self.next, None)

    def next(self) -> _Line | None:
        """Return the next line; of one that is too long, the beginning."""
        raw = self._last.raw
        while len(raw) > MOST_LINE_BYTES and not raw.endswith(b"\n"):
            raw = self._stream.readline(MOST_LINE_BYTES + 1)
        while raw := self._stream.readline(MOST_LINE_BYTES + 1):
            self._number += 1
            raw = self._without_mark(raw) if self._number == 1 else raw
            if raw.strip():
                self._last = _Line(self._number, raw)
                return self._last
        return None

    def rest(self, *read: _Line) -> str:
        """Return everything: the lines that were read, and what follows. Raises `UnreadableTickets`."""
        text, number = b"", 1
        for line in read:
            text += b"\n" * (line.number - number) + line.raw
            number = line.number + 1
        text += self._stream.read(MOST_BYTES + 1)
        if len(text) > MOST_BYTES:
            advice = "Write one ticket on each line (JSON Lines): these are read one by one."
            raise UnreadableTickets(f"{self._name} is one JSON value of more than {MOST_BYTES} bytes. {advice}")
        try:
            return text.decode()
        except UnicodeDecodeError as error:
            line = text.count(b"\n", 0, error.start) + 1
            raise UnreadableTickets(f"{self._name} is not UTF-8 on line {line}. Save it as UTF-8.") from None

    def _without_mark(self, raw: bytes) -> bytes:
        if raw.startswith(_UTF_16):
            raise UnreadableTickets(f"{self._name} is saved as UTF-16. Save it as UTF-8.")
        return raw.removeprefix(_BOM)


def _line_rows(first: _Line, others: Iterable[_Line]) -> Iterator[Row | BadRow]:
    for line in chain((first,), others):
        try:
            yield Row(line.number, _value_of(line))
        except BadRow as error:
            yield error


def _value_of(line: _Line) -> object:
    """Return the value on a line. Raises `BadRow`."""
    if not line.is_whole:
        raise BadRow(line.number, f"it is longer than {MOST_LINE_BYTES} bytes")
    try:
        text = line.raw.rstrip(b"\r\n").decode()
    except UnicodeDecodeError as error:
        raise BadRow(line.number, f"byte {error.start + 1} is not UTF-8") from None
    try:
        read = read_value(text, after_space(text, 0))
    except BrokenJson as error:
        raise BadRow(line.number, _broken(error.at + 1, error.why)) from None
    except StrictlyWrong as error:
        raise BadRow(line.number, _wrong(error)) from None
    if read.end < len(text):
        raise BadRow(line.number, f"column {read.end + 1}: something follows the ticket; write each on its own line")
    return read.value


def _goes_on(line: _Line) -> bool:
    """Return whether a line is the beginning of a value that goes on on the next."""
    text = line.raw.decode("utf-8", "replace").rstrip()
    try:
        read_value(text, after_space(text, 0))
    except BrokenJson as error:
        return error.at >= len(text)
    except StrictlyWrong:
        return False
    return False


def _stands_alone(line: _Line) -> bool:
    """Return whether a line is a JSON object by itself."""
    try:
        return isinstance(_value_of(line), dict)
    except BadRow:
        return False


# ------------------------------------------------------------------------------------- files read whole


def _whole(text: str, name: str) -> Rows:
    """Return the rows of a text that is an array of objects, or one or more objects over several lines."""
    start = after_space(text, 0)
    in_array = text.startswith("[", start)
    rows = list(_values(text, after_space(text, start + 1), name) if in_array else _objects(text, start))
    return Rows(iter(rows), single=len(rows) == 1 and not in_array)


def _objects(text: str, at: int) -> Iterator[Row | BadRow]:
    place = _Place(text)
    while at < len(text):
        row, at = _row(text, at, place)
        if isinstance(row, BadRow) and at == len(text):
            row = BadRow(row.line, f"{row.why}; nothing behind it is read")
        yield row


def _values(text: str, at: int, name: str) -> Iterator[Row | BadRow]:
    """Yield the rows of an array. Raises `UnreadableTickets` where it is no JSON: how many there are is not known."""
    place = _Place(text)
    more = not text.startswith("]", at)
    while more:
        row, at = _row(text, at, place)
        more = text.startswith(",", at)
        if isinstance(row, BadRow) and at == len(text):
            raise UnreadableTickets(f"{name} cannot be read: {row}")
        yield row
        at = after_space(text, at + 1) if more else at
    end = after_space(text, at + 1)
    if not text.startswith("]", at) or end < len(text):
        wrong = end if text.startswith("]", at) else at
        raise UnreadableTickets(f"{name} cannot be read: line {place.line(wrong)}: the array should end here")


def _row(text: str, at: int, place: _Place) -> tuple[Row | BadRow, int]:
    """Return the row at a place and where the text goes on behind it: nowhere, if it is no JSON."""
    line = place.line(at)
    try:
        read = read_value(text, at)
    except BrokenJson as error:
        return BadRow(place.line(error.at), _broken(place.column(error.at), error.why)), len(text)
    except StrictlyWrong as error:
        return BadRow(place.line(error.at), _wrong(error)), error.end
    return Row(line, read.value), read.end


class _Place:
    """Line and column of a place in a text; asked in the order of the text, it counts every line once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._line = 1

    def line(self, at: int) -> int:
        self._line += self._text.count("\n", self._at, at)
        self._at = at
        return self._line

    def column(self, at: int) -> int:
        return at - self._text.rfind("\n", 0, at)


def _broken(column: int, why: str) -> str:
    return f"column {column}: this is no JSON: {why}"


def _wrong(error: StrictlyWrong) -> str:
    match error:
        case RepeatedKey(key=key):
            return f"the key `{shown(key)}` is there twice in one object"
        case NoNumber(text=text):
            return f"`{text}` is no number of JSON"
        case _:
            return f"nested deeper than {DEEPEST}"
