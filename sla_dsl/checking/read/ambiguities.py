"""Ambiguities and their readings (SEMANTICS H3)."""

from __future__ import annotations

from sla_dsl.checking.context import Context
from sla_dsl.checking.declare import declare_all
from sla_dsl.checking.names import KINDS, TERM_KINDS
from sla_dsl.checking.read.declarations import declarations
from sla_dsl.checking.read.evidence import evidence
from sla_dsl.checking.read.values import value_of
from sla_dsl.checking.words import label_of, name_of, named_kind, text_after, written
from sla_dsl.diagnostics import catalogue
from sla_dsl.model import Purpose
from sla_dsl.policy.terms.document import Ambiguity, Dropped, Reading, Setting
from sla_dsl.syntax import Statement

_DROPPED = KINDS.keys() - {"level", "choice", "step", "season", "reading", "ambiguity", "source"}
"""The kinds of declaration that can be dropped: not what belongs to another, nor what a document stands on."""


def ambiguity(ctx: Context, statement: Statement) -> Ambiguity:
    """An `ambiguity` statement with its readings and the choice between them."""
    name = name_of(statement.line)
    choice = next((s for s in statement.body if s.kind == "choose"), None)
    if choice is None:
        ctx.report(catalogue.NOT_CHOSEN, statement.line, name=name)
    overrides = tuple(ctx.resolve(s.line.nodes("ref")[0], "ambiguity") for s in statement.body if s.kind == "overrides")
    return Ambiguity(
        id=name,
        label=label_of(statement.line),
        readings=tuple(_reading(ctx, s, name) for s in statement.body if s.kind == "reading"),
        chosen=ctx.resolve(choice.line.nodes("ref")[-1], "reading", owner=name) if choice else "",
        because=(text_after(choice.line, "BECAUSE") or "") if choice else "",
        overrides=overrides,
        **evidence(ctx, statement, f"ambiguity {name}", Purpose.DISPUTED),
    )


def _reading(ctx: Context, statement: Statement, ambiguity_name: str) -> Reading:
    name = name_of(statement.line)
    names = ctx.names.inner()
    inside = ctx.within((ambiguity_name, name), names)
    declare_all(inside, statement.body)
    found = evidence(ctx, statement, f"reading {ambiguity_name}={name}", Purpose.DISPUTED)
    return Reading(
        id=name,
        label=label_of(statement.line),
        declarations=declarations(inside, statement.body),
        settings=tuple(s for inner in statement.body if inner.kind == "set" and (s := setting(inside, inner))),
        dropped=tuple(d for inner in statement.body if inner.kind == "drop" for d in dropped(inside, inner)),
        not_computed=text_after(statement.line, "NOT_COMPUTED"),
        **found,
    )


def settled(ctx: Context, statement: Statement) -> tuple[str, str] | None:
    """What an annex chooses: an ambiguity and its reading; none (reported) if there is none, or it may be of several.

    `choose saturday is yes because "…"`, or `choose yes because "…"` where only one ambiguity has such a reading.
    """
    *doubt, reading = statement.line.nodes("ref")
    owner = ctx.entry(doubt[0], "ambiguity") if doubt else None
    if doubt and owner is None:
        return None
    owners = ctx.names.owners(written(reading), "reading") if owner is None else ()
    if len(owners) > 1:
        known = " and ".join(f"`{name}`" for name in owners)
        ctx.report(catalogue.WHICH_READING, reading, name=written(reading), ambiguities=known, first=owners[0])
        return None
    entry = ctx.entry(reading, "reading", owner=owner.id if owner else None)
    return (entry.owner, entry.id) if entry else None


def setting(ctx: Context, statement: Statement) -> Setting | None:
    """`set parameter to value`; none (reported) if there is no such parameter or the value does not fit."""
    name = ctx.resolve(statement.line.nodes("ref")[0], "parameter")
    parameter = ctx.parameters.get(name)
    value = value_of(ctx, statement.line, parameter.type) if parameter else None
    if value is None:
        return None
    found = evidence(ctx, statement, f"set {name}")
    return Setting(parameter=name, value=value, cites=found["cites"], assumes=found["assumes"])


def dropped(ctx: Context, statement: Statement) -> tuple[Dropped, ...]:
    """`drop objective performance`: declarations that are taken away."""
    kind = TERM_KINDS.get(named_kind(statement.line), named_kind(statement.line))
    if kind not in _DROPPED:
        named, known = statement.line.nodes("declared")[0], ", ".join(KINDS[name] for name in sorted(_DROPPED))
        ctx.report(catalogue.NOT_DROPPED, named, kind=kind.replace("_", " "), known=known)
        return ()
    refs = statement.line.node("refs")
    found = [ctx.find_declared(ref, kind) for ref in (refs.nodes("ref") if refs else ())]
    return tuple(Dropped(kind=term.kind, id=term.id) for term in found if term is not None)
