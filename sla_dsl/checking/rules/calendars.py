"""Calendars that can be built and are open at some time (T7, T8)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from sla_dsl.checking.rules.checked import Checked
from sla_dsl.diagnostics import Finding, catalogue
from sla_dsl.errors import SlaError
from sla_dsl.model import Declared
from sla_dsl.policy.calendars import Calendars
from sla_dsl.policy.errors import Circular
from sla_dsl.policy.hours import HoursMaker
from sla_dsl.policy.terms import Calendar, Hours
from sla_dsl.policy.terms.values import HolidayList
from sla_dsl.policy.vocabulary import Terms
from sla_dsl.worktime import Recipe, timetable, to_micros
from sla_dsl.worktime.errors import NoOpenTime

_STAND_IN_ZONE = "UTC"


def calendars(checked: Checked) -> Iterator[Finding]:
    """Each calendar is built; parameters without a value stand aside."""
    for declared in checked.declared("calendar"):
        if isinstance(declared.term, Calendar):
            yield from _said(checked, declared, declared.term)
            yield from _built(checked, declared, declared.term)


def _said(checked: Checked, declared: Declared, calendar: Calendar) -> Iterator[Finding]:
    if not isinstance(calendar.hours, Hours):
        return
    document = checked.model.document
    if calendar.hours.zone is None and document.timezone is None and document.timezone_parameter is None:
        yield catalogue.CALENDAR_ZONE(declared.place, name=calendar.id)
    amended = declared.statement.kind == "amend"
    if not amended and not any(inner.kind == "years" for inner in declared.statement.body):
        first, last = calendar.hours.first_year, calendar.hours.last_year
        yield catalogue.YEARS_NOT_SAID(declared.place, name=calendar.id, first=first, last=last)


def _built(checked: Checked, declared: Declared, calendar: Calendar) -> Iterator[Finding]:
    try:
        _build(checked, declared, calendar)
    except Circular as error:
        yield catalogue.CALENDAR_CIRCLE(declared.place, name=calendar.id, circle=str(error))
    except NoOpenTime:
        yield catalogue.CALENDAR_NEVER_OPEN(declared.place, name=calendar.id)
    except SlaError as error:
        yield catalogue.CALENDAR_BROKEN(
            declared.place, name=calendar.id, problem=str(error), advice="Change the statement that says so."
        )


def _build(checked: Checked, declared: Declared, calendar: Calendar) -> None:
    """Builds a calendar as far as it is known.

    Raises:
        SlaError: it cannot be, is never open, or is made of itself.
    """
    if isinstance(calendar.hours, Hours):
        zone = calendar.hours.zone.name if calendar.hours.zone else checked.model.document.timezone
        _open_at_all(HoursMaker((), _no_holidays).make(calendar.hours, zone or _STAND_IN_ZONE).recipe)
    elif declared.reading is None and checked.is_policy:
        known = Calendars(Terms.of(checked.model.document)).get(calendar.id, _no_level)
        if known.perhaps is not None:
            _open_at_all(known.perhaps)


def _open_at_all(recipe: Recipe) -> None:
    """Builds a timetable, which fails where there is no open time. Any instant of its years will do."""
    middle = datetime(recipe.first_year, 7, 1, tzinfo=UTC)
    timetable(recipe).is_open(to_micros(middle))


def _no_holidays(parameter: str) -> HolidayList:
    """An empty list stands in for a parameter that only closes dates."""
    del parameter
    return HolidayList()


def _no_level(scale: str) -> None:
    """No level of any scale is known when a policy is checked."""
    del scale
