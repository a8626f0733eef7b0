"""The units of the room: instants and lengths are whole microseconds, dates may be day numbers.

A *day number* is `date.toordinal()`. *Wall time* is the reading of a local clock as microseconds since
1970-01-01 00:00 of that clock, as if there were no zones: day number and time of day in one integer.
"""

from datetime import date

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
DAY_SECONDS = 86_400

EPOCH_DAY = date(1970, 1, 1).toordinal()


def wall_of(day: int) -> int:
    """Return the wall time of 00:00 on a day number."""
    return (day - EPOCH_DAY) * DAY


def day_of(wall: int) -> int:
    """Return the day number of a wall time."""
    return wall // DAY + EPOCH_DAY
