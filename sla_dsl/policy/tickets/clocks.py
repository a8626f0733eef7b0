"""The clocks of a ticket at an instant, as answers (P, H4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_dsl.errors import SlaError
from sla_dsl.policy.cases import modality_of
from sla_dsl.policy.tickets.agreeing import common, not_begun
from sla_dsl.policy.tickets.answers import ClockAnswer
from sla_dsl.policy.tickets.cycle_asked import CycleAsked
from sla_dsl.policy.tickets.cycle_view import view
from sla_dsl.policy.tickets.figures import Figures
from sla_dsl.policy.unknowns import Undecided

if TYPE_CHECKING:
    from datetime import tzinfo

    from sla_dsl.policy.answers import AnswerModality
    from sla_dsl.policy.tickets.answers import ClockState
    from sla_dsl.policy.tickets.clock_rules import ClockRules
    from sla_dsl.policy.tickets.cycle_view import CycleView
    from sla_dsl.policy.tickets.life import Ways
    from sla_dsl.policy.tickets.rulebook import Rulebook


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
            asked = CycleAsked.of(book, rules, ways, views, now, where)
        except SlaError as problem:
            answers.append(_failed(CycleAsked.of(book, rules, ways, nothing, now, where, problem), number + 1))
            continue
        answers.append(ClockAnswer.of(Figures(asked, number + 1)))
    return answers


def _without_cycle(asked: CycleAsked) -> ClockAnswer:
    if asked.error is not None:
        return _failed(asked, 1)
    life = asked.leaves[0][0]
    states: list[ClockState] = [not_begun(asked, one) for one, _ in asked.leaves]
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
        state=common(states),
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
