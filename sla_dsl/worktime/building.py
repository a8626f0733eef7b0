"""From recipes to open time: sorted stretches of instants, and what each date owns of them (T1, T2, T7).

A list of *edges* holds the starts and ends of stretches in turn: at even positions a calendar opens, at odd ones
it closes. Edges increase strictly, so that stretches neither overlap nor touch.
"""

from __future__ import annotations

from bisect import bisect_right
from operator import ge
from typing import TYPE_CHECKING

from attrs import frozen

from sla_dsl.worktime.offsets import Offsets, offsets
from sla_dsl.worktime.plan import leaf_plan, only
from sla_dsl.worktime.recipe import Both, Either, Leaf, Outside, Recipe, WholeDays
from sla_dsl.worktime.units import DAY, EPOCH_DAY, day_of, wall_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sla_dsl.worktime.hours import Spans
    from sla_dsl.worktime.plan import LeafPlan

_WHOLE_DAY: Spans = ((0, DAY),)


@frozen
class Built:
    """Open time from one instant to another, and the dates that own some, each with its last closing.

    `days` are day numbers, sorted; `closings[i]` is the end of the last window of `days[i]`, which may lie after
    the last edge where that was cut off.
    """

    edges: list[int]
    days: list[int]
    closings: list[int]


def zone_offsets(recipe: Recipe) -> Offsets:
    """Return the clock changes of a recipe's zone over the years it covers."""
    return offsets(recipe.zone, recipe.first_year, recipe.last_year)


def build(recipe: Recipe, lo: int, hi: int) -> Built:
    """Return the open time of a recipe from one instant to another, by its rules, whatever years it covers."""
    if isinstance(recipe, Leaf):
        return _build_leaf(recipe, lo, hi)
    clock = zone_offsets(recipe)
    if isinstance(recipe, WholeDays):
        owners = build(recipe.inner, lo - 2 * DAY, hi + 2 * DAY)
        same_zone = recipe.zone == recipe.inner.zone
        days = owners.days if same_zone else _cut_at_midnight(clock, owners.edges)[0]
        pieces = _Pieces(clock)
        if days:
            pieces.add_plan(only(days, _WHOLE_DAY), days[0], days[-1] + 1)
        edges = _clipped(pieces.edges(), lo, hi)
    elif isinstance(recipe, Outside):
        inner = build(recipe.inner, lo, hi).edges
        edges = _combined(inner, [lo, hi], lambda a, always: always and not a)
    else:
        left, right = build(recipe.left, lo, hi).edges, build(recipe.right, lo, hi).edges
        if isinstance(recipe, Both):
            edges = _combined(left, right, lambda a, b: a and b)
        elif isinstance(recipe, Either):
            edges = _combined(left, right, lambda a, b: a or b)
        else:
            edges = _combined(left, right, lambda a, b: a and not b)
    return Built(edges, *_cut_at_midnight(clock, edges))


def _build_leaf(leaf: Leaf, lo: int, hi: int) -> Built:
    clock = zone_offsets(leaf)
    pieces = _Pieces(clock)
    # A window reaches into the next date at most, and a skipped date leaves none between.
    first, end = day_of(clock.local(lo)) - 2, day_of(clock.local(hi)) + 2
    pieces.add_plan(leaf_plan(leaf), first, end)
    return Built(_clipped(pieces.edges(), lo, hi), pieces.days, pieces.closings)


