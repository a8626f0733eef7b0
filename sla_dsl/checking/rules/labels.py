"""Labels that look like plain words and are not (SEMANTICS B)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from sla_dsl.checking.rules.checked import Checked
from sla_dsl.diagnostics import Finding, catalogue
from sla_dsl.syntax import Node

_WORD = re.compile(r"[^\W\d_]+")
_MIXED = frozenset({"LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "CHEROKEE"})
"""Scripts whose letters are taken for each other."""


def labels(checked: Checked) -> Iterator[Finding]:
    """A word of a label whose letters come from two scripts: a ticket would never match it."""
    for statement in checked.statements:
        for part in statement.line.nodes("label", "labels"):
            yield from _label(checked, part)


def _label(checked: Checked, part: Node) -> Iterator[Finding]:
    for token in part.tokens("STRING"):
        if token.text.isascii():
            continue
        for word in _WORD.findall(token.text):
            odd = _odd_letter(word)
            if odd is not None:
                character = unicodedata.name(odd, f"U+{ord(odd):04X}")
                yield catalogue.LOOKALIKE(checked.place(token), found=word, character=character)


def _odd_letter(word: str) -> str | None:
    """The first letter of another script than most letters of the word have; none where all have one."""
    scripts = [unicodedata.name(letter, "").partition(" ")[0] for letter in word]
    if len(set(scripts) & _MIXED) < 2:
        return None
    most = max(sorted(set(scripts)), key=scripts.count)
    return next(letter for letter, script in zip(word, scripts, strict=True) if script != most)
