"""What the parties owe each other: whether it is owed, until when, and whether it was done (R8)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from sla_dsl.policy.deadlines import Bounded, Reached
from sla_dsl.policy.terms import Duty
from sla_dsl.policy.tickets.answers import DutyAnswer
from sla_dsl.policy.tickets.cycle_view import due_time
from sla_dsl.policy.tickets.owed import Owed
from sla_dsl.policy.tickets.owing import Owing, only_now_counts
from sla_dsl.policy.tickets.past import Histories, Past, ask_past
from sla_dsl.policy.tickets.sharing import shared
from sla_dsl.policy.tickets.told import Told
from sla_dsl.worktime import from_micros

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sla_dsl.policy.answers import AnswerModality, Reason
    from sla_dsl.policy.tickets.answers import DutyState
    from sla_dsl.policy.tickets.look import Look

T = TypeVar("T")


def duties(look: Look, histories: Histories) -> tuple[DutyAnswer, ...]:
    """Return for every duty of the policy how it stands at this instant (R8).

    A duty with an occasion (`when`) is owed from each on which its condition holds; while it is owed, further
    occasions change nothing. Without one it is owed as long as its condition holds. What fulfils it from that instant
    on fulfils it; it is late once its due time has passed before that, also if it is done later. The due time counts
    from the last of its `starts` up to then, else from the first after. Hours without a calendar are elapsed time.
    What changes on the way counts from the change on, and what was late stays so (P6).

    Example: `[one.duty for one in duties(look, histories) if one.state == "late"]`.
    """
    return tuple(
        shared(look, duty, duty, partial(_duty, look, histories, duty))
        if only_now_counts(duty)
        else _duty(look, histories, duty)
        for duty in look.desk.terms.all(Duty)
    )


def _duty(look: Look, histories: Histories, duty: Duty) -> DutyAnswer:
    def question(past: Past) -> Owed:
        past.now.note(duty.key)
        return Owing(duty, past).found()

    def words(told: Told[Owed]) -> Iterable[Reason]:
        from sla_dsl.policy.reasons.duties import explain_duty

        return explain_duty(told, duty)

    told = Told(look, duty, lambda: ask_past(look, histories, question), words)
    cases = () if told.answered is None else told.answered.results
    settled = told.answered is not None and told.answered.searched.complete and not told.answered.not_computed
    states: list[DutyState] = [one.state for one in cases]
    modalities: list[AnswerModality] = [one.modality for one in cases]
    state = _common(states) if settled else None
    reached = [one.reached for one in cases] if settled else []
    due = reached[0] if reached and len({due_time(one) for one in reached}) == 1 else None
    day = _common([one.day if isinstance(one, Reached) else None for one in reached])
    return DutyAnswer(
        duty.id,
        duty.party,
        duty.to,
        _common(modalities),
        state or "undetermined",
        from_micros(due.at, due.zone or look.where) if isinstance(due, Reached) else None,
        day,
        missing_of(told),
        told,
    )


def _common(found: Iterable[T]) -> T | None:
    """Return what is the same in every case."""
    distinct = dict.fromkeys(found)
    return next(iter(distinct)) if len(distinct) == 1 else None


def missing_of(told: Told[Owed]) -> tuple[str, ...]:
    """Return the names that would determine how a duty stands, and when it is due."""
    cases = () if told.answered is None else told.answered.results
    bounded = (name for one in cases if isinstance(one.reached, Bounded) for name in one.reached.missing)
    return tuple(dict.fromkeys((*told.missing(), *bounded)))
