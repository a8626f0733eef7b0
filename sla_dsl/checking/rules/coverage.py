"""Every sentence of a document is accounted for (H2)."""

from __future__ import annotations

from collections.abc import Iterator

from sla_dsl.checking.coverage import coverage_of
from sla_dsl.checking.rules.checked import Checked
from sla_dsl.diagnostics import Finding, Place, catalogue

_SHORT = 60


def coverage(checked: Checked) -> Iterator[Finding]:
    """One finding for each document that has units nobody cites or marks."""
    if not checked.is_policy:
        return
    for name, text in checked.model.sources.items():
        found = coverage_of(checked.model, name)
        open_units = [unit for unit in found.units if not unit.covered]
        if open_units:
            places = [Place(text.source, unit.unit.span) for unit in open_units]
            first = open_units[0].unit.text
            yield catalogue.NOT_COVERED(
                places[0],
                count=len(open_units),
                total=found.total,
                source=name,
                first=first if len(first) <= _SHORT else f"{first[: _SHORT - 1]}…",
                related=[(place, "not accounted for") for place in places[1:]],
            )
