"""What `show` says of each kind of declaration, beside its name and its evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sla_dsl.analysis.plain import EVIDENCE, plain
from sla_dsl.analysis.words import (
    available_words,
    calendar_words,
    measurement_words,
    promise_words,
    type_words,
    value_words,
)
from sla_dsl.policy.terms import (
    Calendar,
    Cascade,
    Channel,
    Duty,
    Event,
    Fact,
    Matrix,
    Objective,
    Parameter,
    Scale,
    Service,
    SupportLine,
    Target,
    Transition,
)

if TYPE_CHECKING:
    from sla_dsl.policy.terms import AnyDeclaration
    from sla_dsl.policy.vocabulary import Terms

Data = dict[str, Any]


def details(declaration: AnyDeclaration, terms: Terms) -> Data:
    """Every field of a declaration, and in words what is hard to read as data."""
    return {
        **plain(declaration, without=EVIDENCE),
        **_of_tickets(declaration, terms),
        **_of_promises(declaration),
        **_of_people(declaration),
    }


def _of_tickets(declaration: AnyDeclaration, terms: Terms) -> Data:
    """Of what a ticket is said to be."""
    match declaration:
        case Parameter():
            return _parameter(declaration, terms)
        case Fact(type=type_, default=default):
            return {"type": type_words(type_), "default": value_words(default) if default else None}
        case Scale(chosen_by=chosen_by, id=scale):
            return {"chosen_by": one_or_all(chosen_by), "carries_targets": scale == terms.targets_scale}
        case Matrix(chosen_by=chosen_by, id=scale):
            return {"gives": scale, "chosen_by": one_or_all(chosen_by)}
        case Event(id=event):
            return {"is_created": event == terms.created}
        case _:
            return {}


def _of_promises(declaration: AnyDeclaration) -> Data:
    """Of time and what is promised."""
    match declaration:
        case Calendar():
            return {"text": calendar_words(declaration)}
        case Target(promise=promise, also=also):
            said = [promise_words(one.promise) for one in also]
            return {"text": promise_words(promise), "also_text": said}
        case Cascade(steps=steps):
            return {"text": [f"{step.id}: {promise_words(step.promise)}" for step in steps]}
        case Objective(measurements=measurements):
            return {"text": [measurement_words(one) for one in measurements]}
        case _:
            return {}


def _of_people(declaration: AnyDeclaration) -> Data:
    """Of who is there and what else happens."""
    match declaration:
        case Duty(due=due):
            return {"text": promise_words(due)}
        case Service(availability=availability) | Channel(availability=availability):
            return {"text": [available_words(one) for one in availability]}
        case SupportLine(provided_by=provided_by, requested_by=requested_by):
            return {"by": one_or_all(provided_by), "requested_by": one_or_all(requested_by)}
        case Transition(sources=sources, to=to):
            return {"from": list(sources), "to": to}
        case _:
            return {}


def _parameter(parameter: Parameter, terms: Terms) -> Data:
    filled = terms.filled(parameter.id)
    return {
        "type": type_words(parameter.type),
        "default": value_words(parameter.default) if parameter.default else None,
        "value": value_words(filled.value) if filled else None,
        "given_by": filled.by if filled else None,
        "assumed": filled is not None and filled.assumed,
    }


def one_or_all(names: tuple[str, ...]) -> str | list[str] | None:
    """One name as it is, none as null, several as a list."""
    if len(names) > 1:
        return list(names)
    return names[0] if names else None
