"""Types of facts and parameters, and the values written for them."""

from __future__ import annotations

from datetime import date

from sla_dsl.checking.context import Context
from sla_dsl.checking.read.lengths import length
from sla_dsl.checking.words import unquoted, written
from sla_dsl.diagnostics import catalogue
from sla_dsl.policy.terms.values import (
    CalendarValue,
    Dates,
    DateSpan,
    DurationValue,
    HolidayList,
    HolidayRule,
    NumberValue,
    TextValue,
    Type,
    TypeName,
    Value,
    ZoneValue,
)
from sla_dsl.syntax import Node, Token
from sla_dsl.worktime import WorktimeError, zone

_TYPES: dict[str, TypeName] = {
    "number": "number",
    "date": "date",
    "instant": "instant",
    "holiday list": "holiday list",
    "timezone": "timezone",
    "calendar": "calendar",
    "duration": "duration",
}
_SCALE_TYPE = "level"


def type_of(ctx: Context, node: Node) -> Type:
    """The type that a fact or parameter is declared with."""
    if node.has("YES_OR_NO"):
        return Type(name="yes or no")
    if node.has("ONE_OF"):
        refs = node.node("refs")
        return Type(name="one of", choices=tuple(written(ref) for ref in refs.nodes("ref")) if refs else ())
    words = " ".join(token.text for token in node.tokens("WORD"))
    scale = node.after("OF")
    if words == _SCALE_TYPE and scale is not None:
        return Type(name="level", scale=ctx.resolve(scale, "scale"))
    if words in _TYPES and scale is None:
        return Type(name=_TYPES[words])
    ctx.report(
        catalogue.UNKNOWN_TYPE, node, name=words, known=", ".join([*_TYPES, "level of SCALE", "yes or no", "one of …"])
    )
    return Type(name="number")


def dates_of(ctx: Context, node: Node) -> Dates:
    """A list of dates, days of the year, and spans of either."""
    return Dates(spans=tuple(span for part in node.nodes("datespan") if (span := date_span(ctx, part))))


def date_span(ctx: Context, node: Node) -> DateSpan | None:
    """A date or a span of dates; none where there is no such date or the span runs backwards (reported)."""
    tokens = node.tokens("DATE", "MONTHDAY")
    if not all(is_date(token) for token in tokens):
        return None
    if tokens[0].kind == "DATE" and tokens[-1].text < tokens[0].text:
        ctx.report(catalogue.BACKWARDS, node, first=tokens[0].text, last=tokens[-1].text)
        return None
    return DateSpan(first=tokens[0].text, last=tokens[-1].text)


def is_date(token: Token) -> bool:
    """Whether there is such a date, or such a day in some year."""
    try:
        date.fromisoformat(token.text if token.kind == "DATE" else f"2000-{token.text}")
    except ValueError:
        return False
    return True


def holiday_rule(node: Node) -> HolidayRule:
    """`holidays of NL`, `holidays of US-CA categories public and bank`."""
    region = node.nodes("region")[0].tokens()[0].text
    country, _, subdivision = region.partition("-")
    categories = tuple(written(ref) for ref in node.nodes("ref"))
    return HolidayRule(country=country, subdivision=subdivision or None, categories=categories)


def zone_known(ctx: Context, token: Token) -> bool:
    """Whether a token names a zone; reported if not."""
    try:
        zone(token.text)
    except WorktimeError as error:
        ctx.report(catalogue.UNKNOWN_ZONE, token, problem=str(error))
        return False
    return True


def moment_text(node: Node) -> str:
    """A moment as ISO text: wall time, with the offset where one is written."""
    day, time = node.tokens("DATE")[0].text, node.tokens("TIME")[0].text
    offset = node.token("OFFSET")
    clock = time if len(time.partition(":")[0]) == 2 else f"0{time}"
    return f"{day}T{clock}{offset.text if offset else ''}"


def value_of(ctx: Context, line: Node, wanted: Type) -> Value | None:
    """The value that a statement gives to something of a type; none (reported) if it does not fit."""
    value = _read(ctx, line, wanted)
    if value is None and not _is_unknown_name(line, wanted):
        part = line.node("value", "duration", "dates") or line
        ctx.report(catalogue.WRONG_VALUE, part, value=ctx.words(part), type=spoken_type(wanted))
    return value


def _is_unknown_name(line: Node, wanted: Type) -> bool:
    """Whether a value could be a name, so that it is reported as one that nobody declared."""
    value = line.node("value")
    return wanted.name in {"level", "calendar"} and value is not None and value.has("WORD")


def _read(ctx: Context, line: Node, wanted: Type) -> Value | None:
    match wanted.name:
        case "holiday list":
            return _holiday_list(ctx, line)
        case "duration":
            return _duration(ctx, line)
        case "date" | "instant":
            return _when(line)
        case _:
            pass
    value = line.node("value")
    token = value.tokens()[0] if value and value.tokens() else None
    return _simple(ctx, token, wanted) if token else None


def _simple(ctx: Context, token: Token, wanted: Type) -> Value | None:
    text = unquoted(token) if token.kind == "STRING" else token.text
    match wanted.name:
        case "timezone" if token.kind in {"ZONE", "WORD"}:
            return ZoneValue(name=text) if zone_known(ctx, token) else ZoneValue(name="UTC")
        case "number" if token.kind == "NUMBER":
            return NumberValue(number=float(text))
        case "yes or no" if text in {"yes", "no"}:
            return TextValue(text=text)
        case "one of" if text in wanted.choices:
            return TextValue(text=text)
        case "level" if token.kind in {"WORD", "STRING", "NUMBER"}:
            entry = ctx.named(token, "level", owner=wanted.scale)
            return TextValue(text=entry.id) if entry else None
        case "calendar" if token.kind in {"WORD", "STRING"}:
            entry = ctx.named(token, "calendar")
            return CalendarValue(name=entry.id) if entry else None
        case _:
            return None


def _holiday_list(ctx: Context, line: Node) -> HolidayList | None:
    dates, value = line.node("dates"), line.node("value")
    if dates:
        return HolidayList(dates=dates_of(ctx, dates))
    rule = value.node("holidays_of") if value else None
    if rule:
        return HolidayList(rule=holiday_rule(rule))
    return HolidayList() if value and value.has("NONE") else None


def _duration(ctx: Context, line: Node) -> DurationValue | None:
    part = line.node("duration")
    amount = length(ctx, part) if part else None
    return DurationValue(micros=amount.low) if amount and amount.unit == "time" else None


def _when(line: Node) -> TextValue | None:
    dates, value = line.node("dates"), line.node("value")
    if dates and len(dates.nodes("datespan")) == 1 and len(dates.nodes("datespan")[0].tokens("DATE")) == 1:
        return TextValue(text=dates.nodes("datespan")[0].tokens("DATE")[0].text)
    moment = value.node("moment") if value else None
    return TextValue(text=moment_text(moment)) if moment else None


def spoken_type(wanted: Type) -> str:
    """A type in words, as in `a number`."""
    match wanted.name:
        case "one of":
            return f"one of {', '.join(wanted.choices)}"
        case "level":
            return f"a level of {wanted.scale}"
        case "yes or no":
            return "`yes` or `no`"
        case "instant":
            return "an instant"
        case name:
            return f"a {name}"
