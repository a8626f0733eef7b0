"""The closest passage to a quotation that does not occur."""

from __future__ import annotations

import time

import pytest
from hypothesis import given

from sla_dsl.evidence import Document, find, nearest
from tests.evidence.documents import VENDORS, document, texts


@pytest.mark.parametrize(
    ("vendor", "quote", "line", "text", "differences"),
    [
        ("cloudcti", "3 Support hours", 62, "4 Support hours", [("3", "4")]),
        ("cloudcti", "08:30 - 17:00", 51, "08:30 – 17:00", [("-", "–")]),
        ("secpod", "2 hours or less", 28, "2 Hours or Less", [("hours", "Hours"), ("less", "Less")]),
        ("cloudcti", "CloudCTI wil operate a 24-hour respons time", 30, "CloudCTI will operate a 24-hour response time",
         [("wil", "will"), ("respons", "response")]),
        ("rekor", "will not make a promise for a time", 59, "will not make any promise for a time", [("a", "any")]),
        ("sightworks", "via email or telephone will be given within 1 hour", 9,
         "via email or telephone will be provided within 1 hour", [("given", "provided")]),
        ("sightworks", "with an estimate for resolving the fault", 21,
         "with an appropriate recommendation and estimate for resolving the fault",
         [("", "appropriate recommendation and")]),
    ],
)  # fmt: skip
def test_the_closest_passage_and_what_differs(
    vendor: str, quote: str, line: int, text: str, differences: list[tuple[str, str]]
) -> None:
    doc = document(vendor)
    assert find(doc, quote) == ()
    found = nearest(doc, quote)
    assert found is not None
    assert (doc.source.position(found.span.start).line, found.text) == (line, text)
    assert [(pair.quoted, pair.found) for pair in found.differences] == differences


@pytest.mark.parametrize("quote", ["zzz qqq", "Quarterly penguin inspections", "", "   ", "<b></b>"])
def test_nothing_is_near_to_what_is_not_there(quote: str) -> None:
    assert nearest(document("cloudcti"), quote) is None


def test_nothing_is_near_in_an_empty_document() -> None:
    assert nearest(Document.of(""), "4 hours") is None


@pytest.mark.parametrize("vendor", VENDORS)
def test_a_slip_in_any_sentence_is_found_in_that_sentence(vendor: str) -> None:
    doc = document(vendor)
    sentences = {unit.text: unit for unit in doc.units if len(unit.text.split()) > 6}
    for text, unit in sentences.items():
        words = text.split()
        words[len(words) // 2] = "elephant"
        found = nearest(doc, " ".join(words))
        assert found is not None
        assert any(pair.quoted.startswith("elephant") for pair in found.differences)
        assert find(doc, text)[0].start <= unit.span.end
        assert any(other.start < found.span.end and found.span.start < other.end for other in find(doc, text))


def test_it_is_fast_enough_to_be_asked_for_every_mistake() -> None:
    doc = Document.of(document("rekor").source.text + document("cloudcti").source.text)
    quote = "measured during business hours (Monday-Friday, 8:30 a.m. - 5:30 p.m. CET and outside of observed holiday)"
    assert nearest(doc, quote) is not None
    taken: list[float] = []
    for _ in range(5):
        start = time.process_time()
        nearest(doc, quote)
        taken.append(time.process_time() - start)
    assert min(taken) < 0.05


@given(texts(), texts())
def test_it_answers_for_any_text(text: str, quote: str) -> None:
    doc = Document.of(text)
    found = nearest(doc, quote)
    if found is not None:
        assert 0 <= found.span.start < found.span.end <= len(doc.source.text)
        assert 0 < found.similarity <= 1
