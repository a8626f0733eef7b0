"""Entries as nearly all of them are given: a time, and an event or status in the words of the policy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sla_dsl.errors import SlaError
from sla_dsl.policy.situation import FIRST_INSTANT, LAST_INSTANT, read_instant
from sla_dsl.policy.tickets.recorded import NOTHING, Entry
from sla_dsl.worktime import parse_instant

if TYPE_CHECKING:
    from sla_dsl.policy.tickets.words import Words


def usual_entry(words: Words, given: Any, number: int) -> Entry | None:
    """Return such an entry; None for any other, which is read key by key, as what is wrong in one is to be found."""
    if given.__class__ is not dict or len(given) != 2:
        return None
    event, status = given.get("event"), None
    if isinstance(event, str):
        event = words.events.get(event)
        if event is None:
            return None
    else:
        status = given.get("status")
        status = words.statuses.get(status) if isinstance(status, str) else None
        if event is not None or status is None:
            return None
    when = given.get("at")
    try:
        at = parse_instant(when) if when.__class__ is str else read_instant("at", when)
    except SlaError:
        return None
    if not FIRST_INSTANT <= at < LAST_INSTANT:
        return None
    return Entry(at, NOTHING, NOTHING, None, None, event, status, None, number, given.copy(), True)
