"""Questions about open time, in whole microseconds: open at, add, between, next (T4, T10).

A timetable is made from a recipe. On its first question it tabulates the open stretches of all years the recipe
covers, with the open time before each; from then on every question is one or two binary searches, however long
the span.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date
from functools import lru_cache
from itertools import accumulate
from operator import sub
from typing import TYPE_CHECKING, Literal

from attrs import frozen

from sla_dsl.worktime.building import build, zone_offsets
from sla_dsl.worktime.closure import closed_runs, closure_at
from sla_dsl.worktime.errors import BadInstant, NoHours, NoOpenTime, OutsideYears
from sla_dsl.worktime.instants import format_instant
from sla_dsl.worktime.plan import leaf_plan
from sla_dsl.worktime.recipe import Leaf
from sla_dsl.worktime.units import DAY, day_of, wall_of
from sla_dsl.worktime.zones import zone

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from sla_dsl.worktime.offsets import Offsets
    from sla_dsl.worktime.recipe import Recipe

StretchKind = Literal["open", "closed", "holiday"]


@frozen
class Stretch:
    """A span of instants from `start` to before `end` of one kind; `name` says which holiday or closing."""

    start: int
    end: int
    kind: StretchKind
    name: str | None = None


@frozen
class Tables:
    """What a timetable knows: stretch `i` is open from `starts[i]` to before `ends[i]`.

    `before[i]` is the open time before stretch `i`, and its last entry all open time. Questions lie from `first`
    to `last`, the midnights that begin and end the years. All in microseconds.
    """

    first: int
    last: int
    starts: list[int]
    ends: list[int]
    before: list[int]


class Timetable:
    """The open time of a calendar. Get one with `timetable(recipe)`; it does not change, and threads may share it.

    Instants and lengths are microseconds. A question whose local date, or whose answer, lies outside the years
    of the recipe raises `OutsideYears`; the midnight that ends the last year still counts as an end. A calendar
    that is never open raises `NoOpenTime` at its first question. Rules T1, T2, T4, T7, T8, T10.

    >>> from sla_dsl.worktime import Leaf, Window, parse_instant, week
    >>> desk = Leaf(zone="UTC", first_year=2026, last_year=2026, weekly=week({4: [Window.of("09:00", "17:00")]}))
    >>> friday_16 = parse_instant("2026-03-06T16:00:00Z")
    >>> format_instant(timetable(desk).add(friday_16, 2 * 3_600_000_000))
    '2026-03-13T10:00:00+00:00'
    """

    __slots__ = (
        "_clock", "_closings", "_days", "_ends", "_first_day", "_hi", "_last_day", "_lo", "_overnight",
        "_prefix", "_runs_over", "_starts", "recipe", "zone",
    )  # fmt: skip
    recipe: Recipe
    zone: tzinfo
    _clock: Offsets
    _first_day: int
    _last_day: int
    _lo: int
    _hi: int
    _runs_over: bool
    _overnight: bool
    _starts: list[int]
    _ends: list[int]
    _prefix: list[int]
    _days: list[int]
    _closings: list[int]

    def __init__(self, recipe: Recipe) -> None:
        self.recipe = recipe
        self.zone = zone(recipe.zone)
        self.__class__ = _Unasked  # type: ignore[assignment] # noqa: PLE0237 - it has the same slots

    def __reduce__(self) -> tuple[object, ...]:
        return timetable, (self.recipe,)

    def __eq__(self, other: object) -> bool:
        return self.recipe == other.recipe if isinstance(other, Timetable) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.recipe)

    def _build(self) -> None:
        recipe = self.recipe
        clock = zone_offsets(recipe)
        first_day = date(recipe.first_year, 1, 1).toordinal()
        last_day = date(recipe.last_year, 12, 31).toordinal()
        lo, hi = clock.instant(wall_of(first_day)), clock.instant(wall_of(last_day + 1))
        # Two days more, to see whether what is open at the last midnight closes there.
        built = build(recipe, lo - 2 * DAY, hi + 2 * DAY)
        edges = built.edges
        first, last = bisect_right(edges, lo), bisect_right(edges, hi)
        runs_over = last % 2 == 1 and edges[last - 1] != hi
        edges = ([lo] if first % 2 else []) + edges[first:last]
        if runs_over:
            edges.append(hi)
        elif last % 2:
            edges.pop()
        if not edges:
            raise NoOpenTime(recipe.first_year, recipe.last_year)
        starts, ends = edges[::2], edges[1::2]
        days = slice(bisect_left(built.days, first_day), bisect_right(built.days, last_day))
        self._clock, self._first_day, self._last_day = clock, first_day, last_day
        self._hi, self._lo, self._runs_over = hi, lo, runs_over
        self._overnight = isinstance(recipe, Leaf) and leaf_plan(recipe).overnight
        self._days, self._closings = built.days[days], built.closings[days]
        self._starts, self._ends = starts, ends
        self._prefix = list(accumulate(map(sub, ends, starts), initial=0))
        self.__class__ = Timetable  # type: ignore[assignment] - it has the same slots

    def prepare(self) -> Timetable:
        """Tabulate now instead of at the first question, and return itself. Raises `NoOpenTime`."""
        _ = self._lo
        return self

    def tables(self) -> Tables:
        """Return the tables behind the answers, not to be changed. Raises `NoOpenTime`."""
        return Tables(self._lo, self._hi, self._starts, self._ends, self._prefix)

    # ------------------------------------------------------------------------------------- instants

    def is_open(self, t: int) -> bool:
        """Say whether an instant is open (T1)."""
        if not self._lo <= t < self._hi:
            raise self._outside(t)
        i = bisect_right(self._starts, t) - 1
        return i >= 0 and t < self._ends[i]

    def add(self, t: int, length: int) -> int:
        """Return the earliest instant at which `length` open time has passed since `t` (T4).

        Nothing leaves `t` as it is; a negative length gives the latest instant from which that much is open
        until `t` (T10).
        """
        starts, prefix = self._starts, self._prefix
        if not self._lo <= t < self._hi and not (t == self._hi and length <= 0):
            raise self._outside(t)
        i = bisect_right(starts, t) - 1
        spent = length
        if i >= 0:
            spent += prefix[i + 1] if t >= self._ends[i] else prefix[i] + t - starts[i]
        if length > 0:
            i = bisect_left(prefix, spent) - 1
            if i == len(starts):
                raise self._beyond("the answer lies")
            return starts[i] + spent - prefix[i]
        if length == 0:
            return t
        if spent < 0:
            raise self._beyond("the answer lies")
        i = bisect_right(prefix, spent) - 1
        return starts[i] + spent - prefix[i]

    def between(self, a: int, b: int) -> int:
        """Return the open time from `a` to `b`, negative where `b` is the earlier (T10)."""
        starts, ends, prefix = self._starts, self._ends, self._prefix
        lo, hi = self._lo, self._hi
        if not (lo <= a <= hi and lo <= b <= hi):
            raise self._outside(b if lo <= a <= hi else a)
        i = bisect_right(starts, a) - 1
        j = bisect_right(starts, b) - 1
        before_a = before_b = 0
        if i >= 0:
            before_a = prefix[i + 1] if a >= ends[i] else prefix[i] + a - starts[i]
        if j >= 0:
            before_b = prefix[j + 1] if b >= ends[j] else prefix[j] + b - starts[j]
        return before_b - before_a

    def spent(self, t: int) -> int:
        """Return the open time before an instant, from the first that the calendar covers."""
        if not self._lo <= t <= self._hi:
            raise self._outside(t)
        i = bisect_right(self._ends, t)
        before = self._prefix[i]
        if i == len(self._starts):
            return before
        since = t - self._starts[i]
        return before + since if since > 0 else before

    def when_spent(self, total: int) -> int:
        """Return the earliest instant before which so much time was open, more than none: `spent` turned round (T4)."""
        i = bisect_left(self._prefix, total) - 1
        if i == len(self._starts):
            raise self._beyond("the answer lies")
        return self._starts[i] + total - self._prefix[i]

    def next_open(self, t: int) -> int:
        """Return `t` when it is open, else the next opening (T10)."""
        if self.is_open(t):
            return t
        i = bisect_right(self._starts, t)
        if i == len(self._starts):
            raise self._beyond("the next opening lies")
        return self._starts[i]

    def next_close(self, t: int) -> int:
        """Return the end of the stretch that is open at `t`, else of the next one (T10)."""
        if not self._lo <= t < self._hi:
            raise self._outside(t)
        i = bisect_right(self._ends, t)
        if i >= len(self._ends) - self._runs_over:
            raise self._beyond("the next closing lies")
        return self._ends[i]

    def back_to_open(self, t: int) -> int:
        """Return `t` when open time runs up to it, else the last closing before it.

        The mirror image of `next_open`: an opening has no open time before it, a closing has.
        """
        if not self._lo <= t <= self._hi:
            raise self._outside(t)
        i = bisect_left(self._starts, t) - 1
        if i < 0:
            raise self._beyond("the last closing lies")
        end = self._ends[i]
        return min(t, end)

    # ---------------------------------------------------------------------------------------- dates

    def local_date(self, t: int) -> date:
        """Return the local date of an instant."""
        if not self._lo <= t < self._hi:
            raise self._outside(t)
        return date.fromordinal(day_of(self._clock.local(t)))

    def date_of(self, t: int) -> date:
        """Return the local date of an instant or, inside an overnight window, the date it belongs to (T5)."""
        if not self._lo <= t < self._hi:
            raise self._outside(t)
        wall = self._clock.local(t)
        day = day_of(wall)
        recipe = self.recipe
        if self._overnight and isinstance(recipe, Leaf) and self._clock.exists(day - 1):
            since = wall - wall_of(day - 1)
            if any(start <= since < end for start, end in leaf_plan(recipe).spans(day - 1)):
                day -= 1
        return date.fromordinal(day)

    def wall_on(self, t: int, day: date) -> int:
        """Return the wall time of an instant as microseconds since 00:00 of a date, over 24 hours for a later one."""
        return self._clock.local(t) - wall_of(day.toordinal())

    def instant_on(self, day: date, wall: int) -> int:
        """Return the instant at a wall time, in microseconds since 00:00 of a date (T5).

        In a gap it is the gap's end, in a fold the first.
        """
        t = self._clock.instant(wall_of(day.toordinal()) + wall)
        if not self._lo <= t <= self._hi:
            raise self._beyond("the answer lies")
        return t

    def has_hours(self, day: date) -> bool:
        """Say whether a date has opening hours, that is, owns open time."""
        number = self._checked(day)
        i = bisect_left(self._days, number)
        return i < len(self._days) and self._days[i] == number

    def nth_after(self, day: date, n: int) -> date:
        """Return the n-th date with opening hours after a date; with a negative n, before it."""
        number = self._checked(day)
        i = bisect_right(self._days, number) + n - 1 if n > 0 else bisect_left(self._days, number) + n
        if not 0 <= i < len(self._days):
            raise self._beyond("the answer lies")
        return date.fromordinal(self._days[i])

    def open_dates(self, first: date, last: date) -> list[date]:
        """Return the dates with opening hours from `first` to `last`, both included."""
        i, j = bisect_left(self._days, self._checked(first)), bisect_right(self._days, self._checked(last))
        return [date.fromordinal(day) for day in self._days[i:j]]

    def close_of(self, day: date) -> int:
        """Return the end of the last window of a date (T5). Raises `NoHours` for a date without any."""
        if not self.has_hours(day):
            raise NoHours(day)
        closing = self._closings[bisect_left(self._days, day.toordinal())]
        if closing > self._hi:
            raise self._beyond("the closing lies")
        return closing

    def end_of_day(self, day: date) -> int:
        """Return the first instant of the next local date (T5)."""
        self._checked(day)
        return self.instant_on(day, DAY)

    # ------------------------------------------------------------------------------------- reasons

    def windows_on(self, day: date) -> list[tuple[int, int]]:
        """Return the open time that a date owns, as spans of instants in order (T2)."""
        number = self._checked(day)
        midnight = wall_of(number)
        if isinstance(self.recipe, Leaf):
            if not self._clock.exists(number):
                return []
            spans = leaf_plan(self.recipe).spans(number)
            return sorted(
                piece for start, end in spans for piece in self._clock.spans(midnight + start, midnight + end)
            )
        return [piece for lo, hi in self._clock.spans(midnight, midnight + DAY) for piece in self._open_within(lo, hi)]

    def closed_because(self, t: int) -> str | None:
        """Return the name of the holiday or closing for which an instant is closed, if it is."""
        return None if self.is_open(t) else closure_at(self.recipe, t)

    def stretches(self, a: int, b: int) -> Iterator[Stretch]:
        """Yield open, closed and holiday stretches from `a` to `b` in order; they touch and leave no gap (H6).

        None where `b` is not after `a`.
        """
        if not (self._lo <= a <= self._hi and self._lo <= b <= self._hi):
            raise self._outside(b if self._lo <= a <= self._hi else a)
        at = a
        for start, end in self._open_within(a, b):
            yield from self._closed(at, start)
            yield Stretch(start, end, "open")
            at = end
        yield from self._closed(at, b)

    def _closed(self, a: int, b: int) -> Iterator[Stretch]:
        for start, end, name in closed_runs(self.recipe, a, b):
            yield Stretch(start, end, "closed" if name is None else "holiday", name)

    def _open_within(self, a: int, b: int) -> Iterator[tuple[int, int]]:
        i = bisect_right(self._ends, a)
        while a < b and i < len(self._starts) and self._starts[i] < b:
            yield max(a, self._starts[i]), min(b, self._ends[i])
            i += 1

    # -------------------------------------------------------------------------------------- errors

    def _checked(self, day: date) -> int:
        number = day.toordinal()
        if not self._first_day <= number <= self._last_day:
            raise self._beyond(f"{day.isoformat()} lies")
        return number

    def _outside(self, t: int) -> OutsideYears:
        try:
            text = format_instant(t, self.zone)
        except BadInstant:
            text = "an instant after the year 9999" if t > 0 else "an instant before the year 1"
        return self._beyond(f"{text} lies")

    def _beyond(self, what: str) -> OutsideYears:
        return OutsideYears(what, self.recipe.first_year, self.recipe.last_year, self.recipe)


class _Unasked(Timetable):
    """A timetable before its first question: to look into an empty slot tabulates it.

    A class of its own, because Python looks up every attribute slowly where `__getattr__` is.
    """

    __slots__ = ()

    if not TYPE_CHECKING:  # or a misspelt method would pass for an attribute

        def __getattr__(self, name: str) -> object:
            # Two threads may both build; they set equal values.
            if name not in Timetable.__slots__:
                raise AttributeError(f"a timetable has no {name}")
            self._build()
            return object.__getattribute__(self, name)


@lru_cache(maxsize=64)  # a table of 20 years takes about a megabyte
def timetable(recipe: Recipe) -> Timetable:
    """Return the timetable of a recipe: for equal recipes the same object, if it was in use lately."""
    return Timetable(recipe)
