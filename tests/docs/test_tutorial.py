"""The commands of the tutorial and of the README give what is shown there."""

from __future__ import annotations

from pathlib import Path
from textwrap import indent

from sla_dsl.resources import shipped_policy
from tests.docs.pages import examples
from tests.docs.tutorial import PAGE, README, agrees, replayed


def test_the_tutorial_shows_what_happens(tmp_path: Path) -> None:
    shown = [(str(example), example.text, actual) for example, actual in replayed(tmp_path, PAGE)]
    assert len(shown) > 8
    assert [(place, text) for place, text, _ in shown] == [(place, actual) for place, _, actual in shown]


def test_the_readme_shows_what_happens(tmp_path: Path) -> None:
    shown = list(replayed(tmp_path, README))
    assert shown
    assert [actual for example, actual in shown if not agrees(example.text, actual)] == []


def test_the_readme_quotes_the_policy_as_it_stands() -> None:
    policy = shipped_policy("cloudcti", "sla").read_text(encoding="utf-8")
    quoted = examples(README, "sla")
    assert quoted
    for example in quoted:
        assert indent(example.text, "  ") in policy
