"""Calendars as a policy declares them (SEMANTICS T1, T2, T7)."""

from __future__ import annotations

from typing import Literal

from sla_dsl.checking.context import Context
from sla_dsl.checking.read.conditions import resolve_calendar
from sla_dsl.checking.read.evidence import evidence
from sla_dsl.checking.read.tables import grid, refs_in
from sla_dsl.checking.read.values import date_span, dates_of, holiday_rule, spoken_type, zone_known
from sla_dsl.checking.words import label_of, name_of, seconds_of, unquoted, written
from sla_dsl.diagnostics import catalogue
from sla_dsl.policy.terms.calendars import (
    Calendar,
    ChosenBy,
    Composed,
    DayRule,
    Hours,
    Opening,
    Season,
    SpecialHours,
    Window,
    ZoneRef,
)
from sla_dsl.policy.terms.values import Dates
from sla_dsl.syntax import Node, Statement, Token
from sla_dsl.syntax.placement import EVIDENCE
from sla_dsl.syntax.vocabulary import DAYS
from sla_dsl.worktime import zone_names

DEFAULT_YEARS = (2015, 2035)
"""The years of a calendar that declares none (as for `Calendar`)."""

Operation = Literal["both", "either", "except", "outside", "whole_days"]
_OPERATIONS: dict[str, Operation] = {
    "both": "both",
    "either": "either",
    "except": "except",
    "outside": "outside",
    "whole_days": "whole_days",
}
WITH_COMPOSITION = frozenset({"timezone"})
WITH_CHOICE = frozenset({"row"})
"""What may stand in the block of a calendar that is made of others, or chosen among them."""
_WHOLE_WEEK = tuple(range(7))


def calendar(ctx: Context, statement: Statement) -> Calendar:
    """A `calendar` statement with its block."""
    line = statement.line
    composition, choice = line.node(*_OPERATIONS), line.after("BY")
    if composition is not None:
        hours = _composed(ctx, statement, composition)
    elif choice is not None:
        hours = _chosen(ctx, statement, choice)
    else:
        hours = hours_of(ctx, statement)
    name = name_of(line)
    found = evidence(ctx, statement, f"calendar {name}")
    return Calendar(
        id=name,
        label=label_of(line),
        hours=hours,
        **found,
    )


def _composed(ctx: Context, statement: Statement, node: Node) -> Composed:
    only_with(ctx, statement, WITH_COMPOSITION)
    parts = tuple(resolve_calendar(ctx, ref) for ref in node.nodes("ref"))
    return Composed(operation=_OPERATIONS[node.kind], parts=parts, zone=zone_of(ctx, statement))


def _chosen(ctx: Context, statement: Statement, ref: Node) -> ChosenBy:
    only_with(ctx, statement, WITH_CHOICE)
    scale = ctx.resolve(ref, "scale")
    chosen = chosen_calendars(ctx, statement, scale)
    known = ctx.scales.get(scale)
    missing = [level.id for level in known.levels if level.id not in chosen] if known else []
    if missing:
        ctx.report(catalogue.CALENDAR_CHOICE_GAP, statement, scale=scale, levels=", ".join(missing))
    return ChosenBy(scale=scale, calendars=chosen)


def chosen_calendars(ctx: Context, statement: Statement, scale: str) -> dict[str, str]:
    """The rows of a calendar that is chosen by a scale: the calendar for each level."""
    chosen: dict[str, str] = {}
    for row in grid(statement).rows:
        levels, *calendars = row.cells
        named = refs_in(calendars[0]) if len(calendars) == 1 else ()
        if len(named) != 1:
            ctx.report(catalogue.CALENDAR_ROW, row.statement)
            continue
        for level in refs_in(levels):
            chosen[ctx.resolve(level, "level", owner=scale)] = resolve_calendar(ctx, named[0])
    return chosen


def only_with(ctx: Context, statement: Statement, allowed: frozenset[str]) -> None:
    """Reports what a calendar made of others cannot have in its block."""
    for inner in statement.body:
        if inner.kind not in allowed | EVIDENCE and not inner.is_bad:
            ctx.report(catalogue.CALENDAR_MIXED, inner, found=inner.tokens[0].text)


def hours_of(ctx: Context, statement: Statement) -> Hours:
    """The opening hours that a block says."""
    years = next((s.line.tokens("NUMBER") for s in statement.body if s.kind == "years"), None)
    first, last = (int(float(token.text)) for token in years) if years else DEFAULT_YEARS
    inside = statement.body
    return Hours(
        zone=zone_of(ctx, statement),
        first_year=first,
        last_year=last,
        openings=tuple(_opening(ctx, s) for s in inside if s.kind == "open"),
        seasons=tuple(_season(ctx, s) for s in inside if s.kind == "season"),
        closed=tuple(_closed(ctx, s) for s in inside if s.kind == "closed"),
        special=tuple(_special(ctx, s.line) for s in inside if s.kind == "special_hours"),
    )


