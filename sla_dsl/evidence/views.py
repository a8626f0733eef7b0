"""A rewritten text that still knows where each of its characters came from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from re import Match, Pattern
from typing import Protocol

from attrs import field, frozen

from sla_dsl.source import Span

Edit = tuple[int, int, str]
"""Replace the characters from the first offset up to the second by a text."""


@frozen
class Layer:
    """One rewriting: the pieces of its outcome and where each began and ended before.

    A piece that kept its length is mapped character by character; in any other, every character stands for the whole
    of what it replaced.
    """

    out_starts: list[int]
    in_starts: list[int]
    in_ends: list[int]
    out_length: int

    def _piece(self, at: int) -> tuple[int, bool]:
        index = bisect_right(self.out_starts, at) - 1
        out_end = self.out_starts[index + 1] if index + 1 < len(self.out_starts) else self.out_length
        kept = out_end - self.out_starts[index] == self.in_ends[index] - self.in_starts[index]
        return index, kept

    def before(self, span: Span) -> Span:
        """Where the characters of `span` were before the rewriting."""
        if not self.out_starts:
            return Span(0, 0)
        index, kept = self._piece(span.start)
        start = self.in_starts[index] + (span.start - self.out_starts[index] if kept else 0)
        if span.end <= span.start:
            return Span(start, start)
        index, kept = self._piece(span.end - 1)
        end = self.in_starts[index] + span.end - self.out_starts[index] if kept else self.in_ends[index]
        return Span(start, end)


@frozen
class View:
    """A text made from another, with the way back.

    Example: in the folded view of `a  <b>word</b>` the text is `a word`, and `origin(Span(2, 6))` is `Span(6, 10)`.
    """

    text: str
    layers: tuple[Layer, ...] = field(default=(), repr=False)

    def origin(self, span: Span) -> Span:
        """The place in the original text of a stretch of this one, which must not be empty to mean anything."""
        for layer in reversed(self.layers):
            span = layer.before(span)
        return span

    def edited(self, edits: Iterable[Edit]) -> View:
        """This view after edits, which come in order and do not overlap; itself where there are none."""
        pieces: list[str] = []
        out_starts: list[int] = []
        in_starts: list[int] = []
        in_ends: list[int] = []
        out = at = 0

        def add(start: int, end: int, piece: str) -> None:
            nonlocal out
            if piece:
                pieces.append(piece)
                out_starts.append(out)
                in_starts.append(start)
                in_ends.append(end)
                out += len(piece)

        changed = False
        for start, end, replacement in edits:
            changed = True
            add(at, start, self.text[at:start])
            add(start, end, replacement)
            at = end
        if not changed:
            return self
        add(at, len(self.text), self.text[at:])
        return View("".join(pieces), (*self.layers, Layer(out_starts, in_starts, in_ends, out)))

    def rewritten(self, pattern: Pattern[str], replace: Replacement) -> View:
        """This view with every match of a pattern replaced."""
        return self.edited(
            (match.start(), match.end(), replacement)
            for match in pattern.finditer(self.text)
            if (replacement := replace(match)) != match.group()
        )


class Replacement(Protocol):
    """What a match is replaced by."""

    def __call__(self, match: Match[str], /) -> str:
        """The text in its place."""
        ...
