"""Text with positions: what a finding points into.

A `Source` is one file as it was read. Everything that was made from it carries a `Span` of it, in characters.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from functools import cached_property
from itertools import accumulate
from pathlib import Path

from attrs import field, frozen

from sla_dsl.errors import SlaError

MAX_FILE_BYTES = 2_000_000
"""A policy, annex or source document may be at most this long (SEMANTICS B)."""


class UnreadableSource(SlaError):
    """A file could not be read as UTF-8 text; the message says why and what to do."""


@frozen(order=True)
class Span:
    """A stretch of characters `[start, end)` of a source.

    Example: `Span(0, 8)` is `language` at the start of a file.
    """

    start: int
    end: int

    def to(self, other: Span) -> Span:
        """The stretch from the start of this span to the end of `other`."""
        return Span(self.start, max(self.end, other.end))


NOWHERE = Span(0, 0)


@frozen
class Position:
    """A place for people: line and column, both counted from 1."""

    line: int
    column: int


@frozen(slots=False)
class Source:
    """One text and the name under which it is shown.

    Line ends are already folded to a bare line feed and a byte order mark is gone; `sha256` is over the raw bytes (H1).

    Example: `Source.of("policy p {", name="p.sla").position(7)` is line 1, column 8.
    """

    name: str
    text: str
    sha256: str = field(eq=False)

    @classmethod
    def of(cls, text: str, *, name: str = "<text>") -> Source:
        """A source made from text in memory."""
        raw = text.encode("utf-8", "surrogatepass")
        return cls(name, _unified(text.removeprefix("\ufeff")), hashlib.sha256(raw).hexdigest())

    @classmethod
    def from_bytes(cls, raw: bytes, *, name: str) -> Source:
        """A source made from the bytes of a file.

        Raises:
            UnreadableSource: the bytes are too many, or not UTF-8.
        """
        if len(raw) > MAX_FILE_BYTES:
            raise UnreadableSource(f"{name} has {len(raw)} bytes; at most {MAX_FILE_BYTES} are read. Split the file.")
        if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise UnreadableSource(f"{name} is saved as UTF-16. Save it as UTF-8.")
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = raw[: error.start].count(b"\n") + 1
            raise UnreadableSource(
                f"{name} is not UTF-8: byte {error.start + 1}, on line {line}. Save it as UTF-8."
            ) from error
        return cls(name, _unified(text), hashlib.sha256(raw).hexdigest())

    @classmethod
    def read(cls, path: Path, *, name: str | None = None) -> Source:
        """A source read from a file.

        Raises:
            UnreadableSource: there is no such file, it may not be read, is too long, or is not UTF-8.
        """
        try:
            if path.is_file() and path.stat().st_size > MAX_FILE_BYTES:
                raise UnreadableSource(f"{path} is larger than {MAX_FILE_BYTES} bytes. Split the file.")
            raw = path.read_bytes()
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise UnreadableSource(f"{path} cannot be read: {reason}.") from error
        return cls.from_bytes(raw, name=name or str(path))

    @cached_property
    def _line_starts(self) -> list[int]:
        lengths = (len(line) + 1 for line in self.text.split("\n")[:-1])
        return list(accumulate(lengths, initial=0))

    @property
    def end(self) -> Span:
        """The place behind the last character."""
        return Span(len(self.text), len(self.text))

    def position(self, offset: int) -> Position:
        """Line and column of a character."""
        line = bisect_right(self._line_starts, offset)
        return Position(line, offset - self._line_starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """The text of a line, without its end; empty past the last line."""
        if not 1 <= number <= len(self._line_starts):
            return ""
        start = self._line_starts[number - 1]
        end = self.text.find("\n", start)
        return self.text[start : len(self.text) if end < 0 else end]

    def slice(self, span: Span) -> str:
        """The text of a span."""
        return self.text[span.start : span.end]


def _unified(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
