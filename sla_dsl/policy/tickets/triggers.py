"""When an event expression comes true: `A or B` is the first of them, `A and B` the last (P1)."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import TYPE_CHECKING

from sla_dsl.policy.terms import All, Becomes, Occurs, Some

if TYPE_CHECKING:
    from sla_dsl.policy.terms import AnyTest

Sign = str | tuple[str, str]
"""An event by its id, or a status that is entered: `("status", id)`."""


def fires(test: AnyTest, now: Container[object], before: Container[object] = ()) -> bool:
    """Return whether an expression comes true now, with what happened before (since counting began).

    >>> fires(All(parts=(Occurs(event="a"), Occurs(event="b"))), {"b"}, {"a"})
    True
    """
    match test:
        case Occurs(event=event):
            return event in now
        case Becomes(statuses=statuses):
            return any(("status", status) in now for status in statuses)
        case Some(parts=parts):
            return any(fires(part, now, before) for part in parts)
        case All(parts=parts):
            fired = [fires(part, now, before) for part in parts]
            return any(fired) and all(one or happened(part, before) for one, part in zip(fired, parts, strict=True))
        case _:
            return False


def happened(test: AnyTest, before: Container[object]) -> bool:
    """Return whether an expression came true by what happened before."""
    match test:
        case Occurs(event=event):
            return event in before
        case Becomes(statuses=statuses):
            return any(("status", status) in before for status in statuses)
        case Some(parts=parts):
            return any(happened(part, before) for part in parts)
        case All(parts=parts):
            return all(happened(part, before) for part in parts)
        case _:
            return False


def signs(test: AnyTest) -> Iterator[Sign]:
    """Yield the events and statuses that an expression listens to."""
    match test:
        case Occurs(event=event):
            yield event
        case Becomes(statuses=statuses):
            for status in statuses:
                yield "status", status
        case All(parts=parts) | Some(parts=parts):
            for part in parts:
                yield from signs(part)
        case _:
            return


def signs_of(events: tuple[str, ...], entered: tuple[str, ...]) -> frozenset[Sign]:
    """Return events by id, and statuses that are entered as `("status", id)`."""
    return frozenset([*events, *[("status", status) for status in entered]])
