"""The pages of the documentation, and the examples in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

DOCS = Path(__file__).parents[2] / "docs"

# A file on a page that is no part of the site has its name after its language: there is no `code-block`.
_FENCE = re.compile(r"^(`{3,}|:{3,})(\{[\w-]+\})? *(\S*)(?: +([\w.-]+))?\s*$")
_OPTION = re.compile(r"^:([\w-]+): *(.*)$")


@frozen
class Example:
    """A fenced block of a page: its language, its text, its caption, and the line on which the text begins."""

    page: Path
    line: int
    language: str
    text: str
    caption: str = ""

    def __str__(self) -> str:
        return f"{self.page.relative_to(DOCS)}:{self.line}"


def pages(under: str = "") -> list[Path]:
    """Every page in a folder of the documentation, in the order of their names."""
    found = sorted(path for path in (DOCS / under).rglob("*.md") if "_build" not in path.parts)
    assert found, f"no pages in docs/{under}"
    return found


def examples(page: Path, *languages: str) -> list[Example]:
    """The fenced blocks of a page in some languages."""
    return [example for example in _blocks(page) if example.language in languages]


def all_examples(*languages: str) -> list[Example]:
    """The fenced blocks of all pages in some languages."""
    found = [example for page in pages() for example in examples(page, *languages)]
    assert found, f"no examples in {languages}"
    return found


def _blocks(page: Path) -> Iterator[Example]:
    lines = page.read_text(encoding="utf-8").splitlines()
    at = 0
    while at < len(lines):
        opening = _FENCE.match(lines[at])
        at += 1
        if opening is None or opening[1].startswith(":"):
            continue
        start = at
        while at < len(lines) and lines[at].strip() != opening[1]:
            at += 1
        body, options = lines[start:at], {}
        while opening[2] and body and (option := _OPTION.match(body[0])):
            options[option[1]] = option[2]
            body, start = body[1:], start + 1
        at += 1
        if opening[2] in {None, "{code-block}"}:
            text = "\n".join(body).strip("\n") + "\n"
            yield Example(page, start + 1, opening[3], text, options.get("caption", opening[4] or ""))
