"""The dates that official lists and recurrence rules give: those pinned in the policy, else resolved now (T8)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sla_dsl.policy.terms import HolidayRule, PinnedDates

NamedDates = dict[date, str]


def rule_name(rule: HolidayRule) -> str:
    """Return the name under which the dates of an official list are pinned.

    >>> from sla_dsl.policy.terms import HolidayRule
    >>> rule_name(HolidayRule(country="DE", subdivision="BY", categories=("public", "catholic")))
    'DE-BY public, catholic'
    """
    place = f"{rule.country}-{rule.subdivision}" if rule.subdivision else rule.country
    return f"{place} {', '.join(rule.categories)}".strip()


def dates_of_rule(rule: HolidayRule, first_year: int, last_year: int, pinned: Iterable[PinnedDates] = ()) -> NamedDates:
    """Return the holidays of an official list in some years, by date (T7). Raises `UnknownHolidays`."""
    held = _held(rule_name(rule), first_year, last_year, pinned)
    if held is not None:
        return held
    from sla_dsl.worktime.closing_days import holiday_dates

    found = holiday_dates(
        rule.country,
        first_year=first_year,
        last_year=last_year,
        subdivision=rule.subdivision,
        categories=rule.categories or None,
    )
    return dict(found.dates)


def dates_of_recurrence(rule: str, first_year: int, last_year: int, pinned: Iterable[PinnedDates] = ()) -> list[date]:
    """Return the dates of a recurrence rule in some years (T7). Raises `BadRule`."""
    held = _held(rule, first_year, last_year, pinned)
    if held is not None:
        return list(held)
    from sla_dsl.worktime.recurrence import rule_dates

    return list(rule_dates(rule, first_year=first_year, last_year=last_year))


def _held(rule: str, first_year: int, last_year: int, pinned: Iterable[PinnedDates]) -> NamedDates | None:
    for one in pinned:
        if one.rule == rule and one.first_year <= first_year and last_year <= one.last_year:
            dates = {date.fromisoformat(day): name for day, name in one.dates.items()}
            return {day: name for day, name in dates.items() if first_year <= day.year <= last_year}
    return None
