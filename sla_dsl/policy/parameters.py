"""Values for parameters, from Python and from the command line (H4; CONTRACT, parameter values)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, cast

import msgspec

from sla_dsl.policy.errors import BadParameter, UnknownName
from sla_dsl.policy.form_errors import CompiledFormError
from sla_dsl.policy.json_text import plain_json
from sla_dsl.policy.situation import typed_value
from sla_dsl.policy.terms import (
    Calendar,
    CalendarValue,
    Dates,
    DateSpan,
    DurationValue,
    GivenCalendar,
    HolidayList,
    HolidayRule,
    NumberValue,
    Parameter,
    TextValue,
    Value,
    ZoneValue,
)
from sla_dsl.worktime import Calendar as WorktimeCalendar
from sla_dsl.worktime import delta_to_micros, format_instant, zone
from sla_dsl.worktime.calendar import WEEKDAYS
from sla_dsl.worktime.hours import clock_text
from sla_dsl.worktime.recipe import Leaf
from sla_dsl.worktime.units import HOUR, MINUTE, SECOND

if TYPE_CHECKING:
    from sla_dsl.policy.vocabulary import Terms

_REGION = re.compile(r"([A-Za-z]{2})(?:-([A-Za-z0-9]{1,3}))?")
_LENGTH = re.compile(r"([0-9]+(?:\.[0-9]{1,6})?)\s*(hours?|minutes?|seconds?)\s*", re.IGNORECASE)
_UNITS = {"h": HOUR, "m": MINUTE, "s": SECOND}


def parameter_value(terms: Terms, parameter: Parameter, given: object) -> Value:
    """Return what was given for a parameter as a value of its type.

    Raises `BadParameter`, `UnknownName`, `UnknownZone`, `UnknownHolidays`, `RecipeError`, `BadValue`.

    >>> parameter_value(terms, terms.parameter("zone"), "Europe/Paris")  # doctest: +SKIP
    ZoneValue(name='Europe/Paris')
    """
    if isinstance(given, Value):
        return given
    match parameter.type.name:
        case "timezone":
            return _zone(parameter, given)
        case "holiday list":
            return _holidays(parameter, given)
        case "calendar":
            return _calendar(terms, parameter, given)
        case "duration":
            return _duration(parameter, given)
        case _:
            return _fact_like(terms, parameter, given)


def _zone(parameter: Parameter, given: object) -> ZoneValue:
    if not isinstance(given, str):
        raise BadParameter(parameter.id, _shown(given), "write an IANA name (`Europe/Paris`) or `UTC-05:00`")
    zone(given)
    return ZoneValue(name=given)


def _fact_like(terms: Terms, parameter: Parameter, given: object) -> NumberValue | TextValue:
    value = typed_value(terms, parameter.id, parameter.type, given)
    if isinstance(value, bool):
        return TextValue(text="yes" if value else "no")
    if isinstance(value, date):
        return TextValue(text=value.isoformat())
    if parameter.type.name == "instant" and isinstance(value, int):
        return TextValue(text=format_instant(value))
    return TextValue(text=value) if isinstance(value, str) else NumberValue(number=value)


def _duration(parameter: Parameter, given: object) -> DurationValue:
    micros = delta_to_micros(given) if isinstance(given, timedelta) else None
    if isinstance(given, str):
        lengths = _LENGTH.findall(given)
        if lengths and "".join(f"{n}{unit}" for n, unit in lengths) == re.sub(r"\s+", "", given):
            micros = sum(round(float(n) * _UNITS[unit[0].lower()]) for n, unit in lengths)
    if micros is None or micros < 0:
        raise BadParameter(parameter.id, _shown(given), "write a length of time like `4 hours` or `1 hour 30 minutes`")
    return DurationValue(micros=micros)


# ---------------------------------------------------------------------------------------- holidays

_WANTED_HOLIDAYS = 'write dates (`2026-12-25,2026-12-26`), a country (`NL`, `{"country": "NL"}`) or `none`'


def _holidays(parameter: Parameter, given: object) -> HolidayList:
    if isinstance(given, str):
        text = given.strip()
        if text.casefold() == "none":
            return HolidayList()
        region = _REGION.fullmatch(text)
        if region is not None:
            return _official(HolidayRule(country=region[1].upper(), subdivision=region[2]))
        read = _json(text) if text[:1] in "[{" else None
        given = [part.strip() for part in text.split(",")] if read is None else read
    if isinstance(given, HolidayRule):
        return _official(given)
    if isinstance(given, Mapping):
        return _official(_rule(parameter, cast("Mapping[object, object]", given)))
    if isinstance(given, Iterable) and not isinstance(given, str | bytes):
        days = sorted({_day(parameter, day) for day in cast("Iterable[object]", given)})
        spans = tuple(DateSpan(first=day, last=day) for day in days)
        return HolidayList(dates=Dates(spans=spans) if spans else None)
    raise BadParameter(parameter.id, _shown(given), _WANTED_HOLIDAYS)


def _official(rule: HolidayRule) -> HolidayList:
    """Return an official list, after a look whether there is such a one."""
    from sla_dsl.policy.closing import dates_of_rule

    dates_of_rule(rule, 2020, 2020)
    return HolidayList(rule=rule)


def _rule(parameter: Parameter, given: Mapping[object, object]) -> HolidayRule:
    try:
        return msgspec.convert(dict(given), HolidayRule)
    except msgspec.ValidationError as error:
        raise BadParameter(parameter.id, _shown(given), f"{_WANTED_HOLIDAYS}; {error}") from None


def _day(parameter: Parameter, given: object) -> str:
    if isinstance(given, date) and not isinstance(given, datetime):
        return given.isoformat()
    if isinstance(given, str):
        try:
            day = date.fromisoformat(given)
        except ValueError:
            day = None
        if day is not None and day.isoformat() == given:
            return given
    raise BadParameter(parameter.id, _shown(given), _WANTED_HOLIDAYS)


# ---------------------------------------------------------------------------------------- calendars

_WANTED_CALENDAR = 'give a `Calendar`, its arguments (`{"timezone": …, "weekly": …}`), or the name of a calendar'


def _calendar(terms: Terms, parameter: Parameter, given: object) -> CalendarValue:
    if isinstance(given, WorktimeCalendar):
        return CalendarValue(given=_arguments(parameter, given))
    if isinstance(given, str):
        text = given.strip()
        if not text.startswith("{"):
            return CalendarValue(name=_calendar_named(terms, parameter, text))
        given = _json(text)
    arguments = _table(parameter, given)
    unknown = [name for name in arguments if name not in GivenCalendar.__struct_fields__]
    if unknown:
        raise UnknownName("argument of a calendar", unknown[0], GivenCalendar.__struct_fields__)
    if "timezone" not in arguments:
        raise BadParameter(parameter.id, _shown(arguments), "it needs a `timezone`")
    make = cast("Callable[..., WorktimeCalendar]", WorktimeCalendar)  # which checks each argument itself
    return CalendarValue(given=_arguments(parameter, make(**arguments)))


def _table(parameter: Parameter, given: object) -> dict[str, object]:
    if isinstance(given, Mapping):
        return {str(name): value for name, value in cast("Mapping[object, object]", given).items()}
    raise BadParameter(parameter.id, _shown(given), _WANTED_CALENDAR)


def _calendar_named(terms: Terms, parameter: Parameter, name: str) -> str:
    known = terms.names(Calendar)
    found = terms.named(Calendar, name)
    if found is None:
        raise UnknownName(f"calendar for parameter `{parameter.id}`", name, known)
    return found


def _arguments(parameter: Parameter, calendar: WorktimeCalendar) -> GivenCalendar:
    """Return the arguments that make a calendar."""
    recipe = calendar.timetable.recipe
    if not isinstance(recipe, Leaf) or recipe.seasons or recipe.holidays:
        raise BadParameter(parameter.id, repr(calendar), "only a calendar made by its arguments can be a value")
    return GivenCalendar(
        timezone=recipe.zone,
        weekly={
            name: tuple((clock_text(window.start), clock_text(window.end)) for window in windows)
            for name, windows in zip(WEEKDAYS, recipe.weekly, strict=True)
            if windows
        },
        closed=tuple(day.isoformat() for day, _ in recipe.closed),
        hours_on={
            day.isoformat(): tuple((clock_text(window.start), clock_text(window.end)) for window in windows)
            for day, windows in recipe.hours_on
        },
        years=(recipe.first_year, recipe.last_year),
    )


# --------------------------------------------------------------------------------------------- texts


def _json(text: str) -> object:
    """Return the value of a text of JSON, and any other text as it is."""
    try:
        return plain_json(text).value
    except CompiledFormError:
        return text


def _shown(given: object) -> str:
    text = given if isinstance(given, str) else repr(given)
    return text if len(text) <= 60 else f"{text[:57]}…"
