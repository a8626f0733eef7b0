"""What is accounted for, by what, and what is missing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sla_dsl.evidence import Claim, Coverage, Document, UnitKind, cover, find, passage
from sla_dsl.source import Span
from tests.evidence.documents import VENDORS, document, texts


def claimed(text: str, *quotes: str) -> Coverage:
    doc = Document.of(text)
    return cover(doc, [Claim(span, "rule", quote) for quote in quotes for span in find(doc, quote)])


def lacking(text: str, *quotes: str) -> list[tuple[str, str]]:
    (unit,) = claimed(text, *quotes).units
    return [(lack.kind, lack.text) for lack in unit.lacks]


@pytest.mark.parametrize(
    ("text", "quotes", "lacks"),
    [
        ("It shall not exceed 4 hours.", ["4 hours"], [("modal verb", "shall"), ("negation", "not")]),
        ("It shall not exceed 4 hours.", ["shall not exceed", "4 hours"], []),
        ("It shall not exceed 4 hours.", [], [("text", "It shall not exceed 4 hours.")]),
        ("It shall not exceed 4 hours.", ["exceed"], [("modal verb", "shall"), ("negation", "not"), ("number", "4")]),
        ("SecPod answers soon.", ["soon"], []),
        ("2) You can't call.", ["call"], [("modal verb", "can't"), ("negation", "can't")]),
        ("2) Call.", ["Call"], []),
        ("## 1.1 First-line support", ["support"], []),
        ("First-line support on the third day", ["support"], [("number", "third")]),
        ("A non-critical error", ["error"], [("negation", "non-critical")]),
        ("Closed in May 2026 unless agreed", ["Closed"], [("number", "2026"), ("negation", "unless")]),
        ("thirty (30) days", ["(30) days"], [("number", "thirty")]),
        ("Open <b>4</b> hours", ["Open"], [("number", "4")]),
        ("half an hour", ["hour"], [("number", "half an hour")]),
        ("Use P1 and Click2Dial", ["Use"], []),
        ("≻", ["≻"], []),
    ],
)
def test_a_unit_lacks_what_carries_weight_and_is_not_claimed(
    text: str, quotes: list[str], lacks: list[tuple[str, str]]
) -> None:
    assert lacking(text, *quotes) == lacks


def test_what_is_missing_is_shown_in_its_place() -> None:
    text = "Fine.\n- 1) It <b>shall</b> last."
    (unit,) = (unit for unit in claimed(text, "Fine", "last").units if not unit.covered)
    assert [text[lack.span.start : lack.span.end] for lack in unit.lacks] == ["shall"]


def test_a_word_must_lie_whole_in_one_claim() -> None:
    doc = Document.of("within 24 hours")
    halves = [Claim(Span(0, 8), "rule"), Claim(Span(8, 15), "rule")]
    assert [lack.text for lack in cover(doc, halves).units[0].lacks] == ["24"]


def test_all_that_accounts_for_a_unit_is_named() -> None:
    coverage = claimed("Answer in 4 hours, repair in 8 hours.", "4 hours", "8 hours", "Answer")
    assert [claim.name for claim in coverage.units[0].by] == ["Answer", "4 hours", "8 hours"]
    assert (coverage.covered, coverage.total) == (1, 1)


def test_a_mark_through_a_passage_covers_all_its_units() -> None:
    doc = document("secpod")
    (footer,) = passage(doc, "Was this article helpful?", "fix the article")
    coverage = cover(doc, [Claim(footer, "informative", "footer")])
    assert [unit.unit.line for unit in coverage.units if unit.covered] == [62, 63, 64, 65, 65, 66, 67, 68]


def test_blank_cells_are_listed_and_not_counted() -> None:
    doc = document("cloudcti")
    (blank,) = find(doc, "", row="3", column="Performance target")
    coverage = cover(doc, [Claim(blank, "rule", "target performance")])
    assert [bool(cell.by) for cell in coverage.blanks] == [False, True, False]
    assert coverage.total == sum(unit.kind is not UnitKind.BLANK for unit in doc.units)
    assert coverage.covered == 0


@pytest.mark.parametrize("vendor", VENDORS)
def test_quoting_every_unit_covers_all(vendor: str) -> None:
    doc = document(vendor)
    every = [Claim(unit.span, "rule", unit.text) for unit in doc.units]
    whole = [Claim(Span(0, len(doc.source.text)), "informative")]
    for claims in (every, whole):
        coverage = cover(doc, claims)
        assert coverage.covered == coverage.total > 0
        assert all(cell.covered for cell in coverage.blanks)
    assert cover(doc, []).covered == 0


@given(texts(), st.lists(st.tuples(st.integers(0, 200), st.integers(1, 60)), max_size=6))
def test_more_claims_never_cover_less(text: str, stretches: list[tuple[int, int]]) -> None:
    doc = Document.of(text)
    claims = [Claim(Span(start, start + length), "rule", str(start)) for start, length in stretches]
    covered = -1
    for count in range(len(claims) + 1):
        coverage = cover(doc, claims[:count])
        assert coverage.covered >= covered
        covered = coverage.covered
        for unit in coverage.units:
            assert all(
                claim.span.start < unit.unit.span.end and unit.unit.span.start < claim.span.end for claim in unit.by
            )
    whole = cover(doc, [Claim(Span(0, len(text)), "informative")])
    assert whole.covered == whole.total
