"""Promises: limits, budgets and ways of counting (SEMANTICS P2, P3, T4-T6)."""

from __future__ import annotations

from typing import Literal

from sla_dsl.checking.context import Context
from sla_dsl.checking.read.conditions import condition, resolve_calendar
from sla_dsl.checking.read.lengths import Length, length
from sla_dsl.checking.read.values import spoken_type
from sla_dsl.checking.words import seconds_of, text_of
from sla_dsl.diagnostics import catalogue
from sla_dsl.policy.terms.promises import (
    ELAPSED,
    OWN_CALENDAR,
    AnyBudget,
    AnyLimit,
    AnyPromise,
    Before,
    BestEffort,
    Blank,
    ByEndOf,
    CalendarPeriod,
    Case,
    Choice,
    Combined,
    Committed,
    Duration,
    NoPromise,
    OpenDays,
    Silent,
    ToBeDetermined,
    ToBeNegotiated,
    Within,
    Words,
)
from sla_dsl.syntax import Node

PROMISES = frozenset(
    "choice committed best_effort words to_be_determined to_be_negotiated refused blank silent".split()
)
"""The kinds of node that are promises."""

_PLAIN: dict[str, AnyPromise] = {
    "to_be_determined": ToBeDetermined(),
    "to_be_negotiated": ToBeNegotiated(),
    "refused": NoPromise(),
    "blank": Blank(),
    "silent": Silent(),
}
Ending = Literal["same time", "close", "end of day", "time"]
_ENDINGS: dict[str, Ending] = {
    "SAME_TIME": "same time",
    "BY_CLOSE": "close",
    "BY_END_OF_DAY": "end of day",
    "BY": "time",
}


def promise(ctx: Context, node: Node, *, duty: bool = False) -> AnyPromise:
    """What a cell, target, step or duty says. Only a duty may bind without a limit, and by `should` and `may`."""
    match node.kind:
        case "choice":
            return _choice(ctx, node, duty=duty)
        case "committed":
            return _committed(ctx, node, duty=duty)
        case "best_effort":
            part = node.nodes()
            return BestEffort(limit=_limit(ctx, part[0]) if part else None)
        case "words":
            return Words(text=text_of(node.node("text")))
        case _:
            return _PLAIN[node.kind]


def promise_in(node: Node) -> Node | None:
    """The promise among the parts of a statement or cell."""
    return node.node(*PROMISES)


def _choice(ctx: Context, node: Node, *, duty: bool) -> AnyPromise:
    cases: list[Case] = []
    for part in node.nodes("case"):
        what, when = part.nodes()
        read = condition(ctx, when)
        if read is not None:
            cases.append(Case(when=read, promise=promise(ctx, what, duty=duty)))
    last = node.node("otherwise")
    return Choice(cases=tuple(cases), otherwise=promise(ctx, last.nodes()[0], duty=duty) if last else None)


def _committed(ctx: Context, node: Node, *, duty: bool) -> AnyPromise:
    modality = node.nodes("modality")[0].tokens()[0].text
    limits = [part for part in node.nodes() if part.kind != "modality"]
    if not duty and (not limits or modality in {"should", "may"}):
        ctx.report(catalogue.NO_LIMIT, node, modality=modality)
    limit = _limit(ctx, limits[0]) if limits else None
    match modality:
        case "shall" | "target" | "should" | "may":
            return Committed(modality=modality, limit=limit)
        case _:
            raise AssertionError(modality)


def _limit(ctx: Context, node: Node) -> AnyLimit | None:
    text = ctx.words(node)
    match node.kind:
        case "within" | "less_than":
            amount = budget(ctx, node.nodes("budget")[0])
            return Within(text=text, budget=amount, strict=node.kind == "less_than") if amount else None
        case "earlier_of" | "later_of":
            first, second = (_limit(ctx, part) for part in node.nodes())
            which = "earlier" if node.kind == "earlier_of" else "later"
            return Combined(text=text, which=which, first=first, second=second) if first and second else None
        case "at_least_before":
            amount = budget(ctx, node.nodes("budget")[0])
            event = ctx.resolve(node.nodes("ref")[0], "event", "fact")
            return Before(text=text, budget=amount, event=event) if amount else None
        case _:
            return ByEndOf(text=text, fact=_date_fact(ctx, node.nodes("ref")[0]))


