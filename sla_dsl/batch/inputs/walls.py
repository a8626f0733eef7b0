"""Wall times of a zone as instants, many at once: in a gap the gap's end, in a fold the first (T5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sla_dsl.worktime.offsets import offsets
from sla_dsl.worktime.zones import zone

if TYPE_CHECKING:
    from sla_dsl.batch.chunk import Instants

_FIRST, _LAST = 1970, 2060
_YEAR = int(365.2425 * 86_400_000_000)
_ERA = 146_097 * 86_400_000_000
"""Four hundred years, after which dates fall on the same weekdays, and clocks that go by a rule change alike."""
_FAR = 530 * _YEAR
"""About the year 2500. Four hundred years before, no zone lists single changes any more."""


class LocalClock:
    """The clock of a zone, by its name. The changes of the years that are asked for are looked up once.

    >>> LocalClock("Europe/Lisbon").instants(np.array([0])).tolist()
    [-3600000000]
    """

    def __init__(self, name: str) -> None:
        zone(name)
        self._name = name
        self._years = (_FIRST, _LAST)
        self._changes = self._offset = self._ends = np.empty(0, np.int64)
        self._look_up()

    def instants(self, walls: Instants) -> Instants:
        """Return the instants, in microseconds since the epoch, of wall times counted the same way."""
        if len(walls) == 0:
            return walls
        far = walls >= _FAR
        if far.any():
            eras = np.where(far, (walls - _FAR) // _ERA + 1, 0) * _ERA
            return self.instants(walls - eras) + eras
        self._reach(int(walls.min()), int(walls.max()))
        if len(self._changes) == 0:
            return walls - self._offset[0]
        stretch = np.searchsorted(self._ends, walls, side="right")
        instants = walls - self._offset[stretch]
        return np.maximum(instants, self._begins[stretch])

    def _reach(self, first: int, last: int) -> None:
        years = (1970 + first // _YEAR - 1, 1970 + last // _YEAR + 1)
        low, high = min(self._years[0], years[0]), max(self._years[1], years[1])
        if (low, high) != self._years:
            self._years = (max(2, low), high)
            self._look_up()

    def _look_up(self) -> None:
        changes = offsets(self._name, *self._years)
        self._changes = np.array(changes.changes, np.int64)
        self._offset = np.array(changes.offset, np.int64)
        self._ends = np.array(changes.wall_ends, np.int64)
        self._begins = np.concatenate(([np.iinfo(np.int64).min], self._changes))
