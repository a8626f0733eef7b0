"""The words of the language, read off the grammar's `%declare` lines.

`H_POLICY` declares that `policy` is a keyword at the start of a statement, `WITHIN` that `within` is one inside a line,
and `BEST_EFFORT` that the two words `best effort` are one keyword. Days and units are families: many words, one
keyword.
"""

from __future__ import annotations

import re

from attrs import frozen

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
UNITS = {
    spelling: unit
    for unit in ("second", "minute", "hour", "day", "week", "month", "calendar day")
    for spelling in (unit, f"{unit}s")
}
_FAMILIES = frozenset({"DAY", "UNIT"})

Phrases = dict[str, tuple[tuple[tuple[str, ...], str], ...]]
"""By first word: the phrases that begin with it (word for word) and their terminal, longest first."""


@frozen
class Vocabulary:
    """Which words are keywords, at the start of a statement (`heads`) and inside a line (`inner`)."""

    heads: Phrases
    inner: Phrases

    @property
    def head_words(self) -> tuple[str, ...]:
        """Every way to begin a statement, for example `policy` or `out of scope`."""
        return _spellings(self.heads)

    @property
    def inner_words(self) -> tuple[str, ...]:
        """Every word or phrase that is a keyword inside a line."""
        return _spellings(self.inner)


def vocabulary(grammar: str) -> Vocabulary:
    """The vocabulary that a grammar declares."""
    terminals = [word for line in re.findall(r"^%declare (.+)$", grammar, re.MULTILINE) for word in line.split()]
    heads = {tuple(_words(name[2:])): name for name in terminals if name.startswith("H_")}
    inner = {tuple(_words(name)): name for name in terminals if not name.startswith("H_") and name not in _FAMILIES}
    inner |= {(day,): "DAY" for day in DAYS}
    inner |= {tuple(unit.split()): "UNIT" for unit in UNITS}
    inner |= {("is", "an"): "IS_A"}
    return Vocabulary(_by_first_word(heads), _by_first_word(inner))


def _words(terminal: str) -> list[str]:
    return terminal.lower().split("_")


def _by_first_word(phrases: dict[tuple[str, ...], str]) -> Phrases:
    grouped: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for words, terminal in phrases.items():
        grouped.setdefault(words[0], []).append((words, terminal))
    return {first: tuple(sorted(group, key=lambda item: -len(item[0]))) for first, group in grouped.items()}


def _spellings(phrases: Phrases) -> tuple[str, ...]:
    return tuple(sorted(" ".join(words) for group in phrases.values() for words, _ in group))
