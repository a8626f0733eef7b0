"""The timelines of the pages, drawn from what the package says of the policy and ticket above each.

A page shows one as an image of `docs/timelines/`, below the piece of a policy whose last example it draws.
`python -m tests.docs.timelines` draws them anew; look at them before you commit them.
"""

from __future__ import annotations

import re
from pathlib import Path

from attrs import frozen

from tests.docs.pages import DOCS, Example, examples, pages
from tests.docs.timeline_drawing import drawn
from tests.docs.timeline_story import told

FOLDER = DOCS / "timelines"
_IMAGE = re.compile(r"^!\[([^\]]+)\]\((?:\.\./)*timelines/([\w-]+)\.svg\)$")


@frozen
class Timeline:
    """A timeline of a page: its name, what is said of it to those who do not see it, and the piece that it draws."""

    name: str
    alt: str
    piece: Example

    def __str__(self) -> str:
        return f"{self.name} in {self.piece}"

    @property
    def path(self) -> Path:
        """The file that holds it."""
        return FOLDER / f"{self.name}.svg"

    def svg(self) -> str:
        """The picture as it should be."""
        return drawn(told(self.piece.text), self.name)


def timelines() -> list[Timeline]:
    """Every timeline of every page; the image stands right below its piece."""
    return [found for page in pages() for found in _on(page)]


def _on(page: Path) -> list[Timeline]:
    lines, found = page.read_text(encoding="utf-8").splitlines(), list[Timeline]()
    ends = {piece.line - 1 + len(piece.text.splitlines()): piece for piece in examples(page, "sla")}
    for number, line in enumerate(lines):
        image = _IMAGE.match(line)
        if image is not None:
            assert number - 2 in ends, f"{page.name}:{number + 1}: no piece of a policy stands above the image"
            found.append(Timeline(image[2], image[1], ends[number - 2]))
    return found


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    kept = {one.path: one.svg() for one in timelines()}
    for path, svg in kept.items():
        path.write_text(svg, encoding="utf-8")
    for path in set(FOLDER.glob("*.svg")) - set(kept):
        path.unlink()
