"""A policy with one thing broken in it, and whether the reports about that are where they should be.

Six sorts of damage, as they happen while editing: a line deleted, doubled, swapped with the next, halved, a word gone,
the file cut.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path

from attrs import evolve, frozen

from sla_dsl.source import Source
from sla_dsl.syntax import parse

ROOT = Path(__file__).parents[2]
POLICIES = (
    Path(__file__).parent / "good" / "harbour.sla",
    *sorted(ROOT.glob("policies/*/*.sla")),
)
MOST_REPORTS = 3
SORTS = ("deleted", "doubled", "swapped", "halved", "word gone", "cut")


@frozen
class Damaged:
    """A text in which something was damaged: the statement that begins on line `first`, down to line `last`."""

    sort: str
    text: str
    first: int
    last: int


@frozen
class Verdict:
    """What the parser said about a damaged text: on which lines, and how long it took."""

    damaged: Damaged
    lines: tuple[int, ...]
    seconds: float

    @property
    def found(self) -> bool:
        """Whether the first report lies in the damaged lines or on the next."""
        return self.damaged.first <= self.lines[0] <= self.damaged.last + 1

    def __str__(self) -> str:
        line = self.damaged.text.split("\n")[self.damaged.first - 1 :][:1]
        return f"{self.damaged.sort} at {self.damaged.first}, reported at {self.lines}: {line}"


def damaged(text: str, seed: int, count: int) -> Iterator[Damaged]:
    """Copies of a text, each damaged once, all sorts in turn."""
    chance = random.Random(seed)
    lines = text.split("\n")
    begins = _beginnings(text)
    worth = [at for at, line in enumerate(lines) if line.strip() and not line.strip().startswith("#")]
    for number in range(count):
        sort = SORTS[number % len(SORTS)]
        copy = _cut(text, chance) if sort == "cut" else _broken(sort, list(lines), chance.choice(worth), chance)
        yield evolve(copy, first=begins.get(copy.first, copy.first))


def _beginnings(text: str) -> dict[int, int]:
    """For each further line of a statement that goes over several, the line on which it begins."""
    tree = parse(Source.of(text)).value
    assert tree is not None
    spans = [statement.span for statement in tree.walk()]
    ranges = [(tree.source.position(span.start).line, tree.source.position(span.end).line) for span in spans]
    return {line: first for first, last in ranges for line in range(first + 1, last + 1)}


def _cut(text: str, chance: random.Random) -> Damaged:
    kept = text[: chance.randrange(1, len(text))]
    line = kept.count("\n") + 1
    return Damaged("cut", kept, line, line)


def _broken(sort: str, lines: list[str], at: int, chance: random.Random) -> Damaged:
    line, last = lines[at], at
    if sort == "deleted":
        del lines[at]
    elif sort == "doubled":
        lines.insert(at, line)
    elif sort == "swapped":
        last = at + 1
        lines[at : at + 2] = reversed(lines[at : at + 2])
    elif sort == "halved":
        indent = len(line) - len(line.lstrip())
        lines[at] = line[: indent + len(line.strip()) // 2]
    else:
        words = line.split(" ")
        del words[chance.choice([n for n, word in enumerate(words) if word])]
        lines[at] = " ".join(words)
    return Damaged(sort, "\n".join(lines), at + 1, last + 1)


def verdict(copy: Damaged) -> Verdict | None:
    """What is reported about a damaged text, or none if it still reads as a policy."""
    source = Source.of(copy.text, name="damaged.sla")
    began = time.process_time()
    findings = parse(source).findings
    taken = time.process_time() - began
    return Verdict(copy, tuple(finding.place.line for finding in findings), taken) if findings else None


def verdicts(policy: Path, seed: int, count: int) -> list[Verdict]:
    """Those damaged copies of a policy that no longer read as one, and what is said about them."""
    text = Source.read(policy).text
    return [said for copy in damaged(text, seed, count) if (said := verdict(copy))]
