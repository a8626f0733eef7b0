"""The canonical layout, rule by rule."""

from pathlib import Path

import pytest

from sla_dsl.formatting import LayoutChangedMeaning, format_source, proof
from sla_dsl.formatting.lines import WIDTH
from sla_dsl.source import Source
from tests.syntax.damage import POLICIES
from tests.syntax.test_grammar import GOOD


def formatted(text: str) -> str:
    outcome = format_source(Source.of(text))
    assert outcome.findings == ()
    assert outcome.value is not None
    return outcome.value


def inside(*lines: str) -> list[str]:
    """Lines inside a policy, laid out."""
    text = formatted("\n".join(["policy p {", *lines, "}"]))
    return [line[2:] for line in text.split("\n")[1:-2]]


def test_one_space_between_words():
    assert inside("channel   phone\t'x'".replace("'", '"') + '   at    "+00"') == ['channel phone "x" at "+00"']


@pytest.mark.parametrize(
    ("written", "laid_out"),
    [
        ("events a ,b,c", "events a, b, c"),
        ("target t :silent", "target t: silent"),
        ("objective q { share at least 95% of t }", "objective q { share at least 95 % of t }"),
        ("duty d { fulfilled when ( a or(b and c) ) }", "duty d { fulfilled when (a or (b and c)) }"),
        ('example "e" { at 2026-03-06 15:20+01:00 a }', 'example "e" { at 2026-03-06 15:20 +01:00 a }'),
        ("target t: best    effort", "target t: best effort"),
        ('note "a   b"   "c"', 'note "a   b" "c"'),
    ],
)
def test_space_around_signs(written, laid_out):
    assert inside(written) == [laid_out]


def test_blocks_are_indented_by_two():
    assert formatted("policy p {\ncalendar desk\n{\n        open mon 08:00 to 12:00 }\n  }") == (
        "policy p {\n  calendar desk {\n    open mon 08:00 to 12:00\n  }\n}\n"
    )


def test_tables_are_aligned_by_what_is_seen():
    assert inside(
        "targets t {",
        '| | gold | "日本語" |',
        "|p1| shall within 45 minutes |",
        "# between",
        "| p2 | silent | left blank|",
        "}",
    ) == [
        "targets t {",
        '  |    | gold                    | "日本語"   |',
        "  | p1 | shall within 45 minutes |",
        "  # between",
        "  | p2 | silent                  | left blank |",
        "}",
    ]


def test_two_tables_in_one_block_are_aligned_apart():
    assert inside("targets t {", "| a | long_word |", 'cite "x"', "| b | c |", "}")[1:4] == [
        "  | a | long_word |",
        '  cite "x"',
        "  | b | c |",
    ]


def test_a_short_block_stays_on_its_line():
    assert inside('target t: silent {   cite   "x" }') == ['target t: silent { cite "x" }']
    assert inside("scale s highest first {    }") == ["scale s highest first { }"]


def test_a_block_that_was_broken_stays_broken():
    assert inside("target t: silent {", 'cite "x" }') == ["target t: silent {", '  cite "x"', "}"]


@pytest.mark.parametrize(
    "written",
    [
        f'target t: silent {{ cite "{"x" * WIDTH}" }}',
        'ambiguity a "A?" { reading b { note "n" } }',
        "matrix a by b gives c { | x | }",
        "scale s highest first { level a\n}",
    ],
)
def test_any_other_block_is_broken(written):
    assert len(inside(written)) == 3


def test_one_blank_line_is_kept_and_none_at_the_ends():
    assert formatted("\n\n# a\n\n\npolicy p {\n\n\n  events a\n\n\n\n  events b\n\n}\n\n\n# end\n\n") == (
        "# a\n\npolicy p {\n  events a\n\n  events b\n}\n\n# end\n"
    )


def test_comments_move_with_what_they_belong_to():
    assert inside(
        "    # above   ",
        "events a,   #inside",
        "  b#behind",
        "",
        "      # group",
        "",
        "calendar c { # opens",
        "  # alone",
        "  } # closes",
    ) == [
        "# above",
        "#inside",
        "events a, b  #behind",
        "",
        "# group",
        "",
        "calendar c {  # opens",
        "  # alone",
        "}  # closes",
    ]


def test_a_long_statement_is_broken_before_its_clauses():
    lines = inside(
        'level_ "x"'.replace("level_", "reference r") + f' is broken because "{"a" * 80}" "{"b" * 60}"',
        f'accept SLA405 because "{"a" * 90}"',
    )
    assert lines == [
        'reference r "x" is broken',
        f'    because "{"a" * 80}"',
        f'    "{"b" * 60}"',
        "accept SLA405",
        f'    because "{"a" * 90}"',
    ]


def test_a_long_list_is_broken_after_commas():
    names = [f"event_number_{number}" for number in range(12)]
    first, second = inside(f"events {', '.join(names)}")
    assert first.endswith(",")
    assert len(first) + 2 <= WIDTH
    assert second.startswith("    event_number_")


def test_a_long_condition_is_broken_before_joining_words():
    terms = " and ".join(f"fact_number_{number} is yes" for number in range(8))
    lines = inside("clock c {", f"starts when {terms}", "}")
    assert all(len(line) + 2 <= WIDTH for line in lines)
    assert len(lines) == 5
    assert all(line.startswith("      and fact_number_") for line in lines[2:4])


def test_a_text_too_long_for_any_line_is_left_alone():
    assert inside(f'cite p1 "{"x" * 200}"') == [f'cite p1 "{"x" * 200}"']


def test_a_file_that_cannot_be_read_is_not_laid_out():
    outcome = format_source(Source.of("policy p {\n  evnts a\n}"))
    assert outcome.value is None
    assert [finding.code for finding in outcome.findings] == ["SLA102"]


def test_a_layout_that_says_something_else_is_never_handed_out(monkeypatch):
    monkeypatch.setattr(proof, "format_tree", lambda _: "policy q\n")
    with pytest.raises(LayoutChangedMeaning, match=r"p\.sla was not laid out"):
        format_source(Source.of("policy p", name="p.sla"))
    monkeypatch.setattr(proof, "format_tree", lambda _: "policy p\n")
    with pytest.raises(LayoutChangedMeaning):
        format_source(Source.of("policy p  # so", name="p.sla"))


@pytest.mark.parametrize("path", [*GOOD, *POLICIES], ids=lambda path: path.stem)
def test_files_are_laid_out_once_and_for_all(path: Path):
    text = formatted(path.read_text(encoding="utf-8"))
    assert formatted(text) == text
    assert text.endswith("\n")
    assert all(line == line.rstrip() for line in text.split("\n"))


def test_the_good_policy_is_in_its_layout(snapshot):
    harbour = next(path for path in GOOD if path.stem == "layout")
    assert formatted(harbour.read_text(encoding="utf-8")) == snapshot
