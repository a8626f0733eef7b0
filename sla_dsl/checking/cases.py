"""Concrete tickets to try conditions on: enough of them to find a gap, an overlap or a case that never applies.

Each condition looks at some variables: facts, levels, the channel, …. A variable takes the values that make a
difference: yes and no, every level, a number just below, at and above each number it is compared with. What has to do
with time is taken as free.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, product
from math import prod

from attrs import define, field, frozen

from sla_dsl.model import Model
from sla_dsl.policy.terms.classification import Fact, Scale
from sla_dsl.policy.terms.conditions import All, Among, AnyTest, Compares, Given, Not, Some, Subject, Yes

MOST_CASES = 8_000
"""More combinations than this are sampled, always the same ones."""

Value = str | float | bool
Ticket = Mapping[str, Value]
_OTHER = "something else"


@frozen
class Cases:
    """The tickets on which a set of conditions is tried."""

    domains: Mapping[str, tuple[Value, ...]]

    @property
    def complete(self) -> bool:
        """Whether every combination is tried, so that finding none proves that there is none."""
        return prod(len(values) for values in self.domains.values()) <= MOST_CASES

    def __iter__(self) -> Iterator[Ticket]:
        names = list(self.domains)
        if self.complete:
            for values in product(*self.domains.values()):
                yield dict(zip(names, values, strict=True))
            return
        dice = random.Random(0)
        for _ in islice(iter(int, 1), MOST_CASES):
            yield {name: dice.choice(self.domains[name]) for name in names}


@define
class _Domains:
    facts: Mapping[str, Fact]
    scales: Mapping[str, Scale]
    values: dict[str, set[Value]] = field(factory=dict[str, set[Value]])

    def visit(self, test: AnyTest) -> None:
        """Adds the values that make a difference to a test."""
        match test:
            case All(parts=parts) | Some(parts=parts):
                for part in parts:
                    self.visit(part)
            case Not(part=part):
                self.visit(part)
            case Yes(fact=name):
                self._add(name, True, False)
            case Among(subject=subject, values=values):
                self._add(_variable(subject), *self._known(subject, values))
            case Compares(fact=name, value=float(value)):
                self._add(name, value - 1, value, value + 1)
            case _:
                self._add(_free(test), True, False)

    def _known(self, subject: Subject, values: tuple[str, ...]) -> Iterable[Value]:
        if subject.kind == "level" and subject.name in self.scales:
            scale = self.scales[subject.name]
            derived = any(level.when for level in scale.levels) and not any(level.otherwise for level in scale.levels)
            return [*(level.id for level in scale.levels), *values, *([_OTHER] if derived else [])]
        fact = self.facts.get(subject.name) if subject.kind == "fact" else None
        if fact is not None and fact.type.name == "yes or no":
            return [True, False]
        if fact is not None and fact.type.choices:
            return fact.type.choices
        return [*values, _OTHER]

    def _add(self, name: str, *values: Value) -> None:
        self.values.setdefault(name, set()).update(values)


def cases(model: Model, tests: Iterable[AnyTest]) -> Cases:
    """The tickets on which some tests are worth trying."""
    own_first = sorted(model.declared, key=lambda declared: declared.reading is None)
    facts = {d.term.id: d.term for d in own_first if isinstance(d.term, Fact)}
    scales = {d.term.id: d.term for d in own_first if isinstance(d.term, Scale)}
    domains = _Domains(facts, scales)
    for test in tests:
        domains.visit(test)
    return Cases({name: tuple(sorted(values, key=str)) for name, values in sorted(domains.values.items())})


def holds(test: AnyTest, ticket: Ticket) -> bool:
    """Whether a test holds for a ticket of which everything is known."""
    match test:
        case All(parts=parts):
            return all(holds(part, ticket) for part in parts)
        case Some(parts=parts):
            return any(holds(part, ticket) for part in parts)
        case Not(part=part):
            return not holds(part, ticket)
        case Yes(fact=name):
            return ticket[name] is True
        case Among(subject=subject, values=values):
            return _text(ticket[_variable(subject)]) in values
        case Compares(fact=name, comparison=comparison, value=float(value)):
            return _compare(ticket[name], comparison, value)
        case _:
            return ticket[_free(test)] is True


def spoken(ticket: Ticket) -> str:
    """A ticket in words, for a finding."""
    parts = [f"{name} is {_text(value)}" for name, value in ticket.items()]
    return " and ".join(parts) if parts else "nothing is known"


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _compare(number: Value, comparison: str, value: float) -> bool:
    assert isinstance(number, float)
    match comparison:
        case "more than":
            return number > value
        case "less than":
            return number < value
        case "at least":
            return number >= value
        case "at most":
            return number <= value
        case "is":
            return number == value
        case _:
            return number != value


def _variable(subject: Subject) -> str:
    return subject.name or subject.kind


def _free(test: AnyTest) -> str:
    """A name for something that depends on time, or on whether anything is known."""
    if isinstance(test, Given):
        return f"{_variable(test.subject)} given"
    fields = [str(getattr(test, name)) for name in test.__struct_fields__]
    return f"{type(test).__name__.lower()} {' '.join(part for part in fields if part)}"
