"""What the columns of a chunk say under a policy: names resolved once for each different value (R1, R3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from attrs import frozen

from sla_dsl.batch.chunk import NOTHING, Coded, Key
from sla_dsl.batch.engine.grid import Grid
from sla_dsl.errors import SlaError
from sla_dsl.policy.terms import (
    Among,
    ByEndOf,
    Clock,
    Compares,
    Distance,
    Given,
    Precedes,
    Yes,
)
from sla_dsl.policy.terms_inside import terms_inside
from sla_dsl.policy.tickets.keys import KeyReader, Said

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sla_dsl.batch.engine.signs import Signs
    from sla_dsl.batch.engine.situations import Situations
    from sla_dsl.batch.typed import Codes, Flags
    from sla_dsl.policy.vocabulary import Terms


_BAD = -2
_SAYS_NO_MORE = 0


@frozen(eq=False)
class Read:
    """Rows as codes: the event and the status of each, -1 for none, and the number of what it says.

    `more` rows say more, to which nothing listens. `bad` rows cannot be read so: the scalar evaluator tells what is
    wrong with their tickets, or knows better.
    """

    event: Codes
    status: Codes
    saying: Codes
    more: Flags
    bad: Flags


class Reader:
    """Reads columns under a policy."""

    def __init__(self, terms: Terms, signs: Signs, situations: Situations) -> None:
        self._terms = terms
        self._signs = signs
        self._situations = situations
        self._telling = _telling(terms)

    def entries(self, said: Mapping[Key, Coded], rows: int) -> Read:
        """Return what the entries of tickets say."""
        return self._read(said, rows, KeyReader.read_entry)

    def tickets(self, first: Mapping[Key, Coded], rows: int) -> Read:
        """Return what is said of tickets when they are created."""
        return self._read(first, rows, KeyReader.read_first)

    def _read(
        self, columns: Mapping[Key, Coded], rows: int, read: Callable[[KeyReader, Said, object, object], None]
    ) -> Read:
        event, status = np.full(rows, -1, np.int32), np.full(rows, -1, np.int32)
        more, bad = np.zeros(rows, np.bool), np.zeros(rows, np.bool)
        parts: list[tuple[list[Said], Codes]] = []
        for key, column in columns.items():
            found = [self._value(key, value, read) for value in column.values]
            if key.kind == "event":
                event = _mapped([self._code(self._signs.events, one, "event") for one in found], column.codes)
                bad |= event == _BAD
            elif key.kind == "status":
                status = _mapped([self._code(self._signs.statuses, one, "status") for one in found], column.codes)
                bad |= status == _BAD
            else:
                wrong = [one is None or one.agreed is not None for one in found]
                bad |= _mapped(wrong, column.codes) == 1
                if not any(_speaks(one) for one in found if one is not None):
                    more |= column.codes != NOTHING
                parts.append(([one or Said() for one in found], column.codes))
        return Read(event, status, self._sayings(parts, rows, bad), more, bad)

    def _value(self, key: Key, value: object, read: Callable[[KeyReader, Said, object, object], None]) -> Said | None:
        """Return what a value says, None where it cannot be read. Facts that nothing looks at say nothing."""
        reader, said = KeyReader(self._terms), Said()
        name = key.name or key.kind
        try:
            if key.kind == "fact":
                read(reader, said, "facts", {name: value})
            else:
                read(reader, said, name, value)
            reader.refuse()
        except SlaError:
            return None
        said.facts = {fact: one for fact, one in said.facts.items() if fact in self._telling}
        return said

    def _code(self, codes: Mapping[str, int], said: Said | None, what: str) -> int:
        if said is None:
            return _BAD
        name: str | None = getattr(said, what)
        return -1 if name is None else codes[name]

    def _sayings(self, parts: list[tuple[list[Said], Codes]], rows: int, bad: Flags) -> Codes:
        """Return the number of what all columns of a row say together."""
        found = np.zeros(rows, np.int32)
        speaking = [one for one in parts if any(_speaks(said) for said in one[0])]
        if not speaking:
            return found
        telling = np.logical_or.reduce(
            [_mapped([_speaks(said) for said in values], codes) > 0 for values, codes in speaking]
        )
        places = np.flatnonzero(telling)

        def together(codes: tuple[int, ...], _: int) -> int:
            said = [values[code - 1] for (values, _), code in zip(speaking, codes, strict=True) if code]
            return self._together(said)

        found[places] = Grid(together)(*(codes[places] + 1 for _, codes in speaking))
        bad |= found == _BAD
        found[found == _BAD] = _SAYS_NO_MORE
        return found

    def _together(self, some: list[Said]) -> int:
        whole = Said()
        for one in some:
            if not one.levels.keys().isdisjoint(whole.levels) or not one.facts.keys().isdisjoint(whole.facts):
                return _BAD  # said twice: in one way, or in two
            whole.levels = {**whole.levels, **one.levels}
            whole.facts = {**whole.facts, **one.facts}
            whole.channel, whole.caller = one.channel or whole.channel, one.caller or whole.caller
        return self._situations.saying(whole)


def _speaks(said: Said) -> bool:
    return bool(said.levels or said.facts or said.channel or said.caller)


def _mapped(by_value: list[int] | list[bool], codes: Codes) -> Codes:
    """Return for each row what belongs to its value, -1 where it has none."""
    return np.array([*by_value, -1], np.int32)[np.where(codes == NOTHING, len(by_value), codes)]


def _telling(terms: Terms) -> frozenset[str]:
    """Return the facts on which anything that a clock does can depend."""
    found: set[str] = set()
    for one in terms_inside((*terms.declarations.values(),)):
        match one:
            case Among(subject=subject) | Given(subject=subject) if subject.kind == "fact":
                found.add(subject.name)
            case Yes(fact=fact) | Compares(fact=fact) | ByEndOf(fact=fact):
                found.add(fact)
            case Distance(later=later, earlier=earlier) | Precedes(later=later, earlier=earlier):
                found |= {later, earlier}
            case _:
                continue
    for clock in terms.all(Clock):
        found.update(change.of for change in clock.changes)
    return frozenset(found)
