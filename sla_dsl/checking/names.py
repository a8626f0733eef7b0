"""Names: who declares what, and what a reference means. Every name is resolved here, once.

A name is looked up by its id, then by a label (case and spacing folded). What cannot be found is remembered, so that an
unknown name becomes one finding with all its places.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import define, field, frozen

from sla_dsl.diagnostics import Finding, Kind, Place, catalogue
from sla_dsl.nearest import nearest
from sla_dsl.policy.names import folded

KINDS = {
    "party": "party",
    "channel": "channel",
    "event": "event",
    "parameter": "parameter",
    "fact": "fact",
    "scale": "scale",
    "level": "level",
    "choice": "choice",
    "calendar": "calendar",
    "clock": "clock",
    "status": "status",
    "service": "service",
    "exclusion": "exclusion",
    "duty": "duty",
    "objective": "objective",
    "support_line": "support line",
    "maintenance": "maintenance",
    "reference": "reference",
    "term": "term",
    "ambiguity": "ambiguity",
    "reading": "reading",
    "source": "source",
    "season": "season",
    "step": "step",
    "no_promise": "non-promise",
    "matrix": "matrix",
    "target": "target",
    "cascade": "cascade",
    "transition": "transition",
    "reclassification": "reclassification",
}
"""Every kind of name, and how messages call it."""

_CALLED_BY_LABEL = frozenset("party channel event fact parameter scale level calendar clock status service".split())
"""The kinds that tickets and questions may call by their labels."""

TERM_KINDS = {"attribute": "scale", "contingency": "service"}
"""The statements that declare a name of another kind."""


@frozen
class Entry:
    """A declared name: its kind, the name, its labels, where it stands (nowhere, if it comes from a compiled policy).

    Levels, readings and steps belong to an `owner`: their scale, ambiguity or clock.
    """

    kind: str
    id: str
    labels: tuple[str, ...]
    place: Place | None
    owner: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it from every other name."""
        return (self.kind, self.owner, self.id)


@define
class Missed:
    """An unknown name: where it was used, and which names could have been meant."""

    names: Names
    kinds: tuple[str, ...]
    owner: str | None
    places: list[Place] = field(factory=list[Place])


@define
class Ledger:
    """What was asked for during one check: unknown names, those that may mean two things, and those that were used."""

    unknown: dict[tuple[str, str, str], Missed] = field(factory=dict[tuple[str, str, str], Missed])
    used: set[tuple[str, str]] = field(factory=set[tuple[str, str]])


