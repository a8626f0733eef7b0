"""What a rule looks at."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from attrs import frozen

from sla_dsl.checking.names import Names
from sla_dsl.diagnostics import Finding
from sla_dsl.model import Declared, Model
from sla_dsl.policy.terms.document import Document


@frozen
class Checked:
    """A policy that has been read, the names in it and who used them, and the policy it amends if it is an annex."""

    model: Model
    names: Names
    base: Document | None

    def declared(self, kind: str) -> tuple[Declared, ...]:
        """The declarations of a kind, those in readings included."""
        return tuple(d for d in self.model.declared if d.term.kind == kind)

    @property
    def is_policy(self) -> bool:
        """Whether this is a whole policy and not an annex, which may leave everything to its policy."""
        return self.model.document.kind == "policy"


Rule = Callable[[Checked], Iterable[Finding]]
