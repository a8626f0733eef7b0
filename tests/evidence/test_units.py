"""The fixed segmentation of a document."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sla_dsl.evidence import Document, Unit, UnitKind
from sla_dsl.evidence.folding import fold
from tests.evidence.documents import VENDORS, document, texts


def units(text: str) -> list[tuple[str, str]]:
    return [(unit.kind.value, unit.text) for unit in Document.of(text).units]


def sentences(text: str) -> list[str]:
    return [unit.text for unit in Document.of(text).units]


@pytest.mark.parametrize(
    ("vendor", "counts"),
    [
        ("rekor", {"heading": 27, "cell": 78, "sentence": 32, "item": 12}),
        ("secpod", {"cell": 43, "item": 18, "sentence": 42, "blank": 1}),
        ("sightworks", {"sentence": 29}),
        ("cloudcti", {"heading": 10, "cell": 81, "sentence": 16, "blank": 3}),
    ],
)
def test_the_units_of_the_documents_are_fixed(vendor: str, counts: dict[str, int]) -> None:
    assert Counter(unit.kind.value for unit in document(vendor).units) == counts


@pytest.mark.parametrize(
    "text",
    [
        "Measured from 8:00 a.m. - 5:30 p.m. EST and outside of holidays.",
        "Open from 8 a.m. Monday to 5 p.m. Friday.",
        "Escalated to others (i.e. Engineering, Field services).",
        "A rapid response (e.g., a few hours).",
        "See No. 5 and Sec. 2 of the order.",
        "As in Section 2.0, within 1.5 hours.",
        "Visit www.secpod.com or contact [email protected].",
        "In the cloud vs. On-premises case.",
        "Acme Corp. shall answer... in time.",
        "1. Support levels",
    ],
)
def test_a_sentence_goes_on_after_an_abbreviation(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Send logs, etc. CloudCTI will answer.", ["Send logs, etc.", "CloudCTI will answer."]),
        ("(clouds, etc.). This is why.", ["(clouds, etc.).", "This is why."]),
        ("Closed at 5 p.m. The desk opens at 8.", ["Closed at 5 p.m.", "The desk opens at 8."]),
        ("Why? Because! “So.” He said.", ["Why?", "Because!", '"So."', "He said."]),
        ("<b>One.</b> <b>Two.</b>", ["One.", "Two."]),
        ("Within 24 hours. 4 hours at night.", ["Within 24 hours.", "4 hours at night."]),
        ("Ask us. No. That is all.", ["Ask us.", "No.", "That is all."]),
        ("Ends here.\u00a0 Then goes on.", ["Ends here.", "Then goes on."]),
    ],
)
def test_a_sentence_ends(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


def test_lines_are_units_of_their_own_unless_they_clearly_go_on() -> None:
    text = (
        "Service Scope\nThe following are covered:\n- mail,\n  phone\n- a long\nitem\n"
        "This is wrapped\nafter a line, and\n\nlater."
    )
    assert units(text) == [
        ("sentence", "Service Scope"),
        ("sentence", "The following are covered:"),
        ("item", "mail, phone"),
        ("item", "a long item"),
        ("sentence", "This is wrapped after a line, and"),
        ("sentence", "later."),
    ]


def test_headings_items_cells_and_blanks() -> None:
    text = "# Title. Two\n1) One. Two.\n(a) Three\n\na\tb\n1\t\n2\tFour. Five."
    assert units(text) == [
        ("heading", "Title. Two"),
        ("item", "1) One."),
        ("item", "Two."),
        ("item", "(a) Three"),
        ("cell", "a"),
        ("cell", "b"),
        ("cell", "1"),
        ("blank", ""),
        ("cell", "2"),
        ("cell", "Four."),
        ("cell", "Five."),
    ]


def test_the_corner_of_a_table_is_not_left_blank() -> None:
    assert UnitKind.BLANK not in {unit.kind for unit in document("rekor").units}


def test_the_last_line_needs_no_end() -> None:
    last = document("cloudcti").units[-1]
    assert (last.line, last.text) == (
        67,
        "For an MTTR stated in working days, the start date is the day after the report.",
    )


def _drawn(line: str) -> bool:
    return re.fullmatch(r"[\s|:=-]*", line) is not None


def _assert_tiled(doc: Document) -> None:
    text = doc.source.text
    owners: list[list[Unit]] = [[] for _ in text]
    for unit in doc.units:
        for at in range(unit.span.start, unit.span.end):
            owners[at].append(unit)
    assert all(len(held) <= 1 for held in owners)
    start = 0
    for line in text.split("\n"):
        loose = "".join(" " if owners[at] or text[at] == "|" else text[at] for at in range(start, start + len(line)))
        seen = not _drawn(line) and fold(line).text and fold(loose).text
        assert not seen, repr(line)
        start += len(line) + 1


@pytest.mark.parametrize("vendor", VENDORS)
def test_every_character_of_a_document_is_in_one_unit(vendor: str) -> None:
    _assert_tiled(document(vendor))


@given(st.one_of(texts(), st.text(st.sampled_from("aB1.|-#*\t\n \u00a0<>)"))))
def test_every_character_is_in_one_unit(text: str) -> None:
    _assert_tiled(Document.of(text))


@given(texts())
def test_units_come_in_order_and_are_trimmed(text: str) -> None:
    doc = Document.of(text)
    for unit in doc.units:
        words = doc.source.slice(unit.span)
        assert words == words.strip()
        assert unit.line == doc.source.position(unit.span.start).line
        assert bool(unit.text) == (unit.kind is not UnitKind.BLANK)
    assert all(before.span.end <= after.span.start for before, after in pairwise(doc.units))