def _date_fact(ctx: Context, ref: Node) -> str:
    name = ctx.resolve(ref, "fact")
    fact = ctx.facts.get(name)
    if fact is not None and fact.type.name != "date":
        ctx.report(catalogue.NOT_A_DATE, ref, name=name, type=spoken_type(fact.type))
    return name


def budget(ctx: Context, node: Node) -> AnyBudget | None:
    """An amount of time with its calendar and way of counting; none (reported) if it says too little or too much."""
    amount = length(ctx, node)
    if amount is None:
        return None
    if amount.unit == "time":
        return _duration(ctx, node, amount)
    if amount.unit == "day":
        return _open_days(ctx, node, amount)
    return _calendar_period(ctx, node, amount)


def _duration(ctx: Context, node: Node, amount: Length) -> Duration:
    extra = node.node("ending", "counted_from", "counted_after", "cutoff", "rolled")
    if extra is not None:
        ctx.report(catalogue.HOURS_COUNTED_AS_DAYS, extra, found=ctx.words(extra))
    ref = node.node("ref")
    calendar = ELAPSED if node.has("ELAPSED") else resolve_calendar(ctx, ref) if ref else OWN_CALENDAR
    return Duration(text=ctx.words(node), low=amount.low, high=amount.high, calendar=calendar)


def _open_days(ctx: Context, node: Node, amount: Length) -> OpenDays | None:
    ref, ending = node.node("ref"), node.node("ending")
    if ref is None:
        ctx.report(catalogue.DAYS_OF_WHAT, node, found=ctx.words(node))
        return None
    calendar = resolve_calendar(ctx, ref)
    if ending is None:
        ctx.report(catalogue.DAYS_NOT_COUNTED, node, found=ctx.words(node))
        return None
    kind = _ENDINGS[ending.tokens()[0].kind]
    counted = node.node("counted_from", "counted_after")
    if (kind == "same time") == (counted is not None):
        ctx.report(catalogue.DAYS_NOT_ANCHORED if counted is None else catalogue.SAME_TIME_ANCHORED, node)
        return None
    time, cutoff, rolled = ending.token("TIME"), node.node("cutoff"), node.node("rolled")
    return OpenDays(
        text=ctx.words(node),
        low=amount.low,
        high=amount.high,
        calendar=calendar,
        ending=kind,
        counted=None if counted is None else "from" if counted.kind == "counted_from" else "after",
        anchor=_anchor(counted),
        at=seconds_of(time) if time else None,
        cutoff=seconds_of(cutoff.tokens("TIME")[0]) if cutoff else None,
        rolled_to=resolve_calendar(ctx, rolled.nodes("ref")[0]) if rolled else None,
    )


def _anchor(counted: Node | None) -> Literal["start date", "day after"] | None:
    if counted is None:
        return None
    return "start date" if counted.nodes("anchor")[0].has("THE_START_DATE") else "day after"


def _calendar_period(ctx: Context, node: Node, amount: Length) -> CalendarPeriod | None:
    ending = node.node("ending")
    wrong = node.node("ref", "counted_from", "counted_after", "cutoff")
    if wrong is not None or (ending is not None and not (ending.has("SAME_TIME") or ending.has("BY_END_OF_DAY"))):
        part = wrong or ending or node
        ctx.report(catalogue.PERIOD_COUNTED, part, found=ctx.words(part))
        return None
    rolled = node.node("rolled")
    units: dict[str, Literal["day", "week", "month"]] = {"calendar day": "day", "week": "week", "month": "month"}
    return CalendarPeriod(
        text=ctx.words(node),
        low=amount.low,
        high=amount.high,
        unit=units[amount.unit],
        same_time=ending is not None and ending.has("SAME_TIME"),
        rolled_to=resolve_calendar(ctx, rolled.nodes("ref")[0]) if rolled else None,
    )
