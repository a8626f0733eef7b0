"""Statements that can be said only once in a block."""

from __future__ import annotations

from collections.abc import Iterator

from sla_dsl.checking.rules.checked import Checked
from sla_dsl.diagnostics import Finding, Place, catalogue
from sla_dsl.syntax import Statement

_ONCE = frozenset(
    "timezone years created carries_targets default repeats on_reopening agreed owed due fulfilled choose "
    "language".split()
)


def once(checked: Checked) -> Iterator[Finding]:
    """A second `years`, `due`, `choose` … in one block contradicts the first."""
    tree = checked.model.tree
    yield from _in_block(checked, "file", tree.statements)


def _in_block(checked: Checked, block: str, statements: tuple[Statement, ...]) -> Iterator[Finding]:
    source = checked.model.tree.source
    first: dict[str, Statement] = {}
    for statement in statements:
        kind = "pauses" if statement.kind in {"pauses_move", "pauses_keep"} else statement.kind
        if kind in _ONCE or kind == "pauses":
            if kind in first and not (kind == "choose" and block == "annex"):
                yield catalogue.ONCE_ONLY(
                    Place(source, statement.line.span),
                    head=statement.tokens[0].text,
                    block=block.replace("_", " "),
                    related=[(Place(source, first[kind].line.span), "said here first")],
                )
            first.setdefault(kind, statement)
        yield from _in_block(checked, statement.kind, statement.body)
    headers = [s for s in statements if s.kind == "row" and not s.line.nodes("cell")[0].children]
    for again in headers[1:]:
        first_header = [(checked.place(headers[0].line), "said here first")]
        yield catalogue.ONCE_ONLY(checked.place(again.line), head="header row", block="table", related=first_header)
