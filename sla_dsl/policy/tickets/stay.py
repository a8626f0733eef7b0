"""The time of a ticket in one status: what has happened in it, its timers, counters and windows (R4)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from sla_dsl.policy.unknowns import Undecided, Unknown
from sla_dsl.worktime import days_same_time, from_micros, wall_instant, zone
from sla_dsl.worktime.errors import OutsideYears
from sla_dsl.worktime.units import DAY, HOUR

if TYPE_CHECKING:
    from sla_dsl.policy.openness import Openness
    from sla_dsl.policy.terms import Moment, Transition
    from sla_dsl.policy.tickets.course import Course, Phase

_EARLIEST, _NEVER = "as early as it can be", "never"


class Came(Struct, frozen=True):
    """How a ticket came to a status: from which one, where it had been since when, by which transition.

    `event` is the event that moved it, None for a timer or counter, which looked at `trail`; `recorded` says that an
    entry gave the status, for which there may be no transition.
    """

    source: str
    since: int
    transition: Transition | None = None
    event: str | None = None
    recorded: bool = False
    trail: tuple[tuple[str, int], ...] = ()


class Stay(Struct):
    """A status since an instant; `after`: it holds only after that instant. `trail` is what happens in it, and when.

    `came` says how the ticket came to it, None for a new one.
    """

    status: str
    since: int
    after: bool = False
    came: Came | None = None
    trail: list[tuple[str, int]] = []

    def copy(self) -> Stay:
        """Return the same stay, to go another way from here."""
        return Stay(self.status, self.since, self.after, self.came, [*self.trail])

    def __contains__(self, sign: object) -> bool:
        """Whether an event has happened since the status was entered."""
        return any(event == sign for event, _ in self.trail)

    def counted(self, moment: Moment) -> bool:
        """Return whether the counter of a transition is reached; it begins anew at the events it must do without."""
        if moment.count is None:
            return False
        count = 0
        for event, _ in self.trail:
            count = 0 if event in moment.without else count + (event == moment.of)
        return count > moment.count if moment.more else count >= moment.count

    def fires_at(self, moment: Moment, course: Course) -> Phase | None:
        """Return when the timer of a transition fires, if it has one. Raises `Undecided`."""
        start = max([self.since, *(at for event, at in self.trail if event in moment.without)])
        try:
            at = _later(start, moment.after, moment.after_days, moment.after_calendar, course)
        except OutsideYears:  # after every instant that can be asked about
            return None
        return None if at is None else (at, 1 if moment.more else 0)

    def closed_at(self, moment: Moment, course: Course, at: int) -> bool:
        """Return whether the window of a transition is closed at an instant; one that outlasts the years never is."""
        try:
            until = self.open_until(moment, course)
        except OutsideYears:
            return False
        return until is not None and at > until

    def open_until(self, moment: Moment, course: Course) -> int | None:
        """Return the last instant of the window in which an event counts, if there is one.

        Raises `Undecided`, `OutsideYears`.
        """
        if moment.within is None and moment.within_days is None:
            return None
        return _later(self.since, moment.within, moment.within_days, moment.within_calendar, course)


def _later(start: int, micros: int | None, days: int | None, calendar: str | None, course: Course) -> int | None:
    """Return the instant some time or days after another, None where there is neither.

    Days without a calendar end at the wall time at which they began, in the zone of the policy.
    """
    if micros is None and days is None:
        return None
    if calendar is not None:
        inquiry = course.inquiry(start)
        known = inquiry.calendar(calendar)
        course.inquiries.append(inquiry)
        inquiry.note(*known.keys)
        return _open_time(start, micros, days, known, course)
    if micros is not None:
        return start + micros
    own = course.book.desk.calendars.zone
    if own.name is None:
        return start + (days or 0) * DAY + int(str(_supposed(course, ("zone",), (own.missing or "timezone",), _SHIFTS)))
    where = zone(own.name)
    wall: datetime = from_micros(start, where).replace(tzinfo=None, fold=0) + timedelta(days or 0)
    return wall_instant(wall, where)


_SHIFTS = (0, -HOUR, HOUR)
"""By so much the length of some days can differ from whole days where the clocks are changed."""


def _open_time(start: int, micros: int | None, days: int | None, known: Openness, course: Course) -> int | None:
    calendar = known.exact
    if calendar is None:
        if _supposed(course, ("opening", *known.missing), known.missing, (_EARLIEST, _NEVER)) == _NEVER:
            return None
        calendar = known.most
    if calendar is None:
        return start + (micros or 0)
    return days_same_time(calendar, start, days).at if days is not None else calendar.add(start, micros or 0)


def _supposed(course: Course, key: tuple[str, ...], names: tuple[str, ...], domain: tuple[str | int, ...]) -> str | int:
    """Return what is supposed of something unknown. Raises `Undecided` while nothing is."""
    found = course.supposed.get(key)
    if isinstance(found, str | int):
        return found
    raise Undecided(Unknown(key, names, domain))
