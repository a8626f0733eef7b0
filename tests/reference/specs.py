"""Calendars as plain data, for the reference and the package alike, and random ones that meet every odd case."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

Windows = list[tuple[int, int]]
"""Minutes from midnight; an end over 1440 lies on the next day."""


@dataclass
class SeasonSpec:
    first: date
    last: date
    yearly: bool
    weekly: dict[int, Windows]


@dataclass
class LeafSpec:
    zone: str
    first_year: int
    last_year: int
    weekly: dict[int, Windows]
    stretches: list[tuple[int, int, int, int]] = field(default_factory=list[tuple[int, int, int, int]])
    seasons: list[SeasonSpec] = field(default_factory=list[SeasonSpec])
    holidays: dict[date, str] = field(default_factory=dict[date, str])
    holiday_hours: Windows = field(default_factory=Windows)
    closed: dict[date, str] = field(default_factory=dict[date, str])
    hours_on: dict[date, Windows] = field(default_factory=dict[date, Windows])


@dataclass
class CompositionSpec:
    how: str
    parts: list[Spec]
    zone: str


Spec = LeafSpec | CompositionSpec


@dataclass
class Case:
    """A calendar to tabulate in steps of some minutes over some days around a date, and what is odd about it."""

    spec: Spec
    around: date
    days: int
    step: int
    kinds: set[str]


# Zone, a date near which its clock does something, and what.
PLACES: list[tuple[str, date, str]] = [
    ("Europe/Amsterdam", date(2026, 3, 29), "gap"),
    ("Europe/Amsterdam", date(2026, 10, 25), "fold"),
    ("America/New_York", date(2026, 3, 8), "gap"),
    ("America/New_York", date(2026, 11, 1), "fold"),
    ("Europe/Dublin", date(2027, 3, 28), "gap"),
    ("Australia/Lord_Howe", date(2026, 4, 5), "half-hour fold"),
    ("Australia/Lord_Howe", date(2026, 10, 4), "half-hour gap"),
    ("Antarctica/Troll", date(2026, 3, 29), "gap"),
    ("America/Sao_Paulo", date(2018, 11, 4), "midnight gap"),
    ("America/Sao_Paulo", date(2018, 2, 18), "midnight fold"),
    ("America/Havana", date(2026, 3, 8), "midnight gap"),
    ("America/Havana", date(2026, 11, 1), "midnight fold"),
    ("Asia/Beirut", date(2024, 3, 31), "midnight gap"),
    ("America/St_Johns", date(2010, 11, 7), "midnight fold"),
    ("America/St_Johns", date(2010, 3, 14), "midnight gap"),
    ("America/Nuuk", date(2025, 3, 29), "midnight gap"),
    ("Africa/Casablanca", date(2026, 2, 15), "fold"),
    ("Pacific/Apia", date(2011, 12, 30), "skipped date"),
    ("Pacific/Kiritimati", date(1994, 12, 31), "skipped date"),
    ("Pacific/Kwajalein", date(1993, 8, 21), "skipped date"),
    ("Asia/Kathmandu", date(2026, 5, 1), "plain"),
    ("Asia/Kolkata", date(2026, 12, 31), "plain"),
    ("UTC", date(2028, 2, 29), "plain"),
    ("UTC-05:00", date(2026, 7, 1), "plain"),
]

ODD_MINUTE = "America/St_Johns"
"""Its clocks changed at one minute past midnight, which only steps of one minute can show."""


def random_case(rng: Random) -> Case:
    """Return a random calendar around a random place; its kinds say what occurs in it."""
    zone, around, what = rng.choice(PLACES)
    step, days = rng.choice([(1, 6), (5, 24), (5, 24), (15, 60), (15, 60)])
    if zone == ODD_MINUTE:
        step, days = 1, 6
    kinds = {what}
    spec = _random_spec(rng, zone, around, days, step, kinds, depth=rng.choice([0, 0, 0, 1, 2]))
    return Case(spec, around, days, step, kinds)


def _random_spec(rng: Random, zone: str, around: date, days: int, step: int, kinds: set[str], depth: int) -> Spec:
    if depth == 0:
        return _random_leaf(rng, zone, around, days, step, kinds)
    how = rng.choice(["and", "or", "except", "outside", "whole days"])
    kinds.add(how)
    parts: list[Spec] = []
    for _ in range(1 if how in {"outside", "whole days"} else 2):
        part_zone = zone
        if rng.random() < 0.3:
            part_zone = rng.choice([name for name, _, _ in PLACES if name != ODD_MINUTE])
            if part_zone != zone:
                kinds.add("several zones")
        parts.append(_random_spec(rng, part_zone, around, days, step, kinds, depth - 1))
    return CompositionSpec(how, parts, zone)


def _random_leaf(rng: Random, zone: str, around: date, days: int, step: int, kinds: set[str]) -> LeafSpec:
    near = [around + timedelta(n) for n in range(-days // 2 - 3, days // 2 + 4)]
    leaf = LeafSpec(zone, around.year - 1, around.year + 1, _random_week(rng, step, kinds))
    if rng.random() < 0.2:
        start, end = _time(rng, step, 1440), _time(rng, step, 1441)
        first, last = rng.randrange(7), rng.randrange(7)
        if (first, start) != (last, end):
            leaf.stretches.append((first, start, last, end))
            kinds.add("stretch")
    if rng.random() < 0.3:
        first, last = sorted(rng.sample(near, 2))
        leaf.seasons.append(SeasonSpec(first, last, rng.random() < 0.5, _random_week(rng, step, kinds)))
        kinds.add("season")
    if rng.random() < 0.6:
        leaf.holidays = {day: f"holiday {day}" for day in rng.sample(near, rng.randint(1, max(2, days // 6)))}
        if rng.random() < 0.5:
            leaf.holidays[around - timedelta(1)] = "the day before"
            leaf.holidays[around + timedelta(1)] = "the day after"
            kinds.add("holidays on either side")
        kinds.add("holidays")
        if rng.random() < 0.3:
            leaf.holiday_hours = [_window(rng, step, kinds)]
            kinds.add("holiday hours")
    if rng.random() < 0.3:
        leaf.closed = dict.fromkeys(rng.sample(near, 2), "closed")
        kinds.add("closed")
    if rng.random() < 0.3:
        chosen = [day for day in rng.sample(near, 2) if day not in leaf.closed]
        leaf.hours_on = {day: [_window(rng, step, kinds) for _ in range(rng.randint(0, 2))] for day in chosen}
        kinds.add("hours on a date")
    night = around - timedelta(rng.randint(0, 1))
    if rng.random() < 0.3 and night not in leaf.closed:
        leaf.hours_on[night] = [(rng.choice([1200, 1320, 1425]), rng.choice([1455, 1500, 1560, 1800]))]
        kinds.add("overnight at the odd date")
    return leaf


def _random_week(rng: Random, step: int, kinds: set[str]) -> dict[int, Windows]:
    style = rng.choice(
        ["office", "random", "sparse", "always"] if rng.random() < 0.3 else ["office", "random", "sparse"]
    )
    if style == "always":
        kinds.add("round the clock")
        window = (0, 1440)
        return {day: [window] for day in range(7)}
    if style == "sparse":
        kinds.add("sparse")
        return {rng.randrange(7): [_window(rng, step, kinds)]}
    if style == "office":
        window = _window(rng, step, kinds)
        return {day: [window] for day in range(5)}
    return {
        day: [_window(rng, step, kinds) for _ in range(rng.randint(1, 3))]
        for day in rng.sample(range(7), rng.randint(1, 7))
    }


def _window(rng: Random, step: int, kinds: set[str]) -> tuple[int, int]:
    if rng.random() < 0.3:  # the hours in which clocks change
        start = rng.choice([0, 0, 15, 30, 60, 90, 120, 135, 150, 1320, 1380, 1425])
        end = start + rng.choice([15, 30, 60, 90, 120, 180])
    elif rng.random() < 0.3:
        start = _time(rng, step, 1440)
        end = start + max(step, _time(rng, step, 1440))
    else:
        start, end = sorted((_time(rng, step, 1440), _time(rng, step, 1441)))
    if start == end:
        return (0, 1440)
    if end > 1440:
        kinds.add("overnight")
    return (start, end)


def _time(rng: Random, step: int, end: int) -> int:
    return rng.randrange(0, end, step)
