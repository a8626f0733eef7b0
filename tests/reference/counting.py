"""The judge of counting in days: T5 and T6 word by word, on a `Table`, by walking.

Nothing is imported from the package. Every function gives the instant and the date of a deadline.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from tests.reference.table import MINUTE, ONE_DAY, NotTabulated, Table, zone_of

By = str | int
"""`close`, `end of day`, or a time of day in minutes."""

Answer = tuple[int, date | None]


def same_time(table: Table, start: int, n: int) -> Answer:
    start = table.next_open(start)
    day = table.date_of(start)
    due = _at_wall_of(table, start, day, _following(table, day, n))
    if not table.is_open(due) or table.is_opening(due):
        due = table.last_closing(due)
    return due, None


def by(
    table: Table, start: int, n: int, how: By, *, counting_from: bool, day_after: bool, cut_off: int | None
) -> Answer:
    anchor = table.date_of(start)
    if cut_off is not None and _since_midnight(table, start, anchor) > cut_off * MINUTE:
        anchor += ONE_DAY
    if day_after:
        anchor += ONE_DAY
    if counting_from and anchor in table.open_dates and _deadline(table, anchor, how)[0] > start:
        n -= 1
    return _deadline(table, _following(table, anchor, n) if n else anchor, how)


def by_before(table: Table, event: int, n: int, how: By) -> Answer:
    return _deadline(table, _preceding(table, table.date_of(event), n), how)


def same_time_before(table: Table, event: int, n: int) -> Answer:
    """Time run backward: what was open up to an instant takes the place of what is open from it on."""
    if not table.is_open(event - 1):
        event = table.last_closing(event)
    day = table.date_of(event - 1)
    due = _at_wall_of(table, event - 1, day, _preceding(table, day, n), later=1)
    if not table.is_open(due):
        due = table.next_open(due)
    return due, None


def almanac(zone: str, start: int, n: int, unit: str, how: By | None, rolled_to: Table | None = None) -> Answer:
    """Days, weeks or months after a start, before it where n is negative; `how` None: same time."""
    local = datetime.fromtimestamp(start // 1_000_000, zone_of(zone))
    day = local.date()
    for _ in range(abs(n)):
        if unit == "months":
            continue
        day += (ONE_DAY if n > 0 else -ONE_DAY) * (7 if unit == "weeks" else 1)
    if unit == "months":
        day = _months_on(day, n)
    if rolled_to is not None:
        day = _rolled(rolled_to, day)
    if how is None:
        rest = (local.second * 1_000_000) + start % 1_000_000
        return _first_reading(zone, day, local.hour * 60 + local.minute, rest), None
    if how == "end of day":
        return _first_reading(zone, day + ONE_DAY, 0, 0), day
    assert isinstance(how, int)
    return _first_reading(zone, day, how, 0), None


def _rolled(table: Table, day: date) -> date:
    # A date that the table holds only in part may lack hours for that.
    first, last = table.wall[table.inner[0]][0], table.wall[table.inner[-1]][0]
    while first <= day <= last:
        if day in table.open_dates:
            return day
        day += ONE_DAY
    raise NotTabulated


def _months_on(day: date, n: int) -> date:
    year, month = day.year, day.month
    for _ in range(abs(n)):
        month += 1 if n > 0 else -1
        if month in {0, 13}:
            year, month = (year - 1, 12) if month == 0 else (year + 1, 1)
    for last in (31, 30, 29, 28):
        try:
            return date(year, month, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError


def _first_reading(zone: str, day: date, minute: int, rest: int) -> int:
    """The first instant at which a zone's clock has come to a reading, looked for minute by minute."""
    day, minute = day + ONE_DAY * (minute // 1440), minute % 1440
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    at = int((midnight - timedelta(hours=27) + timedelta(minutes=minute)).timestamp())
    while True:
        local = datetime.fromtimestamp(at, zone_of(zone))
        reading = (local.date(), local.hour * 60 + local.minute)
        if reading >= (day, minute):
            return at * 1_000_000 + (rest if reading == (day, minute) else 0)
        at += 60


def _deadline(table: Table, day: date, how: By) -> Answer:
    if how == "close":
        return table.closing_on(day), day
    if how == "end of day":
        return table.first_of_next(day), day
    assert isinstance(how, int)
    return table.wall_at(day, how), None


def _following(table: Table, day: date, n: int) -> date:
    for later in table.open_dates:
        if later > day:
            n -= 1
            if n == 0:
                return later
    raise NotTabulated


def _preceding(table: Table, day: date, n: int) -> date:
    for earlier in reversed(table.open_dates):
        if earlier < day:
            n -= 1
            if n == 0:
                return earlier
    raise NotTabulated


def _since_midnight(table: Table, t: int, day: date) -> int:
    """The wall time of an instant in microseconds since midnight of its date, which may be the day before."""
    cell = table.cell(t)
    today, minute = table.wall[cell]
    return ((today - day).days * 1440 + minute) * MINUTE + t - table.start(cell)


def _at_wall_of(table: Table, t: int, day: date, other: date, later: int = 0) -> int:
    since = _since_midnight(table, t, day) + later
    return table.wall_at(other, since // MINUTE, since % MINUTE)
