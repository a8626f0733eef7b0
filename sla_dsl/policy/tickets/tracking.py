"""A ticket followed entry by entry: evaluated at once, or kept as a state that takes one more entry (R6)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen
from msgspec.structs import replace

from sla_dsl.policy.errors import BadValue
from sla_dsl.policy.situation import read_moment, shown
from sla_dsl.policy.tickets.again import Again
from sla_dsl.policy.tickets.entries import read_entry, read_ticket
from sla_dsl.policy.tickets.errors import AskedBeforeEntries, AskedTooEarly, OlderEntry
from sla_dsl.policy.tickets.evaluation import Evaluation, seen
from sla_dsl.policy.tickets.life import Ways, begun, live
from sla_dsl.policy.tickets.order import ordered
from sla_dsl.worktime import from_micros

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo

    from sla_dsl.policy.executable import Executable
    from sla_dsl.policy.tickets.recorded import Entry, Recorded
    from sla_dsl.policy.tickets.ticket import Event, Ticket


def evaluate(
    policy: Executable, ticket: Ticket | Mapping[str, object], at: datetime | str, *, would_change: bool = False
) -> Evaluation:
    """Return a ticket evaluated at an instant. Raises `BadTicket`, `AskedTooEarly`, `NaiveDatetime`, `BadInstant`."""
    recorded = read_ticket(policy.terms, ticket, policy.book.zone)
    now, where = read_moment("at", at)
    _check(now, recorded.created, where)
    ways = live(policy.book, recorded.created, recorded.where, recorded.entries, now)
    again = Again(policy, ticket, from_micros(now, where)) if would_change else None
    return _evaluated(policy, recorded, ways, now, where, again)


def begin(policy: Executable, ticket: Ticket | Mapping[str, object]) -> State:
    """Return the state of a ticket after the entries it has. Raises `BadTicket`."""
    recorded = read_ticket(policy.terms, ticket, policy.book.zone)
    start = Ways((begun(policy.book, recorded.created, recorded.where, recorded.entries),), {})
    creation = next(entry for entry in recorded.entries if entry.number is None)
    state = State(policy, replace(recorded, entries=(creation,)), start)
    for entry in recorded.entries:
        state = state.with_entry(entry)
    return state


def following(state: object, entry: Event | Mapping[str, object]) -> State:
    """Return the state of a ticket after one more entry. Raises `BadValue`, `BadTicket`, `OlderEntry`."""
    if not isinstance(state, State):
        raise BadValue("state", shown(state), "give what `begin` or `step` returned")
    return state.after(entry)


@frozen(slots=False, eq=False)
class State:
    """Where a ticket stands after some entries. It does not change: `Policy.step` gives the next.

    Entries of the last instant wait in `last` until time goes on, because all entries of an instant count together.
    A state can be pickled; it carries the policy with it.
    """

    policy: Executable = field(repr=False)
    recorded: Recorded
    ways: Ways = field(repr=False)
    last: tuple[Entry, ...] = ()

    def at(self, instant: datetime | str) -> Evaluation:
        """Return the evaluation at an instant that is not before the last entry.

        Raises `AskedBeforeEntries` for one that is, `AskedTooEarly` for one before creation, `NaiveDatetime`,
        `BadInstant`.
        """
        now, where = read_moment("at", instant)
        _check(now, self.recorded.created, where)
        if now < self._known:
            raise AskedBeforeEntries(from_micros(now, where), from_micros(self._known, where))
        return _evaluated(self.policy, self.recorded, self._settled().pass_time(now), now, where)

    def after(self, entry: Event | Mapping[str, object]) -> State:
        """Return the state after one more entry. Raises `BadTicket`, `OlderEntry`."""
        read = read_entry(self.policy.terms, entry)
        creation, where = self.recorded.entries[0], self.recorded.where
        if read.at < self._known:
            raise OlderEntry(from_micros(read.at, where), from_micros(self._known, where))
        counting, irregular = ordered(creation, [read], frozenset(), where)
        state = evolve(self, recorded=replace(self.recorded, irregular=(*self.recorded.irregular, *irregular)))
        for one in counting[1:]:
            if not any((one.at, one.content()) == (other.at, other.content()) for other in self.last):
                state = state.with_entry(one)
        return state

    def with_entry(self, entry: Entry) -> State:
        """Return the state after an entry that is not older."""
        if self.last and entry.at > self._known:
            return evolve(self, ways=self._settled(), last=(entry,))
        return evolve(self, last=(*self.last, entry))

    @property
    def _known(self) -> int:
        return self.last[-1].at if self.last else self.recorded.created

    def _settled(self) -> Ways:
        return self.ways.take(self._known, self.last) if self.last else self.ways


def _evaluated(
    policy: Executable, recorded: Recorded, ways: Ways, now: int, where: tzinfo, again: Again | None = None
) -> Evaluation:
    found = seen(policy.book, ways, now, recorded.where, recorded.irregular)
    return Evaluation(policy.document.id, policy.digest, recorded.id, from_micros(now, where), found, again)


def _check(at: int, first: int, where: tzinfo) -> None:
    if at < first:
        raise AskedTooEarly(from_micros(at, where), from_micros(first, where))
