"""Event expressions: what makes them come true, and when (P1).

A happening is `{"at": instant, "event": name}` or `{"at": instant, "status": name, "left": name}`.
"""

from __future__ import annotations

from typing import Any

from sla_dsl.policy import terms as t

Happening = dict[str, Any]


def fires(test: t.AnyTest, happening: Happening, before: list[Happening]) -> bool:
    """Whether an expression comes true with a happening, after others: `or` with each, `and` with the last."""
    match test:
        case t.Some(parts=parts):
            return any(fires(part, happening, before) for part in parts)
        case t.All(parts=parts):
            return any(
                fires(part, happening, before)
                and all(_happened(other, [*before, happening]) for other in parts if other is not part)
                for part in parts
            )
        case _:
            return _is(test, happening)


def _happened(test: t.AnyTest, all_of_them: list[Happening]) -> bool:
    match test:
        case t.Some(parts=parts):
            return any(_happened(part, all_of_them) for part in parts)
        case t.All(parts=parts):
            return all(_happened(part, all_of_them) for part in parts)
        case _:
            return any(_is(test, one) for one in all_of_them)


def has_come_true(test: t.AnyTest, happenings: list[Happening]) -> bool:
    """Whether an expression has come true at any time."""
    return _happened(test, happenings)


def _is(test: t.AnyTest, happening: Happening) -> bool:
    match test:
        case t.Occurs(event=event):
            return happening.get("event") == event
        case t.Becomes(statuses=statuses):
            return happening.get("status") in statuses
        case _:
            raise AssertionError(test)
