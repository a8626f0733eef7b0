"""What a ticket may say under a policy: names as they are usually spelled, in tables made once (CONTRACT, forms)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from attrs import frozen

from sla_dsl.policy.terms import Channel, Clock, Event, Fact, Party, Scale, Status
from sla_dsl.policy.vocabulary import PRIORITY, Terms, labels_of

if TYPE_CHECKING:
    from sla_dsl.policy.terms import Declaration


@frozen
class Words:
    """Ids and labels as the policy spells them, each with the id that it means; other spellings are sought slowly.

    `early` are the events that may precede creation, `agreed` those with which a due time is agreed.
    """

    events: dict[str, str]
    statuses: dict[str, str]
    channels: dict[str, str]
    parties: dict[str, str]
    scales: dict[str, str]
    levels: dict[str, dict[str, str]]
    facts: dict[str, Fact]
    early: frozenset[str]
    agreed: tuple[str, ...]


def words_of(terms: Terms) -> Words:
    """Return the words of a policy in force; they are made once for each."""
    found = _KNOWN.get(terms)
    if found is None:
        found = _KNOWN[terms] = _words(terms)
    return found


# The words must not hold the terms themselves, or these would never be let go.
_KNOWN: WeakKeyDictionary[Terms, Words] = WeakKeyDictionary()


def _words(terms: Terms) -> Words:
    scales = _spelled(terms, Scale)
    if terms.targets_scale is not None:
        scales[PRIORITY] = terms.targets_scale
    facts = {name: terms.need(Fact, fact) for name, fact in _spelled(terms, Fact).items()}
    agreed = (clock.agreed for clock in terms.all(Clock))
    return Words(
        events=_spelled(terms, Event),
        statuses=_spelled(terms, Status),
        channels=_spelled(terms, Channel),
        parties=_spelled(terms, Party),
        scales=scales,
        levels={scale: _levels(terms, scale) for scale in terms.scales},
        facts=facts,
        early=frozenset(event.id for event in terms.all(Event) if event.may_precede_creation),
        agreed=tuple(dict.fromkeys(event for event in agreed if event is not None)),
    )


def _spelled(terms: Terms, kind: type[Declaration]) -> dict[str, str]:
    names = (name for one in terms.all(kind) for name in (one.id, *labels_of(one)))
    return {name: id_ for name in names if (id_ := terms.named(kind, name)) is not None}


def _levels(terms: Terms, scale: str) -> dict[str, str]:
    names = (name for level in terms.scales[scale].levels for name in (level.id, *level.labels))
    return {name: terms.level(scale, name) for name in names}
