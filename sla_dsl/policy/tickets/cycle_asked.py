"""A cycle of a clock in every way of a ticket's life: what an answer about it is made of, and rests on (P, H3, H4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from sla_dsl.policy.deadlines import Bounded
from sla_dsl.policy.lazily import lazily
from sla_dsl.policy.tickets.cycle_view import due_time
from sla_dsl.policy.unknowns import Leaf, Search
from sla_dsl.worktime.errors import OutsideYears

if TYPE_CHECKING:
    from datetime import tzinfo

    from sla_dsl.errors import SlaError
    from sla_dsl.policy.answers import Reason
    from sla_dsl.policy.inquiry import Inquiry
    from sla_dsl.policy.selection import Chosen, Key
    from sla_dsl.policy.tickets.answers import LedgerLine
    from sla_dsl.policy.tickets.clock_rules import ClockRules
    from sla_dsl.policy.tickets.cycle_view import CycleView
    from sla_dsl.policy.tickets.life import Life, Ways
    from sla_dsl.policy.tickets.promised import Promised
    from sla_dsl.policy.tickets.rulebook import Rests, Rulebook


class CycleAsked(Struct, frozen=True, eq=False, dict=True):
    """A cycle of a clock in every way of a life that has it. Called, it gives the reasons of its answer.

    `leaves` are all ways, None for those in which the cycle is not there; `views` those that have it. `error` is why
    nothing could be computed.
    """

    book: Rulebook
    rules: ClockRules
    ways: Ways
    leaves: tuple[tuple[Life, CycleView | None], ...]
    views: tuple[CycleView, ...]
    now: int
    where: tzinfo
    error: SlaError | None = None

    @classmethod
    def of(
        cls, book: Rulebook, rules: ClockRules, ways: Ways, views: list[CycleView | None], now: int, where: tzinfo,
        error: SlaError | None = None,
    ) -> CycleAsked:  # fmt: skip
        """Return a cycle as each way has it."""
        leaves = tuple(zip(ways.lives, views, strict=True))
        return cls(book, rules, ways, leaves, tuple([one for one in views if one is not None]), now, where, error)

    @lazily
    def rests(self) -> Rests:
        """What the answer rests on."""
        promises: dict[Promised, None] = {}
        asked: list[Inquiry] = []
        statuses: dict[str, None] = {}
        for one in self.views:
            promises.update(dict.fromkeys(one.cycle.promises))
            asked += one.cycle.asked
        if self.rules.by_status:
            for life in self.ways.lives:
                statuses.update(life.course.visited)
        return self.book.rests(self.rules, tuple(promises), tuple(asked), tuple(statuses))

    @property
    def agreed(self) -> bool:
        """Whether the same comes out in every way, and no reading leaves it open."""
        return self._settled and (len(self.leaves) == 1 or self._same)

    @property
    def same_due(self) -> bool:
        """Whether every way has the cycle, with the same due time, and no reading leaves it open.

        Whether it is strict may still be another in each way.
        """
        if not self._settled:
            return False
        if len(self.leaves) == 1:
            return True
        return len(self.views) == len(self.leaves) and len({due_time(one.due) for one in self.views}) == 1

    @property
    def _settled(self) -> bool:
        return self.error is None and self.ways.complete and not self.not_computed

    @lazily
    def _same(self) -> bool:
        return len(self.views) == len(self.leaves) and len({one.compared for one in self.views}) == 1

    @property
    def inquiries(self) -> tuple[Inquiry, ...]:
        """The questions that were settled on the way to the answer."""
        cycles = [one.cycle for one in self.views]
        return tuple(
            inquiry for cycle in cycles for inquiry in (*(one.inquiry for one in cycle.promises), *cycle.asked)
        )

    @property
    def keys(self) -> tuple[Key, ...]:
        """The declarations on which the answer rests."""
        return self.rests.keys

    @property
    def chosen(self) -> tuple[Chosen, ...]:
        """The readings on which the answer rests (H3)."""
        return self.rests.chosen

    @property
    def not_computed(self) -> tuple[Chosen, ...]:
        """The readings among them that are not computed: with one, the answer is undetermined."""
        return self.rests.not_computed if self.book.leaves_open else ()

    @property
    def assumptions(self) -> tuple[str, ...]:
        """The parameters and facts whose assumed default was used (H4)."""
        return self.rests.assumptions

    @property
    def missing(self) -> tuple[str, ...]:
        """The names that would determine the answer."""
        if self.agreed and not any(isinstance(one.due, Bounded) for one in self.views):
            return ()
        return self._missing

    @lazily
    def _missing(self) -> tuple[str, ...]:
        leaves = tuple(Leaf(life.supposed, one) for life, one in self.leaves)
        decide = Search(leaves, self.ways.unknowns, self.ways.complete).missing(
            lambda one: None if one is None else one.compared
        )
        parameters = (name for one in self.views if isinstance(one.due, Bounded) for name in one.due.missing)
        return tuple(dict.fromkeys((*decide, *parameters)))

    def __call__(self) -> tuple[Reason, ...]:
        """Return the reasons of the answer."""
        from sla_dsl.policy.reasons.cycles import explain_cycle

        return explain_cycle(self)

    def clauses(self) -> tuple[str, ...]:
        """Return the clauses that the answer looked at."""
        return self.book.desk.terms.clauses(self.keys)

    def ledger(self) -> tuple[LedgerLine, ...]:
        """Return where the time of the cycle went (H6)."""
        from sla_dsl.policy.tickets.ledger import ledger

        try:
            return ledger(self)
        except OutsideYears:  # the calendar does not reach to the instant asked about
            return ()
