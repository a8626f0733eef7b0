"""Why a duty is owed, fulfilled, late, or not owed (R8, H7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_dsl.policy.answers import Reason
from sla_dsl.policy.deadlines import Bounded, Reached
from sla_dsl.policy.reasons.evidence import reasons
from sla_dsl.policy.reasons.grounds import decision_reason
from sla_dsl.policy.reasons.promises import arithmetic_reasons, promise_text
from sla_dsl.policy.reasons.supposing import in_case
from sla_dsl.policy.reasons.told import alike, apart, spoken, undetermined, what_it_rests_on
from sla_dsl.policy.reasons.wording import listing, moment_text, sentence
from sla_dsl.policy.terms import BestEffort, ByEndOf, CalendarPeriod, Committed
from sla_dsl.policy.tickets.duties import missing_of
from sla_dsl.policy.tickets.holding import Count
from sla_dsl.policy.tickets.owing import only_now_counts

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping

    from sla_dsl.policy.terms import Duty
    from sla_dsl.policy.tickets.owed import Owed
    from sla_dsl.policy.tickets.told import Told
    from sla_dsl.policy.unknowns import Unknown

_MOST_CASES = 6


def explain_duty(told: Told[Owed], duty: Duty) -> Iterator[Reason]:
    """Yield why a duty stands as it does: since when it is owed, until when, and what fulfilled it (H7)."""
    owed, missing = told.single, missing_of(told)
    if owed is None or owed.state == "undetermined":
        yield from undetermined(told, missing)
    if owed is not None:
        yield from reasons(duty.clause, _standing(told, duty, owed), duty.cites, duty.assumes)
        yield from _due(told, duty, owed.before or owed)
    answered = told.answered
    if answered is not None and not answered.not_computed and answered.searched.complete:
        if owed is None:
            yield from _cases(told, duty, answered.searched.unknowns)
        if len(answered.searched.leaves) == 1:
            for decision in answered.searched.leaves[0].result.inquiry.decisions.values():
                yield decision_reason(decision, duty.cites, duty.assumes, then=duty.when is not None)
    by_dates = owed is not None and owed.reached is not None and _by_dates(owed.reached)
    yield from what_it_rests_on(told, counted_in_zone=by_dates)


def _standing(told: Told[Owed], duty: Duty, owed: Owed) -> str:
    """Return how a duty stands in a sentence."""
    where = told.look.where
    name, who = spoken(duty), _binding(duty)
    if owed.before is not None and owed.until is not None:
        no_more = "no right any more" if _is_right(duty) else "not owed any more"
        return f"{_standing(told, duty, owed.before)}; {no_more} since {moment_text(owed.until, where)}"
    if owed.since is None:
        return f"{name}: {'no right yet' if _is_right(duty) else 'not owed'}{_why_not(duty)}"
    always = duty.when is None and duty.condition is None
    since = "" if always or only_now_counts(duty) else f" since {moment_text(owed.since, where)}"
    done = "" if owed.done is None else moment_text(owed.done, where)
    match owed.state:
        case "fulfilled":
            return f"{name}: {who}{since}, and {'used' if _is_right(duty) else 'fulfilled'} on {done}"
        case "late":
            return f"{name}: {who}{since}; {f'fulfilled late, on {done}' if done else 'not fulfilled in time'}"
        case "undetermined" if duty.fulfilled is None and owed.reached is not None:
            return f"{name}: {who}{since}; no event is named that would tell that it was done"
        case _:
            return f"{name}: {who}{since}{f', and done on {done}' if done else ''}"


def _binding(duty: Duty) -> str:
    """Return that it is owed, and by whom; what somebody may do is not owed."""
    if _is_right(duty):
        return f"a right, not a duty, of {listing(duty.party)}"
    by = f" by {listing(duty.party)}" if duty.party else ""
    to = f" to {listing(duty.to)}" if duty.to else ""
    return f"owed{by}{to}"


def _is_right(duty: Duty) -> bool:
    return isinstance(duty.due, Committed) and duty.due.modality == "may"


def _why_not(duty: Duty) -> str:
    if duty.when is None:
        return ""
    condition = "" if duty.condition is None else f" while “{duty.condition.text}” held"
    return f", because “{duty.when.text}” has not happened{condition}"


def _due(told: Told[Owed], duty: Duty, owed: Owed) -> Iterator[Reason]:
    """Yield until when it is owed, or that no time is given."""
    reached = owed.reached
    if owed.since is None:
        return
    if reached is None or owed.start is None or owed.binding is None:
        timed = getattr(owed.promise, "limit", None) is not None
        if timed:
            text = f"{promise_text(owed.promise)}; what that counts from has not happened"
        elif isinstance(owed.promise, Committed):
            text = "No time is given"
        else:
            text = promise_text(owed.promise)
        yield from reasons(duty.clause, text)
        return
    zone = reached.zone or told.look.where
    since = f"{promise_text(owed.promise)}, from {moment_text(owed.start, zone)}"
    if isinstance(reached, Bounded):
        yield from reasons(duty.clause, since)
        return
    strict = "Before" if reached.strict else "Due"
    yield from reasons(duty.clause, f"{strict} {moment_text(reached.at, zone)}: {since}")
    terms, count = told.look.desk.terms, Count(owed.start, owed.start)
    limit = owed.promise.limit if isinstance(owed.promise, Committed | BestEffort) else None
    yield from arithmetic_reasons(limit or reached.part, reached, count, owed.binding, terms, duty.clause, zone)


def _cases(told: Told[Owed], duty: Duty, unknowns: Mapping[Hashable, Unknown]) -> Iterator[Reason]:
    cases = alike(told, lambda owed: owed)
    for leaves in cases[:_MOST_CASES] if len(cases) > 1 else ():
        supposed, others = apart(leaves, cases)
        standing = _standing(told, duty, leaves[0].result.result)
        yield Reason(duty.clause, sentence(in_case(supposed, others, unknowns, standing)))


def _by_dates(reached: Reached | Bounded) -> bool:
    part = reached.part
    return isinstance(part, ByEndOf) or isinstance(part.budget, CalendarPeriod)
