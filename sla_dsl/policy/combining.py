"""The earlier or the later of two limits (T6)."""

from __future__ import annotations

from msgspec.structs import replace

from sla_dsl.policy.deadlines import Bounded, Reached


def earlier(a: Reached | Bounded, b: Reached | Bounded) -> Reached | Bounded:
    """Return the earlier of two due instants; known as soon as the other cannot be before it."""
    if isinstance(a, Reached) and isinstance(b, Reached):
        # At one instant the strict one ends first; of two that end alike, one with a date tells it.
        first = min(a, b, key=lambda one: (one.at, not one.strict, one.day is None))
        low = min(_low(a), _low(b))
        return replace(first, low=None if low == first.at else low)
    for known, other in ((a, b), (b, a)):
        if isinstance(known, Reached) and isinstance(other, Bounded) and _not_before(other, known):
            return known
    latest = [one for one in (_latest(a), _latest(b)) if one is not None]
    return _bounded(a, b, _least(_earliest(a), _earliest(b)), min(latest) if latest else None)


def later(a: Reached | Bounded, b: Reached | Bounded) -> Reached | Bounded:
    """Return the later of two due instants."""
    if isinstance(a, Reached) and isinstance(b, Reached):
        last = max(a, b, key=lambda one: (one.at, not one.strict, one.day is not None))
        low = max(_low(a), _low(b))
        return replace(last, low=None if low == last.at else low)
    earliest = [one for one in (_earliest(a), _earliest(b)) if one is not None]
    latest = None if _latest(a) is None or _latest(b) is None else max(_latest(a) or 0, _latest(b) or 0)
    return _bounded(a, b, max(earliest) if earliest else None, latest)


def _low(one: Reached) -> int:
    return one.at if one.low is None else one.low


def _not_before(other: Bounded, known: Reached) -> bool:
    if other.earliest is None:
        return False
    return other.earliest > known.at or (other.earliest == known.at and (known.strict or not other.strict))


def _earliest(one: Reached | Bounded) -> int | None:
    return one.at if isinstance(one, Reached) else one.earliest


def _latest(one: Reached | Bounded) -> int | None:
    return one.at if isinstance(one, Reached) else one.latest


def _least(a: int | None, b: int | None) -> int | None:
    return None if a is None or b is None else min(a, b)


def _bounded(a: Reached | Bounded, b: Reached | Bounded, earliest: int | None, latest: int | None) -> Bounded:
    missing = tuple(name for one in (a, b) if isinstance(one, Bounded) for name in one.missing)
    part = a.part if isinstance(a, Bounded) else b.part
    where = next((one.zone for one in (a, b) if one.zone is not None), None)
    return Bounded(earliest, latest, tuple(dict.fromkeys(missing)), part, a.strict and b.strict, where)
