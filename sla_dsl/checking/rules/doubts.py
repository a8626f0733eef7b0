"""Ambiguities that are worth their name, and that do not get in each other's way (H3)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from sla_dsl.checking.rules.checked import Checked
from sla_dsl.diagnostics import Finding, Place, catalogue
from sla_dsl.policy.terms.document import Ambiguity

_HELPERS = frozenset({"calendar", "fact", "scale", "event", "party", "channel", "note", "term"})
"""Kinds of declaration that a reading may well add, for its own use."""


def doubts(checked: Checked) -> Iterator[Finding]:
    """Two readings at least, which change something, and no two ambiguities about one declaration."""
    ambiguities = checked.model.document.ambiguities
    places = {entry.id: entry.place for entry in checked.names.entries("ambiguity")}
    for doubt in ambiguities:
        place = places.get(doubt.id)
        if place is not None:
            yield from _readings(doubt, place)
    for first, second in combinations(ambiguities, 2):
        place, other = places.get(second.id), places.get(first.id)
        shared = sorted(first.touches & second.touches)
        settled = second.id in first.overrides or first.id in second.overrides
        if shared and not settled and place is not None and other is not None:
            what = ", ".join(f"{kind} {name}" for kind, name in shared[:3])
            yield catalogue.OVERLAP(
                place, first=first.id, second=second.id, what=what, related=[(other, "the other ambiguity")]
            )
    yield from _new_declarations(checked)


def _readings(doubt: Ambiguity, place: Place) -> Iterator[Finding]:
    if len(doubt.readings) < 2:
        yield catalogue.ONE_READING(place, name=doubt.id)
    elif not doubt.touches and not all(
        reading.not_computed for reading in doubt.readings if reading.id != doubt.chosen
    ):
        yield catalogue.EMPTY_READINGS(place, name=doubt.id)


def _new_declarations(checked: Checked) -> Iterator[Finding]:
    base = checked.base.declarations if checked.base else ()
    known = {d.term.key for d in checked.model.declared if d.reading is None} | {term.key for term in base}
    for declared in checked.model.declared:
        conditional = getattr(declared.term, "condition", None) is not None
        if (
            declared.reading
            and declared.term.key not in known
            and declared.term.kind not in _HELPERS
            and not conditional
        ):
            yield catalogue.REPLACES_NOTHING(declared.place, clause=declared.term.clause)
