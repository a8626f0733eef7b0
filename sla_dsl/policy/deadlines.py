"""Due instants, bounds for them, and what a limit needs to be computed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen
from msgspec import Struct

from sla_dsl.policy.terms import ELAPSED, OWN_CALENDAR, ByEndOf, CalendarPeriod, OpenDays, Within
from sla_dsl.worktime import zone

if TYPE_CHECKING:
    from datetime import date, tzinfo

    from sla_dsl.policy.calendars import PolicyZone
    from sla_dsl.policy.openness import Openness
    from sla_dsl.policy.terms import Before
    from sla_dsl.worktime.counting import By, Unit

UNITS: dict[str, Unit] = {"day": "days", "week": "weeks", "month": "months"}
"""The units of calendar periods, as counting has them."""


class Reached(Struct, frozen=True):
    """A due instant. `low` is the earlier end of a range; `day` the date for answers by close or end of day.

    `part` is the limit that gave it, one of two where they are combined, and `zone` that of its calendar.
    """

    at: int
    part: Within | Before | ByEndOf
    low: int | None = None
    day: date | None = None
    strict: bool = False
    zone: tzinfo | None = None

    @property
    def ends_day(self) -> bool:
        """Whether it is the end of a day, the first instant of the next (T5)."""
        match self.part:
            case ByEndOf() | Within(budget=OpenDays(ending="end of day") | CalendarPeriod(same_time=False)):
                return True
            case _:
                return False


class Bounded(Struct, frozen=True):
    """A due instant that lies between two bounds, each None where there is none, because something is missing.

    Of a range they are bounds for its later end, which decides.
    """

    earliest: int | None
    latest: int | None
    missing: tuple[str, ...]
    part: Within | Before | ByEndOf
    strict: bool = False
    zone: tzinfo | None = None


@frozen
class Binding:
    """What a limit needs: its calendars by name, which of them is the clock's own, the policy's zone, dates by name."""

    calendars: dict[str, Openness]
    own: str
    zone: PolicyZone
    moments: dict[str, int | date | None]

    def calendar(self, name: str) -> Openness | None:
        """Return a calendar by the name that a budget has for it, None for elapsed time."""
        name = self.own if name == OWN_CALENDAR else name
        return None if name == ELAPSED else self.calendars[name]


def ending_of(budget: OpenDays) -> By:
    """Return how the last day of a budget ends, as counting has it."""
    match budget.ending:
        case "close" | "end of day":
            return budget.ending
        case _:
            return budget.at or 0


def missing_in(*calendars: Openness | None) -> tuple[str, ...]:
    """Return the parameters that some calendars miss."""
    return tuple(dict.fromkeys(name for one in calendars if one is not None for name in one.missing))


def policy_zone(binding: Binding) -> tzinfo | None:
    """Return the zone of the policy, where it is known."""
    return None if binding.zone.name is None else zone(binding.zone.name)
