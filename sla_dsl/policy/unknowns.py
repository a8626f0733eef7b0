"""What a question leaves unknown, and every way of filling it in (R3, H4).

An answer is first sought with what is known. Where something unknown decides, the search is made again once for
each value that it could have, and so on: the leaves are all that can come out, and the unknowns that make a
difference between them are those that decide.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Generic, TypeVar

from attrs import frozen

if TYPE_CHECKING:
    from sla_dsl.policy.selection import Key

T = TypeVar("T")

MOST_LEAVES = 600
"""So many ways of filling in the unknowns are looked at; with more, all of them are taken to decide."""


@frozen
class Unknown:
    """Something unknown that a search came upon: what it is, the names to ask for, the values it could have.

    `said` is how it is called where it is not called by those names; on `keys`, and on the defaults `assumed`, it rests
    that no other value is left.
    """

    key: Hashable
    names: tuple[str, ...]
    domain: tuple[Hashable, ...]
    said: str = ""
    keys: tuple[Key, ...] = ()
    assumed: tuple[str, ...] = ()

    def filled(self, supposed: Supposed, value: Hashable) -> Supposed:
        """Return some suppositions and a value for this."""
        rests: Supposed = {("rests", self.key): (self.keys, self.assumed)} if self.keys else {}
        return {**supposed, **rests, self.key: value}


class Undecided(Exception):
    """No error: tells the search that it cannot go on without a value of something unknown."""

    def __init__(self, unknown: Unknown) -> None:
        super().__init__(unknown)
        self.unknown = unknown


Supposed = dict[Hashable, Hashable]
"""Values supposed for unknowns, by their keys."""


@frozen
class Leaf(Generic[T]):
    """What comes out under some suppositions."""

    supposed: Supposed
    result: T


@frozen
class Search(Generic[T]):
    """Everything that can come out. Where there are too many ways, `complete` is false and only some are here."""

    leaves: tuple[Leaf[T], ...]
    unknowns: dict[Hashable, Unknown]
    complete: bool

    def missing(self, outcome: Callable[[T], object]) -> tuple[str, ...]:
        """Return the names of the unknowns that decide, that is, alone can change the outcome."""
        keys = self.unknowns if not self.complete else self._deciding([outcome(leaf.result) for leaf in self.leaves])
        return tuple(dict.fromkeys(name for key in self.unknowns if key in keys for name in self.unknowns[key].names))

    def _deciding(self, outcomes: list[object]) -> set[Hashable]:
        deciding: set[Hashable] = set()
        for i, leaf in enumerate(self.leaves):
            for j in range(i):
                if outcomes[i] != outcomes[j]:
                    other = self.leaves[j].supposed
                    apart = [key for key, value in leaf.supposed.items() if key in other and other[key] != value]
                    if len(apart) == 1:
                        deciding.add(apart[0])
        return deciding


def search(run: Callable[[Supposed], T], under: Supposed | None = None, most: int = MOST_LEAVES) -> Search[T]:
    """Return everything that can come out of a run, which raises `Undecided` where it needs a supposition.

    `under` are suppositions to begin with.
    """
    waiting: list[Supposed] = [under or {}]
    leaves: list[Leaf[T]] = []
    unknowns: dict[Hashable, Unknown] = {}
    while waiting:
        if len(leaves) + len(waiting) > most:
            return Search(tuple(leaves), unknowns, complete=False)
        supposed = waiting.pop()
        try:
            leaves.append(Leaf(supposed, run(supposed)))
        except Undecided as stop:
            unknown = stop.unknown
            unknowns.setdefault(unknown.key, unknown)
            waiting.extend(unknown.filled(supposed, value) for value in reversed(unknown.domain))
    return Search(tuple(leaves), unknowns, complete=True)
