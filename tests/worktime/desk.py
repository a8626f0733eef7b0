"""Short words for tests: calendars and instants as a reader would write them."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sla_dsl.worktime import Leaf, Window, from_micros, timetable, wall_instant, week, zone

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sla_dsl.worktime import Timetable

AMSTERDAM = "Europe/Amsterdam"
HOUR = 3_600_000_000
MINUTE = 60_000_000
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def windows(text: str) -> list[Window]:
    """`08:00-12:00 13:00-17:00` as windows."""
    return [Window.of(*part.split("-")) for part in text.split()]


def leaf(
    weekly: Mapping[str, str],
    *,
    zone: str = AMSTERDAM,
    years: tuple[int, int] = (2020, 2030),
    holidays: Iterable[str] = (),
    holiday_hours: str = "",
    closed: Iterable[str] = (),
    hours_on: Mapping[str, str] | None = None,
) -> Leaf:
    """A calendar; `mon` or `mon-fri` are keys of `weekly`."""
    days: dict[int, list[Window]] = {}
    for name, text in weekly.items():
        first, _, last = name.partition("-")
        for day in range(WEEKDAYS.index(first), WEEKDAYS.index(last or first) + 1):
            days.setdefault(day, []).extend(windows(text))
    return Leaf(
        zone=zone,
        first_year=years[0],
        last_year=years[1],
        weekly=week(days),
        holidays={date.fromisoformat(day): f"holiday {day}" for day in holidays},
        holiday_hours=tuple(windows(holiday_hours)),
        closed={date.fromisoformat(day): f"closed {day}" for day in closed},
        hours_on={date.fromisoformat(day): windows(text) for day, text in (hours_on or {}).items()},
    )


def table(weekly: Mapping[str, str], **more: object) -> Timetable:
    return timetable(leaf(weekly, **more))  # pyright: ignore[reportArgumentType]  # passed on as they are


OFFICE = leaf({"mon-fri": "08:30-17:00"})


def at(wall: str, name: str = AMSTERDAM) -> int:
    """The instant of a wall time; with an offset, that of the offset."""
    when = datetime.fromisoformat(wall)
    if when.tzinfo is None:
        return wall_instant(when, zone(name))
    return round(when.timestamp()) * 1_000_000


def wall(t: int, name: str = AMSTERDAM) -> str:
    """An instant as `2026-03-06 15:00`, wall time."""
    local = from_micros(t, zone(name)).replace(tzinfo=None)
    return local.isoformat(" ", "minutes" if not local.second and not local.microsecond else "auto")
