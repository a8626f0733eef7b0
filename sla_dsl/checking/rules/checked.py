"""What a rule looks at."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property

from attrs import frozen

from sla_dsl.checking.atoms import World
from sla_dsl.checking.names import Names
from sla_dsl.diagnostics import Finding, Place
from sla_dsl.model import Declared, Model
from sla_dsl.policy.terms import Document, Fact, Scale
from sla_dsl.syntax import Node, Statement, Token


@frozen(slots=False)
class Checked:
    """A policy that has been read, the names in it and who used them, and the policy it amends if it is an annex.

    `annexes` are others to the same policy that hold already.
    """

    model: Model
    names: Names
    base: Document | None
    annexes: tuple[Document, ...] = ()

    def declared(self, kind: str) -> tuple[Declared, ...]:
        """The declarations of a kind, those in readings included."""
        return tuple(d for d in self.model.declared if d.term.kind == kind)

    @property
    def is_policy(self) -> bool:
        """Whether this is a whole policy and not an annex, which may leave everything to its policy."""
        return self.model.document.kind == "policy"

    @cached_property
    def unreadable(self) -> tuple[str, ...]:
        """The source documents that could not be read."""
        named = (entry.id for entry in self.names.entries("source"))
        return tuple(name for name in named if name not in self.model.sources)

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """Every statement of the file, those in blocks included, in the order of the text."""
        return tuple(self.model.tree.walk())

    @cached_property
    def world(self) -> World:
        """The facts and scales that conditions speak of; what the policy itself says goes before its readings."""
        readings = [d.term for d in self.model.declared if d.reading is not None]
        own = [d.term for d in self.model.declared if d.reading is None]
        terms = [*readings, *(self.base.declarations if self.base else ()), *own]
        facts = {term.id: term for term in terms if isinstance(term, Fact)}
        scales = {term.id: term for term in terms if isinstance(term, Scale)}
        return World(facts, scales)

    def place(self, part: Statement | Node | Token) -> Place:
        """Where a part of the text stands."""
        return Place(self.model.tree.source, part.span)


Rule = Callable[[Checked], Iterable[Finding]]
