"""Where sentences end.

A sentence ends with `.`, `!` or `?` (and closing brackets or quotation marks), white space, and then something that
can begin one: a capital letter, a digit, an opening bracket or quotation mark. It does not end after an abbreviation.
"""

from __future__ import annotations

import re

from sla_dsl.evidence.folding import fold
from sla_dsl.source import Span

_END = re.compile(r"(?<![.!?])([.!?]++)[\"')\]]*+ (?=[\"'(\[]*([^\W_a-z]\w*))")
_LAST_WORD = re.compile(r"(?:[A-Za-z]\.)*[A-Za-z]+$")

_NEVER_LAST = frozenset("e.g eg i.e ie vs cf viz approx ca incl excl mr mrs ms dr prof st resp".split())
"""After these a sentence goes on whatever follows."""

_BEFORE_A_NUMBER = frozenset("no nos art sec sect cl par para fig p pp tel ext ch vol".split())
"""After these it goes on when a number follows."""

_TIMES = frozenset("a.m p.m am pm".split())
_ENDED_BY_A_NAME = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Wed Thu Fri Sat Sun"
    " January February March April May June July August September October November December".split()
)


def sentences_in(text: str, within: Span) -> list[Span]:
    """The sentences of a stretch of a text, each from its first to its last character that is not white space.

    Example: `Open e.g. 8 a.m. EST. Closed on Sunday.` has two.
    """
    view = fold(text[within.start : within.end], bullets=True)
    starts = [0, *(end for end in map(_sentence_end, _END.finditer(view.text)) if end is not None)]
    edges = [within.start + (view.origin(Span(start, start + 1)).start if start else 0) for start in starts]
    spans: list[Span] = []
    for start, end in zip(edges, [*edges[1:], within.end], strict=True):
        stretch = text[start:end]
        trimmed = Span(start + len(stretch) - len(stretch.lstrip()), start + len(stretch.rstrip()))
        if trimmed.start < trimmed.end:
            spans.append(trimmed)
    return spans


def may_be_sentences(folded: str) -> bool:
    """Whether a folded text could be more than one sentence; most cells of tables could not."""
    return _END.search(folded) is not None


def _sentence_end(match: re.Match[str]) -> int | None:
    """Where the next sentence begins, or nothing where this is no end."""
    if match[1] == "." and _goes_on(match.string[max(0, match.start() - 30) : match.start()], match[2]):
        return None
    return match.end()


def _goes_on(before: str, following: str) -> bool:
    last = _LAST_WORD.search(before)
    if last is None:
        # A number in front of a list item: `1. Support`.
        return re.fullmatch(r"\W*[0-9]{1,3}(?:\.[0-9]{1,3})*", before) is not None
    word = last.group().lower()
    if word in _NEVER_LAST:
        return True
    if word in _BEFORE_A_NUMBER:
        return following[0].isdigit()
    if word in _TIMES:
        # `5:30 p.m. EST`, `8 a.m. Monday`: a zone or a day belongs to the time.
        return following.isupper() or following in _ENDED_BY_A_NAME
    return len(before) == len(word) and len(word) == 1
