"""Business time: which instants are open, and the arithmetic on them (SEMANTICS, section T).

A `Recipe` says what a calendar is made of; `timetable(recipe)` answers questions about its open time in whole
microseconds; `counting` turns numbers of days into deadlines; `Calendar` offers the same with datetimes. Instants
are integers, microseconds since 1970-01-01 00:00 UTC. Zones come from the `tzdata` package, never from the machine,
and nothing here reads a clock (T9).
"""

from sla_dsl.worktime.calendar import Calendar
from sla_dsl.worktime.counting import (
    Anchor,
    By,
    Deadline,
    Side,
    Unit,
    calendar_days,
    calendar_days_before,
    days_by,
    days_by_before,
    days_same_time,
    days_same_time_before,
    rolled,
)
from sla_dsl.worktime.errors import WorktimeError
from sla_dsl.worktime.hours import ALL_DAY, Week, WeekStretch, Window, clock, week
from sla_dsl.worktime.instants import (
    delta_to_micros,
    first_with_offset,
    format_instant,
    from_micros,
    parse_instant,
    to_micros,
    wall_instant,
    wall_kind,
)
from sla_dsl.worktime.recipe import (
    Both,
    Dated,
    Either,
    Except,
    Leaf,
    Outside,
    Recipe,
    Season,
    WholeDays,
    Yearly,
)
from sla_dsl.worktime.timetable import Stretch, Timetable, timetable
from sla_dsl.worktime.zones import tzdata_version, zone, zone_names

__all__ = [
    "ALL_DAY",
    "Anchor",
    "Both",
    "By",
    "Calendar",
    "Dated",
    "Deadline",
    "Either",
    "Except",
    "Leaf",
    "Outside",
    "Recipe",
    "Season",
    "Side",
    "Stretch",
    "Timetable",
    "Unit",
    "Week",
    "WeekStretch",
    "WholeDays",
    "Window",
    "WorktimeError",
    "Yearly",
    "calendar_days",
    "calendar_days_before",
    "clock",
    "days_by",
    "days_by_before",
    "days_same_time",
    "days_same_time_before",
    "delta_to_micros",
    "first_with_offset",
    "format_instant",
    "from_micros",
    "parse_instant",
    "rolled",
    "timetable",
    "to_micros",
    "tzdata_version",
    "wall_instant",
    "wall_kind",
    "week",
    "zone",
    "zone_names",
]
