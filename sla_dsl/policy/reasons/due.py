"""Why a clock is due when it is, or why it is not (H7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_dsl.policy.answers import Reason
from sla_dsl.policy.cases import Single, bounds_of, cases_of, missing_of
from sla_dsl.policy.deadlines import Bounded, Reached
from sla_dsl.policy.reasons.conditions import condition_reasons
from sla_dsl.policy.reasons.evidence import reasons
from sla_dsl.policy.reasons.grounds import (
    default_reasons,
    not_computed_reasons,
    parameter_reasons,
    reading_reasons,
    zone_reasons,
)
from sla_dsl.policy.reasons.promises import (
    MODALITIES,
    arithmetic_reasons,
    by_dates,
    measure_reasons,
    promise_reasons,
)
from sla_dsl.policy.reasons.supposing import in_case
from sla_dsl.policy.reasons.unknowing import bounds_reasons, missing_reasons
from sla_dsl.policy.terms import Occurs
from sla_dsl.policy.tickets.holding import Count

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from sla_dsl.policy.plans import Plan
    from sla_dsl.policy.unknowns import Supposed

_MOST_CASES = 6


def explain_due(plan: Plan, start: int, where: tzinfo) -> tuple[Reason, ...]:
    """Return the reasons of a due time, from the conclusion to its ground."""
    cases = cases_of(plan, start)
    one = len({case.compared for case in cases}) == 1 and plan.settled
    found = list(_conclusion(plan, cases, start, where) if one else _cases(plan, cases, start, where))
    results = [leaf.result for leaf in plan.searched.leaves]
    if len(results) == 1:
        found.extend(condition_reasons(results[0].governing, results[0].inquiry))
    found.extend(reading_reasons(plan.chosen))
    keys = [key for result in results for key in result.inquiry.keys]
    counted = any(case.reached is not None and by_dates(case.governing) for case in cases)
    found.extend(zone_reasons(keys, plan.desk.terms, counted_in_it=counted))
    found.extend(parameter_reasons(keys, plan.desk.terms))
    found.extend(default_reasons(plan.assumptions, plan.desk.terms))
    return tuple(dict.fromkeys(found))


# ---------------------------------------------------------------------------------------- the conclusion


def _conclusion(plan: Plan, cases: list[Single], start: int, where: tzinfo) -> Iterator[Reason]:
    """Yield the reasons where the same comes out in every case."""
    governing, reached = cases[0].governing, cases[0].reached
    if isinstance(reached, Bounded):
        yield from _undetermined(plan, cases, where)
    yield from promise_reasons(governing, reached, start, where)
    yield from _start(plan, cases[0])
    yield from measure_reasons(governing)
    limit, binding, clause = governing.limit, governing.binding, governing.clock.clause
    if isinstance(reached, Reached) and limit is not None and binding is not None:
        count = Count(start, start)
        yield from arithmetic_reasons(limit, reached, count, binding, plan.desk.terms, clause, where)


def _start(plan: Plan, case: Single) -> Iterator[Reason]:
    """Yield what was taken as the start, where the clock starts with something else than the ticket."""
    clock, created = case.governing.clock, plan.desk.terms.created
    events = [trigger.when for trigger in clock.starts]
    if case.reached is None or any(when.test == Occurs(event=created or "") for when in events):
        return
    said = " or ".join(dict.fromkeys(when.text for when in events))
    cites = tuple(cite for trigger in clock.starts for cite in trigger.cites) or clock.cites
    yield from reasons(clock.clause, f"`{clock.id}` starts with {said}: that is taken to be the instant given", cites)


# ----------------------------------------------------------------------------------------- undetermined


def _cases(plan: Plan, cases: list[Single], start: int, where: tzinfo) -> Iterator[Reason]:
    yield from _undetermined(plan, cases, where)
    if plan.not_computed or not plan.searched.complete:
        return
    alike: dict[object, tuple[Single, list[Supposed]]] = {}
    for leaf, case in zip(plan.searched.leaves, cases, strict=True):
        alike.setdefault(case.compared, (case, []))[1].append(leaf.supposed)
    same_time = len({case.compared[1:] for case in cases}) == 1 and cases[0].reached is not None
    unknowns = plan.searched.unknowns
    for case, supposed in list(alike.values())[:_MOST_CASES]:
        elsewhere = [leaf.supposed for leaf in plan.searched.leaves if leaf.supposed not in supposed]
        first, *others = promise_reasons(case.governing, case.reached, start, where)
        bound = f"{MODALITIES.get(case.modality, case.modality)}. " if same_time else ""
        yield Reason(
            first.clause,
            in_case(supposed, elsewhere, unknowns, f"{bound}{first.text}"),
            first.cites,
            first.assume,
        )
        yield from others


def _undetermined(plan: Plan, cases: list[Single], where: tzinfo) -> Iterator[Reason]:
    yield from not_computed_reasons(plan.not_computed)
    if not plan.not_computed or missing_of(plan, cases):
        yield from missing_reasons(plan.clock.clause, missing_of(plan, cases))
    bounds = bounds_of(case.reached for case in cases) if plan.settled else None
    yield from bounds_reasons(plan.clock.clause, bounds, where)
