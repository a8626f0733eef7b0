"""Policies in which one word stands for another: still grammatical, as a rule, and wrong in every possible way."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from sla_dsl.checking import check
from sla_dsl.diagnostics import Finding
from sla_dsl.policy.terms import Document
from sla_dsl.source import Source
from sla_dsl.syntax import Token, Tree, parse

_SWAPPED = ("WORD", "STRING", "NUMBER", "TIME", "DATE", "MONTHDAY", "UNIT", "DAY", "ZONE", "REGION")
_STRANGE = {
    "NUMBER": ("0", "1.5", "99999", "123456789012345678901234567890", "3000"),
    "TIME": ("24:00", "25:61", "00:00"),
    "DATE": ("2026-02-30", "0000-00-00", "9999-12-31"),
    "MONTHDAY": ("02-29", "13-40"),
    "STRING": ('""', '" "', '"FREQ=YEARLY"', '"\u202e"', '"…"'),
    "ZONE": ("Nowhere/Land", "UTC+99:00"),
    "REGION": ("NL-XX", "ZZ-1"),
}


def mutants(text: str, seed: int, count: int) -> Iterator[str]:
    """Copies of a policy with one, two or three words replaced by others of the same sort, or by strange ones."""
    chance = random.Random(seed)
    tree = parse(Source.of(text)).value
    assert tree is not None
    tokens = [token for statement in tree.walk() for token in statement.tokens if token.kind in _SWAPPED]
    for _ in range(count):
        yield _mutant(text, tokens, chance)


def _mutant(text: str, tokens: list[Token], chance: random.Random) -> str:
    chosen = sorted(chance.sample(tokens, chance.choice((1, 1, 2, 3))), key=lambda token: -token.span.start)
    for token in chosen:
        others = [other.text for other in tokens if other.kind == token.kind]
        replacement = chance.choice((chance.choice(others), chance.choice(_STRANGE.get(token.kind, others))))
        text = text[: token.span.start] + replacement + text[token.span.end :]
    return text


def findings_of(text: str, folder: Path, base: Document | None) -> tuple[Finding, ...]:
    """Everything that parser and checker say about a text."""
    read = parse(Source.of(text, name="mutant.sla"))
    if not isinstance(read.value, Tree):
        return read.findings
    return (*read.findings, *check(read.value, folder=folder, base=base).findings)
