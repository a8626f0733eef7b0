"""The page about the commands tells what they do."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import click
import pytest

from sla_dsl.cli.verbs import RESERVED, VERBS
from tests.docs.tutorial import agrees, replayed

PAGE = Path(__file__).resolve().parents[2] / "docs" / "commands.md"
TEXT = PAGE.read_text(encoding="utf-8")
SHARED, *SECTIONS = re.split(r"\n\(sla-(?=\w+\)=)", TEXT)
SECTION = {section.partition(")")[0]: section for section in SECTIONS}


def options(verb: str) -> set[str]:
    command = import_module(f"sla_dsl.cli.{verb}").command
    return {name for param in command.params if isinstance(param, click.Option) for name in param.opts}


def test_every_verb_has_a_section_and_no_other() -> None:
    assert list(SECTION) == list(VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_every_option_is_explained(verb: str) -> None:
    missing = {name for name in options(verb) if f"`{name}" not in SECTION[verb] + SHARED}
    assert missing == set()


def test_every_option_on_the_page_is_one() -> None:
    known = set().union(*map(options, VERBS)) | {"--version", "--help"}
    assert set(re.findall(r"(?<![\w-])--\w[\w-]*", TEXT)) <= known


def test_what_is_reserved_is_named() -> None:
    assert all(f"`{verb}`" in SHARED for verb in RESERVED)


def test_the_page_shows_what_happens(tmp_path: Path) -> None:
    shown = list(replayed(tmp_path, PAGE))
    assert len(shown) > 5
    assert [actual for example, actual in shown if not agrees(example.text, actual)] == []
