"""A ticket read under a policy: every name resolved, every mistake found, the entries in order (R3, R6)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from sla_dsl.errors import SlaError
from sla_dsl.policy.errors import BadValue
from sla_dsl.policy.situation import read_moment, shown
from sla_dsl.policy.tickets.errors import MissingKey
from sla_dsl.policy.tickets.keys import KeyReader, Said
from sla_dsl.policy.tickets.order import ordered
from sla_dsl.policy.tickets.recorded import Entry, Recorded
from sla_dsl.policy.tickets.ticket import Event, Ticket
from sla_dsl.policy.tickets.usual import usual_entry

if TYPE_CHECKING:
    from datetime import tzinfo

    from sla_dsl.policy.vocabulary import Terms


def read_ticket(terms: Terms, given: Ticket | Mapping[str, object], zone: tzinfo | None = None) -> Recorded:
    """Return what was recorded of a ticket, given as a `Ticket` or in its JSON form (R6).

    `zone` is the one in which instants are told; without it that of `created`. Raises `BadTicket` with everything that
    is wrong with it, each with the path of its field.
    """
    read = KeyReader(terms)
    data = _keys(read, given.data() if isinstance(given, Ticket) else given, "ticket", "created")
    said, entries = Said(), list[Entry]()
    ticket: str | None = None
    created: tuple[int, tzinfo] | None = None
    for key, value in data.items():
        try:
            if key == "created":
                created = read_moment("created", value)
            elif key == "id" and value is not None:
                ticket = _id(value)
            elif key == "events" and value is not None:
                words = read.words
                entries = [
                    usual_entry(words, one, number) or _entry(read, one, number)
                    for number, one in enumerate(_list(value))
                ]
            else:
                read.read_first(said, key, value)
        except SlaError as error:
            read.wrong(key, error)
    read.refuse(ticket)
    at, given_in = cast("tuple[int, tzinfo]", created)  # without it something was wrong
    where = zone or given_in
    creation = said.entry(at, terms.created, None, {})
    in_order, irregular = ordered(creation, entries, read.words.early, where)
    return Recorded(ticket, at, where, in_order, irregular)


def read_entry(terms: Terms, given: Event | Mapping[str, object]) -> Entry:
    """Return one entry, at its own time, given as an `Event` or in its JSON form. Raises `BadTicket`."""
    read = KeyReader(terms)
    entry = _entry(read, given, None)
    read.refuse()
    return entry


def _entry(read: KeyReader, given: object, number: int | None) -> Entry:
    """Return an entry at its own time; what is wrong with it is noted."""
    read.number = number
    data = _keys(read, given.data() if isinstance(given, Event) else given, "entry", "at")
    said = Said()
    for key, value in data.items():
        try:
            read.read_entry(said, key, value)
        except SlaError as error:
            read.wrong(key, error)
    read.check_agreed(said)
    read.number = None
    return said.entry(said.at or 0, said.event, number, _copy(data))


_NEEDED = {"created": "the time at which the ticket was created", "at": "the time at which it was recorded"}


def _keys(read: KeyReader, given: object, what: str, needed: str) -> Mapping[object, object]:
    """Return the keys and values of an object, none where it is no object or misses the key that it needs."""
    if not isinstance(given, (dict, Mapping)):  # what is a dict is known at once
        read.wrong(None, BadValue(what, shown(given), f"write an object with `{needed}` and other keys"))
        return {}
    if needed not in given:
        read.wrong(needed, MissingKey(needed, _NEEDED[needed]))
    return cast("Mapping[object, object]", given)


def _copy(data: Mapping[object, object]) -> Mapping[str, object]:
    """Return an entry as it was given, safe from what the program does with its own."""
    copy = dict(cast("Mapping[str, object]", data))
    facts = copy.get("facts")
    if facts is not None and isinstance(facts, Mapping):
        copy["facts"] = dict(cast("Mapping[str, object]", facts))
    return copy


def _id(given: object) -> str:
    if isinstance(given, bool) or not isinstance(given, str | int):
        raise BadValue("id", shown(given), "write a text or a whole number")
    return given if isinstance(given, str) else shown(given)


def _list(given: object) -> list[object] | tuple[object, ...]:
    if not isinstance(given, list | tuple):
        raise BadValue("events", shown(given), "write a list of entries")
    return cast("list[object]", given)
