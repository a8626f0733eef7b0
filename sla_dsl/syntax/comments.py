"""Comments, each given to the statement it belongs to: before it, behind it on its line, or at the end of its block."""

from __future__ import annotations

import re

from attrs import frozen

from sla_dsl.source import Span
from sla_dsl.syntax.tree import Comment, Token

_COMMENT = re.compile(r"#[^\n]*")


@frozen
class Remark:
    """A comment and how it stands: alone on its line or behind something, and after a blank line or not."""

    comment: Comment
    alone: bool


def remarks(text: str, raw: list[Token]) -> list[Remark]:
    """The comments of a text: whatever stands between two tokens and begins with `#`."""
    found: list[Remark] = []
    ends = [0, *(token.span.end for token in raw)]
    starts = [*(token.span.start for token in raw), len(text)]
    for end, start in zip(ends, starts, strict=True):
        if end < start and (match := _COMMENT.search(text, end, start)):
            line_start = text.rfind("\n", 0, match.start()) + 1
            written = match.group().rstrip()
            comment = Comment(written, Span(match.start(), match.start() + len(written)))
            found.append(Remark(comment, alone=not text[line_start : match.start()].strip()))
    return found
