"""The clocks of a ticket at an instant, as answers: what agrees in every way of its life, or bounds for it (P, H4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from attrs import evolve, frozen
from msgspec import Struct

from sla_dsl.errors import SlaError
from sla_dsl.policy.cases import bounds_of, modality_of
from sla_dsl.policy.deadlines import Bounded, Reached
from sla_dsl.policy.lazily import lazily
from sla_dsl.policy.tickets.answers import ClockAnswer, LedgerLine, StepAnswer, Warned, seconds
from sla_dsl.policy.tickets.cycle_view import CycleView, due_time, view
from sla_dsl.policy.tickets.steps import StepAsked
from sla_dsl.policy.unknowns import Leaf, Search, Undecided
from sla_dsl.worktime import from_micros
from sla_dsl.worktime.errors import OutsideYears

if TYPE_CHECKING:
    from datetime import date, datetime, tzinfo

    from sla_dsl.policy.answers import AnswerModality, DueAnswer, Reason
    from sla_dsl.policy.inquiry import Inquiry
    from sla_dsl.policy.selection import Chosen, Key
    from sla_dsl.policy.tickets.answers import ClockState, Verdict
    from sla_dsl.policy.tickets.clock_rules import ClockRules
    from sla_dsl.policy.tickets.cycle_view import StepView
    from sla_dsl.policy.tickets.life import Life, Ways
    from sla_dsl.policy.tickets.promised import Promised
    from sla_dsl.policy.tickets.rulebook import Rests, Rulebook

T = TypeVar("T")


class CycleAsked(Struct, frozen=True, eq=False, dict=True):
    """A cycle of a clock in every way of a life that has it. Called, it gives the reasons of its answer.

    `leaves` are all ways, None for those in which the cycle is not there; `views` those that have it. `rests` is what
    the answer rests on, `error` why nothing could be computed.
    """

    book: Rulebook
    rules: ClockRules
    ways: Ways
    leaves: tuple[tuple[Life, CycleView | None], ...]
    views: tuple[CycleView, ...]
    now: int
    where: tzinfo
    rests: Rests
    error: SlaError | None = None

    @classmethod
    def of(
        cls, book: Rulebook, rules: ClockRules, ways: Ways, views: list[CycleView | None], now: int, where: tzinfo,
        error: SlaError | None = None,
    ) -> CycleAsked:  # fmt: skip
        """Return a cycle as each way has it."""
        there = tuple([one for one in views if one is not None])
        promises: dict[Promised, None] = {}
        asked: list[Inquiry] = []
        statuses: dict[str, None] = {}
        for one in there:
            promises.update(dict.fromkeys(one.cycle.promises))
            asked += one.cycle.asked
        if rules.by_status:
            for life in ways.lives:
                statuses.update(life.course.visited)
        rests = book.rests(rules, tuple(promises), tuple(asked), tuple(statuses))
        return cls(book, rules, ways, tuple(zip(ways.lives, views, strict=True)), there, now, where, rests, error)

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
        return self.error is None and self.ways.complete and not self.rests.not_computed

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
        return self.rests.not_computed

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


def clocks(book: Rulebook, ways: Ways, now: int, where: tzinfo) -> tuple[ClockAnswer, ...]:
    """Return every cycle of every clock that began by now, in order; a clock that did not begin has one entry."""
    return tuple([answer for rules in book.clocks for answer in _clock(book, rules, ways, now, where)])


def _clock(book: Rulebook, rules: ClockRules, ways: Ways, now: int, where: tzinfo) -> list[ClockAnswer]:
    name = rules.clock.id
    runs = [life.runs[name] for life in ways.lives]
    nothing: list[CycleView | None] = [None] * len(runs)
    error, count = None, 0
    for run in runs:
        error, count = error or run.error, max(count, len(run.cycles))
    if error is not None or not count:
        return [_without_cycle(CycleAsked.of(book, rules, ways, nothing, now, where, error))]
    answers: list[ClockAnswer] = []
    for number in range(count):
        try:
            views = [view(run, run.cycles[number], now) if number < len(run.cycles) else None for run in runs]
            answers.append(_answer(CycleAsked.of(book, rules, ways, views, now, where), number + 1))
        except SlaError as problem:
            answers.append(_failed(CycleAsked.of(book, rules, ways, nothing, now, where, problem), number + 1))
    return answers


# ---------------------------------------------------------------------------------------- one cycle


def _answer(asked: CycleAsked, number: int) -> ClockAnswer:
    first, rests, agreed = asked.views[0], asked.rests, asked.agreed
    same = first if len(asked.leaves) == 1 else Agreed.of(asked)
    due, settled = same.due, agreed or asked.same_due
    known = due if settled and isinstance(due, Reached) else None
    certain = agreed and not isinstance(due, Bounded)
    answer: DueAnswer = "due" if known is not None else "no_deadline" if settled and due is None else "undetermined"
    zone = first.zone or asked.where
    clock, computed = asked.rules.clock, not rests.not_computed
    return ClockAnswer(
        clock=clock.id,
        cycle=number,
        step=same.step,
        state=same.state,
        verdict=same.verdict if computed else "undetermined",
        answer=answer,
        modality=same.modality if computed else None,
        started=_shown(same.started, zone),
        stopped=_shown(same.stopped, zone),
        due=None if known is None else from_micros(known.at, zone),
        due_date=same.day if computed else None,
        bounds=_bounds(asked) if known is None or known.low is not None else None,
        strict=same.strict,
        breached_at=_shown(same.late_at, zone),
        used_seconds=seconds(same.used),
        budget_seconds=seconds(same.budget),
        used_days=first.used_days(asked.book.desk.calendars.zone) if agreed else None,
        remaining_seconds=seconds(same.left),
        steps=_steps(asked) if asked.rules.cascades else (),
        warnings=_warnings(first, zone) if agreed and clock.warnings else (),
        readings=rests.readings,
        assumptions=rests.assumptions,
        missing=() if certain else asked.missing,
        write_ledger=asked.ledger,
        explain=asked,
    )


@frozen
class Agreed:
    """What is the same of a cycle in every way of a life, as a view has it; None, or undetermined, what is not."""

    due: Reached | Bounded | None
    day: date | None
    state: ClockState | None
    verdict: Verdict
    modality: AnswerModality | None
    step: str | None
    started: int | None
    stopped: int | None
    late_at: int | None
    used: int | None
    budget: int | None
    left: int | None
    strict: bool | None

    @classmethod
    def of(cls, asked: CycleAsked) -> Agreed:
        """Return what the ways of a cycle have in common (H4); where it has not begun, nothing is measured."""
        views = asked.views
        strict = {one.strict for one in views if one.due is not None}
        if not asked.ways.complete:
            return cls.unknown(views[0].due)
        states: list[ClockState] = [_not_begun(asked, life) if one is None else one.state for life, one in asked.leaves]
        verdicts: list[Verdict] = ["not_measured" if one is None else one.verdict for _, one in asked.leaves]
        verdict = _common(verdicts) or "undetermined"
        if len(views) < len(asked.leaves):
            return evolve(cls.unknown(views[0].due), state=_common(states), verdict=verdict)
        modalities: list[AnswerModality] = [one.modality for one in views]
        return cls(
            views[0].due,
            _common([one.day for one in views]),
            _common(states),
            verdict,
            _common(modalities),
            _common([one.step for one in views]),
            _common([one.started for one in views]),
            _common([one.stopped for one in views]),
            _common([one.late_at for one in views]),
            _common([one.used for one in views]),
            _common([one.budget for one in views]),
            _common([one.left for one in views]),
            strict.pop() if len(strict) == 1 else None if strict else False,
        )

    @classmethod
    def unknown(cls, due: Reached | Bounded | None) -> Agreed:
        """Return that the ways of a cycle have nothing in common."""
        return cls(due, None, None, "undetermined", None, None, None, None, None, None, None, None, None)


def _not_begun(asked: CycleAsked, life: Life) -> ClockState:
    """Return the state of a clock in a way in which a cycle is not there."""
    return "not_started" if life.runs[asked.rules.clock.id].ended is None else "void"


def _common(values: list[T]) -> T | None:
    """Return what is the same in every way."""
    return values[0] if all(one == values[0] for one in values) else None


def _shown(at: int | None, zone: tzinfo) -> datetime | None:
    return None if at is None else from_micros(at, zone)


def _bounds(asked: CycleAsked) -> tuple[datetime, datetime | None] | None:
    found = bounds_of(None if one is None else one.due for _, one in asked.leaves)
    if found is None:
        return None
    earliest, latest = found
    first = asked.views[0]
    where = first.zone or asked.where
    end = None if latest is None else from_micros(latest.at, latest.zone or where)
    return from_micros(earliest.at, earliest.zone or where), end


def _warnings(first: CycleView, zone: tzinfo) -> tuple[Warned, ...]:
    return tuple(Warned(from_micros(one.at, zone), one.share, seconds(one.before)) for one in first.warnings)


def _steps(asked: CycleAsked) -> tuple[StepAnswer, ...]:
    """Return the steps of a cascade; of one that stands otherwise in some way only what agrees is told (H4)."""
    if len(asked.views) < len(asked.leaves) or not asked.ways.complete or asked.not_computed:
        return ()
    ways = [one.steps for one in asked.views]
    if len({tuple(one.step for one in steps) for steps in ways}) > 1:
        return ()
    return tuple([_step(found, asked) for found in zip(*ways, strict=True)])


def _step(found: tuple[StepView, ...], asked: CycleAsked) -> StepAnswer:
    due = found[0].due
    states: list[ClockState] = [one.state for one in found]
    verdicts: list[Verdict] = [one.verdict for one in found]
    modalities: list[AnswerModality] = [one.modality for one in found]
    same = len({due_time(one.due) for one in found}) == 1
    known = due if same and isinstance(due, Reached) else None
    answer: DueAnswer = "due" if known is not None else "no_deadline" if same and due is None else "undetermined"
    return StepAnswer(
        found[0].step,
        _common(states),
        _common(verdicts) or "undetermined",
        _common(modalities),
        answer,
        None if known is None else from_micros(known.at, known.zone or asked.where),
        None if known is None else known.day,
        StepAsked(asked, found[0].step),
    )


# ------------------------------------------------------------------------------------- without a cycle


def _without_cycle(asked: CycleAsked) -> ClockAnswer:
    if asked.error is not None:
        return _failed(asked, 1)
    life = asked.leaves[0][0]
    states: list[ClockState] = [_not_begun(asked, one) for one, _ in asked.leaves]
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
        state=_common(states),
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
