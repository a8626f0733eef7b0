"""The opening hours that a policy declares, made into recipes of business time (T1, T2, T7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from sla_dsl.policy.closing import dates_of_recurrence, dates_of_rule
from sla_dsl.policy.spans import bounds_of, days_of
from sla_dsl.worktime import Leaf, Season, WeekStretch, Window, week
from sla_dsl.worktime.units import DAY_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from sla_dsl.policy.closing import NamedDates
    from sla_dsl.policy.terms import DayRule, HolidayList, HolidayRule, Hours, Opening, PinnedDates
    from sla_dsl.policy.terms import Window as DeclaredWindow
    from sla_dsl.worktime import Week


@frozen
class MadeHours:
    """A recipe, and the parameters without a value that it was made without.

    `only_closing` says that the missing ones could only close further dates, never open any.
    """

    recipe: Leaf
    missing: tuple[str, ...]
    only_closing: bool


@frozen
class HoursMaker:
    """Makes recipes; `holidays` gives the value of a holiday-list parameter, None where it has none."""

    pinned: tuple[PinnedDates, ...]
    holidays: Callable[[str], HolidayList | None]

    def make(self, hours: Hours, zone: str) -> MadeHours:
        """Return the recipe of opening hours in a zone.

        Which hours a date has: those given for it alone, closed if explicitly so, those given by a list, closed by a
        list, the season's, the week's (T7). Raises `RecipeError`, `ClosingDaysError`, `BadValue`.
        """
        years = hours.first_year - 1, hours.last_year + 1
        missing: dict[str, bool] = {}
        closed: NamedDates = {}
        listed: NamedDates = {}
        for rule in hours.closed:
            dates = self._dates(rule, *years)
            if dates is None:
                missing[rule.parameter or ""] = True
            else:
                (closed if rule.dates is not None else listed).update(dates)
        by_list: dict[date, list[Window]] = {}
        by_date: dict[date, list[Window]] = {}
        for special in hours.special:
            dates = self._dates(special.on, *years)
            if dates is None:
                missing[special.on.parameter or ""] = False
                continue
            target = by_date if special.on.dates is not None else by_list
            for day in dates:
                target.setdefault(day, []).extend(_window(window) for window in special.windows)
        hours_on = {day: windows for day, windows in by_list.items() if day not in closed} | by_date
        recipe = Leaf(
            zone=zone,
            first_year=hours.first_year,
            last_year=hours.last_year,
            weekly=week_of(hours.openings),
            seasons=tuple(
                Season(bounds_of(span), week_of(season.openings))
                for season in hours.seasons
                for span in season.span.spans
            ),
            holidays=listed,
            closed=closed,
            hours_on=hours_on,
        )
        return MadeHours(recipe, tuple(missing), all(missing.values()))

    def _dates(self, rule: DayRule, first: int, last: int) -> NamedDates | None:
        if rule.dates is not None:
            return dict.fromkeys(days_of(rule.dates, first, last), rule.text)
        if rule.holidays is not None:
            return self._official(rule.holidays, first, last)
        if rule.recurrence is not None:
            return dict.fromkeys(dates_of_recurrence(rule.recurrence, first, last, self.pinned), rule.text)
        value = self.holidays(rule.parameter or "")
        if value is None:
            return None
        if value.rule is not None:
            return self._official(value.rule, first, last)
        return dict.fromkeys(days_of(value.dates, first, last), rule.text) if value.dates is not None else {}

    def _official(self, rule: HolidayRule, first: int, last: int) -> NamedDates:
        return dates_of_rule(rule, first, last, self.pinned)


def week_of(openings: Iterable[Opening]) -> Week:
    """Return the week that some openings make. Raises `BadWindow`."""
    days: dict[int, list[Window]] = {}
    stretches: list[WeekStretch] = []
    for opening in openings:
        for day in opening.days:
            if opening.until_day is None:
                days.setdefault(day, []).extend(_window(window) for window in opening.windows)
            else:
                stretches.extend(
                    WeekStretch(day, window.start, opening.until_day, window.end) for window in opening.windows
                )
    return week(days, stretches)


def _window(window: DeclaredWindow) -> Window:
    """Return a window; an end at or before the start lies on the next day."""
    overnight = window.end <= window.start
    return Window(window.start, window.end + DAY_SECONDS if overnight else window.end)
