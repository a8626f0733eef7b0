"""Levels that can be worked out from facts: no two at once, and none that never applies (R1)."""

from __future__ import annotations

from collections.abc import Iterator

from sla_dsl.checking.cases import Cases, Trial, cases
from sla_dsl.checking.rules.checked import Checked
from sla_dsl.checking.words import name_of
from sla_dsl.diagnostics import Finding, Place, catalogue
from sla_dsl.model import Declared
from sla_dsl.policy.terms import Level, Scale


def levels(checked: Checked) -> Iterator[Finding]:
    """Overlaps, unless the highest wins; and levels that a higher one always hides."""
    for declared in checked.declared("scale"):
        if isinstance(declared.term, Scale):
            yield from _in_scale(checked, declared, declared.term)


def _in_scale(checked: Checked, declared: Declared, scale: Scale) -> Iterator[Finding]:
    executable = [level for level in scale.levels if level.when is not None]
    tickets = cases(checked.world, [level.when.test for level in executable if level.when])
    if scale.highest_wins:
        if declared.reading is None:
            yield from _dead(checked, declared, executable, tickets)
        return
    overlaps: dict[tuple[str, str], Trial] = {}
    for trial in tickets:
        applying = [level.id for level, outcome in zip(executable, trial.outcomes, strict=True) if outcome]
        if len(set(applying)) > 1:
            overlaps.setdefault((applying[0], applying[1]), trial)
    for (first, second), trial in overlaps.items():
        yield catalogue.LEVELS_OVERLAP(
            _place(checked, declared, second),
            first=first,
            second=second,
            example=trial,
            related=[(_place(checked, declared, first), "the other level")],
        )


def _dead(checked: Checked, declared: Declared, executable: list[Level], tickets: Cases) -> Iterator[Finding]:
    """Levels that a higher one always hides. A reading may hide one: others name it, so that it has to stay."""
    reached = {trial.first for trial in tickets} if tickets.complete else set(range(len(executable)))
    for at, level in enumerate(executable):
        if at not in reached:
            yield catalogue.DEAD_BRANCH(_place(checked, declared, level.id), case=level.id)


def _place(checked: Checked, declared: Declared, level: str) -> Place:
    """Where a level of a scale is declared."""
    for inner in declared.statement.body:
        if inner.kind == "level" and name_of(inner.line) == level:
            return checked.place(inner.line)
    return declared.place
