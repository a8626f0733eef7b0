"""The pages of the shipped policies say what the policies say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sla_dsl import load
from sla_dsl.reporting.markdown import escaped
from tests.docs.pages import DOCS
from tests.docs.vendors import FOLDER, POLICIES, page_of


@pytest.mark.parametrize("name", POLICIES)
def test_a_page_is_what_its_policy_gives(name: str) -> None:
    """After a change of a policy: `python -m tests.docs.vendors`, then read the difference."""
    assert (FOLDER / f"{name}.md").read_text(encoding="utf-8") == page_of(POLICIES[name])


@pytest.mark.parametrize("name", POLICIES)
def test_a_page_shows_everything_that_is_open(name: str) -> None:
    page, data = (FOLDER / f"{name}.md").read_text(encoding="utf-8"), load(POLICIES[name]).show()
    for one in data["ambiguities"]:
        heading = escaped(f"{one['label'] or one['id']} ({one['id']})")
        section = re.split(r"\n##", page.partition(f"\n### {heading}\n")[2])[0]
        assert f"- → {one['chosen']}: " in section
        assert len(re.findall(r"^- [→·] ", section, re.MULTILINE)) == len(one["readings"])
    for one in data["parameters"]:
        assert f"### {one['id']} (" in page


def test_there_is_a_page_for_every_policy() -> None:
    assert len(POLICIES) >= 4
    assert set(POLICIES) <= {path.stem for path in FOLDER.glob("*.md")}


@pytest.mark.parametrize("page", [FOLDER / "hardest.md", DOCS / "lessons.md"], ids=lambda page: page.stem)
def test_what_is_quoted_by_hand_stands_in_a_document(page: Path) -> None:
    sources = [path.with_suffix(".txt").read_text(encoding="utf-8") for path in POLICIES.values()]
    documents = [" ".join(source.split()) for source in sources]
    quotes = re.findall(r"“([^”]+)”", " ".join(page.read_text(encoding="utf-8").split()))
    assert len(quotes) > 10
    assert [quote for quote in quotes if quote != "and … or" and not any(quote in text for text in documents)] == []


def test_the_lines_of_the_hardest_sentences_are_right() -> None:
    page = " ".join((FOLDER / "hardest.md").read_text(encoding="utf-8").split())
    parts = re.split(r" ## (\w+) ", page)[1:]
    assert [name.lower() for name in parts[::2]] == list(POLICIES)
    for name, part in zip(POLICIES, parts[1::2], strict=True):
        lines = POLICIES[name].with_suffix(".txt").read_text(encoding="utf-8").split("\n")
        told = re.findall(r"“([^”]+)”,? \((\d+)\)", part)
        assert len(told) >= 5
        assert [(quote, line) for quote, line in told if quote not in " ".join(lines[int(line) - 1].split())] == []
