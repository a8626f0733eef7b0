"""Objectives: shares and means over many tickets (SEMANTICS R8)."""

from __future__ import annotations

from attrs import frozen

from sla_dsl.checking.context import Context
from sla_dsl.checking.read.conditions import comparison_of, condition, resolve_calendar
from sla_dsl.checking.read.evidence import evidence
from sla_dsl.checking.read.lengths import length
from sla_dsl.checking.read.organisation import applies_if
from sla_dsl.checking.words import label_of, name_of
from sla_dsl.diagnostics import catalogue
from sla_dsl.policy.terms.organisation import Measurement, Objective
from sla_dsl.policy.terms.promises import ELAPSED, OWN_CALENDAR
from sla_dsl.syntax import Statement

_PERIODS = frozenset({"day", "week", "month", "quarter", "year"})


def objective(ctx: Context, statement: Statement) -> Objective:
    """An `objective` statement."""
    line, name = statement.line, name_of(statement.line)
    blank = [s.line.node("refs") for s in statement.body if s.kind == "left_blank"]
    scale = ctx.targets_scale
    return Objective(
        id=name,
        label=label_of(line),
        levels=ctx.resolve_all(line.node("refs"), "level", owner=scale),
        measurements=tuple(
            measurement for s in statement.body if s.kind in {"share", "mean"} and (measurement := _measurement(ctx, s))
        ),
        blank=tuple(level for refs in blank for level in ctx.resolve_all(refs, "level", owner=scale)),
        applies=applies_if(ctx, statement),
        **evidence(ctx, statement, f"objective {name}"),
    )


def _measurement(ctx: Context, statement: Statement) -> Measurement | None:
    line = statement.line
    per, period = line.after("PER"), line.node("period")
    each = period.tokens("UNIT", "WORD")[0] if period else None
    if each is not None and each.text not in _PERIODS:
        ctx.report(catalogue.UNKNOWN_PERIOD, each, found=each.text, known=", ".join(sorted(_PERIODS)))
    threshold = _threshold(ctx, statement)
    if threshold is None:
        return None
    return Measurement(
        of=ctx.resolve_all(line.node("refs"), "clock"),
        statistic="share" if statement.kind == "share" else "mean",
        comparison=comparison_of(line.nodes("comparison")[0]),
        threshold=threshold.amount,
        days=threshold.days,
        calendar=threshold.calendar,
        period=each.text if each else None,
        per=ctx.resolve(per, "scale") if per else None,
        condition=condition(ctx, line.after("IF")),
    )


@frozen
class _Threshold:
    """What is to be kept: percent or microseconds, or else days, and what they are counted in."""

    amount: float = 0.0
    days: float | None = None
    calendar: str = OWN_CALENDAR


def _threshold(ctx: Context, statement: Statement) -> _Threshold | None:
    """The threshold of a share or a mean; none (reported) if it says too little or too much."""
    line = statement.line
    if statement.kind == "share":
        return _Threshold(float(line.tokens("NUMBER")[0].text))
    node = line.nodes("duration")[0]
    amount, ref = length(ctx, node), node.node("ref")
    calendar = resolve_calendar(ctx, ref) if ref else OWN_CALENDAR
    if amount is None:
        return None
    if amount.unit == "time":
        return _Threshold(float(amount.low), calendar=calendar)
    if amount.unit == "month":
        ctx.report(catalogue.MONTHS_APART, node)
    elif amount.unit == "day" and ref is None:
        ctx.report(catalogue.DAYS_OF_WHAT, node, found=ctx.words(node))
    elif amount.unit == "day":
        return _Threshold(days=float(amount.low), calendar=calendar)
    elif ref is not None:
        ctx.report(catalogue.PERIOD_COUNTED, ref, found=f"of {ctx.words(ref)}")
    else:
        return _Threshold(days=float(amount.low * (7 if amount.unit == "week" else 1)), calendar=ELAPSED)
    return None
