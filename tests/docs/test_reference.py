"""The language reference tells of every statement, and says of each where it may stand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sla_dsl.syntax.language import language_vocabulary
from tests.docs.fragments import is_complete, tree_of
from tests.docs.pages import DOCS, examples, pages
from tests.docs.statements import KINDS, spelled_homes, table

_ENTRY = re.compile(
    r"(?P<labels>(?:^\(st-\w+\)=\n)+)^#+ (?P<heading>.+)\n(?P<body>(?:(?!^\(st-|^#).*\n)*)", re.MULTILINE
)


def entries() -> dict[str, tuple[Path, str, str]]:
    """By kind of statement: the page, the heading and the text of its entry."""
    found: dict[str, tuple[Path, str, str]] = {}
    for page in pages("language"):
        for match in _ENTRY.finditer(page.read_text(encoding="utf-8")):
            for kind in re.findall(r"st-(\w+)", match["labels"]):
                assert kind not in found, f"{kind} has two entries"
                found[kind] = (page, match["heading"], match["body"])
    return found


ENTRIES = entries()


def test_every_statement_of_the_grammar_has_one_entry() -> None:
    assert set(ENTRIES) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_an_entry_says_where_its_statement_stands(kind: str) -> None:
    _, _, body = ENTRIES[kind]
    assert f"*Stands in:* {spelled_homes(kind)}\n" in body


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "annex"])
def test_the_page_of_a_statement_shows_it(kind: str) -> None:
    page, _, _ = ENTRIES[kind]
    shown = [example.text for example in examples(page, "sla")]
    trees = [tree_of(text if is_complete(text) else f"policy piece {{\n{text}}}\n") for text in shown]
    assert kind in {statement.kind for tree in trees for statement in tree.walk()}


def test_the_table_of_blocks_is_the_one_the_parser_uses() -> None:
    assert table() in (DOCS / "language" / "statements.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("spot", ["heads", "inner"])
def test_the_page_of_words_lists_the_whole_vocabulary(spot: str) -> None:
    words = language_vocabulary().head_words if spot == "heads" else language_vocabulary().inner_words
    text = (DOCS / "language" / "words.md").read_text(encoding="utf-8")
    section = text.partition("## Inside a line")[0 if spot == "heads" else 2]
    assert set(re.findall(r"`([^`]+)`", section.partition("\n\n- ")[2])) == set(words)
