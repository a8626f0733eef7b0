"""Names: who declares what, and what a reference means. Every name is resolved here, once.

A name is looked up by its id, then by a label (case and spacing folded). What cannot be found is remembered, so that an
unknown name becomes one finding with all its places.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from attrs import define, field, frozen

from sla_dsl.checking.words import folded, written
from sla_dsl.diagnostics import Finding, Place, catalogue
from sla_dsl.syntax import Node

KINDS = {
    "party": "party",
    "channel": "channel",
    "event": "event",
    "parameter": "parameter",
    "fact": "fact",
    "scale": "scale",
    "level": "level",
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

TERM_KINDS = {"attribute": "scale", "contingency": "service"}
"""The statements that declare a name of another kind."""


@frozen
class Entry:
    """A declared name: its kind, the name, its labels, where it stands (nowhere, if it comes from a compiled policy).

    Levels, readings and steps belong to an `owner`: their scale, ambiguity or cascade.
    """

    kind: str
    id: str
    labels: tuple[str, ...]
    place: Place | None
    owner: str = ""


@define
class Ledger:
    """What was asked for during one check: unknown names with their places, and names that were used."""

    unknown: dict[tuple[str, str], list[Place]] = field(factory=dict[tuple[str, str], list[Place]])
    suggestions: dict[tuple[str, str], str] = field(factory=dict[tuple[str, str], str])
    used: set[tuple[str, str]] = field(factory=set[tuple[str, str]])


@define
class Names:
    """The names that can be used in one block, those around it included."""

    ledger: Ledger
    parent: Names | None = None
    _entries: dict[tuple[str, str, str], Entry] = field(factory=dict[tuple[str, str, str], Entry])

    def inner(self) -> Names:
        """Names for a block inside this one, such as a reading."""
        return Names(self.ledger, self)

    def declare(self, entry: Entry) -> Finding | None:
        """Adds a name; a finding when this block has it already."""
        key = (entry.kind, entry.owner, entry.id)
        first = self._entries.get(key)
        if first is not None and first.place is not None and entry.place is not None:
            return catalogue.DUPLICATE(
                entry.place, kind=KINDS[entry.kind], name=entry.id, related=[(first.place, "declared here first")]
            )
        self._entries[key] = entry
        return None

    def entries(self, *kinds: str, owner: str | None = None) -> tuple[Entry, ...]:
        """All names of the kinds, those of this block before those around it."""
        outer = self.parent.entries(*kinds, owner=owner) if self.parent else ()
        own = tuple(e for e in self._entries.values() if e.kind in kinds and (owner is None or e.owner == owner))
        shadowed = {(e.kind, e.owner, e.id) for e in own}
        return own + tuple(e for e in outer if (e.kind, e.owner, e.id) not in shadowed)

    def own_entries(self) -> tuple[Entry, ...]:
        """The names declared in this very block."""
        return tuple(self._entries.values())

    def find(self, text: str, *kinds: str, owner: str | None = None) -> Entry | None:
        """The entry a text means: by id, else by its only matching label."""
        entries = self.entries(*kinds, owner=owner)
        by_id = next((e for e in entries if e.id == text), None)
        if by_id is None:
            labelled = [e for e in entries if folded(text) in map(folded, e.labels)]
            by_id = labelled[0] if len({(e.kind, e.id) for e in labelled}) == 1 else None
        if by_id is not None:
            self.ledger.used.add((by_id.kind, by_id.id))
            if by_id.kind == "level":
                self.ledger.used.add(("scale", by_id.owner))
        return by_id

    def missed(self, text: str, place: Place, *kinds: str, owner: str | None = None) -> None:
        """Remembers that a name could not be found."""
        wanted = KINDS[kinds[0]]
        key = (wanted, text)
        self.ledger.unknown.setdefault(key, []).append(place)
        candidates = {e.id: e.id for e in self.entries(*kinds, owner=owner)}
        candidates |= {folded(label): e.id for e in self.entries(*kinds, owner=owner) for label in e.labels}
        close = get_close_matches(folded(text), candidates, n=1, cutoff=0.6)
        if close:
            self.ledger.suggestions[key] = f"Did you mean `{candidates[close[0]]}`?"
        elif candidates:
            known = sorted(set(candidates.values()))
            self.ledger.suggestions[key] = f"Known: {', '.join(known[:8])}{', …' if len(known) > 8 else ''}."
        else:
            self.ledger.suggestions[key] = f"Declare it: `{wanted} {text if text.isidentifier() else 'name'} …`."

    def resolve(self, ref: Node, place: Place, *kinds: str, owner: str | None = None) -> str:
        """The id that a reference means. An unknown one is remembered and given back as it is written."""
        text = written(ref)
        entry = self.find(text, *kinds, owner=owner)
        if entry is None:
            self.missed(text, place, *kinds, owner=owner)
            return text
        return entry.id


def unknown_names(ledger: Ledger) -> Iterable[Finding]:
    """One finding for each unknown name, with all the places where it is used."""
    for (kind, text), places in ledger.unknown.items():
        first, *others = sorted(set(places), key=Place.sort_key)
        yield catalogue.UNKNOWN_NAME(
            first,
            kind=kind,
            article="an" if kind[0] in "aeiou" else "a",
            name=text,
            advice=ledger.suggestions[kind, text],
            related=[(place, "used here too") for place in others],
        )
