"""Time grows with the length of a document, not with its square, whatever stands in it."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

import pytest

from sla_dsl.evidence import Claim, Document, cover, cut_words, find, nearest, passage
from sla_dsl.evidence.folding import fold
from sla_dsl.source import MAX_FILE_BYTES
from tests.evidence.documents import document

_SMALL, _LARGE = 1_000, 16_000

PATTERNS = {
    "one word": "a",
    "words": "a ",
    "digits": "1",
    "numbers": "1 ",
    "dots": ".",
    "sentences": "A. ",
    "spaces": " ",
    "tabs": "\t",
    "lines": "\n",
    "indented lines": "\tx\n",
    "lines that go on": "a,\n",
    "bars": "|",
    "rulers": "---|---\n",
    "broken rulers": "--- ",
    "dashes": "-",
    "stars": "*",
    "low lines": "_",
    "backslashes": "\\",
    "hashes": "# ",
    "brackets": "[",
    "links": "[a](",
    "open links": "](a:",
    "tags": "<a ",
    "tags with much space": "<a" + " " * 98,
    "entities": "&a",
    "addresses": "<a@",
    "marks": "e\u0301",
    "piled marks": "\u0301",
    "letters of Hangul": "\u1100\u1161",
    "no-break spaces": "\u00a0",
    "parentheses": "A. (",
    "table": "a\tb\n",
    "stubs": "\t\tx\n",
    "words for numbers": "one hundred and ",
    "kinds of time": "1 business ",
}


def seconds(action: Callable[[], object]) -> float:
    """The processor time of an action, without that of clearing away what other tests left."""
    gc.disable()
    try:
        start = time.process_time()
        action()
        return time.process_time() - start
    finally:
        gc.enable()


def everything(text: str) -> None:
    doc = Document.of(text)
    quote = text[: len(text) // 100] + " zzz"
    for words in (quote, "a", "A. a", text[:3]):
        find(doc, words, after="a", before="b")
        find(doc, words, row="a", column="b")
        cut_words(doc, words)
    passage(doc, "a", "b")
    nearest(doc, quote)
    cover(doc, [Claim(unit.span, "rule") for unit in doc.units])


@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=PATTERNS.keys())
def test_no_text_takes_time_by_its_square(pattern: str) -> None:
    small, large = (pattern * (length // len(pattern)) for length in (_SMALL, _LARGE))
    everything(small)
    # Sixteen times the text takes sixteen times the time; by its square, it would be 256 times.
    # A machine that does other things at the time may take longer once; the square of a length is there every time.
    limit = 64 * max(seconds(lambda: everything(small)), 0.005)
    assert any(seconds(lambda: everything(large)) < limit for _ in range(3))


def test_the_largest_document_is_read_in_seconds() -> None:
    text = document("secpod").source.text
    large = text * (MAX_FILE_BYTES // len(text.encode()))
    assert seconds(lambda: fold(large)) < 10
