"""What a declaration rests on: its own citations, or those that stand in for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sla_dsl.analysis.plain import cited
from sla_dsl.policy.mentions import mentions
from sla_dsl.policy.terms import Parameter, Scale
from sla_dsl.policy.terms_inside import terms_inside

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla_dsl.policy.terms import AnyDeclaration, Citation
    from sla_dsl.policy.vocabulary import Terms


def evidence(declaration: AnyDeclaration, terms: Terms) -> dict[str, Any]:
    """Name, label, citations, assumptions and notes of a declaration.

    A parameter without citations of its own shows those of what needs it. What a reading puts in place of the policy's
    own shows the passages that are in doubt.
    """
    cites = declaration.cites or tuple(_inside(declaration))
    if not cites and isinstance(declaration, Parameter):
        cites = tuple(cite for user in _users(declaration, terms) for cite in user.cites)
    if not cites:
        cites = tuple(_disputed(declaration, terms))
    return {
        "id": declaration.id,
        "label": declaration.label,
        "cite": cited(cites),
        "assume": [one.text for one in declaration.assumes],
        "notes": list(declaration.notes),
    }


def _inside(declaration: AnyDeclaration) -> Iterator[Citation]:
    """The citations of the levels of a scale, where it has none as a whole."""
    if isinstance(declaration, Scale):
        for level in declaration.levels:
            yield from level.cites


def _users(parameter: Parameter, terms: Terms) -> Iterator[AnyDeclaration]:
    """The declarations that need a parameter."""
    for declaration in terms.declarations.values():
        named = mentions(declaration, terms_inside(declaration))
        if any(one.name == parameter.id and "parameter" in one.kinds for one in named):
            yield declaration


def _disputed(declaration: AnyDeclaration, terms: Terms) -> Iterator[Citation]:
    """The passages of the ambiguity whose reading made a declaration."""
    for chosen in terms.chosen.values():
        if any(one is declaration for one in chosen.reading.declarations):
            yield from chosen.reading.cites or chosen.ambiguity.cites
