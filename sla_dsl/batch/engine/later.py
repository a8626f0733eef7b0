"""Instants some time or days after others: ends of windows and of timers (R4)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from sla_dsl.batch.engine.hours import hours_of
from sla_dsl.worktime import days_same_time, from_micros, wall_instant, zone
from sla_dsl.worktime.errors import BadInstant, OutsideYears

if TYPE_CHECKING:
    from sla_dsl.batch.engine.questions import Desk
    from sla_dsl.batch.typed import Ints
    from sla_dsl.worktime import Timetable


NEVER = np.int64(2**61)
"""An instant after every other."""
UNTOLD = np.int64(-(2**61))
"""Instead of an instant: it rests on something unknown, or nobody can compute it for many tickets."""


class Later:
    """So much time, or so many days, after an instant; hours and days of a calendar where there is one."""

    def __init__(self, micros: int | None, days: int | None, timetable: Timetable | None, where: str | None) -> None:
        self._micros = micros
        self._days = days
        self._timetable = timetable
        self._where = where
        self.obstacle = False
        self._known: dict[int, int] = {}

    @classmethod
    def of(cls, desk: Desk, clause: str, micros: int | None, days: int | None, calendar: str | None) -> Later | None:
        """Return it as a transition has it, None where it has none."""
        if micros is None and days is None:
            return None
        timetable = None if calendar is None else desk.policy.calendar(calendar)
        later = cls(micros, days, timetable, desk.policy.zone)
        if (calendar is not None and timetable is None) or (calendar is None and days is not None and not later._where):
            later.obstacle = True
            desk.notes[clause] = "it counts in a calendar or zone that is not known, or is chosen by a level"
        return later

    def __call__(self, start: Ints) -> Ints:
        """Return the instants; `NEVER` after the last year of the calendar, `UNTOLD` where they are not known."""
        if self.obstacle:
            return np.full(len(start), UNTOLD)
        if self._days is not None:
            return np.fromiter(map(self._days_after, start.tolist()), np.int64, len(start))
        if self._timetable is None or not self._micros:
            return start + np.int64(self._micros or 0)
        hours = hours_of(self._timetable)
        covered = hours.covers(start)
        amounts = hours.spent(np.where(covered, start, 0)) + np.int64(self._micros)
        return np.where(covered & hours.reaches(amounts), hours.instant(amounts), NEVER)

    def _days_after(self, start: int) -> int:
        if start not in self._known:
            if len(self._known) > 1 << 16:
                self._known.clear()
            self._known[start] = self._counted(start, self._days or 0)
        return self._known[start]

    def _counted(self, start: int, days: int) -> int:
        try:
            if self._timetable is not None:
                return days_same_time(self._timetable, start, days).at
            where = zone(self._where or "")
            wall = from_micros(start, where).replace(tzinfo=None, fold=0)
            return wall_instant(wall + timedelta(days), where)
        except OutsideYears:
            return int(NEVER)
        except (BadInstant, OverflowError):
            return int(UNTOLD)
