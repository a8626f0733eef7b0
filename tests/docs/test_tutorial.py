"""The commands of the tutorial and of the README give what is shown there."""

from __future__ import annotations

from pathlib import Path

from tests.docs.tutorial import PAGE, README, replayed


def test_the_tutorial_shows_what_happens(tmp_path: Path) -> None:
    shown = [(str(example), example.text, actual) for example, actual in replayed(tmp_path, PAGE)]
    assert len(shown) > 8
    assert [(place, text) for place, text, _ in shown] == [(place, actual) for place, _, actual in shown]


def test_the_readme_shows_what_happens(tmp_path: Path) -> None:
    shown = [(example.text, actual) for example, actual in replayed(tmp_path, README)]
    assert shown
    assert [text for text, _ in shown] == [actual for _, actual in shown]
