"""The guide for programs: its commands give what is shown. Its Python is run with that of the other pages."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

from tests.docs.fragments import EXAMPLES
from tests.docs.pages import DOCS
from tests.docs.tutorial import agrees, replayed

PAGE = DOCS / "programs.md"


def test_the_commands_show_what_happens(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(EXAMPLES, tmp_path / "here"))
    shown = list(replayed(folder, PAGE))
    assert shown
    assert [actual for example, actual in shown if not agrees(example.text, actual)] == []


def test_every_part_of_an_evaluation_is_told() -> None:
    form = json.loads((DOCS / "schemas" / "evaluation.schema.json").read_text(encoding="utf-8"))
    told = set(re.findall(r"`(\w+)(?:=True)?`", PAGE.read_text(encoding="utf-8")))
    assert len(form["properties"]) > 10
    assert set(form["properties"]) - {"policy", "digest"} - told == set()


def test_every_schema_is_linked() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert {path.name for path in (DOCS / "schemas").glob("*.json")} == set(re.findall(r"schemas/(\S+\.json)>", text))
