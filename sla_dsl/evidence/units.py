"""The units of a document: what coverage counts.

The segmentation is fixed (SEMANTICS H2). A heading is a unit; paragraphs, list items and the cells of tables are cut
into sentences, and a cell that is no sentence is a unit as it stands. Every character that is not white space belongs
to exactly one unit, but for what only draws (the bars and rulers of tables, ruled lines) and what a reader does not see
(`<br>`, `&nbsp;`). Blank cells in the body of a table are listed, but never counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from attrs import frozen

from sla_dsl.evidence.blocks import Block, BlockKind
from sla_dsl.evidence.folding import fold
from sla_dsl.evidence.sentences import may_be_sentences, sentences_in
from sla_dsl.evidence.tables import Table
from sla_dsl.source import Source, Span


class UnitKind(StrEnum):
    """What a unit is."""

    HEADING = "heading"
    ITEM = "item"
    SENTENCE = "sentence"
    CELL = "cell"
    BLANK = "blank"


@frozen
class Unit:
    """A unit of a document: where it stands, its line (from 1), and its text as folded.

    `continued`: it goes on with the paragraph, list item or cell of the unit before it.
    """

    kind: UnitKind
    span: Span
    line: int
    text: str
    continued: bool = False


_KINDS = {
    BlockKind.HEADING: UnitKind.HEADING,
    BlockKind.ITEM: UnitKind.ITEM,
    BlockKind.PARAGRAPH: UnitKind.SENTENCE,
}


def units_of(source: Source, blocks: tuple[Block, ...], tables: dict[Block, Table]) -> Iterator[Unit]:
    """The units of a document in order.

    Example: `Within 4 hours. Not at night.` has two units of the kind `sentence`.
    """
    for block in blocks:
        if block in tables:
            yield from _cells(source, tables[block])
        elif block.kind is BlockKind.HEADING:
            yield from _unit(source, UnitKind.HEADING, _trimmed(source.text, block.span))
        elif block.kind is not BlockKind.RULER:
            yield from _sentences(source, _KINDS[block.kind], block.span)


def _cells(source: Source, table: Table) -> Iterator[Unit]:
    for row in table.rows:
        line = source.position(row[0].span.start).line
        for cell in row:
            if not cell.text:
                if table.is_body(cell):
                    yield Unit(UnitKind.BLANK, cell.span, line, "")
            elif may_be_sentences(cell.text):
                yield from _sentences(source, UnitKind.CELL, cell.span)
            else:
                yield Unit(UnitKind.CELL, cell.span, line, cell.text)


def _sentences(source: Source, kind: UnitKind, within: Span) -> Iterator[Unit]:
    for at, span in enumerate(sentences_in(source.text, within)):
        yield from _unit(source, kind, span, continued=at > 0)


def _unit(source: Source, kind: UnitKind, span: Span, *, continued: bool = False) -> Iterator[Unit]:
    text = fold(source.slice(span)).text
    if text:
        yield Unit(kind, span, source.position(span.start).line, text, continued)


def _trimmed(text: str, span: Span) -> Span:
    stretch = text[span.start : span.end]
    return Span(span.start + len(stretch) - len(stretch.lstrip()), span.start + len(stretch.rstrip()))
