"""A ticket as a program gives it: its first values, and what was recorded of it later (CONTRACT, forms)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import frozen

from sla_dsl.errors import SlaError
from sla_dsl.policy.errors import BadValue
from sla_dsl.policy.situation import read_datetime, shown
from sla_dsl.policy.tickets.errors import BadTicket, MissingKey, Problem
from sla_dsl.policy.tickets.form import form

if TYPE_CHECKING:
    from collections.abc import Callable

    from sla_dsl.policy.answers import Json

T = TypeVar("T")
Level = str | int
"""A level by id or label; a number is a label."""


@frozen(init=False)
class Event:
    """An entry of a ticket: when it was recorded, and any of an event, a status, levels, facts, channel and caller.

    A level or attribute is given by the name of its scale; `due` is the time agreed with an event that agrees one.
    Names are those of a policy, ids or labels; they are looked up when the ticket is evaluated.

    Raises `BadTicket` for an instant without a zone, and for facts that are no table.

    Example: `Event("2026-03-06T15:10:00+01:00", status="in_progress", priority="p2")`.
    """

    at: datetime
    event: str | None
    status: str | None
    priority: Level | None
    channel: str | None
    caller: str | None
    facts: Mapping[str, object]
    levels: Mapping[str, Level]
    due: datetime | None

    if TYPE_CHECKING:

        def __attrs_init__(self, *fields: object) -> None: ...

    def __init__(
        self,
        /,
        at: datetime | str,
        *,
        event: str | None = None,
        status: str | None = None,
        priority: Level | None = None,
        channel: str | None = None,
        caller: str | None = None,
        facts: Mapping[str, object] | None = None,
        due: datetime | str | None = None,
        **levels: Level,
    ) -> None:
        wrong: list[Problem] = []
        with_zone = _checked(wrong, "at", at, read_datetime)
        agreed = None if due is None else _checked(wrong, "due", due, read_datetime)
        known = _checked(wrong, "facts", {} if facts is None else facts, _table)
        _refuse(wrong)
        self.__attrs_init__(with_zone, event, status, priority, channel, caller, known, levels, agreed)

    @classmethod
    def from_dict(cls, data: Mapping[str, object]) -> Self:
        """Return the entry in its JSON form. Raises `BadTicket`."""
        return _made(cls, data, "at", "the time at which it was recorded")

    def data(self) -> Json:
        """Return the entry with the keys of its form, and its values as they are."""
        said = {"at": self.at, "event": self.event, "status": self.status, "due": self.due}
        return {**_given(said), **_first_values(self)}

    def to_dict(self) -> Json:
        """Return the JSON form of CONTRACT; what was not given is not there."""
        return {key: form(value) for key, value in self.data().items()}


@frozen(init=False)
class Ticket:
    """A ticket: when it was created, its first values, and its entries. The arguments are the keys of the JSON form.

    A level or attribute is given by the name of its scale; `priority` is always the scale that carries the targets.
    Instants are datetimes with a zone, or RFC 3339 texts. Names are those of a policy, ids or labels; they are looked
    up when the ticket is evaluated.

    Raises `BadTicket`, with the path of every field, for an instant without a zone and for parts of another kind.

    Example: `Ticket(id="7", created="2026-03-06T15:00:00+01:00", severity="high", events=[Event(…, event="replied")])`.
    """

    created: datetime
    id: str | int | None
    events: tuple[Event, ...]
    priority: Level | None
    channel: str | None
    caller: str | None
    facts: Mapping[str, object]
    levels: Mapping[str, Level]

    if TYPE_CHECKING:

        def __attrs_init__(self, *fields: object) -> None: ...

    def __init__(
        self,
        /,
        *,
        created: datetime | str,
        id: str | int | None = None,  # noqa: A002 - the key of the form
        events: Iterable[Event | Mapping[str, object]] | None = None,
        priority: Level | None = None,
        channel: str | None = None,
        caller: str | None = None,
        facts: Mapping[str, object] | None = None,
        **levels: Level,
    ) -> None:
        wrong: list[Problem] = []
        with_zone = _checked(wrong, "created", created, read_datetime)
        known = _checked(wrong, "facts", {} if facts is None else facts, _table)
        listed = _checked(wrong, "events", () if events is None else events, _entries)
        entries = [_entry(wrong, number, one) for number, one in enumerate(listed or ())]
        _refuse(wrong, id)
        self.__attrs_init__(with_zone, id, tuple(entries), priority, channel, caller, known, levels)

    @classmethod
    def from_dict(cls, data: Mapping[str, object]) -> Self:
        """Return the ticket in its JSON form. Raises `BadTicket`."""
        return _made(cls, data, "created", "the time at which the ticket was created")

    def data(self) -> Json:
        """Return the ticket with the keys of its form, and its values as they are."""
        events: Json = {"events": [one.data() for one in self.events]} if self.events else {}
        return {**_given({"id": self.id, "created": self.created}), **_first_values(self), **events}

    def to_dict(self) -> Json:
        """Return the JSON form of CONTRACT; what was not given is not there."""
        return {key: form(value) for key, value in self.data().items()}


# ---------------------------------------------------------------------------------- reading the arguments


def _checked(wrong: list[Problem], path: str, given: object, read: Callable[[str, object], T]) -> T:
    """Return an argument as `read` gives it; where it is wrong, that is noted, and what comes back does not count."""
    try:
        return read(path, given)
    except SlaError as error:
        wrong.append(Problem(path, error))
        return cast("T", None)


def _refuse(wrong: list[Problem], ticket: object = None) -> None:
    if wrong:
        raise BadTicket(tuple(wrong), None if ticket is None else shown(ticket))


def _table(name: str, given: object) -> Mapping[str, object]:
    if not isinstance(given, Mapping):
        raise BadValue(name, shown(given), "write each fact with its value")
    return dict(cast("Mapping[str, object]", given))


def _entries(name: str, given: object) -> list[object]:
    if isinstance(given, Iterable) and not isinstance(given, str | bytes | Mapping):
        return list(cast("Iterable[object]", given))
    raise BadValue(name, shown(cast("object", given)), "write a list of entries")


def _entry(wrong: list[Problem], number: int, given: Any) -> Event:
    try:
        return given if isinstance(given, Event) else Event.from_dict(given)
    except BadTicket as error:
        inside = f"events[{number}]"
        wrong.extend(Problem(".".join(filter(None, (inside, one.path))), one.error) for one in error.problems)
        return cast("Event", None)


def _made(kind: type[T], data: object, needed: str, what: str) -> T:
    """Return a ticket or entry made of its JSON form."""
    if not isinstance(data, Mapping):
        name = "entry" if kind is Event else "ticket"
        raise BadTicket((Problem("", BadValue(name, shown(data), "write an object with its keys")),))
    given = {shown(key): value for key, value in cast("Mapping[object, object]", data).items()}
    if needed not in given:
        raise BadTicket((Problem(needed, MissingKey(needed, what)),))
    return kind(**given)


# --------------------------------------------------------------------------------------------- giving


def _given(said: Mapping[str, object]) -> Json:
    return {key: value for key, value in said.items() if value is not None}


def _first_values(of: Ticket | Event) -> Json:
    said = {"priority": of.priority, "channel": of.channel, "caller": of.caller, "facts": of.facts or None}
    return {**_given(said), **of.levels}
