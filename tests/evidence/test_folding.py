"""The folded view: what no longer matters, what still does, and the way back."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sla_dsl.evidence.folding import fold
from sla_dsl.source import Span
from tests.evidence.documents import VENDORS, document, texts


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  a \t b\r\n\u00a0c  ", "a b c"),
        ("“Response” isn’t „here‟ «now»", '"Response" isn\'t "here" "now"'),
        ("\u200bzero\u00ad-width\ufeff \u202aright\u202c", "zero-width right"),
        ("e\u0301te\u0301", "été"),
        ("\u1100\u1161\u11a8", "각"),
        ("ﬁve … \uff21\uff22 №", "five ... AB No"),
        ("non\u2011breaking", "non-breaking"),
        ("one\u2028two\x0cthree\x85four", "one two three four"),
        ("<b>bold</b> <SMALL>part</small> <u>x@y.nl</u>", "bold part x@y.nl"),
        ("one<br/>two<p class='x'>three</p>", "one two three"),
        ("3<sup>rd</sup> party", "3rd party"),
        ("AT&amp;T &lt;b&gt; &#8211; &nbsp;x", "AT&T <b> – x"),
        ("<https://help.rekor.ai/> <mailto:a@b.c> <a@b.c>", "https://help.rekor.ai/ mailto:a@b.c a@b.c"),
        ("[support@rekor.ai](mailto:support@rekor.ai)", "support@rekor.ai"),
        ('![logo](/logo.png "our logo") [part](#two)', "logo part"),
        ("## 1. Support levels", "1. Support levels"),
        ("\\* For an MTTR", "For an MTTR"),
        ("MTTR* (Mean) **two** 24x7*)", "MTTR (Mean) two 24x7)"),
        ("_in_ __that__ case", "in that case"),
        ("- one\n- two\n• three\n* four", "one two three four"),
        ("a | b |\n---|---|\nc | d |", "a b c d"),
        ("above\n-----\nbelow", "above below"),
    ],
)
def test_what_does_not_matter_is_folded(text: str, folded: str) -> None:
    assert fold(text).text == folded


@pytest.mark.parametrize(
    "text",
    [
        "<10 times a day: some calls are > not recognized",
        "a <b and c> d",
        "≻ 90%",
        "[email protected]",
        "[Customer](s)",
        "1. one 2) two",
        "08:30 – 17:00",
        "8:00 - 17:00",
        "within ____ hours",
        "snake_case and 5*3",
        "4½ hours",
        "4¹ hours",
        "①",
        "C# and #1",
        "AT&T; R&D",
        "-5 degrees",
    ],
)
def test_what_matters_stays(text: str) -> None:
    assert fold(text).text == text


def test_a_raised_digit_does_not_make_another_number() -> None:
    assert fold("within 4<sup>1</sup> hours").text == "within 4^1 hours"


def test_a_cell_that_holds_only_a_star_keeps_it() -> None:
    assert fold("phone\t*\t\nmail\t \t*").text == "phone * mail *"


def test_the_marks_of_list_items_can_be_kept() -> None:
    assert fold("- one\n• two", bullets=True).text == "- one • two"


def test_the_way_back_leads_to_the_original() -> None:
    text = "a  <b>“fix”</b>&amp; e\u0301"
    view = fold(text)
    origins = [text[slice(*_bounds(view.origin(Span(at, at + 1))))] for at in range(len(view.text))]
    assert view.text == 'a "fix"& é'
    assert origins == ["a", "  ", "“", "f", "i", "x", "”", "&amp;", " ", "e\u0301"]


def _bounds(span: Span) -> tuple[int, int]:
    return span.start, span.end


@given(st.one_of(texts(), st.text(max_size=60)))
def test_every_folded_character_comes_from_one_place_in_order(text: str) -> None:
    for bullets in (False, True):
        view = fold(text, bullets=bullets)
        last = Span(0, 0)
        for at, character in enumerate(view.text):
            origin = view.origin(Span(at, at + 1))
            assert last.start <= origin.start < origin.end <= len(text)
            assert origin == last or origin.start >= last.end
            assert view.origin(Span(0, at + 1)).end == origin.end
            if character.isascii() and character.isalnum() and "&" not in text[origin.start : origin.end]:
                assert character in unicodedata.normalize("NFKC", text[origin.start : origin.end])
            last = origin


@given(texts())
def test_the_kind_of_white_space_does_not_matter(text: str) -> None:
    assert fold(text.replace(" ", "\u00a0")).text == fold(text.replace(" ", "\u2003")).text


@given(st.text())
def test_folded_text_has_single_spaces_and_none_at_its_ends(text: str) -> None:
    folded = fold(text).text
    assert folded == " ".join(folded.split())


@pytest.mark.parametrize("vendor", VENDORS)
def test_no_word_of_a_document_is_lost(vendor: str) -> None:
    source = document(vendor).source
    view = document(vendor).folded
    kept = bytearray(len(source.text))
    for at in range(len(view.text)):
        origin = view.origin(Span(at, at + 1))
        kept[origin.start : origin.end] = b"\1" * (origin.end - origin.start)
    lost = "".join(character if not kept[at] else " " for at, character in enumerate(source.text))
    words = {word for word in lost.split() if any(map(str.isalnum, word))}
    assert words <= {
        "<b>",
        "</b>",
        "<small>",
        "</small>",
        "<sup>",
        "</sup>",
        "<u>",
        "</u>",
        "](mailto:support@rekor.ai)",
    }
