"""What is promised, and how its due time was counted, with what bears it out (P2, H7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla_dsl.policy.reasons.counting import arithmetic
from sla_dsl.policy.reasons.evidence import reasons
from sla_dsl.policy.terms import (
    BestEffort,
    Blank,
    Calendar,
    NoPromise,
    Silent,
    ToBeDetermined,
    ToBeNegotiated,
    Words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from sla_dsl.policy.answers import Reason
    from sla_dsl.policy.deadlines import Binding, Reached
    from sla_dsl.policy.terms import AnyPromise
    from sla_dsl.policy.vocabulary import Terms


def promise_text(promise: AnyPromise) -> str:
    """Return a promise in words: its limit, or what the document says instead."""
    match promise:
        case BestEffort(limit=None):
            return "best effort, without a number"
        case Words(text=text):
            return f"the document says only “{text}”"
        case ToBeDetermined():
            return "the document says it is to be determined"
        case ToBeNegotiated():
            return "the document leaves it to be negotiated"
        case NoPromise():
            return "the document expressly promises none"
        case Blank():
            return "the document leaves this blank"
        case Silent():
            return "the document says nothing"
        case _:
            limit = getattr(promise, "limit", None)
            return "no number is given" if limit is None else str(limit.text)


def counting_reasons(
    reached: Reached, start: int, binding: Binding, terms: Terms, clause: str, zone: tzinfo
) -> Iterator[Reason]:
    """Yield how a due time was counted, under the calendar in which it was, or else under a clause."""
    declared = [one for name in binding.calendars if (one := terms.find(Calendar, name)) is not None]
    cites = tuple(cite for one in declared for cite in one.cites)
    assumes = tuple(assume for one in declared for assume in one.assumes)
    text = arithmetic(reached, start, binding, zone)
    yield from reasons(declared[0].clause if declared else clause, text, cites, assumes)
