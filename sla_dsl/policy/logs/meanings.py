"""What a value of a log says under a policy: by the mapping, else by the policy's own names (R3)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from sla_dsl.errors import SlaError
from sla_dsl.policy.errors import UnknownName
from sla_dsl.policy.logs.mapping import Meaning, ValueColumn
from sla_dsl.policy.logs.times import day, instant
from sla_dsl.policy.names import folded
from sla_dsl.policy.situation import typed_value
from sla_dsl.policy.terms import Channel, Event, Fact, Party, Scale, Status
from sla_dsl.worktime import format_instant

if TYPE_CHECKING:
    from sla_dsl.policy.vocabulary import Terms

Named: TypeAlias = type[Event] | type[Status] | type[Channel] | type[Party]

_NAMED: dict[str, tuple[Named, str]] = {
    "event": (Event, "event"),
    "status": (Status, "status"),
    "channel": (Channel, "channel"),
    "caller": (Party, "party"),
}


class UnknownValue(SlaError):
    """A value of a log that neither the mapping nor the policy knows: its row is listed."""

    def __init__(self, columns: tuple[str, ...], text: str, why: str) -> None:
        super().__init__(columns, text, why)
        self.columns = columns
        self.text = text
        self.why = why

    def __str__(self) -> str:
        where = " and ".join(f"`{column}`" for column in self.columns)
        return f"“{self.text}” in {where} is not in the mapping, and {self.why}"


def meaning(terms: Terms, column: ValueColumn, text: str) -> Meaning | None:
    """Return what a value says; None where the mapping says that it says nothing.

    `text` is the value as text: a whole number without a point, yes and no as `true` and `false`. The column has names
    of this policy (`of_policy`).

    Raises:
        UnknownValue: neither the mapping nor the policy knows it.
    """
    known = column.read.get(folded(text), column)
    if not isinstance(known, ValueColumn):
        return known
    if column.ignore_rest:
        return None
    try:
        return Meaning(column.kind, column.name, _as_the_policy_has_it(terms, column, text))
    except SlaError as error:
        raise UnknownValue(column.columns, text, str(error)) from error


def value_of(terms: Terms, kind: str, name: str, given: str | float | bool) -> str | float | bool:
    """Return a value as the JSON form of a ticket has it. Raises `SlaError` where the policy does not know it.

    >>> value_of(terms, "level", "priority", "Critical")  # doctest: +SKIP
    'p1'
    """
    if kind in _NAMED:
        declared, what = _NAMED[kind]
        found = terms.named(declared, str(given))
        if found is None:
            raise UnknownName(what, str(given), terms.names(declared))
        return found
    if kind == "level":
        return terms.level(_scale(terms, name), str(given))
    fact = terms.need(Fact, name)
    value = typed_value(terms, fact.id, fact.type, given)
    if isinstance(value, date):
        return value.isoformat()
    return format_instant(int(value)) if fact.type.name == "instant" else value


def _as_the_policy_has_it(terms: Terms, column: ValueColumn, text: str) -> str | float | bool:
    fact = terms.find(Fact, column.name) if column.kind == "fact" else None
    if fact is not None and fact.type.name == "instant":
        return format_instant(instant(column.times, text))
    if fact is not None and fact.type.name == "date":
        return day(column.times, text).isoformat()
    return value_of(terms, column.kind, column.name, text)


def _scale(terms: Terms, name: str) -> str:
    found = terms.scale_named(name)
    if found is None:
        raise UnknownName("scale", name, terms.names(Scale))
    return found
