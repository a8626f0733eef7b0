"""What a shown policy is put on: a page for a terminal, or one of the documentation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


class Paper(Protocol):
    """Titles, paragraphs, tables and entries with their evidence, in the order in which they are to be read.

    Example: `paper.section("Clocks")`, then `paper.entry("response", ["starts when reported"])`.
    """

    def title(self, text: str) -> None:
        """The name of the whole."""
        ...

    def section(self, text: str) -> None:
        """A heading."""
        ...

    def line(self, text: str, *, indent: int = 0) -> None:
        """A paragraph; from four columns on it is one of several things said of an entry, beyond that of such a one."""
        ...

    def table(self, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """A table; its first column names the rows, others in which nothing stands are left out."""
        ...

    def entry(self, name: str, lines: Iterable[str], of: Mapping[str, Any] | None = None) -> None:
        """Something under its name, what is to be said of it, and its evidence where `of` is the data of an entry."""
        ...

    def evidence(self, of: Mapping[str, Any], *, indent: int = 4) -> None:
        """The citations, assumptions and notes of an entry."""
        ...


def filled_columns(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    """The columns of a table that are shown: the first, and those in which something stands.

    Example: `filled_columns(["level", "labels"], [["p1", ""]])` is `[0]`.
    """
    return [at for at in range(len(head)) if at == 0 or any(row[at] for row in rows)]
