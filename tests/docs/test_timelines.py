"""The timelines of the pages show what the package says of the tickets beside them."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from sla_dsl import Policy
from tests.docs.timeline_labels import WIDTH, wide
from tests.docs.timeline_style import BY_SYSTEM, DARK, LIGHT, rules
from tests.docs.timelines import FOLDER, Timeline, timelines

ALL = timelines()


@pytest.mark.parametrize("timeline", ALL, ids=str)
def test_a_timeline_shows_what_the_package_says(timeline: Timeline) -> None:
    """After a change on purpose: `python -m tests.docs.timelines`, then look at the pictures."""
    assert timeline.path.read_text(encoding="utf-8") == timeline.svg()


@pytest.mark.parametrize("timeline", ALL, ids=str)
def test_a_timeline_is_told_to_those_who_do_not_see_it(timeline: Timeline) -> None:
    picture = ET.fromstring(timeline.path.read_text(encoding="utf-8"))
    title, described = (picture.find(f"{{http://www.w3.org/2000/svg}}{name}") for name in ("title", "desc"))
    assert title is not None
    assert title.text
    assert described is not None
    assert described.text
    assert len(timeline.alt.split()) >= 4


def test_every_picture_is_shown_once() -> None:
    assert Counter(one.path for one in ALL) == Counter(FOLDER.glob("*.svg"))


def test_the_pages_colour_the_pictures_as_they_colour_themselves() -> None:
    assert BY_SYSTEM == DARK
    assert set(LIGHT) == set(DARK) == set(re.findall(r"var\(--tl-([\w-]+)\)", rules()))


def test_every_part_of_a_picture_has_a_style() -> None:
    used = {name for one in ALL for name in re.findall(r'class="([\w -]+)"', one.path.read_text(encoding="utf-8"))}
    styled = set(re.findall(r"\.([\w-]+)", rules()))
    assert {name for names in used for name in names.split()} - {"text"} <= styled | {"timeline"}


@pytest.mark.parametrize("timeline", ALL, ids=str)
def test_no_text_lies_on_another(timeline: Timeline) -> None:
    """Texts on one height do not overlap, even in a wide font."""
    places: dict[float, list[tuple[float, float, str]]] = {}
    for text in ET.fromstring(timeline.path.read_text(encoding="utf-8")).iter("{http://www.w3.org/2000/svg}text"):
        assert text.text is not None
        size = 10 if text.attrib["class"] in {"hour", "on-bar"} else 11.5
        x, width = float(text.attrib["x"]), 0.86 * wide(text.text, size)
        left = x - {"start": 0, "middle": width / 2, "end": width}[text.attrib.get("text-anchor", "start")]
        places.setdefault(float(text.attrib["y"]), []).append((left, left + width, text.text))
    for row in places.values():
        row.sort()
        clashes = [(a[2], b[2]) for a, b in pairwise(row) if a[1] > b[0]]
        assert clashes == []
        assert row[0][0] >= 0
        assert row[-1][1] <= WIDTH


def test_another_answer_gives_another_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pictures hang on what is evaluated, and on nothing else."""
    first = ALL[0]
    evaluate = Policy.evaluate
    monkeypatch.setattr(Policy, "evaluate", lambda self, ticket, *, at: evaluate(self, {**ticket, "events": []}, at=at))
    assert first.svg() != first.path.read_text(encoding="utf-8")
