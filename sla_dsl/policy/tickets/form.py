"""Values as JSON has them: what `to_dict` gives (CONTRACT, forms)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, cast

from attrs import fields

from sla_dsl.policy.answers import Explained, Json, rfc3339


class Formed:
    """A value whose form has the names of its fields, in their order, and its reasons last."""

    __slots__ = ()

    def to_dict(self, *, reasons: bool = True) -> Json:
        """Return the form of CONTRACT; without `reasons`, `because` stays empty and no reason is made."""
        made: Json = {name: form(getattr(self, name), reasons=reasons) for name in _keys(type(self))}
        return {**made, "because": self.because_form(reasons=reasons)} if isinstance(self, Explained) else made


@cache
def _keys(kind: type[Formed]) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind) if not one.name.startswith("_"))


def form(value: object, *, reasons: bool = True) -> object:
    """Return a value as JSON has it: instants as RFC 3339, dates as ISO texts, tuples as lists.

    Without `reasons` no reason of any answer in it is made.

    >>> form((date(2026, 3, 6), None))
    ['2026-03-06', None]
    """
    if value is None or value.__class__ in _AS_IT_IS:
        return value
    if isinstance(value, tuple | list):
        return [form(one, reasons=reasons) for one in cast("Sequence[object]", value)]
    for kind, write in _WRITERS:
        if isinstance(value, kind):
            return write(value)
    answer = cast("Any", value)  # everything else in an answer has a form of its own
    made: object = answer.to_dict(reasons=reasons) if isinstance(value, Explained) else answer.to_dict()
    return made


def _object(values: Mapping[object, object]) -> Json:
    return {str(key): form(one) for key, one in values.items()}


_AS_IT_IS = frozenset({bool, int, float, str})
_WRITERS: tuple[tuple[type, Callable[[Any], object]], ...] = (
    (datetime, rfc3339),
    (date, date.isoformat),
    (Mapping, _object),
    # Subclasses of plain values, in an entry as a program gave it.
    (str, str),
    (int, int),
    (float, float),
)
