"""The texts that a verb is about: files, standard input, shipped policies."""

from __future__ import annotations

import sys
from pathlib import Path

from sla_dsl.resources import shipped_policy
from sla_dsl.source import MAX_FILE_BYTES, Source, UnreadableSource

STANDARD_INPUT = "-"


def text_of(name: str, *, written: bool = False) -> tuple[Source, Path]:
    """The text that POLICY names, and the folder of its sources; a shipped policy compiled or as written."""
    if name == STANDARD_INPUT:
        return standard_input(), Path()
    path = Path(name) if is_file_name(name) else shipped_policy(name, "sla" if written else "json")
    return Source.read(path), path.parent


def is_file_name(name: str) -> bool:
    """Whether this names a file and not a shipped policy."""
    return Path(name).suffix.casefold() in {".sla", ".json"} or Path(name).name != name or Path(name).is_file()


def standard_input() -> Source:
    """What comes in on standard input; its sources lie in the working directory."""
    name = "<standard input>"
    if sys.stdin is None:
        raise UnreadableSource(f"{name} is closed.")
    return Source.from_bytes(sys.stdin.buffer.read(MAX_FILE_BYTES + 1), name=name)
