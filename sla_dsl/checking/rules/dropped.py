"""What a reading or annex takes away although something that stays names it (H3, H5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import frozen

from sla_dsl.checking.names import TERM_KINDS
from sla_dsl.checking.rules.checked import Checked
from sla_dsl.checking.words import named_kind, written
from sla_dsl.diagnostics import Finding, Place, catalogue
from sla_dsl.policy.mentions import Mention, mentions
from sla_dsl.policy.terms import AnyDeclaration, Document, Reading, Scale
from sla_dsl.policy.terms_inside import terms_inside
from sla_dsl.syntax import Statement

Terms = Mapping[tuple[str, str], AnyDeclaration]


@frozen
class _Lost:
    """A declaration that is dropped, or a level (with its scale) that a new declaration of the scale lacks."""

    kind: str
    name: str
    scale: str | None = None

    def is_named_by(self, mention: Mention) -> bool:
        """Whether a mention means it."""
        if self.scale is not None or mention.scale is not None:
            return (self.scale, self.name) == (mention.scale, mention.name)
        return self.name == mention.name and self.kind in mention.kinds

    def __str__(self) -> str:
        of = f" of {self.scale}" if self.scale else ""
        return f"{self.kind.replace('_', ' ')} {self.name}{of}"


def dropped(checked: Checked) -> Iterator[Finding]:
    """Declarations and levels that are gone under a reading or annex while others still name them."""
    document = checked.model.document
    base: Terms = {term.key: term for term in checked.base.declarations} if checked.base else {}
    own = {**base, **{term.key: term for term in document.declarations}}
    if checked.base is not None:
        yield from _dangling(checked, base, document)
    for doubt in document.ambiguities:
        for reading in doubt.readings:
            yield from _dangling(checked, own, reading)


def _dangling(checked: Checked, before: Terms, change: Reading | Document) -> Iterator[Finding]:
    lost = [*(_Lost(one.kind, one.id) for one in change.dropped), *_lost_levels(before, change)]
    if not lost:
        return
    gone = {(one.kind, one.id) for one in change.dropped}
    after = {key: term for key, term in before.items() if key not in gone}
    after |= {term.key: term for term in change.declarations}
    told: set[Place] = set()
    for one in lost:
        by = next((term for term in after.values() if any(map(one.is_named_by, _mentions(term)))), None)
        place = _place(checked, one)
        if by is not None and place not in told:
            told.add(place)
            yield catalogue.DROPPED_IN_USE(place, what=one, by=by.clause)


def _mentions(term: AnyDeclaration) -> Iterator[Mention]:
    return mentions(term, terms_inside(term))


def _lost_levels(before: Terms, change: Reading | Document) -> Iterator[_Lost]:
    for term in change.declarations:
        old = before.get(term.key)
        if isinstance(term, Scale) and isinstance(old, Scale):
            yield from (_Lost("level", level.id, old.id) for level in old.levels if term.level(level.id) is None)


def _place(checked: Checked, one: _Lost) -> Place:
    """Where something is dropped, or the scale is declared that lacks a level."""
    if one.scale is not None:
        levels = (d for d in checked.model.declared if isinstance(d.term, Scale) and d.term.id == one.scale)
        return next(d.place for d in levels if isinstance(d.term, Scale) and d.term.level(one.name) is None)
    return next(checked.place(s.line) for s in checked.statements if s.kind == "drop" and _drops(s, one))


def _drops(statement: Statement, one: _Lost) -> bool:
    kind, refs = named_kind(statement.line), statement.line.nodes("refs")[0].nodes("ref")
    return TERM_KINDS.get(kind, kind) == one.kind and one.name in map(written, refs)
