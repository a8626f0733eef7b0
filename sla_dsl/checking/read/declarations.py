"""The declarations of one block, whether it is a policy, an annex or a reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

import msgspec

from sla_dsl.checking.context import Context
from sla_dsl.checking.read import (
    amendments,
    calendars,
    classification,
    clocks,
    lifecycle,
    objectives,
    organisation,
    targets,
)
from sla_dsl.checking.read.placed import Placed
from sla_dsl.checking.words import named_kind
from sla_dsl.model import Declared
from sla_dsl.policy.terms.document import AnyDeclaration
from sla_dsl.syntax import Statement

Reader = Callable[[Context, Statement], AnyDeclaration | Iterable[AnyDeclaration | Placed]]

_TYPES = (frozenset({"parameter", "fact"}), frozenset({"scale", "attribute"}))
"""Read first, one after the other: other statements ask for the types of these."""

_READERS: dict[str, Reader] = {
    "parameter": classification.parameter,
    "scale": classification.scale,
    "attribute": classification.attribute,
    "fact": classification.fact,
    "party": classification.party,
    "channel": classification.channel,
    "event": classification.events,
    "events": classification.events,
    "calendar": calendars.calendar,
    "matrix": classification.matrix,
    "clock": clocks.clock,
    "targets": targets.targets,
    "target": targets.target,
    "cascade": targets.cascade,
    "reclassify": lifecycle.reclassification,
    "service": organisation.service,
    "contingency": organisation.service,
    "exclusion": organisation.exclusion,
    "duty": organisation.duty,
    "objective": objectives.objective,
    "support_line": organisation.support_line,
    "maintenance": organisation.maintenance,
    "reference": organisation.reference,
    "term": organisation.definition,
    "no_promise": organisation.no_promise,
    "amend": amendments.amendments,
    "lifecycle": lifecycle.lifecycle,
}


def declarations(ctx: Context, statements: tuple[Statement, ...]) -> tuple[AnyDeclaration, ...]:
    """Reads every declaration among the statements, in the order written, and records where each stands."""
    read: dict[int, list[Placed]] = {}
    for statement in statements:
        if statement.kind in {"scale", "attribute"}:
            ctx.remember(classification.outline(statement))
    for kinds in _TYPES:
        for position, statement in enumerate(statements):
            if statement.kind in kinds or named_kind(statement.line) in kinds:
                read[position] = _read(ctx, statement)
                for placed in read[position]:
                    ctx.remember(placed.term)
    notes = 0
    for position, statement in enumerate(statements):
        if statement.kind in _READERS and position not in read:
            read[position] = _read(ctx, statement)
        elif statement.kind == "note" and ctx.reading is None:
            notes += 1
            read[position] = [Placed(organisation.remark(ctx, statement, notes), statement.line)]
    return _recorded(ctx, statements, read)


def _read(ctx: Context, statement: Statement) -> list[Placed]:
    terms = _READERS[statement.kind](ctx, statement)
    listed = [terms] if isinstance(terms, msgspec.Struct) else terms
    return [term if isinstance(term, Placed) else Placed(term, statement.line) for term in listed]


def _recorded(
    ctx: Context, statements: tuple[Statement, ...], read: dict[int, list[Placed]]
) -> tuple[AnyDeclaration, ...]:
    """The terms in the order written; a second transition between two statuses gets a number behind its name."""
    times: Counter[tuple[str, str]] = Counter()
    terms: list[AnyDeclaration] = []
    for position in sorted(read):
        for placed in read[position]:
            times[placed.term.key] += 1
            term = _numbered(placed.term, times[placed.term.key])
            terms.append(term)
            if ctx.reading is None:
                ctx.declared[term.key] = term
            declared = Declared(term, ctx.place(placed.part), statements[position], ctx.reading)
            ctx.record.declared.append(declared)
    return tuple(terms)


def _numbered(term: AnyDeclaration, time: int) -> AnyDeclaration:
    again = term.kind in {"transition", "reclassification"} and time > 1
    return msgspec.structs.replace(term, id=f"{term.id} #{time}") if again else term
