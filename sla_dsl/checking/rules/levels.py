"""Levels that can be worked out from facts: no two at once, and none that never applies (R1)."""

from __future__ import annotations

from collections.abc import Iterator

from sla_dsl.checking.cases import Ticket, cases, holds, spoken
from sla_dsl.checking.rules.checked import Checked
from sla_dsl.diagnostics import Finding, Place, catalogue
from sla_dsl.model import Declared
from sla_dsl.policy.terms.classification import Level, Scale


def levels(checked: Checked) -> Iterator[Finding]:
    """Overlaps, unless the highest wins; and levels that a higher one always hides."""
    for declared in checked.declared("scale"):
        if isinstance(declared.term, Scale):
            yield from _in_scale(checked, declared, declared.term)


def _in_scale(checked: Checked, declared: Declared, scale: Scale) -> Iterator[Finding]:
    executable = [level for level in scale.levels if level.when is not None]
    if not executable:
        return
    tickets = cases(checked.model, [level.when.test for level in executable if level.when])
    overlaps: dict[tuple[str, str], Ticket] = {}
    reached: set[str] = set()
    for ticket in tickets:
        applying = [level for level in executable if level.when and holds(level.when.test, ticket)]
        reached |= {level.id for level in (applying[:1] if scale.highest_wins else applying)}
        if len(applying) > 1 and not scale.highest_wins:
            overlaps.setdefault((applying[0].id, applying[1].id), ticket)
    for (first, second), ticket in overlaps.items():
        yield catalogue.LEVELS_OVERLAP(
            _place(checked, declared, second),
            first=first,
            second=second,
            example=spoken(ticket),
            related=[(_place(checked, declared, first), "the other level")],
        )
    yield from _dead(checked, declared, executable, reached if tickets.complete else {x.id for x in executable})


def _dead(checked: Checked, declared: Declared, executable: list[Level], reached: set[str]) -> Iterator[Finding]:
    for level in executable:
        if level.id not in reached:
            yield catalogue.DEAD_BRANCH(_place(checked, declared, level.id))


def _place(checked: Checked, declared: Declared, level: str) -> Place:
    """Where a level of a scale is declared."""
    for inner in declared.statement.body:
        name = inner.line.node("name")
        if inner.kind == "level" and name is not None and name.tokens()[0].text == level:
            return Place(checked.model.tree.source, inner.line.span)
    return declared.place
