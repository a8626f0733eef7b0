"""What a policy in force declares, found by kind and name."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from attrs import frozen

from sla_dsl.policy.errors import Unanswerable, UnknownLevel, UnknownName
from sla_dsl.policy.names import Names
from sla_dsl.policy.selection import InForce, in_force
from sla_dsl.policy.terms import (
    Calendar,
    Cascade,
    Channel,
    Clock,
    Declaration,
    Event,
    Fact,
    Matrix,
    Parameter,
    Party,
    Scale,
    Status,
    Target,
)
from sla_dsl.policy.thresholds import representatives

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sla_dsl.policy.selection import Chosen, Filled, Key
    from sla_dsl.policy.terms import AnyDeclaration, Document, Value

D = TypeVar("D", bound=Declaration)

PRIORITY = "priority"
"""The name that always addresses the scale which carries the targets (R1)."""


def tag_of(kind: type[Declaration]) -> str:
    """Return the kind of a declaration as reasons and keys name it."""
    return str(kind.__struct_config__.tag)


def labels_of(declaration: Declaration) -> tuple[str, ...]:
    """Return the labels under which a declaration can be named beside its id."""
    if isinstance(declaration, Status) and declaration.labels:
        return declaration.labels
    return () if declaration.label is None else (declaration.label,)


@frozen(slots=False, eq=False)
class Terms:
    """A policy as it holds under its annexes, readings and values: what the run time asks.

    >>> Terms.of(document).find(Clock, "response").label  # doctest: +SKIP
    'First answer'
    """

    document: Document
    annexes: tuple[Document, ...]
    held: InForce

    @classmethod
    def of(
        cls,
        document: Document,
        annexes: Iterable[Document] = (),
        readings: Mapping[str, str] | None = None,
        values: Mapping[str, Value] | None = None,
        unset: Iterable[str] = (),
    ) -> Terms:
        """Return the terms in force. Raises as `in_force` does."""
        annexes = tuple(annexes)
        return cls(document, annexes, in_force(document, annexes, readings, values, unset))

    @property
    def declarations(self) -> dict[Key, AnyDeclaration]:
        """Everything declared, by kind and id."""
        return self.held.declarations

    @property
    def chosen(self) -> dict[str, Chosen]:
        """The reading in force of each ambiguity."""
        return self.held.chosen

    def filled(self, parameter: str) -> Filled | None:
        """Return the value that a parameter has, if it has one."""
        return self.held.filled.get(parameter)

    # ------------------------------------------------------------------------------------ declarations

    def find(self, kind: type[D], name: str) -> D | None:
        """Return the declaration of a kind with this id, if there is one."""
        found = self.held.declarations.get((tag_of(kind), name))
        return found if isinstance(found, kind) else None

    def need(self, kind: type[D], name: str) -> D:
        """Return a declaration that the policy itself speaks of. Raises `Unanswerable`."""
        found = self.find(kind, name)
        if found is None:
            raise Unanswerable(tag_of(kind), name)
        return found

    def all(self, kind: type[D]) -> tuple[D, ...]:
        """Return all declarations of a kind, in the order of the policy."""
        return tuple(one for one in self.held.declarations.values() if isinstance(one, kind))

    def clauses(self, keys: Iterable[Key]) -> tuple[str, ...]:
        """Return the names under which reasons speak of declarations, each once."""
        found = (self.held.declarations.get(key) for key in keys)
        return tuple(dict.fromkeys(one.clause for one in found if one is not None))

    @cached_property
    def scales(self) -> dict[str, Scale]:
        """The scales and attributes by id."""
        return {scale.id: scale for scale in self.all(Scale)}

    @cached_property
    def targets_scale(self) -> str | None:
        """The scale that carries the targets: the declared one, else the one called `priority` (R1)."""
        for part in (*reversed(self.annexes), self.document):
            if part.targets_scale is not None:
                return part.targets_scale
        return PRIORITY if PRIORITY in self.scales else None

    @cached_property
    def axes(self) -> frozenset[str]:
        """The scales that a matrix combines."""
        return frozenset(axis for matrix in self.all(Matrix) for axis in (matrix.rows, matrix.columns))

    @cached_property
    def created(self) -> str | None:
        """The event that `created` is (R6)."""
        named = (part.created for part in (*reversed(self.annexes), self.document))
        return next((name for name in named if name is not None), None)

    @cached_property
    def promises(self) -> dict[str, tuple[Target | Cascade, ...]]:
        """The targets and cascades of each clock in the order in which they are tried: those with a condition first."""
        by_clock: dict[str, list[Target | Cascade]] = {}
        for one in self.held.declarations.values():
            if isinstance(one, Target | Cascade):
                by_clock.setdefault(one.clock, []).append(one)
        return {clock: tuple(sorted(some, key=self.rank)) for clock, some in by_clock.items()}

    @cached_property
    def _positions(self) -> dict[Key, int]:
        return {key: position for position, key in enumerate(self.held.declarations)}

    def rank(self, term: Target | Cascade) -> tuple[bool, int]:
        """Return where a target stands among those of its clock: with a condition first, then in written order.

        One that only another reading declares would stand in its place, or at the end.
        """
        return term.condition is None, self._positions.get(term.key, len(self._positions))

    @cached_property
    def representatives(self) -> dict[str, tuple[float, ...]]:
        """Numbers that stand for all, by the fact that is compared with numbers."""
        return representatives(self.held.declarations.values())

    @cached_property
    def initial_status(self) -> str | None:
        """The status of a new ticket, where the policy declares exactly one as initial."""
        initial = [status.id for status in self.all(Status) if status.initial]
        return initial[0] if len(initial) == 1 else None

    # ------------------------------------------------------------------------------------------- names

    @cached_property
    def _names(self) -> dict[type[Declaration], Names]:
        return {
            kind: Names.of((one.id, labels_of(one)) for one in self.all(kind))
            for kind in (Calendar, Channel, Clock, Event, Fact, Parameter, Party, Scale, Status)
        }

    @cached_property
    def _level_names(self) -> dict[str, Names]:
        return {id_: Names.of((level.id, level.labels) for level in scale.levels) for id_, scale in self.scales.items()}

    def named(self, kind: type[Declaration], name: str) -> str | None:
        """Return the id of what a question calls by id or label, if there is such a declaration."""
        return self._names[kind].find(name)

    def names(self, kind: type[Declaration]) -> tuple[str, ...]:
        """Return the ids of all declarations of a kind."""
        return self._names[kind].ids

    def clock(self, name: str) -> Clock:
        """Return a clock by id or label. Raises `UnknownName`."""
        found = self.named(Clock, name)
        if found is None:
            raise UnknownName("clock", name, self._names[Clock].known())
        return self.need(Clock, found)

    def parameter(self, name: str) -> Parameter:
        """Return a parameter by id or label. Raises `UnknownName`."""
        found = self.named(Parameter, name)
        if found is None:
            raise UnknownName("parameter", name, self._names[Parameter].known())
        return self.need(Parameter, found)

    def level(self, scale: str, text: str) -> str:
        """Return the id of a level of a scale by id or label. Raises `UnknownLevel`."""
        names = self._level_names[scale]
        found = names.find(text)
        if found is None:
            raise UnknownLevel(scale, text, names.known())
        return found

    def scale_named(self, name: str) -> str | None:
        """Return the id of the scale or attribute with this name; `priority` is the one that carries the targets."""
        if name.casefold() == PRIORITY and self.targets_scale is not None:
            return self.targets_scale
        return self.named(Scale, name)

    def spoken(self, scale: str) -> str:
        """Return the name under which a question gives the level of a scale: `priority` for that of the targets."""
        return PRIORITY if scale == self.targets_scale else scale
