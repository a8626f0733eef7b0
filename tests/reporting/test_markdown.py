"""A page in Markdown shows every text as it is."""

from __future__ import annotations

import re

import pytest
from markdown_it import MarkdownIt

from sla_dsl.reporting.markdown import MarkdownPage, escaped

TEXTS = [
    "plain words, 1,000 of them.",
    "a * b ** c _d_ __e__ snake_case _x",
    "`code` [link](there) ![image](x) <u>tag</u> &amp; &#35;",
    "# not a heading",
    "- not an item",
    "+ nor this",
    "1. no number",
    "12) nor this",
    "> no quotation",
    "% no comment",
    "::: no fence",
    "=== no heading",
    "~~kept~~ $x$ {role}`y` a | b \\ c \\| d",
    "≻ 90% “quoted” 08:30 – 17:00",
]


def rendered(markdown: str) -> str:
    """The text of what Markdown makes of it."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)
    inline = [child for token in tokens for child in token.children or ()]
    assert {child.type for child in inline} <= {"text", "text_special"}
    return "".join(child.content for child in inline)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("before", ["", "## ", "- ", "> "])
def test_a_text_is_shown_as_it_is(text: str, before: str) -> None:
    assert rendered(before + escaped(text)) == text


@pytest.mark.parametrize("text", TEXTS)
def test_a_cell_is_shown_as_it_is(text: str) -> None:
    page = MarkdownPage()
    page.table(["level", "says"], [["p1", text]])
    assert rendered(page.text()) == f"levelsaysp1{text}"


def test_lines_and_control_characters_cannot_break_out() -> None:
    assert escaped("one\n# two\x07") == "one # two\\<U+0007\\>"


def test_columns_without_anything_are_left_out() -> None:
    page = MarkdownPage()
    page.table(["level", "labels", "says"], [["p1", "", "words"], ["p2", "", ""]])
    assert page.text() == "| level | says |\n| --- | --- |\n| p1 | words |\n| p2 |  |\n"


def test_an_entry_has_a_list_and_each_passage_once() -> None:
    page = MarkdownPage()
    cite = {"source": "a.txt", "line": 3, "quote": "within 4 hours"}
    page.section("Clocks")
    page.entry("response", ["starts", "stops"], {"cite": [cite, cite], "assume": ["so"], "notes": []})
    page.entry("repair", [], {"cite": [cite]})
    page.line("inner", indent=6)
    quote = "> “within 4 hours” a.txt, line 3"
    assert re.split(r"\n\n", page.text()) == [
        "## Clocks",
        "### response",
        "- starts\n- stops",
        quote,
        "*Assumed:* so",
        "### repair",
        quote,
        "  - inner\n",
    ]
