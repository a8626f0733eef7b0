"""The declarations of one block, whether it is a policy, an annex or a reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

import msgspec

from sla_dsl.checking.context import Context
from sla_dsl.checking.read import amendments, calendars, classification, clocks, lifecycle, organisation, targets
from sla_dsl.checking.read.evidence import evidence
from sla_dsl.checking.words import named_kind
from sla_dsl.model import Declared
from sla_dsl.policy.terms.document import AnyDeclaration
from sla_dsl.syntax import Statement

Reader = Callable[[Context, Statement], AnyDeclaration | Iterable[AnyDeclaration]]

_TYPED = frozenset({"parameter", "scale", "attribute", "fact"})
"""Read first: other statements ask for the types of these."""

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
    "objective": organisation.objective,
    "support_line": organisation.support_line,
    "maintenance": organisation.maintenance,
    "reference": organisation.reference,
    "term": organisation.definition,
    "no_promise": organisation.no_promise,
    "amend": amendments.amendments,
}


def declarations(ctx: Context, statements: tuple[Statement, ...]) -> tuple[AnyDeclaration, ...]:
    """Reads every declaration among the statements, in the order written, and records where each stands."""
    read: dict[int, list[AnyDeclaration]] = {}
    for position, statement in enumerate(statements):
        if named_kind(statement.line) in _TYPED or statement.kind in _TYPED:
            terms = _listed(_READERS[statement.kind](ctx, statement))
            for term in terms:
                ctx.remember(term)
            read[position] = terms
    notes = 0
    for position, statement in enumerate(statements):
        if position in read:
            continue
        if statement.kind in _READERS:
            read[position] = _listed(_READERS[statement.kind](ctx, statement))
        elif statement.kind == "lifecycle":
            read[position] = list(_lifecycle(ctx, statement))
        elif statement.kind == "note" and ctx.reading is None:
            notes += 1
            read[position] = [organisation.remark(ctx, statement, notes)]
    return _recorded(ctx, statements, read)


def _listed(terms: AnyDeclaration | Iterable[AnyDeclaration]) -> list[AnyDeclaration]:
    return [terms] if isinstance(terms, msgspec.Struct) else list(terms)


def _lifecycle(ctx: Context, statement: Statement) -> Iterable[AnyDeclaration]:
    shared = evidence(ctx, statement, "lifecycle")
    for inner in statement.body:
        if inner.kind == "status":
            yield lifecycle.status(ctx, inner, shared)
        elif inner.kind == "transition":
            yield from lifecycle.transitions(ctx, inner, shared)


def _recorded(
    ctx: Context, statements: tuple[Statement, ...], read: dict[int, list[AnyDeclaration]]
) -> tuple[AnyDeclaration, ...]:
    """The terms in the order written; a second transition between two statuses gets a number behind its name."""
    times: Counter[tuple[str, str]] = Counter()
    terms: list[AnyDeclaration] = []
    for position in sorted(read):
        for term in read[position]:
            times[term.key] += 1
            again = term.kind in {"transition", "reclassification"} and times[term.key] > 1
            named = msgspec.structs.replace(term, id=f"{term.id} #{times[term.key]}") if again else term
            terms.append(named)
            statement = statements[position]
            if ctx.reading is None:
                ctx.declared[named.key] = named
            ctx.record.declared.append(Declared(named, ctx.place(statement.line), statement, ctx.reading))
    return tuple(terms)
