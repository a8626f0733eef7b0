"""`amend`: some statements of a declaration are replaced, and it holds as a whole in their place (SEMANTICS H3, H5).

The block is read as a declaration of its own, of which only the fields that it speaks of are put into the declaration
that is amended. So a compiled policy is amended like one at hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

import msgspec
from attrs import evolve

from sla_dsl.checking.context import Context
from sla_dsl.checking.names import TERM_KINDS
from sla_dsl.checking.read import calendars, classification, clocks, objectives, organisation
from sla_dsl.checking.read.evidence import evidence
from sla_dsl.checking.words import name_of, named_kind
from sla_dsl.diagnostics import catalogue
from sla_dsl.policy.terms import (
    AnyDeclaration,
    Calendar,
    ChosenBy,
    Clock,
    Composed,
    Fact,
    Hours,
    Level,
    Matrix,
    Parameter,
    Scale,
)
from sla_dsl.syntax import Node, Statement, Token
from sla_dsl.syntax.placement import AMENDED, EVIDENCE, allowed_in

_ADVICE = "Write it in an amendment of what it belongs to."
S = TypeVar("S", bound=msgspec.Struct)

_READERS: dict[str, Callable[[Context, Statement], AnyDeclaration]] = {
    "channel": classification.channel,
    "clock": clocks.clock,
    "service": organisation.service,
    "exclusion": organisation.exclusion,
    "duty": organisation.duty,
    "objective": objectives.objective,
    "support_line": organisation.support_line,
    "maintenance": organisation.maintenance,
}
_FIELDS: dict[str, tuple[str, ...]] = {
    "starts": ("starts",),
    "stops": ("stops",),
    "voids": ("voids",),
    "measured": ("measured",),
    "pauses_in": ("pauses",),
    "pauses_while": ("pauses",),
    "pauses_between": ("pauses",),
    "pauses_move": ("pauses_move_due",),
    "pauses_keep": ("pauses_move_due",),
    "repeats": ("repeats_until",),
    "on_reopening": ("reopening",),
    "warns": ("warnings",),
    "agreed": ("agreed",),
    "reached": ("channels",),
    "available": ("availability",),
    "available_not_stated": ("availability",),
    "ends": ("ends",),
    "owed": ("party", "to", "when", "condition"),
    "due": ("due",),
    "fulfilled": ("fulfilled",),
    "share": ("measurements",),
    "mean": ("measurements",),
    "left_blank": ("blank",),
    "provided": ("provided_by",),
    "requested": ("requested_by", "requested_if"),
    "covers": ("covers",),
    "escalates": ("escalations",),
    "allowed": ("allowed",),
    "timezone": ("zone",),
    "years": ("first_year", "last_year"),
    "open": ("openings",),
    "closed": ("closed",),
    "special_hours": ("special",),
}
"""The fields that a statement in a block fills: all statements of a kind are replaced together."""


def amendments(ctx: Context, statement: Statement) -> Iterable[AnyDeclaration]:
    """An `amend` statement: each declaration that it names, as it is when amended."""
    kind = named_kind(statement.line)
    if kind not in AMENDED:
        known = ", ".join(sorted(name.replace("_", " ") for name in AMENDED))
        ctx.report(catalogue.NOT_AMENDED, statement.line, kind=kind.replace("_", " "), known=known)
        return
    fitting = _fitting(ctx, statement, kind)
    if all(inner.kind in EVIDENCE for inner in statement.body):
        ctx.report(catalogue.AMENDS_NOTHING, statement.line)
    refs = statement.line.node("refs")
    for ref in refs.nodes("ref") if refs else ():
        base = ctx.find_declared(ref, TERM_KINDS.get(kind, kind))
        if base is not None:
            yield _supported(ctx, statement, base, _amended(ctx, _headed(fitting, base), base))


def _fitting(ctx: Context, statement: Statement, kind: str) -> Statement:
    """The statement without its evidence, and without what does not belong in such a declaration (reported)."""
    fits = allowed_in(kind) - EVIDENCE
    for inner in statement.body:
        if inner.kind not in allowed_in(kind) and inner.kind in allowed_in("amend"):
            head, block = inner.tokens[0], f"the {kind.replace('_', ' ')} that is amended"
            ctx.report(catalogue.MISPLACED, head, head=head.text, block=block, advice=_ADVICE)
    if statement.block is None:
        return statement
    inside = tuple(inner for inner in statement.body if inner.kind in fits)
    return evolve(statement, block=evolve(statement.block, statements=inside))


def _headed(statement: Statement, base: AnyDeclaration) -> Statement:
    """The statement as if it declared what it amends: its line has that name and nothing else."""
    span = statement.line.span
    name = Node("name", (Token("WORD", base.id, span),), span)
    return evolve(statement, line=Node(base.kind, (name,), span))


def _supported(ctx: Context, statement: Statement, base: AnyDeclaration, term: AnyDeclaration) -> AnyDeclaration:
    """An amended declaration rests on the evidence of its amendment, then on that of what is amended."""
    own = evidence(ctx, statement, base.clause)
    return msgspec.structs.replace(
        term,
        cites=(*own["cites"], *base.cites),
        assumes=(*own["assumes"], *base.assumes),
        notes=(*base.notes, *own["notes"]),
    )


def _amended(ctx: Context, statement: Statement, base: AnyDeclaration) -> AnyDeclaration:
    match base:
        case Calendar(hours=hours):
            return msgspec.structs.replace(base, hours=_hours(ctx, statement, hours))
        case Scale():
            return _scale(ctx, statement, base)
        case Matrix():
            return _matrix(ctx, statement, base)
        case Parameter(type=wanted) | Fact(type=wanted):
            return msgspec.structs.replace(base, default=classification.default_of(ctx, statement, wanted))
        case Clock():
            return _clock(base, statement, clocks.clock(ctx, statement))
        case _:
            return _replaced(base, _READERS[base.kind](ctx, statement), _said(statement, base))


def _said(statement: Statement, base: AnyDeclaration) -> Iterator[str]:
    """The fields that a block speaks of."""
    for inner in statement.body:
        if inner.kind == "applies":
            yield "condition" if base.kind == "duty" else "applies"
        else:
            yield from _FIELDS.get(inner.kind, ())


def _replaced(base: S, partial: S, fields: Iterable[str]) -> S:
    values: dict[str, Any] = {field: getattr(partial, field) for field in fields}
    return msgspec.structs.replace(base, **values)


def _clock(base: Clock, statement: Statement, partial: Clock) -> Clock:
    """What a change of one thing does is replaced for that thing alone."""
    said = {change.of for change in partial.changes}
    changes = (*(change for change in base.changes if change.of not in said), *partial.changes)
    return msgspec.structs.replace(_replaced(base, partial, _said(statement, base)), changes=changes)


def _hours(ctx: Context, statement: Statement, base: Hours | Composed | ChosenBy) -> Hours | Composed | ChosenBy:
    match base:
        case Composed():
            calendars.only_with(ctx, statement, calendars.WITH_COMPOSITION)
            zone = calendars.zone_of(ctx, statement)
            return msgspec.structs.replace(base, zone=zone or base.zone)
        case ChosenBy(scale=scale, calendars=chosen):
            calendars.only_with(ctx, statement, calendars.WITH_CHOICE)
            return ChosenBy(scale=scale, calendars={**chosen, **calendars.chosen_calendars(ctx, statement, scale)})
        case Hours():
            partial = calendars.hours_of(ctx, statement)
            named = {season.id for season in partial.seasons}
            seasons = (*(season for season in base.seasons if season.id not in named), *partial.seasons)
            fields = [field for inner in statement.body for field in _FIELDS.get(inner.kind, ())]
            return msgspec.structs.replace(_replaced(base, partial, fields), seasons=seasons)


def _scale(ctx: Context, statement: Statement, base: Scale) -> Scale:
    """Levels are replaced by name, in their places."""
    new = {level.id: level for level in classification.levels_of(ctx, statement, base.id)}
    known = {level.id for level in base.levels}
    for inner in statement.body:
        if inner.kind == "level" and name_of(inner.line) not in known:
            ctx.names.missed(name_of(inner.line), ctx.place(inner.line), "level", owner=base.id)
    levels: tuple[Level, ...] = tuple(new.get(level.id, level) for level in base.levels)
    return msgspec.structs.replace(
        base,
        levels=levels,
        chosen_by=classification.chosen_by(ctx, statement) or base.chosen_by,
        default=classification.default_level(ctx, statement, base.id) or base.default,
    )


def _matrix(ctx: Context, statement: Statement, base: Matrix) -> Matrix:
    """Cells are replaced by row and column."""
    cells = classification.cells_of(ctx, statement, (base.rows, base.columns, base.id))
    chosen = classification.chosen_by(ctx, statement)
    named = {(cell.row, cell.column) for cell in cells}
    kept = (cell for cell in base.cells if (cell.row, cell.column) not in named)
    return msgspec.structs.replace(base, cells=(*kept, *cells), chosen_by=chosen or base.chosen_by)
