"""A source document with what is computed from it once: its folded views, tables and units."""

from __future__ import annotations

from functools import cached_property

from attrs import frozen

from sla_dsl.evidence.blocks import Block, BlockKind, blocks_of
from sla_dsl.evidence.folding import fold
from sla_dsl.evidence.tables import Table, table_of
from sla_dsl.evidence.units import Unit, units_of
from sla_dsl.evidence.views import View
from sla_dsl.source import Source


@frozen(slots=False)
class Document:
    """A document that policies quote.

    Example: `Document.of("Within 4 hours. Not at night.").units` are two sentences.
    """

    source: Source

    @classmethod
    def of(cls, text: str, *, name: str = "<text>") -> Document:
        """A document made from text in memory."""
        return cls(Source.of(text, name=name))

    @cached_property
    def folded(self) -> View:
        """The folded text, without the dashes and bullets of list items."""
        return fold(self.source.text)

    @cached_property
    def folded_with_bullets(self) -> View:
        """The folded text, with the dashes and bullets of list items."""
        return fold(self.source.text, bullets=True)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Its paragraphs, headings, items and tables."""
        return tuple(blocks_of(self.source.text))

    @cached_property
    def _tables(self) -> dict[Block, Table]:
        kinds = {BlockKind.TAB_TABLE, BlockKind.BAR_TABLE}
        return {block: table_of(self.source.text, block) for block in self.blocks if block.kind in kinds}

    @property
    def tables(self) -> tuple[Table, ...]:
        """Its tables, in order."""
        return tuple(self._tables.values())

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """Its units, in order, blank table cells among them (SEMANTICS H2)."""
        return tuple(units_of(self.source, self.blocks, self._tables))
