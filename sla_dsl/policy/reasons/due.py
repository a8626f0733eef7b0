"""Why a clock is due when it is, or why it is not (H7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_dsl.policy.answers import Reason
from sla_dsl.policy.cases import Single, bounds_of, cases_of, missing_of
from sla_dsl.policy.deadlines import Bounded, Reached
from sla_dsl.policy.reasons.evidence import reasons
from sla_dsl.policy.reasons.grounds import (
    decision_reason,
    default_reasons,
    level_reasons,
    not_computed_reasons,
    parameter_reasons,
    reading_reasons,
    zone_reasons,
)
from sla_dsl.policy.reasons.promises import counting_reasons, promise_text
from sla_dsl.policy.reasons.supposing import supposing
from sla_dsl.policy.reasons.wording import listing, moment_text
from sla_dsl.policy.terms import (
    ELAPSED,
    Before,
    BestEffort,
    ByEndOf,
    CalendarPeriod,
    Cascade,
    Occurs,
    Silent,
    Target,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from sla_dsl.policy.governing import Governing
    from sla_dsl.policy.inquiry import Inquiry
    from sla_dsl.policy.plans import Plan
    from sla_dsl.policy.unknowns import Supposed

_MOST_CASES = 6
_MODALITIES = {"shall": "Binding", "target": "A target", "best_effort": "At best effort"}


def explain_due(plan: Plan, start: int, where: tzinfo) -> tuple[Reason, ...]:
    """Return the reasons of a due time, from the conclusion to its ground."""
    cases = cases_of(plan, start)
    one = len({case.compared for case in cases}) == 1 and plan.settled
    found = list(_conclusion(plan, cases, start, where) if one else _cases(plan, cases, start, where))
    inquiries = [leaf.result.inquiry for leaf in plan.searched.leaves]
    if len(inquiries) == 1:
        found.extend(_conditions(plan, inquiries[0]))
    found.extend(reading_reasons(plan.chosen))
    keys = [key for inquiry in inquiries for key in inquiry.keys]
    found.extend(zone_reasons(keys, plan.desk.terms, counted_in_it=any(map(_by_dates, cases))))
    found.extend(parameter_reasons(keys, plan.desk.terms))
    found.extend(default_reasons(plan.assumptions, plan.desk.terms))
    return tuple(dict.fromkeys(found))


def _by_dates(case: Single) -> bool:
    """Whether calendar days are counted, for which the policy's zone says when a date begins."""
    part = None if case.reached is None else case.reached.part
    return isinstance(part, ByEndOf) or (part is not None and isinstance(part.budget, CalendarPeriod))


# ---------------------------------------------------------------------------------------- the conclusion


def _conclusion(plan: Plan, cases: list[Single], start: int, where: tzinfo) -> Iterator[Reason]:
    """Yield the reasons where the same comes out in every case."""
    case = cases[0]
    if isinstance(case.reached, Bounded):
        yield from _undetermined(plan, cases, where)
    yield from _promise(case, start, where)
    yield from _start(plan, case)
    yield from _measure(case.governing)
    if isinstance(case.reached, Reached):
        yield from _calendar(plan, case, case.reached, start, where)


def _start(plan: Plan, case: Single) -> Iterator[Reason]:
    """Yield what was taken as the start, where the clock starts with something else than the ticket."""
    clock, created = case.governing.clock, plan.desk.terms.created
    events = [trigger.when for trigger in clock.starts]
    if case.reached is None or any(when.test == Occurs(event=created or "") for when in events):
        return
    said = " or ".join(dict.fromkeys(when.text for when in events))
    cites = tuple(cite for trigger in clock.starts for cite in trigger.cites) or clock.cites
    yield from reasons(clock.clause, f"`{clock.id}` starts with {said}: that is taken to be the instant given", cites)


def _promise(case: Single, start: int, where: tzinfo) -> Iterator[Reason]:
    """Yield what is promised, with its citations, and what the document says beside it."""
    governing = case.governing
    term = governing.term
    if term is None:
        yield from reasons(governing.clock.clause, _silence(governing))
        return
    cites, assumes = term.cites, term.assumes
    if governing.step is not None:
        cites, assumes = (*governing.step.cites, *cites), (*governing.step.assumes, *assumes)
    yield from reasons(term.clause, _promised(case, start, where), cites, assumes)
    for also in term.also if isinstance(term, Target) else ():
        yield from reasons(term.clause, f"Beside that the document says: {promise_text(also.promise)}", also.cites)


