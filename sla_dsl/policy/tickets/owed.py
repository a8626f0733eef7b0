"""How a duty stands (R8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen

from sla_dsl.policy.cases import modality_of
from sla_dsl.policy.deadlines import Bounded, Reached

if TYPE_CHECKING:
    from collections.abc import Hashable

    from sla_dsl.policy.answers import AnswerModality
    from sla_dsl.policy.deadlines import Binding
    from sla_dsl.policy.terms import AnyPromise
    from sla_dsl.policy.tickets.answers import DutyState


def _compared(reached: Reached | Bounded | None) -> Hashable:
    match reached:
        case Reached():
            return reached.at, reached.day, reached.strict
        case Bounded():
            return reached.earliest, reached.latest, reached.missing
        case None:
            return None


@frozen
class Owed:
    """How a duty stands in one case; two are equal if the same is owed until the same time.

    `since` is when it became owed, `start` from when its due time counts, `done` when it was fulfilled. `reached` is
    the due time, counted with what is in `binding`. `until` is when its condition ceased to hold, and `before` how it
    stood by then: what was owed only as long as that held is owed no more (R8).
    """

    state: DutyState
    promise: AnyPromise
    reached: Reached | Bounded | None = field(default=None, eq=_compared)
    binding: Binding | None = field(default=None, eq=False)
    since: int | None = field(default=None, eq=False)
    start: int | None = field(default=None, eq=False)
    done: int | None = field(default=None, eq=False)
    until: int | None = field(default=None, eq=False)
    before: Owed | None = field(default=None, eq=False)

    @property
    def modality(self) -> AnswerModality:
        """How bindingly it is owed (P3)."""
        return modality_of(self.promise)
