"""How a question about a clock is answered: what governs in each case, and the due time from each (P2, H4)."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from attrs import frozen

from sla_dsl.policy.cases import modality_of
from sla_dsl.policy.governing import Governing, governing, matches
from sla_dsl.policy.inquiry import Inquiry
from sla_dsl.policy.terms import Duration, Within
from sla_dsl.policy.unknowns import Undecided, search

if TYPE_CHECKING:
    from sla_dsl.policy.answers import AnswerModality
    from sla_dsl.policy.calendars import Calendars
    from sla_dsl.policy.resting import Doubts
    from sla_dsl.policy.selection import Chosen
    from sla_dsl.policy.situation import Situation
    from sla_dsl.policy.terms import Cascade, Clock, Target
    from sla_dsl.policy.unknowns import Search, Supposed
    from sla_dsl.policy.vocabulary import Terms
    from sla_dsl.worktime import Timetable


@frozen
class Desk:
    """What answers are made from: the terms in force, their calendars, their doubts."""

    terms: Terms
    calendars: Calendars
    doubts: Doubts


@frozen
class Found:
    """What one search found, and the inquiry that found it."""

    governing: Governing
    inquiry: Inquiry


@frozen(slots=False, eq=False)
class Plan:
    """All that a question about a clock says before it is known when the ticket was created.

    Where nothing looked at that instant (`timely` is false), one plan serves every ticket of the same kind.
    """

    desk: Desk
    clock: Clock
    situation: Situation
    searched: Search[Found]
    timely: bool

    @cached_property
    def chosen(self) -> tuple[Chosen, ...]:
        """The readings on which the answer rests (H3)."""
        results = [leaf.result for leaf in self.searched.leaves]
        doubts = self.desk.doubts
        found = doubts.behind(key for result in results for key in result.inquiry.keys)
        for chosen, term in doubts.elsewhere(self.clock.id):
            if chosen.ambiguity.id not in found and any(could_govern(term, result) for result in results):
                found[chosen.ambiguity.id] = chosen
        return tuple(found[name] for name in self.desk.terms.chosen if name in found)

    @cached_property
    def readings(self) -> tuple[tuple[str, str], ...]:
        """The same by id."""
        return tuple((one.ambiguity.id, one.reading.id) for one in self.chosen)

    @cached_property
    def not_computed(self) -> tuple[Chosen, ...]:
        """The readings among them that are not computed: with one, the answer is undetermined."""
        return tuple(one for one in self.chosen if one.reading.not_computed is not None)

    @cached_property
    def assumptions(self) -> tuple[str, ...]:
        """The parameters and facts whose assumed default was used (H4)."""
        return tuple(dict.fromkeys(name for leaf in self.searched.leaves for name in leaf.result.inquiry.assumed))

    @cached_property
    def clauses(self) -> tuple[str, ...]:
        """The clauses that were looked at."""
        keys = (key for leaf in self.searched.leaves for key in leaf.result.inquiry.keys)
        return self.desk.terms.clauses(keys)

    @cached_property
    def priority(self) -> str | None:
        """The level on the scale of the targets, where it was given or follows."""
        scale = self.desk.terms.targets_scale
        if scale is None:
            return None
        if scale in self.situation.levels:
            return self.situation.levels[scale]
        found = {leaf.result.inquiry.known_level(scale) for leaf in self.searched.leaves}
        return found.pop() if len(found) == 1 else None

    @cached_property
    def settled(self) -> bool:
        """Whether everything that can come out is known: no case is left out, and no reading is not computed."""
        return self.searched.complete and not self.not_computed

    @cached_property
    def single(self) -> Governing | None:
        """What governs, where only one thing can come out and no reading leaves it open."""
        if self.settled and len(self.searched.leaves) == 1:
            return self.searched.leaves[0].result.governing
        return None

    @cached_property
    def quick(self) -> tuple[Timetable, int, AnswerModality, bool] | None:
        """The timetable, length, modality and strictness of a limit in hours, where nothing else plays a part."""
        limit = None if self.single is None else self.single.limit
        if self.single is None or self.single.binding is None or not isinstance(limit, Within):
            return None
        budget = limit.budget
        if not isinstance(budget, Duration) or budget.low != budget.high:
            return None
        calendar = self.single.binding.calendar(budget.calendar)
        if calendar is None or calendar.exact is None:
            return None
        return calendar.exact, budget.high, modality_of(self.single.promise), limit.strict


def plan(desk: Desk, clock: Clock, situation: Situation, created: int) -> Plan:
    """Return how a question about a clock is answered. Raises `Unanswerable`, `Circular`, what is wrong with hours.

    Which priorities are left to a ticket is asked only where they differ in their promise: else nothing rests on it.
    """
    timely = False

    def run(supposed: Supposed, *, narrows: bool = False) -> Found:
        nonlocal timely
        inquiry = Inquiry(desk.terms, desk.calendars, situation, created, supposed, narrows=narrows)
        try:
            return Found(governing(clock, inquiry), inquiry)
        finally:
            timely = timely or inquiry.timely

    searched = search(run)
    governs = [leaf.result.governing for leaf in searched.leaves]
    if any((one.term, one.promise) != (governs[0].term, governs[0].promise) for one in governs[1:]):
        searched = search(partial(run, narrows=True))
    return Plan(desk, clock, situation, searched, timely)


def could_govern(term: Target | Cascade, found: Found) -> bool:
    """Return whether a target, as some reading has it, could govern instead of the one that does."""
    if found.governing.not_started:
        return False
    terms, governs = found.inquiry.terms, found.governing.term
    if governs is not None and terms.rank(governs) < terms.rank(term):
        return False
    try:
        return matches(term, found.inquiry.again())
    except Undecided:
        return True
