"""The passage of a document that is closest to a quotation that does not occur: "did you mean" (SEMANTICS H1)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher

from attrs import frozen

from sla_dsl.evidence.document import Document
from sla_dsl.evidence.folding import fold
from sla_dsl.source import Span


@frozen
class Difference:
    """Words of the quotation, and those that stand in the document in their place; either may be empty."""

    quoted: str
    found: str


@frozen
class Nearest:
    """The closest passage: its place, its text as folded, how alike it is (0 to 1), and what differs.

    Example: for `within 3 hours` in `Answer within 4 hours.` the text is `within 4 hours`, and `3` differs from `4`.
    """

    span: Span
    text: str
    similarity: float
    differences: tuple[Difference, ...]


_TOKEN = re.compile(r"[^\W_]+|[^\w\s]|_+")
_LONGEST = 200
"""So many words of a quotation are compared; of a longer one, the first."""

_COMPARED = 60
"""So many words are compared in order: more candidates for a short quotation, which many places resemble."""

_CANDIDATES = 3
_ALIKE = 0.6
_SAME_WORD = 0.6
_ANOTHER_NUMBER = "0"
"""Stands for a number of the document where the quotation has another."""

Tokens = list[re.Match[str]]


def nearest(document: Document, quote: str) -> Nearest | None:
    """The passage most like a quotation, or nothing where none is alike at all.

    Time grows with the length of the document, not with its square: all stretches of as many words as the quotation
    has are compared by which words they hold, and only the best few word by word.
    """
    quoted = list(_TOKEN.finditer(fold(quote).text))[:_LONGEST]
    found = list(_TOKEN.finditer(document.folded.text))
    if not quoted or not found:
        return None
    candidates = [_compared(document, quoted, found, start) for start in _best_stretches(quoted, found)]
    best = max(candidates, key=_closeness, default=None)
    return best if best is not None and best.similarity >= _ALIKE else None


def _closeness(candidate: Nearest) -> tuple[float, int]:
    """More alike is closer; of equals, what has another number where the quotation has one."""
    numbers = sum(pair.quoted[:1].isdigit() and pair.found[:1].isdigit() for pair in candidate.differences)
    return round(candidate.similarity, 2), numbers


def _best_stretches(quoted: Tokens, found: Tokens) -> list[int]:
    """Where the stretches begin that share most with the quotation, the first of equals first."""
    wanted = Counter(token.group().lower() for token in quoted)
    words = [token.group().lower() for token in found]
    same = _same_words(list(wanted), set(words))
    matches = [same.get(word, _ANOTHER_NUMBER if word[0].isdigit() else None) for word in words]
    often = Counter(matches)
    # A word that the document seldom has says more about the place.
    weight = {word: 10 + 1000 // (1 + often[word]) if word.isalnum() else 1 for word in wanted}
    wanted[_ANOTHER_NUMBER] = sum(word[0].isdigit() for word in wanted)
    weight[_ANOTHER_NUMBER] = 5
    width = len(quoted)
    held: Counter[str] = Counter()
    score = 0
    scored: list[tuple[int, int]] = []
    for at, word in enumerate(matches):
        if word is not None:
            held[word] += 1
            score += weight[word] if held[word] <= wanted[word] else 0
        leaving = matches[at - width] if at >= width else None
        if leaving is not None:
            score -= weight[leaving] if held[leaving] <= wanted[leaving] else 0
            held[leaving] -= 1
        if score:
            scored.append((-score, max(0, at - width + 1)))
    scored.sort()
    return _apart((start for _, start in scored), width)


def _apart(starts: Iterable[int], width: int) -> list[int]:
    """The first few that are not stretches of the same passage."""
    chosen: list[int] = []
    for start in starts:
        if all(abs(start - other) >= width for other in chosen):
            chosen.append(start)
            if len(chosen) >= max(_CANDIDATES, _COMPARED // width):
                break
    return chosen


def _same_words(wanted: list[str], words: Iterable[str]) -> dict[str, str]:
    """For words of the document that are, but perhaps for a slip of the pen, a word of the quotation: that word."""
    pieces = {word: _pieces(word) for word in wanted}
    holders: dict[str, list[str]] = {}
    for word, parts in pieces.items():
        for part in parts:
            holders.setdefault(part, []).append(word)
    same: dict[str, str] = {}
    for word in words:
        if word in pieces:
            same[word] = word
            continue
        parts = _pieces(word)
        shared = Counter(holder for part in parts for holder in holders.get(part, ()))
        for holder, count in shared.most_common(1):
            if 2 * count / (len(parts) + len(pieces[holder])) >= _SAME_WORD:
                same[word] = holder
    return same


def _pieces(word: str) -> frozenset[str]:
    padded = f" {word} "
    return frozenset(padded[at : at + 2] for at in range(len(padded) - 1))


def _compared(document: Document, quoted: Tokens, found: Tokens, start: int) -> Nearest:
    slack = 2 + len(quoted) // 4
    around = found[max(0, start - slack) : start + len(quoted) + slack]
    passage = _like(quoted, around)
    text = document.folded.text
    span = Span(passage[0].start(), passage[-1].end())
    quote = _text_of(quoted)
    similarity = SequenceMatcher(None, quote[:_LONGEST], text[span.start : span.end][:_LONGEST], autojunk=False).ratio()
    return Nearest(document.folded.origin(span), text[span.start : span.end], similarity, _differences(quoted, passage))


def _like(quoted: Tokens, around: Tokens) -> Tokens:
    """The part of `around` that stands for the quotation, by the first and the last word that both have."""
    shared = [block for block in _matcher(quoted, around).get_matching_blocks() if block.size]
    if not shared:
        slack = (len(around) - len(quoted)) // 2
        return around[max(0, slack) : max(0, slack) + len(quoted)]
    first, last = shared[0], shared[-1]
    start = max(0, first.b - first.a)
    end = last.b + last.size + len(quoted) - last.a - last.size
    return around[start:end]


def _differences(quoted: Tokens, passage: Tokens) -> tuple[Difference, ...]:
    return tuple(
        Difference(_text_of(quoted[start:end]), _text_of(passage[other:other_end]))
        for kind, start, end, other, other_end in _matcher(quoted, passage).get_opcodes()
        if kind != "equal"
    )


def _matcher(quoted: Tokens, found: Tokens) -> SequenceMatcher[str]:
    return SequenceMatcher(
        None, [token.group() for token in quoted], [token.group() for token in found], autojunk=False
    )


def _text_of(tokens: Tokens) -> str:
    return tokens[0].string[tokens[0].start() : tokens[-1].end()] if tokens else ""
