"""Why a ticket has its status, and why an event would move it or not (R4, R5, H7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_dsl.policy.answers import Reason
from sla_dsl.policy.reasons.causes import event_text
from sla_dsl.policy.reasons.evidence import reasons
from sla_dsl.policy.reasons.grounds import (
    decision_reason,
    default_reasons,
    parameter_reasons,
    reading_reasons,
    zone_reasons,
)
from sla_dsl.policy.reasons.supposing import in_case
from sla_dsl.policy.reasons.timers import automatic_text, counts_dates
from sla_dsl.policy.reasons.told import alike, apart, undetermined, what_it_rests_on
from sla_dsl.policy.reasons.unknowing import error_text, missing_reasons
from sla_dsl.policy.reasons.wording import listing, moment_text, sentence
from sla_dsl.policy.terms import Status

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from sla_dsl.policy.terms import Transition
    from sla_dsl.policy.tickets.life import Life
    from sla_dsl.policy.tickets.status import Closes, StatusAsked
    from sla_dsl.policy.tickets.told import Told
    from sla_dsl.policy.unknowns import Supposed

_MOST_CASES = 6


def explain_status(asked: StatusAsked) -> tuple[Reason, ...]:
    """Return the reasons of a status: since when, by which event, entry or timer, under which rule."""
    terms, lives = asked.book.desk.terms, asked.ways.lives
    found: list[Reason] = []
    if len({life.course.status for life in lives}) == 1 and asked.ways.complete:
        found.extend(_told(lives[0], asked.look.where))
    else:
        found.extend(_cases(asked))
    found.extend(reading_reasons(asked.chosen))
    transitions = [one for life in lives for one in _came_by(life)]
    found.extend(zone_reasons(asked.keys, terms, counted_in_it=any(map(counts_dates, transitions))))
    found.extend(parameter_reasons(asked.keys, terms))
    found.extend(default_reasons(asked.assumptions, terms))
    return tuple(dict.fromkeys(found))


def _came_by(life: Life) -> Iterator[Transition]:
    stay = life.course.stay
    if stay is not None and stay.came is not None and stay.came.transition is not None:
        yield stay.came.transition


def _told(life: Life, where: tzinfo) -> Iterator[Reason]:
    """Yield how a ticket came to its status, the rule behind that, and the conditions of the rule."""
    stay, terms = life.course.stay, life.book.desk.terms
    if stay is None:
        return
    text = f"`{stay.status}` since {moment_text(stay.since, where)}: {_how(life, where)}"
    status = terms.need(Status, stay.status)
    rule = next(_came_by(life), None)
    if rule is None:
        yield from reasons(status.clause, text, status.cites, status.assumes)
        return
    yield from reasons(rule.clause, text, rule.cites, rule.assumes)
    decided = (one for inquiry in reversed(life.course.inquiries) for one in inquiry.decisions.values())
    last = {one.condition.text: one for one in reversed([one for one in decided if one.clause == rule.clause])}
    for decision in last.values():
        yield decision_reason(decision, rule.cites, rule.assumes)


def _how(life: Life, where: tzinfo) -> str:
    """Return by which event, entry, timer or counter a ticket came to its status."""
    stay, terms = life.course.stay, life.book.desk.terms
    came = None if stay is None else stay.came
    if stay is None or came is None:
        is_new = stay is not None and stay.status == terms.initial_status
        return "a new ticket has it" if is_new else "it was recorded"
    if came.recorded:
        if came.transition is None:
            return f"it was recorded, though no rule leads there from {came.source}"
        return f"it was recorded, and a rule leads there from {came.source}"
    if came.event is not None:
        return f"{event_text(terms, came.event)} moved it there from {came.source}"
    return f"it went there from {came.source} by itself, {automatic_text(life, came, where)}"


def _cases(asked: StatusAsked) -> Iterator[Reason]:
    """Yield why the status is not known, and what it is in each case."""
    terms, where = asked.book.desk.terms, asked.look.where
    names = {life.course.status: None for life in asked.ways.lives}
    clauses = [terms.need(Status, name).clause for name in names if name is not None]
    yield from missing_reasons(clauses[0] if clauses else "lifecycle", asked.missing)
    if not asked.ways.complete:
        return
    alike_: dict[object, tuple[Life, list[Supposed]]] = {}
    for life in asked.ways.lives:
        since = None if life.course.stay is None else life.course.stay.since
        alike_.setdefault((life.course.status, since), (life, []))[1].append(life.supposed)
    for life, supposed in list(alike_.values())[:_MOST_CASES]:
        others = [one.supposed for one in asked.ways.lives if one.supposed not in supposed]
        for number, reason in enumerate(_told(life, where)):
            text = reason.text if number else in_case(supposed, others, asked.ways.unknowns, reason.text)
            yield Reason(reason.clause, text, reason.cites, reason.assume)


# ----------------------------------------------------------------------------------------------- moves


def explain_move(
    told: Told[bool], transition: Transition, event: str, until: Closes, stays: int | None
) -> Iterator[Reason]:
    """Yield why an event would move a ticket now, or would be refused: its window, its conditions (R4, R5).

    `stays` is until when that stays so.
    """
    terms, where = told.look.desk.terms, told.look.where
    moves = f"It goes to {transition.to} with {event_text(terms, event)}"
    text = ""
    if until.at is not None and until.passed(told.look.at):
        text = f"{moves} only until {moment_text(until.at, where)}, which is over"
    elif told.single is False:
        text = f"{moves} only under conditions that do not hold now"
    elif not until.known:
        names = listing(f"`{name}`" for name in until.missing)
        why = (
            f"until when, rests on {names}"
            if names
            else f"until when is not known: {error_text(until.error, told.look.desk.calendars)}"
        )
        text = f"{moves} only for some time; {why}"
    elif told.single:
        text = f"{moves}{'' if stays is None else f', until {moment_text(stays, where)}'}"
    if text:
        yield from reasons(transition.clause, text, transition.cites, transition.assumes)
    else:
        yield from undetermined(told, told.missing())
    yield from _conditions(told, transition)
    yield from what_it_rests_on(told)


def _conditions(told: Told[bool], transition: Transition) -> Iterator[Reason]:
    """Yield why the conditions of a move hold or do not, in each case that makes a difference."""
    cases = alike(told, lambda holds: holds)
    for leaves in cases[:_MOST_CASES]:
        decisions = leaves[0].result.inquiry.decisions.values()
        for reason in (decision_reason(one, transition.cites, transition.assumes) for one in decisions):
            if len(cases) > 1 and told.answered is not None:
                supposed, others = apart(leaves, cases)
                text = in_case(supposed, others, told.answered.searched.unknowns, reason.text)
                yield Reason(reason.clause, sentence(text), reason.cites, reason.assume)
            else:
                yield reason