def _special(ctx: Context, line: Node) -> SpecialHours:
    return SpecialHours(on=_days(ctx, line.nodes("day_list")[0]), windows=_windows(ctx, line.nodes("hours")[0]))


def zone_of(ctx: Context, statement: Statement) -> ZoneRef | None:
    """The zone that a block says; none if it says none."""
    said = next((s for s in statement.body if s.kind == "timezone"), None)
    return zone_ref(ctx, said) if said else None


def zone_ref(ctx: Context, statement: Statement) -> ZoneRef:
    """The zone that a `timezone` statement names: a zone, or a parameter that gives one."""
    token = statement.line.nodes("zone")[0].tokens()[0]
    parameter = ctx.parameters.get(token.text)
    if parameter is None:
        if token.kind == "WORD" and token.text not in zone_names():
            if any(name.endswith(f"/{token.text}") for name in zone_names()):
                zone_known(ctx, token)
            else:
                ctx.named(token, "parameter")
        else:
            zone_known(ctx, token)
        return ZoneRef(name=token.text)
    ctx.names.find(parameter.id, "parameter")
    if parameter.type.name != "timezone":
        given = spoken_type(parameter.type)
        ctx.report(catalogue.WRONG_PARAMETER, token, name=parameter.id, type=given, wanted="a timezone")
    return ZoneRef(parameter=parameter.id)


def _opening(ctx: Context, statement: Statement) -> Opening:
    days = tuple(
        sorted({day for part in statement.line.nodes("days")[0].nodes("dayspan") for day in _day_numbers(part)})
    )
    hours = statement.line.nodes("hours")[0]
    spans = hours.nodes("span")
    stretch = next((span for span in spans if span.has("DAY")), None)
    if stretch is None:
        return Opening(days=days, windows=_windows(ctx, hours))
    if len(spans) > 1 or len(days) != 1:
        ctx.report(catalogue.STRETCH_ALONE, statement)
    until = DAYS.index(stretch.tokens("DAY")[0].text)
    return Opening(days=days[:1], windows=(_window(stretch),), until_day=until)


def _day_numbers(node: Node) -> tuple[int, ...]:
    tokens = node.tokens("DAY")
    if not tokens:
        return _WHOLE_WEEK
    first, last = DAYS.index(tokens[0].text), DAYS.index(tokens[-1].text)
    return tuple((first + step) % 7 for step in range((last - first) % 7 + 1))


def _windows(ctx: Context, node: Node) -> tuple[Window, ...]:
    spans = node.nodes("span")
    for span in spans:
        start, end = span.tokens("TIME")
        if seconds_of(start) == seconds_of(end):
            ctx.report(catalogue.EMPTY_WINDOW, span, time=start.text)
    return tuple(_window(span) for span in spans)


def _window(span: Node) -> Window:
    start, end = span.tokens("TIME")
    return Window(start=seconds_of(start), end=seconds_of(end))


def _season(ctx: Context, statement: Statement) -> Season:
    span = date_span(ctx, statement.line.nodes("datespan")[0])
    return Season(
        id=name_of(statement.line),
        label=label_of(statement.line),
        span=Dates(spans=(span,) if span else ()),
        openings=tuple(_opening(ctx, inner) for inner in statement.body if inner.kind == "open"),
    )


def _closed(ctx: Context, statement: Statement) -> DayRule:
    days = statement.line.node("day_list")
    if days is not None:
        return _days(ctx, days)
    token: Token = statement.line.tokens("STRING")[0]
    return DayRule(recurrence=unquoted(token), text=unquoted(token))


def _days(ctx: Context, node: Node) -> DayRule:
    """Dates, an official list, or the parameter that gives one."""
    text = ctx.words(node)
    dates, rule, ref = node.node("dates"), node.node("holidays_of"), node.node("ref")
    if dates is not None:
        return DayRule(dates=dates_of(ctx, dates), text=text)
    if rule is not None:
        return DayRule(holidays=holiday_rule(rule), text=text)
    assert ref is not None
    name = ctx.resolve(ref, "parameter")
    parameter = ctx.parameters.get(written(ref))
    if parameter is not None and parameter.type.name != "holiday list":
        given = spoken_type(parameter.type)
        ctx.report(catalogue.WRONG_PARAMETER, ref, name=name, type=given, wanted="a holiday list")
    return DayRule(parameter=name, text=text)
