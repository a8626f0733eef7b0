"""From a syntax tree to a checked model: the order in which a policy or an annex is read."""

from __future__ import annotations

from pathlib import Path

from attrs import evolve

from sla_dsl.checking.acceptance import acceptances, accepted
from sla_dsl.checking.context import Context, Record
from sla_dsl.checking.declare import declare_all, declare_base
from sla_dsl.checking.echoes import without_echoes
from sla_dsl.checking.heads import LANGUAGE, language_said, several
from sla_dsl.checking.limits import within_limits
from sla_dsl.checking.names import Ledger, Names, unknown_names
from sla_dsl.checking.read.ambiguities import ambiguity, dropped, setting, settled
from sla_dsl.checking.read.calendars import zone_ref
from sla_dsl.checking.read.declarations import declarations
from sla_dsl.checking.read.evidence import evidence
from sla_dsl.checking.read.examples import example
from sla_dsl.checking.read.marks import mark
from sla_dsl.checking.rules import RULES, Checked
from sla_dsl.checking.sources import Sources
from sla_dsl.checking.words import label_of, name_of
from sla_dsl.diagnostics import Finding, Outcome, Place, Severity, catalogue
from sla_dsl.model import Model
from sla_dsl.policy.terms.document import FORMAT, Document, Pinned
from sla_dsl.source import NOWHERE
from sla_dsl.syntax import Statement, Tree

_SUPPORTED = frozenset({"timezone", "created", "carries_targets", "choose", "drop"})
"""Statements outside of declarations that may have evidence. The terms have no place for it, but it has to be true."""


def check(
    tree: Tree, *, folder: Path | None = None, base: Document | None = None, annexes: tuple[Document, ...] = ()
) -> Outcome[Model]:
    """The checked model of a policy or annex, and everything that is wrong with it.

    `folder` is where its source documents lie; `base` is the compiled policy that an annex amends, `annexes` are those
    that hold already. The model is none where an error was found. Each mistake is reported once, however many rules
    stumble over it.

    Example: `check(parse(Source.read(path)).value, folder=path.parent)`.
    """
    tree, beyond = within_limits(tree)
    head = next((s for s in tree.statements if s.kind in {"policy", "annex"}), None)
    findings = [*beyond, *language_said(tree)]
    if head is None:
        if not any(s.is_bad for s in tree.statements):
            start = tree.statements[0].span if tree.statements else NOWHERE
            findings.append(catalogue.EMPTY_FILE(Place(tree.source, start)))
        return Outcome(None, tuple(findings))
    unfit = _unfit_base(tree, head, base)
    if unfit is not None:
        return Outcome(None, (*findings, unfit))
    ctx, sources = _context(tree, head, folder, base)
    findings += several(tree, head)
    findings += sources.findings
    model = _model(ctx, sources, tree, head)
    findings += ctx.record.findings
    findings += unknown_names(ctx.names.ledger)
    checked = Checked(model, ctx.names, base, annexes)
    findings += [finding for rule in RULES for finding in rule(checked)]
    judged = without_echoes(tree, accepted(ctx, head, findings))
    failed = any(f.severity is Severity.ERROR for f in judged)
    return Outcome(None if failed else model, tuple(sorted(judged, key=lambda f: (f.place.sort_key(), f.code))))


def _unfit_base(tree: Tree, head: Statement, base: Document | None) -> Finding | None:
    """Why an annex cannot be read: its policy is not there, or is another one. Without it no name is known."""
    if head.kind != "annex":
        return None
    name = head.line.nodes("name")[1]
    wanted = name.tokens("WORD")[0].text
    if base is None:
        return catalogue.BASE_MISSING(Place(tree.source, name.span), name=wanted)
    if base.id != wanted:
        return catalogue.WRONG_BASE(Place(tree.source, name.span), wanted=wanted, found=base.id)
    return None


def _context(tree: Tree, head: Statement, folder: Path | None, base: Document | None) -> tuple[Context, Sources]:
    sources = Sources()
    for statement in head.body:
        if statement.kind == "source":
            sources.add(statement, tree.source, folder)
    if not sources.texts and (head.kind == "policy" or any(s.kind == "cite" for s in head.walk())):
        sources.findings.append(catalogue.NO_SOURCE(Place(tree.source, head.line.span)))
    names = Names(Ledger())
    ctx = Context(tree.source, names, Record(), sources.texts)
    if base is not None:
        declare_base(ctx, base)
        names = names.inner()
        ctx = evolve(ctx, names=names)
    declare_all(ctx, head.body)
    ctx.targets_scale = _targets_scale(ctx, head, base)
    return ctx, sources


def _targets_scale(ctx: Context, head: Statement, base: Document | None) -> str:
    """The scale that carries the targets: the one said, the one called `priority`, or the only one there is (R1)."""
    said = next((s for s in head.body if s.kind == "carries_targets"), None)
    if said is not None:
        return ctx.resolve(said.line.nodes("ref")[0], "scale")
    if base is not None and base.targets_scale:
        return base.targets_scale
    scales = [s for s in head.body if s.kind == "scale"]
    if len(scales) == 1 and name_of(scales[0].line) != "priority":
        return name_of(scales[0].line)
    return "priority"


def _model(ctx: Context, sources: Sources, tree: Tree, head: Statement) -> Model:
    inside = head.body
    declared = declarations(ctx, inside)
    zone = next((zone_ref(ctx, s) for s in inside if s.kind == "timezone"), None)
    doubts = tuple(ambiguity(ctx, s) for s in inside if s.kind == "ambiguity")
    created = next((s.line.nodes("ref")[0] for s in inside if s.kind == "created"), None)
    supported = [(s.kind, evidence(ctx, s, s.tokens[0].text)) for s in inside if s.kind in _SUPPORTED]
    for_zone = next((said for kind, said in supported if kind == "timezone"), None)
    document = Document(
        format=FORMAT,
        language=LANGUAGE,
        kind="annex" if head.kind == "annex" else "policy",
        id=name_of(head.line),
        label=label_of(head.line),
        amends=head.line.nodes("name")[1].tokens("WORD")[0].text if head.kind == "annex" else None,
        sources=tuple(sources.pinned),
        timezone=zone.name if zone else None,
        timezone_parameter=zone.parameter if zone else None,
        timezone_cites=for_zone["cites"] if for_zone else (),
        timezone_assumes=for_zone["assumes"] if for_zone else (),
        created=ctx.resolve(created, "event") if created else None,
        targets_scale=ctx.targets_scale if ctx.targets_scale in ctx.scales else None,
        declarations=declared,
        ambiguities=doubts,
        settings=tuple(s for inner in inside if inner.kind == "set" and (s := setting(ctx, inner))),
        dropped=tuple(d for inner in inside if inner.kind == "drop" for d in dropped(ctx, inner)),
        chosen=dict(choice for s in inside if s.kind == "choose" and (choice := settled(ctx, s))),
        marks=tuple(mark(ctx, s) for s in inside if s.kind in {"informative", "out_of_scope"}),
        accepted=acceptances(head),
        examples=tuple(example(ctx, s) for s in inside if s.kind == "example"),
        pinned=Pinned(holidays_version="", tzdata_version=""),
    )
    return Model(tree, document, tuple(ctx.record.declared), tuple(ctx.record.quotations), sources.readable)
