"""Events and statuses as bits: what happened to many tickets, and the expressions that come true by it (P1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sla_dsl.policy.terms import All, Becomes, Event, Occurs, Some, Status
from sla_dsl.policy.thresholds import tests_in
from sla_dsl.policy.tickets.triggers import signs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from sla_dsl.batch.typed import Flags
    from sla_dsl.policy.terms import AnyTest
    from sla_dsl.policy.tickets.triggers import Sign
    from sla_dsl.policy.vocabulary import Terms

    Bits = NDArray[np.int64]

MOST_SIGNS = 62
"""So many events and statuses fit into the bits of a number."""


class Signs:
    """The events that anything in a policy listens to, and its statuses, each with its code and its bit.

    `events` and `statuses` give codes by id; `created` is that of the event of creation, -1 without one, and `early`
    tells by code which events may precede it. An event that nothing listens to has no bit. `fit` is false where there
    are too many of them.
    """

    def __init__(self, terms: Terms) -> None:
        self.events = {one.id: code for code, one in enumerate(terms.all(Event))}
        self.statuses = {one.id: code for code, one in enumerate(terms.all(Status))}
        listened = _heard(terms)
        heard = [event for event in self.events if event in listened]
        self._bits: dict[Sign, int] = {}
        for number, sign in enumerate([*heard, *(("status", status) for status in self.statuses)]):
            self._bits[sign] = 1 << min(number, MOST_SIGNS)
        self.fit = len(self._bits) <= MOST_SIGNS
        self.of_event = np.array([*(self._bits.get(event, 0) for event in self.events), 0], np.int64)
        self.of_status = np.array([*(self._bits["status", status] for status in self.statuses), 0], np.int64)
        self.created = -1 if terms.created is None else self.events[terms.created]
        self.early = np.array([*(one.may_precede_creation for one in terms.all(Event)), False])
        self.any_status = int(np.bitwise_or.reduce(self.of_status))

    def bit(self, sign: Sign) -> int:
        """Return the bit of an event or status."""
        return self._bits[sign]

    def mask(self, some: Iterable[Sign]) -> int:
        """Return the bits of some events and statuses."""
        found = 0
        for sign in some:
            found |= self._bits[sign]
        return found

    def fires(self, test: AnyTest, now: Bits, before: Bits) -> Flags:
        """Return for which rows an expression comes true now, with what happened before; see `triggers.fires`."""
        match test:
            case Occurs() | Becomes():
                return (now & self.mask(signs(test))) != 0
            case Some(parts=parts):
                return np.logical_or.reduce([self.fires(part, now, before) for part in parts])
            case All(parts=parts):
                fired = [self.fires(part, now, before) for part in parts]
                each = [one | self._happened(part, before) for one, part in zip(fired, parts, strict=True)]
                return np.logical_or.reduce(fired) & np.logical_and.reduce(each)
            case _:
                return np.zeros(len(now), np.bool)

    def _happened(self, test: AnyTest, before: Bits) -> Flags:
        match test:
            case Occurs() | Becomes():
                return (before & self.mask(signs(test))) != 0
            case Some(parts=parts):
                return np.logical_or.reduce([self._happened(part, before) for part in parts])
            case All(parts=parts):
                return np.logical_and.reduce([self._happened(part, before) for part in parts])
            case _:
                return np.zeros(len(before), np.bool)


def _heard(terms: Terms) -> frozenset[str]:
    """Return the events that any expression, condition or counter names."""
    found = {"reopened", terms.created or ""}
    for one in terms.declarations.values():
        found.update(test.event for test in tests_in(one) if isinstance(test, Occurs))
        for moment in getattr(one, "moments", ()):
            found.update(moment.without if moment.of is None else (moment.of, *moment.without))
    return frozenset(found)
