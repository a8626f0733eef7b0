"""What has taken a ticket out of the cover of clocks (R8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen

from sla_dsl.policy.terms import Clock, Exclusion
from sla_dsl.policy.tickets.answers import ExclusionAnswer
from sla_dsl.policy.tickets.clock_rules import EVERY_CLOCK
from sla_dsl.policy.tickets.past import Histories, Past, ask_past
from sla_dsl.policy.tickets.told import Told
from sla_dsl.policy.tickets.triggers import fires
from sla_dsl.worktime import from_micros

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sla_dsl.policy.answers import Reason
    from sla_dsl.policy.inquiry import Inquiry
    from sla_dsl.policy.terms import Ending
    from sla_dsl.policy.tickets.history import Moment
    from sla_dsl.policy.tickets.look import Look
    from sla_dsl.policy.tickets.triggers import Sign


@frozen
class Excluded:
    """Which clocks an exclusion has ended in one case, since when, and by which of its endings; none if it has not."""

    clocks: tuple[str, ...] = ()
    since: int | None = None
    endings: tuple[Ending, ...] = field(default=(), eq=False)


def exclusions(look: Look, histories: Histories) -> tuple[ExclusionAnswer, ...]:
    """Return the exclusions that hold for the ticket at this instant: which clocks they end, and since when (R8).

    An exclusion holds from the first of its events on at which its condition holds, and goes on holding. One that
    holds only perhaps is not here; the clocks that it would end are undetermined. Where it holds in any case, but not
    for the same clocks or not since the same instant, `ends` are those that it ends anyhow and `since` is None.

    Example: `{clock for one in exclusions(look, histories) for clock in one.ends}`.
    """
    found = (_excluded(look, histories, exclusion) for exclusion in look.desk.terms.all(Exclusion))
    return tuple(answer for answer in found if answer is not None)


def _excluded(look: Look, histories: Histories, exclusion: Exclusion) -> ExclusionAnswer | None:
    order = [clock.id for clock in look.desk.terms.all(Clock)]

    def question(past: Past) -> Excluded:
        past.now.note(exclusion.key)
        return _found(exclusion, past, order)

    def words(told: Told[Excluded]) -> Iterable[Reason]:
        from sla_dsl.policy.reasons.exclusions import explain_exclusion

        return explain_exclusion(told, exclusion)

    told = Told(look, exclusion, lambda: ask_past(look, histories, question), words)
    if told.answered is None or told.answered.not_computed or not told.answered.searched.complete:
        return None
    cases = told.answered.results
    if not all(case.clocks for case in cases):
        return None
    ends = tuple(clock for clock in order if all(clock in case.clocks for case in cases))
    since = cases[0].since if len({case.since for case in cases}) == 1 else None
    shown = None if since is None else from_micros(since, look.where)
    return ExclusionAnswer(exclusion.id, ends, shown, told.missing(), told)


def _found(exclusion: Exclusion, past: Past, order: list[str]) -> Excluded:
    seen: set[Sign] = set()
    ended: list[tuple[int, Ending]] = []
    for moment in past.moments:
        ended += ((moment.at, ending) for ending in _ended(exclusion, moment, seen, past))
        seen |= moment.signs
    clocks = {clock for _, ending in ended for clock in (order if EVERY_CLOCK in ending.clocks else ending.clocks)}
    endings = tuple(dict.fromkeys(ending for _, ending in ended))
    return Excluded(tuple(clock for clock in order if clock in clocks), ended[0][0] if ended else None, endings)


def _ended(exclusion: Exclusion, moment: Moment, seen: set[Sign], past: Past) -> Iterator[Ending]:
    """Yield the endings of an exclusion that come true at a moment. Raises `Undecided`."""
    for ending in exclusion.ends:
        if fires(ending.when.test, moment.signs, seen):

            def holds(inquiry: Inquiry, ending: Ending = ending) -> bool:
                applies = inquiry.holds(exclusion.applies, exclusion.clause)
                return applies and inquiry.holds(ending.condition, exclusion.clause)

            if past.ask(moment.at, moment.told, holds):
                yield ending