class _Pieces:
    """Collects the pieces of open time that dates own, in the order of the dates."""

    def __init__(self, clock: Offsets) -> None:
        self._clock = clock
        self._starts: list[int] = []
        self._ends: list[int] = []
        self.days: list[int] = []
        self.closings: list[int] = []

    def add(self, day: int, spans: Spans) -> None:
        """Add the windows of one date by wall clock, also at a clock change (T1)."""
        midnight = wall_of(day)
        if not spans or not self._clock.exists(day):
            return  # a date that the zone skipped has no time
        pieces = [piece for start, end in spans for piece in self._clock.spans(midnight + start, midnight + end)]
        if pieces:
            self.days.append(day)
            self.closings.append(max(end for _, end in pieces))
            self._starts.extend(start for start, _ in pieces)
            self._ends.extend(end for _, end in pieces)

    def add_plan(self, plan: LeafPlan, first: int, end: int) -> None:
        """Add all dates from `first` to before `end`; those far from clock changes need no care."""
        changes, offset = self._clock.changes, self._clock.offset
        for k in range(len(offset)):
            even_first, even_end = first, end
            if k:
                since = changes[k - 1] + max(offset[k - 1], offset[k])
                even_first = max(first, -(-since // DAY) + day_of(0))
            if k < len(changes):
                until = changes[k] + min(offset[k], offset[k + 1])
                even_end = min(end, day_of(until) - 1)
            if even_first < even_end:
                self._add_one_by_one(plan, first, even_first)
                self._add_even(plan, even_first, even_end, offset[k])
                first = even_end
        self._add_one_by_one(plan, first, end)

    def _add_one_by_one(self, plan: LeafPlan, first: int, end: int) -> None:
        for day in range(first, end):
            self.add(day, plan.spans(day))

    def _add_even(self, plan: LeafPlan, first: int, end: int, offset: int) -> None:
        """Add dates over which the clock runs evenly. The hot loop of building."""
        starts, ends, days, closings = self._starts, self._ends, self.days, self.closings
        special = plan.special
        for run_first, run_end, week in plan.runs(first, end):
            midnight = wall_of(run_first) - offset
            for day in range(run_first, run_end):
                spans = special[day].spans if day in special else week[day % 7]
                if spans:
                    for start, stop in spans:
                        starts.append(midnight + start)
                        ends.append(midnight + stop)
                    days.append(day)
                    closings.append(ends[-1])
                midnight += DAY

    def edges(self) -> list[int]:
        """Return all pieces united."""
        starts, ends = self._starts, self._ends
        if any(map(ge, ends, starts[1:])):
            return _united(sorted(zip(starts, ends, strict=True)))
        edges = [0] * (2 * len(starts))
        edges[::2], edges[1::2] = starts, ends
        return edges


def _united(pieces: list[tuple[int, int]]) -> list[int]:
    edges: list[int] = []
    for start, end in pieces:
        if edges and start <= edges[-1]:
            edges[-1] = max(edges[-1], end)
        else:
            edges += (start, end)
    return edges


def _clipped(edges: list[int], lo: int, hi: int) -> list[int]:
    """Return what lies between two instants."""
    first, last = bisect_right(edges, lo), bisect_right(edges, hi)
    inner = edges[first:last]
    if first % 2:
        inner.insert(0, lo)
    if last % 2:
        if inner and inner[-1] == hi:
            inner.pop()
        else:
            inner.append(hi)
    return inner


def _combined(left: list[int], right: list[int], is_open: Callable[[bool, bool], bool]) -> list[int]:
    """Return the edges of what is open by a rule on whether two others are; closed where both are."""
    edges: list[int] = []
    keeps = [[is_open(a, b) for b in (False, True)] for a in (False, True)]
    never = max([0, *left[-1:], *right[-1:]]) + 1
    left, right = [*left, never], [*right, never]
    i = j = 0
    # After an odd number of edges a calendar is open; so is the result.
    is_now = False
    while True:
        a, b = left[i], right[j]
        at = a if a < b else b  # noqa: FURB136  # the hot loop of composing
        if at == never:
            return edges
        if a == at:
            i += 1
        if b == at:
            j += 1
        if keeps[i % 2][j % 2] is not is_now:
            edges.append(at)
            is_now = not is_now


def _cut_at_midnight(clock: Offsets, edges: list[int]) -> tuple[list[int], list[int]]:
    """Return the dates that open time falls on, and each one's last closing (T2)."""
    closings: dict[int, int] = {}
    changes = [*clock.changes, max(edges, default=0) + 1]
    k = 0
    for opening, end in zip(edges[::2], edges[1::2], strict=True):
        start = opening
        while start < end:
            while changes[k] <= start:
                k += 1
            stop, offset = min(end, changes[k]), clock.offset[k]
            last = (stop - 1 + offset) // DAY
            for day in range((start + offset) // DAY, last):
                closings[day] = (day + 1) * DAY - offset
            # Time only goes on: a later closing of the same date is the last one.
            closings[last] = stop
            start = stop
    days = sorted(closings)
    return [day + EPOCH_DAY for day in days], [closings[day] for day in days]
