"""The pages of the shipped policies say what the policies say."""

from __future__ import annotations

import re

import pytest

from sla_dsl import load
from sla_dsl.reporting.markdown import escaped
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