@define(eq=False)
class Names:
    """The names that can be used in one block, those around it included."""

    ledger: Ledger
    parent: Names | None = None
    _by_id: dict[tuple[str, str], list[Entry]] = field(factory=dict[tuple[str, str], list[Entry]])
    _by_label: dict[tuple[str, str], list[Entry]] = field(factory=dict[tuple[str, str], list[Entry]])

    def inner(self) -> Names:
        """Names for a block inside this one, such as a reading."""
        return Names(self.ledger, self)

    def declare(self, entry: Entry) -> Finding | None:
        """Adds a name; a finding when this block has it, or one of its labels, already."""
        same = self._by_id.setdefault((entry.kind, entry.id), [])
        for label in {folded(label): label for label in entry.labels}:
            self._by_label.setdefault((entry.kind, label), []).append(entry)
        first = next((other for other in same if other.owner == entry.owner), None)
        same.append(entry)
        if first is not None:
            return _clash(catalogue.DUPLICATE, entry, first, entry.id)
        return self._label_clash(entry)

    def _label_clash(self, entry: Entry) -> Finding | None:
        for label in entry.labels if entry.kind in _CALLED_BY_LABEL else ():
            for other in self._by_label[entry.kind, folded(label)]:
                if other.owner == entry.owner and other.id != entry.id:
                    return _clash(catalogue.SAME_LABEL, entry, other, label)
        return None

    def entries(self, *kinds: str, owner: str | None = None) -> tuple[Entry, ...]:
        """All names of the kinds, those of this block before those around it."""
        own = [e for (kind, _), some in self._by_id.items() if kind in kinds for e in some if _of(e, owner)]
        outer = self.parent.entries(*kinds, owner=owner) if self.parent else ()
        hidden = {e.key for e in own}
        return (*own, *(e for e in outer if e.key not in hidden))

    def own_entries(self) -> tuple[Entry, ...]:
        """The names declared in this very block."""
        return tuple(entry for some in self._by_id.values() for entry in some)

    def find(self, text: str, *kinds: str, owner: str | None = None) -> Entry | None:
        """The entry a text means: by id, the first of the kinds before others, else by its only matching label."""
        found = next((e for kind in kinds for e in self.named(text, kind, owner)), None)
        if found is None:
            labelled = {e.key: e for kind in kinds for e in self.labelled(folded(text), kind, owner)}
            found = next(iter(labelled.values())) if len(labelled) == 1 else None
        if found is not None:
            self.ledger.used.add((found.kind, found.id))
            if found.kind == "level":
                self.ledger.used.add(("scale", found.owner))
        return found

    def owners(self, text: str, kind: str) -> tuple[str, ...]:
        """To whom the things of a kind belong that have this name: the scales that have such a level."""
        return tuple(dict.fromkeys(entry.owner for entry in self.named(text, kind, None)))

    def named(self, text: str, kind: str, owner: str | None) -> Iterator[Entry]:
        """The things of a kind with this id, those of this block first."""
        yield from (entry for entry in self._by_id.get((kind, text), ()) if _of(entry, owner))
        if self.parent is not None:
            yield from self.parent.named(text, kind, owner)

    def labelled(self, label: str, kind: str, owner: str | None) -> Iterator[Entry]:
        """The things of a kind with this label (folded), those of this block first; what it redeclares is left out."""
        yield from (entry for entry in self._by_label.get((kind, label), ()) if _of(entry, owner))
        if self.parent is not None:
            for entry in self.parent.labelled(label, kind, owner):
                if not any(own.owner == entry.owner for own in self._by_id.get((kind, entry.id), ())):
                    yield entry

    def missed(self, text: str, place: Place, *kinds: str, owner: str | None = None) -> None:
        """Remembers that a name could not be found."""
        missed = self.ledger.unknown.setdefault((kinds[0], text, owner or ""), Missed(self, kinds, owner))
        missed.places.append(place)


def _of(entry: Entry, owner: str | None) -> bool:
    return owner is None or entry.owner == owner


def _clash(kind: Kind, entry: Entry, first: Entry, name: str) -> Finding | None:
    """The finding for a second thing of one name; none where one of the two comes from a compiled policy."""
    if entry.place is None or first.place is None:
        return None
    related = [(first.place, "declared here first")]
    return kind(entry.place, kind=KINDS[entry.kind], name=name, related=related)


def unknown_names(ledger: Ledger) -> Iterable[Finding]:
    """One finding for each unknown name, with all the places where it is used."""
    for (kind, text, owner), missed in ledger.unknown.items():
        first, *others = sorted(set(missed.places), key=Place.sort_key)
        yield catalogue.UNKNOWN_NAME(
            first,
            kind=KINDS[kind],
            name=text,
            owner=owner,
            of=f" in `{owner}`" if owner else "",
            advice=_advice(text, missed),
            related=[(place, "used here too") for place in others],
        )


def meant(text: str, entries: Iterable[Entry]) -> str | None:
    """The id of the thing whose name or label is spelled nearly like a text."""
    candidates = {name: entry.id for entry in entries for name in (entry.id, *map(folded, entry.labels))}
    near = nearest(folded(text), candidates)
    return None if near is None else candidates[near]


def _advice(text: str, missed: Missed) -> str:
    """What could have been meant: a name that is spelled nearly so, else all there are."""
    entries = missed.names.entries(*missed.kinds, owner=missed.owner)
    near = meant(text, entries)
    if near:
        return f"Did you mean `{near}`?"
    if entries:
        known = sorted({entry.id for entry in entries})
        return f"Known: {', '.join(known[:8])}{', …' if len(known) > 8 else ''}."
    return f"Declare it: `{KINDS[missed.kinds[0]]} {text if text.isidentifier() else 'name'} …`."
