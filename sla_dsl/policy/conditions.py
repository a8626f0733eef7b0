"""Conditions with three values: they hold, do not hold, or rest on something unknown (Kleene; R3)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sla_dsl.policy.comparisons import compares
from sla_dsl.policy.terms import (
    All,
    Among,
    Becomes,
    Compares,
    Distance,
    During,
    Given,
    Not,
    Occurs,
    OnDay,
    Precedes,
    Some,
    Yes,
)
from sla_dsl.policy.witness import Ground, Outcome, rests_on, unknown_of

if TYPE_CHECKING:
    from sla_dsl.policy.terms import AnyTest
    from sla_dsl.policy.witness import Seen, Witness


def judge(test: AnyTest, witness: Witness) -> Outcome:
    """Return whether a condition holds. Raises what is wrong with a calendar that it asks."""
    match test:
        case All(parts=parts):
            return _joined([judge(part, witness) for part in parts], decisive=False)
        case Some(parts=parts):
            return _joined([judge(part, witness) for part in parts], decisive=True)
        case Not(part=part):
            inner = judge(part, witness)
            return Outcome(None if inner.holds is None else not inner.holds, inner.grounds, inner.unknowns)
        case _:
            outcome = _leaf(test, witness)
            supposed = witness.supposed_truth(test) if outcome.holds is None else None
            return outcome if supposed is None else Outcome(supposed, (Ground(test, supposed, ()),))


def _joined(outcomes: list[Outcome], *, decisive: bool) -> Outcome:
    for one in outcomes:
        if one.holds is decisive:
            return one
    unknowns = tuple(unknown for one in outcomes for unknown in one.unknowns)
    grounds = tuple(ground for one in outcomes for ground in one.grounds)
    return Outcome(None, (), unknowns) if unknowns else Outcome(not decisive, grounds)


def _leaf(
    test: Among | Yes | Given | Compares | Distance | Precedes | During | OnDay | Occurs | Becomes, witness: Witness
) -> Outcome:
    """Return whether a single part holds, with what was seen or what is unknown."""
    match test:
        case Yes(fact=fact):
            seen = witness.fact(fact)
            return _from(test, seen, lambda: seen.value is True)
        case Among(subject=subject, values=values):
            if subject.kind == "clock":
                state = witness.clock_state(subject.name, values)
                return _from(test, state, lambda: state.value is True)
            seen = witness.subject(subject)
            return _from(test, seen, lambda: seen.value in values)
        case Given(subject=subject):
            given = witness.given(subject)
            return _from(test, given, lambda: given.value is True)
        case Occurs(event=event):
            happened = witness.happened(event)
            return _from(test, happened, lambda: happened.value is True)
        case Becomes():
            return rests_on(test, "status")
        case _:
            return compares(test, witness)


def _from(test: AnyTest, seen: Seen, holds: Callable[[], bool]) -> Outcome:
    if seen.unknown is not None:
        return unknown_of(test, seen.unknown)
    truth = holds()
    return Outcome(truth, (Ground(test, truth, (seen,)),))
