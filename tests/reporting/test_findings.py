"""Findings as they are shown at a terminal."""

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from sla_dsl.diagnostics import Finding, Kind, Place, Severity
from sla_dsl.reporting import render, render_all, summary
from sla_dsl.reporting.excerpt import LONGEST, excerpt, printable
from sla_dsl.source import Source, Span
from sla_dsl.syntax import parse

ERROR = Kind("SLA999", Severity.ERROR, "title", "there is no `{name}`", "Write `{other}`.")
WARNING = Kind("SLA998", Severity.WARNING, "title", "`{name}` is odd", "")


def at(text: str, marked: str, *, name: str = "p.sla") -> Place:
    """The place of a part of a text."""
    source = Source.of(text, name=name)
    start = source.text.index(marked)
    return Place(source, Span(start, start + len(marked)))


def underlined(finding: Finding) -> str:
    """What stands above the marks."""
    _, _, _, line, marks = render(finding).split("\n")[:5]
    return line[marks.index("^") : marks.rindex("^") + 1]


def test_an_error(snapshot):
    assert render(ERROR(at("policy p {\n  party vendr\n}", "vendr"), name="vendr", other="vendor")) == snapshot


def test_further_places(snapshot):
    text = "".join(f"line {number}\n" for number in range(1, 12))
    related = [(at(text, f"line {number}\n"[:-1]), f"place {number}") for number in range(2, 9)]
    assert render(ERROR(at(text, "line 10"), related=related, name="x", other="y")) == snapshot


def test_a_place_in_another_file(snapshot):
    related = [(at("zone\n", "zone", name="annex.sla"), "declared here first")]
    assert render(ERROR(at("a zone", "zone"), related=related, name="zone", other="y")) == snapshot


def test_a_warning_and_an_accepted_one(snapshot):
    warning = WARNING(at("a b c", "b"), name="b")
    assert render_all([warning, evolve(warning, accepted_because="The contract says so.")]) == snapshot


def test_colours(snapshot):
    finding = ERROR(at("a b c", "b"), related=[(at("a b c", "c"), "and this")], name="b", other="d")
    assert render(finding, colour=True).replace("\x1b", "ESC") == snapshot


def test_no_colour_means_no_control_characters():
    assert "\x1b" not in render(ERROR(at("a b c", "b"), name="b", other="d"))


@pytest.mark.parametrize(
    ("text", "marked", "shown"),
    [
        ("\tparty\tvendr", "vendr", "vendr"),
        ("日本語 vendr", "vendr", "vendr"),
        ("e\u0301te\u0301 vendr", "vendr", "vendr"),
        ("vendr 日本", "日本", "日本"),
        ("x \u202e y", "y", "y"),
        ("x\0vendr", "vendr", "vendr"),
        ("x" * 500 + " vendr " + "y" * 500, "vendr", "vendr"),
        ("語" * 500 + " vendr " + "語" * 500, "vendr", "vendr"),
    ],
)
def test_the_marks_stand_under_the_place(text, marked, shown):
    finding = ERROR(at(text, marked), name="x", other="y")
    part = excerpt(text, text.index(marked), text.index(marked) + len(marked))
    columns = [character for character in part.text for _ in range(_columns(character))]
    assert "".join(columns[part.before : part.before + part.width]) == "".join(
        character * _columns(character) for character in shown
    )
    assert render(finding)


def _columns(character: str) -> int:
    return 2 if "\u3000" <= character <= "\u9fff" else 0 if character == "\u0301" else 1


def test_a_long_line_is_cut_around_the_place():
    part = excerpt("x" * 1000 + "HERE" + "y" * 1000, 1000, 1004)
    assert len(part.text) <= LONGEST + 2
    assert part.text.startswith("…x")
    assert part.text.endswith("y…")
    assert part.text[part.before : part.before + part.width] == "HERE"


def test_a_place_between_two_characters_gets_one_mark():
    finding = ERROR(Place(Source.of("party", name="p.sla"), Span(5, 5)), name="x", other="y")
    assert "\n  |      ^\n" in render(finding)


def test_a_place_over_several_lines_is_marked_to_the_end_of_the_first():
    assert underlined(ERROR(at("one\ntwo\nthree", "ne\ntwo"), name="x", other="y")) == "ne"


def test_words_of_the_file_cannot_steer_the_terminal():
    finding = ERROR(at("a \x1b[31m b", "b", name="\x1b[2Jp.sla"), name="\u202evil", other="\x07")
    assert "\x1b" not in render(finding)
    assert "<U+202E>vil" in render(finding)
    assert printable("\x1b[31m é") == "<U+001B>[31m é"


def test_a_file_of_one_huge_line_is_no_trouble():
    source = Source.of("x" * 1_000_000, name="p.sla")
    assert len(render(ERROR(Place(source, Span(10, 999_999)), name="x", other="y"))) < 1000


def test_the_count():
    error, warning = ERROR(at("a", "a"), name="x", other="y"), WARNING(at("a", "a"), name="x")
    accepted = evolve(warning, accepted_because="so")
    assert summary([error, error, warning, accepted]) == "2 errors, 1 warning, 1 accepted warning"
    assert summary([]) == "no findings"


@given(st.text(), st.integers(0, 20), st.integers(0, 20))
def test_any_place_in_any_text(text, start, length):
    source = Source.of(text)
    start = min(start, len(source.text))
    finding = ERROR(Place(source, Span(start, min(start + length, len(source.text)))), name=text, other=text)
    assert "^" in render(finding)
    assert render(finding).encode()


def test_what_the_parser_finds_can_be_shown(snapshot):
    findings = parse(
        Source.of('policy p {\n  party vendor "Harbour\n  calendar desk {\n    open mon-fri\n', name="p.sla")
    )
    assert render_all(findings.findings) == snapshot
