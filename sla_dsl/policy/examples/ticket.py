"""The ticket of an example: as a question takes it, and as one that is evaluated (R10)."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

from attrs import field, frozen

from sla_dsl.policy.errors import BadValue
from sla_dsl.policy.names import folded
from sla_dsl.policy.terms import Event, Fact
from sla_dsl.worktime import from_micros, wall_instant, wall_kind, zone

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sla_dsl.policy.executable import Executable
    from sla_dsl.policy.terms import Example, Item

_NOWHERE = timezone(timedelta(0), "unknown")
"""Stands for the zone of a policy where a parameter would have to give it."""

_KEYS = frozenset({"priority", "channel", "caller", "id", "status"})


@frozen
class ExampleTicket:
    """A ticket that an example tells of.

    `given` is what is known of it when it is created, as a question takes it; `entries` are the entries of its form.
    `happens` says that something happens to it beside its creation, or that it begins in a status; `last` is when the
    last of its `at` lines tells of something.
    """

    created: datetime | None
    given: dict[str, object]
    first: dict[str, object]
    entries: list[dict[str, object]]
    happens: bool
    last: datetime | None

    @property
    def creation(self) -> datetime:
        """The instant of its creation. Raises `BadValue` where the example names none."""
        if self.created is None:
            raise BadValue("created", "not given", "the example says nowhere when its ticket is created")
        return self.created

    @property
    def form(self) -> dict[str, object]:
        """The ticket in the form of CONTRACT. Raises `BadValue`."""
        return {**self.first, "created": self.creation, "events": self.entries}

    def check_order(self, at: datetime) -> None:
        """Raise `BadValue` where times of an unknown zone stand beside others: nobody knows which is earlier."""
        instants = [self.creation, at, *(one["at"] for one in self.entries)]
        nowhere = [one for one in instants if isinstance(one, datetime) and one.tzinfo is _NOWHERE]
        if 0 < len(nowhere) < len(instants):
            known(nowhere[0])

    @property
    def latest(self) -> datetime:
        """The instant of what happens last, its creation if nothing does. Raises `BadValue`."""
        return self.creation if self.last is None else max(self.creation, self.last)


def ticket_of(policy: Executable, example: Example) -> ExampleTicket:
    """Return the ticket of an example. Raises `BadValue` for a time that cannot be read."""
    reading = _Reading(policy)
    reading.take_first(example.ticket)
    for happening in example.happenings:
        reading.take_later(moment(policy, happening.at), happening.items)
    return reading.ticket()


@frozen
class _Said:
    """What one line of an example says, by the keys of a ticket or entry; events with the instant given to them."""

    keys: dict[str, object] = field(factory=dict[str, object])
    facts: dict[str, object] = field(factory=dict[str, object])
    events: list[tuple[str, datetime | None]] = field(factory=list[tuple[str, datetime | None]])

    @property
    def form(self) -> dict[str, object]:
        """The keys and facts together."""
        return {**self.keys, **({"facts": self.facts} if self.facts else {})}


class _Reading:
    def __init__(self, policy: Executable) -> None:
        self.policy = policy
        self.created: datetime | None = None
        self.given: dict[str, object] = {}
        self.keys: dict[str, object] = {}
        self.facts: dict[str, object] = {}
        self.status: object = None
        self.entries: list[dict[str, object]] = []
        self.happens = False
        self.last: datetime | None = None

    def take_first(self, items: Iterable[Item]) -> None:
        """Note what the `ticket` line says: first values, the creation, and events with their own instants."""
        said = self._said(items)
        for name, value in said.events:
            if value is None:
                raise BadValue(name, "nothing", "write the time of an event, or an `at` line for it")
            if self._is_creation(name):
                self.created = value
            else:
                self.given[name] = value
                self.entries.append({"at": value, "event": name})
        self._take_values(said)

    def take_later(self, at: datetime, items: Iterable[Item]) -> None:
        """Note what an `at` line says. First values may stand on the line of the creation."""
        said = self._said(items)
        if self.created is None and any(self._is_creation(name) for name, _ in said.events):
            self.created = at
        events = [one for one in said.events if not (self._is_creation(one[0]) and at == self.created)]
        if at == self.created and not events:
            self._take_values(said)
            return
        self.happens = True
        self.last = at if self.last is None else max(self.last, at)
        entries: list[dict[str, object]] = [
            {"event": name, **({} if agreed is None else {"due": agreed})} for name, agreed in events
        ]
        first, *others = entries or [{}]
        self.entries += [{"at": at, **said.form, **first}, *({"at": at, **entry} for entry in others)]

    def _take_values(self, said: _Said) -> None:
        self.status = said.keys.pop("status", self.status)
        self.keys.update(said.keys)
        self.facts.update(said.facts)
        self.given.update({**said.keys, **said.facts})

    def ticket(self) -> ExampleTicket:
        """Return what was said of the ticket."""
        entries = self.entries
        if self.status is not None and self.created is not None:
            entries = [{"at": self.created, "status": self.status}, *entries]
        given = {name: value for name, value in self.given.items() if name != "id"}
        first = _Said(self.keys, self.facts).form
        happens = self.happens or self.status is not None
        return ExampleTicket(self.created, given, first, entries, happens, self.last)

    def _said(self, items: Iterable[Item]) -> _Said:
        said, terms = _Said(), self.policy.terms
        for item in items:
            event = terms.named(Event, item.name)
            if event is not None or self._is_creation(item.name):
                instant = None if item.value is None else moment(self.policy, str(item.value))
                said.events.append((event or item.name, instant))
            elif item.name in _KEYS or terms.scale_named(item.name) is not None:
                said.keys[item.name] = item.value
            else:
                said.facts[item.name] = self._value(item)
        return said

    def _is_creation(self, name: str) -> bool:
        return folded(name) in ("created", folded(self.policy.terms.created or "created"))

    def _value(self, item: Item) -> object:
        """Return the value of a fact: one alone is yes, an instant is wall time of the policy's zone."""
        fact = self.policy.terms.named(Fact, item.name)
        instant = fact is not None and self.policy.terms.need(Fact, fact).type.name == "instant"
        if isinstance(item.value, str) and instant:
            return moment(self.policy, item.value)
        return True if item.value is None else item.value


def moment(policy: Executable, text: str) -> datetime:
    """Return the instant of a wall time in the policy's zone, or of one with an offset (R10). Raises `BadValue`.

    Where the zone is not known the instant is of no known zone: what has no due time, or misses the zone, can still be
    expected; `known` tells.
    """
    try:
        wall = datetime.fromisoformat(text)
    except ValueError:
        raise BadValue("time", text, "write it like `2026-03-06 15:00`") from None
    if wall.tzinfo is not None:
        return wall
    own = policy.zone
    if own is None:
        return wall.replace(tzinfo=_NOWHERE)
    where = zone(own)
    kind = wall_kind(wall, where)
    if kind != "plain":
        why = "is skipped when the clocks go forward" if kind == "gap" else "comes twice when the clocks go back"
        raise BadValue("time", text, f"in {own} it {why}; write an offset, `+01:00`")
    return from_micros(wall_instant(wall, where), where)


def known(when: datetime) -> datetime:
    """Return an instant again, unless it is a wall time of a zone that is not known. Raises `BadValue`."""
    if when.tzinfo is _NOWHERE:
        text = when.replace(tzinfo=None).isoformat(" ", "minutes")
        raise BadValue("time", text, "the zone of the policy is not known here; write an offset, `+01:00`")
    return when
