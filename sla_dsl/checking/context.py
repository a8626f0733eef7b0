"""What every reader of a statement needs at hand: the text, the names, the sources, and where to report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from attrs import define, evolve, field

from sla_dsl.checking.names import Entry, Names
from sla_dsl.checking.words import unquoted, written
from sla_dsl.diagnostics import Finding, Kind, Place, catalogue
from sla_dsl.evidence import Document as SourceText
from sla_dsl.model import Declared, Purpose, Quotation
from sla_dsl.nearest import nearest
from sla_dsl.policy.names import folded
from sla_dsl.policy.terms import AnyDeclaration, Fact, Parameter, Scale
from sla_dsl.source import Source, Span
from sla_dsl.syntax import Node, Statement, Token


@define
class Record:
    """What one check collects, whichever block it is in."""

    findings: list[Finding] = field(factory=list[Finding])
    declared: list[Declared] = field(factory=list[Declared])
    quotations: list[Quotation] = field(factory=list[Quotation])


@define
class Context:
    """The surroundings of a statement.

    `documents` are the sources in the order in which they are named, none for one that could not be read. `declared` is
    everything that a reading or annex can replace, by kind and id. `facts`, `scales` and `parameters` are the
    declarations that others depend on for their types, by id; `targets_scale` is the scale that `priority` means.
    """

    source: Source
    names: Names
    record: Record
    documents: Mapping[str, SourceText | None]
    declared: dict[tuple[str, str], AnyDeclaration] = field(factory=dict[tuple[str, str], AnyDeclaration])
    facts: dict[str, Fact] = field(factory=dict[str, Fact])
    scales: dict[str, Scale] = field(factory=dict[str, Scale])
    parameters: dict[str, Parameter] = field(factory=dict[str, Parameter])
    targets_scale: str = "priority"
    reading: tuple[str, str] | None = None

    def within(self, reading: tuple[str, str], names: Names) -> Context:
        """The context of a reading's block."""
        return evolve(
            self,
            names=names,
            reading=reading,
            facts=dict(self.facts),
            scales=dict(self.scales),
            parameters=dict(self.parameters),
        )

    def remember(self, term: AnyDeclaration) -> None:
        """Keeps a declaration that others depend on for their types."""
        match term:
            case Fact():
                self.facts[term.id] = term
            case Scale():
                self.scales[term.id] = term
            case Parameter():
                self.parameters[term.id] = term
            case _:
                pass

    def place(self, part: Statement | Node | Token) -> Place:
        """Where a part of the text stands."""
        return Place(self.source, part.span)

    def report(
        self,
        kind: Kind,
        part: Statement | Node | Token,
        /,
        *,
        related: Iterable[tuple[Place, str]] = (),
        **fields: object,
    ) -> None:
        """Adds a finding about a part of the text."""
        self.record.findings.append(kind(self.place(part), related=related, **fields))

    def no_state(self, part: Node, what: str, found: str, known: Iterable[str], near: str | None = None) -> None:
        """Reports a word for what something is that it never is; `near` is a name that may have been meant."""
        words = tuple(dict.fromkeys(known))
        near = near or nearest(found, words)
        advice = f"Did you mean `{near}`?" if near else f"Write one of: {', '.join(words)}."
        self.report(catalogue.UNKNOWN_STATE, part, what=what, found=found, advice=advice)

    def quote(self, statement: Statement, source: str, span: Span, purpose: Purpose, by: str) -> None:
        """Keeps a quotation that was found: a passage of a source, and why it is quoted by what."""
        self.record.quotations.append(Quotation(self.place(statement), source, span, purpose, by))

    def resolve(self, ref: Node, *kinds: str, owner: str | None = None) -> str:
        """The id that a reference means; an unknown one is reported, and given back as it is written."""
        entry = self.entry(ref, *kinds, owner=owner)
        return entry.id if entry else written(ref)

    def named(self, token: Token, *kinds: str, owner: str | None = None) -> Entry | None:
        """What a word or text means as a name; an unknown one is reported once, at the end, with all its places."""
        text = unquoted(token) if token.kind == "STRING" else token.text
        entry = self.names.find(text, *kinds, owner=owner)
        if entry is None:
            self.names.missed(text, self.place(token), *kinds, owner=owner)
        return entry

    def entry(self, ref: Node, *kinds: str, owner: str | None = None) -> Entry | None:
        """What a reference means; an unknown one is reported once, at the end, with all its places."""
        return self.named(ref.tokens()[0], *kinds, owner=owner)

    def level(self, ref: Node) -> Entry | None:
        """The level that a reference means: of the scale that carries the targets before any other."""
        entry = self.names.find(written(ref), "level", owner=self.targets_scale)
        if entry is None and len(owners := self.names.owners(written(ref), "level")) > 1:
            self.report(catalogue.WHICH_LEVEL, ref, name=written(ref), scales=" and ".join(f"`{o}`" for o in owners))
            self.names.ledger.used.update(("scale", owner) for owner in owners)
        return entry or self.entry(ref, "level")

    def resolve_all(self, refs: Node | None, *kinds: str, owner: str | None = None) -> tuple[str, ...]:
        """The ids of several references, in the order written."""
        return tuple(self.resolve(ref, *kinds, owner=owner) for ref in refs.nodes("ref")) if refs else ()

    def find_declared(self, ref: Node, kind: str) -> AnyDeclaration | None:
        """The declaration that a reading or annex names in order to replace it; none (reported) if there is none."""
        text = written(ref)
        by_label = next((key for key, term in self.declared.items() if key[0] == kind and term.label == text), None)
        term = self.declared.get((kind, text)) or (self.declared[by_label] if by_label else None)
        if term is None:
            self.names.missed(text, self.place(ref), kind)
        return term

    def called(self, refs: Iterable[Node], *kinds: str) -> frozenset[str]:
        """Every way to call what some references mean, case and spacing folded: as written, by id, by label."""
        names = {folded(written(ref)) for ref in refs}
        for entry in [self.names.find(name, *kinds) for name in names]:
            names |= {folded(name) for name in (entry.id, *entry.labels)} if entry else set()
        return frozenset(names)

    def words(self, node: Node) -> str:
        """A part of a statement as written, with single spaces."""
        return re.sub(r"\s+", " ", self.source.slice(node.span)).strip()
