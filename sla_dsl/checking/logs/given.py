"""Statuses and events of the policy that nothing in the log can give."""

from __future__ import annotations

from collections.abc import Iterator

from sla_dsl.diagnostics import Finding, Place, catalogue
from sla_dsl.policy.logs.mapping import Mapping
from sla_dsl.policy.terms import Event, Status, Transition
from sla_dsl.policy.terms.conditions import Becomes, Occurs
from sla_dsl.policy.terms_inside import terms_inside
from sla_dsl.policy.vocabulary import Terms

_MOST_NAMED = 12


def not_given(place: Place, mapping: Mapping, terms: Terms) -> Iterator[Finding]:
    """Every event and status is given by something, but for the creation and the first status.

    Where a column gives what it is called so (no `ignore the rest`), it may give everything.
    """
    events, statuses = _given(mapping, "event"), _given(mapping, "status")
    parts: list[str] = []
    if events is not None:
        missing = [one.id for one in terms.all(Event) if one.id not in events and one.id != terms.created]
        parts += _named("event", missing)
    if statuses is not None and terms.all(Status):
        reached = _reached(terms, statuses, events)
        parts += _named("status", [s.id for s in terms.all(Status) if s.id not in reached and not s.initial])
    if parts:
        yield catalogue.NOT_GIVEN(place, what=" and ".join(parts))


def _given(mapping: Mapping, kind: str) -> frozenset[str] | None:
    """The ids of a kind that the log can give; none where that depends on the values in it."""
    if any(one.kind == kind and not one.ignore_rest for one in mapping.values):
        return None
    read = {str(m.value) for one in mapping.values for m in one.read.values() if m is not None and m.kind == kind}
    timed = {one.value for one in mapping.moments if one.kind == kind}
    changed = {one.event for one in mapping.changes if kind == "event"}
    return frozenset(read | timed | changed)


def _reached(terms: Terms, statuses: frozenset[str], events: frozenset[str] | None) -> set[str]:
    """The statuses that are recorded, and those that follow by time, by an event or by another status."""
    reached = set(statuses)
    transitions = terms.all(Transition)
    while True:
        more = {one.to for one in transitions if one.to not in reached and _can_happen(one, reached, events)}
        if not more:
            return reached
        reached |= more


def _can_happen(transition: Transition, reached: set[str], events: frozenset[str] | None) -> bool:
    for moment in transition.moments:
        if moment.when is None:
            return True
        for part in terms_inside(moment.when):
            if isinstance(part, Occurs) and (events is None or part.event in events):
                return True
            if isinstance(part, Becomes) and reached & set(part.statuses):
                return True
    return False


def _named(kind: str, missing: list[str]) -> list[str]:
    if not missing:
        return []
    shown = [f"`{name}`" for name in missing[:_MOST_NAMED]] + ["…"] * (len(missing) > _MOST_NAMED)
    plural = {"event": "events", "status": "statuses"}[kind] if len(missing) > 1 else kind
    return [f"the {plural} {', '.join(shown)}"]
