"""The judge of `sla_dsl.worktime`: time laid out step by step, read off the wall clock (T1), answered by walking.

Nothing is imported from the package. A cell is one step of some minutes; within a cell nothing changes, because
windows, offsets and clock changes all lie on whole steps.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from tests.reference.specs import Case, CompositionSpec, LeafSpec, SeasonSpec, Spec, Windows

ONE_DAY = timedelta(1)
MINUTE = 60_000_000
MARGIN = 3
"""Days on either side that are laid out, but not asked about: they lack what reaches in from beyond."""


class NotTabulated(Exception):
    """The question or its answer lies beyond the edge of the table."""


@cache
def zone_of(name: str) -> tzinfo:
    if name == "UTC":
        return UTC
    if name.startswith("UTC"):
        hours, minutes = name[4:].split(":")
        size = timedelta(hours=int(hours), minutes=int(minutes))
        return timezone(-size if name[3] == "-" else size)
    with files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


@lru_cache(maxsize=8)
def _walls(zone: tzinfo, first: int, count: int, step: int) -> list[tuple[date, int]]:
    walls: list[tuple[date, int]] = []
    for t in range(first, first + count * step, step):
        local = datetime.fromtimestamp(t // 1_000_000, zone)
        walls.append((local.date(), local.hour * 60 + local.minute))
    return walls


class Table:
    """A calendar laid out over some days: for each cell the wall clock, whether it is open, whose it is, and why.

    `owners[i]` are the dates whose windows hold cell i; `names[i]` the holiday that takes it, where it is closed.
    """

    def __init__(self, case: Case) -> None:
        self.step = case.step * MINUTE
        first = datetime(case.around.year, case.around.month, case.around.day, tzinfo=UTC) - ONE_DAY * (case.days // 2)
        margin = MARGIN * 1440 // case.step
        self.count = case.days * 1440 // case.step + 2 * margin
        self.first = int((first - MARGIN * ONE_DAY).timestamp()) * 1_000_000
        self.inner = range(margin, self.count - margin)
        self.open: list[bool] = []
        self.owners: list[tuple[date, ...]] = []
        self.names: list[str | None] = []
        self.wall: list[tuple[date, int]] = []
        self._lay_out(case.spec)

    def _lay_out(self, spec: Spec) -> None:
        self.wall = _walls(zone_of(spec.zone), self.first, self.count, self.step)
        if isinstance(spec, LeafSpec):
            self._lay_out_leaf(spec)
            return
        parts: list[Table] = []
        for part_spec in spec.parts:
            part = Table.__new__(Table)
            part.step, part.count, part.first, part.inner = self.step, self.count, self.first, self.inner
            part._lay_out(part_spec)
            parts.append(part)
        self._compose(spec, parts)

    def _lay_out_leaf(self, leaf: LeafSpec) -> None:
        seen = {day for day, _ in self.wall}
        near = seen | {day - ONE_DAY for day in seen}
        hours = {day: hours_of(leaf, day) for day in near}
        usual = {day: usual_hours_of(leaf, day) for day in near}
        closings = {day: closing_of(leaf, day) for day in near}
        yesterday = {day: day - ONE_DAY for day in seen}
        self.owners, self.names = [], []
        for day, minute in self.wall:
            before = yesterday[day]
            owners: tuple[date, ...] = ()
            # A date that the zone skipped was never seen, and so has no windows that reach over.
            if before in seen and _inside(hours[before], minute + 1440):
                owners = (before,)
            if _inside(hours[day], minute):
                owners = (*owners, day)
            self.owners.append(owners)
            name = None
            if not owners:
                # A closing also takes what would have begun on its date and run on.
                name = closings[day] or (closings[before] if _inside(usual[before], minute + 1440) else None)
            self.names.append(name)
        self.open = [bool(owners) for owners in self.owners]

    def _compose(self, spec: CompositionSpec, parts: list[Table]) -> None:
        one, other = parts[0], parts[-1]
        cells = range(self.count)
        if spec.how == "and":
            self.open = [one.open[i] and other.open[i] for i in cells]
            self.names = [None if self.open[i] else one.names[i] or other.names[i] for i in cells]
        elif spec.how == "or":
            self.open = [one.open[i] or other.open[i] for i in cells]
            self.names = [None if self.open[i] else one.names[i] or other.names[i] for i in cells]
        elif spec.how == "except":
            self.open = [one.open[i] and not other.open[i] for i in cells]
            self.names = [None if self.open[i] else one.names[i] for i in cells]
        elif spec.how == "outside":
            self.open = [not one.open[i] for i in cells]
            self.names = [None] * self.count
        else:
            if spec.zone == spec.parts[0].zone:
                days = {day for owners in one.owners for day in owners}
            else:
                days = {self.wall[i][0] for i in cells if one.open[i]}
            self.open = [self.wall[i][0] in days for i in cells]
            self.names = [None if self.open[i] else one.names[i] for i in cells]
        self.owners = [(self.wall[i][0],) if self.open[i] else () for i in cells]

    # ------------------------------------------------------------------------------- walking the table

    def cell(self, t: int) -> int:
        cell = (t - self.first) // self.step
        if cell not in self.inner:
            raise NotTabulated
        return cell

    def start(self, cell: int) -> int:
        if cell not in self.inner:
            raise NotTabulated
        return self.first + cell * self.step

    def is_open(self, t: int) -> bool:
        return self.open[self.cell(t)]

    def add(self, t: int, length: int) -> int:
        if length < 0:
            return self._take_back(t, -length)
        at = t
        while length > 0:
            cell = self.cell(at)
            end = self.start(cell) + self.step
            if self.open[cell]:
                if length <= end - at:
                    return at + length
                length -= end - at
            at = end
        return at

    def _take_back(self, t: int, length: int) -> int:
        at = t
        while length > 0:
            cell = self.cell(at - 1)
            start = self.start(cell)
            if self.open[cell]:
                if length <= at - start:
                    return at - length
                length -= at - start
            at = start
        return at

    def between(self, a: int, b: int) -> int:
        if b < a:
            return -self.between(b, a)
        if a == b:
            return 0
        first, last = self.cell(a), self.cell(b - 1)
        if first == last:
            return (b - a) * self.open[first]
        whole = sum(self.open[first + 1 : last]) * self.step
        return (self.start(first) + self.step - a) * self.open[first] + whole + (b - self.start(last)) * self.open[last]

    def next_open(self, t: int) -> int:
        cell = self.cell(t)
        if self.open[cell]:
            return t
        while not self.open[cell]:
            cell = self._next(cell)
        return self.start(cell)

    def next_close(self, t: int) -> int:
        cell = self.cell(t)
        while not self.open[cell]:
            cell = self._next(cell)
        while self.open[cell]:
            cell = self._next(cell)
        return self.start(cell)

    def _next(self, cell: int) -> int:
        if cell + 1 not in self.inner:
            raise NotTabulated
        return cell + 1

    def is_opening(self, t: int) -> bool:
        cell = self.cell(t)
        return self.start(cell) == t and self.open[cell] and not self.open[cell - 1]

    def last_closing(self, t: int) -> int:
        """The last closing at or before an instant."""
        cell = self.cell(t)
        while self.open[cell] or not self.open[cell - 1]:
            cell -= 1
            self.start(cell)
        return self.start(cell)

    # -------------------------------------------------------------------------------------------- dates

    def date_of(self, t: int) -> date:
        cell = self.cell(t)
        day = self.wall[cell][0]
        return min((*self.owners[cell], day))

    def wall_at(self, day: date, minute: int, rest: int = 0) -> int:
        """The first instant whose wall clock has come to a minute of a day and some microseconds more."""
        day, minute = day + ONE_DAY * (minute // 1440), minute % 1440
        whole, rest = minute - minute % (self.step // MINUTE), rest + minute % (self.step // MINUTE) * MINUTE
        for cell in range(self.count):
            if self.wall[cell] >= (day, whole):
                start = self.start(cell)
                return start + rest if self.wall[cell] == (day, whole) else start
        raise NotTabulated

    def first_of_next(self, day: date) -> int:
        for cell in range(self.count):
            if self.wall[cell][0] > day:
                return self.start(cell)
        raise NotTabulated

    def closing_on(self, day: date) -> int:
        last = max(cell for cell in range(self.count) if day in self.owners[cell])
        return self.start(last) + self.step

    @cached_property
    def open_dates(self) -> list[date]:
        """All dates that own time, with those at the edge of the table."""
        return sorted({day for owners in self.owners for day in owners})

    def pieces(self) -> list[tuple[int, int, str, str | None]]:
        """The inner cells run together: start, end, kind and name."""
        found: list[tuple[int, int, str, str | None]] = []
        for cell in self.inner:
            name = self.names[cell]
            kind = "open" if self.open[cell] else "closed" if name is None else "holiday"
            start = self.start(cell)
            if found and found[-1][2:] == (kind, name):
                found[-1] = (found[-1][0], start + self.step, kind, name)
            else:
                found.append((start, start + self.step, kind, name))
        return found


# -------------------------------------------------------------------------------------- hours of a date


def _inside(windows: Windows, minute: int) -> bool:
    for start, end in windows:  # noqa: SIM110  # half the time of the tests is spent here
        if start <= minute < end:
            return True
    return False


def hours_of(leaf: LeafSpec, day: date) -> Windows:
    if day in leaf.hours_on:
        return leaf.hours_on[day]
    if day in leaf.closed:
        return []
    if day in leaf.holidays:
        return leaf.holiday_hours
    return usual_hours_of(leaf, day)


def closing_of(leaf: LeafSpec, day: date) -> str | None:
    if day in leaf.hours_on:
        return None
    return leaf.closed.get(day) or leaf.holidays.get(day)


def usual_hours_of(leaf: LeafSpec, day: date) -> Windows:
    for season in leaf.seasons:
        if _in_season(season, day):
            return season.weekly.get(day.weekday(), [])
    windows = list(leaf.weekly.get(day.weekday(), []))
    for stretch in leaf.stretches:
        windows += _stretch_on(stretch, day.weekday())
    return windows


def _in_season(season: SeasonSpec, day: date) -> bool:
    if not season.yearly:
        return season.first <= day <= season.last
    first, last = (season.first.month, season.first.day), (season.last.month, season.last.day)
    now = (day.month, day.day)
    return first <= now <= last if first <= last else now >= first or now <= last


@cache
def _stretch_on(stretch: tuple[int, int, int, int], weekday: int) -> Windows:
    """The part of a stretch of the week on one weekday, found by walking the week minute by minute."""
    first, start, last, end = stretch
    minute, stop = first * 1440 + start, last * 1440 + end
    if stop <= minute:
        stop += 7 * 1440
    inside = {at % 1440 for at in range(minute, stop) if at // 1440 % 7 == weekday}
    found: Windows = []
    for at in sorted(inside):
        if found and found[-1][1] == at:
            found[-1] = (found[-1][0], at + 1)
        else:
            found.append((at, at + 1))
    return found
