"""A line of source text as it is shown under a finding, and the columns that a place takes in it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from attrs import frozen

LONGEST = 200
"""Lines that take more columns are cut around the place."""

_TAB = 4
_BEFORE_PLACE = 80
_CUT = "…"
_UNSHOWN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


@frozen
class Excerpt:
    """A line as it is shown; the place takes `width` columns, at least one, after the first `before`."""

    text: str
    before: int
    width: int


@frozen
class _Cell:
    """A character as it is shown, and how many columns it takes."""

    text: str
    width: int


def excerpt(line: str, start: int, end: int) -> Excerpt:
    """A line as it is shown around its characters `[start, end)`, or a part of it if it is long.

    Example: `excerpt("wid 5", 4, 5)` is `Excerpt("wid 5", before=4, width=1)`.
    """
    first = max(0, start - LONGEST)
    cells = _cells(line[first : start + LONGEST])
    place = start - first
    if first == 0 and len(line) <= start + LONGEST and _width(cells) <= LONGEST:
        return _marked("", cells, place, end - first, "")
    left = _fitting(reversed(cells[:place]), _BEFORE_PLACE)
    right = _fitting(cells[place:], LONGEST - _BEFORE_PLACE)
    kept = cells[place - left : place + right]
    cut_left = _CUT if first + place - left else ""
    cut_right = _CUT if start + right < len(line) else ""
    return _marked(cut_left, kept, left, left + end - start, cut_right)


def _marked(left: str, cells: Sequence[_Cell], start: int, end: int, right: str) -> Excerpt:
    text = "".join(cell.text for cell in cells)
    before = len(left) + _width(cells[:start])
    return Excerpt(f"{left}{text}{right}".rstrip(), before, max(1, _width(cells[start:end])))


def _fitting(cells: Iterable[_Cell], room: int) -> int:
    """How many cells fit into so many columns."""
    count = 0
    for cell in cells:
        room -= cell.width
        if room < 0:
            break
        count += 1
    return count


def _width(cells: Iterable[_Cell]) -> int:
    return sum(cell.width for cell in cells)


def _cells(text: str) -> list[_Cell]:
    # Widths are asked only where something was found; until then rich stays out of the start-up.
    from rich.cells import cell_len

    cells: list[_Cell] = []
    column = 0
    for character in text:
        display = " " * (_TAB - column % _TAB) if character == "\t" else printable(character)
        cell = _Cell(display, cell_len(display))
        column += cell.width
        cells.append(cell)
    return cells


def printable(text: str) -> str:
    """A text as it may be written to a terminal: nothing in it moves the cursor, changes colours or reverses the line.

    Example: the character that turns the direction of writing becomes `<U+202E>`.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        f"<U+{ord(character):04X}>" if unicodedata.category(character) in _UNSHOWN else character for character in text
    )
