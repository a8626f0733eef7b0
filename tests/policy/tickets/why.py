"""Reasons that are there without a policy."""

from __future__ import annotations

from attrs import define, field

from sla_dsl.policy.answers import Reason
from sla_dsl.policy.selection import Chosen


@define(eq=False)
class Because:
    """Gives the same reasons whenever it is asked; `made` counts how often that is."""

    reasons: tuple[Reason, ...]
    chosen: tuple[Chosen, ...] = ()
    assumptions: tuple[str, ...] = ()
    made: int = field(default=0, init=False)

    @classmethod
    def of(cls, *reasons: Reason) -> Because:
        return cls(reasons)

    def __call__(self) -> tuple[Reason, ...]:
        self.made += 1
        return self.reasons

    def clauses(self) -> tuple[str, ...]:
        return tuple(reason.clause for reason in self.reasons)
