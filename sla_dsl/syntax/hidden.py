"""Characters that nobody sees: a line may say something else to the computer than to its reader."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from sla_dsl.diagnostics import Finding, Place, catalogue
from sla_dsl.source import Source, Span

_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_ORDINARY = frozenset("\n\t\u00ad\u200c\u200d")
"""Line ends, tabs, soft hyphens, and the joiners without which some scripts cannot be written."""


def hidden_in(text: str) -> str:
    """The different characters of a text that control something or that no font shows, in order of their codes."""
    return "".join(
        sorted(
            character
            for character in set(text) - _ORDINARY
            if not " " <= character <= "~" and unicodedata.category(character) in _INVISIBLE
        )
    )


def hidden_characters(source: Source) -> Iterator[Finding]:
    """A finding for each run of hidden characters."""
    hidden = hidden_in(source.text)
    if not hidden:
        return
    for match in re.finditer(f"[{re.escape(hidden)}]+", source.text):
        first = match.group()[0]
        name = unicodedata.name(first, f"U+{ord(first):04X}")
        yield catalogue.HIDDEN_CHARACTER(Place(source, Span(*match.span())), character=name)
