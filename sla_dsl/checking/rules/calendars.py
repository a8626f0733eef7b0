"""Calendars that can be built and are open at some time (T7, T8)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec
from attrs import evolve

from sla_dsl.checking.rules.checked import Checked
from sla_dsl.diagnostics import Finding, catalogue
from sla_dsl.errors import SlaError
from sla_dsl.model import Declared
from sla_dsl.policy.calendars import Calendars
from sla_dsl.policy.errors import Circular, QuestionError
from sla_dsl.policy.hours import HoursMaker
from sla_dsl.policy.terms import Calendar, Hours
from sla_dsl.policy.terms.values import HolidayList
from sla_dsl.policy.vocabulary import Terms
from sla_dsl.worktime import Both, Either, Except, Leaf, Outside, Recipe, WholeDays, timetable, to_micros
from sla_dsl.worktime.errors import (
    BadYears,
    ClosedWithHours,
    ClosingDaysError,
    NoCommonYears,
    NoOpenTime,
    OverlappingSeasons,
    UnknownZone,
    ZoneNeeded,
)
from sla_dsl.worktime.recipe import FIRST_YEAR, LAST_YEAR

_STEP = " → "
_STAND_IN_ZONE = "UTC"
_SAID_ELSEWHERE = (UnknownZone, ClosingDaysError, QuestionError)
"""What is wrong with a zone, a holiday list or a name is said where that is written."""

_ADVICE: dict[type[SlaError], str] = {
    ClosedWithHours: "Remove the date from `closed on …` or from `on … from …`.",
    OverlappingSeasons: "Let one season end before the other begins.",
    ZoneNeeded: "Add `timezone ZONE` to its block.",
    NoCommonYears: "Let their `years` overlap.",
}


def calendars(checked: Checked) -> Iterator[Finding]:
    """Each calendar is built; parameters without a value stand aside."""
    broken = False
    circles: set[frozenset[str]] = set()
    for declared in checked.declared("calendar"):
        if isinstance(declared.term, Calendar) and isinstance(declared.term.hours, Hours):
            yield from _said(checked, declared, declared.term.hours)
            found = list(_built(checked, declared, declared.term))
            broken = broken or bool(found)
            yield from found
    for declared in checked.declared("calendar"):
        if isinstance(declared.term, Calendar) and not isinstance(declared.term.hours, Hours) and not broken:
            yield from (f for f in _built(checked, declared, declared.term) if _is_new(f, circles))


def _is_new(finding: Finding, circles: set[frozenset[str]]) -> bool:
    """Whether a finding is not about a circle that was told of another calendar in it."""
    if finding.kind is not catalogue.CALENDAR_CIRCLE:
        return True
    circle = frozenset(finding.fields["circle"].split(_STEP))
    known = circle in circles
    circles.add(circle)
    return not known


def _said(checked: Checked, declared: Declared, hours: Hours) -> Iterator[Finding]:
    document, name = checked.model.document, declared.term.id
    base = checked.base
    zoned = any(part.timezone or part.timezone_parameter for part in (document, base) if part is not None)
    if hours.zone is None and not zoned:
        yield catalogue.CALENDAR_ZONE(declared.place, name=name)
    amended = declared.statement.kind == "amend"
    if not amended and not any(inner.kind == "years" for inner in declared.statement.body):
        yield catalogue.YEARS_NOT_SAID(declared.place, name=name, first=hours.first_year, last=hours.last_year)


def _built(checked: Checked, declared: Declared, calendar: Calendar) -> Iterator[Finding]:
    try:
        _build(checked, declared, calendar)
    except Circular as error:
        if calendar.id not in error.names:
            return
        yield catalogue.CALENDAR_CIRCLE(
            declared.place, name=calendar.id, circle=_STEP.join((*error.names, error.names[0]))
        )
    except _SAID_ELSEWHERE:
        return
    except NoOpenTime:
        yield catalogue.CALENDAR_NEVER_OPEN(declared.place, name=calendar.id)
    except BadYears as error:
        years = (inner.line for inner in declared.statement.body if inner.kind == "years")
        yield catalogue.BAD_YEARS(next(map(checked.place, years), declared.place), problem=str(error))
    except SlaError as error:
        advice = _ADVICE.get(type(error), "Change the statement that says so.")
        yield catalogue.CALENDAR_BROKEN(declared.place, name=calendar.id, problem=str(error), advice=advice)


def _build(checked: Checked, declared: Declared, calendar: Calendar) -> None:
    """Builds a calendar as far as it is known.

    Raises:
        SlaError: it cannot be, is never open, or is made of itself.
    """
    if isinstance(calendar.hours, Hours):
        _check_years(calendar.hours)
        zone = calendar.hours.zone.name if calendar.hours.zone else checked.model.document.timezone
        _open_at_all(HoursMaker((), _no_holidays).make(_ordinary(calendar.hours), zone or _STAND_IN_ZONE).recipe)
    elif declared.reading is None and checked.is_policy:
        known = Calendars(Terms.of(checked.model.document)).get(calendar.id, _no_level)
        if known.perhaps is not None:
            _open_at_all(known.perhaps)


def _check_years(hours: Hours) -> None:
    """Years that no date has are not even counted from. Raises `BadYears`."""
    if hours.first_year < FIRST_YEAR or hours.last_year > LAST_YEAR:
        raise BadYears(hours.first_year, hours.last_year, f"a calendar may cover {FIRST_YEAR} to {LAST_YEAR}")


def _ordinary(hours: Hours) -> Hours:
    """Hours without the days that lists and rules close: these are looked up where they are written, and take time."""
    closed = tuple(rule for rule in hours.closed if rule.holidays is None and rule.recurrence is None)
    return msgspec.structs.replace(hours, closed=closed)


def _open_at_all(recipe: Recipe) -> None:
    """Builds a timetable, which fails where there is no open time: of the first year, and if need be of all."""
    try:
        _build_timetable(_in_year(recipe, recipe.first_year))
    except NoOpenTime:
        _build_timetable(recipe)


def _build_timetable(recipe: Recipe) -> None:
    """Builds a timetable by asking it something. Any instant of its years will do."""
    timetable(recipe).is_open(to_micros(datetime(recipe.first_year, 7, 1, tzinfo=UTC)))


def _in_year(recipe: Recipe, year: int) -> Recipe:
    """A recipe that covers one year alone."""
    match recipe:
        case Leaf():
            return evolve(recipe, first_year=year, last_year=year)
        case Both(left=left, right=right) | Either(left=left, right=right) | Except(left=left, right=right):
            return evolve(recipe, left=_in_year(left, year), right=_in_year(right, year))
        case Outside(inner=inner) | WholeDays(inner=inner):
            return evolve(recipe, inner=_in_year(inner, year))


def _no_holidays(parameter: str) -> HolidayList:
    """An empty list stands in for a parameter that only closes dates."""
    del parameter
    return HolidayList()


def _no_level(scale: str) -> None:
    """No level of any scale is known when a policy is checked."""
    del scale
