"""What the keys of a ticket and its entries say under a policy, and what is wrong with them (R1, R3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar, cast

import msgspec

from sla_dsl.errors import SlaError
from sla_dsl.policy.errors import BadValue, GivenTwice, UnknownLevel, UnknownName, listed
from sla_dsl.policy.situation import FactValue, fact_value, read_instant, shown
from sla_dsl.policy.terms import Channel, Event, Fact, Party, Status
from sla_dsl.policy.tickets.errors import BadTicket, KeyElsewhere, NothingAgreed, Problem
from sla_dsl.policy.tickets.recorded import Entry
from sla_dsl.policy.tickets.words import words_of

if TYPE_CHECKING:
    from sla_dsl.policy.terms import Declaration
    from sla_dsl.policy.vocabulary import Terms

V = TypeVar("V")

_SHARED = ("priority", "channel", "caller", "facts")
_OF_TICKET = ("id", "created", "events")
_OF_ENTRY = ("at", "event", "status", "due")


class Said(msgspec.Struct):
    """What an object says with its keys, in ids."""

    at: int | None = None
    levels: dict[str, str] = {}
    facts: dict[str, FactValue] = {}
    channel: str | None = None
    caller: str | None = None
    event: str | None = None
    status: str | None = None
    agreed: int | None = None

    def entry(self, at: int, event: str | None, number: int | None, given: Mapping[str, object]) -> Entry:
        """Return it as an entry."""
        facts, levels = self.facts, self.levels
        mere = not (levels or facts or self.channel or self.caller) and self.agreed is None
        return Entry(at, levels, facts, self.channel, self.caller, event, self.status, self.agreed, number, given, mere)


class KeyReader:
    """Reads keys under a policy; what is wrong with them gathers until `refuse`.

    `number` is that of the entry whose keys are read, None for the ticket's own.
    """

    def __init__(self, terms: Terms) -> None:
        self.number: int | None = None
        self._terms = terms
        self.words = words_of(terms)
        self._problems: list[Problem] = []

    def wrong(self, key: object, error: SlaError) -> None:
        """Note what is wrong with a key; without one, with the object itself."""
        inside = () if self.number is None else (f"events[{self.number}]",)
        path = ".".join(inside if key is None else (*inside, shown(key)))
        self._problems.append(Problem(path, error))

    def refuse(self, ticket: str | None = None) -> None:
        """Raise `BadTicket` if anything is wrong."""
        if self._problems:
            raise BadTicket(tuple(self._problems), ticket)

    # -------------------------------------------------------------------------------------------- keys

    def read_first(self, said: Said, key: object, value: object) -> None:
        """Note what a key of a ticket says, beside those that only a ticket has. Raises `SlaError`."""
        if value is None or not self._read_shared(said, key, value):
            self._check_known(key, _OF_TICKET)

    def read_entry(self, said: Said, key: object, value: object) -> None:
        """Note what a key of an entry says. Raises `SlaError`."""
        if key == "at":
            said.at = read_instant("at", value)
        elif value is None:
            self._check_known(key, _OF_ENTRY)
        elif key == "event":
            said.event = self._named(Event, "event", self.words.events, value)
        elif key == "status":
            said.status = self._named(Status, "status", self.words.statuses, value)
        elif key == "due":
            said.agreed = read_instant("due", value)
        elif not self._read_shared(said, key, value):
            self._check_known(key, _OF_ENTRY)

    def check_agreed(self, said: Said) -> None:
        """Note a due time on an entry whose event agrees none."""
        if said.agreed is not None and said.event not in self.words.agreed:
            self.wrong("due", NothingAgreed(self.words.agreed))

    def _read_shared(self, said: Said, key: object, value: object) -> bool:
        """Note what a key says that ticket and entry share; return whether it is one."""
        if key == "facts":
            self._read_facts(said, value)
        elif key == "channel":
            said.channel = self._named(Channel, "channel", self.words.channels, value)
        elif key == "caller":
            said.caller = self._named(Party, "party", self.words.parties, value)
        elif isinstance(key, str):
            scale = self.words.scales.get(key) or self._terms.scale_named(key)
            if scale is None:
                return False
            _put(said.levels, scale, self._level(scale, value))
        else:
            return False
        return True

    def _check_known(self, key: object, own: tuple[str, ...]) -> None:
        """Raise what is wrong with a key that is none, or none of this object; pass one that is."""
        name = _text(key)
        if key in own or key in _SHARED or self._terms.scale_named(name) is not None:
            return
        terms = self._terms
        if key in _OF_TICKET:
            raise KeyElsewhere(name, "a key of the ticket", "no entry has it")
        if key in _OF_ENTRY:
            raise KeyElsewhere(name, "a key of an entry", f'write it in `events`: {{"at": …, "{name}": …}}')
        if terms.named(Fact, name) is not None:
            raise KeyElsewhere(shown(name), "a fact", "write it in `facts`")
        if terms.named(Event, name) is not None:
            entry = f'{{"at": …, "event": "{shown(name)}"}}'
            raise KeyElsewhere(shown(name), "an event", f"write it in `events`: {entry}")
        known = dict.fromkeys((*own, *_SHARED, *self.words.scales, *terms.names(Fact)))
        raise UnknownName("key", shown(name), tuple(known))

    # ------------------------------------------------------------------------------------------ values

    def _named(self, kind: type[Declaration], what: str, words: Mapping[str, str], given: object) -> str:
        if not isinstance(given, str):
            raise BadValue(what, shown(given), "write its name, as the policy has it")
        found = words.get(given) or self._terms.named(kind, given)
        if found is None:
            raise UnknownName(what, shown(given), self._terms.names(kind))
        return found

    def _level(self, scale: str, given: object) -> str:
        if isinstance(given, str | int) and not isinstance(given, bool):
            text = _text(given)
            return self.words.levels[scale].get(text) or self._sought_level(scale, text)
        levels = [one.id for one in self._terms.scales[scale].levels]
        raise BadValue(scale, shown(given), f"write one of its levels, {listed(levels)}")

    def _sought_level(self, scale: str, text: str) -> str:
        try:
            return self._terms.level(scale, text)
        except UnknownLevel as error:
            raise UnknownLevel(scale, shown(text), error.known) from None

    def _read_facts(self, said: Said, given: object) -> None:
        if not isinstance(given, (dict, Mapping)):  # what is a dict is known at once
            raise BadValue("facts", shown(given), "write an object, each fact with its value")
        for name, value in cast("Mapping[object, object]", given).items():
            try:
                fact = self._fact(name)
                if value is not None:
                    _put(said.facts, fact.id, fact_value(self._terms, fact, value))
            except SlaError as error:
                self.wrong(f"facts.{shown(name)}", error)

    def _fact(self, name: object) -> Fact:
        spelled = _text(name)
        fact = self.words.facts.get(spelled)
        if fact is not None:
            return fact
        found = self._terms.named(Fact, spelled)
        if found is not None:
            return self._terms.need(Fact, found)
        if self._terms.scale_named(spelled) is not None:
            raise KeyElsewhere(shown(spelled), "a level", "write it beside `facts`, not in it")
        raise UnknownName("fact", shown(spelled), self._terms.names(Fact))


def _text(given: object) -> str:
    return given if isinstance(given, str) else shown(given)


def _put(given: dict[str, V], name: str, value: V) -> None:
    if name in given and given[name] != value:
        raise GivenTwice(name, str(given[name]), str(value))
    given[name] = value
