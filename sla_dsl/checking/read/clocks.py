"""Clocks (SEMANTICS P1, P6-P8)."""

from __future__ import annotations

from sla_dsl.checking.context import Context
from sla_dsl.checking.read.conditions import condition, events, resolve_calendar
from sla_dsl.checking.read.evidence import evidence
from sla_dsl.checking.read.lengths import length
from sla_dsl.checking.read.triggers import trigger
from sla_dsl.checking.words import label_of, name_of, written
from sla_dsl.diagnostics import catalogue
from sla_dsl.policy.terms import measures
from sla_dsl.policy.terms.conditions import Among, Condition, Subject
from sla_dsl.policy.terms.measures import Change, Clock, Measure, Pause, Reopening, Way
from sla_dsl.policy.terms.promises import ELAPSED
from sla_dsl.syntax import Node, Statement

_WAYS: dict[str, Way] = {"rebase": "rebase", "carry": "carry", "restart": "restart", "keep": "keep"}
_PAUSES = frozenset({"pauses_in", "pauses_while", "pauses_between"})


def clock(ctx: Context, statement: Statement) -> Clock:
    """A `clock` statement with its block."""
    name = name_of(statement.line)
    inside = statement.body
    found = evidence(ctx, statement, f"clock {name}")
    until = next((s.line.after("UNTIL") for s in inside if s.kind == "repeats"), None)
    applies = next((s.line.after("IF") for s in inside if s.kind == "applies"), None)
    agreed = next((s.line.node("ref") for s in inside if s.kind == "agreed"), None)
    reopening = next((s for s in inside if s.kind == "on_reopening"), None)
    return Clock(
        id=name,
        label=label_of(statement.line),
        starts=tuple(trigger(ctx, s) for s in inside if s.kind == "starts"),
        stops=tuple(trigger(ctx, s) for s in inside if s.kind == "stops"),
        voids=tuple(trigger(ctx, s) for s in inside if s.kind == "voids"),
        measured=tuple(_measure(ctx, s) for s in inside if s.kind == "measured"),
        pauses=tuple(_pause(ctx, s) for s in inside if s.kind in _PAUSES),
        pauses_move_due=_pauses_move(inside),
        repeats_until=events(ctx, until),
        changes=tuple(change for s in inside if s.kind == "on_change" for change in _changes(ctx, s)),
        reopening=_reopening(ctx, reopening) if reopening else None,
        warnings=tuple(warning for s in inside if s.kind == "warns" if (warning := _warning(ctx, s))),
        agreed=ctx.resolve(agreed, "event") if agreed else None,
        applies=condition(ctx, applies),
        **found,
    )


def _measure(ctx: Context, statement: Statement) -> Measure:
    line = statement.line
    ref = line.node("ref")
    found = evidence(ctx, statement, "measured in")
    return Measure(
        calendar=resolve_calendar(ctx, ref) if ref else ELAPSED,
        condition=condition(ctx, line.after("IF")),
        cites=found["cites"],
        assumes=found["assumes"],
    )


def _pause(ctx: Context, statement: Statement) -> Pause:
    line = statement.line
    found = evidence(ctx, statement, "pauses")
    if statement.kind == "pauses_in":
        statuses = ctx.resolve_all(line.node("refs"), "status")
        held = Condition(
            text=f"status is {' or '.join(statuses)}", test=Among(subject=Subject(kind="status"), values=statuses)
        )
        return Pause(holds=held, cites=found["cites"], assumes=found["assumes"])
    if statement.kind == "pauses_while":
        return Pause(holds=condition(ctx, line.after("WHILE")), cites=found["cites"], assumes=found["assumes"])
    return Pause(
        since=events(ctx, line.after("FROM")),
        until=events(ctx, line.after("TO")),
        cites=found["cites"],
        assumes=found["assumes"],
    )


def _pauses_move(inside: tuple[Statement, ...]) -> bool | None:
    said = {s.kind for s in inside}
    return True if "pauses_move" in said else False if "pauses_keep" in said else None


def _changes(ctx: Context, statement: Statement) -> list[Change]:
    line = statement.line
    way = line.tokens("WORD")[0]
    if way.text not in _WAYS:
        ctx.report(catalogue.UNKNOWN_WAY, way, found=way.text, known=", ".join(_WAYS))
        return []
    refs = line.node("refs")
    return [Change(of=_changing(ctx, ref), way=_WAYS[way.text]) for ref in (refs.nodes("ref") if refs else ())]


def _changing(ctx: Context, ref: Node) -> str:
    if written(ref) == "priority":
        return "priority"
    if written(ref) in {"channel", "caller"}:
        return written(ref)
    return ctx.resolve(ref, "scale", "fact")


def _reopening(ctx: Context, statement: Statement) -> Reopening | None:
    line = statement.line
    if line.has("NEW_CYCLE"):
        return "new cycle"
    if line.has("STAY_CLOSED"):
        return "stay closed"
    word = line.tokens("WORD")[0]
    if word.text != "continue":
        ctx.report(
            catalogue.UNKNOWN_WAY, word, found=word.text, known="continue; continue, gap counts; new cycle; stay closed"
        )
        return None
    return "continue, gap counts" if line.has("GAP_COUNTS") else "continue"


def _warning(ctx: Context, statement: Statement) -> measures.Warning | None:
    line = statement.line
    if line.has("PERCENT"):
        return measures.Warning(share=float(line.tokens("NUMBER")[0].text))
    amount = length(ctx, line.nodes("duration")[0])
    if amount is None or amount.unit != "time":
        ctx.report(catalogue.WARNING_UNIT, statement)
        return None
    ref = line.nodes("duration")[0].node("ref")
    if ref is not None:
        what, advice = "a warning is counted as the target is", "Leave the calendar out."
        ctx.report(catalogue.CALENDAR_NOT_COUNTED, ref, what=what, calendar=ctx.words(ref), advice=advice)
    return measures.Warning(before=amount.low)
