"""Clocks that say all that is needed to run them (P1, P6, P7)."""

from __future__ import annotations

from collections.abc import Iterator

from sla_dsl.checking.rules.checked import Checked
from sla_dsl.diagnostics import Finding, catalogue
from sla_dsl.model import Declared
from sla_dsl.policy.terms.conditions import All, Among, AnyTest, Compares, Condition, Not, Some, Yes
from sla_dsl.policy.terms.lifecycle import Status
from sla_dsl.policy.terms.measures import Cascade, Clock, Target
from sla_dsl.policy.terms.promises import (
    AnyLimit,
    AnyPromise,
    BestEffort,
    ByEndOf,
    Choice,
    Combined,
    Committed,
    Duration,
)

_NEEDED = (
    ("starts", "when it starts", "Add `starts when EVENT`."),
    ("stops", "when it stops", "Add `stops when EVENT`."),
    ("measured", "what it is measured in", "Add `measured in CALENDAR` or `measured in elapsed time`."),
)


def clocks(checked: Checked) -> Iterator[Finding]:
    """Start, stop, measure, change, reopening, and what pauses do to days."""
    for declared in checked.declared("clock"):
        if isinstance(declared.term, Clock):
            yield from _clock(checked, declared, declared.term)


def _clock(checked: Checked, declared: Declared, clock: Clock) -> Iterator[Finding]:
    for field, what, advice in _NEEDED if declared.statement.kind != "amend" else ():
        if not getattr(clock, field):
            yield catalogue.CLOCK_INCOMPLETE(declared.place, name=clock.id, what=what, advice=advice)
    if declared.reading is not None:
        return
    targets = [
        d.term for d in checked.model.declared if isinstance(d.term, Target | Cascade) and d.term.clock == clock.id
    ]
    main = checked.model.document.targets_scale
    said = {"priority" if change.of == main else change.of for change in clock.changes}
    missing = sorted(_depends_on(checked, targets) - said)
    if missing:
        yield catalogue.CLOCK_CHANGE(declared.place, name=clock.id, of=" and ".join(missing))
    if clock.reopening is None:
        yield catalogue.CLOCK_REOPENING(declared.place, name=clock.id)
    if clock.pauses_move_due is None and _can_pause(checked, clock) and any(_in_days(t) for t in targets):
        yield catalogue.CLOCK_PAUSES(declared.place, name=clock.id)


def _depends_on(checked: Checked, targets: list[Target | Cascade]) -> set[str]:
    """Levels, attributes and facts on which the targets of a clock depend (P6)."""
    main = checked.model.document.targets_scale
    found: set[str] = set()
    for target in targets:
        found |= {"priority" if scale == main else scale for scale in target.levels}
        for condition in _conditions(target):
            found |= {"priority" if name == main else name for name in looked_at(condition.test)}
    return found


def _conditions(target: Target | Cascade) -> Iterator[Condition]:
    if target.condition is not None:
        yield target.condition
    promises = [step.promise for step in target.steps] if isinstance(target, Cascade) else [target.promise]
    for promise in promises:
        if isinstance(promise, Choice):
            yield from (case.when for case in promise.cases)


def looked_at(test: AnyTest) -> set[str]:
    """The facts and scales that a test looks at."""
    match test:
        case All(parts=parts) | Some(parts=parts):
            return set[str]().union(*(looked_at(part) for part in parts))
        case Not(part=part):
            return looked_at(part)
        case Among(subject=subject) if subject.kind in {"level", "fact"}:
            return {subject.name}
        case Yes(fact=name) | Compares(fact=name):
            return {name}
        case _:
            return set()


def _can_pause(checked: Checked, clock: Clock) -> bool:
    pausing = [d.term.pauses for d in checked.declared("status") if isinstance(d.term, Status)]
    return bool(clock.pauses) or any(clock.id in names or "*" in names for names in pausing)


def _in_days(target: Target | Cascade) -> bool:
    promises = [step.promise for step in target.steps] if isinstance(target, Cascade) else [target.promise]
    return any(_promise_in_days(promise) for promise in promises)


def _promise_in_days(promise: AnyPromise) -> bool:
    match promise:
        case Choice(cases=branches, otherwise=otherwise):
            return any(_promise_in_days(case.promise) for case in branches) or (
                otherwise is not None and _promise_in_days(otherwise)
            )
        case Committed(limit=limit) | BestEffort(limit=limit):
            return limit is not None and _limit_in_days(limit)
        case _:
            return False


def _limit_in_days(limit: AnyLimit) -> bool:
    if isinstance(limit, Combined):
        return _limit_in_days(limit.first) or _limit_in_days(limit.second)
    return isinstance(limit, ByEndOf) or not isinstance(limit.budget, Duration)
