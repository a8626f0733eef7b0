"""Looks for texts that parser, formatter or renderer cannot bear: `python -m tests.hunt syntax`."""

from __future__ import annotations

import random

from sla_dsl.formatting import format_source
from sla_dsl.source import Source
from tests.syntax.damage import MOST_REPORTS, POLICIES, verdicts
from tests.syntax.test_any_text import WORDS, check

COPIES = 12
TEXTS = 50
SIGNS = [
    "\n",
    "\n  ",
    "\n    ",
    "{",
    "}",
    '"',
    "#",
    "|",
    ",",
    ":",
    "(",
    ")",
    "%",
    "\0",
    "\x85",
    "\u2028",
    "\ud800",
    "é",
    "–",
]


def hunt(seed: int) -> int:
    """Damages a policy in new ways and writes nonsense in the words of the language; returns the number of texts."""
    chance = random.Random(seed)
    for said in verdicts(chance.choice(POLICIES), seed, COPIES):
        assert len(said.lines) <= MOST_REPORTS, str(said)
        assert said.seconds < 1, str(said)
    for _ in range(TEXTS):
        source = Source.of(_nonsense(chance))
        check(source)
        laid_out = format_source(source).value
        assert laid_out is None or format_source(Source.of(laid_out)).value == laid_out, repr(source.text)
    return COPIES + TEXTS


def _nonsense(chance: random.Random) -> str:
    """Words and signs in no order, glued or apart."""
    pieces = [chance.choice(chance.choice((WORDS, SIGNS))) for _ in range(chance.randrange(80))]
    return chance.choice(("", " ")).join(pieces)
