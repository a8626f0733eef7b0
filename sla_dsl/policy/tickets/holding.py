"""Times that do not count on a clock: pauses, and gaps between a stop and a reopening (P6, P7)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from attrs import frozen
from msgspec import Struct
from msgspec.structs import replace

from sla_dsl.policy.after_start import within
from sla_dsl.policy.combining import earlier, later
from sla_dsl.policy.deadlines import Bounded, Reached, policy_zone
from sla_dsl.policy.limits import reach
from sla_dsl.policy.terms import CalendarPeriod, Combined, Duration, OpenDays, Within
from sla_dsl.worktime import from_micros

if TYPE_CHECKING:
    from sla_dsl.policy.deadlines import Binding
    from sla_dsl.policy.terms import AnyLimit
    from sla_dsl.worktime import Timetable


class Hold(Struct, frozen=True):
    """A span of instants that does not count; `end` is None while nothing has ended it.

    `why` names the clause that holds the clock.
    """

    start: int
    end: int | None
    kind: Literal["paused", "after stop"]
    why: str


@frozen
class Count:
    """How a limit is counted: from `origin`, `carried` already used, without `holds` (in order, apart from each other).

    `moves` says that pauses move due dates too. `now` is the instant of the question, for a hold that still goes on.
    `after_day`: the origin is the end of a day, the first instant of the next; dates then follow the day that ended.
    """

    origin: int
    now: int
    holds: tuple[Hold, ...] = ()
    carried: int = 0
    moves: bool = False
    after_day: bool = False

    @property
    def plain(self) -> bool:
        """Whether nothing but the origin matters."""
        return not (self.holds or self.carried or self.after_day)

    def end_of(self, hold: Hold) -> int:
        """Return when a hold ends; one that nothing has ended is taken to end now, or as soon as it will begin."""
        return max(self.now, hold.start) if hold.end is None else hold.end

    def start_of(self, budget: OpenDays | CalendarPeriod) -> int:
        """Return the instant from which days count: of dates after a day, the last of that day (T5).

        From that day itself, none of it is left.
        """
        match budget:
            case OpenDays(ending="same time") | CalendarPeriod(same_time=True):
                return self.origin
            case OpenDays(counted="from", anchor=anchor) if anchor != "day after":
                return self.origin
            case _:
                return self.origin - self.after_day


class Metered(Struct, frozen=True):
    """How time counts from an origin on, since the last hold that is over, which ended at `since`.

    `opened` gives the open time of the calendar before an instant; `uncounted` is that before the origin, with that of
    those holds: what counts until an instant is what was open before it, less this. So holds are summed once, and not
    again at every question; `holds` is how many of them that were, `before` what counted until the last of them began.
    """

    calendar: Timetable | None
    opened: Callable[[int], int]
    origin: int
    since: int
    uncounted: int
    before: int = 0
    holds: int = 0

    @classmethod
    def at_first(cls, calendar: Timetable | None, origin: int) -> Metered:
        """Return how time counts before any hold."""
        opened = int if calendar is None else calendar.spent
        return cls(calendar, opened, origin, origin, opened(origin))

    def after(self, holds: list[Hold]) -> Metered:
        """Return the same after those of these holds that are over and not yet in it."""
        opened, since, uncounted, before = self.opened, self.since, self.uncounted, self.before
        number = self.holds
        for hold in holds[number:]:
            start, end = hold.start, hold.end
            if end is None:
                break
            if end > since:
                open_before = opened(max(since, start))
                before, uncounted = open_before - uncounted, uncounted + opened(end) - open_before
                since = end
            number += 1
        return Metered(self.calendar, opened, self.origin, since, uncounted, before, number)

    def counted(self, until: int) -> int:
        """Return what counts until an instant that is not before `since`."""
        return self.opened(until) - self.uncounted

    def due(self, length: int) -> int | None:
        """Return when so much has counted, None where that was before the last hold was over."""
        if length <= self.before:
            return self.origin if length == 0 and self.since == self.origin else None
        total = self.uncounted + length
        return total if self.calendar is None else self.calendar.when_spent(total)


def reach_counted(limit: AnyLimit, binding: Binding, count: Count) -> Reached | Bounded:
    """Return when a limit is reached on a clock that may be held. Raises `OutsideYears`, `BadInstant`."""
    if count.plain:
        return reach(limit, count.origin, binding)
    match limit:
        case Combined(which=which, first=first, second=second):
            one, other = reach_counted(first, binding, count), reach_counted(second, binding, count)
            return earlier(one, other) if which == "earlier" else later(one, other)
        case Within(budget=Duration() as budget):
            return _hours(limit, budget, binding, count)
        case Within(budget=OpenDays() | CalendarPeriod() as budget):
            return _days(limit, budget, binding, count)
        case _:
            return reach(limit, count.origin, binding)


# ---------------------------------------------------------------------------------------------- hours


def _hours(limit: Within, budget: Duration, binding: Binding, count: Count) -> Reached | Bounded:
    calendar = binding.calendar(budget.calendar)
    counted = None if calendar is None else calendar.most
    where = policy_zone(binding) if counted is None else counted.zone
    high, ended = _spent(budget.high - count.carried, counted, count)
    low = high if budget.low == budget.high else _spent(budget.low - count.carried, counted, count)[0]
    missing = () if calendar is None else calendar.missing
    if missing or not ended:
        return Bounded(high, None, missing, limit, limit.strict, where)
    return Reached(high, limit, None if low == high else low, None, limit.strict, where)


def spent_at(budget: int, calendar: Timetable | None, count: Count) -> int:
    """Return when so much time is counted, in microseconds; a hold that goes on is taken to end now."""
    return _spent(budget, calendar, count)[0]


def _spent(budget: int, calendar: Timetable | None, count: Count) -> tuple[int, bool]:
    """Return when a budget is spent, and whether that is sure; with a hold that goes on, as if it ended now."""
    at, left = count.origin, budget
    if left <= 0:
        return at, True
    for hold in count.holds:
        if hold.end is not None and hold.end <= at:
            continue
        counted = open_time(calendar, at, max(at, hold.start))
        if counted >= left:
            break
        left -= counted
        at = max(at, count.end_of(hold))
        if hold.end is None:
            return add_time(calendar, at, left), False
    return add_time(calendar, at, left), True


def open_time(calendar: Timetable | None, a: int, b: int) -> int:
    """Return the open time between two instants; without a calendar every minute counts."""
    return b - a if calendar is None else calendar.between(a, b)


def add_time(calendar: Timetable | None, t: int, length: int) -> int:
    """Return the instant some open time after another."""
    return t + length if calendar is None else calendar.add(t, length)


# ----------------------------------------------------------------------------------------------- days


def _days(limit: Within, budget: OpenDays | CalendarPeriod, binding: Binding, count: Count) -> Reached | Bounded:
    """Return a date, moved by the time that was held: a gap always moves it, a pause where the clock says so (P7)."""
    found = within(limit, budget, count.start_of(budget), binding)
    if isinstance(found, Bounded):
        earliest = None if found.earliest is None else max(found.earliest, count.origin)
        return replace(found, earliest=earliest, latest=None)
    calendar = binding.calendar(budget.calendar) if isinstance(budget, OpenDays) else None
    exact = None if calendar is None else calendar.exact
    at, sure, held = found.at, True, None
    for hold in count.holds:
        # A pause that follows on another is one with it: what began in time holds the date until both are over.
        begun = hold.start < at or hold.start == held
        if not begun or not (count.moves or hold.kind == "after stop"):
            continue
        start, end = max(hold.start, count.origin), count.end_of(hold)
        held = end
        if start < end:
            at = add_time(exact, at, open_time(exact, start, end))
        sure = sure and hold.end is not None
    if at == found.at and sure:
        return found
    if not sure:
        return Bounded(at, None, (), limit, found.strict, found.zone)
    where = found.zone
    day = None if found.day is None or where is None else from_micros(at - 1, where).date()
    return replace(found, at=at, low=None, day=day)


# ------------------------------------------------------------------------------------------ intervals


def mark(holds: list[Hold], at: int, why: str | None) -> None:
    """Begin or end a pause at an instant: `why` is what holds the clock from now on, None where nothing does."""
    if holds and holds[-1].end is None:
        if holds[-1].why == why:
            return
        release(holds, at)
    if why is not None:
        holds.append(Hold(at, None, "paused", why))


def release(holds: list[Hold], at: int) -> None:
    """End the pause that goes on at an instant, if there is one."""
    if holds and holds[-1].end is None:
        last = holds.pop()
        if last.start < at:
            holds.append(Hold(last.start, at, last.kind, last.why))


def united(holds: Iterable[Hold]) -> tuple[Hold, ...]:
    """Return holds in order and apart from each other; where two overlap, the earlier goes first (P7)."""
    holds = tuple(holds)
    if all(one.end is not None and one.end <= other.start for one, other in pairwise(holds)):
        return holds
    found: list[Hold] = []
    for hold in sorted(holds, key=lambda one: one.start):
        if found and found[-1].end is None:
            break
        start = max(hold.start, found[-1].end or hold.start) if found else hold.start
        if hold.end is None or start < hold.end:
            found.append(hold if hold.start == start else replace(hold, start=start))
    return tuple(found)


def counting(holds: tuple[Hold, ...], a: int, b: int) -> Iterator[tuple[int, int]]:
    """Yield the spans between two instants that no hold covers."""
    edges = [a]
    for hold in holds:
        end = b if hold.end is None else hold.end
        if hold.start < b and end > a:
            edges += [max(a, hold.start), min(b, end)]
    edges.append(b)
    yield from ((start, end) for start, end in list(pairwise(edges))[::2] if start < end)
