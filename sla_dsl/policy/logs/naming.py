"""A mapping with the names of one policy: what it calls by label is called by id, and what it misnames is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from attrs import evolve

from sla_dsl.errors import SlaError
from sla_dsl.policy.errors import UnknownName
from sla_dsl.policy.logs.mapping import Mapping, Meaning, ValueColumn
from sla_dsl.policy.logs.meanings import value_of
from sla_dsl.policy.terms import Fact, Scale

if TYPE_CHECKING:
    from collections.abc import Callable

    from sla_dsl.policy.vocabulary import Terms

T = TypeVar("T")


class NotInPolicy(SlaError):
    """A mapping that names what a policy does not have. `problems` are all of them, in the order of the mapping.

    >>> print(NotInPolicy("incidents", "helpdesk", (UnknownName("status", "closd", ("closed",)),)))
    the mapping `incidents` does not fit the policy `helpdesk`:
    there is no status `closd`; did you mean `closed`?
    """

    def __init__(self, mapping: str, policy: str, problems: tuple[SlaError, ...]) -> None:
        super().__init__(mapping, policy, problems)
        self.mapping = mapping
        self.policy = policy
        self.problems = problems

    def __str__(self) -> str:
        heading = f"the mapping `{self.mapping}` does not fit the policy `{self.policy}`:"
        return "\n".join((heading, *dict.fromkeys(map(str, self.problems))))


def of_policy(mapping: Mapping, terms: Terms) -> Mapping:
    """Return a mapping with the ids of a policy for its names, which may be labels. Ask it before any row is read.

    A value that the policy knows in one type only (`read "Y" as yes` for a fact that is yes or no) gets that type.

    Raises:
        NotInPolicy: the mapping names what the policy does not have.

    >>> of_policy(mapping, policy.terms).values[0].name  # doctest: +SKIP
    'priority'
    """
    naming = _Naming(terms)
    named = evolve(
        mapping,
        values=tuple(naming.column(one) for one in mapping.values),
        moments=tuple(evolve(one, value=naming.value(one.kind, "", one.value)) for one in mapping.moments),
        changes=tuple(evolve(one, event=naming.value("event", "", one.event)) for one in mapping.changes),
    )
    if naming.problems:
        raise NotInPolicy(mapping.id, terms.document.id, tuple(naming.problems))
    return named


class _Naming:
    """Finds names in a policy and gathers those that it does not have."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.problems: list[SlaError] = []

    def column(self, column: ValueColumn) -> ValueColumn:
        before = len(self.problems)
        name = self._tried(lambda: self._name(column), column.name)
        if len(self.problems) > before:  # of an unknown fact or scale no value is known
            return column
        read = {text: self._meaning(column, name, one) for text, one in column.read.items()}
        return evolve(column, name=name, read=read)

    def value(self, kind: str, name: str, given: str) -> str:
        return self._tried(lambda: str(value_of(self.terms, kind, name, given)), given)

    def _meaning(self, column: ValueColumn, name: str, one: Meaning | None) -> Meaning | None:
        if one is None:
            return None
        own = name if one.kind == column.kind else one.name
        return evolve(
            one, name=own, value=self._tried(lambda: value_of(self.terms, one.kind, own, one.value), one.value)
        )

    def _name(self, column: ValueColumn) -> str:
        if column.kind not in {"level", "fact"}:
            return column.name
        kind = Fact if column.kind == "fact" else Scale
        terms = self.terms
        found = terms.named(Fact, column.name) if kind is Fact else terms.scale_named(column.name)
        if found is None:
            raise UnknownName("fact" if kind is Fact else "scale", column.name, terms.names(kind))
        return found

    def _tried(self, find: Callable[[], T], otherwise: T) -> T:
        try:
            return find()
        except SlaError as error:
            self.problems.append(error)
            return otherwise
