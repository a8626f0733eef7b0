"""Where a quotation stands in a document (SEMANTICS H1).

Text is compared in its folded view (see `folding`), case counts, and a quotation begins and ends with whole words: `4
hours` does not occur in `24 hours`, nor `critical` in `non-critical`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from sla_dsl.evidence.document import Document
from sla_dsl.evidence.folding import fold
from sla_dsl.evidence.tables import Cell
from sla_dsl.evidence.views import View
from sla_dsl.source import Span


def find(
    document: Document,
    quote: str,
    *,
    before: str | None = None,
    after: str | None = None,
    row: str | None = None,
    column: str | None = None,
) -> tuple[Span, ...]:
    """All places where a quotation occurs, in order; a citation is good when there is exactly one.

    - `row`, `column`: only within a cell of that row and column of a table (see `Table.cells`). An empty quotation then
      finds a cell that is blank.
    - `after`: only the first place after an occurrence of this text; `before`: only the last place before one. Where
      that text itself occurs several times, each occurrence may select another place. With both, a place is selected
      by both.

    Example: in `a: 4 hours. b: 4 hours.` the quotation `4 hours` has two places, and after `b` one, `Span(15, 22)`.
    """
    if row is None and column is None:
        places = list(_whole(document, quote))
    else:
        places = _in_cells(document, quote, row, column)
    selected = set(range(len(places)))
    if after is not None:
        selected &= _first_after(places, list(_whole(document, after)))
    if before is not None:
        selected &= _last_before(places, list(_whole(document, before)))
    return tuple(places[at] for at in sorted(selected))


def cut_words(document: Document, quote: str) -> tuple[Span, ...]:
    """The places where a quotation begins or ends within a word, widened to whole words; none overlaps another.

    Example: in `24 hours` the quotation `4 hours` has none, but cuts `24 hours`.
    """
    for view, folded in _folded(document, quote):
        cut: list[Span] = []
        for start in _starts(view.text, folded):
            end = start + len(folded)
            if (not cut or start >= cut[-1].end) and not _is_whole(view.text, start, end):
                cut.append(_widened(view.text, Span(start, end)))
        if cut:
            return tuple(map(view.origin, cut))
    return ()


def _widened(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while _cuts(text, start):
        start -= 1
    while _cuts(text, end):
        end += 1
    return Span(start, end)


def cells_named(document: Document, row: str | None, column: str | None) -> tuple[Cell, ...]:
    """The cells of all tables of a document that stand in a row and a column of these names (see `Table.cells`)."""
    return tuple(cell for table in document.tables for cell in table.cells(row, column))


def passage(
    document: Document, first: str, last: str, *, before: str | None = None, after: str | None = None
) -> tuple[Span, ...]:
    """The passages from the first words to the last words, both included.

    Each place of `first` (selected by `before` and `after` as in `find`) begins one; it ends with the first place of
    `last` that does not begin before it. None where no `last` follows.

    Example: in `One. Two. Three.` the passage from `One` to `Two.` is `One. Two.`.
    """
    ends = find(document, last)
    starts = [span.start for span in ends]
    found: list[Span] = []
    for begin in find(document, first, before=before, after=after):
        at = bisect_left(starts, begin.start)
        if at < len(ends):
            found.append(begin.to(ends[at]))
    return tuple(found)


def _whole(document: Document, quote: str) -> Iterator[Span]:
    """The places of a quotation in the whole document; the marks of list items in it may be given or left out."""
    for view, folded in _folded(document, quote):
        found = False
        for start in _starts(view.text, folded):
            end = start + len(folded)
            if _is_whole(view.text, start, end):
                found = True
                yield view.origin(Span(start, end))
        if found:
            return


def _folded(document: Document, quote: str) -> Iterator[tuple[View, str]]:
    without = fold(quote).text
    if without:
        yield document.folded, without
    within = fold(quote, bullets=True).text
    # Only a mark amid the quotation needs the view that keeps them.
    if within and any(f" {mark} " in within for mark in "-+–—•◦▪‣·●○■"):
        yield document.folded_with_bullets, within


def _starts(text: str, quote: str) -> Iterator[int]:
    at = text.find(quote)
    while at >= 0:
        yield at
        at = text.find(quote, at + 1)


def _is_whole(text: str, start: int, end: int) -> bool:
    return not _cuts(text, start) and not _cuts(text, end)


def _cuts(text: str, at: int) -> bool:
    """Whether a cut at this offset would cut a word, a number, or a compound with a hyphen."""
    if not 0 < at < len(text):
        return False
    left, right = text[at - 1], text[at]
    if _in_word(left):
        return _in_word(right) or _joins(text, at)
    return _in_word(right) and _joins(text, at - 1)


def _in_word(character: str) -> bool:
    return character.isalnum() or character in "_^"


def _joins(text: str, at: int) -> bool:
    """Whether the character at this offset joins what stands before and after it to one word."""
    before, sign, after = text[max(at - 1, 0) : at], text[at], text[at + 1 : at + 2]
    if sign == "-":
        return before.isalnum() and after.isalnum()
    if sign in ".,:":
        return before.isdigit() and after.isdigit()
    # `can` is not in `can't`.
    return sign == "'" and before == "n" and after == "t"


def _in_cells(document: Document, quote: str, row: str | None, column: str | None) -> list[Span]:
    cells = cells_named(document, row, column)
    if not fold(quote).text:
        return [cell.span for cell in cells if not cell.text]
    return _within(cells, list(_whole(document, quote)))


def _within(cells: tuple[Cell, ...], places: list[Span]) -> list[Span]:
    ordered = sorted(cell.span for cell in cells)
    starts = [span.start for span in ordered]
    return [
        place for place in places if (at := bisect_left(starts, place.start + 1)) and place.end <= ordered[at - 1].end
    ]


def _first_after(places: list[Span], marks: list[Span]) -> set[int]:
    starts = [place.start for place in places]
    return {bisect_left(starts, mark.end) for mark in marks}


def _last_before(places: list[Span], marks: list[Span]) -> set[int]:
    ends = [place.end for place in places]
    return {bisect_left(ends, mark.start + 1) - 1 for mark in marks}
