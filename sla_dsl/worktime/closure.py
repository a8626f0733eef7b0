"""Why a calendar is closed: the holiday or closing that takes an instant (H6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_dsl.worktime.building import zone_offsets
from sla_dsl.worktime.plan import leaf_plan
from sla_dsl.worktime.recipe import Except, Leaf, Outside, WholeDays
from sla_dsl.worktime.units import DAY, day_of, wall_of

if TYPE_CHECKING:
    from sla_dsl.worktime.hours import Spans
    from sla_dsl.worktime.recipe import Recipe


def closure_at(recipe: Recipe, t: int) -> str | None:
    """Return the name of the holiday or closing that takes an instant which is closed in a recipe, or None.

    A closing takes the whole of its date, and the overnight windows that would have begun on it. In a
    composition it is that of a part which closes it by being closed, the left part first; `outside A` is closed
    where A is open, so that no closing takes it.
    """
    if isinstance(recipe, Leaf):
        return None if _is_open(recipe, t) else _closure_in_leaf(recipe, t)
    if isinstance(recipe, Outside):
        return None
    if isinstance(recipe, WholeDays):
        return closure_at(recipe.inner, t)
    if isinstance(recipe, Except):
        return closure_at(recipe.left, t)
    left, right = closure_at(recipe.left, t), closure_at(recipe.right, t)
    return left or right


def closure_changes(recipe: Recipe, a: int, b: int) -> list[int]:
    """Return the instants after `a` and before `b` at which `closure_at` may change, in order."""
    found: set[int] = set()
    for leaf in _leaves(recipe):
        clock, plan = zone_offsets(leaf), leaf_plan(leaf)
        found.update(clock.changes)
        for day in range(day_of(clock.local(a)) - 1, day_of(clock.local(b)) + 2):
            walls = {0, *(wall for span in (*plan.spans(day), *plan.usual(day).spans) for wall in span)}
            for wall in walls:
                at = wall_of(day) + wall
                found.update(start for start, _ in clock.spans(at, at + 1))
    return sorted(t for t in found if a < t < b)


def _leaves(recipe: Recipe) -> list[Leaf]:
    if isinstance(recipe, Leaf):
        return [recipe]
    if isinstance(recipe, Outside | WholeDays):
        return _leaves(recipe.inner)
    return _leaves(recipe.left) + _leaves(recipe.right)


def _is_open(leaf: Leaf, t: int) -> bool:
    plan = leaf_plan(leaf)
    day, since = _wall(leaf, t)
    before = zone_offsets(leaf).exists(day - 1)
    return _covers(plan.spans(day), since) or (before and _covers(plan.spans(day - 1), since + DAY))


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
