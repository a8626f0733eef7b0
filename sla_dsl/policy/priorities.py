"""The level of a ticket on a scale, as an answer (R1, R2)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from attrs import frozen
from msgspec.structs import replace

from sla_dsl.policy.answers import Priority, PriorityAnswer, Reason
from sla_dsl.policy.classification import Classified, anything_said, derive, is_derived
from sla_dsl.policy.errors import UnknownName
from sla_dsl.policy.inquiry import Inquiry
from sla_dsl.policy.terms import Scale
from sla_dsl.policy.unknowns import search
from sla_dsl.policy.vocabulary import PRIORITY

if TYPE_CHECKING:
    from sla_dsl.policy.plans import Desk
    from sla_dsl.policy.selection import Chosen
    from sla_dsl.policy.situation import Situation
    from sla_dsl.policy.unknowns import Search, Supposed


@frozen
class Graded:
    """A level as one search found it, and the inquiry that found it."""

    classified: Classified
    inquiry: Inquiry

    @property
    def compared(self) -> object:
        """What must be equal for two cases to have the same answer."""
        return self.classified.answer, self.classified.levels


@frozen(eq=False)
class Grading:
    """How a question about a priority is answered: what was given, and what follows from the rest.

    Called, it puts the reasons of the answer into words.
    """

    desk: Desk
    scale: str
    situation: Situation
    given: str | None
    derived: Search[Graded]
    override: bool

    def __call__(self) -> tuple[Reason, ...]:
        """Return the reasons of the answer."""
        # Words are wanted seldom; until then their modules stay out of the start-up.
        from sla_dsl.policy.reasons.priority import explain_priority

        return explain_priority(self)

    def clauses(self) -> tuple[str, ...]:
        """Return the clauses that the answer looked at."""
        return self.desk.terms.clauses(key for inquiry in self.inquiries for key in inquiry.keys)

    @property
    def inquiries(self) -> tuple[Inquiry, ...]:
        """The searches on which the answer rests; none where the level was given."""
        return () if self.given is not None else tuple(leaf.result.inquiry for leaf in self.derived.leaves)

    @property
    def timely(self) -> bool:
        """Whether anything was looked at that passes: an instant, events, the status."""
        return any(leaf.result.inquiry.timely for leaf in self.derived.leaves)

    @property
    def chosen(self) -> tuple[Chosen, ...]:
        """The readings on which the answer rests (H3)."""
        keys = (key for inquiry in self.inquiries for key in inquiry.keys)
        return tuple(self.desk.doubts.behind(keys).values())

    @property
    def assumptions(self) -> tuple[str, ...]:
        """The facts and scales whose assumed default was used (H4)."""
        return tuple(dict.fromkeys(name for inquiry in self.inquiries for name in inquiry.assumed))

    @property
    def not_computed(self) -> tuple[Chosen, ...]:
        """The readings among them that are not computed: with one, the answer is undetermined."""
        return tuple(one for one in self.chosen if one.reading.not_computed is not None)


def level(desk: Desk, scale: str, situation: Situation, supposed: Supposed | None = None) -> Priority:
    """Return the level on a scale, under suppositions. Raises `UnknownName`, `Circular`, `Unanswerable`."""
    scale = _scale(desk, scale)
    given = situation.levels.get(scale)
    rest = replace(situation, levels={name: level for name, level in situation.levels.items() if name != scale})
    derived = search(partial(_grade, desk, scale, rest), supposed)
    follows = {leaf.result.compared for leaf in derived.leaves}
    said = is_derived(desk.terms, scale) and anything_said(desk.terms, scale, rest)
    override = given is not None and said and follows != {("level", (given,))}
    return _answer(Grading(desk, scale, situation, given, derived, override))


def _scale(desk: Desk, name: str) -> str:
    scale = desk.terms.scale_named(name)
    if scale is None:
        raise UnknownName("scale", name, (*desk.terms.names(Scale), PRIORITY))
    return scale


def _grade(desk: Desk, scale: str, situation: Situation, supposed: Supposed) -> Graded:
    inquiry = Inquiry(desk.terms, desk.calendars, situation, None, supposed)
    found = derive(scale, inquiry) if is_derived(desk.terms, scale) else inquiry.classify(scale)
    inquiry.note_level(found)
    return Graded(found, inquiry)


def _answer(grading: Grading) -> Priority:
    leaves = grading.derived.leaves
    follows = {leaf.result.compared for leaf in leaves}
    answer: PriorityAnswer = "level"
    missing: tuple[str, ...] = ()
    if grading.given is not None:
        levels = (grading.given,)
    elif len(follows) == 1 and grading.derived.complete and not grading.not_computed:
        classified = leaves[0].result.classified
        answer, levels = classified.answer, classified.levels
    else:
        answer = "undetermined"
        order = [level.id for level in grading.desk.terms.scales[grading.scale].levels]
        left = {level for leaf in leaves for level in leaf.result.classified.levels}
        levels = tuple(level for level in order if level in left or not grading.derived.complete)
        missing = grading.derived.missing(lambda graded: graded.compared)
    return Priority(
        grading.scale,
        answer,
        levels[0] if answer == "level" else None,
        grading.override,
        levels,
        missing,
        grading.assumptions,
        tuple((one.ambiguity.id, one.reading.id) for one in grading.chosen),
        grading,
    )
