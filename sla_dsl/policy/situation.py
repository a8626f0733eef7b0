"""What a question says of a ticket: levels, facts, channel, caller, and when things happened (R1, R3)."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Hashable
from datetime import UTC, date, datetime, tzinfo
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from sla_dsl.policy.errors import BadValue, GivenTwice, MisplacedKey, UnknownName, listed
from sla_dsl.policy.lazily import lazily
from sla_dsl.policy.names import Names
from sla_dsl.policy.terms import Channel, Event, Fact, NumberValue, Party, Scale, TextValue
from sla_dsl.policy.vocabulary import PRIORITY, Terms
from sla_dsl.worktime import from_micros, parse_instant, to_micros, zone
from sla_dsl.worktime.errors import BadInstant

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sla_dsl.policy.terms import Type, Value

T = TypeVar("T")

FactValue = bool | float | str | date
"""What a fact can be: yes or no, a number, a choice or level by id, a date, an instant in microseconds."""

_TICKET_KEYS = {
    "id": "it names a ticket",
    "at": "it is the time at which a ticket is looked at",
    "created": "it is the time of a ticket; `due` takes it as `created=…`",
    "clock": "it is the first argument of `due`",
    "event": "events are entries of a ticket",
    "events": "events are entries of a ticket",
    "status": "a status is an entry of a ticket",
    "facts": "give each fact by its own name",
}
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,400}(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?")
FIRST_INSTANT = to_micros(datetime(1, 1, 2, tzinfo=UTC))
LAST_INSTANT = to_micros(datetime(9999, 12, 31, tzinfo=UTC))
"""What is recorded lies between these, so that every zone can show it."""
_YES_NO = {"yes": True, "true": True, "no": False, "false": False}


ClockStates = Callable[[str, dict[Hashable, Hashable]], frozenset[str]]
"""Gives the states that a clock is in, by its id, under suppositions: `running`, `overdue`, ….

