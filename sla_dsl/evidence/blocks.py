"""The lines of a document, put together to paragraphs, list items, headings and tables.

A line is a block of its own, but for three cases: it goes on where the next line begins with a small letter or this
one ends with a comma; a list item also goes on where the next line is indented; lines of one table stay together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from attrs import frozen

from sla_dsl.source import Span


class BlockKind(StrEnum):
    """What a block of lines is."""

    HEADING = "heading"
    ITEM = "item"
    PARAGRAPH = "paragraph"
    TAB_TABLE = "tab table"
    BAR_TABLE = "bar table"
    RULER = "ruler"


@frozen
class Block:
    """Lines that belong together; `lines` are their spans, without line ends."""

    kind: BlockKind
    lines: tuple[Span, ...]

    @property
    def span(self) -> Span:
        """From the start of the first line to the end of the last."""
        return Span(self.lines[0].start, self.lines[-1].end)


_BULLET = r"[ \t]*(?:[-+*–—][ ]+|[•◦▪‣·●○■][ \t]*)(?=\S)"
_NUMBERING = r"\(?(?:[0-9]{1,3}(?:\.[0-9]{1,3})*|[A-Za-z]|[ivxlIVXL]{1,5})[.)]"

_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+\S")
_RULER = re.compile(r"[ \t]*+(?:(?:-[ \t]*+){3,}+|(?:=[ \t]*+){3,}+|(?:\*[ \t]*+){3,}+)")
_BAR_RULER = re.compile(r"[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?[ \t]*")
_BULLETED = re.compile(_BULLET)
_NUMBERED = re.compile(rf"[ \t]*{_NUMBERING}[ ]+\S")
_NUMBERED_BY_TAB = re.compile(rf"[ \t]*{_NUMBERING}\t[ \t]*[^\t]+")
_INNER_TAB = re.compile(r"\S[^\S\t]*\t\s*\S")


def blocks_of(text: str) -> Iterator[Block]:
    """The blocks of a text in order; blank lines belong to none.

    Example: `Urgent`, a line feed and `- one` are a paragraph and an item.
    """
    lines = _lines(text)
    tab_tables = dict(_tab_tables(text, lines))
    at = 0
    while at < len(lines):
        kind, count = _block_at(text, lines, at, tab_tables)
        if kind is not None:
            yield Block(kind, tuple(lines[at : at + count]))
        at += count


def _lines(text: str) -> list[Span]:
    spans: list[Span] = []
    start = 0
    for line in text.split("\n"):
        spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    return spans


def _block_at(text: str, lines: list[Span], at: int, tab_tables: dict[int, int]) -> tuple[BlockKind | None, int]:
    """The kind of the block that begins at a line (none: it is blank) and how many lines it has."""
    line = text[lines[at].start : lines[at].end]
    if not line or line.isspace():
        return None, 1
    if _HEADING.match(line):
        return BlockKind.HEADING, 1
    count = _bar_table(text, lines, at)
    if count:
        return BlockKind.BAR_TABLE, count
    if _RULER.fullmatch(line) or ("|" in line and _BAR_RULER.fullmatch(line)):
        return BlockKind.RULER, 1
    if at in tab_tables:
        return BlockKind.TAB_TABLE, tab_tables[at]
    item = _begins_item(line)
    return (BlockKind.ITEM if item else BlockKind.PARAGRAPH), _running_lines(text, lines, at, item=item)


def _begins_item(line: str) -> bool:
    return bool(_BULLETED.match(line) or _NUMBERED.match(line) or _NUMBERED_BY_TAB.fullmatch(line))


def _bar_table(text: str, lines: list[Span], at: int) -> int:
    """How many lines a table drawn with `|` has that begins here: a head, a ruler, rows."""

    def line(number: int) -> str:
        return text[lines[number].start : lines[number].end] if number < len(lines) else ""

    if "|" not in line(at) or "|" not in line(at + 1) or not _BAR_RULER.fullmatch(line(at + 1)):
        return 0
    end = at + 2
    while "|" in line(end):
        end += 1
    return end - at


def _tab_tables(text: str, lines: list[Span]) -> Iterator[tuple[int, int]]:
    """The tables with tabs between their cells: the number of their first line, and how many lines they have."""
    rows: list[str] = []
    for at, span in enumerate([*lines, Span(0, 0)]):
        row = text[span.start : span.end]
        if "\t" in row and not row.isspace() and not _HEADING.match(row) and not _BULLETED.match(row):
            rows.append(row)
            continue
        if any(map(_INNER_TAB.search, rows)) and not all(map(_NUMBERED_BY_TAB.fullmatch, rows)):
            yield at - len(rows), len(rows)
        rows = []


def _running_lines(text: str, lines: list[Span], at: int, *, item: bool) -> int:
    end = at + 1
    while end < len(lines):
        before = text[lines[end - 1].start : lines[end - 1].end].rstrip()
        line = text[lines[end].start : lines[end].end]
        words = line.strip()
        goes_on = words[:1].islower() or before.endswith(",") or (item and line[:2].isspace())
        if not words or not goes_on or "\t" in line.strip() or _begins_other(text, lines, end):
            break
        end += 1
    return end - at


def _begins_other(text: str, lines: list[Span], at: int) -> bool:
    line = text[lines[at].start : lines[at].end]
    if _HEADING.match(line) or _RULER.fullmatch(line) or _begins_item(line):
        return True
    return _bar_table(text, lines, at) > 0
