"""Why a calendar is closed: the holiday or closing that takes an instant (H6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_dsl.worktime.building import build, zone_offsets
from sla_dsl.worktime.plan import leaf_plan
from sla_dsl.worktime.recipe import Both, Either, Except, Leaf, Outside, WholeDays
from sla_dsl.worktime.units import DAY, day_of, wall_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla_dsl.worktime.hours import Spans
    from sla_dsl.worktime.recipe import Recipe


def closure_at(recipe: Recipe, t: int) -> str | None:
    """Return the name of the holiday or closing that takes an instant, or None: also where it is open.

    A closing takes the whole of its date, and the overnight windows that would have begun on it. In a
    composition it is that of a part which closes it by being closed, the left part first; `outside A` is closed
    where A is open, so that no closing takes it.
    """
    if isinstance(recipe, Outside) or _is_open(recipe, t):
        return None
    if isinstance(recipe, Leaf):
        return _closure_in_leaf(recipe, t)
    if isinstance(recipe, WholeDays):
        return closure_at(recipe.inner, t)
    name = closure_at(recipe.left, t)
    return name if isinstance(recipe, Except) else name or closure_at(recipe.right, t)


def closed_runs(recipe: Recipe, a: int, b: int) -> Iterator[tuple[int, int, str | None]]:
    """Yield a closed span from `a` to `b` in runs of one `closure_at`: start, end, name; none of no length."""
    if b <= a:
        return
    start, name = a, closure_at(recipe, a)
    for at in sorted(t for t in set(_possible_changes(recipe, a, b)) if a < t < b):
        then = closure_at(recipe, at)
        if then != name:
            yield start, at, name
            start, name = at, then
    yield start, b, name


def _possible_changes(recipe: Recipe, a: int, b: int) -> Iterator[int]:
    """Yield the instants at which `closure_at` may change, and others."""
    if isinstance(recipe, Outside):
        return
    if isinstance(recipe, Leaf | WholeDays):
        clock = zone_offsets(recipe)
        yield from clock.changes
        for day in range(day_of(clock.local(a)) - 1, day_of(clock.local(b)) + 2):
            for wall in _walls(recipe, day):
                at = wall_of(day) + wall
                yield from (start for start, _ in clock.spans(at, at + 1))
    if isinstance(recipe, WholeDays):
        yield from _possible_changes(recipe.inner, a, b)
    elif not isinstance(recipe, Leaf):
        yield from _possible_changes(recipe.left, a, b)
        yield from _possible_changes(recipe.right, a, b)


def _walls(recipe: Leaf | WholeDays, day: int) -> set[int]:
    """Return the times since midnight of a date at which it, or a window that begins on it, opens or closes."""
    if isinstance(recipe, WholeDays):
        return {0}
    plan = leaf_plan(recipe)
    return {0, *(wall for span in (*plan.spans(day), *plan.usual(day).spans) for wall in span)}


def _is_open(recipe: Recipe, t: int) -> bool:
    if isinstance(recipe, Leaf):
        plan = leaf_plan(recipe)
        day, since = _wall(recipe, t)
        before = zone_offsets(recipe).exists(day - 1)
        return _covers(plan.spans(day), since) or (before and _covers(plan.spans(day - 1), since + DAY))
    if isinstance(recipe, WholeDays):
        return bool(build(recipe, t, t + 1).edges)
    if isinstance(recipe, Outside):
        return not _is_open(recipe.inner, t)
    left, right = _is_open(recipe.left, t), _is_open(recipe.right, t)
    if isinstance(recipe, Both):
        return left and right
    return left or right if isinstance(recipe, Either) else left and not right


def _closure_in_leaf(leaf: Leaf, t: int) -> str | None:
    plan = leaf_plan(leaf)
    day, since = _wall(leaf, t)
    today, yesterday = plan.of(day), plan.of(day - 1)
    if today.name is None and yesterday.name and _covers(plan.usual(day - 1).spans, since + DAY):
        return yesterday.name
    return today.name


def _wall(leaf: Leaf, t: int) -> tuple[int, int]:
    wall = zone_offsets(leaf).local(t)
    day = day_of(wall)
    return day, wall - wall_of(day)


def _covers(spans: Spans, since: int) -> bool:
    return any(start <= since < end for start, end in spans)
