"""A page for a terminal: sections, tables and entries with their evidence, laid out to a width."""

from __future__ import annotations

import re
from io import StringIO
from typing import TYPE_CHECKING, Any

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from sla_dsl.reporting.excerpt import printable
from sla_dsl.reporting.paper import filled_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rich.console import RenderableType

_QUOTE = "italic"
_FAINT = "dim"
_STRONG = "bold"
_BLANK_LINES = re.compile(r"\n{3,}")


class Page:
    """Something to read: what is put on it comes out as text of at most `width` columns.

    The same things give the same text everywhere; there are control characters in it only with `colour`.

    Example: `page = Page(80); page.section("Clocks"); page.entry("response", ["starts when reported"]); page.text()`.
    """

    def __init__(self, width: int, *, colour: bool = False) -> None:
        self._paper = StringIO()
        self._width, self._colour = width, colour
        self._console = Console(
            file=self._paper,
            width=width,
            force_terminal=colour,
            color_system="standard" if colour else None,
            no_color=not colour,
            legacy_windows=False,
            markup=False,
            emoji=False,
            highlight=False,
            _environ={},
        )

    def title(self, text: str) -> None:
        """The name of the whole."""
        self.line(text, style=_STRONG)

    def section(self, text: str) -> None:
        """A heading, underlined, with a blank line before it."""
        self.line("")
        self.line(text, style=_STRONG)
        self.line("─" * min(cell_len(printable(text)), self._width))

    def line(self, text: str, *, indent: int = 0, style: str = "") -> None:
        """A paragraph, wrapped, its lines indented alike."""
        shown = printable(text)
        if not self._colour and indent + cell_len(shown) <= self._width:
            self._paper.write(f"{' ' * indent}{shown}\n")  # as it would come out, a hundred times faster
        else:
            self._put(Padding(Text(shown, style=style), (0, 0, 0, indent)))

    def table(self, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """A table; its first column names the rows, others in which nothing stands are left out."""
        cells = [tuple(row) for row in rows]
        shown = filled_columns(head, cells)
        table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style=_STRONG)
        for at in shown:
            table.add_column(Text(printable(head[at])), overflow="fold")
        for row in cells:
            table.add_row(*(Text(printable(row[at])) for at in shown))
        self._put(Padding(table, (0, 0, 0, 2)))

    def entry(self, name: str, lines: Iterable[str], of: Mapping[str, Any] | None = None) -> None:
        """Something under its name, what is to be said of it, and its evidence where `of` is the data of an entry."""
        self.line("")
        self.line(name, indent=2, style=_STRONG)
        for line in lines:
            self.line(line, indent=4)
        if of is not None:
            self.evidence(of)

    def evidence(self, of: Mapping[str, Any], *, indent: int = 4) -> None:
        """The citations, assumptions and notes of an entry."""
        for cite in of.get("cite", ()):
            self.line(f"“{cite['quote']}” {cite['source']}:{cite['line']}", indent=indent, style=_QUOTE)
        for text in of.get("assume", ()):
            self.line(f"assumed: {text}", indent=indent, style=_FAINT)
        for text in of.get("notes", ()):
            self.line(f"note: {text}", indent=indent, style=_FAINT)

    def text(self) -> str:
        """All that was put on the page; no line ends in a blank, and no two lines that follow are empty."""
        text = "\n".join(line.rstrip() for line in self._paper.getvalue().splitlines())
        return _BLANK_LINES.sub("\n\n", text).strip("\n") + "\n"

    def _put(self, what: RenderableType) -> None:
        self._console.print(what)
