"""Which hours a date has, and why (T7)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from attrs import field, frozen

from sla_dsl.worktime.hours import Spans, united
from sla_dsl.worktime.units import DAY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sla_dsl.worktime.hours import Week
    from sla_dsl.worktime.recipe import Leaf

PlanKind = Literal["hours on date", "closed", "holiday", "season", "weekday"]


@frozen
class DayPlan:
    """What a leaf says of one date: its hours, what gives or takes them, and the name of a closing, if any.

    `position` is that of the season in the recipe, where a season gives the hours.
    """

    kind: PlanKind
    spans: Spans
    name: str | None = None
    position: int | None = None


@frozen
class Run:
    """Dates from `first` to before `end` (day numbers) under one week; `spans` by `day number % 7`."""

    first: int
    end: int
    spans: tuple[Spans, ...]
    position: int | None


def _week_spans(weekly: Week) -> tuple[Spans, ...]:
    # Day number 1 is a Monday, so `day number % 7` is 1 on Mondays and 0 on Sundays.
    return tuple(united(weekly[(remainder - 1) % 7]) for remainder in range(7))


@frozen
class LeafPlan:
    """The hours of all dates of a leaf: weeks in runs, and the dates that differ."""

    ordinary: tuple[Spans, ...]
    seasons: tuple[Run, ...]
    special: dict[int, DayPlan] = field(eq=False)
    overnight: bool

    def spans(self, day: int) -> Spans:
        """Return the windows that a date owns, past midnight too, in microseconds from its midnight."""
        special = self.special.get(day)
        return self.usual(day).spans if special is None else special.spans

    def of(self, day: int) -> DayPlan:
        """Return what gives a date its hours."""
        return self.special.get(day) or self.usual(day)

    def usual(self, day: int) -> DayPlan:
        """Return the hours a date has by season and weekday alone."""
        for run in self.seasons:
            if run.first <= day < run.end:
                return DayPlan("season", run.spans[day % 7], position=run.position)
        return DayPlan("weekday", self.ordinary[day % 7])

    def runs(self, first: int, end: int) -> Iterator[tuple[int, int, tuple[Spans, ...]]]:
        """Yield the dates from `first` to before `end` in runs that share a week."""
        for run in self.seasons:
            if run.end <= first:
                continue
            if run.first >= end:
                break
            if first < run.first:
                yield first, run.first, self.ordinary
            yield max(first, run.first), min(end, run.end), run.spans
            first = run.end
        if first < end:
            yield first, end, self.ordinary


@lru_cache(maxsize=256)
def leaf_plan(leaf: Leaf) -> LeafPlan:
    """Return the plan of a leaf: its windows united, its dates as day numbers."""
    special: dict[int, DayPlan] = {}
    holiday_hours = united(leaf.holiday_hours)
    for day, name in leaf.holidays:
        special[day.toordinal()] = DayPlan("holiday", holiday_hours, name)
    for day, name in leaf.closed:
        special[day.toordinal()] = DayPlan("closed", (), name)
    for day, windows in leaf.hours_on:
        special[day.toordinal()] = DayPlan("hours on date", united(windows))
    ordinary = _week_spans(leaf.weekly)
    season_weeks = [_week_spans(season.weekly) for season in leaf.seasons]
    seasons = tuple(
        Run(first, last + 1, season_weeks[position], position) for first, last, position in leaf.season_days()
    )
    used = [*ordinary, *(spans for week in season_weeks for spans in week), *(p.spans for p in special.values())]
    return LeafPlan(ordinary, seasons, special, any(end > DAY for spans in used for _, end in spans))


def only(days: Iterable[int], spans: Spans) -> LeafPlan:
    """Return the plan that gives the same hours to some dates and none to the others."""
    plan = DayPlan("hours on date", spans)
    return LeafPlan(((),) * 7, (), dict.fromkeys(days, plan), overnight=False)
