"""An answer whose figures are worked out when they are first read: many readers want one of thirty."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Self

from attrs import fields_dict

from sla_dsl.policy.answers import Explained

if TYPE_CHECKING:
    from collections.abc import Mapping


class Deferred(Explained):
    """An answer that may be made of a source: what has its fields as properties, by the names of its arguments.

    A field that was read is kept. A pickled or copied answer carries all of them, and no source.
    """

    @classmethod
    def of(cls, source: object) -> Self:
        """Return an answer with the figures of a source."""
        made = object.__new__(cls)
        made.__dict__["_source"] = source
        return made

    if not TYPE_CHECKING:  # every field is declared

        def __getattr__(self, name: str) -> object:
            source = self.__dict__.get("_source")
            if source is None or name not in _fields_of(type(self)):
                raise AttributeError(f"{type(self).__name__} has no {name}", name=name, obj=self)
            value = self.__dict__[name] = getattr(source, name.lstrip("_"))
            return value

    def __getstate__(self) -> dict[str, object]:
        figures = {name: getattr(self, name) for name in _fields_of(type(self))}
        state = {**super().__getstate__(), **figures, "_explain": None}
        state.pop("_source", None)
        return state


@cache
def _fields_of(kind: type[Deferred]) -> Mapping[str, object]:
    return fields_dict(kind)
