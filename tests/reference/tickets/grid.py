"""Time laid out in steps, once for each calendar of a policy, and elapsed time as a calendar that never closes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from sla_dsl.policy import terms as t
from tests.reference.specs import Case, CompositionSpec, LeafSpec, SeasonSpec, Spec, Windows
from tests.reference.table import MINUTE, Table

if TYPE_CHECKING:
    from tests.reference.tickets.rules import Rules

WAYS = {"both": "and", "either": "or", "except": "except", "outside": "outside", "whole_days": "whole days"}
ALWAYS = LeafSpec("UTC", 2000, 2100, {day: [(0, 1440)] for day in range(7)})

_laid_out: dict[str, Table] = {}


class Grid:
    """The days around a date in steps of some minutes."""

    def __init__(self, rules: Rules, around: date, days: int, minutes: int) -> None:
        self.rules, self.around, self.days, self.minutes = rules, around, days, minutes
        self.step = minutes * MINUTE
        self._tables: dict[str, Table] = {}

    def zone(self, name: str) -> str:
        return spec_of(self.rules, name).zone

    def table(self, name: str) -> Table:
        if name not in self._tables:
            spec = ALWAYS if name == t.ELAPSED else spec_of(self.rules, name)
            key = f"{spec} {self.around} {self.days} {self.minutes}"
            if key not in _laid_out:
                _laid_out[key] = Table(Case(spec, self.around, self.days, self.minutes, set()))
            self._tables[name] = _laid_out[key]
        return self._tables[name]


def spec_of(rules: Rules, name: str) -> Spec:
    """A calendar of the policy in the words of the reference for calendars."""
    hours = rules.calendars[name]
    if isinstance(hours, t.Composed):
        parts = [spec_of(rules, part) for part in hours.parts]
        zone = hours.zone.name if hours.zone and hours.zone.name else parts[0].zone
        return CompositionSpec(WAYS[hours.operation], parts, zone)
    assert isinstance(hours, t.Hours)
    zone = hours.zone.name if hours.zone and hours.zone.name else rules.zone
    leaf = LeafSpec(zone, hours.first_year, hours.last_year, {})
    for opening in hours.openings:
        if opening.until_day is not None:
            window = opening.windows[0]
            leaf.stretches.append((opening.days[0], window.start // 60, opening.until_day, window.end // 60))
            continue
        for day in opening.days:
            leaf.weekly.setdefault(day, []).extend(_windows(opening.windows))
    for season in hours.seasons:
        (first, last), yearly = _span(season.span.spans[0])
        weekly = {day: _windows(opening.windows) for opening in season.openings for day in opening.days}
        leaf.seasons.append(SeasonSpec(first, last, yearly, weekly))
    years = range(hours.first_year, hours.last_year + 1)
    for rule in hours.closed:
        leaf.closed |= dict.fromkeys(_days(rule, years), rule.text)
    for special in hours.special:
        leaf.hours_on |= {day: _windows(special.windows) for day in _days(special.on, years)}
    return leaf


def _windows(windows: tuple[t.Window, ...]) -> Windows:
    found: Windows = []
    for one in windows:
        start, end = one.start // 60, one.end // 60
        found.append((start, end if end > start else end + 1440))
    return found


def _days(rule: t.DayRule, years: range) -> list[date]:
    assert rule.dates is not None
    found: list[date] = []
    for span in rule.dates.spans:
        (first, last), yearly = _span(span)
        for year in years if yearly else [None]:
            day, end = (first, last) if year is None else (first.replace(year=year), last.replace(year=year))
            while day <= end:
                found.append(day)
                day += timedelta(1)
    return found


def _span(span: t.DateSpan) -> tuple[tuple[date, date], bool]:
    yearly = len(span.first) == len("12-25")
    first, last = (date.fromisoformat(f"2000-{text}" if yearly else text) for text in (span.first, span.last))
    return (first, last), yearly
