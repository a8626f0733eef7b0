"""A page of the documentation, in Markdown: the same parts as on a terminal, with headings, tables and quotations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sla_dsl.reporting.excerpt import printable
from sla_dsl.reporting.paper import filled_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_SPECIAL = re.compile(r"[\\`*\[\]<>{}|~$&^]|(?<![^\W_])_|_(?![^\W_])")
_LEADING = re.compile(r"^(\d*)(?=[-+=#%:.)])")
_ITEM, _INNER_ITEM = 4, 6
_JOINED = {"item": "\n", "quote": "\n>\n"}


def escaped(text: str) -> str:
    r"""A text of one line that Markdown shows as it is.

    Example: `escaped("2 * x")` is `2 \* x`.
    """
    line = _SPECIAL.sub(r"\\\g<0>", printable(" ".join(text.split())))
    return _LEADING.sub(r"\1\\", line)


class MarkdownPage:
    """Something to read as a page of the documentation.

    A passage is quoted once under a heading, however many things rest on it.

    Example: `page = MarkdownPage(); page.section("Clocks"); page.text()` is `## Clocks` and a newline.
    """

    def __init__(self) -> None:
        self._blocks: list[tuple[str, str]] = []
        self._quoted: set[str] = set()

    def title(self, text: str) -> None:
        """The name of the whole."""
        self._heading("#", text)

    def section(self, text: str) -> None:
        """A heading of the second level."""
        self._heading("##", text)

    def line(self, text: str, *, indent: int = 0) -> None:
        """A paragraph; from four columns on an item of a list, from six on an item within that."""
        if indent < _ITEM:
            self._put("paragraph", escaped(text))
        else:
            self._put("item", f"{'  ' * (indent >= _INNER_ITEM)}- {escaped(text)}")

    def table(self, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """A table; its first column names the rows, others in which nothing stands are left out."""
        cells = [tuple(row) for row in rows]
        shown = filled_columns(head, cells)
        lines = [head, ["---"] * len(head), *([escaped(cell) for cell in row] for row in cells)]
        self._put("table", "\n".join("| " + " | ".join(line[at] for at in shown) + " |" for line in lines))

    def entry(self, name: str, lines: Iterable[str], of: Mapping[str, Any] | None = None) -> None:
        """Something under a heading of the third level, what is to be said of it as a list, and its evidence."""
        self._heading("###", name)
        for line in lines:
            self.line(line, indent=_ITEM)
        if of is not None:
            self.evidence(of)

    def evidence(self, of: Mapping[str, Any], *, indent: int = 4) -> None:  # noqa: ARG002 (quotations stand by themselves)
        """The citations as quotations, then the assumptions and notes."""
        for cite in of.get("cite", ()):
            quote = f"“{escaped(cite['quote'])}” {escaped(cite['source'])}, line {cite['line']}"
            if quote not in self._quoted:
                self._put("quote", f"> {quote}")
            self._quoted.add(quote)
        for kind, key in (("Assumed", "assume"), ("Note", "notes")):
            for text in of.get(key, ()):
                self._put("paragraph", f"*{kind}:* {escaped(text)}")

    def text(self) -> str:
        """All that was put on the page."""
        parts: list[str] = []
        for (before, _), (kind, text) in zip([("", ""), *self._blocks], self._blocks, strict=False):
            parts += [_JOINED.get(kind, "\n\n") if kind == before else "\n\n", text]
        return "".join(parts).strip("\n") + "\n"

    def _heading(self, marks: str, text: str) -> None:
        self._quoted.clear()
        self._put("heading", f"{marks} {escaped(text)}")

    def _put(self, kind: str, text: str) -> None:
        self._blocks.append((kind, text))
