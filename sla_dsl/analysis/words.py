"""Promises, hours and values in the words of the language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_dsl.policy.terms import (
    ELAPSED,
    OWN_CALENDAR,
    BestEffort,
    Blank,
    CalendarValue,
    Choice,
    ChosenBy,
    Committed,
    Composed,
    Dates,
    DurationValue,
    HolidayList,
    Hours,
    NoPromise,
    NumberValue,
    Silent,
    TextValue,
    ToBeDetermined,
    ToBeNegotiated,
    Words,
    ZoneValue,
)
from sla_dsl.worktime.hours import clock_text
from sla_dsl.worktime.units import DAY_SECONDS, HOUR, MINUTE, SECOND

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla_dsl.policy.terms import (
        ELAPSED,
        OWN_CALENDAR,
        AnyPromise,
        Availability,
        Calendar,
        Measurement,
        Opening,
        Type,
        Value,
        Window,
        ZoneRef,
    )

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_PLAIN: dict[type[AnyPromise], str] = {
    ToBeDetermined: "to be determined",
    ToBeNegotiated: "to be negotiated",
    NoPromise: "no promise",
    Blank: "left blank",
    Silent: "silent",
}
_OPERATIONS = {"both": " and ", "either": " or ", "except": " except "}


# ----------------------------------------------------------------------------------------- promises


def promise_words(promise: AnyPromise) -> str:
    """What a target says.

    Example: `target within 4 hours of desk`.
    """
    match promise:
        case Committed(modality=modality, limit=limit):
            return modality if limit is None else f"{modality} {limit.text}"
        case BestEffort(limit=limit):
            return "best effort" if limit is None else f"best effort {limit.text}"
        case Words(text=text):
            return f"“{text}”"
        case Choice(cases=cases, otherwise=otherwise):
            parts = [f"{promise_words(case.promise)} if {case.when.text}" for case in cases]
            parts += [] if otherwise is None else [f"otherwise {promise_words(otherwise)}"]
            return ", ".join(parts)
        case _:
            return _PLAIN[type(promise)]


def measurement_words(measured: Measurement) -> str:
    """What an objective measures.

    Example: `share of response more than 90 %`.
    """
    threshold = f"{measured.threshold:g} %" if measured.statistic == "share" else _length(round(measured.threshold))
    if measured.days is not None:
        threshold = f"{measured.days:g} {'calendar days' if measured.calendar == ELAPSED else 'days'}"
    if measured.calendar not in (ELAPSED, OWN_CALENDAR):
        threshold += f" of {measured.calendar}"
    text = f"{measured.statistic} of {', '.join(measured.of)} {measured.comparison} {threshold}"
    return f"{text} if {measured.condition.text}" if measured.condition else text


def available_words(there: Availability) -> str:
    """When a service is there.

    Example: `during desk to customer`.
    """
    when = "always" if there.stated else "not stated"
    if there.during or there.outside:
        during = [f"during {there.during}"] if there.during else []
        when = " and ".join([*during, *([f"outside {there.outside}"] if there.outside else [])])
    whom = f" to {', '.join(there.to_parties)}" if there.to_parties else ""
    return f"{when}{whom}" + (f" if {there.condition.text}" if there.condition else "")


# -------------------------------------------------------------------------------------------- hours


def calendar_words(calendar: Calendar) -> list[str]:
    """The hours of a calendar, a line for each statement.

    Example: `["timezone zone", "open mon to fri 08:30 to 17:00", "closed on holidays"]`.
    """
    match calendar.hours:
        case Hours() as hours:
            return list(_hours(hours))
        case Composed(operation="outside" | "whole_days" as operation, parts=parts, zone=zone):
            return [f"{operation.replace('_', ' ')}{' of' * (operation != 'outside')} {parts[0]}", *_zone(zone)]
        case Composed(operation=operation, parts=parts, zone=zone):
            return [_OPERATIONS[operation].join(parts), *_zone(zone)]
        case ChosenBy(scale=scale, calendars=calendars):
            return [f"{calendar} where {scale} is {level}" for level, calendar in calendars.items()]


def _hours(hours: Hours) -> Iterator[str]:
    yield from _zone(hours.zone)
    yield f"years {hours.first_year} to {hours.last_year}"
    for opening in hours.openings:
        yield f"open {_opening(opening)}"
    for season in hours.seasons:
        for opening in season.openings:
            yield f"{season.label or season.id} ({dates_words(season.span)}): open {_opening(opening)}"
    for rule in hours.closed:
        yield f"closed on {rule.text}"
    for special in hours.special:
        yield f"on {special.on.text} open {_windows(special.windows) or 'not at all'}"


def _zone(zone: ZoneRef | None) -> Iterator[str]:
    if zone is not None:
        yield f"timezone {zone.name or zone.parameter}"


def _opening(opening: Opening) -> str:
    if opening.until_day is not None:
        [window] = opening.windows
        return f"{_DAYS[opening.days[0]]} {clock_text(window.start)} to {_DAYS[opening.until_day]} {_end(window)}"
    return f"{_days(opening.days)} {_windows(opening.windows)}"


def _days(days: tuple[int, ...]) -> str:
    names = [_DAYS[day] for day in days]
    in_a_row = len(days) > 2 and list(days) == list(range(min(days), max(days) + 1))
    return f"{names[0]} to {names[-1]}" if in_a_row else ", ".join(names)


def _windows(windows: tuple[Window, ...]) -> str:
    return ", ".join(f"{clock_text(window.start)} to {_end(window)}" for window in windows)


def _end(window: Window) -> str:
    return clock_text(window.end) if window.end > 0 else clock_text(DAY_SECONDS)


# ------------------------------------------------------------------------------------------- values


def dates_words(dates: Dates) -> str:
    """Dates and spans of dates.

    Example: `2026-12-25, 12-27 to 12-31`.
    """
    spans = [span.first if span.first == span.last else f"{span.first} to {span.last}" for span in dates.spans]
    return ", ".join(spans)


def value_words(value: Value) -> str:
    """The value of a parameter or fact.

    Example: `Europe/Amsterdam`, `4 hours`, `public holidays of NL`.
    """
    match value:
        case HolidayList(rule=None, dates=dates):
            return dates_words(dates) if dates else "none"
        case HolidayList(rule=rule) if rule is not None:
            place = f"{rule.country}-{rule.subdivision}" if rule.subdivision else rule.country
            return f"{', '.join(rule.categories) or 'public'} holidays of {place}"
        case ZoneValue(name=name):
            return name
        case CalendarValue(name=name):
            return name or "a calendar given in full"
        case DurationValue(micros=micros):
            return _length(micros)
        case NumberValue(number=number):
            return f"{number:g}"
        case TextValue(text=text):
            return text
        case _:
            return ""


def type_words(kind: Type) -> str:
    """The type of a fact or parameter.

    Example: `one of defect, request`.
    """
    if kind.choices:
        return f"{kind.name} {', '.join(kind.choices)}"
    return f"{kind.name} of {kind.scale}" if kind.scale else kind.name


def _length(micros: int) -> str:
    parts: list[str] = []
    for unit, size in (("hour", HOUR), ("minute", MINUTE)):
        count, micros = divmod(micros, size)
        if count:
            parts.append(f"{count} {unit}{'s' * (count != 1)}")
    if micros or not parts:
        parts.append(f"{micros / SECOND:g} seconds")
    return " ".join(parts)
