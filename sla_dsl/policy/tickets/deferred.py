"""An answer whose figures are worked out when they are first read: many readers want one of thirty."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Self, TypeVar

from attrs import fields

from sla_dsl.policy.answers import Explained, Json
from sla_dsl.policy.tickets.form import Formed

if TYPE_CHECKING:
    from collections.abc import Mapping

D = TypeVar("D", bound="type[Deferred]")


class Deferred(Explained, Formed):
    """An answer that may be made of a source: what has its fields as properties, by the names of its arguments.

    A field that was read is kept. A pickled or copied answer carries all of them, and no source.
    """

    @classmethod
    def of(cls, source: object) -> Self:
        """Return an answer with the figures of a source."""
        made = object.__new__(cls)
        made.__dict__["_source"] = source
        return made

    def to_dict(self, *, reasons: bool = True) -> Json:
        """Return the form of CONTRACT; without `reasons`, `because` stays empty and no reason is made."""
        self._work_out()
        return super().to_dict(reasons=reasons)

    def __getstate__(self) -> dict[str, object]:
        self._work_out()
        return {name: value for name, value in super().__getstate__().items() if name != "_source"}

    def _work_out(self) -> None:
        """Work out every figure that was not read yet. The source stays: another thread may be reading."""
        own = self.__dict__
        source = own.get("_source")
        if source is not None:
            own.update([(name, getattr(source, of)) for name, of in _names(type(self)).items() if name not in own])


def deferred(kind: D) -> D:
    """Let the fields of an attrs class be worked out when they are first read."""
    for name, of in _names(kind).items():
        setattr(kind, name, _Figure(name, of))
    return kind


class _Figure:
    """A field that is not there yet; once it is, Python does not come by here any more."""

    def __init__(self, name: str, of: str) -> None:
        self.name = name
        self.of = of

    def __get__(self, answer: Deferred | None, kind: type[Deferred]) -> object:
        if answer is None:
            return self
        own = answer.__dict__
        if "_source" not in own:
            raise AttributeError(f"{kind.__name__} has no {self.name} yet", name=self.name, obj=answer)
        value = own[self.name] = getattr(own["_source"], self.of)
        return value


@cache
def _names(kind: type[Deferred]) -> Mapping[str, str]:
    """Return the fields of an answer, and what its source calls them."""
    return {one.name: one.alias or one.name for one in fields(kind)}
