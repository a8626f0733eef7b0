"""A ticket of which something is unknown: one life for each way it could be, and what they agree on (R3)."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

from sla_dsl.policy import terms as t
from tests.reference.tickets import entries
from tests.reference.tickets.life import Life

if TYPE_CHECKING:
    from tests.reference.tickets.answers import Answer
    from tests.reference.tickets.entries import Entry
    from tests.reference.tickets.grid import Grid
    from tests.reference.tickets.rules import Rules
    from tests.reference.tickets.ticket import Known

UNDETERMINED = "undetermined"


def lives(grid: Grid, given: Entry, at: int) -> list[Answer]:
    """What the ticket is like in each way it could be; only one where nothing is unknown."""
    learnt, unknown = _suppositions(grid.rules, given, at)
    ways = [dict(zip(unknown, values, strict=True)) for values in product(*unknown.values())]
    return [Life(grid, given, at, {**learnt, **way}).answer() for way in ways]


def _suppositions(rules: Rules, given: Entry, at: int) -> tuple[Known, dict[str, tuple[Any, ...]]]:
    """What was learnt in time and so counts from the start, and what could be of all that never was.

    All that is said at one instant is said at once: the last of it counts.
    """
    read, _ = entries.read(rules, given, at)
    learnt: Known = {}
    unknown: dict[str, tuple[Any, ...]] = {}
    for name, values in _without_default(rules).items():
        known = [(entry["at"], value) for entry in read if (value := _value(entry, name)) is not None]
        if known:
            learnt[name] = [value for instant, value in known if instant == known[0][0]][-1]
        else:
            unknown[name] = values
    return learnt, unknown


def _without_default(rules: Rules) -> dict[str, tuple[Any, ...]]:
    found: dict[str, tuple[Any, ...]] = {}
    for fact in rules.facts.values():
        if fact.default is None and fact.type.name == "yes or no":
            found[f"fact {fact.id}"] = (True, False)
    for scale in rules.scales.values():
        follows = scale.id in rules.matrices or any(level.when is not None for level in scale.levels)
        if scale.default is None and not follows:
            found[f"level {scale.id}"] = tuple(level.id for level in scale.levels)
    found["channel"] = tuple(one.id for one in rules.all(t.Channel)) or (None,)
    found["caller"] = tuple(one.id for one in rules.all(t.Party)) or (None,)
    return found


def _value(entry: Entry, name: str) -> object:
    kind, _, id_ = name.partition(" ")
    if kind in {"fact", "level"}:
        return entry[f"{kind}s"].get(id_)
    return entry[kind]
