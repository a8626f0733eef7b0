"""The tutorial, replayed: its files are written into a folder, its commands are run there.

`python -m tests.docs.tutorial` writes anew what the commands show; read the difference before you commit it.
"""

from __future__ import annotations

import contextlib
import re
import shlex
import tempfile
from collections.abc import Iterator
from pathlib import Path

from click.testing import CliRunner

from sla_dsl.cli import main
from tests.docs.pages import DOCS, Example, examples

PAGE = DOCS / "tutorial.md"
README = DOCS.parent / "README.md"


def replayed(folder: Path, page: Path = PAGE) -> Iterator[tuple[Example, str]]:
    """Each `console` block of a page, and what it should show."""
    last: dict[str, str] = {}
    for example in examples(page, "text", "sla", "json", "console"):
        if example.language == "console":
            commands = [line[2:] for line in example.text.splitlines() if line.startswith("$ ")]
            yield example, "\n".join(_shown(command, folder) for command in commands).strip("\n") + "\n"
        elif example.caption:
            name, _, how = example.caption.partition(", ")
            _write(folder / name, example.text, how, last)


def _write(path: Path, text: str, how: str, last: dict[str, str]) -> None:
    """A file as a step leaves it: new, with something added before its last brace, or with that replaced."""
    if not how:
        path.write_text(text, encoding="utf-8")
        return
    before = path.read_text(encoding="utf-8")
    if how == "instead":
        before = before.replace(last[path.name], "")
    addition = f"\n{text}"
    path.write_text(before.rstrip().removesuffix("}") + addition + "}\n", encoding="utf-8")
    last[path.name] = addition


def _shown(command: str, folder: Path) -> str:
    words = shlex.split(command)
    assert words[0] == "sla", command
    with contextlib.chdir(folder):
        ran = CliRunner(env={"COLUMNS": "90", "NO_COLOR": "1"}).invoke(main, words[1:], prog_name="sla")
    assert ran.exception is None or isinstance(ran.exception, SystemExit), ran.exception
    shown = "\n".join(line.rstrip() for line in ran.output.splitlines()).strip("\n")
    return f"$ {command}\n{shown}\n"


def agrees(shown: str, actual: str) -> bool:
    """Whether a page shows what came out; a line `…` stands for any number of lines."""
    pattern = "".join(r"(?:.*\n)*?" if line == "…" else re.escape(f"{line}\n") for line in shown.splitlines())
    return re.fullmatch(pattern, actual) is not None


def renew(page: Path) -> None:
    """Writes what the commands of a page show into the page."""
    with tempfile.TemporaryDirectory() as folder:
        shown = [(example.line - 1, actual) for example, actual in replayed(Path(folder), page)]
    lines = page.read_text(encoding="utf-8").splitlines()
    for start, actual in reversed(shown):
        end = next(at for at in range(start, len(lines)) if lines[at] == "```")
        lines[start:end] = actual.splitlines()
    page.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    renew(PAGE)