def _promised(case: Single, start: int, where: tzinfo) -> str:
    governing, reached = case.governing, case.reached
    if reached is None:
        return (
            _silence(governing)
            if isinstance(governing.promise, Silent)
            else f"No due time: {promise_text(governing.promise)}"
        )
    zone = reached.zone or where
    since = "" if isinstance(reached.part, Before) else f", from {moment_text(start, zone)}"
    effort = "an aim, at best effort: " if isinstance(governing.promise, BestEffort) else ""
    if isinstance(reached, Bounded):
        return f"{effort}{reached.part.text}{since}"
    low = (
        "" if reached.low is None else f"Between {moment_text(reached.low, zone)} and the due time; the later decides. "
    )
    strict = "Before" if reached.strict else "Due"
    return f"{low}{strict} {moment_text(reached.at, zone)}: {effort}{reached.part.text}{since}"


def _silence(governing: Governing) -> str:
    clock = governing.clock.id
    if governing.not_started:
        return f"No due time: `{clock}` does not start, because no condition of a start holds"
    if governing.silent_because is not None:
        return f"No due time: this applies only if “{governing.silent_because.text}”, which does not hold"
    if isinstance(governing.term, Cascade):
        return f"No due time: no step of `{governing.term.id}` applies"
    return f"No due time: the document says nothing about `{clock}` for such a ticket"


def _measure(governing: Governing) -> Iterator[Reason]:
    measure = governing.measure
    if measure is None:
        return
    clock = governing.clock
    inside = "elapsed time" if measure.calendar == ELAPSED else f"`{measure.calendar}`"
    cites, assumes = (*measure.cites, *clock.cites), (*measure.assumes, *clock.assumes)
    yield from reasons(clock.clause, f"`{clock.id}` is measured in {inside}", cites, assumes)


def _calendar(plan: Plan, case: Single, reached: Reached, start: int, where: tzinfo) -> Iterator[Reason]:
    binding = case.governing.binding
    if binding is not None:
        clause = case.governing.clock.clause
        yield from counting_reasons(reached, start, binding, plan.desk.terms, clause, reached.zone or where)


# ----------------------------------------------------------------------------------------- undetermined


def _cases(plan: Plan, cases: list[Single], start: int, where: tzinfo) -> Iterator[Reason]:
    yield from _undetermined(plan, cases, where)
    if plan.not_computed or not plan.searched.complete:
        return
    alike: dict[object, tuple[Single, list[Supposed]]] = {}
    for leaf, case in zip(plan.searched.leaves, cases, strict=True):
        alike.setdefault(case.compared, (case, []))[1].append(leaf.supposed)
    same_time = len({case.compared[1:] for case in cases}) == 1 and cases[0].reached is not None
    for case, supposed in list(alike.values())[:_MOST_CASES]:
        first, *others = _promise(case, start, where)
        bound = f"{_MODALITIES.get(case.modality, case.modality)}. " if same_time else ""
        yield Reason(
            first.clause,
            f"If {supposing(supposed, plan.searched.unknowns)}: {bound}{first.text}",
            first.cites,
            first.assume,
        )
        yield from others


def _undetermined(plan: Plan, cases: list[Single], where: tzinfo) -> Iterator[Reason]:
    clause = plan.clock.clause
    yield from not_computed_reasons(plan.not_computed)
    missing = missing_of(plan, cases)
    if missing:
        names = listing(f"`{name}`" for name in missing)
        yield from reasons(
            clause, f"Undetermined: it rests on {names}, which {'is' if len(missing) == 1 else 'are'} not known"
        )
    elif not plan.not_computed:
        yield from reasons(clause, "Undetermined: what is known allows more than one answer")
    bounds = bounds_of(case.reached for case in cases) if plan.settled else None
    if bounds is not None:
        earliest, latest = bounds
        text = f"Whatever is missing, not due before {moment_text(earliest.at, earliest.zone or where)}"
        if latest is not None:
            text += f", and not after {moment_text(latest.at, latest.zone or where)}"
        yield from reasons(clause, text)


# ------------------------------------------------------------------------------------------- conditions


def _conditions(plan: Plan, inquiry: Inquiry) -> Iterator[Reason]:
    """Yield the conditions that decided, and how the ticket came by its levels."""
    governing = plan.searched.leaves[0].result.governing
    own = {governing.clock.clause} | ({governing.term.clause} if governing.term is not None else set[str]())
    for decision in inquiry.decisions.values():
        if decision.holds or decision.clause in own:
            yield from decision_reason(decision)
    for found in inquiry.classified:
        if found.via != "given":
            yield from level_reasons(found, plan.desk.terms)
