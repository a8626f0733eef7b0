"""The clocks of a ticket at an instant, as answers: what agrees in every way of its life, or bounds for it (P, H4)."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from attrs import frozen

from sla_dsl.errors import SlaError
from sla_dsl.policy.cases import bounds_of, modality_of
from sla_dsl.policy.deadlines import Bounded, Reached
from sla_dsl.policy.tickets.answers import ClockAnswer, LedgerLine, StepAnswer, Warned, seconds
from sla_dsl.policy.tickets.cycle_view import CycleView, view
from sla_dsl.policy.unknowns import Leaf, Search, Undecided
from sla_dsl.worktime import from_micros

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from sla_dsl.policy.answers import AnswerModality, DueAnswer, Reason
    from sla_dsl.policy.inquiry import Inquiry
    from sla_dsl.policy.selection import Chosen, Key
    from sla_dsl.policy.tickets.answers import Verdict
    from sla_dsl.policy.tickets.cycle_view import StepView
    from sla_dsl.policy.tickets.life import Life, Ways
    from sla_dsl.policy.tickets.rulebook import ClockRules, Rulebook


@frozen(slots=False, eq=False)
class CycleAsked:
    """A cycle of a clock in every way of a life that has it. Called, it gives the reasons of its answer.

    `leaves` are all ways, None for those in which the cycle is not there; `error` is why nothing could be computed.
    """

    book: Rulebook
    rules: ClockRules
    ways: Ways
    leaves: tuple[tuple[Life, CycleView | None], ...]
    now: int
    where: tzinfo
    error: SlaError | None = None

    @cached_property
    def views(self) -> tuple[CycleView, ...]:
        """The cycle in each way that has it."""
        return tuple(one for _, one in self.leaves if one is not None)

    @cached_property
    def agreed(self) -> bool:
        """Whether the same comes out in every way, and no reading leaves it open."""
        if self.error is not None or not self.ways.complete or self.not_computed:
            return False
        if len(self.leaves) == 1:
            return True
        return len(self.views) == len(self.leaves) and len({one.compared for one in self.views}) == 1

    @cached_property
    def inquiries(self) -> tuple[Inquiry, ...]:
        """The questions that were settled on the way to the answer."""
        return tuple(inquiry for one in self.views for inquiry in one.cycle.inquiries)

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        """The declarations on which the answer rests."""
        found: dict[Key, None] = {self.rules.clock.key: None}
        for inquiry in self.inquiries:
            found.update(inquiry.keys)
        if self.rules.by_status:
            for life, _ in self.leaves:
                found.update(life.course.keys)
        found.update(dict.fromkeys(one.exclusion.key for one in self.rules.ends))
        return tuple(found)

    @property
    def chosen(self) -> tuple[Chosen, ...]:
        """The readings on which the answer rests (H3)."""
        return self._chosen

    @cached_property
    def _chosen(self) -> tuple[Chosen, ...]:
        found = dict(self.book.behind(self.keys))
        for one in self.views:
            for chosen in self.book.elsewhere(one.cycle.promised):
                found[chosen.ambiguity.id] = chosen
        return tuple(found[name] for name in self.book.desk.terms.chosen if name in found)

    @cached_property
    def not_computed(self) -> tuple[Chosen, ...]:
        """The readings among them that are not computed: with one, the answer is undetermined."""
        return tuple(one for one in self.chosen if one.reading.not_computed is not None)

    @property
    def assumptions(self) -> tuple[str, ...]:
        """The parameters and facts whose assumed default was used (H4)."""
        return tuple(dict.fromkeys(name for inquiry in self.inquiries for name in inquiry.assumed))

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """The names that would determine the answer."""
        if self.agreed and not any(isinstance(one.due, Bounded) for one in self.views):
            return ()
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

        return ledger(self) if self.agreed else ()


def clocks(book: Rulebook, ways: Ways, now: int, where: tzinfo) -> tuple[ClockAnswer, ...]:
    """Return every cycle of every clock that began by now, in order; a clock that did not begin has one entry."""
    return tuple(answer for rules in book.clocks for answer in _clock(book, rules, ways, now, where))


def _clock(book: Rulebook, rules: ClockRules, ways: Ways, now: int, where: tzinfo) -> list[ClockAnswer]:
    runs = [(life, life.runs[rules.clock.id]) for life in ways.lives]
    error = next((run.error for _, run in runs if run.error is not None), None)
    count = max(len(run.cycles) for _, run in runs)
    if error is not None or not count:
        return [
            _without_cycle(CycleAsked(book, rules, ways, tuple((life, None) for life, _ in runs), now, where, error))
        ]
    answers: list[ClockAnswer] = []
    for number in range(count):
        try:
            leaves = tuple(
                (life, view(run, run.cycles[number], now) if number < len(run.cycles) else None) for life, run in runs
            )
            answers.append(_answer(CycleAsked(book, rules, ways, leaves, now, where), number + 1))
        except SlaError as problem:
            asked = CycleAsked(book, rules, ways, tuple((life, None) for life, _ in runs), now, where, problem)
            answers.append(_failed(asked, number + 1))
    return answers


# ---------------------------------------------------------------------------------------- one cycle


def _answer(asked: CycleAsked, number: int) -> ClockAnswer:
    first, agreed = asked.views[0], asked.agreed
    cycle, where = first.cycle, asked.where
    dues = [one.due for one in asked.views] + [None] * (len(asked.leaves) - len(asked.views))
    due = first.due
    answer: DueAnswer = "undetermined"
    if agreed and isinstance(due, Reached):
        answer = "due"
    elif agreed and due is None:
        answer = "no_deadline"
    known = due if answer == "due" and isinstance(due, Reached) else None
    zone = where if known is None or known.zone is None else known.zone
    budget, used = _common([one.cycle.budget for one in asked.views]), _common([one.used for one in asked.views])
    step = cycle.promised.governing.step
    return ClockAnswer(
        clock=asked.rules.clock.id,
        cycle=number,
        step=step.id if step is not None and agreed else None,
        state=first.state,
        verdict=_verdict(asked),
        answer=answer,
        modality=_modality(asked),
        started=from_micros(cycle.started, zone),
        stopped=_shown(_common([one.cycle.stopped for one in asked.views]), zone),
        due=None if known is None else from_micros(known.at, zone),
        due_date=None if known is None else known.day,
        bounds=_bounds(dues, where) if answer == "undetermined" or (known and known.low is not None) else None,
        strict=_strict(dues),
        breached_at=_shown(_common([one.late_at for one in asked.views]), zone),
        used_seconds=seconds(used),
        budget_seconds=seconds(budget),
        used_days=first.used_days(asked.book.desk.calendars.zone) if agreed else None,
        remaining_seconds=seconds(budget - used) if budget is not None and used is not None else None,
        steps=tuple(_step(one, asked) for one in first.steps) if agreed else (),
        warnings=tuple(
            Warned(from_micros(one.at, zone), one.share, seconds(one.before)) for one in first.warnings if agreed
        ),
        readings={one.ambiguity.id: one.reading.id for one in asked.chosen},
        assumptions=asked.assumptions,
        missing=asked.missing,
        write_ledger=asked.ledger,
        explain=asked,
    )


def _common(values: list[int | None]) -> int | None:
    """Return what is the same in every way."""
    return values[0] if all(one == values[0] for one in values) else None


def _shown(at: int | None, zone: tzinfo) -> datetime | None:
    return None if at is None else from_micros(at, zone)


def _verdict(asked: CycleAsked) -> Verdict:
    """Return the verdict, where it is the same in every way (H4)."""
    verdicts: set[Verdict] = {one.verdict for one in asked.views}
    settled = asked.ways.complete and not asked.not_computed and len(asked.views) == len(asked.leaves)
    return verdicts.pop() if settled and len(verdicts) == 1 else "undetermined"


def _modality(asked: CycleAsked) -> AnswerModality | None:
    found: set[AnswerModality] = {one.cycle.modality for one in asked.views}
    return found.pop() if len(found) == 1 and not asked.not_computed else None


def _strict(dues: list[Reached | Bounded | None]) -> bool | None:
    found = {one.strict for one in dues if one is not None}
    return found.pop() if len(found) == 1 else None if found else False


def _bounds(dues: list[Reached | Bounded | None], where: tzinfo) -> tuple[datetime, datetime | None] | None:
    found = bounds_of(dues)
    if found is None:
        return None
    earliest, latest = found
    return from_micros(earliest.at, earliest.zone or where), (
        None if latest is None else from_micros(latest.at, latest.zone or where)
    )


def _step(one: StepView, asked: CycleAsked) -> StepAnswer:
    due = one.due
    answer: DueAnswer = "due" if isinstance(due, Reached) else "no_deadline" if due is None else "undetermined"
    known = due if isinstance(due, Reached) else None
    return StepAnswer(
        one.step,
        one.state,
        one.verdict,
        one.modality,
        answer,
        None if known is None else from_micros(known.at, known.zone or asked.where),
        None if known is None else known.day,
        asked,
    )


# ------------------------------------------------------------------------------------- without a cycle


def _without_cycle(asked: CycleAsked) -> ClockAnswer:
    if asked.error is not None:
        return _failed(asked, 1)
    life = asked.leaves[0][0]
    void = all(one.runs[asked.rules.clock.id].ended is not None for one, _ in asked.leaves)
    modality: AnswerModality | None = None
    try:
        promised = asked.book.promised(asked.rules, life.course.situation(), asked.now, life.supposed)
        modality = modality_of(promised.governing.promise)
    except Undecided:  # what would govern rests on something unknown
        modality = None
    return ClockAnswer(
        clock=asked.rules.clock.id,
        cycle=1,
        step=None,
        state="void" if void else "not_started",
        verdict="not_measured",
        answer="no_deadline",
        modality=modality,
        strict=False,
        readings={one.ambiguity.id: one.reading.id for one in asked.chosen},
        explain=asked,
    )


def _failed(asked: CycleAsked, number: int) -> ClockAnswer:
    return ClockAnswer(
        clock=asked.rules.clock.id,
        cycle=number,
        step=None,
        state="running",
        verdict="undetermined",
        answer="undetermined",
        modality=None,
        explain=asked,
    )
