"""Local dates of many instants (R10): in which month a ticket was created, in which period a verdict fell."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from sla_dsl.worktime.instants import from_micros
from sla_dsl.worktime.offsets import offsets
from sla_dsl.worktime.units import DAY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sla_dsl.batch.typed import Ints


def local_days(instants: Ints, zone: str) -> NDArray[np.datetime64]:
    """Return the date of each instant (microseconds, none missing) in a zone.

    >>> local_days(np.array([0, 82_800_000_000]), "Europe/Amsterdam").astype(str).tolist()
    ['1970-01-01', '1970-01-02']
    """
    if not len(instants):
        return np.empty(0, "datetime64[D]")
    first, last = (from_micros(int(one)).year for one in (instants.min(), instants.max()))
    clock = offsets(zone, first, last)
    offset = np.array(clock.offset, np.int64)[np.searchsorted(np.array(clock.changes, np.int64), instants, "right")]
    return ((instants + offset) // DAY).astype("datetime64[D]")


def months(days: NDArray[np.datetime64]) -> Ints:
    """Return the month of each date, counted from January 1970; `month_name` says which it is."""
    return days.astype("datetime64[M]").astype(np.int64)


def month_name(month: int) -> str:
    """Return a month as ISO 8601 writes it.

    >>> month_name(0), month_name(554)
    ('1970-01', '2016-03')
    """
    return date(1970 + month // 12, month % 12 + 1, 1).isoformat()[:7]
