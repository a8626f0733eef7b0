"""Concrete tickets to try conditions on: enough of them to find a gap, an overlap or a case that never applies.

Each test looks at some variables: a fact, a level, the channel, …. A variable takes the values that make a difference:
yes and no, every level, numbers and dates just before, at and after each one it is compared with. It may also be not
given where a test asks for that. What only time can tell is yes or no as well.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import product
from math import prod

from attrs import field, frozen

from sla_dsl.checking.atoms import Atom, Value, World, atom
from sla_dsl.checking.domains import domain_of, spoken_value
from sla_dsl.policy.terms.conditions import All, AnyTest, Not, Some

MOST_CASES = 8_000
"""More combinations than this are sampled, always the same ones."""

Ticket = Mapping[str, Value]
Judge = Callable[[Ticket], bool | None]


@frozen
class Trial:
    """A ticket and what each test says of it: yes, no, or nothing, where what it looks at is not given.

    Example: `trial.first` is the position of the first case that applies.
    """

    ticket: Ticket
    outcomes: tuple[bool | None, ...]

    @property
    def first(self) -> int | None:
        """The first test that holds; none where none does."""
        return next((at for at, outcome in enumerate(self.outcomes) if outcome), None)

    @property
    def is_open(self) -> bool:
        """Whether something unknown keeps a test from an answer before one holds."""
        return None in self.outcomes[: self.first]

    def __str__(self) -> str:
        parts = [spoken_value(name, value) for name, value in self.ticket.items()]
        return " and ".join(parts) if parts else "nothing is known"


@frozen
class Cases:
    """The tickets on which a set of tests is tried."""

    domains: Mapping[str, Sequence[Value]]
    judges: tuple[Judge, ...] = field(repr=False)

    @property
    def complete(self) -> bool:
        """Whether every combination is tried, so that finding none proves that there is none."""
        return prod(len(values) for values in self.domains.values()) <= MOST_CASES

    def __iter__(self) -> Iterator[Trial]:
        for values in self._combinations():
            ticket = dict(zip(self.domains, values, strict=True))
            yield Trial(ticket, tuple(judge(ticket) for judge in self.judges))

    def _combinations(self) -> Iterator[tuple[Value, ...]]:
        if self.complete:
            yield from product(*self.domains.values())
            return
        dice = random.Random(0)
        for _ in range(MOST_CASES):
            yield tuple(dice.choice(values) for values in self.domains.values())


def cases(world: World, tests: Iterable[AnyTest]) -> Cases:
    """The tickets on which some tests are worth trying.

    Example: of `users at least 20` the tickets have 19, 20 and 21 users.
    """
    atoms: list[Atom] = []
    judges = tuple(_judge(world, test, atoms) for test in tests)
    values: dict[str, list[Value]] = {}
    for one in sorted(atoms, key=lambda one: one.name):
        values.setdefault(one.name, []).extend(one.values)
    return Cases({name: domain_of(some) for name, some in values.items()}, judges)


def _judge(world: World, test: AnyTest, atoms: list[Atom]) -> Judge:
    """How a test is answered, in three values; what it looks at is added to the atoms."""
    match test:
        case All(parts=parts):
            judges = [_judge(world, part, atoms) for part in parts]
            return lambda ticket: _all([judge(ticket) for judge in judges])
        case Some(parts=parts):
            judges = [_judge(world, part, atoms) for part in parts]
            return lambda ticket: _not(_all([_not(judge(ticket)) for judge in judges]))
        case Not(part=part):
            inner = _judge(world, part, atoms)
            return lambda ticket: _not(inner(ticket))
        case _:
            one = atom(world, test)
            atoms.append(one)
            return lambda ticket: one.holds(ticket[one.name])


def _all(outcomes: list[bool | None]) -> bool | None:
    if False in outcomes:
        return False
    return None if None in outcomes else True


def _not(outcome: bool | None) -> bool | None:
    return None if outcome is None else not outcome
