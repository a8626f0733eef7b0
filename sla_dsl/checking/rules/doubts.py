"""Ambiguities that are worth their name, and that do not get in each other's way (H3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from sla_dsl.checking.rules.checked import Checked
from sla_dsl.diagnostics import Finding, Place, catalogue
from sla_dsl.model import Declared
from sla_dsl.policy.terms import Ambiguity, Cascade, Target

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
    yield from _circles(checked, places)
    yield from _new_declarations(checked)


def _circles(checked: Checked, places: Mapping[str, Place | None]) -> Iterator[Finding]:
    """Ambiguities each of which goes before the next, round to the first; each circle is told once."""
    below = {doubt.id: doubt.overrides for doubt in checked.model.document.ambiguities}
    told: set[str] = set()
    for start in below:
        path = _path_back(below, start)
        place = places.get(start)
        if path and place is not None and not told & set(path):
            told |= set(path)
            yield catalogue.OVERRIDES_CIRCLE(place, circle=" overrides ".join((*path, start)))


def _path_back(below: Mapping[str, tuple[str, ...]], start: str) -> tuple[str, ...]:
    """The ambiguities on a way from one back to itself; none if there is no such way."""
    waiting: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while waiting:
        path = waiting.pop()
        for following in below.get(path[-1], ()):
            if following == start:
                return path
            if following not in seen:
                seen.add(following)
                waiting.append((*path, following))
    return ()


def _readings(doubt: Ambiguity, place: Place) -> Iterator[Finding]:
    if len(doubt.readings) < 2:
        yield catalogue.ONE_READING(place, name=doubt.id)
    elif not doubt.touches and not all(
        reading.not_computed for reading in doubt.readings if reading.id != doubt.chosen
    ):
        yield catalogue.EMPTY_READINGS(place, name=doubt.id)


def _new_declarations(checked: Checked) -> Iterator[Finding]:
    """What a reading declares although there is nothing of that name to replace; once for each statement."""
    base = checked.base.declarations if checked.base else ()
    known = {d.term.key for d in checked.model.declared if d.reading is None} | {term.key for term in base}
    told: set[Place] = set()
    for declared in checked.model.declared:
        place = Place(declared.place.source, declared.statement.span)
        if declared.reading and declared.term.key not in known and not _may_be_new(declared) and place not in told:
            told.add(place)
            yield catalogue.REPLACES_NOTHING(declared.place, clause=declared.term.clause)


def _may_be_new(declared: Declared) -> bool:
    """Whether a reading may well add this: something for its own use, or a target of its own case."""
    conditional = isinstance(declared.term, Target | Cascade) and declared.term.condition is not None
    return conditional or declared.term.kind in _HELPERS
