"""Times of day and dates that do not exist."""

from __future__ import annotations

from collections.abc import Iterator

from sla_dsl.checking.read.values import is_date
from sla_dsl.checking.rules.checked import Checked
from sla_dsl.diagnostics import Finding, Place, catalogue
from sla_dsl.syntax import Node, Token
from sla_dsl.worktime import WorktimeError, clock

_END_OF_DAY = 86_400


def times(checked: Checked) -> Iterator[Finding]:
    """Every time must lie from 00:00 to 24:00, and 24:00 is only an end (T1); every date must be in the calendar."""
    tree = checked.model.tree
    for statement in checked.statements:
        for token in statement.tokens:
            if token.kind in {"DATE", "MONTHDAY"} and not is_date(token):
                yield catalogue.NO_SUCH_DATE(checked.place(token), date=token.text)
    for statement in checked.statements:
        if not any(token.kind == "TIME" for token in statement.tokens):
            continue
        for node in (part for part in statement.line.walk() if isinstance(part, Node)):
            for position, token in enumerate(node.tokens("TIME")):
                if not _possible(token, is_end=node.kind == "span" and position == 1):
                    yield catalogue.BAD_TIME(Place(tree.source, token.span), time=token.text)


def _possible(token: Token, *, is_end: bool) -> bool:
    try:
        seconds = clock(token.text if len(token.text.partition(":")[0]) > 1 else f"0{token.text}")
    except WorktimeError:
        return False
    return seconds < _END_OF_DAY or is_end