Raises `Undecided` where one is unknown.
"""


class Situation(Struct, frozen=True, dict=True):
    """What is said of a ticket, in ids; what is not there is unknown.

    `recorded` says that everything that happened to the ticket is in `events` (each with the last time it did), so
    that what is not there has not happened. `clocks` tells the states of its clocks. A struct, because a ticket has one
    at every instant at which something happens.
    """

    levels: dict[str, str] = field(default_factory=dict[str, str])
    facts: dict[str, FactValue] = field(default_factory=dict[str, FactValue])
    events: dict[str, int] = field(default_factory=dict[str, int])
    channel: str | None = None
    caller: str | None = None
    status: str | None = None
    recorded: bool = False
    clocks: ClockStates | None = None

    def alike(self, other: Situation) -> bool:
        """Return whether the same is said elsewhere, however the clocks stand."""
        return replace(self, clocks=None) == replace(other, clocks=None)

    @lazily
    def lasting(self) -> Hashable:
        """What holds until it is said otherwise: levels, facts, channel and caller."""
        return (*sorted(self.levels.items()), self.channel, self.caller, *sorted(self.facts.items(), key=_name_of))


def _name_of(item: tuple[str, FactValue]) -> str:
    return item[0]


def read_situation(
    terms: Terms,
    named: Mapping[str, object],
    *,
    priority: object = None,
    channel: object = None,
    caller: object = None,
) -> Situation:
    """Return what a question says, with every name resolved; a value of None is as if it were not there.

    Raises `UnknownName`, `UnknownLevel`, `MisplacedKey`, `BadValue`, `GivenTwice`.
    """
    levels: dict[str, str] = {}
    facts: dict[str, FactValue] = {}
    events: dict[str, int] = {}
    if priority is not None:
        levels[_targets_scale(terms)] = _level(terms, _targets_scale(terms), priority)
    for name, given in named.items():
        if given is None:
            _check_known(terms, name)
            continue
        scale = terms.scale_named(name)
        fact = terms.named(Fact, name)
        event = terms.named(Event, name)
        if scale is not None:
            _put(levels, scale, _level(terms, scale, given))
        elif fact is not None:
            _put(facts, fact, fact_value(terms, terms.need(Fact, fact), given))
        elif event is not None and event == terms.created:
            raise MisplacedKey(name, "it is the creation of the ticket; give it as `created`")
        elif event is not None:
            _put(events, event, read_instant(event, given))
        else:
            _check_known(terms, name)
    return Situation(
        levels,
        facts,
        events,
        None if channel is None else _named(terms, Channel, "channel", channel),
        None if caller is None else _named(terms, Party, "caller", caller),
    )


def _put(given: dict[str, T], name: str, value: T) -> None:
    if name in given and given[name] != value:
        raise GivenTwice(name, str(given[name]), str(value))
    given[name] = value


def _check_known(terms: Terms, name: str) -> None:
    if terms.scale_named(name) or terms.named(Fact, name) or terms.named(Event, name):
        return
    known = (*terms.names(Fact), *terms.names(Scale), PRIORITY, "channel", "caller", *terms.names(Event))
    if name.casefold() in _TICKET_KEYS:
        raise MisplacedKey(name, _TICKET_KEYS[name.casefold()])
    raise UnknownName("fact, level or attribute", name, known)


def _targets_scale(terms: Terms) -> str:
    scale = terms.targets_scale
    if scale is None:
        raise UnknownName("scale", PRIORITY, terms.names(Scale))
    return scale


def _level(terms: Terms, scale: str, given: object) -> str:
    if isinstance(given, bool) or not isinstance(given, str | int):
        levels = [one.id for one in terms.scales[scale].levels]
        raise BadValue(scale, shown(given), f"write one of its levels, {listed(levels)}")
    return terms.level(scale, given if isinstance(given, str) else shown(given))


def _named(terms: Terms, kind: type[Channel | Party], what: str, given: object) -> str:
    found = terms.named(kind, given) if isinstance(given, str) else None
    if found is None:
        raise UnknownName(what if kind is Channel else "party", shown(given), terms.names(kind))
    return found


# ------------------------------------------------------------------------------------------- values


def fact_value(terms: Terms, fact: Fact, given: object) -> FactValue:
    """Return the value of a fact as its type has it. Raises `BadValue`, `UnknownLevel`."""
    return typed_value(terms, fact.id, fact.type, given)


def typed_value(terms: Terms, name: str, kind: Type, given: object) -> FactValue:
    """Return a value as a type of facts has it. Raises `BadValue`, `UnknownLevel`, `UnknownName`."""
    if kind.name == "level":
        scale = terms.scale_named(kind.scale or PRIORITY)
        if scale is None:
            raise UnknownName("scale", kind.scale or PRIORITY, terms.names(Scale))
        return _level(terms, scale, given)
    if kind.name == "one of":
        found = Names.of((choice, ()) for choice in kind.choices).find(given) if isinstance(given, str) else None
        if found is None:
            raise BadValue(name, shown(given), f"it is one of {', '.join(kind.choices)}")
        return found
    return _READERS[kind.name](name, given)


def read_yes_no(name: str, given: object) -> bool:
    """Return a yes or no. Raises `BadValue`."""
    if isinstance(given, bool):
        return given
    if isinstance(given, str) and given.strip().casefold() in _YES_NO:
        return _YES_NO[given.strip().casefold()]
    raise BadValue(name, shown(given), "write `yes` or `no`")


def read_number(name: str, given: object) -> float:
    """Return a finite number. Raises `BadValue`."""
    number = _number_in(given) if isinstance(given, str) else given
    if isinstance(number, int | float) and not isinstance(number, bool) and _is_finite(number):
        return number
    raise BadValue(name, shown(given), "write a number")


def _number_in(text: str) -> float | None:
    text = text.strip()
    if not _NUMBER.fullmatch(text):
        return None
    return float(text) if {".", "e", "E"} & set(text) else int(text)


def _is_finite(number: float) -> bool:
    try:
        return math.isfinite(number)
    except OverflowError:  # a whole number that no float reaches
        return False


def read_date(name: str, given: object) -> date:
    """Return a date. Raises `BadValue`."""
    if isinstance(given, date) and not isinstance(given, datetime):
        return given
    if isinstance(given, str):
        try:
            day = date.fromisoformat(given.strip())
        except ValueError:
            day = None
        if day is not None and day.isoformat() == given.strip():
            return day
    raise BadValue(name, shown(given), "write a date like `2026-12-25`")


def read_instant(name: str, given: object) -> int:
    """Return an instant in microseconds. Raises `BadValue`, `BadInstant`, `NaiveDatetime`."""
    if isinstance(given, str):
        found = parse_instant(given.strip())
    elif isinstance(given, datetime):
        found = to_micros(given)
    else:
        raise BadValue(name, shown(given), "write an instant like `2026-03-06T15:00:00+01:00`")
    if FIRST_INSTANT <= found < LAST_INSTANT:
        return found
    raise BadInstant(shown(given), "it lies outside the years 1 to 9999, or within a day of their ends")


def read_moment(name: str, given: object) -> tuple[int, tzinfo]:
    """Return an instant and the zone in which it was given. Raises as `read_instant` does."""
    t = read_instant(name, given)
    if isinstance(given, datetime):
        return t, given.tzinfo or UTC
    offset = str(given).strip()[-6:]
    return t, UTC if offset[-1] in "Zz" else zone(f"UTC{offset}")


def read_datetime(name: str, given: object) -> datetime:
    """Return an instant as a datetime in the zone in which it was given. Raises as `read_instant` does."""
    t, where = read_moment(name, given)
    return given if isinstance(given, datetime) else from_micros(t, where)


def _not_a_fact(name: str, given: object) -> FactValue:
    raise BadValue(name, shown(given), "facts of this type are not known")


_READERS: dict[str, Callable[[str, object], FactValue]] = {
    "yes or no": read_yes_no,
    "number": read_number,
    "date": read_date,
    "instant": read_instant,
    "holiday list": _not_a_fact,
    "timezone": _not_a_fact,
    "calendar": _not_a_fact,
    "duration": _not_a_fact,
}


def default_of(terms: Terms, fact: Fact) -> FactValue | None:
    """Return the default of a fact, if it has one. Raises `BadValue`, `UnknownLevel`."""
    return None if fact.default is None else typed_value(terms, fact.id, fact.type, _plain(fact.default))


def _plain(value: Value) -> object:
    if isinstance(value, TextValue):
        return value.text
    return value.number if isinstance(value, NumberValue) else value


def shown(given: object) -> str:
    """Return what was given as a message quotes it: not too long, whatever it is."""
    if given is None or isinstance(given, bool):
        return {None: "null", True: "true", False: "false"}[given]
    try:
        text = given if isinstance(given, str) else _written(given)
    except (ValueError, RecursionError):  # a number of thousands of digits, lists within lists
        text = "…"
    return text if len(text) <= 60 else f"{text[:57]}…"


def _written(given: object) -> str:
    """Return a value as JSON has it, where it has it; else as Python does."""
    if isinstance(given, date):
        return given.isoformat()
    try:
        return json.dumps(given, ensure_ascii=False)
    except TypeError:
        return repr(given)


def found_text(value: FactValue) -> str:
    """Return a value as a policy writes it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
