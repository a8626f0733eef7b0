"""Where a quotation stands, and how two places are told apart."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sla_dsl.evidence import Document, cells_named, cut_words, find, passage
from sla_dsl.evidence.folding import fold
from sla_dsl.source import Span
from tests.evidence.documents import VENDORS, document, texts


def places(vendor: str, quote: str, **told_by: str) -> list[tuple[int, str]]:
    """Line and verbatim text of each place."""
    source = document(vendor).source
    return [(source.position(span.start).line, source.slice(span)) for span in find(document(vendor), quote, **told_by)]


@pytest.mark.parametrize(
    ("vendor", "quote", "line", "verbatim"),
    [
        ("cloudcti", "To be determined", 62, "To be determined"),
        ("cloudcti", "<10 times a day: Some outgoing calls", 43, "<10 times a day: Some outgoing calls"),
        ("cloudcti", "* For an MTTR stated in working days", 67, "For an MTTR stated in working days"),
        ("cloudcti", "24x7 contingency number*)", 53, "24x7 contingency number*)"),
        ("cloudcti", "support@cloudcti.nl", 50, "support@cloudcti.nl"),
        ("cloudcti", "≻ 90%", 63, "≻ 90%"),
        ("cloudcti", "MTTR (Mean Time To Repair)", 61, "MTTR* (Mean Time To Repair)"),
        ("secpod", "Customer’s or Partner's use", 20, "Customer’s or Partner’s use"),
        ("secpod", "Critical | 2 Hours or Less", 28, "Critical | 2 Hours or Less"),
        ("secpod", "Critical 2 Hours or Less", 28, "Critical | 2 Hours or Less"),
        ("secpod", "Monitored email support ([email protected]).", 39, "Monitored email support ([email protected])."),
        ("rekor", "[support@rekor.ai](mailto:support@rekor.ai)", 139, "support@rekor.ai"),
        ("rekor", "3rd party technology", 59, "3<sup>rd</sup> party technology"),
        ("rekor", "ROLE & RESPONSIBILITIES", 16, "ROLE &amp; RESPONSIBILITIES"),
        ("rekor", '"as fast as possible"', 59, "“as fast as possible”"),
        ("rekor", "accessing https://help.rekor.ai/, calling", 139, "accessing <https://help.rekor.ai/>, calling"),
        ("sightworks", "The following information will help", 1, "The following information\u00a0will help"),
    ],
)
def test_a_quotation_is_found_as_it_was_read(vendor: str, quote: str, line: int, verbatim: str) -> None:
    assert places(vendor, quote) == [(line, verbatim)]


def test_a_quotation_may_run_over_lines() -> None:
    assert places("sightworks", "Response: SightWorks agrees") == [
        (8, "Response:\u00a0\nSightWorks agrees"),
        (14, "Response:\u00a0SightWorks agrees"),
    ]


def test_the_marks_between_list_items_may_be_quoted_or_left_out() -> None:
    quoted = places("secpod", "Email: [email protected] - Web: https://support.secpod.com/")
    assert quoted == places("secpod", "Email: [email protected] Web: https://support.secpod.com/")
    assert quoted == [(35, "Email: [email protected]\n- Web: https://support.secpod.com/")]


@pytest.mark.parametrize("quote", ["to be determined", "08:30 - 17:00", "4  Hours.", "", " ", "zzz"])
def test_another_case_another_dash_or_nothing_is_not_found(quote: str) -> None:
    assert places("cloudcti", quote) == []


@pytest.mark.parametrize(
    ("text", "quote", "whole"),
    [
        ("within 24 hours", "4 hours", "24 hours"),
        ("a non-critical function", "critical function", "non-critical function"),
        ("a 24-hour response", "hour response", "24-hour response"),
        ("we can't", "we can", "we can't"),
        ("in 1.5 hours", "5 hours", "1.5 hours"),
        ("for 1,000 users", "for 1", "for 1,000"),
        ("at 08:30", "at 08", "at 08:30"),
        ("4<sup>1</sup> hours", "1 hours", "4<sup>1</sup> hours"),
        ("outgoing", "going", "outgoing"),
    ],
)
def test_a_quotation_does_not_cut_words(text: str, quote: str, whole: str) -> None:
    doc = Document.of(text)
    assert find(doc, quote) == ()
    assert [doc.source.slice(span) for span in cut_words(doc, quote)] == [whole]


@pytest.mark.parametrize(
    ("text", "quote"),
    [("emails/tickets", "tickets"), ("(SLA)", "SLA"), ("KPI's", "KPI"), ("5:30 p.m. EST", "5:30 p.m."), ("90%", "90")],
)
def test_a_quotation_may_end_at_a_sign(text: str, quote: str) -> None:
    assert len(find(Document.of(text), quote)) == 1
    assert cut_words(Document.of(text), quote) == ()


REPEATED = "Alpha: 4 hours. Beta: 4 hours. Gamma: 4 hours. Beta again."


@pytest.mark.parametrize(
    ("told_by", "chosen"),
    [
        ({}, [0, 1, 2]),
        ({"after": "Alpha"}, [0]),
        ({"after": "Beta:"}, [1]),
        ({"after": "Beta"}, [1]),
        ({"after": "Gamma"}, [2]),
        ({"after": "Beta again"}, []),
        ({"after": "Delta"}, []),
        ({"before": "Alpha"}, []),
        ({"before": "Beta:"}, [0]),
        ({"before": "Beta"}, [0, 2]),
        ({"before": "Gamma"}, [1]),
        ({"after": "Alpha", "before": "Beta:"}, [0]),
        ({"after": "Alpha", "before": "Gamma"}, []),
    ],
)
def test_before_and_after_choose_the_nearest_place(told_by: dict[str, str], chosen: list[int]) -> None:
    all_places = [Span(match.start(), match.end()) for match in re.finditer("4 hours", REPEATED)]
    assert find(Document.of(REPEATED), "4 hours", **told_by) == tuple(all_places[at] for at in chosen)


@pytest.mark.parametrize(
    ("vendor", "quote", "row", "column", "lines"),
    [
        ("cloudcti", "4 Support hours", "1", "Response time", [62]),
        ("cloudcti", "4 Support hours", "1", "TTTU", [62]),
        ("cloudcti", "2 working days", "2", "MTTR", [63]),
        ("cloudcti", "2 working days", "2", "MTTR* (Mean Time To Repair)", [63]),
        ("cloudcti", "Support hours", "1", "Telephone access", [62]),
        ("cloudcti", "Support hours", "1 Critical", "Accessibility", [41]),
        ("cloudcti", "8 Support hours", "1", "Response time", []),
        ("secpod", "2 Hours or Less", "Critical", "Target Response Time", [28]),
        ("rekor", "P2", "Critical", "Some users with one customer", [54]),
        ("rekor", "P2", "High", "System-wide", [55]),
        ("rekor", "P3", "Severity of the issue Medium", "Customer impact System-wide", [56]),
        ("rekor", "P1", "Critical", "Customer impact", [54, 54]),
        ("rekor", "Extensive / Widespread", "P1", "IMPACT", [29, 43]),
    ],
)
def test_cells_are_found_by_row_and_column(vendor: str, quote: str, row: str, column: str, lines: list[int]) -> None:
    assert [line for line, _ in places(vendor, quote, row=row, column=column)] == lines


def test_row_column_and_after_work_together() -> None:
    found = places(
        "rekor", "Extensive / Widespread", row="P1", column="IMPACT", after="Customer Resolution Time Targets"
    )
    assert found == [(43, "Extensive / Widespread")]


def test_an_empty_quotation_finds_the_cell_left_blank() -> None:
    assert places("cloudcti", "", row="1", column="Performance target") == [(62, "")]
    assert places("cloudcti", "", row="2", column="Performance target") == []
    assert places("secpod", "", row="Open", column="Remarks") == [(52, "")]


def test_a_row_or_column_that_is_not_there_has_no_cells() -> None:
    assert cells_named(document("cloudcti"), "5", "Response time") == ()
    assert cells_named(document("cloudcti"), "1", "Respond") == ()


def test_a_passage_runs_from_its_first_words_to_the_next_last_words() -> None:
    source = document("secpod").source
    (span,) = passage(document("secpod"), "Was this article", "fix the article")
    assert source.slice(span).startswith("Was this article helpful?\nThat’s Great!")
    assert source.slice(span).endswith("will try to fix the article")
    assert len(passage(document("secpod"), "Thank you", "Feedback sent")) == 2
    assert passage(document("secpod"), "Was this article", "Definitions") == ()
    assert (
        passage(document("secpod"), "Thank you for your feedback", "Feedback sent", after="Sorry!")[0].start
        > span.start
    )


def test_a_passage_may_begin_and_end_with_the_same_words() -> None:
    assert passage(Document.of("One word. Two."), "One word", "word.") == (Span(0, 9),)
    assert passage(Document.of("One word."), "One word", "One word") == (Span(0, 8),)


def _words_of(text: str, unit: Span) -> list[Span]:
    return [Span(match.start(), match.end()) for match in re.compile(r"\S+").finditer(text, unit.start, unit.end)]


def _is_found(doc: Document, quoted: Span) -> bool:
    found = find(doc, doc.source.slice(quoted))
    return any(quoted.start <= span.start and span.end <= quoted.end for span in found)


def _has_words(text: str) -> bool:
    ends = (fold(text.split()[at]).text for at in (0, -1))
    return all(any(map(str.isalnum, end)) for end in ends)


@pytest.mark.parametrize("vendor", VENDORS)
def test_every_run_of_words_of_every_unit_is_found_where_it_stands(vendor: str) -> None:
    doc = document(vendor)
    for unit in doc.units:
        words = _words_of(doc.source.text, unit.span)
        for first in range(0, len(words), 2):
            for last in (first, first + 3, len(words) - 1):
                if first <= last < len(words):
                    quoted = words[first].to(words[last])
                    assert not _has_words(doc.source.slice(quoted)) or _is_found(doc, quoted), doc.source.slice(quoted)


@given(texts(), st.data())
def test_any_run_of_words_of_a_unit_is_found_where_it_stands(text: str, data: st.DataObject) -> None:
    doc = Document.of(text)
    assume(doc.units)
    unit = data.draw(st.sampled_from(doc.units))
    words = _words_of(doc.source.text, unit.span)
    assume(words)
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    quoted = words[first].to(words[last])
    assume(_has_words(doc.source.slice(quoted)))
    assert _is_found(doc, quoted)


@given(texts(), texts())
def test_questions_about_any_text_have_an_answer(text: str, quote: str) -> None:
    doc = Document.of(text)
    for span in (*find(doc, quote), *cut_words(doc, quote), *passage(doc, quote, text[-10:])):
        assert 0 <= span.start < span.end <= len(doc.source.text)
